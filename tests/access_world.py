"""Set the stage for the permission matrix: three organizations, an account of every kind, objects to open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.test.client import ClientHandler

from diapason.audit_trail.acts import act, automaton, record
from diapason.context.network.models import Organization, Site
from diapason.context.people.models import Account, Person, RoleAssignment
from diapason.kernel.facts import Fact

TODAY = date(2026, 11, 23)
OWN, OTHER, NETWORK = "own", "other", "network"
PLACES = (OWN, OTHER, NETWORK)
"""Whose the object is: the reader's organization's, another one's, or the network's own."""


class AccessStageSet(Fact):
    """State that records were prepared for the walk."""

    SENTENCE = "Stage set for the walk"


@act
def _stage(*, by: Any, build: Callable[[], Any]) -> Any:
    result = build()
    record(AccessStageSet(subject="test:access"), by=by)
    return result


@dataclass(frozen=True)
class Identity:
    """Be one kind of visitor: a role held for the network or for one organization, no role, or nobody."""

    name: str
    role: str = ""
    level: str = ""
    signed_in: bool = True


ANONYMOUS = Identity("anonymous", signed_in=False)
ROLELESS = Identity("account without role")
IDENTITIES = (
    ANONYMOUS,
    ROLELESS,
    Identity("network_coordinator", "network_coordinator", "network"),
    Identity("network_director", "network_director", "network"),
    Identity("quality_manager", "quality_manager", "organization"),
    Identity("process_owner", "process_owner", "organization"),
    Identity("research_staff", "research_staff", "organization"),
    Identity("sponsor_project_manager", "sponsor_project_manager", "organization"),
    Identity("internal_auditor", "internal_auditor", "organization"),
    Identity("external_certifier (organization)", "external_certifier", "organization"),
    Identity("external_certifier (network)", "external_certifier", "network"),
    Identity("funder", "funder", "network"),
    Identity("administrator (organization)", "administrator", "organization"),
    Identity("administrator (network)", "administrator", "network"),
)


@dataclass(frozen=True)
class Target:
    """Hold one object to open: the arguments of the URL, and what to post there."""

    kwargs: dict[str, Any] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""


Factory = Callable[["World", str], Target | None]


class World:
    """Hold the organizations and the accounts of the walk."""

    today = TODAY

    def __init__(self) -> None:
        self.numbers = 0
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.password = make_password("four words you keep")
        self.net, self.alpha, self.beta = self.stage(self._organizations)
        self.accounts = {
            each.name: self.account(each.role, each.level) for each in IDENTITIES if each.signed_in
        }
        self.cookies = {name: self._session_of(who) for name, who in self.accounts.items()}

    def stage(self, build: Callable[[], Any]) -> Any:
        """Run `build` inside an act, so that it may save recorded rows."""
        return _stage(by=automaton("tests"), build=build)

    def organization(self, place: str) -> Organization | None:
        """Return the organization whose the object shall be; None stands for the network's own."""
        return {OWN: self.alpha, OTHER: self.beta, NETWORK: None}[place]

    def number(self) -> int:
        """Return a number not used before."""
        self.numbers += 1
        return self.numbers

    def account(
        self, role: str = "", level: str = "network", organization: Organization | None = None
    ) -> Account:
        """Return a new account; a role of one organization is held for the reader's own one."""
        number = self.number()

        def build() -> Account:
            email = f"walker{number}@example.org"
            person = Person.objects.create(
                identifier=f"P-{number:04d}",
                given_name="Camille",
                family_name=f"Marche{number}",
                email=email,
                sort_key=f"marche{number}",
            )
            account = Account.objects.create(person=person, email=email, password=self.password)
            if role:
                where = (organization or self.alpha) if level == "organization" else None
                RoleAssignment.objects.create(
                    reference=f"R-{number:04d}",
                    person=person,
                    role=role,
                    organization=where,
                    starts_on=date(2020, 1, 1),
                )
            return account

        return self.stage(build)

    def client(self, identity: Identity) -> Client:
        """Return a fresh client, signed in as that identity."""
        client = Client(raise_request_exception=True, headers={"accept-language": "en"})
        client.handler = self.handler  # the middleware is built once, as in the product
        if identity.signed_in:
            client.cookies["diapason_session"] = self.cookies[identity.name]
        return client

    @cached_property
    def factories(self) -> dict[str, Factory]:
        """Return the factories of every chapter, by URL name: tests/access_objects/*.py."""
        found: dict[str, Factory] = {}
        for path in sorted((Path(__file__).parent / "access_objects").glob("*.py")):
            module = import_module(f"tests.access_objects.{path.stem}")
            twice = found.keys() & module.OBJECTS.keys()
            assert not twice, f"two factories for {twice}"
            found |= module.OBJECTS
        return found

    @staticmethod
    def _organizations() -> tuple[Organization, Organization, Organization]:
        kind = Organization.Kind
        net = Organization.objects.create(code="NET", name="Réseau", short_name="Réseau", kind=kind.NETWORK)
        members = [
            Organization.objects.create(
                code=code,
                name=name,
                short_name=name,
                city=name,
                kind=kind.CENTRE,
                parent=net,
                is_sponsor=True,
                is_investigator=True,
            )
            for code, name in (("ALP", "Alphaville"), ("BET", "Bêtaville"))
        ]
        for member in members:
            Site.objects.create(
                organization=member, code=f"{member.code}-1", name=member.name, city=member.city
            )
        return net, members[0], members[1]

    @staticmethod
    def _session_of(account: Account) -> str:
        client = Client()
        client.force_login(account)
        client.get("/")  # its first request marks a session as begun: once here, not once a cell
        return client.cookies["diapason_session"].value
