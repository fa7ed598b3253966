"""The semantics of an outage as plain functions on flat columns, which numba compiles unchanged.

Each function works on the pool of `operators` and follows its conventions: results at `top`, FULL when the pool is too
small, nothing after `limit`. Columns that go together are handed on together:

- `net`: form, at_least, provider_start, provider, weight, floor, restart, step_start, step_minutes, step_level, need_start
  and inside of the compiled network;
- `pool`: times and values, and scratch: queue, cursor, ranked;
- `slots`: begin and size of each entity's level in the pool; `own`: the same of its own level;
- `pins`: entity, from, to, level.
"""

from typing import Any

from beroenden.engine.operators import (
    FULL,
    FloatRow,
    Floats,
    Ints,
    Row,
    append,
    copy,
    differs,
    least,
    level_near,
    overlay,
    window_extreme,
)

Columns = tuple[Any, ...]


def own_level(
    times: Ints,
    values: Floats,
    out_from: Row,
    out_to: Row,
    out_level: FloatRow,
    first: int,
    count: int,
    limit: int,
    top: int,
) -> int:
    """1, but on each outage [from, to) at most its remaining level; of overlapping outages the least holds."""
    start = top
    now = -(1 << 60)
    for _ in range(2 * count):
        following = limit + 1
        for i in range(first, first + count):
            if now < out_from[i] < following:
                following = out_from[i]
            if now < out_to[i] < following:
                following = out_to[i]
        if following > limit:
            return top
        now = following
        held = 1.0
        for i in range(first, first + count):
            if out_from[i] <= now < out_to[i] and out_level[i] < held:
                held = out_level[i]
        top = append(times, values, start, top, now, level_near(held))
        if top == FULL:
            return FULL
    return top


def own_levels(first: int, last: int, outages: Columns, pool: Columns, own: Columns, limit: int, top: int) -> int:
    """The own levels of the entities from `first` to `last`."""
    times, values = pool[0], pool[1]
    own_begin, own_size = own
    out_entity, out_from, out_to, out_level = outages
    for member in range(first, last):
        i = 0
        while i < len(out_entity) and out_entity[i] != member:
            i += 1
        count = 0
        while i + count < len(out_entity) and out_entity[i + count] == member:
            count += 1
        after = own_level(times, values, out_from, out_to, out_level, i, count, limit, top)
        if after == FULL:
            return FULL
        own_begin[member], own_size[member] = top, after - top
        top = after
    return top


def supply(net: Columns, need: int, pool: Columns, slots: Columns, limit: int, top: int) -> int:
    """What the providers of a need deliver together."""
    times, values, _, cursor, ranked = pool
    begin, size = slots
    form, at_least, provider_start, provider, weight = net[0], net[1], net[2], net[3], net[4]
    start = top
    first, last = provider_start[need], provider_start[need + 1]
    for i in range(first, last):
        cursor[i - first] = 0
    while True:
        now = limit + 1
        for i in range(first, last):
            p, c = provider[i], cursor[i - first]
            if c < size[p] and times[begin[p] + c] < now:
                now = times[begin[p] + c]
        if now > limit:
            return top
        total = 0.0
        for i in range(first, last):
            p, c = provider[i], cursor[i - first]
            if c < size[p] and times[begin[p] + c] == now:
                c += 1
                cursor[i - first] = c
            held = values[begin[p] + c - 1] if c > 0 else 1.0
            total += weight[i] * held
            place = i - first
            while place > 0 and ranked[place - 1] < held:
                ranked[place] = ranked[place - 1]
                place -= 1
            ranked[place] = held
        value = total if form[need] == 2 else ranked[at_least[need] - 1]
        top = append(times, values, start, top, now, level_near(value))
        if top == FULL:
            return FULL


