"""Read kinds, categories, causes, channels and sorting rules from the catalogue."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from diapason.kernel.declarations import read_yaml
from diapason.kernel.languages import Bilingual


class BadKinds(ValueError):
    """Say what is wrong in which file of the catalogue."""


@dataclass(frozen=True)
class ExtraField:
    """Hold one more answer that a kind asks for: text, date, number, choice or yes_no."""

    code: str
    type: str
    label: Bilingual
    choices: tuple[tuple[str, Bilingual], ...] = ()


@dataclass(frozen=True)
class Kind:
    """Hold one kind of event; `analysis` is never, always, or the severity from which causes are looked for."""

    code: str
    name: Bilingual
    what: Bilingual
    analysis: str
    clauses: tuple[str, ...]
    fields: tuple[ExtraField, ...]
    anonymous: bool = False
    praise: bool = False
    needs_study: bool = False


@dataclass(frozen=True)
class Named:
    """Hold one word of a shared list; `group` is the family of a cause."""

    code: str
    name: Bilingual
    what: Bilingual
    group: str = ""


@dataclass(frozen=True)
class Duty:
    """Hold something to be done outside this tool, within so many hours, calendar days or working days."""

    code: str
    name: Bilingual
    within: int
    unit: str
    source: Bilingual
    needs_proof: bool = False


@dataclass(frozen=True)
class Channel:
    """Hold where an event is dealt with; `stays` when something of it is dealt with here too."""

    code: str
    name: Bilingual
    note: Bilingual
    stays: bool
    duties: tuple[Duty, ...]


@dataclass(frozen=True)
class Question:
    """Hold one question of the routing and the channel that "yes" leads to."""

    code: str
    ask: Bilingual
    channel: str


@dataclass(frozen=True)
class Sorting:
    """Hold the rules of sorting."""

    severities: tuple[Named, ...]
    triage_within: Duty
    close_within: Duty
    approval_from: str
    other_closer_from: str
    owners: tuple[tuple[dict[str, Any], str], ...]
    breach_from: str
    breach_clock: Duty
    breach_elsewhere: Duty


@dataclass(frozen=True)
class Words:
    """Hold the whole catalogue of the chapter, each list in its order."""

    kinds: dict[str, Kind]
    categories: dict[str, Named]
    families: dict[str, Named]
    causes: dict[str, Named]
    questions: tuple[Question, ...]
    channels: dict[str, Channel]
    sorting: Sorting
    promises: tuple[Bilingual, ...]

    def severity_rank(self, code: str) -> int:
        """Return 0 for the lightest severity, -1 for none."""
        return next((rank for rank, one in enumerate(self.sorting.severities) if one.code == code), -1)

    def reaches(self, severity: str, threshold: str) -> bool:
        """Tell whether a severity is at or above a threshold ("always" and "never" included)."""
        if threshold in ("always", "never"):
            return threshold == "always"
        return self.severity_rank(severity) >= self.severity_rank(threshold)

    def duty(self, code: str) -> Duty | None:
        """Return the duty of that code, None when the catalogue no longer has it."""
        every = [duty for channel in self.channels.values() for duty in channel.duties]
        every += [self.sorting.triage_within, self.sorting.breach_clock, self.sorting.breach_elsewhere]
        return next((duty for duty in every if duty.code == code), None)


@lru_cache(maxsize=4)
def read_words(folder: Path) -> Words:
    """Return the catalogue declared in the folder; raises BadKinds naming file and field."""
    kinds = _rows(folder, "kinds.yaml", "kinds")
    causes = _file(folder, "causes.yaml")
    routing = _file(folder, "routing.yaml")
    try:
        return Words(
            kinds={row["code"]: _kind(row) for row in kinds},
            categories=_named(_rows(folder, "categories.yaml", "categories")),
            families=_named(causes["families"]),
            causes=_named(causes["causes"]),
            questions=tuple(
                Question(row["code"], _both(row["ask"]), row["channel"]) for row in routing["questions"]
            ),
            channels={row["code"]: _channel(row) for row in routing["channels"]},
            sorting=_sorting(_file(folder, "triage.yaml")),
            promises=tuple(_both(row) for row in _file(folder, "charter.yaml")["promises"]),
        )
    except (KeyError, TypeError) as wrong:
        raise BadKinds(f"{folder.name}: {wrong}") from wrong


def _file(folder: Path, name: str) -> dict[str, Any]:
    data = read_yaml((folder / name).read_text(encoding="utf-8"))
    if not isinstance(data, dict):
        raise BadKinds(f"{name}: named lists are expected")
    return data


def _rows(folder: Path, name: str, field: str) -> list[dict[str, Any]]:
    rows = _file(folder, name).get(field)
    if not isinstance(rows, list) or not all(isinstance(row, dict) and row.get("code") for row in rows):
        raise BadKinds(f"{name}, {field}: a list of entries with a code is expected")
    return rows


def _both(text: dict[str, str]) -> Bilingual:
    return Bilingual(text["fr"], text["en"])


def _named(rows: list[dict[str, Any]]) -> dict[str, Named]:
    nothing = {"fr": "", "en": ""}
    return {
        row["code"]: Named(
            row["code"], _both(row["name"]), _both(row.get("what", nothing)), row.get("family", "")
        )
        for row in rows
    }


def _kind(row: dict[str, Any]) -> Kind:
    fields = tuple(
        ExtraField(
            one["code"],
            one["type"],
            _both(one["label"]),
            tuple((choice["code"], _both(choice)) for choice in one.get("choices", ())),
        )
        for one in row["fields"]
    )
    flags = {name: bool(row.get(name, False)) for name in ("anonymous", "praise", "needs_study")}
    return Kind(
        row["code"],
        _both(row["name"]),
        _both(row["what"]),
        row["analysis"],
        tuple(row["clauses"]),
        fields,
        **flags,
    )


def _duty(row: dict[str, Any]) -> Duty:
    name, source, proof = _both(row["name"]), _both(row["source"]), bool(row.get("proof"))
    return Duty(row["code"], name, int(row["within"]), row["unit"], source, proof)


def _channel(row: dict[str, Any]) -> Channel:
    duties = tuple(_duty(one) for one in row["obligations"])
    return Channel(row["code"], _both(row["name"]), _both(row["note"]), bool(row["stays"]), duties)


def _sorting(data: dict[str, Any]) -> Sorting:
    first, last, breach = data["triage_within"], data["close_within"], data["serious_breach"]
    triage = Duty(
        "triage", Bilingual("Trier", "Sort"), int(first["days"]), first["unit"], _both(first["source"])
    )
    close = Duty("close", Bilingual("Clore", "Close"), int(last["days"]), last["unit"], _both(last["source"]))
    return Sorting(
        severities=tuple(_named(data["severities"]).values()),
        triage_within=triage,
        close_within=close,
        approval_from=data["approval_from"],
        other_closer_from=data["other_closer_from"],
        owners=tuple((row["when"], row["owner"]) for row in data["owners"]),
        breach_from=breach["ask_from"],
        breach_clock=_duty(breach["clock"]),
        breach_elsewhere=_duty(breach["elsewhere"]),
    )
