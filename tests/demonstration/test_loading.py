"""Load the whole demonstration once and look at it from all sides: totals, budgets, trail."""

import html
import json
import re
from collections import deque
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from diapason.audit_trail.canonical import canonical_text
from diapason.audit_trail.models import Entry, EntrySubject
from diapason.audit_trail.proofs import trail_lines
from diapason.audit_trail.recording import recorded_models
from diapason.audit_trail.stories import story_of
from diapason.certification.certificates.models import Certificate
from diapason.certification.readiness.models import Assessment
from diapason.context.people.models import Account, RoleAssignment
from diapason.context.studies.models import Study
from diapason.demonstration import loading
from diapason.disclosure.communiques.models import Communique
from diapason.improvement.action_plan.charts import frozen_points
from diapason.improvement.action_plan.models import Action
from diapason.improvement.action_plan.rules.criterion import read
from diapason.improvement.crex.models import CrexMeeting
from diapason.improvement.quality_events.models import QualityEvent

RELEASE = {
    "centres": "18",
    "hospital_sites": "20",
    "patients_per_year": "516000",
    "studies_sponsored_active": "569",
    "studies_of_others_active": "1080",
    "patients_in_trials_release": "15.8",
    "phrc_share": "52.8571",
    "central_studies_active": "86",
    "central_studies_recruiting": "44",
    "central_inclusions": "5000",
    "central_recruiting_centres": "216",
    "central_recruiting_centres_abroad": "52",
    "cohort_patients": "30000",
}
"""The figures of 2017, as the release of 9 October 2018 gives them."""

LIST, DETAIL, DASHBOARD = 8, 10, 12
"""Statements a page may need, all told: session, account, snapshot and shell included (docs/adr/0014)."""
DASHBOARDS = {
    "portal_network": "the panels of five chapters",
    "portal_day": "the tasks of five chapters",
    "network:organization": "the panels of six chapters",
    "programme:programme": "the board: steps, waves, forecast, partners, mentorings",
    "readiness:heat": "the view by clause of every organization",
    "readiness:transition": "the board of a change of edition, two editions side by side",
    "trail:verification": "the state of the trail: entries, heads, the job that verifies and how far it is",
    "quality_events:event": "facts, duties, messages, look-alikes, panels of three chapters, the story",
    "quality_events:checks": "the checks of coherence of every chapter",
    "standards:loading": "the plan of a load compares six tables with the catalogue",
}
"""Pages made of many parts, with these parts."""
LONGEST_STATEMENT = 10_000
LONG = 12
"""Letters from which on a text is not a word that stands elsewhere too."""
PLANTED = [
    *(
        (f"quality_events.{name}", "quality_manager", "BRE")
        for name in (
            "triage_event", "record_causes", "confirm_causes", "submit_plan", "confirm_effectiveness",
            "answer_declarer", "answer_declarer", "merge_event", "meet_obligation",
        )
    ),
    ("quality_events.triage_event", "quality_manager", "PAU"),
    ("quality_events.triage_event", "quality_manager", "RDD"),
    ("quality_events.approve_plan", "network_director", ""),
    ("action_plan.open_action", "quality_manager", "BRE"),
    ("action_plan.open_action", "quality_manager", "PAU"),
    ("action_plan.start_action", "process_owner", "BRE"),
    ("action_plan.finish_action", "process_owner", "BRE"),
    ("action_plan.invite_checker", "quality_manager", "BRE"),
    ("action_plan.check_effectiveness", "quality_manager", "NIM"),
    *(
        (name, "network_coordinator", "")
        for name in (
            "quality_events.triage_event", "quality_events.triage_event", "quality_events.record_causes",
            "quality_events.confirm_causes", "quality_events.submit_plan", "quality_events.answer_declarer",
            "action_plan.open_action", "action_plan.start_action",
        )
    ),
    ("quality_events.approve_plan", "network_director", ""),
]  # fmt: skip
"""Who does what in the planted stories; everything else is entered by the program in its own name."""
LINK = re.compile(r'href="(/[^"#]*)"')


def client_of(role: str) -> Client:
    client = Client()
    holder = RoleAssignment.objects.filter(role=role).order_by("pk").first()
    assert holder is not None
    client.force_login(Account.objects.get(person=holder.person_id))
    return client


@pytest.mark.django_db
def test_the_demonstration_from_all_sides(today, monkeypatch):
    monkeypatch.setenv("DIAPASON_TODAY", today.isoformat())
    for _, _, perform in loading.fictional(today=today, scale=1):
        perform()
    check_totals()
    check_certification()
    check_actions()
    check_committees(today)
    check_budgets()
    check_trail()


def check_committees(today):
    """Whatever day it is, two committees have met with their minutes, and one is to come."""
    met = CrexMeeting.objects.filter(held_on__lt=today)
    assert [one.state for one in met] == ["closed", "closed"]
    assert all(one.event and one.minutes for one in met)
    assert CrexMeeting.objects.filter(held_on__gt=today).count() == 1


def check_actions():
    """Check that a third of the gaps has its action in the plan, and that checks kept the figures they read."""
    gaps = Assessment.objects.exclude(gap="")
    followed = gaps.exclude(plan_action=None).select_related("organization", "clause__edition", "plan_action")
    assert 0.3 <= followed.count() / gaps.count() <= 0.36
    assert all(one.plan_action.origin == one.subject and not one.action for one in followed)
    assert {one.plan_action.state for one in followed} == {"planned", "started", "done"}
    judged = Action.objects.filter(state="effective", criterion_kind="recurrence")
    assert judged.count() > 100
    for action in judged:
        reading = read(action.target, frozen_points(action), after=action.done_on, until=action.checked_on)
        assert (reading.answer, reading.read) == ("effective", action.target_periods), action.number
    measured = Action.objects.filter(state="not_effective", criterion_kind="recurrence")
    assert all(action.check_figures for action in measured)


