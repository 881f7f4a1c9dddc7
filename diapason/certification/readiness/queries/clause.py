"""Ask what organizations answer to one clause."""

from dataclasses import dataclass

from diapason.certification.readiness.models import KIND, Assessment
from diapason.certification.readiness.queries.heat import MOST_ROWS, coded_names
from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause
from diapason.kernel.scope import Scope
from diapason.statistics.spreads import Spread, spread_of


@dataclass(frozen=True)
class ClauseAnswers:
    """Hold what organizations answer to one clause, as far as the reader may know."""

    own: tuple[tuple[Organization, Assessment | None], ...]
    named: tuple[Assessment, ...] = ()
    coded: tuple[tuple[str, int], ...] = ()
    spread: Spread | None = None
    form: str = "none"


def clause_answers(clause: Clause, scope: Scope) -> ClauseAnswers:
    """Return what is answered to a clause: own organizations named, the others by the charter (3 queries at most)."""
    answers = Assessment.objects.filter(clause=clause).select_related("organization", "clause__edition")
    mine = {one.organization_id: one for one in answers.filter(organization__in=scope.organizations)}
    own = tuple((one, mine.get(one.pk)) for one in Organization.objects.members().own(scope))
    others = answers.given().exclude(organization__in=scope.organizations).order_by("organization__sort_key")
    form = scope.form_of(KIND)
    if form == "named":
        return ClauseAnswers(own, named=tuple(others[:MOST_ROWS]), form=form)
    if form == "coded":
        codes = coded_names()
        pairs = others.values_list("organization__code", "maturity")[: MOST_ROWS * 2]
        coded = sorted((codes[code], maturity) for code, maturity in pairs if maturity is not None)
        return ClauseAnswers(own, coded=tuple(coded[:MOST_ROWS]), form=form)
    if form == "aggregated":
        levels = others.order_by().values_list("maturity", flat=True)
        return ClauseAnswers(own, spread=spread_of(level for level in levels if level is not None), form=form)
    return ClauseAnswers(own, form=form)
