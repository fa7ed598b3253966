"""Where each entity stands in the picture: payment chains read from left to right.

The same model gives the same picture: no chance, no clock, ties in the order of the model.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from beroenden.model.entities import Entity
from beroenden.model.network import Network

COLUMNS = (
    "Leverantörer och infrastruktur",
    "System och processer",
    "Myndigheter och utbetalare",
    "Rambanker och clearing",
    "Mottagarnas banker",
    "Betalmedel",
    "Medborgare",
)
_BASE, _SYSTEMS, _PAYERS, _CLEARING, _BANKS, _MEANS, _CITIZENS = range(len(COLUMNS))

_COLUMN_OF_KIND = {
    "authority": _PAYERS,
    "framework_bank": _CLEARING,
    "bank": _BANKS,
    "supplier": _BASE,
    "system": _SYSTEMS,
    "infrastructure": _BASE,
    "process": _SYSTEMS,
    "citizens": _CITIZENS,
}
_LINKS = ("system", "process", "infrastructure")  # kinds that stand where their use puts them

CELL_WIDTH = 166
_GAP, _WIDEST_GAP = 50, 130  # between columns
_SWEEPS = 8
_SHAPE = 1.5  # width by height of the space that the picture is meant for


@dataclass(frozen=True, slots=True)
class Column:
    """A titled column of the picture, from `left` to `right`."""

    title: str
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of all entities.

    Attributes:
        places: (x, y) of each entity id; x grows to the right, y downwards.
        columns: The columns that have entities, left to right.
        top: The y at which the columns begin.
        bottom: The y at which they end.
    """

    places: dict[str, tuple[int, int]]
    columns: tuple[Column, ...]
    top: int
    bottom: int


def layered(network: Network, height: Callable[[Entity], int]) -> Layout:
    """Places in columns from suppliers to citizens, sorted so that what belongs together stands at the same height.

    Args:
        height: The room that an entity takes downwards; all are `CELL_WIDTH` wide.
    """
    heights = {entity.id: height(entity) for entity in network.entities}
    columns = _sorted_columns(network, columns_of(network))
    widest = max((len(members) for members in columns.values()), default=1)
    candidates = [_spread(columns, rows) for rows in _row_counts(widest)]
    tables = min(candidates, key=lambda tables: _scale_needed(tables, heights))
    return _placed(network, tables, heights)


def columns_of(network: Network) -> dict[str, int]:
    """The number of the column of each entity, by its kind and by who uses it.

    An authority's systems stand before it, a bank's beside the clearing, and what citizens pay with after their banks.
    """
    column = {entity.id: _COLUMN_OF_KIND[entity.kind] for entity in network.entities}
    links = [entity for entity in network.entities if entity.kind in _LINKS]
    bank_ids = {entity.id for entity in network.entities if entity.kind in ("bank", "framework_bank")}
    after_banks = _consumers_of(links, bank_ids)
    means = _used_by_citizens(network, after_banks)
    for entity in links:
        if entity.id in means:
            column[entity.id] = _MEANS
        elif entity.id in after_banks and (entity.kind == "infrastructure" or entity.owner in bank_ids):
            column[entity.id] = _CLEARING
    infrastructure = [entity for entity in links if entity.kind == "infrastructure" and entity.id not in means]
    clearing = _interbank_providers(network) & {entity.id for entity in infrastructure}
    for found in clearing | _consumers_of(infrastructure, clearing):
        column[found] = _CLEARING
    for payment in network.payments:
        if column[payment.payer] == _SYSTEMS:
            column[payment.payer] = _PAYERS
    return column


def _consumers_of(among: Sequence[Entity], providers: Iterable[str]) -> set[str]:
    """Those who need the providers, directly or through each other."""
    needed, found = set(providers), set[str]()
    while True:
        new = {
            entity.id
            for entity in among
            if entity.id not in found and any(not needed.isdisjoint(need.providers) for need in entity.needs)
        }
        if not new:
            return found
        found |= new
        needed |= new


def _used_by_citizens(network: Network, among: set[str]) -> set[str]:
    """Those that citizens need, directly or through each other."""
    todo = [entity.id for entity in network.entities if entity.kind == "citizens"]
    found: set[str] = set()
    while todo:
        for need in network.entity[todo.pop()].needs:
            new = [provider for provider in need.providers if provider in among and provider not in found]
            found.update(new)
            todo.extend(new)
    return found


def _interbank_providers(network: Network) -> set[str]:
    """What the stages between banks need."""
    return {
        provider
        for payment in network.payments
        for stage in payment.stages
        if stage.interbank
        for need in stage.needs
        for provider in need.providers
    }


