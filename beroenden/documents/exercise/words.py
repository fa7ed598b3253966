"""How an exercise's times, numbers, forms and recipients are said."""

from collections.abc import Iterable, Iterator

from beroenden.documents.document import Paragraph
from beroenden.exercise.exercise import CONTROL, Exercise, Form, Inject, Stage, Status
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.model.network import Network
from beroenden.units.times import clock_text, date_in_words, local, table_time, time_in_words, time_zone


class Words:
    """Says what an exercise's documents have in common."""

    def __init__(self, exercise: Exercise, network: Network) -> None:
        self._exercise, self._network, self._zone = exercise, network, time_zone(network.timezone)
        first, last = exercise.play_start, exercise.stages[-1].play_until
        self._is_one_day = local(first, self._zone).date() == local(last, self._zone).date()

    def play(self, minutes: int) -> str:
        """A time on the clock on the wall, with its date where the exercise takes several days."""
        moment = local(minutes, self._zone)
        clock = clock_text(moment.hour * 60 + moment.minute)
        return clock if self._is_one_day else table_time(minutes, self._zone)

    def played(self, stage: Stage) -> str:
        """When a stage is played."""
        return f"{self.play(stage.play)}–{self.play(stage.play_until)}"

    def span(self, since: int, until: int) -> str:
        """From when until when something is played, with the day in full; once, where it is one."""
        first, last = (local(one, self._zone) for one in (since, until))
        if first.date() != last.date():
            return f"{time_in_words(since, self._zone)} – {time_in_words(until, self._zone)}"
        clocks = (clock_text(one.hour * 60 + one.minute) for one in (first, last))
        return f"{date_in_words(first.date())}, {'–'.join(clocks)}"

    def scenario(self, minutes: int) -> str:
        """An instant of the scenario."""
        return table_time(minutes, self._zone)

    def elapsed(self, play: int) -> str:
        """Hours and minutes since the exercise began."""
        minutes = play - self._exercise.play_start
        return f"{minutes // 60}:{minutes % 60:02d}"

    def delivery(self, inject: Inject) -> str:
        """From whom an inject comes, how, and when that is in the scenario."""
        form, time = form_in_words(inject.form), self.scenario(inject.time)
        return say(
            f"Från: {inject.sender}, {form}. Scenariotid: {time}.",
            f"From: {inject.sender}, {form}. Scenario time: {time}.",
        )

    def actor(self, actor: str) -> str:
        """The name of who gets something."""
        return (
            say("spelledningen", "the game control") if actor == CONTROL else spoken(self._network.entity[actor].name)
        )

    def actors(self, actors: Iterable[str]) -> str:
        """The names of some players or the game control, in the order of the exercise."""
        known, found = self._exercise.actors, set(actors)
        if len(known) > 1 and found == set(known):
            return say("alla övade", "all players")
        return listed(self.actor(one) for one in (*known, CONTROL) if one in found)

    def recipients(self, injects: Iterable[Inject]) -> str:
        """Who gets some injects."""
        return self.actors(one.to for one in injects)


def form_in_words(form: Form) -> str:
    """How an inject is given."""
    english: dict[Form, str] = {
        "telefon": "telephone",
        "mejl": "e-mail",
        "muntligt": "in person",
        "nyhetsinslag": "news item",
        "sociala medier": "social media",
        "dokument": "document",
    }
    return say(form, english[form])


def told(inject: Inject) -> tuple[tuple[str, str], ...]:
    """What a player reads of an inject, each under its column's name."""
    return (
        (say("Från", "From"), inject.sender),
        (say("Rubrik", "Title"), inject.title),
        (say("Inspel", "Inject"), inject.text),
        (say("Diskussionsfrågor", "Questions for discussion"), inject.questions),
    )


def role(sender: str) -> str:
    """Whom somebody plays, where it is clear that somebody does."""
    return sender.removesuffix(say(" (motspel)", " (role player)"))


def status_in_words(status: Status) -> str:
    """How far an inject has come."""
    english: dict[Status, str] = {
        "utkast": "draft",
        "godkänd": "approved",
        "spelat": "played",
        "överhoppat": "skipped",
    }
    return say(status, english[status])


def paragraphs(text: str) -> Iterator[Paragraph]:
    """A text that a person may have written in several paragraphs."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line)
