"""Find events that contradict themselves or stand still, each with the page where that is mended."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils import timezone

from diapason.audit_trail.models import Entry, EntrySubject
from diapason.context.studies.models import InvestigatorSite
from diapason.context.studies.rules.vocabulary import INTERVENTIONAL_CATEGORIES
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves as action_moves
from diapason.improvement.quality_events.models import KIND, CauseFound, Obligation, QualityEvent, words
from diapason.improvement.quality_events.permissions import scope_of
from diapason.improvement.quality_events.queries.lateness import active_actions, sorted_late, unsorted_late
from diapason.improvement.quality_events.rules import moves
from diapason.kernel.scope import EVERYWHERE
from diapason.kernel.words import message
from diapason.ui.coherence import Check, register

STILL_DAYS = 30
"""An open event of which the trail says nothing for so long stands still."""
LOOKED_BACK = 45
"""Over how many days of reports late sorting is looked for."""
PAST_YEAR = 365

Wanted = Callable[[date], Q]


def told(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """Return the three columns of a check, what stands longest first."""
    day = Coalesce(
        "reported_on", "triaged_on"
    )  # always the former: said so, no index is chosen for the order alone
    return rows.order_by(day, "number").values_list("number", "title", "organization__short_name")


def own(user: Any) -> QuerySet[QualityEvent]:
    """Return the events that the reader's houses deal with: what they can mend."""
    scope = scope_of(user)
    if scope.form_of(KIND) == "named":
        return QualityEvent.objects.all()
    held = scope.where("read_events")
    if held == EVERYWHERE:
        return QualityEvent.objects.filter(organization__kind="network")
    return QualityEvent.objects.filter(organization__in=held)


def of_events(wanted: Wanted) -> Callable[[Any, date], QuerySet[Any, Any]]:
    """Return the rows of a check: the reader's events that meet a condition."""
    return lambda user, on: told(own(user).filter(wanted(on)))


def page_of(number: str) -> str:
    """Return the page of the event."""
    return reverse("quality_events:event", args=[number])


def deed_of(name: str) -> Callable[[str], str]:
    """Return what gives the form of a deed on the event."""
    return lambda number: reverse("quality_events:deed", args=[number, name])


def _actions(**wanted: Any) -> Exists:
    return Exists(Action.objects.filter(origin_kind="quality_event", origin_key=OuterRef("number"), **wanted))


def _subject() -> Concat:
    return Concat(Value("quality_event:"), OuterRef("number"))


def standing_still(on: date) -> Q:
    """Return the condition: open, and neither it nor an action of it in hand was touched for a month."""
    since = on - timedelta(days=STILL_DAYS)
    moment = timezone.make_aware(datetime.combine(since, time.min))
    at = Entry.objects.filter(number=OuterRef("entry_number"), at__gte=moment)
    touched = Exists(EntrySubject.objects.filter(Exists(at), subject=_subject()))
    in_hand = Exists(active_actions().filter(due_on__gte=on))
    old = Q(reported_on__lt=since) & (Q(triaged_on=None) | Q(triaged_on__lt=since))
    return Q(state__in=moves.OPEN) & old & ~Q(touched) & ~Q(in_hand)


def without_cause(on: date) -> Q:
    """Return the condition: closed although causes were asked for, and none is written down."""
    roots = CauseFound.objects.filter(event=OuterRef("pk"), removed_on=None, is_root=True)
    return Q(state=moves.CLOSED, analysis_asked=True) & ~Q(Exists(roots))


def dates_turned(on: date) -> Q:
    """Return the condition: dates that cannot follow each other, or that lie in the future."""
    return (
        Q(occurred_earliest__gt=F("aware_on"))
        | Q(aware_on__gt=F("reported_on"), triaged_on=None)
        | Q(triaged_on__lt=F("reported_on"))
        | Q(closed_on__lt=F("reported_on"))
        | Q(closed_on__lt=F("triaged_on"))
        | Q(corrected_on__lt=F("occurred_earliest"))
        | Q(reported_on__gt=on)
    )


