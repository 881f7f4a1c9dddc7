"""Check that a list as one narrowed it can be kept, opened again and forgotten; on our pages only."""

import pytest
from django.urls import reverse

from diapason.audit_trail.models import Entry
from diapason.context.people.forms.sign_in import MOST_VIEWS
from diapason.context.people.models import Account

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def boss(client_as, network):
    return client_as("administrator")


@pytest.fixture
def narrowed():
    return f"{reverse('people:accounts')}?role=quality_manager&state=open"


def keep(client, name, address):
    form = {"name": name, "address": address}
    return client.post(reverse("people:keep_view"), form, headers=ENGLISH, follow=True)


def shown(client, address):
    return client.get(address, headers=ENGLISH).content.decode()


def views_in_base():
    return [view for views in Account.objects.values_list("kept_views", flat=True) for view in views]


def test_a_view_is_kept_opened_and_forgotten(boss, narrowed):
    assert "Keep this view" in shown(boss, narrowed)
    said = keep(boss, "RAQ en fonction", narrowed)
    assert said.redirect_chain[-1][0] == narrowed
    assert "RAQ en fonction" in shown(boss, reverse("people:accounts"))
    again = shown(boss, narrowed + "&after=bm8")
    assert 'aria-current="true"' in again
    assert "Forget this view" in again
    assert "Keep this view" not in again
    boss.post(reverse("people:forget_view"), {"name": "RAQ en fonction", "address": narrowed})
    assert "RAQ en fonction" not in shown(boss, reverse("people:accounts"))
    assert views_in_base() == []


def test_a_view_of_one_list_shows_on_no_other(boss, narrowed):
    keep(boss, "RAQ en fonction", narrowed)
    assert "RAQ en fonction" not in shown(boss, reverse("trail:entries"))


def test_the_same_name_is_replaced(boss, narrowed):
    keep(boss, "Mine", narrowed)
    other = f"{reverse('people:accounts')}?role=administrator"
    keep(boss, "Mine", other)
    assert views_in_base() == [["Mine", other]]


def test_nobody_else_sees_it_and_the_trail_tells_nothing_of_it(boss, client_as, network, narrowed):
    before = Entry.objects.count()
    keep(boss, "RAQ en fonction", narrowed)
    assert Entry.objects.count() == before
    other = client_as("administrator", network.alpha)
    assert "RAQ en fonction" not in shown(other, reverse("people:accounts"))


@pytest.mark.parametrize(
    "address",
    ["https://else.example/", "//else.example/accounts/", "/\\else.example", "/nowhere/", "", "x\x00"],
)
def test_only_pages_of_ours_are_kept(boss, address):
    answer = boss.post(reverse("people:keep_view"), {"name": "x", "address": address}, headers=ENGLISH)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("people:me")
    assert boss.post(reverse("people:forget_view"), {"address": address})["Location"] == reverse("people:me")
    assert views_in_base() == []


@pytest.mark.parametrize("name", ["", "   ", "n" * 61, "a\x00b"])
def test_a_bad_name_is_refused_in_words(boss, narrowed, name):
    said = keep(boss, name, narrowed)
    assert said.redirect_chain[-1][0] == narrowed
    assert "error" in said.content.decode()
    assert views_in_base() == []


def test_a_name_is_text_not_markup(boss, narrowed):
    keep(boss, "<b>bold</b>", narrowed)
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown(boss, narrowed)


def test_there_is_an_end_to_their_number(boss):
    path = reverse("people:accounts")
    for number in range(MOST_VIEWS + 1):
        said = keep(boss, f"view {number}", f"{path}?name={number}")
    assert f"You keep {MOST_VIEWS} views of this list" in said.content.decode()
    assert len(views_in_base()) == MOST_VIEWS


def test_kept_views_cost_no_statement(boss, narrowed, assert_fixed_queries):
    assert_fixed_queries(lambda: shown(boss, narrowed), lambda: keep(boss, "Mine", narrowed))
