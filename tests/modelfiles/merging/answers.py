"""Models as text, opened and merged."""

from pathlib import Path
from typing import Any

from beroenden.modelfiles.editing.editable import Editable, open_model
from beroenden.modelfiles.merging.merging import Merged, merge
from beroenden.modelfiles.merging.outcome import network_of
from beroenden.modelfiles.merging.records import Records
from beroenden.modelfiles.merging.sides import Side, side_of
from beroenden.modelfiles.write import to_toml

HEAD = '[model]\nname = "Svar"\n'


def opened(folder: Path, name: str, text: str) -> Editable:
    """A model of one file in a folder of its own."""
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "model.toml").write_text(HEAD + text)
    return open_model(folder / name)


def merged(folder: Path, a: str, b: str, base: str | None = None, **how: Any) -> Merged:
    """Two texts merged."""
    actors = [how.pop("actor_a", None), how.pop("actor_b", None)]
    sides = [side_of(opened(folder, name, text), who) for name, text, who in zip("ab", (a, b), actors, strict=True)]
    return merge(sides, side_of(opened(folder, "base", base)) if base is not None else None, **how)


def said(records: Records) -> dict[Any, dict[str, Any]]:
    """What the records say, whatever their order."""
    return {key: dict(record.fields) for key, record in records.items()}


def as_side(folder: Path, name: str, made: Merged) -> Side:
    """What was merged, written and read again as a side."""
    network, errors = network_of(made)
    assert network is not None, errors
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "model.toml").write_text(to_toml(network))
    return side_of(open_model(folder / name))
