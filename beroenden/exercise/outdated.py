"""What of an exercise no longer follows from its model, and what now does, where that was changed after it was planned."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.edits import planned_on
from beroenden.exercise.exercise import CONTROL, Event, Evidence, Exercise, Inject
from beroenden.exercise.phrases import numbers_in_words
from beroenden.exercise.stating import contradicts
from beroenden.exercise.witness import Disclosure, witnesses
from beroenden.language import say, writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding
from beroenden.units.times import table_time, time_zone

_OF_THE_SCENARIO: tuple[Event, ...] = ("pace", "outage", "unconfirmed", "cause", "longer")
"""Events that are so whatever the model: what is out, and what time it is."""
_UNTRUE: tuple[Event, ...] = ("rumour", "denial")
"""Events that are about something that works."""
_SEEN: tuple[Event, ...] = ("supply", "level", "reserve", "stage", "cutoff", "late", "fault")
"""Events by which a player sees that something goes wrong."""
_AT_ONCE = Disclosure(rumour=0, unconfirmed=0, confirmed=0)
"""Terms by which players are told all that they can be told by any."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """Numbers of injects.

    Attributes:
        gone: Those that nothing in the model answers to.
        changed: Those that it gives at another time, to another degree, for other payments or in another number.
    """

    gone: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.gone or self.changed)

    def in_words(self) -> str:
        """Which they are, and of which kind."""
        gone, changed = numbers_in_words(self.gone), numbers_in_words(self.changed)
        parts = (
            say(
                f"nr {changed} (annan tid, nivå, andra betalningar eller annat antal)",
                f"no. {changed} (another time, level, number or other payments)",
            )
            if changed
            else "",
            say(f"nr {gone} (händer inte alls)", f"no. {gone} (does not happen at all)") if gone else "",
        )
        return "; ".join(filter(None, parts))


def outdated(exercise: Exercise, network: Network) -> Outdated:
    """What of an exercise's injects, skipped ones aside, a model does not give.

    Args:
        exercise: As it stands, of whatever model it was planned on.
        network: The model as it is now.
    """
    if network.hash == exercise.model_hash:
        return Outdated()
    with writing_in(exercise.language):
        found = _Found(simulate_scenario(network, exercise.scenario), exercise.actors)
        wrong = [one for one in exercise.injects if one.status != "överhoppat" and not found.follows(one)]
        changed = tuple(one.number for one in wrong if found.is_alike(one))
    return Outdated(tuple(one.number for one in wrong if one.number not in changed), changed)


def untold(exercise: Exercise, network: Network) -> tuple[Inject, ...]:
    """What a player would see go wrong by a model and no inject of the exercise tells it, as a new plan tells it.

    Args:
        exercise: As it stands, of whatever model it was planned on.
        network: The model as it is now.
    """
    planned = planned_on(exercise, network)
    told = {each for one in exercise.injects for each in _tells(one)}
    given = (one for one in planned.injects if one.is_for_players) if planned else ()
    return tuple(one for one in given if not told.issuperset(_tells(one)))


def _tells(one: Inject) -> Iterator[tuple[str, Event, str]]:
    """To whom an inject tells what goes wrong, of each thing that it is about."""
    if one.evidence and one.evidence.event in _SEEN:
        yield from ((one.to, one.evidence.event, of) for of in _subjects(one.evidence))


def findings(exercise: Exercise, network: Network, where: str) -> Iterator[Finding]:
    """What a changed model makes of the injects, to be told to who opens the exercise."""
    if not exercise.model_hash or exercise.model_hash == network.hash:
        return
    if found := outdated(exercise, network):
        message = say(
            f"inspel som inte längre följer av modellen: {found.in_words()}. Sätt status överhoppat på dem och skriv egna i deras "
            "ställe, eller planera om; facit räknar med underlaget, också om texten skrivs om",
            f"injects that no longer follow from the model: {found.in_words()}. Give them status överhoppat and write your own in "
            "their place, or plan anew; the keys reckon with the evidence, also where the text is reworded",
        )
        yield Finding("B985", "warning", message, where=where)
    if new := untold(exercise, network):
        zone = time_zone(network.timezone)
        happens = "; ".join(f"{network.entity[one.to].name} {table_time(one.time, zone)}: {one.title}" for one in new)
        message = say(
            f"det som modellen nu också ger och inget inspel säger: {happens}. Skriv egna inspel om det, eller planera om",
            f"what the model now gives too and no inject tells: {happens}. Write your own injects of it, or plan anew",
        )
        yield Finding("B989", "warning", message, where=where)
    if not found and not new:
        message = say(
            "alla inspel följer fortfarande av modellen, så som den är nu",
            "all injects still follow from the model as it is now",
        )
        yield Finding("B985", "info", message, where=where)


class _Found:
    """What the model gives for each player in a scenario."""

    def __init__(self, outcome: Outcome, actors: Iterable[str]) -> None:
        self._outcome = outcome
        self._told: dict[str, list[Inject]] = {CONTROL: []}
        for actor, witness in witnesses(outcome, tuple(actors), _AT_ONCE):
            nudges = [nudge for _, nudge in witness.deadlines()]
            self._told[actor] = [*witness.injects(), *(one.inject for one in witness.withheld()), *nudges]
            self._told[CONTROL] += nudges

    def follows(self, one: Inject) -> bool:
        """Whether the model gives what an inject rests on, in the number that it says."""
        found = one.evidence
        if found is None or found.event in _OF_THE_SCENARIO:
            return True
        if found.event in _UNTRUE:
            return self._outcome.level_at(found.entities[0], found.at) >= 1
        if one.to == CONTROL:
            return self._runs_at(found) == set(found.payments)
        same = [new for new in self._of(one) if new.evidence and _what(new.evidence) == _what(found)]
        return any(not contradicts(one.text, new.text) for new in same)

    def is_alike(self, one: Inject) -> bool:
        """Whether the model gives something of the same kind, about any of the same things."""
        found = one.evidence
        if found is None or found.event in _UNTRUE:
            return found is not None
        return any(new.evidence and _subjects(new.evidence) & _subjects(found) for new in self._of(one))

    def _of(self, one: Inject) -> Iterator[Inject]:
        """What the model gives of an inject's kind to its recipient."""
        for new in self._told.get(one.to, ()):
            if one.evidence and new.evidence and new.evidence.event == one.evidence.event:
                yield new

    def _runs_at(self, deadline: Evidence) -> set[tuple[str, str]]:
        """The runs that the game control reads of at the time of a deadline."""
        nudges = (one.evidence for one in self._told[CONTROL] if one.evidence)
        return {run for one in nudges if one.at == deadline.at for run in one.payments}


def _what(found: Evidence) -> tuple[object, ...]:
    """What an evidence says, by whatever path it comes about."""
    level = None if found.level is None else round(found.level, 6)
    of = (set(found.entities), set(found.payments), found.stage)
    return (found.at, *of, level, found.until, found.since)


def _subjects(found: Evidence) -> set[str]:
    """What an evidence is about: the payments, where it is about any."""
    return {payment for payment, _ in found.payments} or {*found.entities}
