"""Hand events over: the sheet of one as a PDF or a workbook, the list as a workbook, as this reader sees them."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from diapason.improvement.quality_events import sheets
from diapason.improvement.quality_events.sheet_parts import parts_of
from diapason.improvement.quality_events.views.events import event_for
from diapason.improvement.quality_events.views.lists import COLUMNS, listing_of
from diapason.kernel.clock import now, today
from diapason.ui import printing
from diapason.ui.spreadsheets.workbooks import answer, document, export
from diapason.ui.views import reads


@reads
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the sheet of an event as a tagged PDF."""
    one = event_for(request, number)
    paper = sheets.sheet_of(one, user=request.user, at=now())
    return printing.answer(printing.pdf_of(sheets.TEMPLATE, paper), one.number)


@reads
def sheet_workbook(request: HttpRequest, number: str) -> HttpResponse:
    """Answer the sheet of an event as a workbook: what stands on paper, part by part."""
    one = event_for(request, number)
    paper = sheets.sheet_of(one, user=request.user, at=now())
    return answer(document(parts_of(paper), title=one.number, about=paper["about"], on=today()), one.number)


@reads
def workbook(request: HttpRequest) -> HttpResponse:
    """Answer the list as a workbook, filtered as on the page."""
    listing = listing_of(request)
    rows = listing.queryset.order_by(*listing.order).iterator(chunk_size=500)
    about = " · ".join(f"{chip.label} : {chip.value_label}" for chip in listing.chips)
    content = export(rows, COLUMNS, title=_("Quality events"), about=about, on=today())
    return answer(content, f"diapason-{_('events')}-{today().isoformat()}")
