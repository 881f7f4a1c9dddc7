"""Say where each organization is in a programme, and when everybody may be there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from diapason.certification.certificates.queries import history
from diapason.certification.certificates.queries.entries import Member
from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.rules.spans import holding
from diapason.certification.programme import rules
from diapason.certification.programme.models import Milestone, Programme, Wave, WaveMember, everything_shown
from diapason.certification.programme.rules import Forecast, OrganizationForecast, Passage
from diapason.kernel.dates import PartialDate
from diapason.kernel.scope import Scope
from diapason.ui.asking import Asking, asks

FROM_AUDITS = {"stage1": "stage1", "stage2": "stage2", "transition": "transition_audit"}


@dataclass(frozen=True)
class Line:
    """Hold one organization's line: its steps by kind, its forecast, whether it would miss the limit."""

    member: Member
    steps: dict[str, Passage]
    forecast: OrganizationForecast
    late: str
    reached: bool
    since: PartialDate | None = None


@dataclass(frozen=True)
class WaveBoard:
    """Hold one wave: who is in it, how many are there, and the lines that this reader may see."""

    wave: Wave | None
    size: int
    reached: int
    lines: tuple[Line, ...]

    @property
    def hidden(self) -> int:
        """Return how many organizations the visibility charter does not show by name."""
        return self.size - len(self.lines)


@dataclass(frozen=True)
class Board:
    """Hold a programme on one day: steps across, waves down, forecast for the whole network."""

    programme: Programme
    kinds: tuple[tuple[str, str], ...]
    waves: tuple[WaveBoard, ...]
    forecast: Forecast
    last: tuple[Member, ...] = ()
    missing: tuple[tuple[Member, str], ...] = ()
    hidden_missing: int = 0
    unsaid: int = 0
    reached: int = 0
    members: int = 0
    complete: PartialDate | None = None


def order_of(programme: Programme) -> tuple[str, ...]:
    """Return the steps of a programme, in order."""
    return rules.EDITION_ORDER if programme.is_edition_change else rules.ORDER


def milestones_of(programmes: Any) -> QuerySet[Any, Any]:
    """Return the milestones of programmes, with that of each first."""
    rows = Milestone.objects.filter(programme__in=programmes)
    return rows.values_list("programme_id", "organization__code", "kind", "planned_on", "held_on")


def passages(programme: Programme, register: Register, milestones: Iterable[Any]) -> list[Passage]:
    """Return what is planned and held: milestones, audits of the body, and decisions read in certificates.

    A decision of which only bounds are known gives no duration, so that it is left out of the forecast.
    """
    found: dict[tuple[str, str], Passage] = {}
    for key, code, kind, planned, held in milestones:
        if key == programme.pk:
            found[code, kind] = Passage(code, kind, planned, held)
    first = programme.starts_earliest or date.min
    for audit in register.audits:
        kind = FROM_AUDITS.get(audit.kind, "")
        day = audit.held_on or audit.planned_on
        if kind not in order_of(programme) or day is None or day < first:
            continue
        known = found.get((audit.organization, kind))
        if known is None or (audit.held_on and not known.held_on):
            planned = audit.planned_on or (known.planned_on if known else None)
            found[audit.organization, kind] = Passage(audit.organization, kind, planned, audit.held_on)
    for code, day in decisions(programme, register).items():
        planned = found[code, rules.GOAL].planned_on if (code, rules.GOAL) in found else None
        found[code, rules.GOAL] = Passage(code, rules.GOAL, planned, day)
    return list(found.values())


def decisions(programme: Programme, register: Register) -> dict[str, date]:
    """Return who is there since when, by certificates alone: the first one, or the first to the new edition."""
    wanted = programme.to_edition.label if programme.is_edition_change and programme.to_edition else ""
    found: dict[str, date] = {}
    for code in register.members:
        for entry in register.of(code):
            decision = entry.dates.decision
            day = decision.latest or entry.dates.effective_on
            exact = decision.is_exact or (decision.latest is None and entry.dates.effective_on is not None)
            if day and exact and (not wanted or entry.edition == wanted):
                found[code] = min(day, found.get(code, day))
    return found


