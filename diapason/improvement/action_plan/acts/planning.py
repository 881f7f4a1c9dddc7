"""Plan actions: open, correct, fix the criterion, hand over, give more time (ISO 9001 § 6.1.2, § 10.2.1 c)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number, take_numbers
from diapason.audit_trail.bulk import insert
from diapason.context.network.models import Organization
from diapason.context.people.models import Person
from diapason.improvement.action_plan import gates, permissions
from diapason.improvement.action_plan.acts.telling import Notice, tell
from diapason.improvement.action_plan.facts import planning as facts
from diapason.improvement.action_plan.facts.carrying import CheckerInvited
from diapason.improvement.action_plan.facts.handing import ActionGivenBack
from diapason.improvement.action_plan.models import Action, CheckInvitation, Extension
from diapason.improvement.action_plan.rules import criterion as criteria
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class Criterion:
    """Hold by what effectiveness will be judged: in words, and as a figure where it is measured."""

    kind: str
    text: str
    check_due_on: date
    indicator: Any = None
    operator: str = ""
    value: Decimal | None = None
    periods: int = 1


@dataclass(frozen=True)
class Draft:
    """Hold an action to be planned; `origin` is the subject of what asks for it."""

    organization: Organization
    kind: str
    title: str
    due_on: date
    owner: Person | None = None
    description: str = ""
    priority: str = Action.Priority.NORMAL
    origin: str = ""
    origin_label: str = ""
    criterion: Criterion | None = None
    replaces: Action | None = None
    may_be_late: bool = False
    """Its day was fixed before it came here: it stays, though it may have passed."""
    more: dict[str, Any] = field(default_factory=dict)


def about(action: Action) -> dict[str, str]:
    """Return subject and organization for a fact about the action."""
    return {"subject": action.subject, "organization": action.organization.code}


@act
def open_action(*, draft: Draft, by: Any, on: date) -> Action:
    """Plan an action (ISO 9001 § 10.2.1 c)."""
    permissions.may_plan(draft.organization, by=by).require()
    check_draft(draft, on).require()
    if draft.replaces is not None:
        permissions.may_replace(draft.replaces, by=by).require()
    kind, _, key = draft.origin.partition(":")
    gates.may_plan(kind, key).require()
    action = Action(
        number=take_number("AC", draft.organization.code, on.year),
        organization=draft.organization,
        origin_kind=kind,
        origin_key=key,
        origin_label=draft.origin_label,
        kind=draft.kind,
        title=draft.title,
        description=draft.description,
        owner=draft.owner,
        priority=draft.priority,
        opened_on=on,
        due_on=draft.due_on,
        first_due_on=draft.due_on,
        replaces=draft.replaces,
        **draft.more,
    )
    if draft.criterion is not None:
        _write_criterion(action, draft.criterion)
    action.full_clean(exclude=["number"])
    action.save()
    fact = facts.ActionOpened(**about(action), title=action.title, due_on=action.due_on, origin=draft.origin)
    record(fact, by=by)
    return action


def check_draft(draft: Draft, on: date) -> Verdict:
    """Tell whether a draft may become an action."""
    if draft.kind not in moves.KINDS:
        return Verdict.no(message("Choose a kind."))
    if not draft.title.strip():
        return Verdict.no(message("Say what is to be done."))
    if draft.due_on < on and not draft.may_be_late:
        return Verdict.no(message("An action is not planned for a day that has passed."))
    if draft.criterion is not None:
        return check_criterion(draft.criterion, draft.due_on)
    return Verdict.yes()


def check_criterion(one: Criterion, due_on: date) -> Verdict:
    """Tell whether a criterion can judge: in words always, as a figure where it is measured, after the action."""
    if one.kind not in criteria.KINDS:
        return Verdict.no(message("Choose how effectiveness will be judged."))
    if not one.text.strip():
        return Verdict.no(message("Say in words what will show that it worked."))
    if one.check_due_on < due_on:
        return Verdict.no(message("The check comes after the action is due."))
    if one.kind in criteria.MEASURED and (one.value is None or one.operator not in criteria.OPERATORS):
        return Verdict.no(message("Give the target as a figure."))
    if one.kind == criteria.INDICATOR and one.indicator is None:
        return Verdict.no(message("Choose the indicator."))
    return Verdict.yes()


def _write_criterion(action: Action, one: Criterion) -> None:
    action.criterion_kind, action.criterion_text = one.kind, one.text
    action.check_due_on, action.indicator = one.check_due_on, one.indicator
    measured = one.kind in criteria.MEASURED
    action.target_operator = one.operator if measured else ""
    action.target_value = one.value if measured else None
    action.target_periods = one.periods


@act
def set_criterion(*, action: Action, criterion: Criterion, version: int | None, by: Any, on: date) -> Action:
    """Fix by what the effectiveness will be judged, before the action starts (ISO 9001 § 10.2.1 d)."""
    permissions.may_fix_criterion(action, by=by).require()
    fresh = reread(action, version)
    permissions.may_fix_criterion(fresh, by=by).require()
    check_criterion(criterion, fresh.due_on).require()
    _write_criterion(fresh, criterion)
    fresh.full_clean(exclude=["number"])
    fresh.save()
    fact = facts.CriterionFixed(**about(fresh), criterion=criterion.text, check_due_on=criterion.check_due_on)
    record(fact, by=by)
    return fresh


@act
def amend_action(
    *, action: Action, reason: str, version: int | None, by: Any, on: date, **changes: Any
) -> Action:
    """Correct what is written of an action (« rectifier »), its day excepted: that takes an extension."""
    permissions.may_amend(action, by=by).require()
    if not reason.strip():
        Verdict.no(message("Say why it is corrected.")).require()
    fresh = reread(action, version)
    for name in (
        "title",
        "description",
        "owner",
        "priority",
        "external_system",
        "external_code",
        "external_link",
    ):
        if name in changes:
            setattr(fresh, name, changes[name])
    fresh.full_clean(exclude=["number"])
    fresh.save()
    record(facts.ActionRectified(**about(fresh), reason=reason), by=by)
    return fresh


@act
def delegate_action(
    *, action: Action, to: Person | None, until: date | None, version: int | None, by: Any, on: date
) -> Action:
    """Hand an action over while its owner is away; None takes it back."""
    permissions.may_delegate(action, by=by).require()
    if to is not None and (until is None or until < on):
        Verdict.no(message("Say until which day, not before today.")).require()
    fresh = reread(action, version)
    fresh.delegate, fresh.delegated_until = to, until if to is not None else None
    fresh.save(update_fields=["delegate", "delegated_until"])
    if fresh.delegated_until is None:
        record(ActionGivenBack(**about(fresh)), by=by)
    else:
        record(facts.ActionDelegated(**about(fresh), until=fresh.delegated_until.isoformat()), by=by)
    return fresh


@act
def ask_extension(*, action: Action, to_day: date, reason: str, by: Any, on: date) -> Extension:
    """Ask for more time, with the reason; whoever plans may at once be the one who grants."""
    permissions.may_ask_extension(action, by=by).require()
    if to_day <= action.due_on:
        Verdict.no(message("More time means a later day.")).require()
    if not reason.strip():
        Verdict.no(message("Say why more time is needed.")).require()
    if Extension.objects.filter(action=action, decided_on=None).exists():
        Verdict.no(message("More time is already asked for.")).require()
    asked = Extension.objects.create(
        action=action, asked_on=on, from_day=action.due_on, to_day=to_day, reason=reason,
        asked_by=getattr(by, "person", None),
    )  # fmt: skip
    record(facts.ExtensionAsked(**about(action), to_day=to_day, reason=reason), by=by)
    return asked


@act
def decide_extension(
    *, extension: Extension, granted: bool, decision: str, version: int | None, by: Any, on: date
) -> Extension:
    """Grant or refuse more time; the first day stays readable, the check of effectiveness moves by as much."""
    action = extension.action
    permissions.may_amend(action, by=by).require()
    fresh = reread(extension, version)
    if fresh.decided_on is not None:
        Verdict.no(message("This was already decided.")).require()
    if not granted and not decision.strip():
        Verdict.no(message("Say why it is refused.")).require()
    fresh.decided_on, fresh.granted, fresh.decision = on, granted, decision
    fresh.save(update_fields=["decided_on", "granted", "decision"])
    if granted:
        later = reread(action)
        if later.check_due_on is not None:  # the check keeps its distance from the day of the action
            later.check_due_on += max(fresh.to_day - later.due_on, timedelta())
        later.due_on = fresh.to_day
        later.save(update_fields=["due_on", "check_due_on"])
        record(facts.ExtensionGranted(**about(action), to_day=fresh.to_day), by=by)
    else:
        record(facts.ExtensionRefused(**about(action), reason=decision), by=by)
    return fresh


@act
def invite_checker(
    *, action: Action, person: Person, by: Any, on: date, notices: Sequence[Notice] = ()
) -> CheckInvitation:
    """Ask somebody of another house to check the effectiveness of one action (entraide), and tell them."""
    permissions.may_invite(action, by=by).require()
    if person.pk in {action.owner_id, action.delegate_id}:
        Verdict.no(message("Its effectiveness is checked by somebody who did not carry it out.")).require()
    invited = CheckInvitation.objects.create(action=action, person=person, invited_on=on)
    record(CheckerInvited(**about(action)), by=by)
    tell(notices, action, by=by)
    return invited


@act
def take_over_actions(*, rows: Sequence[Action], organization: Organization, by: Any, on: date) -> int:
    """Take over actions kept elsewhere until now; rows come checked, without numbers (reprise de l'existant).

    Raises Refused when a row was taken over meanwhile: all rows go in, or none.
    """
    permissions.may_plan(organization, by=by).require()
    codes = [row.external_code for row in rows if row.external_code]
    there = Action.objects.filter(organization=organization, external_code__in=codes).first()
    if there is not None:
        Verdict.no(message("%(code)s was taken over meanwhile."), code=there.external_code).require()
    for year in sorted({row.opened_on.year for row in rows}):
        of_year = [row for row in rows if row.opened_on.year == year]
        numbers = take_numbers("AC", organization.code, year, len(of_year))
        for row, number in zip(of_year, numbers, strict=True):
            row.number, row.organization, row.is_waiting = number, organization, not row.is_ended
    insert(Action, rows)
    for row in rows:
        record(facts.ActionTakenOver(**about(row), code=row.external_code), by=by)
    subject = f"organization:{organization.code}"
    record(facts.ActionsTakenOver(subject=subject, organization=organization.code, count=len(rows)), by=by)
    return len(rows)
