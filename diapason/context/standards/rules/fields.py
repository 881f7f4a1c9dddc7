"""Take checked values out of what YAML gave; each trouble is noted with file, clause and field."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.context.standards.rules.declarations import Problem, Provenance
from diapason.kernel.languages import Bilingual
from diapason.kernel.words import message

NEVER = date(1, 1, 1)
NOT_STATED = Provenance(verified=False, source=Bilingual("", ""), as_of=NEVER)


class Fields:
    """Read one mapping of a file; troubles go to a shared list, a harmless value comes back."""

    def __init__(self, data: Any, file: str, problems: list[Problem], clause: str = "") -> None:
        self.file, self.problems, self.clause = file, problems, clause
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.wrong("", message("a mapping of fields is expected here"))

    def wrong(self, field: str, reason: str, **parameters: str) -> None:
        """Note a trouble."""
        self.problems.append(Problem(self.file, self.clause, field, reason, parameters))

    def only(self, *known: str) -> None:
        """Note each field that nobody knows: most often a spelling error."""
        for name in self.data:
            if name not in known:
                self.wrong(str(name), message("this field is not known"))

    def text(self, name: str, *, required: bool = True) -> str:
        """Return a text, "" when absent."""
        value = self.data.get(name)
        if value is None:
            if required:
                self.wrong(name, message("this field is missing"))
            return ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(name, message("a text is expected, between quotes"))
            return ""
        return value

    def choice(self, name: str, allowed: Sequence[str], default: str = "") -> str:
        """Return one of the allowed words."""
        value = self.data.get(name, default)
        if value not in allowed:
            self.wrong(
                name,
                message("“%(value)s” is not one of: %(allowed)s"),
                value=str(value),
                allowed=", ".join(allowed),
            )
            return default or allowed[0]
        return str(value)

    def truth(self, name: str, *, default: bool = False) -> bool:
        """Return true or false."""
        value = self.data.get(name, default)
        if not isinstance(value, bool):
            self.wrong(name, message("true or false is expected"))
            return default
        return value

    def whole(self, name: str, low: int, high: int, default: int) -> int:
        """Return a whole number within bounds."""
        value = self.data.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.wrong(
                name,
                message("a whole number from %(low)s to %(high)s is expected"),
                low=str(low),
                high=str(high),
            )
            return default
        return value

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a day written YYYY-MM-DD, or the last day of a month written YYYY-MM."""
        value = self.data.get(name)
        if value is None:
            if required:
                self.wrong(name, message("this field is missing"))
            return None
        try:
            written = str(value)
            if len(written) == len("2029-09"):
                year, month = int(written[:4]), int(written[5:])
                first_of_next = date(year + month // 12, month % 12 + 1, 1)
                return date.fromordinal(first_of_next.toordinal() - 1)
            return date.fromisoformat(written)
        except ValueError:
            self.wrong(name, message("a day is expected, written 2026-11-23"))
            return None

    def bilingual(self, name: str, *, required: bool = True) -> Bilingual:
        """Return a text in both languages; both must be there."""
        value = self.data.get(name)
        if value is None and not required:
            return Bilingual("", "")
        if not isinstance(value, dict):
            self.wrong(name, message("French (fr) and English (en) are expected"))
            return Bilingual("", "")
        texts = [value.get(language) for language in ("fr", "en")]
        for language, text in zip(("fr", "en"), texts, strict=True):
            if not isinstance(text, str) or not text.strip():
                self.wrong(f"{name}.{language}", message("this field is missing"))
        return Bilingual(*(text if isinstance(text, str) else "" for text in texts))

    def bilingual_lines(self, name: str) -> Bilingual:
        """Return as many lines in each language, joined by line ends."""
        value = self.data.get(name)
        lists = (
            [value.get(language) for language in ("fr", "en")] if isinstance(value, dict) else [None, None]
        )
        if not all(isinstance(one, list) and one and all(isinstance(x, str) for x in one) for one in lists):
            self.wrong(name, message("a list of texts in French (fr) and in English (en) is expected"))
            return Bilingual("", "")
        french, english = (one for one in lists if one)
        if len(french) != len(english):
            self.wrong(name, message("French and English do not have the same number of lines"))
        return Bilingual("\n".join(french), "\n".join(english))

    def provenance(self, fallback: Provenance | None = None) -> Provenance:
        """Return verified, source and date; without them the fallback, and an error when there is none."""
        if "verified" not in self.data and fallback is not None:
            return fallback
        if "verified" not in self.data:
            self.wrong("verified", message("this field is missing"))
            return NOT_STATED
        as_of = self.day("as_of", required=True)
        return Provenance(self.truth("verified"), self.either("source"), as_of or NEVER)

    def either(self, name: str) -> Bilingual:
        """Return a text in both languages, or the same plain text (names of sources) for both."""
        if isinstance(self.data.get(name), str):
            return Bilingual(self.text(name), self.text(name))
        return self.bilingual(name)
