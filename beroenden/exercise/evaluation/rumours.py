"""How a player took a rumour: as confirmed or not, and whether it was put right after the denial."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from beroenden.exercise.evaluation.noticing import SOON, given_at, subjects
from beroenden.exercise.evaluation.players import PlayerLog, Said
from beroenden.exercise.exercise import Event, Evidence, Exercise, Inject
from beroenden.incident.log.entries import Entry, Observation, OutageEntry
from beroenden.incident.said import concerned

Taken = Literal["confirmed", "unconfirmed", "unclear", "not_logged", "no_log"]


@dataclass(frozen=True, slots=True)
class Rumour:
    """A rumour that a player was given. Instants on the scenario's clock, in minutes since the epoch.

    Attributes:
        told: When it was given.
        denial: The inject that denies it; None: none was given.
        denied: When that was given.
        taken: confirmed: an outage, or a level below 1, was logged as confirmed; unconfirmed: all entries are unconfirmed or
            feared; unclear: a confirmed entry says neither, and its text is not interpreted.
        entries: Those that are about it.
        correction: The first entry from the denial on that corrects one of them, or observes the same.
        believed: From when on it stood in the log as confirmed; None: never.
        doubted: When it no longer did; None: it stands.
        nameless: Where nothing is about it, the first entry soon after it that names nothing, and so may be.
    """

    actor: str
    inject: Inject
    subjects: tuple[str, ...]
    told: int
    denial: Inject | None
    denied: int | None
    taken: Taken
    entries: tuple[Said, ...] = ()
    correction: Said | None = None
    believed: int | None = None
    doubted: int | None = None
    nameless: Said | None = None

    def is_believed_at(self, time: int) -> bool:
        """Whether it stood in the log as confirmed at an instant."""
        return self.believed is not None and self.believed <= time and (self.doubted is None or time < self.doubted)

    @property
    def is_left_standing(self) -> bool:
        """Whether it was logged, then denied, and not put right."""
        return bool(self.entries) and self.denied is not None and self.correction is None


def rumours(exercise: Exercise, actor: str, log: PlayerLog | None) -> tuple[Rumour, ...]:
    """Each rumour that was given to a player, in order of time."""
    denials = list(_given(exercise, actor, "denial", log))
    found = [_rumour(actor, given, denials, log) for given in _given(exercise, actor, "rumour", log)]
    return tuple(sorted(found, key=lambda one: one.told))


def _given(
    exercise: Exercise, actor: str, event: Event, log: PlayerLog | None
) -> Iterator[tuple[int, Inject, Evidence]]:
    for inject in exercise.injects:
        times, evidence = given_at(exercise, inject, log), inject.evidence
        if inject.to == actor and times and evidence is not None and evidence.event == event:
            yield times[0], inject, evidence


def _rumour(
    actor: str,
    given: tuple[int, Inject, Evidence],
    denials: list[tuple[int, Inject, Evidence]],
    log: PlayerLog | None,
) -> Rumour:
    told, inject, evidence = given
    about = subjects(evidence)
    later = [one for one in denials if one[0] >= told and set(about) & set(subjects(one[2]))]
    denied, denial = min(later, key=lambda one: one[0])[:2] if later else (None, None)
    if log is None:
        return Rumour(actor, inject, about, told, denial, denied, "no_log")
    since = min(told, evidence.at)  # logged by the planned time, though it was given later
    entries = tuple(one for one in _claims(log, about, since) if denied is None or _is_of_it(one, denied))
    correction = None if denied is None else _correction(log, about, entries, denied)
    believed = next((one.time for one in entries if _is_certain(one.entry)), None)
    doubted = _doubted(log, entries, correction)
    taken, nameless = _taken(entries), None if entries else log.unnamed(told, told + SOON)
    return Rumour(actor, inject, about, told, denial, denied, taken, entries, correction, believed, doubted, nameless)


def _claims(log: PlayerLog, about: Iterable[str], since: int) -> Iterator[Said]:
    """Outages and observations of something, as they were entered: a later correction does not undo how it was taken."""
    wanted = set(about)
    for one in log.said:
        is_claim = isinstance(one.entry, OutageEntry | Observation)
        if is_claim and one.time >= since and wanted.intersection(concerned(one.entry)):
            yield one


def _is_of_it(said: Said, denied: int) -> bool:
    """Whether an entry repeats the rumour; from the denial on, only an outage that corrects nothing does."""
    return said.time < denied or (isinstance(said.entry, OutageEntry) and said.entry.supersedes is None)


def _taken(entries: tuple[Said, ...]) -> Taken:
    if not entries:
        return "not_logged"
    if any(_is_certain(one.entry) for one in entries):
        return "confirmed"
    return "unclear" if any(one.entry.status == "confirmed" for one in entries) else "unconfirmed"


def _is_certain(entry: Entry) -> bool:
    """Whether an entry says for certain that something is out or harmed."""
    is_harmed = isinstance(entry, Observation) and entry.level is not None and entry.level < 1
    return entry.status == "confirmed" and (isinstance(entry, OutageEntry) or is_harmed)


def _doubted(log: PlayerLog, entries: tuple[Said, ...], correction: Said | None) -> int | None:
    """When what was entered was first corrected into something else than the same, or observed to be otherwise."""
    ids = {one.entry.id for one in entries}
    repeated = {one.entry.id for one in entries if _is_certain(one.entry)}
    changed = [one.time for one in log.said if one.entry.supersedes in ids and one.entry.id not in repeated]
    return min([*changed, *([correction.time] if correction else [])], default=None)


def _correction(log: PlayerLog, about: tuple[str, ...], entries: tuple[Said, ...], denied: int) -> Said | None:
    """The first entry from the denial on that corrects one of the entries, or observes what they were about."""
    corrected = {one.entry.id for one in entries}
    for one in log.said:
        if one.entry.supersedes in corrected:
            corrected.add(one.entry.id)
            if one.time >= denied:
                return one
        is_seen = isinstance(one.entry, Observation) and set(about) & set(concerned(one.entry))
        if entries and is_seen and one.time >= denied:
            return one
    return None
