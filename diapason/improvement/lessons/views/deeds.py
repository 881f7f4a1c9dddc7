"""Name what can be done with a lesson and with an answer: two tables of deeds with form and act."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.acts import answering, offering
from diapason.improvement.lessons.forms import answering as answer_forms
from diapason.improvement.lessons.forms import writing as forms
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.rules import answers, moves
from diapason.improvement.lessons.rules.needs import Standing
from diapason.kernel.words import message
from diapason.ui.deeds import Offered


@dataclass(frozen=True)
class Deed:
    """Hold one thing that can be done: its name in the table of moves, the form, the act, and what is told then."""

    name: str
    label: str
    lead: str
    form: type[Any]
    act: Callable[..., Any]
    done: str

    @property
    def is_direct(self) -> bool:
        """Tell whether a button does it, without a form page."""
        return self.form is forms.SureForm


def _move(code: str, form: type[Any], act: Any, done: str, lead: str = "") -> Deed:
    return Deed(code, moves.MOVES[code].label, lead, form, act, done)


def _answer(code: str, form: type[Any], act: Any, lead: str = "") -> Deed:
    return Deed(code, answers.MOVES[code].label, lead, form, act, message("Your answer is written down."))


DEEDS = {
    deed.name: deed
    for deed in (
        _move("send", forms.NamingForm, offering.send_lesson, message("The coordination reads it now."),
              message("From now on the coordination reads this text, and nothing else of the event.")),
        _move("submit", forms.SureForm, offering.submit_lesson, message("Its house is asked to agree.")),
        _move("agree", forms.NamingForm, offering.agree_lesson, message("The coordination may offer it now."),
              message("This text is offered to every organization as it stands.")),
        _move("send_back", forms.ReasonForm, offering.send_back_lesson, message("The coordination reads why."),
              message("The coordination reads what is to be changed.")),
        _move("offer", forms.OfferForm, offering.offer_lesson, message("Every organization is asked now."),
              message("Each organization open today is asked for an answer; what was agreed is offered as it stands.")),
        _move("close", forms.CloseForm, offering.close_lesson, message("The answers are gathered."),
              message("The lesson stays in the library; adoption is still followed.")),
        _move("take_up", forms.ReasonForm, offering.take_up_lesson, message("The text can be changed again."),
              message("Its house will be asked to agree again.")),
        _move("decline", forms.ReasonForm, offering.decline_lesson, message("The lesson is left aside."),
              message("Its house reads why.")),
        _move("withdraw", forms.ReasonForm, offering.withdraw_lesson, message("The lesson is taken back."),
              message("Nobody is asked to answer; what was written stays with its house.")),
    )
}  # fmt: skip
ANSWERS = {
    deed.name: deed
    for deed in (
        _answer("adopt", answer_forms.AdoptForm, answering.adopt),
        _answer("in_place", answer_forms.InPlaceForm, answering.find_in_place),
        _answer("later", answer_forms.LaterForm, answering.postpone),
        _answer(
            "refuse",
            answer_forms.RefuseForm,
            answering.refuse,
            message("The reason is what others learn from."),
        ),
        _answer("carry_out", answer_forms.CarriedOutForm, answering.carry_out),
    )
}


def next_moves(lesson: Lesson, by: Any, standing: Standing) -> list[Offered]:
    """Return the moves that start from the lesson's state and belong to this reader's side of the table."""
    found = []
    for move in moves.MOVES.starting_from(lesson.state):
        if permissions.holds(lesson, move.ability, by=by):
            name = "do" if DEEDS[move.code].is_direct else "deed"
            url = reverse(f"lessons:{name}", args=[lesson.number, move.code])
            found.append(
                Offered(
                    DEEDS[move.code], url, permissions.may_move(lesson, move.code, by=by, standing=standing)
                )
            )
    return found


def answers_offered(rows: Iterable[LessonAnswer], by: Any) -> list[tuple[LessonAnswer, list[Offered]]]:
    """Return each answer with what its organization may answer now; nothing where this reader does not answer."""
    return [(row, _answers_from(row, by)) for row in rows]


def _answers_from(answer: LessonAnswer, by: Any) -> list[Offered]:
    found = []
    for move in answers.MOVES.starting_from(answer.state):
        verdict = permissions.may_answer(answer, move.code, by=by)
        if verdict:
            url = reverse("lessons:answering", args=[answer.key, move.code])
            found.append(Offered(ANSWERS[move.code], url, verdict))
    return found
