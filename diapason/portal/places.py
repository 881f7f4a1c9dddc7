"""Say where a reader stands: the network, or one organization."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from diapason.context.network.queries import members_of, own_members_of
from diapason.kernel.scope import NOBODY, Scope
from diapason.ui.context import Place
from diapason.ui.links import address

SESSION_KEY = "place"
NETWORK = "network"


def places_of(request: HttpRequest) -> list[Place]:
    """Return the network and the reader's own organizations (all members for the network's people): one query."""
    scope: Scope = getattr(request.user, "scope", NOBODY)
    known = members_of(request) if scope.network_wide else own_members_of(request, scope)
    chosen = str(request.session.get(SESSION_KEY, ""))
    rows = [(one.code, one.short_name) for one in known]
    codes = {code for code, _ in rows}
    if chosen not in codes and chosen != NETWORK:
        chosen = NETWORK if scope.network_wide or len(rows) != 1 else rows[0][0]
    network = Place(NETWORK, gettext("The network"), reverse("portal_network"), chosen == NETWORK)
    mine = [Place(code, name, address("network:organization", code), code == chosen) for code, name in rows]
    return [network, *mine]
