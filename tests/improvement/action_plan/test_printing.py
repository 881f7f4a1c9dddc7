"""Check that the plan leaves as it is on the screen: tagged PDF and workbook, filtered alike."""

import io
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from diapason.improvement.action_plan import papers
from diapason.improvement.action_plan.models import Action
from tests.paper import words_of

from .conftest import ON, later

pytestmark = pytest.mark.django_db


def signed_in(account: Any) -> Client:
    """Return a client of that account."""
    client = Client(headers={"accept-language": "fr"})
    client.force_login(account)
    return client


def lines_of(content: bytes) -> list[list[Any]]:
    """Return the cells of the first sheet."""
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_plan_is_a_tagged_pdf_of_what_the_filters_keep(people: Any, planned: Any) -> None:
    planned()
    planned(kind="improvement", criterion=None, title="Nouveau livret d’accueil")
    client = signed_in(people.manager)
    response = client.get(reverse("action_plan:paper"), {"kind": "improvement"})
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in response.content
    said = words_of(response.content)
    assert "Nouveau livret" in said and "Armoire unique" not in said
    assert "Armoire unique" in words_of(client.get(reverse("action_plan:paper")).content)


def test_the_plan_says_what_was_moved_what_is_late_and_what_was_found(
    people: Any, planned: Any, done: Any
) -> None:
    planned(title="En retard")
    checked = done(title="Vérifiée")
    Action.objects.filter(pk=checked.pk)
    rows = list(Action.objects.select_related("organization", "owner", "delegate").order_by("number"))
    with override("fr"):
        document = papers.plan_document(rows, about="", on=later(31))
    first, second = document["rows"]
    assert (first["look"], second["look"]) == ("bad", "warn")
    assert document["counted"] == "2 actions" and document["late"] == "1 en retard"
    assert second["check"].startswith("à vérifier le") and second["ended"].startswith("réalisée le")
    assert document["house"] == "Institut Alphonse-Alpha" and first["house"] == ""


def test_the_workbook_holds_the_same_rows_with_days_as_days(people: Any, planned: Any) -> None:
    action = planned()
    response = signed_in(people.manager).get(reverse("action_plan:workbook"), {"which": "active"})
    head, *rows = lines_of(response.content)
    assert [row[0] for row in rows] == [action.number]
    assert rows[0][head.index("Échéance")] == later(30)
    assert rows[0][head.index("Critère")] == action.criterion_text
    assert lines_of(signed_in(people.elsewhere).get(reverse("action_plan:workbook")).content)[1:] == []


def test_too_long_a_plan_is_not_printed_but_told(people: Any, planned: Any, monkeypatch: Any) -> None:
    planned()
    planned()
    monkeypatch.setattr(papers, "MOST", 1)
    response = signed_in(people.manager).get(reverse("action_plan:paper"), {"which": "active"}, follow=True)
    assert response.redirect_chain == [(reverse("action_plan:actions") + "?which=active", 302)]
    assert "restreignez" in response.content.decode()
    assert later(1) > ON
