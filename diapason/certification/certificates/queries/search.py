"""Find certificates by what somebody typed."""

from django.db.models import Q
from django.http import HttpRequest

from diapason.certification.certificates.models import Certificate
from diapason.context.network.rules import sort_key
from diapason.ui.search import Hit


def certificates_matching(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    """Return the certificates whose reference, number or holder holds the text (one query)."""
    wanted = Q(reference__icontains=text) | Q(number__icontains=text)
    if key := sort_key(text):
        wanted |= Q(holder__sort_key__contains=key)
    rows = Certificate.objects.visible_to(request.user).filter(wanted).select_related("holder")
    return [
        Hit(c.reference, c.get_absolute_url(), c.holder.name) for c in rows.order_by("-reference")[:limit]
    ]
