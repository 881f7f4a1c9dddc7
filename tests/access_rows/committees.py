"""Say who may open deviation sheets with what they propose, and the minutes of learning committees."""

from tests.access_matrix import ABILITIES, SIGNED_IN, Row, Rule, hidden_unless, read, somewhere_needs, write
from tests.access_world import OTHER, OWN, Identity

KEEPS, READS, DECIDES = (ABILITIES[name] for name in ("keep_deviation_sheet", "read_events", "analyse_event"))


def of_a_house(who: Identity, roles: set[str]) -> bool:
    """Tell whether the visitor holds one of these roles for an organization: sheets are no matter of the network."""
    return who.level == "organization" and who.role in roles


def reads_sheets(who: Identity, place: str) -> bool:
    """Tell whether the visitor reads the sheets of at least one organization."""
    return of_a_house(who, KEEPS | READS)


def keeps_sheets(who: Identity, place: str) -> bool:
    """Tell whether the visitor keeps the sheets of at least one organization."""
    return of_a_house(who, KEEPS)


def knows_house(who: Identity, place: str) -> bool:
    """Tell whether the house of the object is told: whoever reads no sheet at all is refused before."""
    return not reads_sheets(who, place) or place == OWN


def own_proposal(who: Identity, place: str) -> bool:
    """Tell whether the proposal is of a house whose sheets the visitor reads."""
    return reads_sheets(who, place) and place == OWN


def own_minutes(who: Identity, place: str) -> bool:
    """Tell whether the meeting is of a house on whose events the visitor works: no auditor, no certifier."""
    return of_a_house(who, DECIDES) and place == OWN


KEEP_WORDS = "keep_deviation_sheet, for an organization"
READ_SHEETS = Rule("keep_deviation_sheet or read_events, for an organization", may=reads_sheets)
KEEP_SHEETS = Rule(KEEP_WORDS, may=keeps_sheets)
READ_HOUSE = Rule(f"{READ_SHEETS.words}; that of others is hidden", may=reads_sheets, sees=knows_house)
KEEP_HOUSE = Rule(f"{KEEP_WORDS}; that of others is hidden", may=keeps_sheets, sees=knows_house)
PROPOSAL = hidden_unless(own_proposal, "one keeps sheets or reads events there")
OPEN = Rule(
    "keep_deviation_sheet or analyse_event, and report_event; hidden unless one reads the sheets there",
    sees=own_proposal,
    may=lambda who, place: of_a_house(who, (KEEPS | DECIDES) & ABILITIES["report_event"]),
)
DECLINE = Rule(
    "analyse_event; hidden unless one reads the sheets there",
    sees=own_proposal,
    may=lambda who, place: of_a_house(who, DECIDES),
)
MINUTES = hidden_unless(own_minutes, "one works on the events there, or attended")
COMMITTEE = hidden_unless(own_minutes, "one works on the events there, or attended", "run_crex")
PLACES = (OWN, OTHER)

ROWS: dict[str, Row] = {
    "deviation_sheets:month": read(READ_SHEETS),
    "deviation_sheets:keep_month": write(KEEP_SHEETS),
    "deviation_sheets:figures": read(READ_SHEETS),
    "deviation_sheets:taking": read(KEEP_SHEETS),
    "deviation_sheets:model": read(KEEP_SHEETS),
    "deviation_sheets:take_over": write(KEEP_SHEETS),
    "deviation_sheets:proposals": read(READ_SHEETS),
    "deviation_sheets:proposal": read(PROPOSAL, PLACES),
    "deviation_sheets:open": write(OPEN, PLACES),
    "deviation_sheets:decline": write(DECLINE, PLACES),
    "deviation_sheets:sheet": read(READ_HOUSE, PLACES),
    "deviation_sheets:keep_sheet": write(KEEP_HOUSE, PLACES),
    "deviation_sheets:study": read(READ_HOUSE, PLACES),
    "deviation_sheets:keep_study": write(KEEP_HOUSE, PLACES),
    "deviation_sheets:log": read(KEEP_HOUSE, PLACES),
    "deviation_sheets:sum_log": write(KEEP_HOUSE, PLACES),
    "crex:meetings": read(SIGNED_IN),
    "crex:planning": read(somewhere_needs("run_crex")),
    "crex:plan": write(somewhere_needs("run_crex")),
    "crex:meeting": read(MINUTES, PLACES),
    "crex:minutes": read(MINUTES, PLACES),
    "crex:minutes_workbook": read(MINUTES, PLACES),
    "crex:deed": read(COMMITTEE, PLACES),
    "crex:do": write(COMMITTEE, PLACES),
}
