"""The tables of the files that people write: their keys, from what reads them, and what each key means."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from beroenden.analysis import checks
from beroenden.analysis.risk import scale
from beroenden.model.entities import Entity, Need
from beroenden.model.payments import Opens, Payment, Stage
from beroenden.model.scenario import Outage
from beroenden.modelfiles import json_schema, schema, values
from beroenden.modelfiles.findings import Place, Report, Source
from beroenden.modelfiles.json_schema_words import TABLES
from beroenden.modelfiles.scenario import DEFAULT_HORIZON
from beroenden.modelfiles.schema import Field

Words = tuple[str, str]

_MOMENT = values.Moment(ZoneInfo("UTC"))
_INHERITED = ("ärvs av det som det står i", "that of what it stands in")
_NAME = {"name": ("samma som `id`", "the same as `id`")}
_ABOVE = {"tlp": _INHERITED}
_HORIZON = {"horizon": DEFAULT_HORIZON}


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a file.

    Attributes:
        name: By which it is found in the reference.
        header: As it stands in a file.
        made: What it becomes, for its defaults.
        instead: What is said of defaults that the model has no value for.
        given: Defaults that are set where the table is read.
    """

    name: str
    header: str
    fields: tuple[Field, ...]
    words: tuple[Words, dict[str, Words]]
    made: type | None = None
    instead: dict[str, Words] = field(default_factory=dict)
    given: dict[str, object] = field(default_factory=dict)


CHECK = (
    Field("id", values.slug, required=True),
    Field("name", values.text),
    Field("source", values.text),
    Field("covers", values.ListOf(values.slug)),
    Field("by", values.text),
    Field("entered_by", values.text),
    Field("horizon", values.duration),
    Field("at", _MOMENT),
    Field("with_events", values.flag),
)
_ALWAYS = (Field("never", values.ListOf(values.OneOf(*checks._MOMENTS))), Field("note", values.text))
EXPECT_PAYMENT = (
    Field("payment", values.slug),
    Field("date", values.day),
    Field("bank", values.slug),
    Field("status", values.OneOf("on_time", "delayed", "not_completed")),
    Field("planned", _MOMENT),
    Field("completed", _MOMENT),
    Field("delay", values.duration),
    Field("latest_recovery", _MOMENT),
    Field("latest_recovery_state", values.OneOf("by", "any", "too_late")),
    Field("delayed_recipients", checks._range),
    Field("delayed_amount", checks._range),
    Field("over_max_delay", values.flag),
    Field("blocked_by", values.ListOf(values.slug)),
    Field("late_banks", values.ListOf(values.slug)),
    Field("on_time_banks", values.ListOf(values.slug)),
    *_ALWAYS,
)
EXPECT_ENTITY = (
    Field("entity", values.slug),
    Field("at", _MOMENT),
    Field("level", checks._range),
    Field("harmed", values.flag),
    Field("reserve_lost", values.flag),
    Field("degraded_from", _MOMENT),
    Field("down_from", _MOMENT),
    Field("restored", _MOMENT),
    Field("peak_affected", checks._range),
    Field("person_hours", checks._range),
    *_ALWAYS,
)
EXPECT_TOTALS = (
    Field("payouts_delayed", checks._range),
    Field("amount_delayed", checks._range),
    Field("recipient_hours", checks._range),
    *_ALWAYS,
)
STEPS = (
    Field("names", values.ListOf(values.text), required=True),
    Field("limits", values.ListOf(values.number), required=True),
    Field("measure", values.OneOf(*scale.CONSEQUENCES)),
)
"""Tables whose readers are made anew for each model; the tests hold them to what those readers read."""

