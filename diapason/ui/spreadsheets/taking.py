"""Take a table over in two steps, the preview and its confirmation; nothing is stored on the server between them."""

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Final

from django import forms
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from diapason.kernel.words import message
from diapason.ui.spreadsheets.columns import Column
from diapason.ui.spreadsheets.raw import MOST_UNPACKED, RawRow, Unusable, rows_of_file, rows_of_text
from diapason.ui.spreadsheets.reading import Check, GoodRow, Reading, read, shown
from diapason.ui.wording import sentence

CHANGED: Final = message("What was confirmed is not what was shown; please start again.")
SIGNER: Final = Signer(salt="diapason.ui.spreadsheets")
PREVIEWED: Final = 200


class TableForm(forms.Form):
    """Give a table: a file, or rows copied from a spreadsheet with their header."""

    file = forms.FileField(
        label=_("Spreadsheet"), required=False, help_text=_("XLSX, ODS or CSV, at most 5 MB and 5,000 rows.")
    )
    pasted = forms.CharField(
        label=_("or pasted rows"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Copy them in the spreadsheet, the row of headers included."),
    )

    def rows(self) -> list[RawRow]:
        """Return the rows given; Unusable with the reason."""
        if not self.is_valid():
            raise Unusable(message("This is no table that can be read."))
        given = self.cleaned_data["file"]
        return rows_of_file(given.read()) if given else rows_of_text(self.cleaned_data["pasted"])


@dataclass
class Taking:
    """Hold one step: the form, what was read, and what the confirmation carries.

    `is_confirmed` is true when the reader confirmed the preview: take `good` over then. `packed` and `seal` are hidden
    fields of the preview.
    """

    form: TableForm
    columns: Sequence[Column]
    reading: Reading | None = None
    packed: str = ""
    seal: str = ""
    is_confirmed: bool = False
    must_tick: bool = False

    @property
    def good(self) -> list[GoodRow]:
        """Return the rows that can be taken over."""
        return self.reading.good if self.reading else []

    @property
    def headings(self) -> list[str]:
        """Return the headers in the reader's language."""
        return [gettext(column.label) for column in self.columns]

    @property
    def lines(self) -> list[tuple[int, list[Any]]]:
        """Return the first two hundred good rows as they will be: (row number, values)."""
        return [
            (row.number, [shown(column, row.values[column.code]) for column in self.columns])
            for row in self.good[:PREVIEWED]
        ]

    @property
    def more(self) -> int:
        """Return how many good rows the preview does not show."""
        return max(0, len(self.good) - PREVIEWED)


def take(request: HttpRequest, columns: Sequence[Column], check: Check | None = None) -> Taking:
    """Return the step that a request asks for: the empty form, the preview, or the confirmed rows.

    A table that cannot be used gives the form back with the reason. Confirmed rows are read and checked again.
    """
    if request.method != "POST":
        return Taking(TableForm(), columns)
    if "packed" in request.POST:
        return _confirmed(request, columns, check)
    form = TableForm(request.POST, request.FILES)
    try:
        rows = form.rows()
        taking = Taking(form, columns, read(rows, columns, check))
    except Unusable as refusal:
        form.add_error(None, sentence(refusal.reason, refusal.parameters))
        return Taking(form, columns)
    taking.packed = pack(rows)
    taking.seal = SIGNER.sign(sha256(taking.packed.encode()).hexdigest())
    return taking


def _confirmed(request: HttpRequest, columns: Sequence[Column], check: Check | None) -> Taking:
    packed, seal = request.POST["packed"], request.POST.get("seal", "")
    try:
        rows = unpack(packed, seal)
        reading = read(rows, columns, check)
    except Unusable as refusal:
        form = TableForm({})
        form.add_error(None, sentence(refusal.reason, refusal.parameters))
        return Taking(form, columns)
    must_tick = bool(reading.doubts) and not request.POST.get("kept_as_typed")
    is_confirmed = bool(reading.good) and not must_tick
    return Taking(TableForm(), columns, reading, packed, seal, is_confirmed, must_tick)


def pack(rows: Sequence[RawRow]) -> str:
    """Return rows as a text for a hidden field (JSON, compressed, base 64)."""
    plain = json.dumps([[row.number, row.cells] for row in rows], default=_as_text, ensure_ascii=False)
    return base64.b64encode(zlib.compress(plain.encode(), 9)).decode("ascii")


def unpack(packed: str, seal: str) -> list[RawRow]:
    """Return the rows of a hidden field; Unusable unless it is exactly what was sealed."""
    try:
        if SIGNER.unsign(seal) != sha256(packed.encode()).hexdigest():
            raise Unusable(CHANGED)
    except BadSignature:
        raise Unusable(CHANGED) from None
    plain = zlib.decompressobj().decompress(base64.b64decode(packed), MOST_UNPACKED)
    return [RawRow(number, tuple(cells)) for number, cells in json.loads(plain)]


def _as_text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
