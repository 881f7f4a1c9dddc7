"""Invent the network: its organizations, sites, groupings, partners and visibility charter."""

from datetime import date
from typing import Any

from diapason.audit_trail.open_act import Automaton
from diapason.context.network import acts
from diapason.context.network.models import Grouping, Organization, Partner, Site, VisibilityRule
from diapason.demonstration.invention import declared

SOURCE = "données fictives"


def describe(*, by: Automaton) -> None:
    """Hand the invented network over to the network's chapter."""
    words = declared("network")
    acts.describe_network(
        organizations=[_network(words["network"]), *_centres(words), _central(words["central"])],
        sites=list(_sites(words)),
        groupings=[_interregion(words, region) for region in words["interregions"]],
        partners=[Partner(**partner) for partner in words["partners"]],
        rules=[
            VisibilityRule(**{**rule, "decided_on": date.fromisoformat(rule["decided_on"])})
            for rule in words["charter"]
        ],
        source=SOURCE,
        by=by,
        on=date(2012, 1, 2),
    )


def _network(words: dict[str, Any]) -> Organization:
    return Organization(
        code=words["code"],
        name=words["name"],
        short_name=words["short_name"],
        kind=Organization.Kind.NETWORK,
        source=SOURCE,
    )


def _centres(words: dict[str, Any]) -> list[Organization]:
    return [
        Organization(
            code=centre["code"],
            name=centre["name"],
            short_name=centre["town"],
            kind=Organization.Kind.CENTRE,
            is_sponsor=True,
            is_investigator=True,
            city=centre["town"],
            department=centre["department"],
            region=centre["region"],
            latitude=centre["latitude"],
            longitude=centre["longitude"],
            source=SOURCE,
        )
        for centre in words["centres"]
    ]


def _central(words: dict[str, Any]) -> Organization:
    return Organization(
        code=words["code"],
        name=words["name"],
        short_name=words["short_name"],
        kind=Organization.Kind.CENTRAL_FUNCTION,
        is_sponsor=True,
        city=words["town"],
        department=words["department"],
        region=words["region"],
        latitude=words["latitude"],
        longitude=words["longitude"],
        source=SOURCE,
    )


def _sites(words: dict[str, Any]) -> list[tuple[str, Site]]:
    found = []
    for centre in words["centres"]:
        places = [{**centre, "name": f"{centre['name']}, site principal"}, centre.get("second_site")]
        for position, place in enumerate((p for p in places if p), start=1):
            site = Site(
                code=f"{centre['code']}-{position}",
                name=place["name"],
                city=place["town"],
                department=centre["department"],
                region=centre["region"],
                latitude=place["latitude"],
                longitude=place["longitude"],
                is_hospital_site=True,
                source=SOURCE,
            )
            found.append((centre["code"], site))
    central = words["central"]
    office = Site(
        code=f"{central['code']}-1",
        name=central["short_name"],
        city=central["town"],
        is_hospital_site=False,
        source=SOURCE,
    )
    return [*found, (central["code"], office)]


def _interregion(words: dict[str, Any], region: dict[str, str]) -> tuple[Grouping, list[str]]:
    grouping = Grouping(kind="interregion", code=region["code"], name_fr=region["fr"], name_en=region["en"])
    return grouping, [
        centre["code"] for centre in words["centres"] if centre["interregion"] == region["code"]
    ]
