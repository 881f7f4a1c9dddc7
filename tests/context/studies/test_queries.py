"""What indicators count of studies, and who may know of which."""

from datetime import date

import pytest

from diapason.context.studies import queries
from diapason.context.studies.models import Study
from diapason.context.studies.rules.drafts import SiteDraft
from diapason.context.studies.rules.history import StatusDraft
from diapason.kernel.dates import PartialDate, Period
from tests.context.studies.conftest import since

pytestmark = [pytest.mark.database, pytest.mark.django_db]
YEAR = Period.year(2017)


def keys(studies) -> set[str]:
    return {study.acronym for study in studies}


@pytest.fixture
def portfolio(study, outside, network):
    """Return studies of every kind of life around 2017."""
    alpha, beta = network.alpha.pk, network.beta.pk
    life = {
        "OPEN": (StatusDraft("recruiting", since(2016)),),
        "CLOSED": (
            StatusDraft("recruiting", since(2015)),
            StatusDraft("closed_to_inclusion", since(2017, 6)),
        ),
        "OVER": (StatusDraft("recruiting", since(2013)), StatusDraft("completed", since(2016, 12))),
        "LATER": (StatusDraft("authorised", since(2017)), StatusDraft("recruiting", since(2018))),
        "UNDERWAY": (StatusDraft("underway", since(2014)),),
        "ENDED-IN": (StatusDraft("recruiting", since(2014)), StatusDraft("completed", since(2017, 1, 2))),
    }
    for name, statuses in life.items():
        study(name, statuses=statuses, sponsor_id=alpha)
    study("BETA", statuses=life["OPEN"], sponsor_id=beta, sites=(SiteDraft(organization_id=alpha),))
    study(
        "INDUSTRY", statuses=life["OPEN"], sponsor_name="Somebody",
        sites=(SiteDraft(organization_id=alpha), outside("CHU"), outside("Klinik", "Harfe", "DE", closed=since(2016))),
    )  # fmt: skip


def test_sponsored_in_a_year(portfolio, network) -> None:
    assert keys(queries.sponsored_in(2017)) == {"OPEN", "CLOSED", "UNDERWAY", "ENDED-IN", "BETA"}
    assert keys(queries.sponsored_in(2017, network.beta)) == {"BETA"}
    assert keys(queries.sponsored_active(Period(date(2017, 12, 31), date(2017, 12, 31)))) == {
        "OPEN",
        "CLOSED",
        "UNDERWAY",
        "BETA",
    }


def test_recruiting_on_a_day(portfolio) -> None:
    assert keys(queries.recruiting(date(2017, 5, 31))) == {"OPEN", "CLOSED", "BETA"}
    assert keys(queries.recruiting(date(2017, 6, 1))) == {"OPEN", "BETA"}


def test_recruiting_sites(portfolio, study, outside, network) -> None:
    study(
        "MANY", statuses=(StatusDraft("recruiting", since(2016)),), sponsor_id=network.central.pk,
        sites=(outside("CHU"), outside("Klinik", "Harfe", "DE"), outside("Fermé", closed=since(2016, 2)),
               outside("Plus tard", opened=since(2019)), outside("Retiré", status="withdrawn"),
               SiteDraft(organization_id=network.alpha.pk)),
    )  # fmt: skip
    study(
        "MORE",
        statuses=(StatusDraft("recruiting", since(2016)),),
        sponsor_id=network.central.pk,
        sites=(outside("CHU"),),
    )
    sites = queries.recruiting_sites(YEAR, network.central)
    assert sites.count() == 4
    assert queries.distinct_places(sites) == 3
    assert queries.distinct_places(sites.filter(is_abroad=True)) == 1


def test_taking_part_counts_the_studies_of_others(portfolio, network) -> None:
    assert keys(queries.taking_part(network.alpha, date(2017, 5, 1))) == {"BETA", "INDUSTRY"}
    assert keys(queries.taking_part(network.beta, date(2017, 5, 1))) == set()


def test_counts_by_status(portfolio) -> None:
    assert queries.counts_by_status(Study.objects.all())["recruiting"] == 4


def test_a_loose_date_counts_only_once_it_is_certain(study, network) -> None:
    window = PartialDate(date(2016, 1, 1), date(2018, 3, 1))
    study(
        "LOOSE",
        statuses=(StatusDraft("recruiting", since(2015)), StatusDraft("completed", window)),
        sponsor_id=network.alpha.pk,
    )
    assert keys(queries.recruiting(date(2018, 2, 28))) == {"LOOSE"}
    assert keys(queries.recruiting(date(2018, 3, 1))) == set()


def test_who_may_know_of_which_study(study, network, account, stage) -> None:
    study("OURS", sponsor_id=network.alpha.pk)
    study("THEIRS", sponsor_id=network.beta.pk)
    study("TOGETHER", sponsor_id=network.beta.pk, sites=(SiteDraft(organization_id=network.alpha.pk),))
    study("SECRET", sponsor_id=network.beta.pk, holder_id=network.beta.pk, is_confidential=True,
          sites=(SiteDraft(organization_id=network.alpha.pk),))  # fmt: skip
    study("REGISTER", sponsor_id=network.beta.pk)
    stage(lambda: Study.objects.filter(acronym="REGISTER").update(is_public=True))

    def seen(role: str, organization=None) -> set[str]:
        return keys(Study.objects.visible_to(account(role, organization)))

    assert seen("research_staff", network.alpha) == {"OURS", "TOGETHER", "REGISTER"}
    assert seen("quality_manager", network.beta) == {"THEIRS", "TOGETHER", "SECRET", "REGISTER"}
    assert seen("network_coordinator") == {"OURS", "THEIRS", "TOGETHER", "REGISTER"}
    assert seen("funder") == set()
    assert seen("") == set()


def test_search_finds_words_and_numbers(study) -> None:
    made = study("VEGA", title_en="A trial of lymphoma", identifiers=(("eudract", "2006-002584-70"),))
    for text in ("veg", "Lymphoma", "étude vega", "2006-0025", "2006–002584–70"):
        assert keys(Study.objects.matching(text)) == {"VEGA"}, text
    for text in (made.key, made.key[:9].lower()):
        assert "VEGA" in keys(Study.objects.matching(text)), text
    for text in ("ymphoma", "2007", "", "%"):
        assert keys(Study.objects.matching(text)) == set(), text
