"""Single changes, ranked by what each takes off the consequences of a scenario or of the whole risk."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from time import perf_counter
from typing import TYPE_CHECKING, Any

from beroenden.analysis.improvement.changes import Change, candidates, changed, in_words
from beroenden.analysis.improvement.toll import MEASURES, Toll, due_of, weigh
from beroenden.errors import unknown_id
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario

if TYPE_CHECKING:
    from beroenden.analysis.improvement.yearly import Yearly

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""
Weighing = tuple[Toll, float | None]
"""What is left of the consequences, and the standard error of what was taken off the measure."""
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
    """

    change: Change
    text: str
    toll: Toll
    error: float | None = None


@dataclass(frozen=True)
class Improvements:
    """What would help most against a scenario, or against the whole risk.

    Attributes:
        before: What it costs as the model stands.
        helpful: Changes that take something off the measure, the best first; of the added releases of a stage the best.
        tried: How many changes were tried.
        of: How many could be; more than `tried` when it was interrupted, and none when there is nothing to take off.
        yearly: The years of the risk; None for a scenario.
    """

    network: Network
    measure: str
    before: Toll
    helpful: tuple[Improvement, ...]
    tried: int
    of: int
    yearly: "Yearly | None" = None

    def taken_off(self, one: Improvement) -> float:
        """What a change takes off the measure."""
        return float(getattr(self.before, self.measure) - getattr(one.toll, self.measure))

    def interval(self, one: Improvement) -> tuple[float, float] | None:
        """The 95 % confidence interval of what a change takes off a mean year; None where there is none."""
        if one.error is None:
            return None
        off, half = self.taken_off(one), _Z95 * one.error
        return off - half, off + half

    def to_dict(self, limit: int | None = None) -> dict[str, Any]:
        """The JSON of `beroenden improve`; at most so many changes."""
        network = self.network
        return {
            "schema": "beroenden/improvements/1",
            "model": {"name": network.name, "version": network.version, "hash": network.hash},
            "by": self.measure,
            "risk": None if self.yearly is None else asdict(self.yearly),
            "before": asdict(self.before),
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
        return weigh(*changed(network, scenario, change), due, with_events=with_events).toll, None

    todo = list(candidates(network, failing, harmed, now.late))
    return _ranked(network, measure, now.toll, todo, toll_with, progress)


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
        return mean_toll(after), standard_error(costs[:, column], after[:, column])

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
    return replace(found, yearly=asked)


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
    return Improvements(network, measure, before, tuple(_best_releases(found)), len(tried), len(todo))


def _check(measure: str) -> None:
    if measure not in MEASURES:
        raise unknown_id(say("mått", "measure"), measure, MEASURES)


def _best_releases(found: Sequence[Improvement]) -> list[Improvement]:
    """Of the releases that could be added to one stage, the first, which is the best."""
    kept: dict[object, Improvement] = {}
    for one in found:
        change = one.change
        key = (change.place, change.index) if change.kind == "extra_release" else change
        kept.setdefault(key, one)
    return list(kept.values())
