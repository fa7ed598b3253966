"""What changed between two versions of an exercise, and what a doubt about it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from beroenden.exercise.edits import as_planned, pairs
from beroenden.exercise.exercise import CONTROL, Event, Exercise, Inject
from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.model.network import Network
from beroenden.units.times import table_time, time_zone


@dataclass(frozen=True, slots=True)
class Doubt:
    """A doubt about a change.

    Attributes:
        code: Of the rule.
        number: The inject that it is about.
        field: The attribute of it that was changed; "number" where it is not in the list any more.
        message: In the language of who asks.
    """

    code: str
    number: int
    field: str
    message: str


@dataclass(frozen=True)
class Edit:
    """An exercise before and after a change, with its model."""

    before: Exercise
    after: Exercise
    network: Network

    @cached_property
    def old(self) -> dict[int, Inject]:
        return {one.number: one for one in self.before.injects}

    @cached_property
    def new(self) -> dict[int, Inject]:
        return {one.number: one for one in self.after.injects}

    @cached_property
    def planned(self) -> dict[int, Inject]:
        """The injects as the plan has them, by the number of what they have become; empty where the model is another."""
        made = as_planned(self.after, self.network)
        return {} if made is None else {one.number: new for one, new in pairs(self.after.injects, made)}

    def differs(self, one: Inject, field: str) -> bool:
        """Whether a field of an inject was changed; of a new inject all were."""
        earlier = self.old.get(one.number)
        return earlier is None or getattr(earlier, field) != getattr(one, field)

    def changed(self, *fields: str) -> Iterator[tuple[Inject, str]]:
        """The injects that are to be given of which a field was changed, with the first such field."""
        for one in self.after.injects:
            field = next((field for field in fields if self.differs(one, field)), None)
            if field is not None and is_given(one):
                yield one, field

    def ordered_pairs(self, first: Event, then: Event) -> Iterator[tuple[Inject, Inject]]:
        """Two injects to one reader about one thing that came in their order before."""
        for one in with_event(self.before, first):
            for other in with_event(self.before, then):
                if one.to == other.to and subject(one) == subject(other) and not is_before(other, one):
                    yield one, other

    def what_changed(self, *injects: Inject) -> tuple[int, str]:
        """Number and field of the first change that explains why injects stand otherwise than they did."""
        fields = ("play", "time", "to", "status")
        found = ((one.number, field) for one in injects for field in fields if self.differs(one, field))
        return next(found, (injects[0].number, "number"))

    def clock(self, one: Inject) -> tuple[int, int, int]:
        """The stage of an inject, when of play its time comes there, and what the clock there shows when it is given."""
        stage = next(stage for stage in self.after.stages if stage.number == one.stage)
        return stage.number, stage.play_time(one.time), stage.scenario_time(one.play)

    def time(self, minutes: int) -> str:
        return table_time(minutes, time_zone(self.network.timezone))

    def name(self, one: str) -> str:
        return spoken(self.network.entity[one].name)

    def reader(self, to: str) -> str:
        return say("spelledningen", "the game control") if to == CONTROL else self.name(to)


def is_given(one: Inject) -> bool:
    """Whether an inject is to be given, or was."""
    return one.status != "överhoppat"


def with_event(exercise: Exercise, event: Event) -> list[Inject]:
    """The injects to be given that rest on an event."""
    return [one for one in exercise.injects if one.evidence and one.evidence.event == event and is_given(one)]


def subject(one: Inject) -> tuple[str, ...]:
    """What an inject is about first of all; nothing where it rests on nothing."""
    return one.evidence.entities[:1] if one.evidence else ()


def is_before(one: Inject, other: Inject) -> bool:
    """Whether an inject comes before another, in the play or in the scenario."""
    return one.play < other.play or one.time < other.time


def things(one: Inject, network: Network) -> Iterator[tuple[str | None, str]]:
    """Who answers for each thing that an inject is about, with its name."""
    if one.evidence is not None:
        for entity in one.evidence.entities:
            yield network.actor_of(entity), spoken(network.entity[entity].name)
        for payment in dict.fromkeys(payment for payment, _ in one.evidence.payments):
            yield network.payment[payment].payer, spoken(network.payment[payment].name)
