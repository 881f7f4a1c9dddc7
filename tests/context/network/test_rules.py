"""Check identifiers and sorting."""

import pytest

from diapason.context.network.rules import (
    BadIdentifier,
    check_finess,
    check_orcid,
    check_rpps,
    check_siren,
    check_siret,
    luhn_is_valid,
    sort_key,
)


@pytest.mark.parametrize(
    ("check", "dirty", "clean"),
    [
        (check_finess, " 130 001 647 ", "130001647"),
        (check_finess, "2a0000014", "2A0000014"),
        (check_siret, "782 921 233 00014", "78292123300014"),
        (check_siren, "782921233", "782921233"),
        (check_orcid, "https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        (check_orcid, "0000–0001–5109–3700", "0000-0001-5109-3700"),
    ],
)
def test_identifiers_are_tidied(check, dirty, clean):
    assert check(dirty) == clean


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (check_finess, "130001648"),
        (check_finess, "13000164"),
        (check_finess, "２30001647x"),
        (check_siret, "78292123300015"),
        (check_siren, "782921234"),
        (check_rpps, "10000000000"),
        (check_orcid, "0000-0002-1825-0098"),
        (check_orcid, "nonsense"),
    ],
)
def test_wrong_identifiers_are_refused(check, wrong):
    with pytest.raises(BadIdentifier):
        check(wrong)


def test_luhn_refuses_what_is_not_digits():
    assert not luhn_is_valid("12a4")
    assert not luhn_is_valid("")


def test_french_names_sort_without_accents():
    assert sorted(["Évry", "Épinal", "Elbeuf", "Œting"], key=sort_key) == [
        "Elbeuf",
        "Épinal",
        "Évry",
        "Œting",
    ]
