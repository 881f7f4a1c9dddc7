"""Check the words: facts, glossary, docstrings."""

import ast
import dataclasses
import importlib
import re

import pytest

from diapason.kernel.facts import Fact, every_fact
from tests.conventions import glossary, tree
from tests.conventions.test_layers import our_models

IRREGULAR = set(
    """
    Begun Bound Bought Broken Built Chosen Cut Done Drawn Driven Forbidden Forgotten Found Frozen Given Gone Held
    Hidden Kept Known Laid Left Lost Made Meant Met Paid Proven Put Read Redone Rewritten Seen Sent Set Shown
    Shut Split Spent Taken Told Undone Withdrawn Withheld Written Won Sworn Overwritten Borne
    """.split()
)
PARTICLES = {"In", "Out", "Off", "Up", "Down", "Over", "Back", "On", "Aside", "Apart"}
FINDINGS = {"Effective", "Not"}
OF_A_PERSON = re.compile(
    r"^(given_name|family_name|first_name|last_name|full_name|person_name|contact.*|e?mail|phone|birth.*)$"
)
THIRD_PERSON = set(
    """
    Returns Gets Sets Makes Creates Checks Yields Gives Says Computes Builds Adds Reads Writes Loads
    Saves Finds Lists Shows Sends Takes Tells Holds Raises Runs Provides Represents
    """.split()
)
BY_THE_FRAMEWORK = set(
    """
    ready handle add_arguments save clean get_response as_view dispatch setUp to_python get_prep_value
    from_db_value deconstruct formfield process_exception process_view render get_queryset natural_key
    get_absolute_url visible_to list find label default
    """.split()
)


def all_facts() -> list[type[Fact]]:
    """Return every fact class of the house."""
    for path in tree.python_files():
        if tree.kind_of(path) == "facts":
            importlib.import_module(
                ".".join(path.relative_to(tree.ROOT).with_suffix("").parts).removesuffix(".__init__")
            )
    return sorted(
        (fact for fact in every_fact().values() if fact.__module__.startswith("diapason.")),
        key=lambda f: f.__name__,
    )


def own_fields(fact: type[Fact]) -> set[str]:
    """Return the values that a fact may hold."""
    return {field.name for field in dataclasses.fields(fact)}


def is_past_participle(name: str) -> bool:
    """Say whether the last word of a CamelCase name is one; a particle, or what was found, may follow it."""
    spoken = re.findall(r"[A-Z][a-z0-9]*", name)
    while len(spoken) > 1 and spoken[-1] in PARTICLES | FINDINGS:
        spoken.pop()
    return bool(spoken) and (spoken[-1].endswith("ed") or spoken[-1] in IRREGULAR)


def test_facts_are_frozen() -> None:
    wrong = [
        f"{fact.__module__}.{fact.__name__}: decorate it with @dataclass(frozen=True, kw_only=True)"
        for fact in all_facts()
        if {
            name
            for name, kind in vars(fact).get("__annotations__", {}).items()
            if "ClassVar" not in str(kind)
        }
        and "__dataclass_params__" not in vars(fact)
    ]
    tree.expect_none(wrong)


def test_facts_are_told_in_the_past() -> None:
    wrong = [
        f"{fact.__module__}.{fact.__name__}: noun + past participle"
        for fact in all_facts()
        if not is_past_participle(fact.__name__)
    ]
    tree.expect_none(wrong)


def test_facts_have_a_sentence_made_of_their_values() -> None:
    wrong = []
    for fact in all_facts():
        if not fact.SENTENCE:
            wrong.append(f"{fact.__name__}: no SENTENCE")
        for name in set(re.findall(r"%\((\w+)\)", fact.SENTENCE)) - own_fields(fact):
            wrong.append(f"{fact.__name__}.SENTENCE speaks of %({name})s, which is no field of it")
    tree.expect_none(wrong)


