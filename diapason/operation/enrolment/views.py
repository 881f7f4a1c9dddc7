"""Take the inclusions of a study."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.context.studies.models import Study
from diapason.kernel.clock import today
from diapason.operation.enrolment import acts, permissions, queries
from diapason.operation.enrolment.forms import CountsForm
from diapason.ui.views import page, reads, writes


def _study(request: HttpRequest, key: str) -> Study:
    found: Study = get_object_or_404(
        Study.objects.visible_to(request.user).select_related("sponsor"), key=key
    )
    return found


def _form(request: HttpRequest, study: Study, data: Any = None, **options: Any) -> CountsForm:
    scope = request.user.scope  # type: ignore[union-attr]
    whole = bool(permissions.may_record_enrolment(study, None, by=request.user))
    members = Organization.objects.members()
    organizations = members if whole else members.where(scope, permissions.ABILITY)
    return CountsForm(data, organizations=organizations, whole=whole, **options)


def _require(request: HttpRequest, study: Study) -> None:
    own = Organization.objects.members().own(request.user.scope).first()  # type: ignore[union-attr]
    permissions.may_record_enrolment(study, own, by=request.user).require()


@reads
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form that takes the inclusions of a year, with the months already known."""
    study = _study(request, key)
    _require(request, study)
    text = request.GET.get("year", "")
    year = int(text) if text.isdigit() and len(text) == 4 else today().year
    own = Organization.objects.members().own(request.user.scope).first()  # type: ignore[union-attr]
    known = queries.counts_of_year(study, own, year)
    start = {f"month_{month}": row.included for month, row in known.items()}
    source = next((row.source for row in known.values()), "")
    form = _form(request, study, initial={"year": year, "organization": own, "source": source, **start})
    return page(request, "enrolment/entry.html", study=study, form=form)


@writes
def record(request: HttpRequest, key: str) -> HttpResponse:
    """Enter the inclusions of a year."""
    study = _study(request, key)
    _require(request, study)
    form = _form(request, study, request.POST)
    if not form.is_valid():
        return page(request, "enrolment/entry.html", status=422, study=study, form=form)
    data = form.cleaned_data
    acts.record_counts(
        study=study,
        organization=data["organization"],
        year=data["year"],
        counts=form.counts,
        source=data["source"],
        by=request.user,
        on=today(),
    )
    messages.success(request, _("The inclusions are entered."))
    return redirect(study)
