"""Recovery times rolled up along each payment chain, against how late the payment may be.

All that a payment depends on is taken to be down at once. Then

    serial:    R(v) = rto(v) + max over the needs of v of W      (each begins when the one before it is back)
    parallel:  R(v) = max(rto(v), max over the needs of v of W)  (all begin at once)

with W, for how long a need holds v back: the R of its provider (of k of n the k-th to be back, of a load that is split the last)
plus the need's restart; 0 where the supply is back before the need's full endurance has run out. A payment waits for the
slowest need of its stages. Members of a mutual dependency begin side by side when all that they wait for outside is back.

An unknown rto adds nothing, so with one the sum is a least value; an unknown endurance counts as 0, as in the simulation.
Both are counted with the result.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from beroenden.analysis.gaps.gap import Asked, Gap, Tally
from beroenden.analysis.gaps.ground import Ground, full_endurance
from beroenden.engine.compiled import Compiled, compiled
from beroenden.model.entities import Need
from beroenden.model.network import WITHHELD, Network
from beroenden.model.payments import Payment

Way = tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True)
class Wait:
    """For how long a need holds back, and the provider that it waits for (None: it does not wait)."""

    minutes: int = 0
    provider: str | None = None


@dataclass(frozen=True, slots=True)
class Rollup:
    """The time until a payment can go on, and the way that takes so long.

    Attributes:
        path: (id, the own recovery time that it adds), what is back first before what waits for it. The rest of the
            minutes are restarts.
        stage: Index of the stage that waits; None when none does.
    """

    minutes: int
    path: Way
    stage: int | None


@dataclass(slots=True)
class Recovery:
    """When every entity is back, serially or in parallel."""

    network: Network
    is_serial: bool
    back: dict[str, int] = field(default_factory=dict)
    ways: dict[str, Way] = field(default_factory=dict)

    def __post_init__(self) -> None:
        net = compiled(self.network)
        for place, is_cycle in enumerate(net.cyclic):
            members = net.ids[net.component_start[place] : net.component_start[place + 1]]
            if is_cycle:
                self._together(members, net)
            else:
                self._alone(members[0])

    def of(self, payment: Payment) -> Rollup:
        """The time until a payment's slowest stage is met; of stages that take as long, the first."""
        worst, stage = Wait(), None
        for place, one in enumerate(payment.stages):
            banks = [bank for bank, _ in self.network.accounts_of(payment) if bank] if one.at_recipient_bank else []
            waits = [self._wait(need) for need in one.needs] + [Wait(self.back[bank], bank) for bank in banks]
            longest = _longest(waits)
            if longest.minutes > worst.minutes:
                worst, stage = longest, place
        return Rollup(worst.minutes, self._way(worst), stage)

    def _alone(self, one: str) -> None:
        entity = self.network.entity[one]
        wait, own = _longest(self._wait(need) for need in entity.needs), entity.rto or 0
        self.back[one] = own + wait.minutes if self.is_serial else max(own, wait.minutes)
        if self.is_serial:
            self.ways[one] = (*self._way(wait), (one, entity.rto))
        else:
            self.ways[one] = (*self._way(wait), (one, None)) if wait.minutes > own else ((one, entity.rto),)

    def _together(self, members: list[str], net: Compiled) -> None:
        """Members of a mutual dependency: side by side, when all causes outside are gone."""
        inside = {*members}
        needs = [(one, need) for one in members for need in self.network.entity[one].needs]
        outer = {one: Wait() for one in members}
        for one, need in needs:
            if inside.isdisjoint(need.providers):
                outer[one] = _longest((outer[one], self._wait(need)))
        held = max(members, key=lambda one: outer[one].minutes)
        slowest = max(members, key=lambda one: self.network.entity[one].rto or 0)
        own, waited = self.network.entity[slowest].rto or 0, outer[held].minutes
        restart = max((need.restart for _, need in needs if not inside.isdisjoint(need.providers)), default=0)
        whole = restart + (own + waited if self.is_serial else max(own, waited))
        before = self._way(outer[held]) if self.is_serial or waited > own else ()
        added = own if self.is_serial or waited <= own else None
        for one in members:
            self.back[one] = whole
            between = ((held, None),) if before and held not in (one, slowest) else ()
            self.ways[one] = (*before, *between, (slowest, added), *(((one, None),) if one != slowest else ()))

    def _wait(self, need: Need) -> Wait:
        ordered = sorted(need.providers, key=lambda one: self.back[one])
        last = ordered[need.at_least - 1] if need.form == "any_of" else ordered[-1]
        if self.back[last] <= (full_endurance(need) or 0):
            return Wait()
        return Wait(self.back[last] + need.restart, last)

    def _way(self, wait: Wait) -> Way:
        return self.ways[wait.provider] if wait.provider is not None else ()


