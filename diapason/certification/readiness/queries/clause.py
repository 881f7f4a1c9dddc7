"""Ask what organizations answer to one clause."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from diapason.certification.readiness.models import KIND, Assessment
from diapason.certification.readiness.queries.heat import MOST_ROWS, coded_names
from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause
from diapason.kernel.scope import Scope
from diapason.statistics.spreads import Spread, spread_of
from diapason.ui.asking import Asking, asks


@dataclass(frozen=True)
class ClauseAnswers:
    """Hold what organizations answer to one clause, as far as the reader may know."""

    own: tuple[tuple[Organization, Assessment | None], ...]
    named: tuple[Assessment, ...] = ()
    coded: tuple[tuple[str, int], ...] = ()
    spread: Spread | None = None
    form: str = "none"


@asks
def clause_answers(clause: Clause, scope: Scope) -> Asking[ClauseAnswers]:
    """Return what is answered to a clause: own organizations named, the others by the charter (one round)."""
    answers = Assessment.objects.filter(clause=clause).select_related("organization", "clause__edition")
    others = answers.given().exclude(organization__in=scope.organizations).order_by("organization__sort_key")
    form = scope.form_of(KIND)
    houses, given, shown = yield [
        Organization.objects.members().own(scope),
        answers.filter(organization__in=scope.organizations),
        _in_form(others, form),
    ]
    mine = {one.organization_id: one for one in given}
    own = tuple((one, mine.get(one.pk)) for one in houses)
    if form == "named":
        return ClauseAnswers(own, named=tuple(shown), form=form)
    if form == "coded":
        codes = coded_names()
        coded = sorted((codes[code], maturity) for code, maturity in shown if maturity is not None)
        return ClauseAnswers(own, coded=tuple(coded[:MOST_ROWS]), form=form)
    if form == "aggregated":
        spread = spread_of(level for (level,) in shown if level is not None)
        return ClauseAnswers(own, spread=spread, form=form)
    return ClauseAnswers(own, form=form)


def _in_form(others: QuerySet[Assessment], form: str) -> QuerySet[Assessment, Any]:
    """Return the answers of the others, no more of them than the charter lets be known."""
    if form == "named":
        return others[:MOST_ROWS]
    if form == "coded":
        return others.values_list("organization__code", "maturity")[: MOST_ROWS * 2]
    return others.order_by().values_list("maturity") if form == "aggregated" else others.none()
