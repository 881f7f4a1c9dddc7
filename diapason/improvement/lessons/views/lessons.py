"""Show one lesson, write it, move it along."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.context.network.models import Organization
from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.acts import proposing
from diapason.improvement.lessons.forms.writing import TextForm, initial_of
from diapason.improvement.lessons.models import Lesson
from diapason.improvement.lessons.queries.answers import answers_to
from diapason.improvement.lessons.queries.printing import pdf_of, sheet_of
from diapason.improvement.lessons.queries.telltales import standing_of
from diapason.improvement.lessons.rules.moves import MOVES
from diapason.improvement.lessons.rules.needs import Standing
from diapason.improvement.lessons.views.deeds import DEEDS, Deed, answers_offered, next_moves
from diapason.improvement.quality_events.models import QualityEvent
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused
from diapason.ui import printing, wording
from diapason.ui.languages import language_code
from diapason.ui.views import page, reads, writes


def lesson_for(request: HttpRequest, number: str) -> Lesson:
    """Return the lesson when this reader may see it; 404 for everybody else."""
    rows = Lesson.objects.visible_to(request.user).select_related("organization")
    return get_object_or_404(rows, number=number)


def _standing(lesson: Lesson) -> Standing:
    """Return what stands in a lesson; what is offered already is not looked at again."""
    return Standing(lesson.is_whole) if lesson.is_published else standing_of(lesson)


@reads
def lesson(request: HttpRequest, number: str) -> HttpResponse:
    """Show a lesson: what happened, what was learnt, what is recommended, and how it was answered."""
    one, scope = lesson_for(request, number), permissions.scope_of(request.user)
    follows, standing = permissions.follows(one, by=request.user), _standing(one)
    given = answers_to(one, scope) if one.is_published else None
    return page(
        request,
        "lessons/lesson.html",
        lesson=one,
        day=today(),
        standing=standing,
        clauses=one.clauses.select_related("clause__edition"),
        answers=given,
        own=answers_offered(given.own, request.user) if given else [],
        moves=next_moves(one, request.user, standing),
        may_write=permissions.may_write(one, by=request.user),
        follows=follows,
        sees_source=permissions.sees_source(one, by=request.user),
        of_house=permissions.is_of_house(one, by=request.user),
    )


@reads
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """Hand over the essentials on one page, as a PDF."""
    one = lesson_for(request, number)
    document = sheet_of(one, named=permissions.sees_source(one, by=request.user))
    return printing.answer(pdf_of(document), f"{one.number}-{language_code()}")


@reads
def proposing_page(request: HttpRequest) -> HttpResponse:
    """Show the form of a new lesson or good practice; with `event`, propose that event’s own."""
    house, event = _house(request, request.GET), _event(request, request.GET)
    permissions.may_propose(event.organization if event else house, by=request.user).require()
    return _form_page(request, TextForm(initial={"kind": "strength"}), house=house, event=event)


@writes
def propose(request: HttpRequest) -> HttpResponse:
    """Begin a lesson: from an event with a first text without names, or with the text that was typed."""
    event = _event(request, request.POST)
    if event is not None:
        made = proposing.propose_lesson(event=event, by=request.user, on=today())
        messages.success(request, _("The lesson is begun; nobody but your organization sees it yet."))
        return redirect(made)
    house = _house(request, request.POST)
    permissions.may_propose(house, by=request.user).require()
    form = TextForm(request.POST)
    if form.is_valid():
        made = proposing.begin_lesson(organization=house, text=form.text(), by=request.user, on=today())
        messages.success(request, _("The lesson is begun; nobody but your organization sees it yet."))
        return redirect(made)
    return _form_page(request, form, house=house, status=422)


def _house(request: HttpRequest, data: Any) -> Organization:
    """Return for whom a lesson is proposed: the organization named, else one’s own; the coordination’s network."""
    scope = permissions.scope_of(request.user)
    permissions.may_propose_somewhere(by=request.user).require()
    if scope.may("offer_lesson"):
        return Organization.objects.get(kind="network")
    rows = Organization.objects.where(scope, "answer_lesson")
    if code := data.get("organization", ""):
        return get_object_or_404(rows, code=code)
    return rows[0]


def _event(request: HttpRequest, data: Any) -> QualityEvent | None:
    number = data.get("event", "")
    if not number:
        return None
    rows = QualityEvent.objects.read_by(permissions.scope_of(request.user)).select_related(
        "organization", "place", "study"
    )
    return get_object_or_404(rows, number=number)


def _form_page(
    request: HttpRequest, form: TextForm, *, lesson: Lesson | None = None, house: Any = None, event: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    url = reverse("lessons:write", args=[lesson.number]) if lesson else reverse("lessons:propose")
    return page(
        request,
        "lessons/write.html",
        status=status,
        form=form,
        lesson=lesson,
        house=house,
        event=event,
        url=url,
    )


@reads
def writing(request: HttpRequest, number: str) -> HttpResponse:
    """Show the form of the text."""
    one = lesson_for(request, number)
    permissions.may_write(one, by=request.user).require()
    return _form_page(request, TextForm(initial=initial_of(one)), lesson=one)


@writes
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Change the text."""
    one = lesson_for(request, number)
    permissions.may_write(one, by=request.user).require()
    form = TextForm(request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"]
        proposing.write_lesson(lesson=one, text=form.text(), version=version, by=request.user, on=today())
        messages.success(request, _("The text is kept."))
        return redirect(one)
    return _form_page(request, form, lesson=one, status=422)


def _deed(name: str) -> Deed:
    if name not in DEEDS:
        raise Http404
    return DEEDS[name]


@reads
def deed(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Show the form of a move of the lesson."""
    one, wanted = lesson_for(request, number), _deed(name)
    _require(one, wanted, request.user)
    return _deed_page(request, one, wanted, wanted.form(lesson=one, on=today()))


def _require(one: Lesson, wanted: Deed, by: Any) -> None:
    """Refuse who may not; words that tell are spoken of on the form, where the answer may change that."""
    standing = Standing(one.is_whole)
    permissions.may_move(one, wanted.name, by=by, standing=standing).require()


@writes
def do(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Move the lesson along; a refusal is told in the form, nothing typed is lost."""
    one, wanted, on = lesson_for(request, number), _deed(name), today()
    _require(one, wanted, request.user)
    form = wanted.form(request.POST, lesson=one, on=on)
    if form.is_valid():
        try:
            wanted.act(lesson=one, by=request.user, on=on, **form.values())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _(wanted.done))
            still = Lesson.objects.visible_to(request.user).filter(pk=one.pk).exists()
            return redirect(one if still else reverse("lessons:lessons"))
    return _deed_page(request, one, wanted, form, status=422)


def _deed_page(request: HttpRequest, one: Lesson, wanted: Deed, form: Any, status: int = 200) -> HttpResponse:
    telltales = standing_of(one).telltales if "nothing_tells" in MOVES[wanted.name].needs else ()
    return page(
        request, "lessons/deed.html", status=status, lesson=one, title=_(wanted.label), form=form,
        lead=_(wanted.lead) if wanted.lead else "", telltales=telltales,
        whole=wanted.name in ("agree", "offer", "send"),
        url=reverse("lessons:do", args=[one.number, wanted.name]),
    )  # fmt: skip
