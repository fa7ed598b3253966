"""What is written is read again as it was, and one network has one text and one hash."""

import os
import re
import stat
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import beroenden
from beroenden.model.network import Network
from beroenden.modelfiles.write import write_text
from modelfiles.strategies import networks

ROOT = Path(__file__).parents[2]
VALID = sorted((ROOT / "tests" / "files" / "valid").glob("*.toml"))
SOES = ROOT / "models" / "soes"
MODELS = [*VALID, *([SOES] if SOES.is_dir() else [])]
TODAY = date(2026, 6, 1)
SAME_EXAMPLES = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def loaded(path: Path) -> Network:
    network, findings = beroenden.load(path, today=TODAY)
    assert network is not None, [str(finding) for finding in findings]
    return network


def rebuilt(text: str) -> Network:
    network, findings = beroenden.build(tomllib.loads(text), today=TODAY)
    assert network is not None, [str(finding) for finding in findings]
    return network


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_valid_files_load_write_and_load_equal(path: Path) -> None:
    network = loaded(path)
    text = beroenden.to_toml(network)
    again = rebuilt(text)
    assert again == network
    assert again.hash == network.hash != ""
    assert beroenden.to_toml(again) == text == beroenden.to_toml(network)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_files_are_without_warnings(path: Path) -> None:
    assert [str(one) for one in beroenden.load(path, today=TODAY)[1] if one.severity != "info"] == []


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_lists_of_tables_stay_in_long_form(path: Path) -> None:
    network = loaded(path)
    text = beroenden.to_toml(network)
    stages = [stage for payment in network.payments for stage in payment.stages]
    wanted = {
        "[model]": 1,
        "[[entity]]": len(network.entities),
        "[[entity.needs]]": sum(len(entity.needs) for entity in network.entities),
        "[[window]]": len(network.windows),
        "[[payment]]": len(network.payments),
        "[[payment.stage]]": len(stages),
        "[[payment.stage.needs]]": sum(len(stage.needs) for stage in stages),
        "[[audience]]": len(network.audiences),
        "[[event]]": len(network.events),
    }
    headers = re.findall(r"^ *(\[.*\])$", text, re.MULTILINE)
    assert {header: headers.count(header) for header in wanted} == wanted
    assert len(headers) == sum(wanted.values())


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_line_ends_and_byte_order_marks_do_not_matter(mark: bytes, path: Path, tmp_path: Path) -> None:
    lines = path.read_bytes().removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    (tmp_path / path.name).write_bytes(mark + lines.replace(b"\n", b"\r\n"))
    again, findings = beroenden.load(tmp_path, today=TODAY)
    network, expected = beroenden.load(path, today=TODAY)
    assert again == network
    assert [(one.code, one.line, one.column) for one in findings] == [
        (one.code, one.line, one.column) for one in expected
    ]


def test_the_hash_does_not_depend_on_files_or_order(tmp_path: Path) -> None:
    network = loaded(ROOT / "tests" / "files" / "valid" / "example.toml")
    sections = re.split(r"\n(?=\[\[(?:entity|window|payment|audience|event)\]\])", beroenden.to_toml(network))
    for index, section in enumerate(reversed(sections)):
        (tmp_path / f"{index:02}.toml").write_text(section)
    split = loaded(tmp_path)
    assert split.hash == network.hash
    assert split != network
    assert {one.id for one in split.entities} == {one.id for one in network.entities}


@pytest.mark.parametrize(
    "change",
    [
        {"name": "x"},
        {"tlp": "TLP:RED"},
        {"accounts": ()},
        {"windows": ()},
        {"payments": ()},
        {"audiences": ()},
        {"events": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_hash_depends_on_everything(change: dict[str, Any]) -> None:
    from beroenden.modelfiles.write import content_hash

    network = loaded(ROOT / "tests" / "files" / "valid" / "example.toml")
    assert content_hash(network) == network.hash
    assert content_hash(replace(network, **change)) != network.hash


def test_equal_numbers_have_one_text() -> None:
    def tables(one: float, nought: float) -> dict[str, Any]:
        plant = {"id": "el", "kind": "system", "mbco": nought, "failure": {"per_year": one, "unavailability": nought}}
        return {"model": {"name": "x"}, "entity": [{**plant, "needs": [{"provider": "el", "floor": one}]}]}

    first, second = beroenden.build(tables(1, 0))[0], beroenden.build(tables(1.0, -0.0))[0]
    assert first is not None and second is not None
    assert first == second
    assert beroenden.to_toml(first) == beroenden.to_toml(second)
    assert first.hash == second.hash


@SAME_EXAMPLES
def check_it_is_read_as_it_was_written(network: Network) -> None:
    text = beroenden.to_toml(network)
    again = rebuilt(text)
    assert again == network
    assert beroenden.to_toml(again) == text


@settings(SAME_EXAMPLES, max_examples=40)
@given(network=networks())
def test_random_networks_are_read_as_they_were_written(network: Network) -> None:
    check_it_is_read_as_it_was_written(network)


@pytest.mark.sweep
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(network=networks())
def test_many_random_networks_are_read_as_they_were_written(network: Network) -> None:
    check_it_is_read_as_it_was_written(network)


@settings(SAME_EXAMPLES, max_examples=30)
@given(network=networks())
def test_random_networks_are_saved_and_loaded(network: Network, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("saved") / "model.toml"
    beroenden.save(network, path)
    assert loaded(path) == network
    assert path.read_text(encoding="utf-8") == beroenden.to_toml(network)


def test_saving_replaces_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    network = loaded(VALID[0])
    path.write_text("x" * 100_000)
    beroenden.save(network, str(path))
    assert path.read_bytes() == beroenden.to_toml(network).encode()
    assert [one.name for one in tmp_path.iterdir()] == ["model.toml"]


def test_saving_gives_the_usual_rights(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        beroenden.save(loaded(VALID[0]), tmp_path / "model.toml")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "model.toml").stat().st_mode) == 0o640


def test_a_failed_save_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "model.toml"
    path.write_text("old")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "new\ud800")
    assert path.read_text() == "old"

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_text(path, "new")
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["model.toml"]


def test_saving_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        beroenden.save(loaded(VALID[0]), tmp_path / "saknas" / "model.toml")
