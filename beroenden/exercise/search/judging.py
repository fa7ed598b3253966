"""One scenario simulated exactly, and judged as the ground of an exercise."""

from collections.abc import Sequence
from dataclasses import dataclass

from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.exercise import Evidence
from beroenden.exercise.noticed import deadlines, direct_provider, is_over_in_time, noticed, sees
from beroenden.exercise.search.wishes import Wishes
from beroenden.exercise.search.worth import direct_consumers, hidden_wanted, is_in_working_hours
from beroenden.incident.lagesbild.actors import affected_actors, own_entities, paid_runs
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.times import Clock, time_zone

SignKey = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """What a scenario is to one actor.

    Attributes:
        sign: What it can notice first.
        clock: The first latest recovery after the start that it decides under; None: it has none.
        is_over_in_time: Whether it has none because the outages end before.
        late: Ids of the payments that it pays or carries and that come late.
        hidden: Ids of the causes that it does not meet directly.
        is_out: Whether something that it answers for is out itself.
        path: Entities on the longest path from what is harmed of its own, or needed by its late payments, to a cause.
    """

    actor: str
    sign: Evidence
    clock: Evidence | None
    is_over_in_time: bool
    late: tuple[str, ...]
    hidden: tuple[str, ...]
    is_out: bool
    path: int

    @property
    def sign_key(self) -> SignKey:
        """Two first signs are the same when these are: event, first entity, first payment, provider."""
        entity = next(iter(self.sign.entities), "")
        payment = next((payment for payment, _ in self.sign.payments), "")
        return self.sign.event, entity, payment, direct_provider(self.sign) or ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a scenario does, to all.

    Attributes:
        payments: Payments with a late run.
        runs: Late runs.
        over: Runs later than max_delay.
        payouts: Payouts that come late; payments of unknown count add nothing.
        amount: SEK that come late.
        recipient_hours: Payouts times hours late.
        actors: Actors that are hit, also others than the chosen.
        entities: Entities that are harmed.
        path: Entities on the longest because-path of all.
        consumers: Entities and payments that need what is out directly.
    """

    payments: int
    runs: int
    over: int
    payouts: int
    amount: int
    recipient_hours: float
    actors: int
    entities: int
    path: int
    consumers: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A scenario that engages all chosen actors.

    Attributes:
        out: Ids of what is out, in the order of the model.
        parts: By actor, in the order of the wishes.
        hit: Ids of the harmed entities and the late payments.
        in_working_hours: Whether it begins from 07 and before 17 on a bank day.
    """

    out: tuple[str, ...]
    start: int
    length: int
    horizon: int
    parts: tuple[Part, ...]
    figures: Figures
    hit: frozenset[str]
    in_working_hours: bool

    @property
    def scenario(self) -> Scenario:
        """The scenario as it was simulated."""
        return scenario_of(self.out, self.start, self.length, self.horizon)

    @property
    def hidden_from(self) -> int:
        """From how many chosen actors at least one cause is hidden."""
        return sum(bool(part.hidden) for part in self.parts)

    @property
    def distinct_signs(self) -> int:
        """How many different first signs there are."""
        return len({part.sign_key for part in self.parts})

    @property
    def clockless(self) -> tuple[str, ...]:
        """Ids of the actors without any latest recovery to decide under."""
        return tuple(part.actor for part in self.parts if part.clock is None)

    @property
    def lacking(self) -> int:
        """By how many actors it falls short of the wishes: hidden causes, clocks, first signs of their own."""
        hidden = max(0, hidden_wanted(len(self.parts)) - self.hidden_from)
        return hidden + len(self.clockless) + len(self.parts) - self.distinct_signs


def scenario_of(out: Sequence[str], start: int, length: int, horizon: int) -> Scenario:
    """Some entities out together."""
    return Scenario(tuple(Outage(start, start + length, entity) for entity in out), horizon=horizon)


def judged(network: Network, wishes: Wishes, out: tuple[str, ...], start: int, length: int) -> Judged | None:
    """A scenario simulated; None where it does not engage all chosen actors or not hit what it must."""
    outcome = simulate_scenario(network, scenario_of(out, start, length, wishes.horizon))
    late = {run.payment.id for run in outcome.late_runs}
    if not late.issuperset(wishes.must_hit) or not all(is_engaged(outcome, actor) for actor in wishes.actors):
        return None
    harmed = {impact.entity.id for impact in outcome.entities if impact.degraded_from is not None}
    return Judged(
        out=out,
        start=start,
        length=length,
        horizon=wishes.horizon,
        parts=tuple(_part(outcome, actor, out) for actor in wishes.actors),
        figures=_figures(outcome, out, len(late), len(harmed)),
        hit=frozenset(harmed | late),
        in_working_hours=is_in_working_hours(start, Clock(time_zone(network.timezone))),
    )


def is_engaged(outcome: Outcome, actor: str) -> bool:
    """Whether something that an actor answers for is harmed, or a run of its payments, or its branch of one, is late."""
    harmed = (impact for impact in own_entities(outcome, actor) if impact.entity.kind != "citizens")
    return any(harmed) or any(run.late for run in paid_runs(outcome, actor))


def _part(outcome: Outcome, actor: str, out: tuple[str, ...]) -> Part:
    signs = noticed(outcome, actor)
    clocks = (
        one for one in deadlines(outcome, actor) if one.at > signs[0].at
    )  # one that is past by then is no decision
    return Part(
        actor=actor,
        sign=signs[0],
        clock=next(clocks, None),
        is_over_in_time=is_over_in_time(outcome, actor),
        late=tuple(dict.fromkeys(run.run.payment.id for run in paid_runs(outcome, actor) if run.late)),
        hidden=tuple(cause for cause in out if not sees(outcome, actor, cause)),
        is_out=any(outcome.network.actor_of(one) == actor for one in out),
        path=max((len(sign.path) for sign in signs), default=0),
    )


def _figures(outcome: Outcome, out: tuple[str, ...], payments: int, entities: int) -> Figures:
    late = outcome.late_runs
    return Figures(
        payments=payments,
        runs=len(late),
        over=sum(bool(run.over_max_delay) for run in late),
        payouts=outcome.payouts_delayed,
        amount=outcome.amount_delayed,
        recipient_hours=outcome.recipient_hours,
        actors=len(affected_actors(outcome)),
        entities=entities,
        path=max((len(impact.because) for impact in outcome.entities), default=0),
        consumers=direct_consumers(outcome.network, out),
    )


def hidden_causes(network: Network, actors: Sequence[str], causes: Sequence[str], at: int) -> list[list[bool]]:
    """By cause and actor, whether the outage of the cause is hidden from the actor, whatever comes of it."""
    nothing_out = simulate_scenario(network, Scenario((), since=at))
    return [[not sees(nothing_out, actor, cause) for actor in actors] for cause in causes]
