"""Answer the pages about roles: what each may do, who holds which, granting, ending, standing in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.context.people import acts, permissions
from diapason.context.people.forms.administration import EndingForm, RoleForm, StandInForm
from diapason.context.people.models import Person, RoleAssignment, declared_roles
from diapason.context.people.views.requests import SignedIn
from diapason.kernel.clock import today
from diapason.ui.views import page, reads, writes


@reads
def declared(request: SignedIn) -> HttpResponse:
    """Show what each role is for and what it may do, from the catalogue."""
    roles = declared_roles()
    return page(request, "people/roles.html", roles=list(roles.roles.values()), abilities=roles.abilities)


def _person(request: SignedIn, identifier: str) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user), identifier=identifier)


def _held(request: SignedIn, reference: str) -> RoleAssignment:
    visible = RoleAssignment.objects.visible_to(request.user)
    return get_object_or_404(
        visible.select_related("person", "organization", "stands_in_for"), reference=reference
    )


@reads
def new_role(request: SignedIn, identifier: str) -> HttpResponse:
    """Show the form that grants a role."""
    found = _person(request, identifier)
    permissions.may_grant_somewhere(found, by=request.user).require()
    form = RoleForm(by=request.user, person=found, on=today())
    return page(request, "people/grant.html", person=found, form=form)


@writes
def grant(request: SignedIn, identifier: str) -> HttpResponse:
    """Grant a role."""
    found = _person(request, identifier)
    permissions.may_grant_somewhere(found, by=request.user).require()
    form = RoleForm(request.POST, by=request.user, person=found, on=today())
    if not form.is_valid():
        return page(request, "people/grant.html", person=found, form=form)
    acts.grant_role(person=found, **form.cleaned_data, by=request.user, on=today())
    messages.success(request, _("The role is granted."))
    return redirect(found)


@reads
def held(request: SignedIn, reference: str) -> HttpResponse:
    """Show a role held: its dates, ending it, naming a stand-in."""
    return _held_page(request, _held(request, reference))


def _held_page(request: SignedIn, assignment: RoleAssignment, **forms: Any) -> HttpResponse:
    permissions.may_read_person(assignment.person, by=request.user).require()
    day = today()
    context: dict[str, Any] = {
        "assignment": assignment,
        "today": day,
        "is_over": not RoleAssignment.objects.not_over(on=day).filter(pk=assignment.pk).exists(),
        "may_end": permissions.may_end_role(assignment, by=request.user),
        "ending": EndingForm(initial={"version": assignment.version}),
        "standing_in": StandInForm(by=request.user, assignment=assignment, initial={"starts_on": day}),
    }
    return page(request, "people/held.html", **(context | forms))


@writes
def end(request: SignedIn, reference: str) -> HttpResponse:
    """End a role, at once or after a day."""
    assignment = _held(request, reference)
    permissions.may_end_role(assignment, by=request.user).require()
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _held_page(request, assignment, ending=form)
    acts.end_role(assignment=assignment, **form.cleaned_data, by=request.user, on=today())
    messages.success(request, _("The role has its end."))
    return redirect(assignment.person)


@writes
def stand_in(request: SignedIn, reference: str) -> HttpResponse:
    """Name somebody who stands in."""
    assignment = _held(request, reference)
    permissions.may_end_role(assignment, by=request.user).require()
    form = StandInForm(request.POST, by=request.user, assignment=assignment)
    if not form.is_valid():
        return _held_page(request, assignment, standing_in=form)
    acts.name_stand_in(assignment=assignment, **form.cleaned_data, by=request.user, on=today())
    messages.success(request, _("The stand-in is named."))
    return redirect(assignment.person)
