"""B603 reads every text that the schema has, so that a new one is not forgotten."""

from datetime import datetime
from typing import Any

import pytest
from chain import tables

import beroenden
from modelfiles.fields import TABLES, texts_of

CITED = "source"
"""A source cites, and is left out for whoever may not read what it names."""
OWN_NAME = ("entity", "name")
SHARED = [
    (table, key)
    for table in ("entity", "need", "payment", "stage", "event")
    for key in texts_of(TABLES[table])
    if key != CITED and (table, key) != OWN_NAME
]


def with_text(table: str, key: str, text: str) -> dict[str, Any]:
    """The worked example with a secret supplier, and a text in one table."""
    made = tables()
    made["entity"].append({"id": "secret", "name": "Kassunverket", "kind": "supplier", "tlp": "TLP:RED"})
    hours = {"start": datetime(2026, 12, 1, 8), "end": datetime(2026, 12, 1, 9)}
    made["event"] = [{"id": "patch", "entities": ["sys"], **hours}]
    payment = made["payment"][0]
    place = {
        "entity": made["entity"][0],
        "need": made["entity"][1]["needs"][0],
        "payment": payment,
        "stage": payment["stage"][0],
        "event": made["event"][0],
    }[table]
    place[key] = text
    return made


@pytest.mark.parametrize(("table", "key"), SHARED)
def test_a_text_that_names_what_is_stricter_is_told(table: str, key: str) -> None:
    model, findings = beroenden.build(with_text(table, key, "Flyttat till Kassunverket"))
    assert model is not None, findings
    assert [one.code for one in findings if one.code == "B603"] == ["B603"], [str(one) for one in findings]
    _, without = beroenden.build(with_text(table, key, "Flyttat till en leverantör"))
    assert not [one for one in without if one.code == "B603"]
