"""A file goes in once, again without change, newer with its history, older not at all."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import Entry
from diapason.context.studies.acts import correct_study
from diapason.context.studies.models import (
    InvestigatorSite,
    Study,
    StudyIdentifier,
    StudyRevision,
    StudySource,
)
from diapason.kernel.verdicts import Conflict, Refused
from diapason.operation.registry_imports import acts
from diapason.operation.registry_imports.jobs import carrying
from diapason.operation.registry_imports.jobs.carrying import carry_out
from diapason.operation.registry_imports.models import ImportProgress, PlaceProposal, StagedLine
from tests.operation.registry_imports.registry_files import (
    SHARED,
    as_json,
    classic,
    site_xml,
    study_json,
    zipped,
)

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def counts(run) -> tuple[int, ...]:
    return (run.read, run.created, run.updated, run.unchanged, run.older, run.refused)


def file_of(tmp_path: Path, *records: bytes, name: str = "a.zip") -> Path:
    return zipped(tmp_path / name, {f"{number}.xml": raw for number, raw in enumerate(records)})


def test_a_preview_changes_nothing(tmp_path, staged) -> None:
    run = staged(file_of(tmp_path, classic(), classic("NCT00000002"), b""))
    assert run.state == "previewed"
    assert counts(run) == (3, 2, 0, 0, 0, 1)
    assert not Study.objects.exists()


def test_a_file_goes_in_and_a_second_run_changes_nothing(tmp_path, imported, network) -> None:
    path = file_of(tmp_path, classic(), classic("NCT00000002"), b"", classic())
    assert counts(imported(path)) == (4, 2, 0, 0, 0, 2)
    study = Study.objects.get(key="NCT01234567")
    assert (study.status, study.phase, study.planned_enrolment, study.site_count) == (
        "recruiting",
        "2",
        200,
        1,
    )
    assert study.is_therapeutic
    assert study.is_public
    before = (
        list(Study.objects.values()),
        list(InvestigatorSite.objects.values()),
        list(StudySource.objects.values()),
    )
    again = imported(path)
    assert counts(again) == (4, 0, 0, 2, 0, 2)
    assert again.state == "done"
    assert before == (
        list(Study.objects.values()),
        list(InvestigatorSite.objects.values()),
        list(StudySource.objects.values()),
    )


def test_refused_lines_keep_place_and_reason(tmp_path, imported) -> None:
    run = imported(file_of(tmp_path, classic(), b"hello", classic()))
    lines = [
        (line.position, line.place, line.code, bool(line.reason))
        for line in run.lines.filter(outcome="refused")
    ]
    assert lines == [(2, "1.xml", "foreign", True), (3, "2.xml", "duplicate", True)]


def test_the_working_copy_is_thrown_away(tmp_path, imported) -> None:
    imported(file_of(tmp_path, classic()))
    assert not StagedLine.objects.exclude(packed=None).exists()


def test_a_newer_version_updates_and_keeps_what_changed(tmp_path, imported) -> None:
    imported(file_of(tmp_path, classic()))
    newer = classic(
        status="Completed", end="May 2, 2020", enrolment="179", enrolment_type="Actual", updated="June 1, 2020",
        sponsor="Somebody Else", sites=site_xml("Hôpital Neuf", "Viole"), download="February 3, 2023",
    )  # fmt: skip
    assert counts(imported(file_of(tmp_path, newer))) == (1, 0, 1, 0, 0, 0)
    study = Study.objects.get()
    assert (study.status, study.planned_enrolment, study.actual_enrolment) == ("completed", 200, 179)
    assert study.sponsor_name == "Somebody Else"
    rows = [(row.status, str(row.since_on)) for row in study.statuses.all()]
    assert rows == [("recruiting", "2016-03-01"), ("completed", "2020-05-02")]
    changes = {
        change["field"]: (change["old"], change["new"]) for change in StudyRevision.objects.get().changes
    }
    assert changes["status"] == ("recruiting", "completed")
    assert changes["ends"] == ("", "2020-05-02")
    assert changes["sponsor"] == ("Somebody Outside", "Somebody Else")
    assert changes["sites"] == ("CHU de Lyre (Lyre)", "Hôpital Neuf (Viole)")
    gone = InvestigatorSite.objects.get(place__city="Lyre")
    assert not gone.is_listed
    assert study.site_count == 1
    assert StudySource.objects.get().data_on == date(2023, 2, 3)


def test_the_same_study_in_the_other_format_changes_nothing(tmp_path, imported) -> None:
    imported(file_of(tmp_path, classic()))
    path = tmp_path / "b.json"
    path.write_bytes(as_json(study_json()))
    assert counts(imported(path)) == (1, 0, 0, 1, 0, 0)


def test_older_data_never_overwrite_newer(tmp_path, imported) -> None:
    imported(file_of(tmp_path, classic(updated="June 1, 2020", status="Completed")))
    assert counts(imported(file_of(tmp_path, classic(updated="October 2, 2018")))) == (1, 0, 0, 0, 1, 0)
    same_day = classic(updated="June 1, 2020", status="Suspended", download="January 1, 2017")
    assert counts(imported(file_of(tmp_path, same_day))) == (1, 0, 0, 0, 1, 0)
    assert Study.objects.get().status == "completed"


def test_what_a_person_corrected_is_kept(tmp_path, imported, account, network, today) -> None:
    imported(file_of(tmp_path, classic()))
    study = Study.objects.get()
    by = account("network_coordinator")
    correct_study(
        study=study,
        changes={"acronym": "ORION", "planned_enrolment": 210},
        reason="Protocole",
        version=1,
        by=by,
        on=today,
    )
    imported(file_of(tmp_path, classic(acronym="ORI", enrolment="220", updated="June 1, 2020")))
    study.refresh_from_db()
    assert (study.acronym, study.planned_enrolment) == ("ORION", 210)
    kept = [change for change in StudyRevision.objects.get().changes if change.get("kept")]
    assert {change["field"] for change in kept} == {"acronym", "planned_enrolment"}


def test_a_study_registered_by_hand_is_recognised_by_its_number(tmp_path, imported, study) -> None:
    study("ORION", identifiers=(("nct", "NCT01234567"),))
    assert counts(imported(file_of(tmp_path, classic()))) == (1, 0, 1, 0, 0, 0)
    assert Study.objects.get().key == "ET-ORION"


def test_a_number_borne_twice_is_disputed_not_lost(tmp_path, imported) -> None:
    other = "<secondary_id>2006-002584-70</secondary_id>"
    imported(file_of(tmp_path, classic(others=other), classic("NCT00000002", others=other)))
    rows = StudyIdentifier.objects.filter(kind="eudract").order_by("pk")
    assert [row.is_disputed for row in rows] == [False, True]
    assert Study.objects.count() == 2


def test_a_further_number_that_two_records_share_does_not_make_them_one(tmp_path, imported) -> None:
    shared = "<nct_alias>NCT00018980</nct_alias>"
    run = imported(file_of(tmp_path, classic("NCT00001337", others=shared)))
    path = file_of(tmp_path, classic("NCT00001338", others=shared, title="Another"), name="b.zip")
    run = imported(path)
    assert counts(run) == (1, 1, 0, 0, 0, 0)
    assert sorted(Study.objects.values_list("key", flat=True)) == ["NCT00001337", "NCT00001338"]
    assert counts(imported(path)) == (1, 0, 0, 1, 0, 0)


def test_a_record_that_names_the_other_as_its_former_number_is_the_same_study(tmp_path, imported) -> None:
    imported(file_of(tmp_path, classic("NCT00001337")))
    alias = "<nct_alias>NCT00001337</nct_alias>"
    assert counts(imported(file_of(tmp_path, classic("NCT00001339", others=alias)))) == (1, 0, 1, 0, 0, 0)
    assert Study.objects.get().key == "NCT00001337"


def test_the_next_lines_come_from_the_index_without_sorting_the_rest(tmp_path, staged) -> None:
    run = staged(file_of(tmp_path, classic(), classic("NCT00000002"), classic("NCT00000003")))
    with CaptureQueriesContext(connection) as seen:
        lines = carrying._next(run, 2)
    assert [line.position for line in lines] == [1, 2]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {seen[-1]['sql']}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "staged_next" in plan and "TEMP B-TREE" not in plan


def test_members_are_recognised_as_sites_and_sponsors(tmp_path, imported, network) -> None:
    sites = site_xml("Institut Alphonse-Alpha, service d’oncologie", "Alphaville Cedex") + site_xml(
        "Institut Alphonse Alpha", "Ailleurs"
    )
    imported(file_of(tmp_path, classic(sponsor="Centre Berthe-Beta", sites=sites)))
    study = Study.objects.get()
    assert study.sponsor == network.beta
    inside = InvestigatorSite.objects.get(organization=network.alpha)
    assert inside.site.code == "ALP-1"
    assert PlaceProposal.objects.get().city == "Ailleurs"


def test_a_decision_about_a_name_puts_studies_right_and_holds(
    tmp_path, imported, network, account, today
) -> None:
    sites = site_xml("Institut Alphonse Alpha", "Ailleurs")
    imported(file_of(tmp_path, classic(sites=sites), classic("NCT00000002", sites=sites)))
    proposal = PlaceProposal.objects.get()
    by = account("network_coordinator")
    acts.decide_place(proposal=proposal, organization=network.alpha, site=None, by=by, on=today)
    assert InvestigatorSite.objects.filter(organization=network.alpha).count() == 2
    assert not PlaceProposal.objects.exists()
    imported(file_of(tmp_path, classic("NCT00000003", sites=sites)))
    assert InvestigatorSite.objects.filter(organization=network.alpha).count() == 3
    assert not PlaceProposal.objects.exists()


def test_a_preview_is_bound_to_its_file(tmp_path, staged, today) -> None:
    run = staged(file_of(tmp_path, classic()))
    with pytest.raises(Refused):
        acts.confirm_import(run=run, digest="0" * 64, version=run.version, by=automaton("tests"), on=today)
    with pytest.raises(Conflict):
        acts.confirm_import(
            run=run, digest=run.file_digest, version=run.version - 1, by=automaton("tests"), on=today
        )


def test_an_import_that_stopped_half_way_goes_on(tmp_path, staged, today, monkeypatch) -> None:
    path = file_of(tmp_path, *[classic(f"NCT0000{number:04d}") for number in range(1, 41)])
    run = staged(path)
    acts.confirm_import(run=run, digest=run.file_digest, version=run.version, by=automaton("tests"), on=today)
    monkeypatch.setattr(carrying, "MOST", 20)
    taken = []

    def one_batch(*args: object) -> None:
        if taken:
            raise KeyboardInterrupt
        taken.append(args)
        original(*args)

    original = carrying._take
    monkeypatch.setattr(carrying, "_take", one_batch)
    with pytest.raises(KeyboardInterrupt):
        carry_out(run, on=today)
    done = Study.objects.count()
    assert 0 < done < 40
    monkeypatch.setattr(carrying, "_take", original)
    run.refresh_from_db()
    carry_out(run, on=today)
    run.refresh_from_db()
    assert counts(run) == (40, 40, 0, 0, 0, 0)
    assert Study.objects.count() == 40


def test_a_cancelled_import_keeps_what_is_in(tmp_path, staged, today, monkeypatch) -> None:
    run = staged(file_of(tmp_path, *[classic(f"NCT0000{number:04d}") for number in range(1, 31)]))
    acts.confirm_import(run=run, digest=run.file_digest, version=run.version, by=automaton("tests"), on=today)
    monkeypatch.setattr(carrying, "MOST", 20)
    original = carrying._take

    def take_and_cancel(*args: object) -> None:
        original(*args)
        run.refresh_from_db()
        acts.cancel_import(run=run, version=None, by=automaton("tests"), on=today)

    monkeypatch.setattr(carrying, "_take", take_and_cancel)
    carry_out(run, on=today)
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert 0 < Study.objects.count() < 30
    assert ImportProgress.objects.get(run=run).wants_cancel


def test_a_faulty_record_costs_only_itself(tmp_path, staged, today, monkeypatch) -> None:
    run = staged(file_of(tmp_path, classic(), classic("NCT00000002"), classic("NCT00000003")))
    StagedLine.objects.filter(run=run, position=2).update(packed=b"{}")
    acts.confirm_import(run=run, digest=run.file_digest, version=run.version, by=automaton("tests"), on=today)
    carry_out(run, on=today)
    run.refresh_from_db()
    assert counts(run) == (3, 2, 0, 0, 0, 1)
    assert run.lines.get(position=2).code == "refused"


def test_each_batch_is_one_entry_of_the_trail(tmp_path, imported) -> None:
    imported(file_of(tmp_path, classic(), classic("NCT00000002")))
    entries = Entry.objects.filter(act__endswith="take_over")
    assert entries.count() == 1
    assert "SECRET" not in entries.get().statement
    assert entries.get().statement.count("StudyRegistered") == 2


def run_command(*args: str) -> dict:
    out = io.StringIO()
    call_command("import_registry", *args, format="json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_prints_what_happened(tmp_path) -> None:
    path = str(file_of(tmp_path, classic(), b"", classic("NCT00000002")))
    dry = run_command(path, "--dry-run")
    assert (dry["read"], dry["created"], dry["rejected"]) == (3, 2, 1)
    assert not Study.objects.exists()
    real = run_command(path)
    assert (real["read"], real["created"], real["updated"], real["unchanged"], real["rejected"]) == (
        3,
        2,
        0,
        0,
        1,
    )
    assert real["rejections"][0]["code"] == "empty"
    assert real["rejections"][0]["reason"]
    again = run_command(path)
    assert (again["created"], again["unchanged"]) == (0, 2)
    out = io.StringIO()
    call_command("import_registry", path, stdout=out)
    assert "unchanged  2" in out.getvalue()


def test_the_command_says_what_was_taken_over_without_being_understood(tmp_path) -> None:
    path = str(file_of(tmp_path, classic(), classic("NCT00000002", status="Sleeping", start="March 2016x")))
    for result in (run_command(path, "--dry-run"), run_command(path)):
        [remark] = result["remarks"]
        assert remark["line"] == 2
        assert any("Sleeping" in said for said in remark["not_understood"])
        assert any("March 2016x" in said for said in remark["not_understood"])
    out = io.StringIO()
    call_command("import_registry", path, stdout=out)
    assert "remarks  1" in out.getvalue()
    assert "Sleeping" in out.getvalue()


def test_a_folder_is_read_file_by_file(tmp_path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "a.xml").write_bytes(classic())
    zipped(folder / "b.zip", {"c.xml": classic("NCT00000002")})
    assert run_command(str(folder))["created"] == 2


@pytest.mark.full
def test_the_five_year_pair_of_the_shared_data_is_a_real_re_import(imported) -> None:
    if not SHARED.exists():
        pytest.skip(f"no shared data in {SHARED}")
    first = imported(SHARED / "ctgov-xml-classic/lymphoma.zip")
    assert (first.created, first.refused) == (1003, 0)
    second = imported(SHARED / "ctgov-xml-classic/oncology.zip")
    assert second.updated + second.unchanged > 0
    assert second.created + second.updated + second.unchanged == 1838
    changed = Study.objects.get(key="NCT00003650")
    assert (changed.status, changed.actual_enrolment) == ("completed", 179)
