"""Compare the catalogue with what is in force: what is new, revised, unchanged, or changed in silence."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from diapason.context.indicators.rules.declarations import IndicatorDeclaration
from diapason.kernel.languages import Bilingual

PLAIN = (
    "kind", "moment", "direction", "aggregation", "expected_from", "computed_by", "small_below", "clause",
    "checked_on", "next_review",
)  # fmt: skip
IN_BOTH_LANGUAGES = (
    "short_name", "why", "numerator", "denominator", "unit", "sentence", "reading", "defined_by",
)  # fmt: skip


@dataclass(frozen=True)
class Differences:
    """Hold the codes by what loading them would do; `forgotten` changed without a higher version."""

    created: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    forgotten: tuple[str, ...] = ()


def hash_of(declaration: IndicatorDeclaration) -> str:
    """Return a SHA-256 of everything the declaration says."""
    text = json.dumps(asdict(declaration), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def differences(
    in_force: Mapping[str, tuple[int, str]], declarations: Iterable[IndicatorDeclaration]
) -> Differences:
    """Return what loading `declarations` would change; `in_force` maps a code to (version, hash)."""
    found: dict[str, list[str]] = {"created": [], "revised": [], "unchanged": [], "forgotten": []}
    for one in declarations:
        revision, known_hash = in_force.get(one.code, (0, ""))
        if not revision:
            found["created"].append(one.code)
        elif known_hash == hash_of(one):
            found["unchanged"].append(one.code)
        elif one.version > revision:
            found["revised"].append(one.code)
        else:
            found["forgotten"].append(one.code)
    return Differences(**{name: tuple(codes) for name, codes in found.items()})


def fields_of(declaration: IndicatorDeclaration) -> dict[str, Any]:
    """Return the columns of a definition that the declaration fills."""
    fields: dict[str, Any] = {name: getattr(declaration, name) for name in PLAIN}
    for name in IN_BOTH_LANGUAGES:
        text: Bilingual = getattr(declaration, name)
        fields[f"{name}_fr"], fields[f"{name}_en"] = text.fr, text.en
    fields["checked_by"] = declaration.checked_by.fr
    return fields
