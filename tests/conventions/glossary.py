"""Merge the chapters' glossaries into one page: `python3 run.py fix` writes it."""

import re

from tests.conventions.tree import ROOT

PARTS = ROOT / "docs" / "glossary.d"
MERGED = ROOT / "docs" / "glossary.md"
HEAD = """# Glossary / Glossaire

One word per idea, spelled as in the standard: what the code says, what people read, the clause it comes from.
Made from `docs/glossary.d` by `python3 run.py fix`; write there, one file per chapter.

| Code | English | Français | Clause |
| --- | --- | --- | --- |
"""


def lines() -> list[tuple[str, list[str]]]:
    """Return each row of each part with the file it stands in; headings and rules are left out."""
    found = []
    for path in sorted(PARTS.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            is_row = line.strip().startswith("|") and not set(line) <= set("|-: ")
            if is_row and cells[0].strip("`").lower() not in {"code name", "code"}:
                found.append((path.name, cells))
    return found


def rows() -> dict[str, list[str]]:
    """Return the rows by code name."""
    return {cells[0].strip("`"): cells for _, cells in lines()}


def faults() -> list[str]:
    """Say which rows are incomplete, or say one code name twice."""
    wrong, seen = [], {}
    for part, cells in lines():
        name = cells[0].strip("`")
        if len(cells) != 4 or not all(cells[:3]):
            wrong.append(
                f"docs/glossary.d/{part}: {name}: four cells, | code name | English | French | clause |"
            )
        if not re.fullmatch(r"[A-Za-z_][\w. ]*", name):
            wrong.append(f"docs/glossary.d/{part}: {name!r} is no code name")
        if name in seen:
            wrong.append(f"docs/glossary.d/{part}: {name} stands already in {seen[name]}")
        seen[name] = part
    return wrong


def merge() -> str:
    """Return the whole page, rows in alphabetical order."""
    ordered = sorted(rows().items(), key=lambda item: item[0].casefold())
    body = [f"| `{name}` | " + " | ".join((*cells[1:], "", "", "")[:3]) + " |" for name, cells in ordered]
    return HEAD + "\n".join(body) + "\n"


if __name__ == "__main__":
    MERGED.write_text(merge(), encoding="utf-8")
