"""Check the reading of declared roles, and what they add up to."""

from copy import deepcopy
from pathlib import Path

import pytest
import yaml

from diapason.context.people.rules import (
    BadRoles,
    fictional_name,
    load_roles,
    next_number,
    parse_roles,
    scope_of,
)
from diapason.kernel.scope import EVERYWHERE

FILE = Path(__file__).resolve().parents[3] / "catalogue" / "roles" / "roles.yaml"
RAW = yaml.safe_load(FILE.read_text(encoding="utf-8"))


def test_the_ten_roles_of_the_network_are_declared():
    roles = load_roles(FILE)
    assert list(roles.roles) == [
        "network_coordinator",
        "network_director",
        "quality_manager",
        "process_owner",
        "research_staff",
        "sponsor_project_manager",
        "internal_auditor",
        "external_certifier",
        "funder",
        "administrator",
    ]
    assert roles["quality_manager"].name.fr == "RAQ"
    assert roles.named("long_gone").fr == "long_gone"
    assert all(roles.holding(ability) for ability in roles.abilities), "an ability that nobody holds"


def damaged(change):
    raw = deepcopy(RAW)
    change(raw)
    return raw


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda raw: raw["roles"]["funder"].update(abilities=["fly"]), "funder: unknown ability fly"),
        (lambda raw: raw["roles"]["funder"].update(levels=["planet"]), "funder: levels are"),
        (lambda raw: raw["roles"]["funder"].update(audience="press"), "funder: unknown audience press"),
        (lambda raw: raw["roles"]["funder"].update(sees="some"), "funder: sees is all or own"),
        (lambda raw: raw["roles"]["funder"].pop("name"), "funder: needs exactly"),
        (
            lambda raw: raw["roles"]["funder"].update(name={"fr": "Financeur"}),
            "funder, name: needs fr and en",
        ),
        (lambda raw: raw["roles"]["administrator"].update(abilities=[]), "nobody could invite anybody"),
        (
            lambda raw: raw["roles"]["funder"].update(abilities=["read_trail", "read_trail"]),
            "funder: ability read_trail stands twice",
        ),
        (lambda raw: raw["abilities"].update(fly={"fr": "Voler"}), "fly: needs fr and en"),
        (lambda raw: raw.update(extra=1), "exactly the two keys"),
    ],
)
def test_each_mistake_is_named(change, said):
    with pytest.raises(BadRoles) as caught:
        parse_roles(damaged(change))
    assert any(said in mistake for mistake in caught.value.mistakes)


def test_all_mistakes_are_told_at_once():
    def change(raw):
        raw["roles"]["funder"].update(audience="press", levels=[])
        raw["roles"]["administrator"].update(sees="some")

    with pytest.raises(BadRoles) as caught:
        parse_roles(damaged(change))
    assert len(caught.value.mistakes) == 3


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    with pytest.raises(BadRoles, match="cannot be read"):
        load_roles(tmp_path / "absent.yaml")
    torn = tmp_path / "roles.yaml"
    torn.write_text("roles: [", encoding="utf-8")
    with pytest.raises(BadRoles, match="cannot be read"):
        load_roles(torn)


def test_network_and_organization_add_up_to_everywhere():
    roles = load_roles(FILE)
    held = [("administrator", 7), ("administrator", None), ("internal_auditor", 9)]
    scope = scope_of("P-0001", held, [], roles)
    assert scope.where("manage_accounts") == EVERYWHERE
    assert scope.organizations == {7, 9}
    assert scope_of("P-0001", list(reversed(held)), [], roles).where("read_trail") == EVERYWHERE


def test_a_role_no_longer_declared_gives_nothing():
    scope = scope_of("P-0001", [("emperor", None)], [], load_roles(FILE))
    assert (scope.roles, scope.abilities, scope.audience) == ((), {}, "nobody")


def test_numbers_follow_each_other_past_four_digits():
    assert [next_number("", "P"), next_number("P-0009", "P"), next_number("P-9999", "P")] == [
        "P-0001",
        "P-0010",
        "P-10000",
    ]


def test_fictional_names_differ():
    names = {fictional_name(position) for position in range(500)}
    assert len(names) == 500
