"""Make actions of an organization, of another one and of the network."""

from datetime import timedelta

from diapason.audit_trail.acts import automaton
from diapason.improvement.action_plan.acts import planning
from diapason.improvement.action_plan.models import Action
from tests.access_world import Target, World


def made(world: World, place: str) -> Action:
    """Return an action of that place."""
    draft = planning.Draft(
        organization=world.organization(place) or world.net,
        kind="improvement",
        title=f"Action {world.number()}",
        due_on=world.today + timedelta(days=30),
    )
    return planning.open_action(draft=draft, by=automaton("tests"), on=world.today)


def action(world: World, place: str) -> Target:
    """Open an action."""
    return Target({"number": made(world, place).number})


def giving_up(world: World, place: str) -> Target:
    """Give an action up."""
    one = made(world, place)
    return Target({"number": one.number, "name": "cancel"}, {"version": one.version, "reason": "Fusionnée."})


OBJECTS = {
    "action_plan:action": action,
    "action_plan:deed": giving_up,
    "action_plan:do": giving_up,
}
