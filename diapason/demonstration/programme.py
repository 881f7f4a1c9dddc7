"""Invent the certification programme since 2015, and the change of edition under way."""

from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.acts import act, take_number
from diapason.audit_trail.open_act import Automaton
from diapason.certification.certificates.models import Certificate
from diapason.certification.programme.acts import take_over_programme
from diapason.certification.programme.models import (
    Experience,
    Mentoring,
    Milestone,
    Programme,
    ProgrammePartner,
    Wave,
    WaveMember,
)
from diapason.context.network.models import Organization, Partner
from diapason.context.standards.models import Edition
from diapason.demonstration.invention import day_between, declared, draw
from diapason.demonstration.network import SOURCE
from diapason.kernel.dates import months_after

STEPS = (
    ("engagement", 14),
    ("self_assessment", 11),
    ("training", 8),
    ("internal_audit", 5),
    ("mock_audit", 3),
)
"""Steps before the certificate, and how many months before it."""
Members = dict[str, Organization]


def launch(*, today: date, by: Automaton) -> None:
    """Hand both invented programmes over to the programme's chapter."""
    words = declared("programme")
    members = {organization.code: organization for organization in Organization.objects.members()}
    _certification(words=words["certification"], members=members, by=by, on=today)
    _edition_change(words=words["edition_change"], members=members, today=today, by=by, on=today)


def _programme(words: dict[str, Any], kind: str, **more: Any) -> Programme:
    started = date.fromisoformat(words["started"])
    return Programme(
        code=words["code"],
        kind=kind,
        title_fr=words["title"]["fr"],
        title_en=words["title"]["en"],
        purpose_fr=words["purpose"]["fr"],
        purpose_en=words["purpose"]["en"],
        starts_earliest=started,
        starts_latest=started,
        source=SOURCE,
        **more,
    )


@act
def _certification(*, words: dict[str, Any], members: Members, by: Automaton, on: date) -> None:
    programme = _programme(
        words, Programme.Kind.CERTIFICATION, limit_on=date(2018, 12, 31), limit_source=SOURCE
    )
    waves = {wave["number"]: _wave(programme, wave) for wave in words["waves"]}
    of_wave = {centre["code"]: centre["wave"] for centre in declared("network")["centres"]}
    numbers = {code: of_wave.get(code, max(waves)) for code in members}
    dated = Certificate.objects.filter(cycle=1).values_list("holder__code", "effective_on")
    firsts = {code: day for code, day in dated if day}
    take_over_programme(
        programme=programme,
        partners=[
            ProgrammePartner(programme=programme, partner=partner, contribution="funding", source=SOURCE)
            for partner in Partner.objects.filter(code="MECENE")
        ],
        waves=list(waves.values()),
        members=[
            WaveMember(wave=waves[number], organization=members[code])
            for code, number in numbers.items()
            if number
        ],
        milestones=[
            step
            for code, number in numbers.items()
            if number
            for step in _steps(programme, members[code], firsts[code])
        ],
        experiences=[
            _experience(programme, shared, members, waves.get(shared["wave"]))
            for shared in words["experiences"]
        ],
        source=SOURCE,
        by=by,
        on=on,
    )


def _wave(programme: Programme, words: dict[str, Any]) -> Wave:
    return Wave(
        programme=programme,
        number=words["number"],
        title_fr=words["fr"],
        title_en=words["en"],
        starts_on=date.fromisoformat(words["starts_on"]),
        ends_on=date.fromisoformat(words["ends_on"]),
    )


def _steps(programme: Programme, organization: Organization, certified: date) -> list[Milestone]:
    chance = draw(f"milestones {organization.code}")
    days = {
        kind: months_after(certified, -months) + timedelta(days=chance.randint(-9, 9))
        for kind, months in STEPS
    }
    days |= {
        "stage1": certified - timedelta(days=75),
        "stage2": certified - timedelta(days=32),
        "decision": certified,
    }
    return [
        Milestone(
            programme=programme,
            organization=organization,
            kind=kind,
            planned_on=day - timedelta(days=chance.choice((0, 0, 7, 14, 21))),
            held_on=day,
        )
        for kind, day in days.items()
    ]


def _experience(
    programme: Programme, words: dict[str, Any], members: Members, wave: Wave | None
) -> Experience:
    shared_on = date.fromisoformat(words["shared"])
    return Experience(
        reference=take_number("XP", words["from"], shared_on.year),
        programme=programme,
        from_organization=members[words["from"]],
        to_wave=wave,
        topic=words["topic"],
        title=words["title"],
        text=words["text"],
        shared_on=shared_on,
    )


@act
def _edition_change(*, words: dict[str, Any], members: Members, today: date, by: Automaton, on: date) -> None:
    editions = {edition.code: edition for edition in Edition.objects.all()}
    programme = _programme(
        words,
        Programme.Kind.EDITION_CHANGE,
        limit_on=date.fromisoformat(words["limit_on"]),
        limit_source=words["limit_source"],
        from_edition=editions.get("iso-9001-2015"),
        to_edition=editions.get("iso-9001-2026"),
    )
    take_over_programme(
        programme=programme,
        milestones=[step for code in words["engaged"] for step in _changing(programme, members[code], today)],
        experiences=[_experience(programme, shared, members, None) for shared in words["experiences"]],
        mentorings=[
            Mentoring(
                programme=programme,
                mentor=members[pair["mentor"]],
                candidate=members[pair["candidate"]],
                starts_on=date.fromisoformat(pair["starts_on"]),
                purpose=pair["purpose"],
            )
            for pair in words["mentorings"]
        ],
        source=SOURCE,
        by=by,
        on=on,
    )


def _changing(programme: Programme, organization: Organization, today: date) -> list[Milestone]:
    chance = draw(f"edition change {organization.code}")
    begun = day_between(chance, date(2026, 4, 1), today)
    planned = months_after(today, chance.randint(5, 22))
    return [
        Milestone(programme=programme, organization=organization, kind=kind, planned_on=day, held_on=held)
        for kind, day, held in (
            ("engagement", begun, begun),
            ("internal_audit", months_after(planned, -3), None),
            ("transition_audit", planned, None),
        )
    ]
