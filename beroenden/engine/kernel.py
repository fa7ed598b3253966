"""The semantics of an outage as plain functions on flat columns, written so that numba compiles them unchanged.

A step function is a slice of a pool: `times[begin : begin + size]`, `values[...]`; it is 1 before its first time, and a
size of 0 is always 1. Every function appends its result to the pool at `top` and returns the new top, or FULL when the
pool is too small: the caller then gives a larger pool and starts again. Breakpoints after `limit` are left out; all
operators look back only, so what comes before is exact.
"""

from collections.abc import MutableSequence, Sequence
from typing import Any

Ints = MutableSequence[int]
Floats = MutableSequence[float]
Row = Sequence[int]
FloatRow = Sequence[float]
Columns = tuple[Any, ...]

FULL = -1
_NEAR = 1e-9
_STILL = 1e-15


def level_near(value: float) -> float:
    """Values within 1e-9 of 0 or 1 are 0 or 1."""
    if value < _NEAR:
        return 0.0
    if value > 1.0 - _NEAR:
        return 1.0
    return value


def append(times: Ints, values: Floats, begin: int, top: int, time: int, value: float) -> int:
    """Let a function that starts at `begin` take a value from a time on; without need of a breakpoint, without one."""
    if top > begin and times[top - 1] == time:
        top -= 1
    before = values[top - 1] if top > begin else 1.0
    if value == before:
        return top
    if top >= len(times):
        return FULL
    times[top] = time
    values[top] = value
    return top + 1


def window_extreme(
    times: Ints, values: Floats, begin: int, size: int, width: int, largest: bool, limit: int, queue: Ints, top: int
) -> int:
    """The greatest (or least) value over the closed window of the last `width` minutes.

    Piece i of the function, from its time on, counts until `width` after the next begins; piece -1 is the 1 before.
    """
    start = top
    sign = 1.0 if largest else -1.0
    head, tail = 0, 1
    queue[0] = -1
    entered, expired = 0, 0
    while entered < size or expired < size:
        if entered < size and (expired >= size or times[begin + entered] <= times[begin + expired] + width):
            now = times[begin + entered]
        else:
            now = times[begin + expired] + width
        if now > limit:
            return top
        while entered < size and times[begin + entered] == now:
            value = sign * values[begin + entered]
            while tail > head and sign * (values[begin + queue[tail - 1]] if queue[tail - 1] >= 0 else 1.0) <= value:
                tail -= 1
            if tail >= len(queue):
                return FULL
            queue[tail] = entered
            tail += 1
            entered += 1
        while expired < size and times[begin + expired] + width == now:
            if queue[head] == expired - 1:
                head += 1
            expired += 1
        held = values[begin + queue[head]] if queue[head] >= 0 else 1.0
        top = append(times, values, start, top, now, held)
        if top == FULL:
            return FULL
    return top


def least(
    times: Ints, values: Floats, begin_a: int, size_a: int, begin_b: int, size_b: int, limit: int, top: int
) -> int:
    """The pointwise least of two functions."""
    start = top
    a, b = 0, 0
    level_a, level_b = 1.0, 1.0
    while a < size_a or b < size_b:
        if b >= size_b or (a < size_a and times[begin_a + a] <= times[begin_b + b]):
            now = times[begin_a + a]
        else:
            now = times[begin_b + b]
        if now > limit:
            return top
        if a < size_a and times[begin_a + a] == now:
            level_a = values[begin_a + a]
            a += 1
        if b < size_b and times[begin_b + b] == now:
            level_b = values[begin_b + b]
            b += 1
        top = append(times, values, start, top, now, level_a if level_a < level_b else level_b)
        if top == FULL:
            return FULL
    return top


def overlay(
    times: Ints,
    values: Floats,
    begin: int,
    size: int,
    pin_from: int,
    pin_to: int,
    pin_level: float,
    limit: int,
    top: int,
) -> int:
    """The function with a level of its own on [pin_from, pin_to)."""
    start = top
    current = 1.0
    i = 0
    while i < size and times[begin + i] < pin_from:
        current = values[begin + i]
        top = append(times, values, start, top, times[begin + i], current)
        if top == FULL:
            return FULL
        i += 1
    if pin_from > limit:
        return top
    top = append(times, values, start, top, pin_from, pin_level)
    if top == FULL:
        return FULL
    while i < size and times[begin + i] <= pin_to:
        current = values[begin + i]
        i += 1
    if pin_to > limit:
        return top
    top = append(times, values, start, top, pin_to, current)
    while top != FULL and i < size:
        top = append(times, values, start, top, times[begin + i], values[begin + i])
        i += 1
    return top


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


