"""Give a kept file to whoever may read its record."""

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from diapason.context.files import store
from diapason.context.files.models import KeptFile
from diapason.ui.views import reads


@reads
def file(request: HttpRequest, number: str) -> HttpResponseBase:
    """Download a file; it is never shown inside the page, whatever it holds."""
    kept = get_object_or_404(KeptFile.objects.standing(), number=number)
    if not kept.is_readable_by(request.user) or not store.holds(kept.digest):
        raise Http404
    answer = FileResponse(
        store.path_of(kept.digest).open("rb"),
        as_attachment=True,
        filename=kept.name,
        content_type=kept.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
