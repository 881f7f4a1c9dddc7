"""Check that every text has its French, one French a text, set as French is set."""

import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from tests.conventions import catalogues, tree

THIN, WIDE = "\u202f", "\u00a0"
PLACE = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|\{(\w*)\}")
MARKUP = re.compile(r"<[^>]*>|&#?\w+;|https?://\S+")
ENGLISH_WORDS = {
    r"sponsor(?!s? d)\w*": "promoteur, promotion",
    r"propriétaires? de processus": "pilote",
    r"crosswalk": "table de correspondance",
    r"heat ?map": "vue par exigence",
    r"dashboard": "tableau de bord",
    r"leçons?": "retour d’expérience",
    r"clients?": "bénéficiaires et partenaires",
    r"workflow": "circuit",
}
RULES = [
    (re.compile(rf"(?<![{THIN};!?(\[…])[;!?](?!\w)"), "U+202F before {found!r}"),
    (re.compile(rf"(?<![{WIDE}:\d]):(?!\d|//)"), "U+00A0 before ':'"),
    (re.compile(rf"(?<![{WIDE}%])%(?![%(])"), "U+00A0 before '%'"),
    (re.compile(rf"(?<!{WIDE})%%"), "U+00A0 before '%'"),
    (re.compile(rf"«(?!{WIDE})"), "U+00A0 after «"),
    (re.compile(rf"(?<!{WIDE})»"), "U+00A0 before »"),
    (re.compile(r"(?<=\w)'(?=\w)"), "apostrophe ’"),
    (re.compile(r"\.\.\."), "ellipsis …"),
    (re.compile(r"\""), 'guillemets «» instead of "'),
]


@cache
def spoken() -> dict[Path, dict[catalogues.Key, catalogues.Found]]:
    """Return the texts of the code by chapter, read once."""
    return catalogues.spoken()


@cache
def written() -> dict[Path, Catalog]:
    """Return the catalogues by chapter, read once."""
    return catalogues.catalogues()


def every_entry() -> list[tuple[Path, catalogues.Key, Message]]:
    """Return each entry of each catalogue."""
    return [
        (chapter, *item) for chapter, made in written().items() for item in catalogues.entries(made).items()
    ]


def faults_of_setting(text: str, *, has_parameters: bool) -> list[str]:
    """Say what is wrong in the typography of a French text, markup and parameters left out."""
    plain = MARKUP.sub("", text)
    plain = PLACE.sub("0", plain) if has_parameters else plain
    return [rule.format(found=found.group(0)) for pattern, rule in RULES if (found := pattern.search(plain))]


def test_every_text_has_its_french() -> None:
    shared = catalogues.entries(written().get(tree.HOUSE / catalogues.SHARED, Catalog(locale="fr")))
    wrong = []
    for chapter, texts in spoken().items():
        own = catalogues.entries(written().get(chapter, Catalog(locale="fr")))
        for key, text in texts.items():
            entry = own.get(key) or shared.get(key)
            if entry is None or not catalogues.french(entry):
                where = tree.name_of(catalogues.catalogue_of(chapter))
                wrong.append(f"{text.where}: {text.singular!r} has no French in {where}")
            elif text.plural and not isinstance(entry.id, tuple | list):
                wrong.append(f"{text.where}: {text.singular!r} has no plural form in French")
    tree.expect_none(wrong)


def test_nothing_is_fuzzy() -> None:
    tree.expect_none(
        f"{tree.name_of(chapter)}: {key[1]!r} is fuzzy"
        for chapter, key, entry in every_entry()
        if entry.fuzzy
    )


def test_nothing_is_left_over() -> None:
    everywhere = {key for texts in spoken().values() for key in texts}
    wrong = []
    for chapter, key, _ in every_entry():
        used = everywhere if chapter.name == catalogues.SHARED else spoken().get(chapter, {})
        if key not in used:
            wrong.append(f"{tree.name_of(catalogues.catalogue_of(chapter))}: {key[1]!r} is said nowhere")
    tree.expect_none(wrong)


def test_one_french_for_one_text() -> None:
    seen: dict[catalogues.Key, tuple[tuple[str, ...], Path]] = {}
    wrong = []
    for chapter, key, entry in every_entry():
        text = catalogues.french(entry)
        if not text:
            continue
        other, where = seen.setdefault(key, (text, chapter))
        if other != text:
            wrong.append(f"{key[1]!r}: {text} in {tree.name_of(chapter)}, {other} in {tree.name_of(where)}")
    tree.expect_none(wrong)


def test_french_keeps_the_parameters() -> None:
    wrong = []
    for chapter, key, entry in every_entry():
        ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        allowed = {name for text in ids for name in PLACE.findall(text)}
        for text in catalogues.french(entry):
            found = set(PLACE.findall(text))
            # A singular may leave its number unsaid; a single text may not.
            if found - allowed or (len(ids) == 1 and allowed - found):
                wrong.append(f"{tree.name_of(chapter)}: {key[1]!r}: parameters differ in {text!r}")
    tree.expect_none(wrong)


def test_french_is_set_as_french() -> None:
    wrong = []
    for chapter, _, entry in every_entry():
        for text in catalogues.french(entry):
            wrong += [
                f"{tree.name_of(chapter)}: {text!r}: {fault}"
                for fault in faults_of_setting(text, has_parameters=bool(PLACE.search(str(entry.id))))
            ]
    tree.expect_none(wrong)


def test_french_uses_the_words_of_the_trade() -> None:
    wrong = []
    for chapter, _, entry in every_entry():
        for text in catalogues.french(entry):
            for pattern, better in ENGLISH_WORDS.items():
                found = re.search(rf"(?<![\w@/(-])(?:{pattern})\b", PLACE.sub("", text), re.I)
                if found:
                    wrong.append(f"{tree.name_of(chapter)}: {text!r}: “{found.group(0)}” is said {better}")
    tree.expect_none(wrong)


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        (f"Êtes-vous sûr{THIN}?", True),
        ("Êtes-vous sûr ?", False),
        (f"Portée{WIDE}: tout", True),
        ("Portée : tout", False),
        (f"12{WIDE}% des centres", True),
        ("12 % des centres", False),
        ("à 10:30", True),
        (f"l’«{WIDE}établissement{WIDE}»", True),
        ("l'établissement", False),
        ('<a href="x">l’établissement</a>', True),
        ("Suite...", False),
    ],
)
def test_setting_is_judged(text: str, is_right: bool) -> None:
    assert (not faults_of_setting(text, has_parameters=False)) is is_right


def test_texts_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "ROOT", tmp_path)
    page = tmp_path / "page.html"
    page.write_text(
        "{% load i18n %}{% translate 'One' %}{{ _(\"Two\") }}{% blocktranslate count n=k trimmed %}\n"
        " {{ n }} three\n{% plural %}\n {{ n }} threes{% endblocktranslate %}"
        "{% translate 'May' context 'month' %}",
        encoding="utf-8",
    )
    code = tmp_path / "code.py"
    code.write_text('message("Four " "five")\nngettext("%(n)s six", "%(n)s sixes", n)\n', encoding="utf-8")
    found = {text.key: text.plural for text in (*catalogues.in_template(page), *catalogues.in_python(code))}
    assert found == {
        ("", "One"): "",
        ("", "Two"): "",
        ("", "%(n)s three"): "%(n)s threes",
        ("month", "May"): "",
        ("", "Four five"): "",
        ("", "%(n)s six"): "%(n)s sixes",
    }
