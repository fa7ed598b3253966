"""Where an id is referred to in a model."""

from collections.abc import Iterator
from dataclasses import dataclass

from beroenden.language import say
from beroenden.modelfiles.editing.concrete import Path
from beroenden.modelfiles.editing.document import Document
from beroenden.modelfiles.editing.fields import dotted
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.rules.references import named_entities
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


def refusal(target: str, found: list[Reference]) -> str:
    """Why something that is referred to is not removed: every place."""
    listed = "\n".join(f"  {one}" for one in found)
    count = len(found)
    return say(
        f"{target} används på {count} {'ställe' if count == 1 else 'ställen'} och tas inte bort. "
        f"Ändra dem först, eller ange --cascade:\n{listed}",
        f"{target} is referred to in {count} {'place' if count == 1 else 'places'} and is not removed. "
        f"Change them first, or give --cascade:\n{listed}",
    )


def drop(document: Document, reference: Reference) -> None:
    """Remove a reference with what is nothing without it."""
    path = reference.path
    if path[-1] == "provider":
        document.unset(path[:-1])
    elif path[0] == "audience":
        document.unset(path[:2])
    elif isinstance(path[-1], str) and not reference.is_key:
        document.unset(path)
    else:
        document.unset(path)
        if not document.get(path[:-1]):
            document.unset(path[:-1] if path[-2] == "accounts" else path[:-2])


def _reference(place: Place, draft: Draft) -> Reference:
    line, column = place.source.positions.find(place.path, key=place.at_key)
    holder = next((name for at, name in _holders(draft, place) if place.path[: len(at.path)] == at.path), "")
    return Reference(place.source.name or "", line, column, place.path, place.at_key, holder)


def _holders(draft: Draft, place: Place) -> Iterator[tuple[Place, str]]:
    for item, at in [*draft.entities, *draft.payments, *draft.events, *draft.windows]:
        if at.source is place.source:
            yield at, item.id
