"""Say who may open the pages of the portal, the interface, the network, the standards and the interactions."""

from tests.access_matrix import (
    EVERYBODY,
    OWN_ACCOUNT,
    SIGNED_IN,
    Row,
    network_needs,
    place_needs,
    read,
    write,
)
from tests.access_world import OTHER, OWN

MEMBERS = (OWN, OTHER)

ROWS: dict[str, Row] = {
    "portal_home": read(OWN_ACCOUNT, done=(302,)),
    "portal_day": read(SIGNED_IN),
    "portal_network": read(SIGNED_IN),
    "portal_guide": read(SIGNED_IN),
    "portal_search": read(SIGNED_IN),
    "portal_administration": read(SIGNED_IN),
    "portal_place": write(SIGNED_IN),
    "portal_health": read(EVERYBODY),
    # The picture of a chart is found by the hash of its data: who was not shown it does not know the address.
    "ui_chart": read(SIGNED_IN, done=(404,)),
    "ui_gallery": read(SIGNED_IN),
    "ui_language": write(EVERYBODY),
    "ui_theme": write(EVERYBODY),
    "interactions:table": read(SIGNED_IN),
    "network:organizations": read(SIGNED_IN),
    "network:organization": read(SIGNED_IN, MEMBERS),
    "network:correction": read(place_needs("manage_network"), MEMBERS),
    "network:correct": write(place_needs("manage_network"), MEMBERS),
    "network:charter": read(SIGNED_IN),
    "network:decide": write(network_needs("manage_charter")),
    "standards:list": read(SIGNED_IN),
    "standards:edition": read(SIGNED_IN),
    "standards:clause": read(SIGNED_IN),
    "standards:correspondence": read(SIGNED_IN),
    "standards:changes": read(SIGNED_IN),
    "standards:loading": read(network_needs("load_catalogue")),
    "standards:load": write(network_needs("load_catalogue")),
}
