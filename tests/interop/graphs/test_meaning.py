"""What is known of the keys of a graph's attributes is known of every key of the model files."""

from datetime import date, time
from typing import Any

import pytest
from modelfiles.fields import TABLES, items_of

from beroenden.interop.graphs.meaning import TEXTS, value_of
from beroenden.modelfiles import values
from beroenden.modelfiles.schema import Field, InlineTable

_RECORDS = ("entity", "need", "payment", "model")
_FIELDS = [one for table in _RECORDS for one in TABLES[table] if one.key not in ("needs", "provider")]
_NUMBERS = (
    values.whole,
    values.number,
    values.level,
    values.factor,
    values.from_one,
    values.of_any_size,
)


def written(field: Field) -> tuple[str, Any] | None:
    """An attribute as text, and what it is in a model file; None where text is what it is."""
    if field.read in _NUMBERS:
        return "1", 1
    if field.read is values.day:
        return "2026-12-18", date(2026, 12, 18)
    if items_of(field) is values.day:
        return '["2026-12-18"]', [date(2026, 12, 18)]
    if items_of(field) is not None and field.key != "any_of":  # that is edges
        return '["a"]', ["a"]
    if field.read is values.clock:
        return "07:00", time(7)
    if field.read is values.endurance:
        return '[["8h", 0.5]]', [["8h", 0.5]]
    if isinstance(field.read, InlineTable) or (field.read is values.shares and field.key != "shares"):
        return '{"a": 1}', {"a": 1}
    return None


@pytest.mark.parametrize("field", _FIELDS, ids=[one.key for one in _FIELDS])
def test_a_value_comes_back_as_what_it_was(field: Field) -> None:
    if case := written(field):
        text, value = case
        assert value_of(field.key, text) == value
    elif field.read is values.text:
        assert field.key in TEXTS
    else:
        assert value_of(field.key, "a text") == "a text"
