"""Ask for the view by clause: own organization named, the others as the visibility charter says."""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from diapason.certification.readiness.models import KIND, Assessment, scale
from diapason.certification.readiness.queries.answers import Sheet, answers_given, sheets_of
from diapason.certification.readiness.rules.heat import Column, columns_of
from diapason.certification.readiness.rules.standing import GAPS, STATES, Readiness, readiness, worst
from diapason.certification.readiness.rules.standing import standing_of as standing
from diapason.context.network.models import Organization, VisibilityRule
from diapason.context.standards.models import Clause, Edition
from diapason.kernel.scope import Scope
from diapason.statistics.spreads import Spread, spread_of
from diapason.ui.asking import Asking, asks

MOST_ROWS = 60
"""Say how many organizations one view shows; larger networks are paged."""


@dataclass(frozen=True)
class Cell:
    """Hold one organization under one column."""

    column: Column
    standing: str
    readiness: Readiness
    key: str = ""

    @property
    def state(self) -> str:
        """Return the state on screen."""
        return STATES[self.standing]


@dataclass(frozen=True)
class Row:
    """Hold one line: an organization by name, or under a code (then `organization` is None)."""

    name: str
    cells: tuple[Cell, ...]
    readiness: Readiness
    organization: Organization | None = None
    own: bool = False
    standings: tuple[tuple[str, str], ...] = ()
    """Clause number and standing, clause by clause."""


@dataclass(frozen=True)
class HeatMap:
    """Hold the whole view; `spreads` (one a column) stands for the organizations that are not shown one by one."""

    edition: Edition
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    form: str
    spreads: tuple[Spread | None, ...] = ()
    decision: VisibilityRule | None = None
    opened: tuple[str, ...] = field(default=())
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def worst_column(self) -> str:
        """Return the heading under which most lines have a gap ("" when none has)."""
        count = Counter(
            cell.column.heading for row in self.rows for cell in row.cells if cell.state in {"bad", "warn"}
        )
        return count.most_common(1)[0][0] if count else ""

    @property
    def columns_spread(self) -> list[tuple[Column, Spread | None]]:
        """Return each column with the spread of the others."""
        return list(zip(self.columns, self.spreads, strict=False))

    @property
    def gaps(self) -> list[tuple[Row, str, str]]:
        """Return (line, clause, standing) of each gap, the worst first, then line by line."""
        found = [(row, *one) for row in self.rows for one in row.standings if one[1] in GAPS]
        return sorted(found, key=lambda gap: GAPS.index(gap[2]))


def named_organizations(scope: Scope) -> QuerySet[Organization]:
    """Return the members whose answers this reader may see by name, own ones always among them."""
    members = Organization.objects.members()
    return members if scope.form_of(KIND) == "named" else members.filter(pk__in=scope.organizations)


@asks
def heat_map(
    edition: Edition, scope: Scope, on: date, *, named: Sequence[Organization], opened: Iterable[str] = ()
) -> Asking[HeatMap]:
    """Return the view of an edition for a reader; `named` are organizations out of `named_organizations`."""
    form = scope.form_of(KIND)
    clauses, given, decided, levels = yield [
        edition.clauses.assessable().order_by("position"),
        answers_given([one.pk for one in named], edition),
        naming_rules(scope)[:1] if form == "named" else VisibilityRule.objects.none(),
        _levels_of_others(edition, scope) if form == "aggregated" else Assessment.objects.none(),
    ]
    columns = columns_of([one.number for one in clauses], edition.columns.split(), opened)
    sheets = yield from sheets_of.asking(edition, named, clauses, given)
    rows = [
        _row(
            sheet,
            columns,
            edition,
            on,
            sheet.organization.short_name,
            own=sheet.organization.pk in scope.organizations,
        )
        for sheet in sheets
    ]
    if form == "coded":
        rows += _coded_rows(edition, clauses, columns, scope, on)
    return HeatMap(
        edition,
        tuple(columns),
        tuple(rows),
        form,
        tuple(_spreads(levels, columns)) if form == "aggregated" else (),
        decided[0] if decided else None,
        tuple(opened),
        {one.number: one.title for one in clauses},
    )


