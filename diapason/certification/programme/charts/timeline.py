"""Draw the timeline of the certificates: how many organizations, since when, and what comes if nothing changes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from diapason.certification.certificates.queries import coverage, history
from diapason.certification.certificates.queries.history import Drop
from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.rules.timeline import Step, silent_from
from diapason.certification.programme.charts.layers import Mark, names_of, timeline_layers
from diapason.certification.programme.models import Programme
from diapason.kernel.dates import months_after
from diapason.ui import wording
from diapason.ui.charts import Chart

WIDTH: Final = 1060
FUTURE_MONTHS: Final = 24


def chart_of(register: Register, programme: Programme | None, on: date) -> Chart:
    """Return the timeline of the certificates with its annotations (one query: the declared activities)."""
    end = months_after(date(on.year, 12, 31), FUTURE_MONTHS)
    members = len(register.members)
    marks = []
    if programme and programme.starts_earliest:
        before, _possible = history.certified_on(register, programme.starts_earliest - timedelta(days=1))
        marks.append(programme_mark(programme.starts_earliest, before, members))
    answer = coverage.network_answer(register, on)
    if answer.complete:
        marks.append(complete_mark(answer.complete[-1][0], members))
    steps = history.curve(register, on)
    drops = history.if_nothing_changes(register, on, end) if steps and steps[-1].sure else []
    return timeline_chart(steps, drops, marks, on, members)


def timeline_chart(
    steps: Sequence[Step], drops: Sequence[Drop], marks: Sequence[Mark], on: date, members: int
) -> Chart:
    """Draw the count as steps, its upper bound where only that is known, and the dotted future."""
    doubt = any(step.possible != step.sure for step in steps)
    rows: list[list[Any]] = [[step.day, step.sure, step.possible] for step in steps]
    rows += [[drop.day, drop.left, ", ".join(m.name for m in drop.who)] for drop in drops[1:-1]]
    return Chart(
        name="certificates-timeline",
        sentence=timeline_sentence(steps, drops, doubt=doubt),
        spec={
            "layer": timeline_layers(steps, drops, marks, on, members, doubt=doubt),
            "view": {"stroke": None},
        },
        columns=[_("From"), _("Surely certified"), _("At most, or who drops")],
        rows=rows,
        width=WIDTH,
        height=190,
        years=years_of(steps, drops, marks, on, members),
    )


def years_of(
    steps: Sequence[Step], drops: Sequence[Drop], marks: Sequence[Mark], on: date, members: int
) -> list[dict[str, Any]]:
    """Return the timeline as lines, one a year: the count at its end, or today; then what comes if nothing changes."""
    if not steps:
        return []
    found: list[dict[str, Any]] = []
    silent = silent_from(steps) or date.max
    for year in range(steps[0].day.year, on.year + 1):
        step = [one for one in steps if one.day <= min(date(year, 12, 31), on) and one.day < silent][-1]
        notes = [
            {"text": " · ".join(filter(None, (mark.text, mark.detail)))}
            for mark in marks
            if mark.day.year == year
        ]
        if year == silent.year:
            notes.append({"text": _("from %(day)s on, no source says more") % {"day": wording.day(silent)}})
        count = _count(step.sure, step.possible, members)
        if year > silent.year:
            count = {"text": _("not known"), "done": 0, "total": members}
        line = {"year": str(year), **count, "notes": notes}
        if found and not notes and line["text"] == found[-1]["text"] and not found[-1]["notes"]:
            line["year"] = f"{found.pop()['year'][:4]}–{year}"
        found.append(line)
    for drop in drops[1:-1]:
        note = {
            "text": f"{wording.day(drop.day)} · {names_of(drop)}",
            "kind": "bad",
            "label": _("if nothing changes"),
        }
        line = {"year": str(drop.day.year), **_count(drop.left, drop.left, members)}
        found.append({**line, "notes": [note], "is_future": True})
    return found


def _count(sure: int, possible: int, members: int) -> dict[str, Any]:
    """Return the count in words and as a bar."""
    values = {"n": sure, "most": possible, "total": members}
    text = _("%(n)s to %(most)s of %(total)s") if possible > sure else _("%(n)s of %(total)s")
    return {"text": text % values, "done": sure, "total": members}


def timeline_sentence(steps: Sequence[Step], drops: Sequence[Drop], *, doubt: bool) -> str:
    """Say what the timeline shows."""
    if not steps:
        return _("No certificate is recorded yet.")
    text = _("Number of certified organizations")
    if doubt:
        text += _("; the pale band says where only bounds are known")
    if silent := silent_from(steps):
        text += _("; from %(day)s on, no source says more") % {"day": wording.day(silent)}
    if any(drop.who for drop in drops):
        text += _("; dotted, what comes if nothing changes")
    return text + "."


def programme_mark(day: date, before: int, members: int) -> Mark:
    """Return the annotation of the programme's start."""
    detail = _("%(n)s already certified") % {"n": before} if before else ""
    return Mark(day, _("Programme started"), detail, level=round(members * 0.75))


def complete_mark(day: date, members: int) -> Mark:
    """Return the annotation of the day on which the whole network was certified."""
    text = _("%(day)s: the whole network") % {"day": wording.day(day)}
    return Mark(day, text, _("%(n)s organizations") % {"n": members}, level=members, point=True)
