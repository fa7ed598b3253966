"""The main job: from a network and a scenario to what happens to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import chain, repeat
from typing import Any

from beroenden.consequences.harm import Harm
from beroenden.consequences.held_up import held_up
from beroenden.consequences.outcome import (
    BranchImpact,
    EntityImpact,
    GroupImpact,
    Outcome,
    ReserveLost,
    RunImpact,
    Spell,
    Status,
    events_between,
    part_of,
)
from beroenden.consequences.recovery import RecoverySearch
from beroenden.consequences.runs import Branch, Plan, timetable
from beroenden.engine.causes import Causes
from beroenden.engine.compiled import compiled
from beroenden.engine.explain import Explainer
from beroenden.engine.holding import Holding
from beroenden.engine.reserves import reserves_lost
from beroenden.engine.single import Levels, solve
from beroenden.engine.steps import Steps
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Pin, Scenario
from beroenden.modelfiles.scenario import build_scenario


def simulate(
    network: Network,
    outages: Iterable[Mapping[str, Any] | Outage] | Mapping[str, Any] = (),
    *,
    pins: Iterable[Mapping[str, Any] | Pin] = (),
    horizon: str | int | None = None,
    at: str | int | None = None,
    with_events: bool = False,
) -> Outcome:
    """Simulate outages and follow their consequences to citizens.

    Args:
        network: The model.
        outages: Tables as [[outage]] of a scenario file: entity or payment, start, for or end, remaining, share; one may
            stand alone. A length is "4h", or a timedelta of whole minutes.
        pins: Tables with entity, level, start, end: levels that outrank what is computed.
        horizon: How far ahead to look, from the first outage's start ("14d" unless given).
        at: The as-of time, from which latest recovery counts.
        with_events: Also simulate the model's planned events.

    Returns:
        The outcome; `to_dict()` is the JSON of the command.

    Raises:
        UsageError: for an unknown id (with the nearest), a bad time, no outage at all, or what is no network.
    """
    return simulate_scenario(
        _network(network), build_scenario(network, outages, pins, horizon, at), with_events=with_events
    )


def _network(given: Any) -> Network:
    """The network, or a word of where to get one.

    Raises:
        UsageError: for None, which `load` and `build` give of a faulty model, or something else.
    """
    if isinstance(given, Network):
        return given
    kind = type(given).__name__
    raise UsageError(
        say(
            f"network är {kind} och inget nätverk. Läs modellen med load_or_raise(sökväg): den säger också vad som är fel. "
            "build och load ger fynden bredvid nätverket: skriv network, findings = build(tables) och läs findings.",
            f"network is {kind} and no network. Read the model with load_or_raise(path): it also tells what is wrong. "
            "build and load give the findings beside the network: write network, findings = build(tables) and read findings.",
        )
    )


def simulate_scenario(network: Network, scenario: Scenario, *, with_events: bool = False) -> Outcome:
    """Simulate a scenario that was read from a file or built in memory."""
    start, end = scenario.start, scenario.end
    events = planned_outages(network, start, end) if with_events else []
    outages = (*scenario.outages, *events)
    net, table = compiled(network), timetable(network)
    levels = solve(net, outages, scenario.pins, end)
    causes = Causes(levels, outages, scenario.pins)
    explainer = Explainer(causes)
    holding = Holding(causes, explainer)
    harm = Harm(table, levels, outages, end)
    search = RecoverySearch(table, net, scenario.outages, events, scenario.pins, scenario.at, end)
    runs = [
        _run_impact(plan, harm, holding, search, end)
        for payment in network.by_priority()
        for plan in table.runs(payment, start, end)
    ]
    return Outcome(
        network=network,
        scenario=scenario,
        outages=outages,
        with_events=with_events,
        levels=levels,
        explainer=explainer,
        held=holding,
        entities=tuple(_entity_impacts(network, levels, explainer, start, end)),
        runs=tuple(runs),
        groups=tuple(_group_impacts(network, levels, start, end)),
    )


def planned_outages(network: Network, start: int, end: int) -> list[Outage]:
    """The model's events that meet [start, end), as outages."""
    return [
        Outage(event.start, event.end, entity)
        for event in events_between(network, start, end)
        for entity in event.entities
    ]


