"""Static files: ours and those of the wheels, no outside address."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from diapason.ui.finders import WHEELS, WheelFinder, WheelStorage

STATIC = Path(__file__).parents[2] / "diapason" / "ui" / "static" / "ui"


def test_every_wheel_file_is_found() -> None:
    storage = WheelStorage()
    for name in WHEELS:
        assert finders.find(name)
        with storage.open(name) as file:
            assert file.read(10)
        assert storage.get_modified_time(name).year > 2000
    assert WheelFinder().find("vendor/absent.css") == []
    assert len(list(WheelFinder().list(None))) == len(WHEELS)


def test_our_files_name_no_outside_address() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text), path.name


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_pair_of_colours_can_be_read() -> None:
    text = (STATIC / "theme.css").read_text(encoding="utf-8")
    for theme in ("light", "dark"):
        block = text.partition(f"[data-bs-theme={theme}]")[2].partition("}")[0]
        named = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
        for state in ("teal", "amber", "brick", "slate", "violet"):
            for ground in (f"{state}-soft", "card", "paper"):
                assert _contrast(named[state], named[ground]) >= 4.5, (theme, state, ground)
        for ground in ("card", "paper", "soft"):
            assert _contrast(named["ink"], named[ground]) >= 7, (theme, ground)
            assert _contrast(named["mute"], named[ground]) >= 4.5, (theme, ground)
        assert _contrast(named["field"], named["card"]) >= 3, theme


def test_no_rule_hides_a_form_on_screen() -> None:
    for path in STATIC.glob("*.css"):
        screen = path.read_text(encoding="utf-8").partition("@media print")[0]
        rules = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", screen, flags=re.S))
        hidden = [selector for selector, body in rules if "display: none" in body]
        assert not [selector for selector in hidden if re.search(r"\bform\b(?!-)", selector)], path.name