def _sorted_columns(network: Network, column: Mapping[str, int]) -> dict[int, list[str]]:
    """Members of each column, sorted by the barycentre of their neighbours in a few sweeps to and fro."""
    beside = _neighbours(network)
    columns: dict[int, list[str]] = {}
    for entity in _by_actor(network):
        columns.setdefault(column[entity], []).append(entity)
    height = {entity: place for members in columns.values() for entity, place in _relative(members)}
    for sweep in range(_SWEEPS):
        for number in sorted(columns, reverse=sweep % 2 == 1):
            centre = {entity: _barycentre(entity, beside, height) for entity in columns[number]}
            columns[number].sort(key=lambda entity: centre[entity])
            height.update(_relative(columns[number]))
    return dict(sorted(columns.items()))


def _by_actor(network: Network) -> list[str]:
    """Ids with those of one actor together, actors in the order of the model."""
    first: dict[str, int] = {}
    for index, entity in enumerate(network.entities):
        first.setdefault(network.actor_of(entity.id), index)
    return sorted((entity.id for entity in network.entities), key=lambda entity: first[network.actor_of(entity)])


def _neighbours(network: Network) -> dict[str, dict[str, float]]:
    """Who each entity should stand level with, and how much that weighs: a hub that all need says little."""
    beside: dict[str, dict[str, None]] = {entity.id: {} for entity in network.entities}
    for one, other in _bonds(network):
        if one != other and one in beside and other in beside:
            beside[one][other] = beside[other][one] = None
    return {entity: {other: 1 / len(beside[other]) for other in others} for entity, others in beside.items()}


def _bonds(network: Network) -> Iterable[tuple[str, str]]:
    """Pairs that belong together: consumer and provider, actor and what it owns, payer and recipients."""
    for entity in network.entities:
        yield entity.id, network.actor_of(entity.id)
        for need in entity.needs:
            for provider in need.providers:
                yield entity.id, provider
    for payment in network.payments:
        for partner in (payment.paying_bank, payment.recipients):
            if partner is not None:
                yield payment.payer, partner


def _relative(members: Sequence[str]) -> list[tuple[str, float]]:
    """Each member with its height in the column, 0 (top) to 1."""
    return [(entity, (index + 0.5) / len(members)) for index, entity in enumerate(members)]


def _barycentre(entity: str, beside: Mapping[str, Mapping[str, float]], height: Mapping[str, float]) -> float:
    weights = beside[entity]
    if not weights:
        return height[entity]
    return sum(weight * height[other] for other, weight in weights.items()) / sum(weights.values())


def _row_counts(widest: int) -> list[int]:
    """Numbers of rows worth trying: all small ones, then fewer and fewer of the large."""
    counts, count = [], 1
    while count < widest:
        counts.append(count)
        count += max(1, count // 12)
    return [*counts, widest]


_Table = list[list[str]]  # rows of entity ids


def _spread(columns: Mapping[int, list[str]], rows: int) -> dict[int, _Table]:
    """Each column as a table of at most so many rows, filled row by row so that the order stays top to bottom."""
    tables = {}
    for number, members in columns.items():
        across = ceil(len(members) / rows)
        tables[number] = [members[start : start + across] for start in range(0, len(members), across)]
    return tables


def _scale_needed(tables: Mapping[int, _Table], heights: Mapping[str, int]) -> float:
    """How much room a picture takes in the direction in which it is short of it."""
    width = sum(len(table[0]) * CELL_WIDTH + _GAP for table in tables.values())
    height = max((_height(table, heights) for table in tables.values()), default=0)
    return max(width, height * _SHAPE)


def _height(table: _Table, heights: Mapping[str, int]) -> int:
    return sum(max(heights[entity] for entity in row) for row in table)


def _placed(network: Network, tables: Mapping[int, _Table], heights: Mapping[str, int]) -> Layout:
    """The tables beside each other, each in the middle of the whole height."""
    places: dict[str, tuple[int, int]] = {}
    columns: list[Column] = []
    bottom = max((_height(table, heights) for table in tables.values()), default=0)
    gap = _gap(tables, bottom)
    left = 0
    for number, table in tables.items():
        right = left + len(table[0]) * CELL_WIDTH
        spare = (bottom - _height(table, heights)) / len(table)
        y = spare / 2
        for row in table:
            for index, entity in enumerate(_providers_first(network, row)):
                places[entity] = (left + index * CELL_WIDTH + CELL_WIDTH // 2, round(y))
            y += max(heights[entity] for entity in row) + spare
        columns.append(Column(COLUMNS[number], left, right))
        left = right + gap
    return Layout(places, tuple(columns), 0, bottom)


def _gap(tables: Mapping[int, _Table], height: int) -> int:
    """The gap between columns that fills the space in width."""
    cells = sum(len(table[0]) for table in tables.values()) * CELL_WIDTH
    spare = (height * _SHAPE - cells) / max(1, len(tables) - 1)
    return round(min(max(spare, _GAP), _WIDEST_GAP))


def _providers_first(network: Network, row: Sequence[str]) -> list[str]:
    """A row with those that others of it need to the left."""
    users = {
        entity: sum(consumer.id in row for consumer, _, _ in network.consumers[entity])
        - sum(not set(row).isdisjoint(need.providers) for need in network.entity[entity].needs)
        for entity in row
    }
    return sorted(row, key=lambda entity: -users[entity])
