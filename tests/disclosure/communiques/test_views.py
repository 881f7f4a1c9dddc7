"""The pages about communiqués: they work, refuse and hide."""

import subprocess
import sys
from typing import Any

import pytest
from django.urls import reverse

from diapason.disclosure.communiques.models import Communique


def test_from_nothing_to_the_pdf_in_three_clicks(edition: Any, client_as: Any) -> None:
    client = client_as("network_coordinator")
    listed = client.get(reverse("communiques:communiques"))
    assert reverse("communiques:new") in listed.content.decode()
    assert client.get(reverse("communiques:new")).status_code == 200
    answer = client.post(reverse("communiques:draft"), {"edition": edition.number, "kind": "communique"})
    assert answer.url == reverse("communiques:builder", args=["CO-NET-2026-0001"])
    pdf = client.get(reverse("communiques:pdf", args=["CO-NET-2026-0001", "fr"]))
    assert pdf.content.startswith(b"%PDF-") and pdf["Content-Type"] == "application/pdf"


def test_a_draft_is_for_those_who_write(draft: Any, client_as: Any, network: Any) -> None:
    made = draft("centres")
    for role, organization in (("quality_manager", network.alpha), ("funder", None)):
        client = client_as(role, organization)
        for name, args in (("communique", []), ("pdf", ["fr"]), ("builder", [])):
            assert client.get(reverse(f"communiques:{name}", args=[made.number, *args])).status_code == 404
        assert client.get(reverse("communiques:new")).status_code == 403
        assert client.post(reverse("communiques:draft"), {}).status_code == 403
        assert client.get(reverse("communiques:communiques")).status_code == 200


def test_everybody_reads_what_was_issued(draft: Any, client_as: Any, network: Any) -> None:
    made = draft("centres", "phrc_share")
    issue = reverse("communiques:issue", args=[made.number])
    coordinator = client_as("network_coordinator")
    assert coordinator.post(issue, {"version": 1, "final": "yes"}).status_code == 403
    assert coordinator.post(issue, {"version": 1, "final": "no"}).status_code == 302
    for role, organization in (
        ("research_staff", network.alpha),
        ("funder", None),
        ("external_certifier", network.alpha),
    ):
        client = client_as(role, organization)
        shown = client.get(reverse("communiques:communique", args=[made.number]))
        assert shown.status_code == 200
        assert client.post(issue, {"version": 2, "final": "yes"}).status_code == 403
    assert Communique.objects.get().state == "provisional"


def test_the_preview_follows_the_choice_and_saves_nothing(draft: Any, client_as: Any) -> None:
    made, client = draft("centres"), client_as("network_coordinator")
    url = reverse("communiques:builder", args=[made.number])
    assert client.get(url).context["document"]["figures"][0]["name"]
    asked = {
        "version": 1,
        "title_fr": "Autre titre",
        "title_en": "Other",
        "figures": ["phrc_share", "centres"],
    }
    shown = client.get(url, asked)
    assert len(shown.context["document"]["figures"]) == 2
    assert "Autre titre" in shown.content.decode()
    assert Communique.objects.get().title_fr != "Autre titre"
    saved = client.post(reverse("communiques:save", args=[made.number]), asked)
    assert saved.status_code == 302
    assert (Communique.objects.get().title_fr, made.chosen_figures.count()) == ("Autre titre", 2)
    assert client.post(reverse("communiques:save", args=[made.number]), asked).status_code == 409
    assert client.post(reverse("communiques:save", args=[made.number]), {"version": 2}).status_code == 200


def test_withdrawing(draft: Any, client_as: Any, network: Any) -> None:
    made = draft("centres")
    url = reverse("communiques:withdraw", args=[made.number])
    assert client_as("quality_manager", network.alpha).post(url, {}).status_code == 404
    assert client_as("network_director").post(url, {"version": 1, "reason": "Erreur"}).status_code == 302
    assert Communique.objects.get().state == "withdrawn"


def test_no_such_language(draft: Any, client_as: Any) -> None:
    made = draft("centres")
    url = reverse("communiques:pdf", args=[made.number, "de"])
    assert client_as("network_coordinator").get(url).status_code == 404


def test_cost(draft: Any, client_as: Any, assert_fixed_queries: Any) -> None:
    made, client = draft("centres"), client_as("network_coordinator")
    queries = assert_fixed_queries(
        lambda: client.get(reverse("communiques:communiques")), lambda: [draft("centres") for _ in range(5)]
    )
    assert queries <= 10
    with_all = draft()
    assert_fixed_queries(
        lambda: client.get(reverse("communiques:communique", args=[made.number])), lambda: with_all
    )


@pytest.mark.parametrize("module", ["typst", "fontpkg_inter"])
def test_the_web_never_imports_the_typesetter(module: str) -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'diapason.settings.test';"
        "import django; django.setup();"
        "import diapason.disclosure.communiques.urls, diapason.disclosure.communiques.queries.printing;"
        f"sys.exit({module!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
