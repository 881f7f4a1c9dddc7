"""How the network came to be certified, told from programmes and certificates."""

from datetime import date
from typing import Any

import pytest

from diapason.certification.certificates.queries.history import FirstCertified
from diapason.certification.certificates.queries.register import Member
from diapason.certification.programme.models import Programme
from diapason.disclosure.communiques.queries import milestones
from diapason.kernel.dates import PartialDate

MODULE = "diapason.disclosure.communiques.queries.story"


@pytest.fixture
def firsts(network: Any, stage: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return `firsts(alpha=…, beta=…, central=…)`: since when each is certified, with a programme since 2015."""
    stage(
        lambda: Programme.objects.create(
            code="first",
            kind=Programme.Kind.CERTIFICATION,
            title_fr="Programme",
            title_en="Programme",
            starts_earliest=date(2015, 1, 1),
            starts_latest=date(2015, 12, 31),
        )
    )

    def given(**since: PartialDate | None) -> None:
        found = [
            FirstCertified(
                Member(one.pk, one.code, one.short_name, one.kind, "", None, None), since[name], f"CE-{name}"
            )
            for name, one in (("alpha", network.alpha), ("beta", network.beta), ("central", network.central))
        ]
        monkeypatch.setattr(f"{MODULE}.first_certified", lambda register: found)

    return given


def told(on: date) -> list[tuple[str, str, str]]:
    return [(one.key, one.when.precision, one.text.en) for one in milestones(on)]


def test_the_story_from_the_start_to_the_last_one(firsts: Any) -> None:
    firsts(
        alpha=PartialDate.year(2013),
        beta=PartialDate.by(date(2018, 4, 30)),
        central=PartialDate.day(date(2018, 10, 1)),
    )
    assert told(date(2018, 10, 9)) == [
        (
            "start.first",
            "year",
            "The network starts its shared certification programme; 1 organization is certified already",
        ),
        ("centres", "by", "All 2 centres are certified to ISO 9001"),
        ("certified.RDD", "day", "Direction R&D is certified to ISO 9001: the whole network is"),
    ]


def test_nothing_is_told_before_it_happened(firsts: Any) -> None:
    firsts(
        alpha=PartialDate.year(2013),
        beta=PartialDate.by(date(2018, 4, 30)),
        central=PartialDate.day(date(2018, 10, 1)),
    )
    assert [key for key, _, _ in told(date(2018, 9, 30))] == ["start.first", "centres"]
    assert [key for key, _, _ in told(date(2016, 1, 1))] == ["start.first"]
    assert told(date(2014, 1, 1)) == []


def test_a_centre_of_which_nothing_is_known_keeps_the_network_from_being_whole(firsts: Any) -> None:
    firsts(alpha=PartialDate.year(2013), beta=None, central=PartialDate.day(date(2018, 10, 1)))
    lines = told(date(2018, 10, 9))
    assert [key for key, _, _ in lines] == ["start.first", "certified.RDD"]
    assert "whole network" not in lines[-1][2]


def test_both_languages(firsts: Any) -> None:
    firsts(alpha=PartialDate.year(2013), beta=PartialDate.year(2016), central=None)
    french = {one.key: one.text.fr for one in milestones(date(2018, 1, 1))}
    assert french["centres"] == "Les 2 centres sont certifiés ISO 9001"
