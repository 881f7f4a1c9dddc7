"""Find the files behind an event that this reader may open: photos of its report and what proves its actions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from diapason.context.files import readers
from diapason.context.files.models import KeptFile
from diapason.improvement.action_plan.models import KIND as ACTION
from diapason.improvement.action_plan.models import Action
from diapason.improvement.quality_events.models import KIND, QualityEvent


@dataclass(frozen=True)
class KeptBehind:
    """Hold one file in words: its name, what it belongs to, who handed it in and when, and who may see it."""

    name: str
    url: str
    belongs_to: str
    added_on: date
    added_by: str
    who: str


def files_behind(event: QualityEvent, user: Any) -> Any:
    """Return the files that this reader may open, photos of the report first; each action is named in `title`."""
    known = QualityEvent.objects.visible_to(user).filter(Q(pk=event.pk) | Q(duplicate_of=event.pk))
    actions = Action.objects.visible_to(user).filter(origin_kind=KIND, origin_key=event.number)
    own = Q(subject_kind=KIND, subject_key__in=known.order_by().values("number"))
    theirs = Q(subject_kind=ACTION, subject_key__in=actions.order_by().values("number"))
    title = Action.objects.filter(number=OuterRef("subject_key")).order_by().values("title")[:1]
    rows = KeptFile.objects.standing().filter(own | theirs).select_related("added_by")
    return rows.annotate(title=Subquery(title)).order_by("-subject_kind", "pk")


def told(files: Iterable[Any]) -> list[KeptBehind]:
    """Return those files in the active language."""
    return [
        KeptBehind(
            name=file.name,
            url=file.get_absolute_url(),
            belongs_to=_("the report %(number)s") % {"number": file.subject_key}
            if file.subject_kind == KIND
            else f"{file.subject_key} {file.title}",
            added_on=file.added_on,
            added_by=str(file.added_by) if file.added_by else "",
            who=_(readers.who_reads(file.subject_kind)),
        )
        for file in files
    ]
