"""What only the game control is told: what happens behind what the players see, deadlines, and the beginning of stages."""

from collections.abc import Iterator, Sequence

from beroenden.consequences.outcome import Outcome, RunImpact
from beroenden.exercise.causes import Later, late_anyway, to_be_over
from beroenden.exercise.exercise import CONTROL, Evidence, Inject, Stage
from beroenden.exercise.pace import pace_words, told_at
from beroenden.exercise.phrases import several
from beroenden.exercise.skipped import is_out_at
from beroenden.exercise.witness import Witness
from beroenden.incident.lagesbild.writer import outage_name
from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.model.scenario import Outage, Pin
from beroenden.units.numbers import percent
from beroenden.units.times import table_time, time_in_words, time_zone

Told = tuple[str, Evidence, Inject]
"""A player's id, a deadline of its, and what it would be nudged with."""


class Notes:
    """Writes the game control's notes.

    Args:
        outcome: What happens.
        witnesses: What each player can be told.
    """

    def __init__(self, outcome: Outcome, witnesses: Sequence[tuple[str, Witness]]) -> None:
        self._outcome, self._network, self._scenario = outcome, outcome.network, outcome.scenario
        self._witnesses, self._actors = witnesses, [actor for actor, _ in witnesses]
        self._zone = time_zone(outcome.network.timezone)

    def hidden(self, made: Sequence[Stage]) -> Iterator[Inject]:
        """What happens behind what the players see."""
        for outage in self._scenario.outages:
            about_it = (outage.entity,) if outage.entity else ()
            until = outage.end
            evidence = Evidence("outage", outage.start, about_it, path=about_it, level=outage.remaining, until=until)
            name = outage_name(self._network, outage)
            knowing = self._knowing(outage, made)
            lasts = say("tills vidare", "until further notice")
            if until is not None:
                lasts = say(f"till {self._time(until)}", f"until {self._time(until)}")
            text = say(
                f"{name} börjar {self._time(outage.start)} och varar {lasts}. {knowing}",
                f"{name} begins {self._time(outage.start)} and lasts {lasts}. {knowing}",
            )
            yield self._control(outage.start, say(f"Dolt: {name}", f"Hidden: {name}"), text, evidence)
        yield from map(self._held, self._scenario.pins)

    def stage(self, stage: Stage) -> Inject:
        """That a stage begins, and at what pace time passes in it."""
        title = say(f"Skede {stage.number} börjar", f"Stage {stage.number} begins")
        evidence = Evidence("pace", stage.since, until=stage.until)
        return self._control(stage.since, title, pace_words(stage, self._zone), evidence)

    def deadline(self, evidence: Evidence, time: int, told: Sequence[Told], knowing: Sequence[Told]) -> Inject:
        """Until when payments can be saved, who decides under that, and who cannot know of it.

        Args:
            evidence: The deadline with its runs.
            time: When it is noted.
            told: The players that have it.
            knowing: Those of them that can know of it.
        """
        by = self._time(evidence.at)
        names = several(spoken(self._network.payment[payment].name) for payment, _ in evidence.payments)
        who = several(self._with_its_own(actor, one, evidence) for actor, one, _ in knowing)
        unaware = several(self._name(one[0]) for one in told if one not in knowing)
        title = say(f"Frist: {names}", f"Deadline: {names}")
        text = say(
            f"Är {self._unresolved(evidence)} senast {by} kommer {names} för sent.",
            f"If {self._unresolved(evidence)} by {by}, {names} will be late.",
        )
        text += self._late_anyway(evidence)
        if who:
            text += say(
                f" Beslut under fristen: {who}. Har de tagit upp den?",
                f" To decide before it: {who}. Have they raised it?",
            )
        if unaware:
            text += say(
                f" Inget inspel säger något om den till {unaware}, som bara kan veta av andra.",
                f" No inject says anything of it to {unaware}, who can only know from others.",
            )
        answering = dict.fromkeys(map(self._network.actor_of, self._out(evidence)))
        deciding = {actor for actor, _, _ in told}
        if others := several(self._name(one) for one in answering if one in self._actors and one not in deciding):
            text += say(
                f" För det som ska åtgärdas svarar {others}.", f" What is to be resolved is answered for by {others}."
            )
        return self._control(time, title, text, evidence)

    def _unresolved(self, deadline: Evidence) -> str:
        """That what has to be over by a deadline is not."""
        names = [self._name(one) for one in to_be_over(self._outcome, self._late(deadline))]
        if not names:
            return say("felet i filen inte åtgärdat", "the fault in the file is not resolved")
        if len(names) == 1:
            return say(f"avbrottet i {names[0]} inte åtgärdat", f"the outage of {names[0]} is not resolved")
        return say(f"avbrotten i {several(names)} inte åtgärdade", f"the outages of {several(names)} are not resolved")

    def _late_anyway(self, deadline: Evidence) -> str:
        """Which of the payments of a deadline are late all the same for an outage that begins later; "" where none is."""
        found = late_anyway(self._outcome, self._late(deadline)).items()
        return "".join(self._unless(later, several(spoken(run.payment.name) for run in runs)) for later, runs in found)

    def _unless(self, later: Later, payments: str) -> str:
        """That payments are late all the same for an outage that begins later, and by when that too has to be over."""
        of = several(map(self._begun, later.of))
        text = say(
            f" Avbrott i {of} gör ändå att {payments} kommer för sent",
            f" Outage of {of} makes {payments} late all the same",
        )
        if later.by is None:
            return text + "."
        by = self._time(later.by)
        return text + say(
            f"; är det också åtgärdat senast {by} räcker det.",
            f"; if that too is resolved by {by}, that is enough.",
        )

    def _late(self, deadline: Evidence) -> list[RunImpact]:
        """The late runs that a deadline is of."""
        return [run for run in self._outcome.late_runs if run.key in deadline.payments]

    def _out(self, deadline: Evidence) -> list[str]:
        """Ids of all that has to be over for the payments of a deadline to come in time, also what begins later."""
        runs = self._late(deadline)
        later = (one for each in late_anyway(self._outcome, runs) for one in each.of)
        return [*deadline.path, *to_be_over(self._outcome, runs), *later]

    def _begun(self, entity: str) -> str:
        """What is out, and from when it last is."""
        begins = max((one.start for one in self._scenario.outages if one.entity == entity), default=None)
        when = "" if begins is None else say(f" (från {self._time(begins)})", f" (from {self._time(begins)})")
        return self._name(entity) + when

    def _with_its_own(self, actor: str, deadline: Evidence, together: Evidence) -> str:
        """A player's name, and the payments that it decides on where those are not all that have the deadline."""
        own = dict.fromkeys(payment for payment, _ in deadline.payments)
        if own.keys() == {payment for payment, _ in together.payments}:
            return self._name(actor)
        return f"{self._name(actor)} ({several(spoken(self._network.payment[one].name) for one in own)})"

    def _held(self, pin: Pin) -> Inject:
        """A level that the scenario holds, whatever the outages lead to."""
        evidence = Evidence("outage", pin.start, (pin.entity,), path=(pin.entity,), level=pin.level, until=pin.end)
        name, level = self._name(pin.entity), percent(pin.level)
        lasts = say("tills vidare", "until further notice")
        if pin.end is not None:
            lasts = say(f"till {self._time(pin.end)}", f"until {self._time(pin.end)}")
        text = say(
            f"{name} hålls på {level} från {self._time(pin.start)} {lasts}, vad avbrotten än leder till. ",
            f"{name} is held at {level} from {self._time(pin.start)} {lasts}, whatever the outages lead to. ",
        )
        owner = self._network.actor_of(pin.entity)
        knows = say("Bekräftas inte för någon av de övade.", "Not confirmed to any of the players.")
        if owner in self._actors:
            others = several(self._name(one) for one in self._actors if one != owner)
            knows = say(f"{self._name(owner)} ser det själv", f"{self._name(owner)} sees it for itself")
            knows += say(f"; bekräftas inte för {others}.", f"; not confirmed to {others}.") if others else "."
        title = say(f"Dolt: {name} hålls på {level}", f"Hidden: {name} is held at {level}")
        return self._control(pin.start, title, text + knows, evidence)

    def _knowing(self, outage: Outage, made: Sequence[Stage]) -> str:
        """When each player is told of it."""
        told = [(self._name(actor), witness.told_of(outage)) for actor, witness in self._witnesses]
        through = {self._name(actor): witness.depends_on(outage) for actor, witness in self._witnesses}
        when = [(name, None if at is None else told_at(at, made)) for name, at in told]
        told = [(name, at if at is not None and is_out_at(outage, at) else None) for name, at in when]
        known = [(name, at) for name, at in told if at is not None]
        parts = [f"{name} {table_time(at, self._zone)}" for name, at in known]
        waiting = [name for name, at in told if at is None and through[name] is not None]
        never = [name for name, at in told if at is None and through[name] is None]
        seen = {self._name(actor): witness.meets(outage) for actor, witness in self._witnesses}
        if parts:
            parts[0] = say("Bekräftas för ", "Confirmed to ") + parts[0]
        for teller in dict.fromkeys(one for name in waiting if (one := through[name])):
            whose, by = several(name for name in waiting if through[name] == teller), self._name(teller)
            parts.append(say(f"{whose} vet bara om {by} berättar", f"{whose} know only if {by} tells them"))
        if never:
            nobody = say("inte för ", "not to ") if parts else say("Bekräftas inte för ", "Not confirmed to ")
            parts.append(nobody + several(never))
        met: dict[int, list[str]] = {}
        for name in never:
            if (at := seen[name]) is not None:
                met.setdefault(told_at(at, made), []).append(name)
        for at, names in sorted(met.items()):
            whose = say("de", "they") if names == never else several(names)
            parts.append(self._noticing(whose, table_time(at, self._zone)))
        return "; ".join(parts) + "."

    def _noticing(self, whose: str, when: str) -> str:
        """Who has it from its own operations or its supplier that something fails, and when; nobody says how long."""
        return say(
            f"{whose} märker från {when} att det inte fungerar som det ska, men får inte veta när det är åtgärdat",
            f"{whose} notice from {when} that it does not work as it should, but are not told when it is resolved",
        )

    def _control(self, time: int, title: str, text: str, evidence: Evidence) -> Inject:
        """Something that only the game control gets."""
        sender = say("Spelledningen", "Game control")
        return Inject(0, 0, 0, time, sender, CONTROL, "dokument", "spelledning", title, text, evidence=evidence)

    def _name(self, actor: str) -> str:
        return spoken(self._network.entity[actor].name)

    def _time(self, minutes: int) -> str:
        return time_in_words(minutes, self._zone)
