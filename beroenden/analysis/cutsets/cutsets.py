"""Minimal cut sets of an entity or a payment: counts, list, unavailability and importance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import accumulate, islice
from typing import Any

from beroenden.analysis.cutsets.diagram import (
    Diagram,
    Family,
    Function,
    TooManyNodesError,
    birnbaum,
    probability,
)
from beroenden.analysis.cutsets.failure import can_fail, unavailability
from beroenden.analysis.cutsets.order import depth_first, force
from beroenden.analysis.cutsets.structure import Structure
from beroenden.engine.compiled import compiled
from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.entities import Need
from beroenden.model.network import Network
from beroenden.model.payments import Payment

SCHEMA = "beroenden/cutsets/1"

_FEW_NODES = 40_000
"""Up to here the order of the model is good enough; looking for a better one takes longer."""
_MOST_NODES = 10_000_000


@dataclass(frozen=True, slots=True)
class Importance:
    """What one entity means to a target; None is unknown, since some entity's failure data are.

    Q is the target's unavailability, Q(1) when the entity has failed, Q(0) when it never does.

    Source: Birnbaum (1969); Vesely et al. (1983), Measures of risk importance and their applications, NUREG/CR-3385;
    Cheok, Parry and Sherry (1998), Reliability Engineering & System Safety 60.

    Attributes:
        sets: How many minimal cut sets it is in, whatever their order.
        lowest_order: Order of the smallest of those.
        unavailability: The entity's own.
        birnbaum: Q(1) - Q(0).
        fussell_vesely: (Q - Q(0)) / Q, the part of the unavailability that goes if it never fails.
        risk_achievement_worth: Q(1) / Q, how many times larger the unavailability is when it has failed.
    """

    entity: str
    sets: int
    lowest_order: int
    unavailability: float | None
    birnbaum: float | None
    fussell_vesely: float | None
    risk_achievement_worth: float | None

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {
            "entity": self.entity,
            "cut_sets": self.sets,
            "lowest_order": self.lowest_order,
            "unavailability": self.unavailability,
            "birnbaum": self.birnbaum,
            "fussell_vesely": self.fussell_vesely,
            "risk_achievement_worth": self.risk_achievement_worth,
        }


@dataclass(frozen=True)
class CutSets:
    """The minimal sets of entities whose lasting failure brings a target down.

    Attributes:
        target: Id of the entity or payment.
        level: The target is down when its level is at most this.
        alone: Entities that bring it down each by itself, found before any diagram was made.
        rest: The other sets.
        function: When the rest bring it down; the diagram that `rest` is read from.
    """

    network: Network
    target: str
    level: float
    alone: tuple[str, ...]
    rest: Family
    function: Function

    @cached_property
    def by_order(self) -> dict[int, int]:
        """How many sets there are of each order."""
        orders = self.rest.by_size
        if self.alone:
            orders[1] = orders.get(1, 0) + len(self.alone)
        return dict(sorted(orders.items()))

    @property
    def count(self) -> int:
        """How many sets there are."""
        return sum(self.by_order.values())

    def smallest_first(self) -> Iterator[tuple[str, ...]]:
        """The sets one by one, as they are asked for; entities in each as the model names them."""
        place = {entity.id: number for number, entity in enumerate(self.network.entities)}
        yield from ((one,) for one in self.alone)
        yield from (tuple(sorted(one, key=place.__getitem__)) for one in self.rest.smallest_first())

    @cached_property
    def _own(self) -> dict[str, float | None]:
        """The unavailability of every entity that is in any set."""
        return {one: unavailability(self.network.entity[one]) for one in [*self.alone, *self.rest.containing]}

    @property
    def without_data(self) -> list[str]:
        """Entities in some set whose failure data the model does not have."""
        return [one for one, share in self._own.items() if share is None]

    @property
    def unavailability(self) -> float | None:
        """The long-run share of time that the target is down, failures being independent; None when it is unknown."""
        return None if self.without_data else self.bounds[0]

    @cached_property
    def bounds(self) -> tuple[float, float]:
        """The unavailability if entities without failure data never fail, and if they always have."""
        return self._unavailability(0.0), self._unavailability(1.0)

    def _unavailability(self, unknown: float) -> float:
        return _either(self._of_alone(unknown), self._of_rest(unknown))

    def _filled(self, unknown: float) -> dict[str, float]:
        return {one: unknown if share is None else share for one, share in self._own.items()}

    def _of_alone(self, unknown: float) -> float:
        """The probability that any of those that suffice alone has failed."""
        shares = self._filled(unknown)
        return reduce(_either, (shares[one] for one in self.alone), 0.0)

    def _of_rest(self, unknown: float) -> float:
        return probability(self.function, self._filled(unknown))

    @cached_property
    def importance(self) -> list[Importance]:
        """Of every entity in any set, the most important first; without failure data, those in the smallest sets first."""
        in_sets = dict.fromkeys(self.alone, (1, 1)) | self.rest.containing
        total = self.unavailability
        worth = {} if total is None else self._birnbaum()
        made = [_importance(one, *in_sets[one], share, worth.get(one), total) for one, share in self._own.items()]
        return sorted(made, key=lambda one: (-(one.fussell_vesely or 0.0), one.lowest_order, -one.sets))

    def _birnbaum(self) -> dict[str, float]:
        shares, rest = self._filled(0.0), self._of_rest(0.0)
        own = [shares[one] for one in self.alone]
        before = accumulate(own, _either, initial=0.0)
        after = [*accumulate(reversed(own), _either, initial=0.0)][-2::-1]
        of_alone = {
            one: (1.0 - _either(first, last)) * (1.0 - rest)
            for one, first, last in zip(self.alone, before, after, strict=False)
        }
        works = 1.0 - self._of_alone(0.0)
        return of_alone | {one: works * worth for one, worth in birnbaum(self.function, shares).items()}

    def to_dict(self, limit: int, max_order: int | None = None) -> dict[str, Any]:
        """The JSON of `beroenden cutsets`.

        Args:
            limit: At most so many sets are listed.
            max_order: Larger sets are neither counted nor listed; `count_above` is how many they are.
        """
        counted = {order: count for order, count in self.by_order.items() if max_order is None or order <= max_order}
        count = sum(counted.values())
        return {
            "schema": SCHEMA,
            "model": {"name": self.network.name, "version": self.network.version, "hash": self.network.hash},
            "target": self.target,
            "level": self.level,
            "max_order": max_order,
            "count": count,
            "count_above": self.count - count,
            "by_order": {str(order): number for order, number in counted.items()},
            "cut_sets": [list(one) for one in islice(self.smallest_first(), min(limit, count))],
            "unavailability": self.unavailability,
            "unavailability_bounds": list(self.bounds),
            "without_failure_data": self.without_data,
            "importance": [one.to_dict() for one in self.importance],
        }


def cut_sets(network: Network, target: str, level: float = 0.0) -> CutSets:
    """The minimal sets of entities whose lasting failure brings a target down.

    An entity is down when its level, after everything has run out, is at most `level`. A payment is down when for some of
    its branches some stage has at most that capacity for ever: at level 0 it is then never completed. All entities can fail
    but those that the model says never do (an unavailability or a rate of 0).

    Args:
        network: The model.
        target: Id of an entity or a payment.
        level: From 0 to below 1; levels within 1e-9 of it count as equal to it.

    Raises:
        UsageError: for an unknown target, a level outside the range, or a structure too large to follow.
    """
    if not 0 <= level < 1:
        raise UsageError(say("Nivån ska vara minst 0 och under 1.", "The level should be at least 0 and below 1."))
    needs = _needs(network, target)
    structure = Structure(network, compiled(network), needs, level, can_fail)
    function, rest = _solved(structure, target)
    return CutSets(network, target, level, () if 0 in rest.by_size else structure.alone, rest, function)


def _needs(network: Network, target: str) -> tuple[Need, ...]:
    """What a target is, as needs of which none may fail."""
    if target in network.payment:
        return tuple(_needs_of_payment(network, network.payment[target]))
    if target not in network.entity:
        raise unknown_id(
            say("entitet eller betalning", "entity or payment"), target, {**network.entity, **network.payment}
        )
    return (Need("provider", (target,)),)


def _needs_of_payment(network: Network, payment: Payment) -> Iterator[Need]:
    """The needs of every stage that some branch goes through, the recipients' banks among them."""
    banks = [bank for bank, _ in network.accounts_of(payment)]
    for stage in payment.stages:
        through = [bank for bank in banks if not (stage.interbank and bank and bank == payment.paying_bank)]
        if through:
            yield from stage.needs
        if stage.at_recipient_bank:
            yield from (Need("provider", (bank,)) for bank in through if bank)


