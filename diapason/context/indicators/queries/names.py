"""Say what an indicator is called, for stories: from the catalogue, read once a process."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from diapason.context.indicators.rules.reading import read_catalogue
from diapason.kernel.languages import Bilingual


@cache
def _names() -> dict[str, Bilingual]:
    declared = read_catalogue(settings.DIAPASON["catalogue"] / "indicators").indicators
    return {one.code: one.name for one in declared}


def indicator_said(code: str) -> str:
    """Return the name of an indicator in the active language; of one no longer declared, its code."""
    name = _names().get(code)
    return name.text(get_language() or "fr") if name else code
