"""What is to be expected for each player, by the model: late payments, deadlines, and what of its own is harmed."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from beroenden.analysis.lateness import unknown_of
from beroenden.analysis.words import level_words
from beroenden.consequences.outcome import EntityImpact, Outcome, RunImpact
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents.document import Block, Paragraph, Section, Table
from beroenden.documents.exercise.words import Words
from beroenden.exercise.causes import Later, late_anyway, to_be_over
from beroenden.exercise.evaluation.deciding import play_until
from beroenden.exercise.exercise import Exercise
from beroenden.exercise.noticed import bears_on, deadlines, has_a_part, late_upon
from beroenden.exercise.phrases import several
from beroenden.incident.lagesbild.actors import OwnRun, carried_runs, own_entities, paid_runs
from beroenden.incident.lagesbild.writer import late_in_words
from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.model.network import Network
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for
from beroenden.units.numbers import about, about_money, summed
from beroenden.units.times import brief_date

_UNTRUE = ("rumour", "denial")
"""Events that say nothing true of what is wrong."""


class Consequences:
    """Writes the expected consequences of an exercise's scenario."""

    def __init__(self, exercise: Exercise, network: Network) -> None:
        self._exercise, self._network, self._words = exercise, network, Words(exercise, network)
        self._outcome: Outcome = simulate_scenario(network, exercise.scenario)

    def sections(self) -> Iterator[Section]:
        """All of it together, and then player by player."""
        text = say(
            "Beräknat med modellen på hela scenariot, om ingen gör något. ",
            "Computed with the model on the whole scenario, if nobody does anything. ",
        )
        text += self._total()
        title = say("Väntade konsekvenser", "Expected consequences")
        yield Section("konsekvenser", title, 1, (Paragraph(text), *self._deadlines()))
        for actor in self._exercise.actors:
            yield Section("", self._words.actor(actor), 2, tuple(self._of(actor)))

    def _total(self) -> str:
        late = self._outcome.late_runs
        if not late:
            return say("Ingen utbetalning blir sen.", "No payout is late.")
        numberless = say("ett okänt antal sena utbetalningar", "an unknown number of late payouts")
        many = summed([run.delayed_recipients for run in late], late_in_words, numberless)
        much = summed([run.delayed_amount for run in late], about_money, say("okänt belopp", "an unknown amount"))
        text = "; ".join(filter(None, (f"{many}, {much}", unknown_of(run.payment for run in late))))
        return say(f"Sammanlagt: {text}.", f"Altogether: {text}.")

    def _of(self, actor: str) -> Iterator[Block]:
        late = [run for run in paid_runs(self._outcome, actor) if run.late]
        carried = [run.run for run in carried_runs(self._outcome, actor) if run.late]
        harmed = own_entities(self._outcome, actor)
        resting = late_upon(self._outcome, actor)
        if late:
            yield self._late(late)
        if carried:
            title = say(
                "Andras sena utbetalningar som aktören har del i",
                "Late payments of others that the actor has a part in",
            )
            yield self._of_others(carried, title)
        if resting:
            title = say(
                "Andras sena utbetalningar som vilar på något eget som är nedsatt",
                "Late payments of others that rest on something of its own that is impaired",
            )
            yield self._of_others(resting, title)
        if harmed:
            yield self._harmed(harmed)
        if not (late or carried or resting or harmed):
            yield Paragraph(
                say(
                    "Ingen utbetalning blir sen och inget eget blir nedsatt.",
                    "No payment is late and nothing of its own is impaired.",
                )
            )

    def _late(self, runs: Sequence[OwnRun]) -> Table:
        headings = (
            say("Sen utbetalning", "Late payment"),
            say("Planerad", "Planned"),
            say("Klar", "Complete"),
            say("Sena mottagare", "Late recipients"),
        )
        unknown, never = say("okänt", "unknown"), self._never()
        rows = tuple(
            (
                self._run(run.run.payment.id, run.run.day),
                self._words.scenario(run.worst.planned),
                never if run.worst.completed is None else self._words.scenario(run.worst.completed),
                unknown if run.recipients_late is None else about(run.recipients_late),
            )
            for run in runs
        )
        return Table(headings, rows, say("Sena utbetalningar", "Late payments"))

    def _of_others(self, runs: Sequence[RunImpact], title: str) -> Table:
        """What others pay late."""
        headings = (
            say("Betalning", "Payment"),
            say("Betalas av", "Paid by"),
            say("Planerad", "Planned"),
            say("Klar", "Complete"),
        )
        rows = tuple(
            (
                self._run(run.payment.id, run.day),
                self._words.actor(run.payment.payer),
                self._words.scenario(run.worst.planned),
                self._never() if run.worst.completed is None else self._words.scenario(run.worst.completed),
            )
            for run in runs
        )
        return Table(headings, rows, title)

    def _deadlines(self) -> Iterator[Table]:
        """Until when which payments can be saved, and who decides before it."""
        deciding: dict[tuple[int, tuple[str, str]], list[str]] = {}
        for actor in self._exercise.actors:
            for one in deadlines(self._outcome, actor):
                for run in one.payments:
                    deciding.setdefault((one.at, run), []).append(actor)
        late = {run.key: run for run in self._outcome.late_runs}
        alike: dict[tuple[int, tuple[str, ...], tuple[str, ...]], list[RunImpact]] = {}
        for (at, key), actors in deciding.items():
            of = to_be_over(self._outcome, [late[key]])
            alike.setdefault((at, of, tuple(actors)), []).append(late[key])
        headings = (
            say("Åtgärdat senast", "Resolved no later than"),
            say("Avbrott", "Outage"),
            say("Speltid", "Play"),
            say("Kommer då i tid", "Then on time"),
            say("Beslut före dess", "To decide before it"),
        )
        rows = tuple(
            (
                self._words.scenario(at),
                several(map(self._name, of)) or say("felet i filen", "the fault in the file"),
                self._played(at),
                self._in_time(runs),
                "; ".join(filter(None, (self._deciding(at, runs, actors), self._answering(of, runs, actors)))),
            )
            for (at, of, actors), runs in sorted(alike.items(), key=lambda one: one[0][0])
        )
        if rows:
            yield Table(headings, rows, say("Frister", "Deadlines"))

    def _in_time(self, runs: Sequence[RunImpact]) -> str:
        """The runs that a deadline saves, and what makes which of them late all the same."""
        late = late_anyway(self._outcome, runs)
        again = {run.key for of in late.values() for run in of}
        parts = [self._runs(run for run in runs if run.key not in again)]
        parts += [self._unless(later, self._runs(those)) for later, those in late.items()]
        return ". ".join(filter(None, parts))

    def _unless(self, later: Later, payments: str) -> str:
        """By when what begins later has to be over too for some payments to come in time, or that they are late for it."""
        names = several(map(self._name, later.of))
        if later.by is None:
            return say(
                f"sena ändå på grund av avbrott i {names}: {payments}",
                f"late all the same because of outage of {names}: {payments}",
            )
        by = self._words.scenario(later.by)
        return say(
            f"om också avbrottet i {names} är åtgärdat senast {by}: {payments}",
            f"if the outage of {names} too is resolved by {by}: {payments}",
        )

    def _runs(self, runs: Iterable[RunImpact]) -> str:
        return several(self._run(run.payment.id, run.day) for run in runs)

    def _name(self, entity: str) -> str:
        return spoken(self._network.entity[entity].name)

    def _played(self, at: int) -> str:
        """When of play an instant of the scenario is over, or between which times where the stages skip it."""
        stages, when = self._exercise.stages, self._words.play(play_until(self._exercise, at))
        if at < stages[0].since:
            return say(f"före {when}", f"before {when}")
        if any(one.since <= at <= one.until for one in stages):
            return when
        later = next((one for one in stages if one.since > at), None)
        if later is None:
            return say(f"efter {when}", f"after {when}")
        return say(
            f"mellan {when} och {self._words.play(later.play)}", f"between {when} and {self._words.play(later.play)}"
        )

    def _answering(self, of: Sequence[str], runs: Sequence[RunImpact], actors: Sequence[str]) -> str:
        """The players who answer for what has to be over, also of what begins later, and do not decide on the payments."""
        later = (one for each in late_anyway(self._outcome, runs) for one in each.of)
        answering = {self._network.actor_of(one) for one in (*of, *later)}.difference(actors)
        names = self._words.actors([one for one in self._exercise.actors if one in answering])
        return say(f"{names} svarar för avbrottet", f"{names} answers for the outage") if names else ""

    def _deciding(self, at: int, runs: Sequence[RunImpact], actors: Sequence[str]) -> str:
        """Who decides before a deadline, and who of them may not know of the payments or is told nothing before it."""
        payments = [run.key for run in runs]
        told = {
            one.to
            for one in self._exercise.injects
            if one.evidence and one.is_for_players and one.evidence.event not in _UNTRUE and one.time < at
            if any(bears_on(self._outcome, one.evidence, run) for run in runs)
        }
        knowing = [actor for actor in actors if actor in told and self._has_a_part(actor, payments)]
        unaware = [actor for actor in actors if actor not in knowing]
        words = self._words.actors(knowing)
        if not unaware:
            return words
        waiting = say(
            f"{self._words.actors(unaware)} (vet bara om någon berättar)",
            f"{self._words.actors(unaware)} (know only if somebody tells them)",
        )
        return f"{words}; {waiting}" if words else waiting

    def _has_a_part(self, actor: str, payments: Sequence[tuple[str, str]]) -> bool:
        """Whether an actor may know that it has a part in some of some payments."""
        mask = masked(self._network, viewer_for(self._network, actor))
        return any(has_a_part(mask, actor, payment) for payment, _ in payments)

    def _harmed(self, impacts: Sequence[EntityImpact]) -> Table:
        headings = (
            say("Vad", "What"),
            say("Som lägst", "At the lowest"),
            say("Från", "From"),
            say("Till", "To"),
        )
        rows = tuple(
            (
                spoken(one.entity.name),
                level_words(min(level for *_, level in one.steps.pieces(self._outcome.start, self._outcome.end))),
                self._words.scenario(one.degraded_from or self._outcome.start),
                self._never() if one.restored is None else self._words.scenario(one.restored),
            )
            for one in impacts
        )
        return Table(headings, rows, say("Eget som blir nedsatt", "Own things that are impaired"))

    def _never(self) -> str:
        return say("inte inom perioden", "not within the period")

    def _run(self, payment: str, day: date) -> str:
        return f"{spoken(self._network.payment[payment].name)} ({brief_date(day)})"
