"""Which areas of a model a second person has checked, by writing from the sources what is expected of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from beroenden.analysis.checks import Check, Verdict
from beroenden.model.network import Network

State = Literal["checked", "failing", "provisional", "unexpected"]


@dataclass(frozen=True, slots=True)
class Area:
    """A payment, or an actor with what it answers for.

    Attributes:
        kind: payment or actor.
        expectations: How many checks are about it.
        held: How many of them hold.
        checked_by: Functions other than who entered it that wrote any of them.
    """

    id: str
    name: str
    kind: Literal["payment", "actor"]
    expectations: int
    held: int
    checked_by: tuple[str, ...]

    @property
    def state(self) -> State:
        """checked: a second person's expectations hold; provisional: nobody else wrote any; unexpected: there are none."""
        if not self.expectations:
            return "unexpected"
        if self.held < self.expectations:
            return "failing"
        return "checked" if self.checked_by else "provisional"

    def to_dict(self) -> dict[str, Any]:
        """The area as JSON."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": self.state,
            "expectations": self.expectations,
            "held": self.held,
            "checked_by": list(self.checked_by),
        }


def areas(network: Network, checks: Sequence[Check], verdicts: Sequence[Verdict]) -> tuple[Area, ...]:
    """Every payment in the actors' common order, then every actor that answers for something.

    A check is about what it says that it covers; else about everything that its outages and expectations name.
    """
    judged = [(_covered(network, check), check, verdict) for check, verdict in zip(checks, verdicts, strict=True)]

    def area(one: str, name: str, kind: Literal["payment", "actor"]) -> Area:
        about = [(check, verdict) for covered, check, verdict in judged if one in covered]
        by = dict.fromkeys(check.by for check, _ in about if check.is_by_another)
        return Area(one, name, kind, len(about), sum(verdict.holds for _, verdict in about), tuple(by))

    actors = dict.fromkeys(network.actor_of(one.id) for one in network.entities if one.kind != "citizens")
    payments = tuple(area(one.id, one.name, "payment") for one in network.by_priority())
    return payments + tuple(area(one, network.entity[one].name, "actor") for one in actors)


def _covered(network: Network, check: Check) -> set[str]:
    """Ids of the payments and actors that a check is about."""
    named = set(check.covers or _named(check))
    return named | {network.actor_of(one) for one in named if one in network.entity}


def _named(check: Check) -> Iterator[str]:
    for outage in check.scenario.outages:
        yield from (one for one in (outage.entity, outage.payment) if one)
    yield from (pin.entity for pin in check.scenario.pins)
    for expected in check.expectations:
        yield from (expected[key] for key in ("payment", "entity") if key in expected)
