"""Draw where the organizations stand on a map of France; the outline is our own, coarse on purpose."""

import math
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diapason.certification.certificates.queries.standing import Standing, counts
from diapason.certification.certificates.rules import timeline, words
from diapason.ui import charts, maps
from diapason.ui.charts import Chart

SHAPES: Final = {
    timeline.CERTIFIED: "circle",
    timeline.IN_TRANSITION: "diamond",
    timeline.TO_WATCH: "square",
    timeline.THREATENED: "triangle-up",
    timeline.NOT_CERTIFIED: "triangle-down",
    timeline.UNKNOWN: "cross",
}
MOST_NAMES: Final = 6
"""The names of a state that more organizations share are written where there is room only."""
FLATTENED: Final = math.cos(math.radians(46.5))
"""A degree of longitude against one of latitude, at the middle of France."""


def flat(longitude: float, latitude: float) -> dict[str, float]:
    """Return a place as the map draws it."""
    return {"x": round(longitude * FLATTENED, 4), "y": latitude}


def status_map(standings: Sequence[Standing]) -> Chart:
    """Draw one point per organization: state by colour, shape and, unless certified, its name."""
    placed = [s for s in standings if s.member.latitude is not None and s.member.longitude is not None]
    names = {state: _(word) for state, (_look, word) in words.ORGANIZATION.items()}
    share = Counter(s.state for s in placed)
    named = {state for state in share if state != timeline.CERTIFIED and share[state] <= MOST_NAMES}
    points = [
        {
            **flat(point.longitude, point.latitude),
            "name": s.member.name,
            "state": names[s.state],
            "label": s.member.name if point.is_named else "",
            "side": point.side,
        }
        for s, point in zip(placed, maps.placed(_point(s, named) for s in placed), strict=True)
    ]
    return Chart(
        name="status-map",
        sentence=status_sentence(standings),
        spec=_map_spec(points, names),
        columns=[_("Organization"), _("State"), _("Town"), _("Expires on")],
        rows=[[s.member.name, names[s.state], s.member.city or "–", s.expires_on] for s in standings],
        width=400,
        height=390,
    )


def _point(standing: Standing, named: set[str]) -> maps.Point:
    """Return a place: named always where few share its state, where there is room when many do."""
    look = "bad" if standing.state in named else "ok" if standing.state == timeline.CERTIFIED else "unk"
    member = standing.member
    return maps.Point(float(member.latitude or 0), float(member.longitude or 0), member.name, "", look)


def status_sentence(standings: Sequence[Standing]) -> str:
    """Say how many organizations are in each state, the empty states left out."""
    found = counts(standings)
    parts = {
        timeline.CERTIFIED: ngettext("%(n)s certified", "%(n)s certified", found[timeline.CERTIFIED]),
        timeline.IN_TRANSITION: ngettext(
            "%(n)s in transition", "%(n)s in transition", found[timeline.IN_TRANSITION]
        ),
        timeline.TO_WATCH: ngettext("%(n)s to watch", "%(n)s to watch", found[timeline.TO_WATCH]),
        timeline.THREATENED: ngettext("%(n)s threatened", "%(n)s threatened", found[timeline.THREATENED]),
        timeline.NOT_CERTIFIED: ngettext(
            "%(n)s not certified", "%(n)s not certified", found[timeline.NOT_CERTIFIED]
        ),
        timeline.UNKNOWN: ngettext("%(n)s not known", "%(n)s not known", found[timeline.UNKNOWN]),
    }
    said = [parts[state] % {"n": found[state]} for state in parts if found[state]]
    return ", ".join(said) + "." if said else _("No organization is recorded yet.")


def _axis(name: str, first: float, last: float) -> dict[str, Any]:
    scale = {"domain": [first, last], "nice": False}
    return {"field": name, "type": "quantitative", "axis": None, "scale": scale}


PLACE: Final = {"x": _axis("x", -3.6, 6.7), "y": _axis("y", 41.2, 51.3)}


def _map_spec(points: list[dict[str, Any]], names: dict[str, str]) -> dict[str, Any]:
    """Return the map: outline, points, names of those that need a look."""
    text = {"type": "text", "dy": 1, "fontSize": 11, "fontWeight": 600}
    labels = [
        {
            "data": {"values": [point for point in points if point["label"] and point["side"] == side]},
            "mark": {**text, "align": align, "dx": dx},
            "encoding": {**PLACE, "text": {"field": "label"}, "color": {"value": charts.INK}},
        }
        for side, align, dx in (("right", "left", 8), ("left", "right", -8))
    ]
    return {"layer": [_land(), _points(points, names), *labels], "view": {"stroke": None}}


def _land() -> dict[str, Any]:
    """Return the outline of the mainland and of Corsica."""
    outline = [
        {**flat(longitude, latitude), "order": order, "part": part}
        for part, line in (("mainland", maps.MAINLAND), ("corsica", maps.CORSICA))
        for order, (longitude, latitude) in enumerate(line)
    ]
    mark = {"type": "line", "interpolate": "linear-closed", "strokeWidth": 1}
    return {
        "data": {"values": outline},
        "mark": {**mark, "fill": charts.SOFT, "stroke": charts.LINE},
        "encoding": {**PLACE, "order": {"field": "order"}, "detail": {"field": "part"}},
    }


def _points(points: list[dict[str, Any]], names: dict[str, str]) -> dict[str, Any]:
    """Return one mark per organization, its state by colour and by shape."""
    domain = [names[state] for state in words.ORGANIZATION]
    colours = [charts.STATE_COLOURS[look] for look, _word in words.ORGANIZATION.values()]
    shapes = [SHAPES[state] for state in words.ORGANIZATION]
    by_state = {"field": "state", "type": "nominal", "legend": None}
    mark = {
        "type": "point",
        "filled": True,
        "size": 95,
        "stroke": charts.CARD,
        "strokeWidth": 1.5,
        "opacity": 1,
    }
    return {
        "data": {"values": points},
        "mark": mark,
        "encoding": {
            **PLACE,
            "color": {**by_state, "scale": {"domain": domain, "range": colours}},
            "shape": {**by_state, "scale": {"domain": domain, "range": shapes}},
        },
    }
