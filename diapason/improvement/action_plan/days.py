"""Put on one's day what waits there: actions to carry out, to check, time asked for, late ones of one's houses."""

from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.improvement.action_plan.models import Action, CheckInvitation, Extension
from diapason.improvement.action_plan.queries.counts import houses_where
from diapason.improvement.action_plan.rules import moves
from diapason.kernel.clock import today
from diapason.kernel.scope import NOBODY, Scope
from diapason.ui import wording
from diapason.ui.asking import Asking, asks
from diapason.ui.panels import Panel, Task
from diapason.ui.together import HowMany

MOST_LINES: Final = 12
AHEAD: Final = timedelta(days=30)
CHECK_AHEAD: Final = timedelta(days=14)
SAID: Final = ("number", "title", "kind", "state", "due_on", "criterion_kind")
"""What a line of my day says of an action."""
COUNTED: Final = 100
"""Up to how many late actions of one's houses are counted."""


@asks
def actions_of_the_day(request: HttpRequest, thing: None) -> Asking[Panel | None]:
    """Give each person what is due, to be checked and to be decided; one round of questions."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    person, on = getattr(request.user, "person", None), today()
    if person is None:
        return None
    carried: Any = Action.objects.carried_by(person).active()
    mine, checks, asked, late = yield [
        carried.filter(due_on__lte=on + AHEAD).only(*SAID).order_by("due_on", "number")[:MOST_LINES],
        to_check(scope, person, on)[:MOST_LINES],
        time_asked_for(scope, person)[:MOST_LINES],
        HowMany(late_elsewhere(scope, person, on)[: COUNTED + 1]),
    ]
    tasks = [_due_task(action, on) for action in mine]
    tasks += [_check_task(action) for action in checks]
    tasks += [_time_task(extension) for extension in asked]
    if late:
        tasks.append(_late_task(late))
    return Panel(tasks=tasks) if tasks else None


def to_check(scope: Scope, person: Any, on: date) -> Any:
    """Return the done actions that this person checks soon: of one's houses, or asked by another; never one's own."""
    where = Q(pk__in=CheckInvitation.objects.filter(person=person, ended_on=None).values("action"))
    if scope.may_somewhere("check_effectiveness"):
        where |= houses_where(scope, "check_effectiveness")
    waiting: Any = Action.objects.to_check(on=on + CHECK_AHEAD).filter(where)
    others = waiting.exclude(owner=person).exclude(delegate=person)
    shown = others.select_related("organization").only(
        *SAID, "done_on", "check_due_on", "organization__short_name"
    )
    return shown.order_by("check_due_on", "number")


def time_asked_for(scope: Scope, person: Any) -> Any:
    """Return the requests for more time that this person decides on; one's own are decided by somebody else."""
    if not scope.may_somewhere("plan_action"):
        return Extension.objects.none()
    houses = houses_where(scope, "plan_action", "action__organization")
    waiting = Extension.objects.filter(houses, decided_on=None, action__state__in=moves.ACTIVE)
    others = waiting.exclude(asked_by=person).select_related("action").order_by("asked_on", "pk")
    return others.only("from_day", "to_day", "reason", "action__number", "action__title")


def late_elsewhere(scope: Scope, person: Any, on: date) -> Any:
    """Return the late actions of others in the houses whose plan this person keeps."""
    if not scope.may_somewhere("plan_action"):
        return Action.objects.none()
    late: Any = Action.objects.late(on=on).filter(houses_where(scope, "plan_action"))
    return late.exclude(Q(owner=person, delegate=None) | Q(delegate=person)).order_by()


def _due_task(action: Action, on: date) -> Task:
    kind = {"number": action.number, "kind": action.kind_name}
    detail = _("%(number)s · %(kind)s") % kind
    if action.is_checked_kind and not action.criterion_kind:
        detail = _("%(number)s · %(kind)s · its criterion is still to be fixed") % kind
    late = action.is_late(on=on)
    return Task(
        title=_("Carry out “%(title)s”") % {"title": action.title},
        url=action.get_absolute_url(),
        detail=detail,
        due=action.due_on,
        state="bad" if late else action.state_look,
        state_label=_("late") if late else action.state_name,
    )


def _check_task(action: Action) -> Task:
    return Task(
        title=_("Check whether “%(title)s” worked") % {"title": action.title},
        url=action.get_absolute_url(),
        detail=_("%(number)s · %(organization)s · done on %(day)s")
        % {
            "number": action.number,
            "organization": action.organization.short_name,
            "day": wording.day(action.done_on) if action.done_on else "–",
        },
        due=action.check_due_on,
        state="warn",
        state_label=_("to be checked"),
    )


def _time_task(asked: Extension) -> Task:
    return Task(
        title=_("Decide on more time for “%(title)s”") % {"title": asked.action.title},
        url=reverse("action_plan:deed", args=[asked.action.number, "decide"]),
        detail=_("%(number)s · until %(day)s: %(reason)s")
        % {"number": asked.action.number, "day": wording.day(asked.to_day), "reason": asked.reason},
        due=asked.from_day,
        state="warn",
        state_label=_("time asked for"),
    )


def _late_task(late: int) -> Task:
    shown = f"{COUNTED}+" if late > COUNTED else str(late)
    title = ngettext("%(shown)s action of others is late", "%(shown)s actions of others are late", late) % {
        "shown": shown
    }
    return Task(
        title=title,
        url=reverse("action_plan:actions") + "?which=late",
        detail=_("in the plans that you keep"),
        state="bad",
        state_label=_("late"),
    )
