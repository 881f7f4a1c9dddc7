"""Agree and offer: the only place where the state of a lesson changes."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.context.network.models import Organization
from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.acts.proposing import about
from diapason.improvement.lessons.facts import proposing as facts
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.queries.telltales import standing_of
from diapason.improvement.lessons.rules.moves import MOVES
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


def _begin(
    lesson: Lesson, code: str, *, version: int | None, by: Any, may_be_named: bool | None = None
) -> tuple[Lesson, dict[str, str]]:
    """Return the lesson under the lock, its state already changed, and what the fact says of the move."""
    fresh = reread(lesson, version)
    standing = standing_of(fresh, may_be_named=may_be_named)
    permissions.may_move(fresh, code, by=by, standing=standing).require()
    return fresh, about(fresh) | MOVES.make(fresh, code)


def _say(text: str, reason: str) -> None:
    if not text.strip():
        Verdict.no(reason).require()


@act
def send_lesson(*, lesson: Lesson, may_be_named: bool, version: int | None, by: Any, on: date) -> Lesson:
    """Send a draft to the coordination, and say whether its house may be named."""
    fresh, said = _begin(lesson, "send", version=version, by=by, may_be_named=may_be_named)
    fresh.sent_on, fresh.may_be_named = on, may_be_named
    fresh.save(update_fields=["state", "sent_on", "may_be_named"])
    record(facts.LessonSent(**said), by=by)
    return fresh


@act
def submit_lesson(*, lesson: Lesson, version: int | None, by: Any, on: date) -> Lesson:
    """Ask its house to read the edited text and to agree."""
    fresh, said = _begin(lesson, "submit", version=version, by=by)
    fresh.save(update_fields=["state"])
    record(facts.LessonSubmitted(**said), by=by)
    return fresh


@act
def agree_lesson(*, lesson: Lesson, may_be_named: bool, version: int | None, by: Any, on: date) -> Lesson:
    """Agree, for its house, that this text be offered to all, the house being named or not."""
    fresh, said = _begin(lesson, "agree", version=version, by=by, may_be_named=may_be_named)
    fresh.agreed_on, fresh.may_be_named = on, may_be_named
    fresh.save(update_fields=["state", "agreed_on", "may_be_named"])
    record(facts.LessonAgreed(**said, may_be_named=may_be_named), by=by)
    return fresh


@act
def send_back_lesson(*, lesson: Lesson, reason: str, version: int | None, by: Any, on: date) -> Lesson:
    """Ask the coordination for another text, and say what is to be changed."""
    return _taken_up(lesson, "send_back", reason, version, by)


@act
def take_up_lesson(*, lesson: Lesson, reason: str, version: int | None, by: Any, on: date) -> Lesson:
    """Take a text up again before it is offered; its house will be asked again."""
    return _taken_up(lesson, "take_up", reason, version, by)


def _taken_up(lesson: Lesson, code: str, reason: str, version: int | None, by: Any) -> Lesson:
    fresh, said = _begin(lesson, code, version=version, by=by)
    _say(reason, message("Say why."))
    fresh.reason, fresh.agreed_on = reason, None
    fresh.save(update_fields=["state", "reason", "agreed_on"])
    record(facts.LessonSentBack(**said, reason=reason), by=by)
    return fresh


@act
def withdraw_lesson(*, lesson: Lesson, reason: str, version: int | None, by: Any, on: date) -> Lesson:
    """Take a lesson back for its house: it is not offered."""
    fresh, said = _begin(lesson, "withdraw", version=version, by=by)
    _say(reason, message("Say why."))
    fresh.reason = reason
    fresh.save(update_fields=["state", "reason"])
    record(facts.LessonWithdrawn(**said, reason=reason), by=by)
    return fresh


@act
def decline_lesson(*, lesson: Lesson, reason: str, version: int | None, by: Any, on: date) -> Lesson:
    """Leave a proposal aside; its house reads why."""
    fresh, said = _begin(lesson, "decline", version=version, by=by)
    _say(reason, message("Say why."))
    fresh.reason = reason
    fresh.save(update_fields=["state", "reason"])
    record(facts.LessonDeclined(**said, reason=reason), by=by)
    return fresh


@act
def offer_lesson(*, lesson: Lesson, answer_by: date, version: int | None, by: Any, on: date) -> Lesson:
    """Offer a lesson to every organization open that day: one answer each, its own house among them.

    Its house answers like the others, so that its absence tells nothing.
    """
    fresh, said = _begin(lesson, "offer", version=version, by=by)
    if answer_by <= on:
        Verdict.no(message("Leave the organizations some days to answer.")).require()
    fresh.offered_on, fresh.answer_by = on, answer_by
    fresh.save(update_fields=["state", "offered_on", "answer_by"])
    houses = Organization.objects.members().open_on(on)
    rows = [LessonAnswer(lesson=fresh, organization=house, asked_on=on, due_on=answer_by) for house in houses]
    LessonAnswer.objects.bulk_create(rows)
    record(facts.LessonOffered(**said, asked=len(rows), answer_by=answer_by), by=by)
    return fresh


@act
def close_lesson(*, lesson: Lesson, conclusion: str, version: int | None, by: Any, on: date) -> Lesson:
    """End the gathering of answers; the lesson stays in the library, adoption is still followed."""
    fresh, said = _begin(lesson, "close", version=version, by=by)
    _say(conclusion, message("Say what is concluded."))
    fresh.closed_on, fresh.conclusion = on, conclusion
    fresh.save(update_fields=["state", "closed_on", "conclusion"])
    record(facts.LessonClosed(**said, conclusion=conclusion), by=by)
    return fresh
