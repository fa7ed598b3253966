"""Which outage of a thing is spoken of, where it has had several."""

from dataclasses import dataclass

from beroenden.incident.comparison import Moment, had_come
from beroenden.incident.known import known_at
from beroenden.incident.log.entries import Log
from beroenden.model.network import Network


@dataclass(frozen=True, slots=True)
class Spell:
    """One of the outages of a thing.

    Attributes:
        root: The first report of it; "" where the own log has none.
    """

    start: Moment
    root: str


class Spells:
    """The outages of each thing, numbered in the order in which they are first spoken of.

    Args:
        log: The whole log, as far as the reader may know of it.
        network: The model.
    """

    def __init__(self, log: Log | None, network: Network) -> None:
        self._log, self._network = log, network
        self._found: dict[str, list[Spell]] = {}

    def of(self, subject: str) -> list[Spell]:
        """Those of one thing, by their numbers."""
        return self._found.get(subject, [])

    def number(self, subject: str, start: Moment, root: str, only_at: int | None = None) -> int:
        """Which outage of a thing it is: that of the same report, else of the same start, else the only one that it can be.

        Args:
            subject: Id of the thing.
            start: When it began.
            root: The first report of it; "" where the own log has none.
            only_at: As of when a lägesbild told of it and of no other.
        """
        spells = self._found.setdefault(subject, [])
        for number, one in enumerate(spells):
            if root and one.root == root:
                return number
        for number, one in enumerate(spells):
            if one.start == start:
                return number
        if only_at is not None:
            is_begun = had_come(start, only_at)
            later = (is_begun and self._began_anew(subject, one.start, only_at) for one in spells)
            same = [number for number, is_another in enumerate(later) if not is_another]
            if len(same) == 1:
                return same[0]
        spells.append(Spell(start, root))
        return len(spells) - 1

    def _began_anew(self, subject: str, start: Moment, at: int) -> bool:
        """Whether an outage began after a time, when the log no longer told of any other that went on."""
        if self._log is None or not isinstance(start, int) or start <= at:
            return False
        then = known_at(self._log, start, self._network).scenario.outages
        before = (one for one in then if one.subject == subject and one.start < start)
        return all(one.end is not None and one.end < start for one in before)
