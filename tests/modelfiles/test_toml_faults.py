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
    ("d = 2026-02-30", (1, 5), "februari 2026 har 28 dagar"),
    ("d = 2026-13-40", (1, 9), "månaden"),
    ("d = 2026-02-30T08:00:00", (1, 5), "februari 2026 har 28 dagar"),
    ("d = 2026-02-03T08:00", (1, 15), "2026-02-03T08:00:00"),
    ("at = 25:00", (1, 8), "finns inte"),
    ("rto = ”4h”", (1, 7), "raka"),
    ("namn = [“a”, “b”]", (1, 9), "raka"),
    ('rto = "4h”', (1, 11), "raka"),
    ("note = ”kl. 13, 4 h”", (1, 8), "raka"),
    ('rto = "4h', (1, 10), "avslutas inte"),
    ('note = "hon sa ”nej” då\nrto = "4h"', (1, 24), "avslutas inte"),
    ('note = "hon sa ”nej”', (1, 21), "avslutas inte"),
    ("a = 'x", (2, 1), "rad 1"),
    ('a = "x"\na = "y"', (2, 1), "nyckeln a finns redan"),
    ("o = { at = 1, at = 2 }", (1, 15), "nyckeln at finns redan"),
    ("[model]\n[model]", (2, 1), "[[model]]"),
    ("[entity", (1, 8), "[entity]"),
    ("[[entity] # mer", (1, 9), "[[entity]]"),
    ("[entity.needs]]", (1, 15), "[[entity.needs]]"),
    ("[[entity]]]", (1, 11), "[[entity]]"),
    ('id: "aa"', (1, 3), "id = …"),
    ("o = { at: 13 }", (1, 9), "at = …"),
    ('id "aa"', (1, 4), "likhetstecken"),
    ("rto 4h", (1, 5), "likhetstecken"),
    ("rto =", (1, 6), "värdet saknas"),
    ("a = [1, 2\nb = 3", (2, 1), "listan a, som börjar på rad 1"),
    ('a = [\n  "x",\n[[b]]', (3, 3), "listan a, som börjar på rad 1"),
    ('a = ["x" "y"]', (1, 10), "komma"),
    ("a = { b = 1\nc = 2", (1, 12), "}"),
    ("kind = system", (1, 8), '"system"'),
    ('a = [\n  "x",\n  telia,\n]', (3, 3), '"telia"'),
    ("a = True", (1, 5), "true"),
    ("verified = 01-08-2026", (1, 13), "2026-08-01"),
    ("verified = 1/8/2026", (1, 13), "2026-08-01"),
    ("verified = 1.8.2026", (1, 15), "2026-08-01"),
    ("verified = 2026/08/01", (1, 16), "2026-08-01"),
    ("verified = 1 augusti 2026", (1, 14), "2026-08-01"),
    ("verified = 1/8 2026", (1, 13), "2026-08-01"),
    ("verified = 08/13/2026", (1, 13), "som 2026-08-01"),
    ("verified = 31-02-2026", (1, 14), "som 2026-08-01"),
    ("verified = 01-08-26", (1, 13), "som 2026-08-01"),
    ("moved = [[2026-08-01, 02-08-2026]]", (1, 24), "2026-08-02"),
]


@pytest.mark.parametrize(("text", "place", "told"), FAULTS, ids=[text for text, _, _ in FAULTS])
@writing_in("sv")
def test_a_common_fault(text, place, told, tmp_path):
    file, report = tmp_path / "model.toml", Report()
    file.write_text(text + "\n", "utf-8")
    assert parse(file, report) is None
    (found,) = report.findings
    assert (found.code, found.line, found.column) == ("B104", *place)
    assert told in found.message
    assert not any(word in found.message for word in ("Expected", "Invalid", "Illegal", "Cannot", "Unclosed"))


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ('[model]\rname = "m"\r', 8),
        ("# hej\r[model]\r", 6),
        ('name = "m"\rtlp = "x"', 11),
        ('name = "m\rtlp = "x"', 10),
        ("a = [\r1]", 6),
        ("a =\rb = 1", 4),
    ],
)
@writing_in("sv")
def test_a_carriage_return_alone_ends_no_line(text, column, tmp_path):
    file, report = tmp_path / "model.toml", Report()
    file.write_bytes(text.encode())
    assert parse(file, report) is None
    (found,) = report.findings
    assert (found.code, found.line, found.column) == ("B104", 1, column)
    assert "radslut LF eller CRLF" in found.message


@pytest.mark.parametrize("text", ['a = "b" "c"', 'a = """x\nb = 1', "= 1", "a == 1", 'note = "0,7" x'])
def test_what_is_not_common_is_told_as_tomllib_does(text, tmp_path):
    file, report = tmp_path / "model.toml", Report()
    file.write_text(text, "utf-8")
    with pytest.raises(tomllib.TOMLDecodeError) as raised:
        tomllib.loads(text)
    assert parse(file, report) is None
    (found,) = report.findings
    assert str(raised.value).partition(" (at ")[0] in found.message
