"""List the lessons, and show who answered what as far as the visibility charter goes."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.network.rules import sort_key
from diapason.improvement.lessons import permissions
from diapason.improvement.lessons.models import Lesson, LessonAnswer, LessonClause
from diapason.improvement.lessons.queries.answers import Summary, board_of, figures_of, own_answers
from diapason.improvement.lessons.rules import answers, moves
from diapason.improvement.quality_events.models import words
from diapason.improvement.quality_events.models.events import said
from diapason.kernel.clock import today
from diapason.kernel.words import message
from diapason.ui import wording
from diapason.ui.listing import Column, Filter, Listing
from diapason.ui.panels import Tile
from diapason.ui.views import page, reads

COLUMNS = [
    Column(message("Number"), "number"),
    Column(message("Kind"), "get_kind_display"),
    Column(message("Title"), "title"),
    Column(message("What happened"), "what_happened"),
    Column(message("What we learnt"), "what_learnt"),
    Column(message("What is recommended"), "recommended"),
    Column(message("Categories"), lambda row: ", ".join(row.category_names)),
    Column(message("Causes"), lambda row: ", ".join(row.cause_names)),
    Column(message("Useful to"), lambda row: ", ".join(row.audience_names)),
    Column(message("Offered on"), "offered_on"),
    Column(message("State"), "state_name"),
    Column(message("Our answer"), lambda row: ", ".join(one.state_name for one in row.ours)),
]


@reads
def lessons(request: HttpRequest) -> HttpResponse:
    """List the lessons that this reader may see, the latest first, with the answer of the own organization."""
    permissions.may_read(by=request.user).require()
    scope = permissions.scope_of(request.user)
    ours = Prefetch("answers", own_answers(scope.organizations), to_attr="ours")
    rows: Any = Lesson.objects.visible_to(request.user).prefetch_related(ours)
    listing = Listing(
        request, rows, order=("-proposed_on", "-number"), filters=_filters(scope), columns=COLUMNS
    )
    offered, summary = figures_of(scope)
    return page(
        request,
        "lessons/lessons.html",
        listing=listing,
        day=today(),
        tiles=tiles_of(offered, summary),
        may_propose=permissions.may_propose_somewhere(by=request.user),
        has_house=bool(scope.organizations),
    )


def tiles_of(offered: int, summary: Summary) -> list[Tile]:
    """Return the figures of all organizations together: never one beside another."""
    board = reverse("lessons:board")
    tiles = [
        Tile(
            wording.figure(offered),
            _offered(offered),
            reverse("lessons:lessons"),
        ),
        Tile(wording.figure(summary.answered), _("answers received"), board, wording.figure(summary.asked)),
    ]
    if summary.share_adopted is not None:
        tiles.append(Tile(wording.share(summary.share_adopted, 0), _("of the answers adopt"), board))
    if summary.days is not None:
        label = ngettext("day to answer (median)", "days to answer (median)", summary.days)
        tiles.append(Tile(wording.figure(summary.days), label, board))
    return tiles


def _offered(number: int) -> str:
    return ngettext("lesson offered", "lessons offered", number)


def _filters(scope: Any) -> list[Filter]:
    known = words()
    states = [(code, _(name)) for code, name in moves.STATES.items()]
    filters = [
        Filter("text", message("Words"), apply=_with_words),
        Filter("kind", message("Kind"), "kind", [(code, str(name)) for code, name in Lesson.Kind.choices]),
        Filter("category", message("Category"), choices=_named(known.categories), apply=_with_code("categories")),
        Filter("cause", message("Cause"), choices=_named(known.causes), apply=_with_code("causes")),
        Filter("clause", message("Clause"), apply=_with_clause),
        Filter("use", message("Useful to"), choices=[("sponsors", _("sponsors")),
               ("investigators", _("investigator centres"))], apply=_useful_to),
        Filter("state", message("State"), "state", states),
    ]  # fmt: skip
    if scope.organizations:
        given = [(code, _(name)) for code, name in answers.STATES.items()]
        filters.append(Filter("ours", message("Our answer"), choices=given, apply=_answered_by(scope)))
    return filters


def _named(items: Any) -> list[tuple[str, str]]:
    return [(code, said(one.name)) for code, one in items.items()]


def _with_words(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(search_key__contains=sort_key(value))


def _with_code(name: str) -> Any:
    return lambda rows, value: rows.filter(**{f"{name}__contains": f" {value} "})


def _with_clause(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    touched = LessonClause.objects.filter(lesson=OuterRef("pk"), clause__number=value)
    return rows.filter(Exists(touched))


def _useful_to(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(**{f"for_{value}": True})


def _answered_by(scope: Any) -> Any:
    def narrow(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
        given = LessonAnswer.objects.filter(lesson=OuterRef("pk"), organization__in=scope.organizations)
        return rows.filter(Exists(given.filter(state=value)))

    return narrow


MOST_SKIPPED = 100_000
"""Where the last page of the board may begin: far beyond what there will be, and a number that every database takes."""


@reads
def board(request: HttpRequest) -> HttpResponse:
    """Show lessons × organizations: answers named or counted, as the visibility charter says."""
    permissions.may_read(by=request.user).require()
    begin = request.GET.get("from", "")
    skip = min(int(begin), MOST_SKIPPED) if begin.isdecimal() else 0
    scope = permissions.scope_of(request.user)
    found = board_of(Lesson.objects.visible_to(request.user), scope, skip=skip)
    return page(
        request,
        "lessons/board.html",
        board=found,
        columns=_columns(found),
        rows=_rows(found) if found.is_named else [],
    )


def _columns(found: Any) -> list[dict[str, str]]:
    return [{"label": house.code, "title": house.short_name} for house in found.columns]


def _rows(found: Any) -> list[dict[str, Any]]:
    day = today()
    return [
        {"label": line.lesson.title, "url": line.lesson.get_absolute_url(),
         "cells": [_cell(one, line.lesson, house, day) for one, house in zip(line.cells, found.columns, strict=True)]}
        for line in found.lines
    ]  # fmt: skip


def _cell(answer: LessonAnswer | None, lesson: Lesson, house: Any, day: Any) -> dict[str, str]:
    if answer is None:
        return {"kind": "", "label": ""}
    late = answer.is_late(on=day)
    label = f"{house.short_name} : {answer.state_name}" + (f" ({_('late')})" if late else "")
    return {"kind": "bad" if late else answer.state_look, "label": label, "url": lesson.get_absolute_url()}
