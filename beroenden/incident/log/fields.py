"""The tables of a log: which keys each kind of entry has, and what they become."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from beroenden.errors import did_you_mean
from beroenden.incident.forms import HIGHLIGHTS, internal_form
from beroenden.incident.log import entries as kinds
from beroenden.incident.log.entries import Claim, Entry, Incident, ReceivedStatement
from beroenden.language import say
from beroenden.model.entities import Entity
from beroenden.model.labels import TLP
from beroenden.model.network import Network
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Place, Report, Source
from beroenden.modelfiles.scenario import check_entity, read_outage
from beroenden.modelfiles.schema import Field, read_table, read_tables
from beroenden.units.times import time_zone

TIMEZONE = "Europe/Stockholm"
"""Local times of a log whose model cannot be read are in this zone."""
STRICTEST_OTHERWISE = "TLP:AMBER+STRICT"
"""The label of an incident that carries none."""
OUTAGE_KEYS = ("entity", "payment", "share", "start", "for", "end", "remaining")


STATEMENT_KEYS = ("section", "text", "status", "source", "said", "tlp", "claims")
"""The keys of a statement, in the order in which they are written; it has to have the first three."""


@cache
def computed_sections() -> tuple[str, ...]:
    """Keys of the sections that the model fills in; "prognos" stands for all of the prognosis."""
    questions = (question for box in internal_form() for group in box.groups for question in group.questions)
    prognosis = [question.key for question in questions if question.key.startswith("prognos.")]
    return HIGHLIGHTS, "fakta.register", "prognos", *prognosis


def zone_of(network: Network | None) -> str:
    """The name of the time zone that local times are in."""
    return network.timezone if network else TIMEZONE


def _entity(network: Network | None, *, must_be_known: bool = True) -> values.Reader:
    """The id of an entity or actor; without a model, any."""

    def read(value: Any, place: Place) -> str | None:
        word = values.slug(value, place)
        if word and network and word not in network.entity:
            if must_be_known:
                check_entity(word, place, network)
                return None
            message = say(f"modellen har ingen aktör ”{word[:60]}”", f'the model has no actor "{word[:60]}"')
            place.warning("B301", message, did_you_mean(word, network.entity))
        return word

    return read


def _reader(network: Network | None) -> values.Reader:
    """Who something is for: an actor's id, or a label."""
    actor = _entity(network, must_be_known=False)

    def read(value: Any, place: Place) -> str | None:
        is_label = isinstance(value, str) and value.startswith("TLP")
        found: str | None = values.tlp(value, place) if is_label else actor(value, place)
        return found

    return read


def _either(network: Network | None) -> values.Reader:
    """The id of an entity or a payment."""

    def read(value: Any, place: Place) -> str | None:
        word = values.slug(value, place)
        if word and network and word not in network.entity and word not in network.payment:
            message = say(
                f"modellen har ingen entitet eller betalning ”{word[:60]}”",
                f'the model has no entity or payment "{word[:60]}"',
            )
            place.error("B301", message, did_you_mean(word, [*network.entity, *network.payment]))
            return None
        return word

    return read


def _payment(network: Network | None) -> values.Reader:
    def read(value: Any, place: Place) -> str | None:
        word = values.slug(value, place)
        if word and network and word not in network.payment:
            message = say(f"modellen har ingen betalning ”{word[:60]}”", f'the model has no payment "{word[:60]}"')
            place.error("B301", message, did_you_mean(word, network.payment))
            return None
        return word

    return read


def _whole_list(item: values.Reader) -> values.Reader:
    """A list without its faulty elements, which have been reported."""
    read_all = values.ListOf(item)

    def read(value: Any, place: Place) -> tuple[Any, ...] | None:
        found = read_all(value, place)
        return None if found is None else tuple(one for one in found if one is not None)

    return read


def _claim(raw: Any, place: Place) -> Claim | None:
    fields = tuple(Field(key, values.text, required=True) for key in ("subject", "aspect", "value"))
    found = read_table(raw, place, fields)
    return Claim(**found) if len(found) == 3 else None


