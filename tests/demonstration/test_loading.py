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

from diapason.audit_trail.models import Entry
from diapason.certification.certificates.models import Certificate
from diapason.context.people.models import Account, RoleAssignment
from diapason.context.studies.models import Study
from diapason.demonstration import loading
from diapason.disclosure.communiques.models import Communique

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
OVER = {"portal_day": 18, "portal_network": 15, "network:organization": 16, "quality_events:event": 18}
"""Pages over the bar since five chapters of improvement joined them: each takes one statement (docs/adr/0014)."""
LONGEST_STATEMENT = 10_000
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
    check_budgets()
    check_trail()


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
    """Walk every page that links lead the coordinator and a quality manager to, each page once."""
    for role, at_least in (("network_coordinator", 60), ("quality_manager", 40)):
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
        return OVER.get(name, DASHBOARD)
    return DETAIL if answer.resolver_match.kwargs else LIST


def check_trail():
    """Seeded entries say so; only the planted stories are told in the name of the people invented for them."""
    told = Entry.objects.exclude(by__startswith="automaton:")
    acts = {act.partition(".")[0] for act in told.values_list("act", flat=True)}
    assert acts <= {"quality_events", "action_plan"}, acts
    call_command("verify_trail", stdout=StringIO())
