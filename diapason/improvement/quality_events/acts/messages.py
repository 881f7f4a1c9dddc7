"""Tell the declarer what becomes of the report, and take what the declarer adds."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, automaton, record
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.acts.moving import about
from diapason.improvement.quality_events.facts import reporting as facts
from diapason.improvement.quality_events.models import EventMessage, QualityEvent
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@act
def answer_declarer(*, event: QualityEvent, text: str, by: Any, on: date) -> EventMessage:
    """Tell the declarer what becomes of the report; an anonymous one reads it with the receipt code."""
    permissions.may_settle(event, by=by).require()
    _something(text)
    sent = EventMessage.objects.create(event=event, text=text, on=on)
    record(facts.DeclarerAnswered(**about(event)), by=by)
    return sent


@act
def enter_declarers_words(*, event: QualityEvent, text: str, by: Any, on: date) -> EventMessage:
    """Enter what the declarer adds; who that is stays apart."""
    _something(text)
    sent = EventMessage.objects.create(event=event, from_declarer=True, text=text, on=on)
    record(facts.DeclarerAdded(**about(event)), by=by)
    return sent


def add_as_declarer(*, event: QualityEvent, text: str, on: date) -> EventMessage:
    """Add something to one's own report, whoever one is: no name goes into the trail."""
    return enter_declarers_words(event=event, text=text, by=automaton(message("declarer")), on=on)


def _something(text: str) -> None:
    if not text.strip():
        Verdict.no(message("The message is empty.")).require()
