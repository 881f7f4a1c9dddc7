"""Name what can be done with an event: one table of deeds with form, permission and act; moves stand first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts import analysis, closing, messages, triage
from diapason.improvement.quality_events.forms import analysis as analysis_forms
from diapason.improvement.quality_events.forms import deciding, following
from diapason.improvement.quality_events.forms import triage as triage_forms
from diapason.improvement.quality_events.forms.event import EventForm, ReasonForm, SureForm
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.needs import Standing
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui.deeds import Offered

TRIAGE, CAUSES, ACTIONS, CLOSING = "facts", "causes", "actions", "effectiveness"


@dataclass(frozen=True)
class Deed:
    """Hold one thing that can be done: words, form, act; `tab` is the page it leads back to, `clock` on or at."""

    name: str
    label: str
    lead: str
    form: type[EventForm]
    act: Callable[..., Any]
    done: str
    tab: str
    clock: str = "on"
    permission: Callable[..., Verdict] | None = None

    @property
    def is_direct(self) -> bool:
        """Tell whether a button does it, without a form page."""
        return self.form is SureForm

    def verdict(self, event: QualityEvent, by: Any, standing: Standing) -> Verdict:
        """Tell whether it may be done now: as the table of moves says, or by its own permission."""
        if self.permission is not None:
            return self.permission(event, by=by)
        return permissions.may_move(event, self.name, by=by, standing=standing)


def _move(
    code: str, lead: str, form: type[EventForm], act: Any, done: str, tab: str, clock: str = "on"
) -> Deed:
    return Deed(code, moves.MOVES[code].label, lead, form, act, done, tab, clock)


_KEPT = message("What stood there before stays in the audit trail.")
_SURE = ""
DEEDS = {
    deed.name: deed
    for deed in (
        _move("triage", message("Owner, kind and severity: with them the right questions are asked, and no others."),
              triage_forms.TriageForm, triage.triage_event, message("The event is sorted."), TRIAGE),
        _move("route", message("Name the other tool and its number; what is to be done there goes on the list."),
              deciding.RouteForm, triage.route_event, message("The event is dealt with elsewhere."), TRIAGE, "at"),
        _move("merge", message("The other event stays and gathers both; nothing of this one is lost."),
              deciding.MergeForm, triage.merge_event, message("The two events are joined."), TRIAGE),
        _move("dismiss", message("The declarer reads why."), ReasonForm, triage.dismiss_event,
              message("No further action is taken."), TRIAGE),
        _move("take_back", _KEPT, ReasonForm, triage.take_back_event, message("The event waits to be sorted."), TRIAGE),
        _move("analyse", _SURE, SureForm, analysis.confirm_causes, message("The causes are confirmed."), ACTIONS),
        _move("submit_plan", _SURE, SureForm, closing.submit_plan, message("The plan waits for an approval."), ACTIONS),
        _move("start_plan", _SURE, SureForm, closing.start_plan, message("The actions may start."), ACTIONS),
        _move("approve_plan", _SURE, SureForm, closing.approve_plan, message("The plan is approved."), ACTIONS),
        _move("refuse_plan", message("The author reads why."), ReasonForm, closing.refuse_plan,
              message("The plan is sent back."), ACTIONS),
        _move("prove", _SURE, SureForm, closing.confirm_effectiveness,
              message("The effectiveness is confirmed."), CLOSING),
        _move("close_simple", message("Say in a sentence what is concluded."), following.CloseForm,
              closing.close_event, message("The event is closed."), TRIAGE),
        _move("close", message("Say in a sentence what is concluded."), following.CloseForm,
              closing.close_event, message("The event is closed."), CLOSING),
        _move("reopen", _KEPT, ReasonForm, closing.reopen_event, message("The event is open again."), TRIAGE),
        Deed("correct", message("Write down the correction"), message("What was done at once, before any analysis."),
             analysis_forms.CorrectionForm, analysis.record_correction, message("The correction is written down."),
             TRIAGE, permission=permissions.may_edit),
        Deed("analysis", message("Write down the causes"),
             message("Each line says why; it explains the event or another line."), analysis_forms.AnalysisForm,
             analysis.record_causes, message("The analysis is written down."), CAUSES,
             permission=permissions.may_edit),
        Deed("rectify", message("Correct the sorting"), _KEPT, triage_forms.RectifyForm, triage.rectify_event,
             message("The sorting is corrected."), TRIAGE, permission=permissions.may_rectify),
        Deed("breach", message("Answer the question of a serious breach"),
             message("A suspicion is enough to start the clock."), deciding.BreachForm, triage.answer_breach,
             message("The answer is written down."), TRIAGE, "at", permissions.may_answer_breach),
        Deed("extra", message("Answer the further questions"), message("A few more answers that this kind asks for."),
             following.ExtraForm, triage.answer_extra, message("The answers are written down."), TRIAGE,
             permission=permissions.may_edit),
        Deed("tell", message("Tell the declarer"), message("The declarer reads it on the page of the report."),
             following.AnswerForm, messages.answer_declarer, message("The declarer will read it."), TRIAGE,
             permission=permissions.may_settle),
    )
}  # fmt: skip


def offered(event: QualityEvent, by: Any, standing: Standing, *names: str) -> list[Offered]:
    """Return those deeds with their verdicts."""
    return [_offered(DEEDS[name], event, by, standing) for name in names]


def next_moves(event: QualityEvent, by: Any, standing: Standing) -> list[Offered]:
    """Return the moves that start from the event's state, as the table lists them."""
    return [
        _offered(DEEDS[move.code], event, by, standing) for move in moves.MOVES.starting_from(event.state)
    ]


def _offered(deed: Deed, event: QualityEvent, by: Any, standing: Standing) -> Offered:
    name = "do" if deed.is_direct else "deed"
    return Offered(
        deed,
        reverse(f"quality_events:{name}", args=[event.number, deed.name]),
        deed.verdict(event, by, standing),
    )
