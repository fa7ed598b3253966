"""Needs that a side has put in the place of others: it has changed who provides, so that they stand under other keys."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from beroenden.modelfiles.merging.records import Key, Records, is_need, parent_of
from beroenden.modelfiles.merging.sides import Side


@dataclass(frozen=True, slots=True)
class Exchange:
    """Needs of one consumer of which some stand in the place of others, all that belong together over all sides.

    Attributes:
        before: Those of the base.
        after: Those that a side has in the place of them.
    """

    before: tuple[Key, ...]
    after: tuple[Key, ...]

    @property
    def key(self) -> Key:
        """What it goes under."""
        return self.before[0]

    @property
    def keys(self) -> tuple[Key, ...]:
        """All of them."""
        return (*self.before, *self.after)

    def held(self, records: Records) -> tuple[Key, ...]:
        """Those that a side has."""
        return tuple(key for key in self.keys if key in records)

    def is_touched(self, records: Records, base: Records) -> bool:
        """Whether a side no longer has what the base has of them, as it was."""
        return any(key not in records or records[key].fields != base[key].fields for key in self.before)

    def written(self, records: Records) -> Any:
        """What a side has written of them: a table, a list of tables, or None for nothing."""
        tables = [dict(records[key].written) for key in self.held(records)]
        return tables[0] if len(tables) == 1 else tables or None


def exchanges(sides: Sequence[Side], base: Records) -> dict[Key, Exchange]:
    """The needs that are in the place of others, each key with all that belong with it.

    A side has put a need in the place of another when it has the one but not the other, and the base the other but not the
    one, both of the same consumer and not for different things, and they share a provider; or else are for the same thing.
    One may stand for several, and several for one.
    """
    groups: list[set[Key]] = []
    for side in sides:
        for pair in _pairs(side.records, base):
            joined = [one for one in groups if not one.isdisjoint(pair)]
            groups = [one for one in groups if one not in joined] + [set(pair).union(*joined)]
    found = [
        Exchange(*(tuple(sorted(key for key in one if (key in base) == is_before)) for is_before in (True, False)))
        for one in groups
    ]
    return {key: one for one in found for key in one.keys}


def _pairs(records: Records, base: Records) -> Iterator[tuple[Key, Key]]:
    """What the base has and what a side has instead."""
    gone, come = _only_in(base, records), _only_in(records, base)
    for around in gone.keys() & come.keys():
        pairs = [(old, new) for old in gone[around] for new in come[around] if _may_be_for_the_same(old, new)]
        shared = [(old, new) for old, new in pairs if not _providers(old).isdisjoint(_providers(new))]
        known = {key for pair in shared for key in pair}
        yield from shared
        yield from (
            (old, new) for old, new in pairs if _thing(old) == _thing(new) != "" and known.isdisjoint((old, new))
        )


def _only_in(records: Records, other: Records) -> Mapping[Key, list[Key]]:
    """The needs that the other does not have, by their consumer, where it has that."""
    found: dict[Key, list[Key]] = {}
    for key in records:
        around = parent_of(key)
        if is_need(key) and around is not None and around in other and key not in other:
            found.setdefault(around, []).append(key)
    return found


def _may_be_for_the_same(one: Key, other: Key) -> bool:
    return _thing(one) == _thing(other) or not (_thing(one) and _thing(other))


def _thing(key: Key) -> str:
    """What a need is for."""
    return key[-2].strip().casefold()


def _providers(key: Key) -> set[str]:
    return set(key[-3].split("+"))
