"""Years of failures drawn at random, and the scenarios that show what they lead to.

Method: failures of each entity are a Poisson process with the entity's rate; each begins at an instant drawn uniformly
over the year and has a length drawn from its distribution, independently of all others. Failures of one entity may overlap.
What hangs together hangs together through the graph: a power failure takes what it takes.

All years have the calendar of one year. Failures begin within it and are followed to their end and beyond, into the next
year's payments; those of the year before are not carried over. A failure is cut off after 365 days, which is counted.

Source: the crude Monte Carlo of sequential reliability simulation, as in Billinton and Allan (1992), Reliability Evaluation
of Engineering Systems, chapter 13.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from beroenden.analysis.risk.failures import FailureRate
from beroenden.consequences.draws import spread_needs
from beroenden.consequences.lengths import Z90, shape_of, sigma_of
from beroenden.consequences.runs import timetable
from beroenden.engine.batch.arrays import FloatColumn, IntColumn, ints
from beroenden.engine.batch.scenarios import HORIZON, Scenarios
from beroenden.engine.compiled import compiled
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.entities import Length, LogNormal
from beroenden.model.network import Network
from beroenden.units.durations import DAY
from beroenden.units.times import FIRST_YEAR, LAST_YEAR

LONGEST = 365 * DAY
"""A failure that is drawn longer is cut off here."""
APART = DAY
"""Failures that begin within this time of the end of another are one event with it."""
_LONGER_THAN_ALL = 3 * 366 * DAY


@dataclass(frozen=True, slots=True)
class Span:
    """The calendar year: instants [first, last), and how far past the last failure the payments are followed."""

    year: int
    first: int
    last: int
    horizon: int


def span_of(network: Network, year: int) -> Span:
    """A calendar year of a network.

    The horizon holds the longest planned run and two weeks to catch up, so that every run that a failure can touch is
    followed.

    Raises:
        UsageError: for a year that is not covered with the two after it.
    """
    if not FIRST_YEAR < year <= LAST_YEAR - 3:
        raise UsageError(
            say(
                f"--window: året ska ligga mellan {FIRST_YEAR + 1} och {LAST_YEAR - 3}.",
                f"--window: the year must be between {FIRST_YEAR + 1} and {LAST_YEAR - 3}.",
            )
        )
    table = timetable(network)
    first, last = (table.clock.midnight(date(one, 1, 1).toordinal()) for one in (year, year + 1))
    plans = [plan for payment in network.payments for plan in table.runs(payment, first, last)]
    longest = max((plan.planned - (plan.opens[0] or first) for plan in plans if plan.planned), default=0)
    return Span(year, first, last, HORIZON + longest)


@dataclass(frozen=True)
class Block:
    """Some years with f failures, in order of time; those of an event stand together.

    Attributes:
        years: How many years.
        year: (f,) the year of each failure, from 0.
        event: (f,) the event of each failure, from 0 and rising.
        root: (f,) which of the failing entities it is.
        start, end: (f,) instants.
        factors: (years, u) what the uncertain endurances are multiplied by.
        cut: Failures that were drawn longer than `LONGEST`.
    """

    years: int
    year: IntColumn
    event: IntColumn
    root: IntColumn
    start: IntColumn
    end: IntColumn
    factors: FloatColumn
    cut: int

    @cached_property
    def hit(self) -> IntColumn:
        """The years that have any failure."""
        return np.unique(self.year)

    @cached_property
    def together(self) -> NDArray[np.bool_]:
        """(f,) whether others are in the same event."""
        sizes = np.bincount(self.event)
        return np.asarray(sizes[self.event] > 1)

    @cached_property
    def first_of_event(self) -> IntColumn:
        """The first failure of each event."""
        return np.flatnonzero(np.diff(self.event, prepend=-1))


class Years:
    """Draws years, block by block; the same seed gives the same years, however they are then simulated."""

    def __init__(self, network: Network, failing: Sequence[FailureRate], span: Span) -> None:
        net = compiled(network)
        needs = list(spread_needs(network))
        self.span = span
        self._failing = failing
        self._often = np.array([one.per_year for one in failing])
        self._number = ints([net.number[one.entity] for one in failing])
        self._uncertain = ints([net.need_start[net.number[entity]] + index for entity, index, _ in needs])
        self._spreads = np.array([log(need.spread or 1.0) / Z90 for _, _, need in needs])

    def blocks(self, years: int, seed: int, size: int) -> Iterator[Block]:
        """So many years in blocks of at most `size`."""
        generator = np.random.default_rng(seed)
        for first in range(0, years, size):
            yield self._block(min(size, years - first), generator)

    def _block(self, years: int, generator: np.random.Generator) -> Block:
        from scipy.special import ndtri

        counts = generator.poisson(self._often, (years, len(self._failing)))
        year, root = (np.repeat(one, counts.ravel()) for one in map(np.ravel, np.indices(counts.shape)))
        start = generator.integers(self.span.first, self.span.last, len(root))
        length = self._lengths(root, generator.random(len(root)))
        factors = np.exp(self._spreads * ndtri(generator.random((years, len(self._spreads)))))
        order = np.lexsort((root, start, year))
        year, root, start, length = year[order], root[order], start[order], length[order]
        end = start + np.minimum(length, LONGEST)
        event = _events(year, start, end)
        return Block(years, year, event, root, start, end, factors, int((length > LONGEST).sum()))

    def _lengths(self, root: IntColumn, shares: FloatColumn) -> IntColumn:
        minutes = np.ones(len(root), np.int64)
        for place, one in enumerate(self._failing):
            mine = root == place
            minutes[mine] = drawn_lengths(one.length, shares[mine])
        return minutes

    def scenarios(self, block: Block) -> Scenarios:
        """What is simulated of a block: each hit year at once, each event, and each failure of a joint event alone."""
        every, joint = np.arange(len(block.root)), np.flatnonzero(block.together)
        year = np.searchsorted(block.hit, block.year)
        event = len(block.hit) + block.event
        alone = len(block.hit) + len(block.first_of_event) + np.arange(len(joint))
        return self._columns(block, np.concatenate([every, every, joint]), np.concatenate([year, event, alone]))

    def whole_years(self, block: Block) -> Scenarios:
        """Of what is simulated of a block, each hit year at once."""
        return self._columns(block, np.arange(len(block.root)), np.searchsorted(block.hit, block.year))

    def _columns(self, block: Block, failure: IntColumn, scenario: IntColumn) -> Scenarios:
        """Failures of a block by the scenario that each belongs to."""
        entity = self._number[block.root[failure]]
        order = np.lexsort((block.start[failure], entity, scenario))
        failure, scenario, entity = failure[order], scenario[order], entity[order]
        begin = np.flatnonzero(np.diff(scenario, prepend=-1))
        start, end = block.start[failure], block.end[failure]
        return Scenarios(
            outage_start=np.append(begin, len(failure)).astype(np.int64),
            entity=entity,
            start=start,
            end=end,
            remaining=np.zeros(len(failure)),
            since=np.minimum.reduceat(start, begin) if len(begin) else start,
            until=(np.maximum.reduceat(end, begin) if len(begin) else end) + self.span.horizon,
            uncertain=self._uncertain,
            factors=block.factors[block.year[failure[begin]]],
        )


def _events(year: IntColumn, start: IntColumn, end: IntColumn) -> IntColumn:
    """Number the events: a failure belongs to the event before it if that is over less than `APART` before it begins."""
    offset = year * _LONGER_THAN_ALL
    over = np.maximum.accumulate(offset + end + APART)
    begins = offset[1:] + start[1:] >= over[:-1]
    return np.concatenate([ints([0]), np.cumsum(begins)])[: len(year)].astype(np.int64)


def drawn_lengths(length: int | Length, shares: FloatColumn) -> IntColumn:
    """Lengths in whole minutes, at least one, of uniform draws: `lengths.length_quantile`, many at once."""
    from scipy.special import betaincinv, ndtri

    if isinstance(length, int):
        return np.full(len(shares), max(1, length), np.int64)
    if isinstance(length, LogNormal):
        minutes = length.p50 * np.exp(-sigma_of(length) * ndtri(1 - shares))
    else:
        a, b = shape_of(length)
        minutes = length.max - (length.max - length.min) * betaincinv(b, a, 1 - shares)
    whole: IntColumn = np.maximum(1, np.rint(np.minimum(minutes, 2 * LONGEST))).astype(np.int64)
    return whole
