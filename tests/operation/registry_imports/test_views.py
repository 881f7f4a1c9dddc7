"""From the upload to the report: it works without scripts, refuses, hides, and asks a fixed number of questions."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from diapason.context.studies.models import InvestigatorSite, Study
from diapason.operation.registry_imports import files
from diapason.operation.registry_imports.models import ImportRun, PlaceProposal
from diapason.operation.registry_imports.report import disarmed
from tests.operation.registry_imports.registry_files import classic, site_xml, zip_bytes

pytestmark = pytest.mark.django_db


def page(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode()


def upload(client, raw: bytes, name: str = "download.zip", **more):
    return client.post("/imports/upload/", {"file": SimpleUploadedFile(name, raw), **more})


def handed_in(client, raw: bytes) -> ImportRun:
    response = upload(client, raw)
    assert response.status_code == 302, response.content.decode()[-2000:]
    return ImportRun.objects.order_by("-pk")[0]


def test_a_file_goes_from_upload_to_report(client_as, network) -> None:
    client = client_as("network_coordinator")
    assert "Aucun import" in page(client, "/imports/")
    run = handed_in(
        client, zip_bytes({"a.xml": classic(), "=b.xml": b"nothing", "c.xml": classic("NCT00000002")})
    )
    assert run.state == "previewed"
    preview = page(client, run.get_absolute_url())
    assert "2 études seraient créées" in preview
    assert not Study.objects.exists()
    assert not files.path_of(run.file_digest).exists()
    confirm = {"digest": run.file_digest, "version": run.version}
    assert (
        client.post(f"{run.get_absolute_url()}confirm/", {**confirm, "digest": "0" * 64}).status_code == 403
    )
    assert client.post(f"{run.get_absolute_url()}confirm/", confirm).status_code == 302
    run.refresh_from_db()
    assert (run.state, run.created, run.refused) == ("done", 2, 1)
    report = page(client, run.get_absolute_url())
    assert "NCT01234567" in report
    assert "=b.xml" in page(client, f"{run.get_absolute_url()}refused/")
    table = page(client, f"{run.get_absolute_url()}refused.csv")
    assert table.startswith("\ufeff")
    assert ";'=b.xml;foreign;" in table
    assert "NCT01234567" in page(client, "/studies/")
    assert "download.zip" in page(client, "/imports/")


def test_an_upload_of_another_kind_is_refused(client_as, network) -> None:
    client = client_as("network_coordinator")
    assert upload(client, b"x", "notes.pdf").status_code == 422
    assert client.post("/imports/upload/", {}).status_code == 422
    assert not ImportRun.objects.exists()


def test_too_large_a_file_keeps_nothing(tmp_path: Path, monkeypatch) -> None:
    source = tmp_path / "big"
    source.write_bytes(b"x" * 1000)
    before = set(files.folder().iterdir())
    with source.open("rb") as stream, pytest.raises(files.TooLarge):
        files.keep(stream, largest=10)
    assert set(files.folder().iterdir()) == before


def test_an_import_is_stopped_before_anything_goes_in(client_as, network) -> None:
    client = client_as("network_coordinator")
    run = handed_in(client, zip_bytes({"a.xml": classic()}))
    assert client.post(f"{run.get_absolute_url()}cancel/", {"version": run.version}).status_code == 302
    run.refresh_from_db()
    assert run.state == "cancelled"
    confirm = {"digest": run.file_digest, "version": run.version}
    assert client.post(f"{run.get_absolute_url()}confirm/", confirm).status_code == 403
    assert not Study.objects.exists()


def test_progress_shows_without_scripts(client_as, network, stage) -> None:
    client = client_as("network_coordinator")
    run = handed_in(client, zip_bytes({"a.xml": classic()}))
    stage(lambda: ImportRun.objects.update(state="running"))
    text = page(client, run.get_absolute_url())
    assert "<progress" in text
    assert 'hx-trigger="every 2s"' in text
    assert "<noscript>" in text


def test_others_see_nothing_of_imports(client_as, network) -> None:
    run = handed_in(client_as("network_coordinator"), zip_bytes({"a.xml": classic()}))
    reader = client_as("research_staff", network.alpha)
    for address in ("/imports/", "/imports/places/"):
        page(reader, address, 403)
    for address in ("", "refused/", "refused.csv"):
        page(reader, f"{run.get_absolute_url()}{address}", 404)
    for address in ("upload/", "places/decide/"):
        assert reader.post(f"/imports/{address}", {}).status_code == 403
    for address in ("confirm/", "cancel/"):
        assert reader.post(f"{run.get_absolute_url()}{address}", {}).status_code == 404


def test_a_person_decides_about_names(client_as, network) -> None:
    client = client_as("network_coordinator")
    sites = site_xml("Institut Alphonse Alpha", "Ailleurs") + site_xml("Centre Berthe Beta", "Nulle-Part")
    run = handed_in(client, zip_bytes({"a.xml": classic(sites=sites)}))
    client.post(f"{run.get_absolute_url()}confirm/", {"digest": run.file_digest, "version": run.version})
    text = page(client, "/imports/places/")
    assert "Institut Alphonse Alpha" in text
    yes, no = PlaceProposal.objects.get(city="Ailleurs"), PlaceProposal.objects.get(city="Nulle-Part")
    local = client_as("sponsor_project_manager", network.alpha)
    assert local.post("/imports/places/decide/", {"key": yes.key, "answer": "yes"}).status_code == 403
    assert client.post("/imports/places/decide/", {"key": yes.key, "answer": "yes"}).status_code == 302
    assert client.post("/imports/places/decide/", {"key": no.key, "answer": "no"}).status_code == 302
    assert InvestigatorSite.objects.filter(organization=network.alpha).count() == 1
    assert InvestigatorSite.objects.filter(organization=network.beta).count() == 0
    assert not PlaceProposal.objects.exists()


def test_fixed_number_of_queries(client_as, network, assert_fixed_queries) -> None:
    client = client_as("network_coordinator")
    numbers = iter(range(1, 1000))

    def grow() -> None:
        records = {f"{n}.xml": classic(f"NCT{n:08d}") for n in (next(numbers) for _ in range(5))}
        handed_in(client, zip_bytes({**records, "x.xml": b"no", "y.xml": b"no"}))

    grow()
    first = ImportRun.objects.get()
    assert assert_fixed_queries(lambda: page(client, "/imports/"), grow) <= 10
    assert assert_fixed_queries(lambda: page(client, first.get_absolute_url()), grow) <= 16


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    assert disarmed(cell) == f"'{cell}"
    assert disarmed(f"a{cell}") == f"a{cell}"


def test_an_error_of_the_program_ends_the_import_and_leaves_no_file(client_as, network, monkeypatch) -> None:
    from diapason.operation.registry_imports.jobs import tasks

    def broken(*args: object, **more: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "prepare", broken)
    client = client_as("network_coordinator")
    run = handed_in(client, zip_bytes({"a.xml": classic()}))
    assert run.state == "failed"
    assert not files.path_of(run.file_digest).exists()
    assert "ZeroDivisionError" in page(client, run.get_absolute_url())
