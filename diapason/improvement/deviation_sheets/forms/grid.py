"""Shape the grid: one small field a cell, without a form object each, since a month of 80 studies has a thousand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.deviation_sheets.acts.keeping import Entry
from diapason.improvement.deviation_sheets.models import category_name, rules
from diapason.improvement.deviation_sheets.queries.grids import Line
from diapason.improvement.deviation_sheets.rules.cells import BadCount, Cell, read_cell


@dataclass
class GridForm:
    """Hold a grid as it is shown or was sent: `data` None shows what is known.

    Each line carries what it was when it was shown, so that only what somebody changed is entered.
    """

    lines: Sequence[Line]
    data: QueryDict | None = None
    is_open: bool = True
    faults: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.categories = rules().grid
        self.names = {code: category_name(code) for code in self.categories}
        self.headings = [self.names[code].partition(" (")[0] for code in self.categories]
        """The names of the columns, what stands in brackets left out."""

    @property
    def rows(self) -> list[tuple[Line, SafeString]]:
        """Return each line with its cells."""
        return [(line, self._row(line)) for line in self.lines]

    def _row(self, line: Line) -> SafeString:
        named = zip(self.categories, self.headings, strict=True)
        if not self.is_open:
            cells = ((heading, _shown(line.cells.get(code))) for code, heading in named)
            return format_html_join("", '<td class="n" data-label="{}">{}</td>', cells)
        hidden = format_html(
            '<td class="n none" data-label="{}"><input type="hidden" name="was.{}" value="{}">',
            _("None"),
            line.name,
            self._was(line),
        )
        box = format_html(
            '<input type="checkbox" name="none.{}" aria-label="{}"{}></td>',
            line.name,
            _("%(line)s: no deviation") % {"line": line.full_name},
            SafeString(" checked") if self.data and self.data.get(f"none.{line.name}") else "",
        )
        fields = format_html_join(
            "",
            '<td data-label="{}"><input class="count{}"{} name="{}" id="{}" value="{}" inputmode="text" '
            'autocomplete="off" maxlength="9" enterkeyhint="next" aria-label="{}"></td>',
            (self._cell(line, code, heading) for code, heading in named),
        )
        return hidden + box + fields

    def _cell(self, line: Line, code: str, heading: str) -> tuple[str, ...]:
        name = f"{code}.{line.name}"
        known = line.cells.get(code)
        value = self.data.get(name, "") if self.data is not None else str(known) if known else ""
        wrong = (" wrong", SafeString(' aria-invalid="true"')) if name in self.faults else ("", "")
        return heading, *wrong, name, f"id_{name}", value, f"{line.full_name}, {self.names[code]}"

    def _was(self, line: Line) -> str:
        if self.data is not None:
            return str(self.data.get(f"was.{line.name}", ""))
        cells = ";".join(f"{code}={line.cells[code]}" for code in self.categories if code in line.cells)
        return f"{line.version}|{cells}"

    @property
    def left_out(self) -> str:
        """Say which lines were sent although they belong to no study of the house any more, "" when there are none."""
        names = sorted(set(names_sent(self.data) if self.data else ()) - {line.name for line in self.lines})
        if not names:
            return ""
        text = ngettext(
            "Not entered, no study of the organization any more: %(names)s.",
            "Not entered, no studies of the organization any more: %(names)s.",
            len(names),
        )
        return text % {"names": ", ".join(names)[:400]}

    def entries(self) -> list[Entry]:
        """Return the lines that somebody changed; `faults` then names each cell that holds no count."""
        found = []
        for line in self.lines:
            version, was = self._shown_then(line)
            now = self._typed(line)
            changed = {code: now[code] for code in now if now[code] != was.get(code)}
            if changed:
                found.append(Entry(line.study, line.month, changed, version=version))
        return [] if self.faults else found

    def _typed(self, line: Line) -> dict[str, Cell | None]:
        data: Any = self.data or {}
        cells: dict[str, Cell | None] = {}
        for code in self.categories:
            name = f"{code}.{line.name}"
            if name not in data:
                continue
            try:
                cells[code] = read_cell(data[name])
            except BadCount:
                words = {"line": line.full_name, "category": self.names[code], "value": data[name]}
                text = _("%(line)s, %(category)s: “%(value)s” is no count such as 5, or 5/1 for one major.")
                self.faults[name] = text % words
        if data.get(f"none.{line.name}"):
            cells = {code: cells.get(code) or Cell(0) for code in self.categories}
        return cells

    def _shown_then(self, line: Line) -> tuple[int, dict[str, Cell | None]]:
        data: Any = self.data or {}
        text = str(data.get(f"was.{line.name}", ""))
        version, _bar, rest = text.partition("|")
        cells: dict[str, Cell | None] = {}
        for part in rest.split(";"):
            code, _sign, written = part.partition("=")
            if code in self.names:
                try:
                    cells[code] = read_cell(written)
                except BadCount:
                    continue
        return int(version) if version.isdigit() else 0, cells


def names_sent(data: QueryDict) -> list[str]:
    """Return the names of the lines that a grid sends: one page of many, whatever filter it stood under."""
    return [name.removeprefix("was.") for name in data if name.startswith("was.")]


def _shown(cell: Cell | None) -> str:
    return str(cell) if cell else "–"
