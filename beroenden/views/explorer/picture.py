"""The whole map as vis-network reads it, collected in a pyvis network."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

from beroenden.model.entities import Entity
from beroenden.model.network import WITHHELD, Network
from beroenden.views.explorer.layout import placed
from beroenden.views.signs import SIGNS

LINE, SIZE, GAP = 20, 14, 14
"""Height of a line of a label; half the height of a shape; air between rows."""
_LABEL_WIDTH, _BOX_WIDTH, _LABEL_LINES = 18, 16, 3  # characters, characters of a name in a box, lines
_DASHES: Mapping[str, bool | list[int]] = {"provider": False, "any_of": [7, 5], "shares": [2, 4]}

OPTIONS: Mapping[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hideEdgesOnDrag": True, "hideEdgesOnZoom": True, "multiselect": False, "tooltipDelay": 10**9},
    "edges": {
        "smooth": False,
        "width": 1,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}},
        "selectionWidth": 0,
    },
}


def picture_of(network: Network, columns: Mapping[int, list[str]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nodes with their places, and edges from each provider to who needs it.

    Args:
        columns: The ids of each column, from the top down.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network as Picture

    deliveries = _deliveries(network)
    labels = {
        entity.id: label_of(network.called[entity.id], _width(entity)) or entity.id for entity in network.entities
    }
    heights = {entity: height_of(label) for entity, label in labels.items()}
    layout = placed(columns, heights, _consumers(network, deliveries))
    picture = Picture(directed=True)
    for entity in network.entities:
        if entity.id != WITHHELD:
            x, y = layout.places[entity.id]
            picture.add_node(entity.id, label=labels[entity.id], x=x, y=y, shape="custom")  # drawn by item.js
    for number, (pair, form) in enumerate(deliveries.items()):
        # `add_edge` looks both ends up in a list: a minute where there are many, and the network has only known ones
        picture.edges.append(Edge(*pair, True, id=number, dashes=_DASHES[form]).options)
    return picture.nodes, picture.edges


def label_of(name: str, width: int = _LABEL_WIDTH) -> str:
    """A name over a few lines of so many characters."""
    words = " ".join(_divided(word, width) for word in name.split())
    return "\n".join(wrap(words, width, max_lines=_LABEL_LINES, placeholder=" …", break_long_words=False))


def _width(entity: Entity) -> int:
    return _LABEL_WIDTH if SIGNS[entity.kind].letter else _BOX_WIDTH


def height_of(label: str) -> int:
    """The room that a shape and its label take downwards."""
    return 2 * SIZE + LINE * (label.count("\n") + 1) + GAP


def _divided(word: str, width: int) -> str:
    """A word with a hyphen and a space in it where it is longer than a line by more than a letter."""
    if len(word) <= width + 1:
        return word
    return "- ".join(word[start : start + width - 1] for start in range(0, len(word), width - 1))


def _deliveries(network: Network) -> dict[tuple[str, str], str]:
    """(provider, consumer) with the form of the need, the strictest where there are several."""
    found: dict[tuple[str, str], str] = {}
    for entity in network.entities:
        for need in entity.needs:
            for provider in need.providers:
                pair = (provider, entity.id)
                if provider != WITHHELD:
                    found[pair] = "provider" if found.get(pair) == "provider" else need.form
    return found


def _consumers(network: Network, deliveries: Mapping[tuple[str, str], str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {entity.id: set() for entity in network.entities}
    for provider, consumer in deliveries:
        found[provider].add(consumer)
    return {provider: frozenset(consumers) for provider, consumers in found.items()}
