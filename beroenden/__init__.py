"""Dependency and risk mapping for payment chains.

>>> import beroenden
>>> network, findings = beroenden.load("models/soes")  # doctest: +SKIP
>>> outcome = beroenden.simulate(network, [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "12h"}])  # doctest: +SKIP
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
