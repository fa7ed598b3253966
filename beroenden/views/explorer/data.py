"""What the page's script reads: the map, everything known of what is on it, and the outage to play."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from beroenden.analysis.words import kind_words
from beroenden.errors import unknown_id
from beroenden.language import language, say
from beroenden.model.labels import TLP
from beroenden.model.network import WITHHELD, Network
from beroenden.views.explorer.columns import COLUMN_OF_KIND, column_titles, sorted_columns
from beroenden.views.explorer.details import crossings, entity_details, payment_details
from beroenden.views.explorer.layout import MEASURES
from beroenden.views.explorer.picture import LINE, OPTIONS, SIZE, picture_of
from beroenden.views.explorer.playback import playback
from beroenden.views.explorer.words import script_words
from beroenden.views.signs import BORDER, ENDURES, GRAVE, HARM, MARKS, RESERVE, SIGNS, SLIGHT, STATES, state_words


@dataclass(frozen=True, slots=True)
class Opening:
    """What a reader sees first.

    Attributes:
        focus: The entity whose neighbourhood is shown; None: the whole map.
        depth: How many steps of it up- and downstream.
        payment: The payment whose chain is shown.
    """

    focus: str | None = None
    depth: int = 2
    payment: str | None = None


def opening_of(network: Network, focus: str | None, depth: int, payment: str | None) -> Opening:
    """What is seen first, of what there is to see.

    Raises:
        UsageError: for an entity or payment that is not there.
    """
    known = {one.id: one for one in network.entities if one.id not in network.withheld}
    if focus is not None and focus not in known:
        raise unknown_id(say("entitet", "entity"), focus, known)
    if payment is not None and payment not in network.payment:
        raise unknown_id(say("betalning", "payment"), payment, network.payment)
    return Opening(focus, depth, payment)


def script_data(network: Network, outcome: Mapping[str, Any] | None, opening: Opening) -> dict[str, Any]:
    """The page's data block, as JSON."""
    columns = {number: [one for one in ids if one != WITHHELD] for number, ids in sorted_columns(network).items()}
    nodes, edges = picture_of(network, {number: ids for number, ids in columns.items() if ids})
    crossing = crossings(network)
    return {
        "language": language(),
        "zone": network.timezone,
        "words": script_words(),
        "kinds": {kind: _kind(kind) for kind in SIGNS},
        "states": {state: {"name": state_words(state), "mark": MARKS[state]} for state in STATES},
        "labels": TLP,
        "colours": {
            "border": BORDER,
            "harm": HARM,
            "reserve": RESERVE,
            "endures": ENDURES,
            "slight": SLIGHT,
            "grave": GRAVE,
        },
        "titles": column_titles(),
        "columns": columns,
        "measures": {**MEASURES, "line": LINE, "size": SIZE},
        "nodes": nodes,
        "edges": edges,
        "options": OPTIONS,
        "entities": {
            entity.id: entity_details(network, entity, crossing[entity.id])
            for entity in network.entities
            if entity.id != WITHHELD
        },
        "payments": {payment.id: payment_details(network, payment) for payment in network.by_priority()},
        "playback": None if outcome is None else playback(network, outcome),
        "opening": {"focus": opening.focus, "depth": opening.depth, "payment": opening.payment},
        "withheld": WITHHELD,
    }


def _kind(kind: str) -> dict[str, Any]:
    sign = SIGNS[kind]
    return {
        "name": kind_words(kind).capitalize(),
        "column": COLUMN_OF_KIND[kind],
        "letter": sign.letter,
        "fill": sign.fill,
        "ink": sign.ink,
        "outline": sign.outline,
    }
