"""Definitions, their errors, and figures made of their parts."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from diapason.context.indicators.rules.computation import Completeness, Measure, computes
from diapason.context.indicators.rules.declarations import BadDeclaration, claim_from, indicator_from
from diapason.context.indicators.rules.figures import (
    Given,
    figure_key,
    fingerprint,
    interval_of,
    put_together,
    qualifier_from,
    status_of,
    value_of,
)
from diapason.context.indicators.rules.reading import read_catalogue
from diapason.kernel.dates import Period

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "indicators"


def document(source: str = "patients_in_trials_oeci", /, **changes: Any) -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((FOLDER / f"{source}.yaml").read_text(encoding="utf-8"))
    held.update(changes)
    return {key: value for key, value in held.items() if value is not ...}


class TestCatalogue:
    def test_the_shipped_catalogue_has_no_error(self) -> None:
        assert [str(error) for error in read_catalogue(FOLDER).errors] == []

    def test_every_figure_of_the_release_is_there(self) -> None:
        codes = {one.code for one in read_catalogue(FOLDER).indicators}
        assert codes >= {
            "centres",
            "hospital_sites",
            "patients_per_year",
            "studies_sponsored_active",
            "studies_of_others_active",
            "patients_in_trials_release",
            "patients_in_trials_oeci",
            "patients_in_trials_inca",
            "phrc_share",
            "central_studies_active",
            "central_studies_recruiting",
            "central_inclusions",
            "central_recruiting_centres",
            "central_recruiting_centres_abroad",
            "cohort_patients",
            "organizations_certified",
            "network_certified_since",
        }

    def test_ranks_are_claims_and_not_indicators(self) -> None:
        assert {one.code for one in read_catalogue(FOLDER).claims} == {
            "largest_academic_sponsor",
            "share_of_publications",
        }

    def test_three_readings_of_one_question_stay_three(self) -> None:
        family = [one for one in read_catalogue(FOLDER).indicators if one.family == "patients_in_trials"]
        assert len(family) == 3
        assert len({one.denominator.en for one in family}) == 3

    def test_broken_files_are_all_reported_and_the_rest_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "centres.yaml").write_text((FOLDER / "centres.yaml").read_text())
        (tmp_path / "torn.yaml").write_text("code: [")
        (tmp_path / "empty.yaml").write_text("")
        (tmp_path / "latin.yaml").write_bytes("nom: é".encode("latin-1"))
        catalogue = read_catalogue(tmp_path)
        assert [one.code for one in catalogue.indicators] == ["centres"]
        assert [error.file for error in catalogue.errors] == ["empty.yaml", "latin.yaml", "torn.yaml"]

    def test_words_of_a_source_point_to_one_indicator(self, tmp_path: Path) -> None:
        for code in ("centres", "hospital_sites"):
            held = document(code, published_as=[{"scope": "network", "text": "CLCC"}])
            (tmp_path / f"{code}.yaml").write_text(yaml.safe_dump(held, allow_unicode=True))
        assert [(error.file, error.field) for error in read_catalogue(tmp_path).errors] == [
            ("hospital_sites.yaml", "published_as")
        ]


class TestDeclaration:
    def parse(self, **changes: Any) -> Any:
        return indicator_from(document(**changes), "patients_in_trials_oeci.yaml")

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"why": ...}, "why"),
            ({"name": {"fr": "Part"}}, "name.en"),
            ({"name": {"fr": "Part", "en": "Share", "de": "Teil"}}, "name"),
            ({"code": "other"}, "code"),
            ({"code": "Étude"}, "code"),
            ({"version": 0}, "version"),
            ({"version": True}, "version"),
            ({"version": "1"}, "version"),
            ({"kind": "rank"}, "kind"),
            ({"denominator": ...}, "denominator"),
            ({"kind": "count"}, "denominator"),
            ({"declared": False}, "computed_by"),
            ({"computed_by": "something"}, "computed_by"),
            ({"sentence": {"fr": "rien", "en": "{value}"}}, "sentence.fr"),
            ({"sentence": {"fr": "{value} {nom}", "en": "{value}"}}, "sentence.fr"),
            ({"small_numbers": {"below": 30}}, "small_numbers"),
            ({"published_as": ["CLCC"]}, "published_as[0]"),
            ({"checked_on": date(2026, 1, 1)}, "checked_on"),
            ({"numerateur": "x"}, "numerateur"),
            ({"period": "week"}, "period"),
        ],
    )
    def test_an_error_names_its_file_and_field(self, changes: dict[str, Any], field: str) -> None:
        with pytest.raises(BadDeclaration) as caught:
            self.parse(**changes)
        assert (caught.value.file, caught.value.field) == ("patients_in_trials_oeci.yaml", field)

    def test_a_list_is_no_declaration(self) -> None:
        with pytest.raises(BadDeclaration, match=r"x\.yaml"):
            indicator_from([], "x.yaml")

    @given(
        st.recursive(
            st.none() | st.booleans() | st.text(),
            lambda inner: (
                st.lists(inner)
                | st.dictionaries(st.sampled_from(["code", "version", "name", "kind"]) | st.text(), inner)
            ),
        )
    )
    def test_whatever_the_file_holds_the_answer_is_an_error_with_a_field(self, held: Any) -> None:
        with pytest.raises(BadDeclaration):
            indicator_from(held, "x.yaml")
        with pytest.raises(BadDeclaration):
            claim_from(held, "x.yaml")


class TestValue:
    def test_a_ratio_is_in_per_cent(self) -> None:
        assert value_of("ratio", 79, 500) == Decimal("15.8")

    def test_a_count_beside_its_total_stays_a_count(self) -> None:
        assert value_of("ratio_of_counts", 44, 86) == 44

    def test_nothing_over_nothing_is_not_zero(self) -> None:
        assert value_of("ratio", 0, 0) is None
        assert value_of("count", None, None) is None

    def test_no_records_is_not_known_and_not_failed(self) -> None:
        assert status_of(Measure()) == "not_known"
        assert status_of(Measure(numerator=0, completeness=Completeness(18, 18))) == "computed"
        assert status_of(Measure(numerator=5, completeness=Completeness(18, 17, ("ALP",)))) == "incomplete"


class TestPutTogether:
    def test_a_missing_organization_makes_the_sum_incomplete(self) -> None:
        total = put_together("count", [Given("A", Decimal(10)), Given("B", Decimal(5))], ["A", "B", "C"])
        assert (total.status, total.value) == ("incomplete", 15)
        assert total.completeness == Completeness(3, 2, ("C",))

    def test_a_ratio_adds_numerators_and_denominators(self) -> None:
        given_values = [
            Given("A", numerator=Decimal(10), denominator=Decimal(100)),
            Given("B", numerator=Decimal(90), denominator=Decimal(300)),
        ]
        total = put_together("ratio", given_values, ["A", "B"])
        assert (total.status, total.value, total.numerator, total.denominator) == ("declared", 25, 100, 400)

    def test_a_bare_percentage_cannot_be_added(self) -> None:
        total = put_together("ratio", [Given("A", Decimal(24))], ["A"])
        assert total.status == "not_known" and total.completeness.missing == ("A",)

    def test_nobody_answered(self) -> None:
        assert put_together("count", [], ["A"]).status == "not_known"

    def test_one_rough_value_makes_the_sum_rough(self) -> None:
        given_values = [Given("A", Decimal(1), qualifier="about"), Given("B", Decimal(1))]
        assert put_together("count", given_values, ["A", "B"]).qualifier == "about"

    @given(st.dictionaries(st.sampled_from("ABCDEF"), st.integers(0, 10**6), min_size=1))
    def test_order_does_not_matter(self, values: dict[str, int]) -> None:
        rows = [Given(code, Decimal(value)) for code, value in values.items()]
        assert put_together("count", rows, "ABCDEF") == put_together("count", rows[::-1], "FEDCBA")
        assert put_together("count", rows, "ABCDEF").value == sum(values.values())


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [
        ("", "exact"),
        ("exact", "exact"),
        ("about (a third)", "about"),
        ("more than", "more_than"),
        ("computed", "exact"),
    ],
)
def test_the_words_of_a_source_say_how_exact_it_is(words: str, qualifier: str) -> None:
    assert qualifier_from(words) == qualifier


class TestFingerprint:
    def test_zeros_after_the_point_do_not_change_it(self) -> None:
        assert fingerprint("x", Decimal("15.80")) == fingerprint("x", Decimal("15.8000"))

    def test_another_value_does(self) -> None:
        assert fingerprint("x", Decimal("15.8")) != fingerprint("x", Decimal("15.9"))
        assert fingerprint("x", None) != fingerprint("x", "")

    def test_keys_are_readable(self) -> None:
        assert figure_key("centres", 2017, "", 1) == "centres-2017-NET-v1"


class TestSmallNumbers:
    def test_few_cases_show_their_interval(self) -> None:
        interval = interval_of("ratio", Decimal(3), Decimal(20), 30)
        assert interval is not None and round(interval.low, 3) == 0.052

    def test_many_cases_or_a_count_do_not(self) -> None:
        assert interval_of("ratio", Decimal(300), Decimal(2000), 30) is None
        assert interval_of("count", Decimal(3), None, 30) is None


def test_two_functions_cannot_compute_one_name() -> None:
    @computes("only_in_this_test")
    def first(period: Period) -> Measure:
        return Measure()

    with pytest.raises(ValueError, match="already computed"):

        @computes("only_in_this_test")
        def second(period: Period) -> Measure:
            return Measure()