def endured(net: Columns, need: int, pool: Columns, begin: int, size: int, limit: int, top: int) -> int:
    """The signal of a need after endurance: of a supply at [begin, begin + size), the result starts at the first top.

    g(t) = max(floor + (1 - floor) s(t), max over steps of L M_d(t) + (1 - L) s(t)), M_d the greatest s over [t - d, t].
    """
    times, values, queue, cursor, _ = pool
    floor, step_start, step_minutes, step_level = net[5], net[7], net[8], net[9]
    first, last = step_start[need], step_start[need + 1]
    if first == last and floor[need] == 0.0:
        return copy(times, values, begin, size, limit, top)
    if last - first == 1 and step_level[first] == 1.0 and floor[need] == 0.0:
        return window_extreme(times, values, begin, size, step_minutes[first], True, limit, queue, top)
    parts = top  # the windowed maxima, one after the other; cursor holds of each: begin, size, how far it was followed
    for k in range(first, last):
        after = window_extreme(times, values, begin, size, step_minutes[k], True, limit, queue, parts)
        if after == FULL:
            return FULL
        cursor[3 * (k - first)] = parts
        cursor[3 * (k - first) + 1] = after - parts
        cursor[3 * (k - first) + 2] = 0
        parts = after
    start = parts
    result = start
    s, held = 0, 1.0
    while True:
        now = limit + 1
        if s < size and times[begin + s] < now:
            now = times[begin + s]
        for k in range(last - first):
            c = cursor[3 * k + 2]
            if c < cursor[3 * k + 1] and times[cursor[3 * k] + c] < now:
                now = times[cursor[3 * k] + c]
        if now > limit:
            break
        if s < size and times[begin + s] == now:
            held = values[begin + s]
            s += 1
        value = floor[need] + (1.0 - floor[need]) * held
        for k in range(last - first):
            c = cursor[3 * k + 2]
            if c < cursor[3 * k + 1] and times[cursor[3 * k] + c] == now:
                c += 1
                cursor[3 * k + 2] = c
            past = values[cursor[3 * k] + c - 1] if c > 0 else 1.0
            kept = step_level[first + k]
            lived = kept * past + (1.0 - kept) * held
            if lived > value:
                value = lived
        result = append(times, values, start, result, now, level_near(value))
        if result == FULL:
            return FULL
    return copy(times, values, start, result - start, limit, top)


def need_signal(
    net: Columns, need: int, with_restart: bool, pool: Columns, slots: Columns, limit: int, top: int
) -> int:
    """The signal of a need, after endurance and (if asked) restart."""
    times, values, queue, _, _ = pool
    begin, size = slots
    form, provider_start, provider, restart = net[0], net[2], net[3], net[6]
    harmed = False
    for i in range(provider_start[need], provider_start[need + 1]):
        if size[provider[i]] > 0:
            harmed = True
    if not harmed:
        return top
    if form[need] == 0:
        only = provider[provider_start[need]]
        supplied, supplied_size, after = begin[only], size[only], top
    else:
        after = supply(net, need, pool, slots, limit, top)
        if after == FULL:
            return FULL
        supplied, supplied_size = top, after - top
    result = endured(net, need, pool, supplied, supplied_size, limit, after)
    if result == FULL:
        return FULL
    begun = after
    if with_restart and restart[need] > 0:
        after = result
        result = window_extreme(times, values, begun, result - begun, restart[need], False, limit, queue, after)
        if result == FULL:
            return FULL
        begun = after
    if begun == top:
        return result
    return copy(times, values, begun, result - begun, limit, top)


def pinned(entity: int, begin: int, size: int, pins: Columns, pool: Columns, limit: int, free: int, top: int) -> int:
    """A level with what is pinned of the entity laid over it; `free` is where the pool is free, at or after `top`."""
    times, values = pool[0], pool[1]
    pin_entity, pin_from, pin_to, pin_level = pins
    for i in range(len(pin_entity)):
        if pin_entity[i] == entity:
            after = overlay(times, values, begin, size, pin_from[i], pin_to[i], pin_level[i], limit, free)
            if after == FULL:
                return FULL
            begin, size = free, after - free
            free = after
    return copy(times, values, begin, size, limit, top)


def entity_level(
    net: Columns,
    entity: int,
    own: Columns,
    with_inner_restart: bool,
    pins: Columns,
    pool: Columns,
    slots: Columns,
    limit: int,
    top: int,
) -> int:
    """The level of an entity: the least of its own and its needs' signals, then what is pinned."""
    times, values = pool[0], pool[1]
    own_begin, own_size = own
    need_start, inside = net[10], net[11]
    level_begin, level_size = own_begin[entity], own_size[entity]
    free = top
    for need in range(need_start[entity], need_start[entity + 1]):
        restarts = with_inner_restart or inside[need] == 0
        after = need_signal(net, need, restarts, pool, slots, limit, free)
        if after == FULL:
            return FULL
        if after > free and level_size == 0:
            level_begin, level_size = free, after - free
            free = after
        elif after > free:
            merged = least(times, values, level_begin, level_size, free, after - free, limit, after)
            if merged == FULL:
                return FULL
            level_begin, level_size = after, merged - after
            free = merged
    return pinned(entity, level_begin, level_size, pins, pool, limit, free, top)


