"""Show the programmes, one programme, and the timeline of the certificates."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from diapason.certification.certificates.permissions import scope_of
from diapason.certification.certificates.queries.register import register_of
from diapason.certification.certificates.queries.sentences import answer_sentence
from diapason.certification.programme import permissions
from diapason.certification.programme.charts.timeline import chart_of
from diapason.certification.programme.models import Experience, Mentoring, Programme
from diapason.certification.programme.queries import progress, story
from diapason.certification.readiness.models import KIND
from diapason.certification.readiness.queries.boards import TransitionBoard, transition_board
from diapason.context.network.queries import members_of
from diapason.kernel.clock import today
from diapason.ui.asking import Asking, answered, side_by_side
from diapason.ui.views import page, reads


@reads
def programmes(request: HttpRequest) -> HttpResponse:
    """Open the only programme, or show all of them."""
    found = list(Programme.objects.select_related("from_edition", "to_edition"))
    if len(found) == 1:
        return redirect(found[0])
    return page(
        request,
        "programme/list.html",
        programmes=found,
        may_lead=permissions.may_lead_programme(by=request.user),
    )


@reads
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Show a programme: how far, when, who passes what on."""
    found = get_object_or_404(Programme.objects.select_related("from_edition", "to_edition"), code=code)
    on = today()
    register = register_of(request)
    board, transition, around = answered(
        side_by_side(
            progress.board.asking(found, register, scope_of(request.user), on),
            _transition(request, found, on),
            _around(request, found),
        )
    )
    return page(
        request,
        "programme/detail.html",
        programme=found,
        board=board,
        chart=chart_of(register, found, on) if not found.is_edition_change else None,
        transition=transition,
        gaps={line.organization.code: line for line in transition.lines} if transition else {},
        today=on,
        **around,
        may_lead=permissions.may_lead_programme(by=request.user),
        may_share=permissions.may_share_somewhere(by=request.user),
    )


def _around(request: HttpRequest, found: Programme) -> Asking[dict[str, Any]]:
    """Return who supports a programme, the other ones, and what is shared and accompanied within it."""
    shared = Experience.objects.visible_to(request.user).filter(programme=found)
    mentorings = Mentoring.objects.visible_to(request.user).filter(programme=found)
    partners, others, experiences, helped = yield [
        found.partners.select_related("partner"),
        Programme.objects.exclude(pk=found.pk),
        shared.select_related("from_organization", "to_wave"),
        mentorings.select_related("mentor", "candidate"),
    ]
    return {"partners": partners, "others": others, "experiences": experiences, "mentorings": helped}


def _transition(request: HttpRequest, found: Programme, on: date) -> Asking[TransitionBoard | None]:
    """Return the gaps of a change of edition, of the organizations this reader may see by name."""
    if not found.is_edition_change or found.from_edition is None or found.to_edition is None:
        return None
    scope = scope_of(request.user)
    named = [one for one in members_of(request) if scope.sees(one.pk, KIND)]
    board = yield from transition_board.asking(
        found.from_edition, found.to_edition, on, deadline=found.limit_on, organizations=named
    )
    return board


@reads
def timeline(request: HttpRequest) -> HttpResponse:
    """Show who has been certified since when, and where only a bound is known."""
    on = today()
    register = register_of(request)
    main = story.main_programme()
    told = story.told(register, main, on)
    return page(
        request,
        "programme/timeline.html",
        story=told,
        programme=main,
        chart=chart_of(register, main, on),
        sentence=answer_sentence(told.answer, len(register.members)),
        today=on,
    )
