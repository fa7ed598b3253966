"""Whatever stands on the disk, reading gives findings and never raises."""

import os
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import chain
import pytest

import beroenden
from beroenden.errors import FaultyFilesError
from beroenden.modelfiles import read
from beroenden.modelfiles.findings import Finding
from beroenden.modelfiles.scenario import load_scenario

MODEL = '[model]\nname = "x"\n'
PLANT = '\n[[entity]]\nid = "el"\nkind = "infrastructure"\nowner = "el"\n'
DEEP = 10_000


def written(folder: Path, **files: str | bytes) -> Path:
    """A folder with files of these contents."""
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / f"{name}.toml").write_bytes(raw)
    return folder


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


def places(findings: list[Finding]) -> list[tuple[str, int | None, int | None]]:
    return [(one.code, one.line, one.column) for one in findings]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    network, findings = beroenden.load(tmp_path / "saknas")
    assert network is None
    assert [(one.code, one.file, one.line, one.column) for one in findings] == [
        ("B101", str(tmp_path / "saknas"), 1, 1)
    ]


def test_a_misspelt_folder_suggests_the_one_beside_it(tmp_path: Path) -> None:
    (tmp_path / "soes").mkdir()
    (finding,) = beroenden.load(tmp_path / "soess")[1]
    assert finding.message == f'does not exist. Did you mean "{tmp_path / "soes"}"?'


