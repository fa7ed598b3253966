"""What comes of a scenario: harmed entities, late payments, citizens without service."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from beroenden.consequences.recovery import State
from beroenden.engine.causes import Link
from beroenden.engine.explain import Explainer
from beroenden.engine.holding import Holding
from beroenden.engine.single import Levels
from beroenden.engine.steps import Steps
from beroenden.model.entities import Entity
from beroenden.model.network import Network
from beroenden.model.payments import Event, Payment
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.times import iso, time_zone

SCHEMA = "beroenden/outcome/1"
Status = Literal["on_time", "delayed", "not_completed"]


@dataclass(frozen=True, slots=True)
class ReserveLost:
    """A need that holds on no more providers than it must have, from when to when; `to` is None: to the end."""

    need: int
    since: int
    to: int | None


@dataclass(frozen=True, slots=True)
class Spell:
    """A time that something is below 1, and the path back to what it began with; an end of None: not by the end."""

    start: int
    end: int | None
    because: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class EntityImpact:
    """An entity that falls below 1 or loses a reserve. Instants in minutes since the epoch; None: not by the end.

    Attributes:
        because: The path of the first spell.
        spells: Each time that it is below 1.
    """

    entity: Entity
    steps: Steps
    degraded_from: int | None
    down_from: int | None
    restored: int | None
    lost_hours: float
    reserves_lost: tuple[ReserveLost, ...]
    because: tuple[Link, ...]
    spells: tuple[Spell, ...]

    def fell(self, spell: Spell) -> int:
        """When a spell began, also where that was before the time looked at."""
        return self.steps.spell_start(spell.start)

    def spell_at(self, moment: int) -> Spell | None:
        """The spell that goes on at an instant, or else the first after it; None: neither."""
        return next((one for one in self.spells if one.end is None or one.end > moment), None)

    def worst_between(self, start: int, end: int) -> tuple[float, int, int]:
        """Its lowest level in [start, end), and from when until when it is there, whatever it is in between."""
        pieces = [*self.steps.pieces(start, end)] or [(start, end, self.steps.at(start))]
        worst = min(level for _, _, level in pieces)
        there = [(since, to) for since, to, level in pieces if level == worst]
        return worst, there[0][0], there[-1][1]


@dataclass(frozen=True, slots=True)
class BranchImpact:
    """The part of a run whose accounts are in one bank; `bank` None: a fault in the file, or no accounts.

    Attributes:
        blocked_by: Ids of what made it late, a fault in the file apart.
    """

    bank: str | None
    share: float
    planned: int
    completed: int | None
    blocked_by: tuple[str, ...] = ()

    @property
    def delay(self) -> int | None:
        """Minutes; None when not completed by the end."""
        return None if self.completed is None else self.completed - self.planned

    def delay_until(self, end: int) -> int:
        """Minutes; what is not completed counts to the end."""
        return (end if self.completed is None else self.completed) - self.planned

    @property
    def is_late(self) -> bool:
        """Later than planned, or not completed by the end."""
        return self.delay is None or self.delay > 0


def events_between(network: Network, start: int, end: int) -> list[Event]:
    """The planned events of a model that meet [start, end)."""
    return [event for event in network.events if event.start < end and event.end > start]


def worst_of(branches: Sequence[BranchImpact]) -> BranchImpact:
    """The branch that is latest against its own plan; one that is not completed before any other."""
    return max(branches, key=lambda branch: (branch.completed is None, branch.delay or 0))


def part_of(whole: float | None, branches: Iterable[BranchImpact]) -> int | None:
    """The part of a run's count or amount that some of its branches are; None when the whole is unknown."""
    return None if whole is None else round(whole * sum(branch.share for branch in branches))


