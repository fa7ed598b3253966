"""From a scenario to an exercise: who is told what and when, and what the game control has in reserve."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.errors import UsageError
from beroenden.exercise.exercise import CONTROL, Evidence, Exercise, Inject, Stage
from beroenden.exercise.notes import Notes
from beroenden.exercise.noticed import bears_on, noticed
from beroenden.exercise.pace import Pace, pace_words, paced, stages, told_at, told_in
from beroenden.exercise.prolonging import prolonged, twice
from beroenden.exercise.rumours import rumours
from beroenden.exercise.skipped import is_still_so, presupposed
from beroenden.exercise.spacing import spaced
from beroenden.exercise.telling import name_tells
from beroenden.exercise.witness import Disclosure, Witness, witnesses
from beroenden.incident.lagesbild.actors import check_actor
from beroenden.language import Language, say, writing_in
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.scenario import Scenario
from beroenden.units.durations import HOUR
from beroenden.units.numbers import percent
from beroenden.units.times import date_in_words, local, table_time, time_zone

_LEAP, _SOON = 3 * HOUR, 15
"""Minutes of the scenario that pass in less than so many of play, so that a player has to be told what time it is."""


_IDLE = ("service", "rumour", "denial", "pace")
"""Events that tell nothing true of what is wrong with a payment."""


@dataclass(frozen=True, slots=True)
class Reserve:
    """A reserve inject, and the inject that it stands in for or follows on."""

    inject: Inject
    instead_of: Inject


def plan(
    network: Network,
    scenario: Scenario,
    actors: Sequence[str],
    pace: Pace,
    terms: Disclosure | None = None,
    *,
    language: Language = "sv",
    name: str = "",
) -> Exercise:
    """Plan an exercise.

    Args:
        network: The whole model.
        scenario: What happens.
        actors: Ids of the player organisations.
        pace: Exercise time against scenario time.
        terms: When players are told what they cannot see for themselves.
        language: The language of the texts.
        name: What the exercise is called; everybody reads it.

    Raises:
        UsageError: for something that is no actor, an actor named twice, a scenario that none of them notices, or a name
            that tells too much.
    """
    outcome = simulate_scenario(network, scenario)
    _check(outcome, actors, name, pace)
    with writing_in(language):
        return _Plan(outcome, actors, pace, terms or Disclosure()).exercise(name, language)


def _check(outcome: Outcome, actors: Sequence[str], name: str, pace: Pace) -> None:
    """Refuse what makes no exercise, in the language of who asks for it.

    Raises:
        UsageError: with what to do instead.
    """
    for place, actor in enumerate(actors):
        check_actor(outcome.network, actor)
        if actor in actors[:place]:
            raise UsageError(say(f"{actor} står två gånger.", f"{actor} is there twice."))
    if not any(noticed(outcome, actor) for actor in actors):
        raise UsageError(
            say(
                "Ingen av aktörerna märker något av scenariot; sök ett annat med `beroenden exercise find`.",
                "None of the actors notices anything of the scenario; look for another with `beroenden exercise find`.",
            )
        )
    if any(end <= outcome.start or begin >= outcome.end for begin, end in pace.jumps):
        raise UsageError(
            say(
                "Ett hopp (--jump) ligger utanför scenariot och skulle inte hoppa över något.",
                "A jump (--jump) lies outside the scenario and would skip nothing.",
            )
        )
    if name_tells(name, outcome.scenario, outcome.network, actors):
        raise UsageError(
            say(
                f"Namnet ”{name}” röjer något som spelarna inte ska veta; välj ett annat med --name.",
                f'The name "{name}" tells something that the players should not know; choose another with --name.',
            )
        )


class _Plan:
    def __init__(self, outcome: Outcome, actors: Sequence[str], pace: Pace, terms: Disclosure) -> None:
        self._outcome, self._network, self._scenario = outcome, outcome.network, outcome.scenario
        self._actors, self._pace, self._terms = actors, pace, terms
        self._zone = time_zone(outcome.network.timezone)
        self._witnesses = witnesses(outcome, actors, terms)
        self._notes = Notes(outcome, self._witnesses)

    def exercise(self, name: str, language: Language) -> Exercise:
        """What can be told is put into stages, which skip quiet times; what is no longer so when its stage comes is left out.

        Only then is it known who has heard what, and so which reserves there are; what has its place is numbered, and the
        numbers give the pace of each stage.
        """
        collected, (notes, nudges) = self._collected(), self._deadlines()
        made = self._stages(collected, notes)
        told = self._kept(collected, made)
        notes = [one for one in notes if one.evidence and one.evidence.at >= made[0].since]
        nudges = [one for one in nudges if one.instead_of in notes and self._has_heard(one, told, made)]
        reserves = [*nudges, *self._longer(told, made), *self._withheld(told)]
        numbered = self._numbered([*told, *self._pacing(made), *self._notes.hidden(made), *notes], reserves, made)
        made = tuple(
            paced(stage.through(one for one in numbered if one.stage == stage.number), numbered) for stage in made
        )
        label = strictest(self._network.tlp, *(self._network.label_of(*self._ids(one)) for one in numbered))
        injects = (self._at_its_pace(one, made, numbered) for one in numbered)
        return Exercise(
            name=name or self._title(),
            actors=tuple(self._actors),
            scenario=self._scenario,
            stages=made,
            injects=tuple(replace(one, tlp=label) if one.to == CONTROL else one for one in injects),
            model_hash=self._network.hash,
            tlp=label,
            language=language,
        )

    def _title(self) -> str:
        day = local(self._pace.start, self._zone).date()
        return say("Övning ", "Exercise ") + date_in_words(day, weekday=False)

    def _collected(self) -> list[Inject]:
        """All that the players could be told, whenever it is played."""
        told = [inject for _, witness in self._witnesses for inject in witness.injects()]
        return [*told, *rumours(self._outcome, self._witnesses, self._terms)]

    def _stages(self, collected: Sequence[Inject], notes: Sequence[Inject]) -> tuple[Stage, ...]:
        """The stages in which something is told or can be decided."""
        windows = [(one.time, one.evidence.at) for one in notes if one.evidence]
        times = [*(one.time for one in collected), *(time for window in windows for time in window)]
        readers = [sorted(one.time for one in collected if one.to == actor) for actor in self._actors]
        return stages(times, self._outcome.start, self._pace, windows, readers)

    def _kept(self, collected: Sequence[Inject], made: Sequence[Stage]) -> list[Inject]:
        """What is still so, and still news, in the stage in which it is told."""
        still = (one for one in collected if self._is_still_so(one, made) and not _is_confirmed(one, collected, made))
        return presupposed([*still])

    def _is_still_so(self, inject: Inject, made: Sequence[Stage]) -> bool:
        """Whether what an inject says is so when it is told: what is jumped over is told after the jump."""
        found, at = inject.evidence, told_at(inject.time, made)
        return found is None or at == inject.time or is_still_so(self._outcome, found, at)

    def _ids(self, inject: Inject) -> list[str]:
        found = inject.evidence
        return [*found.entities, *found.path, *(payment for payment, _ in found.payments)] if found else []

    def _pacing(self, made: Sequence[Stage]) -> Iterator[Inject]:
        for stage in made:
            evidence = Evidence("pace", stage.since, until=stage.until)
            for _, witness in self._witnesses:
                yield witness.inject(evidence)
            yield self._notes.stage(stage)

    def _at_its_pace(self, one: Inject, made: Sequence[Stage], injects: Sequence[Inject]) -> Inject:
        """The inject that tells the game control of a stage, with the pace that came out."""
        if one.to != CONTROL or not one.tells_time:
            return one
        stage = next(stage for stage in made if stage.number == one.stage)
        return replace(one, text=pace_words(stage, self._zone, injects))

    def _deadlines(self) -> tuple[list[Inject], list[Reserve]]:
        """For each deadline a note to the game control, and a nudge for each player that pays and has not raised it."""
        found: dict[int, list[tuple[str, Evidence, Inject]]] = {}
        for actor, witness in self._witnesses:
            for evidence, nudge in witness.deadlines():
                found.setdefault(evidence.at, []).append((actor, evidence, nudge))
        notes, nudges = [], []
        for _, many in sorted(found.items()):
            runs = tuple(dict.fromkeys(run for _, one, _ in many for run in one.payments))
            # What a player is told only as the deadline comes leaves it nothing to decide.
            knowing = [one for one in many if self._can_know(one[0], one[1], one[1].at - 1)]
            of = tuple(dict.fromkeys(cause for _, one, _ in many for cause in one.path))
            together = replace(many[0][1], payments=runs, path=of)
            note = self._notes.deadline(together, many[0][2].time, many, knowing)
            notes.append(note)
            nudges += [
                Reserve(nudge, note)
                for actor, one, nudge in many
                if self._pays(actor, one) and self._can_know(actor, one, nudge.time)
            ]
        return notes, nudges

    def _has_heard(self, nudge: Reserve, told: Sequence[Inject], made: Sequence[Stage]) -> bool:
        """Whether a player is given what bears on a deadline by the stage in which it would be nudged.

        What lies between two stages the player gets in the later, and the game control its note already in the earlier.
        """
        stage, reminder = self._placed(nudge.instead_of, made).stage, nudge.inject
        given = (one for one in told if one.to == reminder.to and one.time <= reminder.time and one.is_for_players)
        heard = [one.evidence for one in given if one.evidence and self._placed(one, made).stage <= stage]
        payments = reminder.evidence.payments if reminder.evidence else ()
        runs = [run for run in self._outcome.runs if run.key in payments]
        return any(bears_on(self._outcome, one, run) for one in heard if one.event not in _IDLE for run in runs)

    def _can_know(self, actor: str, deadline: Evidence, by: int) -> bool:
        return next(witness for one, witness in self._witnesses if one == actor).can_know(deadline, by)

    def _pays(self, actor: str, evidence: Evidence) -> bool:
        return any(self._network.payment[payment].payer == actor for payment, _ in evidence.payments)

    def _withheld(self, told: Sequence[Inject]) -> Iterator[Reserve]:
        """What a player knows and another does not: for when it has not told that other by itself."""
        known = {(one.to, one.evidence): one for one in told}
        for _, witness in self._witnesses:
            for one in witness.withheld():
                if (instead_of := known.get((one.teller, one.known))) is not None:
                    yield Reserve(one.inject, instead_of)

    def _longer(self, told: Sequence[Inject], made: Sequence[Stage]) -> Iterator[Reserve]:
        """That the last outage lasts twice as long, for all who then hear that it is over: for when the game control lets it."""
        now = self._last_end(told)
        if now is None:
            return
        outcome = simulate_scenario(self._network, prolonged(self._scenario, now))
        going_on = [twice(one) for one in self._scenario.outages if one.end == now]
        until = max(one.end or 0 for one in going_on)
        latest = dict.fromkeys(one.entity for one in going_on if one.end == until)
        for actor, witness in self._witnesses:
            back = (one for one in told if one.to == actor and one.evidence and one.evidence.event == "restored")
            over = [one for one in back if one.time >= now]
            if over:
                more = _more(Witness(outcome, actor, self._terms), witness) or Evidence("longer", now)
                evidence = replace(more, event="longer", at=now, entities=(), until=until, level=None)
                reserve = witness.inject(evidence, now, "reservinspel")
                known = self._named_to(actor, told, self._placed(reserve, made), made)
                if named := tuple(one for one in latest if one and one in known):
                    reserve = witness.inject(replace(evidence, entities=named), now, "reservinspel")
                yield Reserve(reserve, min(over, key=lambda one: one.time))

    def _named_to(self, actor: str, told: Sequence[Inject], reserve: Inject, made: Sequence[Stage]) -> set[str]:
        """What a player has been told by name is wrong, by itself or by others, before a reserve comes to be given."""
        given = (self._placed(one, made) for one in told if one.to == actor and one.time < reserve.time)
        wording = next(witness.wording for one, witness in self._witnesses if one == actor)
        found = (one.evidence for one in given if one.evidence and one.stage <= reserve.stage)
        return {one for each in found for one in wording.said_wrong_of(each)}

    def _last_end(self, told: Sequence[Inject]) -> int | None:
        """When the last outage ends of which somebody has more than the news, or of all where nobody has; None: none ends."""
        found = [one.evidence for one in told if one.evidence and one.evidence.event != "service"]
        felt = {one for each in found for one in each.path}
        felt |= {one for each in found if each.event in ("unconfirmed", "cause", "restored") for one in each.entities}
        ends = [(one.entity in felt, one.end) for one in self._scenario.outages if one.end is not None]
        return max(ends)[1] if ends else None

    def _numbered(
        self, told: Sequence[Inject], reserves: Sequence[Reserve], made: Sequence[Stage]
    ) -> tuple[Inject, ...]:
        """All injects with numbers in order of play; a reserve comes at the time of its own."""
        instead = {id(one.inject): id(one.instead_of) for one in reserves}
        drafts = [(self._placed(one, made), id(one)) for one in (*told, *(one.inject for one in reserves))]
        placed = [*spaced(drafts, instead, made)]
        placed = sorted([*placed, *self._leaps([one for one, _ in placed])], key=self._order)
        numbers = {draft: place for place, (_, draft) in enumerate(placed, 1)}
        return tuple(
            replace(one, number=numbers[draft], basis=self._basis(one), reserve_for=numbers.get(instead.get(draft, 0)))
            for one, draft in placed
        )

    def _leaps(self, placed: Sequence[Inject]) -> Iterator[tuple[Inject, int]]:
        """What time it is now, to each player before an inject that lies hours after its last though little was played."""
        for actor, witness in self._witnesses:
            mine = sorted(
                (one for one in placed if one.to == actor and one.is_for_players), key=lambda one: (one.play, one.time)
            )
            for before, after in pairwise(mine):
                is_soon = after.stage == before.stage and after.play - before.play < _SOON
                if is_soon and after.time - before.time >= _LEAP and not after.tells_time:
                    clock = witness.inject(Evidence("pace", after.time))
                    clock = replace(clock, stage=after.stage, play=after.play)
                    yield clock, id(clock)

    def _order(self, placed: tuple[Inject, int]) -> tuple[int, ...]:
        """By time; of one time the beginning of a stage first, then what is hidden, then failures, then player by player."""
        one, _ = placed
        first = {"pace": 0, "outage": 1}.get(one.evidence.event if one.evidence else "", 2)
        reader = -1 if one.to == CONTROL else self._actors.index(one.to)
        return one.play, one.stage, one.time, first, one.is_good_news, one.kind == "reservinspel", reader

    def _placed(self, inject: Inject, made: Sequence[Stage]) -> Inject:
        """In its stage and its stretch of the scenario.

        Of what lies between two stages players are told as the later begins, the game control already as the earlier ends.
        """
        event = inject.evidence.event if inject.evidence else None
        is_withheld = inject.kind == "reservinspel" and event not in ("deadline", "longer")
        if inject.is_for_players or is_withheld:
            stage = told_in(inject.time, made)
            time = max(inject.time, stage.since)
        else:
            stage = [one for one in made if one.since <= inject.time or one is made[0]][-1]
            time = min(max(inject.time, stage.since), stage.until)
        told = self._told_later(inject, time)
        return replace(told, stage=stage.number, time=time, play=stage.play_time(time))

    def _told_later(self, inject: Inject, time: int) -> Inject:
        """An inject in the words that hold when it is told, where that is later than it could be."""
        if inject.to == CONTROL or inject.evidence is None or time == inject.time:
            return inject
        return dict(self._witnesses)[inject.to].inject(inject.evidence, time, inject.kind)

    def _basis(self, inject: Inject) -> str:
        """The evidence in words for the game control: ids, path and time, and the model that it was computed on."""
        found = inject.evidence
        if found is None or found.event == "pace":
            return ""
        parts = [f"{found.event} {table_time(found.at, self._zone)}"]
        if found.entities:
            parts.append(", ".join(found.entities))
        if found.payments:
            parts.append(", ".join(f"{payment} {day}" for payment, day in found.payments))
        if found.event == "service" and found.level is not None:
            parts.append(say(f"{percent(1 - found.level)} berörs", f"{percent(1 - found.level)} affected"))
        if found.path:
            parts.append(_way(found))
        return "; ".join([*parts, say("modell ", "model ") + self._network.hash[:12]])


def _way(evidence: Evidence) -> str:
    """The path of what was noticed; of a deadline, whose path is what its runs wait for, the causes."""
    if evidence.event == "deadline" and len(evidence.path) > 1:
        return say("orsaker ", "causes ") + ", ".join(evidence.path)
    return say("väg ", "path ") + " ← ".join(evidence.path)


def _is_confirmed(inject: Inject, told: Sequence[Inject], made: Sequence[Stage]) -> bool:
    """Whether what was not confirmed and was jumped over is confirmed to somebody when it would be told."""
    found, at = inject.evidence, told_at(inject.time, made)
    if found is None or found.event != "unconfirmed" or at == inject.time:
        return False
    about = (one for one in told if one.evidence and one.evidence.event == "cause" and one.time <= at)
    return any((one.evidence.entities, one.evidence.at) == (found.entities, found.at) for one in about if one.evidence)


def _more(after: Witness, before: Witness) -> Evidence | None:
    """The first thing that a player would notice more."""
    late = {run for one in before.noticed if one.event == "late" for run in one.payments}
    fallen = {entity for one in before.noticed if one.event == "level" for entity in one.entities}
    for one in after.noticed:
        runs = tuple(run for run in one.payments if run not in late)
        if one.event == "late" and runs:
            return replace(one, payments=runs)
        entities = tuple(entity for entity in one.entities if entity not in fallen)
        if one.event == "level" and entities:
            return replace(one, entities=entities)
    return None
