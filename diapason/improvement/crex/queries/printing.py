"""Lay the minutes of a meeting out for printing and as a workbook, from data only."""

from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.crex.models import CrexMeeting
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.queries.files import files_behind, told
from diapason.ui import printing, wording
from diapason.ui.spreadsheets.workbooks import Part

TEMPLATE: Final = Path(__file__).resolve().parents[1] / "typesetting" / "minutes.typ"


def minutes_of(meeting: CrexMeeting, *, user: Any) -> dict[str, Any]:
    """Return everything that is printed, in the active language, with the files that this reader may open."""
    event = meeting.event
    facts = [
        (_("Held on"), wording.day(meeting.held_on), ""),
        (_("Place"), meeting.place, ""),
        (_("Led by"), str(meeting.pilot or ""), ""),
        (_("Attended"), attended_said(meeting), ""),
        (_("Event"), f"{event.number} {event.title}" if event else "", meeting.choice_reason),
        (_("Method"), meeting.method_name, ""),
        (_("Next meeting"), wording.day(meeting.next_on) if meeting.next_on else "", ""),
    ]
    return {
        "title": _("Minutes of the CREX of %(day)s") % {"day": wording.day(meeting.held_on)},
        "house": meeting.organization.name,
        "kind": _("Learning committee (CREX)"),
        "about": f"{meeting.number} · {printing.absolute(meeting.get_absolute_url())}",
        "number": meeting.number,
        "state": {"look": meeting.state_look, "words": meeting.state_name},
        "notice": _("Kept for those who work on the events of the organization and for those who attended."),
        "facts": [{"name": name, "value": value, "note": note} for name, value, note in facts if value],
        "happened": {"title": _("What happened"), "text": event.description if event else ""},
        "steps_title": _("Analysis"),
        "steps": [{"name": name, "text": text} for name, text in meeting.steps],
        "causes_title": _("Causes"),
        "causes_head": [_("Cause"), _("Branch"), _("Shared word")],
        "causes": causes_of(event) if event else [],
        "retained": {"title": _("What the committee retains"), "text": meeting.minutes},
        "actions_title": _("Actions"),
        "actions_head": [_("Number"), _("Action"), _("Carried by"), _("Due on"), _("State")],
        "actions": planned_for(event) if event else [],
        "files_title": _("Photos and evidence"),
        "files_head": [_("File"), _("Belongs to"), _("Handed in"), _("Who may see it")],
        "files": kept_with(event, user) if event else [],
    }


def causes_of(event: QualityEvent) -> list[list[str]]:
    """Return the causes of the event: in its own words, on its branch, the roots in the shared words too."""
    found = event.causes.filter(removed_on=None)
    return [[one.text, one.family_name, one.cause_name if one.is_root else ""] for one in found]


def planned_for(event: QualityEvent) -> list[list[str]]:
    """Return the actions planned for the event."""
    return [
        [one.number, one.title, str(one.owner or "–"), wording.short_day(one.due_on), one.state_name]
        for one in actions_of(event.subject)
    ]


def kept_with(event: QualityEvent, user: Any) -> list[list[str]]:
    """Return the files behind the event that this reader may open, each with those who may see it."""
    return [
        [
            one.name,
            one.belongs_to,
            " · ".join(filter(None, (wording.day(one.added_on), one.added_by))),
            one.who,
        ]
        for one in told(files_behind(event, user))
    ]


def parts_of(paper: dict[str, Any]) -> list[Part]:
    """Return the minutes as the sheets of a workbook, in the order of the paper."""
    facts = [_("What"), _("Value"), _("Note")]
    rows = [(paper["title"], paper["state"]["words"], paper["about"])]
    rows += [(fact["name"], fact["value"], fact["note"]) for fact in paper["facts"]]
    rows += [
        (text["title"], text["text"], "") for text in (paper["happened"], paper["retained"]) if text["text"]
    ]
    return [
        Part(_("Minutes"), facts, rows),
        Part(paper["steps_title"], facts[:2], [(step["name"], step["text"]) for step in paper["steps"]]),
        *(
            Part(paper[f"{name}_title"], paper[f"{name}_head"], paper[name])
            for name in ("causes", "actions", "files")
        ),
    ]


def attended_said(meeting: CrexMeeting) -> str:
    """Return who attended in words: so many people, by trade, with the names given."""
    rows = list(meeting.attendance.select_related("person"))
    if not rows:
        return ""
    people = sum(row.count for row in rows)
    parts = [
        f"{row.person} ({row.trade_name})" if row.person else f"{row.trade_name} {row.count}" for row in rows
    ]
    total = ngettext("%(number)s person", "%(number)s people", people) % {"number": people}
    return f"{total}\n{', '.join(parts)}"
