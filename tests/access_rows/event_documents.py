"""Say who may hand events over on paper and as a workbook, and take over those kept elsewhere."""

from tests.access_matrix import ALL, SIGNED_IN, Row, hidden_unless, read, somewhere_needs, write
from tests.access_rows.reporting import reads_events

SORTS = somewhere_needs("triage_event")

ROWS: dict[str, Row] = {
    "quality_events:sheet": read(hidden_unless(reads_events, "one reads the events there"), ALL),
    "quality_events:sheet_workbook": read(hidden_unless(reads_events, "one reads the events there"), ALL),
    "quality_events:workbook": read(SIGNED_IN),
    "quality_events:taking_over": read(SORTS),
    "quality_events:take_over": write(SORTS),
    "quality_events:model": read(SORTS),
}
