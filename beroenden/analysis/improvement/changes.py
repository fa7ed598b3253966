"""Single changes that could be made to what a model describes; each makes a new network or scenario."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from beroenden.analysis.risk.failures import FailureRate, failure_rate
from beroenden.analysis.words import endurance_words
from beroenden.consequences.runs import share_plans
from beroenden.language import say
from beroenden.model.entities import Entity, Failure, Length, LogNormal, Need, Pert
from beroenden.model.network import Network
from beroenden.model.payments import Opens, Payment, Stage
from beroenden.model.scenario import Scenario
from beroenden.units.durations import DAY, HOUR, duration_in_words
from beroenden.units.times import clock_text

Kind = Literal[
    "second_provider",
    "second_provider_everywhere",
    "double_endurance",
    "half_restart",
    "half_recovery",
    "earlier_file",
    "later_cutoff",
    "extra_release",
]
RESERVE = "~reserve"
"""The provider of which nothing is known but that it never fails; no id of a model can begin so."""
LATER = HOUR
"""By how much a cut-off is put off."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes:
        place: The entity whose need or recovery it is, or that has one reserve in all who need it; or the payment whose stage
            it is.
        index: Of the need; of the stage; None for a recovery, and for one reserve everywhere.
        need: Of a stage: the index of its need; None where it is the stage itself.
        release: The minute of day that is added.
    """

    kind: Kind
    place: str
    index: int | None = None
    need: int | None = None
    release: int | None = None


def changed(network: Network, scenario: Scenario, change: Change) -> tuple[Network, Scenario]:
    """The network and the scenario with one change made.

    What fails is recovered in half the time whether that is a scenario's outage or what the failure data say.
    """
    if change.kind == "half_recovery":
        entity = network.entity[change.place]
        return _replaced(network, entities=[_failing_shorter(entity)], with_reserve=False), _recovered_sooner(
            scenario, change.place
        )
    if change.kind == "second_provider_everywhere":
        return _with_reserve_everywhere(network, change.place), scenario
    if change.place in network.entity:
        return _with_need(network, network.entity[change.place], change), scenario
    return _with_stage(network, network.payment[change.place], change), scenario


def _recovered_sooner(scenario: Scenario, entity: str) -> Scenario:
    outages = tuple(
        replace(one, end=one.start + (one.end - one.start) // 2) if one.entity == entity and one.end else one
        for one in scenario.outages
    )
    return replace(scenario, outages=outages)


def _failing_shorter(entity: Entity) -> Entity:
    """The same failures, each half as long: an unavailability alone would make them twice as many."""
    rate = failure_rate(entity)
    if not isinstance(rate, FailureRate):
        return entity
    return replace(entity, failure=Failure(per_year=rate.per_year, duration=_half(rate.length)))


def _half(length: int | Length) -> int | Length:
    """Half a length; at least a minute, and one length where halves of a few minutes leave no width."""
    if isinstance(length, Pert):
        least, most = length.min // 2, length.max // 2
        return Pert(least, length.mode // 2, most) if least < most else max(1, most)
    if isinstance(length, LogNormal):
        median = max(1, length.p50 // 2)
        return LogNormal(median, max(median, length.p90 // 2))
    return max(1, length // 2)


def _with_need(network: Network, entity: Entity, change: Change) -> Network:
    needs = tuple(_better(need, change) if at == change.index else need for at, need in enumerate(entity.needs))
    return _replaced(network, entities=[replace(entity, needs=needs)], with_reserve=change.kind == "second_provider")


def _with_stage(network: Network, payment: Payment, change: Change) -> Network:
    stages = tuple(
        _better_stage(stage, change) if at == change.index else stage for at, stage in enumerate(payment.stages)
    )
    with_reserve = change.kind == "second_provider"
    return _replaced(network, payments=[replace(payment, stages=stages)], with_reserve=with_reserve)


def _with_reserve_everywhere(network: Network, provider: str) -> Network:
    """The network in which all who need a provider have one and the same reserve for it."""

    def better(needs: tuple[Need, ...]) -> tuple[Need, ...]:
        return tuple(_with_second(need) if _is_met_by(need, provider) else need for need in needs)

    needing = set(_places(network, provider))
    entities = [replace(one, needs=better(one.needs)) for one in network.entities if one.id in needing]
    payments = [
        replace(one, stages=tuple(replace(stage, needs=better(stage.needs)) for stage in one.stages))
        for one in network.payments
        if one.id in needing
    ]
    return _replaced(network, entities, payments, with_reserve=True)


def _replaced(
    network: Network, entities: Iterable[Entity] = (), payments: Iterable[Payment] = (), *, with_reserve: bool
) -> Network:
    new_entities = {one.id: one for one in entities}
    new_payments = {one.id: one for one in payments}
    reserve = (Entity(RESERVE, RESERVE, "supplier"),) if with_reserve else ()
    made = replace(
        network,
        entities=(*(new_entities.get(one.id, one) for one in network.entities), *reserve),
        payments=tuple(new_payments.get(one.id, one) for one in network.payments),
        hash="",
    )
    share_plans(made, network)
    return made


def _better(need: Need, change: Change) -> Need:
    if change.kind == "second_provider":
        return _with_second(need)
    if change.kind == "half_restart":
        return replace(need, restart=need.restart // 2)
    steps = tuple(replace(step, minutes=2 * step.minutes) for step in need.endurance or ())
    return replace(need, endurance=steps)


def _with_second(need: Need) -> Need:
    return replace(need, form="any_of", providers=(*need.providers, RESERVE), at_least=need.at_least, shares=())


def _better_stage(stage: Stage, change: Change) -> Stage:
    if change.need is not None:
        needs = tuple(_better(need, change) if at == change.need else need for at, need in enumerate(stage.needs))
        return replace(stage, needs=needs)
    if change.kind == "earlier_file" and stage.opens is not None:
        return replace(stage, opens=_day_before(stage.opens))
    if change.kind == "later_cutoff" and stage.cutoff is not None:
        return replace(stage, cutoff=stage.cutoff + LATER)
    if change.release is not None:
        return replace(stage, release=tuple(sorted((*stage.release, change.release))))
    return stage


def _day_before(opens: Opens) -> Opens:
    if opens.bank_days is not None:
        return replace(opens, bank_days=opens.bank_days - 1)
    return replace(opens, days=(opens.days or 0) - 1)


# ---- what could be changed ----


def need_of(network: Network, change: Change) -> Need | None:
    """The need that a change is about; None where it is about something else."""
    if change.place in network.payment:
        stage = network.payment[change.place].stages[change.index or 0]
        return None if change.need is None else stage.needs[change.need]
    return None if change.index is None else network.entity[change.place].needs[change.index]


def _is_met_by(need: Need, provider: str) -> bool:
    """Whether a provider meets a need in such a way that a reserve could do it too; a load that is split has no reserve."""
    return need.form != "shares" and provider in need.providers


def _places(network: Network, provider: str) -> list[str]:
    """Ids of the entities and payments that need a provider, once for each need that a reserve could meet too."""
    return [one for one, need in _needs(network, network.payments) if _is_met_by(need, provider)]


def _needs(network: Network, payments: Iterable[Payment]) -> Iterator[tuple[str, Need]]:
    for entity in network.entities:
        yield from ((entity.id, need) for need in entity.needs)
    for payment in payments:
        yield from ((payment.id, need) for stage in payment.stages for need in stage.needs)


def candidates(
    network: Network, failing: Iterable[str], harmed: frozenset[str], late: frozenset[str]
) -> Iterator[Change]:
    """Every single change that could matter: where something fails, what is needed is harmed, or a payment is late.

    Args:
        failing: Entities that fail for a time.
        harmed: Entities that are ever below 1.
        late: Payments of which a run is late.
    """
    for entity in dict.fromkeys(failing):
        yield Change("half_recovery", entity)
    for one in network.entities:
        for index, need in enumerate(one.needs):
            if not harmed.isdisjoint(need.providers):
                for kind in _for_need(need):
                    yield Change(kind, one.id, index)
    for payment in network.payments:
        if payment.id in late:
            yield from _for_payment(payment, harmed)
    yield from _everywhere(network, harmed, [payment for payment in network.payments if payment.id in late])


def _everywhere(network: Network, harmed: frozenset[str], late: list[Payment]) -> Iterator[Change]:
    """One reserve for what is harmed, where several needs could have it."""
    places = Counter(
        provider for _, need in _needs(network, late) if need.form != "shares" for provider in {*need.providers}
    )
    for entity in network.entities:
        if entity.id in harmed and places[entity.id] > 1:
            yield Change("second_provider_everywhere", entity.id)


def _for_need(need: Need) -> Iterator[Kind]:
    if need.form != "shares":
        yield "second_provider"
    if any(step.minutes for step in need.endurance or ()):
        yield "double_endurance"
    if need.restart > 1:
        yield "half_restart"


def _for_payment(payment: Payment, harmed: frozenset[str]) -> Iterator[Change]:
    for index, stage in enumerate(payment.stages):
        for at, need in enumerate(stage.needs):
            if not harmed.isdisjoint(need.providers):
                for kind in _for_need(need):
                    yield Change(kind, payment.id, index, at)
        if index == 0 and stage.opens is not None:
            yield Change("earlier_file", payment.id, index)
        if stage.cutoff is not None and stage.cutoff + LATER < DAY:
            yield Change("later_cutoff", payment.id, index)
        if stage.release:
            hours = [minute for minute in range(0, DAY, HOUR) if minute not in stage.release]
            yield from (Change("extra_release", payment.id, index, release=minute) for minute in hours)


# ---- in words ----


def in_words(change: Change, network: Network) -> str:
    """What a change is, as one would propose it."""
    if change.kind == "half_recovery":
        name = network.called[change.place]
        return say(f"{name}: återställd på halva tiden", f"{name}: recovered in half the time")
    if change.kind == "second_provider_everywhere":
        return _everywhere_words(change.place, network)
    if change.place in network.entity:
        entity = network.entity[change.place]
        return f"{network.called[entity.id]}: {_need_words(entity.needs[change.index or 0], change, network)}"
    payment = network.payment[change.place]
    stage = payment.stages[change.index or 0]
    return f"{network.called[payment.id]}, {stage.name}: {_stage_words(stage, change, network)}"


def _everywhere_words(provider: str, network: Network) -> str:
    name, places = network.called[provider], len(_places(network, provider))
    banks = {bank for payment in network.payments for bank, _ in network.accounts_of(payment)}
    but = say(", men inte för mottagarnas konton", ", but not for recipients' accounts") if provider in banks else ""
    return say(
        f"En oberoende reserv för {name} överallt där det behövs ({places} ställen{but})",
        f"An independent reserve for {name} wherever it is needed ({places} places{but})",
    )


def _need_words(need: Need, change: Change, network: Network) -> str:
    provider = say(" eller ", " or ").join(network.called[one] for one in need.providers)
    if change.kind == "second_provider":
        return say(f"en oberoende reserv för {provider}", f"an independent reserve for {provider}")
    if change.kind == "half_restart":
        before, after = duration_in_words(need.restart), duration_in_words(need.restart // 2)
        return say(
            f"omstart efter {provider} på {after} i stället för {before}",
            f"restart after {provider} in {after} instead of {before}",
        )
    before, after = endurance_words(need), endurance_words(_better(need, change))
    if len(need.endurance or ()) == 1 and not need.floor:
        return say(
            f"uthållighet utan {provider} {after} i stället för {before}",
            f"endurance without {provider} {after} instead of {before}",
        )
    return say(
        f"dubbel uthållighet utan {provider}: {after}; i dag {before}",
        f"twice the endurance without {provider}: {after}; today {before}",
    )


def _stage_words(stage: Stage, change: Change, network: Network) -> str:
    if change.need is not None:
        return _need_words(stage.needs[change.need], change, network)
    if change.kind == "earlier_file":
        days = stage.opens is not None and stage.opens.bank_days is not None
        return say(
            f"påbörjas en {'bankdag' if days else 'dag'} tidigare", f"begins a {'bank day' if days else 'day'} earlier"
        )
    if change.kind == "later_cutoff":
        before, after = clock_text(stage.cutoff or 0), clock_text((stage.cutoff or 0) + LATER)
        return say(f"bryttid {after} i stället för {before}", f"cut-off {after} instead of {before}")
    return say(
        f"en körning till, kl. {clock_text(change.release or 0)}",
        f"one more release, at {clock_text(change.release or 0)}",
    )
