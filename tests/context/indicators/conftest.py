"""Load the shipped definitions and make figures for the tests of the chapter."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from diapason.audit_trail.acts import automaton
from diapason.context.indicators.acts import declare_figures, load_definitions
from diapason.context.indicators.jobs import compute_figures
from diapason.context.indicators.models import Figure
from diapason.context.indicators.rules.reading import read_catalogue

FOLDER = Path(__file__).resolve().parents[3] / "catalogue" / "indicators"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BY = automaton("tests")


@pytest.fixture
def definitions(network: Any, today: date) -> Any:
    """Return the network, the shipped definitions loaded."""
    load_definitions(declarations=read_catalogue(FOLDER).indicators, by=BY, on=today)
    return network


def row(indicator: str, value: object = "", scope: str = "network", **more: object) -> dict[str, object]:
    """Return one row of a bulk declaration."""
    return {
        "year": 2017,
        "scope": scope,
        "indicator": indicator,
        "value": value,
        "source": "Rapport 2017",
        **more,
    }


@pytest.fixture
def compute(definitions: Any, today: date) -> Callable[..., dict[str, Figure]]:
    """Return `compute(*rows)`: declare the rows, compute 2017, and return the figures by key."""

    def run(*rows: dict[str, object], year: int = 2017) -> dict[str, Figure]:
        if rows:
            declare_figures(rows=rows, by=BY, on=today)
        compute_figures(year=year, by=BY, at=AT)
        return {
            one.key: one for one in Figure.objects.select_related("definition", "organization", "declared")
        }

    return run


@pytest.fixture
def more_centres(stage: Any, definitions: Any) -> list[Any]:
    """Return five more centres: with them a spread may be shown."""
    from diapason.context.network.models import Organization

    def build() -> list[Any]:
        return [
            Organization.objects.create(
                code=f"C{n}",
                name=f"Centre {n}",
                short_name=f"Centre {n}",
                kind="centre",
                parent=definitions.net,
            )
            for n in range(1, 6)
        ]

    made: list[Any] = stage(build)
    return made


@pytest.fixture
def charter(stage: Any) -> Callable[[str, str], None]:
    """Return `charter(audience, form)`: open figures to that audience in that form."""
    from diapason.context.network.models import VisibilityRule

    def open_to(audience: str, form: str) -> None:
        stage(
            lambda: VisibilityRule.objects.create(
                object_kind="figure",
                audience=audience,
                form=form,
                decided_on=date(2026, 9, 3),
                decision="COPIL",
            )
        )

    return open_to
