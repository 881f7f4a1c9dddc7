"""Give the tests of certificates a body, an edition and a certificate of each centre."""

from datetime import date
from types import SimpleNamespace

import pytest

from diapason.certification.certificates import models
from diapason.certification.certificates.models import Certificate


@pytest.fixture
def edition(stage):
    """Return ISO 9001:2015 without its clauses."""
    from diapason.context.standards.models import Edition, Standard

    def build():
        standard = Standard.objects.create(code="iso-9001", name="ISO 9001")
        return Edition.objects.create(
            standard=standard,
            code="iso-9001-2015",
            label="ISO 9001:2015",
            status="applicable",
            documents_as_of=date(2026, 11, 1),
        )

    return stage(build)


@pytest.fixture
def make_certificate(stage):
    """Return `make(holder, decided, expires, activities=("investigation",), **more)` → a certificate with its cells."""
    numbers = iter(range(1, 10_000))

    def make(holder, decided, expires, activities=("investigation",), site=None, **more):
        def build():
            certificate = Certificate.objects.create(
                reference=f"CE-{holder.code}-{decided.year}-{next(numbers):04d}",
                holder=holder,
                decision_earliest=decided,
                decision_latest=decided,
                expires_on=expires,
                **more,
            )
            for activity in activities:
                models.ScopeCell.objects.create(
                    certificate=certificate, organization=holder, site=site, activity=activity
                )
            return certificate

        return stage(build)

    return make


@pytest.fixture
def make_audit(stage):
    """Return `make(certificate, kind, planned=None, held=None, **more)` → an audit of its cycle."""
    numbers = iter(range(1, 10_000))

    def make(certificate, kind, planned=None, held=None, **more):
        holder = certificate.holder
        return stage(
            lambda: models.CertificationAudit.objects.create(
                reference=f"AC-{holder.code}-2019-{next(numbers):04d}",
                organization=holder,
                certificate=certificate,
                kind=kind,
                planned_on=planned,
                held_from=held,
                held_until=held,
                **more,
            )
        )

    return make


@pytest.fixture
def certified(network, make_certificate, make_audit, edition):
    """Return a network whose three members are certified: ALP since 2013, BET since 2018-04, RDD since 2018-10-01."""
    alpha = make_certificate(
        network.alpha,
        date(2025, 3, 12),
        date(2028, 3, 11),
        cycle=5,
        edition=edition,
        personnel=55,
        number="F-1",
    )
    for kind, day in (("surveillance", date(2026, 3, 3)),):
        make_audit(alpha, kind, planned=day, held=day)
    first = make_certificate(network.alpha, date(2013, 3, 12), date(2025, 3, 11), cycle=1)
    beta = make_certificate(network.beta, date(2018, 4, 20), date(2027, 2, 10), cycle=3)
    central = make_certificate(network.central, date(2018, 10, 1), date(2027, 9, 30), ("promotion",), cycle=3)
    return SimpleNamespace(
        network=network, alpha=alpha, first=first, beta=beta, central=central, edition=edition
    )
