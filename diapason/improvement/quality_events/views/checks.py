"""Show the records that contradict each other or stand still, each with the page that mends it."""

from django.http import HttpRequest, HttpResponse

from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.views.tabs import tabs
from diapason.kernel.clock import today
from diapason.ui import coherence
from diapason.ui.views import page, reads

WHOLE = 200
"""How many records of one check its own page shows."""


@reads
def checks(request: HttpRequest) -> HttpResponse:
    """Show what each check found among the records of this reader; `only` in the address opens one check."""
    permissions.may_see_figures(by=request.user).require()
    codes = {check.code for check in coherence.checks()}
    only = request.GET.get("only", "")
    only = only if only in codes else ""
    found = coherence.run(request.user, on=today(), only=only, most=WHOLE if only else coherence.SHOWN)
    return page(
        request,
        "quality_events/checks.html",
        tabs=tabs("checks"),
        found=[one for one in found if one.total],
        clean=[one for one in found if not one.total],
        total=sum(one.total for one in found),
        only=only,
        cap=coherence.COUNTED,
    )
