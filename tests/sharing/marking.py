"""A model in which every word can be told apart: a marker in each text, and who may read it."""

import random
import re
import struct
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from modelfiles.fields import INLINE, TABLES, lists_of_texts, texts_of

import beroenden
from beroenden.model.labels import TLP
from beroenden.model.network import Network
from beroenden.modelfiles.write import to_toml
from beroenden.sharing.viewer import Viewer

PNG = b"\x89PNG\r\n\x1a\n"
MARKER = re.compile(r"(?:mk|lg)\d+q")
"""A marker of a model or of a log (marked_log.py), in lower case."""


@dataclass(frozen=True)
class Marked:
    """A model, and for each marker in it the label and the actor of what it stands in."""

    network: Network
    owners: dict[str, tuple[str, str | None]]
    ids: dict[str, str]

    def forbidden(self, viewer: Viewer) -> set[str]:
        """Markers that the reader may not see."""
        return {marker for marker, (label, actor) in self.owners.items() if not viewer.may_read(label, actor)}

    def leaks(self, viewer: Viewer, text: str) -> list[str]:
        """Forbidden markers that stand in a text."""
        return sorted(self.forbidden(viewer).intersection(MARKER.findall(text.lower())))


def marked_model(network: Network, seed: int, audience: dict[str, str] | None = None) -> Marked:
    """The model with labels drawn anew for the model, entities, needs, payments and stages, and a marker in every text and id."""
    return _Marking(network, random.Random(seed), audience or {}).marked()


def zipped_texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Name and text of each part of a zipped file, the name in the text; of a picture without its compressed points, which are no words."""
    with ZipFile(BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            text = _beside_points(part) if name.endswith(".png") else part.decode()
            yield name, f"{name} {text}"


def _beside_points(png: bytes) -> str:
    """The chunks of a PNG that do not hold its points: https://www.w3.org/TR/png-3/#5Chunk-layout."""
    found, place = [], len(PNG)
    while place < len(png):
        length, kind = struct.unpack(">I4s", png[place : place + 8])
        if kind != b"IDAT":
            found.append(png[place + 4 : place + 8 + length])
        place += 12 + length
    return b" ".join(found).decode("latin-1")


class _Marking:
    def __init__(self, network: Network, choice: random.Random, audience: dict[str, str]) -> None:
        self.tables: dict[str, Any] = tomllib.loads(to_toml(network))
        self.choice, self.audience = choice, audience
        self.owners: dict[str, tuple[str, str | None]] = {}
        self.ids: dict[str, str] = {}

    def marked(self) -> Marked:
        tables = self.tables
        model_label = tables["model"]["tlp"] = self.label()
        for key in texts_of(TABLES["model"]):
            tables["model"][key] = f"{tables['model'].get(key, '')} {self.marker(model_label, None)}"
        for window in tables.get("window", []):
            self.ids[window["id"]] = f"{window['id']}-{self.marker(model_label, None)}"
        for entity in tables["entity"]:
            actor = entity.get("owner", entity["id"])
            label = self.give_label(entity, model_label)
            self.mark("entity", entity, label, actor)
            self.ids[entity["id"]] = f"{entity['id']}-{self.marker(label, actor)}"
            self.mark_needs(entity, label, actor)
        for payment in tables["payment"]:
            label, actor = self.give_label(payment, model_label), payment["payer"]
            self.mark("payment", payment, label, actor)
            self.ids[payment["id"]] = f"{payment['id']}-{self.marker(label, actor)}"
            for stage in payment["stage"]:
                stage_label = self.give_label(stage, label)
                self.mark("stage", stage, stage_label, actor)
                stage["id"] += f"-{self.marker(stage_label, actor)}"
                self.mark_needs(stage, stage_label, actor)
        tables["event"] = []
        tables["audience"] = [{"actor": actor, "tlp": label} for actor, label in self.audience.items()]
        made, findings = beroenden.build(self.renamed(tables))
        assert made is not None, [str(finding) for finding in findings if finding.severity == "error"]
        self.owners = {marker: (label, actor and self.ids[actor]) for marker, (label, actor) in self.owners.items()}
        return Marked(made, self.owners, self.ids)

    def label(self) -> str:
        return self.choice.choice(TLP)

    def give_label(self, table: dict[str, Any], inherited: str) -> str:
        """A label of its own, or none and so the inherited one."""
        table.pop("tlp", None)
        if self.choice.random() < 0.3:
            return inherited
        table["tlp"] = self.label()
        return str(table["tlp"])

    def marker(self, label: str, actor: str | None) -> str:
        made = f"mk{len(self.owners)}q"
        self.owners[made] = (label, actor)
        return made

    def mark(self, kind: str, table: dict[str, Any], label: str, actor: str) -> None:
        """A marker in each text that the schema has for such a table, also where the model says nothing."""
        for key in texts_of(TABLES[kind]):
            table[key] = f"{table.get(key, '')} {self.marker(label, actor)}"
        for key in lists_of_texts(TABLES[kind]):
            table[key] = [*table.get(key, []), self.marker(label, actor)]
        for key in {one.key for one in TABLES[kind]} & INLINE.keys():
            if texts := texts_of(INLINE[key]):
                inner = table.get(key, {})
                table[key] = inner | {text: f"{inner.get(text, '')} {self.marker(label, actor)}" for text in texts}

    def mark_needs(self, table: dict[str, Any], label: str, actor: str) -> None:
        for need in table.get("needs", []):
            need_label = self.give_label(need, label)
            self.mark("need", need, need_label, actor)

    def renamed(self, value: Any) -> Any:
        """The tables with ids exchanged wherever they stand."""
        if isinstance(value, dict):
            return {self.ids.get(key, key): self.renamed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.renamed(one) for one in value]
        return self.ids.get(value, value) if isinstance(value, str) else value
