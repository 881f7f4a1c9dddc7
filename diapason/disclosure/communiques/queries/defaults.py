"""Propose a first version, so that a draft is worth reading at once."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext, override

from diapason.context.indicators.models import EditionFigure, FrozenEdition
from diapason.context.network.models import Organization
from diapason.disclosure.communiques.models import Communique

LEFT_OUT = (
    "consultations",
    "hospitalised_patients",
    "patients_in_trials_oeci",
    "patients_in_trials_inca",
    "central_publications",
)
"""What the shorter communiqué leaves to the fact sheet."""


def proposed_texts(kind: str, edition: FrozenEdition) -> dict[str, str]:
    """Return title, opening and contact in both languages."""
    members = Organization.objects.members().open_on(edition.period_end).count()
    said: dict[str, Callable[[], str]] = {
        "title": lambda: title_of(kind, edition.year),
        "opening": lambda: opening_of(members, edition.year),
        "contact": lambda: gettext("National quality coordination of the network"),
    }
    texts = {}
    for language in ("fr", "en"):
        with override(language):
            texts.update({f"{name}_{language}": say() for name, say in said.items()})
    return texts


def title_of(kind: str, year: int) -> str:
    """Return the title in the active language."""
    if kind == Communique.Kind.FACT_SHEET:
        return gettext("The network in %(year)s") % {"year": year}
    return gettext("One quality approach, %(year)s: the network’s clinical research in figures") % {
        "year": year
    }


def opening_of(members: int, year: int) -> str:
    """Return the opening in the active language."""
    first = gettext(
        "From the ward to the sponsor, the %(members)s organizations of the network work by one quality system, "
        "which independent auditors check every year."
    ) % {"members": members}
    second = gettext(
        "Here is what that made possible in %(year)s. Each number opens its definition, its period and the records "
        "behind it; what is not yet complete says so."
    ) % {"year": year}
    return f"{first}\n{second}"


def proposed_figures(kind: str, figures: Sequence[EditionFigure]) -> list[EditionFigure]:
    """Return the figures of a first draft: the telling ones for a communiqué, all of them for a fact sheet."""
    known = [one for one in figures if one.is_known]
    if kind == Communique.Kind.FACT_SHEET:
        return known
    return [one for one in known if one.definition.indicator.code not in LEFT_OUT]