@asks
def board(programme: Programme, register: Register, scope: Scope, on: date) -> Asking[Board]:
    """Return the programme as this reader may see it: names as far as the visibility charter goes (one round)."""
    everything, earlier, waves, placed = yield from _known(programme, register)
    forecast = rules.network_forecast(
        register.members, everything, on, order=order_of(programme), earlier=earlier
    )
    by_code = {f.organization: f for f in forecast.organizations}
    reached = reached_on(programme, register, on)
    since = since_when(programme, register)
    shown = everything_shown(scope)
    steps = _steps(everything)
    lines = {
        code: Line(
            member,
            steps.get(code, {}),
            by_code[code],
            rules.late_by(by_code[code], programme.limit_on),
            code in reached,
            since.get(code) if code in reached else None,
        )
        for code, member in register.members.items()
        if shown or member.pk in scope.organizations
    }
    late = {
        f.organization: word for f in forecast.organizations if (word := rules.late_by(f, programme.limit_on))
    }
    labels = dict(Milestone.Kind.choices)
    return Board(
        programme=programme,
        kinds=tuple((kind, str(labels[kind])) for kind in order_of(programme)),
        waves=_waves(waves, placed, register, lines, reached),
        forecast=forecast,
        last=tuple(register.members[code] for code in forecast.last if code in lines),
        missing=tuple((register.members[code], word) for code, word in late.items() if code in lines),
        hidden_missing=sum(code not in lines for code in late),
        unsaid=len(forecast.unsaid),
        reached=len(reached),
        members=len(register.members),
        complete=_last_of(since.values()) if register.members and reached >= set(register.members) else None,
    )


def _known(
    programme: Programme, register: Register
) -> Asking[tuple[list[Passage], list[Passage], list[Wave], list[tuple[int, str]]]]:
    """Return the passages of a programme and of those before it, its waves and who is in which."""
    before = _earlier(programme)
    milestones, former, past, waves, placed, *_register = yield [
        milestones_of([programme.pk]),
        before,
        milestones_of(before.order_by().values("pk")),
        Wave.objects.filter(programme=programme),
        WaveMember.objects.filter(wave__programme=programme).values_list("wave_id", "organization__code"),
        *register.questions,
    ]
    earlier = [p for other in former for p in passages(other, register, past)]
    return passages(programme, register, milestones), earlier, waves, placed


def _earlier(programme: Programme) -> QuerySet[Programme]:
    if not programme.is_edition_change:
        return Programme.objects.none()
    return Programme.objects.filter(kind=Programme.Kind.CERTIFICATION)


def reached_on(programme: Programme, register: Register, on: date) -> set[str]:
    """Return who is there on that day: surely certified, for a change of edition to the new one."""
    if programme.is_edition_change:
        return {code for code, day in decisions(programme, register).items() if day <= on}
    sure, _ = register.stretches
    return {
        code
        for code, stretches in sure.items()
        if holding(stretches, on) or any(s[0] <= on for s in stretches)
    }


def _steps(everything: Iterable[Passage]) -> dict[str, dict[str, Passage]]:
    """Return organization → kind of milestone → passage."""
    found: dict[str, dict[str, Passage]] = {}
    for passage in everything:
        found.setdefault(passage.organization, {})[passage.kind] = passage
    return found


def since_when(programme: Programme, register: Register) -> dict[str, PartialDate]:
    """Return since when each organization is there, perhaps by bounds."""
    if programme.is_edition_change:
        return {code: PartialDate.day(day) for code, day in decisions(programme, register).items()}
    first = history.first_certified(register)
    return {one.member.code: one.since for one in first if one.since is not None}


def _last_of(dates: Iterable[PartialDate]) -> PartialDate | None:
    """Return when the last of them came: the latest of each bound."""
    known = list(dates)
    latest = max((d.latest for d in known if d.latest), default=None)
    earliest = max((d.earliest for d in known if d.earliest), default=None)
    return PartialDate(earliest, latest) if latest else None


def _waves(
    waves: Sequence[Wave],
    rows: Iterable[tuple[int, str]],
    register: Register,
    lines: dict[str, Line],
    reached: set[str],
) -> tuple[WaveBoard, ...]:
    members: dict[int, list[str]] = {wave.pk: [] for wave in waves}
    for pk, code in rows:
        if code in register.members:
            members[pk].append(code)
    placed = {code for codes in members.values() for code in codes}
    found = [_wave_board(wave, members[wave.pk], lines, reached) for wave in waves]
    rest = [code for code in register.members if code not in placed]
    if rest:
        found.append(_wave_board(None, rest, lines, reached))
    return tuple(found)


def _wave_board(
    wave: Wave | None, codes: Sequence[str], lines: dict[str, Line], reached: set[str]
) -> WaveBoard:
    shown = tuple(lines[code] for code in codes if code in lines)
    return WaveBoard(wave, len(codes), sum(code in reached for code in codes), shown)
