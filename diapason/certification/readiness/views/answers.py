"""Show an organization's self-assessment and the form of one answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.certification.readiness import acts, permissions, queries
from diapason.certification.readiness.charts import ring
from diapason.certification.readiness.forms import AnswerForm
from diapason.certification.readiness.models import Assessment, scale
from diapason.certification.readiness.queries import lines
from diapason.certification.readiness.queries.origins import actions_on
from diapason.context.network.models import Organization
from diapason.context.network.queries import members_of
from diapason.context.standards.models import Clause
from diapason.context.standards.queries import current_edition, editions_in_use
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.permissions import held_for, may_plan
from diapason.kernel import clock
from diapason.ui.asking import answer_to, answered, side_by_side
from diapason.ui.views import page, reads, writes

RELATED = ("assessed_by", "action_owner", "organization", "clause__edition", "plan_action__owner")


@reads
def home(request: HttpRequest) -> HttpResponse:
    """Open one's own self-assessment; without a single own organization, the view by clause."""
    own = list(Organization.objects.members().own(permissions.scope_of(request.user))[:2])
    edition = current_edition()
    if len(own) == 1 and edition:
        return redirect("readiness:sheet", own[0].code, edition.code)
    return redirect("readiness:heat")


@reads
def sheet(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """Show how far an organization is with an edition, chapter by chapter."""
    organization = get_object_or_404(
        queries.named_organizations(permissions.scope_of(request.user)), code=code
    )
    shown = get_object_or_404(editions_in_use().select_related("transition_from"), code=edition)
    whole = queries.whole_sheet.asking(shown, organization)
    (clauses, answers), editions = answered(side_by_side(whole, answer_to(editions_in_use())))
    readiness = answers.readiness(clock.today())
    return page(
        request,
        "readiness/sheet.html",
        organization=organization,
        edition=shown,
        editions=editions,
        readiness=readiness,
        arcs=ring(readiness),
        chapters=lines.chapter_lines(clauses, answers, shown, clock.today(), request.GET.get("show", "")),
        show=request.GET.get("show", ""),
        next_key=lines.next_waiting(answers, shown),
        may_read=permissions.may_read_texts(organization, by=request.user),
        may_assess=permissions.may_assess(organization, by=request.user),
        scale=scale(),
    )


def _asked(request: HttpRequest, key: str) -> tuple[Organization, Clause, Assessment | None]:
    """Return organization, clause and stored answer of a key; 404 when the reader may not read its texts."""
    code, _slash, rest = key.partition("/")
    edition, _slash, number = rest.partition("/")
    organization = next((one for one in members_of(request) if one.code == code), None)
    if organization is None or not permissions.may_read_texts(organization, by=request.user):
        raise Http404
    clause = get_object_or_404(
        Clause.objects.select_related("edition__transition_from"), edition__code=edition, number=number
    )
    found = Assessment.objects.filter(organization=organization, clause=clause).select_related(*RELATED)
    stored = found.first()
    if stored is None and not clause.assessable:
        raise Http404
    return organization, clause, stored


@reads
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form of one answer, with the question and what is usually shown."""
    organization, clause, stored = _asked(request, key)
    form = AnswerForm(organization=organization, assessment=stored, on=clock.today())
    return _answer_page(request, organization, clause, stored, form)


@writes
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Record one answer, then go on to the next clause that waits, or back to the list."""
    organization, clause, stored = _asked(request, key)
    form = AnswerForm(request.POST, organization=organization, assessment=stored, on=clock.today())
    if not form.is_valid():
        return _answer_page(request, organization, clause, stored, form)
    acts.assess_clause(
        organization=organization,
        clause=clause,
        entry=form.entry(),
        version=form.cleaned_data["version"],
        by=request.user,
        on=clock.today(),
    )
    messages.success(request, _("§ %(number)s recorded.") % {"number": clause.number})
    if "plan" in request.POST:
        return _put_into_plan(request, key)
    if "next" in request.POST:
        sheet = queries.sheets_of(clause.edition, [organization])[0]
        following = lines.next_waiting(sheet, clause.edition, after=clause.number)
        if following:
            return redirect("readiness:answer", following)
    return redirect("readiness:sheet", organization.code, clause.edition.code)


@writes
def complete(request: HttpRequest, key: str) -> HttpResponse:
    """State that the action on a gap was carried out."""
    _organization, _clause, stored = _asked(request, key)
    if stored is None:
        raise Http404
    acts.complete_action(
        assessment=stored, version=int(request.POST.get("version") or 0), by=request.user, on=clock.today()
    )
    return redirect(stored)


@writes
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Put the action written down for a gap into the action plan."""
    return _put_into_plan(request, key, int(request.POST.get("version") or 0))


def _put_into_plan(request: HttpRequest, key: str, version: int | None = None) -> HttpResponse:
    """Open the action; `version` None: the answer was recorded a moment ago."""
    _organization, _clause, stored = _asked(request, key)
    if stored is None:
        raise Http404
    action = acts.plan_action(
        assessment=stored,
        version=stored.version if version is None else version,
        by=request.user,
        on=clock.today(),
    )
    messages.success(request, _("%(number)s is in the action plan.") % {"number": action.number})
    return redirect(stored)


def _answer_page(
    request: HttpRequest,
    organization: Organization,
    clause: Clause,
    stored: Assessment | None,
    form: AnswerForm,
) -> HttpResponse:
    nothing: Any = Action.objects.none()
    (sheet,), actions = answered(
        side_by_side(
            queries.sheets_of.asking(clause.edition, [organization]),
            answer_to(actions_on(stored) if stored else nothing),
        )
    )
    shown = {"organization": organization, "assessment": stored, "form": form, "actions": actions}
    shown |= _of_the_clause(clause, sheet) | _deeds(organization, clause, stored, request.user)
    return page(request, "readiness/answer.html", status=422 if form.is_bound else 200, **shown)


def _of_the_clause(clause: Clause, sheet: queries.Sheet) -> dict[str, Any]:
    """Return the clause, its line in the self-assessment, and its neighbours."""
    return {
        "clause": clause,
        "edition": clause.edition,
        "line": lines.line_of(sheet, clause.edition, clause, clock.today()),
        "place": lines.place_of(sheet, clause.edition, clause.number),
        "day": clock.today(),
    }


def _deeds(organization: Organization, clause: Clause, stored: Assessment | None, by: Any) -> dict[str, Any]:
    """Return what this person may do with an answer and its action, and whether the answer is asked for again."""
    asked = permissions.may_be_answered(clause, organization)
    return {
        "may_assess": permissions.may_assess(organization, by=by) & asked,
        "may_complete": stored and permissions.may_complete_action(stored, by=by),
        "may_move": stored and permissions.may_plan_action(stored, by=by),
        "may_plan": may_plan(organization, by=by),
        "may_open": held_for("read_actions", organization, by=by),
        "again": stored is not None and stored.asks_again,
    }
