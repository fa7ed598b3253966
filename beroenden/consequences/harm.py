"""What an outage does to the stages of payments."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from beroenden.consequences.runs import Branch, Plan, Run, Timetable
from beroenden.consequences.stages import StageTimes, stage_times, waits
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
    _signals: dict[str, list[list[Steps]]] = field(default_factory=dict)

    def branches(self, plan: Plan) -> list[Branch]:
        """The branches of a run; recipients hit by a fault in the file come last, in a nameless branch each."""
        faults = self._faults(plan)
        whole = 1 - sum(fault.share or 0 for fault in faults)
        run = self._run(plan)
        branches = [
            run.branch(planned.bank, planned.share * whole if faults else planned.share, planned)
            for planned in plan.branches
        ]
        return branches + [Branch(None, fault.share or 0, (), self._end(fault)) for fault in faults]

    def lateness(self, plan: Plan) -> int | None:
        """None when no branch is late; else about how many minutes too late the harm ended, 0 when that cannot be said."""
        if any(self._end(fault) != plan.planned for fault in self._faults(plan)):
            return 0
        if not any(self._of(plan)) and not any(
            self.levels.of(branch.bank).times for branch in plan.branches if branch.bank
        ):
            return None
        run = self._run(plan)
        late = None
        for planned in plan.branches:
            branch = run.branch(planned.bank, planned.share, planned)
            if branch.completed != planned.completed:
                late = max(late or 0, _overshoot(branch, planned))
        return late

    def waits(self, plan: Plan, place: int, times: StageTimes, planned: StageTimes) -> list[tuple[int, int]]:
        """When a stage that is late had to have what it needs; (from, to)."""
        stage = plan.payment.stages[place]
        return list(waits(stage, self.table.network.window_of(stage), times, planned, self.table.clock, self.until))

    def delays(self, plan: Plan, place: int, ready: int, signal: Steps) -> bool:
        """Whether a signal makes a stage late by itself, with its work ready at an instant."""
        stage = plan.payment.stages[place]
        with_it, without = (
            stage_times(
                stage, self.table.network.window_of(stage), ready, signals, self.table.clock, self.until
            ).completion
            for signals in ([signal], [])
        )
        return with_it != without

    def _run(self, plan: Plan) -> Run:
        by_stage = self._of(plan)

        def signals(stage: int, bank: str | None) -> list[Steps]:
            own = self.levels.of(bank) if bank is not None else None
            return [*by_stage[stage], own] if own is not None and own.times else by_stage[stage]

        return Run(self.table, plan, signals, self.until)

    def _of(self, plan: Plan) -> list[list[Steps]]:
        """For each stage, the signals of its needs that are below 1 at some time."""
        found = self._signals.get(plan.payment.id)
        if found is None:
            found = self._signals[plan.payment.id] = [
                [signal for need in self.needs(plan, place) if (signal := self.levels.signal(need)).times]
                for place in range(len(plan.payment.stages))
            ]
        return found

    def needs(self, plan: Plan, place: int) -> range:
        """Numbers of the needs of a stage."""
        first = self.levels.net.stage_need[plan.payment.id, place]
        return range(first, first + len(plan.payment.stages[place].needs))

    def _faults(self, plan: Plan) -> list[Outage]:
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


def _overshoot(branch: Branch, planned: Branch) -> int:
    """Minutes by which the late end of a branch missed its first hard deadline: a cut-off, a release, or the plan."""
    pairs = [(times, due) for times, due in zip(branch.stages, planned.stages, strict=True) if due is not None]
    on_time = [
        place for place, (times, due) in enumerate(pairs) if times is not None and times.completion == due.completion
    ]
    for times, due in pairs[on_time[-1] + 1 if on_time else 0 :]:
        if times is None or times.done is None:
            return 0
        if times.start != due.start and times.start != times.ready:  # a cut-off was missed
            return times.ready - due.start
        if times.start == due.start and times.completion != times.done and due.completion is not None:  # a release was
            return times.done - due.completion
    return (branch.completed or 0) - (planned.completed or 0)
