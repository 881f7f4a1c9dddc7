"""Say who may read, verify and take away the audit trail."""

from tests.access_matrix import (
    ABILITIES,
    ALL,
    Row,
    Rule,
    read,
    somewhere_needs,
    write,
)
from tests.access_world import OWN, Identity


def rule_of(ability: str) -> Rule:
    """Open an entry to who holds the ability where the entry belongs; hidden from the others who hold it."""
    holders = ABILITIES[ability]

    def sees(who: Identity, place: str) -> bool:
        return who.role not in holders or who.level == "network" or place == OWN

    return Rule(
        f"{ability}, for the organization of the entry; hidden from those who hold it elsewhere",
        sees=sees,
        may=lambda who, place: who.role in holders,
    )


VERIFIERS = somewhere_needs("verify_trail")

ROWS: dict[str, Row] = {
    "trail:entries": read(somewhere_needs("read_trail")),
    "trail:entry": read(rule_of("read_trail"), ALL),
    "trail:proof": write(rule_of("verify_trail"), ALL),
    "trail:heads": read(VERIFIERS),
    "trail:heads_file": read(VERIFIERS),
    "trail:verification": read(VERIFIERS),
    "trail:verify": write(VERIFIERS),
    "trail:verifier": read(VERIFIERS),
    "trail:export": write(VERIFIERS),
}
