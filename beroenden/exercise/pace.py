"""Exercise time against scenario time: stages, jumps over what is quiet, and how fast the clock goes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import sqrt
from zoneinfo import ZoneInfo

from beroenden.errors import UsageError
from beroenden.exercise.exercise import CONTROL, Inject, Stage
from beroenden.language import say
from beroenden.units.durations import HOUR
from beroenden.units.numbers import number
from beroenden.units.times import time_in_words

_QUIET = 2 * HOUR
"""A stretch of the scenario shorter than this is no reason for a jump."""
_TRIED = 16
"""So many of the longest quiet stretches are tried."""
FOR_WORK = 0.25
"""The part of a stage after its last inject, in which players write and decide."""
_EACH, _MOST, _SLOWER = 4.0, 15.5, 3
"""Of a stretch between two happenings: its own part, the most that its length adds, and how much slower players decide."""
SHORTEST = 15
"""Minutes of play that a stage takes at least."""
APART = 5
"""Minutes of play that a player has for an inject before the next one, where the stage has room."""
_EASING = tuple((apart, ease / 20) for apart in range(APART, 0, -1) for ease in range(20, -1, -1))
"""How far apart a player's injects are, and how much of the clock's own pace is left: what is tried, the best first."""
_FOR_ANY = 0.2
"""Of the play, what the stages have alike; the rest goes by how much happens in each."""
EVEN = 5
"""Stages begin at whole multiples of so many minutes."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How an exercise is played. Instants and lengths in minutes.

    Attributes:
        start: When it begins, on the clock on the wall.
        length: How long it is played, breaks between the stages not counted.
        stages: How many stages, where the jumps are not given.
        compression: Minutes of the scenario in a minute of play; None: so that it fits the length.
        jumps: Stretches [from, to) of the scenario that are skipped; empty: where most is quiet.
        pause: Minutes between two stages.
        breaks: (number of a stage, minutes after it), where that break is another.
    """

    start: int
    length: int = 5 * HOUR
    stages: int = 4
    compression: float | None = None
    jumps: tuple[tuple[int, int], ...] = ()
    pause: int = 0
    breaks: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        """Refuse jumps that overlap or are none.

        Raises:
            UsageError: for either.
        """
        ordered = sorted(self.jumps)
        if any(begin >= end for begin, end in ordered):
            raise UsageError(
                say("Ett hopp (--jump) slutar innan det börjar.", "A jump (--jump) ends before it begins.")
            )
        if any(begin < end for (_, end), (begin, _) in pairwise(ordered)):
            raise UsageError(say("Två hopp (--jump) överlappar varandra.", "Two jumps (--jump) overlap."))


def stages(
    times: Iterable[int],
    start: int,
    pace: Pace,
    windows: Sequence[tuple[int, int]] = (),
    readers: Sequence[Sequence[int]] = (),
) -> tuple[Stage, ...]:
    """The stages of an exercise in which something happens at some instants of the scenario.

    Args:
        times: One for each inject, and for whatever else may not be jumped over.
        start: Where the scenario begins.
        windows: Stretches in which players decide; without a given compression they are played slower.
        readers: For each player the instants of its injects, one for each; without a given compression each is left time.
    """
    jumps = sorted(pace.jumps)
    windows = [(_after_jumps(begin, jumps), _after_jumps(end, jumps)) for begin, end in windows]
    readers = [[_after_jumps(time, jumps) for time in reader] for reader in readers]
    known = sorted((start, *times))
    groups = _by_jumps(known, pace.jumps) if pace.jumps else _by_quiet(known, pace.stages)
    made: list[Stage] = []
    play, breaks = pace.start, dict(pace.breaks)
    for place, (group, length) in enumerate(zip(groups, _lengths(groups, pace), strict=True), 1):
        since, until = group[0], group[-1]
        active = round(length * (1 - FOR_WORK))
        clock = () if pace.compression else _clock(sorted(set(group)), active, windows, readers)
        compression = pace.compression or max(1.0, (until - since) / max(1, active))
        made.append(Stage(place, since, until, play, play + length, compression, clock))
        play += length + breaks.get(place, pace.pause)
    return tuple(made)


def paced(stage: Stage, injects: Iterable[Inject]) -> Stage:
    """The stage with its mean pace until the last of its injects, as those came out, where the clock does not go evenly."""
    mine = [one for one in injects if one.stage == stage.number and one.kind != "reservinspel"]
    last = max(mine, key=lambda one: (one.play, one.time), default=None)
    if not stage.clock or last is None or last.play <= stage.play or last.time <= stage.since:
        return stage
    return replace(stage, compression=(last.time - stage.since) / (last.play - stage.play))


def pace_words(stage: Stage, zone: ZoneInfo, injects: Iterable[Inject] = ()) -> str:
    """What the game control is told of a stage as it begins: which stretch of the scenario, and how fast.

    Args:
        injects: All of the exercise's.
    """
    since, until, work = time_in_words(stage.since, zone), time_in_words(stage.until, zone), _work_words(stage)
    if stage.since == stage.until:
        still = say(
            f"I scenariot är det {since} hela skedet. ", f"In the scenario it is {since} all through the stage. "
        )
        return still + work
    rate = number(stage.compression, 1)
    minutes = say("minut", "minute") if rate == "1" else say("minuter", "minutes")
    fewer = ""
    if _goes_slower_to_decide(stage, injects):
        fewer = say(", färre när något ska beslutas", ", fewer while something is to be decided")
    spent = say(
        f"Skedet spelas från {since} till {until} i scenariot. En minut spel är i snitt {rate} {minutes} i scenariot{fewer}. ",
        f"The stage is played from {since} to {until} in the scenario. A minute of play is {rate} {minutes} in it on average{fewer}. ",
    )
    return spent + work


def _goes_slower_to_decide(stage: Stage, injects: Iterable[Inject]) -> bool:
    """Whether the clock goes slower than on average from each note of a deadline in a stage until that has passed."""
    found = [
        (max(one.time, stage.since), min(one.evidence.at, stage.until))
        for one in injects
        if one.to == CONTROL and one.evidence and one.evidence.event == "deadline"
    ]
    windows = [(begin, end) for begin, end in found if begin < end]
    return bool(windows) and all(
        end - begin < stage.compression * (stage.play_time(end) - stage.play_time(begin)) for begin, end in windows
    )


def _work_words(stage: Stage) -> str:
    """What is left of the stage after its last inject."""
    left = stage.play_until - stage.play - (stage.clock[-1][1] if stage.clock else 0)
    if left >= EVEN:
        return say(
            "Efter sista inspelet arbetar de övade med sin lägesbild.",
            "After the last inject the players work on their situation report.",
        )
    return say(
        "Inspelen räcker till skedets slut: ge de övade tid för lägesbilden innan nästa skede börjar.",
        "The injects last until the end of the stage: give the players time for their situation report before the next begins.",
    )


def _clock(
    times: Sequence[int], active: int, windows: Sequence[tuple[int, int]], readers: Sequence[Sequence[int]]
) -> tuple[tuple[int, int], ...]:
    """A clock that goes fast where little happens and slowly where players decide.

    Each stretch between two happenings has a part of its own and one that grows as the root of its length. It goes slower
    than the scenario's only where a player would else get two injects at once, and all but stands still while it gets several
    of one moment.
    """
    gaps = list(pairwise(times))
    weights = [
        (_EACH + min(sqrt(after - before), _MOST)) * (_SLOWER if _within(before, after, windows) else 1)
        for before, after in gaps
    ]
    own = {
        after: min(after - before, active * weight / sum(weights))
        for (before, after), weight in zip(gaps, weights, strict=True)
    }
    counts = [Counter(time for time in reader if times[0] <= time <= times[-1]) for reader in readers]
    several = {time + 1 for count in counts for time in count if count[time] > 1 and time < times[-1]}
    stops = sorted({*times, *several})
    tried = (_played(stops, own, counts, *easing) for easing in _EASING)
    plays = next((plays for plays in tried if plays[-1] <= active), None) or _played(stops, own, (), 1, 1.0)
    return tuple((time - times[0], play) for time, play in zip(stops, plays, strict=True)) if len(times) > 1 else ()


def _played(
    stops: Sequence[int], own: Mapping[int, float], counts: Sequence[Counter[int]], apart: int, ease: float
) -> list[int]:
    """When each of some instants is played, from the stage's beginning, if each player has so long for each inject.

    Args:
        own: By instant, how long after the one before it the clock would have it by itself.
        counts: For each player how many injects it gets at each instant.
    """
    after_others: dict[int, list[tuple[int, int]]] = {}
    for count in counts:
        for time in count:
            after_others.setdefault(time + 1, []).append((time, apart * (count[time] - 1)))
        for before, after in pairwise(sorted(count)):
            after_others.setdefault(after, []).append((before, apart * count[before]))
    plays, passed = {stops[0]: 0}, 0.0
    for before, time in pairwise(stops):
        earliest = (plays[one] + minutes for one, minutes in after_others.get(time, ()))
        passed = max(passed + ease * own.get(time, 0), plays[before] + 1, *earliest)
        plays[time] = round(passed)
    return list(plays.values())


def _within(before: int, after: int, windows: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= before and after <= end for begin, end in windows)


def _by_quiet(times: Sequence[int], wanted: int) -> list[list[int]]:
    """The times split where it is quiet.

    The stages should have as much to do as each other, and little quiet should be left within them: the sum of the
    squares of their parts of the injects, and the part of the scenario that is not jumped over, are made small.
    """
    gaps = sorted(
        ((after - before, after) for before, after in pairwise(times) if after - before >= _QUIET), reverse=True
    )
    total = max(1, times[-1] - times[0])

    def badness(chosen: tuple[tuple[int, int], ...]) -> float:
        groups = _split(times, sorted(after for _, after in chosen))
        return sum((len(group) / len(times)) ** 2 for group in groups) - sum(length for length, _ in chosen) / total

    best = min(combinations(gaps[:_TRIED], min(wanted - 1, len(gaps))), key=badness)
    return _split(times, sorted(after for _, after in best))


def _by_jumps(times: Sequence[int], jumps: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The times split at the jumps; what happens within a jump is told when it ends."""
    ordered = sorted(jumps)
    moved = sorted(_after_jumps(time, ordered) for time in times)
    return _split(moved, [end for _, end in ordered])


