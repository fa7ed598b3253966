"""GraphML: written with plain attributes that yEd, Gephi and networkx show, and read as they write it.

Source: Brandes et al. (2002), GraphML Progress Report; graphml.graphdrawing.org.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from beroenden.interop.graphs.graph import Edge, Graph, Node, Place
from beroenden.interop.xml import Element, Reading, read_xml
from beroenden.language import say

LARGEST_FILE = 50_000_000
"""A model of 10 000 entities is about a fifth of that; the tree of a larger file would not fit a laptop."""
_LABEL = "label"
"""What programs call the name of a node."""
_DOMAINS = ("graph", "node", "edge")


def to_graphml(graph: Graph) -> str:
    """The graph as a GraphML text; values that are lists or tables are JSON."""
    keys = _Keys(graph)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
        *keys.declared(),
        '<graph edgedefault="directed">',
        *keys.data("graph", graph.attributes),
    ]
    for node in graph.nodes:
        lines += [f"<node id={quoteattr(node.id)}>", *keys.data("node", _labelled(node)), "</node>"]
    for number, edge in enumerate(graph.edges):
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        lines += [f'<edge id="e{number}" {ends}>', *keys.data("edge", edge.attributes), "</edge>"]
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _labelled(node: Node) -> dict[str, Any]:
    return {_LABEL if key == "name" else key: value for key, value in node.attributes.items()}


class _Keys:
    """The declarations of the attributes: a key and a type for each name."""

    def __init__(self, graph: Graph) -> None:
        values: dict[tuple[str, str], list[Any]] = {}
        for domain, attributes in _all_attributes(graph):
            for name, value in attributes.items():
                values.setdefault((domain, name), []).append(value)
        order = sorted(values, key=lambda one: _DOMAINS.index(one[0]))
        self._ids = {one: f"d{number}" for number, one in enumerate(order)}
        self._types = {one: _type(values[one]) for one in order}

    def declared(self) -> Iterator[str]:
        for (domain, name), one in self._ids.items():
            kind = self._types[domain, name]
            yield f'<key id="{one}" for="{domain}" attr.name={quoteattr(name)} attr.type="{kind}"/>'

    def data(self, domain: str, attributes: dict[str, Any]) -> Iterator[str]:
        for name, value in attributes.items():
            # a bare carriage return would be read as a line feed
            text = escape(_text(value), {"\r": "&#13;"})
            yield f'<data key="{self._ids[domain, name]}">{text}</data>'


def _all_attributes(graph: Graph) -> Iterator[tuple[str, dict[str, Any]]]:
    yield "graph", graph.attributes
    yield from (("node", _labelled(node)) for node in graph.nodes)
    yield from (("edge", edge.attributes) for edge in graph.edges)


def _type(values: Iterable[Any]) -> str:
    types = {type(value) for value in values}
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "long"
    return "double" if types <= {int, float} else "string"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def read_graphml(reading: Reading) -> Graph | None:
    """The graph of a file; None, and findings, when it cannot be read."""
    if _is_too_large(reading):
        return None
    root = read_xml(reading)
    if root is None:
        return None
    if _local(root) != "graphml":
        told = say(f"roten är ”{root.tag}”, inte ”graphml”", f'the root is "{root.tag}", not "graphml"')
        reading.error("B661", told, root)
        return None
    graphs = [child for child in root.children if _local(child) == "graph"]
    if len(graphs) != 1:
        told = say(f"filen har {len(graphs)} grafer, inte en", f"the file has {len(graphs)} graphs, not one")
        reading.error("B661", told, graphs[1] if graphs else root)
        return None
    return _Reader(reading, root).graph(graphs[0])


def _is_too_large(reading: Reading) -> bool:
    try:
        is_too_large = reading.path.stat().st_size > LARGEST_FILE
    except OSError:
        return False  # the reader of XML says why
    if is_too_large:
        reading.error("B661", say("filen är större än 50 MB", "the file is larger than 50 MB"))
    return is_too_large


def _local(element: Element) -> str:
    return element.tag.rpartition(":")[2]


class _Reader:
    def __init__(self, reading: Reading, root: Element) -> None:
        self._reading = reading
        keys = [child for child in root.children if _local(child) == "key"]
        self._keys = {one.attributes.get("id", ""): one for one in keys}
        self._defaults: dict[str, dict[str, Any]] = {domain: {} for domain in _DOMAINS}
        for key in keys:
            for given in (child for child in key.children if _local(child) == "default"):
                for domain in _DOMAINS:
                    if key.attributes.get("attr.name") and key.attributes.get("for", "all") in (domain, "all"):
                        self._defaults[domain][key.attributes["attr.name"]] = self._value(key, given)

    def graph(self, element: Element) -> Graph | None:
        made = Graph(self._data("graph", element))
        if element.attributes.get("edgedefault") == "undirected":
            self._undirected(element)
        self._collect(element, made)
        return made

    def _undirected(self, element: Element) -> None:
        told = say(
            "kanterna har ingen riktning; rita dem från den som behöver till den som levererar",
            "the edges have no direction; draw them from whoever needs to whoever provides",
        )
        self._reading.error("B662", told, element)

    def _collect(self, element: Element, made: Graph) -> None:
        """Nodes and edges, those of groups (a graph in a node) included."""
        for child in element.children:
            name = _local(child)
            if name == "node":
                attributes = self._data("node", child)
                if "name" not in attributes and _LABEL in attributes:
                    attributes["name"] = attributes.pop(_LABEL)
                made.nodes.append(Node(child.attributes.get("id", ""), attributes, _place(child)))
                for inner in (one for one in child.children if _local(one) == "graph"):
                    self._collect(inner, made)
            elif name == "edge":
                ends = (child.attributes.get("source", ""), child.attributes.get("target", ""))
                made.edges.append(Edge(*ends, self._data("edge", child), _place(child)))
                if child.attributes.get("directed") == "false":
                    self._undirected(child)
            elif name == "hyperedge":
                told = say("en kant mellan fler än två läses inte in", "an edge between more than two is not imported")
                self._reading.error("B662", told, child)

    def _data(self, domain: str, element: Element) -> dict[str, Any]:
        """The attributes of an element; where they name nothing, what is written in its picture."""
        found = dict(self._defaults[domain])
        drawn = ""
        for child in (one for one in element.children if _local(one) == "data"):
            key = self._keys.get(child.attributes.get("key", ""))
            name = key.attributes.get("attr.name") if key else None
            if key and name:
                found[name] = self._value(key, child)
            elif child.children:
                drawn = drawn or _drawn_label(child)
        if drawn and not found.get(_LABEL):
            found[_LABEL] = drawn
        return found

    def _value(self, key: Element, data: Element) -> Any:
        kind, text = key.attributes.get("attr.type", "string"), data.text
        if kind == "string" or not text.strip():
            return text if kind == "string" else ""
        if kind == "boolean" and text.strip().lower() in ("true", "false", "0", "1"):
            return text.strip().lower() in ("true", "1")
        try:
            if kind in ("int", "long"):
                return int(text)
            if kind in ("float", "double"):
                return float(text)
        except ValueError:
            pass
        self._reading.error("B663", say(f"”{text[:60]}” är inte {kind}", f'"{text[:60]}" is not {kind}'), data)
        return ""


def _place(element: Element) -> Place:
    return element.line, element.column


def _drawn_label(data: Element) -> str:
    """The first label of what yEd draws."""
    waiting = list(data.children)
    while waiting:
        one = waiting.pop(0)
        if _local(one) in ("NodeLabel", "EdgeLabel") and one.text.strip():
            return " ".join(one.text.split())
        waiting = [*one.children, *waiting]
    return ""
