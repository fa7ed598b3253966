"""All gaps of a model: every kind of check, what it looked at, what it found and what it could not decide."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from beroenden.analysis.gaps.age import YEAR, Age
from beroenden.analysis.gaps.between import capabilities, expectations, levels, tolerances, untested
from beroenden.analysis.gaps.chains import chains
from beroenden.analysis.gaps.concentration import concentration
from beroenden.analysis.gaps.gap import KINDS, Checked, Gap, Kind, Tally, Unknown
from beroenden.analysis.gaps.ground import Ground
from beroenden.analysis.gaps.mutual import mutual
from beroenden.analysis.gaps.upkeep import one_sided, responsibility, stale
from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.network import Network

SCHEMA = "beroenden/gaps/1"
_FINDERS: dict[Kind, Callable[[Ground], Tally]] = {
    "expectation": expectations,
    "tolerance": tolerances,
    "capability": capabilities,
    "untested": untested,
    "level": levels,
    "chain": chains,
    "one_sided": one_sided,
    "responsibility": responsibility,
    "stale": stale,
    "concentration": concentration,
    "mutual": mutual,
}


@dataclass(frozen=True)
class Gaps:
    """The gaps of a model, or of the part of it that one asked about.

    Attributes:
        gaps: By kind in the order of `KINDS`; within a kind those on which most rests first.
        wanted: What is to be answered, by kind and actor, and how much of it is left open, most first; "" is nobody that may be
            named.
        checked: How much each kind of check looked at, of what the actor that was asked about has a part in, else of all.
        actor, payment: What was asked about; None is all.
    """

    ground: Ground
    gaps: tuple[Gap, ...]
    wanted: tuple[Unknown, ...]
    checked: tuple[Checked, ...]
    actor: str | None = None
    payment: str | None = None

    @property
    def network(self) -> Network:
        """The model that was looked at, masked when it is for a reader."""
        return self.ground.network

    def of(self, kind: Kind) -> tuple[Gap, ...]:
        """The gaps of a kind."""
        return tuple(gap for gap in self.gaps if gap.kind == kind)

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """What each actor has left open."""
        return tuple(one for one in self.wanted if one.count and one.actor)

    def lacking(self) -> list[Unknown]:
        """What is left open by all that were asked about together, also where nobody can be named who could answer."""
        sums: dict[tuple[Kind, str], list[int]] = {}
        for one in self.wanted:
            counts = sums.setdefault((one.kind, one.field), [0, 0])
            counts[0] += one.count
            counts[1] += one.of
        return [Unknown(kind, "", name, count, of) for (kind, name), (count, of) in sums.items() if count]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `beroenden gaps`."""
        from beroenden.analysis.gaps.as_json import gaps_to_dict

        return gaps_to_dict(self)


def find_gaps(
    network: Network,
    today: date,
    *,
    age: Age = YEAR,
    kinds: Sequence[Kind] = (),
    actor: str | None = None,
    payment: str | None = None,
) -> Gaps:
    """Look for every kind of gap.

    Args:
        network: The model, or a masked one: of what is withheld nothing is found, named or counted.
        today: The day from which age is counted.
        age: What was verified or tested longer ago is old.
        kinds: Only these; all unless given.
        actor: Only what this actor has a part in.
        payment: Only what this payment rests on.

    Raises:
        UsageError: for an actor or payment that the model does not have, or an entity that is no actor.
    """
    ground = Ground(network, today, age)
    _check(ground, actor, payment)
    chosen = [_FINDERS[kind](ground) for kind in KINDS if not kinds or kind in kinds]
    return Gaps(
        ground=ground,
        gaps=tuple(gap for tally in chosen for gap in _sorted(tally, ground) if _concerns(gap, actor, payment)),
        wanted=tuple(one for tally in chosen for one in tally.unknown() if actor in (None, one.actor)),
        checked=tuple(tally.checked(actor) for tally in chosen),
        actor=actor,
        payment=payment,
    )


def _check(ground: Ground, actor: str | None, payment: str | None) -> None:
    network = ground.network
    if actor is not None:
        if actor not in {entity.id for entity in ground.asked}:
            raise unknown_id(say("aktör", "actor"), actor, [entity.id for entity in ground.asked])
        if network.actor_of(actor) != actor:
            owner = network.actor_of(actor)
            raise UsageError(
                say(
                    f"{actor} är ingen aktör; {owner} svarar för den."
                    if ground.is_shared(owner)
                    else f"{actor} är ingen aktör.",
                    f"{actor} is no actor; {owner} answers for it."
                    if ground.is_shared(owner)
                    else f"{actor} is no actor.",
                )
            )
    if payment is not None and payment not in ground.payments:
        raise unknown_id(say("betalning", "payment"), payment, ground.payments)


def _sorted(tally: Tally, ground: Ground) -> list[Gap]:
    """Those on which most rests first: concentrations by their amount, others by the first of their payments in the common
    order, then by the number of payments, then by their own size."""
    if tally.kind == "concentration":
        return sorted(tally.gaps, key=lambda gap: (-gap.size, -len(gap.payments)))
    place = {payment: index for index, payment in enumerate(ground.payments)}
    return sorted(
        tally.gaps,
        key=lambda gap: (place[gap.payments[0]] if gap.payments else len(place), -len(gap.payments), -gap.size),
    )


def _concerns(gap: Gap, actor: str | None, payment: str | None) -> bool:
    return (actor is None or actor in gap.actors) and (payment is None or payment in gap.payments)