def _solved(structure: Structure, target: str) -> tuple[Function, Family]:
    """The structure and its minimal sets in the order of the model, and where that makes too large a diagram, in a better."""
    providers = structure.providers
    order = depth_first(providers, _roots(providers))
    try:
        return _in_order(structure, order, _FEW_NODES)
    except TooManyNodesError:
        pass
    try:
        return _in_order(structure, force(providers, order), _MOST_NODES)
    except TooManyNodesError:
        raise UsageError(
            say(
                f"Det som ”{target}” beror av hänger ihop på för många sätt: diagrammet får över {_MOST_NODES} noder. "
                "Välj ett mål närmare leverantörerna.",
                f'What "{target}" depends on is joined in too many ways: the diagram takes more than {_MOST_NODES} nodes. '
                "Choose a target nearer to the providers.",
            )
        ) from None


def _in_order(structure: Structure, order: Sequence[str], most_nodes: int) -> tuple[Function, Family]:
    diagram = Diagram(order, most_nodes)
    function = structure.function(diagram)
    return function, diagram.minimal_sets(function)


def _roots(providers: Mapping[str, Iterable[str]]) -> list[str]:
    """Entities that no other needs come first; of a mutual dependency that nobody needs, whoever is named first."""
    needed = {provider for needs in providers.values() for provider in needs}
    return [*(one for one in providers if one not in needed), *providers]


def _either(one: float, other: float) -> float:
    """The probability of either of two independent events; exact also where both are small."""
    return one + (1.0 - one) * other


def _importance(
    entity: str, sets: int, lowest: int, own: float | None, worth: float | None, total: float | None
) -> Importance:
    if own is None or worth is None or not total:
        return Importance(entity, sets, lowest, own, worth, None, None)
    return Importance(entity, sets, lowest, own, worth, own * worth / total, 1.0 + (1.0 - own) * worth / total)
