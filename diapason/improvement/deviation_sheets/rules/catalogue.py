"""Read the rules of deviation sheets and the words of sponsors' logs from the catalogue."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from diapason.kernel.declarations import read_yaml
from diapason.kernel.languages import Bilingual

KINDS = ("major", "repeated", "above_limit")


class BadRules(ValueError):
    """Say what is wrong in which file of the catalogue."""


@dataclass(frozen=True)
class Rule:
    """Hold one rule that proposes an event; `at_least` counts major ones, months in a row, or months known."""

    code: str
    kind: str
    at_least: int
    consequence: str
    name: Bilingual
    why: Bilingual
    again_after: int = 0
    fewest: int = 0


@dataclass(frozen=True)
class SheetRules:
    """Hold the categories of the grid and when counts propose an event."""

    grid: tuple[str, ...]
    look_back: int
    propose_for: int
    due_day: int
    rules: dict[str, Rule]


@dataclass(frozen=True)
class LogWords:
    """Hold how sponsors' logs name their columns and categories."""

    headers: dict[str, tuple[str, ...]]
    categories: dict[str, str]


@lru_cache(maxsize=4)
def read_rules(folder: Path) -> SheetRules:
    """Return the rules declared in the folder; raises BadRules naming what is wrong."""
    data = _file(folder, "deviation_rules.yaml")
    try:
        rules = {row["code"]: _rule(row) for row in data["rules"]}
        numbers = {name: int(data[name]) for name in ("look_back", "propose_for", "due_day")}
        return SheetRules(grid=tuple(data["grid"]), rules=rules, **numbers)
    except (KeyError, TypeError) as wrong:
        raise BadRules(f"deviation_rules.yaml: {wrong}") from wrong


def _rule(row: dict[str, Any]) -> Rule:
    if row["kind"] not in KINDS:
        raise BadRules(f"deviation_rules.yaml, {row['code']}: no such kind {row['kind']}")
    name, why = (Bilingual(row[text]["fr"], row[text]["en"]) for text in ("name", "why"))
    again = int(row.get("again_after", 0))
    return Rule(
        row["code"],
        row["kind"],
        int(row["at_least"]),
        row["consequence"],
        name,
        why,
        again,
        int(row.get("fewest", 0)),
    )


@lru_cache(maxsize=4)
def read_log_words(folder: Path) -> LogWords:
    """Return the words of sponsors' logs; raises BadRules when one word stands for two categories."""
    data = _file(folder, "deviation_logs.yaml")
    words: dict[str, str] = {}
    for code, names in data["categories"].items():
        for name in (code, *names):
            if words.setdefault(str(name), code) != code:
                raise BadRules(f"deviation_logs.yaml: {name} stands for two categories")
    return LogWords({code: tuple(names) for code, names in data["headers"].items()}, words)


def _file(folder: Path, name: str) -> dict[str, Any]:
    data = read_yaml((folder / name).read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise BadRules(f"{name}: named lists are expected")
    return data
