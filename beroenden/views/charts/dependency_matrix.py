"""Who needs whom: actors against actors, ordered so that what everything rests on comes first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.numbers import counted, number
from beroenden.views.charts.actor_links import Links, links_between_actors
from beroenden.views.charts.chart import Chart
from beroenden.views.charts.foot import Entry, Foot
from beroenden.views.charts.sheet import (
    FAINT,
    GREY,
    GRID,
    INK,
    LEADING,
    SHADE,
    TALLEST,
    Sheet,
    own_settings,
    width_of,
)
from beroenden.views.signs import HARM

_LEFT, _RIGHT, _NUMBER, _AIR = 52.0, 159.0, 7.0, 2.0
_ROW, _NARROWEST, _WIDEST = LEADING, 2.35, 4.5
_HEAD = 3 * LEADING + 2
_FOOT = 6 * LEADING
_SHADES = (("1", 1, "#c5d5e6", INK), ("2–3", 2, "#7ea3c8", INK), ("4", 4, "#0b5394", "white"))
_NAMED = 5


@dataclass(frozen=True, slots=True)
class _Cell:
    """What one actor needs of another: how many needs, and how many that nobody else can fill."""

    needs: int
    without_reserve: int
    is_mutual: bool


@dataclass(frozen=True)
class _Matrix:
    """What is drawn: actors in their order, with the layer of each, and who stands in a ring with whom."""

    network: Network
    links: Links
    actors: tuple[str, ...]
    layer: dict[str, int]
    ring: dict[str, int]

    def cell(self, consumer: str, provider: str) -> _Cell | None:
        pair = (consumer, provider)
        if pair not in self.links.needs:
            return None
        is_mutual = self.ring[consumer] == self.ring[provider]
        return _Cell(self.links.needs[pair], self.links.without_reserve[pair], is_mutual)

    def name(self, actor: str) -> str:
        return self.network.entity[actor].name

    @cached_property
    def columns(self) -> list[str]:
        """Those that somebody needs."""
        needed = self.links.consumers()
        return [actor for actor in self.actors if actor in needed]

    @cached_property
    def left(self) -> float:
        """Where the columns begin: after the longest name where there is room for it."""
        longest = max(width_of(self.name(actor)) for actor in self.actors) + _NUMBER + _AIR
        return max(_LEFT, min(longest, _RIGHT - len(self.columns) * _WIDEST))

    @cached_property
    def pitch(self) -> float:
        """Millimetres from column to column."""
        return min(_WIDEST, (_RIGHT - self.left) / len(self.columns))

    @cached_property
    def bottom(self) -> float:
        return _HEAD + len(self.actors) * _ROW

    @cached_property
    def rings(self) -> list[list[str]]:
        """Actors that all need each other, directly or through others."""
        members: dict[int, list[str]] = {}
        for actor in self.actors:
            members.setdefault(self.ring[actor], []).append(actor)
        return [ring for ring in members.values() if len(ring) > 1]


def dependency_matrix(network: Network) -> Chart | None:
    """Which actors need which, directly; None when none needs another.

    Rows are those who need, columns those who provide, and a cell the number of needs (`links_between_actors`).
    """
    whole = links_between_actors(network)
    matrix = _ordered(network, whole, _that_fit(whole))
    if not matrix.links.needs:
        return None
    foot = Foot(_key(matrix), tuple(_notes(network, whole, matrix)))
    with own_settings():
        sheet = _draw(matrix, foot)
    title = say("Vem behöver vem: direkta behov mellan aktörer", "Who needs whom: direct needs between actors")
    return Chart("beroendematris", title, " ".join([*_said(matrix), *foot.notes]), sheet.figure)


def _that_fit(links: Links) -> list[str]:
    """Those with most needs, as many as have room as rows and as columns."""
    actors = links.actors()
    count = min(len(actors), int((TALLEST - _HEAD - _FOOT) / _ROW))
    while count and not _has_room(links.among(actors[:count])):
        count -= 1
    return actors[:count]


def _has_room(links: Links) -> bool:
    widest = max((width_of(number(needs)) for needs in links.needs.values()), default=0.0)
    return len(links.consumers()) * max(_NARROWEST, widest + 0.5) <= _RIGHT - _LEFT


def _ordered(network: Network, whole: Links, actors: Sequence[str]) -> _Matrix:
    """Providers before those who need them, so that what is above the diagonal belongs to a ring."""
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edges_from(whole.needs)
    rings = networkx.condensation(graph)
    layers: dict[int, int] = {}
    for ring in reversed(list(networkx.topological_sort(rings))):
        layers[ring] = max((layers[provider] + 1 for provider in rings.successors(ring)), default=0)
    ring_of = rings.graph["mapping"]
    links = whole.among(actors)
    needed = whole.consumers()
    first = {ring: min(sorted(data["members"])) for ring, data in rings.nodes(data=True)}
    most = {ring: max(needed[one] for one in data["members"]) for ring, data in rings.nodes(data=True)}

    def place(actor: str) -> tuple[int, int, str, int, str]:
        ring = ring_of[actor]
        return layers[ring], -most[ring], first[ring], -needed[actor], actor

    layer = {actor: layers[ring_of[actor]] for actor in actors}
    return _Matrix(network, links, tuple(sorted(actors, key=place)), layer, dict(ring_of))


def _notes(network: Network, whole: Links, matrix: _Matrix) -> list[str]:
    """What the picture leaves out."""
    notes = []
    if network.payments:
        notes.append(
            say(
                "Behoven i en betalnings steg räknas som utbetalarens.",
                "Needs of a payment's stages count as the payer's.",
            )
        )
    left_out = len(whole.actors()) - len(matrix.actors)
    if left_out:
        actors, needs = _actors(left_out), _needs(whole.needs.total() - matrix.links.needs.total())
        notes.append(
            say(
                f"De med flest behov visas. Ytterligare {actors} och {needs} ryms inte i bilden.",
                f"Those with most needs are shown. Another {actors} and {needs} do not fit.",
            )
        )
    groups = sum(one.kind == "citizens" and one.id not in network.withheld for one in network.entities)
    if groups:
        notes.append(
            say(
                f"Medborgargrupper visas inte ({number(groups)}).",
                f"Groups of citizens are not shown ({number(groups)}).",
            )
        )
    return notes


def _draw(matrix: _Matrix, foot: Foot) -> Sheet:
    sheet = Sheet(matrix.bottom + 1.5 + foot.height + 1)
    sheet.text(1, _HEAD - LEADING / 2 - 1, say("Behöver ↓", "Needs ↓"), colour=FAINT)
    sheet.text(
        matrix.left,
        LEADING / 2 + 0.5,
        say("Behövs (samma nummer som raderna) →", "Is needed (same numbers as rows) →"),
        colour=FAINT,
    )
    _draw_bands(sheet, matrix)
    _draw_columns(sheet, matrix)
    for row, consumer in enumerate(matrix.actors):
        y = _HEAD + (row + 0.5) * _ROW
        sheet.text(1 + _NUMBER - 2, y, str(row + 1), colour=FAINT, align="right")
        sheet.text(1 + _NUMBER, y, _shortened(matrix.name(consumer), matrix.left - _NUMBER - _AIR))
        for column, provider in enumerate(matrix.columns):
            _draw_cell(sheet, matrix, consumer, provider, matrix.left + column * matrix.pitch, y)
    foot.draw(sheet, matrix.bottom + 1.5)
    return sheet


def _shortened(name: str, room: float) -> str:
    """As much of a name as there is room for; the words beside the picture have it whole."""
    if width_of(name) <= room:
        return name
    while width_of(f"{name}…") > room:
        name = name[:-1]
    return f"{name.rstrip()}…"


def _draw_bands(sheet: Sheet, matrix: _Matrix) -> None:
    """Every second layer shaded: the actors of one need only those of the layers above, or each other."""
    right = matrix.left + len(matrix.columns) * matrix.pitch
    for row, actor in enumerate(matrix.actors):
        if matrix.layer[actor] % 2:
            sheet.box(0.5, _HEAD + row * _ROW, right, _HEAD + (row + 1) * _ROW, fill=SHADE, layer=0.5)
    sheet.line((_LEFT, right), (_HEAD, _HEAD), colour=FAINT, width=0.6)


def _draw_columns(sheet: Sheet, matrix: _Matrix) -> None:
    """Numbers digit below digit, which is what a narrow column has room for; a line after every fifth."""
    for column, actor in enumerate(matrix.columns):
        x = matrix.left + (column + 0.5) * matrix.pitch
        digits = str(matrix.actors.index(actor) + 1)
        sheet.lines(x, _HEAD - 1 - LEADING * (len(digits) - 0.5), digits, colour=FAINT, align="center")
        if column % 5 == 4:
            edge = matrix.left + (column + 1) * matrix.pitch
            sheet.line((edge, edge), (_HEAD, matrix.bottom), colour=GRID, width=0.5, layer=1)


def _draw_cell(sheet: Sheet, matrix: _Matrix, consumer: str, provider: str, left: float, y: float) -> None:
    right, half = left + matrix.pitch, _ROW / 2
    cell = matrix.cell(consumer, provider)
    if consumer == provider:
        sheet.mark((left + right) / 2, y, ".", size=3, fill=GREY, edge=GREY)
    if cell is None:
        return
    look = _look(cell)
    sheet.box(left + 0.1, y - half + 0.1, right - 0.1, y + half - 0.1, fill=look[0], layer=1.5)
    sheet.text((left + right) / 2, y, number(cell.needs), colour=look[1], align="center")
    if cell.is_mutual:
        _draw_ring(sheet, left, right, y)
    elif not cell.without_reserve:
        _outline(sheet, left + 0.2, right - 0.2, y, colour=GREY, width=0.6)


def _look(cell: _Cell) -> tuple[str, str]:
    """Fill and colour of the text: the darker the more needs have no reserve."""
    shades = [(fill, ink) for _, least, fill, ink in _SHADES if cell.without_reserve >= least]
    return shades[-1] if shades else ("white", INK)


def _outline(sheet: Sheet, left: float, right: float, y: float, *, colour: str, width: float) -> None:
    top, bottom = y - _ROW / 2 + 0.2, y + _ROW / 2 - 0.2
    sheet.line((left, right, right, left, left), (top, top, bottom, bottom, top), colour=colour, width=width, layer=2)


def _draw_ring(sheet: Sheet, left: float, right: float, y: float) -> None:
    _outline(sheet, left, right, y, colour=HARM, width=1.8)


def _key(matrix: _Matrix) -> tuple[Entry, ...]:
    """What the fills and the frame mean, as far as they are there."""
    cells = [matrix.cell(*pair) for pair in matrix.links.needs]
    looks = {_look(cell)[0] for cell in cells if cell}
    entries: list[Entry] = []
    for count, _, fill, _ in _SHADES:
        if fill in looks:
            many = count + say(" eller fler", " or more") * (count == _SHADES[-1][0])
            what = "" if entries else say("behov utan reserv: ", "needs without a reserve: ")
            entries.append((_swatch(fill), what + many))
    if "white" in looks:
        entries.append((_reserve, say("bara behov som andra kan ta över", "only needs that others can take over")))
    if any(cell and cell.is_mutual for cell in cells):
        entries.append((_draw_ring, say("ömsesidigt, direkt eller genom andra", "mutual, directly or through others")))
    return tuple(entries)


def _swatch(fill: str) -> Any:
    def draw(sheet: Sheet, left: float, right: float, y: float) -> None:
        sheet.box(left, y - 1.5, right, y + 1.5, fill=fill)

    return draw


def _reserve(sheet: Sheet, left: float, right: float, y: float) -> None:
    _outline(sheet, left, right, y, colour=GREY, width=0.6)


def _actors(count: int) -> str:
    return counted(count, say("aktör", "actor"), say("aktörer", "actors"))


def _needs(count: int) -> str:
    return counted(count, say("behov", "need"), say("behov", "needs"))


def _said(matrix: _Matrix) -> list[str]:
    """What the picture says: how much there is of it, whom most need, who needs most, and who need each other."""
    links = matrix.links
    total, lone = _needs(links.needs.total()), number(links.without_reserve.total())
    said = [
        say(
            f"{_actors(len(matrix.actors))} har {total} av varandra, varav {lone} utan reserv.",
            f"{_actors(len(matrix.actors))} have {total} of each other, {lone} of them without a reserve.",
        ),
        say("Behövs av flest: ", "Needed by most: ") + _first(matrix, links.consumers()),
        say("Behöver flest: ", "Need most: ") + _first(matrix, links.providers()),
    ]
    for ring in matrix.rings:
        names = "; ".join(map(matrix.name, ring))
        said.append(say(f"Ömsesidigt beroende av varandra: {names}.", f"Mutually dependent on each other: {names}."))
    if not matrix.rings:
        said.append(say("Inga av dem är ömsesidigt beroende.", "None of them are mutually dependent."))
    names = "; ".join(f"{place} {matrix.name(actor)}" for place, actor in enumerate(matrix.actors, 1))
    return [*said, say(f"Raderna uppifrån: {names}.", f"Rows from the top: {names}.")]


def _first(matrix: _Matrix, count: Counter[str]) -> str:
    """The first few, with how many others each has to do with."""
    ranked = sorted(count, key=lambda actor: (-count[actor], matrix.actors.index(actor)))
    return ", ".join(f"{matrix.name(one)} ({number(count[one])})" for one in ranked[:_NAMED]) + "."
