"""The key (facit): what a good lägesbild of a player could say at the end of a stage, from what it has been told."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from beroenden.consequences.outcome import Outcome
from beroenden.engine.compiled import compiled
from beroenden.engine.single import solve
from beroenden.engine.steps import Steps
from beroenden.exercise.exercise import Evidence, Exercise, Inject, Stage
from beroenden.exercise.inferring import begun_by, over_by
from beroenden.exercise.noticed import direct_provider
from beroenden.exercise.phrases import estimated, without_gaps
from beroenden.exercise.unexplained import Unexplained, unexplained
from beroenden.incident.basis import basis
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, Situation, situation
from beroenden.incident.log.entries import Entry, Incident, Log, Observation, OutageEntry
from beroenden.incident.observed import SAME_LEVEL
from beroenden.language import say, writing_in
from beroenden.model.entities import Pert
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage, Pin
from beroenden.sharing.masking import Masked, masked
from beroenden.sharing.viewer import viewer_for

_UNCERTAIN = ("unconfirmed", "rumour", "question", "media")
"""Events that a player has only by hearsay."""
_OF_A_CAUSE = ("cause", "unconfirmed")
"""Events that tell what is out."""
_HELD_UP = ("stage", "cutoff")
"""Events that tell that something the player cannot see the beginning of has made a payment late."""
_ASKING = re.compile(
    r"\?|\b(?:fråg\w+|undrar|vill (?:veta|ha)|begär|ber om|behöver besked|asks?|wonders?|wants?|requests?)\b",
    re.IGNORECASE,
)
"""How what a person has added asks for something."""
_SPOKEN = ("rumour", "denial", "question", "media", "service")
"""Events that are about what is said."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a player could know by the end of a stage.

    Attributes:
        situation: The lägesbild that the program would write from it.
        unexplained: What the player has been told of its payments that the prognosis there does not come to.
    """

    situation: Situation
    unexplained: tuple[Unexplained, ...]


def key(outcome: Outcome, exercise: Exercise, actor: str, stage: Stage) -> Key:
    """The key of a player at the end of a stage.

    It rests on the same log that the player could have kept: what others have not told it, it does not know.

    Args:
        outcome: What happens in the exercise, on the whole model.
    """
    network = outcome.network
    viewer = viewer_for(network, actor)
    log = told_log(outcome, exercise, actor, stage, masked(network, viewer))
    made = basis(network, known_at(log, stage.until, network), viewer, language=exercise.language)
    written = situation(made, actor, Order(form="intern", is_exercise=True))
    given = exercise.given_to(actor, stage.number)
    labels = (one.tlp for one in given if one.tlp)
    odd = unexplained(made, outcome, actor, given, stage.until)
    return Key(replace(written, tlp=strictest(written.tlp, *labels)), tuple(odd))


def told_log(outcome: Outcome, exercise: Exercise, actor: str, stage: Stage, mask: Masked) -> Log:
    """The log that a player could have kept by the end of a stage: one entry for each inject, and what they amount to."""
    given = exercise.given_to(actor, stage.number)
    model = outcome.network.tlp
    incident = Incident(
        id="ovning",
        name=exercise.name,
        actor=actor,
        opened=exercise.stages[0].since,
        is_exercise=True,
        # The log is the player's own, so that it reads all of it, however the whole model is labelled.
        tlp=model if mask.viewer.may_read(model) else mask.viewer.label,
        model=exercise.model,
    )
    with writing_in(exercise.language):
        made = _Log(outcome, actor, stage, mask)
        log = Log(incident, tuple(made.entries(given)))
        return replace(log, entries=(*log.entries, *made.levels(given, log)))


@dataclass(slots=True)
class _Log:
    """Turns injects into entries. What is known to be out is an outage; a level that does not follow from that is observed."""

    outcome: Outcome
    actor: str
    stage: Stage
    mask: Masked
    _told: frozenset[str] = frozenset()
    _out: dict[str, OutageEntry] = field(default_factory=dict)
    _said: dict[str, str] = field(default_factory=dict)
    _written: int = 0

    def entries(self, given: Sequence[Inject]) -> Iterator[Entry]:
        causes = (one.evidence for one in given if one.evidence and one.evidence.event in _OF_A_CAUSE)
        self._told = frozenset(one.entities[0] for one in causes)
        for one in given:
            found = one.evidence
            if _asks(one):
                yield self._asked(one)
                continue
            if found is None:
                yield self._added(one)
                continue
            if found.event == "pace":
                continue
            if found.event == "fault":
                yield self._faulty(one, found)
                continue
            yield from self._part_over(one, found)
            entry = self._entry(one, found)
            yield entry
            if found.event == "level":
                yield from self._own_faults(entry, found)
            if found.event in _HELD_UP:
                yield from self._working(entry, found)
                yield from self._inferred(entry, found)
            if found.event == "longer":
                yield from self._prolonged(entry, found)
            if found.event == "completed":
                yield from self._shown_over(entry, found)
            if _is_mended(found):
                yield from self._also_over(entry, found)
            if found.event == "restored":
                yield from self._behind_over(entry, found)
        for pin in self._own_pins:
            until = self._held_until(pin)
            yield self._level(pin.entity, pin.start, pin.level, until)

    def _entry(self, inject: Inject, found: Evidence) -> Entry:
        """The entry of one inject: of an outage where it tells that something outside is out, or works again."""
        cause, about = self._tells_of(found), self._observation(inject, found)
        if cause is None or found.event in _HELD_UP:
            return about
        silent = replace(about, text="") if cause in self._told else about  # its words say no more than the outage does
        before = self._out.get(cause)
        if _is_mended(found):
            over = replace(before.outage, end=_mended(found), length=None) if before else None
            return about if over is None else self._outage(silent, over, before)
        is_told = found.event in _OF_A_CAUSE
        if before is not None and not is_told:
            return about
        left = found.level or 0.0 if is_told else self.outcome.level_at(cause, found.at)
        end = found.until if is_told else None
        start = found.at if before is not None or found.since is None else found.since
        outage = _estimated(Outage(start, end, cause, remaining=left), found.at, silent.time)
        is_another = before is not None and not _goes_on(before) and (before.outage.end or start) <= start
        return self._outage(silent, outage, None if is_another else before)

    def _faulty(self, inject: Inject, found: Evidence) -> OutageEntry:
        """The fault in a payment's file that an inject tells of."""
        about = replace(self._observation(inject, found), text="")  # its words say no more than the fault does
        payment, share = found.payments[0][0], 1 - (found.level or 0.0)
        fault = Outage(found.at, found.until, payment=payment, share=share)
        return self._outage(about, _estimated(fault, found.at, about.time), None)

    def _prolonged(self, about: Entry, found: Evidence) -> Iterator[OutageEntry]:
        """The outages that are said to last longer: those on the way to what the player would notice more, else all it knows of."""
        going = {one: before for one, before in self._out.items() if _goes_on(before)}
        named = {one: before for one, before in going.items() if one in found.path}
        for before in (named or going).values():
            told = replace(before, time=about.time, source=about.source, text="")
            yield self._outage(told, replace(before.outage, end=found.until, length=None), before)

    def _part_over(self, inject: Inject, found: Evidence) -> Iterator[OutageEntry]:
        """The end of what has been told of something that is out, where it is now told to go on at another level."""
        before = self._out.get(found.entities[0]) if found.event in _OF_A_CAUSE else None
        if before is not None and before.outage.start < found.at and _goes_on(before):
            over = replace(before.outage, end=found.at, length=None)
            yield self._outage(replace(self._observation(inject, found), text=""), over, before)

    def _own_faults(self, about: Entry, seen: Evidence) -> Iterator[OutageEntry]:
        """The outages of what is the player's own that it is told has a fault of its own, before that is confirmed.

        While something else holds it down too, how much the fault leaves is seen only once that is over.
        """
        told, pinned = replace(about, text=""), {pin.entity for pin in self.outcome.scenario.pins}
        for entity in (one for one in seen.entities if one not in self._told | pinned):
            before = self._out.get(entity)
            going = before if before is not None and _goes_on(before) else None
            if self._begins(entity, seen):
                if going is not None:
                    yield self._outage(told, replace(going.outage, end=seen.at), going)
                yield self._outage(told, Outage(seen.at, None, entity, remaining=seen.level or 0.0), None)
            elif going is not None and not seen.path and seen.until is None:
                yield self._outage(told, replace(going.outage, remaining=seen.level or 0.0), going)

    def _begins(self, entity: str, seen: Evidence) -> bool:
        """Whether a fault of an entity's own begins, or changes, with what is told of its level, and nothing of others is why."""
        own = all(self.outcome.network.actor_of(one) == self.actor for one in seen.path)
        outages = self.outcome.scenario.outages
        return bool(seen.path) and own and any((one.entity, one.start) == (entity, seen.at) for one in outages)

    def _also_over(self, about: Entry, restored: Evidence) -> Iterator[OutageEntry]:
        """The outages of all that is told to work again, or to be mended, at once."""
        for entity in restored.entities:
            before = self._out.get(entity)
            if before is not None and _goes_on(before):
                told = replace(before, time=about.time, source=about.source, status=about.status, text="")
                yield self._outage(told, replace(before.outage, end=_mended(restored), length=None), before)

    def _behind_over(self, about: Entry, restored: Evidence) -> Iterator[OutageEntry]:
        """The outages of what that rests on which is told to work again."""
        fell = (self.outcome.because(one, restored.at - 1) for one in self._fallen(restored))
        behind = {link.entity for path in fell for link in path}
        yield from self._presumed_over(about, behind.union(restored.path, self._holding_down(restored)), restored)

    def _holding_down(self, restored: Evidence) -> Iterator[str]:
        """What the player knows to be out that by itself would keep something from working that is told to work again."""
        model, at = compiled(self.outcome.network), restored.at
        for subject, before in self._out.items():
            if before.outage.entity is not None and _goes_on(before):
                levels = solve(model, (before.outage,), (), at + 1)
                if any(levels.of(entity).at(at) < 1 for entity in restored.entities):
                    yield subject

    def _fallen(self, restored: Evidence) -> Iterator[str]:
        """What is told to work again and did not until then."""
        for entity in restored.entities:
            if self.outcome.level_at(entity, restored.at - 1) < 1 <= self.outcome.level_at(entity, restored.at):
                yield entity

    def _shown_over(self, about: Entry, completed: Evidence) -> Iterator[OutageEntry]:
        """The outages that must be over since the money has come, where nobody has told so; when all has, faults in its file."""
        yield from self._presumed_over(about, self._relied_on(completed), completed)
        for payment, _ in completed.payments if completed.level is None else ():
            before = self._out.get(payment)
            if before is not None and _goes_on(before):
                mended = replace(before, time=about.time, source=about.source, text="")
                yield self._outage(mended, replace(before.outage, end=completed.at, length=None), before)

    def _relied_on(self, completed: Evidence) -> set[str]:
        """Everything that payments which have come depend on."""
        network = self.outcome.network
        payments = [network.payment[payment] for payment, _ in completed.payments]
        return network.upstream(
            one for each in payments for of in each.stages for one in network.stage_providers(each, of)
        )

    def _presumed_over(self, about: Entry, entities: Collection[str], seen: Evidence) -> Iterator[OutageEntry]:
        """The outages of some entities that go on as far as anybody has told, and must be over since something was seen."""
        over = [
            (entity, before)
            for entity, before in self._out.items()
            if entity in entities and _goes_on(before) and self.outcome.level_at(entity, seen.at) == 1
        ]
        if not over:
            return
        ended = [before.outage for _, before in over]
        others = [one.outage for entity, one in self._out.items() if (entity, one) not in over]
        end = over_by(self.outcome, ended, others, self._own_pins, seen)
        why = say(
            "Slutet är en slutsats: senast då, med tanke på när det som berodde på det fungerade igen eller kom fram.",
            "The end is inferred: by then at the latest, in view of when what depended on it worked again or came.",
        )
        for _, before in over:
            outage = replace(before.outage, end=end if before.outage.start < end else seen.at, length=None)
            # Who said that it was out is no less sure of that; that it has ended nobody has said.
            is_said_before = outage.end is not None and before.time < outage.end
            status = before.status if is_said_before else "unconfirmed"
            shown = replace(before, logged=about.time, status=status, text=f"{before.text} {why}".strip())
            yield self._outage(shown, outage, before)

    def _working(self, about: Entry, held_up: Evidence) -> Iterator[OutageEntry]:
        """The outages that must be over since what held up a stage is told to work by then."""
        provider = direct_provider(held_up)
        if held_up.level == 1 and provider is not None and not self._is_hidden(provider):
            yield from self._presumed_over(about, self.outcome.network.upstream((provider,)), held_up)

    def _inferred(self, about: Entry, held_up: Evidence) -> Iterator[OutageEntry]:
        """What fails at the player's border and held up a stage: it was out before that was to be done, nobody says since when."""
        cause = self._tells_of(held_up)
        if cause is None or cause in self._out:
            return
        start, left = begun_by(self.outcome.network, held_up, cause), self.outcome.level_at(cause, held_up.at)
        outage = Outage(start, None, cause, remaining=left)
        if left >= 1:
            outage = replace(outage, end=held_up.at, remaining=0.0)
        why = say(
            "Början är antagen: då skulle arbetet i steget ha börjat. Det blev inte klart; när felet började har ingen sagt.",
            "The beginning is assumed: the work of the stage should have begun then. It was not done; nobody has said when the "
            "fault began.",
        )
        yield self._outage(replace(about, status="unconfirmed", text=why), outage, None)

    def _tells_of(self, found: Evidence) -> str | None:
        """What an inject tells is out, or works again: the cause itself, or what fails at the player's border."""
        if found.event in _OF_A_CAUSE:
            return found.entities[0]
        if _is_mended(found) and not self._out.keys().isdisjoint(found.entities):
            return next(one for one in found.entities if one in self._out)
        provider = direct_provider(found)
        if found.event not in ("supply", "level", "reserve", "stage", "cutoff", "restored") or provider is None:
            return None
        is_known = (
            self.outcome.network.actor_of(provider) == self.actor
            or self._is_hidden(provider)
            or not self._told.isdisjoint((provider, found.path[-1]))
        )
        return None if is_known else provider

    def _is_hidden(self, entity: str) -> bool:
        return self.mask.ids[entity] in self.mask.network.withheld

    def _outage(self, about: Entry, outage: Outage, before: OutageEntry | None) -> OutageEntry:
        entry = OutageEntry(
            id=f"outage-{self._number()}",
            time=about.time,
            actor=about.actor,
            source=about.source,
            status=about.status,
            text=about.text,
            outage=outage,
            supersedes=before.id if before else None,
            logged=about.logged,
        )
        self._out[outage.subject] = entry
        return entry

    def _observation(self, inject: Inject, found: Evidence) -> Observation:
        entry = Observation(
            id=f"observation-{self._number()}",
            time=min(inject.time, self.stage.until),
            actor=self.actor,
            source=inject.sender,
            topic="kommunikation" if found.event in _SPOKEN else "handelse",
            status="unconfirmed" if found.event in _UNCERTAIN else "confirmed",
            text=without_gaps(inject.text),
            supersedes=self._said.pop(found.entities[0], None) if found.event == "denial" else None,
        )
        if found.event == "rumour":
            self._said[found.entities[0]] = entry.id
        return entry

    def _asked(self, inject: Inject) -> Observation:
        """What somebody wants to know or have: nothing that is so or not, but to be answered."""
        text = say("Att besvara: ", "To be answered: ") + without_gaps(inject.text)
        return replace(self._added(inject), topic="kommunikation", status="confirmed", text=text)

    def _added(self, inject: Inject) -> Observation:
        """What a person has added: the model cannot say whether it is so."""
        return Observation(
            id=f"observation-{self._number()}",
            time=min(inject.time, self.stage.until),
            actor=self.actor,
            source=inject.sender,
            topic="handelse",
            status="unconfirmed",
            text=without_gaps(inject.text),
        )

    def levels(self, given: Sequence[Inject], log: Log) -> Iterator[Observation]:
        """Each level of its own things that it has seen, while what else it knows does not lead to it."""
        network, until = self.outcome.network, self.stage.until
        known = known_at(log, until, network).scenario
        computed = solve(compiled(network), known.outages, known.pins, until + 1)
        told = [one.evidence for one in given if one.evidence]
        for entity, seen in self._seen(told).items():
            led_to = computed.of(entity)
            for since, to, level in seen.pieces(seen.times[0], until + 1):
                if led_to.at(since) <= level + SAME_LEVEL and self._is_shown_back(entity, told, since, to):
                    continue
                for start, end, here in led_to.pieces(since, to):
                    if abs(here - level) > SAME_LEVEL:
                        yield self._level(entity, start, level, end if end <= until else None)

    def _is_shown_back(self, entity: str, told: Sequence[Evidence], since: int, to: int) -> bool:
        """Whether money that came through something shows that it works again, where nobody has told so."""
        return any(
            one.event == "completed"
            and since < one.at < to
            and self.outcome.level_at(entity, one.at) == 1
            and entity in self._relied_on(one)
            for one in told
        )

    def _seen(self, found: Sequence[Evidence]) -> dict[str, Steps]:
        """The levels of its own things that the player has been told, or that are held; by the entity, from the first on."""
        told = [
            (one.at, entity, 1.0 if one.event == "restored" else one.level or 0.0)
            for one in found
            if one.event in ("level", "restored")
            for entity in one.entities
            if self.outcome.network.actor_of(entity) == self.actor
        ]
        told += [(pin.start, pin.entity, pin.level) for pin in self._own_pins]
        steps: dict[str, dict[int, float]] = {}
        for at, entity, level in sorted(told):
            steps.setdefault(entity, {})[at] = level
        return {entity: Steps(tuple(of), tuple(of.values())) for entity, of in steps.items()}

    @property
    def _own_pins(self) -> list[Pin]:
        """The levels that the scenario holds of what the player answers for, as far as they have begun."""
        pins = (one for one in self.outcome.scenario.pins if one.start <= self.stage.until)
        return [one for one in pins if self.outcome.network.actor_of(one.entity) == self.actor]

    def _held_until(self, pin: Pin) -> int | None:
        """Until when the player knows that a level is held: of what holds up as long as that lasts, else once it is over."""
        outcome = self.outcome
        end = outcome.end if pin.end is None else pin.end
        others = [one for one in outcome.scenario.pins if one != pin]
        freely = solve(compiled(outcome.network), outcome.outages, others, end).of(pin.entity)
        holds_up = all(level <= pin.level for _, _, level in freely.pieces(pin.start, end))
        return end if holds_up or end <= self.stage.until else None

    def _level(self, entity: str, at: int, level: float, until: int | None) -> Observation:
        number = f"observation-{self._number()}"
        return Observation(
            id=number, time=at, actor=self.actor, status="confirmed", entity=entity, level=level, until=until
        )

    def _number(self) -> int:
        self._written += 1
        return self._written


