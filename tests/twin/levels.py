"""Levels of every entity at every minute, straight from section 3 of the design.

A level list holds one number a minute, from minute 0 up to and including minute `end`; entry t
stands for the right-continuous level on [t, t + 1). Before minute 0 everything is 1.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import ge, le
from typing import Any

Levels = list[float]
Table = Mapping[str, Any]

MINUTES = {"min": 1, "h": 60, "d": 1440, "w": 10080}
SNAP = 1e-9
STILL = 1e-13


def levels(tables: Table, outages: Sequence[Table], pins: Sequence[Table], end: int) -> dict[str, Levels]:
    """The level of every entity at the minutes 0..end, both included.

    Args:
        tables: the model as raw tables, as tomllib gives them.
        outages: entity, start, end (minutes, None is unknown), remaining (default 0).
        pins: entity, start, end, level.
        end: last minute.
    """
    needs = {entity["id"]: entity.get("needs", []) for entity in tables["entity"]}
    own = {name: own_levels(name, outages, end) for name in needs}
    fixed = {name: pinned_levels(name, pins, end) for name in needs}
    solved: dict[str, Levels] = {}
    for component in components_in_order(needs):
        solved.update(solve_component(component, needs, own, fixed, solved))
    return solved


# --- outages and pins -------------------------------------------------------------------------


def own_levels(name: str, outages: Sequence[Table], end: int) -> Levels:
    """What the outages leave of the entity itself: the least of those that hold."""
    own = [1.0] * (end + 1)
    for outage in outages:
        if outage["entity"] == name:
            for minute in minutes_of(outage, end):
                own[minute] = min(own[minute], outage.get("remaining", 0.0))
    return own


def pinned_levels(name: str, pins: Sequence[Table], end: int) -> dict[int, float]:
    """The minutes at which the entity is pinned, and where."""
    mine = [pin for pin in pins if pin["entity"] == name]
    return {minute: pin["level"] for pin in mine for minute in minutes_of(pin, end)}


def minutes_of(span: Table, end: int) -> range:
    """The minutes of [start, end) that are looked at; an unknown end never comes."""
    stop = end + 1 if span.get("end") is None else min(span["end"], end + 1)
    return range(span["start"], stop)


# --- the graph --------------------------------------------------------------------------------


def providers(need: Table) -> list[str]:
    """The providers that a need names."""
    if "provider" in need:
        return [need["provider"]]
    return list(need["any_of"] if "any_of" in need else need["shares"])


def components_in_order(needs: Mapping[str, Sequence[Table]]) -> list[frozenset[str]]:
    """Strongly connected components, each after those it depends on."""
    below = {name: everything_below(name, needs) for name in needs}
    components = {frozenset({name} | {other for other in below[name] if name in below[other]}) for name in needs}
    return sorted(components, key=lambda members: depth(members, below))


def everything_below(name: str, needs: Mapping[str, Sequence[Table]]) -> set[str]:
    """All that an entity depends on, directly or not; itself only by way of a cycle."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for need in needs[waiting.pop()]:
            new = set(providers(need)) - found
            found |= new
            waiting += new
    return found


def depth(members: frozenset[str], below: Mapping[str, set[str]]) -> tuple[int, list[str]]:
    """Sorts a component after everything below it, whose own sets below are smaller."""
    return len(set().union(members, *(below[name] for name in members))), sorted(members)


def is_inside(need: Table, component: frozenset[str]) -> bool:
    """Whether any provider of the need lies in the component."""
    return any(provider in component for provider in providers(need))


# --- one component ----------------------------------------------------------------------------


def solve_component(
    component: frozenset[str],
    needs: Mapping[str, Sequence[Table]],
    own: Mapping[str, Levels],
    fixed: Mapping[str, Mapping[int, float]],
    solved: Mapping[str, Levels],
) -> dict[str, Levels]:
    """The greatest solution of one component, in two rounds when it is a cycle."""
    mine = {name: [without_inside_restart(r, component) for r in needs[name]] for name in component}
    first = descend(mine, own, fixed, solved)
    inside = {name: [r for r in needs[name] if is_inside(r, component)] for name in component}
    if not any(inside.values()):
        return first
    bounded = {
        name: least([own[name], *(after_restart(r, {**solved, **first}) for r in inside[name])]) for name in component
    }
    return descend(mine, bounded, fixed, solved)


def without_inside_restart(need: Table, component: frozenset[str]) -> Table:
    """The need, its restart left out when it lies in the component."""
    if not is_inside(need, component):
        return need
    return {key: value for key, value in need.items() if key != "restart"}


def descend(
    needs: Mapping[str, Sequence[Table]],
    own: Mapping[str, Levels],
    fixed: Mapping[str, Mapping[int, float]],
    solved: Mapping[str, Levels],
) -> dict[str, Levels]:
    """Iterates downwards from `own` until nothing moves."""
    current = {name: overridden(own[name], fixed[name]) for name in needs}
    while True:
        known = {**solved, **current}
        following = {name: overridden(entity_level(own[name], needs[name], known), fixed[name]) for name in needs}
        if all(still(current[name], following[name]) for name in needs):
            return following
        current = following


def overridden(values: Levels, fixed: Mapping[int, float]) -> Levels:
    """The values with the pinned minutes put in."""
    if not fixed:
        return values
    return [fixed.get(minute, value) for minute, value in enumerate(values)]


