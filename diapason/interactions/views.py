"""Print the table: the map that an auditor asks for is the code that runs."""

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from diapason.audit_trail.models import EntrySubject
from diapason.interactions.rows import When
from diapason.interactions.table import INTERACTIONS
from diapason.ui.views import page, reads


@reads
def table(request: HttpRequest) -> HttpResponse:
    """Show what follows when something happens."""
    happened = set(
        EntrySubject.objects.filter(fact__in=[row.fact.__name__ for row in INTERACTIONS])
        .values_list("fact", flat=True)
        .distinct()
    )
    rows = [_shown(row, row.fact.__name__ in happened) for row in INTERACTIONS]
    return page(request, "interactions/table.html", rows=rows)


def _shown(row: When, happened: bool) -> dict[str, object]:
    return {
        "from": chapter_of(row.fact.__module__),
        "happens": gettext(row.happens),
        "to": chapter_of(row.then.__module__),
        "follows": gettext(row.follows),
        "clause": row.clause,
        "must": row.must,
        "happened": happened,
    }


def chapter_of(module: str) -> str:
    """Return the name of the chapter that a module belongs to, in the reader's language."""
    config = apps.get_containing_app_config(module)
    return gettext(str(config.verbose_name)) if config else module
