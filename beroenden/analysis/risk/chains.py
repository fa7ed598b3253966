"""Dependency-risk chains: along which dependencies the harm of a failure reaches payments and citizens, and when.

In the method of Kotzanikolaou et al. a chain Y0 → Y1 → … → Yn of order n has the cumulative dependency risk

    DR = Σ (i = 1..n) L(Y0..Yi) · I(Yi),    L(Y0..Yi) = Π (j = 1..i) L(Yj-1 → Yj)

with likelihoods and impacts on scales that experts set. Here they are the model's own quantities:

- likelihood of reaching Yi: failures of Y0 a year times the probability that one outlasts the time from its beginning until
  the link to Yi is harmed by a failure that does not end (endurance that runs out, reserves that do not suffice). A link's
  own likelihood, L(Yj-1 → Yj), is the probability that a failure that reached Yj-1 also reaches Yj;
- impact: what the simulated failures of Y0 that last so long cause to the payments that need Yi directly (a stage of theirs
  is then held up: one with a duration by any harm, one without only by the loss of all), counted at the first such entity of the chain; to a group of citizens the hours without what it needs.

Likelihood times impact is then expected consequences a year. The time from the failure to each link is how the risk unfolds
over time. Chains overlap, as dependencies do: where several ways are harmed by then, each is told with the whole of what
comes of it, so their risks are not to be added up.

Source: Kotzanikolaou, Theoharidou and Gritzalis (2013), Assessing n-order dependencies between critical infrastructures,
International Journal of Critical Infrastructures 9(1/2), 93-110; for the unfolding over time Stergiopoulos, Kotzanikolaou,
Theocharidou, Lykou and Gritzalis (2016), Time-based critical infrastructure dependency analysis for large-scale and
cross-sectoral failures, International Journal of Critical Infrastructure Protection 12.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from beroenden.analysis.risk.failures import FailureRate
from beroenden.analysis.risk.years import LONGEST
from beroenden.consequences.lengths import share_above
from beroenden.engine.compiled import compiled
from beroenden.engine.single import Levels, solve
from beroenden.engine.steps import Steps
from beroenden.model.network import Network
from beroenden.model.payments import Payment
from beroenden.model.scenario import Outage

_MOST_EXAMINED = 100_000
"""Chains that are followed from one root; further ones are left, and that is said."""


@dataclass(frozen=True, slots=True)
class Link:
    """One entity of a chain.

    Attributes:
        after: Minutes from the failure's beginning until the entity is harmed along the chain.
        per_year: How often a year a failure reaches it.
        payments: Payments that need it directly and no entity before it in the chain.
        risk: Expected payouts a year that come late in those; of a group, expected hours without what it needs.
    """

    entity: str
    after: int
    per_year: float
    payments: tuple[str, ...] = ()
    risk: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {
            "entity": self.entity,
            "after_minutes": self.after,
            "per_year": self.per_year,
            "impact": self.risk / self.per_year if self.per_year else 0.0,
            "payments": list(self.payments),
            "risk": self.risk,
        }


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain of dependencies from an entity that fails; it ends where it adds to the risk.

    Attributes:
        links: The first is the entity that fails.
        is_to_citizens: Whether its end is a group of citizens; its risk is then hours, else payouts.
    """

    links: tuple[Link, ...]
    is_to_citizens: bool = False

    @property
    def order(self) -> int:
        """The number of dependencies between its entities."""
        return len(self.links) - 1

    @property
    def risk(self) -> float:
        """The cumulative risk: payouts that come late a year, or hours of the group at its end."""
        return self.links[-1].risk if self.is_to_citizens else sum(link.risk for link in self.links)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {
            "order": self.order,
            "unit": "hours" if self.is_to_citizens else "payouts",
            "risk": self.risk,
            "links": [link.to_dict() for link in self.links],
        }


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains with the greatest cumulative risk first.

    Attributes:
        not_all_from: Roots of which not all chains were followed.
        go_on: Whether harm spreads beyond the last link of some chain of the highest order.
    """

    to_payments: tuple[Chain, ...]
    to_citizens: tuple[Chain, ...]
    not_all_from: tuple[str, ...]
    go_on: bool


Caused = Callable[[str, int], float]
"""What failures that last longer than some minutes cause a payment (payouts a year) or group (level-hours a year)."""


def ranked(walks: Iterable["Walk"], caused: Iterable[Caused]) -> Chains:
    """All chains that carry risk, by what the failures of each root were found to cause."""
    found: list[Chain] = []
    not_all = []
    go_on = False
    for walk, one in zip(walks, caused, strict=True):
        found += walk.chains(one)
        go_on = go_on or walk.goes_on
        if walk.is_cut:
            not_all.append(walk.root.entity)
    found.sort(key=lambda chain: (-chain.risk, chain.order, [link.entity for link in chain.links]))
    return Chains(
        tuple(chain for chain in found if not chain.is_to_citizens),
        tuple(chain for chain in found if chain.is_to_citizens),
        tuple(not_all),
        go_on,
    )


@dataclass
class Walk:
    """Follows the harm of one entity's failure, were it lasting.

    Attributes:
        order: Most dependencies between the entities of a chain.
        examined: Chains that were followed.
        goes_on: Whether the harm spreads beyond a chain of that order.
    """

    network: Network
    root: FailureRate
    order: int
    examined: int = 0
    goes_on: bool = False
    _levels: Levels = field(init=False)
    _onsets: dict[int, int | None] = field(default_factory=dict)
    _payments: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._levels = solve(compiled(self.network), [Outage(0, None, self.root.entity)], (), LONGEST)

    @property
    def is_cut(self) -> bool:
        """Whether there were more chains than were followed."""
        return self.examined >= _MOST_EXAMINED

    @property
    def onsets(self) -> list[int]:
        """The times after which anything of it is harmed, rising; the first is 0."""
        net = self._levels.net
        needs = {
            need
            for number in self._levels.by_number
            for place in range(net.consumer_start[number], net.consumer_start[number + 1])
            for need in range(net.need_start[net.consumer[place]], net.need_start[net.consumer[place] + 1])
        }
        return sorted({0, *(onset for need in needs if (onset := self._onset(need)) is not None)})

    def chains(self, caused: Caused) -> Iterator[Chain]:
        """The chains whose last entity adds risk."""
        return self._from([self._link(self.root.entity, 0, frozenset(), caused)], caused)

    def _from(self, so_far: list[Link], caused: Caused) -> Iterator[Chain]:
        self.examined += 1
        last = so_far[-1]
        if last.risk > 0:
            yield Chain(tuple(so_far), self.network.entity[last.entity].kind == "citizens")
        met = {link.entity for link in so_far}
        if len(so_far) > self.order or self.is_cut:
            self.goes_on = self.goes_on or not met.issuperset(self._harmed_by(last))
            return
        seen = frozenset(payment for link in so_far for payment in link.payments)
        for consumer, after in self._harmed_by(last).items():
            if consumer not in met:
                yield from self._from([*so_far, self._link(consumer, after, seen, caused)], caused)

    def _harmed_by(self, link: Link) -> dict[str, int]:
        """Who is harmed for want of an entity, and when; by the need that is harmed first."""
        found: dict[str, int] = {}
        for consumer, index, _ in self.network.consumers[link.entity]:
            onset = self._onset(self._levels.net.need_start[self._levels.net.number[consumer.id]] + index)
            if onset is not None:
                after = max(link.after, onset)
                found[consumer.id] = min(after, found.get(consumer.id, after))
        return found

    def _link(self, entity: str, after: int, seen: frozenset[str], caused: Caused) -> Link:
        per_year = self.root.per_year * _longer_than(self.root, after)
        if self.network.entity[entity].kind == "citizens":
            return Link(entity, after, per_year, risk=caused(entity, after))
        risks = {payment: caused(payment, after) for payment in self._needing(entity) if payment not in seen}
        late = tuple(payment for payment, risk in risks.items() if risk > 0)
        return Link(entity, after, per_year, late, sum(risks.values()))

    def _needing(self, entity: str) -> tuple[str, ...]:
        """Payments with a stage that needs an entity directly and that the lasting failure holds up."""
        if entity not in self._payments:
            self._payments[entity] = tuple(
                payment.id
                for payment in self.network.by_priority()
                if any(self._is_harmed(payment, place, entity) for place in range(len(payment.stages)))
            )
        return self._payments[entity]

    def _is_harmed(self, payment: Payment, place: int, entity: str) -> bool:
        """Whether a stage is held up for want of an entity; one without duration passes at any capacity above 0."""
        stage, first = payment.stages[place], self._levels.net.stage_need[payment.id, place]
        supplies = [self._levels.signal(first + i) for i, need in enumerate(stage.needs) if entity in need.providers]
        if stage.at_recipient_bank and any(bank == entity for bank, _ in self.network.accounts_of(payment)):
            supplies.append(self._levels.of(entity))
        worst = min((level for supply in supplies for level in supply.values), default=1.0)
        return worst < 1 if stage.duration else worst <= 0

    def _onset(self, need: int) -> int | None:
        """When the lasting failure harms a need of an entity or a stage."""
        if need not in self._onsets:
            self._onsets[need] = _falls(self._levels.signal(need))
        return self._onsets[need]


def _falls(steps: Steps) -> int | None:
    return next((time for time, level in zip(steps.times, steps.values, strict=True) if level < 1), None)


def _longer_than(root: FailureRate, minutes: int) -> float:
    """The probability that a failure outlasts a time."""
    if minutes >= LONGEST:
        return 0.0
    if isinstance(root.length, int):
        return float(root.length > minutes)
    return share_above(root.length, minutes)
