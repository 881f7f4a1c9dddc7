"""Members behind the names of registers: sure, perhaps, or somebody else."""

import csv

import pytest

from diapason.operation.registry_imports.rules.places import Directory, Match, MemberName, MemberSite
from tests.operation.registry_imports.registry_files import SHARED


def directory(*members: tuple[int, str, str, str]) -> Directory:
    """Return a directory of (key, name, town, department), each with one site of the same key."""
    return Directory(
        [MemberName(name, key) for key, name, _, _ in members],
        [MemberSite(key, key, city, department) for key, _, city, department in members],
    )


HOUSES = directory(
    (1, "Centre Léon Bérard", "Lyon", "69"),
    (2, "Institut Curie (ensemble hospitalier)", "Paris", "75"),
    (3, "Institut du Cancer de Montpellier (Val d'Aurelle)", "Montpellier", "34"),
    (4, "Institut Paoli-Calmettes", "Marseille", "13"),
    (5, "Institut de Cancérologie de Lorraine (Alexis Vautrin)", "Vandœuvre-lès-Nancy", "54"),
    (6, "Centre Georges-François Leclerc", "Dijon", "21"),
)


def place(name: str, city: str, postcode: str = "", country: str = "FR") -> tuple[int | None, bool]:
    found = HOUSES.place(name, city, postcode, country, "")
    return found.organization_id, found.is_sure


@pytest.mark.parametrize(
    ("name", "city", "postcode", "key"),
    [
        ("Centre Leon Berard", "Lyon", "69373", 1),
        ("Lyon Centre Léon Bérard", "LYON Cedex 08", "", 1),
        ("Centre Leon Berard - Service d'Oncologie Medicale", "Lyon", "", 1),
        ("Institut Curie - Section Medicale", "Paris", "75248", 2),
        ("Institut Curie Hopital", "Paris Cedex 05", "", 2),
        ("CRLC Val d'Aurelle", "Montpellier Cedex", "34298", 3),
        ("Institut Régional du Cancer de Montpellier", "Montpellier", "", 3),
        ("INS Paoli-Calmettes", "Marseille Cedex 09", "13273", 4),
        ("Centre Alexis Vautrin", "Vandoeuvre-les-Nancy", "54511", 5),
        ("Centre Alexis Vautrin", "Nancy", "54511", 5),
        ("Centre de Lute Contre le Cancer,Georges-Francois Leclerc", "Dijon", "21079", 6),
    ],
)
def test_spelling_variants_are_surely_recognised(name: str, city: str, postcode: str, key: int) -> None:
    assert place(name, city, postcode) == (key, True)


@pytest.mark.parametrize(
    ("name", "city", "key"),
    [
        ("Centre Leon Berard", "Strasbourg", 1),
        ("Hospices Civils de Lyon, site Léon Bérard", "Lyon", 1),
        ("Hôpital Pierre et Marie Curie", "Paris", 2),
    ],
)
def test_what_is_doubtful_is_asked(name: str, city: str, key: int) -> None:
    assert place(name, city) == (key, False)


@pytest.mark.parametrize(
    ("name", "city", "country"),
    [
        ("Centre Hospitalier Léon Bérard CH", "Morez", "FR"),
        ("Centre Leon Berard", "Lyon", "US"),
        ("Institut de Recherche en Cancerologie de Montpellier", "Montpellier", "FR"),
        ("Institut Sainte Catherine", "Avignon", "FR"),
        ("CHU de Dijon", "Dijon", "FR"),
        ("", "Lyon", "FR"),
    ],
)
def test_others_are_nobody(name: str, city: str, country: str) -> None:
    assert place(name, city, country=country) == (None, False)


def test_a_decision_goes_before_any_rule() -> None:
    decided = Directory([MemberName("Centre Léon Bérard", 1)], [MemberSite(1, 1, "Lyon")], {"k": Match()})
    assert not decided.place("Centre Leon Berard", "Lyon", "", "FR", "k")


@pytest.mark.parametrize(
    ("name", "key", "sure"),
    [
        ("Centre Leon Berard", 1, True),
        ("Institut Curie", 2, True),
        ("Pierre and Marie Curie University", None, False),
        ("Curie Foundation Warsaw", 2, False),
        ("Roche", None, False),
    ],
)
def test_sponsors(name: str, key: int | None, sure: bool) -> None:
    found = HOUSES.sponsor(name, "")
    assert (found.organization_id, found.is_sure) == (key, sure)


def test_real_names_of_french_sites_against_the_real_network() -> None:
    names = SHARED / "fr-establishments/french-trial-site-names.csv"
    members = SHARED.parent / "domain/network.csv"
    if not SHARED.exists():
        pytest.skip(f"no shared data in {SHARED}")
    with members.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = {row["code"]: number for number, row in enumerate(rows, start=1)}
    known = Directory(
        [
            MemberName(row[name], keys[row["parent_code"] or row["code"]], keys[row["code"]])
            for row in rows
            for name in ("full_name_2018", "later_name", "short_name")
            if row[name]
        ],
        [
            MemberSite(
                keys[row["code"]], keys[row["parent_code"] or row["code"]], row["city"], row["department"]
            )
            for row in rows
        ],
    )
    sure = alike = wrong = 0
    with names.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found = known.place(row["facility"], row["city"], row["zip"], "FR", "")
            looks = row["looks_like_clcc"].strip() == "1" and "Catherine" not in row["facility"]
            alike += looks
            sure += looks and found.is_sure
            wrong += found.is_sure and not looks and not _is_member_all_the_same(row["facility"])
    assert wrong == 0
    assert sure / alike > 0.85


def _is_member_all_the_same(name: str) -> bool:
    """Tell whether the pattern behind `looks_like_clcc` missed a member."""
    missed = (
        "lorraine",
        "strasbourg",
        "icans",
        "ouest",
        "oncopole",
        "iuct",
        "curie",
        "unicancer",
        "icm",
        "calmettes",
        "baclesse",
        "lacassagne",
        "ipc",
        "icl",
        "ico",
    )
    return any(word in name.lower() for word in missed)
