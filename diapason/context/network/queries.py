"""Answer questions about the network."""

from datetime import date

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from diapason.context.network.models import Grouping, Organization, Site, VisibilityRule
from diapason.context.network.rules import sort_key
from diapason.kernel.scope import Scope
from diapason.ui.readings import once
from diapason.ui.search import Hit
from diapason.ui.together import Prepared

_EVERY_ORGANIZATION = Prepared(lambda: [Organization.objects.all()])


def every_organization() -> list[Organization]:
    """Return the network and its members, in the order of their names (one query)."""
    found: list[Organization] = _EVERY_ORGANIZATION.ask()[0]
    return found


def organizations_of(request: HttpRequest) -> list[Organization]:
    """Return the network and its members: one query, whoever asks during this request."""
    return once(request, every_organization)


def members_of(request: HttpRequest) -> list[Organization]:
    """Return the members, out of the same one query."""
    return [one for one in organizations_of(request) if not one.is_network]


def own_members_of(request: HttpRequest, scope: Scope) -> list[Organization]:
    """Return the members to which the reader belongs, out of the same one query."""
    return [one for one in members_of(request) if one.pk in scope.organizations]


def members_with_sites() -> QuerySet[Organization]:
    """Return the members with their sites and groupings loaded (3 queries)."""
    return (
        Organization.objects.members()
        .select_related("merged_into")
        .prefetch_related("sites", Prefetch("groupings", Grouping.objects.order_by("kind", "code")))
    )


def hospital_sites_on(day: date) -> QuerySet[Site]:
    """Return the hospital sites open on that day; an unknown opening counts as long ago."""
    opened = Site.objects.filter(is_hospital_site=True).exclude(opened_on__gt=day)
    return opened.exclude(closed_on__lte=day)


def centres_on(day: date) -> QuerySet[Organization]:
    """Return the establishments that exist on that day."""
    return Organization.objects.centres().open_on(day)


def charter() -> dict[str, dict[str, VisibilityRule]]:
    """Return object kind → audience → rule; what has no rule is closed."""
    found: dict[str, dict[str, VisibilityRule]] = {}
    for rule in VisibilityRule.objects.all():
        found.setdefault(rule.object_kind, {})[rule.audience] = rule
    return found


def organizations_matching(request: HttpRequest, text: str, limit: int) -> list[Hit]:
    """Return the organizations whose short name holds the text (one query)."""
    key = sort_key(text)
    found = Organization.objects.members().filter(sort_key__contains=key)[:limit] if key else []
    return [Hit(o.name, o.get_absolute_url(), o.city) for o in found]