def supply(
    net: Columns,
    need: int,
    times: Ints,
    values: Floats,
    begin: Ints,
    size: Ints,
    cursor: Ints,
    ranked: Floats,
    limit: int,
    top: int,
) -> int:
    """What the providers of a need deliver together."""
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


def endured(
    net: Columns,
    need: int,
    times: Ints,
    values: Floats,
    begin: int,
    size: int,
    cursor: Ints,
    queue: Ints,
    limit: int,
    top: int,
) -> int:
    """The signal of a need after endurance: of a supply at [begin, begin + size), the result starts at the first top.

    g(t) = max(floor + (1 - floor) s(t), max over steps of L M_d(t) + (1 - L) s(t)), M_d the greatest s over [t - d, t].
    """
    floor, step_start, step_minutes, step_level = net[5], net[7], net[8], net[9]
    first, last = step_start[need], step_start[need + 1]
    if first == last and floor[need] == 0.0:
        return copy(times, values, begin, size, limit, top)
    if last - first == 1 and step_level[first] == 1.0 and floor[need] == 0.0:
        return window_extreme(times, values, begin, size, step_minutes[first], True, limit, queue, top)
    parts = (
        top  # the windowed maxima, one after the other; cursor[2k], cursor[2k + 1]: where the k-th begins and its size
    )
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


def copy(times: Ints, values: Floats, begin: int, size: int, limit: int, top: int) -> int:
    """The function again, at the top; it may move down onto itself."""
    for i in range(size):
        if times[begin + i] > limit:
            return top
        if top >= len(times):
            return FULL
        times[top] = times[begin + i]
        values[top] = values[begin + i]
        top += 1
    return top


def need_signal(
    net: Columns,
    need: int,
    with_restart: bool,
    times: Ints,
    values: Floats,
    begin: Ints,
    size: Ints,
    cursor: Ints,
    ranked: Floats,
    queue: Ints,
    limit: int,
    top: int,
) -> int:
    """The signal of a need, after endurance and (if asked) restart."""
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
        after = supply(net, need, times, values, begin, size, cursor, ranked, limit, top)
        if after == FULL:
            return FULL
        supplied, supplied_size = top, after - top
    result = endured(net, need, times, values, supplied, supplied_size, cursor, queue, limit, after)
    if result == FULL:
        return FULL
    begun = after
    if with_restart and restart[need] > 0:
        after = result
        result = window_extreme(times, values, begun, result - begun, restart[need], False, limit, queue, after)
        if result == FULL:
            return FULL
        begun = after
    return copy(times, values, begun, result - begun, limit, top)


def entity_level(
    net: Columns,
    entity: int,
    own_begin: int,
    own_size: int,
    with_inner_restart: bool,
    pins: Columns,
    times: Ints,
    values: Floats,
    begin: Ints,
    size: Ints,
    cursor: Ints,
    ranked: Floats,
    queue: Ints,
    limit: int,
    top: int,
) -> int:
    """The level of an entity: the least of its own and its needs' signals, then what is pinned."""
    need_start, inside = net[10], net[11]
    pin_entity, pin_from, pin_to, pin_level = pins
    level_begin, level_size = own_begin, own_size
    free = top
    for need in range(need_start[entity], need_start[entity + 1]):
        restarts = with_inner_restart or inside[need] == 0
        after = need_signal(net, need, restarts, times, values, begin, size, cursor, ranked, queue, limit, free)
        if after == FULL:
            return FULL
        if after > free:
            merged = least(times, values, level_begin, level_size, free, after - free, limit, after)
            if merged == FULL:
                return FULL
            level_begin, level_size = after, merged - after
            free = merged
    for i in range(len(pin_entity)):
        if pin_entity[i] == entity:
            pinned = overlay(times, values, level_begin, level_size, pin_from[i], pin_to[i], pin_level[i], limit, free)
            if pinned == FULL:
                return FULL
            level_begin, level_size = free, pinned - free
            free = pinned
    return copy(times, values, level_begin, level_size, limit, top)


