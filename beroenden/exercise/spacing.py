"""One inject at a time: what a player would get in the same minute is given one after the other."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from beroenden.exercise.exercise import Inject, Stage
from beroenden.exercise.pace import APART, FOR_WORK

Draft = tuple[Inject, int]
"""An inject in its stage, and the id by which its reserve names it."""
Call = list[Draft]
"""What several hear at once; most often one inject to one player."""


_ROOMY = 3
"""Minutes of play between two injects to one player that the time for work after the last of them is kept for."""
_SPACINGS = (
    *((apart, 1, 1 - FOR_WORK) for apart in range(APART, _ROOMY - 1, -1)),
    *((apart, step, 1.0) for step in (1, 0) for apart in range(APART, 0, -1)),
    (0, 1, 1.0),
    (0, 0, 1.0),
)
"""Minutes of play between two injects to one player, and between two moments of the scenario, and the part of the stage in
which they are given: what is tried, the best first."""


def spaced(drafts: Sequence[Draft], instead: Mapping[int, int], stages: Sequence[Stage]) -> Iterator[Draft]:
    """The drafts with the injects to one player apart; what several hear at once they still hear at once.

    They stay in order of time, whoever gets them; of one moment a player hears what works again after what has failed, and
    what others hear too after what only it notices. A reserve stays with its own; one that reminds of a deadline comes after all that
    its player hears of that moment.

    Args:
        instead: By the id of a reserve, that of the inject that it stands in for.
    """
    plays = dict[int, int]()
    for stage in stages:
        calls = _calls(draft for draft in drafts if draft[0].stage == stage.number)
        tried = ((_in_turn(calls, apart, step), part) for apart, step, part in _SPACINGS)
        plays |= next(found for found, part in tried if max(found.values(), default=0) <= _within(stage, part))
    moments = {id_: (one.stage, one.time) for one, id_ in drafts}
    heard: dict[tuple[str, tuple[int, int]], int] = {}
    for one, id_ in drafts:
        if _takes_time(one):
            to_whom = one.to, moments[id_]
            heard[to_whom] = max(plays[id_], heard.get(to_whom, 0))
    for one, id_ in drafts:
        own = instead.get(id_, id_)
        play = plays[own if moments[own] == moments[id_] else id_]
        is_nudge = id_ in instead and one.evidence is not None and one.evidence.event == "deadline"
        yield replace(one, play=max(play, heard.get((one.to, moments[id_]), 0) if is_nudge else 0)), id_


def _within(stage: Stage, part: float) -> int:
    """When a part of a stage has been played."""
    return stage.play + int(part * (stage.play_until - stage.play))


def _calls(given: Iterable[Draft]) -> list[Call]:
    """What several hear at once together, in order of time."""
    found: dict[Hashable, Call] = {}
    for one, id_ in given:
        found.setdefault((one.play, one.time, _news(one) if _takes_time(one) else id_), []).append((one, id_))
    return sorted(
        found.values(), key=lambda call: (call[0][0].play, call[0][0].time, call[0][0].is_good_news, len(call) > 1)
    )


def _news(one: Inject) -> Hashable:
    """What is the same for all who hear it."""
    found = one.evidence
    return (found.event, found.at, found.entities, found.payments, found.until) if found else (one.sender, one.title)


def _takes_time(one: Inject) -> bool:
    """Whether a player has to deal with it: not with the time, nor with what is in reserve."""
    return one.is_for_players and not one.tells_time


def _in_turn(calls: Sequence[Call], apart: int, step: int) -> dict[int, int]:
    """When each is given, by id: so long after what is of earlier moments, and so long after the last to any who hear it.

    Args:
        apart: Minutes of play between two to the same player.
        step: Minutes of play between two moments of the scenario, whoever gets them: 0 where two may be at once.
    """
    plays, free = dict[int, int](), dict[str, int]()
    for _, moment in groupby(calls, key=lambda call: call[0][0].time):
        floor = max(plays.values(), default=-step) + step
        for call in moment:
            waits = [free.get(one.to, 0) for one, _ in call if _takes_time(one)]
            play = max(call[0][0].play, floor, *waits)
            plays |= {id_: play for _, id_ in call}
            free |= {one.to: play + apart for one, _ in call if _takes_time(one)}
    return plays
