"""Let the rules propose events, and take down what people decide (ISO 9001 § 10.2.1, ICH E6(R3) § 3.11.4)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_numbers
from diapason.audit_trail.bulk import insert
from diapason.context.network.models import Organization
from diapason.improvement.deviation_sheets import facts, permissions
from diapason.improvement.deviation_sheets.models import DeviationProposal, rules
from diapason.improvement.deviation_sheets.queries.series import series_of_house, series_of_studies
from diapason.improvement.deviation_sheets.rules import signals
from diapason.improvement.deviation_sheets.rules.cells import months_until
from diapason.improvement.quality_events.acts.reporting import Report, report_event
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

State = DeviationProposal.State
Key = tuple[int | None, str, str, date]


def about(proposal: DeviationProposal) -> dict[str, str]:
    """Return subject and organization for a fact about the proposal."""
    return {"subject": proposal.subject, "organization": proposal.organization.code}


@act
def refresh_proposals(*, organization: Organization, studies: Iterable[int], by: Any, on: date) -> int:
    """Propose what the rules find in the counts of these studies, withdraw the rest; return how many are new.

    What a person decided stays decided, until the figure grows beyond the one that was decided upon.
    """
    keys, months = set(studies), months_until(on, rules().look_back)
    wanted = _wanted(organization, keys, months)
    fresh = []
    known = _known(organization, keys, months[-rules().propose_for])
    for key, signal in wanted.items():
        last = known.pop(key, None)
        if last is None or last.state == State.WITHDRAWN or _outgrown(last, signal.figure):
            fresh.append(_proposal(organization, key, signal.figure, on))
        elif last.is_waiting and last.figure != signal.figure:
            last.version, last.figure = last.version + 1, signal.figure
            last.save(update_fields=["figure"])
            record(_proposed(last), by=by)
    for old in known.values():
        if old.is_waiting:
            old.version, old.state = old.version + 1, State.WITHDRAWN
            old.save(update_fields=["state"])
            record(facts.DeviationProposalWithdrawn(**about(old)), by=by)
    _enter(organization, fresh, by, on)
    return len(fresh)


def _outgrown(last: DeviationProposal, figure: int) -> bool:
    return not last.is_waiting and last.state != State.WITHDRAWN and figure > last.figure


def _wanted(organization: Organization, studies: set[int], months: list[date]) -> dict[Key, signals.Signal]:
    found: dict[Key, signals.Signal] = {}
    for study, series in series_of_studies(organization, studies, months).items():
        for signal in signals.of_study(series, months, rules()):
            found[study, signal.category, signal.rule, signal.month] = signal
    for signal in signals.of_house(series_of_house(organization, months).pairs, months, rules()):
        found[None, signal.category, signal.rule, signal.month] = signal
    return found


def _known(organization: Organization, studies: set[int], since: date) -> dict[Key, DeviationProposal]:
    """Return the latest proposal of each kind since that month."""
    rows = DeviationProposal.objects.filter(organization=organization, month__gte=since).select_related(
        "organization"
    )
    return {
        (row.study_id, row.category, row.rule, row.month): row
        for row in rows.order_by("pk")
        if row.study_id is None or row.study_id in studies
    }


def _proposal(organization: Organization, key: Key, figure: int, on: date) -> DeviationProposal:
    study, category, rule, month = key
    return DeviationProposal(
        organization=organization,
        study_id=study,
        category=category,
        rule=rule,
        month=month,
        figure=figure,
        proposed_on=on,
    )


def _enter(organization: Organization, fresh: list[DeviationProposal], by: Any, on: date) -> None:
    if not fresh:
        return
    numbers = take_numbers("DP", organization.code, on.year, len(fresh))
    for proposal, number in zip(fresh, numbers, strict=True):
        proposal.number = number
    insert(DeviationProposal, fresh)
    for proposal in fresh:
        record(_proposed(proposal), by=by)


def _proposed(proposal: DeviationProposal) -> facts.DeviationEventProposed:
    return facts.DeviationEventProposed(
        **about(proposal),
        rule=proposal.rule,
        category=proposal.category,
        month=f"{proposal.month:%Y-%m}",
        figure=proposal.figure,
    )


@act
def open_event(
    *,
    proposal: DeviationProposal,
    description: str,
    consequence: str,
    version: int | None,
    by: Any,
    at: datetime,
    on: date,
) -> QualityEvent:
    """Open the event that a rule proposed; it keeps the sheet as its origin."""
    fresh = reread(proposal, version)
    permissions.may_open(fresh, by=by).require()
    month = PartialDate.month(fresh.month.year, fresh.month.month)
    report = Report(
        description=description,
        consequence=consequence,
        place=fresh.organization,
        study=fresh.study,
        level=QualityEvent.Level.NAMED,
        occurred=PartialDate(month.earliest, min(month.latest or on, on)),
        kind="deviation" if fresh.study else "nonconformity",
        category=fresh.category,
        origin=fresh.origin,
    )
    event = report_event(report=report, by=by, at=at, on=on)
    fresh.state, fresh.event, fresh.decided_on = State.OPENED, event, on
    fresh.save(update_fields=["state", "event", "decided_on"])
    record(facts.DeviationProposalAccepted(**about(fresh), event=event.number), by=by)
    return event


@act
def decline_proposal(
    *, proposal: DeviationProposal, reason: str, version: int | None, by: Any, on: date
) -> DeviationProposal:
    """Open no event, and say why; the reason is kept."""
    fresh = reread(proposal, version)
    permissions.may_decline(fresh, by=by).require()
    if not reason.strip():
        Verdict.no(message("Say why there is no event.")).require()
    fresh.state, fresh.reason, fresh.decided_on = State.DECLINED, reason, on
    fresh.save(update_fields=["state", "reason", "decided_on"])
    record(facts.DeviationProposalDeclined(**about(fresh), reason=reason), by=by)
    return fresh
