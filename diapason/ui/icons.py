"""Draw icons inline from the lucide wheel, and the mark."""

from functools import lru_cache
from typing import Final

import lucide
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

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
