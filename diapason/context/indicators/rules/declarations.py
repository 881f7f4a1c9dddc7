"""Read one indicator or claim as the catalogue declares it, or say which file and field is wrong."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from diapason.kernel.languages import Bilingual
from diapason.kernel.words import message

KINDS = ("count", "ratio", "ratio_of_counts", "date")
DIRECTIONS = ("higher", "lower", "neutral")
AGGREGATIONS = ("sum", "ratio", "distinct", "latest", "median")
MOMENTS = ("last_day", "whole_period")
SOURCES_OF_PARTS = ("centres", "members", "sponsors", "central", "network")
CODE = re.compile(r"[a-z][a-z0-9_]{2,59}")


class BadDeclaration(ValueError):
    """Stop the reading of a catalogue file; names the file, the field and what is wrong."""

    def __init__(self, file: str, field_name: str, problem: str) -> None:
        super().__init__(f"{file}: {field_name}: {problem}")
        self.file, self.field, self.problem = file, field_name, problem


@dataclass(frozen=True)
class PublishedAs:
    """Hold the words under which a source outside publishes the indicator, for one scope."""

    scope: str
    text: str


@dataclass(frozen=True)
class IndicatorDeclaration:
    """Hold one version of one indicator's definition."""

    code: str
    version: int
    theme: str
    order: int
    kind: str
    name: Bilingual
    short_name: Bilingual
    why: Bilingual
    numerator: Bilingual
    denominator: Bilingual
    unit: Bilingual
    sentence: Bilingual
    reading: Bilingual
    defined_by: Bilingual
    checked_by: Bilingual
    checked_on: date | None
    next_review: date | None
    moment: str
    direction: str
    aggregation: str
    expected_from: str
    computed_by: str
    family: str
    small_below: int
    clause: str
    published_as: tuple[PublishedAs, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class ClaimDeclaration:
    """Hold a rank or share that cannot be computed, with what stands behind it."""

    code: str
    theme: str
    order: int
    sentence: Bilingual
    source: Bilingual
    method: Bilingual
    owner: Bilingual
    stated_on: date
    review_by: date


class Reader:
    """Take fields out of one parsed document, each checked; what is left over is an error."""

    def __init__(self, document: Any, file: str) -> None:
        if not isinstance(document, Mapping):
            raise BadDeclaration(file, "-", message("the file must hold names and values"))
        self.left = dict(document)
        self.file = file

    def refuse(self, name: str, problem: str) -> BadDeclaration:
        return BadDeclaration(self.file, name, problem)

    def take(self, name: str, kind: type, default: Any = ...) -> Any:
        """Return the field, of that kind; `default` when it may be absent."""
        if name not in self.left:
            if default is ...:
                raise self.refuse(name, message("is missing"))
            return default
        value = self.left.pop(name)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.refuse(name, message("has the wrong kind of value"))
        return value

    def both(self, name: str, *, optional: bool = False) -> Bilingual:
        """Return a text given in French and in English, both filled."""
        value = self.take(name, dict, {} if optional else ...)
        if optional and not value:
            return Bilingual("", "")
        for language in ("fr", "en"):
            if not isinstance(value.get(language), str) or not value[language].strip():
                raise self.refuse(f"{name}.{language}", message("is missing"))
        if set(value) != {"fr", "en"}:
            raise self.refuse(name, message("must hold fr and en only"))
        return Bilingual(value["fr"], value["en"])

    def one_of(self, name: str, choices: tuple[str, ...], default: Any = ...) -> str:
        """Return a word of the list."""
        value: str = self.take(name, str, default)
        if value not in choices:
            raise self.refuse(name, message("must be one of: ") + ", ".join(choices))
        return value

    def code(self) -> str:
        """Return the code: a word that the file's name repeats."""
        value: str = self.take("code", str)
        if not CODE.fullmatch(value):
            raise self.refuse("code", message("must be small letters, digits and underscores"))
        if self.file.rsplit("/", 1)[-1] != f"{value}.yaml":
            raise self.refuse("code", message("must be the name of its file"))
        return value

    def finish(self) -> None:
        """Refuse fields that nobody asked for: a misspelt name must not be lost in silence."""
        if self.left:
            raise self.refuse(sorted(self.left)[0], message("is not a field of a declaration"))


def indicator_from(document: Any, file: str) -> IndicatorDeclaration:
    """Return the indicator that a parsed file declares; raise BadDeclaration naming file and field."""
    reader = Reader(document, file)
    kind = reader.one_of("kind", KINDS)
    needs_denominator = kind in ("ratio", "ratio_of_counts")
    reader.one_of("period", ("year",))
    declaration = IndicatorDeclaration(
        code=reader.code(),
        version=reader.take("version", int),
        theme=reader.take("theme", str),
        order=reader.take("order", int),
        kind=kind,
        name=reader.both("name"),
        short_name=reader.both("short_name"),
        why=reader.both("why"),
        numerator=reader.both("numerator"),
        denominator=reader.both("denominator", optional=not needs_denominator),
        unit=reader.both("unit"),
        sentence=sentence_of(reader),
        reading=reader.both("reading", optional=True),
        defined_by=reader.both("defined_by"),
        checked_by=reader.both("checked_by", optional=True),
        checked_on=reader.take("checked_on", date, None),
        next_review=reader.take("next_review", date, None),
        moment=reader.one_of("moment", MOMENTS),
        direction=reader.one_of("direction", DIRECTIONS),
        aggregation=reader.one_of("aggregation", AGGREGATIONS),
        expected_from=reader.one_of("expected_from", SOURCES_OF_PARTS),
        computed_by=origin_of(reader),
        family=reader.take("family", str, ""),
        small_below=small_numbers_of(reader),
        clause=reader.take("clause", str),
        published_as=published_of(reader),
    )
    check_together(declaration, reader)
    reader.finish()
    return declaration


def check_together(declaration: IndicatorDeclaration, reader: Reader) -> None:
    """Check what no single field can say."""
    if declaration.version < 1:
        raise reader.refuse("version", message("must be 1 or more"))
    if declaration.kind == "count" and declaration.denominator.fr:
        raise reader.refuse("denominator", message("a count has no denominator"))
    if (declaration.checked_on is None) != (not declaration.checked_by.fr):
        raise reader.refuse("checked_on", message("who checked and when go together"))


def sentence_of(reader: Reader) -> Bilingual:
    """Return the sentence in which the value is told; it must hold {value}."""
    sentence = reader.both("sentence")
    for language, text in (("fr", sentence.fr), ("en", sentence.en)):
        if "{value}" not in text:
            raise reader.refuse(f"sentence.{language}", message("must hold {value}"))
        if set(re.findall(r"{(\w*)}", text)) - {"value", "denominator", "year"}:
            raise reader.refuse(f"sentence.{language}", message("may hold {value}, {denominator} and {year}"))
    return sentence


def origin_of(reader: Reader) -> str:
    """Return the name of the computing function, "" for a declared indicator: exactly one is given."""
    declared = reader.take("declared", bool, default=False)
    computed_by: str = reader.take("computed_by", str, "")
    if declared == bool(computed_by):
        raise reader.refuse("computed_by", message("give either computed_by or declared: true"))
    return computed_by


def small_numbers_of(reader: Reader) -> int:
    """Return the size below which the value is shown with its interval; 0 for never."""
    rule = reader.take("small_numbers", dict, {})
    if not rule:
        return 0
    if set(rule) != {"below", "show"} or rule["show"] != "interval" or not isinstance(rule["below"], int):
        raise reader.refuse("small_numbers", message("must hold below (a number) and show: interval"))
    return rule["below"]


def published_of(reader: Reader) -> tuple[PublishedAs, ...]:
    """Return the words of outside sources; each holds scope and text."""
    rows = reader.take("published_as", list, [])
    for position, row in enumerate(rows):
        if not isinstance(row, dict) or set(row) != {"scope", "text"}:
            raise reader.refuse(f"published_as[{position}]", message("must hold scope and text"))
    return tuple(PublishedAs(row["scope"], row["text"]) for row in rows)


def claim_from(document: Any, file: str) -> ClaimDeclaration:
    """Return the claim that a parsed file declares; raise BadDeclaration naming file and field."""
    reader = Reader(document, file)
    claim = ClaimDeclaration(
        code=reader.code(),
        theme=reader.take("theme", str),
        order=reader.take("order", int),
        sentence=reader.both("sentence"),
        source=reader.both("source"),
        method=reader.both("method"),
        owner=reader.both("owner"),
        stated_on=reader.take("stated_on", date),
        review_by=reader.take("review_by", date),
    )
    reader.finish()
    return claim
