"""Say who may open the screens of the audit trail."""

from tests.access_matrix import ABILITIES, ALL, Row, Rule, network_needs, read, somewhere_needs, write
from tests.access_world import OWN, Identity

READ, VERIFY = "read_trail", "verify_trail"


def entry_of(ability: str) -> Rule:
    """Open to who holds the ability for the owner of the entry; other owners' entries are hidden."""

    def sees(who: Identity, place: str) -> bool:
        return who.role not in ABILITIES[ability] or who.level == "network" or place == OWN

    def may(who: Identity, place: str) -> bool:
        return who.role in ABILITIES[ability]

    words = f"{ability}, for the organization of the entry; hidden from who holds it elsewhere"
    return Rule(words, sees=sees, may=may)


ROWS: dict[str, Row] = {
    "trail:entries": read(somewhere_needs(READ)),
    "trail:entry": read(entry_of(READ), ALL),
    "trail:proof": write(entry_of(VERIFY), ALL),
    "trail:heads": read(somewhere_needs(VERIFY)),
    "trail:heads_file": read(somewhere_needs(VERIFY)),
    "trail:verification": read(somewhere_needs(VERIFY)),
    "trail:verifier": read(somewhere_needs(VERIFY)),
    "trail:verify": write(somewhere_needs(VERIFY)),
    "trail:export": write(network_needs(VERIFY)),
}
