"""Say from when and until when a renewed certificate may hold (ISO/IEC 17021-1)."""

from dataclasses import dataclass
from datetime import date, timedelta

from diapason.certification.certificates.rules.tables import CycleTable
from diapason.kernel.dates import months_after
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message


@dataclass(frozen=True)
class RenewalTerms:
    """Hold how a renewal continues: "follows", "restored" or "new_cycle", and its outer dates."""

    kind: str
    earliest_effective_on: date
    latest_expiry_on: date


def renewal_terms(previous_expiry: date, decision_on: date, table: CycleTable) -> RenewalTerms:
    """Return the outer dates of a renewal decided that day.

    Decided in time, the new expiry may follow on the old one; within the restoration time the certificate
    comes back from the decision on, its expiry still counted from the old one; later a new cycle begins.
    """
    follows_until = months_after(previous_expiry, table.cycle_months)
    if decision_on <= previous_expiry:
        return RenewalTerms("follows", decision_on, follows_until)
    if decision_on <= months_after(previous_expiry, table.restoration_months):
        return RenewalTerms("restored", decision_on, follows_until)
    end = months_after(decision_on, table.cycle_months) - timedelta(days=1)
    return RenewalTerms("new_cycle", decision_on, end)


def check_cycle_dates(decision_on: date, effective_on: date, expires_on: date, latest: date) -> Verdict:
    """Tell whether the dates of a cycle stand in order and within the longest cycle."""
    if effective_on < decision_on:
        return Verdict.no(message("A certificate takes effect on its decision date or later."))
    if expires_on < effective_on:
        return Verdict.no(message("A certificate expires after it takes effect."))
    if expires_on > latest:
        return Verdict.no(
            message("The expiry may not be later than %(latest)s for this decision."), latest=latest
        )
    return Verdict.yes()
