"""Hold the states of a lesson and the moves between them: the one table behind screen, permission and trail."""

from typing import Final

from diapason.kernel.moves import Move, Moves
from diapason.kernel.words import message

DRAFT: Final = "draft"
PROPOSED: Final = "proposed"
TO_AGREE: Final = "to_agree"
AGREED: Final = "agreed"
OFFERED: Final = "offered"
CLOSED: Final = "closed"
WITHDRAWN: Final = "withdrawn"
DECLINED: Final = "declined"

STATES: Final = {
    DRAFT: message("In preparation"),
    PROPOSED: message("With the coordination"),
    TO_AGREE: message("To be agreed by its house"),
    AGREED: message("Agreed, to be offered"),
    OFFERED: message("Offered to all"),
    CLOSED: message("Answers gathered"),
    WITHDRAWN: message("Taken back by its house"),
    DECLINED: message("Not taken up"),
}
LOOKS: Final = {
    DRAFT: "unk",
    PROPOSED: "warn",
    TO_AGREE: "warn",
    AGREED: "run",
    OFFERED: "run",
    CLOSED: "ok",
    WITHDRAWN: "unk",
    DECLINED: "unk",
}
PUBLISHED: Final = (OFFERED, CLOSED)
"""The states in which every organization reads it."""

HOUSE: Final = "answer_lesson"
COORDINATION: Final = "offer_lesson"

MOVES: Final = Moves(
    STATES,
    Move("send", message("Send to the coordination"), (DRAFT,), PROPOSED, HOUSE, ("whole", "nothing_tells")),
    Move("submit", message("Ask its house to agree"), (PROPOSED,), TO_AGREE, COORDINATION, ("whole",)),
    Move("agree", message("Agree with the text"), (TO_AGREE,), AGREED, HOUSE, ("nothing_tells",)),
    Move("send_back", message("Ask for changes"), (TO_AGREE,), PROPOSED, HOUSE),
    Move("offer", message("Offer to every organization"), (AGREED,), OFFERED, COORDINATION,
         ("whole", "nothing_tells")),
    Move("close", message("End the gathering of answers"), (OFFERED,), CLOSED, COORDINATION),
    Move("take_up", message("Take the text up again"), (TO_AGREE, AGREED, DECLINED), PROPOSED, COORDINATION),
    Move("decline", message("Do not take it up"), (PROPOSED,), DECLINED, COORDINATION),
    Move("withdraw", message("Take it back"), (DRAFT, PROPOSED, TO_AGREE, AGREED), WITHDRAWN, HOUSE),
)  # fmt: skip
