"""Check what is handed over: the sheet of an event as a tagged PDF, the list as a workbook, no more than the screen."""

import io
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from diapason.improvement.action_plan.acts import planning
from diapason.improvement.quality_events import sheets
from diapason.improvement.quality_events.models import QualityEvent
from diapason.ui import printing
from tests.paper import words_of

from .conftest import AT, ON, later

pytestmark = pytest.mark.django_db


def signed_in(account: Any) -> Client:
    """Return a client of that account."""
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def with_action(people: Any, analysed: Any) -> QualityEvent:
    """Return an event with causes and a corrective action."""
    event: QualityEvent = analysed()
    criterion = planning.Criterion(
        "sample", "Aucune V3 dans dix classeurs", later(120), None, "", Decimal(0), 1
    )
    draft = planning.Draft(
        event.organization, "corrective", "Armoire unique", later(30), people.owner.person, origin=event.subject,
        criterion=criterion,
    )  # fmt: skip
    planning.open_action(draft=draft, by=people.manager, on=ON)
    return event


def test_the_sheet_is_a_tagged_pdf_with_causes_actions_and_criteria(
    people: Any, with_action: QualityEvent
) -> None:
    response = signed_in(people.manager).get(reverse("quality_events:sheet", args=[with_action.number]))
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    pdf = response.content
    assert pdf.startswith(b"%PDF-") and b"/StructTreeRoot" in pdf and re.search(rb"pdfuaid|/Marked true", pdf)
    said = words_of(pdf)
    for expected in (with_action.number, "Personne n’est chargé de la retirer", "Armoire unique",
                     "Aucune V3 dans dix classeurs", "Touche un consentement."):  # fmt: skip
        assert expected in said


def test_the_name_of_a_confidential_declarer_is_printed_for_those_who_sort_only(
    people: Any, reported: Any
) -> None:
    event = reported()
    name = people.staff.person.full_name
    shown = {}
    for who in (people.manager, people.owner):
        with override("fr"):
            one = QualityEvent.objects.select_related("declarer__person").get(pk=event.pk)
            shown[who.pk] = str(sheets.sheet_of(one, user=who, at=AT))
    assert name in shown[people.manager.pk] and name not in shown[people.owner.pk]


def test_the_sheet_says_everything_in_both_languages(people: Any, with_action: QualityEvent) -> None:
    with override("fr"):
        french = sheets.sheet_of(with_action, user=people.manager, at=AT)
    with override("en"):
        english = sheets.sheet_of(with_action, user=people.manager, at=AT)
        assert printing.paper()["lang"] == "en"
    assert french["titles"]["facts"] == "Ce qui s’est passé" and english["titles"]["facts"] == "What happened"
    assert not set(french["titles"]) ^ set(english["titles"])


@pytest.mark.parametrize("name", ["sheet"])
def test_the_sheet_is_hidden_from_everybody_who_does_not_work_on_the_event(
    people: Any, reported: Any, name: str
) -> None:
    event = reported()
    for other in (people.staff, people.elsewhere, people.coordinator):
        assert signed_in(other).get(reverse(f"quality_events:{name}", args=[event.number])).status_code == 404


def test_what_was_written_is_text_never_markup(people: Any, reported: Any) -> None:
    event = reported(description="#panic[x] <svg onload=1> $ & \\ *gras* @note. Suite.")
    response = signed_in(people.manager).get(reverse("quality_events:sheet", args=[event.number]))
    assert "#panic[x] <svg onload=1>" in words_of(response.content)


def test_the_workbook_holds_the_rows_that_the_filters_keep(
    people: Any, reported: Any, sorted_event: Any
) -> None:
    waiting, done = reported(), sorted_event()
    page = signed_in(people.manager)
    response = page.get(reverse("quality_events:workbook"), {"state": "triaged"})
    assert response["Content-Disposition"].endswith('.xlsx"')
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == [done.number]
    assert sheet[1][sheet[0].index("Déclaré le")] == ON
    everything = page.get(reverse("quality_events:workbook"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(everything.content)).get_sheet_by_index(0).to_python()
    assert {row[0] for row in sheet[1:]} == {waiting.number, done.number}
    elsewhere = signed_in(people.elsewhere).get(reverse("quality_events:workbook"))
    assert (
        len(CalamineWorkbook.from_filelike(io.BytesIO(elsewhere.content)).get_sheet_by_index(0).to_python())
        == 1
    )


def test_the_sheet_costs_the_same_whatever_stands_behind(
    people: Any, with_action: QualityEvent, assert_fixed_queries: Any
) -> None:
    def ask() -> Any:
        one = QualityEvent.objects.select_related("organization", "place", "declarer__person").get(
            pk=with_action.pk
        )
        return sheets.sheet_of(one, user=people.manager, at=AT)

    def grow() -> None:
        for number in range(3):
            draft = planning.Draft(
                with_action.organization, "correction", f"Geste {number}", later(5), people.owner.person,
                origin=with_action.subject,
            )  # fmt: skip
            planning.open_action(draft=draft, by=people.manager, on=ON)

    assert assert_fixed_queries(ask, grow) <= 12
