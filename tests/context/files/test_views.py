"""Check who may download a kept file, and how it is given."""

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from diapason.audit_trail.acts import automaton
from diapason.context.files import acts, queries, store
from diapason.context.files.jobs import sweep_files
from tests.context.files.conftest import KIND

pytestmark = pytest.mark.django_db
BY = automaton("tests")


@pytest.fixture
def kept(network, stage_bytes, today):
    """Return a kept file of a record of Alphaville."""
    staged = stage_bytes(b"Preuve.", "été 2026.txt")
    return acts.keep_file(staged=staged, kind=KIND, key="ALP-1", organization=network.alpha, by=BY, on=today)


def test_downloads_for_a_reader_of_the_record(kept, client_as, network):
    answer = client_as("quality_manager", network.alpha).get(kept.get_absolute_url())
    assert answer.status_code == 200 and b"".join(answer.streaming_content) == b"Preuve."
    assert answer["Content-Type"] == "text/plain" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9t%C3%A9%202026.txt"
    assert "no-store" in answer["Cache-Control"] and "sandbox" in answer["Content-Security-Policy"]


def test_hides_from_others_after_removal_and_without_bytes(kept, client_as, network, today):
    url = kept.get_absolute_url()
    assert client_as("quality_manager", network.beta).get(url).status_code == 404
    own = client_as("quality_manager", network.alpha)
    assert own.get("/files/FI-ALP-2026-9999/").status_code == 404
    assert own.post(url).status_code == 405
    store.path_of(kept.digest).write_bytes(b"Altered.")
    assert own.get(url).status_code == 404
    store.path_of(kept.digest).unlink()
    assert own.get(url).status_code == 404
    acts.remove_file(file=kept, reason="wrong file", by=BY, on=today)
    assert own.get(url).status_code == 404


def test_asks_to_sign_in(kept, client):
    assert client.get(kept.get_absolute_url()).status_code == 302


def test_the_list_names_each_file_and_says_when_there_is_none(kept, assert_fixed_queries, stage_bytes, today):
    def ask():
        return render_to_string("files/list.html", {"files": queries.files_of(KIND, "ALP-1")})

    def grow():
        for number in range(3):
            staged = stage_bytes(f"{number}".encode(), f"{number}.txt")
            acts.keep_file(staged=staged, kind=KIND, key="ALP-1", by=BY, on=today)

    assert "été 2026.txt" in ask() and kept.get_absolute_url() in ask()
    assert assert_fixed_queries(ask, grow) == 1
    with override("fr"):
        assert "Aucune pièce" in render_to_string("files/list.html", {"files": []})


def test_the_job_sweeps(kept, stage_bytes, monkeypatch):
    monkeypatch.setattr("diapason.context.files.jobs.wake", lambda delay: None)
    monkeypatch.setattr(store, "_is_old", lambda path, grace: True)
    lost = stage_bytes(b"lost")
    sweep_files.func()
    assert store.holds(kept.digest) and not store.holds(lost.digest)
