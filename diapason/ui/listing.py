"""Show a list of records page by page, at a cost that does not grow with their number."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import FileResponse, HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from diapason.ui.exports import ROWS_AT_ONCE, Column, Prepare, csv_file
from diapason.ui.pieces import filled, put_together
from diapason.ui.together import FirstOf, HowMany, ask_together

COUNT_CAP = 200


@dataclass(frozen=True)
class Filter:
    """Hold one filter: its query parameter, its label (message id), how it narrows and what may be chosen.

    Without `choices` it is a text field. `choices` holds (value, translated label) pairs. `apply` replaces `lookup`.
    """

    name: str
    label: str
    lookup: str = ""
    choices: Sequence[tuple[str, str]] = ()
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]] | None = None

    def narrow(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Return the rows that match `value`."""
        return self.apply(queryset, value) if self.apply else queryset.filter(**{self.lookup: value})


@dataclass(frozen=True)
class Shown:
    """Hold a filter with its present value."""

    filter: Filter
    value: str
    clear_url: str

    @property
    def label(self) -> str:
        """Return what the filter is called."""
        return gettext(self.filter.label)

    @property
    def value_label(self) -> str:
        """Return the chosen value in words."""
        return str(dict(self.filter.choices).get(self.value, self.value))

    @property
    def options(self) -> SafeString:
        """Return the choices as options, the present one selected."""
        return _options(tuple((str(value), str(label)) for value, label in self.filter.choices), self.value)

    @property
    def drawn(self) -> SafeString:
        """Return the field with its label."""
        name = self.filter.name
        if self.filter.choices:
            return filled(FIELD, name, self.label, filled(CHOICES, name, name, gettext("All"), self.options))
        return filled(FIELD, name, self.label, filled(TEXT, name, name, self.value))


FIELD = '<div class="filter"><label for="filter-{}">{}</label>{}</div>'
CHOICES = '<select id="filter-{}" name="{}"><option value="">{}</option>{}</select>'
TEXT = '<input type="search" id="filter-{}" name="{}" value="{}">'


@lru_cache(maxsize=512)
def _options(choices: tuple[tuple[str, str], ...], present: str) -> SafeString:
    """Return choices as options; they say nothing else, so that one drawing serves every page alike."""
    chosen = mark_safe(" selected")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        [(value, chosen if value == present else "", label) for value, label in choices],
    )


