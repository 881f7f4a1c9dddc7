"""Change the network's make-up and its visibility charter."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from diapason.audit_trail import bulk
from diapason.audit_trail.acts import act, record, reread
from diapason.context.network import facts, permissions
from diapason.context.network.models import (
    FormerName,
    Grouping,
    GroupingMembership,
    Organization,
    OutsidePlace,
    Partner,
    Site,
    VisibilityRule,
)
from diapason.context.network.rules import check_finess, check_siren, sort_key


@act
def register_organization(*, by: Any, on: date, **description: Any) -> Organization:
    """Register an organization of the network (ISO 9001 §4.3)."""
    permissions.may_manage_network(by=by).require()
    organization = Organization(**checked(description))
    organization.full_clean(exclude=["sort_key"])
    organization.save()
    record(
        facts.OrganizationRegistered(
            subject=organization.subject, organization=organization.code, name=organization.name
        ),
        by=by,
    )
    return organization


def checked(description: dict[str, Any]) -> dict[str, Any]:
    """Return the description with its identifiers in their normal form; raises BadIdentifier."""
    if description.get("finess_ej"):
        description["finess_ej"] = check_finess(description["finess_ej"])
    if description.get("siren"):
        description["siren"] = check_siren(description["siren"])
    return description


@act
def correct_organization(
    *, organization: Organization, reason: str, version: int | None, by: Any, on: date, **changes: Any
) -> Organization:
    """Correct an organization's sheet (« rectifier »), the former values staying in the trail only."""
    permissions.may_correct_organization(organization, by=by).require()
    organization = reread(organization, version)
    for name, value in checked(changes).items():
        setattr(organization, name, value)
    organization.save()
    record(
        facts.OrganizationCorrected(
            subject=organization.subject, organization=organization.code, reason=reason
        ),
        by=by,
    )
    return organization


@act
def rename_organization(
    *, organization: Organization, name: str, short_name: str, version: int | None, by: Any, on: date
) -> Organization:
    """Give an organization another name from a day on, keeping the former one."""
    permissions.may_correct_organization(organization, by=by).require()
    organization = reread(organization, version)
    old_name = organization.name
    FormerName.objects.create(organization=organization, name=old_name, until=on)
    organization.name, organization.short_name = name, short_name
    organization.save()
    record(
        facts.OrganizationRenamed(
            subject=organization.subject,
            organization=organization.code,
            old_name=old_name,
            new_name=name,
            on=on.isoformat(),
        ),
        by=by,
    )
    return organization


@act
def merge_organization(
    *, organization: Organization, into: Organization, version: int | None, by: Any, on: date
) -> Organization:
    """Take an organization into another one: it closes on that day, its records keep its name."""
    permissions.may_correct_organization(organization, by=by).require()
    organization = reread(organization, version)
    organization.merged_into, organization.closed_on = into, on
    organization.save()
    record(
        facts.OrganizationMerged(
            subject=organization.subject, organization=organization.code, into=into.name, on=on.isoformat()
        ),
        by=by,
    )
    return organization


@act
def decide_visibility(
    *, object_kind: str, audience: str, form: str, decision: str, by: Any, on: date
) -> VisibilityRule:
    """Open or close one kind of object to one audience, by a dated decision (visibility charter)."""
    permissions.may_decide_visibility(by=by).require()
    rule = VisibilityRule.objects.filter(object_kind=object_kind, audience=audience).first()
    rule = reread(rule) if rule else VisibilityRule(object_kind=object_kind, audience=audience)
    rule.form, rule.decided_on, rule.decision = form, on, decision
    rule.full_clean(validate_unique=False)
    rule.save()
    record(
        facts.VisibilityRuleDecided(
            subject=rule.subject, object_kind=object_kind, audience=audience, form=form, decision=decision
        ),
        by=by,
    )
    return rule


@act
def describe_network(
    *,
    organizations: Sequence[Organization],
    sites: Sequence[tuple[str, Site]] = (),
    groupings: Sequence[tuple[Grouping, Sequence[str]]] = (),
    partners: Sequence[Partner] = (),
    rules: Sequence[VisibilityRule] = (),
    source: str,
    by: Any,
    on: date,
) -> None:
    """Take over a whole network from a source; for automata (demonstration, public record, first set-up).

    `sites` are (organization code, site), `groupings` (grouping, organization codes); the parent of each
    member becomes the organization of kind "network".
    """
    by_code = _stored(organizations)
    for code, site in sites:
        site.organization = by_code[code]
    Site.objects.bulk_create([site for _, site in sites])
    Grouping.objects.bulk_create([grouping for grouping, _ in groupings])
    GroupingMembership.objects.bulk_create(
        [
            GroupingMembership(grouping=grouping, organization=by_code[code])
            for grouping, codes in groupings
            for code in codes
        ]
    )
    for partner in partners:
        partner.sort_key = sort_key(partner.name)
    Partner.objects.bulk_create(partners)
    VisibilityRule.objects.bulk_create(rules)
    for one in organizations:
        record(facts.OrganizationRegistered(subject=one.subject, organization=one.code, name=one.name), by=by)
    record(
        facts.NetworkDescribed(
            subject="network:all", organizations=len(organizations), sites=len(sites), source=source
        ),
        by=by,
    )


def _stored(organizations: Sequence[Organization]) -> dict[str, Organization]:
    """Store the network, then its members below it, and return them by code."""
    for organization in organizations:
        organization.sort_key = sort_key(organization.short_name)
    network = [o for o in organizations if o.kind == Organization.Kind.NETWORK]
    Organization.objects.bulk_create(network)
    members = [o for o in organizations if o not in network]
    for member in members:
        member.parent = network[0] if network else None
    Organization.objects.bulk_create(members)
    return {organization.code: organization for organization in organizations}


def register_outside_places(places: Sequence[OutsidePlace]) -> dict[str, OutsidePlace]:
    """Return key → place outside the network, those still unknown created; called within an act."""
    wanted = {place.key: place for place in places}
    known = {place.key: place for place in OutsidePlace.objects.filter(key__in=wanted)}
    fresh = [place for key, place in wanted.items() if key not in known]
    bulk.insert(OutsidePlace, fresh)
    return {**known, **{place.key: place for place in fresh}}
