"""A log on a model that everyone may read, in which some may not read of every outage: what is unheard of is not said."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tomllib import loads

from sharing.test_redaction import soes

import beroenden
from beroenden.incident.log.entries import Log
from beroenden.incident.log.read import load_log
from beroenden.model.labels import TLP
from beroenden.model.network import Network
from beroenden.modelfiles.write import to_toml

ACTOR = "forsakringskassan"
_OUT = (
    "bankgirot", "telia", "swedbank", "fk-utbetalning", "riksbanken", "seb", "bankid", "handelsbanken",
    "skatteverket", "swedbank-betalsystem", "rix",
)  # fmt: skip
_SENDERS = ("swedbank", "bankgirot", "csn", "seb")
_LENGTHS = ("", 'for = "8h"', 'for = { min = "2h", mode = "20h", max = "60h" }')


@dataclass(frozen=True)
class Said:
    """A part of a log: what it says something of, its label, and who sent it; None is the house."""

    entity: str
    label: str
    text: str
    sender: str | None = None

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was made by mistake, and nothing is or has been out."""
        return "[[withdrawn]]" in self.text and "-over" not in self.text


@cache
def readable_model() -> Network:
    """The sample model with nothing withheld from anyone, and a mark in each name that nothing else holds."""
    tables = loads(to_toml(soes()))
    tables["model"]["tlp"] = "TLP:CLEAR"
    tables["event"], tables["audience"] = [], []
    for number, entity in enumerate(tables["entity"]):
        entity["name"] += f" un{number}q"
        _unlabel(entity)
    for payment in tables["payment"]:
        _unlabel(payment)
        for stage in payment["stage"]:
            _unlabel(stage)
    made, findings = beroenden.build(tables)
    assert made is not None, [str(one) for one in findings]
    return made


def _unlabel(table: dict) -> None:
    table.pop("tlp", None)
    for need in table.get("needs", []):
        need.pop("tlp", None)


def mark(entity: str) -> str:
    """What stands in the entity's name and nowhere else."""
    found = re.search(r"un\d+q", readable_model().entity[entity].name)
    assert found
    return found.group()


def said_of_some(seed: int) -> list[Said]:
    """Outages, levels and what others have shared, each with a label drawn anew."""
    choice = random.Random(seed)
    parts = [_entered(choice, number, entity) for number, entity in enumerate(choice.sample(_OUT, 4))]
    senders = choice.sample(_SENDERS, choice.choice((0, 1, 2)))
    about = [choice.choice((*_OUT, *[one.entity for one in parts] * 3)) for _ in senders]
    return [*parts, *(_received(choice, *one) for one in zip(range(len(senders)), senders, about, strict=True))]


def log_saying(parts: list[Said], path: Path, issued: str = "") -> Log:
    """The log of some of the parts, and of what has been issued."""
    path.write_text("\n".join((*_lines(parts), issued)), "utf-8")
    log, findings = load_log(path, readable_model())
    assert not [one for one in findings if one.severity == "error"], [str(one) for one in findings]
    return log


def issued_of(parts: list[Said], to: str) -> str:
    """A first delgivning to a reader that told of some parts, before anything of them was taken back."""
    ids = [one for part in parts for one in re.findall(r'^id = "(.*)"$', part.text, re.MULTILINE)]
    claims = ", ".join(f'{{ subject = "{one}", aspect = "status", value = "confirmed" }}' for one in ids)
    return (
        '[[issued]]\nid = "issued-1"\ntime = 2026-12-16T09:18:00+01:00\nat = 2026-12-16T09:18:00+01:00\n'
        f'form = "delgivning"\nnumber = 1\nto = "{to}"\napproved_by = "Role"\nclaims = [{claims}]'
    )


def _lines(parts: list[Said]) -> Iterator[str]:
    yield f'[incident]\nid = "i"\nname = "Event"\nactor = "{ACTOR}"\nmodel = "m.toml"\nexercise = true'
    yield 'opened = 2026-12-16T08:00:00+01:00\ntlp = "TLP:CLEAR"'
    yield from (one.text for one in parts)


def _entered(choice: random.Random, number: int, entity: str) -> Said:
    label, kind = choice.choice(TLP), choice.choice(("confirmed", "unconfirmed", "feared", "part", "level"))
    common = f'entity = "{entity}"\ntlp = "{label}"\ndisclose = true'
    time = f"time = 2026-12-16T09:0{number}:00+01:00"
    if kind == "level":
        level = choice.choice((0.0, 0.5))
        text = f'[[observation]]\nid = "observation-{number}"\n{time}\n{common}\ntext = "Seen."\nlevel = {level}'
        return Said(entity, label, text)
    start = "10:00" if kind == "feared" else f"0{choice.choice((7, 8))}:{choice.randrange(10, 60)}"
    more = "remaining = 0.3" if kind == "part" else f'status = "{kind}"'
    begun = f"start = 2026-12-16T{start}:00+01:00\n{common}\n{more}"
    text = f'[[outage]]\nid = "outage-{number}"\n{time}\n{begun}\n{choice.choice(_LENGTHS)}'
    if kind == "confirmed" and choice.random() < 0.3:
        over = "end = 2026-12-16T09:10:00+01:00\ntime = 2026-12-16T09:15:00+01:00"
        text += f'\n[[outage]]\nid = "outage-{number}-over"\n{begun}\n{over}'
    if choice.random() < 0.2:
        gone = f'supersedes = "outage-{number}"\ntlp = "{label}"\ntext = "Withdrawn of {entity}."'
        text += f'\n[[withdrawn]]\nid = "withdrawn-{number}"\ntime = 2026-12-16T09:19:00+01:00\n{gone}'
    return Said(entity, label, text)


def _received(choice: random.Random, number: int, sender: str, entity: str) -> Said:
    label, aspect = choice.choice(TLP[1:]), choice.choice(("start", "start", "start", "feared", "observed"))
    inner, start = choice.choice(TLP[: TLP.index(label) + 1]), choice.choice(("08:15", "09:12"))
    value = "0.4" if aspect == "observed" else f"2026-12-16T{start}+01:00"
    text = (
        f'[[received]]\nid = "received-{number}"\ntime = 2026-12-16T09:2{number}:00+01:00\nsource = "Mail"\n'
        f'tlp = "{label}"\nsender = "{sender}"\nsender_name = "Sender"\nnumber = 1\nhash = "sha256:0"\n'
        f'at = 2026-12-16T09:1{number + 5}:00+01:00\napproved_by = "Role"\n[[received.statement]]\n'
        f'section = "fakta.handelse"\ntext = "Told."\nstatus = "bekräftad"\nsource = "By"\ntlp = "{inner}"\n'
        f'claims = [{{ subject = "{entity}", aspect = "{aspect}", value = "{value}" }}]'
    )
    return Said(entity, label, text, sender)