def _entity_impacts(
    network: Network, levels: Levels, explainer: Explainer, start: int, end: int
) -> Iterable[EntityImpact]:
    lost = reserves_lost(levels, start, end)
    for entity in network.entities:
        number = levels.net.number[entity.id]
        steps = levels.by_number.get(number, Steps())
        pieces = list(steps.pieces(start, end))
        spells = tuple(_spells(entity.id, steps, explainer, start, end))
        if not spells and number not in lost:
            continue
        yield EntityImpact(
            entity=entity,
            steps=steps,
            degraded_from=spells[0].start if spells else None,
            down_from=next((since for since, _, level in pieces if level <= 0), None),
            restored=_restored(steps, end) if spells else None,
            lost_hours=sum((1 - level) * (to - since) for since, to, level in pieces) / 60,
            reserves_lost=tuple(ReserveLost(*spell) for spell in lost.get(number, ())),
            because=spells[0].because if spells else (),
            spells=spells,
        )


def _restored(steps: Steps, end: int) -> int | None:
    """The moment from which the level is 1 for good, by `end`; None where it falls again at the end."""
    times = [(time, value) for time, value in zip(steps.times, steps.values, strict=True) if time <= end]
    return times[-1][0] if times and times[-1][1] >= 1 else None


def _spells(entity: str, steps: Steps, explainer: Explainer, start: int, end: int) -> Iterable[Spell]:
    """Each time that an entity is below 1 in [start, end)."""
    for since, until in steps.spells():
        if since < end and (until is None or until > start):
            begun = max(since, start)
            yield Spell(begun, None if until is None or until > end else until, explainer.because(entity, begun))


def _group_impacts(network: Network, levels: Levels, start: int, end: int) -> Iterable[GroupImpact]:
    for entity in network.entities:
        if entity.kind != "citizens":
            continue
        pieces = list(levels.of(entity.id).pieces(start, end))
        peak = max(1 - level for _, _, level in pieces)
        hours = sum((1 - level) * (to - since) for since, to, level in pieces) / 60
        population = entity.population if peak > 0 else 0
        if population is None:
            yield GroupImpact(entity, None, None)
        else:
            yield GroupImpact(entity, round(population * peak), population * hours)


def _run_impact(plan: Plan, harm: Harm, holding: Holding, search: RecoverySearch, end: int) -> RunImpact:
    run, unexplained = branch_impacts(plan, harm, end)
    waited_for = [held_up(plan, *pair, harm, holding) for pair in zip(run, plan.branches, strict=False)]
    branches = tuple(
        replace(branch, blocked_by=tuple(dict.fromkeys(one.because[-1].entity for one in found)))
        for branch, found in zip(unexplained, chain(waited_for, repeat([])), strict=False)
    )
    late = [branch for branch in branches if branch.is_late]
    delays = [(branch.share, branch.delay_until(end)) for branch in late]
    status: Status = "on_time"
    if late:
        status = "not_completed" if any(branch.completed is None for branch in late) else "delayed"
    payment, recovery = plan.payment, search.latest(plan)
    count, amount, most = payment.count, payment.amount, payment.max_delay
    return RunImpact(
        payment=payment,
        day=plan.day,
        status=status,
        planned=_last(plan, end),
        completed=None if status == "not_completed" else max(branch.completed or 0 for branch in branches),
        latest_recovery=recovery.time,
        latest_recovery_state=recovery.state,
        delayed_recipients=part_of(count, late),
        delayed_amount=part_of(amount, late),
        recipient_hours=None if count is None else count * sum(part * delay for part, delay in delays) / 60,
        over_max_delay=None if most is None else any(delay > most for _, delay in delays),
        held_up=tuple(dict.fromkeys(chain(*waited_for))),
        blocked_by=tuple(dict.fromkeys(cause for branch in branches for cause in branch.blocked_by)),
        branches=branches,
    )


def branch_impacts(plan: Plan, harm: Harm, end: int) -> tuple[list[Branch], tuple[BranchImpact, ...]]:
    """The branches of a run stage by stage, and each against its own plan."""
    run = harm.branches(plan)
    last = _last(plan, end)
    planned = [*(branch.completed or last for branch in plan.branches), *[last] * (len(run) - len(plan.branches))]
    pairs = zip(run, planned, strict=True)
    return run, tuple(BranchImpact(branch.bank, branch.share, due, branch.completed) for branch, due in pairs)


def _last(plan: Plan, end: int) -> int:
    return plan.planned if plan.planned is not None else end
