"""Who and what a payment depends on."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

KINDS = ("authority", "framework_bank", "bank", "supplier", "system", "infrastructure", "process", "citizens")
CONFIDENCES = ("low", "medium", "high")

Form = Literal["provider", "any_of", "shares"]


@dataclass(frozen=True, slots=True)
class Pert:
    """A PERT distribution of a length, in minutes."""

    min: int
    mode: int
    max: int

    @property
    def typical(self) -> int:
        """The most likely length."""
        return self.mode


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A lognormal distribution of a length by two percentiles, in minutes."""

    p50: int
    p90: int

    @property
    def typical(self) -> int:
        """The median length."""
        return self.p50


Length = Pert | LogNormal


@dataclass(frozen=True, slots=True)
class Failure:
    """How often an entity fails: a rate with a length, or the share of time it is unavailable."""

    per_year: float | None = None
    duration: int | Length | None = None
    unavailability: float | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """The function (never a person) that answers, and how it is reached."""

    role: str | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a piece of the model comes from, how sure it is, and who may see it; None is unknown."""

    tlp: str | None = None
    source: str | None = None
    verified: date | None = None
    confidence: str | None = None
    note: str | None = None


UNSOURCED = Provenance()


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an endurance profile: this level of the work goes on for so many minutes without supply."""

    minutes: int
    level: float


@dataclass(frozen=True, slots=True)
class Need:
    """What an entity or a stage needs from others.

    Attributes:
        form: One provider; k of n (`any_of`, `at_least`); or a load split by `shares`.
        providers: Ids, as many as the form has.
        shares: The weight of each provider; empty unless the form is "shares".
        endurance: Steps in time order; None is unknown and counts as none.
        floor: What remains for ever without supply, 0..1.
        restart: Minutes to come back once supply is back.
        expects: Recovery time in minutes that the consumer counts on; None is unknown.
        spread: Factor of uncertainty of the endurance; None is none stated.
    """

    form: Form
    providers: tuple[str, ...]
    shares: tuple[float, ...] = ()
    at_least: int = 1
    endurance: tuple[Step, ...] | None = None
    floor: float = 0.0
    restart: int = 0
    expects: int | None = None
    spread: float | None = None
    what: str | None = None
    provenance: Provenance = UNSOURCED


@dataclass(frozen=True, slots=True)
class Entity:
    """An authority, bank, supplier, system, infrastructure, process or group of citizens.

    Times are minutes, levels 0..1; None is unknown.
    """

    id: str
    name: str
    kind: str
    owner: str | None = None
    mtpd: int | None = None
    rto: int | None = None
    rta: int | None = None
    rta_tested: date | None = None
    rpo: int | None = None
    mbco: float | None = None
    population: int | None = None
    failure: Failure | None = None
    contact: Contact | None = None
    regimes: tuple[str, ...] = ()
    provenance: Provenance = UNSOURCED
    needs: tuple[Need, ...] = ()
