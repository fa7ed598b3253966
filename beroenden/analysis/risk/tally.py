"""Sums over the simulated years, added up block by block as the results come."""

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from beroenden.analysis.risk.attribution import Divided
from beroenden.analysis.risk.years import LONGEST, Block
from beroenden.engine.batch.arrays import FloatColumn, IntColumn

MEASURES = ("late_runs", "over_max_delay", "payouts", "amount", "recipient_hours")
"""What is counted of payments, in the order of the columns."""
LATE, OVER, PAYOUTS, AMOUNT, HOURS = range(5)
Moments: TypeAlias = tuple[FloatColumn, FloatColumn]
"""Sums over the years of a yearly quantity, and of its square."""


@dataclass
class Tally:
    """What has been added up so far, of k entities that fail, p payments and g groups of citizens.

    Attributes:
        totals: (years, measures) of all payments together, in a piece for each block.
        largest: (years, measures) of the event of the year that had most, the same.
        root: (k, measures) moments of what each entity causes.
        root_late: (k, p) late runs of each payment that each entity causes.
        payment: (p, measures) moments of each payment.
        group: (g,) moments of the level-hours that each group loses.
        onset: For each root and each time after which its failure harms something further, root by root and rising, the two
            as one number (`keyed`).
        onset_payment: (onsets, p) payouts, of failures that last longer than the onset but not than the next.
        onset_group: (onsets, g) level-hours, the same.
        failures, harmful: (k,) failures, and those that make any payment late.
        harmful_events: (k,) events in which some failure of it does.
        event_totals: (measures,) sums over events simulated by themselves.
    """

    roots: int
    payments: int
    groups: int
    onset: IntColumn
    years: int = 0
    events: int = 0
    joint_events: int = 0
    cut: int = 0
    totals: list[FloatColumn] = field(default_factory=list)
    largest: list[FloatColumn] = field(default_factory=list)
    root: Moments = field(init=False)
    root_late: FloatColumn = field(init=False)
    payment: Moments = field(init=False)
    group: Moments = field(init=False)
    onset_payment: FloatColumn = field(init=False)
    onset_group: FloatColumn = field(init=False)
    failures: IntColumn = field(init=False)
    harmful: IntColumn = field(init=False)
    harmful_events: IntColumn = field(init=False)
    event_totals: FloatColumn = field(init=False)

    def __post_init__(self) -> None:
        measures = len(MEASURES)
        self.root = np.zeros((self.roots, measures)), np.zeros((self.roots, measures))
        self.root_late = np.zeros((self.roots, self.payments))
        self.payment = np.zeros((self.payments, measures)), np.zeros((self.payments, measures))
        self.group = np.zeros(self.groups), np.zeros(self.groups)
        self.onset_payment = np.zeros((len(self.onset), self.payments))
        self.onset_group = np.zeros((len(self.onset), self.groups))
        self.failures = np.zeros(self.roots, np.int64)
        self.harmful = np.zeros(self.roots, np.int64)
        self.harmful_events = np.zeros(self.roots, np.int64)
        self.event_totals = np.zeros(measures)

    def add(self, block: Block, found: Divided) -> None:
        """Add a block."""
        self.years += block.years
        self.events += len(block.first_of_event)
        self.joint_events += len(np.unique(block.event[block.together]))
        self.cut += block.cut
        self._add_years(block, found)
        self._add_roots(block, found)

    def _add_years(self, block: Block, found: Divided) -> None:
        payments, groups = self._apart(found.whole)
        _add(self.payment, payments)
        _add(self.group, groups)
        totals, largest = (np.zeros((block.years, len(MEASURES))) for _ in range(2))
        totals[block.hit] = payments.sum(axis=1)
        events = self._apart(found.events)[0].sum(axis=1)
        np.maximum.at(largest, block.year[block.first_of_event], events)
        self.totals.append(totals)
        self.largest.append(largest)
        self.event_totals += events.sum(axis=0)

    def _add_roots(self, block: Block, found: Divided) -> None:
        payments, groups = self._apart(found.parts)
        caused = payments.sum(axis=1)
        yearly = np.zeros((block.years, self.roots, len(MEASURES)))
        np.add.at(yearly, (block.year, block.root), caused)
        _add(self.root, yearly)
        np.add.at(self.root_late, block.root, payments[:, :, LATE])
        passed = np.searchsorted(self.onset, keyed(block.root, block.end - block.start)) - 1
        np.add.at(self.onset_payment, passed, payments[:, :, PAYOUTS])
        np.add.at(self.onset_group, passed, groups)
        np.add.at(self.failures, block.root, 1)
        is_late = caused[:, LATE] > 0
        np.add.at(self.harmful, block.root, is_late)
        each = np.unique(np.column_stack((block.event, block.root))[is_late], axis=0)
        np.add.at(self.harmful_events, each[:, 1], 1)

    def _apart(self, columns: FloatColumn) -> tuple[FloatColumn, FloatColumn]:
        """Columns as (rows, payments, measures), and as (rows, groups)."""
        split = len(MEASURES) * self.payments
        payments = columns[:, :split].reshape(len(columns), len(MEASURES), self.payments)
        return payments.transpose(0, 2, 1), columns[:, split:]


def keyed(root: IntColumn, minutes: IntColumn) -> IntColumn:
    """Roots and minutes, up to the longest failure, as numbers that rise by root and within it by minutes."""
    return root * (LONGEST + 1) + minutes


def _add(moments: Moments, yearly: FloatColumn) -> None:
    moments[0][...] += yearly.sum(axis=0)
    moments[1][...] += (yearly**2).sum(axis=0)
