"""The steps of likelihood and consequence in a risk matrix, and how a TOML file says them."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from beroenden.errors import FaultyFilesError
from beroenden.language import say
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Place, Report, has_errors
from beroenden.modelfiles.read import parse
from beroenden.modelfiles.schema import Field, read_table

CONSEQUENCES = ("payouts", "amount", "recipient_hours")


Said = tuple[str, str]
"""A text in Swedish and in English; the same twice where it was given in one language."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps from the lowest; a value on a limit is in the step above it."""

    said: tuple[Said, ...]
    limits: tuple[float, ...]

    @property
    def names(self) -> list[str]:
        """The names of the steps."""
        return [say(*one) for one in self.said]

    def of(self, value: float) -> int:
        """The step of a value, from 1."""
        return bisect_right(self.limits, value) + 1

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {"names": self.names, "limits": list(self.limits)}


_LIKELIHOOD = Steps(
    (
        ("Mycket låg", "Very low"),
        ("Låg", "Low"),
        ("Medelhög", "Medium"),
        ("Hög", "High"),
        ("Mycket hög", "Very high"),
    ),
    (0.001, 0.01, 0.1, 1.0),
)
_CONSEQUENCE = Steps(
    (
        ("Mycket begränsade", "Very limited"),
        ("Begränsade", "Limited"),
        ("Allvarliga", "Serious"),
        ("Mycket allvarliga", "Very serious"),
        ("Katastrofala", "Catastrophic"),
    ),
    (1e3, 1e4, 1e5, 1e6),
)
_OURS = (
    "Stegens gränser är våra egna, i tiopotenser: en gång på 1 000, 100, 10 och 1 år; 1 000, 10 000, 100 000 och "
    "1 000 000 försenade utbetalningar. Byt dem mot er egen analys med --steps.",
    "The limits of the steps are our own, in tens: once in 1,000, 100, 10 and 1 years; 1,000, 10,000, 100,000 and "
    "1,000,000 delayed payouts. Replace them by those of your own analysis with --steps.",
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How likelihood and consequence are stepped.

    The five steps and their names are those that Swedish risk and vulnerability analyses commonly have; where one step
    ends and the next begins every analysis decides for itself, and the limits here are ours.

    Attributes:
        likelihood: Of failures a year that make a payment late.
        consequence: Of the mean consequence of such a failure, in the unit of `measure`.
        measure: "payouts", "amount" (SEK) or "recipient_hours".
        source: Where the steps come from.
    """

    likelihood: Steps = _LIKELIHOOD
    consequence: Steps = _CONSEQUENCE
    measure: str = "payouts"
    source: Said = _OURS

    def to_dict(self) -> dict[str, Any]:
        """The JSON of it."""
        return {
            "likelihood": self.likelihood.to_dict(),
            "consequence": self.consequence.to_dict() | {"measure": self.measure},
            "source": say(*self.source),
        }


def load_scale(path: Path) -> Scale:
    """The scale of a file with the tables `likelihood` and `consequence`, each of five `names` and four `limits`.

    Raises:
        FaultyFilesError: with every fault and its place.
    """
    report = Report()
    parsed = parse(path, report)
    found = _read(*parsed, path) if parsed else None
    if found is None or has_errors(report.findings):
        raise FaultyFilesError(report.in_order())
    return found


def _read(tables: dict[str, Any], place: Place, path: Path) -> Scale | None:
    found = read_table(
        tables,
        place,
        (
            Field("source", values.text),
            Field("likelihood", lambda raw, at: _steps(raw, at, ()), required=True),
            Field("consequence", lambda raw, at: _steps(raw, at, (_MEASURE,)), required=True),
        ),
    )
    if "likelihood" not in found or "consequence" not in found:
        return None
    (likelihood, _), (consequence, measure) = found["likelihood"], found["consequence"]
    source = found.get("source") or path.name
    return Scale(likelihood, consequence, measure or "payouts", (source, source))


_MEASURE = Field("measure", values.OneOf(*CONSEQUENCES))
_FIELDS = (
    Field("names", values.ListOf(values.text), required=True),
    Field("limits", values.ListOf(values.number), required=True),
)


def _steps(raw: Any, place: Place, more: tuple[Field, ...]) -> tuple[Steps, str | None] | None:
    found = read_table(raw, place, (*_FIELDS, *more))
    names, limits = found.get("names"), found.get("limits")
    if names is None or limits is None or None in (*names, *limits):
        return None
    if len(names) != 5:
        (place / "names").error("B671", say("ska vara fem namn", "should be five names"))
    if len(limits) != 4 or any(low >= high for low, high in pairwise((0, *limits))):
        (place / "limits").error(
            "B672", say("ska vara fyra gränser över 0 som stiger", "should be four limits above 0 that rise")
        )
    return Steps(tuple((name, name) for name in names), tuple(map(float, limits))), found.get("measure")
