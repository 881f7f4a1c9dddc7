"""Answer the drafting, building, issuing and withdrawal of communiqués."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from diapason.context.indicators.models import Claim, FrozenEdition
from diapason.disclosure.communiques import acts, permissions, queries
from diapason.disclosure.communiques.forms import BuilderForm, DraftForm, WithdrawalForm
from diapason.disclosure.communiques.models import Communique
from diapason.disclosure.communiques.views.reading import found_communique
from diapason.kernel.clock import today
from diapason.ui.views import page, reads, writes


@reads
def new(request: HttpRequest) -> HttpResponse:
    """Ask on which edition a draft is made."""
    permissions.may_write_communique(by=request.user).require()
    form = DraftForm(initial={"kind": "communique", **request.GET.dict()})
    return page(request, "communiques/new.html", form=form, has_edition=FrozenEdition.objects.exists())


@writes
def draft(request: HttpRequest) -> HttpResponse:
    """Make a draft with a first choice of figures, milestones and words."""
    permissions.may_write_communique(by=request.user).require()
    form = DraftForm(request.POST)
    if not form.is_valid():
        return page(request, "communiques/new.html", form=form, has_edition=FrozenEdition.objects.exists())
    edition, kind, day = form.cleaned_data["edition"], form.cleaned_data["kind"], today()
    made = acts.draft_communique(
        kind=kind,
        edition=edition,
        texts=queries.proposed_texts(kind, edition),
        figures=queries.proposed_figures(kind, queries.figures_of(edition)),
        milestones=queries.milestones(day),
        by=request.user,
        on=day,
    )
    return redirect("communiques:builder", made.number)


def builder_form(request: HttpRequest, found: Communique, data: Any = None) -> BuilderForm:
    """Return the form with the saved choice, or with what was just chosen."""
    content = queries.content_of(found)
    known = {one.key: one for one in queries.milestones(today())}
    saved = {
        **{name: getattr(found, name) for name in acts.TEXTS},
        "version": found.version,
        "figures": [one.definition.indicator.code for one in content.figures],
        "milestones": [one.key for one in content.milestones if one.key in known],
        "claims": [one.code for one in content.claims],
    }
    return BuilderForm(data, initial=saved, communique=found, milestones=list(known.values()))


@reads
def builder(request: HttpRequest, number: str) -> HttpResponse:
    """Show the choice of figures, milestones and words beside a live preview."""
    found = found_communique(request, number)
    permissions.may_edit_communique(found, by=request.user).require()
    form = builder_form(request, found, request.GET or None)
    return page(request, "communiques/builder.html", communique=found, form=form, **shown(found, form))


def shown(found: Communique, form: BuilderForm) -> dict[str, Any]:
    """Return the preview and the checklist of what is chosen now, saved or not."""
    content = queries.content_of(found)
    if form.is_bound and form.is_valid():
        content = preview_of(found, form)
    return {
        "document": queries.document_of(content),
        "checklist": queries.checklist_of(content, on=today()),
    }


def preview_of(found: Communique, form: BuilderForm) -> queries.Content:
    """Return the content as it would be after saving."""
    choice = form.choice
    for name, text in choice["texts"].items():
        setattr(found, name, text)
    claims: list[Claim] = choice["claims"]
    lines = [acts.milestone_line(found, one, place) for place, one in enumerate(choice["milestones"])]
    return queries.Content(found, found.edition, choice["figures"], lines, claims)


@writes
def save(request: HttpRequest, number: str) -> HttpResponse:
    """Save texts and choices of a draft."""
    found = found_communique(request, number)
    permissions.may_edit_communique(found, by=request.user).require()
    form = builder_form(request, found, request.POST)
    if not form.is_valid():
        return page(request, "communiques/builder.html", communique=found, form=form, **shown(found, form))
    acts.edit_communique(
        communique=found, version=form.cleaned_data["version"], by=request.user, on=today(), **form.choice
    )
    messages.success(request, _("Draft saved."))
    return redirect(found)


@writes
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Issue a communiqué as provisional or as final."""
    found = found_communique(request, number)
    acts.issue_communique(
        communique=found,
        final=request.POST.get("final") == "yes",
        version=int(request.POST.get("version") or 0),
        by=request.user,
        on=today(),
    )
    messages.success(request, _("Communiqué issued."))
    return redirect(found)


@writes
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw a communiqué with its reason."""
    found = found_communique(request, number)
    permissions.may_withdraw_communique(found, by=request.user).require()
    form = WithdrawalForm(request.POST)
    if form.is_valid():
        acts.withdraw_communique(communique=found, by=request.user, on=today(), **form.cleaned_data)
        messages.success(request, _("Communiqué withdrawn."))
    return redirect(found)
