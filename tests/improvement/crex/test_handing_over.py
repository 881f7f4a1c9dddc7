"""Check that page, paper and workbook of the minutes tell the same files, to each reader those that he may open."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from diapason.context.files import acts as files
from diapason.context.files import store
from diapason.improvement.action_plan.acts import evidence, planning
from diapason.improvement.crex.acts import meeting as acts
from diapason.improvement.crex.acts.meeting import Attended
from diapason.improvement.crex.queries.printing import minutes_of
from diapason.improvement.quality_events.acts.analysis import Why
from diapason.improvement.quality_events.models import KIND
from tests.improvement.crex.conftest import ON
from tests.paper import words_of


@pytest.fixture
def whole(settings, tmp_path, chosen, people):
    """Return a meeting with analysis, an action with its proof, and a photo of the report."""
    settings.DIAPASON = settings.DIAPASON | {"files": tmp_path}
    event = chosen.event
    why = [Why("Trois versions en circulation", "method", cause="procedure", is_root=True)]
    acts.record_analysis(meeting=chosen, method="orion", steps={"collect": "Dossiers relus."}, whys=why, version=None,
                         event_version=None, by=people.manager, on=ON)  # fmt: skip
    draft = planning.Draft(
        event.organization, "corrective", "Retirer les anciennes versions", date(2027, 1, 15), people.owner.person,
        origin=event.subject,
        criterion=planning.Criterion("sample", "Dix classeurs", date(2027, 4, 1), None, "", Decimal(0), 1),
    )  # fmt: skip
    action = planning.open_action(draft=draft, by=people.manager, on=ON)
    proof = store.stage(io.BytesIO(b"Preuve"), "classeurs.txt")
    evidence.attach_evidence(action=action, staged=proof, by=people.manager, on=ON)
    photo = store.stage(io.BytesIO(b"Photo"), "photo.txt")
    files.keep_file(staged=photo, kind=KIND, key=event.number, organization=event.organization, by=people.manager,
                    on=ON)  # fmt: skip
    chosen.refresh_from_db()
    return chosen


def test_page_paper_and_workbook_tell_the_same_files(client_as, network, whole):
    client, url = client_as("quality_manager", network.alpha), whole.get_absolute_url()
    page = client.get(url).content.decode()
    paper = words_of(client.get(f"{url}minutes.pdf").content)
    answer = client.get(f"{url}minutes.xlsx")
    assert answer["Content-Disposition"] == f'attachment; filename="{whole.number}.xlsx"'
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_name("Photos et preuves").to_python()
    with override("fr"):
        told = minutes_of(whole, user=client.account)
    assert [row[0] for row in told["files"]] == ["photo.txt", "classeurs.txt"]
    for line in told["files"]:
        assert line in rows
        assert line[0] in page and line[3] in page
        assert line[0] in paper
    everything = "\n".join(
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    )
    for part in (
        "Trois versions en circulation",
        "Dossiers relus.",
        "Retirer les anciennes versions",
        whole.number,
    ):
        assert part in everything and part in paper


def test_whoever_attended_without_reading_events_is_told_no_file(client_as, network, whole, people):
    there = client_as("research_staff", network.alpha)
    attended = [Attended("nurse", 1, there.account.person)]
    acts.record_attendance(meeting=whole, attended=attended, version=None, by=people.manager, on=ON)
    page = there.get(whole.get_absolute_url())
    assert page.status_code == 200
    assert "classeurs.txt" not in page.content.decode() and "photo.txt" not in page.content.decode()
    assert minutes_of(whole, user=there.account)["files"] == []
    assert there.get(f"{whole.get_absolute_url()}minutes.xlsx").status_code == 200


def test_the_workbook_is_for_those_who_read_the_minutes(client_as, network, whole):
    for role, house in (("internal_auditor", network.alpha), ("quality_manager", network.beta),
                        ("network_coordinator", None)):  # fmt: skip
        assert client_as(role, house).get(f"{whole.get_absolute_url()}minutes.xlsx").status_code == 404
