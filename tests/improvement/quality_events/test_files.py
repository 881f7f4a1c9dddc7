"""Check that page, paper and workbook tell the same files of an event, each with those who may see it."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from diapason.context.files import acts as files
from diapason.context.files import store
from diapason.improvement.action_plan.acts import evidence, planning
from diapason.improvement.quality_events import sheets
from diapason.improvement.quality_events.acts import photos, triage
from diapason.improvement.quality_events.models import KIND, QualityEvent
from diapason.improvement.quality_events.queries.files import files_behind, told
from tests.paper import words_of

from .conftest import AT, ON
from .test_printing import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    """Keep files in a folder of the test."""
    settings.DIAPASON = settings.DIAPASON | {"files": tmp_path}


def handed_in(name: str) -> store.Staged:
    """Return a file as a person hands it in."""
    return store.stage(io.BytesIO(f"Preuve {name}".encode()), name)


def with_evidence(event: QualityEvent, by: Any, name: str = "armoire.txt") -> Any:
    """Plan an action of the event, and keep a file that proves it."""
    draft = planning.Draft(
        event.organization, "corrective", "Armoire unique", ON + timedelta(days=30), by.person, origin=event.subject,
        criterion=planning.Criterion("sample", "Dix classeurs", ON + timedelta(days=90), None, "", Decimal(0), 1),
    )  # fmt: skip
    action = planning.open_action(draft=draft, by=by, on=ON)
    evidence.attach_evidence(action=action, staged=handed_in(name), by=by, on=ON)
    return action


@pytest.fixture
def whole(people: Any, network: Any, reported: Any) -> QualityEvent:
    """Return an event, sorted, with a photo of its report and a file that proves its action."""
    photos.allow_photos(organization=network.alpha, photo=True, version=None, by=people.manager, on=ON)
    event = reported()
    photos.keep_photo(event=event, staged=handed_in("photo.txt"), by=people.staff, on=ON)
    decision = triage.Sorted(kind="nonconformity", severity="major", severity_reason="x", owner=network.alpha,
                             category="consent")  # fmt: skip
    event = triage.triage_event(
        event=event, decision=decision, version=event.version, by=people.manager, on=ON
    )
    with_evidence(event, people.manager)
    return event


def test_page_paper_and_workbook_tell_the_same_files_and_who_may_see_them(
    people: Any, whole: QualityEvent
) -> None:
    client = signed_in(people.manager)
    with override("fr"):
        lines = told(files_behind(whole, people.manager))
    assert [line.name for line in lines] == ["photo.txt", "armoire.txt"]
    assert lines[0].added_by == "", "whoever added a photo is not named with it"
    assert "déclarant" in lines[0].who and "plan d’actions" in lines[1].who
    page = client.get(reverse("quality_events:actions", args=[whole.number])).content.decode()
    paper = words_of(client.get(reverse("quality_events:sheet", args=[whole.number])).content)
    answer = client.get(reverse("quality_events:sheet_workbook", args=[whole.number]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_name("Photos et preuves").to_python()
    for line in lines:
        assert line.name in page and line.who in page
        assert line.name in paper and line.who.split(",")[0] in paper
        assert [line.name, line.belongs_to, line.who] in [[row[0], row[1], row[3]] for row in rows[1:]]
    assert len(rows) == 3


def test_the_workbook_holds_what_the_paper_holds(people: Any, whole: QualityEvent) -> None:
    with override("fr"):
        paper = sheets.sheet_of(whole, user=people.manager, at=AT)
    answer = signed_in(people.manager).get(reverse("quality_events:sheet_workbook", args=[whole.number]))
    assert answer["Content-Disposition"] == f'attachment; filename="{whole.number}.xlsx"'
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    everything = "\n".join(
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    )
    for part in ("facts", "sorting", "actions", "files"):
        for row in paper[part]:
            assert all(value in everything for name, value in row.items() if name not in ("url", "look")), row
    assert paper["description"] in everything and paper["title"] in everything
    assert paper["titles"]["duties"] not in book.sheet_names, "what is empty has no sheet"


def test_evidence_of_another_house_is_not_told_to_whoever_reads_the_event_only(
    people: Any, network: Any, reported: Any
) -> None:
    event = reported()
    decision = triage.Sorted(kind="nonconformity", severity="major", severity_reason="x", owner=network.beta,
                             category="consent")  # fmt: skip
    event = triage.triage_event(
        event=event, decision=decision, version=event.version, by=people.manager, on=ON
    )
    with_evidence(event, people.elsewhere, "procédure.txt")
    assert [line.name for line in told(files_behind(event, people.elsewhere))] == ["procédure.txt"]
    assert QualityEvent.objects.visible_to(people.manager).filter(pk=event.pk).exists()
    assert told(files_behind(event, people.manager)) == []
    assert "procédure.txt" not in str(sheets.sheet_of(event, user=people.manager, at=AT)["files"])


def test_a_file_taken_off_is_not_told_and_all_cost_one_statement(
    people: Any, whole: QualityEvent, django_assert_num_queries: Any
) -> None:
    people.manager.scope  # noqa: B018  loaded before
    with django_assert_num_queries(1):
        found = list(files_behind(whole, people.manager))
    photo = next(file for file in found if file.subject_kind == KIND)
    files.remove_file(file=photo, reason="Visage", by=people.manager, on=ON)
    assert [file.name for file in files_behind(whole, people.manager)] == ["armoire.txt"]


def test_the_workbook_is_hidden_from_everybody_who_does_not_work_on_the_event(
    people: Any, whole: QualityEvent
) -> None:
    for other in (people.staff, people.elsewhere, people.coordinator):
        answer = signed_in(other).get(reverse("quality_events:sheet_workbook", args=[whole.number]))
        assert answer.status_code == 404
