"""What a risk is made of: expected consequences, who causes and who suffers them, and how bad a year can be."""

from dataclasses import dataclass, field
from typing import Any

from beroenden.analysis.risk.chains import Chains
from beroenden.analysis.risk.estimates import Estimate, Exceedance, Progress
from beroenden.analysis.risk.failures import Lacking
from beroenden.analysis.risk.scale import Scale
from beroenden.analysis.risk.tally import MEASURES
from beroenden.analysis.risk.years import APART
from beroenden.model.entities import Entity
from beroenden.model.network import Network
from beroenden.model.payments import Payment

SCHEMA = "beroenden/risk/1"
SURE = 30
"""With fewer events in which it delays anything, an entity's cell in the risk matrix is called uncertain."""
_LISTED = 100
"""So many chains of a kind are listed in the JSON, which also tells how many there are."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """Expected consequences a year.

    Attributes:
        uncounted: By measure, payments that come late of which the model lacks the figure: what they add is unknown.
        late_runs: Payment runs that come late.
        over_max_delay: Runs that come later than their payment tolerates; those without a max_delay never count.
        payouts: Payouts that come late.
        amount: SEK that come late.
        recipient_hours: Payouts times hours late.
    """

    uncounted: dict[str, int]
    late_runs: Estimate
    over_max_delay: Estimate
    payouts: Estimate
    amount: Estimate
    recipient_hours: Estimate

    def is_unknown(self, measure: str) -> bool:
        """Whether all that comes late is of unknown size."""
        estimate: Estimate = getattr(self, measure)
        return estimate.mean == 0 and self.uncounted[measure] > 0

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it; None is unknown."""
        return {name: None if self.is_unknown(name) else getattr(self, name).to_dict() for name in MEASURES}


@dataclass(frozen=True, slots=True)
class RootRisk:
    """What an entity causes as root cause.

    Attributes:
        per_year: Its failures a year, as the model has them.
        failures: How many were simulated.
        harmful_failures: How many of them made a payment late.
        harmful_events: In how many simulated events they did; several of one event tell no more than one.
        harmful: How often a year one of them makes a payment late.
        consequences: Its part of the year's consequences.
        likelihood, consequence: Its steps in the risk matrix; None where no simulated failure made a payment late, or
            (consequence) where the late payments are of unknown size.
    """

    entity: Entity
    per_year: float
    failures: int
    harmful_failures: int
    harmful_events: int
    harmful: Estimate
    consequences: Consequences
    likelihood: int | None
    consequence: int | None

    @property
    def is_uncertain(self) -> bool:
        """Whether too few events tell its cell in the risk matrix."""
        return self.harmful_events < SURE

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {
            "entity": self.entity.id,
            "failures_per_year": self.per_year,
            "failures": self.failures,
            "harmful_failures": self.harmful_failures,
            "harmful_per_year": self.harmful.to_dict(),
            "expected": self.consequences.to_dict(),
            "payments_not_counted": self.consequences.uncounted,
            "likelihood_step": self.likelihood,
            "consequence_step": self.consequence,
        }


@dataclass(frozen=True, slots=True)
class PaymentRisk:
    """What a payment suffers; what is counted in payouts is None where `count` is unknown, in SEK where `amount` is.

    Attributes:
        runs: Runs that are planned to be complete within the year.
    """

    payment: Payment
    runs: int
    consequences: Consequences

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        expected: dict[str, Any] = self.consequences.to_dict()
        if self.payment.count is None:
            expected |= {"payouts": None, "recipient_hours": None}
        if self.payment.amount is None:
            expected |= {"amount": None}
        return {"payment": self.payment.id, "runs": self.runs, "expected": expected}


@dataclass(frozen=True, slots=True)
class GroupRisk:
    """What a group of citizens suffers: hours a year without what it needs, counted in full hours without all of it."""

    entity: Entity
    hours: Estimate

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        population = self.entity.population
        persons = None if population is None else population * self.hours.mean
        return {
            "entity": self.entity.id,
            "population": population,
            "hours": self.hours.to_dict(),
            "person_hours": persons,
        }