def acted_after_closing(on: date) -> Q:
    """Return the condition: closed, although an action of it was finished later or is still in hand."""
    return Q(state=moves.CLOSED) & (
        Q(Exists(active_actions())) | Q(_actions(done_on__gt=OuterRef("closed_on")))
    )


def idle_plan(on: date) -> Q:
    """Return the condition: its actions are said to be under way, yet none is planned, started or to be checked."""
    return Q(state=moves.IN_ACTION) & ~Q(Exists(active_actions())) & ~Q(_actions(state=action_moves.DONE))


def doubled(on: date) -> Q:
    """Return the condition: another open event of the same house, study, category and day is not joined to it."""
    other = QualityEvent.objects.filter(
        organization=OuterRef("organization"),
        category=OuterRef("category"),
        study=OuterRef("study"),
        occurred_earliest=OuterRef("occurred_earliest"),
        reported_on__gte=OuterRef("occurred_earliest"),
        number__lt=OuterRef("number"),
    ).exclude(state__in=(moves.MERGED, moves.DISMISSED, moves.ROUTED))
    known = Q(study__isnull=False, occurred_earliest__isnull=False) & ~Q(category="")
    return Q(state__in=(moves.REPORTED, moves.TRIAGED)) & known & Q(Exists(other))


def study_elsewhere(on: date) -> Q:
    """Return the condition: its study is neither sponsored by its house or place, nor under way there."""
    there = InvestigatorSite.objects.filter(study=OuterRef("study"), is_listed=True).filter(
        Q(organization=OuterRef("place")) | Q(organization=OuterRef("organization"))
    )
    ours = Q(study__sponsor=F("organization")) | Q(study__sponsor=F("place"))
    return Q(state__in=moves.OPEN, study__isnull=False) & ~ours & ~Q(Exists(there))


def house_closed(on: date) -> Q:
    """Return the condition: open, although the organization that deals with it has closed."""
    return Q(state__in=moves.OPEN, organization__closed_on__lte=on)


def breach_unanswered(on: date) -> Q:
    """Return the condition: serious enough for the question of a serious breach, which nobody answered."""
    known = words()
    severe = [
        one.code for one in known.sorting.severities if known.reaches(one.code, known.sorting.breach_from)
    ]
    asked = Q(study__category__in=INTERVENTIONAL_CATEGORIES, severity__in=severe, breach="")
    return asked & Q(state__in=moves.OPEN) & ~Q(triaged_on=None)


def closed_by_declarer(user: Any, on: date) -> QuerySet[Any, Any]:
    """Return serious events closed by their declarer, to those only who may know the declarer's name."""
    held = scope_of(user).where("triage_event")
    houses = Q(organization__kind="network") if held == EVERYWHERE else Q(organization__in=held)
    known = words()
    severe = [
        s.code for s in known.sorting.severities if known.reaches(s.code, known.sorting.other_closer_from)
    ]
    by_them = Entry.objects.filter(
        number=OuterRef("entry_number"), by=OuterRef(OuterRef("declarer__person__identifier"))
    )
    facts = EntrySubject.objects.alias(
        what=Coalesce("fact", Value(""))
    )  # found by their subject, not by their fact
    closing = facts.filter(Exists(by_them), subject=_subject(), what="QualityEventClosed")
    serious = Q(severity__in=severe) | Q(consequence=QualityEvent.Consequence.SERIOUS)
    rows = QualityEvent.objects.filter(houses, serious, state=moves.CLOSED, declarer__isnull=False)
    return told(rows.filter(Exists(closing)))


def clocks_missed(user: Any, on: date) -> QuerySet[Any, Any]:
    """Return events with something to be done outside whose time is over, and nobody says that it was done."""
    now = timezone.make_aware(datetime.combine(on, time.min))
    late = Obligation.objects.filter(event=OuterRef("pk"), met_at=None, waived_reason="", due_at__lt=now)
    return told(own(user).filter(Exists(late)))


