"""Node-link JSON as networkx writes it (`networkx.node_link_data`): nodes, and edges or links, with their attributes."""

import json
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from beroenden.errors import why_unreadable
from beroenden.interop.graphs.graph import Edge, Graph, Node, Place
from beroenden.interop.xml import Reading
from beroenden.language import say

LARGEST_FILE = 50_000_000
_SPACE = re.compile(r"[ \t\n\r]*")
_LISTS = ("nodes", "edges", "links")


def to_node_link(graph: Graph) -> dict[str, Any]:
    """The graph as `networkx.node_link_graph(..., edges="edges")` reads it."""
    keys: dict[tuple[str, str], int] = {}
    edges = []
    for edge in graph.edges:
        ends = (edge.source, edge.target)
        keys[ends] = keys.get(ends, -1) + 1
        edges.append({"source": edge.source, "target": edge.target, "key": keys[ends], **edge.attributes})
    nodes = [{"id": node.id, **node.attributes} for node in graph.nodes]
    return {"directed": True, "multigraph": True, "graph": graph.attributes, "nodes": nodes, "edges": edges}


def read_node_link(reading: Reading) -> Graph | None:
    """The graph of a file; None, and findings, when it cannot be read."""
    text = _read(reading)
    if text is None:
        return None
    try:
        parts = _Scanner(text).parts()
    except json.JSONDecodeError as error:
        reading.at("B661", "error", _fault(error), error.lineno, error.colno)
        return None
    except ValueError as error:
        told = say(
            f"filen är inte riktig JSON ({error}); exportera eller hämta den på nytt",
            f"the file is not proper JSON ({error}); export or fetch it anew",
        )
        reading.error("B661", told)
        return None
    except RecursionError:
        reading.error("B661", say("är för djupt nästlad", "is nested too deeply"))
        return None
    return _Reader(reading, parts).graph()


def _fault(error: json.JSONDecodeError) -> str:
    """What is wrong with a file that is not JSON, or not all of it."""
    if error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated"):
        return say(
            "filen tar slut för tidigt; exportera eller hämta den på nytt",
            "the file ends too early; export or fetch it anew",
        )
    return say(
        f"filen är inte riktig JSON härifrån ({error.msg}); exportera eller hämta den på nytt",
        f"the file is not proper JSON from here on ({error.msg}); export or fetch it anew",
    )


def _read(reading: Reading) -> str | None:
    try:
        if reading.path.stat().st_size > LARGEST_FILE:
            reading.error("B661", say("filen är större än 50 MB", "the file is larger than 50 MB"))
            return None
        return reading.path.read_text("utf-8-sig")
    except FileNotFoundError:
        reading.error("B101", say("finns inte", "does not exist"))
    except OSError as error:
        reason = why_unreadable(reading.path, error)
        reading.error("B101", say(f"går inte att läsa: {reason}", f"cannot be read: {reason}"))
    except UnicodeDecodeError:
        reading.error("B661", say("är inte UTF-8; spara filen som UTF-8", "is not UTF-8; save the file as UTF-8"))
    return None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(say(f"{constant} är inget tal i JSON", f"{constant} is no number of JSON"))


class _Scanner:
    """Reads the outermost table by hand, for the places of the nodes and edges; all else is the library's."""

    def __init__(self, text: str) -> None:
        self._text, self._offset = text, 0
        self._decoder = json.JSONDecoder(parse_constant=_refuse)
        self._line, self._counted = 1, 0

    def parts(self) -> dict[str, Any]:
        """The values by key; of nodes and edges a list of (value, place)."""
        found: dict[str, Any] = {}
        self._expect("{")
        for _ in self._elements("}"):
            key, _ = self._next()
            self._expect(":")
            if key in _LISTS and self._text.startswith("[", self._offset):
                self._expect("[")
                found[key] = [self._next() for _ in self._elements("]")]
            else:
                found[str(key)] = self._next()[0]
        if self._offset < len(self._text):
            self._fail("Extra data")
        return found

    def _elements(self, closing: str) -> Iterator[None]:
        """Once for each element that is there to be read, until the closing bracket."""
        if self._text.startswith(closing, self._offset):
            self._expect(closing)
            return
        while True:
            yield
            if self._text.startswith(closing, self._offset):
                self._expect(closing)
                return
            self._expect(",")

    def _next(self) -> tuple[Any, Place]:
        start = self._offset
        value, self._offset = self._decoder.raw_decode(self._text, start)
        self._skip()
        return value, self._place(start)

    def _expect(self, sign: str) -> None:
        self._skip()
        if not self._text.startswith(sign, self._offset):
            self._fail(f"Expecting {sign!r}")
        self._offset += 1
        self._skip()

    def _skip(self) -> None:
        match = _SPACE.match(self._text, self._offset)
        self._offset = match.end() if match else self._offset

    def _fail(self, told: str) -> NoReturn:
        raise json.JSONDecodeError(told, self._text, self._offset)

    def _place(self, offset: int) -> Place:
        self._line += self._text.count("\n", self._counted, offset)
        self._counted = offset
        return self._line, offset - self._text.rfind("\n", 0, offset)


class _Reader:
    def __init__(self, reading: Reading, parts: dict[str, Any]) -> None:
        self._reading, self._parts = reading, parts

    def graph(self) -> Graph | None:
        parts = self._parts
        links = "edges" if "edges" in parts else "links"
        for key in ("nodes", links):
            if not isinstance(parts.get(key), list):
                told = say(f"filen har ingen lista ”{key}”", f'the file has no list "{key}"')
                self._reading.error("B661", told)
                return None
        if parts.get("directed") is False:
            told = say(
                "grafen har ingen riktning (directed: false); kanterna ska gå från den som behöver",
                "the graph has no direction (directed: false); edges should go from whoever needs",
            )
            self._reading.error("B662", told)
        about = parts.get("graph")
        made = Graph(about if isinstance(about, dict) else {})
        made.nodes = [one for one in map(self._node, range(len(parts["nodes"])), parts["nodes"]) if one]
        made.edges = [one for one in (self._edge(one, made.nodes) for one in parts[links]) if one]
        return made

    def _node(self, index: int, given: tuple[Any, Place]) -> Node | None:
        value, place = given
        if not isinstance(value, dict):
            self._no_table(place)
            return None
        return Node(_id(value.get("id", value.get("name", index))), _without(value, "id"), place)

    def _edge(self, given: tuple[Any, Place], nodes: list[Node]) -> Edge | None:
        value, place = given
        if not isinstance(value, dict):
            self._no_table(place)
            return None
        ends = [_id(value.get(end)) for end in ("source", "target")]
        return Edge(ends[0], ends[1], _without(value, "source", "target", "key"), place)

    def _no_table(self, place: Place) -> None:
        self._reading.at("B661", "error", say("ska vara ett objekt { … }", "should be an object { … }"), *place)


def _id(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _without(value: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key not in keys and one is not None}
