"""Give the tests of communiqués a frozen edition."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from diapason.audit_trail.acts import automaton
from diapason.context.indicators.acts import (
    declare_figures,
    freeze_edition,
    load_claims,
    load_definitions,
    sign_figure,
)
from diapason.context.indicators.jobs import compute_figures
from diapason.context.indicators.models import Figure, FrozenEdition
from diapason.context.indicators.rules.reading import read_catalogue
from diapason.disclosure.communiques import acts, queries
from diapason.disclosure.communiques.models import Communique

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "indicators"
BY = automaton("tests")
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def edition(network: Any, today: date) -> FrozenEdition:
    """Return an edition of 2017: one figure whole and signed off, one unsigned, one incomplete."""
    catalogue = read_catalogue(FOLDER)
    load_definitions(declarations=catalogue.indicators, by=BY, on=today)
    load_claims(declarations=catalogue.claims, by=BY, on=today)
    common = {"year": 2017, "scope": "network", "source": "Rapport 2017", "value": ""}
    rows: list[dict[str, Any]] = [
        {
            **common,
            "indicator": "CLCC patients included in a trial",
            "value": 15,
            "qualifier": "more than",
            "unit": "%",
        },
        {**common, "indicator": "phrc_share", "numerator": 37, "denominator": 70},
        {**common, "indicator": "patients_per_year", "value": 12000, "scope": "ALP"},
    ]
    declare_figures(rows=rows, by=BY, on=today)
    compute_figures(year=2017, by=BY, at=AT)
    signed = Figure.objects.told().get(key="centres-2017-NET-v1")
    sign_figure(figure=signed, fingerprint=signed.fingerprint, version=None, by=BY, on=today)
    figures = list(Figure.objects.of_network().exclude(status="not_known").told())
    frozen: FrozenEdition = freeze_edition(
        name_fr="Chiffres 2017", name_en="Figures of 2017", figures=figures, by=BY, on=today
    )
    return frozen


@pytest.fixture
def draft(edition: FrozenEdition, today: date) -> Callable[..., Communique]:
    """Return `draft(*codes, kind=…)`: a draft with these figures, all of them by default."""

    def make(*codes: str, kind: str = "communique", **more: Any) -> Communique:
        known = {one.definition.indicator.code: one for one in queries.figures_of(edition)}
        made: Communique = acts.draft_communique(
            kind=kind,
            edition=edition,
            texts=queries.proposed_texts(kind, edition),
            figures=[known[code] for code in codes] if codes else list(known.values()),
            by=BY,
            on=today,
            **more,
        )
        return made

    return make
