"""Figures made of records and declarations, and shown as the charter allows."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from diapason.context.indicators import queries
from diapason.context.indicators.models import Figure
from diapason.context.indicators.rules.computation import (
    REGISTERED,
    Completeness,
    Computation,
    Measure,
    Part,
    RecordsLink,
)
from tests.context.indicators.conftest import row

pytestmark = pytest.mark.database


@pytest.fixture
def computing() -> Iterator[Any]:
    """Return `computing(name, measure)`: let that name be computed so, for this test."""
    kept = dict(REGISTERED)

    def register(name: str, measure: Measure) -> None:
        REGISTERED[name] = Computation(
            lambda period: measure,
            lambda period, code: [
                RecordsLink("The organizations of the network", "network:organizations", {"q": code})
            ],
        )

    yield register
    REGISTERED.clear()
    REGISTERED.update(kept)


class TestOrigin:
    def test_the_register_of_the_network_is_counted(self, compute: Any) -> None:
        figures = compute()
        assert (figures["centres-2017-NET-v1"].value, figures["centres-2017-NET-v1"].status) == (
            2,
            "computed",
        )
        assert figures["hospital_sites-2017-NET-v1"].value == 2
        assert figures["hospital_sites-2017-ALP-v1"].value == 1

    def test_nothing_known_says_so(self, compute: Any) -> None:
        figure = compute()["patients_per_year-2017-NET-v1"]
        assert (figure.status, figure.said, figure.state) == ("not_known", "–", "unk")

    def test_organizations_add_up_and_a_missing_one_is_named(self, compute: Any) -> None:
        figure = compute(row("patients_per_year", 12000, scope="ALP"))["patients_per_year-2017-NET-v1"]
        assert (figure.value, figure.status, figure.received, figure.expected) == (12000, "incomplete", 1, 2)
        assert figure.missing == ["BET"]

    def test_what_the_network_declared_wins_over_the_sum(self, compute: Any) -> None:
        figure = compute(row("patients_per_year", 12000, scope="ALP"), row("patients_per_year", 516000))[
            "patients_per_year-2017-NET-v1"
        ]
        assert (figure.value, figure.status, figure.source) == (516000, "declared", "Rapport 2017")

    def test_a_ratio_is_made_of_its_parts(self, compute: Any) -> None:
        figures = compute(
            row("patients_in_trials_oeci", scope="ALP", numerator=150, denominator=1000),
            row("patients_in_trials_oeci", scope="BET", numerator=10, denominator=25),
        )
        whole, part = (
            figures["patients_in_trials_oeci-2017-NET-v1"],
            figures["patients_in_trials_oeci-2017-BET-v1"],
        )
        assert (whole.value, whole.numerator, whole.denominator) == (Decimal("15.6098"), 160, 1025)
        assert (whole.caution, part.caution != "", part.value) == ("", True, 40)

    def test_whole_records_win_incomplete_ones_yield(self, compute: Any, computing: Any) -> None:
        published = row("Clinical trials sponsored by the network, in inclusion or follow-up", 569)
        key = "studies_sponsored_active-2017-NET-v1"
        computing("studies_sponsored_active", Measure(560, completeness=Completeness(19, 18, ("BET",))))
        assert compute(published)[key].status == "declared"
        computing("studies_sponsored_active", Measure(570, completeness=Completeness(19, 19)))
        figure = compute()[key]
        assert (figure.status, figure.value) == ("computed", 570)

    def test_parts_of_a_date_and_of_a_total(self, compute: Any, computing: Any, definitions: Any) -> None:
        computing(
            "organizations_certified",
            Measure(2, 3, completeness=Completeness(3, 3), parts=(Part(definitions.alpha.pk, 1, 1),)),
        )
        figure = compute()["organizations_certified-2017-NET-v1"]
        assert (figure.said, figure.of) == ("2", "3")

    def test_public_figures_are_said_with_their_qualifier(self, compute: Any) -> None:
        figures = compute(
            row("CLCC patients included in a trial", 15, qualifier="more than", unit="%"),
            row("Patients included in promoted trials", 5000, scope="rd", qualifier="about"),
        )
        share, included = (
            figures["patients_in_trials_release-2017-NET-v1"],
            figures["central_inclusions-2017-NET-v1"],
        )
        with override("en"):
            assert (share.said, included.said) == ("more than 15%", "about 5,000")


class TestCharter:
    @pytest.fixture
    def seven(self, compute: Any, more_centres: Any) -> Figure:
        codes = ["ALP", "BET", *(one.code for one in more_centres)]
        rows = [row("patients_per_year", 1000 * n, scope=code) for n, code in enumerate(codes, start=1)]
        figure: Figure = compute(*rows)["patients_per_year-2017-NET-v1"]
        return figure

    def test_closed_by_default(self, seven: Figure, account: Any, definitions: Any) -> None:
        seen = queries.others_behind(seven, account("quality_manager", definitions.alpha))
        assert [one.organization.code for one in seen.own] == ["ALP"]
        assert (seen.named, seen.coded, seen.spread) == ((), (), None)

    def test_a_spread_names_nobody(self, seven: Figure, account: Any, definitions: Any, charter: Any) -> None:
        charter("quality_managers", "aggregated")
        seen = queries.others_behind(seven, account("quality_manager", definitions.alpha))
        assert seen.spread is not None
        assert (seen.spread.minimum, seen.spread.median, seen.spread.maximum) == (1000, 4000, 7000)
        assert not seen.named and not seen.coded

    def test_below_five_there_is_no_spread(
        self, compute: Any, account: Any, definitions: Any, charter: Any
    ) -> None:
        charter("quality_managers", "aggregated")
        figure = compute(row("patients_per_year", 1, scope="ALP"), row("patients_per_year", 2, scope="BET"))[
            "patients_per_year-2017-NET-v1"
        ]
        assert queries.others_behind(figure, account("quality_manager", definitions.alpha)).spread is None

    def test_named_by_decision(self, seven: Figure, account: Any, definitions: Any, charter: Any) -> None:
        charter("steering", "named")
        seen = queries.others_behind(seven, account("network_coordinator"))
        assert len(seen.named) == 7

    def test_the_querysets_hide_the_others(self, seven: Figure, account: Any, definitions: Any) -> None:
        visible = Figure.objects.visible_to(account("quality_manager", definitions.beta))
        assert set(visible.exclude(organization=None).values_list("organization__code", flat=True)) == {"BET"}


def test_records_lead_to_their_list(compute: Any, account: Any) -> None:
    figure = compute()["centres-2017-NET-v1"]
    behind = queries.provenance(figure, account("network_coordinator"))
    assert behind.records and behind.records[0].url.startswith("/")
