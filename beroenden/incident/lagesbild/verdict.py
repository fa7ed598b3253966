"""The headline of a prognosis: which payments will be late, whose they are, and the first deadline."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from beroenden.consequences.outcome import Outcome
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import OwnRun, carried_runs, carried_stages, own_runs, pays
from beroenden.incident.lagesbild.rows import Rows, named, named_never, stages_of
from beroenden.incident.lagesbild.variations import varied
from beroenden.incident.lagesbild.writer import Lasting, lasting, listed, ongoing
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, summed

_MOST_LISTED = 5
"""Payments that a headline names; of more it says how many they are, where that spares at least two names."""


class _First(NamedTuple):
    """A deadline, the runs that can be saved until then, and the outages whose end saves them."""

    time: int
    runs: list[OwnRun]
    which: Lasting


class Verdict(Rows):
    """Says of an actor's payments what matters most.

    Of one that pays nothing, they are those that it carries a stage of; of one that pays, those stand apart.
    """

    def __init__(self, basis: Basis, actor: str, carried: list[OwnRun] | None = None, whole: str = "") -> None:
        """
        Args:
            basis: What is known and what follows.
            actor: Id in the masked model.
            carried: The runs to tell of where they are not those that concern it first: those that it has a part in.
            whole: Where all stands that a headline leaves out, in words; "" where nothing tells.
        """
        super().__init__(basis, actor)
        self._whole = whole
        self._pays, self._is_apart = carried is None and pays(basis.network, actor), carried is not None
        self._runs = own_runs(basis.outcome, actor) if carried is None else carried
        part = say(f"betalningar som {self._writing} har del i", f"payments that {self._writing} has a part in")
        if self._is_apart:
            part = say(f"andras {part}", f"others' {part}")
        self._among = "" if self._pays else say(f", av {part}", f", of {part}")
        self._for = "" if self._pays else say(f" för {part}", f" for {part}")
        self._late = [run for run in self._runs if run.late and not self._is_past(run)]
        self._past = [run for run in self._runs if run.late and self._is_past(run)]

    def _label_of(self, *ids: str) -> str:
        """The label of some ids, and that of the actor's own stages of the payments among them."""
        stages = (stage for run in self._runs if run.run.payment.id in ids for stage in run.stages)
        told = (one for stage in stages for one in (stage.provenance, *(need.provenance for need in stage.needs)))
        return strictest(super()._label_of(*ids), *(one.tlp for one in told if one.tlp))

    @cached_property
    def _first(self) -> _First | None:
        """The first latest recovery that lies ahead; None where none does."""
        clock = (run.deadline for run in self._runs)
        time = min((one for one in clock if one is not None and one >= self._at), default=None)
        if time is None:
            return None
        runs = [run for run in self._runs if run.deadline == time]
        return _First(time, runs, self._holding_up(runs, time))

    def _deadline_text(self, first: _First) -> str:
        names, out, state = listed(map(named, first.runs)), first.which.words, first.which.resolved
        by, left = self._time(first.time), self._ahead(first.time)
        return say(
            f"Första tidsfristen{self._for}: är {out} {state} senast {by}{left} kommer {names} i tid.",
            f"First deadline{self._for}: if {out} {state} no later than {by}{left}, {names} will be on time.",
        )

    def _holding_up(self, runs: Sequence[OwnRun], deadline: int) -> Lasting:
        """Of the outages that go on, those whose end by a deadline saves some runs, however long the others last.

        To others all, as the choice would tell what needs what.
        """
        if self._basis.viewer is not None:
            return self._lasting
        payments = [run.run.payment for run in runs]
        behind = set[str]().union(*map(self._network.behind, payments), (one.id for one in payments))
        needed = [one for one in ongoing(self._basis) if one.subject in behind]
        for one in reversed(tuple(needed)):
            rest = [other for other in needed if other is not one]
            if rest and self._are_saved(runs, rest, deadline):
                needed = rest
        return lasting(self._basis, needed, deadline)

    def _are_saved(self, runs: Sequence[OwnRun], outages: Sequence[Outage], time: int) -> bool:
        """Whether some runs are on time where some outages end at a time, and the others that go on do not end.

        What is planned to begin after that takes place as planned, where it is not one of those.
        """
        scenario, known = self._known.scenario, self._known
        lasts = [one for one in ongoing(self._basis) if one.start < time or not known.is_planned(one)]
        then = (
            replace(one, end=time if one in outages else None, length=None) if one in lasts else one
            for one in scenario.outages
            if one.start < time or one not in outages
        )
        outcome = varied(self._outcome, scenario=replace(scenario, outages=tuple(then), since=scenario.start))
        saved = self._runs_in(outcome)
        return all(run.run.key in saved and not saved[run.run.key].late for run in runs)

    def _runs_in(self, outcome: Outcome) -> dict[tuple[str, str], OwnRun]:
        """The same runs in another outcome, by which run each is."""
        return {run.run.key: run for run in (carried_runs if self._is_apart else own_runs)(outcome, self._actor)}

    def _ahead(self, time: int) -> str:
        """How long it is until then, for the own house: another reads it later, or repeats it in a paper as of another time."""
        return ahead_in_words(time - self._at) if self._basis.viewer is None else ""

    def headline(self, *, is_brief: bool = False) -> tuple[str, str]:
        """Which payments will be late, and the first deadline, in a sentence each; "" where none lies ahead."""
        return self._verdict(is_brief=is_brief), "" if self._first is None else self._deadline_text(self._first)

    @property
    def _told(self) -> tuple[str, ...]:
        """Ids of the payments that the verdict rests on: what is late, or that whose stages it names."""
        return ids_of(self._late or ([] if self._pays else self._runs))

    def _verdict(self, *, is_brief: bool = False) -> str:
        if not self._late:
            return self._nothing_late()
        overdue = [run for run in self._late if self._is_overdue(run)]
        ahead = [run for run in self._late if not self._is_overdue(run)]
        part = self._part(ahead)
        begin = say(f"Dessa betalningar{part} blir sena", f"These payments{part} will be late")
        if self._condition:
            begin = say(
                f"{self._condition} blir dessa betalningar{part} sena",
                f"{self._condition}, these payments{part} will be late",
            )
        coming = [f"{begin}: {self._sized(ahead, is_brief=is_brief)}."] if ahead else []
        if not overdue:
            return coming[0]
        depends = f"{self._condition[:1].lower()}{self._condition[1:]}: " if self._condition else ""
        part = self._part(overdue)
        begin = say(f"Dessa betalningar{part} är redan sena", f"These payments{part} are late already")
        waiting = self._waiting(overdue)
        return " ".join([f"{begin}: {self._sized(overdue, depends, waiting, is_brief=is_brief)}.", *coming])

    def _waiting(self, runs: list[OwnRun]) -> str:
        """How many of some payouts that should have come wait still, where that is not all of them."""
        unknown = say("okänt antal", "an unknown number")
        waiting = summed([run.recipients_overdue_at(self._at) for run in runs], about, unknown)
        if waiting == summed([run.recipients_late for run in runs], about, unknown):
            return ""
        return say(f", varav {waiting} väntar ännu", f", of which {waiting} are still waiting")

    def _part(self, runs: list[OwnRun]) -> str:
        """After "betalningar": that the actor has a part in them, with its stages; "" where it pays."""
        if self._pays or not runs:
            return ""
        stages = stages_of(runs)
        return say(
            f" som {self._writing} har del i (steg: {stages})", f" that {self._writing} has a part in (stage: {stages})"
        )

    def _sized(self, runs: list[OwnRun], depends: str = "", waiting: str = "", *, is_brief: bool = False) -> str:
        """Some late runs with what they amount to and how many wait still, and when the last is complete; on what that depends."""
        names, last = self._names(map(named, runs), is_brief=is_brief), self._last(runs, is_brief=is_brief)
        return f"{names} ({self._size(runs)}{waiting}; {depends}{last})"

    def _names(self, of_runs: Iterable[str], *, is_brief: bool) -> str:
        """The names of runs, each once; in a headline the first few, how many more they are, and where those stand."""
        names = list(dict.fromkeys(of_runs))
        rest = len(names) - _MOST_LISTED
        if not is_brief or rest < 2:
            return listed(names)
        first = ", ".join(names[:_MOST_LISTED])
        return say(f"{first} och {rest} till", f"{first} and {rest} more") + (self._whole and f", {self._whole}")

    def _is_overdue(self, run: OwnRun) -> bool:
        """Whether all that is late of a run should have come already."""
        return run.late_planned <= self._at

    def _last(self, runs: list[OwnRun], *, is_brief: bool) -> str:
        """When the last of some late payments is complete, and which are not within the time looked at."""
        never = [run for run in runs if run.never]
        came = [run.late_came for run in runs if run.late_came is not None]
        if not came:
            none = say("ingen blir klar inom perioden", "none completes within the period")
            return none if len(runs) > 1 else say("inte klar inom perioden", "not complete within the period")
        last = self._short(max(came))
        if not never:
            return say(f"alla framme {last}", f"all complete {last}")
        names = self._names(map(named_never, never), is_brief=is_brief)
        return say(
            f"inte klart inom perioden: {names}; resten framme {last}",
            f"not complete within the period: {names}; the rest complete {last}",
        )

    @property
    def _is_over(self) -> bool:
        """Whether everything that was out is said to have ended, and the reader may know of all of it."""
        outages = self._known.scenario.outages
        return bool(outages) and all(self._known.over) and all(map(self._may_tell, outages))

    def _nothing_late(self) -> str:
        # Another reader would learn of it that nothing is hidden.
        if not self._basis.is_reckoned and self._basis.viewer is None:
            return say(
                "Loggen har inget avbrott och ingen nedsatt nivå, så inget är beräknat.",
                "The log has no outage and no reduced level, so nothing has been computed.",
            )
        end = self._time(self._outcome.end)
        which = say(
            f"av aktörens betalningar som ska vara klara före {end}", f"of the actor's payments due before {end}"
        )
        if not self._is_read_by_its_own:
            which = say(
                f"av avsändarens betalningar som delas och ska vara klara före {end}",
                f"of the sender's payments that are shared and due before {end}",
            )
        if not self._pays and self._runs:
            part = self._part(self._runs)
            which = say(
                f"av de betalningar{part} och som ska vara klara före {end}",
                f"of the payments{part} and due before {end}",
            )
        elif not self._pays and self._is_read_by_its_own:
            return self._no_part(end)
        none = say("ingen ytterligare", "no more") if self._past else say("ingen", "none")
        if self._condition:
            return say(
                f"{self._condition} blir {none} {which} sen.", f"{self._condition}, {none} {which} will be late."
            )
        return say(f"{none.capitalize()} {which} blir sen.", f"{none.capitalize()} {which} will be late.")

    def _no_part(self, end: str) -> str:
        if any(carried_stages(self._network, one, self._actor) for one in self._network.payments):
            return say(
                f"Aktören betalar inget själv i modellen, och ingen betalning som den har del i ska vara klar före {end}.",
                f"The actor pays nothing itself in the model, and no payment that it has a part in is due before {end}.",
            )
        return say(
            "Aktören betalar inget själv i modellen och har inget steg i andras betalningar.",
            "The actor pays nothing itself in the model and has no stage in the payments of others.",
        )

    def _is_past(self, run: OwnRun) -> bool:
        """Whether all of a late run had come by the as-of time."""
        return run.has_come_by(self._at)


def ahead_in_words(minutes: int) -> str:
    """How long it is until then, in brackets."""
    if minutes <= 0:
        return say(" (nu)", " (now)")
    left = duration_in_words(minutes)
    return say(f" (om {left})", f" (in {left})")


def ids_of(runs: list[OwnRun]) -> tuple[str, ...]:
    """Ids of the payments of some runs."""
    return tuple(run.run.payment.id for run in runs)
