"""Find lessons offered to all that look like an event: same category, same cause, or words in common."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from diapason.improvement.lessons.models import Lesson
from diapason.improvement.quality_events.models import QualityEvent
from diapason.improvement.quality_events.rules.lookalikes import Alike, Traits, alike
from diapason.kernel.words import message
from diapason.ui.asking import Asking, asks

CANDIDATES = 300
"""How many lessons are compared at most: the latest."""
REASONS = {"category": message("same category"), "cause": message("same cause")}


@dataclass(frozen=True)
class AlikeLesson:
    """Hold a lesson with what it has in common with an event."""

    lesson: Lesson
    facts: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def reasons(self) -> str:
        """Return what is in common, in words."""
        return ", ".join(
            [*(gettext(REASONS[name]) for name in self.facts), *(f"{word}…" for word in self.words)]
        )


@asks
def lessons_like(event: QualityEvent, *, limit: int = 3) -> Asking[list[AlikeLesson]]:
    """Return the lessons offered to all that look like an event, best first: one round of questions.

    Only published texts are compared, so that nothing of another house's events is told.
    """
    lessons, causes = yield [
        Lesson.objects.published()
        .exclude(origin=event.subject)
        .only("number", "title", "categories", "causes", "state", "search_key")
        .order_by("-proposed_on", "-number")[:CANDIDATES],
        event.causes.filter(Q(removed_on=None) & ~Q(cause="")).values_list("cause").order_by().distinct(),
    ]
    known = {lesson.number: lesson for lesson in lessons}
    one = Traits(event.number, f"{event.title} {event.description[:600]}")
    by_words = {
        found.key: found
        for found in alike(one, [Traits(n, row.search_key[:900]) for n, row in known.items()], limit=limit)
    }
    mine = {cause for (cause,) in causes}
    found = [_compared(lesson, event.category, mine, by_words.get(lesson.number)) for lesson in lessons]
    kept = [item for item in found if item.facts or item.words]
    kept.sort(key=lambda item: (-len(item.facts) - 2 * bool(item.words), item.lesson.number))
    return kept[:limit]


def _compared(lesson: Lesson, category: str, causes: set[str], words: Alike | None) -> AlikeLesson:
    facts = []
    if category and category in lesson.categories.split():
        facts.append("category")
    if causes & set(lesson.causes.split()):
        facts.append("cause")
    return AlikeLesson(lesson, tuple(facts), words.words if words else ())
