"""Read rhythm, methods and trades of learning committees from the catalogue."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from diapason.kernel.declarations import read_yaml
from diapason.kernel.languages import Bilingual


class BadCrex(ValueError):
    """Say what is wrong in crex.yaml."""


@dataclass(frozen=True)
class Named:
    """Hold one word of a list."""

    code: str
    name: Bilingual


@dataclass(frozen=True)
class Method:
    """Hold one method of analysis with its steps or kinds of factors."""

    code: str
    name: Bilingual
    what: Bilingual
    steps: tuple[Named, ...]


@dataclass(frozen=True)
class Crex:
    """Hold what the catalogue says of learning committees; durations in minutes, periods in months."""

    longest: int
    fewest: int
    period: int
    look_back: int
    shown: int
    due_day: int
    frequency: tuple[tuple[int, int], ...]
    gravity: dict[str, int]
    trades: dict[str, Bilingual]
    methods: dict[str, Method]


@lru_cache(maxsize=4)
def read_crex(folder: Path) -> Crex:
    """Return what crex.yaml of the folder declares; raises BadCrex naming what is wrong."""
    data = read_yaml((folder / "crex.yaml").read_text(encoding="utf-8"))
    try:
        numbers = {
            name: int(data[name]) for name in ("longest", "fewest", "period", "look_back", "shown", "due_day")
        }
        return Crex(
            frequency=tuple(sorted((int(row["from"]), int(row["points"])) for row in data["frequency"])),
            gravity={str(code): int(points) for code, points in data["gravity"].items()},
            trades={row["code"]: _both(row["name"]) for row in data["trades"]},
            methods={row["code"]: _method(row) for row in data["methods"]},
            **numbers,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadCrex(f"crex.yaml: {wrong}") from wrong


def _both(text: dict[str, str]) -> Bilingual:
    return Bilingual(text["fr"], text["en"])


def _method(row: dict[str, Any]) -> Method:
    steps = tuple(Named(step["code"], _both(step["name"])) for step in row["steps"])
    return Method(row["code"], _both(row["name"]), _both(row["what"]), steps)
