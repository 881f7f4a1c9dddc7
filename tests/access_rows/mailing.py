"""Say who may open the outbox."""

from tests.access_matrix import Row, hidden_unless, holds, read, somewhere_needs, write
from tests.access_world import NETWORK, Identity

MANAGE = "manage_accounts"


def everything(who: Identity, place: str) -> bool:
    """Tell whether the visitor sees messages that others had written: the network's administration."""
    return holds(who, MANAGE, NETWORK)


MESSAGE = hidden_unless(everything, "manage_accounts for the network, or the message is of one's own act")

ROWS: dict[str, Row] = {
    "mailing:messages": read(somewhere_needs(MANAGE)),
    "mailing:message": read(MESSAGE),
    "mailing:send_again": write(MESSAGE),
}
