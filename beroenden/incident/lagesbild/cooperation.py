"""Whom to speak with about an outage."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from beroenden.incident.lagesbild.actors import (
    causing_actors,
    harmed_owners,
    late_banks,
    late_payers,
    upstream_actors,
)
from beroenden.incident.lagesbild.against_others import AgainstOthers
from beroenden.incident.lagesbild.claims import actor_claims
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.lagesbild.writer import Writer
from beroenden.language import say
from beroenden.model.entities import Contact
from beroenden.model.labels import strictest


class Cooperation(Writer):
    """Samverkansbehov."""

    def statements(self) -> Iterator[Statement]:
        """Whom to speak with, each once: where the cause lies, who stands between, who else is affected and how."""
        banks, paid_late = late_banks(self._outcome, self._at), late_banks(self._outcome)
        of_reader = banks if self._reader in banks else paid_late
        named = {self._actor, self._reader}
        is_unread = not all(self._basis.may_hear_of(one) for one in paid_late if self._is_shared(one))
        for role, actors in self._roles(banks, paid_late):
            if is_unread and (actors is banks or actors is paid_late):
                yield from self._unnamed(role) if actors is (banks or paid_late) else ()
                continue
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
                made = self._computed("prognos.samverkan", text, None, told, claims=tuple(actor_claims(fresh)))
                is_by_others = role in (self._confirmed, self._was_confirmed)
                labels = (self._confirmed_by_others.get(one, made.tlp) for one in told) if is_by_others else ()
                yield replace(made, tlp=strictest(made.tlp, *labels))

    def _unnamed(self, role: str) -> Iterator[Statement]:
        """That several banks have a part, where the names of the others would tell of which one the reader may not hear."""
        several = say("flera banker (namnges inte här)", "several banks (not named here)")
        yield self._computed("prognos.samverkan", f"{role}: {several}.")

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
        planned = say("Där ett avbrott är planerat", "Where an outage is planned")
        was_planned = say("Där ett avbrott var planerat", "Where an outage was planned")
        causing, all_causing = causing_actors(outcome, self._actor, self._at), causing_actors(outcome, self._actor)
        begun, were_out = self._not_only_planned(causing, self._at), self._not_only_planned(all_causing)
        return (
            (cause, self._out_for_sure(begun)),
            (self._confirmed, [one for one in begun if one in self._confirmed_by_others]),
            (cause + unconfirmed, begun),
            (planned, self._out_for_sure(causing)),
            (planned + unconfirmed, causing),
            (was_out, self._out_for_sure(were_out)),
            (self._was_confirmed, [one for one in were_out if one in self._confirmed_by_others]),
            (was_out + unconfirmed, were_out),
            (was_planned, self._out_for_sure(all_causing)),
            (was_planned + unconfirmed, all_causing),
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

    @property
    def _confirmed(self) -> str:
        return say(
            "Där något har avbrott (obekräftat i loggen, bekräftat av andra)",
            "Where something is out (unconfirmed in the log, confirmed by others)",
        )

    @property
    def _was_confirmed(self) -> str:
        return say(
            "Där något har haft avbrott (obekräftat i loggen, bekräftat av andra)",
            "Where something has been out (unconfirmed in the log, confirmed by others)",
        )

    @cached_property
    def _confirmed_by_others(self) -> dict[str, str]:
        """Who answers for something that others have confirmed is or was out, where the own log has not: the label of their words."""
        against, known, found = AgainstOthers(self._basis, self._actor), self._known, dict[str, str]()
        for outage, report in zip(known.scenario.outages, known.reports, strict=True):
            told = None if known.is_only_planned(outage) else against.confirmed_to_house(outage, report)
            if told is not None and outage.entity:
                actor = self._network.actor_of(outage.entity)
                found[actor] = strictest(found.get(actor, "TLP:CLEAR"), against.label_of(outage, [told]))
        return found

    def _not_only_planned(self, actors: list[str], since: int | None = None) -> list[str]:
        """Those of some actors that answer for something that was out at or after a time, or is feared; as far as may be told."""
        told = filter(self._may_tell, self._outcome.scenario.outages)
        lasting = (one for one in told if since is None or one.end is None or one.end > since)
        entities = [one.entity for one in lasting if one.entity and not self._known.is_only_planned(one)]
        return [one for one in actors if one in set(map(self._network.actor_of, entities))]

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


def contact_told(contact: Contact | None, *, is_withheld: bool) -> str:
    """The function that answers and how it is reached; that it is not shared, where all of it is withheld."""
    if is_withheld and not (contact and (contact.role or contact.channel)):
        return say("kontaktfunktionen delas inte", "the contact function is not shared")
    return contact_in_words(contact)


def contact_in_words(contact: Contact | None) -> str:
    """The function that answers and how it is reached."""
    parts = [part for part in (contact.role, contact.channel) if part] if contact else []
    return ", ".join(parts) or say("kontaktfunktion saknas i modellen", "no contact function in the model")
