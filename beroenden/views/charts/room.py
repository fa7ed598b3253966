"""Room for texts beside curves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot, inf

from beroenden.views.charts.sheet import LEADING

Point = tuple[float, float]

_AIR_ACROSS, _AIR_UP = 1.5, 1.0
_PITCH = 0.7


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def holds(self, other: "_Box") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def meets(self, points: Iterable[Point]) -> bool:
        """Whether any of some points lies in it."""
        return any(self.left < x < self.right and self.top < y < self.bottom for x, y in points)

    def overlaps(self, other: "_Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def distance(self, points: Iterable[Point]) -> float:
        """From its edge to the nearest of some points outside it."""
        gaps = ((max(self.left - x, 0, x - self.right), max(self.top - y, 0, y - self.bottom)) for x, y in points)
        return min((hypot(*gap) for gap in gaps), default=inf)


class Room:
    """Where a text can stand beside a point, within some edges, clear of curves and of other texts.

    Args:
        edges: Left, top, right and bottom.
    """

    def __init__(self, edges: tuple[float, float, float, float], curves: Sequence[Sequence[Point]]) -> None:
        self._edges = _Box(*edges)
        self._curves = [(curve, list(dense(curve))) for curve in curves]
        self._taken: list[_Box] = []

    def beside(self, points: Iterable[Point], width: float, own: Sequence[Point] | None = None) -> Point | None:
        """The left end of a text right above or left below one of the points; None when there is no room.

        Args:
            own: The curve that the text is about: its place is as far as possible from all others.
        """
        free = [box for point in points for box in _boxes(*point, width) if self._is_free(box)]
        if not free:
            return None
        others = [point for curve, along in self._curves if curve is not own for point in along]
        best = max(free, key=lambda box: box.distance(others))
        self._taken.append(best)
        return best.left, best.middle[1]

    def _is_free(self, box: _Box) -> bool:
        if not self._edges.holds(box) or any(map(box.overlaps, self._taken)):
            return False
        return not any(box.meets(along) for _, along in self._curves)


def _boxes(x: float, y: float, width: float) -> tuple[_Box, _Box]:
    return (
        _Box(x + _AIR_ACROSS, y - _AIR_UP - LEADING, x + _AIR_ACROSS + width, y - _AIR_UP),
        _Box(x - _AIR_ACROSS - width, y + _AIR_UP, x - _AIR_ACROSS, y + _AIR_UP + LEADING),
    )


def dense(points: Sequence[Point]) -> Iterator[Point]:
    """Points along a line, about a millimetre apart."""
    points = thinned(points, _PITCH)
    for (x, y), (to_x, to_y) in pairwise(points):
        count = ceil(hypot(to_x - x, to_y - y)) or 1
        yield from ((x + (to_x - x) * step / count, y + (to_y - y) * step / count) for step in range(count))
    yield from points[-1:]


def thinned(points: Sequence[Point], least: float) -> list[Point]:
    """A line without what lies nearer to the point before than a distance; its ends remain."""
    kept = list(points[:1])
    for x, y in points[1:-1]:
        if hypot(x - kept[-1][0], y - kept[-1][1]) >= least:
            kept.append((x, y))
    return [*kept, *points[1:][-1:]]
