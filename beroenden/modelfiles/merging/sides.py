"""The models that are merged."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from beroenden.modelfiles.editing.editable import Editable
from beroenden.modelfiles.findings import Place
from beroenden.modelfiles.merging.records import Key, Records, aligned, parent_of, records_of


@dataclass(frozen=True, slots=True)
class Side:
    """A model that is merged.

    Attributes:
        tlp: The label of what has none of its own.
        top: Where a table that it lacks would be.
        actor: Whose answer it is, when that is known.
        name: What it is called where something is told of it; "": A, B, C, in the order of the sides.
    """

    records: Records
    timezone: str
    tlp: str
    top: Place | None = None
    actor: str | None = None
    name: str = ""

    def near(self, key: Key) -> Place | None:
        """Where it has what is around a record that it lacks."""
        around = parent_of(key)
        return self.records[around].place if around is not None and around in self.records else self.top


def side_of(model: Editable, actor: str | None = None, name: str = "") -> Side:
    """A model as a side.

    Raises:
        FaultyFilesError: when it has errors.
    """
    draft, network = model.reading.draft, model.network
    return Side(records_of(network, draft), network.timezone, network.tlp, draft.model_place, actor, name)


def named(sides: Sequence[Side]) -> list[Side]:
    """The sides, those without a name as letters."""
    return [replace(side, name=side.name or chr(ord("A") + number)) for number, side in enumerate(sides)]


def with_needs_aligned(
    sides: Sequence[Side], base: Records | None
) -> tuple[list[Side], Records, list[tuple[Key, Key]]]:
    """The sides with each need under one key in all of them, whatever their order; the base so; and pairs that are in doubt.

    A need is known by its consumer, its providers and what it is for. A side that does not say what for is compared with the
    base first, then with the other sides in the order of their names.
    """
    known, doubtful = Records(), list[tuple[Key, Key]]()
    found = list(sides)
    for number, side in sorted(enumerate(sides), key=lambda one: one[1].name):
        records = side.records if base is None else aligned(base, side.records, by_what=True)[0]
        records, doubts = aligned(known, records, by_what=True)
        found[number] = replace(side, records=records)
        doubtful += doubts
        known = {**records, **known}
    return found, {} if base is None else aligned(known, base, by_what=True)[0], doubtful
