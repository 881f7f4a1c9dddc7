"""Begin a lesson and write its text: from an event that ended, or from a good practice (ISO 9001 § 10.3, § 7.1.6)."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread, take_number
from diapason.context.network.models import Organization
from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.facts import proposing as facts
from diapason.improvement.lessons.models import Lesson, LessonClause
from diapason.improvement.lessons.queries.drafting import Text, first_text
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

WRITTEN = (
    "kind",
    "title",
    "what_happened",
    "what_learnt",
    "recommended",
    "documents",
    "for_sponsors",
    "for_investigators",
)


def about(lesson: Lesson) -> dict[str, str]:
    """Return subject and organization for a fact about the lesson: its trail belongs to its house."""
    return {"subject": lesson.subject, "organization": lesson.organization.code}


@act
def propose_lesson(*, event: QualityEvent, by: Any, on: date) -> Lesson:
    """Begin the lesson of an event with a first text without names; only its house sees it. Once per event."""
    permissions.may_propose(event.organization, by=by).require()
    known = Lesson.objects.filter(origin=event.subject).select_related("organization").first()
    if known is not None:
        return known
    return begin_lesson(
        organization=event.organization, text=first_text(event), origin=event.subject, by=by, on=on
    )


@act
def begin_lesson(*, organization: Organization, text: Text, origin: str = "", by: Any, on: date) -> Lesson:
    """Begin a lesson or a good practice; nobody but its house sees it until it is sent."""
    permissions.may_propose(organization, by=by).require()
    check_text(text).require()
    lesson = Lesson(
        number=take_number("REX", "", on.year).replace("--", "-"),
        organization=organization,
        origin=origin,
        proposed_on=on,
    )
    _write(lesson, text)
    lesson.full_clean(exclude=["number"])
    lesson.save()
    _set_clauses(lesson, text)
    record(facts.LessonProposed(**about(lesson), origin=origin), by=by)
    return lesson


@act
def write_lesson(*, lesson: Lesson, text: Text, version: int | None, by: Any, on: date) -> Lesson:
    """Change the text of a lesson: its house while it is a draft, then the coordination."""
    permissions.may_write(lesson, by=by).require()
    check_text(text).require()
    fresh = reread(lesson, version)
    permissions.may_write(fresh, by=by).require()
    _write(fresh, text)
    fresh.full_clean(exclude=["number"])
    fresh.save()
    _set_clauses(fresh, text)
    record(facts.LessonWritten(**about(fresh)), by=by)
    return fresh


def check_text(text: Text) -> Verdict:
    """Tell whether a text can be kept: it has a title."""
    if not text.title.strip():
        return Verdict.no(message("Give the lesson a title."))
    return Verdict.yes()


def _write(lesson: Lesson, text: Text) -> None:
    for name in WRITTEN:
        setattr(lesson, name, getattr(text, name))
    lesson.categories = _between_blanks(text.categories)
    lesson.causes = _between_blanks(text.causes)


def _between_blanks(codes: tuple[str, ...]) -> str:
    return f" {' '.join(codes)} " if codes else ""


def _set_clauses(lesson: Lesson, text: Text) -> None:
    wanted = {clause.pk for clause in text.clauses}
    LessonClause.objects.filter(lesson=lesson).exclude(clause__in=wanted).delete()
    known = set(LessonClause.objects.filter(lesson=lesson).values_list("clause_id", flat=True))
    LessonClause.objects.bulk_create(
        [LessonClause(lesson=lesson, clause_id=pk) for pk in sorted(wanted - known)]
    )
