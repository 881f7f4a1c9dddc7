"""Plan a meeting, choose its event, say who attended, write analysis and minutes, close (ISO 9001 § 10.2.1 b)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.context.network.models import Organization
from diapason.context.people.models import Person
from diapason.improvement.crex import facts, permissions
from diapason.improvement.crex.models import CrexAttendance, CrexMeeting, crex
from diapason.improvement.crex.rules.moves import MOVES
from diapason.improvement.quality_events.acts.analysis import Why, record_causes
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.models.events import said
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Attended:
    """Hold who attended: so many of a trade, or one person."""

    trade: str
    count: int = 1
    person: Person | None = None


def about(meeting: CrexMeeting) -> dict[str, str]:
    """Return subject and organization for a fact about the meeting."""
    return {"subject": meeting.subject, "organization": meeting.organization.code}


@act
def plan_crex(
    *, organization: Organization, held_on: date, duration: int, place: str, by: Any, on: date
) -> CrexMeeting:
    """Plan a meeting; a committee takes ninety minutes at most."""
    permissions.may_run(organization, by=by).require()
    check_plan(organization, held_on, duration).require()
    meeting = CrexMeeting(
        number=take_number("CX", organization.code, held_on.year),
        organization=organization,
        held_on=held_on,
        duration=duration,
        place=place,
    )
    meeting.full_clean(exclude=["number"])
    meeting.save()
    record(facts.CrexPlanned(**about(meeting), held_on=held_on.isoformat()), by=by)
    return meeting


def check_plan(
    organization: Organization, held_on: date, duration: int, meeting: CrexMeeting | None = None
) -> Verdict:
    """Tell whether a meeting may stand there: not too long, no other one of the house that day."""
    longest = crex().longest
    if not 0 < duration <= longest:
        return Verdict.no(message("A CREX takes %(longest)s minutes at most."), longest=longest)
    others = CrexMeeting.objects.filter(organization=organization, held_on=held_on).exclude(state="cancelled")
    if others.exclude(pk=meeting.pk if meeting else 0).exists():
        return Verdict.no(message("There is a CREX of that day already."))
    return Verdict.yes()


@act
def reschedule_crex(
    *,
    meeting: CrexMeeting,
    held_on: date,
    duration: int,
    place: str,
    version: int | None,
    by: Any,
    on: date,
) -> CrexMeeting:
    """Change day, place or duration of a meeting."""
    permissions.may_write(meeting, by=by).require()
    check_plan(meeting.organization, held_on, duration, meeting).require()
    fresh = reread(meeting, version)
    fresh.held_on, fresh.duration, fresh.place = held_on, duration, place
    fresh.save(update_fields=["held_on", "duration", "place"])
    record(facts.CrexRescheduled(**about(fresh), held_on=held_on.isoformat()), by=by)
    return fresh


@act
def choose_event(
    *,
    meeting: CrexMeeting,
    event: QualityEvent,
    pilot: Person,
    reason: str,
    score: int | None,
    version: int | None,
    by: Any,
    on: date,
) -> CrexMeeting:
    """Choose the event that the committee looks into, and who leads: somebody not involved in it."""
    fresh = reread(meeting, version)
    permissions.may_choose(fresh, by=by).require()
    check_event(fresh, event).require()
    permissions.may_lead(pilot, event).require()
    fresh.event, fresh.pilot, fresh.choice_reason, fresh.choice_score = event, pilot, reason, score
    fresh.save(update_fields=["event", "pilot", "choice_reason", "choice_score"])
    record(facts.CrexEventChosen(**about(fresh), event=event.number, reason=reason), by=by)
    return fresh


def check_event(meeting: CrexMeeting, event: QualityEvent) -> Verdict:
    """Tell whether the committee of that house may look into the event: it deals with it, and it is open."""
    if event.organization_id != meeting.organization_id:
        return Verdict.no(message("The event is dealt with by another organization."))
    if not event.is_open:
        return Verdict.no(message("The event is ended: reopen it first."))
    return Verdict.yes()


@act
def record_attendance(
    *, meeting: CrexMeeting, attended: Sequence[Attended], version: int | None, by: Any, on: date
) -> CrexMeeting:
    """Write down who attended, by trade; names only where somebody is to be named."""
    fresh = reread(meeting, version)
    permissions.may_write(fresh, by=by).require()
    for one in attended:
        if one.trade not in crex().trades or one.count < 1:
            Verdict.no(message("Choose a trade and how many attended.")).require()
    fresh.save(update_fields=[])
    CrexAttendance.objects.filter(meeting=fresh).delete()
    for one in attended:
        CrexAttendance.objects.create(
            meeting=fresh, trade=one.trade, count=1 if one.person else one.count, person=one.person
        )
    people = sum(1 if one.person else one.count for one in attended)
    record(facts.CrexAttendanceRecorded(**about(fresh), people=people), by=by)
    return fresh


@act
def record_analysis(
    *,
    meeting: CrexMeeting,
    method: str,
    steps: Mapping[str, str],
    whys: Sequence[Why],
    version: int | None,
    event_version: int | None,
    by: Any,
    on: date,
) -> CrexMeeting:
    """Write down the analysis, and its causes into the event (ISO 9001 § 10.2.1 b)."""
    fresh = reread(meeting, version)
    permissions.may_analyse(fresh, by=by).require()
    known = crex().methods.get(method)
    if known is None or fresh.event is None:
        raise ValueError(method)
    kept = {step.code: steps[step.code].strip() for step in known.steps if steps.get(step.code, "").strip()}
    if not kept:
        Verdict.no(message("Write down at least one part of the analysis.")).require()
    fresh.method, fresh.analysis = method, kept
    fresh.save(update_fields=["method", "analysis"])
    record(facts.CrexAnalysisRecorded(**about(fresh), method=method), by=by)
    text = "\n".join(f"{said(step.name)} — {kept[step.code]}" for step in known.steps if step.code in kept)
    record_causes(
        event=fresh.event, method=method, analysis=text, whys=whys, version=event_version, by=by, on=on
    )
    return fresh


@act
def write_minutes(
    *, meeting: CrexMeeting, minutes: str, next_on: date | None, version: int | None, by: Any, on: date
) -> CrexMeeting:
    """Write down what the committee retains, and when it meets next."""
    fresh = reread(meeting, version)
    permissions.may_write(fresh, by=by).require()
    if next_on is not None and next_on <= fresh.held_on:
        Verdict.no(message("The next meeting comes after this one.")).require()
    fresh.minutes, fresh.next_on = minutes, next_on
    fresh.save(update_fields=["minutes", "next_on"])
    record(facts.CrexMinutesWritten(**about(fresh)), by=by)
    return fresh


def _begin(
    meeting: CrexMeeting, code: str, version: int | None, by: Any, on: date
) -> tuple[CrexMeeting, dict[str, str]]:
    """Return the meeting under the lock, its state changed, and the states for the fact: the only place for it."""
    fresh = reread(meeting, version)
    permissions.may_move(fresh, code, by=by, on=on).require()
    return fresh, MOVES.make(fresh, code)


@act
def hold_crex(*, meeting: CrexMeeting, version: int | None, by: Any, on: date) -> CrexMeeting:
    """Say that the committee met."""
    fresh, states = _begin(meeting, "hold", version, by, on)
    fresh.save(update_fields=["state"])
    record(facts.CrexHeld(**about(fresh), **states), by=by)
    return fresh


@act
def close_crex(*, meeting: CrexMeeting, version: int | None, by: Any, on: date) -> CrexMeeting:
    """Close the minutes; the next meeting, when its day is known, is planned at once."""
    fresh, states = _begin(meeting, "close", version, by, on)
    fresh.closed_on = on
    fresh.save(update_fields=["state", "closed_on"])
    number = fresh.event.number if fresh.event else ""
    record(facts.CrexClosed(**about(fresh), **states, event=number), by=by)
    if fresh.next_on and check_plan(fresh.organization, fresh.next_on, fresh.duration):
        plan_crex(
            organization=fresh.organization,
            held_on=fresh.next_on,
            duration=fresh.duration,
            place=fresh.place,
            by=by,
            on=on,
        )
    return fresh


@act
def cancel_crex(*, meeting: CrexMeeting, reason: str, version: int | None, by: Any, on: date) -> CrexMeeting:
    """Say that the committee did not meet, and why."""
    fresh, states = _begin(meeting, "cancel", version, by, on)
    fresh.reason = _why(reason)
    fresh.save(update_fields=["state", "reason"])
    record(facts.CrexCancelled(**about(fresh), **states, reason=reason), by=by)
    return fresh


@act
def reopen_crex(*, meeting: CrexMeeting, reason: str, version: int | None, by: Any, on: date) -> CrexMeeting:
    """Open closed minutes again, and say why; what stood there stays in the trail."""
    fresh, states = _begin(meeting, "reopen", version, by, on)
    fresh.closed_on = None
    fresh.save(update_fields=["state", "closed_on"])
    record(facts.CrexReopened(**about(fresh), **states, reason=_why(reason)), by=by)
    return fresh


def _why(reason: str) -> str:
    if not reason.strip():
        Verdict.no(message("Say why.")).require()
    return reason
