"""PROGNOS: what the model computes follows from what is known and assumed. No probabilities."""

from collections.abc import Iterator

from beroenden.consequences.course import course_of
from beroenden.consequences.outcome import EntityImpact
from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import OwnRun, own_entities, own_runs
from beroenden.incident.lagesbild.claims import impact_claims, run_claims
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
            text = say(f"Det som var ute är åtgärdat sedan {since}.", f"What was out has been resolved since {since}.")
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
            yield self._computed("viktigast", self._deadline_text(first), first, names=self.payments)
        if self._late:
            banks = dict.fromkeys(self._late_banks(run) for run in self._late)
            everywhere = say("alla banker", "all banks")
            where = everywhere if everywhere in banks else listed(banks)
            late = say(f"Det gäller konton i {where}.", f"This concerns accounts at {where}.")
            yield self._computed("viktigast", self._if + late, names=_payments(self._late))

    def _first_deadline(self) -> int | None:
        """The first latest recovery that lies ahead."""
        clock = (run.run.latest_recovery for run in self._runs)
        return min((time for time in clock if time is not None and time >= self._at), default=None)

    def _deadline_text(self, first: int) -> str:
        names = listed([_named(run) for run in self._runs if run.run.latest_recovery == first])
        by, left = self._time(first), _ahead(first - self._at)
        return say(
            f"Första tidsfristen: är avbrottet åtgärdat senast {by}{left} kommer {names} i tid.",
            f"First deadline: if the outage is resolved no later than {by}{left}, {names} will be on time.",
        )

    def headline(self) -> tuple[str, str]:
        """Which payments will be late, and the first deadline, in a sentence each; "" where none lies ahead."""
        first = self._first_deadline()
        return self._verdict(), "" if first is None else self._deadline_text(first)

    def _verdict(self) -> str:
        if not self._late:
            return self._nothing_late()
        payouts = sum(run.recipients_late or 0 for run in self._late)
        amount = sum(run.amount_late or 0 for run in self._late)
        many, much = payouts_in_words(payouts), about_money(amount)
        size = say(f"{many} och {much}", f"{many} and {much}")
        if not payouts:
            size = say("antalet är okänt", "the number is unknown")
        begin = say("Dessa betalningar blir sena", "These payments will be late")
        if self._condition:
            begin = say(
                f"{self._condition} blir dessa betalningar sena",
                f"{self._condition}, these payments will be late",
            )
        return f"{begin}: {listed([_named(run) for run in self._late])} ({size}; {self._last()})."

    def _last(self) -> str:
        """When the last of the late payments is complete."""
        ends = [run.worst.completed for run in self._late]
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
        return run.worst.completed is not None and run.worst.completed <= self._at

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
        for impact in self._entities:
            text = self._if + self._about(impact)
            claims = impact_claims(impact, self._network.timezone)
            yield self._computed("prognos.konsekvenser", text, impact.degraded_from, _path(impact), claims=claims)
        hit = [group for group in self._outcome.groups if group.peak_affected]
        if hit:
            most = say("som mest", "at most")
            sizes = listed([f"{group.entity.name} ({most} {about(group.peak_affected or 0)})" for group in hit])
            text = say(
                f"Kan inte använda sina pengar som vanligt: {sizes}. Grupperna överlappar varandra.",
                f"Cannot use their money as usual: {sizes}. The groups overlap.",
            )
            path = tuple(group.entity.id for group in hit)
            yield self._computed("prognos.konsekvenser", self._if + text, None, path)

    def _about(self, impact: EntityImpact) -> str:
        worst = min(level for _, _, level in impact.steps.pieces(self._outcome.start, self._outcome.end))
        left = percent(worst)
        state = say(f"har som lägst {left} av sin förmåga", f"is at worst at {left} of its capacity")
        if worst <= 0:
            state = say("är nere", "is down")
        since = self._time(impact.degraded_from or 0)
        through = " ← ".join(self._name(link.entity) for link in impact.because[1:])
        because = say(f" (beror på {through})", f" (because of {through})") if through else ""
        text = say(f"{state} från {since}", f"{state} from {since}")
        return f"{impact.entity.name} {text}, {self._until(impact.restored)}{because}."

    def _until(self, restored: int | None) -> str:
        if restored is None:
            return say("inte återställt före periodens slut", "not restored before the end of the period")
        return say(f"återställt {self._time(restored)}", f"restored on {self._time(restored)}")

    def _payments(self) -> Iterator[Statement]:
        for run in (*self._past, *self._late):
            name, planned = run.run.payment.name, run.worst.planned
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
        worst, unknown = run.worst, say("okänt", "unknown")
        never = say("inte inom perioden", "not within the period")
        return (
            (say("Betalning", "Payment"), run.run.payment.name),
            (say("Planerad", "Planned"), self._short(worst.planned)),
            (
                say("Beräknas klar", "Expected complete"),
                never if worst.completed is None else self._short(worst.completed),
            ),
            (
                say("Sena utbetalningar", "Late payouts"),
                unknown if run.recipients_late is None else about(run.recipients_late),
            ),
            (say("Belopp", "Amount"), unknown if run.amount_late is None else about_money(run.amount_late)),
            (say("Sena för konton i", "Late for accounts at"), self._late_banks(run)),
            (say("Orsak", "Cause"), self._why(run)),
        )

    def _late_banks(self, run: OwnRun) -> str:
        in_time = [branch.bank for branch in run.branches if not branch.is_late]
        if not in_time:
            return say("alla banker", "all banks") if len(run.branches) > 1 else self._bank(run.branches[0].bank)
        if len(in_time) == 1 and in_time[0] and len(run.late) > 1:
            spared = self._bank(in_time[0])
            return say(f"alla banker utom {spared}", f"all banks except {spared}")
        return listed([self._bank(branch.bank) for branch in run.late])

    def _bank(self, bank: str | None) -> str:
        if bank:
            return self._name(bank)
        return say("alla banker (en del av filen)", "all banks (part of the file)")

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
        if lost:
            names = listed([_named(run) for run in lost])
            text = say(
                f"Blir sena även om avbrottet åtgärdas nu: {names}.",
                f"Will be late even if the outage is resolved now: {names}.",
            )
            if self._is_over:
                text = say(
                    f"Blir sena trots att avbrottet är över: {names}.", f"Late although the outage is over: {names}."
                )
            yield self._computed("prognos.beslut", text, names=_payments(lost))
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
                f"Tidsfrist {by}{clock}: är avbrottet åtgärdat då kommer {names} i tid.",
                f"Deadline {by}{clock}: if the outage is resolved by then, {names} will be on time.",
            )
            yield self._computed("prognos.beslut", text, deadline, names=_payments(deadlines[deadline]))


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
