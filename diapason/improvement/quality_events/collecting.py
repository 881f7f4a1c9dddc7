"""Say when the letter box is emptied: once a day at an hour fixed beforehand, whether or not something lies in it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings


def hour() -> time:
    """Return the hour of the setting `letters_hour`, in the time zone of the instance."""
    return time.fromisoformat(settings.DIAPASON["letters_hour"])


def next_collection(after: datetime) -> datetime:
    """Return the moment of the first collection after that one."""
    zone = ZoneInfo(settings.TIME_ZONE)
    local = after.astimezone(zone)
    today = datetime.combine(local.date(), hour(), tzinfo=zone)
    return today if today > local else datetime.combine(local.date() + timedelta(days=1), hour(), tzinfo=zone)
