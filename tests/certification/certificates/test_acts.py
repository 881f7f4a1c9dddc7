"""Acts on certificates: each changes, records, and refuses with its reason."""

from datetime import date
from decimal import Decimal

import pytest

from diapason.audit_trail.models import EntrySubject
from diapason.certification.certificates.acts import audits, bulk, certificates, standing
from diapason.certification.certificates.models import (
    Certificate,
    CertificationAudit,
    CertificationBody,
    DeclaredActivity,
    ScopeCell,
)
from diapason.kernel.dates import PartialDate
from diapason.kernel.verdicts import Conflict, Refused

pytestmark = pytest.mark.database
ON = date(2026, 11, 23)


@pytest.fixture
def manager(network, account):
    """Return the quality manager of ALP."""
    return account("quality_manager", network.alpha)


@pytest.fixture
def outsider(network, account):
    """Return the quality manager of BET."""
    return account("quality_manager", network.beta)


def facts_about(subject):
    return list(
        EntrySubject.objects.filter(subject=subject).order_by("entry_number").values_list("fact", flat=True)
    )


def described(**changes):
    return {
        "decision": PartialDate.day(date(2026, 3, 12)),
        "effective_on": date(2026, 3, 12),
        "expires_on": date(2029, 3, 11),
        **changes,
    }


def test_a_certificate_is_recorded_with_its_scope(network, manager):
    scope = [(network.alpha, None, "investigation"), (network.alpha, network.alpha.sites.get(), "biobank")]
    made = certificates.record_certificate(
        holder=network.alpha, scope=scope, by=manager, on=ON, **described()
    )
    assert made.reference == "CE-ALP-2026-0001"
    assert made.cells.count() == 2
    assert facts_about(made.subject) == ["CertificateRecorded"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"expires_on": date(2029, 3, 13)}, "may not be later"),
        ({"expires_on": date(2026, 1, 1)}, "expires after"),
        ({"effective_on": date(2026, 3, 1)}, "takes effect on its decision"),
        ({"decision": PartialDate(None, None), "effective_on": None}, "at least a bound"),
        ({"scope": []}, "at least one activity"),
        ({"scope": [(None, None, "cooking")]}, "Unknown activity"),
    ],
)
def test_a_certificate_that_contradicts_itself_is_refused(network, manager, changes, reason):
    values = {"scope": [(network.alpha, None, "investigation")], **described(), **changes}
    with pytest.raises(Refused, match=reason):
        certificates.record_certificate(holder=network.alpha, by=manager, on=ON, **values)
    assert not Certificate.objects.exists()


def test_another_organization_s_certificates_are_refused(certified, outsider):
    with pytest.raises(Refused, match="Alphaville"):
        standing.withdraw_certificate(
            certificate=certified.alpha, withdrawn_on=ON, reason="…", version=1, by=outsider, on=ON
        )


def test_a_correction_keeps_its_reason(certified, manager):
    done = certificates.amend_certificate(
        certificate=certified.alpha, reason="faute de frappe", version=1, by=manager, on=ON, number="F-2"
    )
    assert (done.number, done.version) == ("F-2", 2)
    assert facts_about(done.subject)[-1] == "CertificateRectified"
    with pytest.raises(Conflict):
        certificates.amend_certificate(
            certificate=certified.alpha, reason="…", version=1, by=manager, on=ON, number="F-3"
        )
    with pytest.raises(Refused):
        certificates.amend_certificate(
            certificate=certified.alpha, reason="…", version=2, by=manager, on=ON, expires_on=date(2031, 1, 1)
        )


