"""Counts of inclusions: entered by who may, added up once, shown to who may."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.models import EntrySubject
from diapason.kernel.dates import Period
from diapason.kernel.verdicts import Refused
from diapason.operation.enrolment import acts, queries
from diapason.operation.enrolment.models import EnrolmentCount
from diapason.operation.enrolment.rules import counts_are_sound, cumulated
from tests.context.studies.conftest import outside, study  # noqa: F401

pytestmark = [pytest.mark.database, pytest.mark.django_db]
YEAR = Period.year(2025)


@pytest.fixture
def vega(study, network):  # noqa: F811
    """Return a study of the first centre."""
    return study("VEGA", sponsor_id=network.alpha.pk, planned_enrolment=50)


@pytest.fixture
def counted(vega, network, today):
    """Return `counted(organization, counts, year)`: inclusions entered by the program."""

    def enter(organization, counts, year=2025, which=None):
        return acts.record_counts(
            study=which or vega, organization=organization, year=year, counts=counts, source="Liste",
            by=automaton("tests"), on=today,
        )  # fmt: skip

    return enter


def test_counts_are_checked() -> None:
    today = date(2026, 11, 23)
    assert counts_are_sound(2026, {11: 3, 12: 0}, on=today)
    assert not counts_are_sound(2026, {12: 1}, on=today)
    assert not counts_are_sound(2027, {}, on=today)
    assert not counts_are_sound(2025, {13: 1}, on=today)
    assert not counts_are_sound(2025, {1: -1}, on=today)


@given(st.dictionaries(st.tuples(st.integers(2000, 2030), st.integers(1, 12)), st.integers(0, 99)))
def test_the_curve_never_falls_and_ends_with_the_sum(counts: dict[tuple[int, int], int]) -> None:
    points = cumulated([(year, month, included) for (year, month), included in counts.items()])
    assert [p[2] for p in points] == sorted(p[2] for p in points)
    assert (points[-1][2] if points else 0) == sum(counts.values())


def test_counts_are_entered_and_corrected(counted, vega, network) -> None:
    assert counted(network.alpha, {1: 2, 2: 3}) == 5
    assert counted(network.alpha, {2: 4, 3: 1}) == 5
    rows = EnrolmentCount.objects.values_list("month", "included", "version")
    assert list(rows) == [(1, 2, 1), (2, 4, 2), (3, 1, 1)]
    facts = EntrySubject.objects.filter(subject=vega.subject, fact="EnrolmentCountsRecorded")
    assert [fact.organization for fact in facts] == ["ALP", "ALP"]


def test_who_may_enter(vega, network, account, today) -> None:
    def enter(by, organization) -> None:
        acts.record_counts(
            study=vega, organization=organization, year=2025, counts={1: 1}, source="Liste", by=by, on=today
        )

    enter(account("research_staff", network.beta), network.beta)
    enter(account("sponsor_project_manager", network.alpha), None)
    enter(account("sponsor_project_manager", network.alpha), network.beta)
    for by, where in ((account("research_staff", network.beta), None), (account("funder"), network.alpha)):
        with pytest.raises(Refused):
            enter(by, where)


def test_a_month_is_never_counted_twice(counted, study, network) -> None:  # noqa: F811
    counted(network.alpha, {1: 2, 2: 3})
    counted(network.beta, {1: 5})
    counted(None, {1: 10})
    assert queries.inclusions(YEAR, sponsor=network.alpha) == 13
    assert queries.inclusions(YEAR) == 13
    assert queries.inclusions(YEAR, organization=network.beta) == 5
    assert queries.inclusions_by_sponsor(YEAR) == {network.alpha.pk: 13}
    assert queries.inclusions_by_organization(YEAR) == {network.alpha.pk: 5, network.beta.pk: 5}


def test_periods_cut_by_month(counted, network, vega) -> None:
    counted(network.alpha, {12: 1}, 2024)
    counted(network.alpha, {1: 2, 12: 4})
    counted(network.alpha, {1: 8}, 2026)
    assert queries.inclusions(YEAR) == 6
    assert queries.inclusions(Period(date(2024, 12, 1), date(2025, 1, 31))) == 3
    assert queries.inclusions(Period(date(2025, 12, 1))) == 12
    assert queries.studies_counted(YEAR, [vega.pk]) == 1
    assert queries.months_of(vega) == [(2024, 12, 1), (2025, 1, 2), (2025, 12, 4), (2026, 1, 8)]


def test_the_study_page_shows_what_its_reader_may_see(counted, network, vega, client_as) -> None:
    counted(network.beta, {1: 7})
    address = vega.get_absolute_url()
    assert (
        "7 inclusions comptées" in client_as("quality_manager", network.alpha).get(address).content.decode()
    )
    coordinator = client_as("network_coordinator").get(address).content.decode()
    assert "7 inclusions comptées" in coordinator
    assert "sur 50 prévues" in coordinator


def test_the_form_enters_and_refuses(network, vega, client_as) -> None:
    client = client_as("sponsor_project_manager", network.alpha)
    address = f"/enrolment/{vega.key}/"
    assert client.get(f"{address}?year=2025").status_code == 200
    data = {"organization": network.alpha.pk, "year": 2025, "source": "Liste", "month_1": 4}
    assert client.post(f"{address}record/", {**data, "source": ""}).status_code == 422
    assert client.post(f"{address}record/", {**data, "month_1": -1}).status_code == 422
    assert client.post(f"{address}record/", data).status_code == 302
    assert queries.inclusions(YEAR, organization=network.alpha) == 4
    other = client_as("research_staff", network.beta)
    assert other.get(address).status_code == 404
    assert client_as("external_certifier", network.alpha).get(address).status_code in {403, 404}
