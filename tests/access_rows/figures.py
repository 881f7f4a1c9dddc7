"""Say who may open figures, claims, editions and communiqués."""

from tests.access_matrix import (
    ABILITIES,
    ALL,
    SIGNED_IN,
    Row,
    Rule,
    holds,
    in_house,
    network_needs,
    read,
    somewhere_needs,
    write,
)
from tests.access_world import NETWORK, Identity


def live(who: Identity, place: str) -> bool:
    """Tell whether figures that still move are shown: not to a funder, who reads frozen editions."""
    return who.role != "funder"


def seen(who: Identity, place: str) -> bool:
    """Tell whether a figure of that place may be known of: the charter opens none of another organization."""
    return not live(who, place) or in_house(who, place)


def of_house(ability: str) -> Rule:
    """Open to who holds the ability where the figure belongs; hidden unless of the network or one's own."""
    return Rule(
        f"{ability}, where the figure belongs; hidden unless of the network or of one's organization; not to a funder",
        sees=seen,
        may=lambda who, place: live(who, place) and holds(who, ability, place),
    )


def computes(who: Identity, place: str) -> bool:
    """Tell whether the visitor prepares figures at all."""
    return who.role in ABILITIES["freeze_edition"] | ABILITIES["declare_figure"]


def writes_communiques(who: Identity, place: str) -> bool:
    """Tell whether the visitor prepares communiqués."""
    return holds(who, "freeze_edition", NETWORK)


LIVE = Rule("whoever holds a role, funders excepted", may=live)
FIGURE = Rule(
    "whoever holds a role, funders excepted; hidden unless of the network or of one's organization",
    sees=seen,
    may=live,
)
DRAFT = Rule("freeze_edition, for the network; a draft is hidden from others", sees=writes_communiques)
CLAIMS, FREEZING = network_needs("manage_claims"), network_needs("freeze_edition")

ROWS: dict[str, Row] = {
    "indicators:figures": read(LIVE),
    "indicators:compute": write(
        Rule("freeze_edition or declare_figure, for at least one organization", may=computes)
    ),
    "indicators:indicator": read(LIVE),
    "indicators:check_form": read(CLAIMS),
    "indicators:check": write(CLAIMS),
    "indicators:published": read(LIVE),
    "indicators:declaration": read(somewhere_needs("declare_figure")),
    "indicators:declare": write(somewhere_needs("declare_figure")),
    "indicators:declared_value": read(FIGURE, ALL),
    "indicators:withdraw": write(of_house("declare_figure"), ALL),
    "indicators:claims": read(SIGNED_IN),
    "indicators:new_claim": read(CLAIMS),
    "indicators:record_claim": write(CLAIMS),
    "indicators:claim": read(SIGNED_IN),
    "indicators:review_claim": write(CLAIMS),
    "indicators:editions": read(SIGNED_IN),
    "indicators:freezing": read(FREEZING),
    "indicators:freeze": write(FREEZING),
    "indicators:edition": read(SIGNED_IN),
    "indicators:figure": read(FIGURE, ALL),
    "indicators:sign": read(FIGURE, ALL),
    "indicators:signed": write(of_house("sign_figure"), ALL),
    "communiques:communiques": read(SIGNED_IN),
    "communiques:new": read(FREEZING),
    "communiques:draft": write(FREEZING),
    "communiques:communique": read(DRAFT),
    "communiques:builder": read(DRAFT),
    "communiques:save": write(DRAFT),
    "communiques:issue": write(DRAFT),
    "communiques:withdraw": write(DRAFT),
    "communiques:pdf": read(DRAFT),
}
