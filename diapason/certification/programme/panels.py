"""Give the pages made of many chapters what the programme has to say."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.certification.certificates.permissions import scope_of
from diapason.certification.certificates.queries.register import register_of
from diapason.certification.certificates.queries.standing import standings_of
from diapason.certification.programme.charts.timeline import chart_of
from diapason.certification.programme.models import Mentoring, Milestone, everything_shown
from diapason.certification.programme.queries import story
from diapason.context.network.models import Organization
from diapason.kernel.clock import today
from diapason.ui.asking import Asking, answer_to, asks, side_by_side
from diapason.ui.panels import Panel, Task

AHEAD = timedelta(days=60)


@asks
def network_timeline(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Show the timeline of the certificates."""
    on = today()
    programme, *_register = yield from side_by_side(
        story.main_programme.asking(), *map(answer_to, register_of(request).questions)
    )
    if not standings_of(request, on):
        return None
    return Panel(
        title=_("Timeline of the certificates"),
        template="programme/panels/timeline.html",
        context={"chart": chart_of(register_of(request), programme, on)},
        link=reverse("programme:timeline"),
        link_label=_("The whole story"),
        slot="wide",
    )


@asks
def organization_programme(request: HttpRequest, organization: Organization) -> Asking[Panel | None]:
    """Show an organization's milestones and who accompanies it, as far as the visibility charter goes."""
    scope = scope_of(request.user)
    if not everything_shown(scope) and organization.pk not in scope.organizations:
        return None
    milestones = (
        Milestone.objects.visible_to(request.user)
        .filter(organization=organization)
        .select_related("programme")
        .order_by("-programme__starts_latest", "planned_on")[:12]
    )
    helped = (
        Mentoring.objects.visible_to(request.user).filter(candidate=organization).select_related("mentor")
    )
    steps, mentorings = yield [milestones, helped[:5]]
    if not steps and not mentorings:
        return None
    return Panel(
        title=_("Certification programme"),
        template="programme/panels/organization.html",
        context={"milestones": steps, "mentorings": mentorings, "today": today()},
        link=reverse("programme:programmes"),
        link_label=_("Programme"),
    )


@asks
def milestones_of_mine(request: HttpRequest, thing: Any) -> Asking[Panel | None]:
    """List the milestones of my organizations that are late or come within two months."""
    scope = scope_of(request.user)
    if not scope.may_somewhere("record_certificate") or not scope.organizations:
        return None
    on = today()
    soon = Milestone.objects.filter(
        organization__in=scope.organizations, held_on=None, planned_on__lte=on + AHEAD
    ).select_related("programme", "organization")
    (milestones,) = yield [soon.order_by("planned_on")[:20]]
    return Panel(
        tasks=[
            Task(
                title=_("%(organization)s: %(step)s")
                % {"organization": m.organization.short_name, "step": m.get_kind_display()},
                url=m.programme.get_absolute_url(),
                detail=m.programme.title,
                due=m.planned_on,
                state="warn" if m.is_late(on) else "run",
                state_label=_("Late") if m.is_late(on) else _("To come"),
            )
            for m in milestones
        ]
    )
