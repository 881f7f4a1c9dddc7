"""Lay the sheet of one event out as plain data for the typesetter: what this reader's screen shows, tab by tab."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from diapason.audit_trail.stories import story_of
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.quality_events import charts, permissions
from diapason.improvement.quality_events.models import EventMessage, Obligation, QualityEvent
from diapason.improvement.quality_events.queries.files import KeptBehind, files_behind, told
from diapason.kernel.clock import PARIS
from diapason.ui import printing, wording
from diapason.ui.charts import drawn

TEMPLATE: Final = Path(__file__).resolve().parent / "typesetting" / "sheet.typ"
STORY: Final = 60
"""How many lines of its history a sheet holds."""
LOOKS: Final = {
    "spine": 'stroke="#1f2a44" stroke-width="2.4"',
    "bone": 'stroke="#56637a" stroke-width="1.4"',
    "family": 'fill="#5d6578" font-weight="600"',
    "root": 'fill="#0f766e" font-weight="700"',
    "event": 'fill="#1f2a44" font-weight="600"',
    "cause": 'fill="#1f2a44"',
}

Row = dict[str, str]


def sheet_of(event: QualityEvent, *, user: Any, at: datetime) -> dict[str, Any]:
    """Return everything that is printed of an event, in the active language, as this reader may see it."""
    causes = list(event.causes.filter(removed_on=None))
    actions = list(actions_of(event.subject).order_by("opened_on", "number"))
    story, more = story_of(event.subject, user=user, limit=STORY)
    day = at.astimezone(PARIS).date()
    return {
        "title": event.title,
        "kind": _("Event sheet"),
        "number": event.number,
        "url": printing.absolute(event.get_absolute_url()),
        "house": event.organization.name,
        "state": event.state_name,
        "look": event.state_look,
        "about": _("%(number)s, as it stood on %(day)s") % {"number": event.number, "day": wording.day(day)},
        "clauses": [
            f"{one.clause.edition.label} § {one.clause.number}"
            for one in event.clauses.select_related("clause__edition")
        ],
        "titles": titles(),
        "description": event.description,
        "facts": what_happened(event, user),
        "sorting": how_sorted(event) if event.triaged_on else [],
        "duties": [duty_line(duty, at) for duty in event.obligations.all()],
        "drawing": picture_of(charts.ishikawa(event.title, causes)) if causes else "",
        "drawing_said": _("Causes by branch; the list below says the same."),
        "method": event.method_name,
        "causes": [branch_line(branch) for branch in charts.tree_of(causes)],
        "analysis": event.analysis,
        "actions": [action_line(action) for action in actions],
        "files": [file_line(one) for one in told(files_behind(event, user))],
        "effectiveness": [checked_line(one) for one in charts.effectiveness_of(event, on=day)],
        "messages": [message_line(one) for one in event.messages.all()],
        "story": [
            {"at": line.at, "by": line.by, "said": [one for one in line.sentences if one]} for line in story
        ],
        "more": _("Older lines are in the audit trail.") if more else "",
    }


def titles() -> dict[str, Any]:
    """Return the headings."""
    return {
        "facts": _("What happened"),
        "sorting": _("How it was sorted"),
        "duties": _("To be done outside this tool"),
        "duty_columns": [_("What"), _("By"), _("Source"), _("State")],
        "causes": _("Why it happened"),
        "actions": _("Actions"),
        "action_columns": [
            _("Number"),
            _("Action"),
            _("Carried by"),
            _("Due on"),
            _("Criterion"),
            _("State"),
        ],
        "effectiveness": _("Effectiveness"),
        "files": _("Photos and evidence"),
        "file_columns": [_("File"), _("Belongs to"), _("Handed in"), _("Who may see it")],
        "messages": _("With the declarer"),
        "story": _("History"),
        "root": _("root cause"),
    }


def row(name: str, value: Any, note: str = "") -> Row:
    """Return one fact; what is not known says so."""
    return {"name": name, "value": wording.shown(value) if value else _("not known"), "note": note}


def what_happened(event: QualityEvent, user: Any) -> list[Row]:
    """Return the facts; the declarer's name only when this reader sees it on the screen."""
    where = [event.place.short_name, str(event.site) if event.site else "", event.where_text]
    rows = [
        row(_("To the declarer"), event.get_consequence_display()),
        row(_("Happened at"), ", ".join(part for part in where if part)),
    ]
    if event.study:
        rows.append(row(_("Study"), str(event.study)))
    rows += [
        row(_("Occurred on"), event.occurred if event.occurred.is_known else ""),
        row(_("Aware on"), event.aware_on),
        row(_("Reported on"), event.reported_on),
        row(_("Declarer"), declarer_said(event, user)),
    ]
    if event.channel or event.external_number:
        rows.append(
            row(_("Dealt with in"), " · ".join(filter(None, (event.channel_name, event.external_number))))
        )
    if event.duplicate_of:
        rows.append(row(_("Joined to"), event.duplicate_of.number))
    joined = [f"{one.number} {one.title}" for one in event.duplicates.only("number", "title")]
    if joined:
        rows.append(row(_("Joined to it"), "\n".join(joined)))
    return rows


