"""Check the operator's mail server at start-up, without calling it."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register


@register()
def mail_server_is_described_well(**_: Any) -> list[Error]:
    """Return one error for each mistake in what the operator gave."""
    return [Error(mistake, id="mailing.E001") for mistake in settings.DIAPASON["mail_mistakes"]]
