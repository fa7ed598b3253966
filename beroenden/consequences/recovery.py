"""Latest recovery: until when everything may stay out without a payment being late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal
from weakref import WeakKeyDictionary

from beroenden.consequences.harm import Harm
from beroenden.consequences.runs import Plan, Timetable
from beroenden.engine.compiled import Compiled
from beroenden.engine.single import reach, solve
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin

State = Literal["by", "any", "too_late"]


@dataclass(frozen=True, slots=True)
class LatestRecovery:
    """The latest common end of the outages at which no branch of a run is late; `time` only when the state is "by"."""

    state: State
    time: int | None = None


class RecoverySearch:
    """Finds the latest recovery of the runs of one scenario.

    All outages that end after the as-of time (all, without one) are given one common end; those that would start at or
    after it do not occur. Delay is monotone in that end: the latest harmless one is found by bisection, to the minute.

    Args:
        table: The timetable of the network.
        net: The compiled network.
        outages: Outages whose end is open to change.
        fixed: Planned outages, whose end is not.
        pins: Pinned levels.
        as_of: The as-of time; None: one minute after the first outage's start.
        end: The end of the time looked at.
    """

    def __init__(
        self,
        table: Timetable,
        net: Compiled,
        outages: Sequence[Outage],
        fixed: Sequence[Outage],
        pins: Sequence[Pin],
        as_of: int | None,
        end: int,
    ) -> None:
        self._table, self._net = table, net
        self._outages, self._fixed, self._pins = outages, fixed, pins
        self._as_of, self._end = as_of, end
        self._earliest = as_of if as_of is not None else min((outage.start for outage in outages), default=end - 1) + 1
        sources = [outage.entity for outage in (*outages, *fixed) if outage.entity] + [pin.entity for pin in pins]
        self._reached = frozenset(reach(net, (net.number[entity] for entity in sources)))
        self._upstream = payments_upstream(net, table.network)
        self._wanted = frozenset(number for found in self._upstream.values() for number in self._reached & found)
        self._harms: dict[int, Harm] = {}
        self._found: dict[int, None] = {}

    def latest(self, plan: Plan) -> LatestRecovery:
        """The latest recovery of one run."""
        if self._reached.isdisjoint(self._upstream[plan.payment.id]) and not self._has_fault(plan):
            return LatestRecovery("any")
        planned = self._end if plan.planned is None else plan.planned
        late = min(
            self._end, max(planned, self._earliest) + 1
        )  # what happens after the planned completion does not count
        missed_by = self._harm(late).lateness(plan)
        if missed_by is None:
            return LatestRecovery("any")
        if self._harm(self._earliest).lateness(plan) is not None:
            return LatestRecovery("too_late")
        time = self._bisect(plan, self._earliest, late, late - missed_by)
        self._found[time] = None
        return LatestRecovery("by", time)

    def _has_fault(self, plan: Plan) -> bool:
        return any(outage.payment == plan.payment.id for outage in (*self._outages, *self._fixed))

    def _bisect(self, plan: Plan, harmless: int, late: int, guess: int) -> int:
        """The last harmless common end; where other runs turned from harmless to late is tried first, then the guess."""
        probes = [time for found in self._found for time in (found, found + 1)]
        while late - harmless > 1:
            for probe in probes:
                if harmless < probe < late:
                    missed_by = self._harm(probe).lateness(plan)
                    if missed_by is None:
                        harmless = probe
                    else:
                        late, guess = probe, probe - missed_by
            probes = [guess, guess + 1, (harmless + late) // 2]
        return harmless

    def _harm(self, common_end: int) -> Harm:
        """The harm of a common end to what payments depend on."""
        harm = self._harms.get(common_end)
        if harm is None:
            outages = [*self._with_end(common_end), *self._fixed]
            levels = solve(self._net, outages, self._pins, self._end, self._wanted)
            harm = self._harms[common_end] = Harm(self._table, levels, outages, self._end)
        return harm

    def _with_end(self, common_end: int) -> list[Outage]:
        found = []
        for outage in self._outages:
            if self._as_of is not None and outage.end is not None and outage.end <= self._as_of:
                found.append(outage)
            elif outage.start < common_end:
                found.append(replace(outage, end=common_end))
        return found


_UPSTREAM: "WeakKeyDictionary[Compiled, dict[str, frozenset[int]]]" = WeakKeyDictionary()


def payments_upstream(net: Compiled, network: Network) -> dict[str, frozenset[int]]:
    """By payment, the numbers of all entities that its stages depend on, directly or through others."""
    found = _UPSTREAM.get(net)
    if found is None:
        found = _UPSTREAM[net] = {
            payment.id: frozenset(
                net.number[entity]
                for entity in network.upstream(
                    provider for stage in payment.stages for provider in network.stage_providers(payment, stage)
                )
            )
            for payment in network.payments
        }
    return found
