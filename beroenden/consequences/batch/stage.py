"""One stage of a payment run, as `consequences.stages` runs it, as functions that numba compiles.

A capacity is a slice of the pool, [begin, begin + size): the pointwise least of the signals of the stage's needs.
"""

from math import ceil
from typing import Any

from beroenden.consequences.batch.calendar import Calendar, bank_days_after, day_of, next_at, next_spell
from beroenden.consequences.stages import ROUNDING
from beroenden.engine.batch.jit import shared
from beroenden.engine.operators import FULL

NEVER = -(1 << 60)
"""What does not come about by the last instant that counts."""
UNBOUND = -1
"""In place of a number: no cut-off, no window, no bank."""


@shared
def lowest(times: Any, values: Any, begin_a: int, size_a: int, begin_b: int, size_b: int, top: int) -> int:
    """The pointwise least of two functions with every breakpoint of both, as `engine.steps.lowest` has them."""
    a, b = 0, 0
    held_a, held_b = 1.0, 1.0
    while a < size_a or b < size_b:
        if top >= len(times):
            return FULL
        if b >= size_b or (a < size_a and times[begin_a + a] <= times[begin_b + b]):
            now = times[begin_a + a]
        else:
            now = times[begin_b + b]
        if a < size_a and times[begin_a + a] == now:
            held_a = values[begin_a + a]
            a += 1
        if b < size_b and times[begin_b + b] == now:
            held_b = values[begin_b + b]
            b += 1
        times[top] = now
        values[top] = min(held_a, held_b)
        top += 1
    return top


@shared
def piece_at(times: Any, begin: int, size: int, instant: int) -> int:
    """How many breakpoints of a function are at or before an instant."""
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if times[begin + middle] > instant:
            high = middle
        else:
            low = middle + 1
    return low


@shared
def level_at(times: Any, values: Any, begin: int, size: int, instant: int) -> float:
    """The value of a function at an instant."""
    piece = piece_at(times, begin, size, instant)
    return values[begin + piece - 1] if piece > 0 else 1.0


@shared
def work_done(
    duration: int,
    window: int,
    calendar: Calendar,
    times: Any,
    values: Any,
    begin: int,
    size: int,
    start: int,
    until: int,
) -> int:
    """The first minute at which the work is done: capacity inside the opening hours, summed up from `start`."""
    if start > until:
        return NEVER
    left = float(duration)
    spell = next_spell(calendar, window, start) if window != UNBOUND else 0
    last = calendar.spell_start[window + 1] if window != UNBOUND else 1
    while spell < last:
        since, closing = start, until + 1
        if window != UNBOUND:
            since, closing = max(start, calendar.opening[spell]), min(closing, calendar.closing[spell])
        if since > until:
            return NEVER
        piece = piece_at(times, begin, size, since)
        while since < closing:
            to = min(closing, times[begin + piece]) if piece < size else closing
            level = values[begin + piece - 1] if piece > 0 else 1.0
            piece += 1
            if level > 0.0:
                if duration == 0:
                    return since
                if level * (to - since) >= left - ROUNDING:
                    done = since + ceil(left / level - ROUNDING)
                    return done if done <= until else NEVER
                left -= level * (to - since)
            since = to
        spell += 1
    return NEVER


@shared
def released(
    keys: Any, calendar: Calendar, times: Any, values: Any, begin: int, size: int, earliest: int, until: int
) -> int:
    """The first release on a bank day, not before `earliest`, at which there is any capacity.

    Args:
        keys: Times of day of the releases, rising, by their row in the calendar.
    """
    if earliest > until:
        return NEVER
    for day in range(day_of(calendar, earliest), day_of(calendar, until) + 1):
        if calendar.bank_day[day] == 1:
            for key in keys:
                moment: int = calendar.at[key, day]
                if earliest <= moment <= until and level_at(times, values, begin, size, moment) > 0.0:
                    return moment
    return NEVER


@shared
def supplied(calendar: Calendar, times: Any, values: Any, begin: int, size: int, earliest: int, until: int) -> int:
    """The first minute of a bank day, not before `earliest`, at which there is any capacity."""
    if earliest > until:
        return NEVER
    for day in range(day_of(calendar, earliest), day_of(calendar, until) + 1):
        if calendar.bank_day[day] == 1:
            since: int = max(earliest, calendar.midnight[day])
            closing = min(calendar.midnight[day + 1], until + 1)
            piece = piece_at(times, begin, size, since)
            while since < closing:
                level = values[begin + piece - 1] if piece > 0 else 1.0
                if level > 0.0:
                    return since
                since = min(closing, times[begin + piece]) if piece < size else closing
                piece += 1
    return NEVER


@shared
def stage_completion(
    stage: Any,
    keys: Any,
    calendar: Calendar,
    times: Any,
    values: Any,
    begin: int,
    size: int,
    ready: int,
    until: int,
) -> int:
    """When a stage is complete, or NEVER.

    Args:
        stage: Its (duration, row of the cut-off in the calendar, lead, window).
        keys: Rows of its releases in the calendar; none: any minute.
        ready: Instant from which its work is there.
        until: Last instant that counts.
    """
    duration, cutoff, lead, window = stage
    if cutoff == UNBOUND:
        return work_done(duration, window, calendar, times, values, begin, size, ready, until)
    if ready > until:
        return NEVER
    day = next_at(calendar, cutoff, ready)
    start = calendar.at[cutoff, day]
    done = work_done(duration, window, calendar, times, values, begin, size, start, until)
    if done == NEVER:
        return NEVER
    delivered = bank_days_after(calendar, day_of(calendar, start), lead)
    earliest = max(done, calendar.midnight[delivered])
    if len(keys) > 0:
        return released(keys, calendar, times, values, begin, size, earliest, until)
    return supplied(calendar, times, values, begin, size, earliest, until)
