"""Draw the cells of one line of the view by clause: hundreds on a page, so in Python and not by a template each."""

from typing import Final

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

from diapason.certification.readiness.queries.heat import Cell, Row

register = template.Library()

MARKS: Final = {"blocking": "▲", "gap": "◔", "acting": "→", "unknown": "–", "aside": "·"}
"""A mark goes with each colour; what is ready stays empty, so that the eye finds the rest."""

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