def test_suspend_then_restore(certified, manager):
    one = certified.alpha
    standing.suspend_certificate(
        certificate=one, starts_on=date(2026, 10, 1), reason="audit refusé", version=1, by=manager, on=ON
    )
    assert Certificate.objects.with_history().get(pk=one.pk).state_on(ON) == "suspended"
    with pytest.raises(Refused, match="Only a valid"):
        standing.suspend_certificate(certificate=one, starts_on=ON, reason="…", version=2, by=manager, on=ON)
    standing.restore_certificate(
        certificate=one, restored_on=date(2026, 11, 20), version=2, by=manager, on=ON
    )
    fresh = Certificate.objects.with_history().get(pk=one.pk)
    assert fresh.state_on(ON) == "valid"
    assert fresh.suspensions.get().ends_on == date(2026, 11, 19)
    assert facts_about(one.subject)[-2:] == ["CertificateSuspended", "CertificateRestored"]
    with pytest.raises(Refused, match="not suspended"):
        standing.restore_certificate(certificate=fresh, restored_on=ON, version=3, by=manager, on=ON)


def test_withdraw(certified, manager):
    one = certified.alpha
    standing.withdraw_certificate(
        certificate=one, withdrawn_on=ON, reason="abandon", version=1, by=manager, on=ON
    )
    assert Certificate.objects.with_history().get(pk=one.pk).state_on(ON) == "withdrawn"
    assert facts_about(one.subject)[-1] == "CertificateWithdrawn"
    one = Certificate.objects.get(pk=one.pk)
    with pytest.raises(Refused, match="already ended"):
        standing.withdraw_certificate(
            certificate=one, withdrawn_on=ON, reason="…", version=2, by=manager, on=ON
        )


def test_nothing_happens_to_a_certificate_before_it_begins(certified, manager):
    with pytest.raises(Refused, match="lies before"):
        standing.suspend_certificate(
            certificate=certified.alpha, starts_on=date(2020, 1, 1), reason="…", version=1, by=manager, on=ON
        )


def test_a_renewal_follows_on_the_old_expiry(certified, manager):
    one = certified.alpha
    new = certificates.renew_certificate(
        certificate=one,
        decision_on=date(2028, 2, 1),
        expires_on=date(2031, 3, 11),
        version=1,
        by=manager,
        on=ON,
    )
    assert (new.previous, new.cycle, new.number) == (one, 6, "F-1")
    assert new.cells.get().activity == "investigation"
    assert facts_about(one.subject)[-1] == "CertificateRenewed"
    assert facts_about(new.subject) == ["CertificateRecorded"]
    with pytest.raises(Refused, match="not renewed"):
        certificates.renew_certificate(
            certificate=Certificate.objects.get(pk=one.pk),
            decision_on=date(2028, 2, 1),
            expires_on=date(2031, 3, 11),
            version=2,
            by=manager,
            on=ON,
        )


def test_a_renewal_lasts_three_years_at_most(certified, manager):
    with pytest.raises(Refused, match="may not be later"):
        certificates.renew_certificate(
            certificate=certified.alpha,
            decision_on=date(2028, 2, 1),
            expires_on=date(2031, 3, 12),
            version=1,
            by=manager,
            on=ON,
        )


def test_the_scope_is_extended_from_a_day_on(certified, manager):
    alpha, day = certified.network.alpha, date(2026, 9, 1)
    scope = [(alpha, None, "biobank"), (alpha, None, "investigation")]
    cells = standing.extend_scope(
        certificate=certified.alpha, scope=scope, covered_from=day, version=1, by=manager, on=ON
    )
    assert [(c.activity, c.covered_from) for c in cells] == [("biobank", day)]
    assert facts_about(certified.alpha.subject)[-1] == "ScopeExtended"
    with pytest.raises(Refused, match="already covers"):
        standing.extend_scope(
            certificate=certified.alpha, scope=scope, covered_from=day, version=2, by=manager, on=ON
        )


