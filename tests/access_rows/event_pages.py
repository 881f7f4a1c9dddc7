"""Say who may open one event and work on it: whoever reads or sorts events at home; hidden from everybody else."""

from tests.access_matrix import ABILITIES, ALL, Row, Rule, read, write
from tests.access_rows.reporting import reads_events
from tests.access_world import Identity


def sorts(who: Identity, place: str) -> bool:
    """Tell whether the visitor sorts the events of that place."""
    return who.role in ABILITIES["triage_event"] and reads_events(who, place)


def works(who: Identity, place: str) -> bool:
    """Tell whether the visitor works on the events of that place."""
    return who.role in ABILITIES["analyse_event"] and reads_events(who, place)


EVENT = Rule("read_events, at home; hidden from others", sees=reads_events)
SORTED = Rule("triage_event, at home; hidden unless read_events", sees=reads_events, may=sorts)
WORKED = Rule("analyse_event, at home; hidden unless read_events", sees=reads_events, may=works)

ROWS: dict[str, Row] = {
    "quality_events:event": read(EVENT, ALL),
    "quality_events:causes": read(EVENT, ALL),
    "quality_events:actions": read(EVENT, ALL),
    "quality_events:effectiveness": read(EVENT, ALL),
    "quality_events:lesson": read(EVENT, ALL),
    "quality_events:deed": read(SORTED, ALL),
    "quality_events:do": write(SORTED, ALL),
    "quality_events:settling": read(WORKED, ALL),
    "quality_events:settle": write(WORKED, ALL),
    "quality_events:waive": write(SORTED, ALL),
}
