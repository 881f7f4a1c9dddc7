"""Walk every address as every kind of visitor, and compare with the permission matrix (deny by default)."""

import logging
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.cache import cache
from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from diapason.audit_trail.models import Entry
from tests import access_matrix as matrix
from tests.access_world import IDENTITIES, Identity, Target, World

ROLES = Path(__file__).resolve().parents[1] / "catalogue" / "roles" / "roles.yaml"
SEED = 20261123
ASKED = ("GET", "POST")
VERBS = (*ASKED, "PUT", "PATCH", "DELETE")
"""Verbs that no address knows are refused before the object is looked at: they are tried on one object of each."""
THEIRS = ("account_", "mfa_", "usersessions_")
"""Prefixes of the sign-in package's addresses: one address for the form and its answer, PUT read as POST."""


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (full name, pattern) of every address of the resolver."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from patterns(each, inner)
        else:
            yield f"{prefix}{each.name or ''}", each


ADDRESSES = dict(patterns())


def test_every_address_has_a_row_and_every_row_an_address():
    rows = matrix.rows()
    assert sorted(ADDRESSES.keys() - rows.keys()) == [], "addresses that nobody decided about"
    assert sorted(rows.keys() - ADDRESSES.keys()) == [], "rows for addresses that are gone"
    assert len(ADDRESSES) == len(list(patterns())), "two addresses share a name"


def test_no_address_is_exempt_from_the_form_token():
    assert [
        name for name, pattern in ADDRESSES.items() if getattr(pattern.callback, "csrf_exempt", False)
    ] == []


def test_the_abilities_of_the_roles_are_those_decided_here():
    declared = yaml.safe_load(ROLES.read_text(encoding="utf-8"))
    given = {
        ability: {code for code, role in declared["roles"].items() if ability in role["abilities"]}
        for ability in declared["abilities"]
    }
    assert given == matrix.ABILITIES
    levels = {(each.role, each.level) for each in IDENTITIES if each.role}
    assert levels == {(code, level) for code, role in declared["roles"].items() for level in role["levels"]}


def test_the_document_is_that_of_the_matrix():
    written = matrix.DOCUMENT.read_text(encoding="utf-8")
    assert written == matrix.document(), "write it anew: python -m tests.access_document"


@pytest.fixture(scope="module")
def stage_of_all(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Set the stage once, in a transaction around those of the tests: what one of them adds is gone for the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(stage_of_all: World, db: None) -> World:
    """Return the stage."""
    return stage_of_all


@pytest.mark.database
@pytest.mark.parametrize("name", sorted(matrix.rows()))
def test_access(world, name, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    if name not in ADDRESSES:
        pytest.fail("no such address")
    row, wrong, walked = matrix.rows()[name], [], 0
    chosen = random.Random(f"{SEED}{name}")
    for place in row.places:
        target = target_of(world, name, place)
        for who in IDENTITIES:
            for verb in VERBS if place == row.places[0] else ASKED:
                if only_a_sample() and chosen.random() > 1 / 3:
                    continue
                walked += 1
                wrong += walk(world, name, row, who, place, verb, target)
    assert not wrong, f"{len(wrong)} of {walked} cells:\n" + "\n".join(wrong)


def only_a_sample() -> bool:
    """Tell whether a third of the cells is enough here: on PostgreSQL, unless everything was asked for."""
    return connection.vendor != "sqlite" and os.environ.get("DIAPASON_FULL") != "1"


def target_of(world: World, name: str, place: str) -> Target:
    """Return the object to open at that address."""
    takes = ADDRESSES[name].pattern.converters or ADDRESSES[name].pattern.regex.groups
    factory = world.factories.get(name)
    if factory is None:
        if takes:
            pytest.fail(f"no factory makes an object for {name}: add one to tests/access_objects")
        return Target()
    found = factory(world, place)
    return found if found is not None else pytest.fail(f"the factory of {name} makes nothing for {place}")


def walk(
    world: World, name: str, row: matrix.Row, who: Identity, place: str, verb: str, target: Target
) -> list[str]:
    """Ask once and say what was not as declared."""
    if name.startswith(THEIRS) and verb not in {"GET", "POST"}:
        return []
    cache.clear()
    before = entries()
    url = reverse(name, kwargs=target.kwargs) + target.query
    with transaction.atomic():
        client = world.client(who)
        answer = getattr(client, verb.lower())(
            url, target.data if verb in {"GET", "POST"} and verb == "POST" else None
        )
        written = entries() - before
        transaction.set_rollback(True)
    wanted = wanted_answer(row, who, place, verb)
    got = got_answer(row, verb, answer)
    where = f"  {verb} {name} as {who.name}, object of {place}"
    if wanted == "405" and not who.role and got in {matrix.LOGIN, matrix.FORBIDDEN}:
        return []  # whoever holds no role is sent away before the verb matters
    if wanted != got:
        return [f"{where}: {wanted} declared, {got} ({answer.status_code}) got"]
    if wanted != matrix.OK and written:
        return [f"{where}: refused, yet {written} entries were written"]
    return []


def entries() -> int:
    """Return how many entries the trail holds, asked without the ORM: this is asked thirty thousand times."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {Entry._meta.db_table}")
        return int(cursor.fetchone()[0])


def wanted_answer(row: matrix.Row, who: Identity, place: str, verb: str) -> str:
    """Return what the matrix declares for this cell."""
    rule = {"GET": row.get, "POST": row.post}.get(verb)
    return rule.answer(who, place) if rule else "405"


def got_answer(row: matrix.Row, verb: str, answer: object) -> str:
    """Return what was answered, in the matrix's words."""
    code = answer.status_code
    if code == 302 and answer["Location"].startswith("/accounts/login/?"):
        return matrix.LOGIN
    done = row.done if verb == "GET" else row.posted
    return matrix.OK if code in done else str(code)
