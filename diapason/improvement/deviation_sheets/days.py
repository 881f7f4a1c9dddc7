"""Put on one's day the sheets of the last month, and the proposals that wait for a decision."""

from collections import Counter
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.network.models import Organization
from diapason.context.network.queries import members_of
from diapason.context.studies.models import InvestigatorSite
from diapason.improvement.deviation_sheets.models import (
    DECIDE,
    KEEP,
    DeviationProposal,
    DeviationSheet,
    month_name,
    rules,
)
from diapason.improvement.quality_events.permissions import scope_of
from diapason.kernel.clock import today
from diapason.kernel.dates import months_after
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel, Task

COUNTED: Final = 100
"""Up to how many proposals are counted."""


@asks
def sheets_of_the_day(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Give who keeps sheets the month that nobody began, and who decides the proposals that wait; one round."""
    scope = scope_of(request.user)
    keeps, decides = scope.where(KEEP), scope.where(DECIDE)
    if not keeps and not decides:
        return None
    on = today()
    month = months_after(on.replace(day=1), -1)
    there = InvestigatorSite.objects.filter(organization=OuterRef("pk"), is_listed=True)
    begun, waiting, busy = yield [
        DeviationSheet.objects.filter(organization__in=keeps, month=month)
        .order_by()
        .values_list("organization_id")
        .distinct(),
        DeviationProposal.objects.waiting()
        .filter(organization__in=decides)
        .order_by("pk")
        .values_list("organization_id")[:COUNTED],
        Organization.objects.filter(Exists(there), pk__in=keeps).order_by("pk").values_list("pk"),
    ]
    houses = {one.pk: one for one in members_of(request)}
    missing = [houses[pk] for (pk,) in busy if pk in houses and (pk,) not in set(begun)]
    tasks = [_filling(house, month, on) for house in missing]
    tasks += [
        _deciding(houses[pk], number)
        for pk, number in Counter(row[0] for row in waiting).items()
        if pk in houses
    ]
    return Panel(tasks=tasks) if tasks else None


def _filling(house: Any, month: date, on: date) -> Task:
    return Task(
        title=_("Fill the deviation sheets of %(month)s") % {"month": month_name(month)},
        url=f"{reverse('deviation_sheets:month')}?organization={house.code}&month={month:%Y-%m}",
        detail=house.short_name,
        due=on.replace(day=rules().due_day),
    )


def _deciding(house: Any, number: int) -> Task:
    text = ngettext(
        "Decide on %(number)s event proposed by deviation sheets",
        "Decide on %(number)s events proposed by deviation sheets",
        number,
    )
    return Task(
        title=text % {"number": number},
        url=f"{reverse('deviation_sheets:proposals')}?state=proposed&organization={house.code}",
        detail=house.short_name,
        state="warn",
        state_label=_("To be decided"),
    )
