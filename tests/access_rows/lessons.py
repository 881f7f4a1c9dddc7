"""Say who may open lessons and answers: a draft is its house's alone, an answer its organization's alone."""

from tests.access_matrix import ABILITIES, Row, Rule, read, write
from tests.access_world import NETWORK, OTHER, OWN, Identity

EVERY = (OWN, OTHER, NETWORK)
MEMBERS = (OWN, OTHER)


def of_its_house(who: Identity, place: str) -> bool:
    """Tell whether the visitor reads the events of the house whose draft it is; the network's own is its people's."""
    level = {OWN: "organization", NETWORK: "network"}.get(place, "")
    return who.role in ABILITIES["read_events"] and who.level == level


def speaks(who: Identity, place: str) -> bool:
    """Tell whether the visitor decides for the house; for the network's own lessons, its coordination."""
    return who.role in ABILITIES["offer_lesson" if place == NETWORK else "answer_lesson"]


def asked(who: Identity, place: str) -> bool:
    """Tell whether the visitor works in the organization whose answer it is."""
    return place == OWN and who.level == "organization" and who.role in ABILITIES["report_event"]


WORKS = Rule(
    "report_event or read_events, for at least one organization",
    may=lambda who, place: who.role in ABILITIES["report_event"] | ABILITIES["read_events"],
)
PROPOSES = Rule(
    "answer_lesson for an organization, offer_lesson for the network",
    may=lambda who, place: who.role in ABILITIES["answer_lesson"] | ABILITIES["offer_lesson"],
)
DRAFT = Rule("read_events, of the house whose draft it is; hidden from others", sees=of_its_house)
DECIDES = Rule(
    "answer_lesson, of the house whose draft it is (offer_lesson for the network's); hidden from others",
    sees=of_its_house,
    may=speaks,
)
ANSWER = Rule("report_event, of the organization whose answer it is; hidden from others", sees=asked)
ANSWERS = Rule(
    "answer_lesson, of the organization whose answer it is; hidden from others",
    sees=asked,
    may=lambda who, place: who.role in ABILITIES["answer_lesson"],
)

ROWS: dict[str, Row] = {
    "lessons:lessons": read(WORKS),
    "lessons:board": read(WORKS),
    "lessons:proposing": read(PROPOSES),
    "lessons:propose": write(PROPOSES),
    "lessons:lesson": read(DRAFT, EVERY),
    "lessons:sheet": read(DRAFT, EVERY),
    "lessons:writing": read(DECIDES, EVERY),
    "lessons:write": write(DECIDES, EVERY),
    "lessons:deed": read(DECIDES, EVERY),
    "lessons:do": write(DECIDES, EVERY),
    "lessons:answer": read(ANSWER, MEMBERS),
    "lessons:answering": read(ANSWERS, MEMBERS),
    "lessons:give": write(ANSWERS, MEMBERS),
}
