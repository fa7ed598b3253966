"""Single changes, ranked by what each takes off the consequences of a scenario."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from beroenden.analysis.improvement.changes import Change, candidates, changed, in_words
from beroenden.analysis.improvement.toll import MEASURES, Toll, due_of, weigh
from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario

Progress = Callable[[int, int], None]
"""Told how many of how many are done."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change and what the scenario costs with it."""

    change: Change
    text: str
    toll: Toll


@dataclass(frozen=True)
class Improvements:
    """What would help most against a scenario.

    Attributes:
        before: What it costs as the model stands.
        helpful: Changes that take something off the measure, the best first; of the added releases of a stage the best.
        tried: How many changes were tried.
        of: How many could be; more than `tried` when it was interrupted.
    """

    network: Network
    scenario: Scenario
    measure: str
    before: Toll
    helpful: tuple[Improvement, ...]
    tried: int
    of: int

    def taken_off(self, one: Improvement) -> float:
        """What a change takes off the measure."""
        return float(getattr(self.before, self.measure) - getattr(one.toll, self.measure))

    def to_dict(self, limit: int | None = None) -> dict[str, Any]:
        """The JSON of `beroenden improve`; at most so many changes."""
        network = self.network
        return {
            "schema": "beroenden/improvements/1",
            "model": {"name": network.name, "version": network.version, "hash": network.hash},
            "by": self.measure,
            "before": asdict(self.before),
            "tried": self.tried,
            "partial": self.tried < self.of,
            "helpful": len(self.helpful),
            "improvements": [
                {**asdict(one.change), "text": one.text, "after": asdict(one.toll), "taken_off": self.taken_off(one)}
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
    """Try every single change that could matter, and rank those that help.

    Args:
        network: The model.
        scenario: What happens.
        measure: One of `MEASURES`.
        with_events: Also simulate the model's planned events.
        progress: Told after each change. Ctrl-C ends with what is done.

    Raises:
        UsageError: for an unknown measure, or a scenario that costs nothing by it.
    """
    if measure not in MEASURES:
        raise unknown_id(say("mått", "measure"), measure, MEASURES)
    due = due_of(network, scenario)
    now = weigh(network, scenario, due, with_events=with_events)
    before = now.toll
    if not getattr(before, measure):
        raise UsageError(
            say(
                "Scenariot kostar ingenting i det måttet; välj ett annat med --by, eller ett värre scenario.",
                "The scenario costs nothing by that measure; choose another with --by, or a worse scenario.",
            )
        )
    harmed = frozenset(now.levels.net.ids[number] for number in now.levels.by_number)
    todo = list(candidates(network, scenario, harmed, now.late))
    tried: list[Improvement] = []
    try:
        for change in todo:
            toll = weigh(*changed(network, scenario, change), due, with_events=with_events).toll
            tried.append(Improvement(change, in_words(change, network), toll))
            if progress:
                progress(len(tried), len(todo))
    except KeyboardInterrupt:  # what is done is worth having
        pass
    found = [one for one in tried if getattr(one.toll, measure) < getattr(before, measure)]
    found.sort(key=lambda one: getattr(one.toll, measure))
    return Improvements(network, scenario, measure, before, tuple(_best_releases(found)), len(tried), len(todo))


def _best_releases(found: Sequence[Improvement]) -> list[Improvement]:
    """Of the releases that could be added to one stage, the first, which is the best."""
    kept: dict[object, Improvement] = {}
    for one in found:
        change = one.change
        key = (change.place, change.index) if change.kind == "extra_release" else change
        kept.setdefault(key, one)
    return list(kept.values())
