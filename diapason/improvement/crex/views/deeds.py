"""Name what can be done with a meeting: one table of deeds with form, permission and act; moves stand first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from diapason.improvement.crex import permissions
from diapason.improvement.crex.acts import meeting as acts
from diapason.improvement.crex.forms.analysis import AnalysisForm
from diapason.improvement.crex.forms.meeting import (
    AttendanceForm,
    ChoiceForm,
    DeedForm,
    MinutesForm,
    ReasonForm,
    RescheduleForm,
    SureForm,
)
from diapason.improvement.crex.models import CrexMeeting
from diapason.improvement.crex.rules import moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui.deeds import Offered


@dataclass(frozen=True)
class Deed:
    """Hold one thing that can be done with a meeting."""

    name: str
    label: str
    form: type[DeedForm]
    act: Callable[..., Any]
    done: str
    permission: Callable[..., Verdict] | None = None

    @property
    def is_direct(self) -> bool:
        """Tell whether a button does it, without a form page."""
        return self.form is SureForm

    def verdict(self, meeting: CrexMeeting, by: Any, on: date) -> Verdict:
        """Tell whether it may be done now: as the table of moves says, or by its own permission."""
        if self.permission is not None:
            return self.permission(meeting, by=by)
        return permissions.may_move(meeting, self.name, by=by, on=on)


def _move(code: str, form: type[DeedForm], act: Any, done: str) -> Deed:
    return Deed(code, moves.MOVES[code].label, form, act, done)


DEEDS = {
    deed.name: deed
    for deed in (
        _move("hold", SureForm, acts.hold_crex, message("The meeting was held: write the minutes.")),
        _move("close", SureForm, acts.close_crex, message("The minutes are closed.")),
        _move("cancel", ReasonForm, acts.cancel_crex, message("It is written down.")),
        _move("reopen", ReasonForm, acts.reopen_crex, message("The minutes are open again.")),
        Deed("choose", message("Choose the event"), ChoiceForm, acts.choose_event, message("The event is chosen."),
             permissions.may_choose),
        Deed("attend", message("Say who attended"), AttendanceForm, acts.record_attendance,
             message("The attendance is written down."), permissions.may_write),
        Deed("analyse", message("Write the analysis"), AnalysisForm, acts.record_analysis,
             message("Analysis and causes are written down."), permissions.may_analyse),
        Deed("minutes", message("Write the minutes"), MinutesForm, acts.write_minutes,
             message("The minutes are written."), permissions.may_write),
        Deed("reschedule", message("Change the day"), RescheduleForm, acts.reschedule_crex,
             message("The meeting is moved."), permissions.may_write),
    )
}  # fmt: skip


def offered(meeting: CrexMeeting, by: Any, on: date) -> dict[str, Offered]:
    """Return the moves that start from the meeting's state and every other deed, by name."""
    names = [move.code for move in moves.MOVES.starting_from(meeting.state)]
    names += [deed.name for deed in DEEDS.values() if deed.permission is not None]
    return {
        name: Offered(
            DEEDS[name],
            reverse("crex:do" if DEEDS[name].is_direct else "crex:deed", args=[meeting.number, name]),
            DEEDS[name].verdict(meeting, by, on),
        )
        for name in names
    }
