"""Whatever stands in a file, what comes is a model or findings."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

from chain import network as chain
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interop.graphs.test_round_trip import imported

from beroenden.interop.graphs.graph import Edge, Graph, Node
from beroenden.interop.graphs.graphml import to_graphml
from beroenden.interop.graphs.meaning import Meaning
from beroenden.interop.graphs.node_link import to_node_link
from beroenden.interop.graphs.written import graph_of
from beroenden.sharing.masking import masked

OURS = to_node_link(graph_of(masked(chain(), None)))
scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2)
)
FREELY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every table or list with a key or index in it."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


@FREELY
@given(data=st.data())
def test_an_export_with_anything_in_some_place(tmp_path: Path, data: st.DataObject) -> None:
    changed = deepcopy(OURS)
    for _ in range(data.draw(st.integers(1, 3))):
        holder, key = data.draw(st.sampled_from(places(changed)))
        holder[key] = data.draw(anything)
    path = tmp_path / "x.json"
    path.write_text(json.dumps(changed), "utf-8")
    found = imported(path, Meaning(kind="system"))
    assert (found.network is None) == any(one.severity == "error" for one in found.findings)
    assert all(one.line and one.column for one in found.findings)


names = st.sampled_from(
    ("kind", "owner", "rto", "needs", "id", "name", "failure", "table", "need", "form", "stage", "shares")
)
attributes = st.dictionaries(names, scalars.filter(lambda one: one is not None), max_size=4)
ids = st.sampled_from(("a", "b", "n0", "Å b"))


@FREELY
@given(
    nodes=st.lists(st.tuples(ids, attributes), max_size=3), edges=st.lists(st.tuples(ids, ids, attributes), max_size=3)
)
def test_a_drawing_with_anything_in_it(
    tmp_path: Path, nodes: list[tuple[str, dict[str, Any]]], edges: list[tuple[str, str, dict[str, Any]]]
) -> None:
    graph = Graph({}, [Node(*one) for one in nodes], [Edge(*one) for one in edges])
    path = tmp_path / "x.graphml"
    path.write_bytes(to_graphml(graph).encode("utf-8", "replace"))
    found = imported(path, Meaning(kind="system"))
    assert (found.network is None) == any(one.severity == "error" for one in found.findings)
