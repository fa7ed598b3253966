"""What is supposed to happen: outages and pinned levels."""

from dataclasses import dataclass

from beroenden.model.entities import Length


@dataclass(frozen=True, slots=True)
class Outage:
    """An outage of an entity, or a fault in part of a payment's file, on [start, end).

    Attributes:
        start: Minutes since the epoch.
        end: Minutes since the epoch; None: of unknown length.
        remaining: Level of the entity meanwhile, 0..1.
        share: Share of the payment's recipients that is hit; None for an entity.
        length: The distribution that `end` is the typical value of; None when it is given as it is.
    """

    start: int
    end: int | None
    entity: str | None = None
    payment: str | None = None
    remaining: float = 0.0
    share: float | None = None
    length: Length | None = None

    @property
    def subject(self) -> str:
        """Id of the entity or the payment that it is of."""
        return self.entity or self.payment or ""


@dataclass(frozen=True, slots=True)
class Pin:
    """A level that was observed and outranks what is computed, on [start, end); an `end` of None never ends."""

    entity: str
    level: float
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Scenario:
    """Outages and pins, with how far ahead to look.

    Attributes:
        horizon: Minutes from the start.
        at: The as-of time in minutes since the epoch; None: not given.
        since: Where the time looked at begins when nothing is out, or before anything is; None: with the first outage.
        withheld: Entities and payments whose outage or level its reader may not know of, though it is simulated.
    """

    outages: tuple[Outage, ...]
    pins: tuple[Pin, ...] = ()
    horizon: int = 14 * 1440
    at: int | None = None
    name: str = ""
    note: str = ""
    since: int | None = None
    withheld: frozenset[str] = frozenset()

    @property
    def start(self) -> int:
        """The start of the first outage (of the first pin, when there is no outage), or what it says itself where that is before."""
        if self.since is not None:
            return min([self.since, *(outage.start for outage in self.outages)])
        return min(given.start for given in (self.outages or self.pins))

    @property
    def end(self) -> int:
        """The end of the time that is looked at."""
        return self.start + self.horizon
