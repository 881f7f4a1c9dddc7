"""Stories speak in words: columns, records and codes have names in French and in English."""

import pytest
from django.apps import apps
from django.utils.translation import override

from diapason.audit_trail import stories, verification_progress
from diapason.audit_trail.column_words import ENDINGS, _declared, column_said, has_own_label, record_said
from diapason.audit_trail.models import Recorded

HIDDEN = {"id", "version", "sort_key"}


def told() -> set[str]:
    return set(_declared()["columns"])


def test_each_column_that_a_story_may_show_has_words():
    silent = set()
    for model in apps.get_models(include_auto_created=True):
        if not issubclass(model, Recorded):
            continue
        for field in model._meta.concrete_fields:
            stems = {field.name, *(field.name.removesuffix(ending) for ending in ENDINGS)}
            if field.name not in HIDDEN and not has_own_label(field) and not stems & told():
                silent.add(f"{model.__name__}.{field.name}")
    assert not silent, "give a verbose_name, or words in catalogue/words/columns.yaml, to " + ", ".join(
        sorted(silent)
    )


def test_each_word_stands_in_both_languages():
    for words in _declared().values():
        for name, said in words.items():
            assert set(said) == {"fr", "en"}, name
            assert all(said.values()), name


def test_columns_and_records_are_named_in_the_readers_language():
    certificate = apps.get_model("certificates", "Certificate")
    earliest = certificate._meta.get_field("decision_earliest")
    with override("fr"):
        assert record_said(certificate) == "Certificat"
        assert column_said(certificate._meta.get_field("withdrawal_reason")) == "Motif du retrait"
    with override("en"):
        assert record_said(certificate) == "Certificate"
        assert column_said(earliest) == "Decision, at the earliest"


def test_a_role_and_an_indicator_are_named_and_not_coded():
    granted = {
        "name": "RoleGranted",
        "subject": "person:P-0001",
        "organization": "",
        "values": {"role": "quality_manager", "starts_on": "2026-11-03"},
    }
    with override("fr"):
        assert "quality_manager" not in stories.sentence_of(granted)
        assert "3 novembre 2026" in stories.sentence_of(granted)
    with override("en"):
        assert stories._code_said("indicator", "hospital_sites") == "Hospital sites"
        assert stories._code_said("state", "provisional", "CommuniqueIssued") == "provisional"
        assert stories._code_said("indicator", "no_longer_declared") == "no_longer_declared"


@pytest.fixture
def progress_file(tmp_path, monkeypatch):
    monkeypatch.setattr(verification_progress, "FILE", tmp_path / "verification.json")
    return tmp_path / "verification.json"


def test_a_verification_tells_how_far_it_has_come(progress_file):
    assert verification_progress.present() is None
    verification_progress.note("entries", 12_400, 30_000)
    seen = verification_progress.present()
    assert seen is not None
    assert (seen.done, seen.total) == (12_400, 30_000)
    with override("en"):
        assert seen.label == "entries read"
    verification_progress.note("elsewhere", 1, 2)
    assert verification_progress.present() == seen
    progress_file.write_text("half wri")
    assert verification_progress.present() is None
    verification_progress.clear()
    verification_progress.clear()
    assert not progress_file.exists()
