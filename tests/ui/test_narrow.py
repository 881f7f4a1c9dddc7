"""What a telephone asks of every page: rows as cards, folded filters, one reason said once."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.template import Context, Template
from django.test import RequestFactory

from diapason.ui.listing import Filter, Listing
from diapason.ui.refusals import gathered

STYLE = Path(__file__).parents[2] / "diapason" / "ui" / "static" / "ui" / "components.css"
TABLE = """{% load ui %}{% cards %}<table aria-label="Studies">
<thead><tr><th scope="col">Study</th><th scope="col">Where &amp; when</th><th scope="col" class="n">Sites</th>
<th scope="col"><span class="visually-hidden">What may be done</span></th></tr></thead>
<tbody>{% for name in names %}<tr><th scope="row">{{ name }}</th><td class="n">Brest</td><td> – </td><td>now</td></tr>
{% endfor %}<tr><td colspan="2">Together</td><td>7</td><td></td></tr></tbody></table>{% endcards %}"""


def drawn(text: str, **context: Any) -> str:
    return Template(text).render(Context(context))


def test_each_cell_carries_the_heading_of_its_column() -> None:
    table = drawn(TABLE, names=["ALIZÉ-13 <b>", "CADENCE"])
    assert table.count("<table data-cards ") == 1
    assert table.count('<td class="n" data-label="Where &amp; when">Brest</td>') == 2
    assert table.count('<th scope="row">ALIZÉ-13 &lt;b&gt;</th>') == 1
    assert "What may be done" not in table.partition("</thead>")[2]


def test_a_cell_without_a_value_is_marked_so_that_it_takes_no_room() -> None:
    table = drawn(TABLE, names=["CADENCE"])
    assert '<td data-label="Sites" data-empty> – </td>' in table
    assert "<td data-empty></td></tr></tbody>" in table


def test_a_cell_over_two_columns_keeps_the_next_one_in_its_place() -> None:
    assert '<td colspan="2">Together</td><td data-label="Sites">7</td>' in drawn(TABLE, names=[])


@pytest.mark.parametrize(
    "head",
    ["", '<thead><tr><th scope="col">One</th></tr><tr><th scope="col">Two</th></tr></thead>'],
    ids=["no headings", "two lines of headings"],
)
def test_a_table_without_one_line_of_headings_stays_as_it_is(head: str) -> None:
    table = f'<table aria-label="x">{head}<tbody><tr><td>a</td></tr></tbody></table>'
    assert drawn("{% load ui %}{% cards %}" + table + "{% endcards %}") == table


def test_nothing_of_a_table_is_lost_in_its_cards() -> None:
    plain = drawn(TABLE.replace("{% cards %}", "").replace("{% endcards %}", ""), names=["A", "B"])
    assert re.sub(r' data-(cards|empty|label="[^"]*")', "", drawn(TABLE, names=["A", "B"])) == plain


def listed(query: str = "") -> Listing:
    which = Filter("app", "Which application", "app_label", [("app0", "Zero"), ("app1", "One")])
    name = Filter("name", "Part of the name", "model__contains")
    request = RequestFactory().get(f"/list/{query}")
    return Listing(request, ContentType.objects.none(), order=("app_label",), filters=[which, name])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "said"),
    [("", "Filtres"), ("?app=app1", "Filtres (1 actif)"), ("?app=app1&name=x", "(2 actifs)")],
)
def test_folded_filters_say_how_many_are_in_use(query: str, said: str) -> None:
    page = drawn("{% load ui %}{% filters listing %}", listing=listed(query))
    fold, _, rest = page.partition("</details>")
    assert said in re.sub(r"<[^>]*>|\s+", " ", fold).replace("  ", " ")
    assert rest.lstrip().startswith('<form class="filters" method="get"')
    assert page.count('<a class="chip"') == len(listed(query).chips) + (len(listed(query).chips) > 1)


def test_filters_are_folded_on_narrow_windows_only() -> None:
    css = STYLE.read_text(encoding="utf-8")
    folding = ".fold:not([open]) + .filters { display: none; }"
    assert css.count(folding) == 1
    assert css.count(".filters { display: none") == 1
    before = css.partition(folding)[0]
    media = before.rindex("@media screen and (max-width: 640px)")
    assert before.count("{", media) > before.count("}", media)


REFUSED = (
    '<div class="act"><button type="button" class="btn-no" aria-disabled="true">{}</button>'
    '<div class="why">{}</div></div>'
)


def test_acts_refused_for_one_reason_stand_together_over_it() -> None:
    acts = '<div class="act"><a class="btn-next" href="/a/">Go</a></div>'
    acts += REFUSED.format("Renew", "Only Perpignan.") + REFUSED.format("Date", "Dated already.")
    acts += REFUSED.format("Correct", "Only Perpignan.")
    together = gathered(acts)
    assert together.count("Only Perpignan.") == together.count("Dated already.") == 1
    assert [re.sub(r"<[^>]*>", "", found) for found in re.findall(r"<(?:a|button).*?</", together)] == [
        "Go</",
        "Renew</",
        "Correct</",
        "Date</",
    ]
    assert together.count('aria-disabled="true"') == 3


def test_different_reasons_stay_with_their_acts() -> None:
    acts = REFUSED.format("Renew", "Only Perpignan.") + REFUSED.format("Date", "Dated already.")
    assert gathered(acts) == acts
