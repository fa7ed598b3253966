"""Which stages of an actor's payments live on fallback routines, and the model without them."""

from dataclasses import replace

from beroenden.analysis.words import endurance_words
from beroenden.consequences.outcome import Outcome
from beroenden.incident.lagesbild.actors import own_runs
from beroenden.model.network import Network

Place = tuple[str, int, int]
"""A payment, the number of a stage of it, and of a need of that."""


def enduring_stages(outcome: Outcome, actor: str) -> dict[tuple[str, str, tuple[str, ...]], list[Place]]:
    """(stage, how long in words, providers) -> the needs of the actor's payments that endure so without what has failed."""
    network, found = outcome.network, dict[tuple[str, str, tuple[str, ...]], list[Place]]()
    hidden = network.withheld | outcome.scenario.withheld
    payments = {run.run.payment.id: run.run.payment for run in own_runs(outcome, actor)}
    for payment in payments.values():
        for place, stage in enumerate(payment.stages):
            for index, need in enumerate(stage.needs):
                endures = any(step.minutes for step in need.endurance or ())
                keys = {payment.id, (payment.id, place), (payment.id, place, index), *need.providers}
                has_failed = any(outcome.levels.of(one).times for one in need.providers)
                if endures and has_failed and not hidden & keys:
                    how_long = endurance_words(need)
                    found.setdefault((stage.name, how_long, need.providers), []).append((payment.id, place, index))
    return found


def without_fallback(network: Network, places: list[Place]) -> Network:
    """The model with no endurance of some needs of stages."""
    payments = dict(network.payment)
    for one, place, index in places:
        stages = list(payments[one].stages)
        needs = list(stages[place].needs)
        needs[index] = replace(needs[index], endurance=None)
        stages[place] = replace(stages[place], needs=tuple(needs))
        payments[one] = replace(payments[one], stages=tuple(stages))
    return replace(network, payments=tuple(payments[one.id] for one in network.payments), hash="")
