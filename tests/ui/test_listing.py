"""Lists: keyset pages in both directions, filters as chips, capped counts, tampered positions."""

from functools import reduce
from operator import or_
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.test import RequestFactory

from diapason.ui import listing
from diapason.ui.listing import Filter, Listing

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def rows() -> None:
    ContentType.objects.bulk_create(
        ContentType(app_label=f"app{number % 3}", model=f"model{number:02}") for number in range(25)
    )


def listed(query: str = "", order: tuple[str, ...] = ("app_label",), **more: Any) -> Listing:
    found = ContentType.objects.filter(app_label__startswith="app")
    return Listing(RequestFactory().get(f"/list/{query}"), found, order=order, size=10, **more)


@pytest.mark.parametrize("order", [("app_label",), ("-app_label", "model"), ("model",), ("-model",)])
def test_walking_forward_and_back_meets_every_row_once(order: tuple[str, ...]) -> None:
    seen, page, pages = [], listed(order=order), []
    while True:
        seen += [row.pk for row in page]
        pages.append([row.pk for row in page])
        if not page.next_url:
            break
        page = listed(page.next_url.removeprefix("/list/"), order)
    assert len(seen) == len(set(seen)) == 25
    assert len(pages) == 3
    back = listed(page.previous_url.removeprefix("/list/"), order)
    assert [row.pk for row in back] == pages[1]
    first = listed(back.previous_url.removeprefix("/list/"), order)
    assert [row.pk for row in first] == pages[0]
    assert first.previous_url == ""


def walked(query: str, order: tuple[str, ...], **more: Any) -> tuple[list[str], list[int]]:
    """Return the names of all rows, page by page, and what each page says of their number."""
    seen, totals, page = [], [], listed(query, order, **more)
    while True:
        seen += [row.model for row in page]
        totals.append(page.total)
        if not page.next_url:
            return seen, totals
        page = listed(page.next_url.removeprefix("/list/"), order, **more)


@pytest.mark.parametrize("order", [("app_label",), ("-app_label", "model"), ("-model",)])
@pytest.mark.parametrize("query", ["", "?name=1"])
@pytest.mark.parametrize("cap", [7, 200])
def test_rows_reached_by_several_ways_are_those_of_either(
    order: tuple[str, ...], query: str, cap: int
) -> None:
    ways = [Q(app_label="app0"), Q(model__lt="model08"), Q(model="none")]
    more: dict[str, Any] = {"filters": [Filter("name", "Part of the name", "model__contains")], "cap": cap}
    apart = walked(query, order, ways=ways, **more)
    assert apart == walked(query, order, ways=[reduce(or_, ways)], **more)
    assert len(apart[0]) == len(set(apart[0])) >= 5
    exported = listed(query, order, ways=ways, **more).queryset.order_by(*order)
    assert sorted(row.model for row in exported) == sorted(apart[0])


def test_filters_narrow_and_can_be_removed() -> None:
    which = Filter("app", "Which application", "app_label", [("app0", "Zero"), ("app1", "One")])
    name = Filter("name", "Part of the name", "model__contains")
    page = listed("?app=app1&name=model1", filters=[which, name])
    assert {row.app_label for row in page} == {"app1"}
    assert [(chip.label, chip.value_label) for chip in page.chips] == [
        ("Which application", "One"),
        ("Part of the name", "model1"),
    ]
    assert page.chips[0].clear_url == "/list/?name=model1"


def test_a_choice_that_does_not_exist_is_ignored() -> None:
    which = Filter("app", "Which application", "app_label", [("app0", "Zero")])
    assert listed("?app=elsewhere", filters=[which]).total == 25


@pytest.mark.parametrize(
    "position", ["?after=x", "?after=bnVsbA", "?before=W251bGxd", "?after=W3siYSI6MX1d", "?after=WzFd"]
)
def test_a_tampered_position_shows_the_first_page(position: str) -> None:
    assert len(listed(position).rows) == 10


def test_counting_stops_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNT_CAP", 20)
    assert listed().total == 21
    assert listed().total_is_capped


def test_a_page_costs_one_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        page = listed()
        list(page)
        _ = page.total, page.next_url, page.previous_url
