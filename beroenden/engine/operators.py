"""Step functions on a pool, as plain functions that numba compiles unchanged.

A step function is a slice of a pool: `times[begin : begin + size]`, `values[...]`; it is 1 before its first time, and a
size of 0 is always 1. Every operator appends its result to the pool at `top` and returns the new top, or FULL when the
pool is too small: the caller then gives a larger pool and starts again. Breakpoints after `limit` are left out; all
operators look back only, so what comes before is exact.
"""

from collections.abc import MutableSequence, Sequence

Ints = MutableSequence[int]
Floats = MutableSequence[float]
Row = Sequence[int]
FloatRow = Sequence[float]

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


def window_extreme(
    times: Ints, values: Floats, begin: int, size: int, width: int, largest: bool, limit: int, queue: Ints, top: int
) -> int:
    """The greatest (or least) value over the closed window of the last `width` minutes.

    Piece i of the function, from its time on, counts until `width` after the next begins; piece -1 is the 1 before.
    """
    if width == 0:
        return copy(times, values, begin, size, limit, top)
    start = top
    if size == 2 and values[begin] < 1.0 and values[begin + 1] == 1.0:  # most are of one spell below 1
        since, to = times[begin], times[begin + 1]
        since, to = (since + width, to) if largest else (since, to + width)
        if since < to and since <= limit:
            top = append(times, values, start, top, since, values[begin])
            if top != FULL and to <= limit:
                top = append(times, values, start, top, to, 1.0)
        return top
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


def differs(times: Ints, values: Floats, begin_a: int, size_a: int, begin_b: int, size_b: int) -> bool:
    """Whether two functions are not the same yet."""
    if size_a != size_b:
        return True
    for i in range(size_a):
        if times[begin_a + i] != times[begin_b + i] or abs(values[begin_a + i] - values[begin_b + i]) > _STILL:
            return True
    return False
