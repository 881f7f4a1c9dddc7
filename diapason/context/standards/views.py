"""Show standards, editions and clauses, and load the catalogue."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.context.standards import acts, queries
from diapason.context.standards.models import Clause, ClauseLink
from diapason.context.standards.permissions import may_load_catalogue
from diapason.context.standards.rules.reading import read_catalogue
from diapason.context.standards.rules.records import records_of
from diapason.kernel import clock
from diapason.ui import panels
from diapason.ui.asking import answer_to, answered, side_by_side
from diapason.ui.views import page, reads, writes


@reads
def standards(request: HttpRequest) -> HttpResponse:
    """Show the standards and their editions."""
    return page(
        request,
        "standards/list.html",
        editions=queries.editions_with_counts(),
        may_load=may_load_catalogue(by=request.user),
    )


@reads
def edition(request: HttpRequest, code: str) -> HttpResponse:
    """Show the clause tree of an edition."""
    shown = get_object_or_404(queries.editions_in_use().select_related("transition_from"), code=code)
    clauses, amendments, followers, linked, given = answered(
        side_by_side(
            answer_to(shown.clauses.in_use()),
            answer_to(shown.amendments.in_use()),
            answer_to(queries.editions_in_use().filter(transition_from=shown)),
            answer_to(queries.linked_editions(shown)),
            panels.collecting("edition", request, shown),
        )
    )
    return page(
        request,
        "standards/edition.html",
        edition=shown,
        chapters=queries.chapters_of(clauses),
        assessable=sum(one.assessable for one in clauses),
        amendments=amendments,
        linked_editions=linked,
        followers=followers,
        panels=given,
    )


@reads
def clause(request: HttpRequest, key: str) -> HttpResponse:
    """Show one clause: question, expected evidence, correspondences and what organizations answer."""
    code, _slash, number = key.partition("/")
    shown = get_object_or_404(
        Clause.objects.select_related("edition__standard"), edition__code=code, number=number
    )
    asked = shown.edition.clauses.in_use(), queries.links_of(shown), queries.changes_of(shown)
    own = panels.collecting("clause", request, shown)
    around, links, changes, given = answered(side_by_side(*map(answer_to, asked), own))
    previous, following = queries.neighbours(shown, around)
    return page(
        request,
        "standards/clause.html",
        clause=shown,
        above=queries.ancestors_of(shown, around),
        below=[one for one in around if one.parent_number == shown.number],
        previous=previous,
        following=following,
        correspondences=queries.correspondences(shown, links),
        changes=[one for one in changes if one.nature != "unchanged"],
        panels=given,
    )


@reads
def correspondence(request: HttpRequest, code: str) -> HttpResponse:
    """Show the table of correspondence of an edition with another one, read from its own side."""
    shown = get_object_or_404(queries.editions_in_use(), code=code)
    rows = queries.correspondence_table(shown)
    return page(
        request, "standards/correspondence.html", edition=shown, rows=rows, kinds=ClauseLink.Kind.choices
    )


@reads
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """Show what changes, clause by clause, from the former edition to this one."""
    shown = get_object_or_404(queries.editions_in_use().select_related("transition_from"), code=code)
    if shown.transition_from is None:
        raise Http404
    rows = list(queries.changes_between(shown.transition_from, shown))
    work, read_again = (
        [one for one in rows if one.is_work],
        [one for one in rows if one.nature == "clarified"],
    )
    return page(
        request,
        "standards/changes.html",
        edition=shown,
        work=work,
        read_again=read_again,
        groups=[(_("To work on"), work), (_("To read again"), read_again)],
        unchanged=[one for one in rows if one.nature == "unchanged"],
    )


@reads
def loading(request: HttpRequest) -> HttpResponse:
    """Show what a loading of the catalogue would do; nothing is written."""
    verdict = may_load_catalogue(by=request.user)
    verdict.require()
    catalogue = read_catalogue(catalogue_folder())
    plan = None if catalogue.problems else queries.loading_plan(records_of(catalogue))
    return page(
        request,
        "standards/loading.html",
        plan=plan,
        problems=catalogue.problems,
        verdict=verdict,
        **_labels(plan),
    )


@writes
def load(request: HttpRequest) -> HttpResponse:
    """Load the catalogue as it was previewed."""
    plan = acts.load_standards(
        catalogue=read_catalogue(catalogue_folder()),
        by=request.user,
        on=clock.today(),
        previewed=request.POST.get("previewed") or "not previewed",
    )
    written = sum(plan.counts[name] for name in ("added", "changed", "withdrawn", "restored"))
    messages.success(
        request,
        ngettext(
            "Catalogue loaded: %(count)s record written.",
            "Catalogue loaded: %(count)s records written.",
            written,
        )
        % {"count": written},
    )
    return redirect("standards:list")


def catalogue_folder() -> Any:
    """Return the folder of the catalogue of standards."""
    return settings.DIAPASON["catalogue"] / "standards"


def _labels(plan: Any) -> dict[str, Any]:
    """Return the names of the kinds of record and of their fields, for the preview."""
    if plan is None:
        return {}
    names = {
        "standard": _("Standards"),
        "edition": _("Editions"),
        "amendment": _("Amendments"),
        "clause": _("Clauses"),
        "link": _("Correspondences"),
        "change": _("Changes between editions"),
    }
    return {"sections": [(names[section.kind], section) for section in plan.sections]}
