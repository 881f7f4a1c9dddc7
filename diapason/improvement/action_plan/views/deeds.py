"""Name what can be done with an action: one table of deeds with form, permission and act."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from diapason.context.files import store
from diapason.context.files.rules import BadFile
from diapason.context.mailing.rules import Letter
from diapason.improvement.action_plan import letters, permissions
from diapason.improvement.action_plan.acts import carrying, evidence, inviting, planning
from diapason.improvement.action_plan.acts.telling import Notice
from diapason.improvement.action_plan.forms import carrying as forms
from diapason.improvement.action_plan.forms import handing
from diapason.improvement.action_plan.measures import figures_at
from diapason.improvement.action_plan.models import Action, Extension
from diapason.improvement.action_plan.queries.people import accounts_of, keepers_of
from diapason.improvement.action_plan.queries.reminders import ladder
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.clock import now
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message
from diapason.ui.deeds import Offered


def check(*, action: Action, effective: bool, comment: str, version: int | None, by: Any, on: date) -> Action:
    """Judge an action with the figures of that day, read before the act begins."""
    figures = figures_at(action, on=on)
    return carrying.check_effectiveness(
        action=action, effective=effective, comment=comment, figures=figures, version=version, by=by, on=on
    )


def decide(
    *, action: Action, granted: bool, decision: str, version: int | None, by: Any, on: date
) -> Extension:
    """Grant or refuse the time that is asked for."""
    asked = Extension.objects.get(action=action, decided_on=None)
    asked.action = action
    return planning.decide_extension(
        extension=asked, granted=granted, decision=decision, version=asked.version, by=by, on=on
    )


def attach(*, action: Action, file: Any, by: Any, on: date) -> Any:
    """Check and store a file, then keep it with the action."""
    try:
        staged = store.stage(file, file.name)
    except BadFile as bad:
        raise Refused(Verdict.no(bad.reason, **bad.parameters)) from bad
    return evidence.attach_evidence(action=action, staged=staged, by=by, on=on)


def invite(*, action: Action, person: Any, by: Any, on: date) -> Any:
    """Ask somebody of another house to check, and write to them."""
    told = _told(letters.invitation, accounts_of(person), action)
    return planning.invite_checker(action=action, person=person, by=by, on=on, notices=told)


def release(*, action: Action, invitation: Any, reason: str, by: Any, on: date) -> Any:
    """End an invitation to check, and write to whoever was asked."""
    told = _told(letters.release, accounts_of(invitation.person), action, reason)
    return inviting.release_checker(invitation=invitation, reason=reason, by=by, on=on, notices=told)


def decline(*, action: Action, reason: str, by: Any, on: date) -> Any:
    """Decline to check, and write to those who keep the plan."""
    invitation = next(one for one in permissions.asked_of(action) if one.person_id == by.person.pk)
    invitation.action = action
    told = _told(letters.declining, keepers_of(action, ladder().keepers, on), action, reason)
    return inviting.decline_check(invitation=invitation, reason=reason, by=by, on=on, notices=told)


def _told(write: Callable[..., Letter], accounts: Sequence[Any], *about: Any) -> list[Notice]:
    return [Notice(account, write(account, *about), now()) for account in accounts]


def may_decide(action: Action, *, by: Any) -> Verdict:
    """Tell whether time asked for may be decided: some is."""
    allowed = permissions.may_amend(action, by=by)
    if not getattr(action, "time_asked", False):
        return allowed & Verdict.no(message("No more time is asked for."))
    return allowed


@dataclass(frozen=True)
class Deed:
    """Hold one thing that can be done with an action; a move of the table has no permission of its own."""

    name: str
    label: str
    form: type[forms.DeedForm]
    act: Callable[..., Any]
    done: str
    permission: Callable[..., Verdict] | None = None

    @property
    def is_direct(self) -> bool:
        """Tell whether a button does it, without a form page."""
        return self.form is forms.SureForm

    def verdict(self, action: Action, by: Any, on: date) -> Verdict:
        """Tell whether it may be done now."""
        if self.permission is not None:
            return self.permission(action, by=by)
        if self.name == "check":
            return permissions.may_move(action, "find_not_effective", by=by, on=on)
        return permissions.may_move(action, self.name, by=by, on=on)


DEEDS = {
    deed.name: deed
    for deed in (
        Deed("start", moves.MOVES["start"].label, forms.SureForm, carrying.start_action,
             message("The action is under way.")),
        Deed("finish", moves.MOVES["finish"].label, forms.FinishForm, carrying.finish_action,
             message("The action is done.")),
        Deed("check", message("Check the effectiveness"), forms.CheckForm, check,
             message("The check is written down.")),
        Deed("attach", message("Add a file that proves it"), forms.EvidenceForm, attach,
             message("The file is kept with the action."), permissions.may_attach),
        Deed("resume", moves.MOVES["resume"].label, forms.ReasonForm, carrying.resume_action,
             message("The action is under way again.")),
        Deed("criterion", message("Fix the criterion of effectiveness"), forms.FixForm, planning.set_criterion,
             message("The criterion is fixed."), permissions.may_fix_criterion),
        Deed("extend", message("Ask for more time"), forms.ExtensionForm, planning.ask_extension,
             message("More time is asked for."), permissions.may_ask_extension),
        Deed("decide", message("Decide on more time"), forms.DecideForm, decide, message("It is decided."), may_decide),
        Deed("delegate", message("Hand it over"), handing.DelegateForm, planning.delegate_action,
             message("It is written down."), permissions.may_delegate),
        Deed("invite", message("Ask another organization to check"), handing.InviteForm, invite,
             message("The check is asked for."), permissions.may_invite),
        Deed("release", message("End the invitation to check"), handing.ReleaseForm, release,
             message("The invitation has ended."), permissions.may_release),
        Deed("decline", message("I cannot check it"), handing.DeclineForm, decline,
             message("You no longer check this action."), permissions.may_decline),
        Deed("amend", message("Correct"), forms.AmendForm, planning.amend_action, message("The action is corrected."),
             permissions.may_amend),
        Deed("cancel", moves.MOVES["cancel"].label, forms.ReasonForm, carrying.cancel_action,
             message("The action is given up.")),
    )
}  # fmt: skip
NEXT = {
    moves.PLANNED: ("start", "criterion"),
    moves.STARTED: ("finish",),
    moves.DONE: ("check", "resume"),
}
"""What is offered first in each state."""


def offered(action: Action, by: Any, on: date) -> tuple[list[Offered], list[Offered]]:
    """Return the deeds that come next, with their reasons, and the others that are possible."""
    first = [name for name in NEXT.get(action.state, ()) if name != "check" or action.is_checked_kind]
    if first[:1] == ["start"] and not (action.is_checked_kind and not action.criterion_kind):
        first = ["start"]
    rest = [name for name in DEEDS if name not in first and name not in moves.MOVES and name != "check"]
    rest += [move.code for move in moves.MOVES.starting_from(action.state) if move.code == "cancel"]
    return (
        [_offered(DEEDS[name], action, by, on) for name in first],
        [each for each in (_offered(DEEDS[name], action, by, on) for name in rest) if each.verdict],
    )


def _offered(deed: Deed, action: Action, by: Any, on: date) -> Offered:
    name = "do" if deed.is_direct else "deed"
    return Offered(
        deed, reverse(f"action_plan:{name}", args=[action.number, deed.name]), deed.verdict(action, by, on)
    )
