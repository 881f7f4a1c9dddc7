"""Make what the pages of the interface, the network and the standards open."""

from functools import partial

from django.conf import settings

from diapason.audit_trail.acts import automaton
from diapason.context.standards.acts import load_standards
from diapason.context.standards.rules.reading import read_catalogue
from tests.access_world import OWN, Target, World


def chart(world: World, place: str) -> Target:
    """Ask for a picture that nobody was shown."""
    return Target({"key": "0" * 64})


def organization(world: World, place: str) -> Target:
    """Open the sheet of an organization."""
    return Target({"code": (world.alpha if place == OWN else world.beta).code})


def standards(world: World) -> None:
    """Load the shipped standards."""
    catalogue = read_catalogue(settings.DIAPASON["catalogue"] / "standards")
    load_standards(catalogue=catalogue, by=automaton("tests"), on=world.today)


def edition(world: World, place: str, code: str = "iso-9001-2015") -> Target:
    """Open an edition."""
    standards(world)
    return Target({"code": code})


def clause(world: World, place: str) -> Target:
    """Open a clause."""
    standards(world)
    return Target({"key": "iso-9001-2015/7.5.3"})


OBJECTS = {
    "ui_chart": chart,
    "network:organization": organization,
    "network:correction": organization,
    "network:correct": organization,
    "standards:edition": edition,
    "standards:clause": clause,
    "standards:correspondence": edition,
    "standards:changes": partial(edition, code="iso-9001-2026"),
    "readiness:transition": partial(edition, code="iso-9001-2026"),
}
