"""Tell on the page of an event that a committee looked into it."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from diapason.improvement.crex.models import CrexMeeting, readable
from diapason.improvement.crex.rules import moves
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel


@asks
def committees_of_event(request: HttpRequest, event: Any) -> Asking[Panel | None]:
    """Return the meetings that looked into the event; their pages open for whoever reads minutes; one question."""
    (rows,) = yield [CrexMeeting.objects.filter(event=event).exclude(state=moves.CANCELLED)]
    if not rows:
        return None
    context = {"meetings": rows, "opens": event.organization_id in readable(request.user)}
    return Panel(_("Examined in CREX"), "crex/event_panel.html", context)
