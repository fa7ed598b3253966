"""All tables of the model files with their keys, as the schema has them: what tests go through so that no key is forgotten."""

from zoneinfo import ZoneInfo

from beroenden.modelfiles import schema, values
from beroenden.modelfiles.schema import Field

EVENT: tuple[Field, ...] = schema.event_fields(ZoneInfo("UTC"))
TABLES = {
    "model": schema.MODEL,
    "entity": schema.ENTITY,
    "need": schema.NEED,
    "window": schema.WINDOW,
    "payment": schema.PAYMENT,
    "stage": schema.STAGE,
    "audience": schema.AUDIENCE,
    "event": EVENT,
}
INLINE = {"contact": schema.CONTACT, "failure": schema.FAILURE, "opens": schema.OPENS}
"""Tables that are the value of a key."""


def keys_of(fields: tuple[Field, ...], *readers: values.Reader) -> set[str]:
    """The keys of a table that some readers read."""
    return {one.key for one in fields if one.read in readers}


def texts_of(fields: tuple[Field, ...]) -> tuple[str, ...]:
    """The keys whose value is free text."""
    return tuple(one.key for one in fields if one.read is values.text)


def lists_of_texts(fields: tuple[Field, ...]) -> tuple[str, ...]:
    """The keys whose value is a list of free texts."""
    return tuple(one.key for one in fields if items_of(one) is values.text)


def items_of(field: Field) -> values.Reader | None:
    """What reads each item of a list; None of anything else."""
    return field.read.item if isinstance(field.read, values.ListOf) else None
