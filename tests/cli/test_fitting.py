"""Tables in terminals of every width: figures and times stand whole."""

import re
from pathlib import Path

import pytest
from chain import tables
from click.testing import CliRunner

import beroenden
from beroenden.cli.common import table
from beroenden.cli.fitting import as_lines, column_widths
from beroenden.cli.main import commands
from beroenden.units.numbers import NBSP

OUT = ("--outage", "clr", "--start", "2026-12-18 04.00", "--for", "30h")
WINDOW = ("--window", "2026-12-17..2026-12-17")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = tables()
    given["payment"][0] |= {"count": 1_471_800, "amount": 190_868_720.0}
    given["entity"][0]["name"] = "Arbetslöshetsersättningens utbetalningssystem"
    for entity in given["entity"][2:4]:
        entity["failure"] = {"per_year": 20, "duration": "60h"}
    path = tmp_path_factory.mktemp("fitting") / "model.toml"
    beroenden.save(beroenden.build(given)[0], path)
    return path


def figures(shown: str) -> set[str]:
    """Words with a digit in them; a no-break space holds a word together."""
    return set(re.findall(r"[^ \n]*\d[^ \n]*", shown))


@pytest.mark.parametrize(
    "arguments",
    [
        ("simulate", "MODEL", *OUT),
        ("explain", "MODEL", *OUT, "allowance"),
        ("calendar", "MODEL", "--from", "2026-12-01", "--to", "2026-12-31"),
        ("rank", "MODEL", "--for", "24h", *WINDOW),
        ("gaps", "MODEL"),
        ("risk", "MODEL", "--window", "2026", "--years", "50"),
        ("show", "MODEL"),
    ],
)
def test_no_figure_is_cut_however_narrow_the_terminal_is(arguments, model, monkeypatch):
    def printed(width: int) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        done = CliRunner().invoke(commands, [str(model) if one == "MODEL" else one for one in arguments])
        assert done.exit_code in (0, 1), done.output
        return done.stdout

    wide = figures(printed(200))
    assert wide
    for width in range(20, 81, 4):
        shown = figures(printed(width))
        assert {one for one in wide if len(one) + 2 <= width} <= shown, width
        assert width < 2 + max(map(len, wide)) or shown <= wide, width


HEADS = ("Payment", "Late")
ROWS = (("Unemployment benefit", f"1{NBSP}005{NBSP}000"), ("Pension", ""))


def test_words_are_not_broken_where_there_is_room_for_them():
    assert column_widths(HEADS, ROWS, (), 40) == [20, 9]
    assert column_widths(HEADS, ROWS, (), 24) == [12, 9]
    assert column_widths(HEADS, ROWS, (), 22) == [10, 9]
    assert column_widths(HEADS, ROWS, (), 21) is None


def test_the_lines_of_an_unbroken_column_stand_whole():
    rows = (("Unemployment benefit", "Fri 18 Dec\n07:50"),)
    assert column_widths(HEADS, rows, (1,), 25) == [12, 10]
    assert column_widths(HEADS, rows, (0,), 25) is None


def test_a_row_that_has_no_room_is_told_in_lines(monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", "20")
    table(HEADS, ROWS, right=(1,))
    told = f"Payment: \nUnemployment benefit\nLate: 1{NBSP}005{NBSP}000\n\nPayment: Pension\n\n"
    assert capsys.readouterr().out == told


def test_a_table_without_headings_is_told_without_them():
    assert list(as_lines(("", ""), (("Type", "bank\nsince 1998"), ("Owner", "")))) == [
        "Type",
        "bank\n  since 1998",
        "",
        "Owner",
        "",
    ]
