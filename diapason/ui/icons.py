"""Draw icons inline from the lucide wheel, and the mark."""

from functools import lru_cache
from typing import Any, Final

import lucide
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from diapason.ui.pieces import filled

STATE_ICONS: Final = {
    "ok": "check",
    "warn": "clock",
    "bad": "triangle-alert",
    "unk": "circle-dashed",
    "run": "arrow-right",
}
"""Each state's own shape, so that colour never speaks alone."""


@lru_cache(maxsize=512)
def icon(name: str, size: int = 16, label: str = "") -> SafeString:
    """Return the icon as inline SVG; without `label` it is decoration and hidden from screen readers."""
    svg = lucide._render_icon(name, size, stroke_width="2")
    told = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true" focusable="false"'
    return mark_safe(svg.replace("<svg", f'<svg class="icon" {told}', 1))  # noqa: S308


def state(kind: str, label: Any = "", hint: str = "") -> SafeString:
    """Return a state as icon, word and colour; a kind that is none of ours is shown as not known."""
    kind = kind if kind in STATE_ICONS else "unk"
    drawing, label = icon(STATE_ICONS[kind], 13), capfirst(label)
    if hint:
        return filled('<span class="state {}" title="{}">{}{}</span>', kind, hint, drawing, label)
    return filled('<span class="state {}">{}{}</span>', kind, drawing, label)