def _statements(moment: values.Reader) -> values.Reader:
    fields = (
        Field("section", values.text, required=True),
        Field("text", values.text, required=True),
        Field("status", values.OneOf(*kinds.RECEIVED_STATUSES), required=True),
        Field("source", values.text),
        Field("said", moment),
        Field("tlp", values.tlp),
        Field("claims", _whole_list(_claim)),
    )

    def read(raw: Any, place: Place) -> tuple[ReceivedStatement, ...]:
        found = [read_table(one, at, fields) for one, at in read_tables(raw, place, "received.statement")]
        return tuple(ReceivedStatement(**one) for one in found if {"section", "text", "status"} <= set(one))

    return read


def common_fields(network: Network | None) -> tuple[Field, ...]:
    """What every entry may have."""
    moment = values.Moment(time_zone(zone_of(network)))
    return (
        Field("id", values.slug, required=True),
        Field("time", moment, required=True),
        Field("actor", _entity(network)),
        Field("source", values.text),
        Field("status", values.OneOf(*kinds.STATUSES)),
        Field("tlp", values.tlp),
        Field("disclose", values.flag),
        Field("text", values.text),
        Field("supersedes", values.slug),
        Field("logged", moment),
        Field("lowered_from", values.OneOf(*TLP)),
        Field("lowered_by", values.text),
    )


def own_fields(kind: str, network: Network | None) -> tuple[Field, ...]:
    """What entries of a kind have besides; what is required comes first."""
    moment = values.Moment(time_zone(zone_of(network)))
    concerns = Field("concerns", _whole_list(_either(network)))
    text = Field("text", values.text, required=True)
    made: dict[str, tuple[Field, ...]] = {
        "outage": (
            Field("entity", _entity(network)),
            Field("payment", _payment(network)),
            Field("share", values.level),
            Field("start", moment, required=True),
            Field("for", values.positive_duration),
            Field("end", moment),
            Field("remaining", values.level),
        ),
        "observation": (
            text,
            Field("topic", values.OneOf(*kinds.TOPICS)),
            Field("entity", _entity(network)),
            Field("level", values.level),
            Field("until", moment),
        ),
        "measure": (
            Field("type", values.OneOf(*kinds.MEASURES), required=True),
            text,
            Field("owner", values.text),
            Field("due", moment),
            Field("progress", values.OneOf(*kinds.PROGRESS)),
            Field("done", moment),
            Field("intended_effect", values.text),
            Field("effect", values.OneOf(*kinds.EFFECTS)),
            concerns,
        ),
        "decision": (
            text,
            Field("by", values.text),
            Field("discloses", _whole_list(values.OneOf(*computed_sections()))),
            concerns,
        ),
        "message": (
            Field("audience", values.OneOf(*kinds.AUDIENCES), required=True),
            text,
            Field("channel", values.text),
            concerns,
        ),
        "request": (
            Field("type", values.OneOf(*kinds.REQUESTS), required=True),
            text,
            Field("to", _entity(network)),
            Field("role", values.text),
            Field("due", moment),
            Field("answered", moment),
            Field("answer", values.text),
        ),
        "received": (
            Field("sender", _entity(network, must_be_known=False), required=True),
            Field("sender_name", values.text),
            Field("number", values.from_one),
            Field("at", moment),
            Field("approved_by", values.text),
            Field("hash", values.text),
            Field("statement", _statements(moment)),
        ),
        "issued": (
            Field("form", values.text, required=True),
            Field("number", values.from_one, required=True),
            Field("at", moment, required=True),
            Field("to", _reader(network)),
            Field("approved_by", values.text),
            Field("model_hash", values.text),
            Field("claims", _whole_list(_claim)),
        ),
        "closed": (),
        "withdrawn": (Field("supersedes", values.slug, required=True), text),
    }
    return made[kind]