def _after_jumps(time: int, jumps: Sequence[tuple[int, int]]) -> int:
    return next((end for begin, end in jumps if begin <= time < end), time)


def _split(times: Sequence[int], begins: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = [[]]
    waiting = list(begins)
    for time in times:
        while waiting and time >= waiting[0]:
            waiting.pop(0)
            if groups[-1]:
                groups.append([])
        groups[-1].append(time)
    return groups


def _lengths(groups: Sequence[Sequence[int]], pace: Pace) -> list[int]:
    """Minutes of play of each stage: by the clock's pace where that is given, else mostly by what happens in it."""
    if pace.compression is not None:
        spans = [(group[-1] - group[0]) / pace.compression / (1 - FOR_WORK) for group in groups]
        return [_even(max(SHORTEST, span)) for span in spans]
    total = sum(map(len, groups))
    parts = [_FOR_ANY / len(groups) + (1 - _FOR_ANY) * len(group) / total for group in groups]
    return _shared(pace.length, parts)


def _shared(length: int, parts: Sequence[float]) -> list[int]:
    """A length shared out in whole steps of the clock, what is left over to the last; longer where that is too short for all."""
    shared = [SHORTEST] * len(parts)
    while sum(shared) + EVEN <= length:
        lacking = max(range(len(parts)), key=lambda place: length * parts[place] - shared[place])
        shared[lacking] += EVEN
    shared[-1] += max(0, length - sum(shared))
    return shared


def _even(minutes: float) -> int:
    return max(EVEN, EVEN * round(minutes / EVEN))


def told_in(time: int, made: Sequence[Stage]) -> Stage:
    """The stage in which players are told of an instant: of what lies between two, the later."""
    return next((stage for stage in made if time <= stage.until), made[-1])


def told_at(time: int, made: Sequence[Stage]) -> int:
    """When players are told of an instant: of what is skipped, as the stage after that begins."""
    return max(time, told_in(time, made).since)
