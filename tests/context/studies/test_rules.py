"""Identifiers, vocabularies, countries and histories of studies."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.context.network.rules import BadIdentifier
from diapason.context.studies.rules import countries, identifiers, vocabulary
from diapason.context.studies.rules.history import (
    Snapshot,
    StatusDraft,
    continued,
    from_snapshot,
    reckoned_on,
    stretches,
)
from diapason.context.studies.rules.vocabulary import Phase, Status, StudyKind
from diapason.kernel.dates import PartialDate


@pytest.mark.parametrize(
    ("kind", "typed", "canonical"),
    [
        ("nct", " nct 03275311 ", "NCT03275311"),
        ("nct", "NCT-03275311", "NCT03275311"),
        ("nct", "https://clinicaltrials.gov/show/NCT03275311", "NCT03275311"),
        ("eu_ct", "2023–505575–69–01", "2023-505575-69-01"),
        ("eu_ct", "2025-523586-18", "2025-523586-18"),
        ("eudract", "EudraCT number 2007-000275-42", "2007-000275-42"),
        ("eudract", "Eudra CT 2006 - 002584 - 70", "2006-002584-70"),
        ("eudract", "２００５-003091-38", "2005-003091-38"),
        ("id_rcb", "n° id-rcb : 2018-a01234-51", "2018-A01234-51"),
        ("id_rcb", "2018 A01234 51", "2018-A01234-51"),
        ("isrctn", "isrctn 65282717", "ISRCTN65282717"),
        ("utn", "u1111–1234–5678", "U1111-1234-5678"),
        ("jrct", "JRCTS031200001", "jRCTs031200001"),
        ("sponsor_code", "  UC–0160/1901 ", "UC-0160/1901"),
    ],
)
def test_dirty_identifiers_are_normalised(kind: str, typed: str, canonical: str) -> None:
    assert identifiers.check(kind, typed) == canonical
    assert identifiers.check(kind, canonical) == canonical


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("nct", ""),
        ("nct", "NCT0327531"),
        ("nct", "NCT032753111"),
        ("nct", "NCT03275311, NCT03275312"),
        ("eu_ct", "2023-405575-69"),
        ("eudract", "2003-000275-42"),
        ("eudract", "2007-000275"),
        ("id_rcb", "2018-B01234-51"),
        ("isrctn", "ISRCTN1234"),
        ("nowhere", "1"),
    ],
)
def test_what_is_no_identifier_is_refused_with_a_reason(kind: str, typed: str) -> None:
    with pytest.raises(BadIdentifier) as refusal:
        identifiers.check(kind, typed)
    assert refusal.value.reason


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("EUDRACT-2005-000134-20", ("eudract", "2005-000134-20")),
        ("EUDRACT-58585610", ("other", "EUDRACT-58585610")),
        ("2023-505575-69-00", ("eu_ct", "2023-505575-69-00")),
        ("2013-500575-69", ("eudract", "2013-500575-69")),
        ("CTRI/2018/04/013155", ("ctri", "CTRI/2018/04/013155")),
        ("P30CA016672", ("other", "P30CA016672")),
        ("NCT 00003650", ("nct", "NCT00003650")),
    ],
)
def test_kind_of_a_number_is_recognised(typed: str, found: tuple[str, str]) -> None:
    assert identifiers.recognised(typed) == found


@given(st.text(max_size=80))
def test_any_text_is_either_recognised_or_kept_as_other(text: str) -> None:
    kind, value = identifiers.recognised(text)
    assert kind in identifiers.LABELS
    assert len(value) <= identifiers.LONGEST
    if kind != identifiers.OTHER:
        assert identifiers.check(kind, value) == value


def test_every_example_is_its_own_canonical_form() -> None:
    for kind in identifiers.KINDS.values():
        assert identifiers.check(kind.code, kind.example) == kind.example


def test_naming_prefers_the_public_registers() -> None:
    assert (
        identifiers.naming([("other", "X1"), ("id_rcb", "2018-A01234-51"), ("nct", "NCT03275311")])
        == "NCT03275311"
    )
    assert identifiers.naming([("other", "X1")]) == ""


def test_two_versions_of_an_eu_application_are_one_trial() -> None:
    assert identifiers.same_trial("eu_ct", "2023-505575-69-01") == identifiers.same_trial(
        "eu_ct", "2023-505575-69"
    )


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Active, not recruiting", Status.CLOSED_TO_INCLUSION),
        ("ACTIVE_NOT_RECRUITING", Status.CLOSED_TO_INCLUSION),
        ("Unknown status", Status.UNKNOWN),
        ("UNKNOWN", Status.UNKNOWN),
        ("Enrolling by invitation", Status.BY_INVITATION),
        ("No longer available", Status.EXPANDED_ENDED),
        ("Approved for marketing", Status.MARKETED),
        ("TEMPORARILY_NOT_AVAILABLE", Status.EXPANDED_PAUSED),
        ("WITHHELD", Status.WITHHELD),
        ("something new", None),
    ],
)
def test_registry_words_become_statuses(word: str, status: Status | None) -> None:
    assert vocabulary.status_from_registry(word) == status


@pytest.mark.parametrize(
    ("word", "phase"),
    [
        ("Phase 1/Phase 2", Phase.ONE_TWO),
        ("PHASE1 PHASE2", Phase.ONE_TWO),
        ("N/A", Phase.NOT_APPLICABLE),
        ("NA", Phase.NOT_APPLICABLE),
        ("Early Phase 1", Phase.EARLY_1),
        ("EARLY_PHASE1", Phase.EARLY_1),
        ("", Phase.UNKNOWN),
        ("Phase 9", None),
    ],
)
def test_registry_words_become_phases(word: str, phase: Phase | None) -> None:
    assert vocabulary.phase_from_registry(word) == phase


def test_registry_words_become_kinds() -> None:
    assert vocabulary.kind_from_registry("Observational [Patient Registry]") == StudyKind.OBSERVATIONAL
    assert vocabulary.kind_from_registry("EXPANDED_ACCESS") == StudyKind.EXPANDED_ACCESS
    assert vocabulary.kind_from_registry("else") is None


def test_every_word_has_a_label_and_a_state() -> None:
    assert set(vocabulary.STATUS_LABELS) == set(Status)
    assert set(vocabulary.PHASE_LABELS) == set(Phase)
    assert set(vocabulary.KIND_LABELS) == set(StudyKind)
    assert set(vocabulary.CATEGORY_LABELS) == set(vocabulary.Category)
    assert vocabulary.RECRUITING < vocabulary.ACTIVE
    assert not vocabulary.ACTIVE & vocabulary.ENDED


@pytest.mark.parametrize(
    ("name", "code", "abroad"),
    [
        ("France", "FR", False),
        ("Guadeloupe", "GP", False),
        ("Réunion", "RE", False),
        ("Korea, Republic of", "KR", True),
        ("South Korea", "KR", True),
        ("Turkey (Türkiye)", "TR", True),
        ("Türkiye", "TR", True),
        ("Allemagne", "DE", True),
        ("Côte d'Ivoire", "CI", True),
        ("Atlantis", "", False),
        ("US", "US", True),
    ],
)
def test_countries(name: str, code: str, abroad: bool) -> None:
    assert countries.country_code(name) == code
    assert countries.is_abroad(code) is abroad


def test_country_names_follow_the_language() -> None:
    assert countries.country_name("DE", "fr") == "Allemagne"
    assert countries.country_name("DE", "en-gb") == "Germany"
    assert countries.country_name("ZZZ", "fr") == "ZZZ"


def test_a_loose_window_counts_from_its_last_day() -> None:
    assert reckoned_on(PartialDate.month(2017, 6)) == date(2017, 6, 1)
    assert reckoned_on(PartialDate.year(2017)) == date(2017, 1, 1)
    assert reckoned_on(PartialDate(date(2016, 3, 1), date(2018, 10, 2))) == date(2018, 10, 2)
    assert reckoned_on(PartialDate.by(date(2018, 4, 1))) == date(2018, 4, 1)
    assert reckoned_on(PartialDate(None, None)) is None


def test_stretches_follow_each_other_without_gap() -> None:
    found = stretches(
        [
            StatusDraft("completed", PartialDate.day(date(2019, 5, 2))),
            StatusDraft("recruiting", PartialDate.month(2016, 2)),
            StatusDraft("closed_to_inclusion", PartialDate.day(date(2018, 1, 9))),
        ]
    )
    assert [(s.status, s.since_on, s.until_on) for s in found] == [
        ("recruiting", date(2016, 2, 1), date(2018, 1, 9)),
        ("closed_to_inclusion", date(2018, 1, 9), date(2019, 5, 2)),
        ("completed", date(2019, 5, 2), None),
    ]


def test_of_two_statuses_on_one_day_the_later_given_holds() -> None:
    day = PartialDate.day(date(2020, 1, 1))
    assert [s.status for s in stretches([StatusDraft("recruiting", day), StatusDraft("suspended", day)])] == [
        "suspended"
    ]


@given(st.lists(st.tuples(st.sampled_from(list(Status)), st.none() | st.dates())))
def test_stretches_are_ordered_and_disjoint(given_statuses: list[tuple[Status, date | None]]) -> None:
    found = stretches(
        [StatusDraft(s, PartialDate.day(d) if d else PartialDate(None, None)) for s, d in given_statuses]
    )
    for earlier, later in zip(found, found[1:], strict=False):
        assert earlier.until_on == later.since_on
        assert earlier.status != later.status
    assert not found or found[-1].until_on is None


def test_a_completed_study_is_never_counted_as_recruiting() -> None:
    seen = Snapshot(
        "completed",
        start=PartialDate.month(2012, 3),
        end=PartialDate.day(date(2017, 4, 1)),
        updated=date(2018, 1, 1),
    )
    assert [d.status for d in from_snapshot(seen)] == ["underway", "completed"]


def test_an_announced_start_does_not_open_a_study() -> None:
    seen = Snapshot(
        "not_yet_recruiting",
        start=PartialDate.month(2030, 1),
        first_seen=date(2026, 1, 5),
        updated=date(2026, 2, 1),
    )
    assert [d.status for d in from_snapshot(seen)] == ["not_yet_recruiting"]


def test_an_unknown_status_counts_until_it_was_last_verified() -> None:
    seen = Snapshot(
        "unknown", last_known="recruiting", start=PartialDate.month(2010, 1), verified=PartialDate.month(2012, 6),
        updated=date(2012, 7, 1),
    )  # fmt: skip
    found = stretches(from_snapshot(seen))
    assert [(s.status, s.until_on) for s in found] == [("underway", date(2012, 6, 1)), ("unknown", None)]


@given(
    status=st.sampled_from(list(Status)),
    last_known=st.sampled_from(["", *Status]),
    start=st.none() | st.dates(),
    end=st.none() | st.dates(),
    updated=st.none() | st.dates(),
    first=st.none() | st.dates(),
)
def test_any_snapshot_gives_a_history_that_ends_with_its_status(
    status, last_known, start, end, updated, first
) -> None:
    def day(value: date | None) -> PartialDate:
        return PartialDate.day(value) if value else PartialDate(None, None)

    seen = Snapshot(status, last_known, day(start), day(end), first, PartialDate(None, None), updated)
    found = from_snapshot(seen)
    assert found[-1].status == status
    again = continued(found, updated, seen)
    assert [d.status for d in again] == [d.status for d in found]


def test_what_was_attested_stays_when_the_register_moves_on() -> None:
    first = Snapshot("recruiting", start=PartialDate.month(2016, 2), updated=date(2018, 10, 1))
    known = from_snapshot(first)
    later = Snapshot("closed_to_inclusion", start=PartialDate.month(2016, 2), updated=date(2019, 9, 1))
    history = continued(known, date(2018, 10, 1), later)
    assert [d.status for d in history] == ["recruiting", "closed_to_inclusion"]
    assert history[1].since == PartialDate(date(2018, 10, 1), date(2019, 9, 1))


def test_a_start_that_the_register_moved_moves_the_opening() -> None:
    first = Snapshot("recruiting", start=PartialDate.month(2016, 2), updated=date(2018, 10, 1))
    later = Snapshot("closed_to_inclusion", start=PartialDate.month(2015, 11), updated=date(2019, 9, 1))
    history = continued(from_snapshot(first), date(2018, 10, 1), later)
    assert [(d.status, str(d.since.earliest)) for d in history] == [
        ("recruiting", "2015-11-01"),
        ("closed_to_inclusion", "2018-10-01"),
    ]
