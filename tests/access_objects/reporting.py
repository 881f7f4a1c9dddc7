"""Make what whoever reports opens: a report of one's own with something to do outside and a photo."""

import io

from PIL import Image

from diapason.audit_trail.acts import automaton
from diapason.context.files import store
from diapason.context.files.models import KeptFile
from diapason.improvement.quality_events.acts import photos, reporting
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.clock import now
from tests.access_world import TODAY, Target, World

TESTS = automaton("tests")


def house(world: World, place: str) -> str:
    """Return the code of the organization, the network's own included."""
    return (world.organization(place) or world.net).code


def report_of(world: World, place: str) -> QualityEvent:
    """Return a report of the declarer, whatever the place it is dealt with."""
    where = world.organization(place) or world.net
    report = reporting.Report("La V3 a été signée.", "annoying", where)
    declarer = world.accounts["research_staff"].person
    return reporting.enter_event(report=report, declarer=declarer, by=TESTS, hour=now(), on=TODAY)


def mine(world: World, place: str) -> Target:
    """Open a report."""
    return Target({"number": report_of(world, place).number})


def done(world: World, place: str) -> Target:
    """Say that something was done outside."""
    event = report_of(world, place)
    reporting.answer_routing(event=event, channel="adverse_event", external_number="", by=TESTS, at=now())
    return Target({"number": event.number, "code": "tell_sponsor_sae"})


def with_photo(world: World, place: str) -> tuple[QualityEvent, KeptFile]:
    """Return a report with its photo."""
    event, stream = report_of(world, place), io.BytesIO()
    photos.allow_photos(organization=event.place, photo=True, version=None, by=TESTS, on=TODAY)
    Image.new("RGB", (8, 8), "white").save(stream, "PNG")
    stream.seek(0)
    staged = store.stage(stream, "photo")
    return event, photos.keep_photo(event=event, staged=staged, by=TESTS, on=TODAY)


def photo(world: World, place: str) -> Target:
    """Add a photo where the house allows it."""
    return Target({"number": with_photo(world, place)[0].number})


def removal(world: World, place: str) -> Target:
    """Remove a photo."""
    event, file = with_photo(world, place)
    return Target({"number": event.number, "file": file.number}, {"reason": "Un nom se lit"})


def at_house(world: World, place: str) -> Target:
    """Open what belongs to a house."""
    return Target({"code": house(world, place)})


OBJECTS = {
    "quality_events:anonymous": at_house,
    "quality_events:drop": at_house,
    "quality_events:poster": at_house,
    "quality_events:set_photos": at_house,
    "quality_events:declared": mine,
    "quality_events:route": mine,
    "quality_events:add": mine,
    "quality_events:done": done,
    "quality_events:add_photo": photo,
    "quality_events:keep_photo": photo,
    "quality_events:remove_photo": removal,
}
