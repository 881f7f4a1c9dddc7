"""Check the catalogue itself, the errors that its reader names, and what a loading plan says."""

import random
import shutil
from pathlib import Path

import pytest

from diapason.context.standards.rules.declarations import WORKED_NATURES, natural_key
from diapason.context.standards.rules.planning import Stored, section_of
from diapason.context.standards.rules.reading import read_catalogue
from diapason.context.standards.rules.records import catalogue_hash, records_of

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "standards"
CATALOGUE = read_catalogue(FOLDER)
EDITIONS = {edition.code: edition for edition in CATALOGUE.editions}


def test_the_catalogue_has_no_mistake():
    assert [str(problem) for problem in CATALOGUE.problems] == []


def test_the_catalogue_holds_the_three_editions():
    counts = {
        code: sum(clause.assessable for clause in edition.clauses) for code, edition in EDITIONS.items()
    }
    assert counts == {"iso-9001-2015": 57, "ich-e6-r3": 48, "iso-9001-2026": 59}


def test_iso_9001_2026_is_never_said_to_be_published():
    edition = EDITIONS["iso-9001-2026"]
    assert (edition.status, edition.published_on) == ("in_preparation", None)
    assert edition.transition is not None
    assert not edition.transition.provenance.verified
    assert not any(clause.provenance.verified for clause in edition.clauses)


def test_the_amendment_of_2024_is_part_of_the_applicable_edition():
    edition = EDITIONS["iso-9001-2015"]
    assert edition.status == "applicable"
    assert [one.label for one in edition.amendments] == ["Amd 1:2024"]


def test_the_document_marks_are_said_to_be_unverified():
    assert not EDITIONS["iso-9001-2015"].documents_provenance.verified
    by_number = {clause.number: clause.documents for clause in EDITIONS["iso-9001-2015"].clauses}
    assert (by_number["4.3"], by_number["7.2"], by_number["7.5.3"], by_number["4.1"]) == ("M", "R", "MR", "")


def test_each_assessable_clause_of_the_old_edition_leads_somewhere():
    named = {change.number_from for change in CATALOGUE.changes}
    assert {c.number for c in EDITIONS["iso-9001-2015"].clauses if c.assessable} == named


def test_what_is_known_to_change_is_work():
    work = {change.number_to for change in CATALOGUE.changes if change.nature in WORKED_NATURES}
    assert work == {"4.1", "5.1.1", "6.1.1", "6.1.2", "6.1.3", "6.3", "7.1.4", "7.3"}


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=lambda one: one.code)
def test_french_texts_keep_french_typography(edition):
    for clause in edition.clauses:
        for text in (clause.title.fr, clause.question.fr, clause.evidence.fr):
            assert "'" not in text, f"{clause.number}: straight apostrophe"
            for mark in "?!;:":
                assert f" {mark}" not in text, f"{clause.number}: ordinary space before {mark}"


@pytest.mark.parametrize("edition", CATALOGUE.editions, ids=lambda one: one.code)
def test_each_question_asks_in_both_languages(edition):
    for clause in edition.clauses:
        if clause.assessable:
            assert clause.question.fr.endswith("?"), clause.number
            assert clause.question.en.endswith("?"), clause.number


def test_clause_numbers_sort_as_a_table_of_contents():
    mixed = ["10.1", "4.10", "4.2", "A.1", "P1", "7.1.5.2", "7.1.5"]
    assert sorted(mixed, key=natural_key) == ["P1", "4.2", "4.10", "7.1.5", "7.1.5.2", "10.1", "A.1"]


