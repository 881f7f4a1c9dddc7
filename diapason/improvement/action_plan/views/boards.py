"""Show the open actions as a board: a line per organization, a column per state."""

from django.http import HttpRequest, HttpResponse

from diapason.improvement.action_plan import permissions
from diapason.improvement.action_plan.queries.boards import RECENT, board_of, houses_of
from diapason.kernel.clock import today
from diapason.ui.views import page, reads


@reads
def board(request: HttpRequest) -> HttpResponse:
    """Show the board of the houses whose plan this person reads."""
    permissions.may_read_plans(by=request.user).require()
    lanes = board_of(houses_of(permissions.scope_of(request.user)), on=today())
    return page(
        request,
        "action_plan/board.html",
        lanes=lanes,
        days=RECENT.days,
        may_plan=permissions.may_plan_somewhere(by=request.user),
    )
