"""Let an organization allow photos with reports, keep one, remove it (ISO 9001 §7.5.3)."""

from datetime import date
from typing import Any

from diapason.audit_trail.acts import act, record, reread
from diapason.context.files import acts as files
from diapason.context.files.models import KeptFile
from diapason.context.files.store import Staged
from diapason.context.network.models import Organization
from diapason.improvement.quality_events import permissions
from diapason.improvement.quality_events.facts import reporting as facts
from diapason.improvement.quality_events.models import KIND, QualityEvent, ReportSetting


@act
def allow_photos(
    *, organization: Organization, photo: bool, version: int | None, by: Any, on: date
) -> ReportSetting:
    """Decide whether a photo may be added to reports of that organization."""
    permissions.may_set_reporting(organization, by=by).require()
    known = ReportSetting.objects.filter(organization=organization).first()
    setting = reread(known, version) if known else ReportSetting(organization=organization)
    setting.photo = photo
    setting.save()
    fact = facts.PhotosAllowed if photo else facts.PhotosForbidden
    record(fact(subject=f"organization:{organization.code}", organization=organization.code), by=by)
    return setting


@act
def keep_photo(*, event: QualityEvent, staged: Staged, made_from: str = "", by: Any, on: date) -> KeptFile:
    """Keep a masked photo with a report; nobody is named with it, the report tells who may know the declarer.

    The picture handed in, of digest `made_from`, is gone with the commit.
    """
    permissions.may_add_photo(event, allows_photos(event.place)).require()
    return files.keep_file(
        staged=staged,
        kind=KIND,
        key=event.number,
        organization=event.organization,
        made_from=made_from,
        by=by,
        on=on,
    )


@act
def remove_photo(*, event: QualityEvent, file: KeptFile, reason: str, by: Any, on: date) -> KeptFile:
    """Take a photo off an event: whoever sorts decides whether it may stay."""
    permissions.holds(event, "triage_event", by=by).require()
    return files.remove_file(file=file, reason=reason, by=by, on=on)


def allows_photos(organization: Organization) -> bool:
    """Tell whether the organization allows photos; without a decision it does not."""
    return ReportSetting.objects.filter(organization=organization, photo=True).exists()
