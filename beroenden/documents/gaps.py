"""Where expectations do not meet, as a document for the actors that have to speak with each other."""

from collections.abc import Iterable, Iterator
from functools import reduce

from beroenden.analysis.gaps.gap import Gap
from beroenden.analysis.gaps.gaps import Gaps
from beroenden.analysis.gaps.kinds import kind_meaning, kind_title
from beroenden.analysis.gaps.tables import gap_table
from beroenden.analysis.gaps.wording import checked_words, field_words
from beroenden.documents.document import Block, Document, Field, Paragraph, Section, Table
from beroenden.language import Language, say, writing_in
from beroenden.model.entities import Contact
from beroenden.model.labels import strictest
from beroenden.sharing.viewer import Viewer
from beroenden.units.numbers import number


def gaps_document(found: Gaps, viewer: Viewer | None, language: Language) -> Document:
    """The report of an actor's gaps, or of all.

    Args:
        found: Looked for in the model that the reader may know: `masked(network, viewer).network`.
        viewer: The reader; None is the own house.
        language: What it is written in.
    """
    with writing_in(language):
        return _Report(found, viewer).document(language)


class _Report:
    def __init__(self, found: Gaps, viewer: Viewer | None) -> None:
        self._found, self._viewer, self._network = found, viewer, found.network

    def document(self, language: Language) -> Document:
        title = say("Var förväntningarna inte möts", "Where expectations do not meet")
        about = self._found.actor or self._found.payment
        return Document(
            form="gap",
            title=title + (f": {self._name(about)}" if about else ""),
            label=self._label(),
            is_exercise=None,
            language=language,
            header=tuple(self._header()),
            notice=self._notice(),
            sections=(self._summary(), *self._meetings(), *self._kinds(), *self._unknown()),
        )

    def _name(self, one: str) -> str:
        return (self._network.entity.get(one) or self._network.payment[one]).name

    def _label(self) -> str:
        named = {one.actor for one in self._found.unknown} | {
            one for one in (self._found.actor, self._found.payment) if one
        }
        labels = [gap.tlp for gap in self._found.gaps] + [self._network.label_of(one) for one in named]
        return reduce(strictest, labels, self._network.tlp)

    def _header(self) -> Iterator[Field]:
        found, network = self._found, self._network
        if found.actor:
            yield Field("aktor", say("Aktör", "Actor"), self._name(found.actor))
        if found.payment:
            yield Field("betalning", say("Betalning", "Payment"), self._name(found.payment))
        if self._viewer is not None:
            reader = self._viewer.actor
            shown = reader and reader in network.entity and self._name(reader)
            yield Field("mottagare", say("Mottagare", "Recipient"), shown or self._viewer.label)
        yield Field("lage_per", say("Läget per", "As of"), found.ground.today.isoformat())
        version = say(f"{network.name}, version {network.version}", f"{network.name}, version {network.version}")
        yield Field("modell", say("Modell", "Model"), version if network.name else "")
        yield Field("kontrollerad_av", say("Kontrollerad av (funktion)", "Checked by (function)"))

    def _notice(self) -> str:
        text = say(
            "Uppgifterna är de som står i modellen. En skillnad säger att två aktörer behöver tala med varandra, inte att "
            "någon har fel och inte hur troligt ett avbrott är. Det som ingen har uppgett räknas aldrig som noll; det står "
            "under ”Det som saknas”. Först står det som betalningar tidigast i den gemensamma ordningen vilar på.",
            "The information is what stands in the model. A difference says that two actors have to speak with each other, "
            "not that either is wrong and not how likely an outage is. What nobody has stated never counts as zero; it "
            'stands under "What is missing". What payments earliest in the common order rest on comes first.',
        )
        if self._viewer is None:
            return text
        return text + say(
            " Rapporten bygger bara på det som mottagaren får se; antal och ”inga” gäller det.",
            ' The report is built only on what its reader may see; counts and "none" refer to that.',
        )

    def _summary(self) -> Section:
        rows = tuple(
            (kind_title(one.kind), number(len(self._found.of(one.kind))), number(one.of), number(one.undecided))
            for one in self._found.checked
        )
        headings = (
            say("Slag", "Kind"),
            say("Funna", "Found"),
            checked_words(self._found),
            say("Gick inte att avgöra", "Could not be decided"),
        )
        return Section("sammanfattning", say("Sammanfattning", "Summary"), 1, (Table(headings, rows),))

    def _meetings(self) -> Iterator[Section]:
        """Who has to speak with whom, once for each two, those with most to speak about first; and how they are reached."""
        pairs: dict[frozenset[str], list[Gap]] = {}
        for gap in self._found.gaps:
            if len(gap.actors) == 2:
                pairs.setdefault(frozenset(gap.actors), []).append(gap)
        if not pairs:
            return
        ordered = sorted(pairs.values(), key=lambda gaps: -len(gaps))
        rows = tuple((*self._pair(gaps[0]), self._subjects(gaps), number(len(gaps))) for gaps in ordered)
        headings = (say("Vem", "Who"), say("Med vem", "With whom"), say("Om vad", "About what"), say("Antal", "Number"))
        title = say("Vilka som behöver tala med varandra", "Who has to speak with whom")
        yield Section("samtal", title, 1, (Table(headings, rows), self._contacts(gaps[0] for gaps in ordered)))

    def _pair(self, gap: Gap) -> tuple[str, str]:
        first, second = gap.actors
        return self._name(first), self._name(second)

    def _subjects(self, gaps: list[Gap]) -> str:
        return ", ".join(dict.fromkeys(kind_title(gap.kind) for gap in gaps))

    def _contacts(self, gaps: Iterable[Gap]) -> Table:
        actors = dict.fromkeys(actor for gap in gaps for actor in gap.actors)
        rows = []
        for actor in actors:
            contact = self._found.ground.contact_of(actor) or Contact()
            lacking = say("kontaktfunktion saknas i modellen", "no contact function in the model")
            is_known = contact.role or contact.channel
            rows.append((self._name(actor), (contact.role or "") if is_known else lacking, contact.channel or ""))
        headings = (say("Aktör", "Actor"), say("Funktion", "Function"), say("Kontaktväg", "How to reach it"))
        return Table(headings, tuple(rows), say("Hur de nås", "How they are reached"))

    def _kinds(self) -> Iterator[Section]:
        for one in self._found.checked:
            gaps = self._found.of(one.kind)
            if gaps:
                meaning = Paragraph(kind_meaning(one.kind, self._found.ground.age))
                yield Section(one.kind, kind_title(one.kind), 1, (meaning, *self._blocks(gaps)))

    def _blocks(self, gaps: tuple[Gap, ...]) -> Iterator[Block]:
        made = gap_table(gaps, self._found.ground)
        yield Table(made.headings, made.rows)
        yield from (Paragraph(note) for note in made.notes)

    def _unknown(self) -> Iterator[Section]:
        if not self._found.unknown:
            return
        rows = tuple(
            (
                self._name(one.actor),
                kind_title(one.kind),
                field_words(one.field),
                say(f"{number(one.count)} av {number(one.of)}", f"{number(one.count)} of {number(one.of)}"),
            )
            for one in self._found.unknown
        )
        headings = (
            say("Vem som kan svara", "Who can answer"),
            say("Behövs för", "Needed for"),
            say("Uppgift", "Information"),
            say("Saknas", "Missing"),
        )
        lead = say(
            "Så många uppgifter saknas av dem som aktören kan ge. Där en saknas går det inte att säga om förväntningarna "
            "möts.",
            "The number of answers missing of those that the actor can give. Where one is missing it cannot be said whether "
            "expectations meet.",
        )
        ground, asked = self._found.ground, {one.actor for one in self._found.unknown}
        if any(ground.actor_of(use.consumer) in asked for use in ground.unnamed):
            lead += say(
                " Behov av sådant som inte delas är med här, men inte bland det som är prövat.",
                " Needs of what is not shared are here, but not among what is checked.",
            )
        if self._found.payment:
            lead += say(
                " Det gäller alla betalningar, inte bara denna.", " That refers to all payments, not only this one."
            )
        title = say("Det som saknas", "What is missing")
        yield Section("saknas", title, 1, (Paragraph(lead), Table(headings, rows)))