def test_activities_are_declared_and_declared_otherwise(network, manager):
    both = [(None, "investigation"), (None, "biobank")]
    standing.declare_activities(organization=network.alpha, performed=both, by=manager, on=ON)
    standing.declare_activities(
        organization=network.alpha, performed=both[:1], not_performed=both[1:], by=manager, on=ON
    )
    told = dict(DeclaredActivity.objects.values_list("activity", "performed"))
    assert told == {"investigation": True, "biobank": False}
    assert facts_about(network.alpha.subject).count("ActivityDeclared") == 2


def test_an_audit_is_planned_with_the_days_that_the_table_gives(certified, manager):
    audit = audits.plan_audit(
        organization=certified.network.alpha,
        certificate=certified.alpha,
        kind="surveillance",
        planned_on=date(2027, 3, 2),
        days_quoted=Decimal("2.5"),
        by=manager,
        on=ON,
    )
    assert (audit.days_computed, audit.days_quoted) == (Decimal("1.5"), Decimal("2.5"))
    assert facts_about(audit.subject) == ["CertificationAuditPlanned"]


def test_an_audit_is_held_once_and_not_in_the_future(certified, manager, make_audit):
    audit = make_audit(certified.alpha, "surveillance", planned=date(2026, 11, 2))
    days = {"held_from": date(2026, 11, 2), "held_until": date(2026, 11, 3)}
    with pytest.raises(Refused, match="before its last day"):
        audits.record_audit(
            audit=audit,
            held_from=ON,
            held_until=date(2026, 11, 24),
            result="minor",
            version=1,
            by=manager,
            on=ON,
        )
    with pytest.raises(Refused, match="ends after"):
        audits.record_audit(
            audit=audit,
            held_from=ON,
            held_until=date(2026, 11, 1),
            result="minor",
            version=1,
            by=manager,
            on=ON,
        )
    done = audits.record_audit(audit=audit, **days, result="major", version=1, by=manager, on=ON)
    assert done.majors_open
    assert facts_about(audit.subject)[-1] == "CertificationAuditHeld"
    with pytest.raises(Refused, match="already recorded"):
        audits.record_audit(audit=done, **days, result="minor", version=2, by=manager, on=ON)
    with pytest.raises(Refused, match="after the audit"):
        audits.verify_majors(audit=done, verified_on=date(2026, 11, 1), version=2, by=manager, on=ON)
    done = audits.verify_majors(audit=done, verified_on=ON, version=2, by=manager, on=ON)
    assert not done.majors_open
    with pytest.raises(Refused, match="no major"):
        audits.verify_majors(audit=done, verified_on=ON, version=3, by=manager, on=ON)


def test_an_audit_is_moved(certified, manager, make_audit):
    audit = make_audit(certified.alpha, "surveillance", planned=date(2026, 11, 2))
    moved = audits.move_audit(audit=audit, planned_on=date(2026, 12, 2), version=1, by=manager, on=ON)
    assert moved.planned_on == date(2026, 12, 2)
    assert facts_about(audit.subject) == ["CertificationAuditPlanned"]


def test_many_certificates_are_taken_over_at_once(network):
    from diapason.audit_trail.acts import automaton

    body = CertificationBody(code="AFN", name="Organisme d’essai")
    first = Certificate(reference="CE-1", holder=network.alpha, body=body, decision_latest=date(2020, 1, 1))
    second = Certificate(reference="CE-2", holder=network.alpha, body=body, previous=first)
    cell = ScopeCell(certificate=second, organization=network.alpha, activity="investigation")
    audit = CertificationAudit(
        reference="AC-1", organization=network.alpha, certificate=first, kind="surveillance"
    )
    bulk.take_over_certificates(
        bodies=[body],
        certificates=[first, second],
        cells=[cell],
        audits=[audit],
        source="essai",
        by=automaton("tests"),
        on=ON,
    )
    assert Certificate.objects.get(reference="CE-2").previous.reference == "CE-1"
    assert Certificate.objects.get(reference="CE-2").cells.count() == 1
    assert Certificate.objects.get(reference="CE-1").audits.count() == 1
