"""Give each cell of a table the heading of its column: on a telephone rows stand as cards (WCAG 2.2, 1.4.10)."""

import html
import re

from django.utils.safestring import SafeString, mark_safe

HEAD = re.compile(r"<thead>(.*?)</thead>", re.S)
COLUMN = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.S)
TAG = re.compile(r"<[^>]*>")
HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>', re.S)
SPAN = re.compile(r'\bcolspan="(\d+)"')
NOTHING = frozenset({"", "–"})


def _headings(head: str) -> list[str] | None:
    """Return the heading over each column, "" where it is hidden; None when they stand in several lines."""
    if head.count("<tr") != 1:
        return None
    found: list[str] = []
    for attributes, text in COLUMN.findall(head):
        span = SPAN.search(attributes)
        said = html.unescape(TAG.sub("", HIDDEN.sub("", text)).strip())
        found += [html.escape(said)] * (int(span[1]) if span else 1)
    return found


def _row(row: str, marks: list[str]) -> str:
    """Return what stands between two beginnings of rows, each cell with the mark of its column."""
    first, *cells = row.split("<td")
    drawn, at = [first], first.count("<th")
    for cell in cells:
        attributes, _, rest = cell.partition(">")
        if span := SPAN.search(attributes) if "colspan" in attributes else None:
            drawn.append(f"<td{cell}")
            at += int(span[1])
        else:
            empty = " data-empty" if rest.partition("</td>")[0].strip() in NOTHING else ""
            drawn.append(f"<td{attributes}{marks[at] if at < len(marks) else ''}{empty}>{rest}")
            at += 1
        at += rest.count("<th")
    return "".join(drawn)


def as_cards(table: str) -> SafeString:
    """Return the table, trusted markup of a template, with the name of its column on each cell.

    A cell that holds nothing, or a dash, is marked as empty; a table without one line of headings stays as it is.
    """
    head = HEAD.search(table)
    headings = _headings(head[1]) if head else None
    if head is None or headings is None:
        return mark_safe(table)  # noqa: S308
    marks = [f' data-label="{label}"' if label else "" for label in headings]
    before = table[: head.end()].replace("<table", "<table data-cards", 1)
    body = "<tr".join(_row(row, marks) for row in table[head.end() :].split("<tr"))
    return mark_safe(before + body)  # noqa: S308
