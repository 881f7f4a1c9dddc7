"""Collect the texts to translate, chapter by chapter: `python3 run.py messages`.

Each chapter keeps its French in locale/fr/LC_MESSAGES/django.po, by hand. This adds the message ids that
are missing there, with the French that another chapter gives to the same words or else with none, and lists
what is left to do. Nothing is rewritten: comments, order and wording of what stands there stay.
"""

import ast
import io
import re
import sys
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import template as django_template

from tests.conventions import tree

KEYWORDS: dict[str, Any] = {
    "_": None,
    "message": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TEXT = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
CALL = re.compile(rf"\b(gettext|ngettext|pgettext|npgettext|_)\(\s*({TEXT}(?:\s*,\s*{TEXT})*)")
SHARED = "ui"  # words of every screen; a chapter need not repeat them
# Folders without a catalogue of their own: Django loads those of installed apps only.
SPOKEN_ELSEWHERE = {"kernel": "ui", "statistics": "ui", "settings": "ui"}

HEADER = r"""msgid ""
msgstr ""
"Language: fr\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"
"""

Key = tuple[str, str]  # context ("" when there is none), message id


@dataclass(frozen=True)
class Found:
    """Hold one message id of the code: its plural, its context, and where it stands."""

    singular: str
    plural: str = ""
    context: str = ""
    where: str = ""

    @property
    def key(self) -> Key:
        """Return what identifies it in a catalogue."""
        return (self.context, self.singular)


def in_python(path: Path) -> Iterator[Found]:
    """Yield the texts marked in a Python file."""
    with path.open("rb") as file:
        for line, texts, _, context in extract(
            "python", file, keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            singular, plural = (texts[0], texts[1]) if isinstance(texts, tuple) else (texts, "")
            if singular:
                yield Found(singular, plural, context or "", f"{tree.name_of(path)}:{line}")


def in_template(path: Path) -> Iterator[Found]:
    """Yield the texts marked in a template, as Django itself reads it."""
    if not settings.configured:
        settings.configure()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", django_template.TranslatorCommentWarning)
        code = django_template.templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in CALL.finditer(code):
        texts = [ast.literal_eval(text) for text in re.findall(TEXT, match[2])]
        where = f"{tree.name_of(path)}:{code.count(chr(10), 0, match.start()) + 1}"
        context = texts.pop(0) if match[1] in {"pgettext", "npgettext"} else ""
        plural = texts[1] if match[1] in {"ngettext", "npgettext"} else ""
        if texts[0]:
            yield Found(texts[0], plural, context, where)


def owner(path: Path) -> Path | None:
    """Return the chapter whose catalogue holds the texts of a file."""
    chapter = tree.chapter_of(path)
    if chapter is None:
        return None
    return tree.HOUSE / SPOKEN_ELSEWHERE[chapter.name] if chapter.name in SPOKEN_ELSEWHERE else chapter


def spoken() -> dict[Path, dict[Key, Found]]:
    """Return the texts of the code by chapter."""
    found: dict[Path, dict[Key, Found]] = {}
    for path in (*tree.python_files(), *tree.templates()):
        chapter = owner(path)
        if chapter is None:
            continue
        for text in in_python(path) if path.suffix == ".py" else in_template(path):
            found.setdefault(chapter, {}).setdefault(text.key, text)
    return found


def catalogue_of(chapter: Path) -> Path:
    """Return where a chapter keeps its French."""
    return chapter / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def read(path: Path) -> Catalog:
    """Return a catalogue; an absent one is empty."""
    if not path.exists():
        return Catalog(locale="fr")
    with path.open("rb") as file:
        return read_po(file, locale="fr")


def catalogues() -> dict[Path, Catalog]:
    """Return every catalogue of the house by its chapter."""
    return {
        path.parents[3]: read(path) for path in sorted(tree.HOUSE.glob("**/locale/fr/LC_MESSAGES/django.po"))
    }


def entries(catalogue: Catalog) -> dict[Key, Message]:
    """Return a catalogue's entries, the header left out."""
    return {
        (entry.context or "", entry.id[0] if isinstance(entry.id, tuple) else entry.id): entry
        for entry in catalogue
        if entry.id
    }


def french(entry: Message) -> tuple[str, ...]:
    """Return the French of an entry, one text or one per plural form; () when any is missing."""
    texts = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
    return tuple(texts) if all(texts) else ()


def addition(text: Found, known: dict[Key, tuple[str, ...]]) -> Message:
    """Return the entry to add for a text, in the French that another chapter has for it."""
    given = known.get(text.key, ())
    if text.plural:
        return Message(
            (text.singular, text.plural), given if len(given) == 2 else ("", ""), context=text.context or None
        )
    return Message(text.singular, given[0] if len(given) == 1 else "", context=text.context or None)


def written(additions: list[Message], *, header: bool) -> str:
    """Return entries in the form of a catalogue."""
    made = Catalog(locale="fr", project="Diapason", version="0", fuzzy=False, creation_date=datetime.now(UTC))
    for entry in additions:
        made.add(entry.id, entry.string, context=entry.context)
    buffer = io.BytesIO()
    write_po(buffer, made, width=110, omit_header=True)
    return (HEADER if header else "") + "\n" + buffer.getvalue().decode().strip() + "\n"


def update() -> int:
    """Add what is missing to each chapter's catalogue and list what a translator has to write."""
    present = {chapter: entries(catalogue) for chapter, catalogue in catalogues().items()}
    shared = present.get(tree.HOUSE / SHARED, {})
    known = {key: french(entry) for each in present.values() for key, entry in each.items() if french(entry)}
    empty = 0
    for chapter, texts in sorted(spoken().items()):
        own = present.get(chapter, {})
        missing = [text for key, text in texts.items() if key not in own and key not in shared]
        path = catalogue_of(chapter)
        if missing:
            path.parent.mkdir(parents=True, exist_ok=True)
            before = path.read_text(encoding="utf-8") if path.exists() else ""
            more = written([addition(text, known) for text in missing], header=not before)
            path.write_text(before.rstrip("\n") + more if before else more, encoding="utf-8")
        left = [key for key, entry in entries(read(path)).items() if not french(entry)]
        unused = [key for key in own if key not in texts] if chapter.name != SHARED else []
        empty += len(left)
        if missing or left or unused:
            counts = f"{len(missing)} added, {len(left)} without French, {len(unused)} unused"
            print(f"{tree.name_of(path)}: {counts}")
            for _, singular in left:
                print(f"    {singular!r}")
    return empty


if __name__ == "__main__":
    left_to_write = update()
    print(f"{left_to_write} text(s) without French." if left_to_write else "Every text has its French.")
    sys.exit(bool(left_to_write))
