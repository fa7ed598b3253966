"""How good scenarios look before they are simulated one by one: what the batch engine knows of them."""

from dataclasses import dataclass, field

import numpy as np

from beroenden.analysis.ranking.trials import Flags
from beroenden.consequences.batch.results import Results
from beroenden.engine.batch.arrays import FloatColumn, IntColumn, ints
from beroenden.exercise.search.engagement import Engagement
from beroenden.exercise.search.worth import (
    LACK,
    OWN,
    SIZE,
    WORKING_HOURS,
    direct_consumers,
    hidden_wanted,
    is_in_working_hours,
)
from beroenden.units.times import Clock, time_zone

_RICH = 10
"""The power of ten of the recipient-hours that count as all there could be."""


@dataclass(slots=True)
class Promise:
    """Judges scenarios in columns.

    Attributes:
        hidden: (candidates, actors) whether the outage of each is hidden from each actor.
        days: By start, its local day.
    """

    engagement: Engagement
    hidden: Flags
    days: IntColumn = field(init=False)
    _bonus: FloatColumn = field(init=False)
    _payments: list[int] = field(init=False)
    _owns: Flags = field(init=False)
    _consumers: IntColumn = field(init=False)

    def __post_init__(self) -> None:
        space = self.engagement.space
        clock = Clock(time_zone(space.network.timezone))
        self.days = ints([clock.day(start) for start in space.starts])
        self._bonus = np.array([WORKING_HOURS * is_in_working_hours(start, clock) for start in space.starts])
        whole = tuple(payment.id for payment in space.network.payments if not space.is_branch(payment.id))
        self._payments = self.engagement.places(whole)
        self._owns = space.owns
        self._consumers = ints([direct_consumers(space.network, (one,)) for one in space.candidates])

    def of(self, out: IntColumn, starts: IntColumn, results: Results) -> FloatColumn:
        """The more, the better.

        Args:
            out: (scenarios, size) places among the candidates.
            starts: (scenarios,) places among the starts.
            results: Of the scenarios.
        """
        actors = len(self.engagement.space.wishes.actors)
        hidden = self.hidden[out].any(axis=1).sum(axis=1)
        clocks = self.engagement.late(results).sum(axis=1)
        lacking = np.maximum(0, hidden_wanted(actors) - hidden) + actors - clocks
        own = self._owns[out].any(axis=1).sum(axis=1)
        goal = self._goal(out, hidden / actors, results)
        promise: FloatColumn = goal - LACK * lacking - OWN * own - SIZE * out.shape[1] + self._bonus[starts]
        return promise

    def _goal(self, out: IntColumn, hidden: FloatColumn, results: Results) -> FloatColumn:
        """What the goal is about, 0..1."""
        space, columns = self.engagement.space, results.payments
        if space.wishes.goal == "depth":
            hours = np.log10(1 + columns.recipient_hours[:, self._payments].sum(axis=1)) / _RICH
            over = columns.over_max_delay[:, self._payments].sum(axis=1)
            depth: FloatColumn = (hours + over / (1 + over)) / 2
            return depth
        if space.wishes.goal == "surprise":
            surprise: FloatColumn = (hidden + 1 / (1 + self._consumers[out].sum(axis=1))) / 2
            return surprise
        late = (columns.late[:, self._payments] > 0).mean(axis=1)
        spread: FloatColumn = (late + results.harmed / len(space.network.entities)) / 2
        return spread
