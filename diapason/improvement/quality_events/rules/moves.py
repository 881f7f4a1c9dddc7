"""Hold the states of an event and the moves between them: the one table behind screen, permission and trail."""

from typing import Final

from diapason.kernel.moves import Move, Moves
from diapason.kernel.words import message

REPORTED: Final = "reported"
TRIAGED: Final = "triaged"
ANALYSED: Final = "analysed"
PLAN_SUBMITTED: Final = "plan_submitted"
IN_ACTION: Final = "in_action"
PROVEN: Final = "proven"
CLOSED: Final = "closed"
DISMISSED: Final = "dismissed"
ROUTED: Final = "routed"
MERGED: Final = "merged"

STATES: Final = {
    REPORTED: message("Reported"),
    TRIAGED: message("To be analysed"),
    ANALYSED: message("Causes found"),
    PLAN_SUBMITTED: message("Plan to be approved"),
    IN_ACTION: message("Actions under way"),
    PROVEN: message("Effectiveness proven"),
    CLOSED: message("Closed"),
    DISMISSED: message("No further action"),
    ROUTED: message("Dealt with elsewhere"),
    MERGED: message("Joined to another"),
}
PLAIN: Final = {
    REPORTED: message("Your report has arrived; the quality manager reads it."),
    TRIAGED: message("Your report was read; the causes are being looked for."),
    ANALYSED: message("The causes are known; actions are being planned."),
    PLAN_SUBMITTED: message("A plan of actions waits for its approval."),
    IN_ACTION: message("Actions are under way."),
    PROVEN: message("The actions worked; the event is about to be closed."),
    CLOSED: message("It is closed: see below what came of it."),
    DISMISSED: message("No further action is taken; the reason is below."),
    ROUTED: message("It is dealt with in another tool."),
    MERGED: message("It was joined to another report of the same thing."),
}
"""What a declarer is told of each state."""
LOOKS: Final = {
    REPORTED: "warn",
    TRIAGED: "run",
    ANALYSED: "run",
    PLAN_SUBMITTED: "warn",
    IN_ACTION: "run",
    PROVEN: "ok",
    CLOSED: "ok",
    DISMISSED: "unk",
    ROUTED: "unk",
    MERGED: "unk",
}
OPEN: Final = (REPORTED, TRIAGED, ANALYSED, PLAN_SUBMITTED, IN_ACTION, PROVEN)
ENDED: Final = (CLOSED, DISMISSED, ROUTED, MERGED)

MOVES: Final = Moves(
    STATES,
    Move("triage", message("Sort the event"), (REPORTED,), TRIAGED, "triage_event"),
    Move("route", message("Deal with it elsewhere"), (REPORTED,), ROUTED, "triage_event"),
    Move(
        "dismiss",
        message("Take no further action"),
        (REPORTED,),
        DISMISSED,
        "triage_event",
        ("obligations_met",),
    ),
    Move("merge", message("Join to another event"), (REPORTED, TRIAGED), MERGED, "triage_event"),
    Move("analyse", message("Confirm the causes"), (TRIAGED,), ANALYSED, "analyse_event", ("root_cause",)),
    Move(
        "submit_plan",
        message("Submit the plan for approval"),
        (ANALYSED,),
        PLAN_SUBMITTED,
        "analyse_event",
        ("corrective_action", "criteria", "approval_asked"),
    ),
    Move(
        "start_plan",
        message("Start the actions"),
        (ANALYSED,),
        IN_ACTION,
        "analyse_event",
        ("corrective_action", "criteria", "no_approval_asked"),
    ),
    Move(
        "approve_plan",
        message("Approve the plan"),
        (PLAN_SUBMITTED,),
        IN_ACTION,
        "approve_plan",
        ("other_author",),
    ),
    Move(
        "refuse_plan",
        message("Send the plan back"),
        (PLAN_SUBMITTED,),
        ANALYSED,
        "approve_plan",
        ("other_author",),
    ),
    Move(
        "ask_approval",
        message("Ask for the approval of the plan"),
        (IN_ACTION, PROVEN),
        ANALYSED,
        "triage_event",
        automatic=True,
    ),
    Move(
        "prove",
        message("Confirm the effectiveness"),
        (IN_ACTION,),
        PROVEN,
        "analyse_event",
        ("effective_actions",),
    ),
    Move(
        "fall_back",
        message("Look for the causes again"),
        (IN_ACTION, PROVEN),
        TRIAGED,
        "analyse_event",
        automatic=True,
    ),
    Move(
        "close_simple",
        message("Close the event"),
        (TRIAGED,),
        CLOSED,
        "triage_event",
        ("correction", "no_analysis_asked", "ended_actions", "obligations_met", "other_closer"),
    ),
    Move(
        "close",
        message("Close the event"),
        (PROVEN,),
        CLOSED,
        "triage_event",
        ("root_cause", "effective_actions", "obligations_met", "other_closer"),
    ),
    Move("reopen", message("Reopen the event"), (CLOSED,), TRIAGED, "triage_event"),
    Move("take_back", message("Sort it after all"), (DISMISSED, ROUTED), REPORTED, "triage_event"),
)
