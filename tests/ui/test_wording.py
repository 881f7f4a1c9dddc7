"""Numbers, dates, verdicts and states in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Verdict
from diapason.ui import wording
from diapason.ui.languages import in_language


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (5000, "5\u202f000", "5,000"),
        (0, "0", "0"),
        (-12, "−12", "−12"),
        (Decimal("15.80"), "15,8", "15.8"),
        (1234567.5, "1\u202f234\u202f567,5", "1,234,567.5"),
        (None, "–", "–"),
    ],
)
def test_numbers(value: Any, french: str, english: str) -> None:
    with translation.override("fr"):
        assert wording.figure(value) == french
    with translation.override("en"):
        assert wording.figure(value) == english


def test_shares() -> None:
    with translation.override("fr"):
        assert wording.share(Decimal("0.158")) == "15,8\u00a0%"
        assert wording.share(0.5) == "50\u00a0%"
    with translation.override("en"):
        assert wording.share(0.158) == "15.8%"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (PartialDate.day(date(2018, 10, 1)), "1er octobre 2018", "1 October 2018"),
        (PartialDate.month(2018, 4), "avril 2018", "April 2018"),
        (PartialDate.year(2017), "2017", "2017"),
        (PartialDate.by(date(2018, 4, 30)), "au plus tard le 30 avril 2018", "by 30 April 2018"),
        (PartialDate(None, None), "non connu", "not known"),
    ],
)
def test_partial_dates_never_pretend(value: PartialDate, french: str, english: str) -> None:
    with translation.override("fr"):
        assert wording.partial_date(value) == french
    with translation.override("en"):
        assert wording.partial_date(value) == english


def test_moments_are_shown_in_the_zone_of_the_reader() -> None:
    with translation.override("fr"):
        assert wording.moment(datetime(2026, 11, 3, 9, 12, tzinfo=UTC)) == "3 novembre 2026, 10:12"


def test_a_reason_without_its_parameter_is_still_readable() -> None:
    assert wording.reason_text(Verdict.no("Only %(who)s may.")) == "Only %(who)s may."
    assert wording.sentence("%(n)s of %(m)s", {"n": 3}) == "%(n)s of %(m)s"


def test_in_language_falls_back_to_the_other() -> None:
    with translation.override("en"):
        assert in_language("oui", "yes") == "yes"
        assert in_language("oui", "") == "oui"


def drawn(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_refused_act_is_greyed_with_its_reason_and_cannot_be_posted() -> None:
    text = drawn('{% act_button v "/x/" "Close" %}', v=Verdict.no("Not yet."))
    assert "aria-disabled" in text
    assert "Not yet." in text
    assert "<form" not in text


def test_an_allowed_act_posts_with_version_and_values() -> None:
    text = drawn('{% act_button v "/x/" "Close" version=1234 code="A" %}', v=Verdict.yes(), csrf_token="t")
    assert 'name="version" value="1234"' in text
    assert 'name="code" value="A"' in text
    assert 'name="csrfmiddlewaretoken" value="t"' in text


def test_labels_are_escaped() -> None:
    text = drawn('{% state "ok" label %}{{ s|record_link }}', label="<b>", s="unknown:<i>")
    assert "&lt;b&gt;" in text
    assert "&lt;i&gt;" in text


def test_states_have_a_shape_and_a_word() -> None:
    text = drawn('{% state "bad" "Menacé" %}{% state "nonsense" "?" %}')
    assert text.count("<svg") == 2
    assert 'class="state unk"' in text
