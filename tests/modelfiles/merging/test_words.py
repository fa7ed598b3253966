"""Every key of the model files has words, and a value of it can be said: `diff`, `merge` and the forms name them all."""

from datetime import date

import pytest

import beroenden
from beroenden.analysis.difference import words
from beroenden.analysis.difference.difference import difference
from beroenden.analysis.difference.words import difference_words
from beroenden.interop.questionnaire.columns import NEEDS, PAYMENTS, RESOURCES
from beroenden.language import writing_in
from beroenden.modelfiles import schema, values
from beroenden.modelfiles.merging.records import _ATOMIC
from beroenden.modelfiles.merging.words import INSIDE, field_named, field_words, written_words
from beroenden.modelfiles.schema import Field
from modelfiles.fields import INLINE, TABLES, keys_of

_TOGETHER = {name for _, names in _ATOMIC for name in names}
_RECORDS = {"id", "actor", "needs", "stage", *_TOGETHER}
"""Keys that are never a field of their own: what a record is called by, its inner records, what becomes one field."""
_FIELDS = [
    *((table, one.key) for table, fields in TABLES.items() for one in fields if one.key not in (*_RECORDS, "contact")),
    *(("entity", f"contact.{one.key}") for one in INLINE["contact"]),
    *(("payment or need", name) for name, _ in _ATOMIC),
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("table", "field"), _FIELDS, ids=[f"{table} {field}" for table, field in _FIELDS])
def test_every_key_has_words(table: str, field: str, language: str) -> None:
    with writing_in(language):
        assert field_words(field)


def test_all_tables_of_the_schema_are_gone_through() -> None:
    """Also one that is added: it must stand in `modelfiles/fields.py`."""
    made = {
        name: value
        for name, value in vars(schema).items()
        if isinstance(value, tuple) and value and all(isinstance(one, Field) for one in value)
    }
    known = list((TABLES | INLINE).values())
    assert [name for name, value in made.items() if name != "PROVENANCE" and value not in known] == []


def test_values_are_said_in_their_units() -> None:
    fields = [one for table in (*TABLES.values(), INLINE["failure"]) for one in table]
    lengths = keys_of(tuple(fields), values.duration, values.length, values.endurance)
    levels = keys_of(tuple(fields), values.level)
    counts = keys_of(tuple(fields), values.whole, values.from_one, values.days_ahead)
    assert set(words._DURATIONS) == lengths
    assert set(words._LEVELS) == levels
    assert set(words._COUNTS) == counts
    assert set(INSIDE) == {one.key for name in ("failure", "opens") for one in INLINE[name]} | {"at_least"}


def test_a_source_of_the_form_names_what_it_is_of() -> None:
    """What the form knows of a need by other columns than a key is who provides it."""
    told = [one for part in (RESOURCES, NEEDS, PAYMENTS) for one in part.columns if one.key not in ("id", "source")]
    known = {field for _, field in _FIELDS}
    apart = ("från", "nr", "leverantörens_namn", "ändring")
    assert {one.name for one in told if field_named(one.name) not in known} == set(apart)
    assert {one.name for one in told if field_named(one.name) == "supply"} == {
        "till",
        "alternativ_grupp",
        "minst_antal",
        "andel",
    }
    plain = [one for one in told if one.key in known]
    assert [field_named(one.name) for one in plain] == [one.key for one in plain]


def test_a_decimal_number_is_said_with_a_comma_in_swedish() -> None:
    value = {"per_year": 0.5, "duration": "2h"}
    with writing_in("sv"):
        assert written_words(value, "failure") == "gånger om året 0,5, längd 2h"
    with writing_in("en"):
        assert written_words(value, "failure") == "times a year 0.5, length 2h"


def test_a_difference_in_every_text_is_said() -> None:
    """Not only looked up: a model in which each text came to be is compared with one without."""
    bare = {"id": "a", "kind": "system"}
    stage = {"id": "s", "opens": {"days": 0}, "needs": [{"provider": "a"}]}
    payment = {"id": "p", "payer": "a", "dates": [date(2026, 12, 18)], "stage": [stage]}

    def texts(table: str) -> dict[str, str]:
        return {one.key: f"new {one.key}" for one in TABLES[table] if one.read is values.text}

    old = {"model": {"name": "m"}, "entity": [bare], "payment": [payment]}
    new = {
        "model": {"name": "m"} | texts("model"),
        "entity": [bare | texts("entity")],
        "payment": [payment | texts("payment") | {"stage": [stage | texts("stage")]}],
    }
    one, other = (beroenden.build(tables)[0] for tables in (old, new))
    assert one is not None
    assert other is not None
    said = repr(list(difference_words(difference(one, other))))
    for table in ("model", "entity", "payment", "stage"):
        assert all(text in said for text in texts(table).values())
