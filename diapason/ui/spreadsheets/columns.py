"""Say what a column of a spreadsheet holds, how a cell is read, and why one is refused."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Final

from django.utils.translation import gettext, override

from diapason.kernel.personal_data import DATE, MONTH, MONTH_NUMBERS, date_in
from diapason.kernel.words import message

LONGEST_TEXT: Final = 4_000
FIRST_YEAR, LAST_YEAR = 1950, 2100
LANGUAGES: Final = ("fr", "en")
HOUR = r"(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
WEEKDAY = (
    r"(?:(?:lun|mar|mer|jeu|ven|sam)(?:di|credi|dredi)?|dim(?:anche)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?"
    r"|sun)(?:day)?)"
)
A_DAY = re.compile(rf"(?:le\s+)?(?:{WEEKDAY}\.?,?\s+)?{DATE}{HOUR}", re.IGNORECASE)
WITH_MONTH = re.compile(
    rf"(?:{WEEKDAY}\.?,?\s+)?(?:(?P<day>\d{{1,2}})(?:er)?[ -](?P<month>{MONTH})\.?[ -](?P<year>\d{{4}}|\d{{2}})"
    rf"|(?P<month_first>{MONTH})\.?\s+(?P<then_day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<then_year>\d{{4}}))",
    re.IGNORECASE,
)
"""How spreadsheets write a day that is copied out of them: "12-mars-26", "March 12, 2026"."""


class BadCell(Exception):
    """Refuse a cell: a message id and its parameters."""

    def __init__(self, reason: str, **parameters: Any) -> None:
        super().__init__(reason % parameters if parameters else reason)
        self.reason, self.parameters = reason, parameters


def folded(text: str) -> str:
    """Return a text without accents, case, punctuation and double spaces, for comparison."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", plain.casefold()).split())


def in_both(message_id: str) -> dict[str, str]:
    """Return the French and the English of a message id, by language."""
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = gettext(message_id) if message_id else ""
    return texts


def text(value: Any) -> str:
    """Return a cell as text: trimmed, numbers without a useless ".0"; BadCell beyond 4,000 characters."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        value = value.date()
    written = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if len(written) > LONGEST_TEXT:
        raise BadCell(message("longer than %(longest)s characters"), longest=LONGEST_TEXT)
    return written


def day(value: Any) -> date:
    """Return a day from a date cell or from one of its writings; BadCell otherwise.

    Read are 2026-03-12, 12/03/2026 (day first; dots, dashes, two digits for the year too), 12 mars 2026 with or
    without the day of the week, 12-mars-26 and March 12, 2026; a bare number is not taken for one.
    """
    if isinstance(value, datetime):
        found: date | None = value.date()
    elif isinstance(value, date):
        found = value
    else:
        found = _day_written(text(value).replace("\u00a0", " ").replace("\u202f", " "))
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadCell(message("“%(value)s” is no date such as 12/03/2026"), value=_short(value))
    return found


def _day_written(written: str) -> date | None:
    match = A_DAY.fullmatch(written)
    if match:
        return date_in(match)
    match = WITH_MONTH.fullmatch(written)
    if match is None:
        return None
    year = int(match["year"] or match["then_year"])
    month = MONTH_NUMBERS[(match["month"] or match["month_first"]).lower()]
    try:
        return date(year + 2000 if year < 100 else year, month, int(match["day"] or match["then_day"]))
    except ValueError:
        return None


def whole_number(value: Any) -> int:
    """Return a whole number; BadCell otherwise."""
    found = number(value)
    if found % 1:
        raise BadCell(message("“%(value)s” is no whole number"), value=_short(value))
    return int(found)


def number(value: Any) -> Decimal:
    """Return a number written with a comma or a point, spaces between thousands allowed; BadCell otherwise."""
    written = re.sub(r"[\s\u00a0\u202f]", "", text(value)).replace(",", ".").replace("−", "-")
    try:
        found = Decimal(written)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > 10**12:
        raise BadCell(message("“%(value)s” is no number"), value=_short(value))
    return found


def yes_or_no(value: Any) -> bool:
    """Return True for oui, yes, vrai, true, x, 1, False for their opposites; BadCell otherwise."""
    word = folded(text(value))
    if word in {"oui", "o", "yes", "y", "vrai", "true", "x", "1"}:
        return True
    if word in {"non", "n", "no", "faux", "false", "0"}:
        return False
    raise BadCell(message("“%(value)s” is neither yes nor no"), value=_short(value))


def _short(value: Any) -> str:
    written = " ".join(str(value).split())
    return written if len(written) <= 40 else written[:39] + "…"


@dataclass(frozen=True)
class Column:
    """Hold one column: `code` (key of the value), `label` (message id of the header) and how its cells are read.

    `choices` maps a value to its label (message id or plain text); cells may give either, in French or English.
    `example` fills the row of the model; `aliases` are other headers that people use. `is_free_text` has the text
    looked at for data of participants. `longest` limits texts. `default` stands for an empty cell.
    """

    code: str
    label: str
    parse: Callable[[Any], Any] = text
    required: bool = False
    choices: Mapping[str, str] | None = None
    hint: str = ""
    example: Any = ""
    aliases: Sequence[str] = ()
    is_free_text: bool = False
    longest: int = 0
    default: Any = ""

    @property
    def headers(self) -> frozenset[str]:
        """Return each header that names this column, folded."""
        return frozenset(map(folded, (self.code, *in_both(self.label).values(), *self.aliases)))

    def value_of(self, cell: Any) -> Any:
        """Return the value of a cell; BadCell with the reason when it is none."""
        if is_blank(cell):
            if self.required:
                raise BadCell(message("must be filled in"))
            return self.default
        if self.choices is not None:
            return self._chosen(cell)
        value = self.parse(cell)
        if self.longest and isinstance(value, str) and len(value) > self.longest:
            raise BadCell(message("longer than %(longest)s characters"), longest=self.longest)
        return value

    def _chosen(self, cell: Any) -> str:
        found = _choices_by_word(tuple((self.choices or {}).items())).get(folded(text(cell)))
        if found is None:
            raise BadCell(message("“%(value)s” is not among the choices"), value=_short(cell))
        return found


@lru_cache(maxsize=64)
def _choices_by_word(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the value of each word that stands for it; a code wins over another choice's label."""
    words = {folded(label): value for value, name in choices for label in in_both(str(name)).values()}
    return words | {folded(value): value for value, _name in choices}


def is_blank(cell: Any) -> bool:
    """Tell whether a cell holds nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())
