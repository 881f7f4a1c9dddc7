"""Lay a lesson out on one page, from data only: « l’essentiel en une page »."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.improvement.lessons.models import Lesson
from diapason.ui import printing, wording

TEMPLATE = Path(__file__).resolve().parents[1] / "typesetting" / "lesson.typ"


def sheet_of(lesson: Lesson, *, named: bool) -> dict[str, Any]:
    """Return everything that is printed, in the active language; its house only when it is `named` to the reader."""
    network = (
        Organization.objects.filter(kind=Organization.Kind.NETWORK).values_list("name", flat=True).first()
    )
    return {
        "network": network or "",
        "number": lesson.number,
        "url": printing.absolute(lesson.get_absolute_url()),
        "kind": str(lesson.get_kind_display()),
        "title": lesson.title,
        "mark": "" if lesson.is_published else lesson.state_name,
        "date": _("Offered on %(day)s") % {"day": wording.day(lesson.offered_on)}
        if lesson.offered_on
        else "",
        "house": _("Proposed by %(organization)s") % {"organization": lesson.organization.name}
        if named
        else "",
        "parts": _parts(lesson),
        "facts": _facts(lesson),
    }


def _parts(lesson: Lesson) -> list[dict[str, Any]]:
    texts = (
        (_("What happened"), lesson.what_happened),
        (_("What we learnt"), lesson.what_learnt),
        (_("What is recommended"), lesson.recommended),
        (_("Documents to look at"), lesson.documents),
    )
    return [
        {"title": title, "lines": [line.strip() for line in text.splitlines() if line.strip()]}
        for title, text in texts
        if text.strip()
    ]


def _facts(lesson: Lesson) -> list[dict[str, str]]:
    rows = lesson.clauses.select_related("clause__edition")
    touched = rows.order_by("clause__edition__code", "clause__position")
    facts = (
        (_("Categories"), lesson.category_names),
        (_("Causes"), lesson.cause_names),
        (_("Useful to"), lesson.audience_names),
        (_("Clauses"), [f"{one.clause.edition.label} § {one.clause.number}" for one in touched]),
    )
    return [{"name": name, "value": ", ".join(values)} for name, values in facts if values]


def pdf_of(document: dict[str, Any]) -> bytes:
    """Return the tagged PDF of a sheet."""
    return printing.pdf_of(TEMPLATE, document)
