"""Answer the page of one's own account."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.people import queries
from diapason.context.people.acts.sign_in import choose_language, drop_view, keep_view
from diapason.context.people.forms.sign_in import LanguageForm, ViewForm
from diapason.context.people.models import RoleAssignment, declared_roles
from diapason.context.people.views.requests import SignedIn
from diapason.kernel.clock import today
from diapason.ui.views import is_page_of_ours, page, reads, writes


@reads
def me(request: SignedIn) -> HttpResponse:
    """Show who I am here, what I may do and how I sign in."""
    day = today()
    return _page(request, LanguageForm(initial={"language": request.user.language}), day)


def _page(request: SignedIn, form: LanguageForm, day: date) -> HttpResponse:
    mine = RoleAssignment.objects.filter(person=request.user.person).not_over(on=day)
    return page(
        request,
        "people/me.html",
        person=request.user.person,
        current=mine.select_related("organization", "stands_in_for"),
        today=day,
        factors=queries.factors_of(request.user),
        sessions=queries.sessions_of(request.user).count(),
        abilities=[
            declared_roles().abilities[name]
            for name in declared_roles().abilities
            if request.user.scope.may_somewhere(name)
        ],
        form=form,
    )


@writes
def language(request: SignedIn) -> HttpResponse:
    """Keep the language of my pages, on every device."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _page(request, form, today())
    choose_language(request.user, form.cleaned_data["language"])
    messages.success(request, _("Kept for your next visits."))
    return redirect("people:me")


@writes
def keep(request: SignedIn) -> HttpResponse:
    """Keep a list as it is narrowed now, under a name of my own."""
    form = ViewForm(request.POST, account=request.user)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect(_list_of(request))
    keep_view(request.user, form.cleaned_data["name"], form.cleaned_data["address"])
    messages.success(request, _("This view is kept above the list, on every device."))
    return redirect(form.cleaned_data["address"])


@writes
def forget(request: SignedIn) -> HttpResponse:
    """Forget a kept view; the records stay as they are."""
    drop_view(request.user, request.POST.get("name", ""), request.POST.get("address", ""))
    messages.success(request, _("This view is forgotten; its records are untouched."))
    return redirect(_list_of(request))


def _list_of(request: SignedIn) -> str:
    """Return the address that came with the form when it is a page of ours, otherwise one's own page."""
    address = request.POST.get("address", "")
    return address if is_page_of_ours(address) else reverse("people:me")
