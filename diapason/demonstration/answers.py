"""Invent what each organization answers to each clause, with a few planted stories."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.certification.readiness import acts, permissions
from diapason.certification.readiness.models import scale
from diapason.certification.readiness.rules.entry import Entry
from diapason.context.network.models import Organization
from diapason.context.people.models import RoleAssignment
from diapason.context.standards.models import Clause, Edition
from diapason.demonstration.invention import declared, draw

AT_ONCE = 100


def give(*, today: date, by: Automaton) -> None:
    """Hand the invented answers over to the readiness chapter, one edition of one organization at a time."""
    words = declared("answers")
    editions = {edition.code: edition for edition in Edition.objects.all()}
    clauses = {edition.code: list(edition.clauses.filter(withdrawn_on=None)) for edition in editions.values()}
    owners = {
        held.organization_id: held.person
        for held in RoleAssignment.objects.filter(role="quality_manager").select_related("person")
    }
    for organization in Organization.objects.members().order_by("code"):
        for code, begun in (
            ("iso-9001-2015", 1.0),
            ("iso-9001-2026", words["next_edition"].get(organization.code)),
        ):
            if begun is None or code not in editions:
                continue
            asked = [clause for clause in clauses[code] if permissions.may_be_answered(clause, organization)]
            given = _answers(organization, editions[code], asked, words, begun, today)
            owner = owners.get(organization.pk)
            answers = [replace(one, owner=owner) if one.action else one for one in given]
            for start in range(0, len(answers), AT_ONCE):
                acts.record_assessments(
                    organization=organization,
                    edition=editions[code],
                    answers=answers[start : start + AT_ONCE],
                    by=by,
                    on=today,
                )


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
