"""Say what a spreadsheet of events holds, and turn its good rows into events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.context.studies.models import Study
from diapason.context.studies.rules.identifiers import cleaned
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.queries.standing import case_of
from diapason.improvement.quality_events.rules import moves, sorting
from diapason.improvement.quality_events.rules.catalogue import Named
from diapason.improvement.quality_events.rules.wording import LONGEST_TITLE, title_of
from diapason.kernel.words import message
from diapason.ui.spreadsheets.columns import BadCell, Column, day, folded, text
from diapason.ui.spreadsheets.reading import GoodRow

STATES: Final = {
    moves.REPORTED: message("Reported"),
    moves.TRIAGED: message("To be analysed"),
    moves.CLOSED: message("Closed"),
    moves.DISMISSED: message("No further action"),
}
"""How an event of an old list may stand here; what was under way is analysed here from the start."""
CONSEQUENCES: Final = {
    "none": message("without consequence"),
    "annoying": message("annoying"),
    "serious": message("serious"),
}
Fault = tuple[str, str, dict[str, Any]]


@dataclass(frozen=True)
class Listed:
    """Read the name of something in a list of the catalogue, French or English, or its code."""

    items: tuple[Named, ...]

    def __call__(self, cell: Any) -> str:
        """Return the code; BadCell when no name fits."""
        wanted = folded(text(cell))
        for one in self.items:
            if wanted in {folded(one.code), folded(one.name.fr), folded(one.name.en)}:
                return one.code
        raise BadCell(message("“%(value)s” is not among the choices"), value=text(cell)[:40])


def columns() -> tuple[Column, ...]:
    """Return the columns; kinds, categories and severities are those of the catalogue."""
    known = words()
    kinds = tuple(Named(one.code, one.name, one.what) for one in known.kinds.values())
    return (
        Column("code", message("External number"), longest=60, example="FEI-2025-031",
               aliases=("N°", "Numéro", "Number", "Référence"),
           hint=message("The number in the old list: it tells a row taken over twice.")),
        Column("title", message("Title"), longest=160, is_free_text=True, aliases=("Intitulé", "Objet")),
        Column("description", message("What happened"), required=True, is_free_text=True,
               example=message("Consent signed on the former version."), aliases=("Description", "Faits")),
        Column("consequence", message("How serious it looked"), choices=CONSEQUENCES, default="annoying"),
        Column("kind", message("Kind"), parse=Listed(kinds), aliases=("Type",), example=_name(kinds[0])),
        Column("category", message("Category"), parse=Listed(tuple(known.categories.values())),
               example=_name(known.categories["consent"]), aliases=("Thème",)),
        Column("severity", message("Severity"), parse=Listed(known.sorting.severities), aliases=("Gravité",)),
        Column("study", message("Study"), longest=80, aliases=("Étude", "Essai", "Protocole", "Trial")),
        Column("where", message("Where"), longest=200, aliases=("Lieu", "Service")),
        Column("occurred_on", message("Occurred on"), parse=day, aliases=("Date de survenue", "Survenu le")),
        Column("aware_on", message("Aware on"), parse=day, aliases=("Date de connaissance", "Connu le")),
        Column("reported_on", message("Reported on"), parse=day, required=True, example=date(2025, 3, 12),
               aliases=("Date de déclaration", "Déclaré le")),
        Column("state", message("State"), choices=STATES, default=moves.REPORTED, example=moves.CLOSED,
               aliases=("Statut",)),
        Column("correction", message("Correction"), is_free_text=True, aliases=("Action immédiate",)),
        Column("analysis", message("Analysis"), is_free_text=True, aliases=("Causes",)),
        Column("closed_on", message("Closed on"), parse=day, example=date(2025, 6, 20), aliases=("Clos le",)),
        Column("conclusion", message("Conclusion"), is_free_text=True),
    )  # fmt: skip


def _name(one: Named) -> str:
    return one.name.fr


@dataclass
class Known:
    """Hold what is known beforehand: what is already there, and the studies that the reader may see."""

    organization: Organization
    user: Any
    by_code: Mapping[str, str]
    by_words: Mapping[tuple[str, date], str]
    on: date
    seen: dict[Any, int] = field(default_factory=dict)
    studies: dict[str, Study | None] = field(default_factory=dict)

    @classmethod
    def of(cls, organization: Organization, user: Any, on: date) -> "Known":
        """Return what is known of a house: one statement for its events."""
        rows = QualityEvent.objects.filter(organization=organization)
        there = list(rows.values_list("number", "external_number", "title", "reported_on"))
        return cls(
            organization,
            user,
            {folded(code): number for number, code, _title, _day in there if code},
            {(folded(title), reported): number for number, _code, title, reported in there},
            on,
        )

    def study(self, written: str) -> Study | None:
        """Return the study of that number or acronym, None when it is unknown to this reader; asked once."""
        if written not in self.studies:
            number = cleaned(written).replace(" ", "")
            named = Q(key=number) | Q(acronym=written) | Q(identifiers__value=number)
            rows = Study.objects.visible_to(self.user).filter(named)
            self.studies[written] = rows.order_by("pk").first()
        return self.studies[written]

    def check(self, values: dict[str, Any], number: int) -> Iterable[Fault]:
        """Yield what is wrong across the cells of a row; a row already taken over is named."""
        if values["study"] and self.study(values["study"]) is None:
            yield "study", message("“%(value)s” is no study known here"), {"value": values["study"]}
        yield from days_wrong(values, self.on)
        yield from missing(values)
        yield from self._already(values, number)

    def _already(self, values: dict[str, Any], number: int) -> Iterable[Fault]:
        code, alike = folded(values["code"]), (folded(title_for(values)), values["reported_on"])
        there = self.by_code.get(code) if code else self.by_words.get(alike)
        if there:
            yield "code", message("already taken over, as %(number)s"), {"number": there}
            return
        key = code or alike
        if key in self.seen:
            yield "code", message("stands in row %(row)s already"), {"row": self.seen[key]}
            return
        self.seen[key] = number


def title_for(values: Mapping[str, Any]) -> str:
    """Return the title of a row: its own, or the first sentence of what happened."""
    return str(values["title"] or title_of(values["description"])[: LONGEST_TITLE + 1])


def days_wrong(values: Mapping[str, Any], on: date) -> Iterable[Fault]:
    """Yield the days that are out of order: it occurs, somebody is aware, it is reported, it is closed."""
    last: tuple[str, date] | None = None
    for code in ("occurred_on", "aware_on", "reported_on", "closed_on"):
        found = values[code]
        if not found:
            continue
        if found > on:
            yield code, message("this day is still to come"), {}
        elif last is not None and found < last[1]:
            first = next(column.label for column in columns() if column.code == last[0])
            yield code, message("this day comes before “%(first)s”"), {"first": _(first)}
        last = (code, found)


def missing(values: Mapping[str, Any]) -> Iterable[Fault]:
    """Yield what the state of an event asks for."""
    state = values["state"]
    if state == moves.CLOSED and not values["closed_on"]:
        yield "closed_on", message("say when it was closed"), {}
    if values["closed_on"] and state != moves.CLOSED:
        yield "state", message("only a closed event has a day of closing"), {}
    if state == moves.TRIAGED and not values["severity"]:
        yield "severity", message("say how severe it is"), {}
    if state in (moves.TRIAGED, moves.CLOSED) and not values["kind"]:
        yield "kind", message("say of what kind it is"), {}


def events_from(rows: Iterable[GoodRow], known: Known) -> list[QualityEvent]:
    """Return unsaved events without numbers, in the order of the rows."""
    return [event_from(row.values, known) for row in rows]


def event_from(values: Mapping[str, Any], known: Known) -> QualityEvent:
    """Return one unsaved event; what the old list did not say stays empty, and its declarer is not known."""
    sorted_by_then = values["state"] in (moves.TRIAGED, moves.CLOSED)
    occurred = values["occurred_on"] or None
    event = QualityEvent(
        organization=known.organization, place=known.organization, title=title_for(values),
        study=known.study(values["study"]) if values["study"] else None, where_text=values["where"],
        description=values["description"], kind=values["kind"], category=values["category"],
        consequence=values["consequence"], level=QualityEvent.Level.CONFIDENTIAL,
        occurred_earliest=occurred, occurred_latest=occurred,
        aware_on=values["aware_on"] or None, reported_on=values["reported_on"], state=values["state"],
        severity=values["severity"], triaged_on=values["reported_on"] if sorted_by_then else None,
        external_number=values["code"], correction=values["correction"], analysis=values["analysis"],
        conclusion=values["conclusion"], closed_on=values["closed_on"] or None,
    )  # fmt: skip
    if event.state == moves.TRIAGED:
        case = case_of(event)
        event.analysis_asked = sorting.asks_for_analysis(case, words().kinds[event.kind], words())
        event.approval_asked = event.analysis_asked and sorting.asks_for_approval(event.severity, words())
    return event