def check_totals():
    out = StringIO()
    call_command("figures", year=2017, format="json", stdout=out)
    said = json.loads(out.getvalue())
    rows = said["figures"] if isinstance(said, dict) else said
    values = {row["indicator"]: row["value"] for row in rows}
    found = {code: f"{float(values[code]):.4f}".rstrip("0").rstrip(".") for code in RELEASE}
    assert found == RELEASE
    assert Study.objects.filter(sponsor__isnull=True).count() > 1000


def check_certification():
    firsts = Certificate.objects.filter(cycle=1)
    assert firsts.filter(decision_latest__lt="2015-01-01").count() == 3
    assert (
        firsts.exclude(holder__kind="central_function").filter(decision_latest__lte="2018-04-30").count()
        == 18
    )
    central = firsts.get(holder__kind="central_function")
    assert central.effective_on.isoformat() == "2018-10-01"
    page = client_of("network_coordinator").get(reverse("programme:timeline")).content.decode()
    assert "1er octobre 2018" in page
    assert {one.state for one in Communique.objects.all()} == {"provisional"}


def check_budgets():
    """Walk every page that links lead three readers to, each page once."""
    for role, at_least in (("network_coordinator", 60), ("quality_manager", 40), ("research_staff", 25)):
        client = client_of(role)
        walked, too_many = {}, []
        todo = deque(["/", reverse("portal_network"), reverse("portal_day"), reverse("people:me")])
        while todo:
            address = todo.popleft()
            name = reading_page_at(address)
            if not name or name in walked:
                continue
            answer = client.get(address)
            if answer.status_code == 302:
                todo.append(answer.headers["Location"])
            if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
                continue
            todo += [html.unescape(link) for link in LINK.findall(answer.content.decode())]
            walked[name] = statements_of(client, address)
            if walked[name][0] > (budget := budget_of(name, answer)):
                too_many.append(f"{address} ({name}): {walked[name][0]} statements, {budget} at most")
        assert not too_many, "\n".join(too_many)
        assert len(walked) >= at_least, sorted(walked)
        assert {name: size for name, (_, size) in walked.items() if size >= LONGEST_STATEMENT} == {}
        assert DASHBOARDS.keys() - walked.keys() <= (
            {"quality_events:event"} if role == "network_coordinator" else DASHBOARDS.keys()
        )


def reading_page_at(address: str) -> str:
    """Return the name of the page, "" for what is not ours to read or not found."""
    try:
        match = resolve(address.partition("?")[0])
    except Resolver404:
        return ""
    return match.view_name if getattr(match.func, "reads_only", False) else ""


def statements_of(client: Client, address: str) -> tuple[int, int]:
    """Return how many statements the page needs, and the length of the longest."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries), max(len(query["sql"]) for query in queries.captured_queries)


def budget_of(name: str, answer: Any) -> int:
    """Return what a page may need by its kind: of many parts, of one record, else a list or a form."""
    if name in DASHBOARDS:
        return DASHBOARD
    return DETAIL if answer.resolver_match.kwargs else LIST


def check_trail():
    """Seeded entries say so; only the planted stories are told in the name of the people invented for them."""
    held = RoleAssignment.objects.select_related("person", "organization").order_by("-pk")
    roles = {one.person.identifier: f"{one.role} {one.organization or 'network'}" for one in held}
    codes = {one.person.identifier: one.organization.code for one in held if one.organization}
    told = Entry.objects.exclude(by__startswith="automaton:").values_list("act", "by")
    assert sorted((act, roles[by].partition(" ")[0], codes.get(by, "")) for act, by in told) == sorted(
        PLANTED
    )
    check_stories()
    check_closed_texts()
    call_command("verify_trail", stdout=StringIO())


def check_stories():
    """Each event and each action has a story that begins with where it comes from."""
    subjects = {*EntrySubject.objects.values_list("subject", flat=True)}
    for model in (QualityEvent, Action):
        without = [one.subject for one in model.objects.only("number") if one.subject not in subjects]
        assert without == []
    seeded = EntrySubject.objects.filter(fact__in=("EventSeeded", "ActionSeeded"))
    assert seeded.count() > 1000
    line = seeded.filter(fact="EventSeeded", organization=loading.LEADING).first()
    for language, words in (
        ("fr", "données inventées de la démonstration"),
        ("en", "invented data of the demonst"),
    ):
        with translation.override(language):
            [told], _ = story_of(line.subject, user=None)
            assert words in told.sentences[0] and told.at


def check_closed_texts():
    """Of no text that a house keeps is there a word in the export of the whole trail."""
    export = "\n".join(line.decode() for line in trail_lines())
    kept = {
        text
        for model in recorded_models()
        for name in getattr(model, "CONFIDENTIAL", ())
        for value in model.objects.values_list(name, flat=True)
        for text in texts_in(value)
    }
    assert len(kept) > 500
    assert [text for text in kept if canonical_text(text)[1:-1] in export] == []


def texts_in(value: Any) -> set[str]:
    """Return the texts inside a stored value that are long enough to be known again."""
    if isinstance(value, dict | list):
        return {
            text for item in (value.values() if isinstance(value, dict) else value) for text in texts_in(item)
        }
    return {value} if isinstance(value, str) and len(value) >= LONG and " " in value else set()
