"""Load the public record: the network, what is public about its certificates, its programme, its figures."""

from datetime import date
from decimal import Decimal
from typing import Any

from diapason.audit_trail.acts import act, take_number
from diapason.certification.certificates.acts.bulk import take_over_certificates
from diapason.certification.certificates.models import (
    Certificate,
    CertificationBody,
    DeclaredActivity,
    ScopeCell,
)
from diapason.certification.programme.acts.leading import take_over_programme
from diapason.certification.programme.models import Programme, ProgrammePartner
from diapason.certification.programme.queries import public_record
from diapason.certification.programme.queries.public_record import LoadingPlan, PublicRecord
from diapason.context.indicators.acts import declare_figures
from diapason.context.network.acts import describe_network
from diapason.context.network.models import Grouping, Organization, Partner, Site
from diapason.context.network.rules import sort_key
from diapason.context.standards.models import Edition


@act
def load_public_record(*, record: PublicRecord, by: Any, on: date) -> LoadingPlan:
    """Load what is not there yet, in one transaction; a second run changes nothing (ISO 9001 § 4.3, § 7.5.3)."""
    plan = public_record.plan(record)
    plan.allowed.require()
    if plan.organizations:
        _describe(record, by=by, on=on)
    editions = {edition.code: edition for edition in Edition.objects.all()}
    if plan.certificates:
        _certify(record, editions, by=by, on=on)
    if plan.programmes:
        _programmes(record, editions, by=by, on=on)
    if plan.figures:
        declare_figures(rows=record.figures, by=by, on=on)
    return plan


def _describe(record: PublicRecord, *, by: Any, on: date) -> None:
    """Describe the network: itself, its members, their sites, its regions, its partners."""
    network = record.network
    kind = Organization.Kind
    members = [_organization(row) for row in record.members]
    regions: dict[str, list[str]] = {}
    for row in record.members:
        regions.setdefault(row["region"], []).append(row["code"])
    describe_network(
        organizations=[
            Organization(**network["network"], kind=kind.NETWORK, source=network["source"]),
            *members,
        ],
        sites=[(row["parent"] or row["code"], _site(row)) for row in record.sites],
        groupings=[
            (
                Grouping(
                    kind="region", code=sort_key(name).replace(" ", "-")[:40], name_fr=name, name_en=name
                ),
                codes,
            )
            for name, codes in sorted(regions.items())
        ],
        partners=[
            Partner(code=p["code"], name=p["name"], kind=p["kind"], is_funder=p["is_funder"])
            for p in network["partners"]
        ],
        source=network["source"],
        by=by,
        on=on,
    )


def _organization(row: dict[str, str]) -> Organization:
    source = row["source"]
    if row["later_name"]:
        source = f"{source} ; nom ultérieur : {row['later_name']}"
    centre = row["kind"] == "centre"
    return Organization(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        kind=row["kind"],
        is_sponsor=not centre,
        is_investigator=centre,
        city=row["city"],
        department=row["department"],
        region=row["region"],
        latitude=Decimal(row["latitude"]),
        longitude=Decimal(row["longitude"]),
        finess_ej=row["finess_ej"],
        website=row["website"] if row["website_seen"] == "yes" else "",
        source=source,
    )


def _site(row: dict[str, str]) -> Site:
    return Site(
        code=f"{row['code']}-1" if row["kind"] != "site" else row["code"],
        name=row["name"],
        city=row["city"],
        department=row["department"],
        region=row["region"],
        address=row["street"],
        postal_line=row["postal_line"],
        finess_et=row["finess_et"],
        siret=row["siret"],
        latitude=Decimal(row["latitude"]),
        longitude=Decimal(row["longitude"]),
        is_hospital_site=row["hospital_site"] == "yes",
        source=row["source"],
    )


def _certify(record: PublicRecord, editions: dict[str, Edition], *, by: Any, on: date) -> None:
    """Take over what is public about the certificates of those that have none."""
    told = record.certificates
    members = {organization.code: organization for organization in Organization.objects.all()}
    held = set(Certificate.objects.values_list("holder__code", flat=True))
    bodies = {b["code"]: CertificationBody(**b) for b in told["bodies"]}
    bodies |= {b.code: b for b in CertificationBody.objects.filter(code__in=bodies)}
    certificates, cells = [], []
    for entry in told["certificates"]:
        if entry["organization"] in held:
            continue
        holder = members[entry["organization"]]
        certificate = _certificate(entry, told, holder, bodies, editions)
        certificates.append(certificate)
        cells += [ScopeCell(certificate=certificate, organization=holder, activity=a) for a in entry["scope"]]
    known = set(DeclaredActivity.objects.values_list("organization__code", "activity"))
    take_over_certificates(
        bodies=list(bodies.values()),
        certificates=certificates,
        cells=cells,
        activities=[
            a for a in _activities(record, members) if (a.organization.code, a.activity) not in known
        ],
        source=record.network["source"],
        by=by,
        on=on,
    )


def _certificate(
    entry: dict[str, Any],
    told: dict[str, Any],
    holder: Organization,
    bodies: dict[str, CertificationBody],
    editions: dict[str, Edition],
) -> Certificate:
    decided = public_record.partial_date(entry["decided"])
    year = (decided.latest or told["confirmed_on"]).year
    return Certificate(
        reference=take_number("CE", holder.code, year),
        holder=holder,
        body=bodies.get(entry.get("body", "")),
        edition=editions.get(entry.get("edition", "")),
        decision_earliest=decided.earliest,
        decision_latest=decided.latest,
        decision_wording=decided.wording,
        confirmed_on=told["confirmed_on"],
        collected_on=told["collected_on"],
        scope_fr=entry.get("scope_fr", ""),
        source=entry["source"],
        note=entry.get("note", ""),
    )


def _activities(record: PublicRecord, members: dict[str, Organization]) -> list[DeclaredActivity]:
    told = record.certificates["activities"]
    said = {"centre": told["centres"], "central_function": told["central_functions"]}
    return [
        DeclaredActivity(organization=members[row["code"]], **said[row["kind"]])
        for row in record.members
        if row["kind"] in said
    ]


def _programmes(record: PublicRecord, editions: dict[str, Edition], *, by: Any, on: date) -> None:
    """Take over the programme of the network, and the change of edition when both editions are loaded."""
    known = set(Programme.objects.values_list("code", flat=True))
    wanted = public_record.programmes_to_load(record, set(editions)) - known
    network = record.network
    if network["programme"]["code"] in wanted:
        described = dict(network["programme"])
        starts = public_record.partial_date(described.pop("starts"))
        programme = Programme(
            **described,
            starts_earliest=starts.earliest,
            starts_latest=starts.latest,
            starts_wording=starts.wording,
        )
        partners = Partner.objects.in_bulk([p["code"] for p in network["partners"]], field_name="code")
        links = [
            ProgrammePartner(
                programme=programme,
                partner=partners[p["code"]],
                contribution=p["contribution"],
                source=p["source"],
            )
            for p in network["partners"]
        ]
        take_over_programme(programme=programme, partners=links, source=described["source"], by=by, on=on)
    if record.edition_change["code"] in wanted:
        change = edition_change(record.edition_change, editions)
        take_over_programme(programme=change, source=change.source, by=by, on=on)


def edition_change(declared: dict[str, Any], editions: dict[str, Edition]) -> Programme:
    """Return the unsaved programme of a change of edition, its limit taken from the catalogue of standards."""
    target = editions[declared["to_edition"]]
    described = {**declared, "from_edition": editions[declared["from_edition"]], "to_edition": target}
    return Programme(**described, limit_on=target.transition_ends, limit_source=target.transition_source)
