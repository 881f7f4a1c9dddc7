"""Make events with something to sort and something to do outside, of an organization, another one and the network."""

from diapason.audit_trail.acts import automaton
from diapason.improvement.quality_events.acts import reporting
from diapason.kernel.clock import now
from tests.access_objects.reporting import report_of
from tests.access_world import Target, World


def event(world: World, place: str) -> Target:
    """Open an event."""
    return Target({"number": report_of(world, place).number})


def dismissal(world: World, place: str) -> Target:
    """Take no further action on an event."""
    made = report_of(world, place)
    return Target(
        {"number": made.number, "name": "dismiss"}, {"version": made.version, "reason": "Déjà connu."}
    )


def duty(world: World, place: str) -> Target:
    """Say that something was done outside, or is not needed."""
    made = report_of(world, place)
    by = automaton("tests")
    reporting.answer_routing(event=made, channel="adverse_event", external_number="", by=by, at=now())
    sent = {"met_at": "2026-11-23T10:00", "reference": "R-1", "version": 1, "reason": "Pas un participant."}
    return Target({"number": made.number, "code": "tell_sponsor_sae"}, sent)


OBJECTS = {
    "quality_events:event": event,
    "quality_events:causes": event,
    "quality_events:actions": event,
    "quality_events:effectiveness": event,
    "quality_events:lesson": event,
    "quality_events:deed": dismissal,
    "quality_events:do": dismissal,
    "quality_events:settling": duty,
    "quality_events:settle": duty,
    "quality_events:waive": duty,
}
