"""One stage of a payment run: from when its work is ready to when it is complete."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil

from beroenden.bankdays.bankdays import add_bank_days, is_bank_day
from beroenden.bankdays.hours import openings
from beroenden.engine.steps import Steps, lowest
from beroenden.model.payments import Opens, Stage, Window
from beroenden.units.times import Clock

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Instants of one stage; `done` and `completion` are None when they lie past the time looked at."""

    ready: int
    start: int
    done: int | None
    completion: int | None


def opening(opens: Opens, day: int, clock: Clock) -> int:
    """The instant at which a stage opens for a payment date (ordinal)."""
    if opens.bank_days is not None:
        return clock.at(add_bank_days(day, opens.bank_days), opens.at)
    return clock.at(day + (opens.days or 0), opens.at)


def stage_times(
    stage: Stage, window: Window | None, ready: int, signals: list[Steps], clock: Clock, until: int
) -> StageTimes:
    """Run one stage.

    Args:
        stage: The stage.
        window: Its opening hours; None is always open.
        ready: Instant from which its work is there.
        signals: Level of each of its needs over time, the recipient's bank included.
        clock: The model's time zone.
        until: Last instant that counts.
    """
    capacity = lowest(signals)
    if stage.cutoff is None:
        done = _work_done(stage.duration, window, capacity, clock, ready, until)
        return StageTimes(ready, ready, done, done)
    start = _next_cutoff(stage.cutoff, ready, clock)
    done = _work_done(stage.duration, window, capacity, clock, start, until)
    if done is None:
        return StageTimes(ready, start, None, None)
    earliest = _deliverable(stage, start, done, clock)
    moments = (
        _releases(stage.release, earliest, clock, until)
        if stage.release
        else _supplied(capacity, earliest, clock, until)
    )
    completion = next((moment for moment in moments if capacity.at(moment) > 0), None)
    return StageTimes(ready, start, done, completion)


def waits(
    stage: Stage, window: Window | None, times: StageTimes, planned: StageTimes, clock: Clock, until: int
) -> Iterator[tuple[int, int]]:
    """When a stage that is late had to have what it needs: (from, to) of its opening hours, and of its releases.

    Args:
        stage: The stage.
        window: Its opening hours; None is always open.
        times: As it went.
        planned: As it would have gone.
        clock: The model's time zone.
        until: Last instant that counts.
    """
    last = until if times.completion is None else times.completion
    if stage.cutoff is None or times.done is None:
        yield from _open(window, clock, times.start, last if times.done is None else times.done)
        return

    def first(start: int, done: int) -> int | None:
        earliest = _deliverable(stage, start, done, clock)
        return next(_releases(stage.release, earliest, clock, until), None) if stage.release else earliest

    if planned.done is None or first(times.start, times.done) != first(planned.start, planned.done):
        yield from _open(window, clock, times.start, times.done)
    earliest = _deliverable(stage, times.start, times.done, clock)
    if not stage.release:
        yield earliest, last
    yield from ((moment, moment + 1) for moment in _releases(stage.release, earliest, clock, last - 1))


def _deliverable(stage: Stage, start: int, done: int, clock: Clock) -> int:
    """From when the work of a stage with a cut-off can be released: done, and as many bank days from its start as it leads."""
    return max(done, clock.midnight(add_bank_days(clock.day(start), stage.lead)))


def _open(window: Window | None, clock: Clock, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The opening hours in [start, end)."""
    if window is None:
        return ((start, end),)
    return ((opens, min(closes, end)) for opens, closes in openings(window.days, window.times, clock, start, end))


def _next_cutoff(cutoff: int, ready: int, clock: Clock) -> int:
    day = clock.day(ready)
    while not (is_bank_day(day) and clock.at(day, cutoff) >= ready):
        day += 1
    return clock.at(day, cutoff)


def _work_done(
    duration: int, window: Window | None, capacity: Steps, clock: Clock, start: int, until: int
) -> int | None:
    """The first minute at which the work is done: capacity inside the opening hours, summed up from `start`."""
    if start > until:
        return None
    left = float(duration)
    for opening_time, closing in _open(window, clock, start, until + 1):
        for since, to, level in capacity.pieces(opening_time, closing):
            if level <= 0:
                continue
            if duration == 0:
                return since
            if level * (to - since) >= left - ROUNDING:
                done = since + ceil(left / level - ROUNDING)
                return done if done <= until else None
            left -= level * (to - since)
    return None


def _releases(times: tuple[int, ...], earliest: int, clock: Clock, until: int) -> Iterator[int]:
    """Release instants of bank days."""
    for day in range(clock.day(earliest), clock.day(until) + 1):
        if is_bank_day(day):
            for time in sorted(times):
                moment = clock.at(day, time)
                if earliest <= moment <= until:
                    yield moment


def _supplied(capacity: Steps, earliest: int, clock: Clock, until: int) -> Iterator[int]:
    """The first minutes of bank days, and of pieces of capacity within them."""
    for day in range(clock.day(earliest), clock.day(until) + 1):
        if is_bank_day(day):
            start = max(earliest, clock.midnight(day))
            for since, _, _ in capacity.pieces(start, min(clock.midnight(day + 1), until + 1)):
                yield since
