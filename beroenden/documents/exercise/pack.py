"""What is handed to one player organisation: what it has been given by the end of a stage, and nothing else."""

from collections.abc import Iterator

from beroenden.documents.document import Block, Bullets, Document, Field, Item, Paragraph, Section
from beroenden.documents.exercise.words import Words, paragraphs, told
from beroenden.documents.forms import example
from beroenden.exercise.exercise import Exercise, Inject, Stage
from beroenden.exercise.phrases import is_gap
from beroenden.incident.forms import internal_form, sharing_form
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say, writing_in
from beroenden.model.labels import strictest
from beroenden.model.network import Network

_THEMES = (
    ("fakta", ("fakta.handelse", "fakta.strategiskt")),
    ("antaganden", ("prognos.antaganden",)),
    ("atgarder", ("inriktning.sikt",)),
    ("budskap", ("kommunikation.externa",)),
)
"""The four themes that players work with, and questions of the forms under whose headings they are asked for."""


def pack_document(exercise: Exercise, network: Network, actor: str, stage: int) -> Document:
    """The pack of one player.

    The newest stage stands first: it is what is handed out, and the earlier ones are there to look back at.

    Args:
        exercise: The exercise.
        network: The model that it was planned on.
        actor: Id of the player.
        stage: Number of the stage; what was given in it and before is in the pack.
    """
    with writing_in(exercise.language):
        return _Pack(exercise, network, actor, stage).document()


class _Pack:
    def __init__(self, exercise: Exercise, network: Network, actor: str, stage: int) -> None:
        self._exercise, self._network, self._actor = exercise, network, actor
        self._words = Words(exercise, network)
        self._stages = [one for one in exercise.stages if one.number <= stage][::-1]
        self._given = sorted(exercise.given_to(actor, stage), key=lambda one: (one.play, one.number))

    def document(self) -> Document:
        name, number = self._words.actor(self._actor), self._newest.number
        labels = [one.tlp or self._network.tlp for one in self._given]
        sections = [*self._draft(), self._instruction()]
        sections += [section for stage in self._stages for section in self._stage(stage)]
        if self._newest == self._exercise.stages[-1]:
            sections += self._themes()
        return Document(
            form="spelare",
            title=say(f"ÖVNING: {name}, skede {number}", f"EXERCISE: {name}, stage {number}"),
            label=strictest(*(labels or [self._network.tlp])),
            is_exercise=True,
            language=self._exercise.language,
            header=tuple(self._header()),
            notice=self._notice(),
            sections=tuple(sections),
        )

    @property
    def _newest(self) -> Stage:
        return self._stages[0]

    def _header(self) -> Iterator[Field]:
        played = self._words.span(self._newest.play, self._newest.play_until)
        yield Field("ovning", say("Övning", "Exercise"), self._exercise.name)
        yield Field("aktor", say("Från", "From"), say("Spelledningen", "Game control"))
        yield Field("mottagare", say("Till", "To"), self._words.actor(self._actor))
        yield Field("skede", say("Skede", "Stage"), str(self._newest.number))
        yield Field("speltid", say("Speltid", "Time of play"), played)
        reached = say("Motspelet och spelledningen nås på", "How to reach role players and game control")
        yield Field("kontakt", reached, self._exercise.contact)

    def _notice(self) -> str:
        return say(
            f"Alla tider är svensk tid ({self._network.timezone}). Händelserna är påhittade för övningen.",
            f"All times are Swedish time ({self._network.timezone}). The events are invented for the exercise.",
        )

    def _draft(self) -> Iterator[Section]:
        """To the game control, as long as something in the pack is left to be written."""
        left = sum(is_gap(text) for one in self._given for _, text in told(one))
        if not left:
            return
        texts = say("1 text är inte skriven", "1 text is not written")
        if left > 1:
            texts = say(f"{left} texter är inte skrivna", f"{left} texts are not written")
        title = say(f"Utkast: {texts}, får inte lämnas ut", f"Draft: {texts}, must not be handed out")
        note = say(
            "Till spelledningen: skriv det som står inom hakparentes i inspel.xlsx och läs in listan. Anmärkningen försvinner "
            "när inget återstår.",
            "To the game control: write what stands in square brackets in inspel.xlsx and read the list in. This remark goes "
            "away when nothing is left.",
        )
        yield Section("utkast", title, 1, (Paragraph(note),))

    def _instruction(self) -> Section:
        themes = listed(title.lower() for title, _ in self._asked())
        items = (
            say(
                "Allt här är övning. Börja varje samtal och meddelande med ”övning, övning, övning” och sprid inget "
                "utanför övningen.",
                'All of this is an exercise. Begin every call and message with "exercise, exercise, exercise" and spread '
                "nothing outside it.",
            ),
            say(
                "Speltid är klockan på väggen. Scenariotid är vad klockan är i det som övas, och den gäller i er lägesbild.",
                "Time of play is the clock on the wall. Scenario time is what time it is in the events that you play; use it "
                "in your situation report.",
            ),
            say(
                "Kontakta motspelet när ni vill nå någon som inte övas. Fråga spelledningen om sådant som gäller övningen själv.",
                "Contact the role players when you want to reach somebody who does not play. Ask the game control about the "
                "exercise itself.",
            ),
            say(f"Skriv er lägesbild under skedet: {themes}.", f"Write your situation report in the stage: {themes}."),
        )
        title = say("Till er som övas", "To the players")
        return Section("instruktion", title, 1, (Bullets(tuple(map(Item, items))),))

    def _stage(self, stage: Stage) -> Iterator[Section]:
        played = self._words.played(stage)
        title = say(f"Skede {stage.number} ({played})", f"Stage {stage.number} ({played})")
        if stage == self._newest and len(self._stages) > 1:
            title = say(f"Nytt: skede {stage.number} ({played})", f"New: stage {stage.number} ({played})")
        injects = [one for one in self._given if one.stage == stage.number]
        nothing = Paragraph(say("Inget inspel till er i skedet.", "No inject to you in the stage."))
        yield Section(f"skede.{stage.number}", title, 1, () if injects else (nothing,))
        for one in injects:
            yield Section("", f"{self._words.play(one.play)} {one.title}", 2, tuple(self._inject(one)))

    def _inject(self, inject: Inject) -> Iterator[Block]:
        yield Paragraph(self._words.delivery(inject))
        yield from paragraphs(inject.text)
        if inject.questions:
            mark = say("Diskutera", "Discuss")
            yield Bullets((Item(inject.questions, mark),))

    def _themes(self) -> Iterator[Section]:
        """The four themes of the exercise as questions, to sum up with."""
        yield Section("sammanfattning", say("Sammanfatta", "Sum up"), 1)
        left = Paragraph(say("Fylls i av er som övas.", "To be completed by the players."), is_prompt=True)
        for title, questions in self._asked():
            yield Section("", title, 2, (Bullets(tuple(map(Item, questions))), left))

    def _asked(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Each theme as the four-field sheet calls it, and its questions as the forms word them."""
        titles = {section.key: section.title for section in example("soes").sections}
        groups = [group for box in (*internal_form(), *sharing_form()) for group in box.groups]
        for theme, keys in _THEMES:
            asked = (group.title for group in groups if any(one.key in keys for one in group.questions))
            yield titles[theme], tuple(dict.fromkeys(asked))
