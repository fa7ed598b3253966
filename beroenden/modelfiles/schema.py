"""The tables of the model files: which keys they have and what they become."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.bankdays.bankdays import ROLLS
from beroenden.errors import did_you_mean
from beroenden.language import say
from beroenden.model.entities import CONFIDENCES, KINDS, Contact, Entity, Failure, Form, Need, Provenance
from beroenden.model.names import spoken
from beroenden.model.network import Audience
from beroenden.model.payments import Event, Opens, Payment, Stage, Window
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Place

Built = tuple[Any, Place]
"""A model object, with None where a value was faulty, and the place of its table."""


KINDS_SAID = {
    "myndighet": "authority",
    "rambank": "framework_bank",
    "ramavtalsbank": "framework_bank",
    "leverantör": "supplier",
    "it-system": "system",
    "infrastruktur": "infrastructure",
    "medborgare": "citizens",
    "medborgargrupp": "citizens",
}
CONFIDENCES_SAID = {"hög": "high", "medel": "medium", "mellan": "medium", "låg": "low"}
"""The words of the forms and documents for what the files have in English."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a table."""

    key: str
    read: values.Reader
    required: bool = False


PROVENANCE = (
    Field("tlp", values.tlp),
    Field("source", values.text),
    Field("verified", values.day),
    Field("confidence", values.OneOf(*CONFIDENCES, said=CONFIDENCES_SAID)),
    Field("note", values.text),
)


def read_table(raw: Any, place: Place, fields: tuple[Field, ...], example: str = "") -> dict[str, Any]:
    """The values of a table, faulty and absent ones left out.

    Args:
        example: How such a table is written on one line; nothing where it has a header of its own.
    """
    if not isinstance(raw, dict):
        written = say(f", t.ex. {example}", f", e.g. {example}") if example else ""
        place.error("B202", say("ska vara en tabell", "should be a table") + written)
        return {}
    known = [field.key for field in fields]
    for key in raw:
        if key not in known:
            _unknown_key(key, place.key(key), known)
    found = {}
    for one in fields:
        if one.key in raw:
            value = one.read(raw[one.key], place / one.key)
            if value is not None:
                found[one.key] = value
        elif one.required:
            place.error("B203", say(f"”{one.key}” saknas", f'"{one.key}" is missing'))
    return found


def _unknown_key(key: object, place: Place, known: list[str]) -> None:
    """Name the nearest key, or where none is near all that there are."""
    near = did_you_mean(key, known)
    all_known = "" if near else say("; här finns ", "; there are ") + ", ".join(known)
    place.error("B201", say(f"okänd nyckel ”{key!s:.60}”", f'unknown key "{key!s:.60}"') + all_known, near)


def read_tables(raw: Any, place: Place, header: str) -> Iterator[tuple[Any, Place]]:
    """The elements of a list of tables."""
    if isinstance(raw, list):
        yield from ((element, place / index) for index, element in enumerate(raw))
    else:
        place.error(
            "B202",
            say(
                f"ska vara en lista av tabeller; skriv [[{header}]]", f"should be a list of tables; write [[{header}]]"
            ),
        )


def _provenance(found: dict[str, Any]) -> Provenance:
    return Provenance(**{one.key: found.pop(one.key, None) for one in PROVENANCE})


@dataclass(frozen=True, slots=True)
class InlineTable:
    """A table that is the value of a key, and what it becomes.

    Attributes:
        example: How it is written on one line.
    """

    fields: tuple[Field, ...]
    build: Callable[..., Any]
    example: str

    def __call__(self, raw: Any, place: Place) -> Any:
        """What the table becomes."""
        return self.build(**read_table(raw, place, self.fields, self.example))


NEED = (
    Field("provider", values.entity_id),
    Field("any_of", values.ListOf(values.entity_id)),
    Field("at_least", values.of_any_size),
    Field("shares", values.shares),
    Field("endurance", values.endurance),
    Field("spread", values.factor),
    Field("floor", values.level),
    Field("restart", values.duration),
    Field("expects", values.duration),
    Field("what", values.text),
    *PROVENANCE,
)


def _need(raw: Any, place: Place) -> Need | None:
    found = read_table(raw, place, NEED, '{ provider = "elnat", endurance = "4h" }')
    forms: list[Form] = [form for form in ("provider", "any_of", "shares") if isinstance(raw, dict) and form in raw]
    if len(forms) != 1:
        (place / forms[0] if forms else place).error(
            "B213",
            say(
                "ett behov har exakt en av provider, any_of och shares",
                "a need has exactly one of provider, any_of and shares",
            ),
        )
        return None
    form = forms[0]
    if "at_least" in found and form != "any_of":
        (place / "at_least").error("B213", say("at_least hör till any_of", "at_least goes with any_of"))
    given = {one: found.pop(one, None) for one in ("provider", "any_of", "shares")}
    value = given[form]
    if value is None:
        return None
    if not value:
        (place / form).error("B203", say("minst en leverantör ska anges", "at least one provider must be given"))
        return None
    if form == "shares":
        providers, weights = tuple(key for key, _ in value), tuple(share for _, share in value)
    else:
        providers, weights = ((value,) if form == "provider" else value), ()
    return Need(form=form, providers=providers, shares=weights, provenance=_provenance(found), **found)


