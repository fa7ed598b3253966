"""A graph as the formats have it: nodes and edges with attributes, and where in a file they stand."""

from dataclasses import dataclass, field
from typing import Any

MARK = "beroenden/graph/1"
"""The graph attribute `beroenden` of what is written here: its attributes mean what they mean in a model."""

Place = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(slots=True)
class Node:
    """A node; values are texts, numbers, true or false, or lists and tables of them."""

    id: str
    attributes: dict[str, Any]
    place: Place = (1, 1)


@dataclass(slots=True)
class Edge:
    """An edge between two nodes by their ids."""

    source: str
    target: str
    attributes: dict[str, Any]
    place: Place = (1, 1)


@dataclass(slots=True)
class Graph:
    """A directed graph in which two nodes may have several edges."""

    attributes: dict[str, Any] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