@dataclass(frozen=True, slots=True)
class HeldUp:
    """A stage that made a run late, and the path from what it had to wait for back to the cause."""

    stage: str
    because: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class RunImpact:
    """A payment run under the scenario; None among the numbers is unknown.

    Attributes:
        held_up: What made its late branches late, in the order of branches and stages; a stage has a path for each need.
        blocked_by: Ids of the causes at the ends of those paths.
    """

    payment: Payment
    day: date
    status: Status
    planned: int
    completed: int | None
    latest_recovery: int | None
    latest_recovery_state: State
    delayed_recipients: int | None
    delayed_amount: int | None
    recipient_hours: float | None
    over_max_delay: bool | None
    held_up: tuple[HeldUp, ...]
    blocked_by: tuple[str, ...]
    branches: tuple[BranchImpact, ...]

    @property
    def key(self) -> tuple[str, str]:
        """The payment's id and the day, as YYYY-MM-DD: which run it is."""
        return self.payment.id, self.day.isoformat()

    @property
    def delay(self) -> int | None:
        """Minutes; None when some branch is not completed by the end."""
        return None if self.completed is None else max(branch.delay or 0 for branch in self.branches)

    @property
    def worst(self) -> BranchImpact:
        """The branch that is latest against its own plan."""
        return worst_of(self.branches)

    @property
    def sound_part(self) -> tuple[BranchImpact, ...]:
        """The branches that no fault in the file hits."""
        return self.branches[: len(self.branches) - len(self.faulty_part)]

    @property
    def faulty_part(self) -> tuple[BranchImpact, ...]:
        """The branches of recipients hit by a fault in the file: without a bank, after the others."""
        return tuple(branch for branch in self.branches[1:] if branch.bank is None)

    def banks_of(self, branch: BranchImpact) -> tuple[str | None, ...]:
        """Where the recipients of a branch have their accounts: a fault in the file hits some in every bank of the run."""
        return tuple(one.bank for one in self.sound_part) if branch in self.faulty_part else (branch.bank,)

    @property
    def is_late_by_fault(self) -> bool:
        """Whether a fault in the file makes some of it late; `blocked_by` has what else does."""
        return any(branch.is_late for branch in self.faulty_part)


@dataclass(frozen=True, slots=True)
class GroupImpact:
    """Citizens who cannot use what they should; None: some, of a population that is unknown."""

    entity: Entity
    peak_affected: int | None
    person_hours: float | None


