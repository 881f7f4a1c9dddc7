"""Give templates a record's story and the signature form."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from diapason.audit_trail import readers, stories

register = template.Library()


@register.inclusion_tag("audit_trail/timeline.html", takes_context=True)
def timeline(context: template.Context, subject: str, limit: int = 12) -> dict[str, Any]:
    """Draw the story of a record: acts, reasons, old → new, who and when."""
    request = context.get("request")
    user = getattr(request, "user", None)
    lines, more = stories.story_of(subject, user=user, limit=limit)
    try:
        whole = reverse("trail:entries") if readers.codes_of(user, "read_trail") != frozenset() else ""
    except NoReverseMatch:
        whole = ""
    return {"lines": lines, "more": more, "subject": subject, "whole": whole}
