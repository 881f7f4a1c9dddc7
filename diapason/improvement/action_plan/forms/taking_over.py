"""Say what a spreadsheet of actions holds, and turn its good rows into actions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.context.people.models import Person
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import criterion, moves
from diapason.kernel.words import message
from diapason.ui.spreadsheets.columns import Column, day, folded
from diapason.ui.spreadsheets.reading import GoodRow

CHECK_AFTER: Final = timedelta(days=90)
"""When the effectiveness is checked where the old list did not say: so long after the action is due."""

COLUMNS: Final = (
    Column("code", message("External number"), longest=60, example="PAQ-2025-014",
           aliases=("N°", "Numéro", "Number", "Référence"),
           hint=message("The number in the old list: it tells a row taken over twice.")),
    Column("title", message("Action"), required=True, longest=200, is_free_text=True,
           example=message("One cabinet for all consent forms"), aliases=("Intitulé", "Libellé", "Title")),
    Column("description", message("What is to be done"), is_free_text=True, aliases=("Description", "Détail")),
    Column("kind", message("Kind"), choices=moves.KINDS, default=moves.CORRECTIVE, example=moves.CORRECTIVE,
           aliases=("Type",)),
    Column("state", message("State"), choices=moves.STATES, default=moves.PLANNED, example=moves.STARTED,
           aliases=("Statut", "Avancement")),
    Column("origin", message("Comes from"), longest=200, example="CREX 03/2025", aliases=("Origine", "Source")),
    Column("owner", message("Carried by (e-mail or name)"), example="camille.martin@example.org",
           aliases=("Pilote", "Responsable", "Owner", "E-mail")),
    Column("opened_on", message("Opened on"), parse=day, example=date(2025, 3, 12), aliases=("Date d’ouverture",)),
    Column("due_on", message("Due on"), parse=day, required=True, example=date(2025, 9, 30),
           aliases=("Échéance", "Délai")),
    Column("started_on", message("Started on"), parse=day),
    Column("done_on", message("Done on"), parse=day, aliases=("Réalisée le", "Date de réalisation")),
    Column("result", message("What was done"), is_free_text=True, aliases=("Réalisé", "Commentaire")),
    Column("criterion", message("Criterion"), is_free_text=True, example=message("No old version found in ten files"),
           aliases=("Critère d’efficacité", "Critère")),
    Column("check_due_on", message("To be checked on"), parse=day, example=date(2025, 12, 31)),
    Column("checked_on", message("Checked on"), parse=day, aliases=("Efficacité vérifiée le",)),
    Column("check_comment", message("What the check found"), is_free_text=True),
    Column("reason", message("Given up because"), is_free_text=True),
)  # fmt: skip

Fault = tuple[str, str, dict[str, Any]]


@dataclass
class Known:
    """Hold what is known beforehand: the house's persons by address and name, and what is already there.

    A name that two persons bear leads to None: the address says which.
    """

    people: Mapping[str, Person | None]
    by_code: Mapping[str, str]
    by_words: Mapping[tuple[str, date], str]
    on: date
    seen: dict[Any, int] = field(default_factory=dict)

    @classmethod
    def of(cls, organization: Organization, people: Iterable[Person], on: date) -> "Known":
        """Return what is known of a house: one statement for its actions."""
        rows = Action.objects.filter(organization=organization)
        there = list(rows.values_list("number", "external_code", "title", "due_on"))
        return cls(
            by_address_and_name(people),
            {folded(code): number for number, code, _title, _due in there if code},
            {(folded(title), due): number for number, _code, title, due in there},
            on,
        )

    def check(self, values: dict[str, Any], number: int) -> Iterable[Fault]:
        """Yield what is wrong across the cells of a row; a row already taken over is named."""
        written = named(values["owner"])
        if written and written not in self.people:
            yield "owner", message("“%(value)s” is nobody of this organization"), {"value": values["owner"]}
        elif written and self.people[written] is None:
            yield (
                "owner",
                message("“%(value)s” is the name of several: give the e-mail"),
                {"value": values["owner"]},
            )
        yield from days_wrong(values, self.on)
        yield from missing(values)
        yield from self._already(values, number)

    def _already(self, values: dict[str, Any], number: int) -> Iterable[Fault]:
        code, alike = folded(values["code"]), (folded(values["title"]), values["due_on"])
        there = self.by_code.get(code) if code else self.by_words.get(alike)
        if there:
            yield "code", message("already taken over, as %(number)s"), {"number": there}
            return
        key = code or alike
        if key in self.seen:
            yield "code", message("stands in row %(row)s already"), {"row": self.seen[key]}
            return
        self.seen[key] = number


def named(written: str) -> str:
    """Return how a person written in a cell is looked up: an address as it is, a name without accents and capitals."""
    return written.casefold() if "@" in written else folded(written)


def by_address_and_name(people: Iterable[Person]) -> dict[str, Person | None]:
    """Return the persons by address and by name in both orders; a name that several bear leads to None."""
    found: dict[str, Person | None] = {}
    for person in people:
        given, family = person.given_name, person.family_name
        for name in {folded(f"{given} {family}"), folded(f"{family} {given}")}:
            found[name] = None if name in found else person
        found[named(person.email)] = person
    return found


def days_wrong(values: dict[str, Any], on: date) -> Iterable[Fault]:
    """Yield the days that cannot be: after today, or before what comes first."""
    after_today = message("this day is still to come")
    for code in ("opened_on", "started_on", "done_on", "checked_on"):
        if values[code] and values[code] > on:
            yield code, after_today, {}
    for first, then in (("opened_on", "done_on"), ("started_on", "done_on"), ("done_on", "checked_on")):
        if values[first] and values[then] and values[then] < values[first]:
            yield then, message("this day comes before “%(first)s”"), {"first": _label(first)}


def missing(values: dict[str, Any]) -> Iterable[Fault]:
    """Yield what the state of an action asks for."""
    state = values["state"]
    if state in (moves.EFFECTIVE, moves.NOT_EFFECTIVE):
        if not values["checked_on"]:
            yield "checked_on", message("say when it was checked"), {}
        if values["kind"] not in moves.CHECKED_KINDS:
            yield "state", message("the effectiveness of this kind is not checked"), {}
    if state in (moves.DONE, moves.EFFECTIVE, moves.NOT_EFFECTIVE) and not values["done_on"]:
        yield "done_on", message("say when it was done"), {}
    if state == moves.CANCELLED and not values["reason"]:
        yield "reason", message("say why it was given up"), {}


def _label(code: str) -> str:
    return _(next(column.label for column in COLUMNS if column.code == code))


def actions_from(rows: Iterable[GoodRow], known: Known, system: str) -> list[Action]:
    """Return unsaved actions without numbers, in the order of the rows."""
    return [action_from(row.values, known, system) for row in rows]


def action_from(values: dict[str, Any], known: Known, system: str) -> Action:
    """Return one unsaved action; what the old list did not say stays empty, and a missing criterion says so."""
    state, checked = values["state"], values["kind"] in moves.CHECKED_KINDS
    text = values["criterion"]
    if checked and not text and state not in (moves.PLANNED, moves.CANCELLED):
        text = _("None was fixed beforehand (taken over).")
    day_of_check = values["check_due_on"] or (values["due_on"] + CHECK_AFTER if text else None)
    begun = values["started_on"] or values["done_on"]
    return Action(
        kind=values["kind"], state=state, title=values["title"], description=values["description"],
        origin_label=values["origin"], owner=known.people.get(named(values["owner"])),
        opened_on=values["opened_on"] or min(begun or known.on, known.on), due_on=values["due_on"],
        first_due_on=values["due_on"], started_on=values["started_on"] or None, done_on=values["done_on"] or None,
        result=values["result"], criterion_kind=criterion.SAMPLE if text and checked else "",
        criterion_text=text if checked else "", check_due_on=day_of_check if checked else None,
        checked_on=values["checked_on"] or None, check_comment=values["check_comment"],
        cancelled_reason=values["reason"], external_system=system, external_code=values["code"],
    )  # fmt: skip
