"""Answer the list of communiqués, a communiqué's page and its PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override

from diapason.context.indicators.models import FrozenEdition
from diapason.context.indicators.permissions import may_read_live_figures
from diapason.disclosure.communiques import permissions, queries
from diapason.disclosure.communiques.forms import WithdrawalForm
from diapason.disclosure.communiques.models import Communique
from diapason.disclosure.communiques.queries.printing import pdf_of
from diapason.kernel.clock import today
from diapason.ui.views import page, reads


def found_communique(request: HttpRequest, number: str) -> Communique:
    """Return the communiqué when this person may see it."""
    rows = Communique.objects.visible_to(request.user).select_related("edition")
    return get_object_or_404(rows, number=number)


@reads
def communiques(request: HttpRequest) -> HttpResponse:
    """List what was issued, and the drafts for those who write them."""
    rows = Communique.objects.visible_to(request.user).select_related("edition")[:100]
    return page(
        request,
        "communiques/communiques.html",
        communiques=rows,
        may_write=permissions.may_write_communique(by=request.user),
        has_edition=FrozenEdition.objects.exists(),
    )


@reads
def communique(request: HttpRequest, number: str) -> HttpResponse:
    """Show a communiqué as it reads, with what is left to do before it is final."""
    found = found_communique(request, number)
    content = queries.content_of(found)
    return page(
        request,
        "communiques/communique.html",
        communique=found,
        document=queries.document_of(content),
        checklist=queries.checklist_of(content, on=today()),
        may_edit=permissions.may_edit_communique(found, by=request.user),
        may_issue=permissions.may_issue_provisional(found, by=request.user),
        may_finish=permissions.may_issue_final(found, content.figures, by=request.user),
        may_withdraw=permissions.may_withdraw_communique(found, by=request.user),
        writes=bool(permissions.may_write_communique(by=request.user)),
        live=may_read_live_figures(by=request.user),
        withdrawal=WithdrawalForm(initial={"version": found.version}),
    )


@reads
def pdf(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """Answer the tagged PDF in French or in English."""
    if language not in ("fr", "en"):
        raise Http404
    found = found_communique(request, number)
    with override(language):
        document = queries.document_of(queries.content_of(found))
    name = f"{found.number}-{language}.pdf"
    return HttpResponse(
        pdf_of(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private, no-store"},
    )
