"""JSON Schema (draft 2020-12) of the model and scenario files, made from the tables that read them.

An editor with TOML support (Even Better TOML, Taplo, Tombi) checks and completes a file while it is being written, when
its first line names the schema, by a path relative to the file:

    #:schema ./beroenden.schema.json

The schema is named by a URN: nothing can be fetched by it. Taplo 0.9.3 checks types, words, patterns, dates, limits,
unknown and missing keys and which form a need has; it passes over `dependentRequired` and `prefixItems`, so pairs also say
in `items` what either half may be. What only the whole model can tell (that an id exists, that shares sum to 1, that
times follow on each other) no schema finds: `beroenden validate` does.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.bankdays.hours import WEEKDAY_NAMES
from beroenden.language import say
from beroenden.model.labels import TLP
from beroenden.modelfiles import schema, values
from beroenden.modelfiles.json_schema_words import TABLES
from beroenden.modelfiles.schema import Field
from beroenden.units import durations

Shape = dict[str, Any]
"""A JSON Schema of a value."""

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_UTC = ZoneInfo("UTC")

_DAY = r"(?:\d{4}-\d{2}-\d{2}|\d{8}|\d{4}-?W\d{2}(?:-?\d)?)"
_CLOCK = r"\d{2}(?::?\d{2}(?::?00(?:[.,]0+)?)?)?"
_OFFSET = r"(?:[Zz]|[+-]\d{2}(?::?\d{2}(?::?\d{2})?)?)?"


def _pattern(*forms: str) -> Shape:
    """A text in one of some forms; JSON Schema knows no named groups."""
    either = "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in forms)
    return {"type": "string", "pattern": f"^(?:{either})$"}


def _limits(least: float, most: float = values.LARGEST, kind: str = "integer") -> Shape:
    return {"type": kind, "minimum": least, "maximum": most}


def _list(item: Shape, **limits: int) -> Shape:
    return {"type": "array", "items": item, **limits}


def _object(properties: Mapping[str, Shape], **more: Any) -> Shape:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False, **more}


_DURATION = _pattern(rf"\s*(?:{durations._SUM.pattern})\s*", rf"\s*(?:{durations._ISO.pattern})\s*")
_LEVEL = _limits(0, 1, "number")
_LENGTH: Shape = {
    "anyOf": [
        _DURATION,
        _object(dict.fromkeys(("min", "mode", "max"), _DURATION), required=["min", "mode", "max"]),
        _object(dict.fromkeys(("p50", "p90"), _DURATION), required=["p50", "p90"]),
    ]
}
_STEP: Shape = {
    "type": "array",
    "prefixItems": [_DURATION, _LEVEL],
    "items": {"anyOf": [_DURATION, _LEVEL]},
    "minItems": 2,
    "maxItems": 2,
}

_SHAPES: dict[values.Reader, Shape] = {
    values.text: {"type": "string"},
    values.slug: _pattern(values._SLUG.pattern),
    values.entity_id: _pattern(values._SLUG.pattern),
    values.flag: {"type": "boolean"},
    values.tlp: {"enum": [*TLP, "TLP:WHITE"]},
    values.whole: _limits(0),
    values.whole_of_any_sign: _limits(-366, 366),
    values.days_ahead: _limits(0, 366),
    values.of_any_size: _limits(-values.LARGEST),
    values.from_one: _limits(1),
    values.number: _limits(0, kind="number"),
    values.factor: _limits(1, kind="number"),
    values.level: _LEVEL,
    values.duration: _DURATION,
    values.length: _LENGTH,
    values.positive_duration: _LENGTH,
    values.endurance: {"anyOf": [_DURATION, _list(_STEP, minItems=1)]},
    values.day: {"type": "string", "format": "date"},
    values.clock: _pattern(r"\d{2}:\d{2}:00(?:\.0+)?"),
    values.zone_name: {"type": "string", "minLength": 1},
    values.rrule: {"type": "string", "pattern": "[Ff][Rr][Ee][Qq]="},
    values.shares: {"type": "object", "additionalProperties": _LEVEL},
    values.weekdays: {"anyOf": [{"enum": ["bank", "all"]}, _list({"enum": list(WEEKDAY_NAMES)})]},
}
"""What each reader of a single value accepts, as far as a schema can say it."""

_MOMENT = _pattern(rf"\s*{_DAY}(?:[^0-9]{_CLOCK}{_OFFSET}|[T ]\d{{2}}\.\d{{2}})?\s*")

_READ_ALIKE: dict[values.Reader, Callable[[], Shape]] = {
    schema.opens: lambda: _table("opens", schema.OPENS),
    schema.stages: lambda: _list(_table("stage", schema.STAGE)),
}

_TOGETHER: dict[str, Shape] = {
    "need": {
        "oneOf": [{"required": [form]} for form in ("provider", "any_of", "shares")],
        "dependentRequired": {"at_least": ["any_of"]},
    },
    "opens": {"not": {"required": ["bank_days", "days"]}},
    "stage": {"dependentRequired": {"lead": ["cutoff"], "release": ["cutoff"]}},
    "payment": {"oneOf": [{"required": ["rrule"]}, {"required": ["dates"]}]},
    "outage": {
        "oneOf": [{"required": ["entity"]}, {"required": ["payment"]}],
        "not": {"required": ["for", "end"]},
        "dependentRequired": {"share": ["payment"], "remaining": ["entity"]},
    },
}
"""Which keys of a table go together."""

_OUTAGE = (
    Field("entity", values.slug),
    Field("payment", values.slug),
    Field("start", values.Moment(_UTC), required=True),
    Field("for", values.positive_duration),
    Field("end", values.Moment(_UTC)),
    Field("remaining", values.level),
    Field("share", values.level),
)
_PIN = (
    Field("entity", values.slug, required=True),
    Field("level", values.level, required=True),
    Field("start", values.Moment(_UTC), required=True),
    Field("end", values.Moment(_UTC)),
)
_SCENARIO = (
    Field("name", values.text),
    Field("note", values.text),
    Field("horizon", values.duration),
    Field("at", values.Moment(_UTC)),
)


def model_schema() -> Shape:
    """The schema of a model file: any file of the folder, so no table has to be in it."""
    lists = {
        "entity": schema.ENTITY,
        "window": schema.WINDOW,
        "payment": schema.PAYMENT,
        "audience": schema.AUDIENCE,
        "event": schema.event_fields(_UTC),
    }
    tables = {"model": _table("model", schema.MODEL)} | {
        name: _list(_table(name, fields)) for name, fields in lists.items()
    }
    return _whole("model", say("En modellfil i beroenden", "A model file of beroenden"), tables)


def scenario_schema() -> Shape:
    """The schema of a scenario file."""
    tables = _table("scenario", _SCENARIO)["properties"]
    tables |= {name: _list(_table(name, fields)) for name, fields in (("outage", _OUTAGE), ("pin", _PIN))}
    return _whole("scenario", say("En scenariofil i beroenden", "A scenario file of beroenden"), tables)


def _whole(name: str, title: str, properties: Mapping[str, Shape]) -> Shape:
    return {"$schema": DRAFT, "$id": f"urn:beroenden:schema:{name}:1", "title": title, **_object(properties)}


def _table(name: str, fields: tuple[Field, ...]) -> Shape:
    """A table: its keys with what they mean, which of them must be there, and which go together."""
    about, words = TABLES[name]
    properties = {one.key: {**_shape(one.read), "description": say(*words[one.key])} for one in fields}
    required = [one.key for one in fields if one.required]
    whole = _object(properties, description=say(*about))
    return {**whole, **({"required": required} if required else {}), **_TOGETHER.get(name, {})}


def _shape(reader: values.Reader) -> Shape:
    """What a reader accepts.

    Raises:
        LookupError: for a reader that nothing is said of here.
    """
    if reader in _SHAPES:
        return _SHAPES[reader]
    if reader in _READ_ALIKE:
        return _READ_ALIKE[reader]()
    match reader:
        case values.OneOf():
            return {"enum": list(reader.words)}
        case values.ListOf():
            return _list(_shape(reader.item))
        case values.PairsOf():
            return _list(_list(_shape(reader.half), minItems=2, maxItems=2))
        case values.Moment():
            return _MOMENT
        case schema.InlineTable():
            return _table(reader.build.__name__.lower(), reader.fields)
        case schema.NeedsUnder():
            return _list(_table("need", schema.NEED))
    raise LookupError(reader)
