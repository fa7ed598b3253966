"""An evaluation as data: what each player noticed, decided and believed, how the injects were played, and what to follow up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.evaluation.deciding import Deciding, decidings
from beroenden.exercise.evaluation.improvements import Improvement, Improvements, name_of
from beroenden.exercise.evaluation.noticing import Noticing, is_held_to, noticings
from beroenden.exercise.evaluation.players import Clock, PlayerLog, clock_doubts, player_logs
from beroenden.exercise.evaluation.reviewing import Review, reviews
from beroenden.exercise.evaluation.rumours import Rumour, rumours
from beroenden.exercise.exercise import CONTROL, Exercise, Inject
from beroenden.exercise.outdated import outdated
from beroenden.exercise.phrases import numbers_in_words, several
from beroenden.incident.log.entries import Log
from beroenden.language import Language, say, writing_in
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.units.durations import HOUR

LATE = HOUR
"""Minutes of the scenario after which something was logged late, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class PlayerResult:
    """What one player noticed, decided and believed; `log` None: it handed in none, and nothing of it can be judged."""

    actor: str
    name: str
    log: PlayerLog | None
    noticings: tuple[Noticing, ...]
    decidings: tuple[Deciding, ...]
    rumours: tuple[Rumour, ...]
    reviews: tuple[Review, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over what could be judged.

    Attributes:
        told: Things that were told.
        lag: Median of the lags of what was logged, in minutes of the scenario without jumps; None: nothing was.
        deadlines: Latest recoveries that could be judged.
        in_time: Those with a decision before.
        rumours: Rumours that were given.
        believed: Those logged as confirmed.
    """

    told: int
    logged: int
    late: int
    missed: int
    lag: float | None
    deadlines: int
    in_time: int
    rumours: int
    believed: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An evaluation.

    Attributes:
        clock: Which clock the logs were kept by where nothing else was said; each log has its own.
        late: Minutes of the scenario after which something was logged late.
        doubts: What makes the figures doubtful, in words.
        tlp: The strictest label of the exercise, its injects and the logs.
        tlp_from: Where that label comes from, in words.
    """

    network: Network
    exercise: Exercise
    clock: Clock
    late: int
    players: tuple[PlayerResult, ...]
    improvements: tuple[Improvement, ...]
    doubts: tuple[str, ...]
    tlp: str
    tlp_from: str
    language: Language

    @property
    def judged(self) -> tuple[PlayerResult, ...]:
        """The players that handed in a log."""
        return tuple(one for one in self.players if one.log is not None)

    def tally(self, players: Iterable[PlayerResult]) -> Tally:
        """Counts over some players, those without a log left out."""
        judged = [one for one in players if one.log is not None]
        told = [one for player in judged for one in player.noticings if one.state in ("logged", "missed")]
        lags = [one.lag - one.jumped for one in told if one.lag is not None]
        decided = [one for player in judged for one in player.decidings if one.state in ("before", "after", "none")]
        heard = [one for player in judged for one in player.rumours]
        return Tally(
            told=len(told),
            logged=len(lags),
            late=sum(one.is_late(self.late) for one in told),
            missed=sum(one.state == "missed" for one in told),
            lag=median(lags) if lags else None,
            deadlines=len(decided),
            in_time=sum(one.state == "before" for one in decided),
            rumours=len(heard),
            believed=sum(one.taken == "confirmed" for one in heard),
        )

    @property
    def unjudged(self) -> tuple[Inject, ...]:
        """Injects to players that no log is held to: what a person added, news, and questions rather than facts."""
        return tuple(one for one in self._given if not is_held_to(one) and not _is_of_a_rumour(one))

    @property
    def without_outcome(self) -> tuple[Inject, ...]:
        """Injects to players, not skipped, of which nobody wrote how they were received."""
        return tuple(one for one in self._given if not one.outcome.strip())

    @property
    def unsaid(self) -> tuple[Inject, ...]:
        """Injects to players of which nobody said that they were played or skipped."""
        return tuple(one for one in self._given if one.status in ("utkast", "godkänd") and one.played is None)

    @property
    def of_the_clock(self) -> tuple[Inject, ...]:
        """Injects to players that only told the time in the scenario, and went as planned."""
        went = (one for one in self.exercise.injects if one.is_for_players and not one.outcome.strip())
        return tuple(one for one in went if one.tells_time)

    @property
    def _given(self) -> Iterator[Inject]:
        """Injects that players got, those that only tell the time left out; reserves where they were played."""
        for one in self.exercise.injects:
            is_reserve = one.to != CONTROL and one.kind == "reservinspel" and one.status == "spelat"
            if (one.is_for_players or is_reserve) and not one.tells_time:
                yield one


def _is_of_a_rumour(inject: Inject) -> bool:
    return inject.evidence is not None and inject.evidence.event in ("rumour", "denial")


def evaluate(
    network: Network,
    exercise: Exercise,
    logs: Iterable[Log] = (),
    *,
    clock: Clock = "scenario",
    clocks: Mapping[str, Clock] | None = None,
    late: int = LATE,
    language: Language | None = None,
) -> Evaluation:
    """Hold the players' logs against the exercise.

    Args:
        network: The model that the exercise was planned on.
        exercise: As it was played: what was given when, and how it was received.
        logs: Of the players, at most one each.
        clock: Which clock the logs were kept by.
        clocks: That of the players whose logs were kept by another, by id.
        late: Minutes of the scenario after which something was logged late.
        language: Of the texts; None: that of the exercise.

    Raises:
        UsageError: for a log of something that has happened, of an actor that did not play, or a second of one actor.
    """
    by_actor = player_logs(exercise, logs, clock, clocks or {})
    with writing_in(language or exercise.language):
        doubts = (*_doubts(network, exercise), *clock_doubts(exercise, by_actor))
        exercise = _on_its_day(exercise)
        players = tuple(_players(network, exercise, by_actor))
        tlp, tlp_from = _label(network, exercise, players)
        return Evaluation(
            network=network,
            exercise=exercise,
            clock=clock,
            late=late,
            players=players,
            improvements=tuple(_improvements(network, exercise, players, late)),
            doubts=doubts,
            tlp=tlp,
            tlp_from=tlp_from,
            language=language or exercise.language,
        )


def _on_its_day(exercise: Exercise) -> Exercise:
    """The exercise without the times at which injects are said to have been given on another day: then the planned ones hold."""
    injects = (
        one if one.played is None or exercise.is_about_play(one.played) else replace(one, played=None)
        for one in exercise.injects
    )
    return replace(exercise, injects=tuple(injects))


def _players(network: Network, exercise: Exercise, logs: Mapping[str, PlayerLog]) -> Iterator[PlayerResult]:
    outcome = simulate_scenario(network, exercise.scenario)
    for actor in exercise.actors:
        log, lived = logs.get(actor), exercise.lived_by(actor)
        noticed, heard = noticings(lived, actor, log), rumours(lived, actor, log)
        decided = decidings(lived, outcome, actor, log, noticed)
        reviewed = reviews(outcome, log, decided, heard)
        yield PlayerResult(actor, network.entity[actor].name, log, noticed, decided, heard, reviewed)


def _improvements(
    network: Network, exercise: Exercise, players: Iterable[PlayerResult], late: int
) -> Iterator[Improvement]:
    for player in players:
        rows = Improvements(network, exercise.lived_by(player.actor), player.actor, late)
        yield from rows.of_noticings(player.noticings)
        yield from rows.of_decidings(player.decidings)
        yield from rows.of_rumours(player.rumours, player.reviews)
        if player.log is not None:
            yield from rows.of_measures(player.log)


def _doubts(network: Network, exercise: Exercise) -> Iterator[str]:
    """What about the exercise itself makes the figures doubtful."""
    if exercise.model_hash and exercise.model_hash != network.hash:
        yield say(
            "Modellen har ändrats sedan övningen planerades: senaste återställning är räknad på den nya.",
            "The model has changed since the exercise was planned: latest recovery is computed on the new one.",
        )
    if found := outdated(exercise, network):
        yield say(
            f"Inspel som inte längre följer av modellen: {found.in_words()}. Det som de säger prövas ändå mot loggarna.",
            f"Injects that no longer follow from the model: {found.in_words()}. The logs are held to what they say all the same.",
        )
    astray = [one.number for one in exercise.injects if one.played and not exercise.is_about_play(one.played)]
    if astray:
        numbers = numbers_in_words(astray)
        yield say(
            f"spelat_kl ligger mer än ett dygn utanför övningens speltid (inspel {numbers}): de räknas som givna när de var "
            "planerade. Flytta övningen eller rätta tiderna.",
            f"spelat_kl lies more than a day outside the exercise's play (injects {numbers}): they count as given when they were "
            "planned. Move the exercise or correct the times.",
        )


def _label(network: Network, exercise: Exercise, players: Sequence[PlayerResult]) -> tuple[str, str]:
    """The strictest label of all that is repeated, and the first of what has it; where that is a whole log, all such logs."""
    labels = [(label, where) for label, where in _labels(network, exercise, players) if label]
    tlp = strictest(*(label for label, _ in labels))
    first = next(where for label, where in labels if label == tlp)
    logs = {_whole(one.name): one.name for one in players}
    alike = [name for whole, name in logs.items() if (tlp, whole) in labels]
    if first not in logs or len(alike) < 2:
        return tlp, first
    return tlp, say(f"loggarna från {several(alike)}", f"the logs from {several(alike)}")


def _whole(name: str) -> str:
    return say(f"loggen från {name}", f"the log from {name}")


def _labels(network: Network, exercise: Exercise, players: Sequence[PlayerResult]) -> Iterator[tuple[str, str]]:
    """The labels of the model, the exercise, its injects, the logs and their entries, and of what is named."""
    yield network.tlp, say("modellen", "the model")
    for name, log in ((one.name, one.log.log) for one in players if one.log is not None):
        for entry in log.entries:
            own = say(f"{entry.id} i loggen från {name}", f"{entry.id} in the log from {name}")
            yield log.label(entry), own if entry.tlp else _whole(name)
    for inject in exercise.injects:
        yield inject.tlp, say(f"inspel {inject.number}", f"inject {inject.number}")
    for player in players:
        for one in sorted(_named(player)):
            if one in network.entity or one in network.payment:
                yield network.label_of(one), name_of(network, one)
    yield exercise.tlp, say("övningen", "the exercise")


def _named(player: PlayerResult) -> set[str]:
    """Ids of everything that is named in what is said of a player."""
    named = {player.actor, *(one.payment for one in player.decidings)}
    named.update(*(one.subjects for one in player.noticings), *(one.subjects for one in player.rumours))
    if player.log is not None:
        named.update(*(one.concerns for one in player.log.said))
    return named