def differs(times: Ints, values: Floats, begin_a: int, size_a: int, begin_b: int, size_b: int) -> bool:
    """Whether two functions are not the same yet."""
    if size_a != size_b:
        return True
    for i in range(size_a):
        if times[begin_a + i] != times[begin_b + i] or abs(values[begin_a + i] - values[begin_b + i]) > _STILL:
            return True
    return False


def settle(
    net: Columns,
    first: int,
    last: int,
    own_begin: Ints,
    own_size: Ints,
    pins: Columns,
    times: Ints,
    values: Floats,
    begin: Ints,
    size: Ints,
    cursor: Ints,
    ranked: Floats,
    queue: Ints,
    limit: int,
    top: int,
) -> int:
    """The greatest solution of a component, from above, without the restarts inside it: iterate until nothing moves.

    Levels start at their own; each round writes the members anew behind the last and then moves them down to `top`.
    """
    for member in range(first, last):
        begin[member], size[member] = own_begin[member], own_size[member]
    used = top
    moving = True
    while moving:
        moving = False
        fresh = used
        for member in range(first, last):
            after = entity_level(
                net,
                member,
                own_begin[member],
                own_size[member],
                False,
                pins,
                times,
                values,
                begin,
                size,
                cursor,
                ranked,
                queue,
                limit,
                fresh,
            )
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
    net: Columns,
    first: int,
    last: int,
    own_begin: Ints,
    own_size: Ints,
    times: Ints,
    values: Floats,
    begin: Ints,
    size: Ints,
    cursor: Ints,
    ranked: Floats,
    queue: Ints,
    limit: int,
    top: int,
) -> int:
    """Bound each member by its own restarts inside the component: all count from when the causes outside are gone."""
    need_start, inside, restart = net[10], net[11], net[6]
    for member in range(first, last):
        for need in range(need_start[member], need_start[member + 1]):
            if inside[need] == 0 or restart[need] == 0:
                continue
            after = need_signal(net, need, True, times, values, begin, size, cursor, ranked, queue, limit, top)
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
    times: Ints,
    values: Floats,
    begin: Ints,
    size: Ints,
    own_begin: Ints,
    own_size: Ints,
    cursor: Ints,
    ranked: Floats,
    queue: Ints,
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
    out_entity, out_from, out_to, out_level = outages
    top = 0
    place = 0
    while place < len(order):
        first = order[place]
        last = component_start[component[first] + 1]
        for member in range(first, last):
            own_begin[member] = top
            i = 0
            while i < len(out_entity) and out_entity[i] != member:
                i += 1
            count = 0
            while i + count < len(out_entity) and out_entity[i + count] == member:
                count += 1
            after = own_level(times, values, out_from, out_to, out_level, i, count, limit, top)
            if after == FULL:
                return FULL
            own_size[member] = after - top
            top = after
        if cyclic[component[first]] == 1:
            top = settle(
                net,
                first,
                last,
                own_begin,
                own_size,
                pins,
                times,
                values,
                begin,
                size,
                cursor,
                ranked,
                queue,
                limit,
                top,
            )
            if top == FULL:
                return FULL
            bounded = bound_restarts(
                net, first, last, own_begin, own_size, times, values, begin, size, cursor, ranked, queue, limit, top
            )
            if bounded == FULL:
                return FULL
            if bounded > top:
                top = settle(
                    net,
                    first,
                    last,
                    own_begin,
                    own_size,
                    pins,
                    times,
                    values,
                    begin,
                    size,
                    cursor,
                    ranked,
                    queue,
                    limit,
                    bounded,
                )
                if top == FULL:
                    return FULL
        else:
            after = entity_level(
                net,
                first,
                own_begin[first],
                own_size[first],
                True,
                pins,
                times,
                values,
                begin,
                size,
                cursor,
                ranked,
                queue,
                limit,
                top,
            )
            if after == FULL:
                return FULL
            begin[first], size[first] = top, after - top
            top = after
        place += last - first
    return top
