"""PROGNOS: what the model computes follows from what is known and assumed. No probabilities."""

from collections.abc import Iterator

from beroenden.consequences.course import course_of
from beroenden.consequences.outcome import EntityImpact
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import OwnRun, own_entities, own_runs
from beroenden.incident.lagesbild.ahead import Ahead
from beroenden.incident.lagesbild.claims import run_claims
from beroenden.incident.lagesbild.development import Development
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer, listed, payouts_in_words
from beroenden.language import say
from beroenden.model.network import WITHHELD
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, about_money, percent
from beroenden.units.times import brief_date


class Prognosis(Writer):
    """What becomes of an actor's own systems and payments, and until when they can be saved."""

    def __init__(self, basis: Basis, actor: str) -> None:
        super().__init__(basis, actor)
        self._runs = own_runs(basis.outcome, actor)
        self._late = [run for run in self._runs if run.late and not self._is_past(run)]
        self._past = [run for run in self._runs if run.late and self._is_past(run)]
        self._entities = own_entities(basis.outcome, actor)

    @property
    def _enduring(self) -> list[EntityImpact]:
        """What is still whole and will be harmed."""
        return [one for one in self._entities if one.degraded_from is not None and one.degraded_from > self._at]

    @property
    def payments(self) -> tuple[str, ...]:
        """Ids of the payments that concern the actor."""
        return _payments(self._runs)

    @property
    def named(self) -> tuple[str, ...]:
        """Ids of all that the headline may name."""
        return (*self.payments, *self._lasting.names, *self._conditional)

    @property
    def late_payments(self) -> tuple[str, ...]:
        """Ids of the payments that the verdict names."""
        return _payments(self._late)

    def statements(self) -> Iterator[Statement]:
        """Question by question."""
        yield from self._highlights()
        yield from self._overall()
        yield from Development(self._basis, self._actor).statements()
        yield from self._payments()
        yield from self._decisions()

    def _highlights(self) -> Iterator[Statement]:
        """What matters most, in a few lines."""
        if self._is_over:
            since = self._time(max(outage.end or 0 for outage in self._known.scenario.outages))
            text = say(f"Avbrottet är åtgärdat sedan {since}.", f"The outage has been resolved since {since}.")
            if len({outage.entity or outage.payment for outage in self._known.scenario.outages}) > 1:
                text = say(f"Avbrotten är åtgärdade sedan {since}.", f"The outages have been resolved since {since}.")
            yield self._computed("viktigast", text)
        yield self._computed("viktigast", self._verdict(), names=_payments(self._late))
        yield from self._came_late()
        now = [impact for impact in self._entities if impact.steps.at(self._at) < 1]
        if now:
            own = listed(f"{impact.entity.name} ({percent(impact.steps.at(self._at))})" for impact in now)
            text = say(
                f"Egna nedsatta nu (förmåga kvar): {own}.", f"Own systems impaired now (capacity remaining): {own}."
            )
            yield self._computed("viktigast", text, self._at, _entity_ids(now))
        if self._enduring:
            yield self._lasts("viktigast", min(self._enduring, key=lambda impact: impact.degraded_from or 0))
        first = self._first_deadline()
        if first is not None:
            names = (*self.payments, *self._lasting.names)
            yield self._computed("viktigast", self._deadline_text(first), first, names=names)
        if self._late:
            where = self._late_banks(self._late)
            late = say(f"Det gäller konton i {where}.", f"This concerns accounts at {where}.")
            yield self._computed("viktigast", self._if + late, names=_payments(self._late))

    def _first_deadline(self) -> int | None:
        """The first latest recovery that lies ahead."""
        clock = (run.run.latest_recovery for run in self._runs)
        return min((time for time in clock if time is not None and time >= self._at), default=None)

    def _deadline_text(self, first: int) -> str:
        names = listed([_named(run) for run in self._runs if run.run.latest_recovery == first])
        by, left = self._time(first), _ahead(first - self._at)
        out, state = self._lasting.words, self._lasting.resolved
        return say(
            f"Första tidsfristen: är {out} {state} senast {by}{left} kommer {names} i tid.",
            f"First deadline: if {out} {state} no later than {by}{left}, {names} will be on time.",
        )

    def headline(self) -> tuple[str, str]:
        """Which payments will be late, and the first deadline, in a sentence each; "" where none lies ahead."""
        first = self._first_deadline()
        return self._verdict(), "" if first is None else self._deadline_text(first)

    def _verdict(self) -> str:
        if not self._late:
            return self._nothing_late()
        overdue = [run for run in self._late if self._is_overdue(run)]
        ahead = [run for run in self._late if not self._is_overdue(run)]
        begin = say("Dessa betalningar blir sena", "These payments will be late")
        if self._condition:
            begin = say(
                f"{self._condition} blir dessa betalningar sena",
                f"{self._condition}, these payments will be late",
            )
        coming = [f"{begin}: {self._sized(ahead)}."] if ahead else []
        if not overdue:
            return coming[0]
        depends = f"{self._condition[:1].lower()}{self._condition[1:]}: " if self._condition else ""
        begin = say("Dessa betalningar är redan sena", "These payments are late already")
        return " ".join([f"{begin}: {self._sized(overdue, depends)}.", *coming])

    def _sized(self, runs: list[OwnRun], depends: str = "") -> str:
        """Some late runs with what they amount to, and when the last of them is complete; on what that depends."""
        payouts = sum(run.recipients_late or 0 for run in runs)
        many, much = payouts_in_words(payouts), about_money(sum(run.amount_late or 0 for run in runs))
        size = say(f"{many} och {much}", f"{many} and {much}")
        if not payouts:
            size = say("antalet är okänt", "the number is unknown")
        return f"{listed([_named(run) for run in runs])} ({size}; {depends}{self._last(runs)})"

    def _is_overdue(self, run: OwnRun) -> bool:
        """Whether all that is late of a run should have come already."""
        return run.late_planned <= self._at

    def _last(self, runs: list[OwnRun]) -> str:
        """When the last of some late payments is complete."""
        ends = [run.late_completed for run in runs]
        if None in ends:
            return say("alla blir inte klara inom perioden", "not all complete within the period")
        last = self._short(max(end for end in ends if end is not None))
        return say(f"alla framme {last}", f"all complete {last}")

    @property
    def _is_over(self) -> bool:
        """Whether everything that was out is said to have ended, and the reader may know of all of it."""
        outages = self._known.scenario.outages
        return bool(outages) and all(self._known.over) and all(map(self._may_tell, outages))

    def _nothing_late(self) -> str:
        end = self._time(self._outcome.end)
        which = say(
            f"av aktörens betalningar som ska vara klara före {end}", f"of the actor's payments due before {end}"
        )
        if self._basis.viewer is not None:
            which = say(
                f"av de betalningar som delas och ska vara klara före {end}",
                f"of the payments that are shared and due before {end}",
            )
        if self._condition:
            return say(f"{self._condition} blir ingen {which} sen.", f"{self._condition}, none {which} will be late.")
        return say(f"Ingen {which} blir sen.", f"None {which} will be late.")

    def _is_past(self, run: OwnRun) -> bool:
        """Whether all of a late run had come by the as-of time."""
        return run.has_come_by(self._at)

    def _came_late(self) -> Iterator[Statement]:
        """What was late and has come, as the model has it."""
        if self._past:
            names = listed(_named(run) for run in self._past)
            many = payouts_in_words(sum(run.recipients_late or 0 for run in self._past))
            text = say(
                f"Har blivit sena men bör vara framme: {names} ({many}).",
                f"Were late and should have arrived: {names} ({many}).",
            )
            yield self._computed("viktigast", text, names=_payments(self._past))

    def _overall(self) -> Iterator[Statement]:
        yield self._computed("prognos.konsekvenser", self._verdict(), names=_payments(self._late))
        yield from Ahead(self._basis, self._actor).statements()

    def _payments(self) -> Iterator[Statement]:
        for run in (*self._past, *self._late):
            name, planned = run.run.payment.name, run.late_planned
            due = self._time(planned)
            text = say(
                f"{name}, planerad {due}: {self._result(run)}.", f"{name}, planned for {due}: {self._result(run)}."
            )
            claims = run_claims(run, self._network.timezone)
            path = run.run.blocked_by
            row, paid = self._row(run), _payments([run])
            yield self._computed("prognos.betalningar", self._if + text, planned, path, row, claims=claims, names=paid)
        in_time = [run for run in self._runs if not run.late and run.run.planned >= self._at]
        if in_time:
            names = listed([_named(run) for run in in_time])
            claims = tuple(claim for run in in_time for claim in run_claims(run, self._network.timezone))
            text = self._if + say(f"I tid: {names}.", f"On time: {names}.")
            yield self._computed("prognos.betalningar", text, claims=claims, names=_payments(in_time))

    def _row(self, run: OwnRun) -> tuple[tuple[str, str], ...]:
        """A late run as a table shows it."""
        completed, unknown = run.late_completed, say("okänt", "unknown")
        never = say("inte inom perioden", "not within the period")
        return (
            (say("Betalning", "Payment"), run.run.payment.name),
            (say("Planerad", "Planned"), self._short(run.late_planned)),
            (
                say("Beräknas klar", "Expected complete"),
                never if completed is None else self._short(completed),
            ),
            (
                say("Sena utbetalningar", "Late payouts"),
                unknown if run.recipients_late is None else about(run.recipients_late),
            ),
            (say("Belopp", "Amount"), unknown if run.amount_late is None else about_money(run.amount_late)),
            (say("Sena för konton i", "Late for accounts at"), self._late_banks([run])),
            (say("Orsak", "Cause"), self._why(run)),
        )

    def _late_banks(self, runs: list[OwnRun]) -> str:
        """In which banks some late runs are late for somebody."""
        late = dict.fromkeys(branch.bank for run in runs for branch in run.late)
        in_time = {branch.bank for run in runs for branch in run.branches} - late.keys()
        if not in_time and len(late) > 1:
            return say("alla banker", "all banks")
        spared = next(iter(in_time), None)
        if len(in_time) == 1 and spared and self._is_named(spared) and len(late) > 1:
            return say(f"alla banker utom {self._name(spared)}", f"all banks except {self._name(spared)}")
        return listed([self._bank(bank) for bank in late])

    def _is_named(self, bank: str) -> bool:
        return bank != WITHHELD and self._is_shared(bank)

    def _bank(self, bank: str | None) -> str:
        if bank is None:
            return say("alla banker (en del av filen)", "all banks (part of the file)")
        if not self._is_named(bank):
            return say("vissa banker (namnges inte här)", "some banks (not named here)")
        return self._name(bank)

    def _why(self, run: OwnRun) -> str:
        """The causes, and the first deadline that was missed."""
        causes = listed(self._name(one) for one in run.run.blocked_by)
        causes = causes or say("fel i filen", "fault in the file")
        for part in course_of(self._outcome, run.run):
            stage = part.stage.name
            if part.stage.id.startswith(WITHHELD):
                continue
            if part.missed_cutoff is not None:
                time = self._short(part.missed_cutoff)
                return f"{causes}; {stage} " + say(f"missar bryttiden {time}", f"misses the cut-off {time}")
            if part.missed_release is not None:
                time = self._short(part.missed_release)
                return f"{causes}; {stage} " + say(f"missar leveransen {time}", f"misses the release {time}")
        return causes

    def _result(self, run: OwnRun) -> str:
        size = "" if run.recipients_late is None else f", {payouts_in_words(run.recipients_late)}"
        if run.worst.delay is None:
            return say("inte klar inom perioden", "not complete within the period") + size
        over = say(", mer än den tolerabla förseningen", ", more than the tolerable delay")
        delay = duration_in_words(run.worst.delay)
        late = say(f"upp till {delay} sen", f"up to {delay} late")
        return f"{late}{over if run.run.over_max_delay else ''}{size}; {self._why(run)}"

    def _decisions(self) -> Iterator[Statement]:
        """The decision clock: until when each payment can still be saved, the first deadline first."""
        lost = [run for run in self._late if run.run.latest_recovery_state == "too_late"]
        overdue, lost = (
            [run for run in lost if self._is_overdue(run)],
            [run for run in lost if not self._is_overdue(run)],
        )
        if overdue:
            names = listed([_named(run) for run in overdue])
            text = say(f"Redan sena, och går inte att rädda: {names}.", f"Late already, and cannot be saved: {names}.")
            yield self._computed("prognos.beslut", text, names=_payments(overdue))
        if lost:
            names = listed([_named(run) for run in lost])
            out, now = self._lasting.words, self._lasting.resolved_now
            text = say(
                f"Blir sena även om {out} {now}: {names}.",
                f"Will be late even if {out} {now}: {names}.",
            )
            if self._is_over:
                text = say(
                    f"Blir sena trots att avbrottet är över: {names}.", f"Late although the outage is over: {names}."
                )
            yield self._computed("prognos.beslut", text, names=(*_payments(lost), *self._lasting.names))
        yield from self._deadlines()
        yield from (self._lasts("prognos.beslut", impact) for impact in self._enduring)

    def _lasts(self, section: str, impact: EntityImpact) -> Statement:
        """Until when something manages, and what has to be decided before then."""
        until, name = impact.degraded_from or 0, impact.entity.name
        by, left = self._time(until), _ahead(until - self._at)
        text = say(
            f"{name} klarar sig till {by}{left}; beslut om reservrutin behövs före dess.",
            f"{name} manages until {by}{left}; a decision on a fallback routine is needed before then.",
        )
        return self._computed(section, self._if + text, until, _path(impact))

    def _deadlines(self) -> Iterator[Statement]:
        out, state = self._lasting.words, self._lasting.resolved
        deadlines: dict[int, list[OwnRun]] = {}
        for run in self._runs:
            if run.run.latest_recovery is not None:
                deadlines.setdefault(run.run.latest_recovery, []).append(run)
        for deadline in sorted(deadlines):
            ahead = deadline - self._at
            span = duration_in_words(abs(ahead))
            clock = _ahead(ahead) if ahead >= 0 else say(f" (passerad för {span} sedan)", f" (passed {span} ago)")
            by, names = self._time(deadline), listed([_named(run) for run in deadlines[deadline]])
            text = say(
                f"Tidsfrist {by}{clock}: är {out} {state} då kommer {names} i tid.",
                f"Deadline {by}{clock}: if {out} {state} by then, {names} will be on time.",
            )
            told = (*_payments(deadlines[deadline]), *self._lasting.names)
            yield self._computed("prognos.beslut", text, deadline, names=told)


def _ahead(minutes: int) -> str:
    """How long it is until then, in brackets."""
    if minutes <= 0:
        return say(" (nu)", " (now)")
    left = duration_in_words(minutes)
    return say(f" (om {left})", f" (in {left})")


def _named(run: OwnRun) -> str:
    """A run by its payment and date."""
    return f"{run.run.payment.name} ({brief_date(run.run.day)})"


def _path(impact: EntityImpact) -> tuple[str, ...]:
    return tuple(link.entity for link in impact.because)


def _entity_ids(impacts: list[EntityImpact]) -> tuple[str, ...]:
    return tuple(impact.entity.id for impact in impacts)


def _payments(runs: list[OwnRun]) -> tuple[str, ...]:
    return tuple(run.run.payment.id for run in runs)
