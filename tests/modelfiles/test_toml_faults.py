"""The commonest faults of TOML are told in plain words, at the place where TOML cannot be read."""

import tomllib

import pytest

from beroenden.language import writing_in
from beroenden.modelfiles.findings import Report
from beroenden.modelfiles.read import parse

FAULTS = [
    ("x = 0,7", (1, 6), "0.7"),
    ("x = -0,7 # andel", (1, 7), "-0.7"),
    ("f = { a = 0,7 }", (1, 15), "0.7"),
    ("återställning = 1", (1, 1), "å, ä, ö"),
    ("x.rör = 1", (1, 4), "å, ä, ö"),
    ("bank namn = 1", (1, 6), "mellanslag"),
    ("[min tabell]", (1, 6), "mellanslag"),
    ("[[enhet.behöver]]", (1, 12), "å, ä, ö"),
    ("at = 13:00", (1, 8), "13:00:00"),
    ("at = 9:00:00", (1, 7), "09:00:00"),
    ("o = { at = 13:00 }", (1, 14), "13:00:00"),
    ("r = [06:00, 10:00]", (1, 7), "06:00:00"),
    ("amount = 2.9 Mkr", (1, 14), "utan enhet"),
    ("rto = 4h", (1, 8), '"4h"'),
    ("mbco = 40 %", (1, 11), "0.4"),
    ("x = 2 671", (1, 7), "2671"),
    ("d = 2026-3-1", (1, 9), "2026-03-01"),
    ('text = "13:00, 0,7"\nd = 2026-03-1', (2, 9), "2026-03-01"),
]


@pytest.mark.parametrize(("text", "place", "told"), FAULTS, ids=[text for text, _, _ in FAULTS])
@writing_in("sv")
def test_a_common_fault(text, place, told, tmp_path):
    file, report = tmp_path / "model.toml", Report()
    file.write_text(text + "\n", "utf-8")
    assert parse(file, report) is None
    (found,) = report.findings
    assert (found.code, found.line, found.column) == ("B104", *place)
    assert told in found.message and "Expected" not in found.message and "Invalid" not in found.message


@pytest.mark.parametrize("text", ['a = "b" "c"', "a = [1, 2", 'a = "', "a = fk", "= 1", 'note = "0,7" x'])
def test_what_is_not_common_is_told_as_tomllib_does(text, tmp_path):
    file, report = tmp_path / "model.toml", Report()
    file.write_text(text, "utf-8")
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    assert parse(file, report) is None
    (found,) = report.findings
    assert str(raised.value).partition(" (at ")[0] in found.message
