"""Load the whole demonstration, step by step, each step through the acts of its chapter."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from io import StringIO
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.core.management import call_command

from diapason.audit_trail.acts import automaton
from diapason.audit_trail.open_act import Automaton
from diapason.context.indicators.jobs import compute_figures
from diapason.context.network.models import Organization
from diapason.context.people.acts import create_demo_accounts
from diapason.context.studies.acts import register_studies
from diapason.demonstration import (
    answers,
    certification,
    committees,
    editions,
    events,
    events_of_network,
    events_stories,
    figures,
    inclusions,
    lessons,
    network,
    programme,
    releases,
)
from diapason.demonstration.invention import declared
from diapason.demonstration.studies import Invention, Member
from diapason.kernel.words import message

Item = TypeVar("Item")
Step = tuple[str, str, Callable[[], None]]
CHUNK = 100
"""Studies an act writes at most."""
LEADING = "BRE"
"""The establishment whose people have the demo accounts of one organization."""


def fictional(*, today: date, scale: int) -> list[Step]:
    """Return the steps that load the fictional network: French and English label, and what is done."""
    by = automaton(message("demonstration"))
    return [
        ("Référentiels", "Standards", partial(catalogue, "load_standards")),
        ("Indicateurs", "Indicators", partial(catalogue, "load_indicators", "--claims")),
        ("Organismes et charte", "Organizations and charter", partial(network.describe, by=by)),
        ("Comptes de démonstration", "Demo accounts", partial(accounts, by=by)),
        (
            "Certificats et audits",
            "Certificates and audits",
            partial(certification.certify, today=today, by=by),
        ),
        (
            "Programme de certification",
            "Certification programme",
            partial(programme.launch, today=today, by=by),
        ),
        ("Autodiagnostics", "Self-assessments", partial(answers.give, today=today, by=by)),
        ("Études", "Studies", partial(studies, today=today, scale=scale, by=by)),
        ("Inclusions", "Inclusions", partial(inclusions.count, today=today, by=by)),
        ("Chiffres déclarés", "Declared figures", partial(figures.declare, today=today, by=by)),
        ("Événements et actions", "Events and actions", partial(events.invent, today=today, by=by)),
        ("Retours d’expérience", "Lessons", partial(lessons.teach, today=today, by=by)),
        ("Relevés de déviations", "Deviation sheets", partial(committees.keep, today=today, by=by)),
        ("CREX", "Learning committees", partial(committees.meet, today=today, by=by)),
        ("Histoires d’événements", "Stories of events", partial(events_stories.tell, today=today, by=by)),
        (
            "Événements du réseau",
            "Events of the network",
            partial(events_of_network.tell, today=today, by=by),
        ),
        ("Calcul des chiffres", "Computed figures", partial(compute, today=today, by=by, scale=scale)),
        (
            "Validation et édition figée",
            "Sign-off and frozen edition",
            partial(editions.freeze, today=today, by=by),
        ),
        ("Communiqué et fiche", "Release and fact sheet", partial(releases.issue, by=by)),
    ]


def public(*, today: date) -> list[Step]:
    """Return the steps that load the public record: real organizations, public facts with their sources."""
    by = automaton(message("demonstration"))
    return [
        ("Référentiels", "Standards", partial(catalogue, "load_standards")),
        ("Indicateurs", "Indicators", partial(catalogue, "load_indicators", "--claims")),
        ("Faits publics", "Public facts", partial(catalogue, "load_public_record")),
        ("Comptes de lecture", "Accounts to read with", partial(accounts, by=by)),
        ("Calcul des chiffres", "Computed figures", partial(compute, today=date(2018, 12, 31), by=by)),
    ]


def catalogue(command: str, *options: str) -> None:
    """Run a loading command without its messages."""
    call_command(command, *options, stdout=StringIO())


def accounts(*, by: Automaton) -> None:
    """Make one account per role, and a quality manager for each organization."""
    members = sorted(Organization.objects.members(), key=lambda member: (member.code != LEADING, member.code))
    create_demo_accounts(organizations=members, by=by, on=date(2017, 1, 2))


def studies(*, today: date, scale: int, by: Automaton) -> None:
    """Register the invented studies, a hundred an act."""
    members = {
        organization.code: Member(
            organization.pk,
            organization.code,
            tuple(site.pk for site in organization.sites.all() if site.is_hospital_site),
        )
        for organization in Organization.objects.members().prefetch_related("sites").order_by("code")
    }
    central = members.pop(declared("network")["central"]["code"])
    invention = Invention(declared("studies"), list(members.values()), central, today, scale)
    for batch in batches(invention.all(), CHUNK):
        register_studies(drafts=batch, by=by, on=today)


def batches(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    """Give the items in lists of at most `size`."""
    while batch := list(islice(items, size)):
        yield batch


def compute(*, today: date, by: Automaton, scale: int = 1) -> None:
    """Compute the figures of each closed year since 2017; of a larger network, of the first and the last only."""
    years = range(figures.FIRST_YEAR, today.year)
    for year in years if scale == 1 else (years[0], years[-1]):
        compute_figures(year=year, by=by, at=datetime.combine(date(year + 1, 3, 1), time(9), UTC))


def is_fictional() -> bool:
    """Tell whether this instance may hold invented data."""
    return bool(settings.DIAPASON["fictional"])
