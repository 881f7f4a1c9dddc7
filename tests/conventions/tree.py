"""Walk the house: families, chapters, files, and what they are called."""

import ast
import configparser
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "diapason"
PARTS = {"models", "acts", "rules", "queries", "permissions", "facts", "forms", "charts", "urls", "views"}
ONE_CHAPTER = {
    "kernel",
    "statistics",
    "ui",
    "audit_trail",
    "interactions",
    "api",
    "portal",
    "demonstration",
    "settings",
}


def expect_none(wrong: Iterable[str]) -> None:
    """Fail with the offences alone, one a line."""
    offences = list(wrong)
    if offences:
        pytest.fail(f"{len(offences)} offence(s):\n" + "\n".join(offences), pytrace=False)


def name_of(path: Path) -> str:
    """Return a path as written in the repository."""
    return str(path.relative_to(ROOT))


@cache
def families() -> list[Path]:
    """Return the families of the house."""
    return sorted(path for path in HOUSE.iterdir() if path.is_dir() and (path / "__init__.py").exists())


@cache
def chapters() -> list[Path]:
    """Return every chapter: a leaf folder of a family, or the family itself where it is one chapter."""
    found = []
    for family in families():
        if family.name in ONE_CHAPTER:
            found.append(family)
        else:
            found += sorted(path for path in family.iterdir() if (path / "__init__.py").exists())
    return found


def anatomical_chapters() -> list[Path]:
    """Return the chapters built after the common anatomy: those inside families of several."""
    return [chapter for chapter in chapters() if chapter.parent != HOUSE]


def chapter_of(path: Path) -> Path | None:
    """Return the chapter in which a file lies."""
    return next((chapter for chapter in chapters() if chapter in path.parents or chapter == path), None)


@cache
def python_files(folder: Path = HOUSE) -> tuple[Path, ...]:
    """Return the Python files of a folder, migrations and caches left out."""
    return tuple(
        path
        for path in sorted(folder.rglob("*.py"))
        if "migrations" not in path.parts
        and "__pycache__" not in path.parts
        and "node_modules" not in path.parts
    )


@cache
def templates() -> tuple[Path, ...]:
    """Return the templates of the house, texts of mails included."""
    return tuple(sorted(path for path in HOUSE.glob("**/templates/**/*") if path.suffix in {".html", ".txt"}))


@cache
def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def lines_of(path: Path) -> int:
    """Return how many lines a file has."""
    return len(path.read_text(encoding="utf-8").splitlines())


def kind_of(path: Path) -> str:
    """Return which file of the anatomy this is: `views` for views.py and for all in the package views/."""
    return next((part for part in path.relative_to(HOUSE).parts[:-1] if part in PARTS), path.stem)


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield each function and method, nested ones included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines from `def` to its end, its docstring not counted."""
    total = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def contract(name: str) -> dict[str, str]:
    """Return one contract of .importlinter; one that does not exist is empty."""
    read = configparser.ConfigParser()
    read.read(ROOT / ".importlinter", encoding="utf-8")
    title = f"importlinter:contract:{name}"
    return dict(read[title]) if title in read else {}


def layers(name: str) -> list[set[str]]:
    """Return the layers of a contract, lowest first, each with the names that share it."""
    lines = [line for line in contract(name).get("layers", "").splitlines() if line.strip()]
    return [{part.strip(" ()") for part in line.split("|")} for line in reversed(lines)]


@cache
def ranks() -> dict[str, tuple[int, int]]:
    """Return how high each chapter lies, by its dotted name below diapason: (family, place in the family)."""
    height = {name: level for level, names in enumerate(layers("families")) for name in names}
    found = {}
    for chapter in chapters():
        dotted = ".".join(chapter.relative_to(HOUSE).parts)
        family, _, leaf = dotted.partition(".")
        place = 0
        if leaf:
            inside = [level for level, names in enumerate(layers(family)) if leaf in names]
            place = inside[0] if inside else -1
        found[dotted] = (height.get(family, -1), place)
    return found


def name_of_module(thing: type) -> str:
    """Return where a class is written."""
    return thing.__module__.replace(".", "/") + ".py"
