"""Give every test a small network, accounts of any role, and clients signed in."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from itertools import count, pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from diapason.audit_trail.acts import act, automaton, record
from diapason.kernel.facts import Fact

TODAY = date(2026, 11, 23)
_numbers = count(1)
gc.disable()  # while tests are collected, hardly anything dies


def pytest_configure(config: pytest.Config) -> None:
    """Let every test take place on one day, whatever day it is; journeys give their instances that day themselves."""
    if not any("journeys" in argument for argument in config.args):
        os.environ.setdefault("DIAPASON_TODAY", TODAY.isoformat())


def pytest_collection_finish() -> None:
    """Leave what was imported and collected out of each later search for garbage; search less often."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


class StageSet(Fact):
    """State that a test prepared its records."""

    SENTENCE = "Stage set for a test"


@pytest.fixture
def today() -> date:
    """Return the day on which tests take place."""
    return TODAY


@act
def set_stage(*, by: Any, build: Callable[[], Any]) -> Any:
    """Run `build` inside an act, so that a test may prepare recorded rows."""
    result = build()
    record(StageSet(subject="test:stage"), by=by)
    return result


@pytest.fixture
def stage(db: None) -> Callable[[Callable[[], Any]], Any]:
    """Return `stage(build)`: rows may be saved inside `build`."""
    return lambda build: set_stage(by=automaton("tests"), build=build)


@pytest.fixture
def network(stage: Callable[[Callable[[], Any]], Any]) -> SimpleNamespace:
    """Return a network (.net) with two centres (.alpha ALP, .beta BET) and a central function (.central RDD)."""
    from diapason.context.network.models import Organization, Site

    def build() -> SimpleNamespace:
        kind = Organization.Kind
        net = Organization.objects.create(
            code="NET", name="Réseau d’essai", short_name="Réseau", kind=kind.NETWORK
        )

        def member(code: str, name: str, city: str, which: str, **more: Any) -> Organization:
            organization = Organization.objects.create(
                code=code,
                name=name,
                short_name=city,
                city=city,
                kind=which,
                parent=net,
                is_sponsor=True,
                **more,
            )
            Site.objects.create(
                organization=organization,
                code=f"{code}-1",
                name=name,
                city=city,
                is_hospital_site=which == kind.CENTRE,
            )
            return organization

        return SimpleNamespace(
            net=net,
            alpha=member("ALP", "Institut Alphonse-Alpha", "Alphaville", kind.CENTRE, is_investigator=True),
            beta=member("BET", "Centre Berthe-Bêta", "Bêtaville", kind.CENTRE, is_investigator=True),
            central=member("RDD", "Direction de la recherche", "Direction R&D", kind.CENTRAL_FUNCTION),
        )

    return stage(build)


@pytest.fixture
def account(stage: Callable[[Callable[[], Any]], Any]) -> Callable[..., Any]:
    """Return `account(role="", organization=None)` → a new account holding that role (None: for the network)."""
    from diapason.context.people.models import Account, Person, RoleAssignment

    def make(role: str = "", organization: Any = None, **more: Any) -> Any:
        number = next(_numbers)

        def build() -> Any:
            email = f"person{number}@example.org"
            person = Person.objects.create(
                identifier=f"P-T{number:05d}",
                given_name="Camille",
                family_name=f"Essai{number}",
                email=email,
                sort_key=f"essai{number}",
            )
            made = Account(email=email, person=person)
            made.set_password("correct horse battery staple")
            made.save()
            if role:
                RoleAssignment.objects.create(
                    reference=f"RO-T{number:05d}",
                    person=person,
                    role=role,
                    organization=organization,
                    starts_on=date(2020, 1, 1),
                    **more,
                )
            return made

        return stage(build)

    return make


@pytest.fixture
def client_as(account: Callable[..., Any]) -> Callable[..., Client]:
    """Return `client_as(role, organization=None)` → a client signed in; `.account` is who."""

    def make(role: str = "", organization: Any = None, **more: Any) -> Client:
        who = account(role, organization, **more)
        client = Client()
        client.force_login(who)
        client.account = who  # type: ignore[attr-defined]
        return client

    return make


@pytest.fixture(autouse=True)
def snapshots_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count the same statements on both engines: on PostgreSQL, leave those out that open and end a snapshot.

    SQLite is told by PRAGMAs, which are not counted; a test that holds a transaction adds a savepoint.
    """
    if connection.vendor != "postgresql":
        return
    whole = CaptureQueriesContext.captured_queries.fget

    def counted(context: CaptureQueriesContext) -> list[dict[str, str]]:
        queries, ours = whole(context), set[str]()
        for before, query in pairwise(queries):
            if query["sql"].startswith("SET TRANSACTION ") and before["sql"].startswith("SAVEPOINT "):
                ours.add(before["sql"].removeprefix("SAVEPOINT "))
        left_out = {f"{verb} {name}" for verb in ("SAVEPOINT", "RELEASE SAVEPOINT") for name in ours}
        return [
            query
            for query in queries
            if query["sql"] not in left_out and not query["sql"].startswith("SET TRANSACTION ")
        ]

    monkeypatch.setattr(CaptureQueriesContext, "captured_queries", property(counted))


@pytest.fixture
def assert_fixed_queries() -> Callable[[Callable[[], Any], Callable[[], Any]], int]:
    """Return `check(ask, grow)`: `ask()` needs as many queries after `grow()` added rows as before."""

    def check(ask: Callable[[], Any], grow: Callable[[], Any]) -> int:
        ask()
        with CaptureQueriesContext(connection) as before:
            ask()
        grow()
        with CaptureQueriesContext(connection) as after:
            ask()
        assert len(before) == len(after), "\n".join(query["sql"][:200] for query in after.captured_queries)
        return len(after)

    return check


@contextmanager
def _disarmed() -> Iterator[None]:
    from diapason.audit_trail import triggers

    triggers.drop()
    try:
        yield
    finally:
        triggers.install()


@pytest.fixture
def disarmed() -> Callable[[], AbstractContextManager[None]]:
    """Return a context in which the triggers are away: only to prepare damage that the product must find."""
    return _disarmed
