"""Invent a year of deviation sheets at two houses, and the learning committees of the leading one."""

import io
from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.context.files import store
from diapason.context.network.models import Organization
from diapason.context.people.models import Person, RoleAssignment
from diapason.context.studies.queries import sponsored_active
from diapason.demonstration.events_stories import at
from diapason.demonstration.invention import declared, draw
from diapason.improvement.action_plan.acts import evidence, planning
from diapason.improvement.crex.acts import meeting as crex
from diapason.improvement.crex.permissions import may_lead
from diapason.improvement.deviation_sheets.acts.keeping import Entry, keep_sheets
from diapason.improvement.deviation_sheets.rules.cells import Cell
from diapason.improvement.quality_events.acts import reporting, triage
from diapason.improvement.quality_events.acts.analysis import Why
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.dates import Period, months_after

HOUSES = ("BRE", "NIM")
STUDIES, MONTHS = 6, 12
EXAMINED = {
    47: (
        "Version 5 du protocole appliquée dans un service, version 4 dans l’autre.",
        "documents", "Deux façons de faire pour la même étude ; effet possible sur les données.",
    ),
    19: (
        "Note d’information modifiée non remise à deux participants.",
        "consent", "Fréquent ce trimestre, et les droits sont en jeu.",
    ),
}  # fmt: skip
"""Days ago on which a committee met → what was reported, its category, and why it is grave."""
AGENDA = "Réunion d’équipe, ordre du jour : les versions entrées en vigueur depuis la dernière réunion.\n"


def keep(*, today: date, by: Automaton) -> None:
    """Fill the sheets of the last twelve whole months, the very last one left to the people of the demonstration."""
    weights = declared("events")["weights"]
    for house in Organization.objects.filter(code__in=HOUSES).order_by("code"):
        chance = draw(f"deviations {house.code}")
        studies = list(sponsored_active(Period(today, today), house).order_by("pk")[:STUDIES])
        last = 2 if house.code == HOUSES[0] else 1
        first = months_after(today.replace(day=1), -MONTHS)
        for place in range(MONTHS + 1 - last):
            month = months_after(first, place)
            entries = []
            for study in studies:
                cells: dict[str, Cell | None] = {code: Cell(0) for code in weights}
                for code in chance.choices(
                    list(weights), list(weights.values()), k=chance.choice((0, 1, 1, 2, 3))
                ):
                    cells[code] = Cell((cells[code] or Cell(0)).count + 1)
                if study is studies[0] and place == MONTHS - last:
                    cells["consent"] = Cell(2, 1)
                entries.append(Entry(study, month, cells))
            keep_sheets(
                organization=house, entries=entries, by=by, on=months_after(month, 1) + timedelta(days=4)
            )


def meet(*, today: date, by: Automaton) -> None:
    """Hold the committees of the leading house: the last two closed, one to come."""
    house = Organization.objects.get(code=HOUSES[0])
    held = RoleAssignment.objects.filter(organization=house).select_related("person").order_by("-pk")
    people = [one.person for one in held]
    meetings = examined(house, today, by)
    for day, event in meetings:
        _held(house, day, event, people, by)
    for _day, event in meetings[-1:]:
        _proven_by_paper(event, people[0], by, today)
    crex.plan_crex(
        organization=house,
        held_on=today + timedelta(days=20),
        duration=90,
        place="Salle de réunion",
        by=by,
        on=today,
    )


def examined(house: Organization, today: date, by: Automaton) -> list[tuple[date, QualityEvent]]:
    """Return the days of the last committees with their events: a grave one each, reported nine days before."""
    return [
        (today - timedelta(days=ago), _grave(house, today - timedelta(days=ago + 9), words, by))
        for ago, words in EXAMINED.items()
    ]


def _grave(house: Organization, day: date, words: tuple[str, str, str], by: Automaton) -> QualityEvent:
    text, category, reason = words
    report = reporting.Report(text, "serious", house)
    event = reporting.report_event(report=report, by=by, at=at(day), on=day)
    decision = triage.Sorted(
        "nonconformity", "major", reason, house, category=category, process="Conduire les études"
    )
    return triage.triage_event(
        event=event, decision=decision, version=None, by=by, on=day + timedelta(days=2)
    )


def _proven_by_paper(event: QualityEvent, owner: Person, by: Automaton, today: date) -> None:
    """Plan what the committee decided, with the paper that proves it."""
    action = planning.open_action(
        draft=planning.Draft(
            event.organization, "improvement", "Annoncer chaque version en réunion d’équipe",
            today + timedelta(days=30), owner, origin=event.subject,
        ),
        by=by, on=today - timedelta(days=1),
    )  # fmt: skip
    paper = store.stage(io.BytesIO(AGENDA.encode()), "ordre-du-jour.txt")
    evidence.attach_evidence(action=action, staged=paper, by=by, on=today - timedelta(days=1))


def _held(house: Any, day: date, event: QualityEvent, people: list[Person], by: Automaton) -> None:
    meeting = crex.plan_crex(
        organization=house,
        held_on=day,
        duration=90,
        place="Salle de réunion",
        by=by,
        on=day - timedelta(days=6),
    )
    pilot = next(person for person in people if may_lead(person, event))
    meeting = crex.choose_event(
        meeting=meeting, event=event, pilot=pilot, reason="Fréquent et d’effet possible sur les droits.", score=6,
        version=None, by=by, on=day - timedelta(days=3),
    )  # fmt: skip
    present = [crex.Attended("quality"), crex.Attended("nurse", 2), crex.Attended("physician")]
    meeting = crex.record_attendance(meeting=meeting, attended=present, version=None, by=by, on=day)
    meeting = crex.hold_crex(meeting=meeting, version=None, by=by, on=day)
    steps = {
        "chronology": "Relue avec l’équipe.",
        "factors": "Le changement n’était pas annoncé à tous.",
    }
    whys = [Why("Le changement n’est pas annoncé à tous", "management", cause="information", is_root=True)]
    meeting = crex.record_analysis(
        meeting=meeting,
        method="orion",
        steps=steps,
        whys=whys,
        version=None,
        event_version=None,
        by=by,
        on=day,
    )
    meeting = crex.write_minutes(
        meeting=meeting, minutes="Une action retenue : annoncer chaque version en réunion d’équipe.", next_on=None,
        version=None, by=by, on=day,
    )  # fmt: skip
    crex.close_crex(meeting=meeting, version=None, by=by, on=day + timedelta(days=2))
