"""Check the grid of a house with many studies: page by page, nothing lost, studies of one name told apart."""

import re
from datetime import date

import pytest

from diapason.context.studies.models import InvestigatorSite, Study, StudyStatus
from diapason.improvement.deviation_sheets.models import DeviationCount, DeviationSheet
from diapason.improvement.deviation_sheets.views.months import LINES

GRID = "/deviations/?organization=ALP&month=2026-10"


def shown(page):
    """Return the names of the lines on a page of the grid."""
    return [line.name for line in page.context["form"].lines]


def sent(client, page, go="", **typed):
    """Send a page of the grid as a browser does: its address, every field of every line, then what was typed."""
    form = page.context["form"]
    data = {"organization": "ALP", "month": "2026-10", "go": go}
    for line, cells in form.rows:
        data[f"was.{line.name}"] = form._was(line)
        data |= dict(re.findall(r'name="(\w+\.[^"]+)" id="[^"]+" value="([^"]*)"', cells))
    return client.post(f"/deviations/keep/?{page.context['query']}", data | typed)


@pytest.fixture
def keeper(client_as, network):
    return client_as("research_staff", network.alpha)


def test_every_study_of_a_large_house_stands_on_some_page_once(keeper, studies):
    studies(2 * LINES + 5)
    page, seen = keeper.get(GRID), []
    while True:
        seen += shown(page)
        assert len(shown(page)) <= LINES
        after = page.context["after"]
        if not after:
            break
        page = keeper.get(f"/deviations/?{after}")
    assert sorted(seen) == sorted(f"ST-ALP-{number}" for number in range(1, 2 * LINES + 6))
    assert shown(keeper.get(f"/deviations/?{page.context['before']}")) == seen[LINES : 2 * LINES]
    assert (page.context["grid"].studies, page.context["grid"].sheets) == (2 * LINES + 5, 0)


def test_a_page_is_entered_for_itself_and_leads_to_the_next_one(keeper, studies, fill):
    every = studies(LINES + 3)
    fill(every[0], "7")
    page = keeper.get(GRID)
    first, after = shown(page), page.context["after"]
    answer = sent(keeper, page, after, **{f"visit.{first[1]}": "2/1"})
    assert answer.status_code == 302
    following = keeper.get(answer.headers["Location"])
    assert len(shown(following)) == 3
    assert not set(shown(following)) & set(first)
    assert sent(keeper, following, **{f"none.{shown(following)[0]}": "on"}).status_code == 302
    counted = set(
        DeviationCount.objects.filter(count__gt=0).values_list("sheet__study__key", "category", "count")
    )
    assert counted == {("ST-ALP-1", "consent", 7), (first[1], "visit", 2)}
    assert DeviationSheet.objects.count() == 3
    assert "3" in re.search(r"<b>[^<]*</b>", keeper.get(GRID).content.decode().split("<main")[1])[0]


def test_the_page_is_kept_with_its_filter_when_it_is_entered(keeper, studies):
    studies(3)
    page = keeper.get(f"{GRID}&which=missing&text=ESSAIALP")
    answer = sent(keeper, page, **{"data.ST-ALP-2": "1"})
    again = keeper.get(answer.headers["Location"])
    assert shown(again) == ["ST-ALP-1", "ST-ALP-3"], "the sheet is there now, so that it is no longer missing"
    assert "text=ESSAIALP" in answer.headers["Location"]


def test_only_studies_with_deviations_or_of_a_number_are_shown(keeper, studies, fill):
    one, two, three = studies(3)
    fill(one, "3")
    fill(two, "0")
    assert shown(keeper.get(f"{GRID}&which=counted")) == ["ST-ALP-1"]
    assert shown(keeper.get(f"{GRID}&which=missing")) == [three.key]
    assert shown(keeper.get(f"{GRID}&text=ST-ALP-2")) == ["ST-ALP-2"]
    assert shown(keeper.get(f"{GRID}&which=nonsense")) == ["ST-ALP-1", "ST-ALP-2", "ST-ALP-3"]
    nothing = keeper.get(f"{GRID}&text=inconnue")
    assert shown(nothing) == []
    assert 'class="empty"' in nothing.content.decode()


def test_a_wrong_cell_names_study_number_and_field_and_loses_nothing(keeper, studies):
    studies(2)
    page = keeper.get(f"{GRID}&text=ESSAIALP")
    answer = sent(keeper, page, **{"consent.ST-ALP-1": "douze", "visit.ST-ALP-2": "4"})
    text = answer.content.decode()
    assert answer.status_code == 422
    fault = answer.context["form"].faults["consent.ST-ALP-1"]
    assert all(part in fault for part in ("ESSAIALP1", "ST-ALP-1", "Consentement", "douze"))
    assert re.search(r'aria-invalid="true" name="consent\.ST-ALP-1"', text)
    assert 'name="visit.ST-ALP-2" id="id_visit.ST-ALP-2" value="4"' in text
    assert 'value="ESSAIALP"' in text, "the filter is still there"
    assert not DeviationSheet.objects.exists()


def test_two_studies_of_one_name_are_told_apart(keeper, network, studies, stage):
    def twin():
        name = {"acronym": "ESSAIALP1", "title_fr": "Autre", "sponsor_name": "Laboratoire Zeta"}
        study = Study.objects.create(key="ST-TWIN", status="recruiting", **name)
        StudyStatus.objects.create(study=study, status="recruiting", since_on=date(2025, 1, 1))
        InvestigatorSite.objects.create(study=study, organization=network.alpha)

    studies(1)
    stage(twin)
    text = keeper.get(GRID).content.decode()
    assert "ST-TWIN · Laboratoire Zeta" in text
    labels = re.findall(r'name="consent\.[^"]+"[^>]*aria-label="([^"]+)"', text)
    assert len(set(labels)) == 2
    table = "Étude\tMois\tCatégorie\tDéviations\tdont majeures\nESSAIALP1\t2026-10\tvisit\t4\t1\n"
    step = keeper.post("/deviations/taking/do/?organization=ALP", {"pasted": table}).context["taking"]
    assert [fault.number for fault in step.reading.faults] == [2]
    assert step.reading.faults[0].reason.startswith("several studies")


def test_a_study_that_ended_meanwhile_still_takes_its_counts_and_a_foreign_line_is_named(
    keeper, studies, stage
):
    one, two = studies(2)
    page = keeper.get(GRID)
    stage(lambda: StudyStatus.objects.filter(study=one).update(until_on=date(2026, 3, 1)))
    assert shown(keeper.get(GRID)) == [two.key]
    answer = sent(
        keeper, page, **{f"consent.{one.key}": "2", "was.ST-FOREIGN": "0|", "consent.ST-FOREIGN": "9"}
    )
    told = keeper.get(answer.headers["Location"]).content.decode()
    assert one.deviation_sheets.get().counts.get().count == 2
    assert "ST-FOREIGN" in told
    assert DeviationSheet.objects.count() == 1


def test_statements_do_not_grow_with_the_house(keeper, studies, fill, assert_fixed_queries):
    fill(studies(1)[0], "1")

    def grow():
        for study in studies(LINES + 5, first=2):
            fill(study, "1", "visit")

    assert assert_fixed_queries(lambda: keeper.get(GRID), grow) <= 8


def test_who_only_reads_turns_pages_without_a_form(client_as, network, studies):
    studies(LINES + 1)
    text = client_as("process_owner", network.alpha).get(GRID).content.decode()
    assert 'rel="next"' in text
    assert "/deviations/keep/" not in text.split('<table class="counts"')[1]