def settle(
    net: Columns,
    first: int,
    last: int,
    own: Columns,
    pins: Columns,
    pool: Columns,
    slots: Columns,
    limit: int,
    top: int,
) -> int:
    """The greatest solution of a component, from above, without the restarts inside it: iterate until nothing moves.

    Levels start at their own with what is pinned; each round writes the members anew behind the last and then moves them
    down to `top`.
    """
    times, values = pool[0], pool[1]
    begin, size = slots
    own_begin, own_size = own
    used = top
    for member in range(first, last):
        after = pinned(member, own_begin[member], own_size[member], pins, pool, limit, used, used)
        if after == FULL:
            return FULL
        begin[member], size[member] = used, after - used
        used = after
    moving = True
    while moving:
        moving = False
        fresh = used
        for member in range(first, last):
            after = entity_level(net, member, own, False, pins, pool, slots, limit, fresh)
            if after == FULL:
                return FULL
            if differs(times, values, begin[member], size[member], fresh, after - fresh):
                moving = True
            begin[member], size[member] = fresh, after - fresh
            fresh = after
        used = top
        for member in range(first, last):
            moved = copy(times, values, begin[member], size[member], limit, used)
            begin[member] = used
            used = moved
    return used


def bound_restarts(
    net: Columns, first: int, last: int, own: Columns, pool: Columns, slots: Columns, limit: int, top: int
) -> int:
    """Bound each member by its own restarts inside the component: all count from when the causes outside are gone."""
    times, values = pool[0], pool[1]
    own_begin, own_size = own
    need_start, inside, restart = net[10], net[11], net[6]
    for member in range(first, last):
        for need in range(need_start[member], need_start[member + 1]):
            if inside[need] == 0 or restart[need] == 0:
                continue
            after = need_signal(net, need, True, pool, slots, limit, top)
            if after == FULL:
                return FULL
            if after == top:
                continue
            merged = least(times, values, own_begin[member], own_size[member], top, after - top, limit, after)
            if merged == FULL:
                return FULL
            kept = copy(times, values, after, merged - after, limit, top)
            own_begin[member], own_size[member] = top, kept - top
            top = kept
    return top


def solve(
    net: Columns,
    order: Row,
    components: Columns,
    outages: Columns,
    pins: Columns,
    pool: Columns,
    slots: Columns,
    own: Columns,
    limit: int,
) -> int:
    """Levels of all entities in `order` (topological, components whole): begin and size of each in the pool.

    Args:
        net: Columns of the compiled network.
        order: Numbers of the entities that the scenario can reach, rising.
        components: (component of each entity, first entity of each component, 1 for each that has a cycle).
        outages: (entity, from, to, remaining) columns, grouped by entity.
        pins: (entity, from, to, level) columns, the later outranking the earlier.
        limit: Instant after which nothing is wanted.

    Returns:
        The top of the pool, or FULL.
    """
    component, component_start, cyclic = components
    top = 0
    place = 0
    while place < len(order):
        first = order[place]
        last = component_start[component[first] + 1]
        is_cyclic = cyclic[component[first]] == 1
        top = component_levels(net, first, last, is_cyclic, outages, pins, pool, slots, own, limit, top)
        if top == FULL:
            return FULL
        place += last - first
    return top


def component_levels(
    net: Columns,
    first: int,
    last: int,
    is_cyclic: bool,
    outages: Columns,
    pins: Columns,
    pool: Columns,
    slots: Columns,
    own: Columns,
    limit: int,
    top: int,
) -> int:
    """Levels of the entities of one component, from `first` to `last`, once everything that it needs is solved."""
    begin, size = slots
    top = own_levels(first, last, outages, pool, own, limit, top)
    if top == FULL:
        return FULL
    if not is_cyclic:
        after = entity_level(net, first, own, True, pins, pool, slots, limit, top)
        if after == FULL:
            return FULL
        begin[first], size[first] = top, after - top
        return after
    top = settle(net, first, last, own, pins, pool, slots, limit, top)
    if top == FULL:
        return FULL
    bounded = bound_restarts(net, first, last, own, pool, slots, limit, top)
    if bounded in (FULL, top):
        return bounded
    return settle(net, first, last, own, pins, pool, slots, limit, bounded)
