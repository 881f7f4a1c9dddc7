"""Take down programmes, waves, milestones, experience and mentoring."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.certification.programme import acts, forms, permissions
from diapason.certification.programme.models import Programme
from diapason.context.network.models import Organization
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused
from diapason.ui import wording
from diapason.ui.views import page, reads, writes


def _form_page(
    request: HttpRequest, title: str, lead: str, form: Any, action: str, back: str, status: int = 200
) -> HttpResponse:
    return page(
        request,
        "programme/deed.html",
        status=status,
        title=title,
        lead=lead,
        form=form,
        action=action,
        back=back,
    )


def _accepted(form: Any, perform: Callable[[], Any]) -> bool:
    """Perform the act of a valid form; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        perform()
    except Refused as refusal:
        form.add_error(None, wording.reason_text(refusal.verdict))
        return False
    return True


def _opening_page(request: HttpRequest, form: Any, status: int = 200) -> HttpResponse:
    lead = _("A programme leads the network to its certification, or to another edition of the standard.")
    back = reverse("programme:programmes")
    return _form_page(request, _("Open a programme"), lead, form, reverse("programme:open"), back, status)


@reads
def opening(request: HttpRequest) -> HttpResponse:
    """Show the form that opens a programme."""
    permissions.may_lead_programme(by=request.user).require()
    return _opening_page(request, forms.ProgrammeForm())


@writes
def open_one(request: HttpRequest) -> HttpResponse:
    """Open a programme."""
    permissions.may_lead_programme(by=request.user).require()
    form = forms.ProgrammeForm(request.POST)
    if _accepted(form, lambda: acts.open_programme(by=request.user, on=today(), **form.description())):
        messages.success(request, _("The programme is open."))
        return redirect("programme:programme", form.cleaned_data["code"])
    return _opening_page(request, form, 422)


def _wave_page(request: HttpRequest, programme: Programme, form: Any, status: int = 200) -> HttpResponse:
    lead = _("Those who prepare together; defining the same number again replaces its members.")
    action = reverse("programme:define_wave", args=[programme.code])
    return _form_page(request, _("Define a wave"), lead, form, action, programme.get_absolute_url(), status)


@reads
def wave(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form that defines a wave."""
    programme = get_object_or_404(Programme, code=code)
    permissions.may_lead_programme(by=request.user).require()
    return _wave_page(request, programme, forms.WaveForm())


@writes
def define_wave(request: HttpRequest, code: str) -> HttpResponse:
    """Define a wave."""
    programme = get_object_or_404(Programme, code=code)
    permissions.may_lead_programme(by=request.user).require()
    form = forms.WaveForm(request.POST)
    if _accepted(
        form, lambda: acts.define_wave(programme=programme, by=request.user, on=today(), **form.cleaned_data)
    ):
        messages.success(request, _("The wave is defined."))
        return redirect(programme)
    return _wave_page(request, programme, form, 422)


def _milestone_page(
    request: HttpRequest, programme: Programme, organization: Organization, form: Any, status: int = 200
) -> HttpResponse:
    lead = _("%(name)s: plan a step, or say that it was held.") % {"name": organization.short_name}
    action = reverse("programme:keep_milestone", args=[programme.code, organization.code])
    return _form_page(
        request, _("Keep a milestone"), lead, form, action, programme.get_absolute_url(), status
    )


@reads
def milestone(request: HttpRequest, code: str, organization_code: str) -> HttpResponse:
    """Show the form of an organization's milestones."""
    programme = get_object_or_404(Programme, code=code)
    organization = get_object_or_404(Organization.objects.members(), code=organization_code)
    permissions.may_plan_milestone(organization, by=request.user).require()
    return _milestone_page(request, programme, organization, forms.MilestoneForm(programme=programme))


@writes
def keep_milestone(request: HttpRequest, code: str, organization_code: str) -> HttpResponse:
    """Plan a milestone of an organization, or state that it was held."""
    programme = get_object_or_404(Programme, code=code)
    organization = get_object_or_404(Organization.objects.members(), code=organization_code)
    permissions.may_plan_milestone(organization, by=request.user).require()
    form = forms.MilestoneForm(request.POST, programme=programme)

    def perform() -> None:
        values = form.cleaned_data
        where = {"programme": programme, "organization": organization, "kind": values["kind"]}
        if values["held_on"]:
            acts.reach_milestone(**where, held_on=values["held_on"], by=request.user, on=today())
            return
        acts.plan_milestone(
            **where, planned_on=values["planned_on"], reason=values["reason"], by=request.user, on=today()
        )

    if _accepted(form, perform):
        messages.success(request, _("The milestone is kept."))
        return redirect(programme)
    return _milestone_page(request, programme, organization, form, 422)


def _sharing_page(request: HttpRequest, programme: Programme, form: Any, status: int = 200) -> HttpResponse:
    lead = _("What you learnt helps those who begin; no person and no study is named.")
    action = reverse("programme:share", args=[programme.code])
    return _form_page(
        request, _("Pass experience on"), lead, form, action, programme.get_absolute_url(), status
    )


@reads
def sharing(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form that passes experience on."""
    programme = get_object_or_404(Programme, code=code)
    permissions.may_share_somewhere(by=request.user).require()
    return _sharing_page(request, programme, forms.ExperienceForm(programme=programme, by=request.user))


@writes
def share(request: HttpRequest, code: str) -> HttpResponse:
    """Pass experience on."""
    programme = get_object_or_404(Programme, code=code)
    permissions.may_share_somewhere(by=request.user).require()
    form = forms.ExperienceForm(request.POST, programme=programme, by=request.user)
    if _accepted(
        form,
        lambda: acts.share_experience(programme=programme, by=request.user, on=today(), **form.cleaned_data),
    ):
        messages.success(request, _("Your experience is passed on."))
        return redirect(programme)
    return _sharing_page(request, programme, form, 422)


def _mentoring_page(request: HttpRequest, programme: Programme, form: Any, status: int = 200) -> HttpResponse:
    lead = _("An experienced organization accompanies one that prepares.")
    action = reverse("programme:accompany", args=[programme.code])
    return _form_page(request, _("Offer mentoring"), lead, form, action, programme.get_absolute_url(), status)


@reads
def mentoring(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form that offers mentoring."""
    programme = get_object_or_404(Programme, code=code)
    permissions.may_share_somewhere(by=request.user).require()
    return _mentoring_page(
        request, programme, forms.MentoringForm(by=request.user, initial={"starts_on": today()})
    )


@writes
def accompany(request: HttpRequest, code: str) -> HttpResponse:
    """Offer mentoring."""
    programme = get_object_or_404(Programme, code=code)
    permissions.may_share_somewhere(by=request.user).require()
    form = forms.MentoringForm(request.POST, by=request.user)
    if _accepted(
        form,
        lambda: acts.offer_mentoring(programme=programme, by=request.user, on=today(), **form.cleaned_data),
    ):
        messages.success(request, _("The mentoring is recorded."))
        return redirect(programme)
    return _mentoring_page(request, programme, form, 422)
