"""Write the text that a person signs: everything that the figure or the edition says, in the reader's language."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from diapason.context.indicators.models import Figure
from diapason.ui import wording


def named(name: str, value: str) -> str:
    """Return "name: value" with the punctuation of the active language."""
    return _("%(name)s: %(value)s") % {"name": name, "value": value}


def figure_statement(figure: Figure) -> str:
    """Return the text of a figure's sign-off."""
    definition = figure.definition
    lines = [
        named(figure.indicator.name, figure.said) + (f" / {figure.of}" if figure.of else ""),
        str(figure.organization.name if figure.organization else _("The whole network")),
        _("from %(start)s to %(end)s")
        % {"start": wording.day(figure.period_start), "end": wording.day(figure.period_end)},
        named(_("Numerator"), f"{wording.figure(figure.numerator)} – {definition.numerator}"),
        named(_("Origin"), figure.get_status_display() + (f" – {figure.source}" if figure.source else "")),
        _("Definition version %(revision)s, fingerprint %(fingerprint)s")
        % {"revision": definition.revision, "fingerprint": figure.fingerprint[:16]},
    ]
    if definition.denominator:
        lines.insert(
            4, named(_("Denominator"), f"{wording.figure(figure.denominator)} – {definition.denominator}")
        )
    return "\n".join(lines)


def edition_statement(figures: Sequence[Figure]) -> str:
    """Return the text of an edition's freezing: each figure with its fingerprint."""
    return "\n".join(
        named(f"{one.indicator.name}, {one.year}", one.said)
        + f" [{one.get_status_display()}, {one.fingerprint[:16]}]"
        for one in figures
    )
