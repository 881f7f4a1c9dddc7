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
from diapason.context.standards.queries import current_edition
from diapason.kernel import clock
from diapason.ui.panels import Panel, Task
from diapason.ui.wording import figure, shown


def organization_readiness(request: HttpRequest, organization: Organization) -> Panel | None:
    """Show how ready an organization is for the applicable edition, where the reader may know (1 query)."""
    scope = permissions.scope_of(request.user)
    if organization.is_network or not scope.sees(organization.pk, KIND):
        return None
    found = queries.readiness_today(organization, clock.today())
    if found is None:
        return None
    edition, readiness = found
    return _readiness_panel(request, organization, edition, readiness, _("Readiness"), edition.label)


def own_readiness(request: HttpRequest, edition: Edition) -> Panel | None:
    """Show on the page of an edition how ready one's own organization is (4 queries at most)."""
    own = own_members_of(request, permissions.scope_of(request.user))
    if len(own) != 1:
        return None
    readiness = queries.readiness_of(own[0], edition, clock.today())
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


def network_heat(request: HttpRequest, _thing: Any) -> Panel | None:
    """Show the view by clause on the network's page: the organizations with most to close (4 queries, 7 with codes)."""
    edition = current_edition()
    if edition is None:
        return None
    scope, on = permissions.scope_of(request.user), clock.today()
    shown_map = queries.heat_map(edition, scope, on, named=queries.most_to_do(edition, scope))
    return Panel(
        title=_("View by clause"),
        template="readiness/panel_heat.html",
        context={"map": shown_map, "worst": shown_map.worst_column},
        link=reverse("readiness:heat"),
        link_label=_("All requirements"),
        slot="wide",
    )


def answers_to_clause(request: HttpRequest, clause: Clause) -> Panel | None:
    """Show what organizations answer to a clause, as far as the reader may know (3 queries at most)."""
    if not clause.assessable:
        return None
    answers = queries.clause_answers(clause, permissions.scope_of(request.user))
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


def actions_of_the_day(request: HttpRequest, _thing: Any) -> Panel | None:
    """Give the actions on gaps that are due, and the self-assessment that waits for answers (5 queries at most)."""
    scope, on = permissions.scope_of(request.user), clock.today()
    if not scope.may_somewhere("assess_clause"):
        return None
    tasks = [_action_task(assessment, on) for assessment in queries.actions_due(scope, on)[:30]]
    edition = current_edition()
    own = own_members_of(request, scope)[:5] if edition else []
    if edition and own:
        for sheet in queries.sheets_of(edition, own):
            waiting = sheet.readiness(on).unknown
            if waiting and scope.may("assess_clause", sheet.organization.pk):
                tasks.append(_waiting_task(sheet.organization, edition, waiting))
    return Panel(tasks=tuple(tasks)) if tasks else None


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
