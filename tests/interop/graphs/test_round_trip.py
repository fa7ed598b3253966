"""What is exported is imported as it was, by ourselves, and after networkx has read and written it."""

import json
from pathlib import Path

import networkx
import pytest
from chain import network as chain
from hypothesis import HealthCheck, given, settings
from modelfiles.strategies import networks

import beroenden
from beroenden.interop.graphs.graph import Graph
from beroenden.interop.graphs.graphml import read_graphml, to_graphml
from beroenden.interop.graphs.imported import Imported, network_of
from beroenden.interop.graphs.meaning import Meaning
from beroenden.interop.graphs.node_link import read_node_link, to_node_link
from beroenden.interop.graphs.written import graph_of
from beroenden.interop.xml import Reading
from beroenden.model.network import Network
from beroenden.sharing.masking import masked

ROOT = Path(__file__).parents[3]
MODELS = [*sorted((ROOT / "tests" / "files" / "valid").glob("*.toml")), ROOT / "models" / "soes"]
FORMS = ("graphml", "json")


def written(network: Network, folder: Path, form: str) -> Path:
    """The file of a model."""
    graph = graph_of(masked(network, None))
    path = folder / f"model.{form}"
    text = to_graphml(graph) if form == "graphml" else json.dumps(to_node_link(graph), ensure_ascii=False)
    path.write_bytes(text.encode())
    return path


def imported(path: Path, meaning: Meaning | None = None) -> Imported:
    """The model of a file."""
    reading = Reading(path)
    graph: Graph | None = read_graphml(reading) if path.suffix == ".graphml" else read_node_link(reading)
    if graph is None:
        return Imported(None, tuple(reading.findings))
    return network_of(graph, reading, meaning or Meaning(), f"test: {path.name}")


def again(network: Network, folder: Path, form: str) -> Network:
    found = imported(written(network, folder, form))
    assert found.network is not None, [str(one) for one in found.findings]
    return found.network


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_models_come_back_as_they_were(path: Path, form: str, tmp_path: Path) -> None:
    network, _ = beroenden.load(path)
    assert network is not None
    back = again(network, tmp_path, form)
    assert back == network
    assert back.hash == network.hash


@settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(network=networks())
def test_random_models_come_back_as_they_were(network: Network, tmp_path: Path) -> None:
    for form in FORMS:
        assert again(network, tmp_path, form) == network


def test_one_model_has_one_file(tmp_path: Path) -> None:
    for form in FORMS:
        assert written(chain(), tmp_path, form).read_bytes() == written(chain(), tmp_path, form).read_bytes()


def test_networkx_reads_it_and_what_it_writes_is_still_the_model(tmp_path: Path) -> None:
    graph = networkx.read_graphml(written(chain(), tmp_path, "graphml"), force_multigraph=True)
    assert graph.nodes["sys"]["label"] == "The payer's system"
    assert graph.nodes["people"]["population"] == 2000
    assert {end for _, end in graph.out_edges("people")} == {"b1", "b2"}
    networkx.write_graphml(graph, tmp_path / "again.graphml")
    assert imported(tmp_path / "again.graphml").network == chain()

    data = json.loads(written(chain(), tmp_path, "json").read_text("utf-8"))
    graph = networkx.node_link_graph(data, edges="edges")
    assert graph.is_directed() and graph.is_multigraph()
    assert graph.nodes["sys"]["rto"] == "8h"
    (tmp_path / "again.json").write_text(json.dumps(networkx.node_link_data(graph, edges="links")), "utf-8")
    assert imported(tmp_path / "again.json").network == chain()


def test_edges_are_what_the_graph_of_the_library_has(tmp_path: Path) -> None:
    from beroenden.model.graph import to_networkx

    network = beroenden.load_or_raise(ROOT / "models" / "soes")
    graph = networkx.read_graphml(written(network, tmp_path, "graphml"), force_multigraph=True)
    entities = graph.subgraph(one for one, about in graph.nodes(data=True) if about["table"] == "entity")
    assert sorted(entities.edges()) == sorted(to_networkx(network).edges())


def edit(path: Path, old: str, new: str) -> Path:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_an_edge_drawn_into_an_export_is_a_new_need_and_a_node_a_new_entity(tmp_path: Path) -> None:
    new = '<node id="n9"><data key="{kind}">supplier</data></node><edge source="sys" target="n9"/></graph>'
    path = written(chain(), tmp_path, "graphml")
    (key,) = (
        line.split('"')[1] for line in path.read_text("utf-8").splitlines() if 'for="node" attr.name="kind"' in line
    )
    found = imported(edit(path, "</graph>", new.format(kind=key)))
    assert found.network is not None, found.findings
    assert [need.providers for need in found.network.entity["sys"].needs] == [("power",), ("n9",)]
    assert found.network.entity["n9"].kind == "supplier"
    assert found.network.entity["sys"].needs[0] == chain().entity["sys"].needs[0]


def test_edges_of_one_need_that_say_different_things_are_told(tmp_path: Path) -> None:
    data = to_node_link(graph_of(masked(chain(), None)))
    first, second = [edge for edge in data["edges"] if edge["source"] == "people"]
    second["endurance"] = "5h"
    path = tmp_path / "model.json"
    path.write_text(json.dumps(data, indent=1), "utf-8")
    found = imported(path)
    assert found.network is None
    assert [(one.code, one.message) for one in found.findings] == [
        ("B665", "the edges of one need say different things: endurance")
    ]
    assert first["form"] == "any_of"


def test_a_copied_edge_of_one_provider_is_told(tmp_path: Path) -> None:
    data = to_node_link(graph_of(masked(chain(), None)))
    (edge,) = [edge for edge in data["edges"] if edge["source"] == "sys"]
    data["edges"].append({**edge, "target": "clr"})
    path = tmp_path / "model.json"
    path.write_text(json.dumps(data), "utf-8")
    (finding,) = imported(path).findings
    assert finding.code == "B665"
    assert "take need off the new edge" in finding.message


def test_a_program_that_drops_the_graphs_own_attributes_is_told(tmp_path: Path) -> None:
    data = to_node_link(graph_of(masked(chain(), None)))
    path = tmp_path / "model.json"
    path.write_text(json.dumps({**data, "graph": {}}), "utf-8")
    found = imported(path)
    assert [one.code for one in found.findings][:2] == ["B664", "B301"]  # the opening hours that a stage names are gone
    path.write_text(json.dumps({**data, "graph": {}}).replace('"window": "hours", ', ""), "utf-8")
    found = imported(path)
    assert [one.code for one in found.findings][:1] == ["B664"]
    assert found.network is not None
    assert found.network.entities == chain().entities
    assert found.network.tlp == "TLP:AMBER+STRICT"
