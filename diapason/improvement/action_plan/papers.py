"""Lay the action plan out as plain data for the typesetter, and as columns for a workbook: what the list shows."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.action_plan.models import Action
from diapason.kernel.words import message
from diapason.ui import printing, wording
from diapason.ui.listing import Column, Listing

TEMPLATE: Final = Path(__file__).resolve().parent / "typesetting" / "plan.typ"
MOST: Final = 500
"""How many actions one paper holds; beyond, the workbook is the better thing to hand over."""

COLUMNS: Final = [
    Column(message("Number"), "number"),
    Column(message("Action"), "title"),
    Column(message("What is to be done"), "description"),
    Column(message("Organization"), "organization.short_name"),
    Column(message("Kind"), "kind_name"),
    Column(message("Comes from"), "origin_name"),
    Column(message("Carried by"), "owner"),
    Column(message("Handed to"), "delegate"),
    Column(message("Priority"), "get_priority_display"),
    Column(message("First due on"), "first_due_on"),
    Column(message("Due on"), "due_on"),
    Column(message("State"), "state_name"),
    Column(message("Started on"), "started_on"),
    Column(message("Done on"), "done_on"),
    Column(message("What was done"), "result"),
    Column(message("Criterion"), "criterion_text"),
    Column(message("To be checked on"), "check_due_on"),
    Column(message("Checked on"), "checked_on"),
    Column(message("What the check found"), "check_comment"),
    Column(message("Kept in"), "external_system"),
    Column(message("Code there"), "external_code"),
]


def selected(listing: Listing) -> str:
    """Return what the list was narrowed to, in words."""
    return " · ".join(f"{chip.label} : {chip.value_label}" for chip in listing.chips)


def plan_document(rows: Sequence[Action], *, about: str, on: date) -> dict[str, Any]:
    """Return everything that is printed of a plan, in the active language."""
    houses = sorted({row.organization.name for row in rows})
    late = sum(1 for row in rows if row.is_late(on=on))
    return {
        "title": _("Action plan"),
        "house": houses[0] if len(houses) == 1 else "",
        "counted": ngettext("%(number)s action", "%(number)s actions", len(rows)) % {"number": len(rows)},
        "late": ngettext("%(number)s late", "%(number)s late", late) % {"number": late} if late else "",
        "about": about,
        "state_on": _("State on %(day)s") % {"day": wording.day(on)},
        "clause": "ISO 9001 § 6.1, § 10.2",
        "headings": [
            _("Number"), _("Action"), _("Comes from"), _("Carried by"), _("Due on"), _("Criterion of effectiveness"),
            _("State"),
        ],
        "rows": [line_of(row, on=on, named=len(houses) > 1) for row in rows],
    }  # fmt: skip


def line_of(action: Action, *, on: date, named: bool) -> dict[str, Any]:
    """Return one line; the house is named when the plan holds several."""
    late = action.is_late(on=on)
    return {
        "number": action.number,
        "url": printing.absolute(action.get_absolute_url()),
        "title": action.title,
        "kind": action.kind_name,
        "house": action.organization.short_name if named else "",
        "origin": action.origin_name or _("own initiative"),
        "owner": carried_by(action),
        "due": wording.day(action.due_on),
        "moved": _("first due on %(day)s") % {"day": wording.day(action.first_due_on)}
        if action.first_due_on != action.due_on
        else "",
        "criterion": action.criterion_text or "–",
        "check": check_said(action),
        "look": "bad" if late else action.state_look,
        "state": f"{action.state_name}, {_('late')}" if late else action.state_name,
        "ended": ended_said(action),
    }


def carried_by(action: Action) -> str:
    """Return who carries it, and for whom."""
    if action.delegate is not None:
        return _("%(delegate)s for %(owner)s") % {"delegate": action.delegate, "owner": action.owner}
    return str(action.owner) if action.owner is not None else _("not known")


def check_said(action: Action) -> str:
    """Return when its effectiveness is checked, or was."""
    if action.checked_on is not None:
        return _("checked on %(day)s") % {"day": wording.day(action.checked_on)}
    if action.check_due_on is not None and action.is_checked_kind:
        return _("to be checked on %(day)s") % {"day": wording.day(action.check_due_on)}
    return ""


def ended_said(action: Action) -> str:
    """Return what was done, found, or why it was given up."""
    if action.checked_on is not None:
        return action.check_comment
    if action.cancelled_reason:
        return action.cancelled_reason
    if action.done_on is not None:
        return _("done on %(day)s") % {"day": wording.day(action.done_on)}
    return ""
