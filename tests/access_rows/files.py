"""Say who may download a kept file: whoever may read the record that it proves."""

from tests.access_matrix import Row, hidden_unless, in_house, read
from tests.access_world import OTHER, OWN

RECORD = hidden_unless(in_house, "the chapter of the record lets the visitor read it")

ROWS: dict[str, Row] = {"files:file": read(RECORD, (OWN, OTHER))}
