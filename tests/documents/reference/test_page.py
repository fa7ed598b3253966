"""The reference of the format: whole, true to what reads the files, and the same as in models/README.md."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import beroenden
from beroenden.analysis import checks
from beroenden.cli.main import commands
from beroenden.documents.reference import tables
from beroenden.documents.reference.page import _GROUPS, format_reference
from beroenden.documents.reference.tables import model_tables, other_tables
from beroenden.documents.reference.written import written
from beroenden.language import writing_in
from beroenden.modelfiles import schema

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "models" / "README.md").read_text("utf-8")
BEGIN = "<!-- Härifrån skrivs sidan av programmet: BEROENDEN_LANG=sv beroenden schema --markdown -->\n\n"
END = "\n<!-- Hit skrivs sidan av programmet. -->\n"


def test_the_page_holds_what_the_program_writes() -> None:
    with writing_in("sv"):
        made = format_reference()
    held = PAGE.partition(BEGIN)[2].partition(END)[0]
    assert held == made, (
        "models/README.md is not what the program writes. Put what `BEROENDEN_LANG=sv beroenden schema --markdown` prints "
        "between the two comments of the page."
    )


def test_every_table_and_key_of_a_model_is_described() -> None:
    read = {name: getattr(schema, name.upper()) for name in ("model", "entity", "need", "stage", "opens", "payment")}
    told = {table.name: table for table in model_tables()}
    for name, fields in read.items():
        assert told[name].fields == fields
    for table in (*model_tables(), *other_tables()):
        assert set(table.words[1]) >= {one.key for one in table.fields}, table.name
        assert all(written(one.read) for one in table.fields), table.name


def test_keys_of_checks_are_those_that_are_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    read: list[tuple[schema.Field, ...]] = []
    original = checks.read_table

    def noted(raw: object, place: schema.Place, fields: tuple[schema.Field, ...]) -> dict[str, object]:
        read.append(fields)
        return original(raw, place, fields)

    monkeypatch.setattr(checks, "read_table", noted)
    network = beroenden.load_or_raise(ROOT / "models" / "soes")
    outage = '[[check.outage]]\nentity = "rix"\nstart = 2026-12-16T08:00:00\n'
    expected = ('payment = "barnbidrag"', 'entity = "rix"', "payouts_delayed = 0")
    expectations = "".join(f"[[check.expect]]\n{one}\n" for one in expected)
    (tmp_path / "checks.toml").write_text(f'[[check]]\nid = "a"\n{outage}{expectations}', "utf-8")
    checks.load_checks(tmp_path / "checks.toml", network)
    apart = {"outage", "pin", "expect"}
    found = [[(one.key, one.required) for one in fields if one.key not in apart] for fields in read[1:]]
    described = (tables.CHECK, tables.EXPECT_PAYMENT, tables.EXPECT_ENTITY, tables.EXPECT_TOTALS)
    assert found == [[(one.key, one.required) for one in fields] for fields in described]


def test_keys_of_a_scale_are_those_that_are_read() -> None:
    from beroenden.analysis.risk import scale

    read = (*scale._FIELDS, scale._MEASURE)
    assert [(one.key, one.required) for one in tables.STEPS] == [(one.key, one.required) for one in read]


def test_no_group_of_findings_is_empty_and_tables_are_whole() -> None:
    with writing_in("sv"):
        page = format_reference()
    for _, title, _ in _GROUPS:
        assert re.search(rf"^### {re.escape(title[0])}[^\n]*\n\n\| kod .*\n\| --- .*\n\| B\d", page, re.MULTILINE), (
            title
        )
    for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table


def test_the_english_reference_has_the_same_tables() -> None:
    pages = {}
    for language in ("sv", "en"):
        with writing_in(language):
            pages[language] = format_reference()
    assert pages["sv"].count("\n|") == pages["en"].count("\n|")
    assert not re.search(
        "[åäö]", re.sub(r"```.*?```|\(\.\./.*?\)|\[.*?\]", "", pages["en"].split("## What `val")[0], flags=re.DOTALL)
    )


def test_the_command_prints_or_writes_it_and_refuses_the_rest(tmp_path: Path) -> None:
    printed = CliRunner().invoke(commands, ["schema", "--markdown"])
    assert printed.exit_code == 0
    assert printed.output == format_reference()
    file = tmp_path / "format.md"
    assert CliRunner().invoke(commands, ["schema", "--markdown", "-o", str(file)]).exit_code == 0
    assert file.read_text("utf-8") == printed.output
    for wrong in (["-o", str(tmp_path / "format.json")], ["--json", "-"]):
        assert CliRunner().invoke(commands, ["schema", "--markdown", *wrong]).exit_code == 2