_WORDS_ALWAYS: dict[str, Words] = {
    "never": ("Det som inte får hända.", "What must not happen."),
    "note": ("Anmärkning.", "A remark."),
}
_WORDS_CHECK: tuple[Words, dict[str, Words]] = (
    (
        "Ett avbrott och vad modellen väntas svara: minst en `[[check.outage]]`, minst en `[[check.expect]]`, och vid behov "
        "`[[check.pin]]`; avbrott och nivåer skrivs som i ett scenario.",
        "An outage and what the model is expected to answer: at least one `[[check.outage]]`, at least one "
        "`[[check.expect]]`, and `[[check.pin]]` where wanted; outages and levels are written as in a scenario.",
    ),
    {
        "id": ("Id: gemener a–z, siffror och bindestreck.", "Id: lower-case a-z, digits and hyphens."),
        "name": ("Namn i klartext.", "Name in plain words."),
        "source": ("Varifrån förväntan kommer.", "Where the expectation comes from."),
        "covers": ("Det som kontrollen gäller; annars allt den nämner.", "What it checks; else all that it names."),
        "by": (
            "Funktionen som skrev förväntan ur källorna.",
            "The function that wrote the expectation from the sources.",
        ),
        "entered_by": (
            "Funktionen som lade in uppgifterna. Är den en annan räknas de som kontrollerade av en andra person, annars "
            "som preliminära.",
            "The function that entered the data. Where it is another, they count as checked by a second person, else as "
            "preliminary.",
        ),
        "horizon": ("Hur långt fram man ser.", "How far ahead to look."),
        "at": ("Läget per.", "As-of time."),
        "with_events": ("Om planerade avbrott räknas med.", "Whether planned outages count."),
    },
)
_WORDS_PAYMENT: tuple[Words, dict[str, Words]] = (
    ("En förväntan om en betalning, med minst en av nycklarna.", "An expectation of a payment."),
    {
        "payment": ("Betalningen.", "The payment."),
        "date": ("Betalningsdagen; annars alla körningar.", "The payment date; else all runs."),
        "bank": ("Bara de som har konto i banken.", "Only those with an account in the bank."),
        "status": ("I tid, sen, eller inte klar före horisonten.", "On time, late, or not done by the horizon."),
        "planned": ("När den skulle ha varit klar.", "When it should have been done."),
        "completed": ("När den är klar.", "When it is done."),
        "delay": ("Förseningen.", "The delay."),
        "latest_recovery": ("Senaste återställning.", "Latest recovery."),
        "latest_recovery_state": (
            "Om tiden finns (`by`), aldrig sen (`any`) eller redan för sent (`too_late`).",
            "Whether there is one (`by`), it is never late (`any`) or too late already (`too_late`).",
        ),
        "delayed_recipients": ("Antal mottagare som får vänta.", "Recipients who have to wait."),
        "delayed_amount": ("Kronor som försenas.", "SEK that are delayed."),
        "over_max_delay": ("Om den tolererade förseningen överskrids.", "Whether the tolerable delay is exceeded."),
        "blocked_by": ("De som är orsaken.", "Who is the cause."),
        "late_banks": ("Banker vars kunder får vänta.", "Banks whose customers have to wait."),
        "on_time_banks": ("Banker vars kunder får pengarna i tid.", "Banks whose customers are paid on time."),
        **_WORDS_ALWAYS,
    },
)
_WORDS_ENTITY: tuple[Words, dict[str, Words]] = (
    ("En förväntan om en entitet.", "An expectation of an entity."),
    {
        "entity": ("Entiteten.", "The entity."),
        "at": ("Tidpunkten för `level`.", "The time of `level`."),
        "level": ("Nivån vid `at`.", "The level at `at`."),
        "harmed": ("Om den alls faller under 1.", "Whether it ever falls below 1."),
        "reserve_lost": ("Om den någon gång saknar reserv.", "Whether it is ever without a reserve."),
        "degraded_from": ("Första stund under 1.", "The first moment below 1."),
        "down_from": ("Första stund på 0.", "The first moment at 0."),
        "restored": ("När den är tillbaka på 1 för gott.", "When it is back at 1 for good."),
        "peak_affected": ("Flest drabbade samtidigt.", "The most who are affected at once."),
        "person_hours": ("Persontimmar.", "Person hours."),
        **_WORDS_ALWAYS,
    },
)
_WORDS_TOTALS: tuple[Words, dict[str, Words]] = (
    ("En förväntan om summorna: utan payment och entity.", "An expectation of the totals: no payment, no entity."),
    {
        "payouts_delayed": ("Försenade utbetalningar.", "Delayed payouts."),
        "amount_delayed": ("Försenade kronor.", "Delayed SEK."),
        "recipient_hours": ("Mottagartimmar.", "Recipient hours."),
        **_WORDS_ALWAYS,
    },
)
_WORDS_STEPS: tuple[Words, dict[str, Words]] = (
    (
        "Riskmatrisens steg, lägst först. Överst i filen får `source` stå: varifrån stegen kommer.",
        "The steps of the risk matrix, lowest first. `source` may stand first in the file: where the steps come from.",
    ),
    {
        "names": ("Stegens fem namn.", "The five names of the steps."),
        "limits": (
            "De fyra gränserna, stigande; ett värde på gränsen hör till steget över. Sannolikhet: fel per år.",
            "The four limits, rising; a value on a limit is in the step above. Likelihood: failures a year.",
        ),
        "measure": (
            "Bara i `[consequence]`: utbetalningar, kronor eller mottagartimmar.",
            "Only in `[consequence]`: payouts, SEK or recipient hours.",
        ),
    },
)


