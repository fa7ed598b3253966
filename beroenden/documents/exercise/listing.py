"""The injects of a stage as the game control reads them: a schedule, and under it each in full."""

from collections.abc import Iterable, Iterator, Sequence

from beroenden.documents.document import Block, Bullets, Item, Paragraph, Section, Table
from beroenden.documents.exercise.words import (
    Words,
    form_in_words,
    paragraphs,
    role,
    status_in_words,
    told,
)
from beroenden.exercise.exercise import CONTROL, Event, Exercise, Inject, Stage
from beroenden.exercise.phrases import is_gap, numbers_in_words
from beroenden.exercise.prolonging import as_long, overtaken, says_longer
from beroenden.language import say
from beroenden.model.labels import strictest
from beroenden.model.network import Network

Alike = tuple[Inject, ...]
"""Injects of one title that several players get at one time: read together, and given to each."""


class Listing:
    """Writes the injects of an exercise stage by stage."""

    def __init__(self, exercise: Exercise, network: Network) -> None:
        self._exercise, self._network, self._words = exercise, network, Words(exercise, network)
        self._longer: dict[int, list[tuple[Inject, int | None]]] = {}

    def sections(self, stage: Stage) -> Iterator[Section]:
        """A stage: its schedule, its reserve injects, and the full text of all."""
        found = sorted(
            (one for one in self._exercise.injects if one.stage == stage.number), key=lambda one: (one.play, one.number)
        )
        given = _alike(one for one in found if one.kind != "reservinspel")
        reserves = _alike(one for one in found if one.kind == "reservinspel")
        played = self._words.played(stage)
        title = say(f"Skede {stage.number}: {played}", f"Stage {stage.number}: {played}")
        nothing = Paragraph(say("Inga inspel.", "No injects."))
        blocks: list[Block] = [self._schedule(given)] if given else [nothing]
        if reserves:
            blocks.append(self._reserves(reserves))
        yield Section(f"skede.{stage.number}", title, 1, tuple(blocks))
        for alike in sorted((*given, *reserves), key=lambda one: (one[0].play, one[0].number)):
            yield Section("", self._title(alike), 3, tuple(self._full(alike)))

    def _schedule(self, given: Sequence[Alike]) -> Table:
        headings = (
            say("Nr", "No."),
            say("Speltid", "Play"),
            "T+",
            say("Scenariotid", "Scenario"),
            say("Till", "To"),
            say("Rubrik – från, form", "Title – from, form"),
        )
        rows = tuple(
            (
                numbers_in_words(one.number for one in alike),
                self._words.play(alike[0].play),
                self._words.elapsed(alike[0].play),
                self._words.scenario(alike[0].time),
                self._words.recipients(alike),
                self._in_short(alike[0]),
            )
            for alike in given
        )
        return Table(headings, rows, say("Körschema", "Schedule"))

    def _in_short(self, inject: Inject) -> str:
        title = inject.title + self._state(inject)
        return title if inject.to == CONTROL else f"{title} – {role(inject.sender)}, {form_in_words(inject.form)}"

    def _state(self, inject: Inject) -> str:
        """That an inject has been played or is skipped."""
        return f" ({self._status(inject)})" if inject.status in ("spelat", "överhoppat") else ""

    def _status(self, inject: Inject) -> str:
        word = status_in_words(inject.status)
        return word if inject.played is None else f"{word} {self._words.play(inject.played)}"

    def _reserves(self, reserves: Sequence[Alike]) -> Table:
        headings = (
            say("Nr", "No."),
            say("Speltid", "Play"),
            say("Till", "To"),
            say("Rubrik", "Title"),
            say("Ges när", "Given when"),
        )
        rows = tuple(
            (
                numbers_in_words(one.number for one in alike),
                self._words.play(alike[0].play),
                self._words.recipients(alike),
                alike[0].title + self._state(alike[0]),
                self._when(alike[0]),
            )
            for alike in reserves
        )
        return Table(headings, rows, say("I reserv", "In reserve"))

    def _title(self, alike: Alike) -> str:
        first = alike[0]
        numbers = numbers_in_words(one.number for one in alike)
        reserve = say("Reserv: ", "Reserve: ") if first.kind == "reservinspel" else ""
        return f"{numbers}. {self._words.play(first.play)} {reserve}{first.title}"

    def _full(self, alike: Alike) -> Iterator[Block]:
        first, to = alike[0], self._words.recipients(alike)
        delivery = say(f"Till: {to}. ", f"To: {to}. ") + self._words.delivery(first)
        label = strictest(*labels) if (labels := [one.tlp for one in alike if one.tlp]) else ""
        yield Paragraph(f"{delivery} {label}".strip())
        texts = dict.fromkeys(one.text for one in alike)
        if len(texts) == 1:
            yield from paragraphs(first.text)
        else:
            yield Bullets(tuple(self._text(alike, text) for text in texts))
        items = tuple(self._items(alike))
        if items:
            yield Bullets(items)

    def _text(self, alike: Alike, text: str) -> Item:
        """What only some of the players read."""
        return Item(text, self._words.recipients(one for one in alike if one.text == text))

    def _items(self, alike: Alike) -> Iterator[Item]:
        first = alike[0]
        if first.questions:
            yield Item(first.questions, say("Diskussionsfrågor", "Questions for discussion"))
        texts = _left_to_people(first)
        for name, text in texts:
            if text and not _is_only_a_gap(text):
                yield Item(text, name)
        # An empty objective, beside those of the whole, is counted and not repeated at each inject.
        hidden = first.objective if has_aims(self._exercise) else ""
        if gaps := " ".join(text for _, text in texts if _is_only_a_gap(text) and text != hidden):
            yield Item(gaps)
        if first.kind == "reservinspel":
            yield Item(self._when(first), say("Ges när", "Given when"))
        elif says_longer(first) and (then := "; ".join(self._with_it(first))):
            yield Item(then, say("När det är givet", "Once it is given"))
        if says_longer(first) and self._overtaken(first):
            yield Item(self._instead(first), say("Skriv nya inspel", "Write new injects"))
        yield from self._stand_ins(alike)
        yield from self._bases(alike)
        if first.status != "utkast" or first.outcome:
            parts = [self._status(first), first.outcome]
            yield Item(". ".join(part for part in parts if part), say("Läge", "State"))

    def _stand_ins(self, alike: Alike) -> Iterator[Item]:
        """The reserve injects that stand in for these."""
        numbers = {one.number for one in alike}
        found = [one.number for one in self._exercise.injects if one.reserve_for in numbers]
        if found:
            yield Item(say("nr ", "no. ") + numbers_in_words(found), say("I reserv", "In reserve"))

    def _when(self, inject: Inject) -> str:
        """When the game control gives a reserve inject."""
        event: Event | None = inject.evidence.event if inject.evidence else None
        number = inject.reserve_for
        behind = say(f" (nr {number})", f" (no. {number})") if number else ""
        teller = self._teller(inject)
        if teller is not None:
            return say(f"{teller} inte själv har berättat{behind}", f"{teller} has not told it{behind}")
        if event == "deadline":
            return say(
                f"mottagaren inte själv har tagit upp fristen{behind}",
                f"the recipient has not raised the deadline itself{behind}",
            )
        if event == "longer":
            instead = say(
                f"spelledningen låter störningen vara längre; i stället för att den är över{behind}",
                f"the game control lets the disturbance last longer; instead of its being over{behind}",
            )
            return "; ".join((instead, *self._with_it(inject)))
        if number:
            return say(f"nr {number} inte räcker", f"no. {number} is not enough")
        return say("spelledningen bestämmer det", "the game control decides so")

    def _with_it(self, longer: Inject) -> Iterator[str]:
        """What must not be told then either, to anybody, since it is not so; and who else is told that it lasts longer."""
        is_reserve = longer.kind == "reservinspel"
        instead_of = longer.reserve_for if is_reserve else None
        others = [one.number for one, _ in self._overtaken(longer) if one.number != instead_of]
        if others:
            listed = numbers_in_words(others)
            too = say(" heller", " either") if is_reserve else ""
            yield say(f"ge då inte{too} nr {listed}", f"then do not give no. {listed}{too}")
        if also := [one.number for one in as_long(self._exercise, longer)]:
            listed = numbers_in_words(also)
            yield say(f"ge då också nr {listed}", f"then also give no. {listed}")

    def _instead(self, longer: Inject) -> str:
        """What is to be written in place of what is not told where it lasts longer: when it is so then."""
        times: dict[int | None, list[int]] = {}
        for one, at in self._overtaken(longer):
            times.setdefault(at, []).append(one.number)
        parts = [
            say("nr ", "no. ") + f"{numbers_in_words(times[at])} {self._words.scenario(at)}"
            for at in sorted(filter(None, times))
        ]
        if None in times:
            never = say("inte inom den tid som är beräknad", "not within the time that is computed")
            parts.append(say("nr ", "no. ") + f"{numbers_in_words(times[None])} {never}")
        return say(
            "om när det fungerar igen och när pengarna kommer. Med den längre störningen är det som de säger så först: ",
            "of when it works again and when the money comes. With the longer disturbance what they say is so only: ",
        ) + "; ".join(parts)

    def _overtaken(self, longer: Inject) -> list[tuple[Inject, int | None]]:
        """What is not so where the disturbance lasts longer, and when it is."""
        if longer.evidence is None:
            return []
        end = longer.evidence.at
        if end not in self._longer:
            self._longer[end] = overtaken(self._exercise, self._network, end)
        return self._longer[end]

    def _teller(self, inject: Inject) -> str | None:
        """The other player that knows what a reserve inject tells; None: it stands in for another kind of inject."""
        others = (one.to for one in self._exercise.injects if one.number == inject.reserve_for)
        return next((self._words.actor(to) for to in others if to not in (CONTROL, inject.to)), None)

    def _bases(self, alike: Alike) -> Iterator[Item]:
        """The evidence; player by player where it differs, and its model where that is another than the papers'."""
        mark = say("Underlag", "Evidence")
        same_model = say("; modell ", "; model ") + self._network.hash[:12]
        bases = dict.fromkeys(one.basis for one in alike if one.basis)
        for basis in bases:
            who = self._words.recipients(one for one in alike if one.basis == basis)
            words = basis.removesuffix(same_model)
            yield Item(f"{who}: {words}" if len(bases) > 1 else words, mark)


