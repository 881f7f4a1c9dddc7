"""Say what a move of a lesson needs to find, and the reason given while it is missing."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Standing:
    """Hold what stands in a lesson: whether its text is whole, and the words in it that tell whose it is."""

    is_whole: bool = False
    telltales: tuple[str, ...] = ()


def _whole(it: Standing) -> Verdict:
    if it.is_whole:
        return Verdict.yes()
    return Verdict.no(message("Say what happened, what was learnt, and what is recommended."))


def _nothing_tells(it: Standing) -> Verdict:
    if not it.telltales:
        return Verdict.yes()
    return Verdict.no(
        message("The text names what stays in its house: %(words)s. Take it out, or agree to be named."),
        words=", ".join(it.telltales),
    )


NEEDS: Final[dict[str, Callable[[Standing], Verdict]]] = {"whole": _whole, "nothing_tells": _nothing_tells}
