"""Make figures, declared values, claims, a frozen edition and a communiqué."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from diapason.audit_trail.acts import automaton
from diapason.context.indicators.acts import declare_figures, freeze_edition, load_claims, load_definitions
from diapason.context.indicators.jobs import compute_figures
from diapason.context.indicators.models import Claim, DeclaredValue, Figure, FrozenEdition
from diapason.context.indicators.rules.reading import read_catalogue
from diapason.disclosure.communiques import acts, queries
from diapason.disclosure.communiques.models import Communique
from tests.access_world import NETWORK, Target, World

BY = automaton("tests")
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
INDICATOR = "patients_per_year"


def catalogue(world: World) -> None:
    """Load definitions and claims once."""
    if not Claim.objects.exists():
        shipped = read_catalogue(settings.DIAPASON["catalogue"] / "indicators")
        load_definitions(declarations=shipped.indicators, by=BY, on=world.today)
        load_claims(declarations=shipped.claims, by=BY, on=world.today)


def declared(world: World, place: str) -> DeclaredValue:
    """Return a value declared for that place, taken into the figures of 2017."""
    catalogue(world)
    organization = world.organization(place)
    row: dict[str, Any] = {
        "year": 2017,
        "scope": organization.code if organization else "network",
        "indicator": INDICATOR,
        "value": 12000,
        "source": "Rapport 2017",
    }
    declare_figures(rows=[row], by=BY, on=world.today)
    compute_figures(year=2017, by=BY, at=AT)
    made = DeclaredValue.objects.filter(organization=organization, indicator__code=INDICATOR)
    world.stage(lambda: made.update(is_published=False))
    return made.get()


def value(world: World, place: str) -> Target:
    """Open a declared value, or withdraw it."""
    made = declared(world, place)
    return Target({"number": made.number}, {"version": made.version, "reason": "a reason"})


def figure(world: World, place: str) -> Target:
    """Open a figure, or sign it off."""
    made = declared(world, place)
    found = Figure.objects.get(declared=made)
    return Target({"key": found.key}, {"version": found.version})


def indicator(world: World, place: str) -> Target:
    """Open an indicator."""
    catalogue(world)
    return Target({"code": INDICATOR})


def claim(world: World, place: str) -> Target:
    """Open a claim."""
    catalogue(world)
    return Target({"code": Claim.objects.order_by("pk").first().code})


def year(world: World, place: str) -> Target:
    """Name a year."""
    catalogue(world)
    return Target({"year": 2017})


def frozen(world: World) -> FrozenEdition:
    """Return a frozen edition of one figure."""
    declared(world, NETWORK)
    figures = list(Figure.objects.of_network().exclude(status="not_known").told())
    return freeze_edition(name_fr="Chiffres", name_en="Figures", figures=figures, by=BY, on=world.today)


def edition(world: World, place: str) -> Target:
    """Open a frozen edition."""
    return Target({"number": frozen(world).number})


def draft_of(world: World) -> Communique:
    """Return a draft."""
    made = frozen(world)
    return acts.draft_communique(
        kind="communique",
        edition=made,
        texts=queries.proposed_texts("communique", made),
        figures=list(queries.figures_of(made)),
        by=BY,
        on=world.today,
    )


def draft(world: World, place: str) -> Target:
    """Open a draft, or change it."""
    made = draft_of(world)
    return Target({"number": made.number}, {"version": made.version, "reason": "a reason"})


def pdf(world: World, place: str) -> Target:
    """Open a draft as PDF."""
    return Target({"number": draft_of(world).number, "language": "fr"})


OBJECTS = {
    "indicators:compute": year,
    "indicators:indicator": indicator,
    "indicators:check_form": indicator,
    "indicators:check": indicator,
    "indicators:declared_value": value,
    "indicators:withdraw": value,
    "indicators:claim": claim,
    "indicators:review_claim": claim,
    "indicators:freezing": year,
    "indicators:freeze": year,
    "indicators:edition": edition,
    "indicators:figure": figure,
    "indicators:sign": figure,
    "indicators:signed": figure,
    "communiques:communique": draft,
    "communiques:builder": draft,
    "communiques:save": draft,
    "communiques:issue": draft,
    "communiques:withdraw": draft,
    "communiques:pdf": pdf,
}
