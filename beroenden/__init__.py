"""Dependency and risk mapping for payment chains.

>>> import beroenden
>>> tables = {"model": {"name": "Two"}, "entity": [
...     {"id": "a", "kind": "system"},
...     {"id": "b", "kind": "system", "needs": [{"provider": "a", "endurance": "4h"}]},
... ]}
>>> network, findings = beroenden.build(tables)
>>> outcome = beroenden.simulate(network, [{"entity": "a", "start": "2026-12-16T08:00", "for": "12h"}])
>>> outcome.to_dict()["entities"][1]["degraded_from"]
'2026-12-16T12:00+01:00'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from beroenden.consequences.outcome import Outcome
    from beroenden.consequences.simulate import simulate
    from beroenden.errors import BeroendenError, FaultyFilesError, UsageError
    from beroenden.model.network import Network
    from beroenden.modelfiles.findings import Finding
    from beroenden.modelfiles.read import build, load, load_or_raise
    from beroenden.modelfiles.write import save, to_toml

__version__ = "0.1.0"

_HOMES = {
    "BeroendenError": "beroenden.errors",
    "FaultyFilesError": "beroenden.errors",
    "Finding": "beroenden.modelfiles.findings",
    "Network": "beroenden.model.network",
    "Outcome": "beroenden.consequences.outcome",
    "UsageError": "beroenden.errors",
    "build": "beroenden.modelfiles.read",
    "load": "beroenden.modelfiles.read",
    "load_or_raise": "beroenden.modelfiles.read",
    "save": "beroenden.modelfiles.write",
    "simulate": "beroenden.consequences.simulate",
    "to_toml": "beroenden.modelfiles.write",
}

__all__ = [
    "BeroendenError",
    "FaultyFilesError",
    "Finding",
    "Network",
    "Outcome",
    "UsageError",
    "build",
    "load",
    "load_or_raise",
    "save",
    "simulate",
    "to_toml",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: the command line answers faster."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
