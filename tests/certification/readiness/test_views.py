"""Check the screens of the chapter, and that no other organization shows where the charter closes it."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from diapason.certification.readiness import panels
from diapason.certification.readiness.models import Assessment

pytestmark = pytest.mark.django_db

SECRET = "secret-de-beta"
KEY = "ALP/iso-9001-2015/7.2"


@pytest.fixture
def raq(client_as, network):
    return client_as("quality_manager", network.alpha)


def text_of(client, url: str, status: int = 200) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == status, url
    return answer.content.decode()


def test_home_opens_ones_own_self_assessment(iso, raq):
    answer = raq.get(reverse("readiness:home"))
    assert answer.url == reverse("readiness:sheet", args=["ALP", "iso-9001-2015"])


def test_home_opens_the_map_for_the_coordination(iso, client_as):
    assert client_as("network_coordinator").get(reverse("readiness:home")).url == reverse("readiness:heat")


def test_the_sheet_shows_progress_and_what_comes_next(iso, answered, network, raq):
    answered(network.alpha, 3, "4.1")
    text = text_of(raq, reverse("readiness:sheet", args=["ALP", "iso-9001-2015"]))
    assert "1 / 4" in text
    assert reverse("readiness:answer", args=["ALP/iso-9001-2015/4.2"]) in text


def test_the_sheet_filters_gaps_and_what_waits(iso, answered, network, raq):
    answered(network.alpha, 1, "7.4")
    url = reverse("readiness:sheet", args=["ALP", "iso-9001-2015"])
    gaps = text_of(raq, f"{url}?show=gaps")
    assert reverse("readiness:answer", args=["ALP/iso-9001-2015/7.4"]) in gaps
    assert reverse("readiness:answer", args=[KEY]) + '">' not in gaps.split('<nav class="tabs"')[1]


def test_answering_goes_on_to_the_next_clause(iso, raq):
    form = {"level": "3", "evidence": "Matrice des compétences", "next": "1"}
    answer = raq.post(reverse("readiness:save", args=[KEY]), form)
    assert answer.url == reverse("readiness:answer", args=["ALP/iso-9001-2015/7.3"])
    assert Assessment.objects.get().maturity == 3


def test_answering_without_going_on_comes_back_to_the_list(iso, raq):
    answer = raq.post(reverse("readiness:save", args=[KEY]), {"level": "1"})
    assert answer.url == reverse("readiness:sheet", args=["ALP", "iso-9001-2015"])


@pytest.mark.parametrize(
    "form",
    [
        {"level": "4"},
        {"level": "aside"},
        {"level": "1", "action": "Former", "due_on": "2027-01-31"},
        {"level": "1", "action": "Former"},
        {"level": "7"},
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_saved(iso, raq, form):
    answer = raq.post(reverse("readiness:save", args=[KEY]), form)
    assert answer.status_code == 422
    assert not Assessment.objects.exists()


def test_a_stale_form_is_a_conflict(iso, answered, network, raq):
    answered(network.alpha, 2, "7.2")
    stale = {"level": "3", "evidence": "x"}
    assert raq.post(reverse("readiness:save", args=[KEY]), stale).status_code == 409
    assert raq.post(reverse("readiness:save", args=[KEY]), {**stale, "version": "1"}).status_code == 302


def test_the_action_is_marked_as_carried_out(iso, answered, network, raq, today):
    answered(network.alpha, 1, "7.2", action="Tenir la matrice", due_on=date(2099, 1, 1))
    assert "Tenir la matrice" in text_of(raq, reverse("readiness:answer", args=[KEY]))
    assert raq.post(reverse("readiness:complete", args=[KEY]), {"version": "1"}).status_code == 302
    assert Assessment.objects.get().action_done_on is not None


def test_an_action_keeps_its_owner_when_the_answer_is_changed(iso, answered, network, raq, account):
    gone = account().person
    answered(network.alpha, 1, "7.2", action="Tenir la matrice", due_on=date(2099, 1, 1), owner=gone)
    assert "Tenir la matrice" in text_of(raq, reverse("readiness:answer", args=[KEY]))
    form = {"level": "2", "action": "Tenir la matrice", "owner": str(gone.pk), "due_on": "2099-01-01"}
    answer = raq.post(reverse("readiness:save", args=[KEY]), {**form, "version": "1"})
    assert answer.status_code == 302
    stored = Assessment.objects.get()
    assert (stored.maturity, stored.action_owner) == (2, gone)


def test_an_action_goes_to_somebody_of_the_house(iso, raq, account, network):
    stranger = account("process_owner", network.beta).person
    form = {"level": "1", "action": "Former", "owner": str(stranger.pk), "due_on": "2099-01-01"}
    assert raq.post(reverse("readiness:save", args=[KEY]), form).status_code == 422
    form["owner"] = str(raq.account.person.pk)
    assert raq.post(reverse("readiness:save", args=[KEY]), form).status_code == 302


def test_a_reader_of_the_house_reads_but_may_not_write(iso, answered, network, client_as):
    answered(network.alpha, 3, "7.2")
    reader = client_as("research_staff", network.alpha)
    text = text_of(reader, reverse("readiness:answer", args=[KEY]))
    assert "preuve tenue" in text
    assert "<textarea" not in text
    assert (
        reader.post(reverse("readiness:save", args=[KEY]), {"level": "1", "version": "1"}).status_code == 403
    )
    assert reader.post(reverse("readiness:complete", args=[KEY]), {"version": "1"}).status_code == 403


def test_the_board_of_the_change_of_edition_names_the_clauses_to_work_on(iso_next, raq):
    text = text_of(raq, reverse("readiness:transition", args=["iso-9001-2026"]))
    assert "6.1.3" in text
    text_of(raq, reverse("readiness:transition", args=["iso-9001-2015"]), 404)


@pytest.fixture
def beta_answers(six, iso, iso_next, answered, today):
    """Record recognisable answers of BET, and of enough others to be summed up."""
    answered(
        six.beta, 1, "7.2", "4.1", gap=SECRET, references=SECRET, action=f"Réparer {SECRET}", due_on=today
    )
    answered(six.beta, 3, "4.1", edition=iso_next)
    for organization in six.more:
        answered(organization, 3, "7.2")
    answered(six.alpha, 2, "7.2", action="Réparer chez nous", due_on=today)
    return six


URLS = [
    ("readiness:home", ()),
    ("readiness:heat", ()),
    ("readiness:sheet", ("ALP", "iso-9001-2015")),
    ("readiness:sheet", ("ALP", "iso-9001-2026")),
    ("readiness:answer", (KEY,)),
    ("readiness:transition", ("iso-9001-2026",)),
    ("standards:clause", ("iso-9001-2015/7.2",)),
    ("standards:edition", ("iso-9001-2015",)),
]
PORTAL = [("portal_day", ()), ("portal_network", ()), ("network:organization", ("ALP",))]
"""Name the pages made of many chapters: public facts of others may stand there, answers may not."""
NAMES = ("Bêtaville", "Berthe-Bêta", "Ville-0", "Centre numéro", "/BET/", SECRET)


@pytest.mark.parametrize("form", ["", "none", "aggregated", "coded"])
def test_no_other_organization_leaks(beta_answers, opened, raq, form):
    if form:
        opened("quality_managers", form)
    for name, args in URLS:
        url = reverse(name, args=args)
        for address in (url, f"{url}?open=7.2,4", f"{url}?show=gaps"):
            text = text_of(raq, address)
            assert not [leak for leak in NAMES if leak in text], address


@pytest.mark.parametrize("form", ["", "aggregated", "coded"])
def test_no_other_organization_leaks_through_the_panels(beta_answers, opened, raq, rf, form):
    if form:
        opened("quality_managers", form)
    request = rf.get("/")
    request.user = raq.account
    for panel in (
        panels.network_heat(request, None),
        panels.organization_readiness(request, beta_answers.alpha),
        panels.actions_of_the_day(request, None),
    ):
        text = repr(panel.tasks)
        if panel.template:
            text += render_to_string(panel.template, {"panel": panel}, request)
        assert not [leak for leak in NAMES if leak in text], panel.title
    assert panels.organization_readiness(request, beta_answers.beta) is None
    for name, args in PORTAL:
        text = text_of(raq, reverse(name, args=args))
        assert SECRET not in text
        assert "readiness/organizations/BET" not in text


@pytest.mark.parametrize("form", ["", "none", "aggregated", "coded", "named"])
def test_the_texts_of_another_organization_are_never_found(beta_answers, opened, raq, form):
    if form:
        opened("quality_managers", form)
    key = "BET/iso-9001-2015/7.2"
    assert raq.get(reverse("readiness:answer", args=[key])).status_code == 404
    assert raq.post(reverse("readiness:save", args=[key]), {"level": "0", "version": "1"}).status_code == 404
    assert raq.post(reverse("readiness:complete", args=[key]), {"version": "1"}).status_code == 404
    sheet = raq.get(reverse("readiness:sheet", args=["BET", "iso-9001-2015"]))
    assert sheet.status_code == (200 if form == "named" else 404)
    assert SECRET not in sheet.content.decode()


def test_where_a_decision_names_the_others_levels_show_but_no_text(beta_answers, opened, raq):
    opened("quality_managers", "named")
    for name, args in (("readiness:heat", ()), ("standards:clause", ("iso-9001-2015/7.2",))):
        text = text_of(raq, reverse(name, args=args))
        assert "Bêtaville" in text
        assert SECRET not in text
    assert "COPIL du 3 septembre 2026" in text_of(raq, reverse("readiness:heat"))


def test_the_sum_of_the_others_shows_where_the_charter_says_so(beta_answers, opened, raq, rf):
    opened("quality_managers", "aggregated")
    from diapason.context.standards.models import Clause

    request = rf.get("/")
    request.user = raq.account
    clause = Clause.objects.select_related("edition").get(edition__code="iso-9001-2015", number="7.2")
    spread = panels.answers_to_clause(request, clause).context["answers"].spread
    assert (spread.size, spread.minimum, spread.maximum) == (6, 1, 3)


def test_the_certifier_and_the_funder_see_no_answer(beta_answers, client_as):
    for role in ("external_certifier", "funder"):
        client = client_as(role)
        for name, args in (("readiness:heat", ()), ("standards:clause", ("iso-9001-2015/7.2",))):
            text = text_of(client, reverse(name, args=args))
            assert not [leak for leak in (*NAMES, "Alphaville") if leak in text]
        assert client.get(reverse("readiness:sheet", args=["ALP", "iso-9001-2015"])).status_code == 404


def test_my_day_holds_the_actions_of_my_organization_only(beta_answers, raq, rf):
    request = rf.get("/")
    request.user = raq.account
    tasks = panels.actions_of_the_day(request, None).tasks
    assert "Réparer chez nous" in [task.title for task in tasks]
    assert not [task for task in tasks if SECRET in task.title]


def test_my_day_says_nothing_to_those_who_assess_nothing(beta_answers, account, network, rf):
    request = rf.get("/")
    request.user = account("research_staff", network.alpha)
    assert panels.actions_of_the_day(request, None) is None


def test_the_screens_ask_a_fixed_number_of_queries(
    six, iso, iso_next, answered, opened, raq, assert_fixed_queries
):
    opened("quality_managers", "named")
    answered(six.alpha, 2, "7.2")

    def grow():
        for organization in [six.beta, *six.more]:
            answered(organization, 1, "7.2", "7.3", "7.4", "4.1")
        answered(six.alpha, 1, "7.3", "7.4")

    def ask():
        for name, args in URLS[1:6]:
            assert raq.get(reverse(name, args=args)).status_code == 200

    assert assert_fixed_queries(ask, grow) <= 80


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("readiness:heat", (), 12),
        ("readiness:sheet", ("ALP", "iso-9001-2015"), 12),
        ("readiness:answer", (KEY,), 20),
        ("readiness:transition", ("iso-9001-2026",), 14),
    ],
)
def test_each_screen_stays_within_its_queries(
    six, iso_next, answered, opened, raq, django_assert_max_num_queries, name, args, most
):
    opened("quality_managers", "named")
    answered(six.alpha, 2, "7.2")
    raq.get(reverse(name, args=args))
    with django_assert_max_num_queries(most):
        raq.get(reverse(name, args=args))


def test_a_telephone_gets_the_gaps_as_a_list_the_worst_first(iso, answered, network, raq):
    answered(network.alpha, 2, "4.1")
    answered(network.alpha, 0, "7.4")
    text = text_of(raq, reverse("readiness:heat"))
    phone = text.split('<div class="on-phone">')[1].split('<div class="on-wide">')[0]
    gaps = [line.split("</li>")[0] for line in phone.split('<li class="bucket">')[1:]]
    assert len(gaps) == 2
    assert reverse("readiness:answer", args=["ALP/iso-9001-2015/7.4"]) in phone
    kinds = ["bad" if "state bad" in gap else "warn" if "state warn" in gap else "run" for gap in gaps]
    assert kinds == sorted(kinds, key=["bad", "warn", "run"].index)


def test_another_organization_that_is_not_named_is_not_in_the_list_of_gaps(iso, answered, network, raq):
    answered(network.beta, 0, "7.4")
    text = text_of(raq, reverse("readiness:heat"))
    assert "BET/iso-9001-2015" not in text
    assert (
        network.beta.short_name
        not in text.split('<div class="on-phone">')[1].split('<div class="on-wide">')[0]
    )
