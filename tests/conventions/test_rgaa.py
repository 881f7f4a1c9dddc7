"""Hold the table of the 106 criteria of RGAA 4.1.2: every number, tests that exist, rules that axe runs."""

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from tests.conventions import tree
from tests.journeys.windows import AXE_ADDED

DOCUMENT = tree.ROOT / "docs" / "validation" / "rgaa.md"
TOPICS = {1: 9, 2: 2, 3: 3, 4: 13, 5: 8, 6: 2, 7: 5, 8: 10, 9: 4, 10: 14, 11: 13, 12: 11, 13: 12}
MET, PART, TO_SEE, NONE, GAP = STATES = (
    "tenu · met",
    "en partie · in part",
    "à voir · to be seen",
    "sans objet · not applicable",
    "écart · gap",
)
PAGES = set("ASLDFCP–")
TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")
RULE = re.compile(r"axe:`([a-z0-9-]+)`")
READ = re.compile(r"lu · read \d{4}-\d{2}-\d{2}")


def rows() -> list[list[str]]:
    """Return the cells of each criterion: number, French, English, pages, checked by, state, note."""
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if re.match(r"\| \d+\.\d+ ", line)
    ]


@cache
def names_in(path: Path) -> set[str]:
    """Return the tests of a file: name, or Class::name."""
    found = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{each.name}" for each in node.body if isinstance(each, ast.FunctionDef)}
    return found


@cache
def rules_run() -> set[str]:
    """Return the rules that axe runs: neither switched off nor experimental, or asked for."""
    spec = find_spec("axe_playwright_python")
    assert spec
    assert spec.submodule_search_locations
    text = (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")
    text = text[text.index('{id:"accesskeys",') :]
    pieces = re.findall(r'\{id:"([a-z0-9-]+)",([^{}]*?)tags:\[([^\]]*)\]', text)
    assert set(AXE_ADDED) <= {name for name, *_ in pieces}
    of_its_own = {
        name for name, more, tags in pieces if "enabled:!1" not in more and "experimental" not in tags
    }
    return of_its_own | set(AXE_ADDED)


def test_each_criterion_has_one_row_in_order() -> None:
    expected = [f"{topic}.{number}" for topic, count in TOPICS.items() for number in range(1, count + 1)]
    assert len(expected) == 106
    assert [row[0] for row in rows()] == expected


def test_each_row_is_whole() -> None:
    for number, french, english, pages, checked, state, note in rows():
        assert french and english, number
        assert set(pages.split()) <= PAGES, number
        assert state in STATES, number
        assert (
            state not in {MET, PART} or TEST.search(checked) or RULE.search(checked) or READ.search(checked)
        ), number
        assert state not in {NONE, GAP} or note != "–", f"{number}: say why"
        assert note == "–" or " / " in note, f"{number}: the note in both languages"


def test_what_is_named_exists() -> None:
    wrong = []
    for number, *_, checked, _, _ in rows():
        for file, name in TEST.findall(checked):
            path = tree.ROOT / file
            if not path.exists() or name not in names_in(path):
                wrong.append(f"{number}: no test {file}::{name}")
        wrong += [
            f"{number}: axe runs no rule {rule}" for rule in RULE.findall(checked) if rule not in rules_run()
        ]
    tree.expect_none(wrong)


def test_rules_that_axe_leaves_out_are_known() -> None:
    assert {"image-alt", "color-contrast", "heading-order", "region"} <= rules_run()
    assert "target-size" in rules_run()
    assert not {"css-orientation-lock", "color-contrast-enhanced"} & rules_run()


def test_the_counts_above_the_table_are_those_of_the_table() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    for state in STATES:
        assert f"**{state}** {sum(row[5] == state for row in rows())}" in text, state
