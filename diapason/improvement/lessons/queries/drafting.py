"""Draw a first text from an event: what it may tell, its names taken out."""

from dataclasses import dataclass

from django.utils.translation import gettext

from diapason.context.standards.models import Clause
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.queries import actions_of
from diapason.improvement.action_plan.rules import moves as action_moves
from diapason.improvement.lessons.models import Lesson
from diapason.improvement.lessons.queries.telltales import names_of
from diapason.improvement.lessons.rules.telltales import taken_out
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.personal_data import suspicions

PROVEN = (action_moves.EFFECTIVE, action_moves.DONE)


@dataclass(frozen=True)
class Text:
    """Hold what is written in a lesson, as its form gives it."""

    title: str
    what_happened: str = ""
    what_learnt: str = ""
    recommended: str = ""
    kind: str = Lesson.Kind.LESSON
    documents: str = ""
    for_sponsors: bool = False
    for_investigators: bool = True
    categories: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()


def first_text(event: QualityEvent) -> Text:
    """Return the first text of a lesson from an event: general words, categories and causes, no names.

    What happened comes from the event, what was learnt from its causes and conclusion, what is recommended from the
    actions that worked. Names of the house, its people and every study of the event are taken out, and so is what looks
    like data of a participant; a person of the house still reads it before anybody else does.
    """
    causes = list(event.causes.filter(removed_on=None, is_root=True).exclude(cause=""))
    actions = [one for one in actions_of(event.subject) if one.state in PROVEN]
    hidden = _names(event)
    learnt = [f"{one.cause_name}: {one.text}" for one in causes] + [event.conclusion]
    return Text(
        title=_plain(event.title, hidden)[:160],
        what_happened=_plain(event.description, hidden),
        what_learnt=_plain("\n".join(filter(None, learnt)), hidden),
        recommended=_plain(_advice(event, actions), hidden),
        kind=Lesson.Kind.STRENGTH if event.known_kind and event.known_kind.praise else Lesson.Kind.LESSON,
        for_sponsors=event.study is not None and event.study.sponsor_id == event.organization_id,
        for_investigators=event.place.is_investigator or not event.place.is_sponsor,
        categories=(event.category,) if event.category else (),
        causes=tuple(sorted({one.cause for one in causes})),
        clauses=tuple(Clause.objects.filter(quality_events__event=event)),
    )


def _advice(event: QualityEvent, actions: list[Action]) -> str:
    if actions:
        return "\n".join(one.title for one in actions)
    return event.correction or gettext("To be written: what would you recommend to another organization?")


def _names(event: QualityEvent) -> tuple[str, ...]:
    """Return every name to take out: those of the houses concerned and of the study, confidential or not."""
    names: list[str] = []
    for house in {event.organization, event.place}:
        names += names_of(house).hidden(may_be_named=False)
    if event.study is not None:
        names += [event.study.acronym, event.study.title_fr, event.study.title_en, event.study.key]
        names += event.study.identifiers.values_list("value", flat=True)
    return tuple(filter(None, names))


def _plain(text: str, hidden: tuple[str, ...]) -> str:
    """Return the text without the names and without what looks like data of a participant."""
    for one in sorted(suspicions(text), key=lambda each: -each.start):
        text = f"{text[: one.start]}…{text[one.end :]}"
    return taken_out(text, hidden)
