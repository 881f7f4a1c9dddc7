"""Lay a communiqué out as plain data, the same for the page and for the typesetter."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from diapason.context.indicators.models import EditionFigure
from diapason.context.network.models import Organization
from diapason.context.network.queries import centres_on
from diapason.disclosure.communiques.models import Communique
from diapason.disclosure.communiques.queries.content import Content
from diapason.ui import wording
from diapason.ui.languages import language_code
from diapason.ui.together import ask_together


def document_of(content: Content) -> dict[str, Any]:
    """Return everything that is printed, in the active language; numbers carry the address of their provenance."""
    communique = content.communique
    networks, centres = ask_together(
        Organization.objects.filter(kind=Organization.Kind.NETWORK)[:1],
        centres_on(content.edition.period_end).order_by("sort_key"),
    )
    figures = [figure_line(one, place) for place, one in enumerate(content.figures, start=1)]
    return {
        "lang": language_code(),
        "kind": communique.kind,
        "kind_said": communique.get_kind_display(),
        "network": networks[0].name if networks else "",
        "title": communique.title,
        "opening": [part for part in communique.opening.splitlines() if part.strip()],
        "date": wording.day(communique.dated_on) if communique.dated_on else "",
        "mark": mark_of(communique),
        "fictional": _("Fictional data: a demonstration network") if settings.DIAPASON["fictional"] else "",
        "figures_title": _("The figures of %(year)s") % {"year": content.edition.year},
        "figures": figures,
        "milestones_title": _("How the network came here"),
        "milestones": [
            {"when": wording.partial_date(one.when), "text": one.text} for one in content.milestones
        ],
        "claims_title": _("What the network says of itself"),
        "claims_note": _("Claims: they are not computed from our records."),
        "claims": [
            {"text": one.sentence, "source": one.source, "url": absolute(one.get_absolute_url())}
            for one in content.claims
        ],
        "places_title": _("The centres"),
        "places": places(centres) if communique.kind == Communique.Kind.FACT_SHEET else [],
        "notes_title": _("Where these figures come from"),
        "contact_title": _("Contact"),
        "contact": communique.contact,
        "edition": edition_said(content),
        "edition_url": absolute(content.edition.get_absolute_url()),
        "page_said": _("Page"),
        "back_said": _("Back to the figure"),
        "note_said": _("Note"),
    }


def absolute(path: str) -> str:
    """Return the whole address of a page, as paper needs it."""
    return f"{settings.DIAPASON['address']}{path}"


def mark_of(communique: Communique) -> str:
    """Return the word that stands over everything that is not final."""
    return {"draft": _("Draft"), "provisional": _("Provisional"), "withdrawn": _("Withdrawn")}.get(
        communique.state, ""
    )


def edition_said(content: Content) -> str:
    """Return from which frozen edition the figures come, with its hash."""
    edition = content.edition
    return _("Frozen edition %(number)s of %(day)s, fingerprint %(hash)s") % {
        "number": edition.number,
        "day": wording.day(edition.frozen_on),
        "hash": edition.content_hash[:16],
    }


def figure_line(one: EditionFigure, place: int) -> dict[str, Any]:
    """Return one figure: its sentence cut at the number, its marks, its note and its address."""
    before, value, after = one.told_parts
    return {
        "place": place,
        "name": one.definition.indicator.name,
        "short": one.definition.short_name,
        "value": value,
        "of": one.of,
        "before": before,
        "after": after,
        "url": absolute(one.figure.get_absolute_url()),
        "marks": marks_of(one),
        "note": note_of(one),
    }


def marks_of(one: EditionFigure) -> list[str]:
    """Return what must be said beside a number that is not whole or not signed off."""
    marks = []
    if not one.is_whole:
        marks.append(
            _("incomplete: %(received)s of %(expected)s")
            % {"received": one.received, "expected": one.expected}
            if one.expected
            else _("incomplete")
        )
    if not one.is_signed:
        marks.append(_("provisional: not signed off"))
    return marks


def note_of(one: EditionFigure) -> str:
    """Return the note of a number: definition, period, source, sign-off."""
    definition = one.definition
    parts = [definition.numerator]
    if definition.denominator:
        parts.append(_("Out of: %(text)s") % {"text": definition.denominator})
    parts.append(period_said(one))
    parts.append(source_said(one))
    parts.append(sign_off_said(one))
    if one.caution:
        parts.append(f"{one.caution}.")
    return " ".join(parts)


def period_said(one: EditionFigure) -> str:
    """Return the day or the days that count."""
    if one.definition.moment == "last_day":
        return _("As of %(day)s.") % {"day": wording.day(one.period_end)}
    return _("From %(start)s to %(end)s.") % {
        "start": wording.day(one.period_start),
        "end": wording.day(one.period_end),
    }


def source_said(one: EditionFigure) -> str:
    """Return where the value comes from."""
    said = _("Source: %(source)s.") % {"source": one.source or one.get_status_display()}
    return f"{said} " + _("Definition version %(revision)s.") % {"revision": one.definition.revision}


def sign_off_said(one: EditionFigure) -> str:
    """Return who signed the value off, and when."""
    if not one.is_signed or one.figure.signed_on is None:
        return _("Not signed off yet.")
    day = wording.day(one.figure.signed_on)
    if one.figure.signed_by is None:
        return _("Signed off on %(day)s.") % {"day": day}
    return _("Signed off by %(name)s on %(day)s.") % {"name": one.figure.signed_by.full_name, "day": day}


def places(centres: Iterable[Organization]) -> list[dict[str, str]]:
    """Return the centres with their towns, for the fact sheet."""
    return [{"name": one.name, "city": one.city} for one in centres]
