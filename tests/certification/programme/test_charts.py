"""The timeline as a list by year, which a telephone shows instead of the picture."""

from datetime import date

from django.template import Context, Template
from django.utils.translation import override

from diapason.certification.certificates.queries.entries import Member
from diapason.certification.certificates.queries.history import Drop
from diapason.certification.certificates.rules.timeline import Step
from diapason.certification.programme.charts.layers import Mark
from diapason.certification.programme.charts.timeline import timeline_chart, years_of

STEPS = [Step(date(2014, 1, 1), 0, 0), Step(date(2014, 5, 6), 1, 1), Step(date(2017, 6, 1), 2, 3)]
TODAY = date(2019, 11, 23)


def test_each_year_says_how_many_and_calm_years_stand_together():
    with override("en"):
        lines = years_of(STEPS, [], [Mark(date(2015, 1, 15), "Start", "1 already")], TODAY, 3)
    assert [(line["year"], line["text"]) for line in lines] == [
        ("2014", "1 of 3"),
        ("2015", "1 of 3"),
        ("2016", "1 of 3"),
        ("2017–2019", "2 to 3 of 3"),
    ]
    assert lines[1]["notes"] == [{"text": "Start · 1 already"}]


def test_after_the_last_source_nothing_is_claimed():
    steps = [Step(date(2018, 1, 1), 3, 3), Step(date(2018, 10, 10), 0, 3)]
    with override("en"):
        lines = years_of(steps, [], [], TODAY, 3)
    assert [(line["year"], line["text"], line["done"]) for line in lines] == [
        ("2018", "3 of 3", 3),
        ("2019", "not known", 0),
    ]
    assert "no source says more" in lines[0]["notes"][0]["text"]


def test_who_drops_if_nothing_changes_is_named():
    fields = dict.fromkeys(Member.__dataclass_fields__, "") | {"name": "Perpignan"}
    drops = [
        Drop(TODAY, 2, ()),
        Drop(date(2020, 3, 12), 1, (Member(**fields),)),
        Drop(date(2021, 12, 31), 1, ()),
    ]
    with override("en"):
        last = years_of(STEPS, drops, [], TODAY, 3)[-1]
    assert (last["year"], last["text"], last["is_future"]) == ("2020", "1 of 3", True)
    assert "Perpignan" in last["notes"][0]["text"]


def test_picture_and_list_are_shown_one_at_a_time():
    chart = timeline_chart(STEPS, [], [], TODAY, 3)
    text = Template("{% load ui %}{% chart chart %}").render(Context({"chart": chart}))
    assert '<div class="on-phone"><ol class="years">' in text
    assert 'class="chart-picture on-wide' in text
