"""The follow-up as a document: MSB's questions verbatim, with what the log and the model can answer."""

from collections.abc import Iterable, Iterator

from beroenden.documents.document import Block, Bullets, Document, Field, Item, Paragraph, Section, Table
from beroenden.documents.heading import left_blank, lowered_field, row
from beroenden.documents.outturn import OutturnTables
from beroenden.documents.requests import due_in_words, request_blocks
from beroenden.incident.followup import FollowUp, answer_in_words
from beroenden.incident.forms import checklist_questions, gate_questions
from beroenden.incident.lagesbild.planned import progress_word
from beroenden.incident.lagesbild.writer import listed, sentence
from beroenden.incident.log.entries import Measure
from beroenden.language import say, writing_in
from beroenden.units.numbers import number
from beroenden.units.times import short_time, table_time, time_in_words, time_zone


def followup_document(follow_up: FollowUp) -> Document:
    """The three questions to begin with and the checklist; why, and what to do, is left to people."""
    with writing_in(follow_up.language):
        return _Form(follow_up).document()


class _Form:
    def __init__(self, follow_up: FollowUp) -> None:
        self._of, self._zone = follow_up, time_zone(follow_up.timezone)

    def document(self) -> Document:
        made = self._of
        return Document(
            form="followup",
            title=say(f"Uppföljning av gemensam hantering: {made.event}", f"Follow-up of joint handling: {made.event}")
            if made.event
            else say("Uppföljning av gemensam hantering", "Follow-up of joint handling"),
            label=made.tlp,
            is_exercise=made.is_exercise,
            language=made.language,
            header=tuple(self._header()),
            notice=self._notice(),
            sections=(*self._gates(), *self._checklist()),
        )

    def _header(self) -> Iterator[Field]:
        made = self._of
        yield row("aktor", made.actor_name)
        if made.event:
            yield row("handelse", made.event)
        yield row("lage_per", time_in_words(made.at, self._zone))
        yield row("jamford", self._compared())
        yield row("upprattad_av")
        yield from lowered_field(self._of.lowered)

    def _compared(self) -> str:
        first, latest = self._of.first, self._of.latest
        if first is None or latest is None:
            return say("ingen lämnad lägesbild finns i loggen", "no situation report that was issued is in the log")
        names = [f"{self._report(one.number)} ({short_time(one.at, self._zone)})" for one in (first, latest)]
        return listed(names)

    def _report(self, report: int) -> str:
        return say(f"lägesbild nr {report}", f"situation report no. {report}")

    def _notice(self) -> str:
        text = say(
            f"Alla tider är svensk tid ({self._of.timezone}). Frågorna är ordagrant ur utkastet Stöd för att följa upp gemensam "
            "hantering (MSB, i dag Myndigheten för civilt försvar). Siffror och listor är ur loggen och modellen; varför "
            "och vad som bör göras avgör människor.",
            f"All times are Swedish time ({self._of.timezone}). The questions are translated from the draft 'Stöd för att följa upp "
            "gemensam hantering' (MSB, today 'Myndigheten för civilt försvar'). Figures and lists come from the log and the "
            "model; why, and what should be done, is for people to decide.",
        )
        if not self._of.to:
            return text
        return text + say(
            " Bygger bara på de poster som är valda för delgivning.", " Built only on the entries chosen for sharing."
        )

    def _gates(self) -> Iterator[Section]:
        yield Section("", say("Frågor att börja med", "Questions to begin with"), 1)
        shared = bool(self._of.to)
        carried_out = answer_in_words(self._of.carried_out, self._progress_words(), is_shared=shared)
        effective = answer_in_words(self._of.effective, self._effect_words(), is_shared=shared)
        answers = ((Paragraph(carried_out), *self._counts()), (Paragraph(effective),), (left_blank(),))
        for question, blocks in zip(gate_questions(), answers, strict=True):
            yield Section(question.key, question.text, 2, tuple(blocks))

    def _progress_words(self) -> str:
        made = self._of
        if not made.measures:
            if made.to:
                return say("Inga åtgärder delas.", "No measures are shared.")
            return say("Inga åtgärder är loggade.", "No measures have been logged.")
        done, all_, overdue = len(made.with_progress("done")), len(made.measures), len(made.overdue)
        cancelled, late = len(made.with_progress("cancelled")), len(made.done_late)
        of_them = say(f" ({late} efter sin tid)", f" ({late} after they were due)") if late else ""
        return say(
            f"{done} av {all_} är {'genomförd' if done == 1 else 'genomförda'}{of_them}, {overdue} har passerat sin tid, "
            f"{cancelled} är {'avbruten' if cancelled == 1 else 'avbrutna'}.",
            f"{done} of {all_} {'has' if done == 1 else 'have'} been carried out{of_them}, {overdue} "
            f"{'is' if overdue == 1 else 'are'} overdue, {cancelled} {'has' if cancelled == 1 else 'have'} been cancelled.",
        )

    def _effect_words(self) -> str:
        made = self._of
        done = made.with_progress("done")
        if not done:
            none = say("Ingen åtgärd är genomförd.", "No measure has been carried out.")
            part = say("Ingen åtgärd som delas är genomförd.", "No measure that is shared has been carried out.")
            return part if made.to else none
        if len(done) == 1:
            return _one_effect(done[0])
        yes, partly, no, unknown = (len(made.with_effect(one)) for one in ("yes", "partly", "no", "unknown"))
        return say(
            f"Av de genomförda fick {yes} avsedd effekt, {partly} delvis och {no} inte; för {unknown} är effekten inte bedömd.",
            f"Of those carried out {yes} had the intended effect, {partly} partly and {no} not; for {unknown} the effect has "
            "not been judged.",
        )

    def _counts(self) -> Iterator[Block]:
        """How far the measures have come, the communicative apart."""
        if not self._of.measures:
            return
        headings = (
            say("Åtgärder", "Measures"),
            say("Beslutade, inte påbörjade", "Decided, not begun"),
            say("Pågår", "Ongoing"),
            say("Genomförda", "Done"),
            say("Avbrutna", "Cancelled"),
            say("Har passerat sin tid", "Overdue"),
        )
        spoken = self._of.communicative
        others = tuple(one for one in self._of.measures if one not in spoken)
        rows = ((say("Kommunikationsåtgärder", "Communicative"), spoken), (say("Övriga", "Others"), others))
        yield Table(headings, tuple((name, *self._numbers(measures)) for name, measures in rows))

    def _numbers(self, measures: tuple[Measure, ...]) -> Iterator[str]:
        for progress in ("decided", "ongoing", "done", "cancelled"):
            yield number(sum(one.progress == progress for one in measures))
        yield number(sum(one in self._of.overdue for one in measures))

    def _checklist(self) -> Iterator[Section]:
        title = say("Checklista för att följa upp gemensam hantering", "Checklist for following up joint handling")
        yield Section("", title, 1)
        answers: tuple[Iterable[Block], ...] = (
            self._unfinished(),
            self._ineffective(),
            request_blocks(self._of, self._zone),
            (),
            self._incomplete(),
            self._spoken(),
            self._others(),
            self._outturn(),
            self._overlooked(),
        )
        for place, (question, blocks) in enumerate(zip(checklist_questions(), answers, strict=True), 1):
            yield Section(question.key, f"{place}. {question.text}", 2, (*blocks, left_blank()))

    def _unfinished(self) -> Iterator[Block]:
        made = self._of
        cancelled, overdue = made.with_progress("cancelled"), made.overdue
        yield from self._measures(overdue, say("Har passerat sin tid:", "Overdue:"))
        yield from self._measures(cancelled, say("Avbrutna:", "Cancelled:"))
        rest = tuple(one for one in made.with_progress("decided", "ongoing") if one not in overdue)
        yield from self._measures(rest, say("Inte genomförda än:", "Not carried out yet:"))
        if not (cancelled or overdue or rest):
            yield self._no_measure()
        yield from self._taken_back()

    def _taken_back(self) -> Iterator[Block]:
        if not self._of.taken_back:
            return
        headings = (
            say("Beslut eller åtgärd", "Decision or measure"),
            say("Loggad", "Logged"),
            say("Återkallad", "Withdrawn"),
            say("Skäl", "Reason"),
        )
        rows = (
            (
                one.entry.text,
                table_time(one.entry.time, self._zone),
                table_time(one.time, self._zone),
                one.reason or "–",
            )
            for one in self._of.taken_back
        )
        yield Table(headings, tuple(rows), say("Återkallade beslut och åtgärder:", "Withdrawn decisions and measures:"))

    def _ineffective(self) -> Iterator[Block]:
        made = self._of
        groups = (
            (say("Utan avsedd effekt:", "Without the intended effect:"), made.with_effect("no")),
            (say("Delvis avsedd effekt:", "With some of the intended effect:"), made.with_effect("partly")),
            (say("Effekten är inte bedömd:", "The effect has not been judged:"), made.with_effect("unknown")),
        )
        for title, measures in groups:
            if measures:
                yield Paragraph(title)
                yield Bullets(tuple(Item(self._with_effect(one)) for one in measures))
        if not any(measures for _, measures in groups):
            yield self._no_measure()

    def _no_measure(self) -> Paragraph:
        if self._of.to:
            return Paragraph(
                say("Bland det som delas finns ingen sådan åtgärd.", "There is no such measure in what is shared.")
            )
        return Paragraph(say("Loggen har ingen sådan åtgärd.", "The log has no such measure."))

    def _with_effect(self, one: Measure) -> str:
        meant = ""
        if one.intended_effect:
            effect = sentence(one.intended_effect)
            meant = say(f" Avsedd effekt: {effect}", f" Intended effect: {effect}")
        when = "" if one.done is None else say(" Genomförd ", " Done ") + table_time(one.done, self._zone) + "."
        return sentence(one.text) + when + meant

    def _incomplete(self) -> Iterator[Block]:
        text = say("Åtgärder utan ansvarig eller tid:", "Measures without anyone responsible or without a time:")
        yield from self._measures(self._of.incomplete, text)
        if not self._of.incomplete and self._of.measures:
            good = say(
                "Alla åtgärder som inte är avslutade har ansvarig och tid.",
                "All measures that are not finished have someone responsible and a time.",
            )
            part = say(
                "Alla åtgärder som delas och inte är avslutade har ansvarig och tid.",
                "All measures that are shared and not finished have someone responsible and a time.",
            )
            yield Paragraph(part if self._of.to else good)

    def _spoken(self) -> Iterator[Block]:
        yield from self._measures(self._of.communicative, say("Kommunikationsåtgärder:", "Communicative measures:"))
        messages = self._of.messages
        if messages:
            yield Paragraph(say("Loggade budskap, det senaste först:", "Messages logged, the latest first:"))
            yield Bullets(tuple(Item(f"{table_time(one.time, self._zone)}: {one.text}") for one in reversed(messages)))
        elif not self._of.communicative:
            none = say("Inga budskap är loggade.", "No messages have been logged.")
            yield Paragraph(say("Inga budskap delas.", "No messages are shared.") if self._of.to else none)

    def _others(self) -> Iterator[Block]:
        made = self._of
        items = []
        if made.first is not None:
            names = listed(name for _, name in made.newly_affected) or say("inga", "none")
            first = self._report(made.first.number)
            part = say(" (bland dem som delas)", " (of those that are shared)") if made.to else ""
            items.append(
                say(
                    f"Berörda som inte var det i {first}{part}: {names}.",
                    f"Affected now but not in {first}{part}: {names}.",
                )
            )
        if not made.to:
            names = listed(name for _, name in made.unheard) or say("inga", "none")
            items.append(
                say(
                    "Där orsaken ligger eller mellan orsaken och oss, utan uppgift eller delgivning därifrån eller begäran dit i loggen: "
                    f"{names}.",
                    "Where the cause lies or between it and us, without word or shared report from them or request to them in the "
                    f"log: {names}.",
                )
            )
        if items:
            yield Bullets(tuple(Item(text, say("modellberäknad", "computed by the model")) for text in items))

    def _outturn(self) -> Iterator[Block]:
        made, outturn = self._of, OutturnTables(self._zone)
        yield from self._unfulfilled()
        if made.estimates:
            yield outturn.estimates(made.estimates)
        if made.first is None or made.latest is None:
            none = say(
                "Ingen lägesbild är lämnad, så det finns ingen prognos att jämföra med.",
                "No situation report has been issued, so there is no prognosis to compare with.",
            )
            yield Paragraph(none)
        elif made.comparisons:
            yield outturn.comparisons(made.comparisons, made.first.number, made.latest.number)
        else:
            nothing = say("De lämnade lägesbilderna sade inget som kan jämföras.", "Nothing issued can be compared.")
            part = say("Inget av det som delas kan jämföras.", "Nothing that is shared can be compared.")
            yield Paragraph(part if made.to else nothing)

    def _unfulfilled(self) -> Iterator[Block]:
        """What was feared and did not come, as far as anyone says."""
        if not self._of.unfulfilled:
            return
        yield Paragraph(
            say("Befarades, och ingen säger att det har inträffat:", "Feared, and nobody says that it happened:")
        )
        own = say("i den egna loggen", "in the own log")
        yield Bullets(
            tuple(
                Item(
                    say(
                        f"{one.name} från {short_time(one.start, self._zone)} (befarat {f'av {one.by}' if one.by else own})",
                        f"{one.name} from {short_time(one.start, self._zone)} (feared {f'by {one.by}' if one.by else own})",
                    )
                )
                for one in self._of.unfulfilled
            )
        )

    def _overlooked(self) -> Iterator[Block]:
        missed = self._of.missed
        if self._of.to:
            return
        if not missed:
            none = say(
                "Ingen tidsfrist har passerat utan att någon åtgärd eller något beslut rörde den dessförinnan.",
                "No deadline has passed without a measure or decision that concerned it before then.",
            )
            yield Paragraph(none)
            return
        yield Paragraph(
            say(
                "Tidsfrister som passerat utan att någon åtgärd eller något beslut rörde dem dessförinnan:",
                "Deadlines that passed without a measure or decision that concerned them before then:",
            )
        )
        yield Bullets(tuple(Item(f"{one.name}: {short_time(one.time, self._zone)}") for one in missed))

    def _measures(self, measures: tuple[Measure, ...], caption: str) -> Iterator[Block]:
        if not measures:
            return
        headings = (
            say("Åtgärd", "Measure"),
            say("Ansvarig", "Responsible"),
            say("Klart senast", "Done no later than"),
            say("Läge", "State"),
        )
        yield Table(headings, tuple(self._measure(one) for one in measures), caption)

    def _measure(self, one: Measure) -> tuple[str, ...]:
        none = say("saknas", "missing")
        due = none if one.due is None else table_time(one.due, self._zone)
        if one in self._of.overdue and one.due is not None:
            due = due_in_words(one.due, self._of.at, self._zone)
        return one.text, one.owner or none, due, progress_word(one.progress) + _effect_of_cancelled(one)


def _effect_of_cancelled(one: Measure) -> str:
    """What was judged of a measure that was given up; those that were taken have a question of their own."""
    effects = {
        "yes": say(", avsedd effekt uppnådd", ", had the intended effect"),
        "partly": say(", avsedd effekt delvis uppnådd", ", partly had the intended effect"),
        "no": say(", avsedd effekt inte uppnådd", ", did not have the intended effect"),
    }
    return effects.get(one.effect or "", "") if one.progress == "cancelled" else ""


def _one_effect(one: Measure) -> str:
    """The effect of the only measure that has been carried out."""
    effects = {
        "yes": say("Den genomförda fick avsedd effekt.", "The one carried out had the intended effect."),
        "partly": say(
            "Den genomförda fick delvis avsedd effekt.", "The one carried out had some of the intended effect."
        ),
        "no": say("Den genomförda fick inte avsedd effekt.", "The one carried out did not have the intended effect."),
    }
    unknown = say(
        "Effekten av den genomförda är inte bedömd.", "The effect of the one carried out has not been judged."
    )
    return effects.get(one.effect or "", unknown)
