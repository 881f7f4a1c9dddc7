"""Let hypothesis try any sequence of acts on events and actions; whatever is permitted keeps the promises of the loop.

No event is closed without its required records, clocks never run backwards, and the trail replays to the same state.
"""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from diapason.audit_trail import replay
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.improvement.action_plan import jobs
from diapason.improvement.action_plan.acts import carrying, planning
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules import moves as action_moves
from diapason.improvement.quality_events.acts import analysis, closing, obligations, reporting, triage
from diapason.improvement.quality_events.models import CauseFound, Declarer, Obligation, QualityEvent, words
from diapason.improvement.quality_events.rules import moves
from diapason.improvement.quality_events.rules.sorting import asks_for_other_closer
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FIRST = date(2024, 1, 8)
WHO = ("staff", "manager", "second", "owner", "elsewhere")
CHANNELS = ("care", "adverse_event", "data_leak", "elsewhere")
TOLD = {"done": 0, "refused": 0, "closed": 0}
who_acts = st.sampled_from(WHO)
severities = st.sampled_from(("minor", "major", "critical"))
kinds = st.sampled_from(("nonconformity", "complaint", "suggestion", "strength"))


class Loop(RuleBasedStateMachine):
    """Report, sort, analyse, plan, carry out, check, close, reopen: by anybody, in any order, on days that pass."""

    people: Any = None
    place: Any = None
    events = Bundle("events")
    actions = Bundle("actions")

    def __init__(self) -> None:
        self.stage = transaction.atomic()
        self.stage.__enter__()
        self.on, self.done, self.refused, self.closed = FIRST, 0, 0, 0
        super().__init__()

    @initialize(target=events, by=who_acts)
    def begin(self, by: str) -> Any:
        """Start on the first day with one report."""
        return self.report_by(by if by != "elsewhere" else "staff", "annoying", 3, 1)

    def attempt(self, act: Callable[..., Any], **values: Any) -> Any:
        """Do something; a refusal or a conflict changes nothing, which is checked."""
        before = Entry.objects.count()
        try:
            found = act(**values)
        except (Refused, Conflict):
            assert Entry.objects.count() == before, "a refused act left a trace"
            self.refused += 1
            return None
        self.done += 1
        return found

    def account(self, who: str) -> Any:
        """Return an account of the stage."""
        return getattr(self.people, who)

    def at(self) -> datetime:
        """Return noon of the present day."""
        return datetime.combine(self.on, time(12), UTC)

    def report_by(self, by: str, consequence: str, occurred: int, aware: int) -> Any:
        """Report what happened and was known so many days before; return the number of the event."""
        report = reporting.Report(
            "Consentement signé en V3. La V4 valait.", consequence, self.place,
            occurred=PartialDate.day(self.on - timedelta(days=occurred)), aware_on=self.on - timedelta(days=aware),
        )  # fmt: skip
        event = self.attempt(
            reporting.report_event, report=report, by=self.account(by), at=self.at(), on=self.on
        )
        return event.number if event else multiple()

    @rule(days=st.integers(1, 70))
    def days_pass(self, days: int) -> None:
        """Let days pass."""
        self.on += timedelta(days=days)

    @rule(
        target=events,
        by=who_acts,
        consequence=st.sampled_from(("none", "annoying", "serious")),
        occurred=st.integers(-1, 40),
        aware=st.integers(-1, 20),
    )
    def report(self, by: str, consequence: str, occurred: int, aware: int) -> Any:
        """Report something, also with days that cannot be."""
        return self.report_by(by, consequence, occurred, aware)

    @rule(number=events, by=who_acts, kind=kinds, severity=severities, aware=st.none() | st.integers(-1, 60))
    def sort(self, number: str, by: str, kind: str, severity: str, aware: int | None = None) -> None:
        """Sort an event; sometimes the day on which one was aware of it is corrected."""
        known = None if aware is None else self.on - timedelta(days=aware)
        decision = triage.Sorted(kind, severity, "Parce que.", self.place, category="consent", aware_on=known)
        self.attempt(triage.triage_event, event=self.event(number), decision=decision, version=None,
                     by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=events, by=who_acts, severity=severities)
    def sort_again(self, number: str, by: str, severity: str) -> None:
        """Correct the severity of an event, whatever has begun."""
        decision = triage.Sorted("nonconformity", severity, "Revu.", self.place, category="consent")
        self.attempt(triage.rectify_event, event=self.event(number), decision=decision, reason="Revu.",
                     version=None, by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=actions, by=who_acts, days=st.integers(1, 200))
    def give_more_time(self, number: str, by: str, days: int) -> None:
        """Ask for more time and grant it at once."""
        action = self.action(number)
        asked = self.attempt(planning.ask_extension, action=action, to_day=action.due_on + timedelta(days=days),
                             reason="Travaux.", by=self.account(by), on=self.on)  # fmt: skip
        if asked is not None:
            self.attempt(planning.decide_extension, extension=asked, granted=True, decision="", version=None,
                         by=self.account("manager"), on=self.on)  # fmt: skip

    @rule()
    def give_back_what_was_handed_over(self) -> None:
        """Let the morning's routine end the stand-ins whose day has passed."""
        jobs.give_back(on=self.on)

    @rule(number=events, by=who_acts, move=st.sampled_from(("dismiss_event", "take_back_event")))
    def put_aside_or_take_back(self, number: str, by: str, move: str) -> None:
        """Take no further action on an event, or sort it after all."""
        self.attempt(getattr(triage, move), event=self.event(number), reason="Motif.", version=None,
                     by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=events, by=who_acts, channel=st.sampled_from(sorted(CHANNELS)))
    def send_elsewhere(self, number: str, by: str, channel: str) -> None:
        """Have an event dealt with elsewhere, which opens what is to be done outside."""
        self.attempt(triage.route_event, event=self.event(number), channel=channel, external_number="X-1",
                     version=None, by=self.account(by), at=self.at())  # fmt: skip

    @rule(number=events, other=events, by=who_acts)
    def join(self, number: str, other: str, by: str) -> None:
        """Join an event to another."""
        self.attempt(triage.merge_event, event=self.event(number), into=self.event(other), version=None,
                     by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=events, by=who_acts, channel=st.sampled_from(sorted(CHANNELS)))
    def answer_the_questions(self, number: str, by: str, channel: str) -> None:
        """Answer the four questions about a report, which opens what is to be done outside."""
        self.attempt(reporting.answer_routing, event=self.event(number), channel=channel, external_number="",
                     by=self.account(by), at=self.at())  # fmt: skip

    @rule(number=events, by=who_acts, is_root=st.booleans())
    def write_causes(self, number: str, by: str, is_root: bool) -> None:
        """Write down causes."""
        whys = [analysis.Why("L’armoire", "material"), analysis.Why("Personne", "management", parent=0,
                cause="information" if is_root else "", is_root=is_root)]  # fmt: skip
        self.attempt(analysis.record_causes, event=self.event(number), method="five_whys", analysis="", whys=whys,
                     version=None, by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=events, by=who_acts)
    def correct(self, number: str, by: str) -> None:
        """Write down what was done at once."""
        self.attempt(analysis.record_correction, event=self.event(number), correction="Signé à nouveau.",
                     corrected_on=self.on, version=None, by=self.account(by), on=self.on)  # fmt: skip

    @rule(
        number=events,
        by=who_acts,
        act=st.sampled_from(
            ("confirm_causes", "submit_plan", "start_plan", "approve_plan", "confirm_effectiveness")
        ),
    )
    def advance(self, number: str, by: str, act: str) -> None:
        """Make one of the moves that only ask for what stands behind the event."""
        made = getattr(analysis, act, None) or getattr(closing, act)
        self.attempt(made, event=self.event(number), version=None, by=self.account(by), on=self.on)

    @rule(number=events, by=who_acts, act=st.sampled_from(("refuse_plan", "reopen_event")))
    def send_back(self, number: str, by: str, act: str) -> None:
        """Send a plan back, or open a closed event again."""
        self.attempt(getattr(closing, act), event=self.event(number), reason="Motif.", version=None,
                     by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=events, by=who_acts)
    def close(self, number: str, by: str) -> None:
        """Close an event, by whichever of its two moves; what closing asks for is read from the rows themselves."""
        event = self.event(number)
        closed = self.attempt(closing.close_event, event=event, conclusion="Fini.", helps_others=False, version=None,
                              by=self.account(by), on=self.on)  # fmt: skip
        if closed is None:
            return
        self.closed += 1
        rows = Action.objects.filter(origin_key=number).exclude(state__in=("cancelled", "not_effective"))
        checked = rows.filter(kind__in=action_moves.CHECKED_KINDS)
        assert not checked.exclude(state="effective").exists()
        assert not rows.filter(state__in=action_moves.ACTIVE).exists()
        assert checked.exists() or not event.analysis_asked
        if asks_for_other_closer(event.severity, event.consequence, words()):
            declared = Declarer.objects.filter(event=event, person=self.account(by).person)
            assert not declared.exists(), "closed by its declarer"

    @rule(
        target=actions,
        number=events,
        by=who_acts,
        kind=st.sampled_from(tuple(action_moves.KINDS)),
        fixed=st.booleans(),
        owner=who_acts,
    )
    def plan(self, number: str, by: str, kind: str, fixed: bool, owner: str) -> Any:
        """Plan an action of an event."""
        criterion = planning.Criterion(
            "recurrence", "< 3", self.on + timedelta(days=60), None, "<", Decimal(3), 3
        )
        draft = planning.Draft(self.place, kind, "Armoire unique", self.on + timedelta(days=30),
                               self.account(owner).person, origin=self.event(number).subject,
                               criterion=criterion if fixed else None)  # fmt: skip
        made = self.attempt(planning.open_action, draft=draft, by=self.account(by), on=self.on)
        return made.number if made else multiple()

    @rule(number=actions, by=who_acts)
    def start(self, number: str, by: str) -> None:
        """Start an action."""
        self.attempt(
            carrying.start_action, action=self.action(number), version=None, by=self.account(by), on=self.on
        )

    @rule(number=actions, by=who_acts)
    def finish(self, number: str, by: str) -> None:
        """Say that an action is done."""
        self.attempt(carrying.finish_action, action=self.action(number), result="Fait.", evidence="", version=None,
                     by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=actions, by=who_acts, effective=st.booleans())
    def judge(self, number: str, by: str, effective: bool) -> None:
        """Check the effectiveness of an action."""
        self.attempt(carrying.check_effectiveness, action=self.action(number), effective=effective, comment="Vu.",
                     figures=[], version=None, by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=actions, by=who_acts, to=who_acts)
    def change_owner(self, number: str, by: str, to: str) -> None:
        """Let somebody else carry an action from now on, whatever became of it."""
        self.attempt(planning.amend_action, action=self.action(number), reason="Départ.", version=None,
                     by=self.account(by), on=self.on, owner=self.account(to).person)  # fmt: skip

    @rule(number=actions, by=who_acts, to=who_acts)
    def hand_over(self, number: str, by: str, to: str) -> None:
        """Hand an action over for a week."""
        self.attempt(planning.delegate_action, action=self.action(number), to=self.account(to).person,
                     until=self.on + timedelta(days=7), version=None, by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=actions, by=who_acts, act=st.sampled_from(("cancel_action", "resume_action")))
    def give_up_or_resume(self, number: str, by: str, act: str) -> None:
        """Give an action up, or take one up again."""
        self.attempt(getattr(carrying, act), action=self.action(number), reason="Motif.", version=None,
                     by=self.account(by), on=self.on)  # fmt: skip

    @rule(number=events, by=who_acts)
    def settle_outside(self, number: str, by: str) -> None:
        """Say that the first thing to be done outside is done."""
        duty = Obligation.objects.filter(event__number=number, met_at=None, waived_reason="").first()
        if duty is not None:
            duty.event = self.event(number)
            self.attempt(obligations.meet_obligation, obligation=duty, met_at=self.at(), reference="R-1",
                         version=None, by=self.account(by), at=self.at())  # fmt: skip

    @rule(target=events, severity=severities, worked=st.booleans())
    def walk_the_way_of_a_good_house(self, severity: str, worked: bool) -> Any:
        """Bring a new event as far as it goes, each act by the right person: the rest of the table is reached."""
        number = self.report_by("staff", "annoying", 3, 1)
        self.sort(number, "manager", "nonconformity", severity)
        self.correct(number, "manager")
        self.close(number, "manager")
        self.write_causes(number, "manager", True)
        self.advance(number, "manager", "confirm_causes")
        planned = self.attempt(
            planning.open_action, draft=self.draft(number), by=self.account("manager"), on=self.on
        )
        if planned is None:  # a light event was closed once mended: nothing more is planned for it
            assert self.event(number).state == "closed"
            return number
        for who, act in (("manager", "submit_plan"), ("second", "approve_plan"), ("manager", "start_plan")):
            self.advance(number, who, act)
        self.start(planned.number, "owner")
        self.finish(planned.number, "owner")
        self.on += timedelta(days=90)
        self.judge(planned.number, "manager", worked)
        self.advance(number, "manager", "confirm_effectiveness")
        self.close(number, "manager")
        return number

    def draft(self, number: str) -> planning.Draft:
        """Return a corrective action with its criterion."""
        criterion = planning.Criterion(
            "recurrence", "< 3", self.on + timedelta(days=60), None, "<", Decimal(3), 3
        )
        return planning.Draft(
            self.place, "corrective", "Armoire", self.on + timedelta(days=30), self.people.owner.person,
            origin=self.event(number).subject, criterion=criterion,
        )  # fmt: skip

    @staticmethod
    def event(number: str) -> QualityEvent:
        """Return an event as it stands."""
        return QualityEvent.objects.select_related("organization", "study").get(number=number)

    @staticmethod
    def action(number: str) -> Action:
        """Return an action as it stands."""
        return Action.objects.select_related("organization", "owner", "delegate").get(number=number)

    @invariant()
    def closed_events_have_what_closing_asks_for(self) -> None:
        """Check that no event is closed without its day, its causes or correction, or with a duty left open."""
        for event in QualityEvent.objects.filter(state=moves.CLOSED):
            assert event.closed_on and event.conclusion and event.severity
            if event.analysis_asked:
                assert CauseFound.objects.filter(event=event, is_root=True, removed_on=None).exists()
            else:
                assert event.correction or CauseFound.objects.filter(event=event, is_root=True).exists()
        forgotten = Obligation.objects.filter(met_at=None, waived_reason="")
        assert not forgotten.filter(event__state__in=(moves.CLOSED, moves.DISMISSED, moves.MERGED)).exists()

    @invariant()
    def checked_actions_were_planned_done_and_judged_by_another(self) -> None:
        """Check that no action was judged without its criterion, before its day, or by whoever carried it out."""
        for action in Action.objects.exclude(checked_on=None):
            assert action.criterion_kind and action.done_on and action.checked_on >= action.done_on
            assert action.checker_id not in {action.owner_id, action.delegate_id, action.done_by_id}
            if action.state == "effective":
                assert action.check_due_on and action.checked_on >= action.check_due_on
        late_checks = Action.objects.filter(state__in=action_moves.ACTIVE, check_due_on__lt=F("due_on"))
        assert not late_checks.exists(), "a check is due before its action"
        assert not Action.objects.filter(
            state="started", kind__in=action_moves.CHECKED_KINDS, criterion_kind=""
        ).exists()

    @invariant()
    def clocks_never_run_backwards(self) -> None:
        """Check occurred ≤ aware ≤ reported ≤ sorted ≤ closed ≤ today, and the days of actions."""
        for event in QualityEvent.objects.all():
            days = [
                event.occurred_earliest,
                event.aware_on,
                event.reported_on,
                event.triaged_on,
                event.closed_on,
                self.on,
            ]
            known = [day for day in days if day is not None]
            assert known == sorted(known), (event.number, event.state, known)
        for action in Action.objects.all():
            days = [action.opened_on, action.started_on, action.done_on, self.on]
            known = [day for day in days if day is not None]
            assert known == sorted(known), (action.number, known)
        assert not Obligation.objects.filter(met_at__gt=self.at()).exists()

    def states_follow_upon_each_other(self) -> None:
        """Check each stated move against the table, that one begins where the last ended, and where they end."""
        for model, table in ((QualityEvent, moves.MOVES), (Action, action_moves.MOVES)):
            ways = {(source, move.target) for move in table.values() for source in move.sources}
            for row in model.objects.all():
                path = self.path_of(row.subject)
                assert set(path) <= ways, path
                assert all(one[1] == two[0] for one, two in pairwise(path)), path
                assert not path or path[-1][1] == row.state, (path, row.state)

    def closed_plans_were_approved_where_asked_by_another(self) -> None:
        """Check that a closed event whose severity asks for it had its last plan submitted and approved."""
        for event in QualityEvent.objects.filter(state=moves.CLOSED, approval_asked=True):
            path = self.path_of(event.subject)
            last = max(place for place, (_source, target) in enumerate(path) if target == moves.ANALYSED)
            assert (moves.PLAN_SUBMITTED, moves.IN_ACTION) in path[last:], path

    @invariant()
    def what_is_joined_is_joined_to_what_stays(self) -> None:
        """Check that a joined event points to one that is not joined itself, and has no action left."""
        for event in QualityEvent.objects.filter(state=moves.MERGED).select_related("duplicate_of"):
            assert event.duplicate_of is not None and event.duplicate_of.state != moves.MERGED
            assert not Action.objects.filter(origin_key=event.number).exists()

    @staticmethod
    def path_of(subject: str) -> list[tuple[str, str]]:
        """Return the states that the trail says of a record, move by move."""
        spoken = EntrySubject.objects.filter(subject=subject).values("entry_number")
        path = []
        for entry in Entry.objects.filter(number__in=spoken).order_by("number"):
            for fact in json.loads(entry.statement)["facts"]:
                if fact["subject"] == subject and "from_state" in fact["values"]:
                    path.append((fact["values"]["from_state"], fact["values"]["to_state"]))
        return path

    def teardown(self) -> None:
        """Replay the whole trail: it leads to exactly today's rows; then go back to the stage."""
        try:
            self.states_follow_upon_each_other()
            self.closed_plans_were_approved_where_asked_by_another()
            state = replay.State()
            for entry in Entry.objects.order_by("number"):
                state.apply(entry.number, json.loads(entry.statement)["changes"])
            _total, wrong = replay.compare(state, lambda *_: None)
            assert wrong == []
        finally:
            TOLD["done"] += self.done
            TOLD["refused"] += self.refused
            TOLD["closed"] += self.closed
            transaction.set_rollback(True)
            self.stage.__exit__(None, None, None)


def test_any_sequence_of_permitted_acts_keeps_the_promises(network: Any, account: Any) -> None:
    class People:
        staff = account("research_staff", network.alpha)
        manager = account("quality_manager", network.alpha)
        second = account("quality_manager", network.alpha)
        owner = account("process_owner", network.alpha)
        elsewhere = account("quality_manager", network.beta)

    class Here(Loop):
        people, place = People, network.alpha

    TOLD.update(done=0, refused=0, closed=0)
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert TOLD["done"] > 150 and TOLD["refused"] > 150 and TOLD["closed"] > 3, TOLD