def test_sentences_are_found_by_extraction() -> None:
    wrong = []
    for path in tree.python_files():
        if tree.kind_of(path) != "facts" or tree.HOUSE / "kernel" in path.parents:
            continue
        for node in ast.walk(tree.parsed(path)):
            target = (
                node.target
                if isinstance(node, ast.AnnAssign)
                else node.targets[0]
                if isinstance(node, ast.Assign)
                else None
            )
            if isinstance(target, ast.Name) and target.id == "SENTENCE":
                value = node.value  # type: ignore[union-attr]
                if not (isinstance(value, ast.Call) and getattr(value.func, "id", "") == "message"):
                    wrong.append(f"{tree.name_of(path)}:{node.lineno} write SENTENCE = message(…)")  # type: ignore[union-attr]
    tree.expect_none(wrong)


def test_facts_declare_what_is_personal() -> None:
    wrong = []
    for fact in all_facts():
        wrong += [
            f"{fact.__name__}.PERSONAL names {name}, no field of it"
            for name in fact.PERSONAL - own_fields(fact)
        ]
        suspects = {name for name in own_fields(fact) if OF_A_PERSON.match(name)}
        wrong += [
            f"{fact.__name__}.{name} looks personal: put it into PERSONAL"
            for name in suspects - fact.PERSONAL
        ]
    tree.expect_none(wrong)


def test_glossary_has_each_model_and_fact() -> None:
    rows = glossary.rows()
    names = {model.__name__: tree.name_of_module(model) for model in our_models()}
    names |= {fact.__name__: tree.name_of_module(fact) for fact in all_facts()}
    wrong = [
        f"{name} ({where}): no row in docs/glossary.d"
        for name, where in sorted(names.items())
        if name not in rows
    ]
    tree.expect_none(wrong)


def test_glossary_rows_are_whole() -> None:
    wrong = glossary.faults()
    tree.expect_none(wrong)


def test_glossary_is_merged() -> None:
    merged = glossary.MERGED.read_text(encoding="utf-8") if glossary.MERGED.exists() else ""
    assert merged == glossary.merge(), (
        "docs/glossary.md is not what docs/glossary.d gives: python3 run.py fix"
    )


def public_things() -> list[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Return what a reader meets: modules, public classes, public functions, long public methods."""
    found: list[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]] = []
    for path in tree.python_files():
        module = tree.parsed(path)
        where = tree.name_of(path)
        if module.body:
            found.append((where, module))
        for node in module.body:
            if isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
            ) and not node.name.startswith("_"):
                found.append((f"{where}:{node.lineno} {node.name}", node))
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found += [
                    (f"{where}:{method.lineno} {node.name}.{method.name}", method)
                    for method in node.body
                    if isinstance(method, ast.FunctionDef)
                    and not method.name.startswith("_")
                    and method.name not in BY_THE_FRAMEWORK
                    and tree.length_of(method) > 5
                ]
    return found


def test_what_a_reader_meets_says_what_it_is() -> None:
    wrong = []
    for where, thing in public_things():
        text = ast.get_docstring(thing)
        if not text:
            wrong.append(f"{where}: no docstring")
            continue
        first = text.split("\n\n")[0].replace("\n", " ")
        if not re.search(r"[.:?!)”»]$", first.strip()):
            wrong.append(f"{where}: its first paragraph is no sentence: {first[:60]!r}")
        if first.split()[0] in THIRD_PERSON:
            wrong.append(f"{where}: complete “this will …”: {first.split()[0]!r} without s")
    tree.expect_none(wrong)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("QualityEventClosed", True),
        ("ActionFoundNotEffective", True),
        ("ActionEffective", False),
        ("ClauseAssessed", True),
        ("AccountSignedIn", True),
        ("CloseEvent", False),
        ("EditionFrozen", True),
    ],
)
def test_past_participles_are_recognised(name: str, expected: bool) -> None:
    assert is_past_participle(name) is expected
