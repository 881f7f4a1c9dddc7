"""Check the consistency checks that look at two records at once: what they find, what they spare, where they lead."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from diapason.context.studies.models import InvestigatorSite, Study
from diapason.improvement.quality_events.acts import analysis, closing
from diapason.improvement.quality_events.models import QualityEvent
from diapason.ui import coherence

from .conftest import ON
from .test_views import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAY = ON - timedelta(days=40)


def found(code: str, who: Any) -> dict[str, str]:
    """Return number → link of what a check finds for somebody."""
    for one in coherence.run(who, on=ON):
        if one.check.code == code:
            return {record.key: record.url for record in one.records}
    return {}


@pytest.fixture
def study(stage: Any) -> Any:
    """Return a function that makes a study sponsored elsewhere."""

    def make(key: str = "ST-1", **more: Any) -> Study:
        made: Study = stage(
            lambda: Study.objects.create(
                key=key, title_fr="Essai", title_en="Trial", sponsor_name="Zeta", **more
            )
        )
        return made

    return make


@pytest.fixture
def closed(people: Any, sorted_event: Any, stage: Any) -> Any:
    """Return `closed(declarer, closer, severity)`: an event closed as a minor one, said to be graver afterwards."""

    def make(declarer: Any, closer: Any, severity: str) -> QualityEvent:
        event = sorted_event(severity="minor", by=declarer)
        event = analysis.record_correction(
            event=event,
            correction="Version remplacée.",
            corrected_on=ON,
            version=None,
            by=people.owner,
            on=ON,
        )
        event = closing.close_event(
            event=event, conclusion="Fait.", helps_others=False, version=None, by=closer, on=ON
        )
        stage(lambda: QualityEvent.objects.filter(pk=event.pk).update(severity=severity))
        return event

    return make


def test_a_serious_event_closed_by_its_declarer_is_found(people: Any, closed: Any) -> None:
    event = closed(people.manager, people.manager, "critical")
    assert found("closed_by_declarer", people.second) == {event.number: event.get_absolute_url()}
    assert signed_in(people.second).get(event.get_absolute_url()).status_code == 200
    for other in (people.owner, people.elsewhere, people.coordinator):
        assert not found("closed_by_declarer", other), "it would tell who the declarer is"


@pytest.mark.parametrize(("closer", "severity"), [("second", "critical"), ("manager", "minor")])
def test_closed_by_somebody_else_or_not_serious_is_right(
    people: Any, closed: Any, closer: str, severity: str
) -> None:
    closed(people.manager, getattr(people, closer), severity)
    assert not found("closed_by_declarer", people.second)


def test_a_study_that_is_not_of_the_house_is_found(people: Any, many: Any, study: Any) -> None:
    event = many(count=1, study=study())[0]
    assert found("event_study_elsewhere", people.manager) == {event.number: event.get_absolute_url()}
    assert not found("event_study_elsewhere", people.elsewhere)


@pytest.mark.parametrize("reason", ["sponsored", "under way", "under way at the place", "closed", "no study"])
def test_a_study_of_the_house_or_of_the_place_is_right(
    people: Any, many: Any, study: Any, stage: Any, network: Any, reason: str
) -> None:
    more: dict[str, Any] = {"study": study(sponsor=network.alpha if reason == "sponsored" else None)}
    if reason == "closed":
        more |= {"state": "closed", "closed_on": ON, "conclusion": "Fait."}
    if reason == "no study":
        more["study"] = None
    if reason == "under way at the place":
        more["place"] = network.beta
    if reason.startswith("under way"):
        house = more.get("place", network.alpha)
        stage(lambda: InvestigatorSite.objects.create(study=more["study"], organization=house))
    many(count=1, **more)
    assert not found("event_study_elsewhere", people.manager)


def test_what_was_probably_reported_twice_is_found_and_leads_to_the_joining(
    people: Any, many: Any, study: Any, network: Any
) -> None:
    same = {"study": study(sponsor=network.alpha), "occurred_earliest": DAY, "occurred_latest": DAY}
    events = many(count=2, state="reported", triaged_on=None, reported_on=DAY + timedelta(days=1), **same)
    later = max(events, key=lambda event: event.number)
    joining = reverse("quality_events:deed", args=[later.number, "merge"])
    assert found("event_doubled", people.manager) == {later.number: joining}
    assert signed_in(people.manager).get(joining).status_code == 200
    assert not found("event_doubled", people.elsewhere)


@pytest.mark.parametrize("other", [
    {"occurred_earliest": DAY - timedelta(days=1)}, {"category": "visit"}, {"category": ""}, {"study": None},
    {"state": "merged"}, {"state": "dismissed"}, {"house": "beta"},
])  # fmt: skip
def test_two_events_that_differ_or_are_joined_already_are_right(
    people: Any, many: Any, study: Any, network: Any, other: dict[str, Any]
) -> None:
    same = {"study": study(sponsor=network.alpha), "occurred_earliest": DAY, "occurred_latest": DAY,
            "reported_on": DAY + timedelta(days=1), "triaged_on": None, "state": "reported"}  # fmt: skip
    house = network.beta if other.get("house") else network.alpha
    more = same | {name: value for name, value in other.items() if name != "house"}
    if more["state"] in ("merged", "dismissed"):
        more["triaged_on"] = None
    many(house, 1, **more)
    many(network.alpha, 1, **same)
    assert not found("event_doubled", people.manager)
