"""What pages share is drawn or worked out once: it must say the same as when done each time, to each reader his own."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from diapason.ui import context, links, wording
from diapason.ui.context import Place, Shell
from diapason.ui.exports import Column
from diapason.ui.icons import state
from diapason.ui.listing import Filter, Listing
from diapason.ui.pieces import filled, put_together


def request_of(name: str, path: str = "/list/", **query: str) -> HttpRequest:
    request = RequestFactory().get(path, query)
    person = SimpleNamespace(given_name=name, family_name="Essai")
    request.user = SimpleNamespace(is_authenticated=True, person=person, email="x@demo.example")  # type: ignore[assignment]
    return request


@pytest.mark.parametrize("value", ["<b>", "a & b", "l’« x »", "\"'", 5, None, mark_safe("<i>")])
def test_pieces_are_escaped_as_django_escapes_them(value: Any) -> None:
    assert filled('<p title="{}">{}</p>', value, value) == format_html('<p title="{}">{}</p>', value, value)
    assert isinstance(filled("{}", value), SafeString)
    assert put_together(["<", mark_safe("<br>")]) == "&lt;<br>"


def test_a_state_escapes_its_word_and_knows_five_kinds() -> None:
    assert "&lt;b&gt;" in state("ok", "<b>") and 'title="&quot;"' in state("warn", "x", '"')
    assert state("mystery", "x") == state("unk", "x")


@pytest.mark.parametrize("key", ["ALP", "CE-2024_1.b", "a b", "é", "x/y", "..", "%2F", ""])
def test_an_address_is_the_one_that_reverse_gives(key: str) -> None:
    for name in ("network:organization", "studies:study"):
        try:
            expected = reverse(name, args=[key])
        except NoReverseMatch:
            with pytest.raises(NoReverseMatch):
                links.address(name, key)
        else:
            assert links.address(name, key) == links.address(name, key) == expected
    with pytest.raises(NoReverseMatch):
        links.address("no:such", key)
    assert links.page_address("studies:studies") == reverse("studies:studies")
    assert links.page_address("no:such") == ""


@pytest.mark.parametrize(
    "tag",
    [
        '{% translate "Menu" %}',
        "{% translate 'Look from' %}",
        '{% translate "50 % of <it>" %}',
        '{% translate "Menu" as word %}[{{ word }}]',
        '{% translate "Menu" context "ship" %}',
        '{% translate "Menu" noop %}',
        '{% translate "Menu"|upper %}',
        "{% translate given %}",
        "{% translate given as word %}[{{ word }}]",
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_our_translate_says_what_django_s_says(tag: str, language: str) -> None:
    with translation.override(language):
        said = [Template(f"{{% load {libraries} %}}{tag}").render(Context({"given": "a <b>"}))
                for libraries in ("ui i18n", "i18n ui")]  # fmt: skip
    assert said[0] == said[1] != ""


@pytest.mark.parametrize("value", [0, 7, -7, 1000, -1234567, 10**12])
def test_counts_are_written_like_any_number(value: int) -> None:
    for language in ("fr", "en"):
        with translation.override(language):
            assert wording.figure(value) == wording.figure(float(value)) == wording.figure(str(value))


def test_the_top_bar_is_each_reader_s_own(monkeypatch: Any) -> None:
    monkeypatch.setattr(context, "_PLACES", [lambda _: [Place("a", "A <b>", "/a/", True)]])
    with translation.override("en"):
        one = Shell(request_of("Maëlle", q='<"x">')).topbar
        again, other = Shell(request_of("Maëlle", "/other/")).topbar, Shell(request_of("Bastien")).topbar
        nobody = RequestFactory().get("/")
        nobody.user = AnonymousUser()
        bare = Shell(nobody).topbar
    with translation.override("fr"):
        french = Shell(request_of("Maëlle")).topbar
    assert 'value="&lt;&quot;x&quot;&gt;"' in one and "A &lt;b&gt;" in one
    assert 'name="next" value="/list/?q=' in one and 'name="next" value="/other/"' in again
    assert "Maëlle Essai" in one and "Maëlle Essai" in again
    assert "Bastien Essai" in other and "Maëlle" not in other + bare and "Essai" not in bare
    assert "Look from" in one and "Look from" not in french
    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', page)) for page in (one, again, other)]
    assert [len(found) for found in tokens] == [1, 1, 1] and not tokens[0] & tokens[2]
    assert "\x00" not in one + again + other + bare + french


def test_options_mark_the_value_of_each_request() -> None:
    kinds = Filter("kind", "Kind", "kind", [("a", "A <b>"), ("b", "B")])

    def options(query: str) -> str:
        listing = Listing(
            RequestFactory().get(f"/{query}"), SimpleNamespace(filter=lambda **_: None), filters=[kinds]
        )  # type: ignore[arg-type]
        return listing.filters[0].options

    assert options("?kind=b") == '<option value="a">A &lt;b&gt;</option><option value="b" selected>B</option>'
    assert "selected" not in options("") and "selected" not in options("?kind=<")


def test_addresses_of_a_list_keep_what_was_asked() -> None:
    request = RequestFactory().get("/list/?q=a+b%26&kind=b&kind=c&after=x&export=csv")
    rows, columns = SimpleNamespace(filter=lambda **_: None), [Column("Name", "name")]
    listing = Listing(request, rows, filters=[Filter("q", "Q", "q")], columns=columns)  # type: ignore[arg-type]
    assert listing.export_url == "/list/?q=a+b%26&kind=b&kind=c&export=csv"
    assert listing.chips[0].clear_url == "/list/?kind=b&kind=c"
    assert listing.clear_url == "/list/"
