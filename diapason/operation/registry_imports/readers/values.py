"""Understand the values of a registry record, whichever format carries them."""

import re
from datetime import date
from functools import lru_cache
from typing import Any, Final

from diapason.context.studies.rules import identifiers, vocabulary
from diapason.context.studies.rules.countries import country_code
from diapason.context.studies.rules.history import UNDATED
from diapason.kernel.dates import PartialDate
from diapason.kernel.words import message
from diapason.operation.registry_imports.readers.record import Doubt, Parameters, tidy

MONTHS: Final = {
    name: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
         "november", "december"), start=1,
    )
}  # fmt: skip
_WORDS = re.compile(r"([A-Za-z]+)\s+(?:(\d{1,2})\s*,\s*)?(\d{4})")
_NUMBERS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.]+Z?)?")
_ANYWHERE = re.compile(r"[A-Z][a-z]+\s+\d{1,2}\s*,\s*\d{4}")
MOST_PARTICIPANTS: Final = 2_000_000_000
SPONSOR_KINDS: Final = {
    "industry": "industry",
    "nih": "public",
    "usfed": "public",
    "fed": "public",
    "othergov": "public",
    "network": "group",
    "other": "academic",
    "indiv": "person",
    "individual": "person",
}


@lru_cache(maxsize=20_000)
def partial_date(text: str) -> PartialDate | None:
    """Return the date that "July 1995", "October 31, 2018", "2024-05"… mean; None when unreadable."""
    value = text.strip()
    if words := _WORDS.fullmatch(value):
        month = MONTHS.get(words[1].lower(), 0)
        return _built(int(words[3]), month, int(words[2]) if words[2] else None)
    if numbers := _NUMBERS.fullmatch(value):
        year, month_text, day_text = numbers.groups()
        if month_text is None:
            return PartialDate.year(int(year)) if int(year) else None
        return _built(int(year), int(month_text), int(day_text) if day_text else None)
    return None


def _built(year: int, month: int, day: int | None) -> PartialDate | None:
    try:
        return PartialDate.month(year, month) if day is None else PartialDate.day(date(year, month, day))
    except ValueError:
        return None


def date_in(text: str) -> date | None:
    """Return the day named somewhere in a sentence ("processed this data on October 31, 2018")."""
    match = _ANYWHERE.search(text)
    found = partial_date(match[0]) if match else None
    return found.earliest if found else None


class Understanding:
    """Gather what could not be understood while the values of one record are taken over."""

    def __init__(self) -> None:
        self.doubts: list[Doubt] = []

    def doubt(self, reason: str, **parameters: Any) -> None:
        """Keep a remark: a message id and its parameters."""
        self.doubts.append((reason, Parameters(parameters)))

    def partial(self, text: str, name: str) -> PartialDate:
        """Return a date known in part; an unreadable one is undated and remarked."""
        if not text:
            return UNDATED
        found = partial_date(text)
        if found is None:
            self.doubt(
                message("The date “%(text)s” cannot be read (%(field)s)."), text=tidy(text, 40), field=name
            )
        return found or UNDATED

    def day(self, text: str, name: str) -> date | None:
        """Return the first day of a date."""
        return self.partial(text, name).earliest

    def status(self, text: str) -> str:
        """Return the status; a word new to us is "not known" and remarked."""
        found = vocabulary.status_from_registry(text)
        if found is None:
            self.doubt(message("The status “%(text)s” is new to this program."), text=tidy(text, 40))
        return found or vocabulary.Status.UNKNOWN

    def site_status(self, text: str) -> str:
        """Return the status of a site, "" when the register gives none."""
        return self.status(text) if text else ""

    def phase(self, text: str) -> str:
        """Return the phase; a word new to us is "not known" and remarked."""
        found = vocabulary.phase_from_registry(text)
        if found is None:
            self.doubt(message("The phase “%(text)s” is new to this program."), text=tidy(text, 40))
        return found or vocabulary.Phase.UNKNOWN

    def kind(self, text: str) -> str:
        """Return the kind of study; a word new to us is "not known" and remarked."""
        found = vocabulary.kind_from_registry(text)
        if found is None:
            self.doubt(message("The study type “%(text)s” is new to this program."), text=tidy(text, 40))
        return found or vocabulary.StudyKind.UNKNOWN

    def count(self, value: Any) -> int | None:
        """Return a number of participants, None when there is none."""
        if value is None or value == "" or isinstance(value, bool):
            return None
        try:
            number = int(str(value).strip())
        except ValueError:
            number = -1
        if 0 <= number <= MOST_PARTICIPANTS:
            return number
        self.doubt(message("“%(text)s” is no number of participants."), text=tidy(str(value), 40))
        return None


@lru_cache(maxsize=2_000)
def country(text: str) -> str:
    """Return the ISO code of a country, or the register's words when they name none that we know."""
    return country_code(text) or tidy(text, 80)


@lru_cache(maxsize=4_000)
def place_of(
    name: str | None, city: str | None, region: str | None, postcode: str | None, land: str | None
) -> tuple[str, str, str, str, str]:
    """Return name, town, region, postcode and country of a place: the same hospitals stand in study after study."""
    return tidy(name), tidy(city, 120), tidy(region, 120), tidy(postcode, 20), country(tidy(land, 80))


@lru_cache(maxsize=200)
def word(text: str) -> str:
    """Return a vocabulary word in one spelling: "Supportive Care" and "SUPPORTIVE_CARE" are "supportive care"."""
    return tidy(text.replace("_", " ").lower(), 60)


def sponsor_kind(text: str) -> str:
    """Return what kind of body a sponsor is, "" when the register does not say."""
    return SPONSOR_KINDS.get("".join(c for c in text.lower() if c.isalpha()), "")


def actual(text: str) -> bool | None:
    """Tell whether "Actual", "Anticipated", "ESTIMATED"… mean that it happened; None when nothing is said."""
    return text.lower() == "actual" if text else None


def all_identifiers(nct: str, aliases: list[str], own: str, others: list[str]) -> tuple[tuple[str, str], ...]:
    """Return (kind, value) of every identifier once, in order.

    An NCT number among the `others` is that of a related study, so it is kept as "other".
    """
    found: dict[tuple[str, str], None] = {("nct", nct): None}
    found.update(dict.fromkeys(pair for pair in map(identifiers.recognised, aliases) if pair[0] == "nct"))
    for text, otherwise in [(own, identifiers.SPONSOR_CODE), *((text, identifiers.OTHER) for text in others)]:
        kind, value = identifiers.recognised(text)
        found[(otherwise if kind in {identifiers.OTHER, "nct"} else kind, value)] = None
    return tuple(sorted(pair for pair in found if pair[1]))
