"""Give the page of a study its inclusions."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.network.queries import own_members_of
from diapason.operation.enrolment import charts, permissions, queries
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel


@asks
def inclusions_of_study(request: HttpRequest, study: Any) -> Asking[Panel | None]:
    """Return the curve of inclusions: in all for its sponsor's people, else one's own counts only."""
    scope = request.user.scope  # type: ignore[union-attr]
    own = own_members_of(request, scope)
    whole = scope.network_wide or study.sponsor_id in scope.organizations
    months = yield from queries.months_of.asking(study, None if whole else scope.organizations)
    first = own[0] if own else None
    context = {
        "study": study,
        "chart": charts.inclusion_curve(study, months) if months else None,
        "whole": whole,
        "may_record": permissions.may_record_enrolment(study, first, by=request.user),
        "url": reverse("enrolment:entry", args=[study.key]),
    }
    return Panel(_("Inclusions"), "enrolment/study_panel.html", context)
