"""Fill a network with many invented events, causes, clauses and actions: `python _events.py 100000`.

Deterministic, spread over three years, most of them closed; entered by acts of a thousand, as the demonstration does.
"""

import random
import sys
from datetime import date, timedelta
from typing import Any

AT_ONCE = 1000
DAYS = 3 * 365
STATES = (
    ("closed", 78),
    ("dismissed", 6),
    ("in_action", 5),
    ("triaged", 4),
    ("analysed", 3),
    ("reported", 2),
    ("proven", 2),
)
WORDS = (
    "consentement version dispensation température étiquette visite fenêtre tube prélèvement congélateur signature "
    "classeur délégation formation saisie source convention avenant randomisation aveugle"
).split()


def fill(count: int, today: date) -> None:
    """Enter so many events with what stands behind them."""
    from diapason.audit_trail.acts import act, automaton, record
    from diapason.audit_trail.bulk import insert
    from diapason.context.network.models import Organization
    from diapason.context.standards.models import Clause
    from diapason.context.studies.models import Study
    from diapason.improvement.action_plan.models import Action
    from diapason.improvement.quality_events.facts.reporting import EventsTakenOver
    from diapason.improvement.quality_events.models import CauseFound, EventClause, QualityEvent, words

    chance, known = random.Random(count), words()
    houses = list(Organization.objects.members())
    studies = list(Study.objects.order_by("pk").values_list("pk", flat=True)[:400])
    clauses = list(Clause.objects.order_by("pk").values_list("pk", flat=True)[:60])
    families = {code: cause.group for code, cause in known.causes.items()}
    causes, categories = list(known.causes), list(known.categories)
    states, shares = [state for state, _ in STATES], [share for _, share in STATES]

    def event(place: int) -> QualityEvent:
        house, state = houses[place % len(houses)], chance.choices(states, shares)[0]
        reported = today - timedelta(days=chance.randrange(DAYS if state in ("closed", "dismissed") else 150))
        sorted_on = (
            None if state == "reported" else min(today, reported + timedelta(days=chance.randrange(12)))
        )
        closed = (
            min(today, reported + timedelta(days=12 + int(chance.expovariate(1 / 60))))
            if state == "closed"
            else None
        )
        text = " ".join(chance.choices(WORDS, k=14))
        return QualityEvent(
            number=f"EV-{house.code}-{reported.year}-{90000 + place:06d}", organization=house, place=house,
            study_id=chance.choice(studies) if studies and chance.random() < 0.6 else None,
            title=text[:70], description=text, consequence="annoying", level="confidential", state=state,
            kind=chance.choice(("nonconformity", "deviation", "incident", "complaint")),
            category=chance.choices(categories, [2 ** (8 - rank / 2) for rank in range(len(categories))])[0],
            severity=chance.choices(("minor", "major", "critical"), (70, 25, 5))[0],
            occurred_earliest=reported, occurred_latest=reported, aware_on=reported, reported_on=reported,
            triaged_on=sorted_on, closed_on=closed, conclusion="Fait." if closed else "",
        )  # fmt: skip

    @act
    def enter(*, first: int, last: int, by: Any) -> None:
        """Enter the events from `first` until before `last`."""
        events = insert(QualityEvent, [event(place) for place in range(first, last)])
        found = []
        for one in events:
            if one.state in ("closed", "in_action", "analysed", "proven") and chance.random() < 0.8:
                cause = chance.choices(causes, [2 ** (6 - rank) for rank in range(len(causes))])[0]
                found.append(
                    CauseFound(event=one, family=families[cause], text=cause, cause=cause, is_root=True)
                )
        insert(CauseFound, found)
        if clauses:
            insert(EventClause, [EventClause(event=one, clause_id=chance.choice(clauses)) for one in events])
        insert(Action, [
            Action(
                number=one.number.replace("EV-", "AC-"), organization_id=one.organization_id,
                origin_kind="quality_event", origin_key=one.number, kind="corrective", title=one.title,
                criterion_kind="sample", opened_on=one.reported_on,
                due_on=one.reported_on + timedelta(days=60), first_due_on=one.reported_on + timedelta(days=60),
            )
            for one in events if one.state == "in_action"
        ])  # fmt: skip
        record(EventsTakenOver(subject="organization:NET", organization="", count=last - first), by=by)

    for first in range(0, count, AT_ONCE):
        enter(first=first, last=min(count, first + AT_ONCE), by=automaton("benchmark"))


def main() -> None:
    """Fill the network of this process."""
    import django

    django.setup()
    from diapason.kernel.clock import today

    fill(int(sys.argv[1]), today())


if __name__ == "__main__":
    main()
