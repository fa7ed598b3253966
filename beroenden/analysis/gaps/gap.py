"""A gap, and what one kind of check came to: gaps, and what could not be decided since something is unknown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeVar, get_args

Kind = Literal[
    "expectation",
    "tolerance",
    "capability",
    "untested",
    "level",
    "chain",
    "one_sided",
    "responsibility",
    "stale",
    "concentration",
    "mutual",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class Gap:
    """One place where expectations do not meet, or where the map needs its owners.

    Attributes:
        about: Ids of what it is about: who needs (an entity or a payment) before who delivers.
        actors: Ids of the actors that have to speak with each other; of one, when it is its own matter.
        figures: What it rests on, by name; lengths in minutes, levels 0..1, amounts in SEK.
        payments: Ids of the payments that rest on it, in the actors' common order.
        size: How large it is among those of its kind, in the kind's own unit; 0 where it has no size.
        tlp: The strictest label of what is told.
        stage: Index of the payment's stage that needs, where `about` begins with a payment.
    """

    kind: Kind
    about: tuple[str, ...]
    actors: tuple[str, ...]
    figures: dict[str, Any]
    payments: tuple[str, ...]
    size: float
    tlp: str
    stage: int | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """How many of the answers that a check wants are lacking: `count` of `of` lack the field.

    Attributes:
        actor: Who can give them; "" is all together, or nobody that may be named.
    """

    kind: Kind
    actor: str
    field: str
    count: int
    of: int


class Asked(NamedTuple):
    """A value that a check needs, and the actor that can give it (None: nobody that may be named)."""

    actor: str | None
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class Checked:
    """How often a kind of check was made, and how often it could not be decided."""

    kind: Kind
    of: int
    undecided: int


@dataclass(slots=True)
class Tally:
    """What one kind of check came to.

    What could not be decided, since something is unknown, is neither a gap nor sound.
    """

    kind: Kind
    gaps: list[Gap] = field(default_factory=list)
    _made: list[tuple[frozenset[str | None], bool]] = field(default_factory=list)
    _asked: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def known(self, *asked: Asked) -> tuple[Any, ...] | None:
        """The values of one check; None, and counted as undecided, when any is unknown."""
        for one in asked:
            self.ask(one)
        values = tuple(one.value for one in asked)
        is_undecided = any(value is None for value in values)
        self.count((one.actor for one in asked), is_undecided=is_undecided)
        return None if is_undecided else values

    def count(self, actors: Iterable[str | None], *, is_undecided: bool = False) -> None:
        """Count a check, and whom it is about."""
        self._made.append((frozenset(actors), is_undecided))

    def checked(self, actor: str | None) -> Checked:
        """How often the check was made, of what an actor has a part in or, without one, of all."""
        made = [is_undecided for actors, is_undecided in self._made if actor is None or actor in actors]
        return Checked(self.kind, len(made), sum(made))

    def ask(self, one: Asked) -> None:
        """Count a value that is wanted, and whether it is there."""
        counts = self._asked.setdefault((one.actor or "", one.field), [0, 0])
        counts[0] += one.value is None
        counts[1] += 1

    def unknown(self) -> Iterable[Unknown]:
        """What each actor was asked for and what of it is left open, most first; also where that is nothing."""
        found = [Unknown(self.kind, actor, name, count, of) for (actor, name), (count, of) in self._asked.items()]
        return sorted(found, key=lambda one: -one.count)
