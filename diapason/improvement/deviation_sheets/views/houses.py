"""Find the house and the month that a page speaks of."""

from datetime import date

from django.http import Http404, HttpRequest

from diapason.context.network.models import Organization
from diapason.context.network.queries import members_of
from diapason.improvement.deviation_sheets.models import KEEP, READ
from diapason.improvement.deviation_sheets.rules.cells import month_of, months_until
from diapason.kernel.clock import today
from diapason.kernel.dates import months_after
from diapason.kernel.scope import NOBODY, Scope
from diapason.kernel.verdicts import Verdict
from diapason.kernel.words import message

MONTHS, OFFERED = 12, 13


def houses_of(request: HttpRequest) -> list[Organization]:
    """Return the houses whose sheets this person reads; 403 with the reason when there is none."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    held = scope.where(KEEP) | scope.where(READ)
    found = [one for one in members_of(request) if one.pk in held]
    if not found:
        Verdict.no(
            message("Deviation sheets are read by those who keep them and by the quality managers.")
        ).require()
    return found


def house_of(request: HttpRequest, code: str = "") -> Organization:
    """Return the house named, or one's own; 404 for a house whose sheets one does not read."""
    found = houses_of(request)
    wanted = code or request.GET.get("organization", "") or request.POST.get("organization", "")
    if not wanted:
        return found[0]
    house = next((one for one in found if one.code == wanted), None)
    if house is None:
        raise Http404
    return house


def last_whole_month() -> date:
    """Return the month before the present one: the one whose sheets are being filled."""
    return months_after(today().replace(day=1), -1)


def month_asked(text: str) -> date:
    """Return the month of an address, the last whole one when it names none that has begun."""
    found = month_of(text)
    return found if found and found <= today() else last_whole_month()


def months_offered() -> list[date]:
    """Return the present month and those before it, the newest first."""
    return list(reversed(months_until(today().replace(day=1), OFFERED)))
