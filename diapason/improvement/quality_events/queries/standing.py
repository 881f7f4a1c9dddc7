"""Say what stands behind an event: what the moves and the rules of sorting need to know."""

from django.db.models import Count, Q

from diapason.context.studies.rules.vocabulary import INTERVENTIONAL_CATEGORIES, Category
from diapason.improvement.action_plan.queries import plan_of
from diapason.improvement.quality_events.models import CauseFound, Declarer, Obligation, QualityEvent, words
from diapason.improvement.quality_events.rules.needs import Standing
from diapason.improvement.quality_events.rules.sorting import Case, asks_for_other_closer


def standing_of(event: QualityEvent) -> Standing:
    """Return what stands behind an event, at the cost of four statements."""
    plan = plan_of(event.subject)
    roots = CauseFound.objects.filter(event=event, removed_on=None, is_root=True).count()
    duties = Obligation.objects.filter(event=event, met_at=None, waived_reason="").count()
    declarer = Declarer.objects.filter(event=event).values_list("person__identifier", flat=True).first()
    return Standing(
        root_causes=roots,
        has_correction=bool(event.correction.strip()),
        analysis_asked=event.analysis_asked,
        approval_asked=event.approval_asked,
        other_closer_asked=asks_for_other_closer(event.severity, event.consequence, words()),
        declared_by=declarer or "",
        plan_author=event.plan_author.identifier if event.plan_author is not None else "",
        actions=plan.actions,
        corrective=plan.corrective,
        without_criterion=plan.without_criterion,
        unfinished=plan.unfinished,
        unproven=plan.unproven,
        duties=duties,
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


def open_counts(event_ids: list[int]) -> dict[int, int]:
    """Return event key → number of duties still open outside, for the lines of a list."""
    rows = (
        QualityEvent.objects.filter(pk__in=event_ids)
        .annotate(
            duties=Count("obligations", filter=Q(obligations__met_at=None, obligations__waived_reason=""))
        )
        .values_list("pk", "duties")
    )
    return dict(rows)
