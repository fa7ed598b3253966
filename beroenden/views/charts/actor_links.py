"""What actors need of each other directly."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beroenden.model.entities import Need
from beroenden.model.network import Network


@dataclass(frozen=True, slots=True)
class Links:
    """Needs between actors: (consumer, provider) of each, with how many, and how many have no reserve."""

    needs: Counter[tuple[str, str]]
    without_reserve: Counter[tuple[str, str]]

    def among(self, actors: Iterable[str]) -> "Links":
        """Those between some actors."""
        chosen = set(actors)
        return Links(*(_within(one, chosen) for one in (self.needs, self.without_reserve)))

    def actors(self) -> list[str]:
        """Everyone that needs or is needed, from the one with most needs, given and taken."""
        count: Counter[str] = Counter()
        for (consumer, provider), needs in self.needs.items():
            count[consumer] += needs
            count[provider] += needs
        return sorted(count, key=lambda actor: (-count[actor], actor))

    def consumers(self) -> Counter[str]:
        """By how many actors each is needed."""
        return Counter(provider for _, provider in self.needs)

    def providers(self) -> Counter[str]:
        """How many actors each needs."""
        return Counter(consumer for consumer, _ in self.needs)


def _within(count: Counter[tuple[str, str]], chosen: set[str]) -> Counter[tuple[str, str]]:
    return Counter({pair: needs for pair, needs in count.items() if chosen.issuperset(pair)})


def links_between_actors(network: Network) -> Links:
    """Needs of all but groups of citizens, each actor's own entities taken together; nothing of what is withheld.

    What an actor's payments need in their stages counts as its needs, once however many payments. What it needs of
    itself is not counted.
    """
    needs, without_reserve = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for consumer, need in _told_needs(network):
        shown = [one for one in need.providers if one not in network.withheld]
        for provider in dict.fromkeys(map(network.actor_of, shown)):
            if provider != consumer and provider not in network.withheld:
                needs[consumer, provider] += 1
                without_reserve[consumer, provider] += not _has_reserve(network, need, provider)
    return Links(needs, without_reserve)


def _told_needs(network: Network) -> Iterator[tuple[str, Need]]:
    """Needs that may be told of, each with the actor that has it."""
    for entity in network.entities:
        if entity.kind != "citizens" and not network.withheld & {entity.id, network.actor_of(entity.id)}:
            for index, need in enumerate(entity.needs):
                if (entity.id, index) not in network.withheld:
                    yield network.actor_of(entity.id), need
    yield from dict.fromkeys(_stage_needs(network))


def _stage_needs(network: Network) -> Iterator[tuple[str, Need]]:
    for payment in network.payments:
        payer = network.actor_of(payment.payer)
        if network.withheld & {payment.id, payment.payer, payer}:
            continue
        for place, stage in enumerate(payment.stages):
            for index, need in enumerate(stage.needs):
                if not network.withheld & {(payment.id, place), (payment.id, place, index)}:
                    yield payer, Need(need.form, need.providers, at_least=need.at_least)


def _has_reserve(network: Network, need: Need, provider: str) -> bool:
    """Whether others than an actor can fill a need."""
    others = sum(network.actor_of(one) != provider for one in need.providers)
    return need.form == "any_of" and others >= need.at_least
