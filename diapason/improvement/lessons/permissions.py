"""Say who may do what with a lesson and with an answer, and when: the tables of moves are the only source."""

from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.rules import answers, moves
from diapason.improvement.lessons.rules.needs import NEEDS, Standing
from diapason.kernel.scope import NOBODY, Scope
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

REASONS = {
    moves.HOUSE: message("Only the quality manager of the organization that proposes it decides."),
    moves.COORDINATION: message("Only the coordination of the network edits and offers lessons."),
}


def scope_of(user: Any) -> Scope:
    """Return what a reader carries; nothing for somebody who is not signed in."""
    scope: Scope = getattr(user, "scope", NOBODY)
    return scope


def speaks_for(organization: Any, *, by: Any) -> bool:
    """Tell whether this person answers for an organization; for the network itself, the coordination does."""
    if isinstance(by, Automaton):
        return True
    scope = scope_of(by)
    held = scope.where(moves.HOUSE)
    return organization.pk in held or (organization.is_network and scope.may(moves.COORDINATION))


def holds(lesson: Lesson, ability: str, *, by: Any) -> Verdict:
    """Tell whether this person is the side of the table that the move belongs to: its house or the coordination."""
    if ability == moves.HOUSE:
        allowed = speaks_for(lesson.organization, by=by)
    else:
        allowed = isinstance(by, Automaton) or scope_of(by).may(moves.COORDINATION)
    return Verdict.yes() if allowed else Verdict.no(REASONS[ability])


def may_move(lesson: Lesson, code: str, *, by: Any, standing: Standing) -> Verdict:
    """Tell whether a move of the table may be made by this person, given what stands in the lesson."""
    move = moves.MOVES[code]
    allowed = holds(lesson, move.ability, by=by) & moves.MOVES.may_start(code, lesson.state)
    for need in move.needs:
        allowed = allowed & NEEDS[need](standing)
    return allowed


def may_read(*, by: Any) -> Verdict:
    """Tell whether this person reads the lessons of the network: whoever works in it."""
    scope = scope_of(by)
    if scope.may_somewhere("report_event") or scope.may_somewhere("read_events"):
        return Verdict.yes()
    return Verdict.no(message("Lessons are read by those who work in the network."))


def may_propose(organization: Any, *, by: Any) -> Verdict:
    """Tell whether this person proposes lessons for that organization."""
    if speaks_for(organization, by=by):
        return Verdict.yes()
    return Verdict.no(
        message("Only the quality manager of %(organization)s proposes a lesson."),
        organization=organization.short_name,
    )


def may_propose_somewhere(*, by: Any) -> Verdict:
    """Tell whether this person proposes lessons for at least one organization."""
    scope = scope_of(by)
    if scope.may_somewhere(moves.HOUSE) or scope.may(moves.COORDINATION):
        return Verdict.yes()
    return Verdict.no(message("Only quality managers and the coordination propose lessons."))


def may_write(lesson: Lesson, *, by: Any) -> Verdict:
    """Tell whether the text may be changed: a draft by its house, what was sent by the coordination."""
    if lesson.state == moves.DRAFT:
        return holds(lesson, moves.HOUSE, by=by)
    allowed = holds(lesson, moves.COORDINATION, by=by)
    if lesson.state != moves.PROPOSED:
        return allowed & Verdict.no(
            message("Not in this state: %(state)s."), state=moves.STATES[lesson.state]
        )
    return allowed


def may_answer(answer: LessonAnswer, code: str, *, by: Any) -> Verdict:
    """Tell whether this person gives that answer for the organization now."""
    move = answers.MOVES[code]
    if not isinstance(by, Automaton) and not scope_of(by).may(moves.HOUSE, answer.organization_id):
        return Verdict.no(
            message("Only the quality manager of %(organization)s answers for it."),
            organization=answer.organization.short_name,
        )
    if not answer.lesson.is_published:
        return Verdict.no(message("It is not offered yet."))
    if answer.state not in move.sources:
        return Verdict.no(message("Not after this answer: %(state)s."), state=answers.STATES[answer.state])
    return Verdict.yes()


def sees_source(lesson: Lesson, *, by: Any) -> bool:
    """Tell whether the organization that proposes it is named to this reader: it agreed, or the reader follows it."""
    return lesson.may_be_named or follows(lesson, by=by)


def follows(lesson: Lesson, *, by: Any) -> bool:
    """Tell whether this reader sees the lesson come about: its own house, or the coordination once it was sent."""
    edits = scope_of(by).may(moves.COORDINATION) and lesson.sent_on is not None
    return edits or is_of_house(lesson, by=by)


def is_of_house(lesson: Lesson, *, by: Any) -> bool:
    """Tell whether this person reads the events of its house: only they see where it comes from and former texts."""
    scope = scope_of(by)
    if lesson.organization.is_network:
        return scope.may("read_events")
    return lesson.organization_id in scope.where("read_events")
