"""Give the action plan to the pages made from many chapters: a house's own plan, and counts for the network."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.action_plan.models import KIND, Action
from diapason.improvement.action_plan.queries.counts import counts_of
from diapason.kernel.clock import today
from diapason.kernel.scope import EVERYWHERE, NOBODY, Scope
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel

TEMPLATE = "action_plan/panel.html"


def reads_plan_of(scope: Scope, organization: Any) -> bool:
    """Tell whether this person reads the plan of that organization by name."""
    if scope.form_of(KIND) == "named":
        return True
    held = scope.where("read_actions")
    return organization.is_network if held == EVERYWHERE else organization.pk in held


@asks
def organization_actions(request: HttpRequest, organization: Any) -> Asking[Panel | None]:
    """Return how the plan of an organization stands, to those who read it; one question."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    if not reads_plan_of(scope, organization):
        return None
    counts = yield from counts_of.asking(Action.objects.filter(organization=organization), on=today())
    if counts.is_empty:
        return None
    return Panel(
        title=_("Action plan"),
        template=TEMPLATE,
        context={"counts": counts, "list": f"?organization={organization.code}", "opens": True},
        link=reverse("action_plan:actions") + f"?organization={organization.code}",
        link_label=_("All actions"),
    )


@asks
def network_actions(request: HttpRequest, thing: Any) -> Asking[Panel | None]:
    """Return counts over all organizations to those who steer: no house is named, no record opens; one question."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    if scope.where("read_actions") != EVERYWHERE and scope.form_of(KIND) == "none":
        return None
    if not scope.may_somewhere("read_actions"):
        return None
    counts = yield from counts_of.asking(Action.objects.all(), on=today())
    if counts.is_empty:
        return None
    return Panel(
        title=_("Action plans of the network"),
        template=TEMPLATE,
        context={"counts": counts, "list": "", "opens": False},
        note=_("Counts over all organizations; none is named."),
    )
