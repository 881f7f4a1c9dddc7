"""Say who may open studies and imports."""

from tests.access_matrix import (
    ABILITIES,
    ALL,
    Row,
    Rule,
    hidden_unless,
    holds,
    network_needs,
    read,
    somewhere_needs,
    write,
)
from tests.access_world import NETWORK, OTHER, OWN, Identity

NETWORK_WIDE = {"network_coordinator", "network_director"}
KNOWN = "of one's organization, of a public register, or the role serves every organization"


def known(who: Identity, place: str) -> bool:
    """Tell whether a study sponsored there may be known of; that of the network is one of a public register."""
    if who.role in NETWORK_WIDE:
        return True
    return who.role != "funder" if place == NETWORK else place == OWN and who.level == "organization"


def importing(who: Identity, place: str) -> bool:
    """Tell whether the visitor imports registers at all."""
    return who.role in ABILITIES["import_registry"]


STUDY = hidden_unless(known, KNOWN)
CHANGED = hidden_unless(known, KNOWN, "manage_studies")
ENROLMENT = Rule(
    f"record_enrolment, at the sponsor or where the inclusions happen; hidden unless {KNOWN}",
    sees=known,
    may=lambda who, place: (
        who.role in ABILITIES["record_enrolment"]
        if place == NETWORK
        else holds(who, "record_enrolment", place)
    ),
)
IMPORTS = somewhere_needs("import_registry")
IMPORT = Rule("import_registry, for at least one organization; hidden from others", sees=importing)

ROWS: dict[str, Row] = {
    "studies:studies": read(Rule("whoever holds a role; shows only the studies that he or she may know of")),
    "studies:registration": read(somewhere_needs("manage_studies")),
    "studies:register": write(somewhere_needs("manage_studies")),
    "studies:study": read(STUDY, ALL),
    "studies:correction": read(CHANGED, ALL),
    "studies:correct": write(CHANGED, ALL),
    "studies:status": read(CHANGED, ALL),
    "studies:record_status": write(CHANGED, ALL),
    "studies:confidentiality": read(CHANGED, (OWN, OTHER)),
    "studies:set_confidentiality": write(CHANGED, (OWN, OTHER)),
    "enrolment:entry": read(ENROLMENT, ALL),
    "enrolment:record": write(ENROLMENT, ALL),
    "registry_imports:imports": read(IMPORTS),
    "registry_imports:upload": write(IMPORTS),
    "registry_imports:places": read(IMPORTS),
    "registry_imports:decide": write(network_needs("import_registry")),
    "registry_imports:import": read(IMPORT),
    "registry_imports:confirm": write(IMPORT),
    "registry_imports:cancel": write(IMPORT),
    "registry_imports:refused": read(IMPORT),
    "registry_imports:refused_csv": read(IMPORT),
}
