"""The places of the whole map, computed in Python."""

from beroenden.model.network import Network
from beroenden.views.explorer.columns import sorted_columns
from beroenden.views.explorer.layout import Layout, placed
from beroenden.views.explorer.picture import height_of, label_of


def layout_of(network: Network) -> Layout:
    """Places, columns and height of the whole map."""
    heights = {entity.id: height_of(label_of(entity.name) or entity.id) for entity in network.entities}
    consumers: dict[str, set[str]] = {entity.id: set() for entity in network.entities}
    for entity in network.entities:
        for need in entity.needs:
            for provider in need.providers:
                consumers[provider].add(entity.id)
    needed_by = {provider: frozenset(found) for provider, found in consumers.items()}
    return placed(sorted_columns(network), heights, needed_by)
