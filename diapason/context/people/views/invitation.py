"""Answer the page behind an invitation's one-use link; no sign-in, since it opens the account."""

from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from diapason.audit_trail.acts import automaton
from diapason.context.people import acts, queries
from diapason.context.people.forms.sign_in import PasswordForm
from diapason.context.people.models import Invitation
from diapason.kernel.clock import now
from diapason.kernel.words import message
from diapason.ui.views import page, reads, writes


@reads(public=True)
def invited(request: HttpRequest, token: str) -> HttpResponse:
    """Greet the invited person and ask for a password."""
    return _page(request, token, queries.open_invitation(token, at=now()), None)


def _page(
    request: HttpRequest, token: str, invitation: Invitation | None, form: PasswordForm | None
) -> HttpResponse:
    if invitation is None:
        return page(request, "people/invitation_closed.html", status=404)
    form = form or PasswordForm(person=invitation.person)
    return page(request, "people/invitation.html", person=invitation.person, token=token, form=form)


@writes(public=True)
def accept(request: HttpRequest) -> HttpResponse:
    """Open the account with the password chosen, then ask to sign in with it; the token is no part of this address."""
    token = request.POST.get("token", "")
    invitation = queries.open_invitation(token, at=now())
    if invitation is None:
        return _page(request, token, None, None)
    form = PasswordForm(request.POST, person=invitation.person)
    if not form.is_valid():
        return _page(request, token, invitation, form)
    acts.accept_invitation(
        invitation=invitation,
        password_hash=make_password(form.cleaned_data["new_password"]),
        by=automaton(message("invitation"), on_behalf=invitation.person.identifier),
        at=now(),
    )
    messages.success(request, _("Your account is open. Sign in with your new password."))
    return redirect("account_login")
