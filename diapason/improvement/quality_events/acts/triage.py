"""Sort an event: owner, kind, severity, clauses; or send it elsewhere, join it, take no further action."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from diapason.audit_trail.acts import act, record, reread
from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause
from diapason.improvement.action_plan.acts.joining import carry_over_actions
from diapason.improvement.action_plan.queries import plan_of
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts.moving import about, begin
from diapason.improvement.quality_events.acts.obligations import carry_over, open_duties
from diapason.improvement.quality_events.facts import triage as facts
from diapason.improvement.quality_events.facts.approving import EventApprovalAsked
from diapason.improvement.quality_events.models import EventClause, QualityEvent, words
from diapason.improvement.quality_events.queries.standing import case_of
from diapason.improvement.quality_events.rules import sorting
from diapason.improvement.quality_events.rules.moves import ENDED, MOVES
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Sorted:
    """Hold what is decided when an event is sorted."""

    kind: str
    severity: str
    severity_reason: str
    owner: Organization
    title: str = ""
    category: str = ""
    repeated: bool = False
    process: str = ""
    document: str = ""
    occurred: PartialDate | None = None
    aware_on: date | None = None
    clauses: Sequence[Clause] = ()
    extra: dict[str, Any] = field(default_factory=dict)


@act
def triage_event(
    *, event: QualityEvent, decision: Sorted, version: int | None, by: Any, on: date
) -> QualityEvent:
    """Sort an event: its owner, kind, category and severity, with the reasoning kept (ISO 9001 § 10.2.1 a)."""
    check_decision(event, decision, on).require()
    fresh, states = begin(event, "triage", version=version, by=by)
    _write(fresh, decision)
    fresh.triaged_on = on
    fresh.save()
    _set_clauses(fresh, decision.clauses)
    owner = decision.owner.code if decision.owner.pk != event.organization_id else ""
    fact = facts.EventTriaged(
        **about(fresh), **states, severity=fresh.severity, reason=fresh.severity_reason, owner=owner
    )
    record(fact, by=by)
    return fresh


@act
def rectify_event(
    *, event: QualityEvent, decision: Sorted, reason: str, version: int | None, by: Any, on: date
) -> QualityEvent:
    """Correct how an event was sorted (« rectifier »): the former values stay in the trail only."""
    permissions.may_triage(event, by=by).require()
    check_decision(event, decision, on).require()
    if not reason.strip():
        Verdict.no(message("Say why the sorting is corrected.")).require()
    fresh = reread(event, version)
    severity, approved = fresh.severity, fresh.approval_asked
    _write(fresh, decision)
    if fresh.approval_asked and not approved and fresh.state in MOVES["ask_approval"].sources:
        record(EventApprovalAsked(**about(fresh), **MOVES.make(fresh, "ask_approval")), by=by)
    fresh.save()
    _set_clauses(fresh, decision.clauses)
    if fresh.severity != severity:
        changed = facts.SeverityChanged(
            **about(fresh), severity=fresh.severity, reason=decision.severity_reason
        )
        record(changed, by=by)
    record(facts.EventRectified(**about(fresh), reason=reason), by=by)
    return fresh


def check_decision(event: QualityEvent, decision: Sorted, on: date) -> Verdict:
    """Tell whether a decision is complete and its dates possible."""
    kind = words().kinds.get(decision.kind)
    if kind is None:
        return Verdict.no(message("Choose a kind."))
    if event.level == QualityEvent.Level.ANONYMOUS and not kind.anonymous:
        return Verdict.no(message("An anonymous report stays a suggestion or a question of organization."))
    if kind.needs_study and event.study_id is None:
        return Verdict.no(message("A protocol deviation belongs to a study: name it first."))
    if words().severity_rank(decision.severity) < 0 and not kind.praise:
        return Verdict.no(message("Choose a severity."))
    if not decision.severity_reason.strip() and not kind.praise:
        return Verdict.no(message("Say why this severity."))
    return _check_dates(event, decision, on)


def _check_dates(event: QualityEvent, decision: Sorted, on: date) -> Verdict:
    earliest = decision.occurred.earliest if decision.occurred else event.occurred_earliest
    aware = decision.aware_on or event.aware_on
    if aware is not None and aware > on:
        return Verdict.no(message("One cannot have been aware of it in the future."))
    if aware is not None and aware > event.reported_on:
        return Verdict.no(message("One was aware of it when it was reported, at the latest."))
    if earliest is not None and aware is not None and earliest > aware:
        return Verdict.no(message("One cannot have been aware of it before it happened."))
    return Verdict.yes()


def _write(event: QualityEvent, decision: Sorted) -> None:
    for name in ("kind", "severity", "severity_reason", "category", "repeated", "process", "document"):
        setattr(event, name, getattr(decision, name))
    event.title = decision.title or event.title
    event.organization = decision.owner
    event.extra = decision.extra
    event.aware_on = decision.aware_on or event.aware_on
    if decision.occurred is not None:
        event.occurred_earliest, event.occurred_latest = decision.occurred.earliest, decision.occurred.latest
        event.occurred_wording = decision.occurred.wording
    case = case_of(event)
    event.analysis_asked = sorting.asks_for_analysis(case, words().kinds[event.kind], words())
    event.approval_asked = event.analysis_asked and sorting.asks_for_approval(event.severity, words())


def _set_clauses(event: QualityEvent, clauses: Sequence[Clause]) -> None:
    wanted = {clause.pk for clause in clauses}
    EventClause.objects.filter(event=event).exclude(clause__in=wanted).delete()
    known = set(EventClause.objects.filter(event=event).values_list("clause_id", flat=True))
    EventClause.objects.bulk_create([EventClause(event=event, clause_id=pk) for pk in sorted(wanted - known)])


@act
def answer_extra(
    *, event: QualityEvent, extra: dict[str, Any], version: int | None, by: Any, on: date
) -> QualityEvent:
    """Write down what the kind of event asks besides."""
    permissions.may_edit(event, by=by).require()
    fresh = reread(event, version)
    fresh.extra = extra
    fresh.save(update_fields=["extra"])
    record(facts.ExtraAnswered(**about(fresh)), by=by)
    return fresh


@act
def answer_breach(
    *,
    event: QualityEvent,
    answer: str,
    reason: str,
    version: int | None,
    by: Any,
    at: datetime,
    aware_on: date | None = None,
) -> QualityEvent:
    """Answer the question of a serious breach; "suspected" and "confirmed" start the clock that applies here.

    It runs from the day on which one became aware of the breach, not from that of the answer.
    """
    permissions.may_triage(event, by=by).require()
    check_aware(event, aware_on, at).require()
    if not reason.strip():
        Verdict.no(message("Say why.")).require()
    fresh = reread(event, version)
    fresh.breach, fresh.breach_reason = answer, reason
    fresh.save(update_fields=["breach", "breach_reason"])
    if answer in (QualityEvent.Breach.SUSPECTED, QualityEvent.Breach.CONFIRMED):
        open_duties(fresh, [sorting.breach_duty(case_of(fresh), words())], at=at, aware_on=aware_on)
    record(facts.BreachAnswered(**about(fresh), answer=answer, reason=reason), by=by)
    return fresh


def check_aware(event: QualityEvent, aware_on: date | None, at: datetime) -> Verdict:
    """Tell whether one may have become aware of the breach on that day: not before it happened, not in the future."""
    if aware_on is None:
        return Verdict.yes()
    if aware_on > at.astimezone(ZoneInfo(event.place.timezone)).date():
        return Verdict.no(message("One cannot have been aware of it in the future."))
    if event.occurred_earliest is not None and event.occurred_earliest > aware_on:
        return Verdict.no(message("One cannot have been aware of it before it happened."))
    return Verdict.yes()


@act
def route_event(
    *, event: QualityEvent, channel: str, external_number: str, version: int | None, by: Any, at: datetime
) -> QualityEvent:
    """Say that an event is dealt with elsewhere, under which number, and what is to be done outside."""
    fresh, states = begin(event, "route", version=version, by=by)
    fresh.channel, fresh.external_number = channel, external_number
    fresh.save(update_fields=["state", "channel", "external_number"])
    open_duties(fresh, words().channels[channel].duties, at=at)
    fact = facts.EventRouted(**about(fresh), **states, channel=channel, number=external_number)
    record(fact, by=by)
    return fresh


@act
def dismiss_event(
    *, event: QualityEvent, reason: str, version: int | None, by: Any, on: date
) -> QualityEvent:
    """Take no further action on an event, and say why."""
    fresh, states = begin(event, "dismiss", version=version, by=by)
    if not reason.strip():
        Verdict.no(message("Say why no further action is taken.")).require()
    fresh.conclusion = reason
    fresh.save(update_fields=["state", "conclusion"])
    record(facts.EventDismissed(**about(fresh), **states, reason=reason), by=by)
    return fresh


@act
def merge_event(
    *, event: QualityEvent, into: QualityEvent, version: int | None, by: Any, on: date
) -> QualityEvent:
    """Join an event to another of the same house, which stays; nothing of it is lost.

    Its clocks and actions go on there, with what was joined to it before; its photos and its declarer follow.
    """
    fresh, states = begin(event, "merge", version=version, by=by)
    check_merge(fresh, into).require()
    if into.state in ENDED and plan_of(fresh.subject).unfinished:
        Verdict.no(
            message("%(number)s is ended: reopen it, the actions of this one go on."), number=into.number
        ).require()
    carry_over(fresh, into)
    carry_over_actions(origin=fresh.subject, to=into.subject, by=by)
    for joined in fresh.duplicates.all():
        joined.duplicate_of = into
        joined.version += 1
        joined.save(update_fields=["duplicate_of"])
    fresh.duplicate_of = into
    fresh.save(update_fields=["state", "duplicate_of"])
    record(facts.EventMerged(**about(fresh), **states, other=into.number), by=by)
    return fresh


def check_merge(event: QualityEvent, into: QualityEvent) -> Verdict:
    """Tell whether two events may be joined: same house, two different ones, the other not itself joined."""
    if event.pk == into.pk:
        return Verdict.no(message("An event is not joined to itself."))
    if event.organization_id != into.organization_id:
        return Verdict.no(message("Only events of the same organization are joined."))
    if into.state == "merged":
        return Verdict.no(message("%(number)s is itself joined to another event."), number=into.number)
    return Verdict.yes()


@act
def take_back_event(
    *, event: QualityEvent, reason: str, version: int | None, by: Any, on: date
) -> QualityEvent:
    """Sort after all an event that was dismissed or sent elsewhere."""
    fresh, states = begin(event, "take_back", version=version, by=by)
    if not reason.strip():
        Verdict.no(message("Say why it is sorted after all.")).require()
    fresh.save(update_fields=["state"])
    record(facts.EventTakenBack(**about(fresh), **states, reason=reason), by=by)
    return fresh
