"""What an outage does to the stages of payments."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from beroenden.consequences.runs import Branch, Plan, Timetable
from beroenden.engine.single import Levels
from beroenden.engine.steps import Steps
from beroenden.model.scenario import Outage


@dataclass(slots=True)
class Harm:
    """The levels of one scenario as the stages of payments meet them."""

    table: Timetable
    levels: Levels
    outages: Sequence[Outage]
    until: int
    _signals: dict[tuple[str, int], list[Steps]] = field(default_factory=dict)

    def signals(self, payment: str, stage: int, bank: str | None) -> list[Steps]:
        """The signals of a stage's needs that are below 1 at some time, the recipient's bank last."""
        found = self._signals.get((payment, stage))
        if found is None:
            first = self.levels.net.stage_need[payment, stage]
            count = len(self.table.network.payment[payment].stages[stage].needs)
            all_signals = (self.levels.signal(need) for need in range(first, first + count))
            found = self._signals[payment, stage] = [signal for signal in all_signals if signal.times]
        own = self.levels.of(bank) if bank is not None else None
        return [*found, own] if own is not None and own.times else found

    def branches(self, plan: Plan) -> list[Branch]:
        """The branches of a run; recipients hit by a fault in the file come last, in a nameless branch each."""
        runner = self.table.branches(plan, lambda stage, bank: self.signals(plan.payment.id, stage, bank), self.until)
        faults = self.faults(plan)
        whole = 1 - sum(fault.share or 0 for fault in faults)
        branches = [
            runner.branch(index, planned.bank, planned.share * whole if faults else planned.share)
            for index, planned in enumerate(plan.branches)
        ]
        return branches + [Branch(None, fault.share or 0, (), self._end(fault)) for fault in faults]

    def is_late(self, plan: Plan) -> bool:
        """Whether any branch is completed after it was planned, or not at all by the end."""
        if plan.planned is not None and any(self._end(fault) != plan.planned for fault in self.faults(plan)):
            return True
        runner = self.table.branches(plan, lambda stage, bank: self.signals(plan.payment.id, stage, bank), self.until)
        return any(
            runner.branch(index, planned.bank, planned.share).completed != planned.completed
            for index, planned in enumerate(plan.branches)
        )

    def faults(self, plan: Plan) -> list[Outage]:
        """Faults in part of the file that meet a run."""
        return [
            outage
            for outage in self.outages
            if outage.payment == plan.payment.id
            and plan.planned is not None
            and outage.start <= plan.planned
            and (outage.end is None or plan.planned < outage.end)
        ]

    def _end(self, fault: Outage) -> int | None:
        return fault.end if fault.end is not None and fault.end <= self.until else None
