"""Walk the screens of deviation sheets: they work, refuse, hide, and cost a fixed number of statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diapason.improvement.deviation_sheets.models import (
    DeviationCount,
    DeviationProposal,
    DeviationSheet,
    rules,
)
from diapason.improvement.quality_events.models import QualityEvent

GRID = "/deviations/?organization=ALP&month=2026-10"


def number_of_queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def grid_data(page, **typed):
    """Return what a browser would send of the grid: every hidden and text field, then what was typed."""
    form = page.context["form"]
    data = {"organization": "ALP", "month": "2026-10"}
    for line in form.lines:
        data[f"was.{line.name}"] = form._was(line)
        for code in rules().grid:
            known = line.cells.get(code)
            data[f"{code}.{line.name}"] = str(known) if known else ""
    return data | typed


def test_one_grid_takes_a_month_of_all_studies(client_as, network, studies):
    studies(3)
    client = client_as("research_staff", network.alpha)
    page = client.get(GRID)
    typed = {"consent.ST-ALP-1": "5/1", "visit.ST-ALP-1": "0", "none.ST-ALP-2": "on", "data.ST-ALP-2": "1"}
    assert client.post("/deviations/keep/", grid_data(page, **typed)).status_code == 302
    counts = {
        key: {(c.category, c.count, c.major) for c in DeviationCount.objects.filter(sheet__study__key=key)}
        for key in ("ST-ALP-1", "ST-ALP-2", "ST-ALP-3")
    }
    assert counts["ST-ALP-1"] == {("consent", 5, 1), ("visit", 0, 0)}
    assert len(counts["ST-ALP-2"]) == len(rules().grid)
    assert ("data", 1, 0) in counts["ST-ALP-2"]
    assert counts["ST-ALP-3"] == set(), "what is empty is not known"
    shown = client.get(GRID).content.decode()
    assert 'value="5/1"' in shown
    assert 'value="0"' in shown


def test_only_changed_lines_are_entered_and_two_people_do_not_overwrite_each_other(
    client_as, network, studies, fill
):
    one, two = studies(2)
    fill(one, "3")
    client = client_as("research_staff", network.alpha)
    before = client.get(GRID)
    fill(one, "4")
    kept = client.post("/deviations/keep/", grid_data(before, **{"visit.ST-ALP-2": "1"}))
    assert kept.status_code == 302
    assert DeviationCount.objects.get(sheet__study=one).count == 4
    assert client.post("/deviations/keep/", grid_data(before, **{"consent.ST-ALP-1": "9"})).status_code == 409
    assert two.deviation_sheets.get().counts.get().category == "visit"


def test_the_lines_without_a_sheet_can_be_shown_alone_and_are_entered_alone(
    client_as, network, studies, fill
):
    one, two = studies(2)
    fill(one, "3")
    client = client_as("research_staff", network.alpha)
    page = client.get(f"{GRID}&which=missing")
    assert [line.study for line in page.context["form"].lines] == [two]
    client.post("/deviations/keep/", grid_data(page, **{"none.ST-ALP-2": "on"}))
    assert two.deviation_sheets.get().counts.count() == len(rules().grid)
    assert one.deviation_sheets.get().counts.count() == 1


def test_a_cell_that_is_no_count_is_named_and_nothing_typed_is_lost(client_as, network, studies):
    studies(2)
    client = client_as("research_staff", network.alpha)
    page = client.get(GRID)
    answer = client.post(
        "/deviations/keep/", grid_data(page, **{"consent.ST-ALP-1": "deux", "visit.ST-ALP-2": "2"})
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_consent.ST-ALP-1"' in text
    assert 'value="deux"' in text
    assert 'value="2"' in text
    assert not DeviationSheet.objects.exists()


def test_who_reads_without_keeping_sees_no_field(client_as, network, studies, fill):
    fill(studies(1)[0], "3/1")
    client = client_as("process_owner", network.alpha)
    page = client.get(GRID).content.decode()
    assert "3/1" in page
    assert '<input class="count' not in page
    assert client.post("/deviations/keep/", {"organization": "ALP", "month": "2026-10"}).status_code == 403


@pytest.mark.parametrize("path", [
    "?organization=ALP", "figures/?organization=ALP", "ALP/ST-ALP-1/", "sheet/ALP_ST-ALP-1_2026-10/",
])  # fmt: skip
def test_sheets_are_hidden_from_another_house(client_as, network, studies, fill, path):
    fill(studies(1)[0], "3/1")
    url = f"/deviations/{path}"
    assert client_as("quality_manager", network.alpha).get(url).status_code == 200
    assert client_as("quality_manager", network.beta).get(url).status_code == 404
    for role, house in (
        ("network_coordinator", None),
        ("external_certifier", network.alpha),
        ("funder", None),
    ):
        assert client_as(role, house).get(url).status_code == 403


def test_proposals_are_hidden_from_another_house(client_as, network, studies, fill):
    fill(studies(1)[0], "3/1")
    url = DeviationProposal.objects.get().get_absolute_url()
    assert client_as("quality_manager", network.beta).get(url).status_code == 404
    assert client_as("network_coordinator").get(url).status_code == 404
    assert client_as("research_staff", network.alpha).get(url).status_code == 200


def test_a_sheet_takes_two_numbers_a_category_and_the_sponsors_reference(client_as, network, studies):
    studies(1)
    client = client_as("research_staff", network.alpha)
    url = "/deviations/sheet/ALP_ST-ALP-1_2026-10/"
    data = {
        "version": "0",
        "consent-count": "4",
        "consent-major": "1",
        "log_system": "CTMS",
        "log_code": "L-7",
    }
    assert client.get(url).status_code == 200
    assert client.post(f"{url}keep/", data).status_code == 302
    sheet = DeviationSheet.objects.get()
    assert (sheet.log_system, sheet.counts.get().count, sheet.counts.get().major) == ("CTMS", 4, 1)
    wrong = client.post(f"{url}keep/", data | {"version": "1", "consent-major": "9"})
    assert wrong.status_code == 422
    assert client.get("/deviations/sheet/ALP_ST-ALP-1_2027-01/").status_code == 404
    assert client.get("/deviations/sheet/ALP__2026-10/").headers["Location"].endswith("month=2026-10")


def test_a_proposal_becomes_an_event_prefilled_and_linked_back(client_as, network, studies, fill):
    fill(studies(1)[0], "3/1")
    one = DeviationProposal.objects.get()
    client = client_as("quality_manager", network.alpha)
    page = client.get(one.get_absolute_url())
    start = page.context["opening"].initial
    assert "ESSAIALP1" in start["description"]
    answer = client.post(f"{one.get_absolute_url()}open/", start)
    event = QualityEvent.objects.get()
    assert answer.headers["Location"] == event.get_absolute_url()
    shown = client.get(event.get_absolute_url()).content.decode()
    assert "/deviations/sheet/ALP_ST-ALP-1_2026-10/" in shown
    assert client.post(f"{one.get_absolute_url()}open/", start).status_code == 403


def test_declining_asks_for_a_reason(client_as, network, studies, fill):
    fill(studies(1)[0], "3/1")
    one = DeviationProposal.objects.get()
    url = f"{one.get_absolute_url()}decline/"
    client = client_as("quality_manager", network.alpha)
    assert client.post(url, {"version": one.version, "reason": ""}).status_code == 422
    assert client_as("research_staff", network.alpha).post(url, {"reason": "x"}).status_code == 403
    assert client.post(url, {"version": one.version, "reason": "Traité en EV-7"}).status_code == 302
    assert "Traité en EV-7" in client.get("/deviations/proposals/").content.decode()


def test_who_reads_no_events_opens_one_and_comes_back_to_the_proposal(client_as, network, studies, fill):
    fill(studies(1)[0], "3/1")
    one = DeviationProposal.objects.get()
    data = {"version": one.version, "description": "Trois dates manquent.", "consequence": "serious"}
    answer = client_as("research_staff", network.alpha).post(f"{one.get_absolute_url()}open/", data)
    assert answer.headers["Location"] == one.get_absolute_url()


@pytest.mark.parametrize(("path", "budget"), [
    ("?organization=ALP&month=2026-10", 8), ("proposals/", 8), ("ALP/ST-ALP-1/", 10), ("figures/?organization=ALP", 10),
    ("sheet/ALP_ST-ALP-1_2026-10/", 10),
])  # fmt: skip
def test_statements_do_not_grow_with_studies(
    client_as, network, studies, fill, path, budget, assert_fixed_queries
):
    fill(studies(1)[0], "1 1 3/1")
    client = client_as("quality_manager", network.alpha)

    def grow():
        for study in studies(4, first=2):
            fill(study, "1 1 3/1", "visit")

    count = assert_fixed_queries(lambda: client.get(f"/deviations/{path}"), grow)
    assert count <= budget


def test_my_day_asks_for_the_month_and_for_decisions_by_one_statement(client_as, network, studies, fill):
    study = studies(1)[0]
    client = client_as("quality_manager", network.alpha)
    assert "month=2026-10" in client.get("/day/").content.decode()
    fill(study, "3/1")
    page = client.get("/day/").content.decode()
    assert "month=2026-10" not in page
    assert "/deviations/proposals/?state=proposed" in page
