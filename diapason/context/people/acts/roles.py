"""Grant and end roles, name stand-ins (ISO 9001 §5.3)."""

from datetime import date, timedelta
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.context.network.models import Organization
from diapason.context.people.facts import RoleEnded, RoleGranted, StandInNamed
from diapason.context.people.models import Person, RoleAssignment
from diapason.context.people.permissions import may_end_role, may_grant_role
from diapason.context.people.queries import network_administrators
from diapason.context.people.rules import next_number
from diapason.kernel.dates import Period
from diapason.kernel.verdicts import Refused, Verdict
from diapason.kernel.words import message


@act
def grant_role(
    *,
    person: Person,
    role: str,
    organization: Organization | None,
    starts_on: date,
    ends_on: date | None,
    by: Any,
    on: date,
) -> RoleAssignment:
    """Grant a role to a person for an organization (None: the network), from a day to a day or without end."""
    may_grant_role(role, organization, person=person, by=by).require()
    wanted = Period(starts_on, ends_on)
    held = person.assignments.not_over(on=on).filter(role=role, organization=organization, stands_in_for=None)
    if any(wanted.overlaps(Period(each.starts_on, each.ends_on)) for each in held):
        raise Refused(Verdict.no(message("This person already holds this role on some of these days.")))
    return add_assignment(person, role, organization, starts_on, ends_on, by=by)


def add_assignment(
    person: Person,
    role: str,
    organization: Organization | None,
    starts_on: date,
    ends_on: date | None,
    *,
    by: Any,
) -> RoleAssignment:
    """Store a role and state it; inside an act whose permission was checked."""
    assignment = RoleAssignment.objects.create(
        reference=next_reference(),
        person=person,
        role=role,
        organization=organization,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    record(
        RoleGranted(
            subject=person.subject,
            organization=organization.code if organization else "",
            reference=assignment.reference,
            role=role,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        by=by,
    )
    return assignment


def next_reference() -> str:
    """Return the reference of the next assignment; inside an act, where numbers are given one after the other."""
    ours = RoleAssignment.objects.filter(reference__regex=r"^R-[0-9]+$")
    last = ours.order_by("-pk").values_list("reference", flat=True).first()
    return next_number(last or "", "R")


@act
def end_role(
    *, assignment: RoleAssignment, ends_on: date | None, reason: str, version: int | None, by: Any, on: date
) -> RoleAssignment:
    """End a role: after the day `ends_on`, or at once when it is None. The last administrator stays."""
    may_end_role(assignment, by=by).require()
    fresh = reread(assignment, version)
    if not RoleAssignment.objects.not_over(on=on).filter(pk=fresh.pk).exists():
        raise Refused(Verdict.no(message("This role has already ended.")))
    withdraw(fresh, ends_on, reason, by=by, on=on)
    require_an_administrator(on=on if ends_on is None else ends_on + timedelta(days=1))
    return fresh


def withdraw(assignment: RoleAssignment, ends_on: date | None, reason: str, *, by: Any, on: date) -> None:
    """Give an assignment its end and state it; inside an act whose permission was checked."""
    if ends_on is None:
        assignment.revoked_on = on
    elif ends_on < max(assignment.starts_on, on):
        raise Refused(Verdict.no(message("A role cannot end before it starts, nor in the past.")))
    else:
        assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on", "revoked_on"])
    organization = assignment.organization
    record(
        RoleEnded(
            subject=assignment.person.subject,
            organization=organization.code if organization else "",
            reference=assignment.reference,
            role=assignment.role,
            ends_on=ends_on or on,
            reason=reason,
        ),
        by=by,
    )


def require_an_administrator(*, on: date) -> None:
    """Refuse what would leave the network without anybody to manage accounts."""
    if not network_administrators(on=on).exists():
        raise Refused(
            Verdict.no(message("The last administrator of the network cannot be ended: name another first."))
        )


@act
def name_stand_in(
    *, assignment: RoleAssignment, person: Person, starts_on: date, ends_on: date, by: Any, on: date
) -> RoleAssignment:
    """Name somebody to stand in for the holder of a role, between two days; it ends early when that role ends."""
    may_grant_role(assignment.role, assignment.organization, person=person, by=by).require()
    _check_stand_in(assignment, person, Period(starts_on, ends_on))
    organization, replaced = assignment.organization, assignment.person
    stand_in = RoleAssignment.objects.create(
        reference=next_reference(),
        person=person,
        role=assignment.role,
        organization=organization,
        starts_on=starts_on,
        ends_on=ends_on,
        stands_in_for=replaced,
    )
    record(
        StandInNamed(
            subject=person.subject,
            organization=organization.code if organization else "",
            reference=stand_in.reference,
            role=assignment.role,
            replaced=replaced.subject,
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        by=by,
    )
    return stand_in


def _check_stand_in(assignment: RoleAssignment, person: Person, wanted: Period) -> None:
    """Refuse a stand-in for oneself, for a stand-in, or outside the days of the role."""
    if person.pk == assignment.person_id:
        raise Refused(Verdict.no(message("Nobody stands in for himself or herself.")))
    if assignment.stands_in_for_id is not None:
        raise Refused(Verdict.no(message("A stand-in cannot be replaced: name another for the same person.")))
    if not (assignment.is_dated(on=wanted.start) and assignment.is_dated(on=wanted.end or wanted.start)):
        raise Refused(Verdict.no(message("The person replaced does not hold the role on these days.")))
