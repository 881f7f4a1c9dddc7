"""Enter many events at once with what stands behind them: demonstration network, first set-up."""

from collections.abc import Sequence
from typing import Any

from diapason.audit_trail.acts import act, record, take_numbers
from diapason.audit_trail.bulk import insert
from diapason.context.network.models import Organization
from diapason.improvement.quality_events.facts import reporting as facts
from diapason.improvement.quality_events.facts.seeding import EventSeeded
from diapason.improvement.quality_events.models import CauseFound, Declarer, EventClause, QualityEvent


@act
def enter_many(
    *,
    organization: Organization,
    events: Sequence[QualityEvent],
    causes: Sequence[CauseFound] = (),
    clauses: Sequence[EventClause] = (),
    declarers: Sequence[Declarer] = (),
    by: Any,
) -> None:
    """Enter unsaved events of one organization, and rows that point to them; for automata only.

    Events get their numbers in the order of their days. The story of each begins with where it comes from.
    """
    for year in sorted({event.reported_on.year for event in events}):
        of_year = sorted((e for e in events if e.reported_on.year == year), key=lambda e: e.reported_on)
        for event, number in zip(
            of_year, take_numbers("EV", organization.code, year, len(of_year)), strict=True
        ):
            event.number = number
    insert(QualityEvent, events)
    for model, rows in ((CauseFound, causes), (EventClause, clauses), (Declarer, declarers)):
        for row in rows:
            row.event = row.event  # the key is known only now
        insert(model, rows)
    code = organization.code
    record(facts.EventsTakenOver(subject=f"organization:{code}", organization=code, count=len(events)), by=by)
    for event in events:
        record(EventSeeded(subject=event.subject, organization=code, to_state=event.state), by=by)
