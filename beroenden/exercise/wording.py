"""The words of what is put to a player: only from the model as that player may know it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from beroenden.exercise.exercise import Event, Evidence, Form
from beroenden.exercise.noticed import NAMES_PROVIDER, direct_provider, is_to_accounts, reporter
from beroenden.exercise.phrases import estimated, few, gap, part_in_words, several, within
from beroenden.incident.lagesbild.writer import sentence
from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.names import spoken
from beroenden.model.network import WITHHELD
from beroenden.sharing.masking import Masked
from beroenden.units.numbers import about, percent
from beroenden.units.times import brief_date, time_in_words, time_zone

Words = tuple[str, Form, str, str]
"""Sender, form, title and text."""


class Wording:
    """Says what happens to one player.

    Args:
        mask: The model as the player may know it.
        actor: The player's id.
        players: Ids of all who play: nobody speaks for them.
    """

    def __init__(self, mask: Masked, actor: str, players: Iterable[str] = ()) -> None:
        self._mask, self._network, self._actor = mask, mask.network, actor
        self._players = {mask.ids[one] for one in players} - {mask.ids[actor]}
        self._zone = time_zone(mask.network.timezone)
        self._tellers: dict[Event, Callable[[Evidence], Words]] = {
            "supply": self._supply,
            "level": self._level,
            "reserve": self._reserve,
            "stage": self._stage,
            "cutoff": self._cutoff,
            "late": self._late,
            "question": self._question,
            "media": self._media,
            "service": self._service,
            "rumour": self._rumour,
            "denial": self._denial,
            "unconfirmed": self._unconfirmed,
            "cause": self._cause,
            "fault": self._fault,
            "restored": self._restored,
            "completed": self._completed,
            "longer": self._longer,
            "deadline": self._deadline,
            "pace": self._pace,
        }

    def words(self, evidence: Evidence) -> Words:
        """Who says it, how, its title and its text."""
        return self._tellers[evidence.event](evidence)

    def label(self, evidence: Evidence) -> str:
        """The label of what is said: of everything that may be named of what it is about."""
        if evidence.event == "longer":  # its text names no payment
            return self._network.label_of(*(self._mask.ids[one] for one in evidence.entities))
        provider = direct_provider(evidence) if evidence.event in NAMES_PROVIDER else None
        runs = [payment for payment, _ in evidence.payments]
        named = [self._mask.ids[one] for one in (*evidence.entities, *([provider] if provider else []), *runs)]
        return self._network.label_of(*(one for one in named if one not in self._network.withheld))

    def may_name(self, entity: str) -> bool:
        """Whether the player may know the name of an entity."""
        return self._mask.ids[entity] not in self._network.withheld

    def said_wrong_of(self, evidence: Evidence) -> set[str]:
        """Ids of what the words of an evidence name as something that does not work, or did not."""
        if evidence.event not in (*NAMES_PROVIDER, "unconfirmed", "cause"):
            return set()
        provider = self._provider(evidence) if evidence.event in NAMES_PROVIDER else None
        return {*filter(self.may_name, evidence.entities), *([provider] if provider else [])}

    def tells(self, text: str) -> bool:
        """Whether a text names something that the player may not know of."""
        return self._mask.tells(text)

    def name(self, entity: str) -> str:
        """An entity's name, as far as the player may know it."""
        return spoken(self._entity(entity).name)

    def time(self, minutes: int) -> str:
        """An instant in running text."""
        return time_in_words(minutes, self._zone)

    def _entity(self, entity: str) -> Entity:
        return self._network.entity[self._mask.ids[entity]]

    def _is_own(self, entity: str) -> bool:
        return self._network.actor_of(self._mask.ids[entity]) == self._mask.ids[self._actor]

    def _provider(self, evidence: Evidence) -> str | None:
        """What fails at the player's border, where the player may know its name and that it is needed."""
        provider = direct_provider(evidence)
        if provider is None or not self.may_name(provider):
            return None
        is_of_stage = evidence.event in ("stage", "cutoff") and evidence.payments
        return None if is_of_stage and not self._is_known_need(evidence.payments[0][0], provider) else provider

    def _is_known_need(self, payment: str, provider: str) -> bool:
        """Whether the player may know that some stage of a payment needs something, of others' payments too."""
        found, there = self._network.payment[self._mask.ids[payment]], self._mask.ids[provider]
        if any(there == bank for bank, _ in self._network.accounts_of(found)):
            return True
        return any(
            there in need.providers and (found.id, place, index) not in self._network.withheld
            for place, stage in enumerate(found.stages)
            for index, need in enumerate(stage.needs)
        )

    def _from_own(self) -> str:
        return say("Egen drift (motspel)", "Own operations (role player)")

    def _from_contact(self) -> str:
        return say("Samverkanskontakt hos annan aktör (motspel)", "Contact at another actor (role player)")

    def _from(self, entity: str) -> str:
        """The function that speaks for an entity, where the player may know who that is, and nobody plays it."""
        return self._from_actor(self._network.actor_of(self._mask.ids[entity]))

    def _from_actor(self, owner: str) -> str:
        if owner in self._network.withheld or owner == WITHHELD:
            return say("Leverantör (motspel)", "Supplier (role player)")
        if owner == self._mask.ids[self._actor]:
            return self._from_own()
        if owner in self._players:
            return self._from_contact()
        contact = self._network.entity[owner].contact
        is_shown = contact is not None and contact.role is not None and not self._mask.tells(contact.role)
        role = f", {contact.role}" if contact and is_shown else ""
        return f"{spoken(self._network.entity[owner].name)}{role} ({say('motspel', 'role player')})"

    def _from_bank(self, evidence: Evidence) -> str:
        """The function that speaks for the bank that pays."""
        bank = self._paying_bank(evidence)
        if bank is None or bank in self._network.withheld:
            return say("Banken (motspel)", "The bank (role player)")
        return self._from_actor(bank)

    def _from_reporter(self, evidence: Evidence) -> str:
        """The function that speaks for who tells how a stage goes."""
        actor, bank = self._reporting(evidence), self._paying_bank(evidence)
        return self._from_bank(evidence) if actor is None or actor == bank else self._from_actor(actor)

    def _reporting(self, evidence: Evidence) -> str | None:
        """Who tells how a stage goes: who carries it, or the bank that pays; None: nobody whom the player knows."""
        payment = self._network.payment[self._mask.ids[evidence.payments[0][0]]]
        stage = next((stage for stage in payment.stages if stage.id == evidence.stage), None)
        actor = None if stage is None else reporter(self._network, payment, stage, self._mask.ids[self._actor])
        return payment.paying_bank if actor is None else actor

    def _paying_bank(self, evidence: Evidence) -> str | None:
        return self._network.payment[self._mask.ids[evidence.payments[0][0]]].paying_bank

    def _is_played(self, entity: str) -> bool:
        """Whether another player answers for it."""
        return self._network.actor_of(self._mask.ids[entity]) in self._players

    def _need(self, entity: str, provider: str) -> Need | None:
        """The need by which an entity rests on a provider, where the player may know of it."""
        here, there = self._entity(entity), self._mask.ids[provider]
        for index, need in enumerate(here.needs):
            if there in need.providers and (here.id, index) not in self._network.withheld:
                return need
        return None

    def _what(self, entity: str, provider: str) -> str:
        need = self._need(entity, provider)
        if need is None or not need.what or self._mask.tells(need.what):
            return ""
        return say(f" Det gäller: {sentence(need.what)}", f" It concerns: {sentence(need.what)}")

    def _names(self, entities: Iterable[str]) -> str:
        return several(self.name(one) for one in entities)

    def _first(self, names: Iterable[str]) -> str:
        """The first name, and how many more there are."""
        first, *more = dict.fromkeys(names)
        return first + (say(f" och {len(more)} till", f" and {len(more)} more") if more else "")

    def _payment_name(self, payment: str) -> str:
        return spoken(self._network.payment[self._mask.ids[payment]].name)

    def _runs(self, evidence: Evidence) -> str:
        """The payments with their dates: "Barnbidrag (fre 18 dec)"."""
        days: dict[str, list[str]] = {}
        for payment, day in evidence.payments:
            days.setdefault(self._payment_name(payment), []).append(brief_date(date.fromisoformat(day)))
        return several(f"{name} ({', '.join(each)})" for name, each in days.items())

    def _payments(self, evidence: Evidence) -> str:
        return several(self._payment_name(payment) for payment, _ in evidence.payments)

    def _first_payment(self, evidence: Evidence) -> str:
        return self._first(self._payment_name(payment) for payment, _ in evidence.payments)

    def _state(self, evidence: Evidence) -> str:
        """What is left: of systems their capacity, of authorities their work."""
        kinds = {one: self._entity(one).kind in ("authority", "process") for one in evidence.entities}
        systems = [one for one, is_work in kinds.items() if not is_work]
        at_work = [one for one, is_work in kinds.items() if is_work]
        left = percent(evidence.level or 0)
        parts = []
        if systems:
            names = self._names(systems)
            parts.append(
                say(f"{names} ligger nere.", f"Down: {names}.")
                if not evidence.level
                else say(f"{left} av förmågan är kvar: {names}.", f"{left} of capacity remains: {names}.")
            )
        if at_work:
            names = self._names(at_work)
            parts.append(
                say(f"Verksamheten står stilla: {names}.", f"Work is at a standstill: {names}.")
                if not evidence.level
                else say(f"Verksamheten går på {left}: {names}.", f"Work goes on at {left}: {names}.")
            )
        return " ".join(parts)

    def _level(self, evidence: Evidence) -> Words:
        names = self._first(self.name(one) for one in evidence.entities)
        title, better = say(f"Störning: {names}", f"Disturbance: {names}"), ""
        if not evidence.path:
            title = say(f"Fungerar bättre: {names}", f"Works better: {names}")
            better = say("Det går bättre än förut. ", "It works better than before. ")
        return self._from_own(), "telefon", title, better + self._state(evidence) + self._reason(evidence)

    def _reason(self, evidence: Evidence) -> str:
        provider = self._provider(evidence)
        if provider is None and len(evidence.path) > 1:
            return say(
                " Felet ligger utanför oss; vi vet inte var.",
                " The fault lies outside our organisation; we do not know where.",
            )
        if provider is None:
            ours = say(" Felet ligger hos oss; orsaken är inte känd.", " The fault is ours; its cause is not known.")
            return ours if evidence.path else ""
        why = "" if self._is_own(provider) else say(" Orsaken är okänd.", " The cause is not known.")
        text = say(
            f" Vi får inte det vi behöver från {self.name(provider)}.",
            f" We do not get what we need from {self.name(provider)}.",
        )
        return text + self._what(evidence.path[0], provider) + why

    def _supply(self, evidence: Evidence) -> Words:
        provider = self._provider(evidence)
        names = self._names(evidence.entities)
        lasts = ""
        if evidence.until is not None:
            without = self.name(provider) if provider else say("det", "it")
            lasts = self._lasts(evidence.entities, without, evidence.until)
        if provider is None:
            text = say(f"Något som {names} behöver kommer inte.", f"Something that {names} needs does not come.")
            return self._from_own(), "telefon", say(f"Störning för {names}", f"Disturbance for {names}"), text + lasts
        what = self._what(evidence.path[0], provider)
        whose = self.name(provider)
        if self._is_own(provider):
            title = say(f"{names} klarar sig tills vidare utan {whose}", f"{names} goes on for now without {whose}")
            text = say(f"{whose} fungerar inte som det ska.", f"{whose} does not work as it should.")
            return self._from_own(), "telefon", title, text + what + lasts
        if self._is_played(provider):
            text = say(
                f"Vi får inte det vi behöver från {whose}. Orsaken är okänd.",
                f"We do not get what we need from {whose}. The cause is not known.",
            )
            title = say(f"Leveransen från {whose} är störd", f"The supply from {whose} is disturbed")
            return self._from_own(), "telefon", title, text + what + lasts
        text = say(
            f"{whose} fungerar inte som det ska. Felsökning pågår; när det är åtgärdat går inte att säga.{what}",
            f"{whose} does not work as it should. It is being looked into; when it is resolved cannot be said.{what}",
        )
        title = say(f"{whose}: störning", f"{whose}: disturbance")
        heard = say(" Egen drift uppger:", " Own operations say:") if lasts else ""
        return self._from(provider), "telefon", title, text + heard + lasts

    def _lasts(self, entities: Sequence[str], without: str, until: int) -> str:
        """Until when one can do without something, of several the one that lasts shortest."""
        shortest, when = self.name(entities[0]), self.time(until)
        more = ""
        if len(entities) > 1:
            others = self._names(entities[1:])
            more = say(f", {others} minst lika länge", f", {others} at least as long")
        return say(
            f" {shortest} klarar sig utan {without} till {when}{more}.",
            f" {shortest} can do without {without} until {when}{more}.",
        )

    def _reserve(self, evidence: Evidence) -> Words:
        provider, names = self._provider(evidence), self._names(evidence.entities)
        lost = self.name(provider) if provider else say("En leverantör", "A supplier")
        title = say(f"Reserven för {names} är förlorad", f"The reserve of {names} is lost")
        text = say(
            f"{lost} är ute. {names} fungerar, men på sin sista reserv.",
            f"{lost} is out. {names} works, but on its last reserve.",
        )
        return self._from_own(), "telefon", title, text

    def _stage_name(self, evidence: Evidence) -> str:
        payment = self._network.payment[self._mask.ids[evidence.payments[0][0]]]
        known = (
            stage.name for stage in payment.stages if stage.id == evidence.stage and not self._mask.tells(stage.name)
        )
        return next(known, say("Ett steg i kedjan", "A stage of the chain"))

    def _blocked(self, evidence: Evidence) -> str:
        provider = self._provider(evidence)
        if provider is None:
            return ""
        if self._mask.ids[provider] == self._reporting(evidence):
            return say(" Felet ligger hos oss.", " The fault is ours.")
        if evidence.level:
            return say(
                f" {self.name(provider)} fungerar nu, men kom i gång för sent.",
                f" {self.name(provider)} works now, but came back too late.",
            )
        return say(
            f" {self.name(provider)} svarar inte som väntat.", f" {self.name(provider)} does not respond as expected."
        )

    def _stage(self, evidence: Evidence) -> Words:
        name, runs = self._stage_name(evidence), self._runs(evidence)
        title = say(f"Inte klart i tid: {name}", f"Not done in time: {name}")
        text = say(
            f"Steget {name} för {runs} skulle ha varit klart {self.time(evidence.at)}, men är det inte.",
            f"{name} for {runs} should have been done {self.time(evidence.at)}, but is not.",
        )
        return self._from_reporter(evidence), "telefon", title, text + self._blocked(evidence)

    def _cutoff(self, evidence: Evidence) -> Words:
        runs = self._runs(evidence)
        title = say("Bryttiden har passerat", "The cut-off has passed")
        text = say(
            f"Bryttiden {self.time(evidence.at)} för {runs} har passerat utan att underlaget kom in "
            f"(steg: {self._stage_name(evidence)}).",
            f"The cut-off {self.time(evidence.at)} for {runs} has passed without the file coming in "
            f"(stage: {self._stage_name(evidence)}).",
        )
        return self._from_reporter(evidence), "telefon", title, text + self._blocked(evidence)

    def _late(self, evidence: Evidence) -> Words:
        payments = (self._network.payment[self._mask.ids[payment]] for payment, _ in evidence.payments)
        banks = self._names(filter(self.may_name, evidence.entities)) if all(map(is_to_accounts, payments)) else ""
        runs, late = self._runs(evidence), self._late_count(evidence)
        where = say(f" till konton i {banks}", f" to accounts at {banks}") if banks else ""
        title = say(
            f"Pengarna har inte kommit: {self._first_payment(evidence)}",
            f"The money has not come: {self._first_payment(evidence)}",
        )
        text = say(
            f"{runs} skulle ha nått mottagarna{where} {self.time(evidence.at)}. Det har inte skett.",
            f"{runs} should have reached the recipients{where} {self.time(evidence.at)}. That has not happened.",
        )
        if evidence.level is not None:
            part, first = percent(1 - evidence.level), self._first_payment(evidence)
            whose = self._elsewhere(evidence) if evidence.entities else ""
            title = say(f"Alla har inte fått sina pengar: {first}", f"Not all have got their money: {first}")
            text = say(
                f"{runs} skulle ha nått alla mottagare {self.time(evidence.at)}. {part} av dem{whose} har inte fått sina "
                "pengar, spridda över bankerna.",
                f"{runs} should have reached all recipients {self.time(evidence.at)}. {part} of them{whose} have not got "
                "their money, across the banks.",
            )
        if late:
            text += say(
                f" Så många utbetalningar gäller det: {about(late)}.", f" So many payouts are concerned: {about(late)}."
            )
        return self._from_follow_up(), "muntligt", title, text

    def _elsewhere(self, evidence: Evidence) -> str:
        """That recipients have their accounts in the banks that an evidence is about: in which others they do not."""
        payments = [self._network.payment[self._mask.ids[payment]] for payment, _ in evidence.payments]
        here = {self._mask.ids[one] for one in evidence.entities}
        banks = dict.fromkeys(bank for one in payments for bank, _ in self._network.accounts_of(one))
        others = [bank for bank in banks if bank not in here]
        if any(bank in self._network.withheld or bank == WITHHELD for bank in others):
            return say(
                " i de banker där pengarna inte är försenade för alla",
                " at the banks where the money is not late for all",
            )
        names = several(spoken(self._network.entity[bank].name) for bank in others if bank)
        return say(f" med konto i någon annan bank än {names}", f" with accounts at another bank than {names}")

    def _late_count(self, evidence: Evidence) -> int | None:
        """Payouts that are late: those to accounts in the banks named; None where that is not known, or not for the player."""
        if not all(map(self.may_name, evidence.entities)):
            return None
        total = 0.0
        for payment in (self._network.payment[self._mask.ids[payment]] for payment, _ in evidence.payments):
            if payment.count is None:
                return None
            shares = self._network.accounts_of(payment)
            part = sum(share for bank, share in shares if bank in evidence.entities) if evidence.entities else 1.0
            total += payment.count * part * (1.0 - (evidence.level or 0.0))
        return round(total)

    def _question(self, evidence: Evidence) -> Words:
        runs = self._payments(evidence)
        sender = say("Kundtjänst (motspel)", "Customer service (role player)")
        title = say(
            f"Mottagare frågar: {self._first_payment(evidence)}", f"Recipients ask: {self._first_payment(evidence)}"
        )
        text = say(
            f"Många hör av sig om {runs}: pengarna har inte kommit. De frågar när de kommer, om de kan gå förlorade och vem "
            "som kan hjälpa dem i dag.",
            f"Many get in touch about {runs}: the money has not come. They ask when it comes, whether it can be lost and who "
            "can help them today.",
        )
        if evidence.level is not None:
            text += say(" Andra har fått sina.", " Others have got theirs.")
        return (
            sender,
            "telefon",
            title,
            f"{text} {gap('en eller två röster, ton och läge', 'one or two voices, tone and situation')}",
        )

    def _media(self, evidence: Evidence) -> Words:
        runs, to_all = self._payments(evidence), "" if evidence.level is None else say(" till alla", " to all")
        title = say(
            f"Redaktion frågar om {self._first_payment(evidence)}",
            f"A newsroom asks about {self._first_payment(evidence)}",
        )
        text = say(
            f"En redaktion har hört att {runs} inte har kommit fram{to_all}. Den vill veta hur många som drabbas, varför, "
            "och när det är löst. Den publicerar inom en timme.",
            f"A newsroom has heard that {runs} has not come through{to_all}. It wants to know how many are hit, why, and "
            "when it is solved. It publishes within the hour.",
        )
        return (
            say("Redaktion (motspel)", "Newsroom (role player)"),
            "telefon",
            title,
            f"{text} {gap('vinkel och citat', 'angle and quotes')}",
        )

    def _service(self, evidence: Evidence) -> Words:
        part, since = part_in_words(1 - (evidence.level or 0)), self.time(evidence.at)
        names = dict.fromkeys(self.name(one) for one in evidence.entities)
        groups = few(map(within, names))
        title = say(
            f"Nyhetsinslag: {self._first(names)} märker störningar",
            f"News item: {self._first(names)} notice disturbances",
        )
        text = say(
            f"Flera medier rapporterar att {part} sedan {since} inte kan betala, legitimera sig eller nå sina tjänster som "
            f"vanligt. Det gäller {groups}.",
            f"Several media report that since {since} {part} cannot pay, identify themselves or reach services as usual. "
            f"This concerns {groups}.",
        )
        sender = say("Nyhetsmedier (motspel)", "News media (role player)")
        return sender, "nyhetsinslag", title, f"{text} {gap('medieröst och bild', 'media voice and picture')}"

    def _rumour(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        title = say(f"Obekräftad uppgift om {name}", f"Unconfirmed word of {name}")
        text = say(
            f"Det sprids uppgifter om att {name} har ett fel som ligger bakom störningarna. Ingen har bekräftat det.",
            f"Word goes round that a fault in {name} is behind the disturbances. Nobody has confirmed it.",
        )
        sender = say("Omvärldsbevakning (motspel)", "Media monitoring (role player)")
        left = gap("var uppgiften sprids, och hur den låter", "where it goes round, and how it sounds")
        return sender, "muntligt", title, f"{text} {left}"

    def _denial(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        title = say(f"{name}: ingen störning", f"{name}: no disturbance")
        text = say(
            f"{name} har inga störningar, uppger den som ansvarar. Uppgifter om motsatsen stämmer inte.",
            f"{name} has no disturbances, according to those responsible. Word to the contrary is not true.",
        )
        return self._from(evidence.entities[0]), "telefon", title, text

    def _unconfirmed(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        begun = self.time(evidence.at if evidence.since is None else evidence.since)
        title = say(f"Uppgift om störning i {name}", f"Word of a disturbance in {name}")
        text = say(
            f"Det uppges att {name} har en störning sedan {begun}. Uppgiften är inte bekräftad av den som ansvarar.",
            f"There is said to be a disturbance in {name} since {begun}. Those responsible have not confirmed it.",
        )
        return self._from_contact(), "telefon", title, text

    def _cause(self, evidence: Evidence) -> Words:
        name = self.name(evidence.entities[0])
        title = say(f"Bekräftat: störning i {name}", f"Confirmed: disturbance in {name}")
        if evidence.since is not None:
            title = say(f"Bekräftat: läget i {name} har ändrats", f"Confirmed: {name}, a changed situation")
        return self._from(evidence.entities[0]), "telefon", title, self._disturbed(evidence) + self._until(evidence)

    def _fault(self, evidence: Evidence) -> Words:
        payment = self._network.payment[self._mask.ids[evidence.payments[0][0]]]
        part = say("alla mottagare", "all recipients")
        if evidence.level is not None:
            share = percent(1 - evidence.level)
            part = say(f"{share} av mottagarna", f"{share} of the recipients")
        title = say(
            f"Bekräftat: fel i filen för {self._first_payment(evidence)}",
            f"Confirmed: fault in the file for {self._first_payment(evidence)}",
        )
        text = say(
            f"Filen för {self._runs(evidence)} är felaktig för {part}; därför har de inte fått sina pengar.",
            f"The file for {self._runs(evidence)} is faulty for {part}; that is why they have not got their money.",
        )
        return self._from_actor(payment.payer), "telefon", title, text + self._until(evidence)

    def _until(self, evidence: Evidence) -> str:
        """When what is wrong is estimated to be resolved."""
        if evidence.until is None:
            return say(" När den är åtgärdad går inte att säga.", " When it is resolved cannot be said.")
        first, last = (self.time(one) for one in estimated(evidence.at, evidence.until))
        return say(
            f" Den uppskattas vara åtgärdad tidigast {first} och senast {last}.",
            f" It is estimated to be resolved no earlier than {first} and no later than {last}.",
        )

    def _disturbed(self, evidence: Evidence) -> str:
        """Since when something is disturbed, how much of it is left, and since when that where it was otherwise before."""
        name, left, since = self.name(evidence.entities[0]), percent(evidence.level or 0), self.time(evidence.at)
        if evidence.since is not None:
            begun = self.time(evidence.since)
            return say(
                f"{name} har en störning sedan {begun}. Sedan {since} är {left} av förmågan kvar.",
                f"There has been a disturbance in {name} since {begun}. Since {since} {left} of capacity remains.",
            )
        text = say(f"{name} har en störning sedan {since}.", f"There has been a disturbance in {name} since {since}.")
        remains = say(f" {left} av förmågan är kvar.", f" {left} of capacity remains.")
        return text + remains if evidence.level else text

    def _restored(self, evidence: Evidence) -> Words:
        provider, names = self._provider(evidence), self._names(evidence.entities)
        if provider is not None and not self._is_own(provider):
            name = self.name(provider)
            is_felt = self._is_played(provider) and bool(evidence.entities)
            text = say(f"{name} fungerar igen.", f"{name} works again.")
            if is_felt:
                text = say(f"Vi får åter det vi behöver från {name}.", f"We get what we need from {name} again.")
            if names:
                text += say(f" {names} har inte påverkats.", f" {names} was not affected.")
            sender = self._from_own() if is_felt else self._from(provider)
            return sender, "telefon", say(f"Fungerar igen: {name}", f"Works again: {name}"), text
        since = self.time(evidence.at)
        if not evidence.entities:
            title = say("Hindret för betalningarna är borta", "What held the payments up is gone")
            text = say(
                f"Det som hindrade {self._runs(evidence)} är åtgärdat.",
                f"What held up {self._runs(evidence)} is resolved.",
            )
            return self._from_bank(evidence), "telefon", title, text
        title = say("Fungerar igen: ", "Works again: ") + self._first(self.name(one) for one in evidence.entities)
        text = say(f"{names} fungerar fullt ut sedan {since}.", f"Fully working since {since}: {names}.")
        if evidence.until is not None:
            mended = self.time(evidence.until)
            text += say(f" Felet åtgärdades {mended}.", f" The fault was mended {mended}.")
        if not self._is_own(evidence.entities[0]):
            text += say(" Det som är beroende av det kan dröja.", " What depends on it may take longer.")
        return self._from(evidence.entities[0]), "telefon", title, text

    def _completed(self, evidence: Evidence) -> Words:
        runs = self._runs(evidence)
        title = say(
            f"Pengarna är framme: {self._first_payment(evidence)}",
            f"The money has come: {self._first_payment(evidence)}",
        )
        when, me = self.time(evidence.at), self._mask.ids[self._actor]
        paid = [self._network.payment[self._mask.ids[one]] for one, _ in evidence.payments]
        text = say(f"{runs} är framme hos alla mottagare {when}.", f"{runs} has reached all recipients {when}.")
        if evidence.level is not None:
            part, first = percent(evidence.level), self._first_payment(evidence)
            title = say(f"Pengarna är framme för de flesta: {first}", f"The money has come to most: {first}")
            text = say(
                f"{runs} är framme hos {part} av mottagarna {when}. De övriga har ännu inte fått sina pengar.",
                f"{runs} has reached {part} of the recipients {when}. The others have not got their money yet.",
            )
        if any(me not in (one.payer, one.paying_bank) for one in paid):
            text = say(
                f"{runs} är framme på konton hos oss {when}.", f"{runs} has reached the accounts with us {when}."
            )
        return self._from_follow_up(), "muntligt", title, text

    def _longer(self, evidence: Evidence) -> Words:
        until = self.time(evidence.until or evidence.at)
        title = say("Återställningen dröjer", "Recovery takes longer")
        names = self._names(evidence.entities)
        what = say("Störningen väntas nu", "The disturbance is now expected")
        if names:
            what = say(f"Störningen i {names} väntas nu", f"The disturbance in {names} is now expected")
        if len(evidence.entities) > 1:
            what = say(f"Störningarna i {names} väntas nu", f"The disturbances in {names} are now expected")
        text = say(f"{what} vara över först {until}.", f"{what} to be over only {until}.")
        is_own = any(map(self._is_own, (*evidence.path[-1:], *evidence.entities)))
        contact = say("Samverkanskontakt (motspel)", "Contact for cooperation (role player)")
        return self._from_own() if is_own else contact, "telefon", title, text

    def _deadline(self, evidence: Evidence) -> Words:
        runs, first = self._runs(evidence), self._first_payment(evidence)
        if self._paying_bank(evidence) in self._players or evidence.level is not None:
            text = say(
                f"Går {runs} som planerat, och vem hos oss beslutar om det inte gör det?",
                f"Does {runs} go as planned, and who of us decides if it does not?",
            )
            title = say(f"Går {first} som planerat?", f"Does {first} go as planned?")
            return self._from_follow_up(), "muntligt", title, text
        title = say(f"Banken frågar om {first}", f"The bank asks about {first}")
        text = say(
            f"Vi behöver besked om {runs}: går allt som planerat från er sida, och vem hos er beslutar om det inte gör det?",
            f"We need to know about {runs}: does all go as planned at your end, and who decides there if it does not?",
        )
        return self._from_bank(evidence), "telefon", title, text

    def _from_follow_up(self) -> str:
        return say("Egen uppföljning av utbetalningar (motspel)", "Own monitoring of payments (role player)")

    def _pace(self, evidence: Evidence) -> Words:
        title = say("Tiden i scenariot", "The time in the scenario")
        now = self.time(evidence.at)
        text = say(f"I scenariot är det nu {now}.", f"In the scenario it is now {now}.")
        return say("Spelledningen", "Game control"), "dokument", title, text
