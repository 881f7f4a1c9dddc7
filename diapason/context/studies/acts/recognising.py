"""Put studies right once a name turned out to be a member's."""

from datetime import date
from typing import Any

from django.db.models import F

from diapason.audit_trail.acts import act, record
from diapason.context.network.models import Organization, Site
from diapason.context.studies import facts, permissions
from diapason.context.studies.models import InvestigatorSite, Study


@act
def recognise_place(*, key: str, organization: Organization, site: Site | None, by: Any, on: date) -> int:
    """Turn the investigator sites at an outside place into a member's; return how many.

    Where the study already has that member's site, the outside line only stops being listed.
    """
    permissions.may_register_study(None, by=by).require()
    outside = InvestigatorSite.objects.filter(place__key=key, is_listed=True)
    studies = list(outside.values_list("study_id", flat=True))
    known = InvestigatorSite.objects.filter(study_id__in=studies, organization=organization, site=site)
    there = set(known.values_list("study_id", flat=True))
    doubled = outside.filter(study_id__in=there)
    Study.objects.filter(pk__in=there).update(site_count=F("site_count") - 1, version=F("version") + 1)
    doubled.update(is_listed=False, version=F("version") + 1)
    moved = InvestigatorSite.objects.filter(place__key=key, is_listed=True)
    moved.update(organization=organization, site=site, place=None, version=F("version") + 1)
    if studies:
        record(
            facts.InvestigatorSitesRecognised(
                subject=f"organization:{organization.code}",
                organization=organization.code,
                count=len(studies),
            ),
            by=by,
        )
    return len(studies)


@act
def recognise_sponsor(*, name: str, organization: Organization, by: Any, on: date) -> int:
    """Turn the studies of an outside sponsor's name into a member's; return how many."""
    permissions.may_register_study(None, by=by).require()
    studies = Study.objects.filter(sponsor=None, sponsor_name=name)
    count = studies.update(sponsor=organization, sponsor_name="", version=F("version") + 1)
    if count:
        record(
            facts.SponsorRecognised(
                subject=f"organization:{organization.code}",
                organization=organization.code,
                name=name,
                count=count,
            ),
            by=by,
        )
    return count
