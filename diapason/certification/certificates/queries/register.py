"""Load every certificate with what decides its state: two queries, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from diapason.certification.certificates.models import (
    Certificate,
    CertificationAudit,
    DeclaredActivity,
    ScopeCell,
    Suspension,
)
from diapason.certification.certificates.queries.entries import AuditLine, Entry, Member
from diapason.certification.certificates.rules import validity
from diapason.certification.certificates.rules.coverage import Cell, Coverage, Holding
from diapason.certification.certificates.rules.spans import Stretch, merged
from diapason.context.network.models import Organization
from diapason.context.network.queries import members_of
from diapason.kernel.dates import PartialDate
from diapason.ui.together import ask_together


class Register:
    """Hold all certificates, or those that concern one organization, loaded once."""

    def __init__(
        self, organization: Organization | None = None, members: Iterable[Organization] | None = None
    ) -> None:
        self.organization = organization
        self._given = [organization] if organization else members

    @cached_property
    def members(self) -> dict[str, Member]:
        """Return code → member of the network, in the order of their names."""
        rows = Organization.objects.members() if self._given is None else self._given
        return {
            o.code: Member(o.pk, o.code, o.short_name, o.kind, o.city, o.latitude, o.longitude)
            for o in rows
            if not o.is_network
        }

    @cached_property
    def questions(self) -> tuple[QuerySet[Any, Any], ...]:
        """Return what the register asks: certificates, suspensions, scope, audits and declared activities.

        A page that asks them together with its own (ui/asking.py) finds the register loaded.
        """
        audits, declared = CertificationAudit.objects.all(), DeclaredActivity.objects.all()
        if self.organization:
            concerned = Q(certificate__in=self._certificates().values("pk"))
            audits = audits.filter(Q(organization=self.organization) | concerned)
            declared = declared.filter(organization=self.organization)
        return (
            self._certificates().values(*_COLUMNS),
            self._about(Suspension.objects.all()).values_list("certificate_id", "starts_on", "ends_on"),
            self._about(ScopeCell.objects.all()).values_list(*_CELL_COLUMNS),
            audits.order_by("planned_on", "reference").values_list(*_AUDIT_COLUMNS),
            declared.values_list(*_DECLARED_COLUMNS),
        )

    @cached_property
    def _read(self) -> list[list[Any]]:
        """Return the answers, by one statement unless they came already."""
        return ask_together(*self.questions)

    @property
    def declarations(self) -> list[Any]:
        """Return what was declared: organization, site, activity, performed, first and last day, source."""
        return self._read[4]

    @cached_property
    def entries(self) -> dict[int, Entry]:
        """Return id → certificate with its scope, suspensions and successor."""
        rows, suspensions, cells = self._read[:3]
        starts: dict[int, list[date]] = defaultdict(list)
        for row in rows:
            first = row["effective_on"] or row["decision_latest"]
            if row["previous_id"] and first:
                starts[row["previous_id"]].append(first)
        pauses: dict[int, list[Stretch]] = defaultdict(list)
        for pk, first, last in suspensions:
            pauses[pk].append((first, last or date.max))
        found = {row["id"]: _entry(row, starts[row["id"]], pauses[row["id"]]) for row in rows}
        for pk, organization, site, activity, first, last in cells:
            found[pk].lines.append((Cell(organization, site or "", activity), first, last))
        return found

    @cached_property
    def audits(self) -> list[AuditLine]:
        """Return every audit, in the order of their days."""
        found = [
            AuditLine(reference, code, certificate, kind, planned, until or first, result, verified)
            for reference, code, certificate, kind, planned, first, until, result, verified in self._read[3]
        ]
        return sorted(found, key=lambda a: (a.held_on or a.planned_on or date.max, a.reference))

    @cached_property
    def coverage(self) -> Coverage:
        """Return what all certificates cover together, by cell."""
        return Coverage.of(holding for entry in self.entries.values() for holding in entry.holdings)

    @cached_property
    def stretches(self) -> tuple[dict[str, list[Stretch]], dict[str, list[Stretch]]]:
        """Return, by organization, the days surely certified and the days possibly so (for anything at all)."""
        sure: dict[str, list[Stretch]] = {code: [] for code in self.members}
        possible: dict[str, list[Stretch]] = {code: [] for code in self.members}
        for entry in self.entries.values():
            whole = Holding(Cell("", "", ""), validity.span_of(entry.dates), entry.dates.suspensions)
            for code in entry.covers & self.members.keys():
                sure[code] += whole.sure
                possible[code] += whole.possible
        return {c: merged(s) for c, s in sure.items()}, {c: merged(s) for c, s in possible.items()}

    @cached_property
    def _by_organization(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        latest_first = sorted(
            self.entries.values(),
            key=lambda e: (e.dates.decision.latest or date.min, e.reference),
            reverse=True,
        )
        for entry in latest_first:
            for code in entry.covers:
                found[code].append(entry)
        return found

    @cached_property
    def _audits_of(self) -> dict[str, list[AuditLine]]:
        found: dict[str, list[AuditLine]] = defaultdict(list)
        for audit in self.audits:
            found[audit.organization].append(audit)
        return found

    def of(self, code: str) -> list[Entry]:
        """Return the certificates that cover an organization, the latest first."""
        return self._by_organization.get(code, [])

    @cached_property
    def _audits_in(self) -> dict[int | None, list[AuditLine]]:
        found: dict[int | None, list[AuditLine]] = defaultdict(list)
        for audit in self.audits:
            found[audit.certificate_id].append(audit)
        return found

    def audits_in(self, entry: Entry) -> list[AuditLine]:
        """Return the audits of a certificate's cycle, in the order of their days."""
        return self._audits_in.get(entry.pk, [])

    def audits_of(self, code: str) -> list[AuditLine]:
        """Return the audits of an organization, in the order of their days."""
        return self._audits_of.get(code, [])

    def _certificates(self) -> QuerySet[Certificate]:
        rows = Certificate.objects.order_by("pk")
        if self.organization is None:
            return rows
        covering = ScopeCell.objects.filter(organization=self.organization).values("certificate")
        return rows.filter(Q(holder=self.organization) | Q(pk__in=covering))

    def _about(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(certificate__in=self._certificates().values("pk")) if self.organization else rows


_COLUMNS = (
    "id", "reference", "number", "holder__code", "edition__label", "cycle", "previous_id", "decision_earliest",
    "decision_latest", "decision_wording", "effective_on", "expires_on", "confirmed_on", "withdrawn_on",
)  # fmt: skip
_AUDIT_COLUMNS = (
    "reference", "organization__code", "certificate_id", "kind", "planned_on", "held_from", "held_until", "result",
    "majors_verified_on",
)  # fmt: skip
_CELL_COLUMNS = (
    "certificate_id", "organization__code", "site__code", "activity", "covered_from", "covered_until",
)  # fmt: skip
_DECLARED_COLUMNS = (
    "organization__code", "site__code", "activity", "performed", "starts_on", "ends_on", "source",
)  # fmt: skip


def _entry(row: dict[str, Any], starts: list[date], pauses: list[Stretch]) -> Entry:
    dates = validity.Dates(
        decision=PartialDate(row["decision_earliest"], row["decision_latest"], row["decision_wording"]),
        effective_on=row["effective_on"],
        expires_on=row["expires_on"],
        withdrawn_on=row["withdrawn_on"],
        successor_from=min(starts, default=None),
        confirmed_on=row["confirmed_on"],
        suspensions=tuple(sorted(pauses)),
    )
    return Entry(
        pk=row["id"],
        reference=row["reference"],
        number=row["number"],
        holder=row["holder__code"],
        edition=row["edition__label"] or "",
        cycle=row["cycle"],
        previous_id=row["previous_id"],
        dates=dates,
    )


def register_of(request: HttpRequest) -> Register:
    """Return the register of the whole network, loaded once a request: the panels of one page share it."""
    found: Register | None = getattr(request, "certificate_register", None)
    if found is None:
        found = Register(members=members_of(request))
        request.certificate_register = found  # type: ignore[attr-defined]
    return found
