"""Find lessons by words for the search of every page."""

from django.http import HttpRequest

from diapason.context.network.rules import sort_key
from diapason.improvement.lessons.models import Lesson
from diapason.ui.search import Hit


def lessons(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    """Return the lessons that this reader may see and that hold the words."""
    rows = Lesson.objects.visible_to(request.user).filter(search_key__contains=sort_key(text))
    return [
        Hit(title=row.title, url=row.get_absolute_url(), detail=f"{row.number} · {row.state_name}")
        for row in rows.order_by("-proposed_on", "-number")[:limit]
    ]
