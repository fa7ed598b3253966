"""Which column of the picture each entity stands in, and in what order: payment chains read from left to right."""

from collections.abc import Iterable, Mapping, Sequence

from beroenden.language import say
from beroenden.model.entities import Entity
from beroenden.model.network import Network

_BASE, _SYSTEMS, _PAYERS, _CLEARING, _BANKS, _MEANS, _CITIZENS = range(7)

COLUMN_OF_KIND = {
    "authority": _PAYERS,
    "framework_bank": _CLEARING,
    "bank": _BANKS,
    "supplier": _BASE,
    "system": _SYSTEMS,
    "infrastructure": _BASE,
    "process": _SYSTEMS,
    "citizens": _CITIZENS,
}
_LINKS = ("system", "process", "infrastructure")  # kinds that stand where their use puts them

_SWEEPS = 8


def column_titles() -> tuple[str, ...]:
    """The titles of the columns, left to right."""
    return (
        say("Leverantörer och infrastruktur", "Suppliers and infrastructure"),
        say("System och processer", "Systems and processes"),
        say("Myndigheter och utbetalare", "Authorities and payers"),
        say("Rambanker och clearing", "Framework agreement banks and clearing"),
        say("Mottagarnas banker", "Recipients' banks"),
        say("Betalmedel", "Means of payment"),
        say("Medborgare", "Citizens"),
    )


def sorted_columns(network: Network) -> dict[int, list[str]]:
    """Members of each column, sorted by the barycentre of their neighbours in a few sweeps to and fro.

    The same model gives the same order: no chance, ties in the order of the model.
    """
    column = columns_of(network)
    beside = _neighbours(network)
    columns: dict[int, list[str]] = {}
    for entity in _by_actor(network):
        columns.setdefault(column[entity], []).append(entity)
    height = {entity: place for members in columns.values() for entity, place in _relative(members)}
    for sweep in range(_SWEEPS):
        for number in sorted(columns, reverse=sweep % 2 == 1):
            centre = {entity: _barycentre(entity, beside, height) for entity in columns[number]}
            columns[number].sort(key=lambda entity: centre[entity])
            height.update(_relative(columns[number]))
    return dict(sorted(columns.items()))


def columns_of(network: Network) -> dict[str, int]:
    """The number of the column of each entity, by its kind and by who uses it.

    An authority's systems stand before it, a bank's beside the clearing, and what citizens pay with after their banks.
    """
    column = {entity.id: COLUMN_OF_KIND[entity.kind] for entity in network.entities}
    links = [entity for entity in network.entities if entity.kind in _LINKS]
    bank_ids = {entity.id for entity in network.entities if entity.kind in ("bank", "framework_bank")}
    after_banks = _consumers_of(links, bank_ids)
    means = _used_by_citizens(network, after_banks)
    for entity in links:
        if entity.id in means:
            column[entity.id] = _MEANS
        elif entity.id in after_banks and (entity.kind == "infrastructure" or entity.owner in bank_ids):
            column[entity.id] = _CLEARING
    infrastructure = [entity for entity in links if entity.kind == "infrastructure" and entity.id not in means]
    clearing = _interbank_providers(network) & {entity.id for entity in infrastructure}
    for found in clearing | _consumers_of(infrastructure, clearing):
        column[found] = _CLEARING
    for payment in network.payments:
        if column[payment.payer] == _SYSTEMS:
            column[payment.payer] = _PAYERS
    return column


def _consumers_of(among: Sequence[Entity], providers: Iterable[str]) -> set[str]:
    """Those who need the providers, directly or through each other."""
    needed, found = set(providers), set[str]()
    while True:
        new = {
            entity.id
            for entity in among
            if entity.id not in found and any(not needed.isdisjoint(need.providers) for need in entity.needs)
        }
        if not new:
            return found
        found |= new
        needed |= new


def _used_by_citizens(network: Network, among: set[str]) -> set[str]:
    """Those that citizens need, directly or through each other."""
    todo = [entity.id for entity in network.entities if entity.kind == "citizens"]
    found: set[str] = set()
    while todo:
        for need in network.entity[todo.pop()].needs:
            new = [provider for provider in need.providers if provider in among and provider not in found]
            found.update(new)
            todo.extend(new)
    return found


def _interbank_providers(network: Network) -> set[str]:
    """What the stages between banks need."""
    return {
        provider
        for payment in network.payments
        for stage in payment.stages
        if stage.interbank
        for need in stage.needs
        for provider in need.providers
    }


def _by_actor(network: Network) -> list[str]:
    """Ids with those of one actor together, actors in the order of the model."""
    first: dict[str, int] = {}
    for index, entity in enumerate(network.entities):
        first.setdefault(network.actor_of(entity.id), index)
    return sorted((entity.id for entity in network.entities), key=lambda entity: first[network.actor_of(entity)])


def _neighbours(network: Network) -> dict[str, dict[str, float]]:
    """Who each entity should stand level with, and how much that weighs: a hub that all need says little."""
    beside: dict[str, dict[str, None]] = {entity.id: {} for entity in network.entities}
    for one, other in _bonds(network):
        if one != other and one in beside and other in beside:
            beside[one][other] = beside[other][one] = None
    return {entity: {other: 1 / len(beside[other]) for other in others} for entity, others in beside.items()}


def _bonds(network: Network) -> Iterable[tuple[str, str]]:
    """Pairs that belong together: consumer and provider, actor and what it owns, payer and recipients."""
    for entity in network.entities:
        yield entity.id, network.actor_of(entity.id)
        for need in entity.needs:
            for provider in need.providers:
                yield entity.id, provider
    for payment in network.payments:
        for partner in (payment.paying_bank, payment.recipients):
            if partner is not None:
                yield payment.payer, partner


def _relative(members: Sequence[str]) -> list[tuple[str, float]]:
    """Each member with its height in the column, 0 (top) to 1."""
    return [(entity, (index + 0.5) / len(members)) for index, entity in enumerate(members)]


def _barycentre(entity: str, beside: Mapping[str, Mapping[str, float]], height: Mapping[str, float]) -> float:
    weights = beside[entity]
    if not weights:
        return height[entity]
    return sum(weight * height[other] for other, weight in weights.items()) / sum(weights.values())
