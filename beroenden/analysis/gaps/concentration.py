"""How much rests on one actor: payments, payouts and kronor, by the capacity lost when all that it answers for is gone for good.

Gone for good, so endurance does not help, but what remains for ever without supply (floor) and other providers do. An
entity's level is then the least over its needs of floor + (1 − floor)·supply, the greatest levels that agree with each
other. A payment rests on the actor by the share of its capacity that is lost, over its recipients; what is left may still
be enough for all of it, in time or later. A mean month is a twelfth of the payments of the twelve months from the day the
model is looked at. Payments of the actor itself are not counted.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

from beroenden.analysis.gaps.gap import Gap, Tally
from beroenden.analysis.gaps.ground import Ground
from beroenden.consequences.dates import payment_dates
from beroenden.model.entities import Need
from beroenden.model.labels import strictest
from beroenden.model.network import Network
from beroenden.model.payments import Payment

_SAME = 1e-9
FEWEST = 2
"""Payments from which on it is a concentration."""


def concentration(ground: Ground) -> Tally:
    """Actors on which payments of others rest, by kronor a month."""
    tally, network = Tally("concentration"), ground.network
    runs = {payment: _runs_a_month(network.payment[payment], ground.today) for payment in ground.payments}
    owned: dict[str, list[str]] = {}
    for entity in ground.asked:
        owned.setdefault(ground.actor_of(entity.id) or entity.id, []).append(entity.id)
    for actor, entities in owned.items():
        if not ground.is_shared(actor):
            continue
        levels = lasting_levels(network, entities)
        lost = {
            one: part
            for one in ground.payments
            if network.payment[one].payer != actor and (part := lost_part(network, network.payment[one], levels)) > 0
        }
        tally.count((actor, *ground.actors_of(*lost)))
        if len(lost) >= FEWEST:
            tally.gaps.append(_gap(ground, actor, entities, _Rests(network, lost, runs)))
    return tally


@dataclass(frozen=True)
class _Rests:
    """What rests on an actor: the lost part of each payment, and the payments' runs a month."""

    network: Network
    lost: dict[str, float]
    runs: dict[str, float]

    def a_month(self, field: str) -> float:
        sizes = {one: getattr(self.network.payment[one], field) or 0 for one in self.lost}
        return sum(sizes[one] * part * self.runs[one] for one, part in self.lost.items())

    def lacking(self, field: str) -> list[str]:
        return [one for one in self.lost if getattr(self.network.payment[one], field) is None]

    def directly(self, entities: list[str]) -> list[str]:
        payments = (self.network.payment[one] for one in self.lost)
        return [payment.id for payment in payments if _needs_directly(self.network, payment, {*entities})]


def _gap(ground: Ground, actor: str, entities: list[str], rests: _Rests) -> Gap:
    amount = rests.a_month("amount")
    payers = ground.actors_of(*rests.lost)
    figures = {
        "payments": len(rests.lost),
        "directly": len(rests.directly(entities)),
        "payouts_a_month": rests.a_month("count"),
        "amount_a_month": amount,
        "count_unknown": rests.lacking("count"),
        "amount_unknown": rests.lacking("amount"),
        "parts": dict(rests.lost),
    }
    return Gap(
        kind="concentration",
        about=(actor,),
        actors=tuple(dict.fromkeys((*ground.actors_of(actor), *payers))),
        figures=figures,
        payments=tuple(rests.lost),
        size=amount,
        tlp=reduce(strictest, (ground.label(one) for one in (*entities, *rests.lost)), ground.label(actor)),
    )


def _runs_a_month(payment: Payment, today: date) -> float:
    last = date.fromordinal(today.toordinal() + 364)
    return len(payment_dates(payment, today, last)) / 12


def _needs_directly(network: Network, payment: Payment, entities: set[str]) -> bool:
    return any(not entities.isdisjoint(network.stage_providers(payment, stage)) for stage in payment.stages)


def lasting_levels(network: Network, gone: list[str]) -> dict[str, float]:
    """The levels below 1 that are left when some entities are gone for good."""
    levels = dict.fromkeys(gone, 0.0)
    waiting = deque(gone)
    while waiting:
        for consumer, _, _ in network.consumers[waiting.popleft()]:
            level = min((_met(need, levels) for need in consumer.needs), default=1.0)
            if level < levels.get(consumer.id, 1.0) - _SAME:
                levels[consumer.id] = level
                waiting.append(consumer.id)
    return levels


def _met(need: Need, levels: Mapping[str, float]) -> float:
    supplies = [levels.get(provider, 1.0) for provider in need.providers]
    if need.form == "shares":
        supply = sum(share * level for share, level in zip(need.shares, supplies, strict=True))
    elif need.form == "any_of":
        supply = sorted(supplies, reverse=True)[need.at_least - 1]
    else:
        supply = supplies[0]
    return need.floor + (1 - need.floor) * supply


def lost_part(network: Network, payment: Payment, levels: Mapping[str, float]) -> float:
    """The part of a payment's capacity that is lost at some levels, 0..1: of each recipient's bank by its own stages."""
    lost = 0.0
    for bank, share in network.accounts_of(payment):
        passes = 1.0
        for stage in payment.stages:
            if stage.interbank and bank is not None and bank == payment.paying_bank:
                continue
            met = [_met(need, levels) for need in stage.needs]
            if stage.at_recipient_bank and bank is not None:
                met.append(levels.get(bank, 1.0))
            passes = min([passes, *met])
        lost += share * (1 - passes)
    return lost if lost > _SAME else 0.0