def _longest(waits: Iterable[Wait]) -> Wait:
    return max(waits, key=lambda wait: wait.minutes, default=Wait())


def chains(ground: Ground) -> Tally:
    """Payments whose chain takes longer to be back than the payment may be late."""
    tally, network = Tally("chain"), ground.network
    serial, parallel = Recovery(network, is_serial=True), Recovery(network, is_serial=False)
    for one in ground.payments:
        payment = network.payment[one]
        upstream = [network.entity[entity] for entity in _upstream(ground, payment)]
        tally.ask(Asked(ground.actor_of(one), "max_delay", payment.max_delay))
        for entity in upstream:
            tally.ask(Asked(ground.actor_of(entity.id), "rto", entity.rto))
        unknown = sum(entity.rto is None for entity in upstream)
        longest = serial.of(payment)
        is_undecided = payment.max_delay is None or (longest.minutes <= payment.max_delay and unknown > 0)
        tally.count(ground.actors_of(one, *(entity.id for entity in upstream)), is_undecided=is_undecided)
        if payment.max_delay is not None and longest.minutes > payment.max_delay:
            lacking = {"rto_unknown": unknown, "endurance_unknown": _unended(ground, payment)}
            tally.gaps.append(_gap(ground, payment, longest, parallel.of(payment), lacking))
    return tally


def _gap(ground: Ground, payment: Payment, longest: Rollup, least: Rollup, lacking: dict[str, int]) -> Gap:
    shown = [one for one, _ in longest.path if ground.is_shared(one)]
    limit = payment.max_delay or 0
    slowest = max(shown, key=lambda one: ground.network.entity[one].rto or 0, default=None)
    figures = {
        "max_delay": limit,
        "serial": longest.minutes,
        "serial_restarts": _restarts(longest),
        "serial_path": _told(ground, longest),
        "parallel": least.minutes,
        "parallel_restarts": _restarts(least),
        "parallel_path": _told(ground, least),
        "parallel_stage": _stage_id(ground, payment, least.stage),
        **lacking,
    }
    named = dict.fromkeys((*shown, *(one for one, _ in least.path if ground.is_shared(one))))
    return Gap(
        kind="chain",
        about=(payment.id,),
        actors=ground.actors_of(payment.id, *((slowest,) if slowest else ())),
        figures=figures,
        payments=(payment.id,),
        size=longest.minutes - limit,
        tlp=ground.label(payment.id, *named),
        stage=_stage(ground, payment, longest.stage),
    )


def _stage(ground: Ground, payment: Payment, stage: int | None) -> int | None:
    return stage if stage is not None and ground.is_shared((payment.id, stage)) else None


def _stage_id(ground: Ground, payment: Payment, stage: int | None) -> str | None:
    """The stage that the parallel way leads to, which need not be the one that waits longest in series."""
    if stage is None or ground.is_shared((payment.id, stage)):
        return None if stage is None else payment.stages[stage].id
    return WITHHELD


def _restarts(rollup: Rollup) -> int:
    return rollup.minutes - sum(added or 0 for _, added in rollup.path)


def _told(ground: Ground, rollup: Rollup) -> list[tuple[str, int | None]]:
    """The path, what may not be seen as one link."""
    told: list[tuple[str, int | None]] = []
    for one, added in rollup.path:
        if ground.is_shared(one):
            told.append((one, added))
        elif not told or told[-1][0] != WITHHELD:
            told.append((WITHHELD, None))
    return told


def _upstream(ground: Ground, payment: Payment) -> Iterator[str]:
    """What a payment depends on, as far as it may be named."""
    network = ground.network
    direct = [one for stage in payment.stages for one in network.stage_providers(payment, stage)]
    return (one for one in sorted(network.upstream(direct)) if ground.is_shared(one))


def _unended(ground: Ground, payment: Payment) -> int:
    """Needs on the chain whose endurance is unknown."""
    upstream = {*_upstream(ground, payment)}
    needs = {
        (use.consumer, use.stage, use.need)
        for use in ground.uses
        if use.need.endurance is None and (use.consumer in upstream or use.consumer == payment.id)
    }
    return len(needs)
