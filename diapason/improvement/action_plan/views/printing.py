"""Hand the plan over: as a PDF and as a workbook, exactly as it is filtered on the screen."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.action_plan import papers
from diapason.improvement.action_plan.views.actions import listing_of
from diapason.kernel.clock import today
from diapason.ui import printing
from diapason.ui.spreadsheets.workbooks import answer, export
from diapason.ui.views import reads


@reads
def paper(request: HttpRequest) -> HttpResponse:
    """Answer the plan as a tagged PDF; beyond five hundred actions the list has to be narrowed first."""
    listing = listing_of(request)
    if listing.total > papers.MOST:
        asked = _("A paper holds %(most)s actions: narrow the list first, or take the spreadsheet.") % {
            "most": papers.MOST
        }
        messages.info(request, asked)
        return redirect(f"{reverse('action_plan:actions')}?{request.GET.urlencode()}")
    rows = list(listing.queryset.order_by(*listing.order))
    document = papers.plan_document(rows, about=papers.selected(listing), on=today())
    name = f"diapason-{_('action-plan')}-{today().isoformat()}"
    return printing.answer(printing.pdf_of(papers.TEMPLATE, document), name)


@reads
def workbook(request: HttpRequest) -> HttpResponse:
    """Answer the plan as a workbook."""
    listing = listing_of(request)
    rows = listing.queryset.order_by(*listing.order).iterator(chunk_size=500)
    content = export(rows, papers.COLUMNS, title=_("Action plan"), about=papers.selected(listing), on=today())
    return answer(content, f"diapason-{_('action-plan')}-{today().isoformat()}")
