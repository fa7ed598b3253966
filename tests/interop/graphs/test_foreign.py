"""Graphs that somebody else drew: what each part becomes, and what is said of what cannot be known."""

import json
from pathlib import Path

import networkx
import pytest
from interop.graphs.test_round_trip import imported

from beroenden.interop.graphs.meaning import Meaning
from beroenden.language import writing_in

YED = """<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key for="port" id="d0" yfiles.type="portgraphics"/>
<key attr.name="Slag" attr.type="string" for="node" id="d4"><default xml:space="preserve">system</default></key>
<key attr.name="Återställningstid" attr.type="string" for="node" id="d5"/>
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key attr.name="Uthållighet" attr.type="string" for="edge" id="d8"/>
<key for="edge" id="d9" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
<node id="n0"><data key="d5">8h</data><data key="d6"><y:ShapeNode><y:Geometry x="1"/><y:NodeLabel>Väst &amp; Öst<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>
<node id="n1" yfiles.foldertype="group"><data key="d4">Myndighet</data><data key="d6"><y:ProxyAutoBoundsNode><y:Realizers active="0"><y:GroupNode><y:NodeLabel>Hus</y:NodeLabel></y:GroupNode></y:Realizers></y:ProxyAutoBoundsNode></data>
<graph edgedefault="directed" id="n1:"><node id="n1::n0"><data key="d6"><y:ShapeNode><y:NodeLabel>Rum</y:NodeLabel></y:ShapeNode></data></node></graph></node>
<edge id="e0" source="n1" target="n0"><data key="d8">4h</data><data key="d9"><y:PolyLineEdge><y:EdgeLabel>Larm</y:EdgeLabel></y:PolyLineEdge></data></edge>
<edge id="e1" source="n1::n0" target="n0"/>
</graph></graphml>"""


def at(tmp_path: Path, text: str, name: str = "foreign.graphml") -> Path:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return path


def test_a_drawing_of_yed(tmp_path: Path) -> None:
    found = imported(at(tmp_path, YED))
    assert found.network is not None, found.findings
    network = found.network
    assert {one.id: (one.name, one.kind, one.rto) for one in network.entities} == {
        "vast-ost": ("Väst & Öst", "system", 480),
        "hus": ("Hus", "authority", None),
        "rum": ("Rum", "system", None),
    }
    (need,) = network.entity["hus"].needs
    assert (need.providers, need.endurance and need.endurance[0].minutes) == (("vast-ost",), 240)
    assert (need.what, network.entity["rum"].needs[0].what) == ("Larm", None)
    assert network.entity["rum"].needs[0].endurance is None
    assert network.entity["rum"].provenance.source == "test: foreign.graphml"
    assert (network.name, network.tlp) == ("foreign", "TLP:AMBER+STRICT")


def test_a_graph_of_networkx(tmp_path: Path) -> None:
    graph = networkx.DiGraph(name="Nät")
    graph.add_node("Bank One", kind="bank", RTO="8h", colour="red")
    graph.add_node("it", kind="server")
    graph.add_edge("Bank One", "it", weight=2.5, what="drift")
    networkx.write_graphml(graph, tmp_path / "x.graphml")
    (tmp_path / "x.json").write_text(json.dumps(networkx.node_link_data(graph)), "utf-8")
    for name in ("x.graphml", "x.json"):
        assert {one.code for one in imported(tmp_path / name).findings} == {"B663", "B666"}
        found = imported(tmp_path / name, Meaning(kinds={"server": "system"}))
        assert found.network is not None, found.findings
        bank = found.network.entity["bank-one"]
        assert (bank.kind, bank.rto, bank.needs[0].what) == ("bank", 480, "drift")
        assert found.network.entity["it"].kind == "system"
        (left,) = [one for one in found.findings if one.code == "B666"]
        assert "colour" in left.message and "weight" in left.message


def test_a_kind_is_never_a_guess(tmp_path: Path) -> None:
    path = at(tmp_path, json.dumps({"nodes": [{"id": "a"}, {"id": "b", "kind": "sytem"}], "links": []}), "x.json")
    first, second = imported(path).findings
    assert first.message.startswith(
        '"a" has no kind; give --kind-attribute, or --kind KIND for all without (authority, '
    )
    assert second.message.startswith('"sytem" is no kind; say what it is with --kind "sytem=KIND" (')
    assert (first.code, second.code) == ("B663", "B663")
    with writing_in("sv"):
        assert "har inget slag; ange --kind-attribute" in imported(path).findings[0].message
    found = imported(path, Meaning(kind="process", kinds={"sytem": "system"}))
    assert found.network is not None
    assert [one.kind for one in found.network.entities] == ["process", "system"]


