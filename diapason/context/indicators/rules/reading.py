"""Read the folder of indicators; every error of every file is reported, not only the first."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from diapason.context.indicators.rules.declarations import (
    BadDeclaration,
    ClaimDeclaration,
    IndicatorDeclaration,
    claim_from,
    indicator_from,
)
from diapason.kernel.declarations import read_yaml
from diapason.kernel.words import message

Declared = TypeVar("Declared", IndicatorDeclaration, ClaimDeclaration)


@dataclass(frozen=True)
class Catalogue:
    """Hold what the folder declares, in order, and what is wrong in it."""

    indicators: tuple[IndicatorDeclaration, ...]
    claims: tuple[ClaimDeclaration, ...]
    errors: tuple[BadDeclaration, ...]


def read_catalogue(folder: Path) -> Catalogue:
    """Return the indicators of `folder` and the claims of its `claims` folder, ordered, with all errors."""
    errors: list[BadDeclaration] = []
    indicators = read_files(folder, indicator_from, errors)
    claims = read_files(folder / "claims", claim_from, errors)
    errors += clashes(indicators)
    return Catalogue(
        tuple(sorted(indicators, key=lambda one: (one.order, one.code))),
        tuple(sorted(claims, key=lambda one: (one.order, one.code))),
        tuple(errors),
    )


def read_files(
    folder: Path, parse: Callable[[Any, str], Declared], errors: list[BadDeclaration]
) -> list[Declared]:
    """Return what the YAML files of a folder declare; what cannot be read goes to `errors`."""
    found: list[Declared] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(parse(read_yaml(path.read_text(encoding="utf-8")), path.name))
        except yaml.YAMLError as error:
            errors.append(
                BadDeclaration(path.name, "-", message("is not YAML: ") + str(error).splitlines()[0])
            )
        except UnicodeDecodeError:
            errors.append(BadDeclaration(path.name, "-", message("is not UTF-8 text")))
        except BadDeclaration as error:
            errors.append(error)
    return found


def clashes(indicators: list[IndicatorDeclaration]) -> list[BadDeclaration]:
    """Return an error for words of a source that would point to two indicators."""
    seen: dict[tuple[str, str], str] = {}
    errors = []
    for one in indicators:
        for alias in one.published_as:
            other = seen.setdefault((alias.scope, alias.text), one.code)
            if other != one.code:
                errors.append(
                    BadDeclaration(f"{one.code}.yaml", "published_as", message("already used by ") + other)
                )
    return errors
