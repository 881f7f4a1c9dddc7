"""Describe the small drawings of the chapter: the ring of readiness and its legend."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from diapason.certification.readiness.rules.standing import Readiness


@dataclass(frozen=True)
class Arc:
    """Hold one arc of the ring: its colour, what it counts, its length and start on a circle of 100."""

    state: str
    colour: str
    label: str
    count: int
    length: float
    start: float


def ring(readiness: Readiness) -> list[Arc]:
    """Return the arcs of the ring, those that count nothing left out."""
    parts = (
        ("ok", "teal", _("ready"), readiness.ready),
        ("run", "violet", _("being closed"), readiness.acting),
        ("warn", "amber", _("to close"), readiness.gaps),
        ("bad", "brick", _("blocking"), len(readiness.blocking)),
        ("unk", "slate", _("not assessed"), readiness.unknown),
    )
    arcs, start = [], 0.0
    for state, colour, label, count in parts:
        if count:
            length = round(100 * count / readiness.total, 2)
            arcs.append(Arc(state, colour, label, count, length, -round(start, 2)))
            start += length
    return arcs
