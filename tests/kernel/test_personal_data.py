"""Check what free text is suspected of, and what it is not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.kernel.personal_data import KIND_LABELS, nir_key, suspicions

SUSPECT = [
    ("Erreur sur le dossier 1 54 03 29 019 123 {key:154032901912 3}.", "social_security_number"),
    ("NIR : 1540329019123", "social_security_number"),
    ("numéro de sécurité sociale 2 54 03 29 019 123", "social_security_number"),
    ("INS : 154032901912345", "health_identity"),
    ("INS-NIR n° 2 54 03 29 019 123 45", "health_identity"),
    ("IPP 8001234567", "hospital_number"),
    ("IPP n° 800 123 456 7", "hospital_number"),
    ("IPP : 12345678", "hospital_number"),
    ("NIP du patient : 0012345", "hospital_number"),
    ("(NDA 230456789)", "hospital_number"),
    ("IEP n°: 512345678 hospitalisé en cardiologie", "hospital_number"),
    ("numéro de séjour 23004567", "hospital_number"),
    ("n° de dossier médical 1234567", "hospital_number"),
    ("La patiente, née le 12/03/1954, n’a pas signé.", "date_of_birth"),
    ("le patient né le 3 mars 1961", "date_of_birth"),
    ("enfant né le 01/02/2021 inclus hors critère", "date_of_birth"),
    ("né(e) le 12.03.1954", "date_of_birth"),
    ("DDN : 12/03/54", "date_of_birth"),
    ("Date de naissance 12-03-1954", "date_of_birth"),
    ("date of birth: 12 March 1954", "date_of_birth"),
    ("Mme Dupont née Martin le 12/03/1954", "date_of_birth"),
    ("Mme Dupont 12/03/1954", "name_and_date"),
    ("M. Le Goff, 12/03/1954 : consentement manquant", "name_and_date"),
    ("Madame D. (12/03/1954)", "name_and_date"),
    ("patient KERVELLA 01.12.1948", "name_and_date"),
    ("Monsieur Jean-Pierre Le Bihan – 7 janvier 1939", "name_and_date"),
    ("consentement de LE GOFF Marie (12/03/1954) non daté", "name_and_date"),
    ("Marie DUPONT, 12/03/1954", "name_and_date"),
    ("prélèvement de Marie Dupont 12/03/1954 égaré", "name_and_date"),
    ("D’ALMEIDA José 1954-03-12", "name_and_date"),
    ("DUPONT Marie 12/03/54", "name_and_date"),
    ("rappeler au 06 12 34 56 78", "phone"),
    ("+33 6 12 34 56 78", "phone"),
    ("0298221234", "phone"),
    ("écrire à marie.dupont@example.org", "email"),
]
ORDINARY = [
    "",
    "Consentement signé dans la version 3.1 du 12/03/2024 au lieu de la version 4.0 du 02/09/2025.",
    "Protocole version 2.0 du 12/03/2004, amendement n° 3.",
    "Étude NCT01234567, EudraCT 2012-001234-12, ID-RCB 2012-A00123-40, EU CT 2023-501234-12-00.",
    "Visite V4 du 12/03/2025 faite hors fenêtre (± 3 jours), patient 01-017.",
    "Patient 012-0045, inclus le 12/03/2010, randomisé le 14/03/2010.",
    "Le sujet n° 001-023 a reçu 2 doses le 12/03/2026 à 10:30.",
    "Réunion avec Mme Martin le 12/03/2026 ; décision notée au compte rendu.",
    "Mme Martin (12/03/2026) : procédure relue.",
    "Approuvé par MARTIN Claire (12/03/2024).",
    "Pr Jean Dupont 12/03/2010",
    "Dr Marie DUPONT, 04/05/2011",
    "Loi Huriet 20/12/1988, loi Jardé (05/03/2012), décret du 16/11/2016.",
    "CHU Brest (12/03/2004) et CPP Ouest 12/03/2005",
    "Déclaration Helsinki 01/10/2000",
    "Version Finale 12/03/2010",
    "Le projet est né le 3 mars 2021 d’une réunion.",
    "Le réseau, né le 01/01/2005, compte 18 centres.",
    "Traitement par IPP 40 mg depuis 10 jours.",
    "IPP demandé au service, non transmis.",
    "NDA signé le 12/03/2024 avec le partenaire.",
    "NDA 12.03.2024",
    "Température du congélateur −78,4 °C de 02:15 à 04:40 le 12/03/2026.",
    "Lot 20240312-017, UT 123456, kit 800123.",
    "FINESS 290000017, SIRET 26290004800010, SIREN 262900048.",
    "Événement EV-BRE-2026-0042, action AC-BRE-2026-0007, document PR-QUAL-04 v2.",
    "ISO 9001:2015 § 8.5.1, ICH E6(R3) 2.8, article 52 du règlement (UE) 536/2014.",
    "ORCID 0000-0002-1825-0097, RPPS 10001234567.",
    "Date de naissance non concordante entre CRF et dossier source.",
    "La date de naissance du participant manque ; né(e) le : non renseigné.",
    "Écart constaté le 01 02 2024, corrigé le 03 02 2024.",
    "Ordre 154032901912399 sans clé valable",
    "CIC 1412 ; unité INSERM 1078 ; budget 1 540 329 €",
    "écrire à dpo@example.org ou qualite@example.org",
    "https://example.org/a.b?c=0123456789012345678",
    "Le 12/03/1954",
    "Marie Dupont a constaté l’erreur lors de la visite de suivi du 12/03/2026.",
    "INS non qualifiée dans le dossier",
    "ligne 3, colonne 10, 0,5 mL, 1.2.3.4.5",
    "99/99/1954 Mme Dupont",
]


def filled(text: str) -> str:
    """Put the valid key in place of the mark."""
    return text.replace("{key:154032901912 3}", f"{nir_key('1540329019123'):02d}")


@pytest.mark.parametrize(("text", "kind"), SUSPECT)
def test_suspects(text: str, kind: str) -> None:
    text = filled(text)
    found = suspicions(text)
    assert [each.kind for each in found] == [kind], found
    assert " ".join(text[found[0].start : found[0].end].split()) == found[0].excerpt


@pytest.mark.parametrize("text", ORDINARY)
def test_leaves_ordinary_quality_texts_alone(text: str) -> None:
    assert suspicions(text) == ()


# A published worked example: INSEE's explanations use 2 55 08 14 168 025 with key 38.
@pytest.mark.parametrize(
    ("number", "key"),
    [("2550814168025", 38), ("1540329019123", 97 - 1540329019123 % 97), ("185052A004001", None)],
)
def test_key(number: str, key: int | None) -> None:
    expected = key or 97 - 1850519004001 % 97
    assert nir_key(number) == expected


numbers = st.builds(
    lambda sex, year, month, place, rest: f"{sex}{year:02d}{month:02d}{place}{rest:06d}",
    st.sampled_from("12"),
    st.integers(0, 99),
    st.integers(1, 12),
    st.sampled_from(["29", "75", "2A", "2B", "99", "01"]),
    st.integers(0, 999999),
)


@given(numbers, st.sampled_from(["", " ", ".", "\u00a0", "\u202f"]), st.integers(1, 96))
def test_only_a_valid_key_is_suspected(number: str, gap: str, shift: int) -> None:
    groups = [number[:1], number[1:3], number[3:5], number[5:7], number[7:10], number[10:]]
    key = nir_key(number)
    valid = gap.join([*groups, f"{key:02d}"])
    wrong = gap.join([*groups, f"{(key - 1 + shift) % 97 + 1:02d}"])
    assert [each.kind for each in suspicions(f"voir {valid} svp")] == ["social_security_number"]
    assert "social_security_number" not in [each.kind for each in suspicions(f"voir {wrong} svp")]


@given(st.text(max_size=300))
def test_any_text_is_read_without_overlaps(text: str) -> None:
    found = suspicions(text)
    assert all(0 <= each.start < each.end <= len(text) and each.kind in KIND_LABELS for each in found)
    assert all(one.end <= two.start for one, two in zip(found, found[1:], strict=False))


def test_several_are_named_in_reading_order() -> None:
    text = "Mme Dupont 12/03/1954 (IPP 8001234567), tél. 06 12 34 56 78"
    found = suspicions(text)
    assert [each.kind for each in found] == ["name_and_date", "hospital_number", "phone"]
    assert [each.is_weak for each in found] == [False, False, True]
    assert found[0].label == "looks like a person’s name beside a date of birth"


@pytest.mark.parametrize(
    "piece", ["Aa ", "AAA ", "1 ", "né le ", "INS 1 ", "IPP 1.", "a.b.", "M. A ", "(0) ", "Mme Dupont "]
)
def test_long_texts_take_little_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = time.process_time()
    suspicions(text)
    assert time.process_time() - began < 1.0
