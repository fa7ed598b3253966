"""What a player noticed, and when, against when it could first be known."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from beroenden.exercise.evaluation.players import PlayerLog, Said
from beroenden.exercise.exercise import GOOD_NEWS, Event, Evidence, Exercise, Inject
from beroenden.exercise.noticed import direct_provider
from beroenden.incident.log.entries import Observation, OutageEntry
from beroenden.units.durations import HOUR

TOLD: tuple[Event, ...] = (
    "outage", "supply", "level", "reserve", "stage", "cutoff", "late", "service", "unconfirmed", "cause", "fault",
    "longer", "restored", "completed",
)  # fmt: skip
"""The events that something can be logged about; rumours and their denials are judged apart."""
_OF_AN_OUTAGE: tuple[Event, ...] = ("unconfirmed", "cause", "fault", "restored")
"""The events that can be logged as an outage, or its end, of whoever's."""
_OF_A_PROVIDER = ("level", "supply", "reserve", "restored", "stage", "cutoff", "late")
"""The events whose path begins with what failed; an observation cannot name a payment, but may name that."""
SOON = 2 * HOUR
"""So long after an inject an entry that names nothing may be about it."""
State = Literal["logged", "missed", "not_given", "no_log"]


@dataclass(frozen=True, slots=True)
class Noticing:
    """One thing that a player was told. Instants on the scenario's clock, in minutes since the epoch.

    Attributes:
        injects: Those that tell it, the first given first.
        known: When it could first be known; None: no inject told it. Of a log in the scenario's time it is when the inject
            says that it is, or, where the entry came no sooner, when it was played.
        said: The first entry that concerns it.
        earlier: Where there is none, the last entry that concerns the same from before it counts.
        nameless: The first entry soon after, and before that one, that names nothing, and so may be about it.
        jumped: Minutes of the lag that nobody played, between two stages.
        played_lag: Minutes of play from the inject to the entry, breaks not counted, where the log was kept by the wall's clock.
    """

    actor: str
    evidence: Evidence
    injects: tuple[Inject, ...]
    state: State
    known: int | None = None
    said: Said | None = None
    earlier: Said | None = None
    nameless: Said | None = None
    jumped: int = 0
    played_lag: int | None = None

    @property
    def is_played(self) -> bool:
        """Whether it is known when the first inject was played; else it counts as played when it was planned."""
        return self.known is not None and self.injects[0].played is not None

    @property
    def lag(self) -> int | None:
        """Minutes from when it could be known to when it was logged; below 0: logged before the inject."""
        return None if self.said is None or self.known is None else self.said.time - self.known

    def is_late(self, limit: int) -> bool:
        """Whether more of the scenario than a limit, in minutes, was played before it was logged."""
        return self.lag is not None and self.lag - self.jumped > limit

    @property
    def subjects(self) -> tuple[str, ...]:
        """Ids of what it is about."""
        return subjects(self.evidence)

    @property
    def concerns(self) -> tuple[str, ...]:
        """What of it the entry names."""
        return () if self.said is None else tuple(one for one in self.subjects if one in self.said.concerns)


def subjects(evidence: Evidence) -> tuple[str, ...]:
    """Ids of the entities and payments that an inject is about, and of what failed where it tells of that."""
    provider = direct_provider(evidence) if evidence.event in _OF_A_PROVIDER else None
    payments = (payment for payment, _ in evidence.payments)
    return tuple(dict.fromkeys((*evidence.entities, *((provider,) if provider else ()), *payments)))


def given_at(exercise: Exercise, inject: Inject, log: PlayerLog | None) -> tuple[int, ...]:
    """When a player was given an inject, on the scenario's clock: at the earliest first, at the latest last; empty: not at all.

    What was not recorded as played counts as given when it was planned, but for reserves, which are then not given. Who logs
    in the scenario's time may go by the time that stands in the inject, whenever that was played: then it is both.
    """
    is_unused = inject.kind == "reservinspel" and inject.status != "spelat"
    if inject.status == "överhoppat" or inject.kind == "spelledning" or is_unused:
        return ()
    if inject.played is None:
        return (inject.time,)
    played = exercise.scenario_time(inject.played)
    is_by_inject = log is not None and log.clock == "scenario"
    return tuple(sorted({inject.time, played})) if is_by_inject else (played,)


def noticings(exercise: Exercise, actor: str, log: PlayerLog | None) -> tuple[Noticing, ...]:
    """Each thing that a player was to be told, in order of when it could be known; what was not told stands last."""
    told = _told(exercise, actor, log)
    things = [_thing(exercise, actor, evidence, injects, log) for evidence, injects in told.items()]
    things.sort(key=lambda one: (one.known is None, one.known or 0))
    return tuple(_judged(exercise, one, things[:place], log) for place, one in enumerate(things))


