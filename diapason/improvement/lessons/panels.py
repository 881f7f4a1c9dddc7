"""Give the pages made of many chapters what lessons have to say."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.network.models import Organization
from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.queries.lookalikes import lessons_like
from diapason.improvement.lessons.queries.waiting import answered_by_all, answers_due, lessons_waiting
from diapason.improvement.lessons.rules import answers, moves
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.clock import today
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel, Task, Tile
from diapason.ui.together import HowMany

TO_DO = {
    moves.DRAFT: message("Read and send the lesson “%(title)s”"),
    moves.PROPOSED: message("Edit the lesson “%(title)s”"),
    moves.TO_AGREE: message("Agree with the lesson “%(title)s”"),
    moves.AGREED: message("Offer the lesson “%(title)s”"),
}
TO_ANSWER = {
    answers.ASKED: message("Answer the lesson “%(title)s”"),
    answers.ADOPTED: message("Carry out what you adopted: “%(title)s”"),
    answers.LATER: message("Decide about the lesson “%(title)s”"),
}


@asks
def alike_lessons(request: HttpRequest, event: QualityEvent) -> Asking[Panel | None]:
    """Show, while causes are looked for, the lessons of the network that look like the event."""
    found = (yield from lessons_like.asking(event)) if event.is_open else []
    if not found:
        return None
    return Panel(
        title=_("Lessons of the network that look like it"),
        template="lessons/panels/alike.html",
        context={"found": found},
        note=_("Texts that other organizations agreed to share; they know nothing of this event."),
        link=f"{reverse('lessons:lessons')}?category={event.category}" if event.category else "",
    )


@asks
def lesson_of_event(request: HttpRequest, event: QualityEvent) -> Asking[Panel | None]:
    """Show the lesson that came of an event, or offer to propose one."""
    (found,) = yield [Lesson.objects.filter(origin=event.subject).order_by("pk")[:1]]
    lesson = found[0] if found else None
    return Panel(
        title=_("What the network learns from it"),
        template="lessons/panels/event.html",
        context={
            "lesson": lesson,
            "event": event,
            "may_propose": permissions.may_propose(event.organization, by=request.user),
        },
    )


@asks
def lessons_of_mine(request: HttpRequest, thing: Any) -> Asking[Panel | None]:
    """List what waits for this person: texts to write, agree or offer, answers to give, adoptions to carry out."""
    scope = permissions.scope_of(request.user)
    if not permissions.may_propose_somewhere(by=request.user):
        return None
    on = today()
    due, waiting, ended = yield [
        answers_due(scope, on=on),
        lessons_waiting(scope),
        answered_by_all() if scope.may(moves.COORDINATION) else Lesson.objects.none(),
    ]
    tasks = [_answer_task(row, on) for row in due]
    tasks += [_lesson_task(row, _(TO_DO[row.state])) for row in waiting]
    tasks += [
        _lesson_task(row, _("Everybody has answered: conclude the lesson “%(title)s”")) for row in ended
    ]
    return Panel(tasks=tasks)


def _answer_task(row: LessonAnswer, on: Any) -> Task:
    late = row.is_late(on=on)
    return Task(
        title=_(TO_ANSWER[row.state]) % {"title": row.lesson.title},
        url=row.lesson.get_absolute_url(),
        detail=_("%(number)s, by %(day)s") % {"number": row.lesson.number, "day": wording.day(row.due_on)},
        due=row.due_on,
        state="bad" if late else row.state_look,
        state_label=_("Late") if late else row.state_name,
    )


def _lesson_task(row: Lesson, title: str) -> Task:
    return Task(
        title=title % {"title": row.title},
        url=row.get_absolute_url(),
        detail=f"{row.number} · {row.organization.short_name}",
        state=row.state_look,
        state_label=row.state_name,
    )


@asks
def organization_lessons(request: HttpRequest, organization: Organization) -> Asking[Panel | None]:
    """Show what one's own organization still has to answer or to carry out; nothing of the others."""
    if organization.pk not in permissions.scope_of(request.user).organizations:
        return None
    open_answers = LessonAnswer.objects.filter(
        organization=organization,
        state__in=(answers.ASKED, answers.ADOPTED, answers.LATER),
        lesson__state__in=moves.PUBLISHED,
    )
    (rows,) = yield [open_answers.select_related("lesson").order_by("due_on", "pk")[:6]]
    if not rows:
        return None
    return Panel(
        title=_("Lessons"),
        template="lessons/panels/organization.html",
        context={"rows": rows, "today": today()},
        link=reverse("lessons:lessons"),
    )


@asks
def network_lessons(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Count the lessons offered in the whole network; organizations are not named."""
    scope = permissions.scope_of(request.user)
    if not scope.may_somewhere("report_event"):
        return None
    (offered,) = yield [HowMany(Lesson.objects.published().order_by())]
    if not offered:
        return None
    label = ngettext("lesson offered", "lessons offered", offered)
    return Panel(tiles=[Tile(wording.figure(offered), label, reverse("lessons:board"))])
