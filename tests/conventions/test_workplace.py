"""Check that what is published names no machine, no workplace and no tool of its makers."""

import re
import subprocess
from pathlib import Path

from tests.conventions import tree

SLASH = "/"
TESTS = tree.ROOT / "tests"
NAMES = [
    rf"(?<![\w.])\{SLASH}(?:work|farm|root|home){SLASH}\w",
    r"\." + r"library\b",
    r"Co-" + r"Authored-By",
    r"(?:pypi|npmjs|pythonhosted)" + r"\.(?:org|com)",
    r"registry\." + r"npm",
    rf"\{SLASH}tmp{SLASH}brief",
]
BINARY = {".png", ".jpg", ".gz", ".zip", ".woff2", ".ico", ".pdf", ".mo", ".sqlite3"}


def published() -> list[str]:
    """Return the files that are or would be committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    return subprocess.run(
        command, cwd=tree.ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()


def test_nothing_names_the_workplace() -> None:
    pattern = re.compile("|".join(NAMES))
    wrong = []
    for name in published():
        path = tree.ROOT / name
        if path.suffix in BINARY or not path.is_file() or path.stat().st_size > 5_000_000:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            found = pattern.search(line)
            if found:
                wrong.append(f"{name}:{number}: {found.group(0)!r}")
    tree.expect_none(wrong)


def lines_like(pattern: str, *paths: Path) -> list[str]:
    """Return each line of these files that matches, with its place."""
    return [
        f"{tree.name_of(path)}:{number}: {line.strip()[:90]}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_nothing_is_left_for_later() -> None:
    later = r"\b(?:TO" + r"DO|FIX" + r"ME)\b|#.*\bX" + r"XX\b"
    tree.expect_none(lines_like(later, *tree.python_files(), *tree.python_files(TESTS), *tree.templates()))
    tree.expect_none(lines_like(r"raise Not" + r"ImplementedError", *tree.python_files()))


def test_tests_are_skipped_only_where_shared_data_are_missing() -> None:
    mark = re.compile(r"pytest\.(?:mark\.)?(?:sk" + r"ip|skip" + r"if|xf" + r"ail)\b.{0,300}", re.S)
    tree.expect_none(
        f"{tree.name_of(path)}: {found.splitlines()[0]}"
        for path in tree.python_files(TESTS)
        for found in mark.findall(path.read_text(encoding="utf-8"))
        if not re.search(r"shared", found, re.I)
    )
