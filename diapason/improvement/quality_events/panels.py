"""Give the pages made of many chapters what events have to say: one round of questions each."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.quality_events.models import Obligation, QualityEvent
from diapason.improvement.quality_events.permissions import scope_of
from diapason.improvement.quality_events.queries.lateness import late
from diapason.improvement.quality_events.queries.sights import FEWEST_HOUSES, counts_all
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.clock import today
from diapason.kernel.dates import months_after
from diapason.ui import wording
from diapason.ui.asking import Asking, asks
from diapason.ui.listing import COUNT_CAP
from diapason.ui.panels import Panel, Task, Tile
from diapason.ui.together import HowMany, Totals

SHOWN = 5
MOST_LINES = 12
SOON_DAYS = 7


def said(number: int) -> str:
    """Return the number, "1 000+" beyond what is counted."""
    return f"{wording.figure(COUNT_CAP)}+" if number > COUNT_CAP else wording.figure(number)


@asks
def events_of_organization(request: HttpRequest, organization: Any) -> Asking[Panel | None]:
    """Show an organization's open events to those who read them; to others nothing."""
    rows = QualityEvent.objects.read_by(scope_of(request.user)).filter(organization=organization)
    if not _reads(request, organization.pk):
        return None
    opened, waiting, behind, first = yield [
        HowMany(rows.open().order_by()[: COUNT_CAP + 1]),
        HowMany(rows.filter(state=moves.REPORTED).order_by()[: COUNT_CAP + 1]),
        HowMany(rows.filter(late(today())).order_by()[: COUNT_CAP + 1]),
        rows.open().order_by("reported_on", "number").only(*LINE)[:SHOWN],
    ]
    listed = f"{reverse('quality_events:events')}?organization={organization.code}"
    context = {
        "open": said(opened),
        "waiting": said(waiting),
        "late": said(behind),
        "events": first,
        "listed": listed,
    }
    return Panel(
        _("Quality events"), "quality_events/panels/organization.html", context, listed, _("All its events")
    )


LINE = ("number", "title", "state", "reported_on", "severity", "kind")


def _reads(request: HttpRequest, organization: int) -> bool:
    scope = scope_of(request.user)
    return scope.form_of("quality_event") == "named" or organization in scope.where("read_events")


@asks
def events_of_study(request: HttpRequest, study: Any) -> Asking[Panel | None]:
    """Show the events of a study, those of one's own houses only."""
    scope = scope_of(request.user)
    if not scope.may_somewhere("read_events"):
        return None
    rows = QualityEvent.objects.read_by(scope).filter(study=study)
    opened, every, first = yield [
        HowMany(rows.open().order_by()[: COUNT_CAP + 1]),
        HowMany(rows.order_by()[: COUNT_CAP + 1]),
        rows.order_by("-reported_on", "-number").only(*LINE)[:SHOWN],
    ]
    if not every:
        return None
    listed = f"{reverse('quality_events:events')}?study={study.key}"
    context = {"open": said(opened), "all": said(every), "events": first}
    return Panel(
        _("Quality events"), "quality_events/panels/study.html", context, listed, _("All its events")
    )


@asks
def events_of_network(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Count the open events of all organizations, none named, nothing below five organizations."""
    if not counts_all(scope_of(request.user)):
        return None
    since = months_after(today(), -12)
    rows = QualityEvent.objects.counted().filter(Q(state__in=moves.OPEN) | Q(reported_on__gte=since))
    asked = Totals(
        rows,
        houses=Count("organization", distinct=True),
        year=Count("pk", filter=Q(reported_on__gte=since)),
        open=Count("pk", filter=Q(state__in=moves.OPEN)),
    )
    (found,) = yield [asked]
    if found["houses"] < FEWEST_HOUSES:
        return None
    url = reverse("quality_events:figures")
    label = ngettext("quality event open", "quality events open", found["open"])
    detail = _("%(n)s reported in twelve months by %(houses)s organizations") % {
        "n": wording.figure(found["year"]), "houses": found["houses"],
    }  # fmt: skip
    return Panel(slot="figures", tiles=[Tile(wording.figure(found["open"]), f"{label} · {detail}", url)])


def due_or_proven(rows: Any) -> Any:
    """Keep what is late or nearly due outside, and what can be closed; the first duty comes with each."""
    due = Obligation.objects.filter(
        event=OuterRef("pk"),
        met_at=None,
        waived_reason="",
        due_at__date__lte=today() + timedelta(days=SOON_DAYS),
    ).order_by("due_at")
    return (
        rows.filter(state__in=(*moves.OPEN, moves.ROUTED))
        .annotate(duty=Subquery(due.values("code")[:1]), duty_due=Subquery(due.values("due_at")[:1]))
        .filter(Q(duty__isnull=False) | Q(state=moves.PROVEN))
    )


def task_of(event: Any) -> Task:
    """Return what is to be done about an event that is due outside, or proven."""
    if event.duty:
        duty = Obligation(event=event, code=event.duty)
        title = _("%(duty)s: “%(title)s”") % {"duty": duty.name, "title": event.title}
        return Task(title, event.get_absolute_url(), event.number, event.duty_due.date(), "bad", _("outside"))
    title = _("Close “%(title)s”: its actions are proven effective") % {"title": event.title}
    return Task(title, event.get_absolute_url(), event.number, None, event.state_look, event.state_name)