def duties_met_late(user: Any, on: date) -> QuerySet[Any, Any]:
    """Return events of the past year with something done outside after its time."""
    late = Obligation.objects.filter(event=OuterRef("pk"), met_at__gt=F("due_at"))
    recent = Q(reported_on__gte=on - timedelta(days=PAST_YEAR))
    return told(own(user).filter(recent, Exists(late)))


def without_criterion(user: Any, on: date) -> QuerySet[Any, Any]:
    """Return actions in hand whose effectiveness will be checked, but by nothing that was fixed beforehand."""
    rows = Action.objects.of_houses(scope_of(user)).filter(
        kind__in=action_moves.CHECKED_KINDS, criterion_kind="", state__in=action_moves.ACTIVE
    )
    return rows.order_by("due_on", "number").values_list("number", "title", "organization__short_name")


def action_of(number: str) -> str:
    """Return the page of the action."""
    return reverse("action_plan:action", args=[number])


EVENT_CHECKS = (
    Check("clocks_missed", message("Something to be done outside is late"),
          message("Regulatory clocks run on; say when it was done, or why it is not needed."), clocks_missed, page_of),
    Check("event_waiting", message("Reports that wait for sorting beyond the days of the house"),
          message("A report that nobody answers is the last one of its declarer."),
          of_events(unsorted_late), deed_of("triage")),
    Check("event_still", message("Open events that nothing has moved for 30 days"),
          message("Either something is missing, or they can be closed."), of_events(standing_still), page_of),
    Check("breach_unanswered", message("The question of a serious breach is not answered"),
          message("From this severity on the answer is kept with its reason."),
          of_events(breach_unanswered), deed_of("breach")),
    Check("action_without_criterion", message("Corrective actions without a criterion of effectiveness"),
          message("The criterion is fixed before the action starts; else nothing is proven."),
          without_criterion, action_of),
    Check("plan_idle", message("Actions are said to be under way, but none is"),
          message("Confirm the effectiveness, plan something else, or look for the causes again."),
          of_events(idle_plan), page_of),
    Check("event_doubled", message("Probably reported twice: same study, category and day"),
          message("Join them, so that the same thing counts once."), of_events(doubled), deed_of("merge")),
    Check("event_study_elsewhere", message("The study is neither sponsored nor under way at this organization"),
          message("Either the study or the organization is mistaken."), of_events(study_elsewhere), page_of),
    Check("event_dates", message("Dates in an order that cannot be"),
          message("What happened comes before what is known of it, and that before sorting and closing."),
          of_events(dates_turned), page_of),
    Check("event_without_conclusion", message("Closed without a conclusion"),
          message("The conclusion is what the next reader looks for."),
          of_events(lambda on: Q(state=moves.CLOSED, conclusion="")), page_of),
    Check("event_without_cause", message("Closed without the causes that its severity asks for"),
          message("Without a cause nothing says that it will not come back."), of_events(without_cause), page_of),
    Check("action_after_closing", message("Closed before its actions were finished"),
          message("Closing says that everything was done and worked."), of_events(acted_after_closing), page_of),
    Check("closed_by_declarer", message("Serious, and closed by the person who reported it"),
          message("An event this serious is closed by somebody else."), closed_by_declarer, page_of),
    Check("event_house_closed", message("Open at an organization that has closed"),
          message("Whoever took over its work takes over its events."), of_events(house_closed), page_of),
    Check("sorted_late", message("Sorted after the days of the house, in the last 45 days"),
          message("Nothing to mend in the record; the delay is the thing to look at."),
          of_events(lambda on: sorted_late(on, days=LOOKED_BACK)), page_of),
    Check("duties_late", message("Done outside, but after its time"),
          message("Nothing to mend in the record; say in the conclusion why."), duties_met_late, page_of),
)  # fmt: skip


def register_checks() -> None:
    """Give the checks of this chapter to the page that runs them all."""
    for check in EVENT_CHECKS:
        register(check)
