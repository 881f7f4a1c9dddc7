"""Tell the codes that facts and columns hold in words of the catalogue."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext

from diapason.audit_trail import stories
from diapason.improvement.quality_events.facts.seeding import EventSeeded
from diapason.improvement.quality_events.facts.triage import EventMoved
from diapason.improvement.quality_events.models import QualityEvent, words
from diapason.improvement.quality_events.models.events import METHODS, said
from diapason.improvement.quality_events.rules.catalogue import Named
from diapason.improvement.quality_events.rules.moves import STATES


def named(items: Callable[[], Mapping[str, Named]]) -> Callable[[str], str]:
    """Return what tells codes of one list, several of them separated by commas."""

    def tell(code: str) -> str:
        known = items()
        parts = [part.strip() for part in str(code).split(",")]
        return ", ".join(said(known[part].name) if part in known else part for part in parts)

    return tell


def severity_said(code: str) -> str:
    """Return the name of a severity."""
    return next((said(one.name) for one in words().sorting.severities if one.code == code), code)


def channel_said(code: str) -> str:
    """Return the name of a channel."""
    channel = words().channels.get(code)
    return said(channel.name) if channel else code


def duty_said(code: str) -> str:
    """Return what was to be done."""
    duty = words().duty(code)
    return said(duty.name) if duty else code


def kind_said(code: str) -> str:
    """Return the name of a kind of event."""
    kind = words().kinds.get(code)
    return said(kind.name) if kind else code


def breach_said(code: str) -> str:
    """Return an answer to the question of a serious breach."""
    return str(dict(QualityEvent.Breach.choices).get(code, code))


def register() -> None:
    """Say how the codes of this chapter read in stories."""
    stories.register_code("severity", severity_said)
    stories.register_code("channel", channel_said)
    stories.register_code("obligation", duty_said)
    stories.register_code("causes", named(lambda: words().causes))
    stories.register_code("category", named(lambda: words().categories))
    stories.register_code("BreachAnswered.answer", breach_said)
    stories.register_code("method", lambda code: gettext(METHODS.get(code, code)))
    for fact in (EventMoved, EventSeeded):
        stories.register_code(f"{fact.__name__}.to_state", lambda code: gettext(STATES.get(code, code)))
