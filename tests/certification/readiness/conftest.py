"""Load the standards and give the tests a larger network to aggregate over."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from diapason.audit_trail.acts import automaton
from diapason.certification.readiness.acts import record_assessments
from diapason.certification.readiness.rules.entry import Entry
from diapason.context.standards.acts import load_standards
from diapason.context.standards.models import Edition
from diapason.context.standards.rules.reading import read_catalogue

CATALOGUE = read_catalogue(Path(__file__).resolve().parents[3] / "catalogue" / "standards")
PROGRAM = automaton("tests")


@pytest.fixture
def iso(db, today) -> Edition:
    """Return ISO 9001:2015, the whole catalogue loaded."""
    load_standards(catalogue=CATALOGUE, by=PROGRAM, on=today)
    return Edition.objects.get(code="iso-9001-2015")


@pytest.fixture
def iso_next(iso) -> Edition:
    """Return ISO 9001:2026."""
    return Edition.objects.select_related("transition_from").get(code="iso-9001-2026")


@pytest.fixture
def answered(iso, today) -> Callable[..., int]:
    """Return `answered(organization, level, *numbers, edition=None)`: answers recorded by the program."""

    def answer(
        organization: Any, level: int, *numbers: str, edition: Edition | None = None, **more: Any
    ) -> int:
        entries = [Entry(clause=n, maturity=level, evidence="preuve tenue", **more) for n in numbers]
        return record_assessments(
            organization=organization, edition=edition or iso, answers=entries, by=PROGRAM, on=today
        )

    return answer


@pytest.fixture
def six(network, stage) -> SimpleNamespace:
    """Return the network with five more centres: enough others to be summed up."""
    from diapason.context.network.models import Organization

    def build() -> list[Organization]:
        return [
            Organization.objects.create(
                code=f"C{n:02d}",
                name=f"Centre numéro {n}",
                short_name=f"Ville-{n}",
                kind=Organization.Kind.CENTRE,
                parent=network.net,
                is_investigator=True,
            )
            for n in range(5)
        ]

    network.more = stage(build)
    return network


@pytest.fixture
def opened(stage) -> Callable[[str, str], None]:
    """Return `opened(audience, form)`: a dated decision of the charter about self-assessments."""
    from diapason.context.network.models import VisibilityRule

    def decide(audience: str, form: str) -> None:
        stage(
            lambda: VisibilityRule.objects.create(
                object_kind="assessment",
                audience=audience,
                form=form,
                decided_on="2026-09-03",
                decision="COPIL du 3 septembre 2026",
            )
        )

    return decide
