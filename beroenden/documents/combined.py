"""The samlad lägesbild as a document: what several actors say, for a samverkanskonferens."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from beroenden.documents.document import Block, Bullets, Document, Field, Item, Paragraph, Section, Table
from beroenden.documents.heading import row
from beroenden.incident.contributions import CONFIRMED, Combined, Comparison, Contribution, Said, Voice
from beroenden.incident.forms import Box, internal_form, sharing_form
from beroenden.incident.lagesbild.statements import as_status, status_word
from beroenden.language import say, writing_in
from beroenden.units.times import short_time, time_in_words, time_zone


def combined_document(combined: Combined) -> Document:
    """The samlad lägesbild, in its language."""
    with writing_in(combined.language):
        return _Form(combined).document()


class _Form:
    def __init__(self, combined: Combined) -> None:
        self._combined, self._zone = combined, time_zone(combined.timezone)

    def document(self) -> Document:
        one = self._combined
        return Document(
            form="samlad",
            title=say(f"Samlad lägesbild: {one.incident}", f"Combined situation report: {one.incident}"),
            label=one.tlp,
            is_exercise=one.is_exercise,
            language=one.language,
            header=tuple(self._header()),
            notice=say(
                "Sammanställningen återger vad aktörerna själva har valt att delge och jämför det som går att jämföra. "
                "Den avgör inte vem som har rätt. Det som är modellberäknat är vad en beroendemodell säger följer av det "
                "rapporterade, inte en iakttagelse.",
                "This report repeats what the actors themselves have chosen to share, and compares what can be compared. "
                "It does not decide who is right. What is computed by the model is what a dependency model says follows "
                "from what was reported, not an observation.",
            ),
            sections=tuple(self._sections()),
        )

    def _header(self) -> Iterator[Field]:
        one = self._combined
        yield Field("aktor", say("Sammanställd av", "Put together by"), one.actor_name)
        if one.to_name:
            yield row("mottagare", one.to_name)
        yield row("handelse", one.incident)
        if one.number is not None:
            yield row("nummer", str(one.number))
        yield row("lage_per", time_in_words(one.at, self._zone))
        yield row("upprattad_av")
        yield row("godkand_av", one.approved_by)
        yield Field("nasta", say("Nästa samling", "Next meeting"))
        yield row("modell", self._model())

    def _model(self) -> str:
        one = self._combined
        version = f"version {one.model_version}" if one.model_version else ""
        sum_ = say(f"kontrollsumma {one.model_hash[:12]}", f"checksum {one.model_hash[:12]}")
        return ", ".join(part for part in (one.model_name, version, sum_) if part)

    def _sections(self) -> Iterator[Section]:
        yield from self._contributions()
        yield Section("samlad.overens", say("Överens", "In agreement"), blocks=tuple(self._agreeing()))
        yield Section("samlad.skiljer", say("Skiljer sig", "Differences"), blocks=tuple(self._differing()))
        yield Section("samlad.luckor", say("Luckor", "Gaps"), blocks=tuple(self._gaps()))
        facts, prognosis, direction, communication = internal_form()
        _, _, measures, messages = sharing_form()
        yield from self._box("fakta", facts)
        yield from self._box("prognos", prognosis)
        yield from self._box("atgarder", measures, direction)
        yield from self._box("budskap", messages, communication)
        yield from self._computed()

    def _contributions(self) -> Iterator[Section]:
        headings = (
            say("Aktör", "Actor"),
            say("Nr", "No."),
            say("Läget per", "As of"),
            say("Godkänd av", "Approved by"),
            say("Märkning", "Label"),
            say("Antal uppgifter", "Statements"),
        )
        rows = tuple(self._contribution(one) for one in self._combined.contributions)
        none = self._none(
            say("Ingen aktör har bidragit.", "No actor has contributed."),
            say("Ingen aktörs bidrag finns bland det som delas.", "No actor's contribution is in what is shared."),
        )
        title = say("Vilka som har bidragit", "Who has contributed")
        yield Section("samlad.bidrag", title, blocks=(Table(headings, rows) if rows else none,))
        missing = say("Saknas", "Missing")
        if self._combined.is_part:
            missing = say("Har inte delat något som mottagaren får se", "Have shared nothing that the reader may see")
        yield Section("samlad.saknas", missing, level=2, blocks=(*self._missing(), *self._fears()))

    def _none(self, whole: str, part: str) -> Paragraph:
        """That there is nothing; for another reader, only in what is shared."""
        return Paragraph(part if self._combined.is_part else whole)

    def _contribution(self, one: Contribution) -> tuple[str, ...]:
        own = say(" (egen)", " (own)") if one.is_own else ""
        number = "" if one.number is None else str(one.number)
        return f"{one.name}{own}", number, self._time(one.at), one.approved_by, one.tlp, str(len(one.said))

    def _fears(self) -> Iterator[Block]:
        """What the model's word of who is affected does not hold."""
        if self._combined.fears:
            yield Bullets(tuple(map(Item, self._combined.fears)))

    def _missing(self) -> Iterator[Block]:
        if not self._combined.missing:
            if not self._combined.is_reckoned and not self._combined.is_part:
                yield Paragraph(
                    say(
                        "Loggen har inget avbrott att räkna med, så modellen pekar inte ut några fler som berörs.",
                        "The log has no outage to reckon with, so the model points at nobody else who is affected.",
                    )
                )
                return
            yield self._none(
                say(
                    "Alla som enligt modellen är berörda, eller står mellan orsaken och sammanställaren, har bidragit.",
                    "All who by the model are affected, or stand between the cause and the compiler, have contributed.",
                ),
                say("Ingen bland de aktörer som delas.", "None of the actors that are shared."),
            )
            return
        headings = (
            say("Aktör", "Actor"),
            say("Varför den är berörd", "Why it is concerned"),
            say("Berörd enligt", "Affected according to"),
            say("Kontakt", "Contact"),
        )
        model = say("modellen", "the model")
        rows = tuple(
            (
                one.name,
                "; ".join(one.why),
                ", ".join((*one.named_by, model) if one.by_model else one.named_by),
                one.contact,
            )
            for one in self._combined.missing
        )
        yield Table(headings, rows)

    def _agreeing(self) -> Iterator[Block]:
        found = self._combined.agreeing
        if not found:
            yield self._none(
                say(
                    "Det finns inget som två eller flera har uttalat sig om och där alla säger samma sak.",
                    "There is nothing that two or more have spoken of and on which all of them say the same.",
                ),
                say(
                    "Bland det som delas finns inget som två eller flera har uttalat sig om och där alla säger samma sak.",
                    "In what is shared, there is nothing that two or more have spoken of and on which all of them say the same.",
                ),
            )
            return
        yield Paragraph(
            say(
                "Två eller flera uppger samma sak. Det är verifierat när minst två av dem har det bekräftat var för sig; det "
                "som är obekräftat, uppskattat eller modellberäknat hos dem, eller som en har från en annan, bekräftar inte "
                "vartannat.",
                "Two or more say the same. It is verified when at least two of them have it confirmed, each of itself; what is "
                "unconfirmed, estimated or computed, or what one has from another, does not confirm one another.",
            )
        )
        headings = (
            say("Vad", "What"),
            say("Uppgift", "Said"),
            say("Av vilka", "By whom"),
            say("Verifierat av varandra", "Verified by one another"),
            say("Modellen", "The model"),
        )
        yield Table(headings, tuple(self._agreed(one) for one in found))

    def _agreed(self, one: Comparison) -> tuple[str, ...]:
        verified = say("nej, inte bekräftat av två", "no, not confirmed by two")
        if one.is_verified:
            verified = say("ja", "yes")
        elif one.is_retold:
            verified = say("nej, en har det från en annan", "no, one has it from another")
        if one.is_computed:
            verified = say("nej, modellberäknat", "no, computed by the model")
        if one.model is None:
            model = "–"
        elif one.is_against_model:
            model = one.model.text
        else:
            model = say("samma", "the same")
        who = ", ".join(f"{voice.name} ({_status_of(voice)})" for voice in one.voices)
        return one.what, one.voices[0].text, who, verified, model

    def _computed(self) -> Iterator[Section]:
        """What is only computed, by one or another, last: models that differ are no disagreement on what has happened."""
        differing, gaps = self._combined.differing_computed, self._combined.gaps_computed
        if not differing and not gaps:
            return
        about = Paragraph(
            say(
                "Beräkningar med olika uppgifter eller olika modeller ger olika svar. Det är ingen oenighet om vad som har hänt.",
                "Computations from different information or models give different answers. That is no disagreement on what "
                "has happened.",
            )
        )
        yield Section("samlad.modell", say("Modellberäknat", "Computed by models"), blocks=(about,))
        if differing:
            title = say("Beräknas olika", "Computed differently")
            yield Section("samlad.modell.skiljer", title, level=2, blocks=(self._differences(_alike(differing)),))
        if gaps:
            title = say(
                "Beräknas av bara en aktör, om något som en annan svarar för", "Computed by one alone, of another's"
            )
            rows = tuple((*self._alone(one), one.gap) for one in gaps)
            headings = (say("Vad", "What"), say("Uppgift", "Said"), say("Av vem", "By whom"), say("Lucka", "Gap"))
            yield Section("samlad.modell.luckor", title, level=2, blocks=(Table(headings, rows),))

    def _differing(self) -> Iterator[Block]:
        found = self._combined.differing
        if not found:
            yield self._none(
                say(
                    "Inga rapporterade uppgifter som går att jämföra skiljer sig, vare sig mellan aktörerna eller mot modellen.",
                    "Nothing that was reported and can be compared differs, neither between the actors nor from the model.",
                ),
                say(
                    "Inga rapporterade uppgifter som delas och går att jämföra skiljer sig, vare sig mellan aktörerna eller mot modellen.",
                    "Nothing reported that is shared and can be compared differs, neither between the actors nor from the model.",
                ),
            )
            return
        yield self._differences(found)

    def _differences(self, found: Iterable[Comparison]) -> Table:
        headings = (
            say("Vad", "What"),
            say("Vem", "Who"),
            say("Uppgift", "Says"),
            say("Status", "Status"),
            say("Källa", "Source"),
            say("Läget per", "As of"),
        )
        return Table(headings, tuple(row for one in found for row in self._differed(one)))

    def _differed(self, one: Comparison) -> Iterator[tuple[str, ...]]:
        for voice in one.with_model:
            answers = say(" (svarar för det)", " (answers for it)") if voice.sender == one.owner else ""
            yield (
                one.what,
                f"{voice.name}{answers}",
                voice.text,
                _status_of(voice),
                voice.source,
                self._time(voice.at),
            )

    def _gaps(self) -> Iterator[Block]:
        gaps, unconfirmed = self._combined.gaps, self._combined.unconfirmed
        if not gaps and not unconfirmed:
            yield self._none(
                say(
                    "Inget som en annan aktör svarar för, eller som ingen har bekräftat, uppges av bara en.",
                    "Nothing that another actor answers for, or that nobody has confirmed, is said by one alone.",
                ),
                say(
                    "Inget av det som delas, och som en annan aktör svarar för eller ingen har bekräftat, uppges av bara en.",
                    "Nothing shared that another actor answers for, or that nobody has confirmed, is said by one alone.",
                ),
            )
        what, said, who = say("Vad", "What"), say("Uppgift", "Said"), say("Av vem", "By whom")
        among = say("Bland det som delas: ", "In what is shared: ") if self._combined.is_part else ""
        if gaps:
            text = among + say(
                "Uppgifter som bara en aktör har lämnat, om något som en annan svarar för.",
                "What one actor alone has said of something that another answers for.",
            )
            rows = tuple((*self._alone(one), one.gap) for one in gaps)
            yield Table((what, said, who, say("Lucka", "Gap")), rows, text)
        if unconfirmed:
            text = among + say(
                "Uppgifter som bara en aktör har lämnat, och som ingen annan har bekräftat.",
                "What one actor alone has said, and nobody else has confirmed.",
            )
            yield Table((what, said, who), tuple(map(self._alone, unconfirmed)), text)

    def _alone(self, one: Comparison) -> tuple[str, str, str]:
        (voice,) = one.voices
        return one.what, voice.text, f"{voice.name} ({_status_of(voice)})"

    def _box(self, key: str, *boxes: Box) -> Iterator[Section]:
        """A box by its questions, those that nobody answers left out; requests by whom they are to."""
        questions = {
            question.key: question.text for box in boxes for group in box.groups for question in group.questions
        }
        answered = [section for one, text in questions.items() for section in self._question(one, text)]
        none = self._none(
            say("Ingen har delgett något här.", "Nobody has shared anything here."),
            say("Inget här bland det som delas.", "Nothing here in what is shared."),
        )
        yield Section(key, boxes[0].title, blocks=() if answered else (none,))
        yield from answered

    def _question(self, key: str, text: str) -> Iterator[Section]:
        if not key.startswith("begaran."):
            said = self._combined.under(key)
            if said:
                yield Section(key, text, level=2, blocks=(self._bullets(said),))
            return
        for name, asked in self._combined.asked(key):
            title = say(f"Till {name}", f"To {name}") if name else say("Till alla", "To all")
            yield Section("", title, level=2, blocks=(self._bullets(asked),))

    def _bullets(self, said: Iterable[tuple[Contribution, Said]]) -> Bullets:
        return Bullets(
            tuple(Item(f"{one.name}: {each.text}", _status(each.status), self._source(one, each)) for one, each in said)
        )

    def _source(self, one: Contribution, said: Said) -> str:
        number = "" if one.number is None else say(f"delgivning nr {one.number}", f"report no. {one.number}")
        is_older = one.at is not None and one.at != self._combined.at
        when = say(f"läget per {self._time(one.at)}", f"as of {self._time(one.at)}") if is_older else ""
        return ", ".join(part for part in (said.source, number, when) if part)

    def _time(self, minutes: int | None) -> str:
        return "" if minutes is None else short_time(minutes, self._zone)


def _alike(found: Iterable[Comparison]) -> list[Comparison]:
    """Comparisons in which the same voices say the same, as one that names all that they speak of."""
    alike: dict[tuple[object, ...], list[Comparison]] = {}
    for one in found:
        said = tuple((voice.sender, voice.text, voice.status) for voice in one.with_model)
        alike.setdefault((one.aspect, one.owner, said), []).append(one)
    return [replace(each[0], what=_together(each)) for each in alike.values()]


def _together(alike: list[Comparison]) -> str:
    """What some comparisons of one aspect are about, the aspect named once."""
    subjects = [one.what.rpartition(": ")[0] for one in alike]
    return f"{', '.join(subjects)}: {alike[0].what.rpartition(': ')[2]}"


def _status_of(voice: Voice) -> str:
    """The status of what one says; of an expected end of what is confirmed, that it is estimated."""
    if voice.status == CONFIRMED and voice.is_estimate:
        return say("uppskattat", "estimated")
    return _status(voice.status)


def _status(word: str) -> str:
    return status_word(as_status(word))
