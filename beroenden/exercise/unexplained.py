"""What a player has been told of its payments that does not follow from the outages it knows of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from beroenden.consequences.course import courses_of_stage
from beroenden.consequences.outcome import BranchImpact, Outcome
from beroenden.exercise.exercise import Evidence, Inject
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import OwnRun, paid_runs
from beroenden.model.network import WITHHELD
from beroenden.model.payments import Payment

Sight = Literal["held_up", "overdue", "completed", "not_missing"]
_SIGHTS: dict[str, Sight] = {"stage": "held_up", "cutoff": "held_up", "late": "overdue", "completed": "completed"}
"""What each event about a run tells of it."""


@dataclass(frozen=True, slots=True)
class Unexplained:
    """A run of which a player has been told something that the outages it knows of do not lead to.

    Attributes:
        day: The payment date, as YYYY-MM-DD.
        run: What follows from those outages for the accounts that it is about; None: it lies before all that they can reach.
        banks: The names of the banks where those accounts are, where they are not all and the player knows them.
        missing: The share of the recipients who have not got their money, where it is not that of some banks; else None.
        sight: That a stage was held up, that the money has not come, that it has, or that it is not among what has not come.
        at: When that happened, in minutes since the epoch.
        injects: The numbers of the injects that told it.
    """

    payment: Payment
    day: str
    run: OwnRun | None
    banks: tuple[str, ...]
    missing: float | None
    sight: Sight
    at: int
    injects: tuple[int, ...]


def unexplained(
    basis: Basis, happens: Outcome, actor: str, given: Iterable[Inject], until: int
) -> Iterator[Unexplained]:
    """What does not follow, run by run; of money that has come no more than that it has.

    Args:
        basis: What the player knows and what follows, on the model as it may know it.
        happens: What happens in the exercise, on the whole model.
        actor: Id in the whole model.
        given: What the player has been given, in order.
        until: By when, in minutes since the epoch.
    """
    told: dict[tuple[str, str], list[tuple[int, Evidence]]] = {}
    for number, found in ((one.number, one.evidence) for one in given if one.evidence):
        for run in found.payments if found.event in _SIGHTS else ():
            told.setdefault(run, []).append((number, found))
    known = _known(basis, actor)
    for key, sights in told.items():
        come = [one for one in sights if one[1].event == "completed" and one[1].level is None]
        of_faults = [one for one in sights if _is_of_a_fault(one[1])]
        here = basis.mask.ids.get(key[0], key[0])
        compared = _Compared(basis, happens, key, known.get((here, key[1])), until)
        for group in [come] if come else [of_faults, [one for one in sights if one not in of_faults]]:
            if odd := [one for one in group if not compared.follows(one[1])]:
                yield compared.unexplained(odd[-1][1], tuple(number for number, _ in odd))
        yield from compared.not_missing([one for one in sights if one[1].event == "late" and one not in of_faults])


def _known(basis: Basis, actor: str) -> dict[tuple[str, str], OwnRun]:
    """The runs by what the player knows, in the ids of the model as it may know it, as far as they concern it; else whole."""
    outcome = basis.outcome
    whole = {run.key: OwnRun(run, run.branches, outcome.end) for run in outcome.runs}
    return whole | {own.run.key: own for own in paid_runs(outcome, basis.mask.ids.get(actor, actor))}


def _is_of_a_fault(found: Evidence) -> bool:
    """Whether it tells of those who have no money since part of the file is faulty."""
    return found.event == "late" and found.level is not None


@dataclass(frozen=True, slots=True)
class _Compared:
    """A run by what the player knows, and as it happens.

    Attributes:
        key: The payment's id in the whole model, and the date.
        known: The run by what the player knows; None: it lies before all that can be reached.
    """

    basis: Basis
    happens: Outcome
    key: tuple[str, str]
    known: OwnRun | None
    until: int

    def unexplained(self, last: Evidence, injects: tuple[int, ...]) -> Unexplained:
        """What was told last of the run and does not follow, and the numbers of the injects that told such things."""
        payment = self.basis.network.payment[self._here(self.key[0])]
        missing = 1 - (last.level or 0.0) if _is_of_a_fault(last) else None
        part, banks, sight = self.part(last), self.banks(last), _SIGHTS[last.event]
        return Unexplained(payment, self.key[1], part, banks, missing, sight, last.at, injects)

    def not_missing(self, lates: Sequence[tuple[int, Evidence]]) -> Iterator[Unexplained]:
        """What should have come to accounts at banks that are not among those named in what has not come, and has."""
        named = {self._here(bank) for _, found in lates for bank in found.entities}
        come = {self._here(one.bank) for one in self._branches() if one.bank and not one.is_late} - named
        due = self.known.overdue_at(self.until) if self.known and named else []
        if (part := tuple(one for one in due if one.bank in come)) and self.known:
            payment, banks = self.basis.network.payment[self._here(self.key[0])], self._names(part)
            run = replace(self.known, branches=part)
            numbers = tuple(number for number, _ in lates)
            yield Unexplained(payment, self.key[1], run, banks, None, "not_missing", run.planned, numbers)

    def follows(self, found: Evidence) -> bool:
        """Whether something told of the run is what the prognosis has of it."""
        run, part = self.known, self.part(found)
        if run is None or part is None:
            return False
        if found.event in ("stage", "cutoff"):
            return self._is_held_up(part, found)
        if _is_of_a_fault(found):
            return run.is_late_by_fault
        if not part.late:
            return False
        if found.event == "completed":
            return part.late_completed == found.at
        return found.event != "late" or not part.has_come_by(self.until) or not self._is_missing(found)

    def _is_held_up(self, part: OwnRun, found: Evidence) -> bool:
        """Whether what is known makes a stage late in some branch, or work come in after its cut-off."""
        stages = self.happens.network.payment[self.key[0]].stages
        place = next(place for place, stage in enumerate(stages) if stage.id == found.stage)
        courses = courses_of_stage(self.basis.outcome, part.run, place)
        if found.event == "cutoff":
            return any(one.actual is None or one.missed_cutoff is not None for one in courses)
        return any(one.actual is None or one.actual.completion != one.planned.completion for one in courses)

    def part(self, found: Evidence) -> OwnRun | None:
        """The branches by what the player knows that something told is about: those of the banks that it names, if it does.

        Of money that has not come, of these those that are in time by it, where there are any; hidden ones cannot be told apart.
        """
        run = self.known
        banks = {WITHHELD if bank.startswith(WITHHELD) else bank for bank in map(self._here, found.entities)}
        part = [branch for branch in run.branches if branch.bank in banks] if run else []
        if found.event == "late":
            part = [branch for branch in part if not branch.is_late and branch.bank != WITHHELD] or part
        return replace(run, branches=tuple(part)) if run and part else run

    def banks(self, found: Evidence) -> tuple[str, ...]:
        """The names of the banks whose accounts something told is about, where those are not all of the run."""
        run, part = self.known, self.part(found)
        if run is None or part is None or part.branches == run.branches:
            return ()
        return self._names(part.branches)

    def _names(self, branches: Iterable[BranchImpact]) -> tuple[str, ...]:
        """The names of the banks of some branches, as far as the player knows them."""
        banks = (branch.bank for branch in branches if branch.bank and branch.bank != WITHHELD)
        return tuple(self.basis.network.entity[bank].name for bank in banks)

    def _is_missing(self, found: Evidence) -> bool:
        """Whether money that was told to be late has indeed not come."""
        late = [one for one in self._branches() if one.is_late and (not found.entities or one.bank in found.entities)]
        return any(one.completed is None or one.completed > self.until for one in late)

    def _branches(self) -> Iterator[BranchImpact]:
        """The branches of the run as it happens."""
        yield from (branch for run in self.happens.runs if run.key == self.key for branch in run.branches)

    def _here(self, one: str) -> str:
        return self.basis.mask.ids.get(one, one)
