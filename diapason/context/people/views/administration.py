"""Answer the administration of accounts: list, person, invitation, correction, ending."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diapason.context.mailing.queries import departure
from diapason.context.mailing.rules import Letter
from diapason.context.network.models import Organization
from diapason.context.people import acts, letters, permissions, queries
from diapason.context.people.acts.invitations import invitation_end
from diapason.context.people.forms.administration import (
    CorrectionForm,
    InvitationForm,
    ReasonForm,
    role_choices,
)
from diapason.context.people.models import Person, RoleAssignment
from diapason.context.people.views.requests import SignedIn
from diapason.kernel.clock import now, today
from diapason.kernel.words import message
from diapason.ui.exports import Column
from diapason.ui.listing import Filter, Listing
from diapason.ui.together import ask_together
from diapason.ui.views import page, reads, writes


def _roles_said(person: Any) -> str:
    held = ((one.role_name, one.organization) for one in person.held)
    return "; ".join(f"{name} ({place.short_name if place else _('network')})" for name, place in held)


COLUMNS = (
    Column(message("Name"), "full_name"),
    Column(message("Number"), "identifier"),
    Column(message("E-mail address"), "email"),
    Column(message("Roles today"), _roles_said),
    Column(message("can sign in"), "can_sign_in"),
)


@reads
def accounts(request: SignedIn) -> HttpResponse:
    """List the persons whom this administrator sees, with the roles that they hold today."""
    permissions.may_manage_accounts(by=request.user).require()
    day = today()
    filters = [
        Filter("name", message("Name"), "sort_key__contains", apply=queries.named_like),
        Filter("role", message("Role"), choices=role_choices(), apply=queries.holding(day)),
        Filter(
            "organization",
            message("Organization"),
            choices=list(Organization.objects.members().values_list("code", "short_name")),
            apply=queries.belonging(day),
        ),
        Filter(
            "state",
            message("State"),
            choices=[("open", _("can sign in")), ("closed", _("cannot sign in"))],
            apply=lambda persons, value: persons.filter(can_sign_in=value == "open"),
        ),
    ]
    rows = queries.persons_listed(request.user, on=day)
    listing = Listing(request, rows, filters=filters, columns=COLUMNS)
    return page(request, "people/accounts.html", listing=listing)


@reads
def new_invitation(request: SignedIn) -> HttpResponse:
    """Show the form that invites somebody."""
    permissions.may_manage_accounts(by=request.user).require()
    return page(request, "people/invite.html", form=InvitationForm(by=request.user, on=today()))


@writes
def invite(request: SignedIn) -> HttpResponse:
    """Invite somebody and show the one-use link, once."""
    permissions.may_manage_accounts(by=request.user).require()
    form = InvitationForm(request.POST, by=request.user, on=today())
    if not form.is_valid():
        return page(request, "people/invite.html", form=form)
    given, at = form.cleaned_data, now()
    name = f"{given['given_name']} {given['family_name']}"
    letter = _letter(request, name, given["email"], get_language() or "fr", at)
    person, token = acts.invite_person(**given, letter=letter, by=request.user, at=at)
    return _link(request, person, token)


def _letter(request: SignedIn, name: str, address: str, language: str, at: datetime) -> Letter:
    """Write the letter that carries a one-use link."""
    link = request.build_absolute_uri(reverse("people:invitation", args=[letters.GAP]))
    until = invitation_end(at)
    return letters.invitation_letter(name, address, link=link, until=until, language=language)


def _link(request: SignedIn, person: Person, token: str) -> HttpResponse:
    """Show the one-use link, this once; the page must not be kept either."""
    link = request.build_absolute_uri(reverse("people:invitation", args=[token]))
    response = page(request, "people/link.html", person=person, link=link, leaves=departure().leaves)
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(request: SignedIn, identifier: str) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.user), identifier=identifier)


@reads
def person(request: SignedIn, identifier: str) -> HttpResponse:
    """Show a person: roles held and to come, past ones, and what may be changed."""
    return _person_page(request, _found(request, identifier))


def _person_page(request: SignedIn, found: Person, **forms: Any) -> HttpResponse:
    permissions.may_read_person(found, by=request.user).require()
    day, known = today(), {"version": found.version}
    assignments = RoleAssignment.objects.visible_to(request.user).filter(person=found)
    current = assignments.not_over(on=day).select_related("organization", "stands_in_for")
    over = assignments.exclude(pk__in=current.values("pk")).select_related("organization", "stands_in_for")
    held, past = ask_together(current, over)
    names = {"given_name": found.given_name, "family_name": found.family_name, "email": found.email}
    context: dict[str, Any] = {
        "person": found,
        "account": queries.account_of(found),
        "waiting": queries.has_open_invitation(found, at=now()),
        "current": held,
        "past": past,
        "today": day,
        "may_grant": permissions.may_grant_somewhere(found, by=request.user),
        "may_manage": permissions.may_manage_person(found, by=request.user),
        "may_end": permissions.may_end_account(found, by=request.user),
        "correction": CorrectionForm(initial=names | known),
        "ending": ReasonForm(initial=known),
    }
    return page(request, "people/person.html", **(context | forms))


@writes
def correct(request: SignedIn, identifier: str) -> HttpResponse:
    """Correct name or address."""
    found = _found(request, identifier)
    permissions.may_manage_person(found, by=request.user).require()
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, correction=form)
    acts.correct_person(person=found, **form.cleaned_data, by=request.user)
    messages.success(request, _("Corrected."))
    return redirect(found)


@writes
def renew(request: SignedIn, identifier: str) -> HttpResponse:
    """Take away password and second factors, and show a new one-use link."""
    found = _found(request, identifier)
    permissions.may_end_account(found, by=request.user).require()
    version = int(request.POST.get("version") or 0)
    account, at = queries.account_of(found), now()
    language = (account.language if account else "") or get_language() or "fr"
    letter = _letter(request, found.full_name, found.email, language, at)
    token = acts.renew_invitation(person=found, version=version, by=request.user, at=at, letter=letter)
    return _link(request, found, token)


@writes
def end(request: SignedIn, identifier: str) -> HttpResponse:
    """End an account with everything that it opens."""
    found = _found(request, identifier)
    permissions.may_end_account(found, by=request.user).require()
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, ending=form)
    acts.end_account(person=found, **form.cleaned_data, by=request.user, on=today(), at=now())
    messages.success(request, _("The account has ended; its sessions are closed."))
    return redirect(found)
