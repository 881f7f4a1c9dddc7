"""Certificates in the database: states told by SQL and by the rules agree, constraints hold."""

from datetime import date
from itertools import product

import pytest
from django.db import IntegrityError

from diapason.certification.certificates.models import Certificate, ScopeCell, Suspension
from diapason.certification.certificates.rules import validity

pytestmark = pytest.mark.database
ON = date(2026, 11, 23)


def test_the_database_and_the_rules_tell_the_same_state(network, stage):
    past, future = date(2024, 5, 1), date(2027, 5, 1)
    bounds = [
        (None, None),
        (past, past),
        (date(2020, 1, 1), past),
        (past, future),
        (None, future),
        (future, future),
    ]
    choices = product(
        bounds, (None, past, future), (None, date(2026, 1, 1), future), (None, past, future), (None, ON)
    )

    def build():
        for number, ((first, last), effective, expires, withdrawn, confirmed) in enumerate(choices):
            if effective and expires and expires < effective:
                continue
            one = Certificate.objects.create(
                reference=f"CE-{number}",
                holder=network.alpha,
                decision_earliest=first,
                decision_latest=last,
                effective_on=effective,
                expires_on=expires,
                withdrawn_on=withdrawn,
                confirmed_on=confirmed,
            )
            if number % 5 == 0:
                Suspension.objects.create(certificate=one, starts_on=date(2026, 10, 1), reason="essai")
            if number % 7 == 0:
                Certificate.objects.create(
                    reference=f"CE-{number}-next",
                    holder=network.alpha,
                    previous=one,
                    effective_on=date(2026, 9, 1),
                )

    stage(build)
    told = {state: set(Certificate.objects.in_state(state, ON)) for state in validity.STATES}
    everything = list(Certificate.objects.with_history())
    assert sum(len(found) for found in told.values()) == len(everything)
    for certificate in everything:
        assert certificate in told[certificate.state_on(ON)], (certificate, certificate.state_on(ON))


def test_a_scope_cell_is_held_once(network, make_certificate, stage):
    one = make_certificate(network.alpha, date(2025, 1, 1), date(2027, 12, 31))
    with pytest.raises(IntegrityError):
        stage(
            lambda: ScopeCell.objects.create(
                certificate=one, organization=network.alpha, site=None, activity="investigation"
            )
        )


def test_an_expiry_before_the_beginning_is_refused(network, stage):
    with pytest.raises(IntegrityError):
        stage(
            lambda: Certificate.objects.create(
                reference="CE-X", holder=network.alpha, effective_on=ON, expires_on=date(2020, 1, 1)
            )
        )


def test_nobody_sees_certificates_without_signing_in(certified, account):
    from django.contrib.auth.models import AnonymousUser

    assert not Certificate.objects.visible_to(AnonymousUser()).exists()
    assert Certificate.objects.visible_to(account("research_staff", certified.network.beta)).count() == 4
