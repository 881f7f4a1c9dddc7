"""Turn the guide of the handbook, in the reader's language, into a page with its contents."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

FOLDER: Final = Path(__file__).resolve().parents[2] / "docs" / "handbook"


@dataclass(frozen=True)
class Guide:
    """Hold the text of the guide and its headings as (anchor, words)."""

    text: SafeString
    headings: list[tuple[str, str]]


@cache
def guide_in(language: str) -> Guide:
    """Return the guide in that language, read once a process; its first heading is the page's own."""
    reader = MarkdownIt("commonmark", {"html": False})
    source = (FOLDER / f"guide.{language}.md").read_text(encoding="utf-8")
    tokens = reader.parse(source.partition("\n")[2])
    headings = []
    for opening, words in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            anchor = slugify(words.content)
            opening.attrSet("id", anchor)
            headings.append((anchor, words.content))
    drawn = reader.renderer.render(tokens, reader.options, {})
    return Guide(mark_safe(drawn), headings)  # noqa: S308  our own file, markup in it is escaped
