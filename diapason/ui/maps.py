"""Place organizations on the map of the country, by a plain linear projection of metropolitan France."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

MAINLAND: Final = (
    (2.5, 51.1), (1.7, 50.9), (1.5, 50.2), (0.2, 49.6), (-0.2, 49.3), (-1.2, 49.4), (-1.3, 49.7), (-1.9, 49.7),
    (-1.6, 48.7), (-3.0, 48.8), (-4.7, 48.5), (-4.4, 47.8), (-2.9, 47.5), (-2.1, 47.0), (-1.2, 46.2), (-1.1, 45.4),
    (-1.3, 44.6), (-1.7, 43.4), (0.0, 42.7), (1.6, 42.5), (3.1, 42.4), (3.0, 43.0), (4.0, 43.5), (5.2, 43.3),
    (6.2, 43.0), (7.5, 43.8), (7.0, 44.3), (6.7, 45.1), (7.1, 45.9), (6.1, 46.2), (6.9, 47.3), (7.6, 47.6),
    (8.2, 49.0), (6.4, 49.4), (4.9, 49.9), (4.2, 50.0), (3.2, 50.7), (2.5, 51.1),
)  # fmt: skip
CORSICA: Final = ((9.4, 43.0), (9.5, 42.1), (9.2, 41.4), (8.6, 42.1), (8.8, 42.6), (9.4, 43.0))
"""The outline of France, our own and coarse on purpose: longitude, latitude."""

WIDTH = 470
LETTER = 7.3
"""Width of a letter of a name, in units of the viewBox."""


@dataclass(frozen=True)
class Point:
    """Hold one place: where it is, what it is called, how it stands and the page it opens.

    A place whose state is not "ok" carries its name; `is_square` marks a central function. `side` says where the
    name stands ("right", "left", "" where there is no room for it); see `placed`.
    """

    latitude: float
    longitude: float
    label: str
    url: str
    state: str = "unk"
    state_label: str = ""
    is_square: bool = False
    side: str = "right"

    @property
    def x(self) -> str:
        """Return the abscissa in the drawing, in units of its viewBox."""
        return f"{self._x:.1f}"

    @property
    def y(self) -> str:
        """Return the ordinate in the drawing."""
        return f"{2271.2 - 44.08 * float(self.latitude):.1f}"

    @property
    def _x(self) -> float:
        return 173.4 + 31.58 * float(self.longitude)

    @property
    def left(self) -> str:
        """Return the left side of the square."""
        return f"{self._x - 5.5:.1f}"

    @property
    def above(self) -> str:
        """Return the upper side of the square."""
        return f"{float(self.y) - 5.5:.1f}"

    @property
    def is_east(self) -> bool:
        """Tell whether the name stands on the left, for want of room."""
        return self.side == "left"

    @property
    def text_x(self) -> str:
        """Return where the name begins (or ends, in the east)."""
        return f"{self._x + (-9 if self.is_east else 9):.1f}"

    @property
    def text_y(self) -> str:
        """Return the base line of the name."""
        return f"{float(self.y) + 4:.1f}"

    @property
    def is_named(self) -> bool:
        """Tell whether the name is always shown."""
        return (
            self.state in {"warn", "bad", "run"}
            or self.is_square
            or (self.state == "unk" and self.side != "")
        )

    @property
    def is_calm(self) -> bool:
        """Tell whether the name is shown quietly."""
        return self.state in {"ok", "unk"}

    def box(self, side: str) -> tuple[float, float, float, float]:
        """Return the room that the name takes on a side: left, top, right, bottom."""
        width, y = LETTER * len(self.label), float(self.y)
        left = self._x - 9 - width if side == "left" else self._x + 9
        return left, y - 7, left + width, y + 7

    @property
    def dot(self) -> tuple[float, float, float, float]:
        """Return the room that the dot takes."""
        return self._x - 6, float(self.y) - 6, self._x + 6, float(self.y) + 6


def placed(points: Iterable[Point]) -> list[Point]:
    """Return the points with the side on which each name finds room; what presses is placed first and always named."""
    points = list(points)
    taken = [point.dot for point in points]
    sides: dict[int, str] = {}
    for at in sorted(range(len(points)), key=lambda at: not points[at].is_named or points[at].state == "unk"):
        point = points[at]
        if not point.is_named:
            continue
        free = [side for side in ("right", "left") if _fits(point, side, taken, at)]
        always = point.state != "unk" or point.is_square
        sides[at] = free[0] if free else point.side if always else ""
        if sides[at]:
            taken.append(point.box(sides[at]))
    return [replace(point, side=sides.get(at, point.side)) for at, point in enumerate(points)]


def _fits(point: Point, side: str, taken: list[tuple[float, float, float, float]], own: int) -> bool:
    left, top, right, bottom = point.box(side)
    return (
        left >= 0
        and right <= WIDTH
        and not any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for at, other in enumerate(taken)
            if at != own
        )
    )
