"""What is doubtful on the payment chains: endurances that are unknown, or of low confidence."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from beroenden.engine.compiled import Compiled
from beroenden.model.entities import Entity, Need, Step
from beroenden.model.network import Network
from beroenden.model.payments import Payment, with_a_recipient
from beroenden.units.durations import DAY

TRIED = DAY
"""What an unknown endurance is tried as, besides 0."""
HALF, DOUBLE = 0.5, 2.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A need whose endurance is doubtful.

    Attributes:
        consumer: Id of the entity or payment.
        stage: Index of the payment's stage; None for an entity.
        index: Of the need.
        actor: Who can answer: the consumer's owner, or the payer.
        is_unknown: Whether nothing is registered; else what is registered has low confidence.
    """

    consumer: str
    stage: int | None
    index: int
    actor: str
    need: Need
    is_unknown: bool

    @property
    def factors(self) -> tuple[float, ...]:
        """What the tried endurance is multiplied by, besides `now`."""
        return (1.0,) if self.is_unknown else (HALF, DOUBLE)

    @property
    def now(self) -> float:
        """What it is multiplied by as the model stands."""
        return 0.0 if self.is_unknown else 1.0

    def number(self, net: Compiled) -> int:
        """The number of the need among the columns."""
        if self.stage is None:
            return net.need_start[net.number[self.consumer]] + self.index
        return net.stage_need[self.consumer, self.stage] + self.index


def doubts(network: Network) -> list[Doubt]:
    """All doubts on payment chains: where an answer could change when somebody is paid."""
    stages = [(payment, stage) for payment in network.payments for stage in payment.stages]
    on_chains = network.upstream(one for payment, stage in stages for one in network.stage_providers(payment, stage))
    entities = (entity for entity in network.entities if entity.id in on_chains and entity.kind != "citizens")
    return [*_of_entities(network, entities), *_of_payments(network)]


def _of_entities(network: Network, entities: Iterator[Entity]) -> Iterator[Doubt]:
    for entity in entities:
        for index, need in enumerate(entity.needs):
            confidence = need.provenance.confidence or entity.provenance.confidence
            if _is_doubtful(need, confidence):
                yield Doubt(entity.id, None, index, network.actor_of(entity.id), need, need.endurance is None)


def _of_payments(network: Network) -> Iterator[Doubt]:
    for payment in network.payments:
        for place, stage in enumerate(payment.stages):
            for index, need in enumerate(stage.needs):
                confidence = need.provenance.confidence or stage.provenance.confidence or payment.provenance.confidence
                if _is_doubtful(need, confidence):
                    yield Doubt(payment.id, place, index, payment.payer, need, need.endurance is None)


def _is_doubtful(need: Need, confidence: str | None) -> bool:
    """Half or double of no endurance is none: what is immediate by nature is not asked about."""
    if need.endurance is None:
        return True
    return confidence == "low" and any(step.minutes for step in need.endurance)


def with_tried(network: Network) -> Network:
    """The model in which each unknown endurance is the one that is tried, so that 0 times it is as the model stands.

    A payment of unknown count has one recipient in it, so that its recipient-hours are the hours that it comes late.
    """
    entities = tuple(replace(entity, needs=tuple(map(_tried, entity.needs))) for entity in network.entities)
    return replace(network, entities=entities, payments=tuple(map(_with_tried, network.payments)), hash="")


def _with_tried(payment: Payment) -> Payment:
    stages = (replace(stage, needs=tuple(map(_tried, stage.needs))) for stage in payment.stages)
    return replace(with_a_recipient(payment), stages=tuple(stages))


def _tried(need: Need) -> Need:
    return need if need.endurance is not None else replace(need, endurance=(Step(TRIED, 1.0),))
