"""Questions about certificates: states of organizations, alarms, coverage, "since when", timeline, figures."""

from datetime import date

import pytest

from diapason.certification.certificates import models
from diapason.certification.certificates.queries import coverage, figures, history, standing
from diapason.certification.certificates.queries.register import Register
from diapason.certification.certificates.rules import coverage as rules
from diapason.certification.certificates.rules import timeline
from diapason.kernel.dates import PartialDate, Period

pytestmark = pytest.mark.database
ON = date(2026, 11, 23)


@pytest.fixture
def declared(certified, stage):
    """Return `certified`, the activities of its three members declared."""
    rows = [(certified.network.alpha, "investigation"), (certified.network.beta, "investigation")]
    rows.append((certified.network.central, "promotion"))
    stage(
        lambda: [models.DeclaredActivity.objects.create(organization=o, activity=a) for o, a in rows],
    )
    return certified


def state_of(code, on=ON):
    return standing.standing(Register(), code, on)


def test_the_state_of_each_organization(certified):
    assert state_of("ALP").state == timeline.CERTIFIED
    assert state_of("ALP").expires_on == date(2028, 3, 11)
    beta = state_of("BET")
    assert beta.state == timeline.THREATENED
    assert beta.alarms[0].alarm.kind.startswith("calendar_year")
    assert state_of("BET", date(2017, 1, 1)).state == timeline.NOT_CERTIFIED


def test_a_transition_audit_that_is_dated_means_in_transition(certified, make_audit):
    make_audit(certified.alpha, "transition", planned=date(2027, 3, 1))
    assert state_of("ALP").state == timeline.IN_TRANSITION


def test_a_suspended_certificate_threatens(certified, stage):
    stage(
        lambda: models.Suspension.objects.create(
            certificate=certified.alpha, starts_on=date(2026, 10, 1), reason="essai"
        )
    )
    found = state_of("ALP")
    assert found.state == timeline.THREATENED
    assert found.alarms[0].alarm.kind == "suspension"


def test_a_lapsed_cycle_is_silent_once_a_later_one_holds(certified):
    assert {r.certificate for r in standing.organization_alarms(Register(), "ALP", ON)} == set()


def test_an_open_major_of_stage_2_asks_for_its_verification(network, stage):
    stage(
        lambda: models.CertificationAudit.objects.create(
            reference="AC-ALP-2026-0009",
            organization=network.alpha,
            kind="stage2",
            held_from=date(2026, 9, 1),
            held_until=date(2026, 9, 3),
            result="major",
        )
    )
    found = standing.organization_alarms(Register(), "ALP", ON)
    assert [(r.alarm.kind, r.alarm.due_on) for r in found] == [("stage2_majors", date(2027, 3, 3))]


def test_since_when_the_whole_network_is_certified(declared):
    answer = coverage.network_answer(Register(), ON)
    assert answer.state == rules.COVERED
    assert answer.since == PartialDate.day(date(2018, 10, 1))
    assert coverage.network_answer(Register(), date(2018, 9, 30)).state == rules.UNCOVERED


def test_an_undeclared_organization_leaves_the_answer_open(certified):
    answer = coverage.network_answer(Register(), ON)
    assert answer.state == rules.NOT_KNOWN
    assert {cell.organization for cell in answer.not_known} == {"ALP", "BET", "RDD"}


def test_an_activity_outside_the_certificate_is_an_uncovered_cell(declared, stage):
    alpha = declared.network.alpha
    stage(lambda: models.DeclaredActivity.objects.create(organization=alpha, activity="biobank"))
    answer = coverage.network_answer(Register(), ON)
    assert answer.uncovered == (rules.Cell("ALP", "", "biobank"),)
    assert coverage.uncovered(answer, Register())[0][0].name == "Alphaville"


