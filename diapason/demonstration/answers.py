"""Invent what each organization answers to each clause, with a few planted stories."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.certification.readiness import acts, permissions
from diapason.certification.readiness.models import answer_key, scale
from diapason.certification.readiness.rules.entry import Entry
from diapason.context.network.models import Organization
from diapason.context.people.models import RoleAssignment
from diapason.context.standards.models import Clause, Edition
from diapason.demonstration.invention import declared, draw
from diapason.improvement.action_plan.acts.bulk import enter_many
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves as states

AT_ONCE = 100
ONE_IN = 3
"""One gap in so many has its action in the action plan; the others hold it in words."""
STAGES = (states.STARTED, states.DONE, states.PLANNED)
"""How far the actions of an organization have come, one after the other."""


def give(*, today: date, by: Automaton) -> None:
    """Hand the invented answers over to the readiness chapter, one edition of one organization at a time."""
    words = declared("answers")
    editions = {edition.code: edition for edition in Edition.objects.all()}
    clauses = {edition.code: list(edition.clauses.filter(withdrawn_on=None)) for edition in editions.values()}
    owners = {
        held.organization_id: held.person
        for held in RoleAssignment.objects.filter(role="quality_manager").select_related("person")
    }
    places = count()
    for organization in Organization.objects.members().order_by("code"):
        owner = owners.get(organization.pk)
        planned: list[Action] = []
        for code, begun in (
            ("iso-9001-2015", 1.0),
            ("iso-9001-2026", words["next_edition"].get(organization.code)),
        ):
            if begun is None or code not in editions:
                continue
            asked = [clause for clause in clauses[code] if permissions.may_be_answered(clause, organization)]
            given = list(_answers(organization, editions[code], asked, words, begun, today))
            named = {clause.number: clause for clause in asked}
            real = {one.clause for one in given if one.action and next(places) % ONE_IN == 0}
            for one in given:
                if one.clause in real:
                    planned.append(_action(one, named[one.clause], organization, owner, len(planned), today))
            answers = [_without_words(one) if one.clause in real else _carried(one, owner) for one in given]
            _record(organization, editions[code], answers, today, by)
        if planned:
            enter_many(organization=organization, actions=planned, by=by)
            acts.follow_by_actions(organization=organization, actions=planned, by=by)


def _record(
    organization: Organization, edition: Edition, answers: list[Entry], today: date, by: Automaton
) -> None:
    for start in range(0, len(answers), AT_ONCE):
        part = answers[start : start + AT_ONCE]
        acts.record_assessments(organization=organization, edition=edition, answers=part, by=by, on=today)


def _carried(one: Entry, owner: Any) -> Entry:
    return replace(one, owner=owner) if one.action else one


def _without_words(one: Entry) -> Entry:
    return replace(one, action="", due_on=None)


def _action(
    one: Entry, clause: Clause, organization: Organization, owner: Any, place: int, today: date
) -> Action:
    """Return the action of the plan that closes a gap, as far as one in its place has come by today."""
    due = one.due_on or today
    opened = min(due, today) - timedelta(days=60)
    edition = clause.edition
    key = answer_key(organization.code, edition.code, clause.number)
    label = f"{edition.label} § {clause.number} {clause.title_fr}"
    action = Action(
        origin_kind="assessment", origin_key=key, origin_label=label,
        kind=states.IMPROVEMENT, title=one.action, description=one.gap, owner=owner, opened_on=opened,
        due_on=due, first_due_on=due,
    )  # fmt: skip
    stage = STAGES[place % len(STAGES)]
    if stage != states.PLANNED:
        action.started_on, action.state = opened + timedelta(days=7), states.STARTED
    if stage == states.DONE:
        action.done_on, action.state = min(due, today) - timedelta(days=4), states.DONE
        action.result = "Fait et présenté à l’équipe."
    return action


def _answers(
    organization: Organization, edition: Edition, clauses: list[Clause], words: Any, begun: float, today: date
) -> Iterator[Entry]:
    chance = draw(f"answers {organization.code} {edition.code}")
    current = edition.code == "iso-9001-2015"
    planted = words["planted"].get(organization.code, {}) if current else {}
    unanswered = words["unanswered"].get(organization.code, []) if current else []
    for clause in clauses:
        if clause.number in unanswered:
            continue
        level = planted.get(clause.number)
        if level is None:
            level = _level(chance, begun)
        yield _entry(clause, level, words, chance, today)


def _level(chance: random.Random, begun: float) -> int:
    if begun < 1 and chance.random() > begun:
        return chance.choice((1, 2, 2))
    return chance.choice((3, 3, 3, 4))


def _entry(clause: Clause, level: int, words: Any, chance: random.Random, today: date) -> Entry:
    assessed_on = today - timedelta(days=chance.randint(20, 300))
    if level >= scale().ready_from:
        return Entry(
            clause=clause.number,
            maturity=level,
            evidence=chance.choice(words["evidence"]),
            assessed_on=assessed_on,
        )
    story = words["gaps"].get(clause.number, words["other"])
    return Entry(
        clause=clause.number,
        maturity=level,
        gap=story["gap"],
        action=story["action"],
        due_on=today + timedelta(days=chance.randint(-25, 120)),
        assessed_on=assessed_on,
    )
