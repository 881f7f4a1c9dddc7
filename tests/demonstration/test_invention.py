"""Show that what is invented is deterministic, adds up, and names no real centre's town."""

from collections import Counter
from datetime import date

import pytest

from diapason.context.network.rules import sort_key
from diapason.demonstration.invention import declared, draw, shares
from diapason.demonstration.studies import TURN, Invention, Member

REAL_TOWNS = (
    "Angers, Bordeaux, Caen, Clermont-Ferrand, Dijon, Lille, Lyon, Marseille, Montpellier, Nancy, "
    "Vandœuvre-lès-Nancy, Nantes, Saint-Herblain, Nice, Paris, Saint-Cloud, Reims, Rennes, Rouen, Strasbourg, "
    "Toulouse, Villejuif, Gap, Hérouville-Saint-Clair, Cherbourg, Gleizé, Orsay, Chevilly-Larue, Villeurbanne, "
    "Avignon, Papeete"
).split(", ")
CENTRES = [Member(i, f"C{i:02}", (i,) if i > 2 else (i, 100 + i)) for i in range(1, 19)]
CENTRAL = Member(99, "RDD", ())


def portfolio(scale=1):
    return list(Invention(declared("studies"), CENTRES, CENTRAL, date(2026, 11, 23), scale).all())


def status_on(study, day):
    known = [draft.status for draft in study.statuses if draft.since.earliest <= day]
    return known[-1] if known else None


def test_no_invented_establishment_stands_in_a_town_of_a_real_centre():
    words = declared("network")
    towns = [centre["town"] for centre in words["centres"]] + [words["central"]["town"]]
    towns += [c["second_site"]["town"] for c in words["centres"] if "second_site" in c]
    assert len(words["centres"]) == 18
    assert len(towns) == 21
    assert not {sort_key(town) for town in towns} & {sort_key(town) for town in REAL_TOWNS}


def test_the_portfolio_of_2017_gives_the_totals_of_the_release():
    sponsored = [s for s in portfolio() if s.sponsor_id]
    active = [s for s in sponsored if status_on(s, TURN) in {"recruiting", "in_follow_up"}]
    central = [s for s in active if s.sponsor_id == 99]
    recruiting = [s for s in central if status_on(s, TURN) == "recruiting"]
    places = {(site.site_id, site.place) for study in recruiting for site in study.sites}
    abroad = [place for _, place in places if place and place.country != "FR"]
    assert (len(active), len(central), len(recruiting)) == (569, 86, 44)
    assert (len(places), len(abroad)) == (216, 52)
    others = [
        s for s in portfolio() if not s.sponsor_id and status_on(s, TURN) in {"recruiting", "in_follow_up"}
    ]
    assert len(others) > 1000


def test_the_portfolio_is_alive_today():
    now = Counter(status_on(s, date(2026, 11, 23)) for s in portfolio() if s.sponsor_id)
    assert now["recruiting"] > 150
    assert now["recruiting"] + now["in_follow_up"] > 569


def test_the_same_seed_gives_the_same_studies():
    assert portfolio() == portfolio()
    twice = [study for study in portfolio(2) if status_on(study, TURN) in {"recruiting", "in_follow_up"}]
    assert len([study for study in twice if study.sponsor_id]) == 2 * 569


@pytest.mark.parametrize(("total", "parts", "least"), [(5000, 86, 3), (483, 18, 8), (7, 7, 1), (100, 3, 0)])
def test_shares_add_up(total, parts, least):
    amounts = shares(draw("test"), total, parts, least=least)
    assert sum(amounts) == total
    assert min(amounts) >= least
