"""Show the open events side by side, by state."""

from django.http import HttpRequest, HttpResponse

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.queries.boards import RECENT_DAYS, board_of
from diapason.improvement.quality_events.queries.sights import houses_of
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.views.tabs import tabs
from diapason.kernel.clock import today
from diapason.ui.views import page, reads


@reads
def board(request: HttpRequest) -> HttpResponse:
    """Show a column per state and a lane per organization, the events that stand longest on top."""
    permissions.may_see_figures(by=request.user).require()
    houses = houses_of(request)
    lanes = board_of(houses, on=today())
    return page(
        request,
        "quality_events/board.html",
        tabs=tabs("board"),
        lanes=lanes,
        is_single=len(houses) == 1,
        total=sum(cell.total for lane in lanes for cell in lane.cells if cell.state in moves.OPEN),
        recent_days=RECENT_DAYS,
    )
