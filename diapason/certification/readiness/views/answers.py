"""Show an organization's self-assessment and the form of one answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from diapason.certification.readiness import acts, permissions, queries
from diapason.certification.readiness.charts import ring
from diapason.certification.readiness.forms import AnswerForm
from diapason.certification.readiness.models import Assessment, answer_key, level_name, scale
from diapason.certification.readiness.queries import Sheet
from diapason.certification.readiness.rules.standing import ASIDE, STATES, UNKNOWN, standing_of
from diapason.context.network.models import Organization
from diapason.context.standards.models import Clause, Edition
from diapason.context.standards.queries import chapters_of, current_edition, editions_in_use
from diapason.kernel import clock
from diapason.ui.views import page, reads, writes


@reads
def home(request: HttpRequest) -> HttpResponse:
    """Open one's own self-assessment; without a single own organization, the view by clause."""
    own = list(Organization.objects.members().own(request.user.scope)[:2])
    edition = current_edition()
    if len(own) == 1 and edition:
        return redirect("readiness:sheet", own[0].code, edition.code)
    return redirect("readiness:heat")


@reads
def sheet(request: HttpRequest, code: str, edition: str) -> HttpResponse:
    """Show how far an organization is with an edition, chapter by chapter."""
    organization = get_object_or_404(queries.named_organizations(request.user.scope), code=code)
    shown = get_object_or_404(editions_in_use().select_related("transition_from"), code=edition)
    clauses = list(shown.clauses.in_use().order_by("position"))
    asked = [clause for clause in clauses if clause.assessable]
    answers = queries.sheets_of(shown, [organization], asked)[0]
    readiness = answers.readiness(clock.today())
    return page(
        request,
        "readiness/sheet.html",
        organization=organization,
        edition=shown,
        editions=editions_in_use(),
        readiness=readiness,
        arcs=ring(readiness),
        chapters=_chapters(clauses, answers, organization, shown, request.GET.get("show", "")),
        show=request.GET.get("show", ""),
        next_key=_next_key(answers, organization, shown),
        may_read=permissions.may_read_texts(organization, by=request.user),
        may_assess=permissions.may_assess(organization, by=request.user),
        scale=scale(),
    )


def _chapters(clauses: list[Clause], sheet: Sheet, organization: Organization, edition: Edition, show: str) -> Any:
    """Return (chapter, its readiness, its lines) for each chapter of which something is asked."""
    by_number = {answer.clause: answer for answer in sheet.answers}
    on = clock.today()
    for chapter, below in chapters_of(clauses):
        asked = [one for one in [chapter, *below] if one.number in by_number]
        lines = []
        for clause in asked:
            answer = by_number[clause.number]
            standing = standing_of(answer, scale(), on)
            lines.append(
                {
                    "clause": clause,
                    "answer": answer,
                    "state": STATES[standing],
                    "standing": standing,
                    "said": _said(standing, answer.maturity),
                    "late": answer.has_open_action and answer.due_on is not None and answer.due_on < on,
                    "key": answer_key(organization.code, edition.code, clause.number),
                }
            )
        part = sheet.only(clause.number for clause in asked).readiness(on)
        wanted = {"waiting": {UNKNOWN}, "gaps": {"gap", "blocking", "acting"}}.get(show)
        if lines:
            yield chapter, part, [line for line in lines if wanted is None or line["standing"] in wanted]


def _said(standing: str, maturity: int | None) -> str:
    """Return an answer in a few words."""
    if standing == ASIDE:
        return _("does not apply")
    return _("Not assessed") if maturity is None else f"{maturity} · {level_name(maturity)}"


def _next_key(sheet: Sheet, organization: Organization, edition: Edition, after: str = "") -> str:
    """Return the key of the next clause without an answer, starting again at the top ("" when there is none)."""
    numbers = [answer.clause for answer in sheet.answers]
    start = numbers.index(after) + 1 if after in numbers else 0
    ordered = [*sheet.answers[start:], *sheet.answers[:start]]
    waiting = [one.clause for one in ordered if one.maturity is None and not one.aside and one.clause != after]
    return answer_key(organization.code, edition.code, waiting[0]) if waiting else ""


def _asked(request: HttpRequest, key: str) -> tuple[Organization, Clause, Assessment | None]:
    """Return organization, clause and stored answer of a key; 404 when the reader may not read its texts."""
    code, _slash, rest = key.partition("/")
    edition, _slash, number = rest.partition("/")
    organization = get_object_or_404(Organization.objects.members(), code=code)
    if not permissions.may_read_texts(organization, by=request.user):
        raise Http404
    clause = get_object_or_404(
        Clause.objects.select_related("edition__transition_from"), edition__code=edition, number=number
    )
    found = Assessment.objects.filter(organization=organization, clause=clause)
    stored = found.select_related("assessed_by", "action_owner", "organization", "clause__edition").first()
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
    if "next" in request.POST:
        answers = queries.sheets_of(clause.edition, [organization])[0]
        following = _next_key(answers, organization, clause.edition, after=clause.number)
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


def _answer_page(
    request: HttpRequest, organization: Organization, clause: Clause, stored: Assessment | None, form: AnswerForm
) -> HttpResponse:
    edition = clause.edition
    answers = queries.sheets_of(edition, [organization])[0]
    here = next((one for one in answers.answers if one.clause == clause.number), None)
    standing = standing_of(here, scale(), clock.today()) if here else UNKNOWN
    numbers = [one.clause for one in answers.answers]
    place = numbers.index(clause.number) if clause.number in numbers else 0
    return page(
        request,
        "readiness/answer.html",
        organization=organization,
        clause=clause,
        edition=edition,
        assessment=stored,
        here=here,
        standing=standing,
        state=STATES[standing],
        form=form,
        key=answer_key(organization.code, edition.code, clause.number),
        readiness=answers.readiness(clock.today()),
        position=place + 1,
        total=len(numbers),
        before=answer_key(organization.code, edition.code, numbers[place - 1]) if place else "",
        after=answer_key(organization.code, edition.code, numbers[place + 1]) if place + 1 < len(numbers) else "",
        may_assess=permissions.may_assess(organization, by=request.user)
        & permissions.may_be_answered(clause, organization),
        may_complete=stored and permissions.may_complete_action(stored, by=request.user),
        status=422 if form.is_bound else 200,
    )
