"""Make what the outbox opens."""

from diapason.audit_trail.acts import automaton
from diapason.context.mailing.acts import post
from diapason.context.mailing.rules import Letter
from diapason.kernel.clock import now
from tests.access_world import Target, World


def outgoing(world: World, place: str) -> Target:
    """Open a message that the program itself wrote."""
    letter = Letter(title="A title", text="Some words.", language="en")
    found = world.stage(
        lambda: post(
            to="a@example.org", letter=letter, kind="invitation", about="", by=automaton("tests"), at=now()
        )
    )
    return Target({"key": found.key}, {"version": found.version})


OBJECTS = {"mailing:message": outgoing, "mailing:send_again": outgoing}