@dataclass(frozen=True, slots=True)
class NeedsUnder:
    """The needs under a header; faulty ones stay as placeholders so that the others keep their index."""

    header: str

    def __call__(self, raw: Any, place: Place) -> tuple[Need, ...]:
        """The needs."""
        found = (_need(element, at) for element, at in read_tables(raw, place, self.header))
        return tuple(need or Need("provider", ()) for need in found)


CONTACT = (Field("role", values.text), Field("channel", values.text))
FAILURE = (Field("per_year", values.number), Field("duration", values.length), Field("unavailability", values.level))
ENTITY = (
    Field("id", values.slug, required=True),
    Field("name", values.text),
    Field("kind", values.OneOf(*KINDS, said=KINDS_SAID), required=True),
    Field("owner", values.entity_id),
    Field("mtpd", values.duration),
    Field("rto", values.duration),
    Field("rta", values.duration),
    Field("rta_tested", values.day),
    Field("rpo", values.duration),
    Field("mbco", values.level),
    Field("population", values.whole),
    Field("failure", InlineTable(FAILURE, Failure, '{ per_year = 0.5, duration = "4h" }')),
    Field("contact", InlineTable(CONTACT, Contact, '{ role = "TiB", channel = "tib@example.se" }')),
    Field("regimes", values.ListOf(values.text)),
    Field("needs", NeedsUnder("entity.needs")),
    *PROVENANCE,
)
WINDOW = (
    Field("id", values.slug, required=True),
    Field("days", values.weekdays, required=True),
    Field("times", values.PairsOf(values.clock, "[07:00:00, 18:00:00]"), required=True),
)
OPENS = (
    Field("bank_days", values.whole_of_any_sign),
    Field("days", values.whole_of_any_sign),
    Field("at", values.clock),
)


def opens(raw: Any, place: Place) -> Opens:
    """When a stage opens."""
    found = read_table(raw, place, OPENS, "{ bank_days = -3, at = 18:00:00 }")
    if "bank_days" in found and "days" in found:
        (place / "bank_days").error(
            "B213", say("ange bank_days eller days, inte båda", "give bank_days or days, not both")
        )
    return Opens(**found)


STAGE = (
    Field("id", values.slug, required=True),
    Field("name", values.text),
    Field("opens", opens),
    Field("duration", values.duration),
    Field("cutoff", values.clock),
    Field("lead", values.days_ahead),
    Field("release", values.ListOf(values.clock)),
    Field("window", values.slug),
    Field("interbank", values.flag),
    Field("at_recipient_bank", values.flag),
    Field("needs", NeedsUnder("payment.stage.needs")),
    *PROVENANCE,
)


def _stage(raw: Any, place: Place) -> Stage:
    found = read_table(raw, place, STAGE)
    for key in ("lead", "release"):
        if key in found and "cutoff" not in raw:
            (place / key).error(
                "B213", say(f"{key} hör till en stage med cutoff", f"{key} goes with a stage that has a cutoff")
            )
    return Stage(provenance=_provenance(found), **{"id": "", "name": found.get("id", ""), **found})


def stages(raw: Any, place: Place) -> tuple[Stage, ...]:
    """The stages of a payment."""
    return tuple(_stage(element, at) for element, at in read_tables(raw, place, "payment.stage"))


PAYMENT = (
    Field("id", values.slug, required=True),
    Field("name", values.text),
    Field("payer", values.entity_id, required=True),
    Field("paying_bank", values.entity_id),
    Field("recipients", values.entity_id),
    Field("count", values.whole),
    Field("amount", values.number),
    Field("rrule", values.rrule),
    Field("dates", values.ListOf(values.day)),
    Field("roll", values.OneOf(*ROLLS)),
    Field("moved", values.PairsOf(values.day, "[2022-04-18, 2022-04-14]")),
    Field("max_delay", values.duration),
    Field("priority", values.from_one),
    Field("legal_basis", values.text),
    Field("accounts", values.shares),
    Field("stage", stages),
    *PROVENANCE,
)
AUDIENCE = (Field("actor", values.entity_id, required=True), Field("tlp", values.tlp, required=True))
MODEL = (
    Field("name", values.text),
    Field("version", values.text),
    Field("timezone", values.zone_name),
    Field("tlp", values.tlp),
    Field("accounts", values.shares),
)


