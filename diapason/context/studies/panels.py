"""Give the organization's page its studies."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from diapason.context.studies import queries
from diapason.context.studies.models import Study
from diapason.kernel.clock import today
from diapason.kernel.dates import Period
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel
from diapason.ui.together import HowMany

SHOWN = 5
COUNT_CAP = 500
"""How far an organization's studies are counted; lists, asked more often, stop earlier."""


def counted(studies: QuerySet[Study]) -> HowMany:
    """Return the question how many there are, counted so far."""
    return HowMany(studies.order_by()[: COUNT_CAP + 1])


def said(number: int) -> str:
    """Return the number, "500+" beyond what is counted."""
    return f"{number_format(COUNT_CAP)}+" if number > COUNT_CAP else number_format(number)


@asks
def studies_of_organization(request: HttpRequest, organization: Any) -> Asking[Panel | None]:
    """Return how many studies the organization sponsors and takes part in today, with the first ones."""
    visible = Study.objects.visible_to(request.user)
    day = today()
    own = visible & queries.sponsored_active(Period(day, day), organization)
    others = visible & queries.taking_part(organization, day)
    sponsored, recruiting, taken_part, first = yield [
        counted(own),
        counted(own.filter(queries.in_status(queries.RECRUITING, Period(day, day)))),
        counted(others),
        own[:SHOWN],
    ]
    context = {
        "organization": organization,
        "day": day,
        "sponsored": said(sponsored),
        "recruiting": said(recruiting),
        "taken_part": said(taken_part),
        "studies": first,
    }
    link = f"{reverse('studies:studies')}?sponsor={organization.code}"
    return Panel(_("Studies"), "studies/organization_panel.html", context, link, _("All its studies"))