def test_the_matrix_tells_not_known_from_not_covered(declared, stage):
    alpha = declared.network.alpha
    stage(
        lambda: [
            models.DeclaredActivity.objects.create(organization=alpha, activity="biobank"),
            models.DeclaredActivity.objects.create(organization=alpha, activity="platforms", performed=False),
        ]
    )
    found = coverage.matrix(Register(), ON)
    row = next(r for r in found.rows if r.member.code == "ALP" and not r.site)
    states = dict(zip([a.code for a in found.activities], row.states, strict=True))
    assert states == {
        "promotion": rules.NOT_KNOWN,
        "investigation": rules.COVERED,
        "biometrics": rules.NOT_KNOWN,
        "biobank": rules.UNCOVERED,
        "platforms": rules.NOT_PERFORMED,
    }


def test_the_timeline_counts_from_certificates(certified):
    register = Register()
    assert history.certified_on(register, date(2014, 12, 31)) == (1, 1)
    assert history.certified_on(register, date(2018, 4, 20)) == (2, 2)
    assert history.certified_on(register, date(2018, 10, 1)) == (3, 3)
    curve = history.curve(register, ON)
    assert [(s.day.year, s.sure) for s in curve] == [(2013, 0), (2013, 1), (2018, 2), (2018, 3)]
    first = history.first_certified(register)
    assert [(f.member.code, f.since.latest) for f in first] == [
        ("ALP", date(2013, 3, 12)),
        ("BET", date(2018, 4, 20)),
        ("RDD", date(2018, 10, 1)),
    ]


def test_if_nothing_changes_undated_renewals_end(certified, make_audit):
    end = date(2028, 12, 31)
    drops = history.if_nothing_changes(Register(), ON, end)
    assert [(d.day, d.left, [m.code for m in d.who]) for d in drops] == [
        (ON, 3, []),
        (date(2027, 2, 11), 2, ["BET"]),
        (date(2027, 10, 1), 1, ["RDD"]),
        (date(2028, 3, 12), 0, ["ALP"]),
        (end, 0, []),
    ]
    make_audit(certified.beta, "recertification", planned=date(2027, 1, 12))
    assert "BET" not in {m.code for d in history.if_nothing_changes(Register(), ON, end) for m in d.who}


def test_a_multi_site_certificate_covers_several_organizations(network, make_certificate, stage):
    one = make_certificate(
        network.net, date(2025, 1, 1), date(2027, 12, 31), activities=(), model="multi_site"
    )
    stage(
        lambda: [
            models.ScopeCell.objects.create(certificate=one, organization=o, activity="investigation")
            for o in (network.alpha, network.beta)
        ]
    )
    assert history.certified_on(Register(), ON) == (2, 2)
    assert Register(network.beta).of("BET")[0].reference == one.reference


def test_one_organization_loads_only_its_own(certified):
    register = Register(certified.network.alpha)
    assert {e.reference for e in register.entries.values()} == {
        certified.alpha.reference,
        certified.first.reference,
    }
    assert {a.organization for a in register.audits} == {"ALP"}


def test_the_register_needs_two_queries_whatever_the_number(
    certified, make_certificate, make_audit, assert_fixed_queries
):
    def ask():
        standing.standings(Register(), ON)

    def grow():
        for year in range(2001, 2007):
            one = make_certificate(certified.network.beta, date(year, 1, 1), date(year + 2, 1, 1))
            make_audit(one, "surveillance", held=date(year + 1, 1, 1))

    assert assert_fixed_queries(ask, grow) == 2


def test_the_indicators_that_certificates_answer(certified):
    measure = figures.organizations_certified(Period.year(2017))
    assert (measure.numerator, measure.denominator) == (1, 3)
    measure = figures.organizations_certified(Period.year(2018))
    assert (measure.numerator, measure.denominator, measure.completeness.missing) == (3, 3, ())
    assert figures.network_certified_since(Period.year(2018)).day == date(2018, 10, 1)
    assert figures.network_certified_since(Period.year(2017)).day is None
    assert figures.records(Period.year(2018), "ALP")[0].query == {
        "organization": "ALP",
        "valid_on": "2018-12-31",
    }


def test_without_certificates_the_indicators_are_not_known(network):
    measure = figures.organizations_certified(Period.year(2018))
    assert not measure.is_known
    assert measure.completeness.missing == ("ALP", "BET", "RDD")
    assert not figures.network_certified_since(Period.year(2018)).is_known
