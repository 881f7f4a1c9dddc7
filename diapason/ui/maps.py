"""Place organizations on the map of the country, by a plain linear projection of metropolitan France."""

from dataclasses import dataclass

WIDTH = 470


@dataclass(frozen=True)
class Point:
    """Hold one place: where it is, what it is called, how it stands and the page it opens.

    A place whose state is not "ok" carries its name; `is_square` marks a central function.
    """

    latitude: float
    longitude: float
    label: str
    url: str
    state: str = "unk"
    state_label: str = ""
    is_square: bool = False

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
        """Tell whether the name has to stand on the left, for want of room."""
        return self._x > WIDTH - 110

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
        return self.state in {"warn", "bad", "run"} or self.is_square

    @property
    def is_calm(self) -> bool:
        """Tell whether the name is shown quietly."""
        return self.state in {"ok", "unk"}