@dataclass(frozen=True, slots=True)
class Bad:
    """How bad a year can be, in one measure.

    Source: Grossi and Kunreuther, eds. (2005), Catastrophe Modeling: A New Approach to Managing Risk, chapter 2.

    Attributes:
        largest: Of the year's greatest event (occurrence exceedance probability, OEP).
        sum: Of the year's sum (aggregate exceedance probability, AEP).
    """

    largest: Exceedance
    sum: Exceedance

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {"largest_event": self.largest.to_dict(), "yearly_sum": self.sum.to_dict()}


@dataclass(frozen=True)
class Risk:
    """The risk of a network.

    Attributes:
        year: Whose calendar all years have.
        wanted: Years that were asked for.
        years: Years that were simulated; fewer when it was stopped.
        scenarios: Scenarios that were simulated for them.
        events: Events: failures within a day of each other.
        joint_events: Those of several failures.
        cut: Failures that were cut off after a year.
        lacking: Entities of which it is unknown how they fail; nothing of them is in the figures.
        total: Of all payments together.
        roots: By expected payouts, greatest first.
        payments: The same.
        groups: By expected hours.
        bad, convergence: By measure.
        events_apart: By measure, how much more (or less) the events give when each is simulated by itself than the years
            at once, as a share; None where nothing was late.
    """

    network: Network
    seed: int
    year: int
    wanted: int
    years: int
    scenarios: int
    events: int
    joint_events: int
    cut: int
    lacking: tuple[Lacking, ...]
    total: Consequences
    roots: tuple[RootRisk, ...]
    payments: tuple[PaymentRisk, ...]
    groups: tuple[GroupRisk, ...]
    bad: dict[str, Bad]
    convergence: dict[str, tuple[Progress, ...]]
    events_apart: dict[str, float | None]
    chains: Chains
    order: int
    scale: Scale = field(repr=False)

    @property
    def is_partial(self) -> bool:
        """Whether it was stopped before all years were done."""
        return self.years < self.wanted

    def uncounted(self, measure: str) -> list[Payment]:
        """Payments that come late of which the model lacks what the measure needs."""
        return [one.payment for one in self.payments if one.consequences.uncounted[measure]]

    @property
    def of_unknown_size(self) -> list[Payment]:
        """Payments whose count or amount is unknown: so much more is late than the figures say."""
        payments = [one.payment for one in self.payments]
        return [payment for payment in payments if payment.count is None or payment.amount is None]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `beroenden risk`."""
        network = self.network
        return {
            "schema": SCHEMA,
            "model": {"name": network.name, "version": network.version, "hash": network.hash},
            "seed": self.seed,
            "year": self.year,
            "years": self.years,
            "years_wanted": self.wanted,
            "partial": self.is_partial,
            "scenarios": self.scenarios,
            "events": self.events,
            "joint_events": self.joint_events,
            "cut_off_after_a_year": self.cut,
            "without_failure_data": [{"entity": one.entity, "missing": one.missing} for one in self.lacking],
            "of_unknown_size": [payment.id for payment in self.of_unknown_size],
            "expected": self.total.to_dict(),
            "payments_not_counted": self.total.uncounted,
            "roots": [root.to_dict() for root in self.roots],
            "payments": [payment.to_dict() for payment in self.payments],
            "groups": [group.to_dict() for group in self.groups],
            "exceedance": self._known({name: bad.to_dict() for name, bad in self.bad.items()}),
            "scale": self.scale.to_dict(),
            "convergence": self._known(
                {name: [one.to_dict() for one in marks] for name, marks in self.convergence.items()}
            ),
            "method": {"events_apart_minutes": APART, "events_against_years": self.events_apart},
            "chains": self._chains(),
        }

    def _known(self, told: dict[str, Any]) -> dict[str, Any]:
        """What is told by measure; None where all that comes late is of unknown size."""
        return {name: None if self.total.is_unknown(name) else one for name, one in told.items()}

    def _chains(self) -> dict[str, Any]:
        found = self.chains
        return {
            "order": self.order,
            "count": {"to_payments": len(found.to_payments), "to_citizens": len(found.to_citizens)},
            "not_all_from": list(found.not_all_from),
            "to_payments": [chain.to_dict() for chain in found.to_payments[:_LISTED]],
            "to_citizens": [chain.to_dict() for chain in found.to_citizens[:_LISTED]],
        }