class Listing:
    """Hold one page of a queryset in `order` (field names, "-" for descending; never null; the key is added).

    With `columns` the whole list, filtered as on the page, can be had as a table at the page's own address with
    `?export=csv`; `prepare` turns a batch of rows into what the columns read. `draw` draws one row as <tr>: where a
    template loops over fifty rows, most of the page's time goes into finding out what each name in it means.
    `ways` are conditions of which a row meets one at least: each has an index in `order`, which their OR has not, so
    that the first rows of each are found and put together.
    """

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        order: Sequence[str] = ("sort_key",),
        filters: Sequence[Filter] = (),
        size: int = 50,
        cap: int = 0,
        columns: Sequence[Column] = (),
        prepare: Prepare | None = None,
        draw: Callable[[Any], SafeString] | None = None,
        ways: Sequence[Q] = (),
    ) -> None:
        self.request = request
        self.columns = columns
        self.prepare = prepare
        self.draw = draw
        self.size = size
        self.cap = cap or COUNT_CAP
        self.order = (*order, *(() if {"pk", "-pk", "id", "-id"} & set(order) else ("pk",)))
        self.filters = [self._shown(each) for each in filters]
        for each in self.filters:
            if each.value:
                queryset = each.filter.narrow(queryset, each.value)
        self.ways = ways
        self.open = queryset
        self.queryset = queryset.filter(reduce(or_, ways)) if ways else queryset

    def _shown(self, each: Filter) -> Shown:
        value = self.request.GET.get(each.name, "").strip()
        if each.choices and value not in {str(key) for key, _ in each.choices}:
            value = ""
        return Shown(each, value, self._url(without=each.name) if value else "")

    @property
    def chips(self) -> list[Shown]:
        """Return the filters that narrow the list now."""
        return [each for each in self.filters if each.value]

    @property
    def address(self) -> str:
        """Return the address of the list as it is narrowed now, from its first row."""
        used = {each.filter.name: each.value for each in self.chips}
        return f"{self.request.path}?{urlencode(used)}" if used else self.request.path

    @cached_property
    def kept_views(self) -> list[tuple[str, str]]:
        """Return the views of this list that the reader keeps, as (name, address)."""
        views_of = getattr(getattr(self.request, "user", None), "views_of", None)
        return views_of(self.request.path) if views_of else []

    @property
    def kept_as(self) -> str:
        """Return the name under which the reader keeps the list as it is narrowed now, "" for none."""
        return next((name for name, url in self.kept_views if url == self.address), "")

    @property
    def total(self) -> int:
        """Return how many rows match, counted up to `cap` + 1."""
        return self._page[3]

    @property
    def total_is_capped(self) -> bool:
        """Tell whether there are more rows than we count."""
        return self.total > self.cap

    @cached_property
    def _page(self) -> tuple[list[Any], bool, bool, int]:
        """Return (rows, is there a previous page, is there a next one, how many rows match), by one statement."""
        after, before = _read(self.request.GET.get("after", "")), _read(self.request.GET.get("before", ""))
        backwards = before is not None
        order = [_turned(name) for name in self.order] if backwards else list(self.order)
        key = before if backwards else after
        if key is None or len(key) != len(order):
            first = self._first(order, max(self.cap, self.size) + 1)
            [(found, total)] = ask_together(FirstOf(first, self.size + 1))
        else:
            counted = HowMany(self.queryset.order_by()[: self.cap + 1])
            found, total = ask_together(self._first(order, self.size + 1, _beyond(order, key)), counted)
        more, found = len(found) > self.size, found[: self.size]
        if backwards:
            return found[::-1], more, True, total
        return found, after is not None, more, total

    def _first(self, order: Sequence[str], most: int, beyond: Q | None = None) -> QuerySet[Any]:
        """Return the first rows in that order, beyond a position if one is given."""
        if len(self.ways) < 2:
            rows = self.queryset.order_by(*order)
            return (rows.filter(beyond) if beyond else rows)[:most]
        rows = self.open.order_by(*order)
        rows = rows.filter(beyond) if beyond else rows
        parts = (Q(pk__in=rows.filter(way).values("pk")[:most]) for way in self.ways)
        return self.open.filter(reduce(or_, parts)).order_by(*order)[:most]

    @property
    def rows(self) -> list[Any]:
        """Return the rows of this page."""
        return self._page[0]

    @property
    def drawn(self) -> SafeString:
        """Return the rows of this page as <tr>, "" when no way to draw them is declared."""
        draw = self.draw
        return put_together(draw(row) for row in self.rows) if draw else mark_safe("")

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return True

    @property
    def previous_url(self) -> str:
        """Return the address of the page before, "" on the first."""
        return self._url(before=_write(self._key(self.rows[0]))) if self.rows and self._page[1] else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page after, "" on the last."""
        return self._url(after=_write(self._key(self.rows[-1]))) if self.rows and self._page[2] else ""

    @property
    def export_url(self) -> str:
        """Return the address of the whole list as a table, "" when no columns are declared."""
        return self._url(export="csv") if self.columns else ""

    def exported(self, name: str) -> FileResponse:
        """Answer with every row that the filters keep, as a table."""
        rows = self.queryset.order_by(*self.order).iterator(chunk_size=ROWS_AT_ONCE)
        return csv_file(rows, self.columns, name, self.prepare)

    @property
    def clear_url(self) -> str:
        """Return the address of the list without any filter."""
        return self.request.path

    def _key(self, row: Model) -> list[Any]:
        return [_value(row, name.lstrip("-")) for name in self.order]

    def _url(self, without: str = "", **position: str) -> str:
        left_out = {"after", "before", "export", without, *position}
        given = ((name, values) for name, values in self.request.GET.lists() if name not in left_out)
        text = urlencode([*given, *position.items()], doseq=True)
        return f"{self.request.path}?{text}" if text else self.request.path


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = row[name] if isinstance(row, dict) else getattr(row, name)
    return row.isoformat() if isinstance(row, date | datetime) else row


def _turned(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Return the condition "strictly after `key` in `order`"; its first part lets the database use an index."""
    condition, equal = Q(), Q()
    for name, value in zip(order, key, strict=True):
        field, way = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{way}": value})
        equal &= Q(**{field: value})
    first = order[0].lstrip("-")
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": key[0]}) & condition


def _write(key: list[Any]) -> str:
    text = json.dumps(key, ensure_ascii=False, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(text: str) -> list[Any] | None:
    """Return the key of a position, None when there is none or it was tampered with."""
    try:
        key = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))) if text else None
    except (ValueError, binascii.Error):
        return None
    plain = isinstance(key, list) and all(isinstance(part, str | int | float) for part in key)
    return key if plain else None
