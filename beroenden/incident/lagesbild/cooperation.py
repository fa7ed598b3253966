"""Whom to speak with about an outage, and what to ask."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property

from beroenden.incident.asked import waits
from beroenden.incident.comparison import Range, range_in_words
from beroenden.incident.known import has_ended
from beroenden.incident.lagesbild.actors import (
    causing_actors,
    harmed_owners,
    late_banks,
    late_payers,
    own_entities,
    own_runs,
    upstream_actors,
)
from beroenden.incident.lagesbild.assumptions import unknown_endurances
from beroenden.incident.lagesbild.claims import actor_claims
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.variations import level_in
from beroenden.incident.lagesbild.writer import Writer, known_name, listed, outage_name, sentence
from beroenden.incident.log.entries import Log, OutageEntry, Received, Request
from beroenden.incident.observed import SAME_LEVEL
from beroenden.incident.reported import latest_received, stands_at
from beroenden.incident.told_estimates import first_told, told_ends
from beroenden.incident.told_otherwise import seen_since, told_level, told_longer
from beroenden.language import say
from beroenden.model.entities import Contact
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import percent


class Cooperation(Writer):
    """Samverkansbehov, and behov av ytterligare information."""

    def statements(self) -> Iterator[Statement]:
        """Whom to speak with; then what is not known."""
        yield from self._cooperation()
        yield from self._about_outages()
        yield from self._disagreements()
        yield from self._unanswered()
        yield from self._lacking()

    def _cooperation(self) -> Iterator[Statement]:
        """Whom to speak with, each once: where the cause lies, who stands between, who else is affected and how."""
        banks, paid_late = late_banks(self._outcome, self._at), late_banks(self._outcome)
        of_reader = banks if self._reader in banks else paid_late
        named = {self._actor, self._reader}
        for role, actors in self._roles(banks, paid_late):
            readable = [one for one in actors if self._is_shared(one) and self._basis.may_hear_of(one)]
            fresh = [one for one in readable if one not in named]
            told = [one for one in actors if one in fresh or (actors is of_reader and self._is_reader(one))]
            if actors is banks and any(one in named for one in banks if one not in told):
                role = say(
                    "Andra banker vars kunder får någon betalning sent",
                    "Other banks whose customers receive some payment late",
                )
                role += self._if_feared
            named |= set(fresh)
            if told:
                text = f"{role}: {'; '.join(self._with_contact(actor) for actor in told)}."
                claims = tuple(actor_claims(fresh))
                yield self._computed("prognos.samverkan", text, None, told, claims=claims)

    def _roles(self, banks: list[str], paid_late: list[str]) -> tuple[tuple[str, list[str]], ...]:
        """What somebody has to do with it, the closest first; what is over stands last."""
        outcome, when = self._outcome, self._if_feared
        cause = say("Där något har avbrott", "Where something is out")
        impaired_later = say("Får nedsatta system längre fram", "Will have impaired systems later")
        payers, owners = late_payers(outcome, self._at), harmed_owners(outcome, self._at, self._at)
        if self._basis.is_feared:
            owners, cause = [], say("Där avbrottet befaras", "Where the outage is feared")
            impaired_later = say("Får nedsatta system", "Will have impaired systems") + when
        paying = self._too(payers, ("Betalar också sent", "Also paying late"), ("Betalar sent", "Paying late"))
        impaired = self._too(
            owners,
            ("Har också nedsatta system", "Also have impaired systems"),
            ("Har nedsatta system", "Have impaired systems"),
        )
        paid = say("Banker vars kunder får någon betalning sent", "Banks whose customers receive some payment late")
        were_paid = say(
            "Banker vars kunder har fått någon betalning sent", "Banks whose customers received some payment late"
        )
        unconfirmed = say(" enligt obekräftade uppgifter", " according to unconfirmed information")
        was_out = say("Där något har haft avbrott", "Where something has been out")
        causing, all_causing = causing_actors(outcome, self._actor, self._at), causing_actors(outcome, self._actor)
        return (
            (cause, self._out_for_sure(causing)),
            (cause + unconfirmed, causing),
            (was_out, self._out_for_sure(all_causing)),
            (was_out + unconfirmed, all_causing),
            (say("Mellan orsaken och oss", "Between the cause and us"), upstream_actors(outcome, self._actor)),
            (paying + when, payers),
            (paid + when, banks),
            (impaired, owners),
            (impaired_later, harmed_owners(outcome, self._at)),
            (say("Har betalat sent", "Have paid late"), late_payers(outcome)),
            (were_paid, paid_late),
            (say("Har haft nedsatta system", "Have had impaired systems"), harmed_owners(outcome)),
        )

    def _out_for_sure(self, actors: list[str]) -> list[str]:
        """Those of some actors that answer for something that is out by a word that is confirmed."""
        entities = {one.entity for one in self._outcome.scenario.outages if one.entity} - self._known.doubted
        sure = set(map(self._network.actor_of, entities))
        return [one for one in actors if one in sure]

    def _too(self, actors: list[str], also: tuple[str, str], alone: tuple[str, str]) -> str:
        """What others fare, as something that the actor shares only when it does."""
        return say(*(also if self._actor in actors else alone))

    @property
    def _reader(self) -> str | None:
        """The actor that reads, which need not be told to speak with itself."""
        actor = self._basis.viewer.actor if self._basis.viewer else None
        return self._basis.mask.ids.get(actor, actor) if actor else None

    def _is_reader(self, actor: str) -> bool:
        return actor == self._reader and self._is_shared(actor)

    def _with_contact(self, actor: str) -> str:
        entity = self._network.entity[actor]
        if self._is_reader(actor):
            return f"{entity.name} ({say('ni själva', 'yourselves')})"
        return f"{entity.name} ({contact_told(entity.contact, is_withheld=self._basis.withholds_contact(actor))})"

    def _about_outages(self) -> Iterator[Statement]:
        overtaken = {one.id for one in self._known.overtaken}
        known = self._known
        pairs = zip(known.scenario.outages, known.reports, known.over, strict=True)
        for index, (outage, report, is_over) in enumerate(pairs):
            if not self._may_tell(outage):
                continue
            told = self._said_of(outage, report, is_over) if report is not None else None
            other = self._said_level(outage, report) if report is not None and not is_over else None
            if self._basis.viewer is None:  # how to mend the log is for its house
                yield from (one for one in (told, other) if one is not None)
            if told is None and not is_over:
                name, path = known_name(self._basis, index), (outage.subject,)
                is_confirmed = report is not None and report.status == "confirmed"
                is_overtaken = report is not None and report.id in overtaken
                is_anothers = report is None and self._basis.log is not None
                yield self._unknown(f"{name}: {self._about(outage.end, is_overtaken, is_confirmed, is_anothers)}", path)

    def _said_of(self, outage: Outage, report: OutageEntry, is_over: bool) -> Statement | None:
        """What others have told of when an own outage ends, where the own log has it otherwise or does not know it."""
        if is_over:
            return self._said_to_go_on(outage, report)
        return self._said_to_have_ended(outage) or self._said_to_go_on(outage, report) or self._said_to_last(outage)

    @cached_property
    def _others_words(self) -> Log | None:
        """The log, as far as others' words of outages answer what would be asked; of another reader, what it has said itself."""
        viewer, log = self._basis.viewer, self._basis.log
        if viewer is None or log is None:
            return log
        return replace(log, entries=tuple(one for one in log.of(Received) if one.sender == viewer.actor))

    def _said_to_have_ended(self, outage: Outage) -> Statement | None:
        """That others have told when an outage ended whose end the own log does not say: there is nothing to ask of them."""
        told = told_ends(self._others_words, outage, self._at, self._zone)
        if not told:
            return None
        ends: dict[int, list[str]] = {}
        for end, received in told:
            ends.setdefault(end, []).append(received.sender_in(self._network))
        name = outage_name(self._network, outage)
        each = listed(f"{listed(names)} ({self._short(end)})" for end, names in ends.items())
        own = say("i loggen pågår det", "it goes on in the log")
        if outage.end is not None and outage.end <= self._at:
            taken = self._short(outage.end)
            own = say(f"i loggen antas det ha upphört {taken}", f"in the log it is assumed to have ended on {taken}")
        joined = say("och", "and") if [*ends] == [outage.end] else say("men", "but")
        text = say(
            f"{name}: {own}, {joined} det har upphört enligt {each}. Rätta den egna posten, eller fråga vad som gäller.",
            f"{name}: {own}, {joined} it has ended according to {each}. Correct the own entry, or ask which holds.",
        )
        return self._told(text, outage, [received for _, received in told])

    def _said_to_go_on(self, outage: Outage, report: OutageEntry) -> Statement | None:
        """That another has confirmed that an outage goes on, or ends, later than the own log has it."""
        pairs = zip(self._known.scenario.outages, self._known.reports, strict=True)
        own = (one for one, by in pairs if by is not None and self._may_tell(one))
        goes_on = any(one.subject == outage.subject and one.start > outage.start for one in own)
        if self._others_words is None or outage.end is None or goes_on:
            return None
        told = told_longer(self._others_words, outage, report, self._at, self._network)
        if told is None or seen_since(self._basis.log, outage.entity, stands_at(told.received)):
            return None
        name, by, until = outage_name(self._network, outage), self._by(told.received), self._short(outage.end)
        has_it = say(f"ska det vara åtgärdat {until}", f"it is to be resolved {until}")
        if has_ended(report):
            has_it = say(f"upphörde det {until}", f"it ended {until}")
        elif outage.end <= self._at:
            has_it = say(f"antas det ha upphört {until}", f"it is assumed to have ended on {until}")
        then = say("är slutet inte känt", "its end is not known")
        if told.end is not None:
            end = self._short(told.end)
            then = say(f"beräknas det vara åtgärdat {end}", f"it is expected to be resolved {end}")
            if told.end <= stands_at(told.received):
                then = say(f"upphörde det {end}", f"it ended {end}")
        text = say(
            f"{name}: i loggen {has_it}, men enligt {by} {then}. Rätta den egna posten, eller fråga vad som gäller.",
            f"{name}: in the log {has_it}, but according to {by} {then}. Correct the own entry, or ask which holds.",
        )
        return self._told(text, outage, [told.received])

    def _said_level(self, outage: Outage, report: OutageEntry) -> Statement | None:
        """That another has confirmed that more or less is left of what is out than the own log has."""
        is_now = outage.start <= self._at and (outage.end is None or outage.end > self._at)
        if self._others_words is None or outage.entity is None or not is_now:
            return None
        told = told_level(self._others_words, outage, report, self._network)
        if told is None or told.level is None or seen_since(self._basis.log, outage.entity, told.seen):
            return None
        name, by = outage_name(self._network, outage), told.received.sender_in(self._network)
        own = percent(outage.remaining)
        level, when = percent(told.level), self._short(told.seen)
        text = say(
            f"{name}: i loggen är {own} av förmågan kvar, men enligt {by} var det {level} ({when}). Rätta den egna posten, "
            "eller fråga vad som gäller.",
            f"{name}: in the log {own} of the capacity is left, but according to {by} it was {level} ({when}). Correct the own "
            "entry, or ask which holds.",
        )
        return self._told(text, outage, [told.received])

    def _by(self, received: Received) -> str:
        """Who says something in a delgivning, and as of when."""
        name = received.sender_in(self._network)
        return name if received.at is None else f"{name} ({self._short(received.at)})"

    def _said_to_last(self, outage: Outage) -> Statement | None:
        """How long others estimate an outage whose length the own log does not know; who answers for it goes first."""
        if outage.end is not None or self._others_words is None:
            return None
        answering = self._network.answering(outage.subject or "")
        latest = sorted(latest_received(self._others_words), key=lambda one: one.sender != answering)
        told = first_told(latest, outage, self._zone)
        if told is None:
            return None
        name, by = outage_name(self._network, outage), told.received.sender_in(self._network)
        lasts = _length_in_words(told.limits) if told.limits else duration_in_words(told.likely)
        text = say(
            f"{name}: i loggen är längden okänd, men {by} uppskattar den till {lasts}. För in det i den egna posten, eller fråga "
            "vad som gäller.",
            f"{name}: in the log the length is unknown, but {by} estimates it at {lasts}. Enter that in the own entry, or ask "
            "which holds.",
        )
        return self._told(text, outage, [told.received])

    def _told(self, text: str, outage: Outage, tellers: Iterable[Received]) -> Statement:
        """What others have told of an outage, under the strictest of their labels."""
        entity = outage.subject or ""
        said = (
            self._basis.label_for(received.label_of(one))
            for received in tellers
            for one in received.statements
            if any(claim.subject == entity for claim in one.claims)
        )
        made = self._computed("prognos.information", text, None, (), status="okänd", names=(entity,))
        return replace(made, tlp=strictest(made.tlp, *said))

    def _about(self, end: int | None, is_overtaken: bool, is_confirmed: bool, is_anothers: bool) -> str:
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
        if is_confirmed or is_anothers:
            return say(
                f"håller uppskattningen att det är åtgärdat {self._time(end)}?",
                f"does the estimate hold that it is resolved on {self._time(end)}?",
            )
        return say(
            f"är det bekräftat, och håller uppgiften att det är åtgärdat {self._time(end)}?",
            f"is it confirmed, and does it hold that it is resolved on {self._time(end)}?",
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
                is_reported = any(outage.end is None or outage.end > self._at for outage in reported)
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


def contact_told(contact: Contact | None, *, is_withheld: bool) -> str:
    """The function that answers and how it is reached; that it is not shared, where all of it is withheld."""
    if is_withheld and not (contact and (contact.role or contact.channel)):
        return say("kontaktfunktionen delas inte", "the contact function is not shared")
    return contact_in_words(contact)


def contact_in_words(contact: Contact | None) -> str:
    """The function that answers and how it is reached."""
    parts = [part for part in (contact.role, contact.channel) if part] if contact else []
    return ", ".join(parts) or say("kontaktfunktion saknas i modellen", "no contact function in the model")


def _length_in_words(limits: Range) -> str:
    """The limits of an estimated length."""
    least = None if limits.least is None else duration_in_words(limits.least)
    return range_in_words(least, duration_in_words(limits.likely), duration_in_words(limits.most))
