"""Say who holds learning committees, and when what is written of them may change."""

from datetime import date
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.improvement.crex.models import RUN, CrexMeeting, crex
from diapason.improvement.crex.rules import moves
from diapason.improvement.crex.rules.moves import Standing
from diapason.improvement.quality_events.models import Declarer, QualityEvent
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def may_run(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person holds the learning committee of that organization."""
    if isinstance(by, Automaton) or organization.pk in by.scope.where(RUN):
        return Verdict.yes()
    return Verdict.no(
        message("Only the quality manager of %(organization)s holds its CREX."),
        organization=organization.short_name,
    )


def may_write(meeting: CrexMeeting, *, by: Any) -> Verdict:
    """Tell whether this person may write choice, attendance, analysis and minutes: they are not closed."""
    allowed = may_run(meeting.organization, by=by)
    if meeting.is_ended:
        return allowed & Verdict.no(message("The minutes are closed: open them again first."))
    return allowed


def may_analyse(meeting: CrexMeeting, *, by: Any) -> Verdict:
    """Tell whether the analysis may be written: an event is chosen and still open."""
    allowed = may_write(meeting, by=by)
    if meeting.event is None:
        return allowed & Verdict.no(message("No event is chosen yet."))
    if not meeting.event.is_open:
        return allowed & Verdict.no(message("The event is ended: reopen it first."))
    return allowed


def may_choose(meeting: CrexMeeting, *, by: Any) -> Verdict:
    """Tell whether the event may be chosen: the committee has not analysed one yet."""
    allowed = may_write(meeting, by=by)
    if any(meeting.analysis.values()):
        return allowed & Verdict.no(message("The analysis is begun: the event stays."))
    return allowed


def may_lead(person: Any, event: QualityEvent) -> Verdict:
    """Tell whether a person may lead the analysis: not involved in the event, that is, not its declarer."""
    if Declarer.objects.filter(event=event, person=person).exists() or event.plan_author_id == person.pk:
        return Verdict.no(message("Whoever leads the analysis was not involved in the event."))
    return Verdict.yes()


def may_move(meeting: CrexMeeting, code: str, *, by: Any, on: date) -> Verdict:
    """Tell whether a move of the table may be made by this person that day."""
    move, allowed = moves.MOVES[code], may_run(meeting.organization, by=by)
    allowed = allowed & moves.MOVES.may_start(code, meeting.state)
    standing = standing_of(meeting, on) if allowed and move.needs else None
    if standing is None:
        return allowed
    for need in move.needs:
        allowed = allowed & moves.NEEDS[need](standing)
    return allowed


def standing_of(meeting: CrexMeeting, on: date) -> Standing:
    """Return what stands behind a meeting; its attendance is read once."""
    attended = list(meeting.attendance.all())
    return Standing(
        held_on=meeting.held_on,
        on=on,
        has_event=meeting.event_id is not None,
        has_pilot=meeting.pilot_id is not None,
        people=sum(row.count for row in attended),
        fewest=crex().fewest,
        quality=sum(row.count for row in attended if row.trade == "quality"),
        steps=sum(1 for text in meeting.analysis.values() if str(text).strip()),
        has_minutes=bool(meeting.minutes.strip()),
    )
