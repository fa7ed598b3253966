"""What a player may know by name, and the functions that speak to it."""

from collections.abc import Callable, Iterable
from datetime import date

from beroenden.exercise.exercise import Evidence, Form
from beroenden.exercise.noticed import NAMES_PROVIDER, direct_provider, reporter
from beroenden.exercise.phrases import several
from beroenden.incident.lagesbild.writer import sentence
from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.names import spoken
from beroenden.model.network import WITHHELD
from beroenden.sharing.masking import Masked
from beroenden.units.numbers import percent
from beroenden.units.times import brief_date, time_in_words, time_zone

Words = tuple[str, Form, str, str]
"""Sender, form, title and text."""


class Naming:
    """Names things and senders to one player.

    Args:
        mask: The model as the player may know it.
        actor: The player's id.
        level_at: How much of an entity works at an instant, 0–1; of ids in the whole model.
        players: Ids of all who play: nobody speaks for them.
    """

    def __init__(
        self, mask: Masked, actor: str, level_at: Callable[[str, int], float], players: Iterable[str] = ()
    ) -> None:
        self._mask, self._network, self._actor, self._level_at = mask, mask.network, actor, level_at
        self._players = {mask.ids[one] for one in players} - {mask.ids[actor]}
        self._zone = time_zone(mask.network.timezone)

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
        return self._need_of_stage(payment, provider) is not None

    def _need_of_stage(self, payment: str, provider: str) -> Need | None:
        """The need by which some stage of a payment rests on a provider, where the player may know of it."""
        found, there = self._network.payment[self._mask.ids[payment]], self._mask.ids[provider]
        for place, stage in enumerate(found.stages):
            for index, need in enumerate(stage.needs):
                if there in need.providers and (found.id, place, index) not in self._network.withheld:
                    return need
        return None

    def _is_without_others(self, evidence: Evidence, provider: str) -> bool:
        """Whether so many others fail too, of those that can stand in for what fails at the player's border, that none does."""
        if evidence.entities:
            need = self._need(evidence.path[0], provider)
        else:
            need = self._need_of_stage(evidence.payments[0][0], provider)
        if need is None or need.form != "any_of":
            return False
        whole = {there: here for here, there in self._mask.ids.items()}
        harmed = sum(self._level_at(whole[one], evidence.at) < 1 for one in need.providers)
        return harmed > len(need.providers) - need.at_least > 0

    def _left(self, provider: str, at: int) -> str:
        """How much of what fails at the player's border works; nothing where none of it does."""
        level = self._level_at(provider, at)
        if not 0 < level < 1:
            return ""
        name, left = self.name(provider), percent(level)
        return say(f"{name} fungerar till ungefär {left}.", f"{name} works to about {left}.")

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

    def _stage_name(self, evidence: Evidence) -> str:
        payment = self._network.payment[self._mask.ids[evidence.payments[0][0]]]
        known = (
            stage.name for stage in payment.stages if stage.id == evidence.stage and not self._mask.tells(stage.name)
        )
        return next(known, say("Ett steg i kedjan", "A stage of the chain"))

    def _from_follow_up(self) -> str:
        return say("Egen uppföljning av utbetalningar (motspel)", "Own monitoring of payments (role player)")
