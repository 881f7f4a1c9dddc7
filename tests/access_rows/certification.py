"""Say who may open certificates, self-assessments and the programme."""

from tests.access_matrix import (
    ABILITIES,
    SIGNED_IN,
    Row,
    Rule,
    hidden_unless,
    holds,
    network_needs,
    place_needs,
    read,
    write,
)
from tests.access_world import OTHER, OWN, Identity

MEMBERS = (OWN, OTHER)
RECORDS = place_needs("record_certificate")
LEADS = network_needs("manage_programme")


def own(who: Identity, place: str) -> bool:
    """Tell whether texts of a self-assessment may be read: by one's own organization only."""
    return place == OWN and who.level == "organization"


def keeps_milestones(who: Identity, place: str) -> bool:
    """Tell whether the visitor keeps the milestones of that organization."""
    return holds(who, "manage_programme", place) or holds(who, "record_certificate", place)


def shares(who: Identity, place: str) -> bool:
    """Tell whether the visitor passes experience on for any organization."""
    return who.role in ABILITIES["manage_programme"] | ABILITIES["record_certificate"]


ANSWER = hidden_unless(own, "of one's organization")
ANSWERED = hidden_unless(own, "of one's organization", "assess_clause")
MILESTONE = Rule("manage_programme or record_certificate, for that organization", may=keeps_milestones)
SHARING = Rule("manage_programme or record_certificate, for at least one organization", may=shares)

ROWS: dict[str, Row] = {
    "certificates:certificates": read(SIGNED_IN),
    "certificates:coverage": read(SIGNED_IN),
    "certificates:calculator": read(SIGNED_IN),
    "certificates:bodies": read(SIGNED_IN),
    "certificates:record_body": write(network_needs("record_certificate")),
    "certificates:activities": read(RECORDS, MEMBERS),
    "certificates:declare": write(RECORDS, MEMBERS),
    "certificates:recording": read(RECORDS, MEMBERS),
    "certificates:record": write(RECORDS, MEMBERS),
    "certificates:certificate": read(SIGNED_IN, MEMBERS),
    "certificates:planning": read(RECORDS, MEMBERS),
    "certificates:plan": write(RECORDS, MEMBERS),
    "certificates:deed": read(RECORDS, MEMBERS),
    "certificates:do": write(RECORDS, MEMBERS),
    "certificates:audit": read(SIGNED_IN, MEMBERS),
    "certificates:audit_deed": read(RECORDS, MEMBERS),
    "certificates:audit_do": write(RECORDS, MEMBERS),
    "readiness:home": read(SIGNED_IN, done=(200, 302)),
    "readiness:heat": read(SIGNED_IN),
    "readiness:transition": read(SIGNED_IN),
    "readiness:sheet": read(ANSWER, MEMBERS),
    "readiness:answer": read(ANSWER, MEMBERS),
    "readiness:save": write(ANSWERED, MEMBERS),
    "readiness:complete": write(ANSWERED, MEMBERS),
    "readiness:plan": write(ANSWERED, MEMBERS),
    "programme:programmes": read(SIGNED_IN, done=(200, 302)),
    "programme:timeline": read(SIGNED_IN),
    "programme:programme": read(SIGNED_IN),
    "programme:opening": read(LEADS),
    "programme:open": write(LEADS),
    "programme:wave": read(LEADS),
    "programme:define_wave": write(LEADS),
    "programme:milestone": read(MILESTONE, MEMBERS),
    "programme:keep_milestone": write(MILESTONE, MEMBERS),
    "programme:sharing": read(SHARING),
    "programme:share": write(SHARING),
    "programme:mentoring": read(SHARING),
    "programme:accompany": write(SHARING),
}
