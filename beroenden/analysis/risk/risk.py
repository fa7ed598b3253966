"""The risk of a network: what its failures cost payments and citizens in a year, and how sure that is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import tee

import numpy as np
from numpy.typing import NDArray

from beroenden.analysis.risk.attribution import divided, reached_by, side_by_side
from beroenden.analysis.risk.chains import Caused, Walk, ranked
from beroenden.analysis.risk.estimates import convergence, exceedance, frequency_of, mean_of
from beroenden.analysis.risk.failures import Lacking, failure_rates
from beroenden.analysis.risk.result import Bad, Consequences, GroupRisk, PaymentRisk, Risk, RootRisk
from beroenden.analysis.risk.scale import Scale
from beroenden.analysis.risk.tally import AMOUNT, HOURS, LATE, MEASURES, PAYOUTS, Tally, keyed
from beroenden.analysis.risk.years import Years, span_of
from beroenden.consequences.batch.chunk import batch_model
from beroenden.consequences.batch.cluster import Cluster
from beroenden.consequences.batch.sweep import Sweep
from beroenden.consequences.runs import timetable
from beroenden.engine.batch.arrays import FloatColumn, ints
from beroenden.engine.batch.scenarios import CHUNK, Series
from beroenden.errors import FaultyFilesError
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.payments import is_unknown
from beroenden.modelfiles.findings import Finding

SHOWN = (PAYOUTS, AMOUNT, HOURS)
"""The measures that exceedance and convergence are told of."""
_CELLS = 1 << 22


def risk(
    network: Network,
    *,
    years: int = 10_000,
    seed: int = 1,
    year: int,
    scale: Scale | None = None,
    order: int = 4,
    processes: int = 1,
    progress: Callable[[int, int], None] | None = None,
    cluster: Cluster | None = None,
) -> Risk:
    """Simulate years of failures; what is drawn and how is told in `years`, who is to blame in `attribution`.

    Planned events are not simulated, nor are failures of entities without failure data.

    Args:
        network: The model.
        years: How many years.
        seed: Of `numpy.random.default_rng`; the same seed gives the same result on any number of processes.
        year: The calendar year that all of them have.
        scale: The steps of the risk matrix; the default ones unless given.
        order: Most dependencies in a dependency-risk chain.
        processes: More than 1 are started afresh, as `Sweep` says.
        progress: Told how many years are done, of how many.
        cluster: Simulates them instead, when given; the result is the same.

    Raises:
        FaultyFilesError: when no entity has failure data.
        UsageError: for a year that is not covered, or a cluster that is lost.
    """
    failing, lacking = failure_rates(network)
    if not failing:
        raise FaultyFilesError([Finding("B673", "error", _no_data(network))])
    drawing = Years(network, failing, span_of(network, year))
    groups = [entity.id for entity in network.entities if entity.kind == "citizens"]
    walks = [Walk(network, one, order) for one in failing]
    runner = _Runner(network, drawing, walks, groups, years, seed, processes, progress, cluster)
    return _Found(network, lacking, runner, runner.run(), scale or Scale()).risk(order)


def _no_data(network: Network) -> str:
    """That nothing can be simulated, and what to enter where."""
    some = next((entity.id for entity in network.entities if entity.kind != "citizens"), "…")
    return say(
        "Ingen entitet har feldata som räcker, så risken är okänd. Ange för dem som kan fallera hur ofta och hur länge, "
        f'i modellens [[entity]], t.ex. för "{some}": failure = {{ per_year = 0.5, duration = {{ p50 = "2h", p90 = "12h" }} }} '
        'eller failure = { unavailability = 0.001, duration = "4h" }.',
        "No entity has failure data that suffice, so the risk is unknown. Enter for those that can fail how often and for "
        f'how long, in the model\'s [[entity]], e.g. of "{some}": '
        'failure = { per_year = 0.5, duration = { p50 = "2h", p90 = "12h" } } '
        'or failure = { unavailability = 0.001, duration = "4h" }.',
    )


@dataclass
class _Runner:
    """Draws, simulates and adds up block by block."""

    network: Network
    drawing: Years
    walks: list[Walk]
    groups: list[str]
    years: int
    seed: int
    processes: int
    progress: Callable[[int, int], None] | None
    cluster: Cluster | None
    scenarios: int = 0

    def run(self) -> Tally:
        """The sums over all years, or over those that were done when it was stopped."""
        model = batch_model(self.network, targets=tuple(self.groups))
        reach = self._reach(list(model.payments))
        onset = np.concatenate([keyed(ints([place]), ints(walk.onsets)) for place, walk in enumerate(self.walks)])
        tally = Tally(len(self.walks), len(model.payments), len(self.groups), onset)
        blocks, again = tee(self.drawing.blocks(self.years, self.seed, self._size(reach.shape[1])))
        # How many scenarios there will be is not known before the years are drawn; progress is told in years instead.
        series = Series(0, lambda: map(self.drawing.scenarios, blocks))
        sweep = Sweep(model, series, self.processes, cluster=self.cluster)
        for (scenarios, results), block in zip(sweep, again, strict=False):
            tally.add(block, divided(block, side_by_side(results), reach))
            self.scenarios += len(scenarios)
            if self.progress:
                self.progress(tally.years, self.years)
        return tally

    def _reach(self, payments: list[str]) -> NDArray[np.bool_]:
        """(roots, columns) which columns of the results depend on which root."""
        found = reached_by(self.network, [walk.root.entity for walk in self.walks], payments, self.groups)
        split = len(payments)
        return np.concatenate([*[found[:, :split]] * len(MEASURES), found[:, split:]], axis=1)

    def _size(self, columns: int) -> int:
        """Years in a block, so that neither its scenarios nor its sums take much memory."""
        each = sum(walk.root.per_year for walk in self.walks)
        most = min(CHUNK, _CELLS // max(1, columns)) / max(1.0, 2 * each)
        return max(1, min(int(most), _CELLS // (len(MEASURES) * len(self.walks))))


@dataclass
class _Found:
    """Makes the result out of the sums."""

    network: Network
    lacking: list[Lacking]
    runner: _Runner
    tally: Tally
    scale: Scale

    def risk(self, order: int) -> Risk:
        """The result."""
        tally, runner = self.tally, self.runner
        totals, largest = np.concatenate(tally.totals), np.concatenate(tally.largest)
        return Risk(
            network=self.network,
            seed=runner.seed,
            year=runner.drawing.span.year,
            wanted=runner.years,
            years=tally.years,
            scenarios=runner.scenarios,
            events=tally.events,
            joint_events=tally.joint_events,
            cut=tally.cut,
            lacking=tuple(self.lacking),
            total=self._consequences(totals.sum(axis=0), (totals**2).sum(axis=0), tally.payment[0][:, LATE]),
            roots=tuple(sorted(self._roots(), key=_by_payouts)),
            payments=tuple(sorted(self._payments(), key=_by_payouts)),
            groups=tuple(sorted(self._groups(), key=lambda one: -one.hours.mean)),
            bad={MEASURES[one]: Bad(exceedance(largest[:, one]), exceedance(totals[:, one])) for one in SHOWN},
            convergence={MEASURES[one]: convergence(totals[:, one]) for one in SHOWN},
            events_apart={MEASURES[one]: _apart(tally.event_totals[one], totals[:, one].sum()) for one in SHOWN},
            chains=ranked(runner.walks, self._caused()),
            order=order,
            scale=self.scale,
        )

    def _roots(self) -> Iterator[RootRisk]:
        measure = MEASURES.index(self.scale.measure)
        for place, walk in enumerate(self.runner.walks):
            sums, squares = self.tally.root[0][place], self.tally.root[1][place]
            harmful, measured = int(self.tally.harmful[place]), float(sums[measure])
            events = int(self.tally.harmful_events[place])
            often = frequency_of(harmful, events, self.tally.years)
            yield RootRisk(
                entity=self.network.entity[walk.root.entity],
                per_year=walk.root.per_year,
                failures=int(self.tally.failures[place]),
                harmful_failures=harmful,
                harmful_events=events,
                harmful=often,
                consequences=self._consequences(sums, squares, self.tally.root_late[place]),
                likelihood=self.scale.likelihood.of(often.mean) if harmful else None,
                consequence=self.scale.consequence.of(measured / harmful) if measured else None,
            )

    def _payments(self) -> Iterator[PaymentRisk]:
        table, span = timetable(self.network), self.runner.drawing.span
        sums, squares = self.tally.payment
        late = np.diag(sums[:, LATE])
        for place, payment in enumerate(self.network.by_priority()):
            runs = len(table.runs(payment, span.first, span.last - 1))
            yield PaymentRisk(payment, runs, self._consequences(sums[place], squares[place], late[place]))

    def _groups(self) -> Iterator[GroupRisk]:
        for group, total, squares in zip(self.runner.groups, *self.tally.group, strict=True):
            yield GroupRisk(self.network.entity[group], mean_of(float(total), float(squares), self.tally.years))

    def _consequences(self, sums: FloatColumn, squares: FloatColumn, late: FloatColumn) -> Consequences:
        """Of the sums by measure, and of the late runs of each payment."""
        years = self.tally.years
        coming = [payment for payment, runs in zip(self.network.by_priority(), late, strict=True) if runs > 0]
        return Consequences(
            {one: sum(is_unknown(payment, one) for payment in coming) for one in MEASURES},
            *(mean_of(float(total), float(two), years) for total, two in zip(sums, squares, strict=True)),
        )

    def _caused(self) -> Iterator[Caused]:
        """Of each root, what its failures of more than some length cause a year to whom."""
        names = [*(payment.id for payment in self.network.by_priority()), *self.runner.groups]
        place = {name: column for column, name in enumerate(names)}
        table = np.concatenate([self.tally.onset_payment, self.tally.onset_group], axis=1) / self.tally.years
        first = 0
        for walk in self.runner.walks:
            onsets = walk.onsets
            longer = table[first : first + len(onsets)][::-1].cumsum(axis=0)[::-1]
            first += len(onsets)
            row = {onset: index for index, onset in enumerate(onsets)}
            yield partial(_longer, longer, row, place)


def _longer(table: FloatColumn, row: dict[int, int], place: dict[str, int], name: str, after: int) -> float:
    return float(table[row[after], place[name]])


def _by_payouts(one: RootRisk | PaymentRisk) -> tuple[float, float]:
    return -one.consequences.payouts.mean, -one.consequences.late_runs.mean


def _apart(events: float, years: float) -> float | None:
    return float(events / years - 1) if years else None