def _asks(inject: Inject) -> bool:
    """Whether an inject asks: of a deadline; what a person has added, by how it begins."""
    if inject.evidence is not None:
        return inject.evidence.event == "deadline"
    begins = re.split(r"(?<=[.!?])\s", inject.text.strip())[0]
    return _ASKING.search(begins) is not None


def _is_mended(found: Evidence) -> bool:
    """Whether an inject tells that something works again, or that its own fault is mended."""
    return found.event == "restored" or (found.event == "level" and found.until is not None)


def _mended(found: Evidence) -> int:
    """When the fault was over of what an inject tells to be mended."""
    return found.at if found.until is None else found.until


def _goes_on(entry: OutageEntry) -> bool:
    """Whether nobody has said for certain when an outage ends."""
    outage, said = entry.outage, entry.time if entry.logged is None else entry.logged
    return outage.end is None or outage.length is not None or outage.end > said


def _estimated(outage: Outage, since: int, told: int) -> Outage:
    """An outage as the player has heard of it: it ends between two times, and nothing is said of what is likeliest.

    Args:
        since: From when its length is reckoned.
        told: When it was told; it goes on then.
    """
    if outage.end is None:
        return outage
    earliest, latest = estimated(since, outage.end)
    first, last = max(earliest, told) - outage.start, latest - outage.start
    length = Pert(first, (first + last) // 2, last)
    return replace(outage, end=outage.start + length.typical, length=length)
