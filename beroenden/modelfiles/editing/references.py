"""Where an id is referred to in a model."""

from collections.abc import Iterator
from dataclasses import dataclass

from beroenden.modelfiles.editing.concrete import Path
from beroenden.modelfiles.editing.fields import dotted
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.rules import named_entities
from beroenden.modelfiles.schema import Draft


@dataclass(frozen=True, slots=True)
class Reference:
    """One place that names an id.

    Attributes:
        file: As findings name it.
        path: Of the value, or of the key where the id is one.
        holder: The id of the table that it stands in.
    """

    file: str
    line: int
    column: int
    path: Path
    is_key: bool
    holder: str

    def __str__(self) -> str:
        holder = f" ({self.holder})" if self.holder else ""
        return f"{self.file}:{self.line}:{self.column}: {dotted(self.path)}{holder}"


def entity_references(draft: Draft, wanted: str) -> list[Reference]:
    """Where an entity is referred to: owners, needs, payments, accounts, audiences and events."""
    return [_reference(place, draft) for word, place in named_entities(draft) if word == wanted]


def window_references(draft: Draft, wanted: str) -> list[Reference]:
    """The stages that keep the opening hours of a window."""
    return [_reference(place / "window", draft) for _, stage, place in draft.stages() if stage.window == wanted]


def _reference(place: Place, draft: Draft) -> Reference:
    line, column = place.source.positions.find(place.path, key=place.at_key)
    holder = next((name for at, name in _holders(draft, place) if place.path[: len(at.path)] == at.path), "")
    return Reference(place.source.name or "", line, column, place.path, place.at_key, holder)


def _holders(draft: Draft, place: Place) -> Iterator[tuple[Place, str]]:
    for item, at in [*draft.entities, *draft.payments, *draft.events, *draft.windows]:
        if at.source is place.source:
            yield at, item.id
