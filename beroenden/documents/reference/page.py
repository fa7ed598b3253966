"""The reference of the format as Markdown: tables, examples and findings, from the code that reads the files."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from beroenden.bankdays.bankdays import ROLLS
from beroenden.documents.reference.codes import Code, every_code
from beroenden.documents.reference.examples import ALL
from beroenden.documents.reference.tables import Table, model_tables, other_tables
from beroenden.documents.reference.written import default, defaults_of, written
from beroenden.language import say
from beroenden.model.entities import CONFIDENCES, KINDS
from beroenden.model.labels import TLP
from beroenden.modelfiles.schema import PROVENANCE, Field
from beroenden.units.durations import format_duration, parse_duration

Words = tuple[str, str]
Row = tuple[str, ...]

_DURATIONS: tuple[tuple[str, Words], ...] = (
    ("90min", ("minuter", "minutes")),
    ("4h", ("timmar", "hours")),
    ("3d", ("dygn", "days of 24 hours")),
    ("1w", ("veckor", "weeks")),
    ("1d 6h", ("en summa", "a sum")),
    ("PT4H", ("ISO 8601", "ISO 8601")),
)
_WAYS: tuple[tuple[Words, str, Words], ...] = (
    (("id", "id"), '"fk-utbetalning"', ("gemener a–z, siffror, bindestreck", "lower-case a–z, digits, hyphens")),
    (("datum", "date"), "2026-12-18", ("utan citattecken", "without quotation marks")),
    (
        ("klockslag", "time of day"),
        "19:00:00",
        ("hela minuter; sekunderna måste skrivas", "whole minutes; seconds must be written"),
    ),
    (
        ("tidpunkt", "date-time"),
        "2026-12-17T08:00:00",
        (
            "i modellens tidszon; `2026-12-17T08:00:00+01:00` går också",
            "in the model's time zone; `2026-12-17T08:00:00+01:00` does too",
        ),
    ),
    (("tidslängd", "duration"), '"1d 6h"', ("se nedan", "see below")),
    (
        ("tidslängd, även osäker", "duration, also uncertain"),
        '{ min = "2h", mode = "8h", max = "30h" }',
        (
            'PERT; eller `{ p50 = "2h", p90 = "12h" }`, lognormal. En ensam beräkning använder `mode` eller `p50`',
            'PERT; or `{ p50 = "2h", p90 = "12h" }`, lognormal. A single calculation uses `mode` or `p50`',
        ),
    ),
    (
        ("RRULE", "RRULE"),
        '"FREQ=MONTHLY;BYMONTHDAY=20"',
        (
            "RFC 5545, hela dagar; räknas från DTSTART, 2000-01-01 om inget anges",
            "RFC 5545, whole days; counted from DTSTART, 2000-01-01 unless given",
        ),
    ),
    (("andelar", "shares"), "{ swedbank = 0.4, nordea = 0.6 }", ("summan är 1", "the sum is 1")),
)
_ROLLS: dict[str, Words] = {
    "none": ("flyttas inte", "is not moved"),
    "preceding": ("till bankdagen före", "to the bank day before"),
    "following": ("till bankdagen efter", "to the bank day after"),
    "nearest": ("till den närmaste; lika nära: före", "to the nearest; if as near: before"),
    "saturday_preceding": (
        "en lördag till bankdagen före, annat till bankdagen efter",
        "a Saturday to the bank day before, others to the bank day after",
    ),
}
_KINDS: dict[str, Words] = {
    "authority": ("myndighet eller annan betalare", "authority or another payer"),
    "framework_bank": ("ramavtalsbank: en bank som betalar ut", "framework bank: one that pays out"),
    "bank": ("mottagarnas bank", "a bank of recipients"),
    "supplier": ("leverantör", "supplier"),
    "system": ("system", "system"),
    "infrastructure": ("infrastruktur: clearing, avveckling, el, tele", "infrastructure: clearing, power, telecom"),
    "process": ("rutin eller arbetsmoment", "process"),
    "citizens": ("grupp av mottagare", "group of recipients"),
}
_CONFIDENCES: dict[str, Words] = {
    "low": ("låg: ett antagande eller en gissning", "low: an assumption or a guess"),
    "medium": ("medel", "medium"),
    "high": ("hög", "high"),
}
_TLP: dict[str, Words] = {
    "TLP:CLEAR": ("får spridas fritt", "may be spread freely"),
    "TLP:GREEN": ("får spridas inom gemenskapen, inte öppet", "may be spread within the community, not publicly"),
    "TLP:AMBER": (
        "den som behöver veta, i den egna organisationen och hos dess kunder",
        "who needs to know, in the own organisation and with its clients",
    ),
    "TLP:AMBER+STRICT": (
        "den som behöver veta, bara i den egna organisationen",
        "who needs to know, in the own organisation only",
    ),
    "TLP:RED": ("bara de enskilda mottagarna", "the individual recipients only"),
}
_LABELS = "[DELNING.md](DELNING.md)"
_SEVERITIES: dict[str, Words] = {
    "error": ("fel", "error"),
    "warning": ("varning", "warning"),
    "info": ("anmärkning", "remark"),
}
_GROUPS: tuple[tuple[str, Words, str], ...] = (
    ("B10", ("Filen som sådan", "The file as such"), ""),
    ("B20", ("Nycklar och värden, i alla filer", "Keys and values, in all files"), ""),
    ("B30", ("Hänvisningar och dubbletter", "References and duplicates"), ""),
    ("B40", ("Värden mot varandra", "Values against each other"), "[SEMANTIK.md](SEMANTIK.md)"),
    ("B50", ("Betalningskedjor och händelser", "Payment chains and events"), "[SEMANTIK.md](SEMANTIK.md)"),
    ("B60", ("Uppgifternas kvalitet och delning", "Quality and sharing"), _LABELS),
    ("B65", ("Felträd, `import open-psa`", "Fault trees, `import open-psa`"), ""),
    ("B66", ("Grafer, `import graphml` och `import json`", "Graphs, `import graphml` and `import json`"), ""),
    ("B67", ("Riskmatrisen, `risk`", "The risk matrix, `risk`"), ""),
    ("B68", ("Informationsregister, `import dora`", "Registers of information, `import dora`"), ""),
    ("B69", ("ArchiMate, `import archimate`", "ArchiMate, `import archimate`"), ""),
    ("B70", ("Scenarier", "Scenarios"), "[sample_data](../sample_data/README.md)"),
    ("B72", ("Sammanslagning, `merge`", "Merging, `merge`"), ""),
    ("B80", ("Förväntningar och delgivningar", "Expectations and delgivningar"), ""),
    ("B83", ("Formulär, `import form`", "Forms, `import form`"), "[formulär](../sample_data/formular/README.md)"),
    ("B90", ("Händelselogg, `incident`", "Incident log, `incident`"), "[loggen](../sample_data/incidents/README.md)"),
    ("B92", ("Mottagna delgivningar, `incident import`", "Received, `incident import`"), _LABELS),
    ("B94", ("Övningens fil, `exercise`", "The exercise's file, `exercise`"), "[övningen](../sample_data/ovning/README.md)"),
    ("B95", ("Inspelslistan, `exercise import`", "The inject list, `exercise import`"), "[övningen](../sample_data/ovning/README.md)"),
)  # fmt: skip
"""Findings by the first code of each group, and where there is more to read."""


def format_reference() -> str:
    """The whole reference, in the language being written."""
    return "\n\n".join(part.strip("\n") for part in _parts()) + "\n"


def _parts() -> Iterator[str]:
    yield say("## Formatet", "## The format")
    yield say(
        "En modell är en mapp med TOML-filer som läses tillsammans; dela upp dem som ni vill. `[model]` står en gång, "
        "de andra tabellerna är listor. Det som inte anges är okänt, aldrig noll: ett streck (–) i kolumnen *utan* "
        "betyder det, eller att inget gäller. Står nyckeln med **fet stil** måste den finnas. Id är unika över entiteter "
        "och betalningar. Exemplen hör ihop och läses in av ett test.",
        "A model is a folder of TOML files that are read together; divide them as you like. `[model]` stands once, the "
        "other tables are lists. What is not given is unknown, never zero: a dash (–) in the column *without* means that, "
        "or that nothing holds. A key in **bold** must be there. Ids are unique over entities and payments. The examples "
        "belong together and are loaded by a test.",
    )
    yield from _values()
    for table in model_tables():
        yield from _described(table)
    yield say("## Scenarier, förväntningar och skalor", "## Scenarios, expectations and scales")
    yield say(
        "Ett scenario (`--scenario`) är en fil med nycklarna i den första tabellen, `[[outage]]` och `[[pin]]`; "
        "förväntningar (`validate --checks`) är en fil med `[[check]]`; en skala (`risk --steps`) har `[likelihood]` och "
        "`[consequence]`. Händelseloggen (`--incident`) beskrivs i [sample_data/incidents]"
        "(../sample_data/incidents/README.md).",
        "A scenario (`--scenario`) is a file with the keys of the first table, `[[outage]]` and `[[pin]]`; expectations "
        "(`validate --checks`) are a file with `[[check]]`; a scale (`risk --steps`) has `[likelihood]` and "
        "`[consequence]`. The incident log (`--incident`) is described in [sample_data/incidents]"
        "(../sample_data/incidents/README.md).",
    )
    for table in other_tables():
        yield from _described(table)
    yield from _findings(every_code())


def _values() -> Iterator[str]:
    yield say("### Så skrivs värden", "### How values are written")
    heads = (say("värde", "value"), say("skrivs", "written"), say("mening", "meaning"))
    yield _table(heads, ((say(*name), f"`{how}`", say(*about)) for name, how, about in _WAYS))
    yield _table(
        (say("tidslängd", "duration"), say("mening", "meaning"), say("är", "is")),
        ((f"`{one}`", say(*about), format_duration(parse_duration(one))) for one, about in _DURATIONS),
    )
    yield _table(
        (say("märkning (`tlp`)", "label (`tlp`)"), say("mening", "meaning")),
        ((f"`{label}`", say(*_TLP[label])) for label in TLP),
    )
    yield say(
        f"`TLP:WHITE` ur TLP 1.0 läses som `TLP:CLEAR`. Mer om märkning och delning: {_LABELS}.",
        f"`TLP:WHITE` of TLP 1.0 is read as `TLP:CLEAR`. More on labels and sharing: {_LABELS}.",
    )
    for head, known, told in (
        ("kind", KINDS, _KINDS),
        ("roll", ROLLS, _ROLLS),
        ("confidence", CONFIDENCES, _CONFIDENCES),
    ):
        yield _table((f"`{head}`", say("mening", "meaning")), ((f"`{one}`", say(*told[one])) for one in known))


def _described(table: Table) -> Iterator[str]:
    """A table: what it is, its keys, an example."""
    about, words = table.words
    tells_origin = table.name == "entity"
    has_origin = set(PROVENANCE) <= set(table.fields)
    yield f"### `{table.header}`"
    yield say(*about) + ("" if tells_origin or not has_origin else _origin())
    heads = (say("nyckel", "key"), say("skrivs", "written"), say("utan", "without"), say("mening", "meaning"))
    shown = [one for one in table.fields if tells_origin or not has_origin or one not in PROVENANCE]
    yield _table(heads, ((_key(one), written(one.read), _without(table, one), say(*words[one.key])) for one in shown))
    yield f"```toml\n{ALL[table.name].rstrip()}\n```"


def _origin() -> str:
    return say(
        " `tlp`, `source`, `verified`, `confidence` och `note` kan anges som för en entitet.",
        " `tlp`, `source`, `verified`, `confidence` and `note` can be given as for an entity.",
    )


def _key(one: Field) -> str:
    return f"**`{one.key}`**" if one.required else f"`{one.key}`"


def _without(table: Table, one: Field) -> str:
    """What holds when a key is not given."""
    if one.required:
        return say("måste finnas", "must be there")
    if one.key in table.instead:
        return say(*table.instead[one.key])
    return default(one.read, (defaults_of(table.made) | table.given).get(one.key))


def _findings(codes: list[Code]) -> Iterator[str]:
    yield say("## Vad `validate` och inläsningarna kan säga", "## What `validate` and the imports can say")
    yield say(
        "Varje iakttagelse har en kod, ett allvar och ett ställe: `fil:rad:kolumn: allvar KOD text`. Ett fel (`error`) gör "
        "att filen inte kan användas (slutkod 1), en varning (`warning`) är något att pröva, en anmärkning (`info`) något att veta. All läsning går till "
        "slutet och säger allt på en gång. Texterna är hämtade ur programmet; … står för det som fylls i.",
        "Every finding has a code, a severity and a place: `file:line:column: severity CODE text`. An error makes the file "
        "unusable (exit code 1), a warning is something to judge, a remark something to know. Reading goes on to the end "
        "and tells everything at once. The texts are taken from the program; … stands for what is filled in.",
    )
    for (first, title, more), (after, _, _) in pairwise((*_GROUPS, ("C", ("", ""), ""))):
        within = [one for one in codes if first <= one.code < after]
        yield f"### {say(*title)}" + (say(" – läs mer: ", " – more: ") + more if more else "")
        heads = (say("kod", "code"), say("allvar", "severity"), say("text", "text"))
        yield _table(heads, ((one.code, say(*_SEVERITIES[one.severity]), " / ".join(one.messages)) for one in within))


def _table(heads: Row, rows: Iterable[Row]) -> str:
    """A Markdown table; a bar inside a cell would end it."""
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in lines)
