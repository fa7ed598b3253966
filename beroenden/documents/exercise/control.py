"""The game control's own document (spelledning): everything, minute by minute, with what is expected to follow."""

from collections import Counter
from collections.abc import Iterator

from beroenden.documents.document import Block, Bullets, Document, Field, Item, Paragraph, Section, Table
from beroenden.documents.exercise.consequences import Consequences
from beroenden.documents.exercise.listing import Listing, unwritten
from beroenden.documents.exercise.roles import Roles, in_brackets, numbers_by_use
from beroenden.documents.exercise.words import Words, status_in_words
from beroenden.documents.heading import row
from beroenden.exercise.exercise import CONTROL, STATUSES, Exercise, Inject, Stage
from beroenden.exercise.outdated import outdated
from beroenden.exercise.phrases import gap, is_gap, numbers_in_words
from beroenden.incident.lagesbild.writer import listed, outage_name
from beroenden.language import say, writing_in
from beroenden.model.network import Network
from beroenden.units.numbers import number, percent

_CHOSEN = ("Valt för:", "Chosen for:")
"""How the search for scenarios begins its reasons in a scenario's note; they compare proposals, and say nothing of the play."""
_ABREAST, _MARGIN = 100, 4
"""Letters that fit beside each other in the heading of a table, and a column's share of them that stays empty."""


def control_document(exercise: Exercise, network: Network) -> Document:
    """The whole exercise, for those who lead it and never for the players.

    Args:
        exercise: The exercise.
        network: The model that it was planned on.
    """
    with writing_in(exercise.language):
        return _Control(exercise, network).document()


