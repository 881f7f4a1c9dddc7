"""Say one reason once where several acts are refused for it, each still greyed (architecture.md §4, `Verdict`)."""

import re

from django.utils.safestring import SafeString, mark_safe

REFUSED = re.compile(
    r'<div class="act">(<button type="button" class="btn-no" aria-disabled="true">.*?</button>)'
    r'<div class="why">(.*?)</div></div>',
    re.S,
)


def gathered(acts: str) -> SafeString:
    """Return the acts of a page, trusted markup of a template, those refused for one reason side by side above it."""
    buttons: dict[str, list[str]] = {}
    for button, reason in REFUSED.findall(acts):
        buttons.setdefault(reason, []).append(button)
    if all(len(alike) == 1 for alike in buttons.values()):
        return mark_safe(acts)  # noqa: S308

    def together(match: re.Match[str]) -> str:
        alike = buttons.pop(match[2], [])
        if len(alike) == 1:
            return match[0]
        row = f'<div class="acts">{"".join(alike)}</div>'
        return f'<div class="act refused">{row}<div class="why">{match[2]}</div></div>' if alike else ""

    return mark_safe(REFUSED.sub(together, acts))  # noqa: S308