def declarer_said(event: QualityEvent, user: Any) -> str:
    """Return who declared it, as far as this reader may know."""
    declarer = getattr(event, "declarer", None)
    level = str(event.get_level_display())
    if declarer is None or not permissions.may_see_declarer(event, by=user):
        return level
    return f"{declarer.person.full_name} ({level})"


def how_sorted(event: QualityEvent) -> list[Row]:
    """Return what was decided when it was sorted, and what was done at once."""
    kind = " · ".join(filter(None, (event.kind_name, event.category_name if event.category else "")))
    rows = [row(_("Kind"), kind), row(_("Severity"), event.severity_name, event.severity_reason)]
    if event.repeated:
        rows.append(row(_("Came back"), _("yes")))
    if event.breach:
        rows.append(row(_("Serious breach"), event.get_breach_display(), event.breach_reason))
    for label, value in ((_("Process"), event.process), (_("Document and version"), event.document)):
        if value:
            rows.append(row(label, value))
    rows += [row(label, answer) for label, answer in event.answers]
    if event.correction:
        done = wording.day(event.corrected_on) if event.corrected_on else ""
        rows.append(row(_("Correction"), event.correction, done))
    if event.conclusion:
        rows.append(row(_("Conclusion"), event.conclusion))
    if event.closed_on:
        rows.append(row(_("Closed on"), event.closed_on))
    return rows


def duty_line(duty: Obligation, at: datetime) -> Row:
    """Return one thing to be done outside, with its clock."""
    due = _("%(moment)s, counted in %(unit)s") % {
        "moment": duty.due_said,
        "unit": duty.unit_label,
    }
    if duty.met_at is not None:
        look, state = "ok", _("done on %(moment)s") % {"moment": duty.met_said}
        state = f"{state} · {duty.reference}" if duty.reference else state
    elif duty.waived_reason:
        look, state = "unk", f"{_('not needed')} : {duty.waived_reason}"
    elif duty.is_late(at=at):
        look, state = "bad", _("late")
    else:
        look, state = "warn", _("to be done")
    return {"name": duty.name, "due": due, "source": duty.source, "look": look, "state": state}


def branch_line(branch: charts.Branch) -> dict[str, Any]:
    """Return a cause with what explains it."""
    cause = branch.cause
    words = [cause.family_name, cause.cause_name if cause.cause else ""]
    return {
        "text": cause.text,
        "note": " · ".join(word for word in words if word),
        "root": cause.is_root,
        "reasons": [branch_line(one) for one in branch.reasons],
    }


def action_line(action: Action) -> Row:
    """Return one action."""
    return {
        "number": action.number,
        "url": printing.absolute(action.get_absolute_url()),
        "title": action.title,
        "kind": action.kind_name,
        "owner": str(action.owner) if action.owner else _("not known"),
        "due": wording.day(action.due_on),
        "criterion": action.criterion_text or "–",
        "look": action.state_look,
        "state": action.state_name,
    }


def checked_line(one: charts.Checked) -> dict[str, Any]:
    """Return what the criterion of an action says, with its series drawn where it has one."""
    action = one.action
    rows = [
        row(_("Criterion"), action.get_criterion_kind_display(), action.criterion_text),
        row(_("To be checked on"), action.check_due_on),
    ]
    if action.checked_on:
        checker = str(action.checker) if action.checker else ""
        rows.append(row(_("Checked on"), action.checked_on, checker))
        rows.append(row(_("Conclusion"), action.state_name, action.check_comment))
    return {
        "title": f"{action.number} · {action.title}",
        "sentence": one.chart.sentence if one.chart else "",
        "picture": drawn(one.chart) if one.chart else "",
        "facts": rows,
    }


def file_line(one: KeptBehind) -> Row:
    """Return one file: its name, what it belongs to, who handed it in and when, who may see it."""
    handed_in = " · ".join(part for part in (wording.day(one.added_on), one.added_by) if part)
    return {"name": one.name, "url": printing.absolute(one.url), "belongs_to": one.belongs_to,
            "handed_in": handed_in, "who": one.who}  # fmt: skip


def message_line(message: EventMessage) -> Row:
    """Return what was told, by whom of the two, and when."""
    who = _("from the declarer") if message.from_declarer else _("to the declarer")
    return {"who": who, "on": wording.day(message.on), "text": message.text}


def picture_of(drawing: charts.Drawing) -> str:
    """Return the diagram of causes as a picture of its own."""
    lines = [
        f'<line x1="{s.x1:.1f}" y1="{s.y1:.1f}" x2="{s.x2:.1f}" y2="{s.y2:.1f}" {LOOKS[s.kind]}/>'
        for s in drawing.strokes
    ]
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{drawing.box}" font-family="Inter">',
            *lines,
            *_words(drawing.words),
            "</svg>",
        )
    )


def _words(words: Sequence[charts.Word]) -> Iterable[str]:
    for word in words:
        size = "16" if word.kind == "event" else "14"
        place = f'x="{word.x:.1f}" y="{word.y:.1f}" text-anchor="{word.anchor}" font-size="{size}"'
        yield f"<text {place} {LOOKS[word.kind]}>{escape(word.text)}</text>"
