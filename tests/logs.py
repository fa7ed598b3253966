"""Logs of the small worked model, for tests."""

from pathlib import Path

from beroenden.incident.basis import Basis, basis
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, Situation, situation
from beroenden.incident.log.entries import Log
from beroenden.incident.log.read import load_log
from beroenden.model.network import Network
from beroenden.sharing.viewer import viewer_for
from beroenden.units.times import parse_instant, time_zone

HEAD = """
[incident]
id = "test"
name = "Clearing trouble"
actor = "payer"
model = "model.toml"
opened = 2026-12-18T04:00:00+01:00
exercise = true
tlp = "TLP:GREEN"
"""
OUT = """
[[outage]]
id = "outage-1"
time = 2026-12-18T04:10:00+01:00
entity = "clr"
start = 2026-12-18T04:00:00+01:00
"""


def log_of(folder: Path, text: str, network: Network) -> Log:
    """The log of a text after the common head; any finding is a failure."""
    path = folder / "log.toml"
    path.write_text(HEAD + text, "utf-8")
    log, findings = load_log(path, network)
    assert not findings, [str(finding) for finding in findings]
    return log


def minute(text: str) -> int:
    """An instant in Stockholm, on 18 December 2026 when only a time of day is given."""
    return parse_instant(text if "T" in text else f"2026-12-18T{text}", time_zone("Europe/Stockholm"))


def basis_at(network: Network, log: Log, at: str, to: str | None = None, lowered: str | None = None) -> Basis:
    """What is known at a time, for a reader."""
    viewer = viewer_for(network, to, lowered) if to else None
    return basis(network, known_at(log, minute(at), network), viewer)


def situation_at(network: Network, log: Log, at: str, to: str | None = None, **order: object) -> Situation:
    """The payer's lägesbild at a time."""
    return situation(basis_at(network, log, at, to), "payer", Order(to=to or "", **order))
