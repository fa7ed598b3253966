"""The evaluation of an exercise as a document of the game control: figures of the logs, each with where it comes from."""

from collections.abc import Callable, Iterator

from beroenden.documents.document import Block, Bullets, Document, Field, Item, Paragraph, Section
from beroenden.documents.evaluation_tables import EvaluationTables
from beroenden.documents.heading import left_blank, row
from beroenden.exercise.evaluation.evaluation import Evaluation, PlayerResult
from beroenden.exercise.exercise import Inject
from beroenden.incident.lagesbild.writer import listed
from beroenden.language import say, writing_in
from beroenden.units.durations import duration_in_words
from beroenden.units.times import time_in_words, time_zone


def evaluation_document(evaluation: Evaluation) -> Document:
    """What was noticed, decided and believed, how the injects were played, and what to follow up."""
    with writing_in(evaluation.language):
        return _Form(evaluation).document()


class _Form:
    def __init__(self, evaluation: Evaluation) -> None:
        self._of, self._zone = evaluation, time_zone(evaluation.network.timezone)
        self._tables = EvaluationTables(evaluation)

    def document(self) -> Document:
        made, name = self._of, self._of.exercise.name
        return Document(
            form="evaluation",
            title=say(f"Utvärdering: {name}", f"Evaluation: {name}"),
            label=made.tlp,
            is_exercise=True,
            language=made.language,
            header=tuple(self._header()),
            notice=self._notice(),
            sections=(
                Section("sammanfattning", say("Sammanfattning", "Summary"), 1, tuple(self._summary())),
                *(self._by_the_logs() if made.judged else ()),
                *self._injects(),
                *self._measures(),
                Section(
                    "slutsatser", say("Utvärderarens slutsatser", "The evaluator's conclusions"), 1, (left_blank(),)
                ),
            ),
        )

    def _header(self) -> Iterator[Field]:
        made, exercise, network = self._of, self._of.exercise, self._of.network
        yield Field("ovning", say("Övning", "Exercise"), exercise.name)
        yield Field("deltagare", say("Spelande", "Players"), listed(one.name for one in made.players))
        begun = time_in_words(exercise.play_start, self._zone)
        yield Field("spelstart", say("Speltid från", "Time of play from"), begun)
        logs = listed(one.name for one in made.judged) or say("inga", "none")
        yield Field("loggar", say("Loggar från", "Logs from"), logs)
        model = say(
            f"{network.name}, version {network.version}, kontrollsumma {network.hash[:12]}",
            f"{network.name}, version {network.version}, checksum {network.hash[:12]}",
        )
        yield Field("modell", say("Modell", "Model"), model)
        yield row("upprattad_av")

    def _notice(self) -> str:
        late, clock = duration_in_words(self._of.late), self._clocks()
        return say(
            f"Alla tider är svensk tid ({self._of.network.timezone}), scenariotid där inget annat sägs. {clock}. En post räknas till det "
            "som den anger med id (entity, payment, concerns); fritext tolkas inte. I en logg i scenariotid kunde något vara känt "
            "den tid som står i inspelet, eller när det spelades om posten kom först då. Som beslut räknas beslut och operativa och "
            "strategiska åtgärder, inte kommunikativa. Rättade poster räknas från "
            f"första tiden med sista innehållet. Sent är mer än {late} av scenariot efter det att det kunde vara känt, tidshopp mellan "
            "skeden frånräknade. Första tecken är det första inspelet om betalningen, om det som den väntar på, om ett avbrott som "
            "ensamt gör den sen eller om något däremellan; tiden till fristen är scenariotid, tidshopp inräknade, och därefter speltid, pauser frånräknade. Senaste återställning är modellberäknad av övningens scenario, för betalningar som aktören har del i och för andras som ett avbrott i något eget gör sena. Siffrorna säger vad loggarna visar, inte varför; det avgör människor.",
            f"All times are Swedish time ({self._of.network.timezone}), scenario time unless otherwise said. {clock}. An entry counts "
            "for what it names by id (entity, payment, concerns); free text is not interpreted. In a log in scenario time something could be "
            "known at the time printed in the inject, or when that was played if the entry came only then. Decisions, and operational "
            "and strategic measures, count as decisions, communicative ones do not. Corrected entries "
            f"count from their first time with their last content. Late is more than {late} of the scenario after it could be known, "
            "jumps between stages left out. The first sign is the first inject about the payment, about what it waits for, about an "
            "outage that makes it late by itself or about something between; the time to the deadline is that of the scenario, jumps included, and then of play, breaks left out. Latest recovery is computed by the model from the exercise's scenario, for payments that the actor has a part in and for others' that an outage of its own makes late. The figures say what the logs show, not why; that is for people to decide.",
        )

    def _clocks(self) -> str:
        """By which clock the logs were kept."""
        judged = self._of.judged
        played = [one.name for one in judged if one.log is not None and one.log.clock == "play"]
        if not played:
            return say("Loggarnas tider är lästa som scenariotid", "The times of the logs are read as scenario time")
        converted = say(
            "speltid och är omräknade till scenariotid: mellan två inspel till aktören ligger de mellan inspelens "
            "scenariotider, och i slutet av ett skede står scenariots klocka stilla medan de övade arbetar",
            "those of play, converted to scenario time: between two injects to the actor they lie between the injects' times "
            "of the scenario, and at the end of a stage the scenario's clock stands still while the players work",
        )
        if len(played) == len(judged):
            return say(f"Loggarnas tider är {converted}", f"The times of the logs are {converted}")
        names = listed(played)
        return say(
            f"Loggarnas tider är lästa som scenariotid, men de från {names} är {converted}",
            f"The times of the logs are read as scenario time, but those from {names} are {converted}",
        )

    def _summary(self) -> Iterator[Block]:
        if self._of.judged:
            yield self._tables.summary()
        missing = tuple(self._without_log())
        label = say(
            f"Märkningen {self._of.tlp} är den strängaste av allt som återges här, och kommer från {self._of.tlp_from}.",
            f"The label {self._of.tlp} is the strictest of all that is repeated here, and comes from {self._of.tlp_from}.",
        )
        remarks = [
            label,
            *missing,
            *self._of.doubts,
            *(one for player in self._of.judged for one in self._remarks(player)),
        ]
        if remarks:
            yield Paragraph(say("Att tänka på när siffrorna läses:", "To bear in mind when reading the figures:"))
            yield Bullets(tuple(Item(one) for one in remarks))

    def _remarks(self, player: PlayerResult) -> Iterator[str]:
        """What of a player's log could not be judged."""
        if player.log is None:
            return
        if player.log.nameless:
            ids = ", ".join(player.log.nameless)
            yield say(
                f"{player.name}: poster som inte anger vad de rör med id, och därför inte räknas till något: {ids}.",
                f"{player.name}: entries that name nothing by id, and so count for nothing: {ids}.",
            )
        if player.log.before:
            ids = ", ".join(player.log.before)
            text = say(
                f"{player.name}: poster från före övningens början räknas inte: {ids}.",
                f"{player.name}: entries from before the exercise began do not count: {ids}.",
            )
            if player.log.clock == "scenario" and self._of.exercise.play_start < self._of.exercise.scenario.start:
                text += say(
                    " Är loggen förd i speltid, skriv @play efter filnamnet.",
                    " If the log was kept in time of play, write @play after the file's name.",
                )
            yield text

    def _without_log(self) -> Iterator[str]:
        """The players that nothing is said of, in one line."""
        names = [one.name for one in self._of.players if one.log is None]
        if names:
            yield say(
                f"Logg saknas från {listed(names)}: inget kan sägas om vad de märkte, beslutade eller trodde.",
                f"There is no log from {listed(names)}: nothing can be said of what they noticed, decided or believed.",
            )

    def _by_the_logs(self) -> Iterator[Section]:
        noticed = say("Vad som märktes, och när det kunde märkas", "What was noticed, and when it could be")
        yield from self._by_player("marktes", noticed, self._noticed)
        decided = say("Beslut mot senaste återställning", "Decisions against latest recovery")
        yield from self._by_player("beslut", decided, self._decided)
        yield Section("rykten", say("Rykten", "Rumours"), 1, tuple(self._rumours()))

    def _by_player(self, key: str, title: str, blocks: Callable[[PlayerResult], Iterator[Block]]) -> Iterator[Section]:
        yield Section("", title, 1)
        for player in self._of.judged:
            yield Section(f"{key}.{player.actor}", player.name, 2, tuple(blocks(player)))

    def _noticed(self, player: PlayerResult) -> Iterator[Block]:
        if player.noticings:
            yield self._tables.noticed(player.noticings)
        else:
            none = say("Inget inspel berättade något för aktören.", "No inject told the actor anything.")
            yield Paragraph(none)

    def _decided(self, player: PlayerResult) -> Iterator[Block]:
        if player.decidings:
            yield self._tables.decided(player.decidings)
        else:
            none = say(
                "Inget beslut behövdes: ingen betalning som aktören har del i, eller som ett avbrott i något eget försenar, blev sen, "
                "eller så var avbrottet över före fristen.",
                "No decision was needed: no payment that the actor has a part in, or that an outage of its own delays, came late, "
                "or the outage was over before the deadline.",
            )
            yield Paragraph(none)
        if player.reviews:
            title = say(
                "Beslut, åtgärder och budskap att gå igenom:", "Decisions, measures and messages to go through:"
            )
            yield Paragraph(title)
            yield Bullets(tuple(Item(self._tables.review(one)) for one in player.reviews))

    def _rumours(self) -> Iterator[Block]:
        found = [(player.name, one) for player in self._of.judged for one in player.rumours]
        if found:
            yield self._tables.rumours(found)
        else:
            yield Paragraph(say("Inget rykte spelades in.", "No rumour was played."))

    def _injects(self) -> Iterator[Section]:
        exercise = self._of.exercise
        yield Section("inspel", say("Inspel", "Injects"), 1, tuple(self._inject_remarks()))
        for stage in exercise.stages:
            given = [one for one in exercise.injects if one.stage == stage.number and one not in self._of.of_the_clock]
            if given:
                title = say(f"Skede {stage.number}", f"Stage {stage.number}")
                yield Section(f"inspel.{stage.number}", title, 2, (self._tables.injects(given),))

    def _inject_remarks(self) -> Iterator[Block]:
        made = self._of
        groups = (
            (say("Inspel utan utfall", "Injects without an outcome"), made.without_outcome),
            (say("Inspel som varken är spelade eller överhoppade", "Injects neither played nor skipped"), made.unsaid),
            (
                say("Inspel som loggarna inte prövas mot", "Injects that the logs are not checked against"),
                made.unjudged,
            ),
            (
                say(
                    "Inspel som bara säger tiden i scenariot, inte i tabellerna",
                    "Injects that only tell the time in the scenario, not in the tables",
                ),
                made.of_the_clock,
            ),
        )
        items = tuple(Item(f"{title}: {_numbers(injects)}.") for title, injects in groups if injects)
        if items:
            yield Bullets(items)

    def _measures(self) -> Iterator[Section]:
        """What is to be followed up, under each player that has something."""
        title = say("Åtgärder att följa upp", "Measures to follow up")
        yield Section("atgarder", title, 1, tuple(self._about_measures()))
        for player in self._of.players:
            rows = [one for one in self._of.improvements if one.actor == player.actor]
            if rows:
                reached = rows[0].contact
                contact = (Paragraph(say(f"Kontakt: {reached}.", f"Contact: {reached}.")),) if reached else ()
                table = self._tables.improvements(rows)
                yield Section(f"atgarder.{player.actor}", player.name, 2, (*contact, table))

    def _about_measures(self) -> Iterator[Block]:
        if self._of.improvements:
            text = say(
                "Iakttagelserna är vad loggarna visar; vad som ska göras, av vem och när fylls i av en människa. Åtgärder ur "
                "loggarna som inte är genomförda står med sina egna ansvariga och tider (scenariotid).",
                "The issues are what the logs show; what is to be done, by whom and when is for a person to fill in. Measures "
                "of the logs that are not carried out have their own owners and times (scenario time).",
            )
            yield Paragraph(text)
        elif not self._of.judged:
            none = say("Utan loggar finns inget att följa upp.", "Without logs there is nothing to follow up.")
            yield Paragraph(none)
        else:
            none = say("Loggarna ger inget att följa upp.", "The logs give nothing to follow up.")
            yield Paragraph(none)


def _numbers(injects: tuple[Inject, ...]) -> str:
    return listed(str(one.number) for one in injects)
