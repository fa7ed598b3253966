"""Lengths and endurances drawn from their distributions, as columns: the same draws as `consequences.draws`."""

from collections.abc import Iterator

import numpy as np

from beroenden.consequences.draws import elapsed_at, spread_needs
from beroenden.consequences.lengths import factor_quantile, length_quantile
from beroenden.engine.batch.arrays import FloatColumn, ints
from beroenden.engine.batch.scenarios import CHUNK, Scenarios, Series, in_columns, outage_row
from beroenden.engine.compiled import Compiled, compiled
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario


def draws_of(network: Network, scenario: Scenario, count: int, seed: int, *, chunk: int = CHUNK) -> Series:
    """The same outages many times, with lengths and endurances drawn independently of each other.

    Args:
        network: The model.
        scenario: Its outages; those with a `length` are drawn, among the lengths not yet passed at the as-of time.
        count: Number of draws.
        seed: Of `numpy.random.default_rng`; the same seed gives the same draws, also one by one.
        chunk: Most draws in a chunk.
    """
    net = compiled(network)
    drawn = _Drawn(network, net, scenario)

    def make() -> Iterator[Scenarios]:
        generator = np.random.default_rng(seed)
        for first in range(0, count, chunk):
            yield drawn.scenarios(generator.random((min(chunk, count - first), drawn.width)))

    return Series(count, make)


class _Drawn:
    """What of a scenario is drawn, in the order in which it is drawn: its outages' lengths, then the endurances."""

    def __init__(self, network: Network, net: Compiled, scenario: Scenario) -> None:
        self._one = in_columns(net, [scenario])
        order = sorted(range(len(scenario.outages)), key=lambda place: outage_row(net, scenario.outages[place]))
        self._uncertain = [
            (order.index(place), outage.length, elapsed_at(outage, scenario.at))
            for place, outage in enumerate(scenario.outages)
            if outage.length is not None
        ]
        needs = list(spread_needs(network))
        self._span = scenario.start, scenario.end
        self._spreads = [need.spread or 1.0 for _, _, need in needs]
        self._needs = ints([net.need_start[net.number[entity]] + index for entity, index, _ in needs])
        self.width = len(self._uncertain) + len(needs)

    def scenarios(self, shares: FloatColumn) -> Scenarios:
        """Scenarios of uniform draws, (draws, width)."""
        one, count = self._one, len(shares)
        outages, lengths = len(one.entity), len(self._uncertain)
        end = np.tile(one.end, (count, 1))
        for column, (place, length, elapsed) in enumerate(self._uncertain):
            drawn = [length_quantile(length, share, elapsed) for share in shares[:, column].tolist()]
            end[:, place] = one.start[place] + ints(drawn)
        factors = np.ones((count, len(self._needs)))
        for column, spread in enumerate(self._spreads):
            factors[:, column] = [factor_quantile(spread, share) for share in shares[:, lengths + column].tolist()]
        return Scenarios(
            outage_start=np.arange(count + 1, dtype=np.int64) * outages,
            entity=np.tile(one.entity, count),
            start=np.tile(one.start, count),
            end=end.reshape(-1),
            remaining=np.tile(one.remaining, count),
            since=np.full(count, self._span[0]),
            until=np.full(count, self._span[1]),
            uncertain=self._needs,
            factors=factors,
        )
