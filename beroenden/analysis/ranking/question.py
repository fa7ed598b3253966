"""What is to be ranked: outages of one length at some times, and the harm that counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from beroenden.errors import UsageError, unknown_id
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.durations import DAY
from beroenden.units.times import LAST_YEAR, local

Measure = Literal["recipient_hours", "amount", "payouts", "over_max_delay", "level_hours"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
HORIZON = 14 * DAY
MOST_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Question:
    """Which outages are tried, and by what their harm is measured.

    Attributes:
        length: Minutes of each outage.
        starts: Instants at which they begin, rising.
        by: What the harm is measured by.
        payments: Ids of the payments whose harm counts, in the actors' common order.
        entities: Ids of the entities whose harm counts; empty: of all.
        candidates: Ids of the entities that are failed.
        k: Up to how many fail together.
        horizon: Minutes that are looked at from each start.
        with_events: Whether the planned events happen too; harm that they do by themselves is not counted.
        every: Minutes between the starts; None for one start.
    """

    length: int
    starts: tuple[int, ...]
    by: Measure
    payments: tuple[str, ...]
    entities: tuple[str, ...]
    candidates: tuple[str, ...]
    k: int
    horizon: int
    with_events: bool
    every: int | None

    @property
    def scenarios(self) -> int:
        """How many scenarios that makes."""
        return sum(comb(len(self.candidates), size) for size in range(1, self.k + 1)) * len(self.starts)


def question(
    network: Network,
    length: int,
    starts: Sequence[int],
    *,
    by: str | None = None,
    targets: Sequence[str] = (),
    k: int = 1,
    horizon: int = HORIZON,
    with_events: bool = False,
    every: int | None = None,
) -> Question:
    """A question that makes sense for a network. Entities of kind citizens are not failed.

    Args:
        network: The model.
        length: Minutes of each outage.
        starts: Instants at which they begin.
        by: A measure; "recipient_hours" unless given, and "level_hours" where all targets are entities.
        targets: Ids of the entities or payments whose harm counts; all unless given.
        k: Up to how many fail together, 1 to 3.
        horizon: Minutes that are looked at from each start.
        with_events: Whether the planned events happen too.
        every: Minutes between the starts, where they are so many minutes apart.

    Raises:
        UsageError: for an unknown target, or a measure that does not apply to the targets.
    """
    entities = tuple(dict.fromkeys(one for one in targets if one in network.entity))
    wanted = [one for one in targets if one not in network.entity]
    for one in wanted:
        if one not in network.payment:
            raise unknown_id(
                say("entitet eller betalning", "entity or payment"), one, {**network.entity, **network.payment}
            )
    measure = _measure(by, bool(entities), bool(wanted))
    counted = [payment.id for payment in network.by_priority() if not targets or payment.id in wanted]
    candidates = tuple(entity.id for entity in network.entities if entity.kind != "citizens")
    if not 1 <= k <= MOST_TOGETHER:
        raise UsageError(say(f"k är 1 till {MOST_TOGETHER}.", f"k is 1 to {MOST_TOGETHER}."))
    check_span(length, starts, horizon)
    return Question(
        length,
        tuple(sorted(set(starts))),
        measure,
        tuple(counted),
        entities,
        candidates,
        k,
        horizon,
        with_events,
        every,
    )


def check_span(length: int, starts: Sequence[int], horizon: int) -> None:
    """Refuse outages that do not last or that lie beyond the years that are covered.

    Raises:
        UsageError: for either.
    """
    if length <= 0 or horizon <= 0:
        raise UsageError(
            say("Längden och horisonten ska vara över 0.", "The length and the horizon should be above 0.")
        )
    if not starts or local(max(starts) + max(length, horizon), ZoneInfo("UTC")).year > LAST_YEAR:
        raise UsageError(say("Perioden når för långt fram.", "The period reaches too far ahead."))


def no_measure(by: str) -> UsageError:
    """The error for a measure that is none, with those that there are."""
    return UsageError(say(f"”{by}” är inget mått; välj ", f'"{by}" is no measure; choose ') + ", ".join(MEASURES))


def _measure(by: str | None, has_entities: bool, has_payments: bool) -> Measure:
    chosen = next((one for one in MEASURES if one == by), None)
    if by is not None and chosen is None:
        raise no_measure(by)
    if has_entities and has_payments:
        raise UsageError(
            say(
                "Välj antingen entiteter eller betalningar som mål: de mäts på olika sätt.",
                "Choose either entities or payments as targets: they are measured differently.",
            )
        )
    if has_entities and chosen not in (None, "level_hours"):
        raise UsageError(
            say(
                f"{by} mäter betalningar; för entiteter som mål gäller level_hours.",
                f"{by} measures payments; for entities as targets it is level_hours.",
            )
        )
    if has_payments and chosen == "level_hours":
        raise UsageError(
            say(
                "level_hours mäter entiteter; välj ett annat mått för betalningar.",
                "level_hours measures entities; choose another measure for payments.",
            )
        )
    return chosen or ("level_hours" if has_entities else "recipient_hours")
