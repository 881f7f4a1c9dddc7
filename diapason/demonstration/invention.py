"""Draw from a seed: the same seed gives the same network on every machine."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.conf import settings

from diapason.kernel.declarations import read_yaml

Item = TypeVar("Item")
SEED = 20181009


def declared(name: str) -> Any:
    """Return what `catalogue/demonstration/<name>.yaml` declares."""
    path = settings.DIAPASON["catalogue"] / "demonstration" / f"{name}.yaml"
    return read_yaml(path.read_text(encoding="utf-8"))


def draw(topic: str) -> random.Random:
    """Return a source of chance of its own for each topic, so that one topic never shifts another."""
    return random.Random(f"{SEED}/{topic}")  # noqa: S311 - invented data, not secrets


def day_between(chance: random.Random, first: date, last: date) -> date:
    """Return a working day from first to last, both possible."""
    day = first + timedelta(days=chance.randrange(max((last - first).days, 0) + 1))
    return day if day.weekday() < 5 else max(first, day - timedelta(days=day.weekday() - 4))


def shares(chance: random.Random, total: int, parts: int, *, least: int = 0) -> list[int]:
    """Return `parts` whole numbers of at least `least` that add up to `total`, uneven as life is."""
    weights = [chance.uniform(0.4, 1.6) ** 2 for _ in range(parts)]
    rest = total - least * parts
    amounts = [least + int(rest * weight / sum(weights)) for weight in weights]
    for position in range(total - sum(amounts)):
        amounts[position % parts] += 1
    return amounts


def pick(chance: random.Random, items: Sequence[Item], count: int) -> list[Item]:
    """Return `count` different items (all of them when there are fewer)."""
    return chance.sample(list(items), min(count, len(items)))
