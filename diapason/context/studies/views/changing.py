"""Take what people enter about studies."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.context.studies import acts, permissions
from diapason.context.studies.forms import ConfidentialityForm, CorrectionForm, RegistrationForm, StatusForm
from diapason.context.studies.models import Study
from diapason.context.studies.rules.drafts import StudyDraft
from diapason.context.studies.rules.history import StatusDraft
from diapason.kernel.clock import today
from diapason.ui.views import page, reads, writes

DRAFTED = ("title_fr", "title_en", "acronym", "sponsor_name", "kind", "category", "phase", "is_therapeutic",
           "planned_enrolment", "actual_enrolment", "funding", "starts", "ends", "is_confidential")  # fmt: skip


def _visible(request: HttpRequest, key: str) -> Study:
    found: Study = get_object_or_404(Study.objects.visible_to(request.user), key=key)
    return found


def _own(request: HttpRequest) -> Organization | None:
    """Return the organization for which this person registers studies."""
    scope = request.user.scope  # type: ignore[union-attr]
    return Organization.objects.members().where(scope, permissions.ABILITY).own(scope).first()


@reads
def registration(request: HttpRequest) -> HttpResponse:
    """Show the form that registers a study."""
    permissions.may_register_somewhere(by=request.user).require()
    return page(request, "studies/registration.html", form=RegistrationForm())


@writes
def register(request: HttpRequest) -> HttpResponse:
    """Register a study."""
    organization = _own(request)
    permissions.may_register_study(organization, by=request.user).require()
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        return page(request, "studies/registration.html", status=422, form=form)
    draft = _draft(form.cleaned_data, organization)
    study = acts.register_study(draft=draft, organization=organization, by=request.user, on=today())
    messages.success(request, _("The study is registered."))
    return redirect(study)


def _draft(data: dict[str, Any], organization: Organization | None) -> StudyDraft:
    return StudyDraft(
        **{name: data[name] for name in DRAFTED},
        sponsor_id=data["sponsor"].pk if data["sponsor"] else None,
        lead_id=organization.pk if organization else None,
        holder_id=organization.pk if organization and data["is_confidential"] else None,
        identifiers=data.get("identifiers", ()),
        statuses=(StatusDraft(data["status"], data["since"]),),
    )


@reads
def correction(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form that corrects a study."""
    study = _visible(request, key)
    permissions.may_correct_study(study, by=request.user).require()
    return page(request, "studies/correction.html", study=study, form=CorrectionForm(instance=study))


@writes
def correct(request: HttpRequest, key: str) -> HttpResponse:
    """Correct a study."""
    study = _visible(request, key)
    permissions.may_correct_study(study, by=request.user).require()
    form = CorrectionForm(request.POST, instance=_visible(request, key))
    if not form.is_valid():
        return page(request, "studies/correction.html", status=422, study=study, form=form)
    data = form.cleaned_data
    acts.correct_study(
        study=study,
        changes=form.changes,
        reason=data["reason"],
        version=data["version"],
        by=request.user,
        on=today(),
    )
    messages.success(request, _("The study is corrected; the former values stay in the audit trail."))
    return redirect(study)


@reads
def status(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form that records another status."""
    study = _visible(request, key)
    permissions.may_correct_study(study, by=request.user).require()
    form = StatusForm(initial={"status": study.status, "version": study.version})
    return page(request, "studies/status.html", study=study, form=form)


@writes
def record_status(request: HttpRequest, key: str) -> HttpResponse:
    """Record another status of a study."""
    study = _visible(request, key)
    permissions.may_correct_study(study, by=request.user).require()
    form = StatusForm(request.POST)
    if not form.is_valid():
        return page(request, "studies/status.html", status=422, study=study, form=form)
    acts.record_status(study=study, **form.cleaned_data, by=request.user, on=today())
    messages.success(request, _("The status is recorded."))
    return redirect(study)


def _holders(request: HttpRequest) -> Any:
    scope = request.user.scope  # type: ignore[union-attr]
    return Organization.objects.members().where(scope, permissions.ABILITY)


@reads
def confidentiality(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form that hides a study outside its holder, or shows it again."""
    study = _visible(request, key)
    permissions.may_set_confidentiality(study, study.holder or study.sponsor, by=request.user).require()
    start = {"holder": study.holder_id or study.sponsor_id, "is_confidential": study.is_confidential}
    form = ConfidentialityForm(initial={**start, "version": study.version}, organizations=_holders(request))
    return page(request, "studies/confidentiality.html", study=study, form=form)


@writes
def set_confidentiality(request: HttpRequest, key: str) -> HttpResponse:
    """Hide a study outside its holder, or show it again."""
    study = _visible(request, key)
    permissions.may_set_confidentiality(study, study.holder or study.sponsor, by=request.user).require()
    form = ConfidentialityForm(request.POST, organizations=_holders(request))
    if not form.is_valid():
        return page(request, "studies/confidentiality.html", status=422, study=study, form=form)
    acts.set_confidentiality(study=study, **form.cleaned_data, by=request.user, on=today())
    messages.success(request, _("It is recorded who may know of this study."))
    return redirect(study)
