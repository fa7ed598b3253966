"""The search for scenarios that engage all chosen actors: screened many at once, the best judged exactly, a few chosen."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from beroenden.analysis.ranking.ranking import starts_to_dict
from beroenden.consequences.batch.sweep import Progress
from beroenden.exercise.search.choosing import Proposal, choose
from beroenden.exercise.search.engagement import Engagement
from beroenden.exercise.search.judging import Judged, hidden_causes, judged
from beroenden.exercise.search.promise import Promise
from beroenden.exercise.search.reachable import check_reachable, nothing_found
from beroenden.exercise.search.screening import Lead, Screening, shortlist
from beroenden.exercise.search.space import Space, space_of
from beroenden.exercise.search.wishes import Wishes, check_wishes
from beroenden.exercise.search.words import because_words, lacking_words, scenario_name
from beroenden.model.network import Network
from beroenden.units.times import iso, time_zone

SCHEMA = "beroenden/exercise-scenarios/1"
JUDGED = 300
"""So many of the most promising scenarios are simulated one by one."""


@dataclass(frozen=True, slots=True)
class Found:
    """The proposals, the best first.

    Attributes:
        scenarios: How many were settled on the batch engine, of how many in all.
        sets: Sets of entities that do the job at some start and length, while none smaller in them does.
        judged: How many scenarios were simulated one by one.
        is_enough: Whether what was to be included does the job alone, at some start and length.
        is_partial: Whether it was stopped before all were done.
    """

    network: Network
    wishes: Wishes
    starts: tuple[int, ...]
    every: int
    candidates: int
    scenarios: tuple[int, int]
    sets: int
    judged: int
    proposals: tuple[Proposal, ...]
    is_enough: bool
    is_partial: bool

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `beroenden exercise find`."""
        network, wishes, zone = self.network, self.wishes, time_zone(self.network.timezone)
        return {
            "schema": SCHEMA,
            "model": {"name": network.name, "version": network.version, "hash": network.hash},
            "actors": list(wishes.actors),
            "goal": wishes.goal,
            "k": wishes.k,
            "lengths_minutes": list(wishes.lengths),
            "starts": starts_to_dict(self.starts, self.every, zone),
            "horizon_minutes": wishes.horizon,
            "must_hit": list(wishes.must_hit),
            "include": list(wishes.include),
            "avoid": list(wishes.avoid),
            "candidates": self.candidates,
            "scenarios": {"planned": self.scenarios[1], "done": self.scenarios[0]},
            "sets": self.sets,
            "judged": self.judged,
            "partial": self.is_partial,
            "wanted": wishes.count,
            "proposals": [
                {"number": number, **_proposal(network, one)} for number, one in enumerate(self.proposals, 1)
            ],
        }