def spoil(tmp_path: Path, name: str, old: str, new: str) -> list[str]:
    """Return what the reader says of a copy of the catalogue in which one text was replaced."""
    folder = shutil.copytree(FOLDER, tmp_path / "standards")
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(problem) for problem in read_catalogue(folder).problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "applies_to: both",
            "applies_to: nurses",
            "iso-9001-2015.yaml, 4.1, applies_to: “nurses” is not one of",
        ),
        ("weight: 2", "weight: 9", "iso-9001-2015.yaml, 4.1, weight: a whole number from 1 to 3"),
        (
            'number: "4.2"',
            "number: 4.2",
            "4.2, number: a clause number such as 7.1.5 is expected, between quotes",
        ),
        ('number: "4.2"', 'number: "four"', "number: a clause number such as 7.1.5"),
        ("    question:\n", "    questions:\n", "4.1, questions: this field is not known"),
        ('      en: "Context of the organization"\n', "", "4, title.en: this field is missing"),
        ('  - number: "4"\n', '  - nothing\n  - number: "4"\n', "a mapping of fields is expected here"),
        ("documents: [M]", "documents: [X]", "4.3, documents: only M (maintain) and R (retain)"),
        ('number: "4.3"', 'number: "4.2"', "4.2, number: this number appears twice"),
        ('as_of: "2026-11-23"', 'as_of: "soon"', "as_of: a day is expected"),
        ("kind: edition", "kind: essay", "kind: “essay” is not one of"),
        ("code: iso-9001-2015", "code: iso-9001-2014", "no edition has this code"),
    ],
)
def test_a_mistake_is_named_with_file_clause_and_field(tmp_path, old, new, said):
    found = spoil(tmp_path, "iso-9001-2015.yaml", old, new)
    assert any(said in one for one in found)


def test_a_correspondence_that_leads_nowhere_is_named(tmp_path):
    found = spoil(tmp_path, "iso-9001-2015--ich-e6-r3.yaml", 'to: "3.10"', 'to: "3.99"')
    assert found == ["iso-9001-2015--ich-e6-r3.yaml, 4.4, to: ICH E6(R3) has no clause 3.99"]


def test_a_file_that_is_not_yaml_is_named_with_its_line(tmp_path):
    found = spoil(tmp_path, "iso-9001-2026.yaml", "kind: edition", "kind: [edition")
    assert any("iso-9001-2026.yaml" in one and "not YAML, near line" in one for one in found)


JUNK = [
    "null",
    "[]",
    "{}",
    "42",
    "- x",
    "true",
    '""',
    "'",
    "2026-13-01",
    ": :",
    "!!python/object:os.system x",
]


def test_no_spoilt_file_breaks_the_reader(tmp_path):
    folder = shutil.copytree(FOLDER, tmp_path / "standards")
    names = sorted(path.name for path in FOLDER.glob("*.yaml") if path.name != "maturity.yaml")
    chance = random.Random(20261123)
    for _ in range(40):
        path = folder / chance.choice(names)
        whole = path.read_text(encoding="utf-8")
        lines = whole.split("\n")
        for _ in range(chance.randint(1, 3)):
            place = chance.randrange(len(lines))
            head = lines[place].split(":")[0]
            lines[place] = chance.choice(["", f"{head}: {chance.choice(JUNK)}", lines[place][: len(head)]])
        path.write_text("\n".join(lines), encoding="utf-8")
        catalogue = read_catalogue(folder)
        assert catalogue.problems or records_of(catalogue)
        path.write_text(whole, encoding="utf-8")


def test_a_plan_adds_changes_withdraws_restores_and_leaves():
    section = section_of(
        "clause",
        {"a": {"x": 1}, "b": {"x": 2}, "c": {"x": 3}, "d": {"x": 4}},
        {
            "b": Stored({"x": 2}),
            "c": Stored({"x": 0}),
            "d": Stored({"x": 4}, withdrawn=True),
            "e": Stored({"x": 5}),
            "f": Stored({"x": 6}, withdrawn=True),
        },
    )
    assert list(section.added) == ["a"]
    assert section.changed == {"c": {"x": (0, 3)}}
    assert (section.withdrawn, section.restored, section.unchanged) == (("e",), ("d",), 1)


def test_the_hash_of_the_catalogue_follows_its_content(tmp_path):
    whole = catalogue_hash(records_of(CATALOGUE))
    folder = shutil.copytree(FOLDER, tmp_path / "standards")
    assert catalogue_hash(records_of(read_catalogue(folder))) == whole
    (folder / "iso-9001-2015--ich-e6-r3.yaml").unlink()
    assert catalogue_hash(records_of(read_catalogue(folder))) != whole
