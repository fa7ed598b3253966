"""Dependency and risk mapping for payment chains.

Read a model, ask what happens to whom, and look at it:

>>> import beroenden
>>> tables = {"model": {"name": "Two"}, "entity": [
...     {"id": "a", "kind": "system"},
...     {"id": "b", "kind": "system", "needs": [{"provider": "a", "endurance": "4h"}]},
... ]}
>>> network, findings = beroenden.build(tables)
>>> outcome = beroenden.simulate(network, [{"entity": "a", "start": "2026-12-16T08:00", "for": "12h"}])
>>> outcome.to_dict()["entities"][1]["degraded_from"]
'2026-12-16T12:00+01:00'

A problem in a file is a `Finding`, and all of them come at once; wrong use raises `UsageError`. Texts speak the language of
the locale; `with writing_in("sv"):` chooses. Every answer has `to_dict()`, the JSON of the command of the same name, and
`frames(answer)` gives it as pandas data frames. Lengths are given as "4h" and are whole minutes inside; instants are whole
minutes since the epoch inside, and ISO 8601 in the model's time zone outside.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from beroenden.analysis.cutsets.cutsets import CutSets, cut_sets
    from beroenden.analysis.explanation import Explanation, explain
    from beroenden.analysis.gaps.gaps import Gaps
    from beroenden.analysis.improvement.ranked import Improvements
    from beroenden.analysis.portrait import Portrait, portrait
    from beroenden.analysis.quality.quality import Quality
    from beroenden.analysis.ranking.ranking import Ranking
    from beroenden.analysis.risk.result import Risk
    from beroenden.api.frames import frames
    from beroenden.api.pictures import Page, charts, view
    from beroenden.api.plans import RunPlan, plan
    from beroenden.api.questions import draw, gaps, improve, quality, rank, risk, scenario
    from beroenden.api.readers import redact
    from beroenden.consequences.batch.spread import Spread
    from beroenden.consequences.outcome import Outcome
    from beroenden.consequences.simulate import simulate
    from beroenden.errors import BeroendenError, FaultyFilesError, UsageError
    from beroenden.language import writing_in
    from beroenden.model.graph import to_networkx
    from beroenden.model.network import Network
    from beroenden.model.scenario import Scenario
    from beroenden.modelfiles.findings import Finding
    from beroenden.modelfiles.read import build, load, load_or_raise
    from beroenden.modelfiles.write import save, to_toml

__version__ = "0.1.0"

_HOMES = {
    "BeroendenError": "beroenden.errors",
    "CutSets": "beroenden.analysis.cutsets.cutsets",
    "Explanation": "beroenden.analysis.explanation",
    "FaultyFilesError": "beroenden.errors",
    "Finding": "beroenden.modelfiles.findings",
    "Gaps": "beroenden.analysis.gaps.gaps",
    "Improvements": "beroenden.analysis.improvement.ranked",
    "Network": "beroenden.model.network",
    "Outcome": "beroenden.consequences.outcome",
    "Page": "beroenden.api.pictures",
    "Portrait": "beroenden.analysis.portrait",
    "Quality": "beroenden.analysis.quality.quality",
    "Ranking": "beroenden.analysis.ranking.ranking",
    "Risk": "beroenden.analysis.risk.result",
    "RunPlan": "beroenden.api.plans",
    "Scenario": "beroenden.model.scenario",
    "Spread": "beroenden.consequences.batch.spread",
    "UsageError": "beroenden.errors",
    "build": "beroenden.modelfiles.read",
    "charts": "beroenden.api.pictures",
    "cut_sets": "beroenden.analysis.cutsets.cutsets",
    "draw": "beroenden.api.questions",
    "explain": "beroenden.analysis.explanation",
    "frames": "beroenden.api.frames",
    "gaps": "beroenden.api.questions",
    "improve": "beroenden.api.questions",
    "load": "beroenden.modelfiles.read",
    "load_or_raise": "beroenden.modelfiles.read",
    "plan": "beroenden.api.plans",
    "portrait": "beroenden.analysis.portrait",
    "quality": "beroenden.api.questions",
    "rank": "beroenden.api.questions",
    "redact": "beroenden.api.readers",
    "risk": "beroenden.api.questions",
    "save": "beroenden.modelfiles.write",
    "scenario": "beroenden.api.questions",
    "simulate": "beroenden.consequences.simulate",
    "to_networkx": "beroenden.model.graph",
    "to_toml": "beroenden.modelfiles.write",
    "view": "beroenden.api.pictures",
    "writing_in": "beroenden.language",
}

__all__ = [
    "BeroendenError",
    "CutSets",
    "Explanation",
    "FaultyFilesError",
    "Finding",
    "Gaps",
    "Improvements",
    "Network",
    "Outcome",
    "Page",
    "Portrait",
    "Quality",
    "Ranking",
    "Risk",
    "RunPlan",
    "Scenario",
    "Spread",
    "UsageError",
    "build",
    "charts",
    "cut_sets",
    "draw",
    "explain",
    "frames",
    "gaps",
    "improve",
    "load",
    "load_or_raise",
    "plan",
    "portrait",
    "quality",
    "rank",
    "redact",
    "risk",
    "save",
    "scenario",
    "simulate",
    "to_networkx",
    "to_toml",
    "view",
    "writing_in",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for when it is asked for: the command line answers faster."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """What there is, for those who look with Tab."""
    return sorted([*__all__, "__version__"])
