"""Show other organizations' values in the form that the visibility charter allows, and no other."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from diapason.context.indicators.models import Figure
from diapason.statistics.spreads import Spread, spread_of
from diapason.ui.asking import Asking, asks


@dataclass(frozen=True)
class Others:
    """Hold what a reader may know of the organizations behind a figure.

    `own` are one's own, `named` those that the charter names, `coded` bare values in order of size, `spread`
    minimum, median and maximum of all of them, None below five organizations, and `said` the three in
    words; `count` is how many organizations there are.
    """

    form: str
    count: int
    own: Sequence[Figure] = ()
    named: Sequence[Figure] = ()
    coded: Sequence[Figure] = field(default=())
    spread: Spread | None = None
    said: Sequence[str] = ()


@asks
def others_behind(figure: Figure, user: Any) -> Asking[Others]:
    """Return the organizations' values behind a network figure, as this person may see them: one question."""
    same = Figure.objects.filter(
        definition=figure.definition_id, period_start=figure.period_start, period_end=figure.period_end
    )
    joined = same.exclude(organization=None).select_related("organization", "definition")
    (rows,) = yield [joined.order_by("organization__sort_key")]
    return seen_by(rows, user)


def seen_by(figures: Any, user: Any) -> Others:
    """Return the values as the charter lets this person see them."""
    rows = list(figures)
    form = user.scope.form_of("figure")
    own = [row for row in rows if row.organization_id in user.scope.organizations]
    others = [row for row in rows if row.organization_id not in user.scope.organizations]
    values = [row.value for row in rows if row.value is not None]
    spread = spread_of(values) if form != "none" else None
    by_size = sorted((row for row in others if row.value is not None), key=lambda row: row.value)
    return Others(
        form=form,
        count=len(rows),
        own=own,
        named=others if form == "named" else (),
        coded=by_size if form == "coded" and spread_of(values) else (),
        spread=spread,
        said=[rows[0].like(one) for one in (spread.minimum, spread.median, spread.maximum)] if spread else (),
    )
