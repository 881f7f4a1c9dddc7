"""Lay a lesson out on one page, from data only: « l’essentiel en une page »."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.improvement.lessons.models import Lesson
from diapason.ui import typesetting, wording
from diapason.ui.languages import language_code

TEMPLATE = Path(__file__).resolve().parents[1] / "typesetting" / "lesson.typ"


def sheet_of(lesson: Lesson, *, named: bool) -> dict[str, Any]:
    """Return everything that is printed, in the active language; its house only when it is `named` to the reader."""
    network = (
        Organization.objects.filter(kind=Organization.Kind.NETWORK).values_list("name", flat=True).first()
    )
    clauses = lesson.clauses.select_related("clause__edition").order_by(
        "clause__edition__code", "clause__position"
    )
    return {
        "lang": language_code(),
        "network": network or "",
        "fictional": _("Fictional data: a demonstration network") if settings.DIAPASON["fictional"] else "",
        "number": lesson.number,
        "url": f"{settings.DIAPASON['address']}{lesson.get_absolute_url()}",
        "kind": str(lesson.get_kind_display()),
        "title": lesson.title,
        "mark": "" if lesson.is_published else lesson.state_name,
        "date": _("Offered on %(day)s") % {"day": wording.day(lesson.offered_on)}
        if lesson.offered_on
        else "",
        "house": _("Proposed by %(organization)s") % {"organization": lesson.organization.name}
        if named
        else "",
        "parts": [
            {"title": title, "lines": [line.strip() for line in text.splitlines() if line.strip()]}
            for title, text in (
                (_("What happened"), lesson.what_happened),
                (_("What we learnt"), lesson.what_learnt),
                (_("What is recommended"), lesson.recommended),
                (_("Documents to look at"), lesson.documents),
            )
            if text.strip()
        ],
        "facts": [
            {"name": name, "value": value}
            for name, value in (
                (_("Categories"), ", ".join(lesson.category_names)),
                (_("Causes"), ", ".join(lesson.cause_names)),
                (_("Useful to"), ", ".join(lesson.audience_names)),
                (_("Clauses"), ", ".join(f"{c.clause.edition.label} § {c.clause.number}" for c in clauses)),
            )
            if value
        ],
        "page_said": _("Page"),
    }


def pdf_of(document: dict[str, Any]) -> bytes:
    """Return the tagged PDF of a sheet."""
    return typesetting.pdf_of(TEMPLATE, document)