@dataclass(slots=True)
class Search:
    """A search: `screen`, and then `found`.

    Attributes:
        processes: Screens on so many processes.

    Raises:
        UsageError: for wishes that make no sense, or an actor that cannot be engaged.
    """

    network: Network
    wishes: Wishes
    processes: int = 1
    space: Space = field(init=False)
    _engagement: Engagement = field(init=False)
    _screening: Screening = field(init=False)
    _leads: list[Lead] = field(default_factory=list, init=False)
    _is_stopped: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        check_wishes(self.wishes, self.network)
        self.space = space_of(self.network, self.wishes)
        self._engagement = Engagement(self.space)
        check_reachable(self._engagement)
        candidates, actors = self.space.candidates, self.wishes.actors
        hidden = hidden_causes(self.network, actors, candidates, self.space.starts[0])
        promise = Promise(self._engagement, np.array(hidden, np.bool_).reshape(len(candidates), len(actors)))
        self._screening = Screening(self._engagement, promise, self.processes)

    def seconds(self) -> float:
        """About how long the screening takes."""
        return self._engagement.seconds() * self.space.scenarios / self.processes

    def screen(self, progress: Progress | None = None) -> None:
        """Try everything on the batch engine. A first Ctrl-C ends it with what is done.

        Raises:
            UsageError: when nothing engages all, with what comes nearest.
        """
        self._screening.progress = progress
        self._leads = self._screening.leads()
        if not self._leads and not self._screening.is_partial:
            raise nothing_found(self._engagement, self._screening.engaging)

    def found(self, progress: Progress | None = None) -> Found:
        """Simulate the most promising one by one, and choose. Ctrl-C ends it with what is done."""
        ground = list(self._judged(progress))
        return Found(
            network=self.network,
            wishes=self.wishes,
            starts=self.space.starts,
            every=self.space.every,
            candidates=len(self.space.candidates),
            scenarios=(self._screening.done, self.space.scenarios),
            sets=len({lead.out for lead in self._leads}),
            judged=len(ground),
            proposals=choose(ground, self.wishes.goal, self.wishes.count, self.wishes.include),
            is_enough=any(len(lead.out) == len(self.wishes.include) for lead in self._leads),
            is_partial=self._screening.is_partial or self._is_stopped,
        )

    def _judged(self, progress: Progress | None) -> Iterator[Judged]:
        leads = shortlist(self._leads, JUDGED)
        try:
            for done, lead in enumerate(leads, 1):
                out = tuple(self.space.candidates[place] for place in lead.out)
                one = judged(self.network, self.wishes, out, lead.start, lead.length)
                if one is not None:
                    yield one
                if progress:
                    progress(done, len(leads))
        except KeyboardInterrupt:
            self._is_stopped = True


def _proposal(network: Network, one: Proposal) -> dict[str, Any]:
    judged, zone = one.judged, time_zone(network.timezone)
    figures = judged.figures
    return {
        "name": scenario_name(network, judged),
        "outages": [
            {"entity": entity, "start": iso(judged.start, zone), "end": iso(judged.start + judged.length, zone)}
            for entity in judged.out
        ],
        "start": iso(judged.start, zone),
        "for_minutes": judged.length,
        "in_working_hours": judged.in_working_hours,
        "because": because_words(one),
        "score": round(one.score, 9),
        "measured": [{"what": each.name, "value": each.value, "most": each.most} for each in one.measured],
        "likeness": round(one.likeness, 9),
        "shares": list(one.shares),
        "not_met": lacking_words(network, judged),
        "hidden_from": judged.hidden_from,
        "distinct_signs": judged.distinct_signs,
        "actors": [_part(network, judged, place) for place in range(len(judged.parts))],
        "totals": {
            "payments_late": figures.payments,
            "runs_late": figures.runs,
            "runs_over_max_delay": figures.over,
            "payouts_delayed": figures.payouts,
            "amount_delayed": figures.amount,
            "recipient_hours": round(figures.recipient_hours, 9),
            "actors_hit": figures.actors,
            "entities_harmed": figures.entities,
            "longest_path": figures.path,
            "direct_consumers": figures.consumers,
        },
    }


def _part(network: Network, judged: Judged, place: int) -> dict[str, Any]:
    part, zone = judged.parts[place], time_zone(network.timezone)
    sign, clock = part.sign, part.clock
    return {
        "actor": part.actor,
        "first_sign": {
            "event": sign.event,
            "at": iso(sign.at, zone),
            "entities": list(sign.entities),
            "payments": [{"payment": payment, "date": day} for payment, day in sign.payments],
            "stage": sign.stage,
            "path": list(sign.path),
            "level": sign.level,
        },
        "latest_recovery": None if clock is None else iso(clock.at, zone),
        "latest_recovery_of": [] if clock is None else [payment for payment, _ in clock.payments],
        "over_before_latest_recovery": part.is_over_in_time,
        "late_payments": list(part.late),
        "hidden_causes": list(part.hidden),
        "is_out": part.is_out,
    }
