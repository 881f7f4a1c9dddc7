"""Say what a database holds and who may do what in it, as plain values: `python -m tests.upgrade.facts`.

Run by tests.upgrade.keep in a process of its own, once when a database is kept and once after each upgrade.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import django

SUBJECTS = 3
"""Records of each kind whose pages are asked for, beside one of the organization whose people ask."""


def facts() -> dict[str, Any]:
    """Return counts, the tree, what is wrong with the trail, and the rights of each demo role."""
    from diapason.audit_trail import proofs, verify
    from diapason.ui.snapshot import read_only

    with read_only():
        result = verify.verify()
        said = {
            "counts": dict(counts()),
            "tree": {"size": result.entries, "root": result.root},
            "faults": [str(fault) for fault in result.faults],
            "heads": [line.decode() for line in proofs.heads_lines(leaves=True)],
            "migrations": applied(),
        }
    return said | {"rights": rights()}


def counts() -> Iterator[tuple[str, int]]:
    """Give each recorded table, and those of the trail itself, with its number of rows."""
    from django.db import connection

    from diapason.audit_trail.recording import tables
    from diapason.audit_trail.triggers import APPEND_ONLY

    with connection.cursor() as cursor:
        for name in sorted([*tables(), *APPEND_ONLY]):
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            yield name, cursor.fetchone()[0]


def applied() -> list[str]:
    """Return the migrations that made these tables, those of our chapters only."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    ours = {each.label for each in apps.get_app_configs() if each.name.startswith("diapason.")}
    done = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{label}.{name}" for label, name in done if label in ours)


def rights() -> dict[str, dict[str, Any]]:
    """Return, for each demo account, its abilities (at home, elsewhere, for the network) and the pages it gets."""
    from django.test import Client

    from diapason.context.people.models import Account
    from diapason.context.people.queries import demo_accounts

    addresses, found = sample(), {}
    for row in demo_accounts():
        account = Account.objects.get(email=row.email)
        client = Client(SERVER_NAME="localhost")
        client.force_login(account)
        pages = {name: client.get(address).status_code for name, address in addresses.items()}
        found[row.code] = {"abilities": abilities(account), "pages": pages}
    return found


def abilities(account: Any) -> dict[str, str]:
    """Return where each ability is held: of "own", "other" and "network", those that hold."""
    from diapason.context.network.models import Organization
    from diapason.context.people.queries import declared_roles

    scope, members = account.scope, Organization.objects.members().order_by("code")
    own = next((each.pk for each in members if each.pk in scope.organizations), None)
    other = next(each.pk for each in members if each.pk != own)
    places = {"own": own, "other": other, "network": None}
    return {
        ability: " ".join(
            name
            for name, key in places.items()
            if (key is not None or name == "network") and scope.may(ability, key)
        )
        for ability in sorted(declared_roles().abilities)
    }


def sample() -> dict[str, str]:
    """Return name → address: pages without an argument by URL name, a few records of each kind by their subject."""
    from django.urls import NoReverseMatch, reverse

    from diapason.audit_trail.models import EntrySubject
    from diapason.demonstration.loading import LEADING
    from diapason.ui.links import kinds, url_of
    from tests.test_access import ADDRESSES

    found = {}
    for name, pattern in sorted(ADDRESSES.items()):
        if getattr(pattern.callback, "reads_only", False):
            try:
                found[name] = reverse(name)
            except NoReverseMatch:
                continue
    for kind in sorted(kinds()):
        rows = EntrySubject.objects.filter(subject__startswith=f"{kind}:").order_by("subject")
        subjects = list(rows.values_list("subject", flat=True).distinct())
        at_home = list(rows.filter(organization=LEADING).values_list("subject", flat=True)[:1])
        for subject in {*at_home, *subjects[:: max(1, len(subjects) // SUBJECTS)][:SUBJECTS]}:
            found[subject] = url_of(subject)
    return {name: address for name, address in found.items() if address}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.upgrade.settings")
    django.setup()
    json.dump(facts(), sys.stdout, ensure_ascii=False)
