"""Open what must be done outside this tool, and say when it was done (clocks: practice, ICH E6(R3), GDPR)."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from diapason.audit_trail.acts import act, record, reread
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts.moving import about
from diapason.improvement.quality_events.facts import reporting as facts
from diapason.improvement.quality_events.models import Obligation, QualityEvent, words
from diapason.improvement.quality_events.rules.catalogue import Duty
from diapason.improvement.quality_events.rules.moves import ENDED
from diapason.kernel.calendars import region_of, working_days_after
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def due_at(duty: Duty, starts_at: datetime, *, department: str, timezone: str) -> datetime:
    """Return when a duty is due, in the zone of the place: hours and calendar days run on, working days do not."""
    zone = ZoneInfo(timezone)
    local = starts_at.astimezone(zone)
    if (
        duty.unit == "hours"
    ):  # counted on the world's clock: on a local one, the night the hour changes is lost
        return starts_at.astimezone(UTC) + timedelta(hours=duty.within)
    if duty.unit == "calendar_days":
        last: date = local.date() + timedelta(days=duty.within)
    else:
        last = working_days_after(local.date(), duty.within, region_of(department))
    return datetime.combine(last, time(23, 59, 59), tzinfo=zone)


def known_since(event: QualityEvent, day: date | None, at: datetime) -> datetime:
    """Return from when the clocks of an event run: the moment of its report, else the first hour of awareness.

    A clock never begins later than the moment at which it is opened, nor with the sorting of a report that waited.
    """
    zone = ZoneInfo(event.place.timezone)
    told = event.reported_at
    if told is not None and (day is None or told.astimezone(zone).date() == day):
        return min(told, at)
    if day is None or day >= at.astimezone(zone).date():
        return at
    return datetime.combine(day, time.min, tzinfo=zone)


def open_duties(
    event: QualityEvent, duties: Sequence[Duty], *, at: datetime, aware_on: date | None = None
) -> None:
    """Open the duties that the event does not have yet, their clocks from awareness on; called inside an act."""
    known = set(event.obligations.values_list("code", flat=True))
    at = known_since(event, aware_on or event.aware_on, at)
    for duty in duties:
        if duty.code in known:
            continue
        last = due_at(duty, at, department=event.place.department, timezone=event.place.timezone)
        Obligation.objects.create(event=event, code=duty.code, starts_at=at, due_at=last, unit=duty.unit)


def carry_over(event: QualityEvent, into: QualityEvent) -> None:
    """Let what is still to be done outside for a joined event count with the one that stays; called inside an act.

    The clock runs on: of two for the same duty, the earlier holds. Raises Refused when the other event is ended.
    """
    waiting = list(event.obligations.filter(met_at=None, waived_reason=""))
    if waiting and into.state in ENDED:
        Verdict.no(
            message("%(number)s is ended: settle first what is to be done outside."), number=into.number
        ).require()
    known = {duty.code: duty for duty in into.obligations.all()}
    for duty in waiting:
        other = known.get(duty.code)
        if other is None:
            other = Obligation(event=into, code=duty.code, starts_at=duty.starts_at, due_at=duty.due_at)
            other.unit = duty.unit
            other.save()
        elif not other.is_settled and duty.starts_at < other.starts_at:
            other.starts_at, other.due_at = duty.starts_at, duty.due_at
            other.version += 1
            other.save(update_fields=["starts_at", "due_at"])
        duty.waived_reason = into.number
        duty.version += 1
        duty.save(update_fields=["waived_reason"])


@act
def meet_obligation(
    *, obligation: Obligation, met_at: datetime, reference: str, version: int | None, by: Any, at: datetime
) -> Obligation:
    """Say that something was done outside, when, and what proves it."""
    permissions.may_settle(obligation.event, by=by).require()
    fresh = reread(obligation, version)
    check_met(fresh, met_at, at).require()
    duty = words().duty(fresh.code)
    if duty is not None and duty.needs_proof and not reference.strip():
        Verdict.no(message("Name what proves it: a letter, an acknowledgement, a number.")).require()
    fresh.met_at, fresh.reference = met_at, reference
    fresh.save(update_fields=["met_at", "reference"])
    record(
        facts.ObligationMet(**about(obligation.event), obligation=fresh.code, met_at=met_at.isoformat()),
        by=by,
    )
    return fresh


@act
def waive_obligation(
    *, obligation: Obligation, reason: str, version: int | None, by: Any, at: datetime
) -> Obligation:
    """Say that something is not needed after all, and why."""
    permissions.may_triage(obligation.event, by=by).require()
    fresh = reread(obligation, version)
    if fresh.is_settled:
        Verdict.no(message("It is settled already.")).require()
    if not reason.strip():
        Verdict.no(message("Say why it is not needed.")).require()
    fresh.waived_reason = reason
    fresh.save(update_fields=["waived_reason"])
    record(facts.ObligationWaived(**about(obligation.event), obligation=fresh.code, reason=reason), by=by)
    return fresh


def _earliest(obligation: Obligation) -> datetime:
    """Return the beginning of the day of awareness: whoever telephones first and reports afterwards says so."""
    zone = ZoneInfo(obligation.event.place.timezone)
    first = obligation.starts_at.astimezone(zone).date()
    aware = obligation.event.aware_on
    return datetime.combine(min(first, aware) if aware else first, time.min, tzinfo=zone)


def check_met(obligation: Obligation, met_at: datetime, at: datetime) -> Verdict:
    """Tell whether the stated time is possible: once, not in the future, nor before the clock began."""
    if obligation.is_settled:
        return Verdict.no(message("It is settled already."))
    if met_at > at:
        return Verdict.no(message("It cannot have been done in the future."))
    if met_at < _earliest(obligation):
        return Verdict.no(message("It cannot have been done before one was aware of the event."))
    return Verdict.yes()