def test_the_attribute_of_kinds_can_be_named(tmp_path: Path) -> None:
    nodes = [{"id": "a", "what is it": "bank", "kind": "blue"}, {"id": "b", "what is it": "ramavtalsbank"}]
    path = at(tmp_path, json.dumps({"nodes": nodes, "links": [{"source": "a", "target": "b"}]}), "x.json")
    found = imported(path, Meaning(kind_attribute="what is it"))
    assert found.network is not None
    assert [one.kind for one in found.network.entities] == ["bank", "framework_bank"]
    told = imported(path, Meaning(kind_attribute="what is ti")).findings[0]
    assert told.message == 'no node has the attribute "what is ti". Did you mean "what is it"?'


def test_edges_can_point_the_other_way(tmp_path: Path) -> None:
    data = {"nodes": [{"id": "el"}, {"id": "it"}], "links": [{"source": "el", "target": "it", "Tid": "4h"}]}
    path = at(tmp_path, json.dumps(data), "x.json")
    meaning = Meaning(kind="system", is_reversed=True, attributes={"Tid": "endurance"})
    network = imported(path, meaning).network
    assert network is not None
    assert network.entity["it"].needs[0].providers == ("el",)
    assert network.entity["it"].needs[0].endurance is not None
    assert network.entity["el"].needs == ()


def test_an_edge_that_is_drawn_twice_is_one_need_and_one_to_itself_is_told(tmp_path: Path) -> None:
    edges = [("a", "b", {}), ("a", "b", {}), ("a", "b", {"what": "drift"}), ("b", "a", {}), ("b", "b", {})]
    links = ",\n".join(json.dumps({"source": one, "target": other, **told}) for one, other, told in edges)
    path = at(tmp_path, f'{{"nodes": [{{"id": "a"}}, {{"id": "b"}}], "links": [\n{links}]}}', "x.json")
    found = imported(path, Meaning(kind="system"))
    assert found.network is not None
    needs = [(one.id, *need.providers, need.what) for one in found.network.entities for need in one.needs]
    assert needs == [("a", "b", None), ("a", "b", "drift"), ("b", "a", None), ("b", "b", None)]
    assert [(one.line, one.code, one.severity) for one in found.findings] == [
        (3, "B667", "warning"),
        (6, "B305", "warning"),
    ]


def test_names_that_make_one_id_get_numbers(tmp_path: Path) -> None:
    nodes = [{"id": "Väst"}, {"id": "vast"}, {"id": 3, "name": "Tre"}, {"id": "???"}]
    path = at(tmp_path, json.dumps({"nodes": nodes, "links": [{"source": 3, "target": "vast"}]}), "x.json")
    network = imported(path, Meaning(kind="system")).network
    assert network is not None
    assert [one.id for one in network.entities] == ["vast", "vast-2", "tre", "x"]
    assert network.entity["tre"].needs[0].providers == ("vast-2",)


def test_an_owner_is_a_node_by_its_id_or_its_name(tmp_path: Path) -> None:
    nodes = [{"id": 1, "label": "Hus A"}, {"id": 2, "ägare": "Hus A"}, {"id": 3, "owner": "1"}, {"id": 4, "owner": "B"}]
    path = at(tmp_path, json.dumps({"nodes": nodes[:3], "links": []}), "x.json")
    network = imported(path, Meaning(kind="system")).network
    assert network is not None
    assert [one.owner for one in network.entities] == [None, "hus-a", "hus-a"]
    path = at(tmp_path, json.dumps({"nodes": nodes, "links": []}), "x.json")
    found = imported(path, Meaning(kind="system")).findings
    assert [one.code for one in found if one.severity == "error"] == ["B209"]


