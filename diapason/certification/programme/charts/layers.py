"""Lay out the timeline of the certificates: the steps, their bounds, the dotted future, the annotations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from diapason.certification.certificates.queries.history import Drop
from diapason.certification.certificates.rules.timeline import Step, silent_from
from diapason.ui import charts


@dataclass(frozen=True)
class Mark:
    """Hold one annotation of the timeline: a day, a line of text, and a quiet second line."""

    day: date
    text: str
    detail: str = ""
    level: int = 0
    point: bool = False


TEXT: Final = {"type": "text", "fontSize": 11}


def timeline_layers(
    steps: Sequence[Step],
    drops: Sequence[Drop],
    marks: Sequence[Mark],
    on: date,
    members: int,
    *,
    doubt: bool,
) -> list[dict[str, Any]]:
    """Return the layers of the timeline, the context first; `doubt` draws the band of bounds."""
    end = drops[-1].day if drops else on
    past = [{"day": s.day.isoformat(), "sure": s.sure, "possible": s.possible} for s in steps]
    if past:
        past.append({**past[-1], "day": on.isoformat()})
    last = (silent_from(steps) or on).isoformat()
    sure = [row for row in past if str(row["day"]) < last]
    sure += [{**sure[-1], "day": last}] if sure else []
    x = {
        "field": "day",
        "type": "temporal",
        "axis": {"title": None, "tickCount": "year", "format": "%Y", "grid": True},
        "scale": {"domain": [past[0]["day"] if past else on.isoformat(), end.isoformat()]},
    }
    y = {"type": "quantitative", "axis": None, "scale": {"domain": [0, max(members, 1) * 1.12]}}
    area = {"type": "area", "interpolate": "step-after"}
    layers: list[dict[str, Any]] = []
    if doubt:
        band = {**area, "color": charts.SLATE_SOFT, "line": {"color": charts.SLATE, "strokeWidth": 1}}
        layers.append(
            {"data": {"values": past}, "mark": band, "encoding": {"x": x, "y": {**y, "field": "possible"}}}
        )
    whole = {**area, "color": charts.TEAL_SOFT, "line": {"color": charts.TEAL, "strokeWidth": 2}}
    layers.append(
        {"data": {"values": sure}, "mark": whole, "encoding": {"x": x, "y": {**y, "field": "sure"}}}
    )
    layers += _future(drops, x, y)
    layers += _annotations(marks, on, x, y, members)
    return layers


def _future(drops: Sequence[Drop], x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the dotted line after today, with the names of those who drop."""
    if len(drops) < 2:
        return []
    values = [{"day": d.day.isoformat(), "left": d.left, "who": names_of(d)} for d in drops]
    line = {
        "type": "line",
        "interpolate": "step-after",
        "color": charts.BRICK,
        "strokeDash": [4, 4],
        "strokeWidth": 2,
    }
    names = {"type": "text", "align": "left", "dx": 4, "dy": 14, "fontSize": 10, "color": charts.BRICK}
    encoding = {"x": x, "y": {**y, "field": "left"}}
    few = [v for v in values if v["who"]][:4]
    return [
        {"data": {"values": values}, "mark": line, "encoding": encoding},
        {"data": {"values": few}, "mark": names, "encoding": {**encoding, "text": {"field": "who"}}},
    ]


def names_of(drop: Drop) -> str:
    """Name those who drop, or say how many."""
    if len(drop.who) > 2:
        return _("%(n)s organizations") % {"n": len(drop.who)}
    return ", ".join(member.name for member in drop.who)


def _annotations(
    marks: Sequence[Mark], on: date, x: dict[str, Any], y: dict[str, Any], members: int
) -> list[dict[str, Any]]:
    """Return the lines of today and of the landmarks, with their texts."""
    today = {"values": [{"day": on.isoformat(), "text": _("today")}]}
    layers: list[dict[str, Any]] = [
        {"data": today, "mark": {"type": "rule", "color": charts.INK}, "encoding": {"x": x}},
        {
            "data": today,
            "mark": {**TEXT, "align": "right", "dx": -5, "color": charts.INK},
            "encoding": {"x": x, "y": {**y, "datum": 1}, "text": {"field": "text"}},
        },
    ]
    for mark in marks:
        layers += _landmark(mark, x, {**y, "datum": mark.level})
    return layers


def _landmark(mark: Mark, x: dict[str, Any], height: dict[str, Any]) -> list[dict[str, Any]]:
    """Return one landmark: a point or a dotted line, its text, a quiet second line."""
    data = {"values": [{"day": mark.day.isoformat(), "text": mark.text, "detail": mark.detail}]}
    align = {"align": "left", "dx": 8} if mark.point else {"align": "right", "dx": -6}
    point = {
        "type": "point",
        "filled": True,
        "size": 80,
        "color": charts.TEAL,
        "stroke": charts.CARD,
        "opacity": 1,
    }
    line = {"type": "rule", "color": charts.INK, "strokeDash": [2, 3]}
    first, second = (18, 33) if mark.point else (0, 15)
    place = {"x": x, "y": height}
    return [
        {"data": data, "mark": point if mark.point else line, "encoding": place if mark.point else {"x": x}},
        {
            "data": data,
            "mark": {**TEXT, **align, "dy": first, "fontWeight": 600, "color": charts.INK},
            "encoding": {**place, "text": {"field": "text"}},
        },
        {
            "data": data,
            "mark": {**TEXT, **align, "dy": second, "color": charts.MUTE},
            "encoding": {**place, "text": {"field": "detail"}},
        },
    ]
