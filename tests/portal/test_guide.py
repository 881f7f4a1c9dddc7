"""Check that the guide can be reached from every page, in the reader's language, and that its contents lead into it."""

import re

import pytest
from django.urls import reverse

from diapason.portal.guide import guide_in

pytestmark = pytest.mark.django_db


def test_every_page_leads_to_the_guide(client_as, network):
    client = client_as("research_staff", network.alpha)
    link = f'href="{reverse("portal_guide")}"'
    for name in ("portal_day", "quality_events:report", "people:me"):
        assert link in client.get(reverse(name)).content.decode(), name


@pytest.mark.parametrize(("language", "words"), [("fr", "Se connecter"), ("en", "Signing in")])
def test_it_is_told_in_the_readers_language(client_as, network, language, words):
    client = client_as("quality_manager", network.alpha)
    shown = client.get(reverse("portal_guide"), headers={"accept-language": language}).content.decode()
    assert f"{words}</h2>" in shown
    assert "**" not in shown.partition("<article")[2].partition("</article")[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_contents_lead_to_its_headings(language):
    guide = guide_in(language)
    anchors = re.findall(r'<h[23] id="([^"]+)"', guide.text)
    assert [anchor for anchor, _words in guide.headings] == anchors
    assert len(anchors) == len(set(anchors)) > 8


def test_both_languages_have_the_same_parts():
    assert len(guide_in("fr").headings) == len(guide_in("en").headings)


def test_the_guide_costs_no_statement_of_its_own(client_as, network, assert_fixed_queries):
    client = client_as("quality_manager", network.alpha)
    assert assert_fixed_queries(lambda: client.get(reverse("portal_guide")), lambda: None) <= 5
