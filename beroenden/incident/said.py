"""What an entry, or its outage, says by itself: what it is about, whether it is over, feared, past or whole."""

from beroenden.incident.log.entries import Entry, Observation, OutageEntry
from beroenden.model.entities import Length, Pert
from beroenden.model.scenario import Outage


def concerned(entry: Entry) -> tuple[str, ...]:
    """Ids of entities and payments that an entry is about."""
    if isinstance(entry, OutageEntry):
        return tuple(one for one in (entry.outage.entity, entry.outage.payment) if one)
    if isinstance(entry, Observation):
        return (entry.entity,) if entry.entity else ()
    return tuple(getattr(entry, "concerns", ()))


def is_feared(entry: Entry) -> bool:
    """Whether an entry is of an outage that is only feared."""
    return isinstance(entry, OutageEntry) and entry.status == "feared"


def has_ended(entry: OutageEntry) -> bool:
    """Whether an entry says that its outage is over: its end had come when that was said, and it is confirmed."""
    end = entry.outage.end
    return entry.status == "confirmed" and entry.outage.length is None and end is not None and end <= entry.time


def holds_level(observation: Observation) -> bool:
    """Whether an observation says how much of an entity's capacity is left, now and not only as a fear."""
    return observation.entity is not None and observation.level is not None and observation.status != "feared"


def is_whole(observation: Observation) -> bool:
    """Whether full capacity was observed."""
    return (observation.level or 0.0) >= 1


def is_wholly_up(observation: Observation) -> bool:
    """Whether full capacity was observed, and not only until some time."""
    return is_whole(observation) and observation.until is None


def is_better(outage: Outage, other: Outage) -> bool:
    """Whether less is out, or faulty, than in another outage."""
    return outage.remaining > other.remaining or (outage.share or 0) < (other.share or 0)


def is_past(feared: Outage, at: int) -> bool:
    """Whether all the time that an outage was feared for has passed; never where nobody has said how long at most."""
    if feared.length is None:
        return feared.end is not None and feared.end <= at
    return is_overtaken(feared, at)


def is_overtaken(outage: Outage, at: int) -> bool:
    """Whether an outage has lasted longer than the longest that was thought possible."""
    longest = _longest(outage.length)
    return longest is not None and outage.start + longest <= at


def _longest(length: Length | None) -> int | None:
    return length.max if isinstance(length, Pert) else None
