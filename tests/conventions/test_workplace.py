"""Check that what is published names no machine, no workplace and no tool of its makers."""

import re
import subprocess

from tests.conventions import tree

SLASH = "/"
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


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX|raise Not" + r"ImplementedError)\b")
    wrong = []
    for path in (*tree.python_files(), *tree.python_files(tree.ROOT / "tests"), *tree.templates()):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if later.search(line):
                wrong.append(f"{tree.name_of(path)}:{number}: {line.strip()[:80]}")
    tree.expect_none(wrong)


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    marks = re.compile(r"pytest\.(?:mark\.)?(?:sk" + r"ip|skip" + r"if|xf" + r"ail)\b")
    wrong = []
    for path in tree.python_files(tree.ROOT / "tests"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if marks.search(line):
                wrong.append(f"{tree.name_of(path)}:{number}: {line.strip()[:80]}")
    tree.expect_none(wrong)
