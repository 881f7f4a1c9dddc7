"""Plan, approve, prove, close and reopen: what the actions decide about the event (ISO 9001 § 10.2.1 c–f)."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.improvement.quality_events.acts.moving import about, begin
from diapason.improvement.quality_events.facts import mending as facts
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@act
def submit_plan(*, event: QualityEvent, version: int | None, by: Any, on: date) -> QualityEvent:
    """Submit the plan of actions to somebody else's approval."""
    fresh, states = begin(event, "submit_plan", version=version, by=by)
    fresh.plan_author = getattr(by, "person", None)
    fresh.save(update_fields=["state", "plan_author"])
    record(facts.PlanSubmitted(**about(fresh), **states), by=by)
    return fresh


@act
def start_plan(*, event: QualityEvent, version: int | None, by: Any, on: date) -> QualityEvent:
    """Start the actions of a plan that needs no approval."""
    fresh, states = begin(event, "start_plan", version=version, by=by)
    fresh.plan_author = getattr(by, "person", None)
    fresh.save(update_fields=["state", "plan_author"])
    record(facts.PlanStarted(**about(fresh), **states), by=by)
    return fresh


@act
def approve_plan(*, event: QualityEvent, version: int | None, by: Any, on: date) -> QualityEvent:
    """Approve the plan of somebody else; its actions may start."""
    fresh, states = begin(event, "approve_plan", version=version, by=by)
    fresh.save(update_fields=["state"])
    record(facts.EventPlanApproved(**about(fresh), **states), by=by)
    return fresh


@act
def refuse_plan(*, event: QualityEvent, reason: str, version: int | None, by: Any, on: date) -> QualityEvent:
    """Send the plan of somebody else back, with the reason."""
    fresh, states = begin(event, "refuse_plan", version=version, by=by)
    _say_why(reason)
    fresh.save(update_fields=["state"])
    record(facts.EventPlanRefused(**about(fresh), **states, reason=reason), by=by)
    return fresh


@act
def confirm_effectiveness(*, event: QualityEvent, version: int | None, by: Any, on: date) -> QualityEvent:
    """Confirm that every corrective action was found effective (ISO 9001 § 10.2.1 d)."""
    fresh, states = begin(event, "prove", version=version, by=by)
    fresh.save(update_fields=["state"])
    record(facts.EffectivenessProven(**about(fresh), **states), by=by)
    return fresh


@act
def fall_back(*, event: QualityEvent, action: str, by: Any, on: date) -> QualityEvent:
    """Look for the causes again because an action was found not effective; its history stays."""
    fresh, states = begin(event, "fall_back", version=None, by=by)
    fresh.reopened += 1
    fresh.analysis_asked = True
    fresh.save(update_fields=["state", "reopened", "analysis_asked"])
    record(facts.EventSentBack(**about(fresh), **states, action=action), by=by)
    return fresh


@act
def close_event(
    *,
    event: QualityEvent,
    conclusion: str,
    helps_others: bool,
    version: int | None,
    by: Any,
    on: date,
) -> QualityEvent:
    """Close an event whose corrective actions proved effective, or a light one that was mended (ISO 9001 § 10.2.1)."""
    code = "close_simple" if event.state == moves.TRIAGED else "close"
    fresh, states = begin(event, code, version=version, by=by)
    if not conclusion.strip():
        Verdict.no(message("Say what is concluded.")).require()
    fresh.conclusion, fresh.helps_others, fresh.closed_on = conclusion, helps_others, on
    fresh.save(update_fields=["state", "conclusion", "helps_others", "closed_on"])
    fact = facts.QualityEventClosed(
        **about(fresh), **states, conclusion=conclusion, helps_others=helps_others
    )
    record(fact, by=by)
    return fresh


@act
def reopen_event(*, event: QualityEvent, reason: str, version: int | None, by: Any, on: date) -> QualityEvent:
    """Open a closed event again; what was found before stays in its story."""
    fresh, states = begin(event, "reopen", version=version, by=by)
    _say_why(reason)
    fresh.reopened += 1
    fresh.closed_on = None
    fresh.save(update_fields=["state", "reopened", "closed_on"])
    record(facts.EventReopened(**about(fresh), **states, reason=reason), by=by)
    return fresh


def _say_why(reason: str) -> None:
    if not reason.strip():
        Verdict.no(message("Say why.")).require()
