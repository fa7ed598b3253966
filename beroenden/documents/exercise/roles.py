"""Who has to play what: the roles of the role players (motspel), and the players that a stage leaves with little to do."""

from collections.abc import Iterable

from beroenden.documents.document import Paragraph, Section, Table
from beroenden.documents.exercise.words import Words, role
from beroenden.exercise.exercise import CONTROL, Exercise, Inject, Stage
from beroenden.exercise.phrases import is_gap, numbers_in_words
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say
from beroenden.model.network import Network


class Roles:
    """Writes the roles of an exercise."""

    def __init__(self, exercise: Exercise, network: Network) -> None:
        self._exercise, self._words = exercise, Words(exercise, network)

    def section(self) -> Section:
        """Every sender that somebody has to play, with its injects; who plays it is left blank until somebody is named."""
        roles: dict[str, list[Inject]] = {}
        for one in self._exercise.injects:
            if _is_played(one):
                roles.setdefault(one.sender, []).append(one)
        headings = (
            say("Roll", "Role"),
            say("Talar med", "Speaks to"),
            say("Inspel", "Injects"),
            say("Spelas av", "Played by"),
        )
        rows = tuple(
            (role(sender), self._words.recipients(injects), numbers_by_use(injects), _players(injects))
            for sender, injects in roles.items()
        )
        title = say("Roller i motspelet", "Roles to play")
        if not rows:
            return Section("roller", title, 1, (Paragraph(say("Inga.", "None.")),))
        played = (one for injects in roles.values() for one in injects)
        return Section("roller", title, 1, (*in_brackets(played), Table(headings, rows)))

    def idle(self) -> Section:
        """The players that get nothing but the time and news in a stage."""
        headings = (
            say("Skede", "Stage"),
            say("Speltid", "Time of play"),
            say("Övade utan egna inspel", "Players without injects of their own"),
            say("I reserv till dem", "In reserve for them"),
        )
        found = (
            (stage, [actor for actor in self._exercise.actors if self._is_idle(actor, stage)])
            for stage in self._exercise.stages
        )
        rows = tuple(
            (str(stage.number), self._words.played(stage), self._words.actors(actors), self._in_reserve(actors, stage))
            for stage, actors in found
            if actors
        )
        title = say("Skeden utan egna inspel", "Stages without injects of one's own")
        if not rows:
            none = say(
                "Alla övade har något eget i varje skede.", "All players have something of their own in each stage."
            )
            return Section("overksamma", title, 1, (Paragraph(none),))
        note = say(
            "De får bara tiden och nyheter i skedet. Skriv ett inspel till dem, eller säg vad de ska göra under tiden.",
            "They get nothing but the time and news in the stage. Write an inject to them, or say what they are to do meanwhile.",
        )
        return Section("overksamma", title, 1, (Paragraph(note), Table(headings, rows)))

    def _is_idle(self, actor: str, stage: Stage) -> bool:
        given = (one for one in self._exercise.given_to(actor, stage.number) if one.stage == stage.number)
        return all(_is_backdrop(one) for one in given)

    def _in_reserve(self, actors: list[str], stage: Stage) -> str:
        numbers = [
            one.number
            for one in self._exercise.injects
            if one.stage == stage.number and one.to in actors and one.kind == "reservinspel" and not one.is_for_players
        ]
        return numbers_in_words(numbers) or "–"


def numbers_by_use(injects: list[Inject]) -> str:
    """The numbers of injects, those in reserve in brackets."""
    reserves = [one.number for one in injects if one.kind == "reservinspel"]
    parts = [numbers_in_words(one.number for one in injects if one.kind != "reservinspel")]
    parts += [f"({numbers_in_words(reserves)})"] if reserves else []
    return " ".join(part for part in parts if part)


def in_brackets(injects: Iterable[Inject]) -> tuple[Paragraph, ...]:
    """What numbers in brackets are, where some of the injects are in reserve and not skipped."""
    if not any(one.kind == "reservinspel" and one.status != "överhoppat" for one in injects):
        return ()
    return (Paragraph(say("Nummer inom parentes är i reserv.", "Numbers in brackets are in reserve.")),)


def _is_played(inject: Inject) -> bool:
    """Whether somebody has to play its sender: not the game control, who tells the time by itself."""
    return inject.to != CONTROL and inject.status != "överhoppat" and not inject.tells_time


def _is_backdrop(inject: Inject) -> bool:
    return inject.tells_time or inject.form == "nyhetsinslag"


def _players(injects: list[Inject]) -> str:
    """Who plays a role, where somebody has written it."""
    return listed(dict.fromkeys(one.responsible for one in injects if one.responsible and not is_gap(one.responsible)))
