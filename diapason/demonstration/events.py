"""Invent three years of quality events and of the actions that followed, with the same seed on every machine."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.context.network.models import Organization
from diapason.context.people.models import Person, RoleAssignment
from diapason.context.standards.models import Clause
from diapason.context.studies.models import InvestigatorSite, Study
from diapason.demonstration.events_actions import actions_for
from diapason.demonstration.invention import day_between, declared, draw
from diapason.improvement.action_plan.acts.bulk import enter_many as enter_actions
from diapason.improvement.quality_events.acts.bulk import enter_many
from diapason.improvement.quality_events.models import CauseFound, EventClause, QualityEvent, words
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.dates import months_after

MONTHS = 36
FORGOTTEN = 0.004
"""Share of events closed without a conclusion: the checks of coherence find them."""
STUDIES = 12
"""How many studies of a house its events speak of."""


@dataclass
class House:
    """Hold one organization while its events are invented."""

    organization: Organization
    chance: random.Random
    studies: list[Study]
    people: list[Person]
    clauses: dict[str, Clause]
    words: Any
    today: date
    events: list[QualityEvent] = field(default_factory=list)
    causes: list[CauseFound] = field(default_factory=list)
    touched: list[EventClause] = field(default_factory=list)


def invent(*, today: date, by: Automaton) -> None:
    """Enter the invented events and actions, one organization at a time."""
    text = declared("events")
    clauses = {f"{c.edition.code}/{c.number}": c for c in Clause.objects.select_related("edition")}
    people: dict[int, list[Person]] = {}
    for held in (
        RoleAssignment.objects.filter(organization__isnull=False).select_related("person").order_by("pk")
    ):
        people.setdefault(held.organization_id or 0, []).append(held.person)
    for organization in Organization.objects.members().order_by("code"):
        chance = draw(f"events {organization.code}")
        house = House(
            organization,
            chance,
            _studies(organization),
            people.get(organization.pk, []),
            clauses,
            text,
            today,
        )
        for month, count in _months(house):
            for _ in range(count):
                _happens(house, day_between(chance, month, min(months_after(month, 1) - timedelta(1), today)))
        _consents(house)
        enter_many(
            organization=organization, events=house.events, causes=house.causes, clauses=house.touched, by=by
        )
        enter_actions(organization=organization, actions=list(actions_for(house)), by=by)


def _studies(organization: Organization) -> list[Study]:
    sites = InvestigatorSite.objects.filter(organization=organization, is_listed=True).values("study")
    rows = Study.objects.filter(sponsor=organization) | Study.objects.filter(pk__in=sites)
    return list(rows.filter(is_confidential=False).distinct().order_by("-pk")[:STUDIES])


def _months(house: House) -> Iterator[tuple[date, int]]:
    low, high = house.words["otherwise"]
    mean = house.words["monthly"].get(house.organization.code, house.chance.uniform(low, high))
    first = months_after(house.today.replace(day=1), 1 - MONTHS)
    for place in range(MONTHS):
        growth = 0.75 + 0.5 * place / MONTHS
        yield months_after(first, place), _poisson(house.chance, mean * growth)


def _poisson(chance: random.Random, mean: float) -> int:
    """Return a Poisson count (Knuth's product of uniforms; means here stay below ten)."""
    limit, product, count = 2.718281828459045**-mean, chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def _choose(chance: random.Random, weights: dict[str, int]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _happens(house: House, day: date, category: str = "", kind: str = "") -> QualityEvent:
    chance, text = house.chance, house.words
    kind = kind or _choose(chance, text["kinds"])
    category = category or _choose(chance, text["weights"])
    study = chance.choice(house.studies) if house.studies and kind == "deviation" else None
    if study is None and house.studies and chance.random() < 0.5:
        study = chance.choice(house.studies)
    kind = "nonconformity" if kind == "deviation" and study is None else kind
    described = _described(house, kind, category, study)
    aware = day - timedelta(days=chance.choice((0, 0, 0, 1, 2, 4)))
    occurred = aware - timedelta(days=chance.choice((0, 0, 1, 3, 8, 20)))
    anonymous = kind in ("suggestion", "organization") and chance.random() < 0.4
    moment = datetime.combine(day, time(7 + chance.randrange(11), chance.randrange(60)), tzinfo=UTC)
    event = QualityEvent(
        organization=house.organization, place=house.organization, study=study, kind=kind,
        category="" if kind in ("strength", "suggestion", "organization") else category,
        title=described[0], description=". ".join(described),
        consequence=chance.choices(("none", "annoying", "serious"), (5, 6, 1))[0],
        level="anonymous" if anonymous else chance.choices(("confidential", "named"), (8, 1))[0],
        occurred_earliest=occurred, occurred_latest=occurred, aware_on=aware, reported_on=day,
        reported_at=None if anonymous else moment, process=chance.choice(text["processes"]),
    )  # fmt: skip
    house.events.append(event)
    _goes_on(house, event)
    return event


def _described(house: House, kind: str, category: str, study: Study | None) -> list[str]:
    text, chance = house.words, house.chance
    if kind == "strength":
        return [chance.choice(text["praise"])]
    if kind in ("suggestion", "organization"):
        return [chance.choice(text["ideas"])]
    details = [one for one in text["details"] if study is not None or "{study}" not in one]
    detail = chance.choice(details).format(study=study)
    return [chance.choice(text["texts"][category]), detail]


def _goes_on(house: House, event: QualityEvent) -> None:
    """Let the event go as far as it would be by today."""
    chance = house.chance
    sorted_on = event.reported_on + timedelta(
        days=chance.choices((0, 1, 2, 4, 6, 9, 16), (3, 5, 5, 4, 3, 2, 1))[0]
    )
    if sorted_on > house.today:
        return
    event.severity = chance.choices(("minor", "major", "critical"), (15, 4, 1))[0]
    event.severity_reason = chance.choice(house.words["reasons"][event.severity])
    event.triaged_on, event.state = sorted_on, moves.TRIAGED
    known = words()
    kind = known.kinds[event.kind]
    event.analysis_asked = kind.analysis != "never" and known.reaches(event.severity, kind.analysis)
    event.approval_asked = event.analysis_asked
    for code in dict.fromkeys((*kind.clauses, *house.words["clauses"].get(event.category, ()))):
        if code in house.clauses:
            house.touched.append(EventClause(event=event, clause=house.clauses[code]))
    if event.analysis_asked:
        _is_analysed(house, event, sorted_on)
    else:
        _is_mended(house, event, sorted_on)


def _is_mended(house: House, event: QualityEvent, sorted_on: date) -> None:
    chance = house.chance
    closed = sorted_on + timedelta(days=chance.choices((1, 4, 9, 15, 28, 60), (3, 5, 5, 4, 2, 1))[0])
    if closed > house.today or chance.random() < 0.015:
        return
    event.correction, event.corrected_on = chance.choice(house.words["corrections"]), sorted_on
    event.conclusion = "" if chance.random() < FORGOTTEN else chance.choice(house.words["conclusions"])
    event.state, event.closed_on, event.helps_others = moves.CLOSED, closed, event.kind == "strength"


def _is_analysed(house: House, event: QualityEvent, sorted_on: date) -> None:
    chance = house.chance
    analysed = sorted_on + timedelta(days=chance.choice((6, 10, 16, 25, 40)))
    if analysed > house.today:
        return
    known = words().causes
    usual = {"consent": "information", "samples": "interface", "data": "workload", "documents": "procedure"}
    code = usual.get(event.category, "") if chance.random() < 0.55 else chance.choice(list(known))
    code = code or chance.choice(list(known))
    first = CauseFound(
        event=event, order=0, family=known[code].group, text=house.words["whys"][code], cause=code
    )
    first.is_root = True
    house.causes.append(first)
    event.state, event.method = moves.ANALYSED, chance.choice(("five_whys", "ishikawa", "orion"))
    event.correction, event.corrected_on = chance.choice(house.words["corrections"]), sorted_on
    event.plan_author = house.people[0] if house.people else None
    if analysed + timedelta(days=7) <= house.today:
        event.state = moves.IN_ACTION if house.people else moves.PLAN_SUBMITTED
    proven = analysed + timedelta(days=chance.choice((130, 160, 200, 260)))
    if event.state == moves.IN_ACTION and proven <= house.today:
        event.state, event.closed_on = moves.CLOSED, proven + timedelta(days=5)
        event.conclusion = chance.choice(house.words["conclusions"])
        event.helps_others = chance.random() < 0.25
        if event.closed_on > house.today:
            event.state, event.closed_on, event.conclusion, event.helps_others = moves.PROVEN, None, "", None


def _consents(house: House) -> None:
    """Plant the wrong consent versions: the long story of one house, the same cause lately at two others."""
    story, code = house.words["consent_story"], house.organization.code
    counts: list[int] = []
    if code == "BRE":
        counts = [*story["before"], *story["after"]]
    elif code in house.words["same_cause_at"]:
        counts = [1, 2, 1, 2, 2]
    first = months_after(house.today.replace(day=1), -len(counts))
    for place, count in enumerate(counts):
        month = months_after(first, place)
        for _ in range(count):
            day = day_between(house.chance, month, months_after(month, 1) - timedelta(1))
            event = _happens(house, day, "consent", "nonconformity")
            event.title = house.chance.choice(house.words["consent_versions"])
            event.description = event.title + ". " + house.words["details"][0]