@pytest.mark.parametrize("path", ["", "a" * 5000, "nul\0tecken", "rad\nbrytning", "/dev/null/x", "\udcff"])
def test_impossible_paths(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    network, findings = beroenden.load(path)
    assert network is None
    assert codes(findings) in (["B101"], ["B102"])
    str(findings[0]).encode()
    assert "\n" not in str(findings[0])


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    assert codes(beroenden.load(tmp_path)[1]) == ["B102"]


def test_a_folder_without_its_first_file_gives_one_error(tmp_path: Path) -> None:
    """What the other files refer to may stand in the one that was left out."""
    stage = '\n[[payment.stage]]\nid = "s"\nopens = { bank_days = -1, at = 08:00:00 }\nwindow = "hours"\n'
    payment = '[[payment]]\nid = "p"\nname = "P"\npayer = "el"\nrrule = "FREQ=MONTHLY"\n' + stage
    written(tmp_path, payments=payment, plants=PLANT)
    errors = [one for one in beroenden.load(tmp_path)[1] if one.severity == "error"]
    assert codes(errors) == ["B203"]
    assert "model.toml" in errors[0].message


def test_a_folder_named_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.toml").mkdir()
    assert codes(beroenden.load(tmp_path)[1]) == ["B102"]
    written(tmp_path, a=MODEL)
    assert beroenden.load(tmp_path)[0] is not None
    assert codes(beroenden.load(tmp_path / "x.toml")[1]) == ["B102"]


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    written(tmp_path, a=MODEL)
    (tmp_path / "._a.toml").write_bytes(b"\x00\x05\xff")
    (tmp_path / ".#a.toml").symlink_to(tmp_path / "user@host.1234")
    assert beroenden.load(tmp_path) == (beroenden.build({"model": {"name": "x"}})[0], [])


def test_what_is_not_there_says_where_it_was_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soes-b").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FaultyFilesError) as failed:
        beroenden.load_or_raise("soes")
    assert f'does not exist in {tmp_path}. Did you mean "soes-b"?' in str(failed.value)


@pytest.mark.parametrize(
    ("entity", "stage", "example"),
    [
        ({"failure": "1 per år"}, {}, '{ per_year = 0.5, duration = "4h" }'),
        ({"contact": "TiB"}, {}, '{ role = "TiB", channel = "tib@example.se" }'),
        ({"needs": ["elnat"]}, {}, '{ provider = "elnat", endurance = "4h" }'),
        ({}, {"opens": "18:00"}, "{ bank_days = -3, at = 18:00:00 }"),
    ],
)
def test_a_value_that_should_be_a_table_shows_how_one_is_written(
    entity: dict[str, Any], stage: dict[str, Any], example: str
) -> None:
    tables = chain.tables()
    tables["entity"][2] |= entity
    tables["payment"][0]["stage"][0] |= stage
    told = [str(one) for one in beroenden.build(tables)[1] if one.code == "B202"]
    assert [one.partition("should be a table, e.g. ")[2] for one in told] == [example]
    key, value = next(iter((entity or stage).items()))
    in_place = tomllib.loads(f"value = {example}")["value"]
    (entity or stage)[key] = [in_place] if isinstance(value, list) else in_place
    tables["entity"][2] |= entity
    tables["payment"][0]["stage"][0] |= stage
    assert not [one for one in beroenden.build(tables)[1] if one.code in ("B202", "B201", "B203", "B212")]


def test_a_link_to_nowhere_is_found(tmp_path: Path) -> None:
    written(tmp_path, a=MODEL)
    (tmp_path / "b.toml").symlink_to(tmp_path / "borta.toml")
    network, findings = beroenden.load(tmp_path)
    assert (network, [str(one) for one in findings]) == (
        None,
        [f"{tmp_path / 'b.toml'}:1:1: error B101 does not exist"],
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert codes(beroenden.load(tmp_path)[1]) == ["B102"]
    assert codes(beroenden.load(tmp_path / "pipe.toml")[1]) == ["B101"]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    written(tmp_path, a=MODEL)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    network, findings = beroenden.load(tmp_path)
    assert network is None
    assert [one.message for one in findings] == [
        "cannot be read: it is locked or protected; close it in Excel or Word, if it is open there, and try again"
    ]


def test_an_unreadable_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert [(one.code, one.message) for one in beroenden.load(tmp_path)[1]] == [
        ("B101", "cannot be read: Permission denied")
    ]
    assert codes(beroenden.load(tmp_path / "saknas")[1]) == ["B101"]


def test_what_is_not_utf_8(tmp_path: Path) -> None:
    written(tmp_path, latin=MODEL + 'version = "å, '.encode().decode("latin-1"), model=MODEL)
    (tmp_path / "latin.toml").write_bytes(b"a = 1\n" + 'namn = "åäö '.encode() + b'\xe5"\n')
    assert places(beroenden.load(tmp_path)[1]) == [("B103", 2, 13)]


def test_the_column_of_what_is_not_utf_8_does_not_count_the_byte_order_mark(tmp_path: Path) -> None:
    written(tmp_path, a=b"\xef\xbb\xbfx\xff")
    assert places(beroenden.load(tmp_path)[1]) == [("B103", 1, 2)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_unicode_encodings(encoding: str, tmp_path: Path) -> None:
    network, findings = beroenden.load(written(tmp_path, a=MODEL.encode(encoding)))
    assert network is None
    assert codes(findings) in (["B103"], ["B104"])


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("x = " + "[" * DEEP + "]" * DEEP, 1, None),
        ("x = " + "{ a = " * DEEP + "1" + " }" * DEEP, 1, None),
        ("x = " + "[{ a = " * DEEP + "1" + " }]" * DEEP, 1, None),
        ("\n" + ".".join(["a"] * DEEP) + " = 1", 2, 1),
        ("\nx = { " + ' . "å" . '.join(["a"] * DEEP) + " = 1 }", 2, 7),
        ("[" + ".".join(["a"] * DEEP) + "]", 1, 2),
        ("[[" + ".".join(["a"] * DEEP) + "]]", 1, 3),
        ("x = " + "[" * DEEP, 1, None),
    ],
    ids=["arrays", "inline tables", "both", "dotted key", "dotted key in a table", "header", "list header", "unclosed"],
)
def test_deep_nesting(text: str, line: int, column: int | None, tmp_path: Path) -> None:
    network, (finding,) = beroenden.load(written(tmp_path, a=MODEL, b=text))
    assert network is None
    assert (finding.code, finding.line) == ("B105", line)
    assert column is None or finding.column == column


@pytest.mark.parametrize("depth", range(400, 520, 6))
def test_findings_after_deep_nesting_still_have_their_place(depth: int, tmp_path: Path) -> None:
    findings = beroenden.load(written(tmp_path, a=f"{MODEL}x = {'[' * depth}{']' * depth}\n[[entitys]]\n"))[1]
    if codes(findings) != ["B105"]:
        assert places(findings) == [("B201", 3, 1), ("B201", 4, 3)]


def test_huge_numbers(tmp_path: Path) -> None:
    text = f"{MODEL}{PLANT}\npopulation = {'9' * 4000}\nexpects = '{'9' * 4000}h'\n".replace("  [[entity.needs]]", "")
    findings = beroenden.load(written(tmp_path, a=text))[1]
    assert "B212" in codes(findings)


def test_a_number_too_long_to_read(tmp_path: Path) -> None:
    findings = beroenden.load(written(tmp_path, a=f"{MODEL}x = {'9' * 5000}"))[1]
    assert places(findings) == [("B105", 3, 5)]


def test_a_file_too_large_to_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "LARGEST_FILE", 10)
    assert codes(beroenden.load(written(tmp_path, a=MODEL))[1]) == ["B105"]


def test_duplicate_ids_across_files(tmp_path: Path) -> None:
    findings = beroenden.load(written(tmp_path, a=MODEL + PLANT, b=PLANT))[1]
    assert [(one.code, one.file, one.line, one.column) for one in findings] == [
        ("B302", str(tmp_path / "b.toml"), 3, 6)
    ]


def test_a_second_model_table(tmp_path: Path) -> None:
    findings = beroenden.load(written(tmp_path, a=MODEL, b="\n" + MODEL))[1]
    assert [(one.code, one.file, one.line, one.column) for one in findings] == [
        ("B302", str(tmp_path / "b.toml"), 2, 1)
    ]


