"""Give lessons in the states that tests begin from."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from diapason.improvement.lessons.acts import offering, proposing
from diapason.improvement.lessons.models import Lesson, LessonAnswer
from diapason.improvement.lessons.queries.drafting import Text
from diapason.improvement.quality_events.acts import analysis, closing, reporting, triage
from diapason.improvement.quality_events.models import QualityEvent

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
ON = date(2026, 11, 23)
BY = ON + timedelta(days=30)
WHOLE = Text(
    title="Une ancienne version du consentement restait en service",
    what_happened="Une version remplacée a été signée.",
    what_learnt="Personne n’était chargé de la retirer.",
    recommended="Nommer qui retire les versions remplacées.",
    categories=("consent",),
    causes=("information",),
)


@pytest.fixture
def people(network: Any, account: Any) -> Any:
    """Return the accounts: the house that proposes, another one, a third, the coordination, and readers."""

    class People:
        manager = account("quality_manager", network.alpha)
        staff = account("research_staff", network.alpha)
        owner = account("process_owner", network.alpha)
        elsewhere = account("quality_manager", network.beta)
        third = account("quality_manager", network.central)
        reader = account("research_staff", network.beta)
        coordinator = account("network_coordinator")
        director = account("network_director")
        funder = account("funder")

    return People


@pytest.fixture
def closed_event(network: Any, people: Any) -> Callable[..., QualityEvent]:
    """Return a function that brings a light event of the first house from its report to its end."""

    def make(helps: bool = False, **more: Any) -> QualityEvent:
        values = {"description": "Consentement signé dans l’ancienne version.", "consequence": "none",
                  "place": network.alpha, **more}  # fmt: skip
        event = reporting.report_event(report=reporting.Report(**values), by=people.staff, at=AT, on=ON)
        decision = triage.Sorted(
            kind="nonconformity",
            severity="minor",
            severity_reason="Sans conséquence.",
            owner=network.alpha,
            category="consent",
        )
        event = triage.triage_event(
            event=event, decision=decision, version=event.version, by=people.manager, on=ON
        )
        why = analysis.Why("Version non retirée", "management", cause="information", is_root=True)
        event = analysis.record_causes(
            event=event, method="five_whys", analysis="", whys=[why], version=event.version, by=people.manager, on=ON
        )  # fmt: skip
        event = analysis.record_correction(
            event=event,
            correction="Version retirée.",
            corrected_on=ON,
            version=event.version,
            by=people.manager,
            on=ON,
        )
        return closing.close_event(
            event=event, conclusion="Chaque version a son responsable.", helps_others=helps, version=event.version,
            by=people.manager, on=ON,
        )  # fmt: skip

    return make


@pytest.fixture
def draft(network: Any, people: Any) -> Callable[..., Lesson]:
    """Return a function that begins a whole lesson of the first house."""

    def make(text: Text = WHOLE, **more: Any) -> Lesson:
        return proposing.begin_lesson(organization=network.alpha, text=text, by=people.manager, on=ON, **more)

    return make


@pytest.fixture
def sent(people: Any, draft: Any) -> Callable[..., Lesson]:
    """Return a function that sends a lesson to the coordination."""

    def make(named: bool = False, **more: Any) -> Lesson:
        lesson = draft(**more)
        return offering.send_lesson(
            lesson=lesson, may_be_named=named, version=lesson.version, by=people.manager, on=ON
        )

    return make


@pytest.fixture
def agreed(people: Any, sent: Any) -> Callable[..., Lesson]:
    """Return a function that has a lesson agreed by its house."""

    def make(named: bool = False, **more: Any) -> Lesson:
        lesson = sent(named=named, **more)
        lesson = offering.submit_lesson(lesson=lesson, version=lesson.version, by=people.coordinator, on=ON)
        return offering.agree_lesson(
            lesson=lesson, may_be_named=named, version=lesson.version, by=people.manager, on=ON
        )

    return make


@pytest.fixture
def offered(people: Any, agreed: Any) -> Callable[..., Lesson]:
    """Return a function that offers a lesson to every organization."""

    def make(**more: Any) -> Lesson:
        lesson = agreed(**more)
        return offering.offer_lesson(
            lesson=lesson, answer_by=BY, version=lesson.version, by=people.coordinator, on=ON
        )

    return make


def answer_of(lesson: Lesson, code: str) -> LessonAnswer:
    """Return the answer of an organization."""
    rows = LessonAnswer.objects.select_related("lesson__organization", "organization")
    return rows.get(lesson=lesson, organization__code=code)


def signed_in(account: Any) -> Client:
    """Return a client of that account."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(account)
    return client
