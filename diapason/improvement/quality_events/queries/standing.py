"""Say what stands behind an event: what the moves and the rules of sorting need to know."""

from dataclasses import replace
from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from diapason.context.studies.rules.vocabulary import INTERVENTIONAL_CATEGORIES, Category
from diapason.improvement.action_plan.queries import plan_of
from diapason.improvement.action_plan.rules.moves import CORRECTION
from diapason.improvement.quality_events.models import CauseFound, Declarer, Obligation, QualityEvent, words
from diapason.improvement.quality_events.queries.spans import Gathered, tokens
from diapason.improvement.quality_events.rules.moves import ENDED, IN_ACTION
from diapason.improvement.quality_events.rules.needs import Standing
from diapason.improvement.quality_events.rules.sorting import SPONSOR, Case, asks_for_other_closer, owner_of
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message
from diapason.ui.asking import Asking, answer_to, asks, side_by_side


def _counted(rows: "QuerySet[Any]") -> Subquery:
    """Return the number of those rows about the event, as a part of its own statement."""
    return Subquery(
        rows.filter(event=OuterRef("pk")).order_by().values("event").annotate(n=Count("pk")).values("n")
    )


_JOINED = Declarer.objects.filter(event__duplicate_of=OuterRef("pk")).order_by().values("event__duplicate_of")
"""Who declared the events that were joined to this one."""
_BEHIND = (
    _counted(CauseFound.objects.filter(removed_on=None, is_root=True)),
    _counted(Obligation.objects.filter(met_at=None, waived_reason="")),
    F("declarer__person__identifier"),
    Subquery(_JOINED.annotate(who=Gathered("person__identifier")).values("who")),
    F("plan_author__identifier"),
)


@asks
def standing_of(event: QualityEvent) -> Asking[Standing]:
    """Return what stands behind an event, its plan included: one round of questions."""
    behind = QualityEvent.objects.filter(pk=event.pk).values_list(*_BEHIND)
    plan, ((roots, duties, declarer, joined, author),) = yield from side_by_side(
        plan_of.asking(event.subject), answer_to(behind)
    )
    return Standing(
        root_causes=roots or 0,
        has_correction=bool(event.correction.strip()),
        analysis_asked=event.analysis_asked,
        approval_asked=event.approval_asked,
        other_closer_asked=asks_for_other_closer(event.severity, event.consequence, words()),
        declared_by=tuple(filter(None, (declarer, *tokens(joined)))),
        plan_author=author or "",
        actions=plan.actions,
        corrective=plan.corrective,
        without_criterion=plan.without_criterion,
        unfinished=plan.unfinished,
        unproven=plan.unproven,
        duties=duties or 0,
    )


def case_of(event: QualityEvent) -> Case:
    """Return the event as the rules of sorting want it; the study is loaded when there is one."""
    study = event.study
    return Case(
        kind=event.kind,
        category=event.category,
        severity=event.severity,
        has_study=study is not None,
        is_interventional=study is not None and study.category in INTERVENTIONAL_CATEGORIES,
        under_ctr=study is not None and study.category == Category.CTR,
        sponsored_by_member=study is not None and study.sponsor_id is not None,
        sponsored_here=study is not None and study.sponsor_id == event.organization_id,
        repeated=event.repeated,
    )


def owner_by_rules(event: QualityEvent, **decided: Any) -> int:
    """Return the key of the organization that deals with an event, as the rules of the catalogue say: place or sponsor.

    `decided`: what is being decided of it (kind, category, severity, repeated).
    """
    case = replace(case_of(event), **decided)
    if (
        owner_of(case, words().sorting.owners) == SPONSOR
        and event.study is not None
        and event.study.sponsor_id
    ):
        return int(event.study.sponsor_id)
    return int(event.place_id)


def may_action_be_planned(number: str) -> Verdict:
    """Tell whether an action may be planned for that event: it is not ended."""
    state = QualityEvent.objects.filter(number=number).values_list("state", flat=True).first()
    if state in ENDED:
        return Verdict.no(message("The event is ended: reopen it first."))
    return Verdict.yes()


def may_action_start(number: str, action_kind: str) -> Verdict:
    """Tell whether an action of that event may start: a correction at once, any other with its plan."""
    if action_kind == CORRECTION:
        return Verdict.yes()
    state = QualityEvent.objects.filter(number=number).values_list("state", flat=True).first()
    if state in (IN_ACTION, None):
        return Verdict.yes()
    return Verdict.no(message("The plan of %(number)s is not started or approved yet."), number=number)