def model_tables() -> tuple[Table, ...]:
    """The tables of a model."""
    event = schema.event_fields(ZoneInfo("UTC"))
    return (
        _known("model", "[model]", schema.MODEL, given=schema.read_model_table({}, _nowhere())),
        _known("entity", "[[entity]]", schema.ENTITY, Entity, _NAME | _ABOVE),
        _known("need", "[[entity.needs]]", schema.NEED, Need, _ABOVE | {"endurance": _UNKNOWN_ENDURANCE}),
        _known("failure", "failure", schema.FAILURE),
        _known("contact", "contact", schema.CONTACT),
        _known("window", "[[window]]", schema.WINDOW),
        _known("payment", "[[payment]]", schema.PAYMENT, Payment, _NAME | _ABOVE | {"accounts": _OF_THE_MODEL}),
        _known("stage", "[[payment.stage]]", schema.STAGE, Stage, _NAME | _ABOVE | {"opens": _AT_ONCE}),
        _known("opens", "opens", schema.OPENS, Opens),
        _known("audience", "[[audience]]", schema.AUDIENCE),
        _known("event", "[[event]]", event, instead=_NAME | _ABOVE),
    )


def other_tables() -> tuple[Table, ...]:
    """The tables of scenario, checks and scale files."""
    return (
        _known("scenario", "scenario", json_schema._SCENARIO, given=dict(_HORIZON)),
        _known("outage", "[[outage]]", json_schema._OUTAGE, instead=_OUTAGE_DEFAULTS),
        _known("pin", "[[pin]]", json_schema._PIN, instead={"end": ("tills vidare", "for the time being")}),
        Table("check", "[[check]]", CHECK, _WORDS_CHECK, given={**_HORIZON, "with_events": False}, instead=_NAME),
        Table("expect-payment", "[[check.expect]]", EXPECT_PAYMENT, _WORDS_PAYMENT),
        Table("expect-entity", "[[check.expect]]", EXPECT_ENTITY, _WORDS_ENTITY),
        Table("expect-totals", "[[check.expect]]", EXPECT_TOTALS, _WORDS_TOTALS),
        Table("steps", "[likelihood], [consequence]", STEPS, _WORDS_STEPS, instead={"measure": ("`payouts`",) * 2}),
    )


_UNKNOWN_ENDURANCE = ("okänd; räknas som 0", "unknown; counts as 0")
_OF_THE_MODEL = ("modellens", "the model's")
_AT_ONCE = ("när steget före är klart", "when the stage before is done")
_OUTAGE_DEFAULTS = {
    "remaining": (f"`{Outage.__dataclass_fields__['remaining'].default:g}`",) * 2,
    "share": ("`1`",) * 2,
    "for": ("okänd längd", "unknown length"),
    "end": ("okänd längd", "unknown length"),
}


def _nowhere() -> Place:
    return Report().root(Source(None))


def _known(
    name: str,
    header: str,
    fields: tuple[Field, ...],
    made: type | None = None,
    instead: dict[str, Words] | None = None,
    given: dict[str, object] | None = None,
) -> Table:
    return Table(name, header, fields, TABLES[name], made, instead or {}, given or {})
