"""The small model where another answers for the clearing, and logs into which others' words are read; for tests."""

from chain import tables
from delgivningar import begun, delgivning, moment, read, shared

import beroenden
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.log.write import append

TABLES = tables() | {"audience": [{"actor": one, "tlp": "TLP:GREEN"} for one in ("payer", "b1", "b2", "owner")]}
TABLES["entity"] = [one | ({"owner": "owner"} if one["id"] == "clr" else {}) for one in TABLES["entity"]] + [
    {"id": "owner", "name": "The owner", "kind": "authority"}
]
TABLES["model"]["tlp"] = "TLP:CLEAR"
for _one in TABLES["entity"]:
    for _need in _one.get("needs", []) if _one["id"] == "sys" else []:
        _need["endurance"] = "0min"
MODEL, _ = beroenden.build(TABLES)


def house(tmp_path, own, *others):
    """A log of bank two, into which is read what others tell as of 05.00."""
    log = begun(tmp_path / "own.toml", "b2", *own, model=MODEL)
    for sender, told in others:
        reads(log, sender, told)
    return log


def reads(log, sender, told, at="05:00"):
    teller = begun(log.parent / f"{sender}-{at[:2]}.toml", sender, *told, model=MODEL)
    file = shared(log.parent / f"told-{sender}-{at[:2]}.toml", delgivning(teller, at=at, model=MODEL))
    exchanges, findings = read_exchanges([file], MODEL, read(log, MODEL))
    assert exchanges, findings
    append(log, [received_entry(exchanges[0], moment(at) + 1, MODEL)], MODEL)
