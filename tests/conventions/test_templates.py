"""Check that templates hold nothing that the content policy, the translator or the reader would refuse."""

import re

import pytest

from tests.conventions import tree

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?%\}.*?\{% endcomment %\}", re.S)
TAG = re.compile(r"<[a-zA-Z][^<>]*>", re.S)
REFUSED = [
    (re.compile(r"\sstyle\s*=", re.I), "style= : a class of theme.css"),
    (re.compile(r"\son[a-z]+\s*=", re.I), "on…= : a script file"),
    (re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.I), "javascript: address"),
    (
        re.compile(
            r"<(?:script|link|img|iframe|source|use)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", re.I
        ),
        "outside host",
    ),
    (re.compile(r"\shx-on\b|\shx-vals\s*=\s*[\"']js:", re.I), "hx-on and js: need eval"),
]
INLINE = [
    (
        re.compile(r"<script\b(?![^>]*\bsrc\s*=)(?![^>]*type\s*=\s*[\"']application/json)[^>]*>", re.I),
        "inline script",
    ),
    (re.compile(r"<style\b", re.I), "inline style sheet"),
    (re.compile(r"\|\s*safe\b"), "|safe: let the tag that made the markup mark it"),
    (re.compile(r"\{%\s*autoescape\s+off"), "autoescape off"),
]
BARE = re.compile(r"<([^<>]*)>([^<>{}]*[a-zà-ÿ]{3,}[^<>{}]*)(?=<)")
TABLE = re.compile(r"<table(?=[\s>])(?:\{[%{].*?[%}]\}|[^<>])*>(?:\{[%{].*?[%}]\}|\s)*(?:<caption\b)?", re.S)
NO_WORDS = re.compile(r"<(script|style|code|kbd|samp|title)\b.*?</\1>", re.S | re.I)


def faults_of(text: str) -> list[str]:
    """Say what a template holds that it should not."""
    plain = COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    found = []
    for tag in TAG.finditer(re.sub(r"\{[%{].*?[%}]\}", "", plain)):
        found += [rule for pattern, rule in REFUSED if pattern.search(tag[0])]
    return found + [rule for pattern, rule in INLINE if pattern.search(plain)]


def test_templates_keep_to_the_content_policy() -> None:
    tree.expect_none(
        f"{tree.name_of(path)}: {fault}"
        for path in tree.templates()
        if path.suffix == ".html"
        for fault in faults_of(path.read_text(encoding="utf-8"))
    )


def test_templates_say_no_bare_words() -> None:
    wrong = []
    for path in tree.templates():
        if path.suffix != ".html":
            continue
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        text = re.sub(
            r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", "", text, flags=re.S
        )
        text = NO_WORDS.sub("", re.sub(r"\{[%{].*?[%}]\}", "", text))
        # A language's own name, and a path, are the same in every language.
        found = [
            words.strip() for tag, words in BARE.findall(text) if "lang=" not in tag and "/" not in words
        ]
        wrong += [f"{tree.name_of(path)}: {words!r} is not marked for translation" for words in found]
    tree.expect_none(word for word in wrong if "Diapason" not in word)


def untitled_tables(text: str) -> list[str]:
    """Return the tables that carry no title of their own: a heading above says nothing to a screen reader."""
    found = (match[0] for match in TABLE.finditer(COMMENT.sub("", text)))
    titled = re.compile(r"<caption$|\saria-label(?:ledby)?=\"(?!\")")
    return [table for table in found if not titled.search(table)]


def test_each_table_carries_its_title() -> None:
    pages = [path for path in tree.templates() if path.suffix == ".html"]
    drawn_in_python = sorted(tree.HOUSE.rglob("*.py"))
    tree.expect_none(
        f"{tree.name_of(path)}: {table} wants a caption, aria-label or aria-labelledby (RGAA 5.4)"
        for path in [*pages, *drawn_in_python]
        for table in untitled_tables(path.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ("<table><thead>", False),
        ('<table class="heat">\n<thead>', False),
        ('<table aria-label=""><thead>', False),
        ('<h2 id="t">{{ t }}</h2><table aria-labelledby="t">', True),
        ('<table aria-label="{% translate "Sites > 5" %}">', True),
        ('<table>\n  {% if x %}<caption class="visually-hidden">{{ x }}</caption>{% endif %}', True),
    ],
)
def test_a_table_without_a_title_is_seen(text: str, is_right: bool) -> None:
    assert (not untitled_tables(text)) is is_right


def test_components_list_their_arguments() -> None:
    components = tree.HOUSE / "ui" / "templates" / "ui" / "components"
    tree.expect_none(
        f"{tree.name_of(path)}: begin with a comment that lists its arguments"
        for path in sorted(components.glob("*.html"))
        if not re.match(r"\s*(?:\{% load [^%]*%\}\s*)*(?:\{#|\{% comment)", path.read_text(encoding="utf-8"))
    )


@pytest.mark.parametrize(
    ("text", "is_right"),
    [
        ('<p class="x">{{ y }}</p>', True),
        ('<p style="color:red">', False),
        ('<button onclick="go()">', False),
        ("<script>go()</script>", False),
        ('<script src="{% static "ui/x.js" %}" defer></script>', True),
        ('<script src="https://example.org/x.js"></script>', False),
        ("{{ text|safe }}", False),
        ('<a href="https://example.org">out</a>', True),
    ],
)
def test_faults_are_seen(text: str, is_right: bool) -> None:
    assert (not faults_of(text)) is is_right