def _told(exercise: Exercise, actor: str, log: PlayerLog | None) -> dict[Evidence, list[Inject]]:
    """The injects to a player that tell each thing; a reserve only where it was played.

    Of what is information alone, which the player itself notices nothing of, only what can be logged as an outage counts.
    """
    found: dict[Evidence, list[Inject]] = {}
    for inject in exercise.injects:
        is_given = inject.kind != "reservinspel" or given_at(exercise, inject, log)
        if inject.to == actor and is_given and inject.evidence is not None and is_held_to(inject):
            found.setdefault(inject.evidence, []).append(inject)
    return found


def is_held_to(inject: Inject) -> bool:
    """Whether a player is held to having logged what an inject to it tells."""
    event = inject.evidence.event if inject.evidence else None
    return event in (_OF_AN_OUTAGE if inject.kind == "information" else TOLD)


def _thing(
    exercise: Exercise, actor: str, evidence: Evidence, injects: list[Inject], log: PlayerLog | None
) -> Noticing:
    """What was told, before it is looked for in the log."""
    given = [(times[0], one) for one in injects if (times := given_at(exercise, one, log))]
    if not given:
        return Noticing(actor, evidence, tuple(injects), "not_given")
    given.sort(key=lambda one: one[0])
    return Noticing(actor, evidence, tuple(inject for _, inject in given), "missed", given[0][0])


def _judged(exercise: Exercise, thing: Noticing, before: list[Noticing], log: PlayerLog | None) -> Noticing:
    """A thing with the first entry that concerns it.

    An entry from before the inject counts, from when the thing happened, only when no earlier inject to the same player was
    about the same, or when it tells of an outage that began no earlier than the thing: else it may be about what was told.
    """
    if thing.known is None:
        return thing
    if log is None:
        return replace(thing, state="no_log")
    is_first = not any(set(one.subjects) & set(thing.subjects) for one in before)
    since = min(thing.known, thing.evidence.at) if is_first else thing.known
    found = (
        one for one in log.about(thing.subjects, min(since, thing.evidence.at)) if not _is_of_the_other_side(one, thing)
    )
    said = next((one for one in found if one.time >= since or _began_with(one, thing)), None)
    if said is None:
        return replace(
            thing, earlier=log.last(thing.subjects, since), nameless=log.unnamed(thing.known, thing.known + SOON)
        )
    first = thing.injects[0]
    played = first.play if first.played is None else first.played
    # An entry from before the inject was played goes by the time that stands in it; any other may go by either.
    known = max((time for time in given_at(exercise, first, log) if time <= said.time), default=thing.known)
    return replace(
        thing,
        state="logged",
        known=known,
        said=said,
        nameless=log.unnamed(known, min(known + SOON, said.time - 1)),
        jumped=sum(_jumps(exercise, known, said.time)),
        played_lag=_played_lag(exercise, played, said.entry.time) if log.clock == "play" else None,
    )


def _played_lag(exercise: Exercise, played: int, logged: int) -> int:
    """Minutes of play from one time to another, breaks not counted; below 0: it came before."""
    return logged - played - exercise.paused(played, logged) + exercise.paused(logged, played)


def _is_of_the_other_side(said: Said, thing: Noticing) -> bool:
    """Whether an entry tells of the other side: that something works, or is over, of a failure; of what works that it is out."""
    entry = said.entry
    if thing.evidence.event in GOOD_NEWS:
        return isinstance(entry, OutageEntry) and entry.outage.end is None
    return _is_end(entry) if isinstance(entry, OutageEntry) else isinstance(entry, Observation) and entry.level == 1


def _is_end(entry: OutageEntry) -> bool:
    """Whether an entry only adds to an earlier one that the outage is over."""
    end = entry.outage.end
    return entry.supersedes is not None and entry.outage.length is None and end is not None and end <= entry.time


def _began_with(said: Said, thing: Noticing) -> bool:
    """Whether an entry tells of an outage that began when a thing happened, or since."""
    return isinstance(said.entry, OutageEntry) and said.entry.outage.start >= thing.evidence.at


def _jumps(exercise: Exercise, since: int, until: int) -> Iterator[int]:
    """Minutes between two instants of the scenario that lie between two stages."""
    for one, following in pairwise(exercise.stages):
        yield max(0, min(until, following.since) - max(since, one.until))