def still(before: Levels, after: Levels) -> bool:
    """Whether no minute moved."""
    return before == after or all(abs(x - y) < STILL for x, y in zip(before, after, strict=True))


def entity_level(own: Levels, needs: Sequence[Table], known: Mapping[str, Levels]) -> Levels:
    """c_v = min(own_v, min over its needs of e)."""
    return [snap(x) for x in least([own, *(after_restart(need, known) for need in needs)])]


def snap(value: float) -> float:
    """Values within 1e-9 of 0 or 1 are 0 or 1."""
    if abs(value) <= SNAP:
        return 0.0
    return 1.0 if abs(value - 1.0) <= SNAP else value


# --- one need ---------------------------------------------------------------------------------


def supply(need: Table, known: Mapping[str, Levels]) -> Levels:
    """The supply of a need: one provider, the k-th best of several, or a weighted sum."""
    if "provider" in need:
        return known[need["provider"]]
    if "any_of" in need:
        rank = need.get("at_least", 1) - 1
        columns = zip(*(known[p] for p in need["any_of"]), strict=True)
        return [sorted(column, reverse=True)[rank] for column in columns]
    weights = list(need["shares"].values())
    columns = zip(*(known[p] for p in need["shares"]), strict=True)
    return [sum(w * c for w, c in zip(weights, column, strict=True)) for column in columns]


def after_endurance(need: Table, known: Mapping[str, Levels]) -> Levels:
    """The need's g: the part L lives on supply as it was up to d ago, the rest on supply now."""
    now = supply(need, known)
    floor = need.get("floor", 0.0)
    ways = [[floor + (1 - floor) * s for s in now]]
    for lasting, level in steps(need):
        best = highest_over(now, lasting)
        ways.append([level * m + (1 - level) * s for m, s in zip(best, now, strict=True)])
    return [max(column) for column in zip(*ways, strict=True)]


def after_restart(need: Table, known: Mapping[str, Levels]) -> Levels:
    """The need's e: the least of g since the restart time ago."""
    return lowest_over(after_endurance(need, known), minutes(need.get("restart", "0min")))


def steps(need: Table) -> list[tuple[int, float]]:
    """The endurance as (minutes, level); absent is none at all."""
    endurance = need.get("endurance", [])
    if isinstance(endurance, str):
        return [(minutes(endurance), 1.0)]
    return [(minutes(lasting), level) for lasting, level in endurance]


def minutes(duration: str) -> int:
    """ "1d 6h" as minutes."""
    return sum(int(n) * MINUTES[unit] for n, unit in re.findall(r"(\d+)\s*(min|h|d|w)", duration))


# --- windows ----------------------------------------------------------------------------------


def least(lists: Iterable[Levels]) -> Levels:
    """The least at every minute."""
    return [min(column) for column in zip(*lists, strict=True)]


def highest_over(values: Levels, width: int) -> Levels:
    """The highest value in the closed window [t - width, t], 1 before minute 0."""
    return extreme_over(values, width, ge)


def lowest_over(values: Levels, width: int) -> Levels:
    """The lowest value in the closed window [t - width, t], 1 before minute 0."""
    return extreme_over(values, width, le)


def extreme_over(values: Levels, width: int, beats: Callable[[float, float], bool]) -> Levels:
    """The value in each closed window [t - width, t] that beats all others.

    Keeps a queue of (minute, value) in which nobody is beaten by anybody later.
    """
    if min(values) == 1:
        return values
    queue: deque[tuple[int, float]] = deque([(-1, 1.0)])
    result = []
    for minute, value in enumerate(values):
        while queue and beats(value, queue[-1][1]):
            queue.pop()
        queue.append((minute, value))
        while queue[0][0] < minute - width:
            queue.popleft()
        result.append(queue[0][1])
    return result


# --- what is said about an entity -------------------------------------------------------------


def first(values: Levels, end: int, holds: Callable[[float], bool]) -> int | None:
    """The first minute before `end` at which something holds."""
    return next((minute for minute in range(end) if holds(values[minute])), None)


def restored(values: Levels, end: int) -> int | None:
    """The minute from which the level is 1 for good; None if never below or not by `end`."""
    below = [minute for minute in range(end + 1) if values[minute] < 1]
    if not below or below[-1] == end:
        return None
    return below[-1] + 1


def lost_hours(values: Levels, end: int) -> float:
    """The integral of 1 - c over [0, end), in hours."""
    return sum(1 - value for value in values[:end]) / 60


def reserve_lost(needs: Sequence[Table], known: Mapping[str, Levels], end: int) -> list[tuple[int, int, int]]:
    """(need, from, to) wherever an `any_of` with a reserve has exactly `at_least` left."""
    spans = []
    for index, need in enumerate(needs):
        if len(need.get("any_of", [])) > need.get("at_least", 1):
            spans += [(index, *span) for span in runs(bare(need, known, end))]
    return spans


def bare(need: Table, known: Mapping[str, Levels], end: int) -> list[bool]:
    """For every minute before `end`: whether exactly `at_least` providers have any level."""
    up = (sum(known[p][minute] > 0 for p in need["any_of"]) for minute in range(end))
    return [number == need.get("at_least", 1) for number in up]


def runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """The spans [from, to) of consecutive true flags."""
    edges = [
        minute
        for minute in range(len(flags) + 1)
        if (minute < len(flags) and flags[minute]) != (minute > 0 and flags[minute - 1])
    ]
    return list(zip(edges[::2], edges[1::2], strict=True))
