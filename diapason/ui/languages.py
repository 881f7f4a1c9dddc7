"""Choose between the French and the English text of catalogue data."""

from django.utils.translation import get_language


def in_language(fr: str, en: str) -> str:
    """Return the text in the active language, the other one when it is empty."""
    language = get_language() or "fr"
    return (en or fr) if language.startswith("en") else (fr or en)


def language_code() -> str:
    """Return "fr" or "en"."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"
