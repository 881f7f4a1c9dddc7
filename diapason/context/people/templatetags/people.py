"""Give templates the wording of roles and abilities."""

from typing import Any

from django import template
from django.utils.translation import get_language

from diapason.context.people.queries import demo_accounts as listed
from diapason.context.people.rules import DEMO_PASSWORD
from diapason.kernel.languages import Bilingual

register = template.Library()


@register.filter
def in_words(text: Bilingual) -> str:
    """Return the text in the reader's language."""
    return text.text(get_language() or "fr")


@register.simple_tag
def demo_accounts() -> dict[str, Any]:
    """Return the accounts of a fictional network, one per role, and their password."""
    return {"password": DEMO_PASSWORD, "rows": listed()}
