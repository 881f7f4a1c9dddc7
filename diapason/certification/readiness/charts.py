"""Describe the small drawings of the chapter: the ring of readiness and its legend."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from diapason.certification.readiness.rules.standing import Readiness
from diapason.ui.wording import figure


@dataclass(frozen=True)
class Arc:
    """Hold one arc of the ring: colour, what it counts, length and start on a circle of 100, written for SVG."""

    state: str
    colour: str
    label: str
    count: int
    length: str
    start: str

    @property
    def said(self) -> str:
        """Return what the arc counts, in words."""
        return f"{figure(self.count)} {self.label}"


def ring(readiness: Readiness) -> list[Arc]:
    """Return the arcs of the ring, those that count nothing left out."""
    parts = (
        ("ok", "teal", readiness.ready, ngettext("ready", "ready", readiness.ready)),
        ("run", "violet", readiness.acting, ngettext("being closed", "being closed", readiness.acting)),
        ("warn", "amber", readiness.gaps, ngettext("to close", "to close", readiness.gaps)),
        ("bad", "brick", len(readiness.blocking), ngettext("blocking", "blocking", len(readiness.blocking))),
        ("unk", "slate", readiness.unknown, ngettext("not assessed", "not assessed", readiness.unknown)),
    )
    arcs, start = [], 0.0
    for state, colour, count, label in parts:
        if count:
            length = 100 * count / readiness.total
            arcs.append(Arc(state, colour, label, count, f"{length:.2f}", f"{-start:.2f}"))
            start += length
    return arcs
