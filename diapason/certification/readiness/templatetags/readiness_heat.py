"""Draw the view by clause: hundreds of cells, so in Python and not by a template each; for a telephone, its gaps."""

from typing import Any, Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from diapason.certification.readiness.queries.heat import Cell, HeatMap, Row
from diapason.certification.readiness.rules.standing import STATES
from diapason.kernel.words import message

register = template.Library()

MARKS: Final = {"blocking": "▲", "gap": "◔", "acting": "→", "unknown": "–", "aside": "·"}
"""A mark goes with each colour; what is ready stays empty, so that the eye finds the rest."""

WORDS: Final = {
    "blocking": message("Can block the certificate"),
    "gap": message("Gap to close"),
    "acting": message("Gap being closed in time"),
}
MOST_GAPS: Final = 60

LINKED: Final = mark_safe(
    '<td><a href="{0}" class="{1}" title="{3}"><span aria-hidden="true">{2}</span>'
    '<span class="visually-hidden">{3}</span></a></td>'
)
PLAIN: Final = mark_safe(
    '<td><span class="{1}" title="{3}"><span aria-hidden="true">{2}</span>'
    '<span class="visually-hidden">{3}</span></span></td>'
)


@register.simple_tag
def heat_cells(row: Row, edition_code: str) -> SafeString:
    """Draw the cells of a line; one's own open their answer, another's named organization opens its sheet."""
    organization = row.organization
    sheet = reverse("readiness:sheet", args=[organization.code, edition_code]) if organization else ""
    return format_html_join("", "{}", ((_cell(row, cell, sheet),) for cell in row.cells))


@register.inclusion_tag("ui/components/gaps.html")
def heat_gaps(shown: HeatMap, most: int = MOST_GAPS) -> dict[str, Any]:
    """List the gaps of the view, the worst first, for a telephone on which the table is too wide."""
    gaps = shown.gaps
    return {
        "lines": [_gap(shown, *gap) for gap in gaps[:most]],
        "more": len(gaps) - most if len(gaps) > most else 0,
        "more_url": f"{reverse('readiness:heat')}?edition={shown.edition.code}" if most < MOST_GAPS else "",
    }


def _gap(shown: HeatMap, row: Row, clause: str, standing: str) -> dict[str, str]:
    code, edition = row.organization.code if row.organization else "", shown.edition.code
    url = ""
    if code:
        opened = [f"{code}/{edition}/{clause}"] if row.own else [code, edition]
        url = reverse("readiness:answer" if row.own else "readiness:sheet", args=opened)
    return {
        "organization": row.name if code else gettext("Organization %(code)s") % {"code": row.name},
        "clause": f"§ {clause}",
        "title": shown.titles.get(clause, ""),
        "url": url,
        "kind": STATES[standing],
        "label": gettext(WORDS[standing]),
    }


def _cell(row: Row, cell: Cell, sheet: str) -> SafeString:
    url = reverse("readiness:answer", args=[cell.key]) if row.own and cell.key else sheet
    return format_html(
        LINKED if url else PLAIN, url, cell.state, MARKS.get(cell.standing, ""), said(row, cell)
    )


def said(row: Row, cell: Cell) -> str:
    """Say a cell in words."""
    state = cell.readiness
    text = gettext("%(name)s, § %(heading)s: %(ready)s ready out of %(total)s") % {
        "name": row.name,
        "heading": cell.column.heading,
        "ready": state.ready,
        "total": state.total,
    }
    if state.open_gaps:
        text += ngettext(", %(n)s to close", ", %(n)s to close", state.open_gaps) % {"n": state.open_gaps}
    if state.unknown:
        text += ngettext(", %(n)s not assessed", ", %(n)s not assessed", state.unknown) % {"n": state.unknown}
    return text
