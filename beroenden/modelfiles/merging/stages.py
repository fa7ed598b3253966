"""The order of a payment's stages, of sides that have stages of their own."""

from collections.abc import Sequence
from itertools import pairwise


def one_order(*orders: Sequence[str]) -> list[str] | None:
    """The only order that keeps all; None when they contradict each other or leave it open.

    >>> one_order(["file", "clearing"], ["file", "handover", "clearing"])
    ['file', 'handover', 'clearing']
    >>> one_order(["file", "signing", "clearing"], ["file", "handover", "clearing"])
    """
    after: dict[str, set[str]] = {one: set() for order in orders for one in order}
    for order in orders:
        for before, later in pairwise(order):
            after[later].add(before)
    found: list[str] = []
    while after:
        ready = [one for one, before in after.items() if not before - set(found)]
        if len(ready) != 1:
            return None
        found += ready
        del after[ready[0]]
    return found


def put_in(order: Sequence[str], others: Sequence[str]) -> list[str]:
    """One side's order, with what only the other has after what it has it after.

    >>> put_in(["file", "signing", "clearing"], ["file", "handover", "clearing"])
    ['file', 'handover', 'signing', 'clearing']
    """
    found = list(order)
    for index, one in enumerate(others):
        if one not in found:
            found.insert(found.index(others[index - 1]) + 1 if index else 0, one)
    return found


def keeps(order: Sequence[str], other: Sequence[str]) -> bool:
    """Whether what both have is in the same order in both."""
    return [one for one in order if one in other] == [one for one in other if one in order]


def is_within(order: Sequence[str], other: Sequence[str]) -> bool:
    """Whether another order says all of this and more."""
    return set(order) < set(other) and keeps(order, other)