def read_model_table(raw: Any, place: Place) -> dict[str, Any]:
    """[model]: name, version, timezone, tlp and accounts, with defaults for what is absent."""
    found = read_table(raw, place, MODEL)
    if "name" not in found and isinstance(raw, dict) and "name" not in raw:
        place.warning("B203", say("modellen saknar namn: ”name”", 'the model has no "name"'))
    defaults = {"name": "", "version": "", "timezone": "Europe/Stockholm", "tlp": "TLP:AMBER+STRICT", "accounts": ()}
    return defaults | found


def build_entity(raw: Any, place: Place) -> Entity:
    """[[entity]]."""
    found = read_table(raw, place, ENTITY)
    return Entity(provenance=_provenance(found), **{"id": "", "name": found.get("id", ""), "kind": "", **found})


def build_window(raw: Any, place: Place) -> Window:
    """[[window]]."""
    return Window(**{"id": "", "days": "all", "times": (), **read_table(raw, place, WINDOW)})


def build_payment(raw: Any, place: Place) -> Payment:
    """[[payment]]."""
    found = read_table(raw, place, PAYMENT)
    if isinstance(raw, dict):
        if "rrule" in raw and "dates" in raw:
            (place / "rrule").error("B213", say("ange rrule eller dates, inte båda", "give rrule or dates, not both"))
        if "rrule" not in raw and raw.get("dates", []) == []:
            place.error("B203", say("”rrule” eller ”dates” saknas", '"rrule" or "dates" is missing'))
    found["stages"] = found.pop("stage", ())
    return Payment(provenance=_provenance(found), **{"id": "", "name": found.get("id", ""), "payer": "", **found})


def build_audience(raw: Any, place: Place) -> Audience:
    """[[audience]]."""
    return Audience(**{"actor": "", "tlp": "TLP:CLEAR", **read_table(raw, place, AUDIENCE)})


def event_fields(zone: ZoneInfo) -> tuple[Field, ...]:
    """The keys of [[event]], its local times in a zone."""
    return (
        Field("id", values.slug, required=True),
        Field("name", values.text),
        Field("start", values.Moment(zone), required=True),
        Field("end", values.Moment(zone), required=True),
        Field("entities", values.ListOf(values.entity_id), required=True),
        *PROVENANCE,
    )


def build_event(zone: ZoneInfo) -> Callable[[Any, Place], Event]:
    """[[event]], its local times in a zone."""
    fields = event_fields(zone)

    def build(raw: Any, place: Place) -> Event:
        found = read_table(raw, place, fields)
        return Event(
            provenance=_provenance(found),
            **{"id": "", "name": found.get("id", ""), "start": 0, "end": 0, "entities": (), **found},
        )

    return build


@dataclass
class Draft:
    """Everything that was read, before it is known whether it makes a network.

    Attributes:
        stated: Names of entities by the ids that their tables state; an id that cannot be read is as it was probably meant.
    """

    model: dict[str, Any] = field(default_factory=dict)
    model_place: Place | None = None
    entities: list[Built] = field(default_factory=list)
    windows: list[Built] = field(default_factory=list)
    payments: list[Built] = field(default_factory=list)
    audiences: list[Built] = field(default_factory=list)
    events: list[Built] = field(default_factory=list)
    stated: dict[str, str] = field(default_factory=dict)

    def named(self) -> dict[str, str]:
        """Ids of entities by the names that are of one alone: in lower case or as an id, with what stands in brackets or without."""
        return self._named

    @cached_property
    def _named(self) -> dict[str, str]:
        found: dict[str, set[str]] = {}
        for id_, name in self.stated.items():
            for one in (name.casefold(), spoken(name).casefold(), values.plain_id(spoken(name))):
                found.setdefault(one, set()).add(id_)
        return {name: ids.pop() for name, ids in found.items() if name and len(ids) == 1}

    def needs(self) -> Iterator[tuple[Need, Place]]:
        """The needs of entities and stages."""
        for entity, place in self.entities:
            yield from ((need, place / "needs" / index) for index, need in enumerate(entity.needs))
        for _, stage, place in self.stages():
            yield from ((need, place / "needs" / index) for index, need in enumerate(stage.needs))

    def stages(self) -> Iterator[tuple[Payment, Stage, Place]]:
        """The stages of all payments."""
        for payment, place in self.payments:
            yield from ((payment, stage, place / "stage" / index) for index, stage in enumerate(payment.stages))

    def entity_ids(self) -> dict[str, Entity]:
        """Entities by id; of duplicates, the first."""
        found: dict[str, Entity] = {}
        for entity, _ in self.entities:
            found.setdefault(entity.id, entity)
        return found
