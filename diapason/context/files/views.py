"""Give a kept file to whoever may read its record."""

import io

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from diapason.context.files import store
from diapason.context.files.models import KeptFile
from diapason.ui.views import reads


@reads
def file(request: HttpRequest, number: str) -> HttpResponseBase:
    """Download a file; it is never shown inside the page. Bytes that were altered on the disk are not given out."""
    kept = get_object_or_404(KeptFile.objects.standing(), number=number)
    data = store.content_of(kept.digest) if kept.is_readable_by(request.user) else None
    if data is None:
        raise Http404
    answer = FileResponse(
        io.BytesIO(data),
        as_attachment=True,
        filename=kept.name,
        content_type=kept.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
