"""Give the organization's page its studies."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.studies import queries
from diapason.context.studies.models import Study
from diapason.kernel.clock import today
from diapason.kernel.dates import Period
from diapason.ui.panels import Panel

SHOWN = 5


def studies_of_organization(request: HttpRequest, organization: Any) -> Panel | None:
    """Return how many studies the organization sponsors and takes part in today, with the first ones (four queries)."""
    visible = Study.objects.visible_to(request.user)
    day = today()
    own = visible.filter(
        sponsor=organization, pk__in=queries.sponsored_active(Period(day, day), organization).values("pk")
    )
    others = visible.filter(pk__in=queries.taking_part(organization, day).values("pk"))
    context = {
        "organization": organization,
        "day": day,
        "sponsored": own.count(),
        "recruiting": own.filter(queries.in_status(queries.RECRUITING, Period(day, day))).count(),
        "taken_part": others.count(),
        "studies": own[:SHOWN],
    }
    link = f"{reverse('studies:studies')}?sponsor={organization.code}"
    return Panel(_("Studies"), "studies/organization_panel.html", context, link, _("All its studies"))