@dataclass(frozen=True)
class Outcome:
    """The whole outcome of a scenario on [start, end).

    Attributes:
        outages: What was simulated, planned events included.
        with_events: Whether planned events were asked for.
        levels: Levels of everything that could be reached.
        explainer: Finds the paths back to what things fell by.
        held: Finds the paths back to what holds them.
        shown: A path as the reader may see it.
    """

    network: Network
    scenario: Scenario
    outages: tuple[Outage, ...]
    with_events: bool
    levels: Levels = field(repr=False)
    explainer: Explainer = field(repr=False)
    held: Holding = field(repr=False)
    entities: tuple[EntityImpact, ...]
    runs: tuple[RunImpact, ...]
    groups: tuple[GroupImpact, ...]
    shown: Callable[[tuple[Link, ...]], tuple[Link, ...]] = field(default=tuple, repr=False, compare=False)

    @property
    def start(self) -> int:
        """The start of the first outage."""
        return self.scenario.start

    @property
    def end(self) -> int:
        """The end of the time looked at."""
        return self.scenario.end

    @property
    def late_runs(self) -> list[RunImpact]:
        """Runs that are delayed or not completed."""
        return [run for run in self.runs if run.status != "on_time"]

    @property
    def events(self) -> list[Event]:
        """The planned events that count."""
        return events_between(self.network, self.start, self.end) if self.with_events else []

    @property
    def payouts_delayed(self) -> int:
        """Payouts that come late, over all runs of known size."""
        return sum(run.delayed_recipients or 0 for run in self.runs)

    @property
    def amount_delayed(self) -> int:
        """SEK that come late, over all runs of known amount."""
        return sum(run.delayed_amount or 0 for run in self.runs)

    @property
    def recipient_hours(self) -> float:
        """Hours of delay summed over payouts, over all runs of known size."""
        return sum((run.recipient_hours or 0.0 for run in self.runs), 0.0)

    def level_at(self, entity: str, time: int) -> float:
        """The level of an entity at an instant."""
        return self.levels.of(entity).at(time)

    def because(self, entity: str, at: int) -> tuple[Link, ...]:
        """The path from an entity that is below 1 at an instant to what it fell by."""
        return self.shown(self.explainer.because(entity, at))

    def holding(self, entity: str, start: int, end: int) -> tuple[tuple[Link, ...], ...]:
        """The paths from an entity to what holds it below 1 in [start, end), one for each cause."""
        return tuple(dict.fromkeys(map(self.shown, self.held.of(entity, start, end))))

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `beroenden simulate`."""
        return {
            "schema": SCHEMA,
            "model": {"name": self.network.name, "version": self.network.version, "hash": self.network.hash},
            "start": self._iso(self.start),
            "end": self._iso(self.end),
            "outages": [self._outage(outage) for outage in self.outages],
            "entities": [self._entity(impact) for impact in self.entities],
            "payments": [self._run(run) for run in self.runs],
            "groups": [
                {
                    "entity": group.entity.id,
                    "population": group.entity.population,
                    "peak_affected": None if group.entity.population is None else group.peak_affected,
                    "person_hours": None if group.entity.population is None else _rounded(group.person_hours),
                }
                for group in self.groups
            ],
            "totals": {
                "payouts_delayed": self.payouts_delayed,
                "amount_delayed": self.amount_delayed,
                "recipient_hours": _rounded(self.recipient_hours),
            },
        }

    def _iso(self, time: int | None) -> str | None:
        return None if time is None else iso(time, time_zone(self.network.timezone))

    def _outage(self, outage: Outage) -> dict[str, Any]:
        return {
            "entity": outage.entity,
            "payment": outage.payment,
            "start": self._iso(outage.start),
            "end": self._iso(outage.end),
            "remaining": outage.remaining,
            "share": outage.share,
        }

    def _entity(self, impact: EntityImpact) -> dict[str, Any]:
        return {
            "id": impact.entity.id,
            "name": impact.entity.name,
            "kind": impact.entity.kind,
            "levels": [[self._iso(since), level] for since, level in breakpoints(impact.steps, self.start, self.end)],
            "degraded_from": self._iso(impact.degraded_from),
            "down_from": self._iso(impact.down_from),
            "restored": self._iso(impact.restored),
            "lost_hours": _rounded(impact.lost_hours),
            "reserve_lost": [
                {"need": lost.need, "from": self._iso(lost.since), "to": self._iso(lost.to)}
                for lost in impact.reserves_lost
            ],
            "because": [
                {"entity": link.entity, "at": self._iso(link.at), "level": _rounded(link.level)}
                for link in impact.because
            ],
        }

    def _run(self, run: RunImpact) -> dict[str, Any]:
        return {
            "payment": run.payment.id,
            "date": run.day.isoformat(),
            "status": run.status,
            "planned": self._iso(run.planned),
            "completed": self._iso(run.completed),
            "delay_minutes": run.delay,
            "latest_recovery": self._iso(run.latest_recovery),
            "latest_recovery_state": run.latest_recovery_state,
            "count": run.payment.count,
            "delayed_recipients": run.delayed_recipients,
            "delayed_amount": run.delayed_amount,
            "recipient_hours": _rounded(run.recipient_hours),
            "over_max_delay": run.over_max_delay,
            "blocked_by": list(run.blocked_by),
            "branches": [
                {
                    "bank": branch.bank,
                    "share": _rounded(branch.share),
                    "planned": self._iso(branch.planned),
                    "completed": self._iso(branch.completed),
                    "delay_minutes": branch.delay,
                }
                for branch in run.branches
            ],
        }


def breakpoints(steps: Steps, start: int, end: int) -> list[tuple[int, float]]:
    """The level at `start` and at each later change before `end`, to nine decimals."""
    found: list[tuple[int, float]] = []
    for since, _, level in steps.pieces(start, end):
        level = round(level, 9)
        if not found or found[-1][1] != level:
            found.append((since, level))
    return found


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 9)
