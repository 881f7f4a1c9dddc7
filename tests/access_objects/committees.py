"""Make deviation sheets, what they propose, and meetings of learning committees."""

from datetime import date

from diapason.audit_trail.acts import automaton
from diapason.context.studies.models import Study
from diapason.improvement.crex.acts.meeting import choose_event, plan_crex
from diapason.improvement.crex.models import CrexMeeting
from diapason.improvement.deviation_sheets.acts.keeping import Entry, keep_sheets
from diapason.improvement.deviation_sheets.models import DeviationProposal, DeviationSheet
from diapason.improvement.deviation_sheets.rules.cells import Cell
from tests.access_objects.reporting import report_of
from tests.access_world import Target, World

BY = automaton("tests")


def sheet_of(world: World, place: str) -> DeviationSheet:
    """Return a sheet of a study that everybody may know of, with a major deviation."""
    house, number = world.organization(place), world.number()
    study = world.stage(
        lambda: Study.objects.create(
            key=f"ET-{number:04d}", title_fr="Essai", title_en="Trial", sponsor=house, is_public=True
        )
    )
    entry = Entry(study, date(2026, 10, 1), {"consent": Cell(2, 1)})
    keep_sheets(organization=house, entries=[entry], by=BY, on=world.today)
    return DeviationSheet.objects.get(study=study)


def sheet(world: World, place: str) -> Target:
    """Open or enter a sheet."""
    found = sheet_of(world, place)
    return Target({"key": found.key}, {"version": found.version, "consent-count": "3"})


def study(world: World, place: str) -> Target:
    """Open the months of a study at a house."""
    found = sheet_of(world, place)
    return Target({"code": found.organization.code, "key": found.study.key})


def proposal(world: World, place: str) -> Target:
    """Open, accept or decline what a sheet proposes."""
    found = DeviationProposal.objects.get(study=sheet_of(world, place).study)
    data = {"version": found.version, "description": "x", "consequence": "none", "reason": "x"}
    return Target({"number": found.number}, data)


def meeting_of(world: World, place: str) -> CrexMeeting:
    """Return a meeting with its event."""
    house, number = world.organization(place), world.number()
    made = plan_crex(
        organization=house,
        held_on=date(2026, 1, 1 + number % 28),
        duration=60,
        place="",
        by=BY,
        on=world.today,
    )
    return choose_event(
        meeting=made, event=report_of(world, place), pilot=world.accounts["process_owner"].person, reason="x",
        score=None, version=None, by=BY, on=world.today,
    )  # fmt: skip


def meeting(world: World, place: str) -> Target:
    """Open a meeting, or print its minutes."""
    return Target({"number": meeting_of(world, place).number})


def deed(world: World, place: str) -> Target:
    """Say who attended."""
    found = meeting_of(world, place)
    return Target(
        {"number": found.number, "name": "attend"}, {"version": found.version, "count_quality": "1"}
    )


OBJECTS = {
    "deviation_sheets:proposal": proposal,
    "deviation_sheets:open": proposal,
    "deviation_sheets:decline": proposal,
    "deviation_sheets:sheet": sheet,
    "deviation_sheets:keep_sheet": sheet,
    "deviation_sheets:study": study,
    "deviation_sheets:keep_study": study,
    "deviation_sheets:log": study,
    "deviation_sheets:sum_log": study,
    "crex:meeting": meeting,
    "crex:minutes": meeting,
    "crex:minutes_workbook": meeting,
    "crex:deed": deed,
    "crex:do": deed,
}
