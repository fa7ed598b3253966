"""What made a run late: stage by stage, from what it had to wait for back to the causes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from beroenden.consequences.harm import Harm
from beroenden.consequences.outcome import HeldUp
from beroenden.consequences.runs import Branch, Plan
from beroenden.engine.causes import Link
from beroenden.engine.holding import Holding
from beroenden.engine.steps import Steps, lowest


def held_up(plan: Plan, branch: Branch, planned: Branch, harm: Harm, holding: Holding) -> list[HeldUp]:
    """What made a branch late, in the order of stages; nothing where it is not."""
    if branch.completed == planned.completed:
        return []
    return [
        HeldUp(plan.payment.stages[place].id, path)
        for place in _delaying_stages(branch, planned)
        for path in _paths(plan, place, branch, planned, harm, holding)
    ]


def _delaying_stages(branch: Branch, planned: Branch) -> list[int]:
    """The stages that made the branch late, first to last: back from its end for as long as they also began late."""
    found = []
    for place in reversed(range(len(branch.stages))):
        times, due = branch.stages[place], planned.stages[place]
        if times is None or due is None:
            continue
        if times.completion == due.completion:
            break
        found.append(place)
        if times.start == due.start:
            break
    return found[::-1]


def _paths(
    plan: Plan, place: int, branch: Branch, planned: Branch, harm: Harm, holding: Holding
) -> Iterator[tuple[Link, ...]]:
    """The paths from what held a stage back while it waited, need by need; last from the recipients' bank."""
    times, due = branch.stages[place], planned.stages[place]
    if times is None or due is None:
        return
    needs = harm.needs(plan, place)
    signals = [harm.levels.signal(need) for need in needs]
    bank = branch.bank if plan.payment.stages[place].at_recipient_bank else None
    if bank is not None:
        signals.append(harm.levels.of(bank))
    lacking = _lacking(signals, harm.waits(plan, place, times, due))
    sufficient = [one for one in lacking if lacking[one].alone or harm.delays(plan, place, times.ready, signals[one])]
    for index in sufficient or lacking:
        found: dict[str, tuple[Link, ...]] = {}
        for since, to in lacking[index].times:
            if bank is not None and index == len(needs):
                paths = holding.of(bank, since, to)
            else:
                paths = holding.of_need(needs[index], since, to)
            for path in paths:
                found.setdefault(path[-1].entity, path)
        yield from found.values()


@dataclass(slots=True)
class _Lacking:
    """When a signal was the lowest of a stage, from when to when, and whether it ever was so alone."""

    times: list[tuple[int, int]] = field(default_factory=list)
    alone: bool = False


def _lacking(signals: Sequence[Steps], waited: Iterable[tuple[int, int]]) -> dict[int, _Lacking]:
    """By index, the signals that were all the capacity below 1 that a stage had while it waited."""
    found: dict[int, _Lacking] = {}
    capacity = lowest(list(signals))
    for start, end in waited:
        for since, to, level in capacity.pieces(start, end):
            lowest_now = [index for index, one in enumerate(signals) if level < 1 and one.at(since) <= level]
            for index in lowest_now:
                one = found.setdefault(index, _Lacking())
                one.times.append((since, to))
                one.alone |= len(lowest_now) == 1
    return dict(sorted(found.items()))
