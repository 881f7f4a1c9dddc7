"""Check what is installed and shipped: locks, licences, and that run.py can be read by an old Python."""

import ast
import re
import tomllib
from importlib import metadata

import pytest

from tests import checks
from tests.conventions import tree

STRONG_COPYLEFT = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public)", re.I)
LESSER = re.compile(r"\bLGPL|Lesser General Public", re.I)
REQUIREMENTS = tree.ROOT / "requirements"


def canonical(name: str) -> str:
    """Return a distribution's name in its one canonical form."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named_in(path_name: str) -> list[str]:
    """Return the lines of an .in file."""
    lines = (REQUIREMENTS / path_name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def locked(name: str) -> dict[str, str]:
    """Return the exact versions of a lock by distribution."""
    text = (REQUIREMENTS / name).read_text(encoding="utf-8")
    return {
        canonical(found[0]): found[1]
        for found in re.findall(r"^([\w.\-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.M)
    }


def test_locks_record_no_address() -> None:
    tree.expect_none(filter(None, [checks.lock_files()]))


def test_locks_are_hashed() -> None:
    for name in ("app.txt", "test.txt"):
        entries = re.split(r"^(?=\S+==)", (REQUIREMENTS / name).read_text(encoding="utf-8"), flags=re.M)[1:]
        tree.expect_none(
            f"{name}: {entry.split()[0]} has no hash" for entry in entries if "--hash=sha256:" not in entry
        )


@pytest.mark.parametrize("name", ["app", "test"])
def test_locks_hold_what_is_asked_for(name: str) -> None:
    asked = {canonical(re.split(r"[\[<>=~! ]", line)[0]) for line in named_in(f"{name}.in")}
    tree.expect_none(
        f"{name}.txt lacks {missing}: run.py lock" for missing in sorted(asked - set(locked(f"{name}.txt")))
    )


def test_the_test_lock_contains_the_application_lock() -> None:
    test = locked("test.txt")
    tree.expect_none(
        f"{name}: {version} in app.txt, {test.get(name)} in test.txt: run.py lock"
        for name, version in locked("app.txt").items()
        if test.get(name) != version
    )


def test_project_names_the_same_dependencies() -> None:
    project = tomllib.loads((tree.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["dependencies"] == named_in("app.in"), "pyproject.toml and requirements/app.in differ"


def licence_of(distribution: metadata.Distribution) -> str:
    """Return all that a distribution says about its licence, in short."""
    said = [
        distribution.metadata.get("License-Expression", ""),
        (distribution.metadata.get("License") or "")[:200],
    ]
    said += [each for each in distribution.metadata.get_all("Classifier") or [] if each.startswith("License")]
    return " ".join(filter(None, said))


def test_the_application_set_has_no_strong_copyleft() -> None:
    wrong = []
    for name in locked("app.txt"):
        try:
            found = licence_of(metadata.distribution(name))
        except metadata.PackageNotFoundError:
            continue  # a version for another platform or Python
        if not found:
            wrong.append(f"{name}: says nothing about its licence")
        elif STRONG_COPYLEFT.search(LESSER.sub("", found)) and not re.search(r"\bOR\b", found):
            wrong.append(f"{name}: {found}")
    tree.expect_none(wrong)


def test_licence_is_the_official_text() -> None:
    text = (tree.ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert "Appendix" in text


def test_old_pythons_can_read_run_py() -> None:
    ast.parse((tree.ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_run_py_needs_nothing_installed() -> None:
    import sys

    imported = {
        name.split(".")[0]
        for node in ast.walk(tree.parsed(tree.ROOT / "run.py"))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        )
    }
    assert imported <= set(sys.stdlib_module_names)
