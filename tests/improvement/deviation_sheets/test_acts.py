"""Check how sheets are kept, what they propose, and how proposals are decided."""

from datetime import UTC, date, datetime

import pytest

from diapason.audit_trail.models import Entry as TrailEntry
from diapason.improvement.deviation_sheets.acts import proposing
from diapason.improvement.deviation_sheets.acts.keeping import Entry, Log, keep_sheets
from diapason.improvement.deviation_sheets.models import DeviationCount, DeviationProposal, DeviationSheet
from diapason.improvement.deviation_sheets.rules.cells import Cell
from diapason.kernel.verdicts import Conflict, Refused
from tests.improvement.deviation_sheets.conftest import LAST, ON

pytestmark = pytest.mark.database
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def waiting():
    return list(DeviationProposal.objects.waiting().order_by("pk").values_list("rule", "category", "figure"))


def test_counts_are_entered_corrected_and_taken_back(network, studies, staff):
    study = studies(1)[0]
    cells = {"consent": Cell(2), "visit": Cell(0), "data": None}
    log = Log("CTMS", "L-12", "https://example.org/log")
    keep_sheets(
        organization=network.alpha, entries=[Entry(study, LAST, cells, log, version=0)], by=staff, on=ON
    )
    sheet = DeviationSheet.objects.get()
    assert sheet.key == "ALP_ST-ALP-1_2026-10"
    assert (sheet.log_system, sheet.log_code, sheet.log_link) == ("CTMS", "L-12", "https://example.org/log")
    assert sorted(sheet.counts.values_list("category", "count")) == [("consent", 2), ("visit", 0)]
    again = {"consent": None, "visit": Cell(3, 1)}
    keep_sheets(organization=network.alpha, entries=[Entry(study, LAST, again, version=1)], by=staff, on=ON)
    assert list(sheet.counts.values_list("category", "count", "major")) == [("visit", 3, 1)]
    sheet.refresh_from_db()
    assert (sheet.version, sheet.log_code) == (2, "L-12")
    assert "DeviationSheetFilled" in TrailEntry.objects.latest("pk").statement


def test_a_sheet_changed_meanwhile_is_not_overwritten(network, studies, staff):
    study = studies(1)[0]
    entry = Entry(study, LAST, {"consent": Cell(2)}, version=0)
    keep_sheets(organization=network.alpha, entries=[entry], by=staff, on=ON)
    with pytest.raises(Conflict):
        keep_sheets(organization=network.alpha, entries=[entry], by=staff, on=ON)
    assert DeviationCount.objects.count() == 1


@pytest.mark.parametrize(
    ("month", "cells"),
    [
        (date(2026, 12, 1), {"consent": Cell(1)}),
        (date(2026, 10, 2), {"consent": Cell(1)}),
        (LAST, {"unknown": Cell(1)}),
        (LAST, {"consent": Cell(1, 2)}),
    ],
)
def test_what_makes_no_sense_is_refused(network, studies, staff, month, cells):
    with pytest.raises(Refused):
        entry = Entry(studies(1)[0], month, cells)
        keep_sheets(organization=network.alpha, entries=[entry], by=staff, on=ON)
    assert not DeviationSheet.objects.exists()


def test_only_those_who_keep_sheets_there_enter_counts(network, studies, account):
    entry = Entry(studies(1)[0], LAST, {"consent": Cell(1)})
    for who in (account("process_owner", network.alpha), account("quality_manager", network.beta),
                account("network_coordinator"), account("external_certifier", network.alpha)):  # fmt: skip
        with pytest.raises(Refused):
            keep_sheets(organization=network.alpha, entries=[entry], by=who, on=ON)


def test_dozens_of_deviations_make_no_event_but_a_major_one_is_proposed(studies, fill):
    one, two = studies(2)
    fill(one, "14 0 23")
    assert waiting() == []
    fill(two, "2/1", "visit")
    assert waiting() == [("major", "visit", 1)]


def test_the_same_category_three_months_in_a_row_is_proposed(studies, fill):
    study = studies(1)[0]
    fill(study, "1 2")
    fill(study, "1", last=date(2026, 11, 1))
    assert waiting() == [("repeated", "consent", 3)]
    fill(study, "0", last=date(2026, 11, 1))
    assert waiting() == []
    assert DeviationProposal.objects.get().state == "withdrawn"


def test_a_corrected_figure_moves_with_its_proposal(studies, fill):
    study = studies(1)[0]
    fill(study, "5/1")
    fill(study, "5/2")
    assert waiting() == [("major", "consent", 2)]
    assert DeviationProposal.objects.count() == 1


def test_a_person_opens_the_event_and_it_keeps_its_origin(studies, fill, manager):
    study = studies(1)[0]
    fill(study, "3/1")
    one = DeviationProposal.objects.get()
    event = proposing.open_event(
        proposal=one, description="Trois consentements non datés.", consequence="serious", version=one.version,
        by=manager, at=AT, on=ON,
    )  # fmt: skip
    assert (event.kind, event.category, event.study) == ("deviation", "consent", study)
    assert event.origin == "deviation_sheet:ALP_ST-ALP-1_2026-10"
    assert (event.occurred_earliest, event.occurred_latest) == (date(2026, 10, 1), date(2026, 10, 31))
    one.refresh_from_db()
    assert (one.state, one.event, one.decided_on) == ("opened", event, ON)
    fill(study, "4/1")
    assert waiting() == [], "the same figure is not proposed again"
    fill(study, "4/2")
    assert waiting() == [("major", "consent", 2)]


def test_no_event_needs_a_reason_which_is_kept(studies, fill, manager, staff):
    fill(studies(1)[0], "3/1")
    one = DeviationProposal.objects.get()
    for who, reason in ((manager, " "), (staff, "déjà traité")):
        with pytest.raises(Refused):
            proposing.decline_proposal(proposal=one, reason=reason, version=one.version, by=who, on=ON)
    proposing.decline_proposal(
        proposal=one, reason="Déjà traité en EV-1", version=one.version, by=manager, on=ON
    )
    one.refresh_from_db()
    assert (one.state, one.reason) == ("declined", "Déjà traité en EV-1")
    with pytest.raises(Refused):
        proposing.open_event(
            proposal=one, description="x", consequence="none", version=None, by=manager, at=AT, on=ON
        )


def test_all_studies_of_a_house_above_the_limit_are_proposed_together(studies, fill):
    one, two = studies(2)
    fill(one, "1 0 1 0 1 0 1 0 1 0 9", "data")
    fill(two, "0 1 0 1 0 1 0 1 0 1 9", "data")
    together = DeviationProposal.objects.waiting().filter(study=None)
    assert [(each.rule, each.category, each.figure) for each in together] == [("above_limit", "data", 18)]
    assert together[0].origin == "deviation_sheet:ALP__2026-10"
