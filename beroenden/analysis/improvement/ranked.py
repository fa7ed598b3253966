"""Single changes, ranked by what each takes off the consequences of a scenario or of the whole risk."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from math import isclose
from time import perf_counter
from typing import TYPE_CHECKING, Any

from beroenden.analysis.improvement.changes import Change, candidates, changed, in_words, need_of
from beroenden.analysis.improvement.toll import MEASURES, Toll, due_of, uncounted, weigh
from beroenden.analysis.ranking.question import no_measure
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario

if TYPE_CHECKING:
    from beroenden.analysis.improvement.yearly import Yearly

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""
Weighing = tuple[Toll, float | None, bool]
"""What is left of the consequences, the standard error of what was taken off the measure, and whether any year is worse."""
FEWER_YEARS = 200
"""Enough for a first look at what helps most."""
_SAMPLE = 3
"""Changes by which the time is judged."""
_Z95 = 1.959963984540054
"""The standard normal's 97.5th percentile; that of `risk.estimates` comes with numpy."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change and what is left of the consequences with it.

    Attributes:
        error: Of the whole risk: the standard error of what it takes off the measure; None where that is exact or unknown.
        is_ever_worse: Of the whole risk: whether it adds to the measure in any year.
    """

    change: Change
    text: str
    toll: Toll
    error: float | None = None
    is_ever_worse: bool = False


@dataclass(frozen=True)
class Improvements:
    """What would help most against a scenario, or against the whole risk.

    Attributes:
        before: What it costs as the model stands.
        helpful: Changes that take something off the measure, the best first; of the added releases of a stage the best, and
            one reserve everywhere where that takes more than the best of its places alone.
        tried: How many changes were tried.
        of: How many could be; more than `tried` when it was interrupted, and none when there is nothing to take off.
        yearly: The years of the risk; None for a scenario.
        uncounted: Ids of the payments that come late and add nothing to the measure, since the model lacks their size:
            what it costs, and what a change takes off, is then at least so much.
    """

    network: Network
    measure: str
    before: Toll
    helpful: tuple[Improvement, ...]
    tried: int
    of: int
    yearly: "Yearly | None" = None
    uncounted: tuple[str, ...] = ()

    def taken_off(self, one: Improvement) -> float:
        """What a change takes off the measure."""
        return float(getattr(self.before, self.measure) - getattr(one.toll, self.measure))

    def interval(self, one: Improvement) -> tuple[float, float] | None:
        """The 95 % confidence interval of what a change takes off a mean year; None where there is none.

        What makes no year worse has no negative end.
        """
        if one.error is None:
            return None
        off, half = self.taken_off(one), _Z95 * one.error
        low = off - half
        return low if one.is_ever_worse else max(0.0, low), off + half

    def to_dict(self, limit: int | None = None) -> dict[str, Any]:
        """The JSON of `beroenden improve`; at most so many changes."""
        network = self.network
        return {
            "schema": "beroenden/improvements/1",
            "model": {"name": network.name, "version": network.version, "hash": network.hash},
            "by": self.measure,
            "risk": None if self.yearly is None else asdict(self.yearly),
            "before": asdict(self.before),
            "uncounted": list(self.uncounted),
            "tried": self.tried,
            "partial": self.tried < self.of,
            "helpful": len(self.helpful),
            "improvements": [
                {
                    **asdict(one.change),
                    "text": one.text,
                    "after": asdict(one.toll),
                    "taken_off": self.taken_off(one),
                    "standard_error": one.error,
                    "ever_worse": one.is_ever_worse,
                }
                for one in self.helpful[:limit]
            ],
        }


def improvements(
    network: Network,
    scenario: Scenario,
    measure: str = "recipient_hours",
    *,
    with_events: bool = False,
    progress: Progress | None = None,
) -> Improvements:
    """Try every single change that could matter to a scenario, and rank those that help.

    Args:
        network: The model.
        scenario: What happens.
        measure: One of `MEASURES`.
        with_events: Also simulate the model's planned events.
        progress: Told after each change. Ctrl-C ends with what is done.

    Raises:
        UsageError: for an unknown measure.
    """
    due = due_of(network, scenario)
    now = weigh(network, scenario, due, with_events=with_events)
    harmed = frozenset(now.levels.net.ids[number] for number in now.levels.by_number)
    failing = [one.entity for one in scenario.outages if one.entity and one.end]

    def toll_with(change: Change) -> Weighing:
        return weigh(*changed(network, scenario, change), due, with_events=with_events).toll, None, False

    todo = list(candidates(network, failing, harmed, now.late))
    found = _ranked(network, measure, now.toll, todo, toll_with, progress)
    return replace(found, uncounted=uncounted(network, now.late, measure))


def improvements_of_risk(
    network: Network,
    asked: "Yearly",
    measure: str = "recipient_hours",
    *,
    progress: Progress | None = None,
    announce: Callable[[int, float, float], None] | None = None,
) -> Improvements:
    """The same against the whole risk: what each change takes off a mean year, with the same failures in all years.

    A change that moves when payments are planned to be complete is not tried: its delays could not be compared.

    Args:
        network: The model.
        asked: The years.
        measure: One of `MEASURES`.
        progress: Told after each change. Ctrl-C ends with what is done.
        announce: Told before the changes are tried how many years that is to simulate, about how many seconds it takes, and
            about how many with `FEWER_YEARS`.

    Raises:
        UsageError: for an unknown measure, or no failure data.
    """
    from beroenden.analysis.improvement.yearly import (  # they take numba
        failing_of,
        is_ever_worse,
        mean_toll,
        planned_in,
        standard_error,
        yearly_costs,
    )

    failing = failing_of(network)
    costs, late = yearly_costs(network, asked)
    nothing = Scenario(outages=())
    planned = planned_in(network, asked.year)

    _check(measure)

    def toll_with(change: Change) -> Weighing:
        after, _ = yearly_costs(changed(network, nothing, change)[0], asked)
        column = [one.name for one in fields(Toll)].index(measure)
        years = costs[:, column], after[:, column]
        return mean_toll(after), standard_error(*years), is_ever_worse(*years)

    harmed = frozenset(network.downstream(failing))
    todo = [
        change
        for change in candidates(network, failing, harmed, late)
        if change.kind not in _MOVING or planned_in(changed(network, nothing, change)[0], asked.year) == planned
    ]

    def seconds(years: int) -> float:
        """About how long all takes: a changed network is compiled anew, so that fewer years do not take as much less."""
        sample = todo[:: max(1, len(todo) // _SAMPLE)][:_SAMPLE]
        begun = perf_counter()
        for change in sample:
            yearly_costs(changed(network, nothing, change)[0], replace(asked, years=years))
        return len(todo) * (perf_counter() - begun) / len(sample)

    if announce and todo and getattr(mean_toll(costs), measure):
        announce(len(todo) * asked.years, seconds(asked.years), seconds(min(asked.years, FEWER_YEARS)))
    found = _ranked(network, measure, mean_toll(costs), todo, toll_with, progress)
    return replace(found, yearly=asked, uncounted=uncounted(network, late, measure))


_MOVING = ("earlier_file", "later_cutoff", "extra_release")


def _ranked(
    network: Network,
    measure: str,
    before: Toll,
    todo: Sequence[Change],
    toll_with: Callable[[Change], Weighing],
    progress: Progress | None,
) -> Improvements:
    _check(measure)
    if not getattr(before, measure):
        return Improvements(network, measure, before, (), 0, 0)
    tried: list[Improvement] = []
    try:
        for change in todo:
            tried.append(Improvement(change, in_words(change, network), *toll_with(change)))
            if progress:
                progress(len(tried), len(todo))
    except KeyboardInterrupt:  # what is done is worth having
        pass
    found = [one for one in tried if getattr(one.toll, measure) < getattr(before, measure)]
    found.sort(key=lambda one: getattr(one.toll, measure))
    helpful = tuple(one for one in _best_releases(found) if _is_more_than_its_parts(one, found, network, measure))
    return Improvements(network, measure, before, helpful, len(tried), len(todo))


def _check(measure: str) -> None:
    if measure not in MEASURES:
        raise no_measure(measure)


def _best_releases(found: Sequence[Improvement]) -> list[Improvement]:
    """Of the releases that could be added to one stage, the first, which is the best."""
    kept: dict[object, Improvement] = {}
    for one in found:
        change = one.change
        key = (change.place, change.index) if change.kind == "extra_release" else change
        kept.setdefault(key, one)
    return list(kept.values())


def _is_more_than_its_parts(one: Improvement, found: Sequence[Improvement], network: Network, measure: str) -> bool:
    """Whether one reserve everywhere leaves less than the best reserve in one place; of any other change, that it does."""
    if one.change.kind != "second_provider_everywhere":
        return True
    parts = (
        other
        for other in found
        if other.change.kind == "second_provider"
        and (need := need_of(network, other.change)) is not None
        and one.change.place in need.providers
    )
    left = getattr(one.toll, measure)
    return all(left < getattr(part.toll, measure) and not isclose(left, getattr(part.toll, measure)) for part in parts)