def test_what_stands_in_a_broken_file_is_not_said_to_be_missing(tmp_path: Path) -> None:
    user = '[[entity]]\nid = "fk"\nkind = "authority"\nowner = "el"\n[[entity.needs]]\nprovider = "el"\nfloor = 2\n'
    broken = MODEL + PLANT + "x = \n"
    findings = beroenden.load(written(tmp_path, a=user, b=broken))[1]
    assert [(Path(one.file or "").name, one.code) for one in findings] == [("a.toml", "B208"), ("b.toml", "B104")]


def test_control_characters_and_html_in_names(tmp_path: Path) -> None:
    name = "<script>alert('x')</script>"
    plant = PLANT.replace("kind", f'name = "{name}"\nnote = "a\\u0000b\\u001b[2Jc"\nkind')
    network, findings = beroenden.load(written(tmp_path, a=MODEL + plant))
    assert network is not None
    assert (network.entities[0].name, network.entities[0].provenance.note) == (
        name,
        "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}[2Jc",
    )
    assert [(one.code, one.severity) for one in findings] == [("B214", "warning")]


def test_findings_show_no_control_characters(tmp_path: Path) -> None:
    text = '[model]\n"a\\nb\\u001b[31m" = 1\nname = "x"\ntimezone = "\\u0007\\r\\n"\n'
    findings = beroenden.load(written(tmp_path, a=text))[1]
    assert codes(findings) == ["B201", "B210"]
    assert all(character.isprintable() for one in findings for character in str(one))


def test_lone_surrogates_in_memory() -> None:
    network, findings = beroenden.build({"model": {"name": "a\ud800", "tlp": "\ud800", "\udfff": 1}})
    assert network is None
    assert sorted(codes(findings)) == ["B201", "B206", "B214"]
    "".join(map(str, findings)).encode()


@pytest.mark.parametrize("tables", [None, 1, "text", [], [("model", {})], b"x"])
def test_tables_that_are_no_tables(tables: object) -> None:
    network, findings = beroenden.build(tables)  # type: ignore[arg-type]
    assert network is None
    assert codes(findings) == ["B202"]


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("amount", "150 Mkr", "150000000"),
        ("amount", "1 550 000,50 kr", "1550000.5"),
        ("amount", "9" * 400, None),
        ("amount", "1.500", None),
        ("amount", "mycket", None),
        ("count", "1,5 miljoner", "1500000"),
        ("count", "1,5", None),
        ("partial", "40 %", "0.4"),
        ("partial", "0,4", "0.4"),
        ("partial", "400 %", None),
        ("partial", "nan", None),
        ("partial", "hälften", None),
    ],
)
def test_a_number_written_as_text_is_suggested_as_files_have_it(key: str, written: str, meant: str | None) -> None:
    tables = chain.tables()
    if key == "partial":
        tables["entity"][2]["needs"] = [{"provider": "power", "endurance": [["4h", written]]}]
    else:
        tables["payment"][0][key] = written
    told = [one for one in beroenden.build(tables)[1] if one.code == "B202"]
    assert [one.suggestion for one in told] == [meant]


@pytest.mark.parametrize("key", [1, None, ("a",), b"x"])
def test_keys_that_are_no_text(key: object) -> None:
    assert "B201" in codes(beroenden.build({key: 1})[1])  # type: ignore[dict-item]
    assert codes(beroenden.build({"model": {"name": "x", key: 1}})[1]) == ["B201"]
    shares = beroenden.build({"model": {"name": "x", "accounts": {key: 1.0}}})[1]
    assert codes(shares) == ["B202"]


def test_a_thousand_unknown_ids(tmp_path: Path) -> None:
    needs = "".join(f'[[entity.needs]]\nprovider = "okand-{index}"\n' for index in range(1000))
    many = "".join(
        f'[[entity]]\nid = "system-{index}"\nkind = "system"\n[[entity.needs]]\nprovider = "el"\n'
        for index in range(300)
    )
    findings = beroenden.load(written(tmp_path, a=MODEL + PLANT + needs + many))[1]
    assert codes(findings).count("B301") == 1000


def test_what_was_verified_a_year_ago_to_the_day_is_fresh_also_in_a_leap_year() -> None:
    plant = {"id": "el", "kind": "infrastructure", "owner": "el", "verified": date(2024, 2, 14)}
    tables = {"model": {"name": "x"}, "entity": [plant]}
    assert beroenden.build(tables, today=date(2025, 2, 14))[1] == []
    assert codes(beroenden.build(tables, today=date(2025, 2, 15))[1]) == ["B601"]


def test_a_scenario_file_that_cannot_be_read(tmp_path: Path) -> None:
    network = beroenden.build({"model": {"name": "x"}})[0]
    assert network is not None
    (tmp_path / "broken.toml").write_text("[[outage]\n")
    for path, code in ((tmp_path / "saknas.toml", "B101"), (tmp_path, "B101"), (tmp_path / "broken.toml", "B104")):
        scenario, findings = load_scenario(path, network)
        assert scenario is None
        assert codes(findings) == [code]