KINDS: Mapping[str, type[Entry]] = {kind.kind: kind for kind in kinds.KINDS}
ENTERED_HOW = ("supersedes", "logged", "lowered_from", "lowered_by")
ENTERED = ("outage", "observation", "measure", "decision", "message", "request")
"""The kinds that a person enters; the others are written by commands of their own."""


def fields_of(kind: str, network: Network | None) -> tuple[Field, ...]:
    """Every key of a kind, in the order in which they are written: its own stand before how it was entered."""
    own = own_fields(kind, network)
    names = [field.key for field in own]
    common = [field for field in common_fields(network) if field.key not in names]
    entered = [field for field in common if field.key in ENTERED_HOW]
    return (*(field for field in common if field.key not in ENTERED_HOW), *own, *entered)


def read_incident(raw: Any, place: Place, network: Network | None) -> Incident | None:
    """[incident]."""
    fields = (
        Field("id", values.slug, required=True),
        Field("name", values.text, required=True),
        Field("actor", _entity(network), required=True),
        Field("model", values.text, required=True),
        Field("opened", values.Moment(time_zone(zone_of(network))), required=True),
        Field("exercise", values.flag, required=True),
        Field("tlp", values.tlp),
    )
    found = read_table(raw, place, fields)
    if any(field.required and field.key not in found for field in fields):
        return None
    label = found.pop("tlp", STRICTEST_OTHERWISE)
    return Incident(is_exercise=found.pop("exercise"), tlp=label, **found)


def read_entry(kind: str, network: Network | None, actor: str) -> Callable[[Any, Place], Entry | None]:
    """A reader of the entries of a kind; None where what it must have is missing or faulty."""
    fields = fields_of(kind, network)
    if kind == "outage":
        return _outage_reader(fields, network, actor)

    def read(raw: Any, place: Place) -> Entry | None:
        found = read_table(raw, place, fields)
        if any(field.required and field.key not in found for field in fields):
            return None
        if "statement" in found:
            found["statements"] = found.pop("statement")
        return KINDS[kind](**{"actor": actor, **found})

    return read


def _outage_reader(
    fields: tuple[Field, ...], network: Network | None, actor: str
) -> Callable[[Any, Place], Entry | None]:
    common = common_fields(network)
    moment = values.Moment(time_zone(zone_of(network)))

    def read(raw: Any, place: Place) -> Entry | None:
        if not isinstance(raw, dict):
            read_table(raw, place, fields)
            return None
        own = {key: value for key, value in raw.items() if key in OUTAGE_KEYS}
        _unknown_keys(raw, place, fields)
        found = read_table({key: raw[key] for key in raw if key in [field.key for field in common]}, place, common)
        outage = read_outage(own, place, network or _stand_in(own), moment)
        if outage is None or not {"id", "time"} <= set(found):
            return None
        return kinds.OutageEntry(outage=outage, **{"actor": actor, **found})

    return read


def _unknown_keys(raw: dict[str, Any], place: Place, fields: tuple[Field, ...]) -> None:
    """Report keys that no outage has, with the nearest of all that one has."""
    known = {field.key for field in fields}
    nothing = tuple(Field(field.key, lambda value, place: value) for field in fields)
    read_table({key: value for key, value in raw.items() if key not in known}, place, nothing)


def _stand_in(own: Mapping[str, Any]) -> Network:
    """In place of a model that cannot be read: one that knows what an outage names."""
    from beroenden.model.payments import Payment

    entity, payment = own.get("entity"), own.get("payment")
    return Network(
        "",
        "",
        TIMEZONE,
        STRICTEST_OTHERWISE,
        entities=(Entity(id=entity, name=entity, kind="system"),) if isinstance(entity, str) else (),
        payments=(Payment(id=payment, name=payment, payer=""),) if isinstance(payment, str) else (),
    )


def check_value(field: Field, value: Any) -> list[str]:
    """What is wrong with a value, in sentences."""
    report = Report()
    field.read(value, report.root(Source(None)))
    return [finding.sentence for finding in report.findings]
