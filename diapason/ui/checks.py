"""Check at start-up that what chapters registered can be opened."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import NoReverseMatch, reverse

from diapason.ui import navigation


@register
def navigation_opens(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Report each entry of the sidebar whose page does not exist."""
    errors: list[CheckMessage] = []
    for entry in navigation.entries():
        try:
            reverse(entry.url_name)
        except NoReverseMatch:
            errors.append(Error(f"navigation: no page {entry.url_name!r} for {entry.label!r}", id="ui.E001"))
    return errors
