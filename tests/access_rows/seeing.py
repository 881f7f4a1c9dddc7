"""Say who may open the pages that show many events."""

from tests.access_matrix import SIGNED_IN, Row, read, somewhere_needs

SEES = somewhere_needs("read_events")

ROWS: dict[str, Row] = {
    "quality_events:events": read(SIGNED_IN),
    "quality_events:board": read(SEES),
    "quality_events:figures": read(SEES),
    "quality_events:pareto": read(SEES),
    "quality_events:clauses": read(SEES),
    "quality_events:shared_causes": read(SEES),
    "quality_events:checks": read(SEES),
}
