"""What is not known, and whom to ask."""

from collections.abc import Iterator
from dataclasses import replace

from beroenden.incident.asked import waits
from beroenden.incident.lagesbild.actors import (
    own_entities,
    own_runs,
)
from beroenden.incident.lagesbild.against_others import AgainstOthers
from beroenden.incident.lagesbild.assumptions import unknown_endurances
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import level_in
from beroenden.incident.lagesbild.writer import Writer, known_name, listed, sentence
from beroenden.incident.log.entries import OutageEntry, Request
from beroenden.incident.observed import SAME_LEVEL
from beroenden.incident.reported import told_by
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.numbers import percent


class Information(Writer):
    """Behov av ytterligare information."""

    def statements(self) -> Iterator[Statement]:
        """What is to be asked of outages, of what was observed and of others; then what the numbers lack."""
        yield from self._about_outages()
        yield from self._disagreements()
        yield from self._unanswered()
        yield from self._lacking()

    def _about_outages(self) -> Iterator[Statement]:
        overtaken = {one.id for one in self._known.overtaken}
        others, known = AgainstOthers(self._basis, self._actor), self._known
        if self._basis.viewer is None:
            last = {one.subject: one for one in known.unreported if known.is_of_others(one, None)}
            yield from filter(None, map(others.between_others, last.values()))
        pairs = zip(known.scenario.outages, known.reports, known.over, strict=True)
        for index, (outage, report, is_over) in enumerate(pairs):
            if not self._may_tell(outage):
                continue
            told = others.about_end(outage, report, is_over) if report is not None else None
            other = others.about_level(outage, report) if report is not None and not is_over else None
            sure = others.about_doubt(outage, report) if report is not None else None
            if self._basis.viewer is None:  # how to mend the log is for its house
                differing = [one for one in (told, other) if one is not None]
                yield from differing or ([] if sure is None else [sure])
            if (told is None or known.is_unseen(outage)) and not is_over:
                name, path = known_name(self._basis, index), (outage.subject,)
                is_overtaken = report is not None and report.id in overtaken
                is_confirmed = sure is not None or self._is_confirmed(outage, report)
                asked = self._about_own(outage, report) or self._about(outage.end, is_overtaken, is_confirmed)
                if known.is_only_planned(outage):
                    name, asked = self._planned(name, outage), self._about_planned(outage, is_confirmed)
                made = self._unknown(f"{name}: {asked}", path)
                yield made if sure is None else replace(made, tlp=strictest(made.tlp, sure.tlp))

    def _about_own(self, outage: Outage, report: OutageEntry | None) -> str:
        """Whether an outage of what the own house answers for is so, where only others tell of it; "" of any other."""
        is_own = self._network.answering(outage.subject) == self._actor
        if not is_own or self._basis.viewer is not None or not self._known.is_of_others(outage, report):
            return ""
        told = told_by(self._known.log, outage.subject) if self._known.log else []
        by = listed(one.sender_in(self._network) for one in told)
        return say(
            f"stämmer det? Det är vårt eget, och bara {by} uppger det. För in i loggen vad som gäller.",
            f"is it so? It is our own, and only {by} tells of it. Enter in the log what holds.",
        )

    def _is_confirmed(self, outage: Outage, report: OutageEntry | None) -> bool:
        """Whether the log, or others whom it repeats, have an outage as confirmed."""
        if report is not None:
            return report.status == "confirmed"
        return self._basis.log is not None and not self._known.is_unconfirmed(outage, report)

    def _about(self, end: int | None, is_overtaken: bool, is_confirmed: bool) -> str:
        if is_overtaken:
            return say(
                "har varat längre än den längsta uppskattningen. Vilken är den nya?",
                "has lasted longer than the longest estimate. What is the new one?",
            )
        if end is None:
            return say(
                "när beräknas det vara åtgärdat? Längden är okänd.",
                "when is it expected to be resolved? The length is unknown.",
            )
        if end <= self._at:
            return say(
                f"antas ha upphört {self._time(end)}. Har det bekräftats?",
                f"assumed to have ended on {self._time(end)}. Has this been confirmed?",
            )
        if is_confirmed:
            return say(
                f"håller uppskattningen att det är åtgärdat {self._time(end)}?",
                f"does the estimate hold that it is resolved on {self._time(end)}?",
            )
        return say(
            f"är det bekräftat, och håller uppgiften att det är åtgärdat {self._time(end)}?",
            f"is it confirmed, and does it hold that it is resolved on {self._time(end)}?",
        )

    def _planned(self, name: str, outage: Outage) -> str:
        """The name of a planned outage, with when it is to begin."""
        since = self._time(outage.start)
        return say(f"{name}, planerat från {since}", f"{name}, planned from {since}")

    def _about_planned(self, outage: Outage, is_confirmed: bool) -> str:
        if outage.start <= self._at:
            return self._about_unseen(outage)
        sure = "" if is_confirmed else say("är det bekräftat, och ", "is it confirmed, and ")
        if outage.end is None:
            return sure + say(
                "blir det av då, och när beräknas det vara åtgärdat? Längden är okänd.",
                "will it take place then, and when is it expected to be resolved? The length is unknown.",
            )
        until = self._time(outage.end)
        return sure + say(
            f"blir det av då, och är det åtgärdat {until}?", f"will it take place then, and be resolved on {until}?"
        )

    def _about_unseen(self, outage: Outage) -> str:
        """Whether what was planned for a time that has come took place."""
        if outage.end is None:
            return say(
                "har det börjat, och när beräknas det vara åtgärdat? Längden är okänd.",
                "has it begun, and when is it expected to be resolved? The length is unknown.",
            )
        until = self._time(outage.end)
        if outage.end <= self._at:
            return say(f"blev det av, och upphörde det {until}?", f"did it take place, and end on {until}?")
        return say(
            f"har det börjat, och är det åtgärdat {until}?", f"has it begun, and will it be resolved on {until}?"
        )

    def _disagreements(self) -> Iterator[Statement]:
        """Where what was observed, and holds, is not what the model would have said."""
        if self._known.unobserved is None:
            return
        for one in self._known.held:
            entity, seen = one.entity or "", one.level or 0.0
            said = level_in(self._outcome, self._unseen(entity, self._known.unobserved), entity, one.time)
            is_told = self._is_shared(entity) and entity not in self._known.scenario.withheld
            if is_told and abs(seen - said) >= SAME_LEVEL:
                name, when = self._name(entity), self._short(one.time)
                reported = (outage for outage in self._known.unobserved.outages if outage.entity == entity)
                begun = (outage for outage in reported if outage.start <= one.time)
                is_reported = any(outage.end is None or outage.end > self._at for outage in begun)
                ask = say(
                    "Stämmer modellens beroenden, eller finns en annan orsak?",
                    "Are the model's dependencies right, or is there another cause?",
                )
                if is_reported:
                    ask = say(
                        "Stämmer det rapporterade avbrottet, eller är det över?",
                        "Is the reported outage right, or is it over?",
                    )
                text = say(
                    f"{name} observerades {when} ha {percent(seen)} av sin förmåga; modellen räknar utan observationen "
                    f"med {percent(said)}. {ask}",
                    f"{name} was observed at {percent(seen)} of its capacity ({when}); without the observation the model "
                    f"computes {percent(said)}. {ask}",
                )
                yield self._computed("prognos.information", text, one.time, (entity,))

    def _unseen(self, entity: str, unobserved: Scenario) -> Scenario:
        """The scenario without what was observed of one entity."""
        scenario = self._known.scenario
        others = (one for one in scenario.outages if one.entity != entity)
        own = (one for one in unobserved.outages if one.entity == entity)
        pins = tuple(one for one in scenario.pins if one.entity != entity)
        return replace(scenario, outages=(*others, *own), pins=pins, since=scenario.start)

    def _unanswered(self) -> Iterator[Statement]:
        """Requests to others in the own log whose answer should have come; for another reader none."""
        asked = self._basis.log.of(Request) if self._basis.log and self._basis.viewer is None else []
        for one in asked:
            is_ours = one.to == self._actor and one.actor != self._actor
            if one.due is not None and one.due < self._at and waits(self._basis, one) and not is_ours:
                to, due = self._name(one.to) if one.to else say("alla", "all"), self._short(one.due)
                asker = "" if one.actor == self._actor else say(" från ", " from ") + self._name(one.actor)
                text = say(
                    f"Begäran{asker} till {to} är obesvarad, och svaret skulle ha kommit {due}: {sentence(one.text)}",
                    f"The request{asker} to {to} is not answered, and the answer was due {due}: {sentence(one.text)}",
                )
                made = self._entered(one, "prognos.information", text)
                yield replace(made, status="okänd", disclose=False)

    def _lacking(self) -> Iterator[Statement]:
        """What the numbers rest on and the model does not know."""
        for entity, _, need in unknown_endurances(self._outcome, self._actor):
            providers = listed(self._name(provider) for provider in need.providers)
            name = self._name(entity)
            text = say(
                f"Hur länge klarar sig {name} utan {providers}?", f"How long does {name} manage without {providers}?"
            )
            yield self._unknown(text, (entity, *need.providers))
        impacts = own_entities(self._outcome, self._actor)
        on_paths = dict.fromkeys(link.entity for impact in impacts for link in impact.because)
        lacking = [one for one in on_paths if self._is_shared(one) and self._network.entity[one].rto is None]
        if lacking:
            names = listed(self._name(one) for one in lacking)
            text = say(
                f"Vilken återställningstid gäller? Den saknas i modellen för {names}.",
                f"What recovery time applies? It is missing from the model for {names}.",
            )
            yield self._unknown(text, tuple(lacking))
        payments = [run.run.payment for run in own_runs(self._outcome, self._actor)]
        sizeless = [payment for payment in payments if payment.count is None or payment.amount is None]
        if sizeless:
            names = listed(payment.name for payment in sizeless)
            text = say(
                f"Antal eller belopp saknas i modellen för {names}.",
                f"Numbers or amounts are missing from the model for {names}.",
            )
            yield self._unknown(text, ())

    def _unknown(self, text: str, path: tuple[str, ...]) -> Statement:
        return self._computed("prognos.information", text, None, path, status="okänd")
