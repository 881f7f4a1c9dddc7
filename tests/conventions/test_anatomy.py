"""Check that each file stays small, is called what it is, and holds only what belongs there."""

import ast
import re
from pathlib import Path

import pytest

from tests.conventions import tree

LIMITS = {
    "__init__": 30,
    "facts": 100,
    "rules": 250,
    "models": 350,
    "permissions": 150,
    "acts": 300,
    "queries": 250,
    "forms": 200,
    "views": 300,
    "charts": 150,
    "urls": 60,
}
OTHERWISE = 350
TEMPLATE = 200
TEST = 500
FUNCTION, VIEW = 40, 25
NEVER = {"utils", "helpers", "services", "selectors", "managers", "common", "core", "base", "misc"}
KNOWN = {"__init__", "apps", "jobs", "panels", "unrecorded", *LIMITS}
KNOWN_FOLDERS = {"jobs", "management", "migrations", "templatetags", "templates", "static", "locale", *LIMITS}
WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
SUMS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Pow, ast.Mod)


def limit_of(path: Path) -> int:
    """Return how many lines a file may have."""
    if path.stem == "__init__":
        return (
            LIMITS["__init__"]
            if path.parent in tree.chapters()
            else LIMITS.get(tree.kind_of(path), OTHERWISE)
        )
    return LIMITS.get(tree.kind_of(path), OTHERWISE)


def test_files_keep_to_their_limit() -> None:
    tree.expect_none(
        f"{tree.name_of(path)} has {tree.lines_of(path)} lines, limit {limit_of(path)}: "
        "make it a package of the same name, one file per noun or screen"
        for path in tree.python_files()
        if tree.lines_of(path) > limit_of(path)
    )


def test_templates_keep_to_their_limit() -> None:
    wrong = [
        f"{tree.name_of(path)} has {tree.lines_of(path)} lines, limit {TEMPLATE}: include its parts"
        for path in tree.templates()
        if tree.lines_of(path) > TEMPLATE
    ]
    tree.expect_none(wrong)


def test_tests_keep_to_their_limit() -> None:
    wrong = [
        f"{tree.name_of(path)} has {tree.lines_of(path)} lines, limit {TEST}: one file per screen or noun"
        for path in tree.python_files(tree.ROOT / "tests")
        if tree.lines_of(path) > TEST
    ]
    tree.expect_none(wrong)


def test_functions_keep_to_their_limit() -> None:
    wrong = []
    for path in (*tree.python_files(), tree.ROOT / "run.py"):
        limit = VIEW if path != tree.ROOT / "run.py" and tree.kind_of(path) == "views" else FUNCTION
        for function in tree.functions(tree.parsed(path)):
            if tree.length_of(function) > limit:
                where = f"{tree.name_of(path)}:{function.lineno} {function.name}"
                wrong.append(f"{where} has {tree.length_of(function)} lines, limit {limit}")
    tree.expect_none(wrong)


def test_no_drawer_for_everything() -> None:
    paths = [*tree.python_files(), *tree.python_files(tree.ROOT / "tests")]
    names = {path for path in paths if path.stem in NEVER} | {
        folder
        for path in paths
        for folder in path.parents
        if folder.name in NEVER and tree.ROOT in folder.parents
    }
    wrong = [f"{tree.name_of(path)}: say what it holds instead" for path in sorted(names)]
    tree.expect_none(wrong)


def modules_beyond(chapter: Path) -> list[str]:
    """Return the modules and packages of a chapter that the anatomy does not know."""
    files = [path.stem for path in chapter.glob("*.py") if path.stem not in KNOWN]
    folders = [
        path.parent.name for path in chapter.glob("*/__init__.py") if path.parent.name not in KNOWN_FOLDERS
    ]
    return sorted({*files, *folders})


def test_chapters_have_the_common_anatomy() -> None:
    wrong = []
    for chapter in tree.anatomical_chapters():
        about = ast.get_docstring(tree.parsed(chapter / "__init__.py")) or ""
        for name in modules_beyond(chapter):
            if not re.search(rf"\b{name}\b", about):
                wrong.append(
                    f"{tree.name_of(chapter)}/{name}: not a part of the anatomy (CONTRIBUTING.md); "
                    f"rename it, or say in the docstring of __init__.py what `{name}` holds, and why"
                )
    tree.expect_none(wrong)


def test_chapters_say_what_they_are() -> None:
    wrong = []
    for chapter in tree.chapters():
        module = tree.parsed(chapter / "__init__.py")
        if not ast.get_docstring(module):
            wrong.append(
                f"{tree.name_of(chapter)}/__init__.py: no docstring (what, which clause, which records)"
            )
        if len(module.body) > 1:
            wrong.append(f"{tree.name_of(chapter)}/__init__.py: holds code; a docstring only")
    tree.expect_none(wrong)


def test_every_chapter_folder_is_a_package() -> None:
    wrong = [
        f"{tree.name_of(folder)}: no __init__.py"
        for folder in {path.parent for path in tree.python_files()}
        if not (folder / "__init__.py").exists()
        and "commands" not in folder.parts
        and "management" not in folder.parts
    ]
    tree.expect_none(sorted(wrong))


def is_text(node: ast.AST) -> bool:
    """Say whether an operand is plainly a text or a list, so that + and % are no arithmetic."""
    if isinstance(node, ast.BinOp):
        return is_text(node.left) or is_text(node.right)
    if isinstance(node, ast.Call):
        called = node.func
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        return name in {"_", "gettext", "ngettext", "pgettext", "reverse", "str", "list", "tuple", "format"}
    return isinstance(node, ast.JoinedStr | ast.List | ast.Tuple | ast.ListComp) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def views() -> list[Path]:
    """Return the files that hold views."""
    return [
        path
        for path in tree.python_files()
        if tree.kind_of(path) == "views" and tree.HOUSE / "ui" not in path.parents
    ]


def test_views_do_not_write() -> None:
    wrong = []
    for path in views():
        for node in ast.walk(tree.parsed(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
            ):
                wrong.append(
                    f"{tree.name_of(path)}:{node.lineno} calls .{node.func.attr}(): that is an act's work"
                )
    tree.expect_none(wrong)


def test_views_do_not_compute() -> None:
    wrong = []
    for path in views():
        for node in ast.walk(tree.parsed(path)):
            is_sum = isinstance(node, ast.BinOp) and isinstance(node.op, SUMS)
            if is_sum and not (is_text(node.left) or is_text(node.right)):
                wrong.append(
                    f"{tree.name_of(path)}:{node.lineno} computes ({ast.unparse(node)}): "
                    "a rule or a query does that"
                )
    tree.expect_none(wrong)


CLOCKS = {"now", "today", "utcnow", "localdate", "localtime", "wall_clock"}


def test_acts_and_rules_are_told_the_time() -> None:
    wrong = []
    for path in tree.python_files():
        is_domain = any(chapter in path.parents for chapter in tree.anatomical_chapters())
        if not is_domain or tree.kind_of(path) not in {"acts", "rules", "queries", "permissions", "models"}:
            continue
        for node in ast.walk(tree.parsed(path)):
            if not isinstance(node, ast.Call) or node.args:
                continue
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if name in CLOCKS:
                wrong.append(f"{tree.name_of(path)}:{node.lineno} asks {ast.unparse(node)}: take on= or at=")
    tree.expect_none(wrong)


@pytest.mark.parametrize("example", ["a + 1", "x * y", "total / count"])
def test_arithmetic_is_seen(example: str) -> None:
    node = ast.parse(example, mode="eval").body
    assert isinstance(node, ast.BinOp)
    assert not is_text(node.left)
