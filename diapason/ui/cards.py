"""Give each cell of a table the heading of its column: on a telephone rows stand as cards (WCAG 2.2, 1.4.10)."""

import html
import re

from django.utils.safestring import SafeString, mark_safe

HEAD = re.compile(r"<thead>(.*?)</thead>", re.S)
COLUMN = re.compile(r"<th\b([^>]*)>(.*?)</th>", re.S)
TAG = re.compile(r"<[^>]*>")
HIDDEN = re.compile(r'<span class="visually-hidden">.*?</span>', re.S)
PIECE = re.compile(r"<tr\b|<(td|th)\b([^>]*)>(\s*–?\s*</t[dh]>)?")
SPAN = re.compile(r'\bcolspan="(\d+)"')


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


def as_cards(table: str) -> SafeString:
    """Return the table, trusted markup of a template, with the name of its column on each cell.

    A cell that holds nothing, or a dash, is marked as empty; a table without one line of headings stays as it is.
    """
    head = HEAD.search(table)
    headings = _headings(head[1]) if head else None
    if head is None or headings is None:
        return mark_safe(table)  # noqa: S308
    at = 0

    def named(match: re.Match[str]) -> str:
        nonlocal at
        cell, attributes, nothing = match.groups()
        if cell is None:
            at = 0
            return match[0]
        label = headings[at] if at < len(headings) else ""
        span = SPAN.search(attributes)
        at += int(span[1]) if span else 1
        if cell == "th" or span:
            return match[0]
        mark = f' data-label="{label}"' if label else ""
        return f"<td{attributes}{mark} data-empty>{nothing}" if nothing else f"<td{attributes}{mark}>"

    body = PIECE.sub(named, table[head.end() :])
    before = table[: head.end()].replace("<table", "<table data-cards", 1)
    return mark_safe(before + body)  # noqa: S308
