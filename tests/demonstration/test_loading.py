"""Load the whole demonstration once and look at it from all sides: totals, budgets, trail."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

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

BUDGETS = {
    "studies:studies": 10,
    "indicators:figures": 12,
    "certificates:certificates": 15,
    "portal_network": 20,
}
"""Statements a page may need, all told: session, person, scope, shell, BEGIN and COMMIT included (docs/adr/0014)."""
LONGEST_STATEMENT = 10_000


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
    client = client_of("network_coordinator")
    for name, budget in BUDGETS.items():
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        assert len(queries) <= budget, f"{name}: {len(queries)}"
        longest = max(len(query["sql"]) for query in queries.captured_queries)
        assert longest < LONGEST_STATEMENT, f"{name}: {longest}"


def check_trail():
    assert (
        not Entry.objects.exclude(by__startswith="automaton:demonstration")
        .exclude(by__startswith="automaton:")
        .exists()
    )
    call_command("verify_trail", stdout=StringIO())
