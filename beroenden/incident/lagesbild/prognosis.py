"""PROGNOS: what the model computes follows from what is known and assumed. No probabilities."""

from collections.abc import Iterator
from dataclasses import replace

from beroenden.analysis.lateness import unknown_of
from beroenden.consequences.outcome import EntityImpact
from beroenden.incident.basis import Basis
from beroenden.incident.forms import HIGHLIGHTS
from beroenden.incident.lagesbild.actors import OwnRun, carried_runs, own_entities, resting_runs
from beroenden.incident.lagesbild.ahead import Ahead
from beroenden.incident.lagesbild.claims import run_claims
from beroenden.incident.lagesbild.development import Development
from beroenden.incident.lagesbild.planned_outages import planned_outages
from beroenden.incident.lagesbild.rows import between, named
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import ended_at, varied
from beroenden.incident.lagesbild.verdict import Verdict, ids_of
from beroenden.incident.lagesbild.writer import Lasting, beginning, listed, ongoing
from beroenden.incident.told_fears import told_fears
from beroenden.language import say
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, percent


class Prognosis(Verdict):
    """What becomes of an actor's own systems and payments, and until when they can be saved."""

    def __init__(self, basis: Basis, actor: str, carried: list[OwnRun] | None = None, whole: str = "") -> None:
        super().__init__(basis, actor, carried, whole)
        self._entities = own_entities(basis.outcome, actor)

    @property
    def _enduring(self) -> list[EntityImpact]:
        """What is still whole and will be harmed."""
        return [one for one in self._entities if one.degraded_from is not None and one.degraded_from > self._at]

    @property
    def payments(self) -> tuple[str, ...]:
        """Ids of the payments that concern the actor."""
        return ids_of(self._runs)

    @property
    def named(self) -> tuple[str, ...]:
        """Ids of all that the headline may name."""
        which = () if self._first is None else self._first.which.names
        return (*self.payments, *which, *self._conditional)

    @property
    def late_payments(self) -> tuple[str, ...]:
        """Ids of the payments that the verdict names."""
        return ids_of(self._late)

    def statements(self) -> Iterator[Statement]:
        """Question by question; the decisions on own and others' payments in order of time."""
        found = list(self._of_all())
        yield from (one for one in found if one.section != "prognos.beslut")
        yield from sorted((one for one in found if one.section == "prognos.beslut"), key=self._place)

    def _place(self, decision: Statement) -> tuple[bool, bool, bool, int]:
        """What is lost first, then deadlines, those that have passed last; then what manages for some time yet."""
        time = decision.time
        return bool(decision.condition), time is not None, time is not None and time < self._at, time or 0

    def _of_all(self) -> Iterator[Statement]:
        yield from self._highlights()
        yield from self._overall()
        yield from Development(self._basis, self._actor).statements()
        yield from self._payments()
        yield from self._decisions()
        if self._pays:
            carried = carried_runs(self._outcome, self._actor)
            yield from Prognosis(self._basis, self._actor, carried, self._whole).of_part()

    def of_part(self) -> Iterator[Statement]:
        """Only what is late or can still be saved of the payments that the actor has a part in, beside those that it pays."""
        if self._late:
            yield self._computed(HIGHLIGHTS, self._verdict(is_brief=True), names=self._told)
            yield self._computed("prognos.konsekvenser", self._verdict(), names=self._told)
            yield from Development(self._basis, self._actor, self._runs).statements()
        yield from self._came_late()
        yield from self._next_decision()
        yield from self._payments()
        yield from self._clock()

    def _highlights(self) -> Iterator[Statement]:
        """What matters most, in a few lines."""
        if self._is_over:
            since = self._time(max(outage.end or 0 for outage in self._known.scenario.outages))
            text = say(f"Avbrottet är åtgärdat sedan {since}.", f"The outage has been resolved since {since}.")
            if len({outage.subject for outage in self._known.scenario.outages}) > 1:
                text = say(f"Avbrotten är åtgärdade sedan {since}.", f"The outages have been resolved since {since}.")
            yield self._computed(HIGHLIGHTS, text)
        yield self._computed(HIGHLIGHTS, self._verdict(is_brief=True), names=self._told)
        yield from self._feared_by_others()
        yield from self._planned()
        yield from self._faulty_in_all()
        yield from self._pays_nothing()
        yield from self._came_late()
        now = [(impact, left) for impact in self._entities if (left := self._left(impact, self._at)) < 1]
        if now and not self._basis.is_feared:
            own = listed(f"{impact.entity.name} ({percent(left)})" for impact, left in now)
            text = say(
                f"Egna nedsatta nu (förmåga kvar): {own}.", f"Own systems impaired now (capacity remaining): {own}."
            )
            yield self._computed(HIGHLIGHTS, text, self._at, _entity_ids([impact for impact, _ in now]))
        if self._enduring:
            yield self._lasts(HIGHLIGHTS, min(self._enduring, key=lambda impact: impact.degraded_from or 0))
        yield from self._next_decision()
        if self._late:
            where = self._late_banks(self._late)
            late = say(
                f"Det som är eller blir sent gäller konton i {where}.", f"What is late concerns accounts at {where}."
            )
            yield self._computed(HIGHLIGHTS, f"{self._if}{late}{self._still_waiting()}", names=ids_of(self._late))

    def _still_waiting(self) -> str:
        """In which banks money is still waited for, where some of what is late has come."""
        parts = [part for run in self._late for part in self._apart(run)]
        waiting = [part for part in parts if not part.has_come_by(self._at)]
        if len(waiting) == len(parts):
            return ""
        where = self._late_banks(waiting, self._late)
        return say(f" Ännu väntar konton i {where}.", f" Accounts at {where} are still waiting.")

    def _feared_by_others(self) -> Iterator[Statement]:
        """What others fear, where nothing is out that a prognosis follows from."""
        for one in () if ongoing(self._basis) else told_fears(self._basis):
            path = (one.outage.entity,) if one.outage.entity else ()
            source = self._shared_in(one.received)
            yield Statement(HIGHLIGHTS, one.text, "obekräftad", source, one.outage.start, path, one.tlp)

    def _planned(self) -> Iterator[Statement]:
        """The planned outages that something late waits for."""
        causes = {cause for run in self._late for cause in run.blocked_by}
        for one in planned_outages(self._basis, self._actor):
            if causes.intersection(one.path):
                yield replace(one, section=HIGHLIGHTS)

    def _next_decision(self) -> Iterator[Statement]:
        """The first deadline that lies ahead."""
        first = self._first
        if first is not None:
            names = (*self.payments, *first.which.names)
            yield self._computed(HIGHLIGHTS, self._deadline_text(first), first.time, names=names)

    def _faulty_in_all(self) -> Iterator[Statement]:
        """To a recipients' bank: that a fault in part of a file hits some with accounts there too, nobody knows how many."""
        told = {one.payment for one in self._known.scenario.outages if one.payment and self._may_tell(one)}
        shares = [(run, run.faulty_share_at(self._at)) for run in self._runs if run.run.payment.id in told]
        hit = [(run, share) for run, share in shares if share > 0]
        if hit:
            each = listed(
                say(
                    f"{percent(share)} av mottagarna av {named(run)}",
                    f"{percent(share)} of the recipients of {named(run)}",
                )
                for run, share in hit
            )
            bank = self._name(self._actor)
            text = say(
                f"Får pengarna sent på grund av fel i filen, även med konto i {bank}: {each}. "
                "De räknas inte med i det som sägs här om bankens egna konton.",
                f"Are paid late because of a fault in the file, also with accounts at {bank}: {each}. "
                "They are not counted in what is said here of the bank's own accounts.",
            )
            yield self._computed(HIGHLIGHTS, self._if + text, names=ids_of([run for run, _ in hit]))

    def _pays_nothing(self) -> Iterator[Statement]:
        """That what is said of payments is about others' payments, and which late ones rest on the actor's own systems."""
        if self._pays or not self._is_read_by_its_own:
            return
        if self._runs:
            text = say(
                "Aktören betalar inget själv i modellen; det som sägs om betalningar gäller dem som den har del i.",
                "The actor pays nothing itself in the model; what is said of payments is about those it has a part in.",
            )
            yield self._computed(HIGHLIGHTS, text)
        resting = resting_runs(self._outcome, self._actor)
        for section in (HIGHLIGHTS, "prognos.betalningar") if resting else ():
            yield from self._resting(section, resting)

    def _resting(self, section: str, runs: list[OwnRun]) -> Iterator[Statement]:
        """The late payments of others that rest on the actor's own systems: those still to come, and those that have."""
        past, on = [run for run in runs if self._is_past(run)], self._impaired_in_words
        coming, is_brief = [run for run in runs if run not in past], section == HIGHLIGHTS
        if coming:
            which, names = self._sized(coming, is_brief=is_brief), (*ids_of(coming), *_entity_ids(self._entities))
            text = say(
                f"Andra betalningar blir sena som vilar på {on}: {which}.",
                f"Other payments will be late that rest on {on}: {which}.",
            )
            yield self._computed(section, self._if + text, names=names)
        if past:
            among = say(f", av andra betalningar som vilar på {on}", f", of other payments that rest on {on}")
            names = (*ids_of(past), *_entity_ids(self._entities))
            yield self._computed(section, self._have_come(past, among, is_brief=is_brief), names=names)

    @property
    def _impaired_in_words(self) -> str:
        """The actor's own systems that are or will be impaired, or that were where none is."""
        if any(one.restored is None or one.restored > self._at for one in self._entities):
            return say("aktörens nedsatta system", "the actor's impaired systems")
        return say("system hos aktören som har varit nedsatta", "systems of the actor that have been impaired")

    def _came_late(self) -> Iterator[Statement]:
        """What was late and has come, as the model has it."""
        if self._past:
            text = self._have_come(self._past, self._among, is_brief=True)
            yield self._computed(HIGHLIGHTS, text, names=ids_of(self._past))

    def _have_come(self, past: list[OwnRun], among: str, *, is_brief: bool) -> str:
        """That some runs were late and have come, and of which payments they are."""
        names = self._names(map(named, past), is_brief=is_brief)
        many = "; ".join(filter(None, (self._payouts(past), unknown_of(run.run.payment for run in past))))
        return say(
            f"Har blivit sena men bör vara framme{among}: {names} ({many}).",
            f"Were late and should have arrived{among}: {names} ({many}).",
        )

    def _overall(self) -> Iterator[Statement]:
        yield self._computed("prognos.konsekvenser", self._verdict(), names=self._told)
        yield from Ahead(self._basis, self._actor).statements()

    def _payments(self) -> Iterator[Statement]:
        for run in (*self._past, *self._late):
            yield from self._parts(run)
        if self._is_apart:
            return
        if not self._pays and not self._runs and self._is_read_by_its_own:
            yield self._computed("prognos.betalningar", self._nothing_late())
        in_time = [run for run in self._runs if not run.late and run.run.planned >= self._at]
        if in_time:
            names = listed([named(run) for run in in_time])
            claims = tuple(claim for run in in_time for claim in run_claims(run, self._network.timezone))
            text = self._if + say(f"I tid{self._among}: {names}.", f"On time{self._among}: {names}.")
            yield self._computed("prognos.betalningar", text, claims=claims, names=ids_of(in_time))

    def _parts(self, run: OwnRun) -> Iterator[Statement]:
        """A late run by when its parts come; what is claimed is of all of it, with the last."""
        parts = self._apart(run)
        told = () if self._is_apart or run.late_passed_by else run_claims(run, self._network.timezone)
        for part in parts:
            name, planned = run.run.payment.name, part.late_planned
            if len(parts) > 1:
                where = self._late_banks([part], [run])
                name = say(f"{name}, konton i {where}", f"{name}, accounts at {where}")
            due, result = between(list(map(self._time, part.late_due))), self._result(part)
            text = say(f"{name}, planerad {due}: {result}.", f"{name}, planned for {due}: {result}.")
            path, row = part.blocked_by, self._row(part, run)
            claims, paid = told if part is parts[-1] else (), ids_of([run])
            made = self._computed("prognos.betalningar", self._if + text, planned, path, row, claims=claims, names=paid)
            yield replace(made, is_over=part.has_come_by(self._at))

    def _decisions(self) -> Iterator[Statement]:
        """The decision clock; then what manages for some time yet."""
        yield from self._clock()
        yield from (self._lasts("prognos.beslut", impact) for impact in self._enduring)

    def _clock(self) -> Iterator[Statement]:
        """Until when each payment can still be saved, the first deadline first."""
        lost = [run for run in self._late if run.run.latest_recovery_state == "too_late"]
        overdue, lost = (
            [run for run in lost if self._is_overdue(run)],
            [run for run in lost if not self._is_overdue(run)],
        )
        if overdue:
            names = listed([named(run) for run in overdue])
            text = say(
                f"Redan sena, och går inte att rädda{self._among}: {names}.",
                f"Late already, and cannot be saved{self._among}: {names}.",
            )
            yield self._computed("prognos.beslut", text, names=ids_of(overdue))
        if lost:
            names = listed([named(run) for run in lost])
            out, now, saved = self._lasting.words, self._lasting.resolved_now, "".join(self._saved_now(lost))
            text = say(
                f"Blir sena även om {out} {now}{self._among}: {names}.{saved}",
                f"Will be late even if {out} {now}{self._among}: {names}.{saved}",
            )
            if self._is_over:
                text = say(
                    f"Blir sena trots att avbrottet är över{self._among}: {names}.",
                    f"Late although the outage is over{self._among}: {names}.",
                )
            yield self._computed("prognos.beslut", text, names=(*ids_of(lost), *self._lasting.names))
        yield from self._deadlines()

    def _saved_now(self, lost: list[OwnRun]) -> Iterator[str]:
        """Of which late runs fewer are late if all that is out is over now, where something is."""
        if not ongoing(self._basis):
            return
        outcome = varied(self._outcome, scenario=ended_at(self._known.scenario, self._at))
        then = self._runs_in(outcome)
        for run in lost:
            other = then[run.run.key]
            if other.late_share < run.late_share:
                was, will = run.recipients_late, other.recipients_late
                size = "" if was is None or will is None else _instead(about(will), about(was))
                yield say(f" Färre blir då sena av {named(run)}{size}.", f" Fewer are then late of {named(run)}{size}.")

    def _lasts(self, section: str, impact: EntityImpact) -> Statement:
        """Until when something manages, and what has to be decided before then."""
        until, name = impact.degraded_from or 0, impact.entity.name
        by, left = self._time(until), self._ahead(until)
        text = say(
            f"{name} klarar sig till {by}{left}; beslut om reservrutin behövs före dess.",
            f"{name} manages until {by}{left}; a decision on a fallback routine is needed before then.",
        )
        on = self._depending(impact.entity.id)
        return self._computed(section, beginning(on[0]) + text, until, _path(impact), on=on)

    def _passed(self, time: int) -> str:
        """That a deadline has passed; how long ago, for the own house."""
        if self._basis.viewer is not None:
            return say(" (passerad)", " (passed)")
        span = duration_in_words(self._at - time)
        return say(f" (passerad för {span} sedan)", f" (passed {span} ago)")

    def _deadlines(self) -> Iterator[Statement]:
        deadlines: dict[tuple[int, Lasting], list[OwnRun]] = {}
        for run in self._runs:
            if run.deadline is not None:
                deadlines.setdefault((run.deadline, self._holding_up([run], run.deadline)), []).append(run)
        for (deadline, which), runs in sorted(deadlines.items(), key=lambda one: one[0][0]):
            clock = self._ahead(deadline) if deadline >= self._at else self._passed(deadline)
            by, names, out, state = self._time(deadline), listed(map(named, runs)), which.words, which.resolved
            text = say(
                f"Tidsfrist {by}{clock}{self._for}: är {out} {state} då kommer {names} i tid.",
                f"Deadline {by}{clock}{self._for}: if {out} {state} by then, {names} will be on time.",
            )
            told = (*ids_of(runs), *which.names)
            yield self._computed("prognos.beslut", text, deadline, names=told)


def _instead(now: str, was: str) -> str:
    return say(f": {now} i stället för {was}", f": {now} instead of {was}") if now != was else ""


def _path(impact: EntityImpact) -> tuple[str, ...]:
    return tuple(link.entity for link in impact.because)


def _entity_ids(impacts: list[EntityImpact]) -> tuple[str, ...]:
    return tuple(impact.entity.id for impact in impacts)
