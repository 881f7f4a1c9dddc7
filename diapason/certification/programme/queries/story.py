"""Tell the public story of the certificates: how many before the programme, when all of them, what is a bound only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from diapason.certification.certificates.queries import coverage, history
from diapason.certification.certificates.queries.history import FirstCertified
from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.rules.coverage import NetworkAnswer
from diapason.certification.programme.models import Programme
from diapason.kernel.dates import PartialDate
from diapason.ui.asking import Asking, asks


@dataclass(frozen=True)
class Landmark:
    """Hold one thing to say of the timeline: which (kind), when, how many, who."""

    kind: str
    when: PartialDate
    count: int
    who: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """Hold the timeline page: who since when, the landmarks, who is known by bounds only, what is not known."""

    first: tuple[FirstCertified, ...]
    landmarks: tuple[Landmark, ...]
    bounded: tuple[FirstCertified, ...]
    unknown: tuple[FirstCertified, ...]
    answer: NetworkAnswer
    today: tuple[int, int]


def told(register: Register, programme: Programme | None, on: date) -> Story:
    """Return the story as the certificates tell it (one query besides the register)."""
    first = history.first_certified(register)
    known = [f for f in first if f.since is not None]
    return Story(
        first=tuple(first),
        landmarks=tuple(_landmarks(known, register, programme)),
        bounded=tuple(f for f in known if f.since and not f.since.is_exact),
        unknown=tuple(f for f in first if f.since is None),
        answer=coverage.network_answer(register, on),
        today=history.certified_on(register, on),
    )


def _landmarks(
    known: Sequence[FirstCertified], register: Register, programme: Programme | None
) -> list[Landmark]:
    """Return what can be said for sure, in order of time."""
    found = []
    if programme and programme.starts_earliest:
        start = date(programme.starts_earliest.year, 1, 1)
        before = [f for f in known if f.since and f.since.latest and f.since.latest < start]
        names = tuple(f.member.name for f in before)
        found.append(Landmark("before", PartialDate.by(start - timedelta(days=1)), len(before), names))
    for kind in ("centre", "central_function"):
        members = [m for m in register.members.values() if m.kind == kind]
        dated = [f for f in known if f.member.kind == kind and f.since and f.since.latest]
        if not members or len(dated) < len(members):
            continue
        latest = max(f.since.latest for f in dated if f.since and f.since.latest)
        last = [f for f in dated if f.since and f.since.latest == latest]
        exact = any(f.since and f.since.is_exact for f in last)
        when = PartialDate.day(latest) if exact else PartialDate.by(latest)
        found.append(Landmark(kind, when, len(members), tuple(f.member.name for f in last)))
    return sorted(found, key=lambda landmark: landmark.when.latest or date.max)


@asks
def main_programme() -> Asking[Programme | None]:
    """Return the programme towards the first certification (one question)."""
    known = Programme.objects.filter(kind=Programme.Kind.CERTIFICATION).order_by("starts_latest")
    (found,) = yield [known[:1]]
    return found[0] if found else None
