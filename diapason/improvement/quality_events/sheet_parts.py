"""Lay the sheet of one event out as a workbook: the same document as on paper, a sheet for each of its parts."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from diapason.ui.spreadsheets.workbooks import Part

Document = Mapping[str, Any]


def parts_of(paper: Document) -> list[Part]:
    """Return the parts of a document made by `sheets.sheet_of`, in its order."""
    titles = paper["titles"]
    facts = [_("What"), _("Value"), _("Note")]
    rows = [(_("Number"), paper["number"], paper["url"]), (_("Title"), paper["title"], ""),
            (_("State"), paper["state"], paper["about"]), (_("Clauses"), ", ".join(paper["clauses"]), ""),
            (titles["facts"], paper["description"], "")]  # fmt: skip
    return [
        Part(titles["facts"], facts, [row for row in rows if row[1]] + facts_of(paper["facts"])),
        Part(titles["sorting"], facts, facts_of(paper["sorting"])),
        Part(titles["duties"], titles["duty_columns"], cells(paper["duties"], "name", "due", "source", "state")),
        Part(titles["causes"], [_("Line"), _("Cause"), _("In the shared words"), titles["root"]],
             list(branches(paper["causes"]))),
        Part(_("Analysis"), facts, [(paper["method"], paper["analysis"], "")] if paper["analysis"] else []),
        Part(titles["actions"], [*titles["action_columns"], _("Kind")],
             cells(paper["actions"], "number", "title", "owner", "due", "criterion", "state", "kind")),
        Part(titles["files"], titles["file_columns"],
             cells(paper["files"], "name", "belongs_to", "handed_in", "who")),
        Part(titles["effectiveness"], [_("Action"), *facts], [
            (one["title"], *fact) for one in paper["effectiveness"]
            for fact in (*([(_("Figures"), one["sentence"], "")] if one["sentence"] else []), *facts_of(one["facts"]))
        ]),
        Part(titles["messages"], [_("From or to"), _("On"), _("Message")],
             cells(paper["messages"], "who", "on", "text")),
        Part(titles["story"], [_("When"), _("By"), _("What")],
             [(line["at"], line["by"], " · ".join(line["said"])) for line in paper["story"]]),
    ]  # fmt: skip


def facts_of(rows: Sequence[Document]) -> list[tuple[Any, ...]]:
    """Return facts as name, value and note."""
    return cells(rows, "name", "value", "note")


def cells(rows: Sequence[Document], *names: str) -> list[tuple[Any, ...]]:
    """Return these values of each row."""
    return [tuple(row[name] for name in names) for row in rows]


def branches(found: Sequence[Document], before: str = "") -> Iterator[tuple[str, str, str, str]]:
    """Give each cause after what it explains: "2.1" explains "2"; roots are marked."""
    for place, one in enumerate(found, start=1):
        number = f"{before}{place}"
        yield number, one["text"], one["note"], "✓" if one["root"] else ""
        yield from branches(one["reasons"], f"{number}.")
