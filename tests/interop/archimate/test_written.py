"""Models as exchange files: they read back, and hold nothing that the reader may not see."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import beroenden
from beroenden.cli.interop_archimate import export_archimate
from beroenden.interop.archimate.read import read_archimate
from beroenden.interop.archimate.written import to_exchange
from beroenden.language import writing_in
from beroenden.modelfiles.read import build
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import viewer_for

SOES = Path(__file__).parents[3] / "models/soes"
TABLES = {
    "model": {"name": "M <&>", "tlp": "TLP:GREEN", "version": "1"},
    "entity": [
        {"id": "a", "name": "A & B", "kind": "authority", "rto": "4h", "mbco": 0.4, "note": "x < y",
         "needs": [
             {"provider": "b", "endurance": "2h", "expects": "1h", "restart": "30min", "what": "körning"},
             {"any_of": ["c", "d"], "endurance": [["1h", 1.0], ["2h", 0.5]]},
             {"provider": "hemlig", "tlp": "TLP:RED", "what": "Hemligt behov"},
         ]},
        {"id": "b", "name": "B", "kind": "system", "owner": "a"},
        {"id": "c", "name": "C", "kind": "infrastructure"},
        {"id": "d", "name": "D", "kind": "framework_bank"},
        {"id": "hemlig", "name": "Hemlig leverantör", "kind": "supplier", "tlp": "TLP:RED", "note": "Står i berget"},
    ],
}  # fmt: skip


@pytest.fixture
def network():
    made, findings = build(TABLES)
    assert made is not None, findings
    return made


def again(text: str, folder: Path):
    path = folder / "m.xml"
    path.write_text(text, "utf-8")
    imported = read_archimate(path)
    assert imported.network is not None, imported.findings
    return imported


def test_what_is_written_reads_back(network, tmp_path):
    text = to_exchange(masked(network, None))
    back = again(text, tmp_path).network
    entity = next(one for one in back.entities if one.name == "A & B")
    assert (back.name, entity.kind, entity.rto, entity.mbco, entity.provenance.note) == (
        "M <&>",
        "authority",
        240,
        0.4,
        "x < y",
    )
    first = entity.needs[0]
    assert (first.providers, first.endurance[0].minutes, first.expects, first.restart, first.what) == (
        ("b",),
        120,
        60,
        30,
        "körning",
    )
    (junction,) = [one for one in back.entities if one.needs and one.needs[0].form == "any_of"]
    assert junction.needs[0].providers == ("c", "d")
    kinds = {one.name: (one.kind, one.owner) for one in back.entities}
    assert kinds["B"] == ("system", entity.id)
    assert kinds["D"][0] == "framework_bank"
    assert "1h: 1.0, 2h: 0.5" in text


@pytest.mark.parametrize(("least", "name"), [(1, "någon av"), (2, "minst 2 av 3"), (3, "minst 3 av 3")])
def test_how_many_are_enough_is_drawn_and_read_back(least, name, tmp_path):
    entities = [{"id": one, "kind": "supplier"} for one in "abc"]
    consumer = {"id": "x", "kind": "system", "needs": [{"any_of": ["a", "b", "c"], "at_least": least}]}
    network, _ = build({"model": {"name": "M"}, "entity": [*entities, consumer]})
    with writing_in("sv"):
        text = to_exchange(masked(network, None))
        assert f"<name>{name}</name>" in text
        imported = again(text, tmp_path)
    (need,) = [need for one in imported.network.entities for need in one.needs if need.form == "any_of"]
    assert (need.providers, need.at_least) == (("a", "b", "c"), least)
    (told,) = [one.message for one in imported.findings]
    assert ("en av a, b, c räcker" if least == 1 else f"minst {least} av a, b, c behövs") in told


@pytest.mark.parametrize(
    ("value", "least", "told"),
    [
        ("2", 2, []),
        ("9", 3, ["at_least = 9: the junction has only 3 sources"]),
        ("0", 1, ["at_least = 0: should be from 1 to 10^15"]),
        ("two", 1, ["at_least = two: should be a whole number, not text"]),
    ],
)
def test_a_number_that_the_junction_cannot_have_is_told(value, least, told, tmp_path):
    entities = [{"id": one, "kind": "supplier"} for one in "abc"]
    consumer = {"id": "x", "kind": "system", "needs": [{"any_of": ["a", "b", "c"], "at_least": 2}]}
    network, _ = build({"model": {"name": "M"}, "entity": [*entities, consumer]})
    text = to_exchange(masked(network, None)).replace("<value>2</value>", f"<value>{value}</value>")
    imported = again(text, tmp_path)
    assert {need.at_least for one in imported.network.entities for need in one.needs if need.form == "any_of"} == {
        least
    }
    said = [one.message.replace('"', "") for one in imported.findings if one.code == "B694"]
    assert said == told


def test_whoever_needs_an_entity_still_does_after_the_way_there_and_back(tmp_path):
    """Of models/soes, by name; junctions stand in between."""
    before = beroenden.load(SOES)[0]
    back = again(to_exchange(masked(before, None)), tmp_path).network
    named = {one.id: one.name for one in back.entities}
    for entity in ("bankgirot", "elnat", "swedbank"):
        below = {before.entity[one].name for one in before.downstream([entity])}
        (start,) = [one.id for one in back.entities if one.name == before.entity[entity].name]
        assert below <= {named[one] for one in back.downstream([start])}


def test_what_a_reader_may_not_see_leaves_no_trace(network, tmp_path):
    text = to_exchange(masked(network, viewer_for(network, "TLP:GREEN")))
    assert not [word for word in ("emlig", "berget", "TLP:RED") if word in text]
    assert "A &amp; B" in text
    assert "TLP:GREEN" in text
    again(text, tmp_path)


def test_the_command(tmp_path):
    done = CliRunner().invoke(export_archimate, [str(SOES), "-o", str(tmp_path / "soes.xml"), "--json", "-"])
    assert done.exit_code == 0, done.output
    counts = json.loads(done.stdout)
    imported = read_archimate(tmp_path / "soes.xml")
    assert sum(count for _, _, count in imported.kinds) == counts["elements"]
    assert CliRunner().invoke(export_archimate, [str(SOES), "-o", str(tmp_path / "soes.toml")]).exit_code == 2
