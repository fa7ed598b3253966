"""How a late run went, stage by stage, against its plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from beroenden.consequences.harm import Harm
from beroenden.consequences.outcome import BranchImpact, Outcome, RunImpact, worst_of
from beroenden.consequences.runs import timetable
from beroenden.consequences.stages import StageTimes
from beroenden.model.payments import Stage


@dataclass(frozen=True, slots=True)
class StageCourse:
    """One stage of a branch as planned and as it turned out (None: never reached)."""

    stage: Stage
    planned: StageTimes
    actual: StageTimes | None

    @property
    def missed_cutoff(self) -> int | None:
        """The planned cut-off, when the work came in after it."""
        is_missed = (
            self.stage.cutoff is not None and self.actual is not None and self.actual.start != self.planned.start
        )
        return self.planned.start if is_missed else None

    @property
    def missed_release(self) -> int | None:
        """The planned release, when the batch was in time for the cut-off but not for that."""
        if self.stage.cutoff is None or self.actual is None or self.missed_cutoff is not None:
            return None
        return self.planned.completion if self.actual.completion != self.planned.completion else None


def course_of(outcome: Outcome, run: RunImpact, among: Sequence[BranchImpact] | None = None) -> tuple[StageCourse, ...]:
    """The stages of the latest branch that no fault in the file hits; none where the fault alone makes the run late.

    Args:
        outcome: What the run is of.
        run: The run.
        among: Branches that no fault hits; all that it has, unless given.
    """
    worst = worst_of(run.sound_part if among is None else among)
    if run.is_late_by_fault and not worst.is_late:
        return ()
    for bank, stages in _branches(outcome, run):
        if bank == worst.bank:
            return tuple(one for one in stages if one is not None)
    return ()


def courses_of_stage(outcome: Outcome, run: RunImpact, place: int) -> list[StageCourse]:
    """One stage of a run, by its place, in each branch that it belongs to and that no fault in the file hits."""
    found = (stages[place] for _, stages in _branches(outcome, run))
    return [one for one in found if one is not None]


def _branches(outcome: Outcome, run: RunImpact) -> Iterator[tuple[str | None, list[StageCourse | None]]]:
    """The bank of each branch that no fault in the file hits, and its stages; None for those that it skips."""
    table = timetable(outcome.network)
    plan = table.plan(run.payment, run.day)
    harm = Harm(table, outcome.levels, outcome.outages, outcome.end)
    for planned, actual in zip(plan.branches, harm.branches(plan), strict=False):
        pairs = zip(run.payment.stages, planned.stages, actual.stages, strict=True)
        yield actual.bank, [None if due is None else StageCourse(stage, due, times) for stage, due, times in pairs]