def unwritten(exercise: Exercise) -> Iterator[tuple[str, list[int]]]:
    """Each column in which something is left to be written, with the numbers of its injects; skipped ones need nothing."""
    found: dict[str, list[int]] = {}
    for one in exercise.injects:
        if one.status != "överhoppat":
            for name, text in (*told(one), *_left_to_people(one)):
                if is_gap(text):
                    found.setdefault(name, []).append(one.number)
    yield from found.items()


def _left_to_people(inject: Inject) -> tuple[tuple[str, str], ...]:
    """What a person writes of an inject, beside its text."""
    return (
        (say("Förväntad åtgärd", "Expected action"), inject.expected),
        (say("Övningsmål", "Objective"), inject.objective),
        (say("Ansvarig i motspelet", "Responsible role player"), inject.responsible),
    )


def has_aims(exercise: Exercise) -> bool:
    """Whether somebody has written a purpose or a goal of the exercise as a whole."""
    return any(text and not is_gap(text) for text in (exercise.purpose, *exercise.goals))


def _is_only_a_gap(text: str) -> bool:
    """Whether nothing has been written yet; the gap itself says what is to be."""
    return is_gap(text) and text.startswith("[") and text.find("]") == len(text) - 1


def _alike(injects: Iterable[Inject]) -> list[Alike]:
    """The injects together that differ in nothing but recipient, text, label and evidence."""
    groups: dict[tuple[object, ...], list[Inject]] = {}
    for one in injects:
        said = (one.sender, one.form, one.kind, one.title)
        asked = (one.objective, one.expected, one.questions, one.responsible, one.reserve_for)
        held = (one.status, one.played, one.outcome)
        groups.setdefault((one.play, one.time, *said, *asked, *held), []).append(one)
    return [tuple(group) for group in groups.values()]
