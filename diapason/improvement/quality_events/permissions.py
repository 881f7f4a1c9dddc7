"""Say who may do what with an event, and when: the table of moves is the only source."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.rules.moves import ENDED, MOVES
from diapason.improvement.quality_events.rules.needs import NEEDS, Standing
from diapason.kernel.scope import NOBODY, Scope
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

REASONS = {
    "triage_event": message("Only the quality manager of %(organization)s sorts and closes its events."),
    "analyse_event": message(
        "Only the quality manager or a process owner of %(organization)s works on its events."
    ),
    "approve_plan": message("Only whoever approves plans for %(organization)s may decide."),
}


def scope_of(user: Any) -> Scope:
    """Return what a reader carries; nothing for somebody who is not signed in."""
    scope: Scope = getattr(user, "scope", NOBODY)
    return scope


def holds(event: QualityEvent, ability: str, *, by: Any) -> Verdict:
    """Tell whether this person holds the ability in the house that deals with the event; routines do."""
    if isinstance(by, Automaton) or by.scope.may(ability, event.organization_id):
        return Verdict.yes()
    return Verdict.no(REASONS[ability], organization=event.organization.short_name)


def may_move(event: QualityEvent, code: str, *, by: Any, standing: Standing) -> Verdict:
    """Tell whether a move of the table may be made by this person, given what stands behind the event."""
    move = MOVES[code]
    allowed = holds(event, move.ability, by=by) & MOVES.may_start(code, event.state)
    for need in move.needs:
        allowed = allowed & NEEDS[need](standing, getattr(by, "trail_name", ""))
    return allowed


def may_report(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person reports events at that organization: everybody who works there."""
    if isinstance(by, Automaton) or by.scope.may("report_event", organization.pk):
        return Verdict.yes()
    return Verdict.no(message("You do not work at %(organization)s."), organization=organization.short_name)


def may_edit(event: QualityEvent, *, by: Any) -> Verdict:
    """Tell whether what is written of the event may be corrected or completed: it is not ended."""
    allowed = holds(event, "analyse_event", by=by)
    if event.state in ENDED:
        return allowed & Verdict.no(message("The event is ended: reopen it first."))
    return allowed


def may_triage(event: QualityEvent, *, by: Any) -> Verdict:
    """Tell whether severity, owner, channel and obligations may be decided by this person."""
    allowed = holds(event, "triage_event", by=by)
    if event.state in ENDED:
        return allowed & Verdict.no(message("The event is ended: reopen it first."))
    return allowed


def may_settle(event: QualityEvent, *, by: Any) -> Verdict:
    """Tell whether this person may say that something was done outside: whoever works on events there."""
    return holds(event, "analyse_event", by=by)


def may_see_declarer(event: QualityEvent, *, by: Any) -> bool:
    """Tell whether the declarer's name is shown: to those who sort events there; to all readers when it was named."""
    scope = scope_of(by)
    if event.level == QualityEvent.Level.ANONYMOUS:
        return False
    if event.level == QualityEvent.Level.NAMED and scope.may("read_events", event.organization_id):
        return True
    return scope.may("triage_event", event.organization_id)


def may_rectify(event: QualityEvent, *, by: Any) -> Verdict:
    """Tell whether the sorting may be corrected: it was sorted, and is not ended."""
    allowed = may_triage(event, by=by)
    if event.triaged_on is None:
        return allowed & Verdict.no(message("The event is not sorted yet."))
    return allowed


def may_answer_breach(event: QualityEvent, *, by: Any) -> Verdict:
    """Tell whether the question of a serious breach is put here: the event belongs to a study."""
    allowed = may_rectify(event, by=by)
    if event.study_id is None:
        return allowed & Verdict.no(message("The question is asked of events of a study only."))
    return allowed


def may_set_reporting(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person decides how people report there: whoever sorts the reports."""
    if isinstance(by, Automaton) or by.scope.may("triage_event", organization.pk):
        return Verdict.yes()
    return Verdict.no(REASONS["triage_event"], organization=organization.short_name)


def may_take_over(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person takes over the events kept elsewhere: whoever sorts the reports there."""
    return may_set_reporting(organization, by=by)


def may_add_photo(event: QualityEvent, allowed: bool) -> Verdict:
    """Tell whether a photo may be added to a report: its house allows it, and it is not sorted yet."""
    if not allowed:
        return Verdict.no(
            message("%(organization)s takes no photos with reports."), organization=event.place.short_name
        )
    if event.triaged_on is not None or event.state in ENDED:
        return Verdict.no(message("The report is sorted already: show the photo to the quality manager."))
    return Verdict.yes()


def may_read_files(user: Any, number: str) -> bool:
    """Tell whether this person reads the files kept with an event: whoever sees the event."""
    return QualityEvent.objects.visible_to(user).filter(number=number).exists()


def may_see_figures(*, by: Any) -> Verdict:
    """Tell whether this person sees boards and figures of events: who reads events somewhere."""
    if scope_of(by).may_somewhere("read_events"):
        return Verdict.yes()
    return Verdict.no(message("Only those who work on events see their board and figures."))
