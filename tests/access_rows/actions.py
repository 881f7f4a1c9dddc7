"""Say who may open the action plan: an organization's own people, and the coordination for the network's own."""

from tests.access_matrix import ABILITIES, ALL, SIGNED_IN, Row, Rule, read, somewhere_needs, write
from tests.access_world import NETWORK, OWN, Identity


def at_home(who: Identity, place: str) -> bool:
    """Tell whether the place is the one of the visitor's role: one's organization, or the network itself."""
    return place == (OWN if who.level == "organization" else NETWORK)


def reads_plan(who: Identity, place: str) -> bool:
    """Tell whether actions of that place may be known of; the charter opens none of another organization."""
    return who.role in ABILITIES["read_actions"] and at_home(who, place)


def keeps_plan(who: Identity, place: str) -> bool:
    """Tell whether the visitor keeps the plan of that place."""
    return who.role in ABILITIES["plan_action"] and at_home(who, place)


ACTION = Rule("read_actions, at home (or whoever carries or checks it); hidden from others", sees=reads_plan)
KEPT = Rule("plan_action, at home; hidden unless read_actions", sees=reads_plan, may=keeps_plan)
PLANS = somewhere_needs("plan_action")

ROWS: dict[str, Row] = {
    "action_plan:actions": read(SIGNED_IN),
    "action_plan:board": read(somewhere_needs("read_actions")),
    "action_plan:paper": read(SIGNED_IN),
    "action_plan:workbook": read(SIGNED_IN),
    "action_plan:opening": read(PLANS),
    "action_plan:open": write(PLANS),
    "action_plan:taking_over": read(PLANS),
    "action_plan:take_over": write(PLANS),
    "action_plan:model": read(PLANS),
    "action_plan:action": read(ACTION, ALL),
    "action_plan:deed": read(KEPT, ALL),
    "action_plan:do": write(KEPT, ALL),
}
