"""The public record: what it holds, what it leaves open, and that loading it twice changes nothing."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from diapason.audit_trail.models import Entry
from diapason.certification.certificates.models import Certificate
from diapason.certification.certificates.queries import coverage, history
from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.queries.standing import standings
from diapason.certification.certificates.rules import coverage as rules
from diapason.certification.certificates.rules import timeline
from diapason.certification.programme.charts.timeline import chart_of
from diapason.certification.programme.models import Programme
from diapason.certification.programme.queries import progress, public_record, story
from diapason.context.network.models import Organization, Site
from diapason.context.network.rules import check_finess, check_siret
from diapason.kernel.dates import PartialDate

RELEASE = date(2018, 10, 9)
TODAY = date(2026, 11, 23)


def load(*options):
    said = StringIO()
    call_command("load_public_record", *options, stdout=said)
    return said.getvalue()


@pytest.fixture
def loaded(db):
    """Return nothing, the public record loaded."""
    call_command("load_standards", stdout=StringIO())
    load()


def test_the_files_hold_nineteen_members_and_twenty_hospital_sites():
    record = public_record.read()
    assert len([r for r in record.members if r["kind"] == "centre"]) == 18
    assert len(record.members) == 19
    assert sum(r["hospital_site"] == "yes" for r in record.sites) == 20
    entries = record.certificates["certificates"]
    assert {e["organization"] for e in entries} == {r["code"] for r in record.members}
    assert all(e["source"] for e in entries)
    assert all(row["source"] for row in record.figures)


def test_every_identifier_of_the_record_passes_its_check():
    for row in public_record.read().organizations:
        for value in (row["finess_ej"], row["finess_et"]):
            assert not value or check_finess(value) == value
        assert not row["siret"] or check_siret(row["siret"]) == row["siret"]


def test_a_preview_changes_nothing(db):
    said = load("--preview")
    assert "20 to load" in said
    assert not Organization.objects.exists()
    assert not Entry.objects.exists()


def test_loading_twice_changes_nothing(loaded):
    counts = (
        Organization.objects.count(),
        Site.objects.count(),
        Certificate.objects.count(),
        Programme.objects.count(),
    )
    assert counts == (20, 21, 19, 2)
    before = Entry.objects.count()
    said = load()
    assert "certificates   0 loaded" in said
    assert "figures        0 loaded" in said
    assert Entry.objects.count() == before
    assert counts == (
        Organization.objects.count(),
        Site.objects.count(),
        Certificate.objects.count(),
        Programme.objects.count(),
    )


def test_another_network_is_refused(network):
    with pytest.raises(CommandError):
        load()
    assert not Certificate.objects.exists()


def test_the_timeline_of_the_release(loaded):
    told = story.told(Register(), story.main_programme(), RELEASE)
    before, centres, central = told.landmarks
    assert (before.kind, before.count) == ("before", 3)
    assert set(before.who) == {"IPC", "ICR", "CLB"}
    assert before.when == PartialDate.by(date(2014, 12, 31))
    assert (centres.count, centres.when) == (18, PartialDate.by(date(2018, 4, 30)))
    assert (central.count, central.when) == (1, PartialDate.day(date(2018, 10, 1)))


def test_where_only_a_bound_is_known_it_is_said(loaded):
    told = story.told(Register(), story.main_programme(), RELEASE)
    bounded = {f.member.code: f.since for f in told.bounded}
    assert "RD" not in bounded
    assert bounded["IPC"] == PartialDate(
        None, date(2014, 12, 31), "déjà certifié au lancement du programme, en 2015"
    )
    assert bounded["CFB"].precision == "between"
    assert bounded["CAL"].precision == "year"
    assert bounded["ICM"].precision == "month"
    assert len(bounded) == 18


def test_the_network_is_certified_since_the_last_one(loaded):
    answer = coverage.network_answer(Register(), RELEASE)
    assert (answer.state, answer.since) == (rules.COVERED, PartialDate.day(date(2018, 10, 1)))
    assert coverage.network_answer(Register(), date(2018, 9, 30)).state == rules.UNCOVERED
    assert history.certified_on(Register(), date(2014, 12, 31)) == (3, 3)
    assert history.certified_on(Register(), date(2017, 12, 31)) == (5, 18)
    assert history.certified_on(Register(), date(2018, 4, 30)) == (18, 18)


def test_after_the_release_nothing_is_claimed(loaded):
    answer = coverage.network_answer(Register(), TODAY)
    assert answer.state == rules.NOT_KNOWN
    assert answer.complete == ((date(2018, 10, 1), RELEASE),)
    assert {s.state for s in standings(Register(), TODAY)} == {timeline.UNKNOWN}


def test_the_curve_stops_where_the_sources_fall_silent(loaded):
    steps = history.curve(Register(), TODAY)
    assert timeline.silent_from(steps) == date(2018, 10, 10)
    assert (steps[-1].sure, steps[-1].possible) == (0, 19)
    assert timeline.silent_from([s for s in steps if s.day <= RELEASE]) is None
    drawn = chart_of(Register(), story.main_programme(), TODAY).spec["layer"][1]["data"]["values"]
    assert (drawn[-1]["day"], drawn[-1]["sure"]) == ("2018-10-10", 19)


def test_the_matrix_is_shown_as_of_any_day(loaded, client_as):
    url = reverse("certificates:coverage")
    then = client_as("network_coordinator").get(url, {"on": "2018-10-09"})
    assert then.context["matrix"].count(rules.COVERED) >= 19
    assert then.context["answer"].state == rules.COVERED
    assert client_as("network_coordinator").get(url).context["matrix"].count(rules.COVERED) == 0


def test_the_programme_reached_its_goal_as_far_as_is_public(loaded, account):
    programme = Programme.objects.get(code="certification-2015")
    board = progress.board(programme, Register(), account("network_coordinator").scope, TODAY)
    assert (board.reached, board.members, board.complete) == (19, 19, PartialDate.day(date(2018, 10, 1)))
    line = next(x for w in board.waves for x in w.lines if x.member.code == "CFB")
    assert line.since.precision == "between"


def test_a_blank_stays_not_known(loaded):
    found = coverage.matrix(Register(), RELEASE)
    row = next(r for r in found.rows if r.member.code == "CAL" and not r.site)
    states = dict(zip([a.code for a in found.activities], row.states, strict=True))
    assert states["biobank"] == rules.COVERED
    assert states["clinical_research"] == rules.COVERED
    assert states["platforms"] == rules.NOT_KNOWN
    assert Certificate.objects.get(holder__code="CFB").body is None


def test_the_change_of_edition_is_not_confirmed(loaded):
    change = Programme.objects.get(code="edition-2026")
    assert change.to_edition.status == "in_preparation"
    assert change.limit_on == change.to_edition.transition_ends
    assert change.limit_source


def test_without_the_editions_the_change_of_edition_waits(db):
    load()
    assert list(Programme.objects.values_list("code", flat=True)) == ["certification-2015"]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_timeline_page_says_it(loaded, client_as, language):
    answer = client_as("network_coordinator").get(
        reverse("programme:timeline"), headers={"accept-language": language}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert len(answer.context["story"].bounded) == 18
    wanted = {
        "fr": ["3 organismes certifiés avant 2015", "18 établissements", "1er octobre 2018"],
        "en": ["before 2015"],
    }
    for words in wanted[language]:
        assert words in text, words
