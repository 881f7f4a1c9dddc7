"""Make events of an organization, of another one and of the network, to be handed over on paper."""

from tests.access_objects.reporting import report_of
from tests.access_world import Target, World


def sheet(world: World, place: str) -> Target:
    """Print an event."""
    return Target({"number": report_of(world, place).number})


OBJECTS = {"quality_events:sheet": sheet, "quality_events:sheet_workbook": sheet}
