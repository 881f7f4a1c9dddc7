"""Answer a lesson for an organization, and follow what was adopted: the only place where an answer changes."""

from dataclasses import replace
from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.improvement.action_plan.acts.planning import Draft, open_action
from diapason.improvement.action_plan.models import Action
from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.facts import answering as facts
from diapason.improvement.lessons.models import LessonAnswer
from diapason.improvement.lessons.rules import answers


def _begin(
    answer: LessonAnswer, code: str, *, version: int | None, by: Any, text: str, until: date | None, on: date
) -> tuple[LessonAnswer, dict[str, str]]:
    """Return the answer under the lock, already given, and what the fact says of it."""
    fresh = reread(answer, version)
    permissions.may_answer(fresh, code, by=by).require()
    answers.check(code, text=text, until=until, on=on).require()
    said = {"subject": fresh.subject, "organization": fresh.organization.code}
    said |= answers.MOVES.make(fresh, code)
    if code != "carry_out":
        fresh.text, fresh.answered_by = text, getattr(by, "person", None)
        fresh.answered_on = fresh.answered_on or on
    return fresh, said


@act
def adopt(
    *,
    answer: LessonAnswer,
    text: str,
    until: date,
    version: int | None,
    by: Any,
    on: date,
    action: Draft | None = None,
) -> LessonAnswer:
    """Adopt a lesson: how and by when; a draft becomes an action of that organization (ISO 9001 § 6.1, § 10.3)."""
    fresh, said = _begin(answer, "adopt", version=version, by=by, text=text, until=until, on=on)
    fresh.due_on = until
    if action is not None:
        draft = replace(action, origin=fresh.lesson.subject, origin_label=fresh.lesson.title)
        fresh.action = open_action(draft=draft, by=by, on=on)
    fresh.save()
    number = fresh.action.number if fresh.action else ""
    record(facts.LessonAdopted(**said, how=text, until=until, action=number), by=by)
    return fresh


@act
def find_in_place(*, answer: LessonAnswer, text: str, version: int | None, by: Any, on: date) -> LessonAnswer:
    """Answer that the organization already works so."""
    fresh, said = _begin(answer, "in_place", version=version, by=by, text=text, until=None, on=on)
    fresh.save()
    record(facts.LessonRecognized(**said, how=text), by=by)
    return fresh


@act
def refuse(*, answer: LessonAnswer, text: str, version: int | None, by: Any, on: date) -> LessonAnswer:
    """Answer that the lesson does not apply, and why."""
    fresh, said = _begin(answer, "refuse", version=version, by=by, text=text, until=None, on=on)
    fresh.save()
    record(facts.LessonExcluded(**said, reason=text), by=by)
    return fresh


@act
def postpone(
    *, answer: LessonAnswer, text: str, until: date, version: int | None, by: Any, on: date
) -> LessonAnswer:
    """Answer that the organization decides later: until when, and why."""
    fresh, said = _begin(answer, "later", version=version, by=by, text=text, until=until, on=on)
    fresh.due_on = until
    fresh.save()
    record(facts.LessonPostponed(**said, reason=text, until=until), by=by)
    return fresh


@act
def carry_out(
    *, answer: LessonAnswer, done_on: date, note: str, version: int | None, by: Any, on: date
) -> LessonAnswer:
    """Say that what was adopted is carried out, and on which day."""
    fresh, said = _begin(answer, "carry_out", version=version, by=by, text=note, until=done_on, on=on)
    fresh.done_on, fresh.done_note = done_on, note
    fresh.save()
    record(facts.LessonCarriedOut(**said, done_on=done_on, note=note), by=by)
    return fresh


def carry_out_by_action(*, action: Action, by: Any, on: date) -> LessonAnswer | None:
    """Carry out the adoption that an action was planned for, None when no adoption waits for it."""
    waiting = LessonAnswer.objects.filter(action=action, state=answers.ADOPTED).select_related(
        "lesson__organization", "organization"
    )
    answer = waiting.first()
    if answer is None:
        return None
    done_on = action.done_on or on
    return carry_out(answer=answer, done_on=done_on, note=action.result, version=None, by=by, on=on)