def test_findings_stand_where_the_fault_is(tmp_path: Path) -> None:
    text = (
        '<graphml>\n<key id="k" for="node" attr.name="kind" attr.type="string"/>\n'
        '<key id="r" for="all" attr.name="rto" attr.type="string"/>\n'
        '<key id="e" for="edge" attr.name="endurance" attr.type="string"/>\n<graph>\n'
        '<node id="a"><data key="k">system</data><data key="r">4 timmar</data></node>\n'
        '<node id="b"><data key="k">system</data></node>\n'
        '<edge source="a" target="b"><data key="e">snart</data></edge>\n</graph></graphml>'
    )
    found = [(one.line, one.column, one.code, one.suggestion) for one in imported(at(tmp_path, text)).findings]
    assert found == [(6, 1, "B204", "4h"), (8, 1, "B204", None)]
    nodes = '{"nodes": [\n  {"id": "a", "kind": "system", "rto": "snart"},\n {"id": "b", "kind": "system"}],\n'
    edges = '"links": [{"source": "a", "target": "b"},\n\n   {"source": "a", "target": "bb"}, 7]}'
    found = [(one.line, one.column, one.code) for one in imported(at(tmp_path, nodes + edges, "x.json")).findings]
    assert found == [(2, 3, "B204"), (6, 4, "B665"), (6, 37, "B661")]


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ('<graphml><graph edgedefault="undirected"><node id="a"/></graph></graphml>', "B662", "no direction"),
        ('<graphml><graph><edge source="a" target="b" directed="false"/></graph></graphml>', "B662", "no direction"),
        ("<graphml><graph><hyperedge/></graph></graphml>", "B662", "more than two"),
        ("<graphml/>", "B661", "0 graphs"),
        ("<graphml><graph/><graph/></graphml>", "B661", "2 graphs"),
        ("<svg/>", "B661", '"svg", not "graphml"'),
        ('<graphml><graph><node id="a"/><node id="a"/></graph></graphml>', "B665", "already there"),
        (
            '<graphml><key id="p" for="node" attr.name="population" attr.type="long"/>'
            '<graph><node id="a"><data key="p">many</data></node></graph></graphml>',
            "B663",
            '"many" is not long',
        ),
    ],
)
def test_what_cannot_be_read_is_said(text: str, code: str, told: str, tmp_path: Path) -> None:
    found = imported(at(tmp_path, text), Meaning(kind="system"))
    assert found.network is None
    assert any(one.code == code and told in one.message for one in found.findings), found.findings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "the file ends too early; export or fetch it anew"),
        ("[]", "not proper JSON from here on (Expecting '{'); export or fetch it anew"),
        ('{"nodes": [\n', "ends too early"),
        ('{"nodes": [{"id": "a', "ends too early"),
        ('{"nodes": [1 2]}', "Expecting ','"),
        ('{"nodes": [], "edges": []} x', "Extra data"),
        ('{"nodes": {}, "edges": []}', 'no list "nodes"'),
        ('{"nodes": []}', 'no list "links"'),
        ('{"nodes": [NaN], "edges": []}', "NaN is no number"),
        ('{"nodes": [' + "[" * 100_000, "nested too deeply"),
        ('{"nodes": [' + "9" * 5000 + '], "edges": []}', "4300"),
        ('{"nodes": [], "edges": [], "directed": false}', "directed: false"),
    ],
    ids=range(12),
)
def test_bad_json_is_a_finding(text: str, told: str, tmp_path: Path) -> None:
    found = imported(at(tmp_path, text, "x.json"))
    assert found.network is None
    assert any(told in one.message for one in found.findings), found.findings


HOSTILE = {
    "entities": '<!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><graphml><graph>&b;</graph></graphml>',
    "files": '<!DOCTYPE g [<!ENTITY a SYSTEM "file:///etc/passwd">]><graphml><graph>&a;</graph></graphml>',
    "doctype": '<!DOCTYPE graphml SYSTEM "http://127.0.0.1:9/x.dtd"><graphml>&a;<graph/></graphml>',
    "deep": "<graphml>" + "<graph><node>" * 5000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_xml_is_refused_and_fetches_nothing(kind: str, tmp_path: Path) -> None:
    found = imported(at(tmp_path, HOSTILE[kind]))
    assert found.network is None
    assert [one.code for one in found.findings] == ["B651"]


@pytest.mark.parametrize("name", ["x.graphml", "x.json"])
def test_a_hundred_megabytes_are_refused_unread(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(100_000_000)
    (finding,) = imported(path).findings
    assert finding.message == "the file is larger than 50 MB"


@pytest.mark.parametrize("name", ["x.graphml", "x.json"])
def test_a_file_that_is_not_there_or_no_text(name: str, tmp_path: Path) -> None:
    assert [one.code for one in imported(tmp_path / name).findings] == ["B101"]
    (tmp_path / name).write_bytes(b"\xff\xfe\x00")
    assert [one.severity for one in imported(tmp_path / name).findings] == ["error"]
    assert [one.severity for one in imported(tmp_path).findings] == ["error"]
