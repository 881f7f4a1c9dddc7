"""Take down what an organization answers to a lesson."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.models import LessonAnswer
from diapason.improvement.lessons.views.deeds import ANSWERS, Deed
from diapason.kernel.clock import today
from diapason.kernel.verdicts import Refused
from diapason.ui import wording
from diapason.ui.views import page, reads, writes


def _answer(request: HttpRequest, key: str) -> LessonAnswer:
    number, _dot, code = key.partition(".")
    rows = LessonAnswer.objects.visible_to(request.user).select_related(
        "lesson__organization", "organization", "action"
    )
    return get_object_or_404(rows, lesson__number=number, organization__code=code)


def _deed(name: str) -> Deed:
    if name not in ANSWERS:
        raise Http404
    return ANSWERS[name]


@reads
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Show the answer of an organization with its story."""
    one = _answer(request, key)
    return page(request, "lessons/answer.html", answer=one, lesson=one.lesson, day=today())


@reads
def answering(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Show the form of an answer."""
    one, wanted = _answer(request, key), _deed(name)
    permissions.may_answer(one, name, by=request.user).require()
    return _answer_page(request, one, wanted, wanted.form(answer=one, on=today()))


@writes
def give(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """Answer for the organization; a refusal is told in the form, nothing typed is lost."""
    one, wanted, on = _answer(request, key), _deed(name), today()
    permissions.may_answer(one, name, by=request.user).require()
    form = wanted.form(request.POST, answer=one, on=on)
    if form.is_valid():
        try:
            wanted.act(answer=one, by=request.user, on=on, **form.values())
        except Refused as refusal:
            form.add_error(None, wording.reason_text(refusal.verdict))
        else:
            messages.success(request, _(wanted.done))
            return redirect(one.lesson)
    return _answer_page(request, one, wanted, form, status=422)


def _answer_page(
    request: HttpRequest, one: LessonAnswer, wanted: Deed, form: Any, status: int = 200
) -> HttpResponse:
    return page(
        request, "lessons/answering.html", status=status, answer=one, lesson=one.lesson, form=form,
        title=_(wanted.label), lead=_(wanted.lead) if wanted.lead else "",
        url=reverse("lessons:give", args=[one.key, wanted.name]),
    )  # fmt: skip
