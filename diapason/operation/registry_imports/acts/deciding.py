"""Decide which member a name in a register stands for."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record
from diapason.context.network.models import Organization, Site
from diapason.context.studies.acts.recognising import recognise_place, recognise_sponsor
from diapason.operation.registry_imports import facts, permissions
from diapason.operation.registry_imports.models import CONFIRMED_NOWHERE, PlaceName, PlaceProposal


@act
def decide_place(
    *, proposal: PlaceProposal, organization: Organization | None, site: Site | None, by: Any, on: date
) -> PlaceName:
    """Decide that a registry name stands for a member (or its site), or for none (both None).

    Studies already taken over under that name are put right in the same act; later imports follow it.
    """
    permissions.may_decide_place(by=by).require()
    if site is not None:
        organization = site.organization
    name = PlaceName.objects.create(
        key=proposal.key,
        name=proposal.name,
        city=proposal.city,
        organization=organization,
        site=site,
        decided_on=on,
    )
    if organization is not None and proposal.is_sponsor:
        recognise_sponsor(name=proposal.name, organization=organization, by=by, on=on)
    elif organization is not None:
        recognise_place(key=proposal.key, organization=organization, site=site, by=by, on=on)
    PlaceProposal.objects.filter(key=proposal.key).delete()
    record(
        facts.PlaceNameDecided(
            subject=f"place-name:{name.key[:12]}",
            organization=organization.code if organization else "",
            name=name.name,
            city=name.city,
            member=str(site or organization or CONFIRMED_NOWHERE),
        ),
        by=by,
    )
    return name
