"""Each kept database goes to today's tables by the real migrations and loses nothing (bar G17)."""

from pathlib import Path
from typing import Any

import pytest

from tests.audit_trail import forge
from tests.upgrade import keep

KEPT = sorted(path.stem for path in keep.HERE.glob("*.json"))
FRESH = "made now"
RENAMED: dict[str, str] = {}
"""Table of a kept database → what a migration has named it since."""
ROLES = (
    "administrator", "external_certifier", "funder", "internal_auditor", "network_coordinator", "network_director",
    "process_owner", "quality_manager", "research_staff", "sponsor_project_manager",
)  # fmt: skip
DECIDED: dict[tuple[str, str], Any] = {
    (role, f"edition:{code}"): 200 for role in ROLES for code in ("ich-e6-r3", "iso-9001-2015")
}
"""(Role, ability or page) → what holds today, where somebody decided to change a right since a database was kept.

Links of standards in the trail lead to the standard since then."""
GONE: set[str] = set()
"""Abilities, pages and kinds of record that were taken away on purpose."""


def differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return what an upgrade changed that it must not: counts, the tree, and rights."""
    wrong = [f"the trail: {fault}" for fault in now["faults"]]
    for table, count in before["counts"].items():
        found = now["counts"].get(RENAMED.get(table, table))
        if found != count:
            wrong.append(f"{table}: {count} rows before, {found} now")
    if before["tree"] != now["tree"]:
        wrong.append(f"the tree: {before['tree']} before, {now['tree']} now")
    for role, held in before["rights"].items():
        for kind, answers in held.items():
            for name, answer in answers.items():
                expected = DECIDED.get((role, name), answer)
                found = now["rights"].get(role, {}).get(kind, {}).get(name)
                if found != expected and name not in GONE:
                    wrong.append(f"{role}, {name}: {expected!r} before, {found!r} now")
    return wrong


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a database kept a moment ago."""
    folder = tmp_path_factory.mktemp("fresh")
    keep.keep(FRESH, folder)
    return folder


def folder_of(name: str, request: pytest.FixtureRequest) -> Path:
    """Return where a kept database lies."""
    return request.getfixturevalue("fresh") if name == FRESH else keep.HERE


@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", [*KEPT, pytest.param(FRESH, marks=pytest.mark.full)])
def test_a_kept_database_is_upgraded_whole(name: str, request: Any, tmp_path: Path) -> None:
    data = tmp_path / "data"
    before = keep.unpack(name, data, folder_of(name, request))
    keep.manage(data, "migrate", "--verbosity", "0")
    assert "no changes" in keep.manage(data, "makemigrations", "--check", "--dry-run").lower()
    assert differences(before, keep.facts_of(data)) == []
    check_witness(before, data, tmp_path)


def check_witness(before: dict[str, Any], data: Path, folder: Path) -> None:
    """Expect that the export after the upgrade goes on from the heads that somebody kept before, by the same key."""
    witness, export = folder / "witness.jsonl", folder / "export.jsonl"
    witness.write_text("".join(before["heads"]), encoding="utf-8")
    keep.manage(data, "export_trail", str(export))
    forge.verifier().check_trail(export, [witness])


@pytest.mark.full
@pytest.mark.timeout(600)
def test_an_upgrade_that_loses_something_is_found(fresh: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    before = keep.unpack(FRESH, data, fresh)
    script = """
import django
django.setup()
from django.db import connection
from diapason.audit_trail import triggers
triggers.drop()
connection.cursor().execute("DELETE FROM studies_studystatus WHERE id = 1")
triggers.install()
"""
    keep.run(data, "-c", script)
    wrong = differences(before, keep.facts_of(data))
    assert [line for line in wrong if line.startswith("studies_studystatus: ")]
    assert [line for line in wrong if line.startswith("the trail: ")]


def said(**changed: Any) -> dict[str, Any]:
    """Return invented facts."""
    rights = {"quality_manager": {"abilities": {"assess_clause": "own"}, "pages": {"studies:studies": 200}}}
    facts = {"counts": {"a": 3}, "tree": {"size": 2, "root": "ab"}, "faults": [], "rights": rights}
    return facts | changed


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"counts": {"a": 2}}, "a: 3 rows before, 2 now"),
        ({"counts": {"b": 3}}, "a: 3 rows before, None now"),
        ({"tree": {"size": 2, "root": "cd"}}, "the tree: "),
        ({"faults": ["entry 1: wrong"]}, "the trail: entry 1: wrong"),
        ({"rights": {}}, "quality_manager, assess_clause: 'own' before, None now"),
    ],
)
def test_what_an_upgrade_may_not_change_is_named(changed: dict[str, Any], named: str) -> None:
    assert [line for line in differences(said(), said(**changed)) if line.startswith(named)]
    assert differences(said(), said()) == []


def test_more_rows_of_new_tables_and_new_rights_are_no_loss() -> None:
    now = said()
    now["counts"] = {"a": 3, "new": 7}
    now["rights"]["quality_manager"]["abilities"]["triage_event"] = "own"
    assert differences(said(), now) == []


def test_each_kept_database_has_its_facts_and_stays_small() -> None:
    packed = sorted(path.name.removesuffix(".sqlite3.xz") for path in keep.HERE.glob("*.sqlite3.xz"))
    assert packed == KEPT
    assert not [name for name in KEPT if (keep.HERE / f"{name}.sqlite3.xz").stat().st_size > keep.MOST_BYTES]
