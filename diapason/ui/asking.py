"""Let the parts of a page say what they ask, so that a few statements answer all of them.

A part is a generator marked with `@asks`. It yields a list of questions (querysets, `HowMany`, `FirstOf`, `Totals`),
receives their answers in the same order, may ask again about what it learnt, and returns what it makes of them:

    @asks
    def newest(request, organization) -> Asking[Panel | None]:
        rows, number = yield [events[:5], HowMany(events)]
        return Panel(...) if number else None

Called as a function it asks for itself alone. `newest.asking(...)` is the same as a part of something larger: a part
continues with `yield from`, a page puts several `side_by_side`, and what all of them ask in one round goes together.
"""

from collections.abc import Callable, Generator, Sequence
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from diapason.ui.together import Question, ask_together

Made = TypeVar("Made")
Gives = TypeVar("Gives", covariant=True)
Taken = ParamSpec("Taken")
Asking = Generator[Sequence[Question], list[Any], Made]
"""What asks in rounds and makes something of the answers."""


class Part(Protocol[Taken, Gives]):
    """Be a function that asks for itself alone, and `asking` the same as a part of something larger."""

    __name__: str
    __qualname__: str

    @property
    def asking(self) -> Callable[Taken, Asking[Gives]]:
        """Return what asks in rounds."""

    def __call__(self, *args: Taken.args, **named: Taken.kwargs) -> Gives:
        """Return what it makes of the answers."""


def asks(function: Callable[Taken, Asking[Made]]) -> Part[Taken, Made]:
    """Make a part of a generator that yields questions."""

    @wraps(function)
    def alone(*args: Taken.args, **named: Taken.kwargs) -> Made:
        return answered(function(*args, **named))

    alone.asking = function  # type: ignore[attr-defined]
    return cast(Part[Taken, Made], alone)


def answered(part: Asking[Made]) -> Made:
    """Return what a part makes of the answers: each round is asked together."""
    try:
        questions = next(part)
        while True:
            questions = part.send(ask_together(*questions))
    except StopIteration as end:
        made: Made = end.value
        return made


def side_by_side(*parts: Asking[Any]) -> Asking[list[Any]]:
    """Return what each part makes: the questions of all of them in a first round, then in a second one, and so on."""
    made: dict[int, Any] = {}
    waiting: dict[int, Sequence[Question]] = {}
    answers: dict[int, list[Any] | None] = dict.fromkeys(range(len(parts)))
    while answers:
        for place, known in answers.items():
            try:
                waiting[place] = parts[place].send(known)  # type: ignore[arg-type]
            except StopIteration as end:
                made[place] = end.value
        if not waiting:
            break
        found = iter((yield [each for questions in waiting.values() for each in questions]))
        answers = {place: [next(found) for _ in questions] for place, questions in waiting.items()}
        waiting = {}
    return [made[place] for place in range(len(parts))]


def answer_to(question: Question) -> Asking[Any]:
    """Return the answer to one question, as it comes: the smallest part."""
    (found,) = yield [question]
    return found


@asks
def load_related(thing: Any, *names: str, also: Sequence[Question] = ()) -> Asking[list[Any]]:
    """Load the sets of records that point to `thing` (by their accessor), with the answers to other questions."""
    sets = [getattr(thing, name).all() for name in names]
    answers = yield [*sets, *also]
    thing.__dict__.setdefault("_prefetched_objects_cache", {}).update(zip(names, sets, strict=True))
    return answers[len(names) :]
