"""Give templates a record's story and the signature form."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse

from diapason.audit_trail import readers, stories
from diapason.audit_trail.models import Signature

register = template.Library()


@register.inclusion_tag("audit_trail/timeline.html", takes_context=True)
def timeline(context: template.Context, subject: str, limit: int = 12) -> dict[str, Any]:
    """Draw the story of a record: acts, reasons, old → new, who and when."""
    request = context.get("request")
    user = getattr(request, "user", None)
    lines, more = stories.story_of(subject, user=user, limit=limit)
    codes = readers.codes_of(user, "read_trail")
    try:
        whole = reverse("trail:entries") if codes != frozenset() else ""
    except NoReverseMatch:
        whole = ""
    opened = {line.number for line in lines if whole and readers.reaches(codes, line.organization)}
    return {"lines": lines, "more": more, "subject": subject, "whole": whole, "opened": opened}


@register.inclusion_tag("audit_trail/signatures.html")
def signatures(subject: str, text: str | None = None) -> dict[str, Any]:
    """Draw the signatures given to a record; with its present `text`, say which no longer hold."""
    found = Signature.objects.about(subject)
    return {"lines": [{"signature": one, "holds": text is None or one.holds_for(text)} for one in found]}
