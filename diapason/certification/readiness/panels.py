"""Give other pages what this chapter knows: readiness, the view by clause, the actions of the day."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.certification.readiness import permissions, queries
from diapason.certification.readiness.charts import ring
from diapason.certification.readiness.models import KIND, Assessment, level_name
from diapason.certification.readiness.rules.standing import Readiness
from diapason.context.network.models import Organization
from diapason.context.network.queries import own_members_of
from diapason.context.standards.models import Clause, Edition
from diapason.context.standards.queries import applicable_edition
from diapason.improvement.action_plan.rules import moves
from diapason.kernel import clock
from diapason.ui.asking import Asking, answer_to, asks, side_by_side
from diapason.ui.panels import Panel, Task
from diapason.ui.wording import figure, shown


@asks
def organization_readiness(request: HttpRequest, organization: Organization) -> Asking[Panel | None]:
    """Show how ready an organization is for the applicable edition, where the reader may know."""
    scope = permissions.scope_of(request.user)
    if organization.is_network or not scope.sees(organization.pk, KIND):
        return None
    found = yield from queries.readiness_today.asking(organization, clock.today())
    if found is None:
        return None
    edition, readiness = found
    return _readiness_panel(request, organization, edition, readiness, _("Readiness"), edition.label)


@asks
def own_readiness(request: HttpRequest, edition: Edition) -> Asking[Panel | None]:
    """Show on the page of an edition how ready one's own organization is (3 rounds of questions at most)."""
    own = own_members_of(request, permissions.scope_of(request.user))
    if len(own) != 1:
        return None
    (sheet,) = yield from queries.sheets_of.asking(edition, own)
    readiness = sheet.readiness(clock.today())
    title = _("Readiness of %(name)s") % {"name": own[0].short_name}
    return _readiness_panel(request, own[0], edition, readiness, title, "")


def _readiness_panel(
    request: HttpRequest,
    organization: Organization,
    edition: Edition,
    readiness: Readiness,
    title: str,
    note: str,
) -> Panel:
    return Panel(
        title=title,
        template="readiness/panel_readiness.html",
        context={
            "readiness": readiness,
            "arcs": ring(readiness),
            "organization": organization,
            "edition": edition,
            "may_assess": permissions.may_assess(organization, by=request.user),
        },
        link=reverse("readiness:sheet", args=[organization.code, edition.code]),
        link_label=_("Self-assessment"),
        note=note,
    )


@asks
def network_heat(request: HttpRequest, _thing: Any) -> Asking[Panel | None]:
    """Show the view by clause on the network's page: the organizations with most to close (3 rounds of questions)."""
    (editions,) = yield [applicable_edition()]
    if not editions:
        return None
    (edition,) = editions
    scope, on = permissions.scope_of(request.user), clock.today()
    named = yield from queries.most_to_do.asking(edition, scope)
    shown_map = yield from queries.heat_map.asking(edition, scope, on, named=named)
    return Panel(
        title=_("View by clause"),
        template="readiness/panel_heat.html",
        context={"map": shown_map, "worst": shown_map.worst_column},
        link=reverse("readiness:heat"),
        link_label=_("All requirements"),
        slot="wide",
    )


@asks
def answers_to_clause(request: HttpRequest, clause: Clause) -> Asking[Panel | None]:
    """Show what organizations answer to a clause, as far as the reader may know."""
    if not clause.assessable:
        return None
    answers = yield from queries.clause_answers.asking(clause, permissions.scope_of(request.user))
    own = [
        {
            "organization": organization,
            "assessment": assessment,
            "level": level_name(assessment.maturity) if assessment else "",
            "asked": permissions.is_asked_of(clause, organization),
        }
        for organization, assessment in answers.own
    ]
    return Panel(
        title=_("What organizations answer"),
        template="readiness/panel_clause.html",
        context={
            "answers": answers,
            "own": own,
            "named": [(one.organization, one.maturity, level_name(one.maturity)) for one in answers.named],
            "coded": [(code, maturity, level_name(maturity)) for code, maturity in answers.coded],
            "clause": clause,
        },
        link=f"{reverse('readiness:heat')}?edition={clause.edition.code}",
        link_label=_("View by clause"),
        slot="wide",
    )


