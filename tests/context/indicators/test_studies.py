"""Studies counted as of the last day of a year."""

from datetime import date
from typing import Any

import pytest

from diapason.context.indicators.queries import studies as counting
from diapason.kernel.dates import Period

pytestmark = pytest.mark.database
YEAR = Period.year(2017)


@pytest.fixture
def study(stage: Any, network: Any) -> Any:
    """Return `study(sponsor, *statuses, at=())`: statuses are (status, since, until), `at` investigator sites."""
    from diapason.context.studies.models import InvestigatorSite, Study, StudyStatus

    made = iter(range(1, 1000))

    def build(sponsor: Any, *statuses: Any, at: Any = ()) -> Any:
        def rows() -> Any:
            key = f"ST-{next(made):04d}"
            one = Study.objects.create(key=key, title_fr=key, sponsor=sponsor, is_public=True)
            for status, since, until in statuses:
                StudyStatus.objects.create(study=one, status=status, since_on=since, until_on=until)
            for fields in at:
                InvestigatorSite.objects.create(study=one, **fields)
            return one

        return stage(rows)

    return build


@pytest.fixture
def place(stage: Any) -> Any:
    """Return `place(name, country)`: a place outside the network."""
    from diapason.context.network.models import OutsidePlace

    return lambda name, country="France": stage(
        lambda: OutsidePlace.objects.create(name=name, country=country, key=f"{name} {country}")
    )


def test_without_a_study_nothing_is_known(network: Any) -> None:
    for measure in (
        counting.studies_sponsored_active(YEAR),
        counting.studies_of_others_active(YEAR),
        counting.central_recruiting_centres(YEAR),
    ):
        assert not measure.is_known


def test_the_state_of_the_last_day_counts(network: Any, study: Any) -> None:
    long_ago, in_2017, in_2018 = date(2015, 1, 1), date(2017, 6, 1), date(2018, 1, 1)
    study(network.alpha, ("recruiting", long_ago, None))
    study(network.alpha, ("recruiting", long_ago, in_2017), ("in_follow_up", in_2017, in_2018))
    study(
        network.alpha, ("recruiting", long_ago, date(2017, 12, 31)), ("completed", date(2017, 12, 31), None)
    )
    study(network.alpha, ("submitted", long_ago, in_2018), ("recruiting", in_2018, None))
    study(network.central, ("suspended", None, None))
    study(None, ("recruiting", long_ago, None))
    measure = counting.studies_sponsored_active(YEAR)
    assert measure.numerator == 3
    assert {part.organization_id: part.numerator for part in measure.parts} == {
        network.alpha.pk: 2,
        network.central.pk: 1,
    }
    assert (measure.completeness.expected, measure.completeness.missing) == (3, ("BET",))


def test_the_research_direction_within_the_whole(network: Any, study: Any) -> None:
    study(network.central, ("recruiting", None, None))
    study(network.central, ("closed_to_inclusion", None, None))
    study(network.beta, ("recruiting", None, None))
    assert counting.central_studies_active(YEAR).numerator == 2
    recruiting = counting.central_studies_recruiting(YEAR)
    assert (recruiting.numerator, recruiting.denominator) == (1, 2)
    assert counting.studies_sponsored_active(YEAR).numerator == 3


def test_studies_of_others_count_once_each(network: Any, study: Any) -> None:
    at_alpha, at_beta = {"organization": network.alpha}, {"organization": network.beta}
    closed = {"organization": network.alpha, "closed_on": date(2016, 1, 1)}
    study(None, ("recruiting", None, None), at=[at_alpha, at_beta])
    study(None, ("in_follow_up", None, None), at=[at_beta])
    study(None, ("recruiting", None, None), at=[closed])
    study(None, ("completed", None, None), at=[at_alpha])
    study(network.beta, ("recruiting", None, None), at=[at_alpha])
    measure = counting.studies_of_others_active(YEAR)
    assert measure.numerator == 2
    assert {p.organization_id: p.numerator for p in measure.parts} == {
        network.alpha.pk: 1,
        network.beta.pk: 2,
    }


def test_recruiting_places_are_distinct_and_partly_abroad(network: Any, study: Any, place: Any) -> None:
    here, abroad, late = place("CHU"), place("Gent", "Belgium"), place("CHR")
    open_since = date(2016, 5, 1)
    sites = [
        {"organization": network.alpha, "opened_on": open_since},
        {"place": here, "opened_on": open_since},
        {"place": abroad, "is_abroad": True, "opened_on": open_since},
        {"place": late, "opened_on": date(2018, 2, 1)},
    ]
    study(network.central, ("recruiting", None, None), at=sites)
    study(network.central, ("recruiting", None, None), at=[{"place": here, "opened_on": open_since}])
    study(network.central, ("in_follow_up", None, None), at=[{"place": place("CH"), "opened_on": open_since}])
    study(network.alpha, ("recruiting", None, None), at=[{"place": place("CHX"), "opened_on": open_since}])
    assert counting.central_recruiting_centres(YEAR).numerator == 3
    share = counting.central_recruiting_centres_abroad(YEAR)
    assert (share.numerator, share.denominator) == (1, 3)
