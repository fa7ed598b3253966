"""Monotone functions of failures as binary decision diagrams, and families of sets as zero-suppressed ones.

The diagrams are relibmss's; nothing else knows that library. Variables are ids of entities: true is failed.

Source: Rauzy (1993), New algorithms for fault trees analysis, Reliability Engineering & System Safety 40: the diagram of
the function, and of its minimal solutions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import relibmss

Function = Any
"""A node of the library: a monotone function."""

_EMPTY, _UNIT = 0, 1
"""Numbers of the family without sets and of the family of the empty set alone."""


class TooManyNodesError(Exception):
    """The diagrams grew beyond what was allowed."""


class Diagram:
    """Functions over an order of variables, the first at the top.

    Args:
        order: The variables.
        most_nodes: How many nodes may be made in all.
    """

    def __init__(self, order: Sequence[str], most_nodes: int) -> None:
        self._library = relibmss.BDD()
        self._most = most_nodes
        self._height = {one: -place for place, one in enumerate(order)}
        self._variable = {one: self._library.defvar(one) for one in reversed(order)}  # the last defined is at the top
        self.never: Function = self._library.const(False)
        self.always: Function = self._library.const(True)

    def variable(self, name: str) -> Function:
        """The function that one failure alone makes true."""
        return self._variable[name]

    def any_of(self, functions: Iterable[Function]) -> Function:
        """True when any of them is."""
        return self._joined(functions, self.never, self._library.Or)

    def all_of(self, functions: Iterable[Function]) -> Function:
        """True when all of them are."""
        return self._joined(functions, self.always, self._library.And)

    def at_least(self, count: int, functions: Sequence[Function]) -> Function:
        """True when so many of them are, from 1 to all."""
        if count == 1:
            return self.any_of(functions)
        if count == len(functions):
            return self.all_of(functions)
        return self._within(self._library.kofn(count, list(functions)))

    def _joined(self, functions: Iterable[Function], otherwise: Function, join: Any) -> Function:
        """Join two at a time from the bottom of the order up, which keeps what is between small."""
        lowest, *others = sorted(functions, key=_height) or [otherwise]
        for one in others:
            lowest = self._within(join([one, lowest]))
        return lowest

    def _within(self, function: Function) -> Function:
        if self._library.info()["nodes"] > self._most:
            raise TooManyNodesError
        return function

    def minimal_sets(self, function: Function) -> "Family":
        """The minimal sets of failures that make a monotone function true."""
        root = function.minpath()
        read: dict[int, tuple[str, int, int]] = {}
        waiting = [root]
        while waiting:
            node = waiting.pop()
            number, children = node.get_id(), node.get_children()
            if children is not None and number not in read:
                read[number] = node.get_label(), children[0].get_id(), children[1].get_id()
                waiting += children
        upwards = sorted(read, key=lambda number: self._height[read[number][0]])
        place = {number: place for place, number in enumerate([_EMPTY, _UNIT, *upwards])}
        rows = tuple((read[one][0], place[read[one][1]], place[read[one][2]]) for one in upwards)
        return Family(rows, place[root.get_id()])


def same(one: Function, other: Function) -> bool:
    """Whether two functions of one diagram are equal: there is one node for each function."""
    return bool(one.get_id() == other.get_id())


def probability(function: Function, of_failure: Mapping[str, float]) -> float:
    """The probability that the function is true, all failures being independent."""
    return float(function.prob(of_failure))


def birnbaum(function: Function, of_failure: Mapping[str, float]) -> dict[str, float]:
    """By variable, how much likelier the function is when that one has failed than when it works."""
    return dict(function.bmeas(of_failure))


def _height(function: Function) -> int:
    level = function.get_level()
    return -1 if level is None else int(level)


@dataclass(frozen=True)
class Family:
    """A family of sets.

    Attributes:
        rows: Nodes from the bottom up, the first being number 2: (element, sets without it, sets with it).
        root: Number of the node that stands for the whole; 0 has no sets, 1 the empty set alone.
    """

    rows: tuple[tuple[str, int, int], ...]
    root: int

    @cached_property
    def _sizes(self) -> list[list[int]]:
        """By node and size, how many sets; whole numbers of any length, where the library's own count runs over."""
        sizes: list[list[int]] = [[], [1]]
        for _, without, with_it in self.rows:
            row = [0, *sizes[with_it]]
            lacking = sizes[without]
            row += [0] * (len(lacking) - len(row))
            for size, count in enumerate(lacking):
                row[size] += count
            sizes.append(row)
        return sizes

    @property
    def by_size(self) -> dict[int, int]:
        """How many sets there are of each size."""
        return {size: count for size, count in enumerate(self._sizes[self.root]) if count}

    @cached_property
    def containing(self) -> dict[str, tuple[int, int]]:
        """By element, from the top down: how many sets hold it, and the size of the smallest of them."""
        far = len(self.rows) + 1
        ways, depth = [0] * (far + 1), [far] * (far + 1)
        ways[self.root], depth[self.root] = 1, 0
        smallest = [next((size for size, count in enumerate(sizes) if count), far) for sizes in self._sizes]
        totals = [sum(sizes) for sizes in self._sizes]
        found: dict[str, tuple[int, int]] = {}
        for number in range(far, 1, -1):
            element, without, with_it = self.rows[number - 2]
            ways[without] += ways[number]
            ways[with_it] += ways[number]
            depth[without] = min(depth[without], depth[number])
            depth[with_it] = min(depth[with_it], depth[number] + 1)
            count, least = found.get(element, (0, far))
            size = depth[number] + 1 + smallest[with_it]
            found[element] = count + ways[number] * totals[with_it], size if size < least else least
        return found

    def smallest_first(self) -> Iterator[tuple[str, ...]]:
        """The sets one by one, as they are asked for."""
        for size in self.by_size:
            yield from self._of_size(size)

    def _of_size(self, size: int) -> Iterator[tuple[str, ...]]:
        waiting: list[tuple[int, int, tuple[str, ...]]] = [(self.root, size, ())]
        while waiting:
            number, lacking, chosen = waiting.pop()
            if lacking >= len(self._sizes[number]) or not self._sizes[number][lacking]:
                continue
            if number == _UNIT:
                yield chosen
                continue
            element, without, with_it = self.rows[number - 2]
            waiting.append((without, lacking, chosen))
            if lacking:
                waiting.append((with_it, lacking - 1, (*chosen, element)))
