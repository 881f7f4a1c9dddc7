"""Lay out one certificate for its page: scope, cycle, audits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from diapason.certification.certificates.models import Certificate, CertificationAudit, ScopeCell
from diapason.certification.certificates.queries import tables
from diapason.certification.certificates.queries.entries import AuditLine, Entry
from diapason.certification.certificates.rules import cycle
from diapason.kernel.dates import months_after
from diapason.ui.asking import load_related


@dataclass(frozen=True)
class ScopeRow:
    """Hold one line of a certificate's scope: a place, and since when each activity is covered there."""

    place: str
    cells: tuple[tuple[bool, date | None, date | None], ...]


@dataclass(frozen=True)
class ScopeTable:
    """Hold the scope of one certificate: activities across, places down."""

    activities: tuple[tables.Activity, ...]
    rows: tuple[ScopeRow, ...]


@dataclass(frozen=True)
class CycleStep:
    """Hold one step of the cycle: what, when, and how it stands (ok, warn, bad, unk, run)."""

    label: str
    day: date | None
    look: str
    url_reference: str = ""


def parts_of(certificate: Certificate) -> tuple[list[CertificationAudit], list[ScopeCell]]:
    """Return the audits of the cycle, the latest first, and the scope; its history is loaded with them (one query)."""
    audits, cells = load_related(
        certificate,
        "suspensions",
        "successors",
        also=(
            certificate.audits.order_by("-planned_on", "-reference"),
            certificate.cells.select_related("organization", "site"),
        ),
    )
    return audits, cells


def scope_table(cells: Sequence[ScopeCell]) -> ScopeTable:
    """Return the scope as a table."""
    used = {cell.activity for cell in cells}
    columns = tuple(a for a in tables.activities().values() if a.detail or a.code in used)
    places: dict[str, dict[str, tuple[bool, date | None, date | None]]] = {}
    for cell in cells:
        name = (
            cell.site.name
            if cell.site
            else _("%(name)s, as a whole") % {"name": cell.organization.short_name}
        )
        places.setdefault(name, {})[cell.activity] = (True, cell.covered_from, cell.covered_until)
    nothing = (False, None, None)
    rows = tuple(
        ScopeRow(name, tuple(found.get(a.code, nothing) for a in columns)) for name, found in places.items()
    )
    return ScopeTable(columns, rows)


def lines_of(audits: Iterable[CertificationAudit], holder: str) -> list[AuditLine]:
    """Return audits as the rules read them, in the order of their days."""
    lines = [
        AuditLine(
            a.reference,
            holder,
            a.certificate_id,
            a.kind,
            a.planned_on,
            a.held_until,
            a.result,
            a.majors_verified_on,
        )
        for a in audits
    ]
    return sorted(lines, key=lambda a: (a.held_on or a.planned_on or date.max, a.reference))


def entry_of(certificate: Certificate) -> Entry:
    """Return a certificate as the rules read it, its scope left out; its history should be loaded."""
    return Entry(
        pk=certificate.pk,
        reference=certificate.reference,
        number=certificate.number,
        holder=certificate.holder.code,
        edition=certificate.edition.label if certificate.edition else "",
        cycle=certificate.cycle,
        previous_id=certificate.previous_id,
        dates=certificate.dates,
    )


def cycle_steps(
    certificate: Certificate, entry: Entry, audits: Sequence[AuditLine], on: date
) -> list[CycleStep]:
    """Return the steps of the cycle in order: decision, limit of the first surveillance, audits, expiry."""
    steps = [CycleStep(_("Decision"), certificate.decision_latest or certificate.effective_on, "ok")]
    for audit in audits:
        day = audit.held_on or audit.planned_on
        late = audit.held_on is None and audit.planned_on is not None and audit.planned_on < on
        look = "ok" if audit.held_on else "warn" if late else "run"
        steps.append(CycleStep(str(CertificationAudit.Kind(audit.kind).label), day, look, audit.reference))
    if certificate.cycle == 1 and certificate.decision_latest and not _surveyed(audits):
        due = months_after(certificate.decision_latest, tables.cycle().first_surveillance_months)
        steps.append(CycleStep(_("Limit of the first surveillance audit"), due, "bad" if due < on else "unk"))
    if certificate.expires_on:
        levels = {
            a.level
            for a in cycle.alarms(entry.cycle_on(on, audits), on, tables.cycle())
            if "expiry" in a.kind
        }
        look = (
            "bad"
            if cycle.THREATENED in levels or certificate.expires_on < on
            else "warn"
            if levels
            else "unk"
        )
        steps.append(CycleStep(_("Expiry"), certificate.expires_on, look))
    return sorted(steps, key=lambda s: s.day or date.max)


def _surveyed(audits: Iterable[AuditLine]) -> bool:
    return any(audit.kind == "surveillance" and audit.held_on for audit in audits)


def quote_gap(audit: CertificationAudit) -> Decimal | None:
    """Return how many days the body's quote lies above the computed time (negative: below)."""
    if audit.days_quoted is None or audit.days_computed is None:
        return None
    return audit.days_quoted - audit.days_computed