@asks
def actions_of_the_day(request: HttpRequest, _thing: Any) -> Asking[Panel | None]:
    """Give the actions on gaps that are due or have ended, and the self-assessment that waits for answers."""
    scope, on = permissions.scope_of(request.user), clock.today()
    if not scope.may_somewhere("assess_clause"):
        return None
    reader = getattr(request.user, "person", None)
    actions, sheets = yield from side_by_side(
        answer_to(queries.actions_due(scope, on)[:30]),
        queries.sheets_today.asking(own_members_of(request, scope)[:5]),
    )
    tasks = [_gap_task(one, on) for one in actions if not _is_on_the_day_of(reader, one)]
    for sheet in sheets[1] if sheets else ():
        waiting = sheet.readiness(on).unknown
        if waiting and scope.may("assess_clause", sheet.organization.pk):
            tasks.append(_waiting_task(sheet.organization, sheets[0], waiting))
    return Panel(tasks=tuple(tasks)) if tasks else None


def _is_on_the_day_of(person: Any, assessment: Assessment) -> bool:
    """Tell whether the action plan itself puts the action on this person's day."""
    action = assessment.plan_action
    if person is None or action is None or not action.is_active:
        return False
    return person.pk == (action.delegate_id or action.owner_id)


def _gap_task(assessment: Assessment, on: Any) -> Task:
    """Return what waits at a gap: its action in words or of the plan, or the new answer once that one has ended."""
    action = assessment.plan_action
    if action is None:
        return _action_task(assessment, on)
    place = f"{assessment.clause.edition.label} § {assessment.clause.number}"
    if action.state == moves.NOT_EFFECTIVE:
        return Task(
            title=_("Plan another action for %(place)s: “%(title)s” did not work")
            % {"place": place, "title": action.title},
            url=action.get_absolute_url(),
            detail=f"{assessment.organization.short_name} · {action.number}",
            state="bad",
            state_label=action.state_name,
        )
    if not action.is_active:
        return Task(
            title=_("Assess %(place)s again: “%(title)s” is carried out")
            % {"place": place, "title": action.title},
            url=assessment.get_absolute_url(),
            detail=f"{assessment.organization.short_name} · {action.number}",
            state="run",
            state_label=_("To assess again"),
        )
    parts = [
        assessment.organization.short_name,
        place,
        action.owner.full_name if action.owner else "",
        shown(action.due_on),
    ]
    late = action.is_late(on=on)
    return Task(
        title=action.title[:140],
        url=action.get_absolute_url(),
        detail=" · ".join(part for part in parts if part),
        due=action.due_on,
        state="bad" if late else "warn",
        state_label=_("Late") if late else _("Gap to close"),
    )


def _action_task(assessment: Assessment, on: Any) -> Task:
    owner, due = assessment.action_owner, assessment.action_due_on
    late = due is not None and due < on
    parts = [
        assessment.organization.short_name,
        f"{assessment.clause.edition.label} § {assessment.clause.number}",
        owner.full_name if owner else "",
        shown(due),
    ]
    return Task(
        title=assessment.action.splitlines()[0][:140],
        url=assessment.get_absolute_url(),
        detail=" · ".join(part for part in parts if part),
        due=due,
        state="bad" if late else "warn",
        state_label=_("Late") if late else _("Gap to close"),
    )


def _waiting_task(organization: Organization, edition: Edition, waiting: int) -> Task:
    said = ngettext(
        "Go on with the self-assessment: %(count)s requirement without an answer",
        "Go on with the self-assessment: %(count)s requirements without an answer",
        waiting,
    )
    return Task(
        title=said % {"count": figure(waiting)},
        url=reverse("readiness:sheet", args=[organization.code, edition.code]),
        detail=f"{organization.short_name} · {edition.label}",
        state="unk",
        state_label=_("Not assessed"),
    )