def _row(sheet: Sheet, columns: list[Column], edition: Edition, on: date, name: str, *, own: bool) -> Row:
    by_number = {answer.clause: answer for answer in sheet.answers}
    cells = []
    for column in columns:
        mine = [by_number[number] for number in column.clauses if number in by_number]
        key = (
            f"{sheet.organization.code}/{edition.code}/{column.clauses[0]}"
            if len(column.clauses) == 1
            else ""
        )
        cells.append(
            Cell(column, worst(standing(one, scale(), on) for one in mine), readiness(mine, scale(), on), key)
        )
    standings = tuple((one.clause, standing(one, scale(), on)) for one in sheet.answers)
    return Row(name, tuple(cells), sheet.readiness(on), sheet.organization, own, standings)


def _coded_rows(
    edition: Edition, clauses: list[Clause], columns: list[Column], scope: Scope, on: date
) -> list[Row]:
    """Return the other organizations under codes that say nothing of them, links and names taken away."""
    codes = coded_names()
    others = sorted(_others(scope), key=lambda one: codes[one.code])[:MOST_ROWS]
    rows = []
    for sheet in sheets_of(edition, others, clauses):
        row = _row(sheet, columns, edition, on, codes[sheet.organization.code], own=False)
        cells = tuple(Cell(cell.column, cell.standing, cell.readiness) for cell in row.cells)
        rows.append(Row(row.name, cells, row.readiness, standings=row.standings))
    return rows


def coded_names() -> dict[str, str]:
    """Return organization code → its number in an order that only this installation can make (1 query)."""
    secret = settings.SECRET_KEY.encode()
    codes = Organization.objects.members().values_list("code", flat=True)
    ordered = sorted(codes, key=lambda code: hmac.new(secret, f"readiness {code}".encode(), sha256).digest())
    return {code: f"{place:02d}" for place, code in enumerate(ordered, 1)}


def _others(scope: Scope) -> QuerySet[Organization]:
    return Organization.objects.members().exclude(pk__in=scope.organizations)


def _levels_of_others(edition: Edition, scope: Scope) -> QuerySet[Assessment, Any]:
    """Return (clause number, level, how many others gave it)."""
    return (
        Assessment.objects.given()
        .filter(clause__in=edition.clauses.assessable().values("pk"))
        .exclude(organization__in=scope.organizations)
        .values_list("clause__number", "maturity")
        .annotate(n=Count("pk"))
        .order_by()
    )


def _spreads(counts: Iterable[Any], columns: list[Column]) -> list[Spread | None]:
    """Return minimum, median and maximum of the others' levels by column; nothing under five organizations."""
    levels: dict[str, list[int]] = {}
    for number, maturity, n in counts:
        levels.setdefault(number, []).extend([maturity] * n)
    return [_pooled([levels.get(number, []) for number in column.clauses]) for column in columns]


def _pooled(clauses: list[list[int]]) -> Spread | None:
    """Return the spread of several clauses together; each one alone must already be wide enough to be shown."""
    shown = [values for values in clauses if spread_of(values) is not None]
    whole = spread_of(value for values in shown for value in values)
    return None if whole is None else Spread(min(map(len, shown)), whole.minimum, whole.median, whole.maximum)


def naming_rules(scope: Scope) -> QuerySet[VisibilityRule]:
    """Return the decision that lets this reader see the others by name, when there is one."""
    return VisibilityRule.objects.filter(object_kind=KIND, form="named", audience=scope.audience)


def naming_decision(scope: Scope) -> VisibilityRule | None:
    """Return the decision that lets this reader see the others by name (1 query)."""
    return naming_rules(scope).first()


@asks
def most_to_do(edition: Edition, scope: Scope, limit: int = 10) -> Asking[list[Organization]]:
    """Return the organizations with most to close among those named to the reader, own ones first (1 round)."""
    answered = Q(assessments__clause__edition=edition)
    bar = scale()
    low = answered & Q(
        assessments__maturity__lt=bar.blocking_below, assessments__clause__weight__gte=bar.blocking_weight
    )
    ranked = named_organizations(scope).annotate(
        blocking=Count("assessments", filter=low),
        open_gaps=Count("assessments", filter=answered & Q(assessments__maturity__lt=bar.ready_from)),
    )
    others = ranked.exclude(pk__in=scope.organizations).order_by("-blocking", "-open_gaps", "sort_key")
    own, rest = yield [ranked.filter(pk__in=scope.organizations)[:limit], others[:limit]]
    return [*own, *rest][:limit]