class _Control:
    def __init__(self, exercise: Exercise, network: Network) -> None:
        self._exercise, self._network = exercise, network
        self._words = Words(exercise, network)

    def document(self) -> Document:
        made = self._exercise
        listing, roles = Listing(made, self._network), Roles(made, self._network)
        return Document(
            form="spelledning",
            title=say(f"Spelledning: {made.name}", f"Game control: {made.name}"),
            label=made.tlp or self._network.tlp,
            is_exercise=True,
            language=made.language,
            header=tuple(self._header()),
            notice=self._notice(),
            sections=(
                self._aims(),
                self._use(),
                self._to_write(),
                self._hidden(),
                self._clock(),
                roles.section(),
                roles.idle(),
                *Consequences(made, self._network).sections(),
                *(section for stage in made.stages for section in listing.sections(stage)),
                self._matrix(),
            ),
        )

    def _header(self) -> Iterator[Field]:
        made, network = self._exercise, self._network
        first, last = made.stages[0], made.stages[-1]
        version = f"version {network.version}" if network.version else ""
        sum_ = say(f"kontrollsumma {network.hash[:12]}", f"checksum {network.hash[:12]}")
        if made.model_hash and network.hash != made.model_hash:
            sum_ += say(f" (planerad på {made.model_hash[:12]})", f" (planned on {made.model_hash[:12]})")
        yield Field("ovning", say("Övning", "Exercise"), made.name)
        yield Field("ovade", say("Övade aktörer", "Players"), listed(map(self._words.actor, made.actors)))
        yield Field("speltid", say("Speltid", "Time of play"), self._words.span(first.play, last.play_until))
        yield Field("scenario", say("Scenario", "Scenario"), self._scenario())
        yield row("modell", ", ".join(part for part in (network.name, version, sum_) if part))
        yield Field("kontakt", say("De övade når er på", "How players reach you"), made.contact)
        yield Field("tlp", say("Märkning", "Label"), made.tlp or network.tlp)
        yield row("upprattad_av")
        yield row("godkand_av")

    def _scenario(self) -> str:
        scenario = self._exercise.scenario
        outages = "; ".join(
            f"{outage_name(self._network, one)}, {self._lasts(one.start, one.end)}" for one in scenario.outages
        )
        note = "" if any(word in scenario.note for word in _CHOSEN) else scenario.note
        return ". ".join(part for part in (scenario.name, outages, note) if part)

    def _lasts(self, start: int, end: int | None) -> str:
        since = self._words.scenario(start)
        if end is None:
            return say(f"från {since} tills vidare", f"from {since} until further notice")
        until = self._words.scenario(end)
        return say(f"{since} till {until}", f"{since} to {until}")

    def _notice(self) -> str:
        text = say(
            f"Får inte nå de övade. Alla tider är svensk tid ({self._network.timezone}).",
            f"Must not reach the players. All times are Swedish time ({self._network.timezone}).",
        )
        if self._network.hash == self._exercise.model_hash:
            return text
        text += say(
            " Modellen har ändrats sedan övningen planerades; de väntade konsekvenserna och facit är beräknade på den nya.",
            " The model has changed since the exercise was planned; the expected consequences and the keys are computed on the new "
            "one.",
        )
        if found := outdated(self._exercise, self._network):
            numbers = found.in_words()
            text += say(
                f" Inspel som inte längre följer av den: {numbers}.",
                f" Injects that no longer follow from it: {numbers}.",
            )
        return text

    def _aims(self) -> Section:
        """Purpose and goals of the whole, which only people can set."""
        made = self._exercise
        purpose = made.purpose or gap("syfte, varför övningen hålls", "purpose, why the exercise is held")
        goals = made.goals or (gap("övningsmål, vad som ska prövas", "goals, what is to be tested"),)
        items = (Item(purpose, say("Syfte", "Purpose")), *(Item(goal, say("Övningsmål", "Goal")) for goal in goals))
        return Section("syfte", say("Syfte och övningsmål", "Purpose and goals"), 1, (Bullets(items),))

    def _use(self) -> Section:
        written = gap("…", "…")
        items = (
            say(
                "Läses av spelledning och motspel. Här står det dolda förloppet och allt som ännu inte är spelat: det får "
                "inte nå de övade. De får bara spelarpaketen.",
                "Read by game control and role players. It holds the hidden course and all that has not been played: it must "
                "not reach the players, who only get their packs.",
            ),
            say(
                "Varje skede har ett körschema, det som finns i reserv, och sedan varje inspel i sin helhet. Det som flera får "
                "samtidigt under samma rubrik står en gång, med alla sina nummer; skiljer sig texten, eller det som ska följas upp, "
                "står det för var och en.",
                "Each stage has a schedule, what is in reserve, and then each inject in full. What several get at one time "
                "under one title stands once, with all its numbers; where the text differs, or what is to be followed up, it stands "
                "for each.",
            ),
            say(
                "Ge de övade ett inspel i taget, på speltiden. Paketet för ett skede innehåller allt till och med skedets slut: "
                "lämna ut det först när skedets sista inspel är givet.",
                "Give the players one inject at a time, at its time of play. The pack of a stage holds everything up to its "
                "end: hand it out only when the last inject of the stage has been given.",
            ),
            say(
                "Mappen facit har för varje övad och skede det som en god lägesbild kunde innehålla.",
                "The folder facit holds, for each player and stage, what a good situation report could contain.",
            ),
            say(
                f"Det som står som {written} ska en människa skriva.",
                f"What reads {written} is for a person to write.",
            ),
            say(
                "Ändra i inspel.xlsx och läs in den igen: beroenden exercise import MAPP inspel.xlsx. Dokumenten skrivs då om. "
                "Syfte, övningsmål och hur ni nås ändras med samma kommando: beroenden exercise import MAPP --purpose … --goal … "
                "--contact …",
                "Edit inspel.xlsx and read it in again: beroenden exercise import FOLDER inspel.xlsx. The documents are then "
                "written anew. Purpose, goals and how you are reached are changed by the same command: beroenden exercise "
                "import FOLDER --purpose … --goal … --contact …",
            ),
        )
        title = say("Så används dokumentet", "How to use this document")
        return Section("anvandning", title, 1, (Bullets(tuple(map(Item, items))),))

    def _to_write(self) -> Section:
        counts = Counter(one.status for one in self._exercise.injects)
        states = listed(f"{counts[one]} {status_in_words(one)}" for one in STATUSES if counts[one])
        all_ = len(self._exercise.injects)
        blocks: list[Block] = [Paragraph(say(f"Inspel: {all_} ({states}).", f"Injects: {all_} ({states})."))]
        headings = say("Kolumn", "Column"), say("Antal", "Number"), say("Inspel", "Injects")
        rows = (
            *self._unwritten_aims(),
            *(
                (name, number(len(numbers)), say("nr ", "no. ") + numbers_in_words(numbers))
                for name, numbers in unwritten(self._exercise)
            ),
        )
        blocks.append(
            Table(headings, rows) if rows else Paragraph(say("Inget återstår att skriva.", "Nothing is left to write."))
        )
        return Section("luckor", say("Återstår att skriva", "Still to be written"), 1, tuple(blocks))

    def _unwritten_aims(self) -> Iterator[tuple[str, str, str]]:
        whole = say("hela övningen", "the whole exercise")
        if _is_unwritten(self._exercise.purpose):
            yield say("Syfte", "Purpose"), "1", whole
        left = sum(map(_is_unwritten, self._exercise.goals or ("",)))
        if left:
            yield say("Övningsmål", "Goal"), number(left), whole

    def _hidden(self) -> Section:
        headings = (
            say("Nr", "No."),
            say("Speltid", "Play"),
            say("Scenariotid", "Scenario"),
            say(
                "Vad som händer, och när de övade får det bekräftat",
                "What happens, and when it is confirmed to players",
            ),
        )
        told = {
            one.number: (one, one.evidence)
            for one in self._exercise.injects
            if one.evidence and one.evidence.event == "outage" and one.status != "överhoppat"
        }
        # What begins between two stages the game control is told as the earlier ends; here it stands when it happens.
        rows = tuple(
            (str(number), self._words.play(one.play), self._words.scenario(about.at), one.text)
            for number, (one, about) in sorted(told.items(), key=lambda pair: pair[1][1].at)
        )
        blocks: list[Block] = [Table(headings, rows)] if rows else []
        known = {(*about.entities, about.at, about.level) for _, about in told.values()}
        pins = tuple(
            Item(f"{self._network.entity[one.entity].name}: {percent(one.level)}, {self._lasts(one.start, one.end)}")
            for one in self._exercise.scenario.pins
            if (one.entity, one.start, one.level) not in known
        )
        if pins:
            blocks += [
                Paragraph(say("Nivåer som scenariot håller fast:", "Levels that the scenario holds:")),
                Bullets(pins),
            ]
        return Section("dolt", say("Det dolda förloppet", "The hidden course"), 1, tuple(blocks))

    def _clock(self) -> Section:
        headings = (
            say("Skede", "Stage"),
            say("Speltid", "Time of play"),
            say("Scenariotid", "Scenario time"),
            say(
                "Scenariominuter per spelminut, till sista inspelet",
                "Minutes of scenario per minute of play, to the last inject",
            ),
            say("Därefter eget arbete från", "Then own work from"),
        )
        rows = tuple(
            (
                str(one.number),
                self._words.played(one),
                self._words.scenario(one.since)
                if one.since == one.until
                else f"{self._words.scenario(one.since)} – {self._words.scenario(one.until)}",
                _pace(one),
                self._own_work(one),
            )
            for one in self._exercise.stages
        )
        return Section("klocka", say("Klockan", "The clock"), 1, (Table(headings, rows),))

    def _own_work(self, stage: Stage) -> str:
        """From when of play the scenario stands still and all injects but those in reserve are given, until the stage ends."""
        given = (one for one in self._exercise.injects if one.stage == stage.number and one.kind != "reservinspel")
        begins = max((stage.play_time(stage.until), *(one.play for one in given)))
        return self._words.play(begins) if begins < stage.play_until else "–"

    def _matrix(self) -> Section:
        """Who gets what when: numbers by time of play and player."""
        title = say("Vem får vad, och när", "Who gets what, and when")
        return Section("matris", title, 1, (*in_brackets(self._exercise.injects), *map(self._part, self._abreast())))

    def _abreast(self) -> list[list[str]]:
        """Everybody, in as many tables as their names need."""
        parts, room = list[list[str]](), 0
        for actor in (*self._exercise.actors, CONTROL):
            width = max(map(len, self._words.actor(actor).split())) + _MARGIN
            if room < width:
                parts.append([])
                room = _ABREAST
            parts[-1].append(actor)
            room -= width
        return parts

    def _part(self, actors: list[str]) -> Table:
        given: dict[int, dict[str, list[Inject]]] = {}
        for one in self._exercise.injects:
            if one.to in actors and one.status != "överhoppat":
                given.setdefault(one.play, {}).setdefault(one.to, []).append(one)
        rows = tuple(
            (self._words.play(play), *(numbers_by_use(given[play].get(actor, [])) or "·" for actor in actors))
            for play in sorted(given)
        )
        return Table((say("Speltid", "Play"), *map(self._words.actor, actors)), rows)


def _is_unwritten(text: str) -> bool:
    return not text or is_gap(text)


def _pace(stage: Stage) -> str:
    """How many minutes of the scenario a minute of play is."""
    if stage.since == stage.until:
        return say("står still", "stands still")
    rate = number(stage.compression, 1)
    return say(f"i medeltal {rate}", f"{rate} on average") if len(stage.clock) > 2 else rate
