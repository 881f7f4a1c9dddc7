"""Do what follows, where no chapter has the function yet: each calls the acts of one chapter."""

from datetime import date
from typing import Any

from diapason.certification.certificates.models import Certificate
from diapason.certification.programme.acts import reach_milestone
from diapason.certification.programme.models import Milestone
from diapason.certification.readiness.acts import follow_by_actions
from diapason.context.indicators.jobs import compute_figures
from diapason.improvement.action_plan.models import Action
from diapason.improvement.lessons.acts.answering import carry_out_by_action
from diapason.improvement.lessons.acts.proposing import propose_lesson
from diapason.improvement.quality_events.acts.closing import fall_back
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.rules.moves import MOVES
from diapason.kernel.clock import now, today
from diapason.kernel.facts import Fact


def reach_decision(*, fact: Fact, by: Any) -> None:
    """Mark the certification decision as reached in the programmes that wait for it."""
    reference = fact.subject.partition(":")[2]
    certificate = Certificate.objects.select_related("holder").filter(reference=reference).first()
    if certificate is None or certificate.decision_latest is None:
        return
    waiting = Milestone.objects.filter(
        organization=certificate.holder, kind=Milestone.Kind.DECISION, held_on=None
    ).select_related("programme")
    for milestone in waiting:
        programme = milestone.programme
        if programme.is_edition_change and certificate.edition_id != programme.to_edition_id:
            continue
        reach_milestone(
            programme=milestone.programme,
            organization=certificate.holder,
            kind=milestone.kind,
            held_on=certificate.decision_latest,
            by=by,
            on=today(),
        )


def refresh_figures(*, fact: Fact, by: Any) -> None:
    """Compute again the figures of the last closed year and of the year under way."""
    day: date = today()
    for year in (day.year - 1, day.year):
        compute_figures(year=year, by=by, at=now())


def look_for_causes_again(*, fact: Fact, by: Any) -> None:
    """Send the event back to its causes when an action that it asked for was found not effective."""
    kind, _, number = str(getattr(fact, "origin", "")).partition(":")
    if kind != "quality_event":
        return
    event = QualityEvent.objects.select_related("organization").filter(number=number).first()
    if event is None or event.state not in MOVES["fall_back"].sources:
        return
    fall_back(event=event, action=fact.subject.partition(":")[2], by=by, on=today())


def propose_a_lesson(*, fact: Fact, by: Any) -> None:
    """Write the draft of a lesson when whoever closed an event said that it would help others."""
    if not getattr(fact, "helps_others", False):
        return
    event = QualityEvent.objects.select_related("organization", "study").get(
        number=fact.subject.partition(":")[2]
    )
    propose_lesson(event=event, by=by, on=event.closed_on or today())


def note_adoption(*, fact: Fact, by: Any) -> None:
    """Mark a lesson as carried out when the action by which an organization adopted it is done."""
    if not str(getattr(fact, "origin", "")).startswith("lesson:"):
        return
    action = Action.objects.select_related("organization").get(number=fact.subject.partition(":")[2])
    carry_out_by_action(action=action, by=by, on=action.done_on or today())


def follow_gap(*, fact: Fact, by: Any) -> None:
    """Let the gap of a self-assessment name the action that was planned for it."""
    if not str(getattr(fact, "origin", "")).startswith("assessment:"):
        return
    action = Action.objects.select_related("organization").get(number=fact.subject.partition(":")[2])
    follow_by_actions(organization=action.organization, actions=[action], by=by)
