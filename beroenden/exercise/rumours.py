"""Wrong explanations that fit what players see: other outages that would give the same first signs."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from beroenden.consequences.outcome import Outcome
from beroenden.engine.compiled import compiled
from beroenden.engine.single import Levels, solve
from beroenden.exercise.exercise import Evidence, Inject
from beroenden.exercise.witness import Disclosure, Witness
from beroenden.model.scenario import Outage

_SAID_OF = ("supplier", "infrastructure", "bank", "framework_bank", "system")
"""Kinds that rumours are about."""


def rumours(outcome: Outcome, witnesses: Sequence[tuple[str, Witness]], terms: Disclosure) -> Iterator[Inject]:
    """One wrong explanation for each player that has one, the same for as many as it fits; each is denied.

    It is of something that the player may know, whose house is unharmed all through and does not play, and whose outage would
    have harmed what the player noticed first. It goes round once some player has noticed something, and all who have by then
    hear it and its denial at one time. What few can see for themselves is blamed before what all can.
    """
    players = {actor for actor, _ in witnesses}
    fitting = {actor: _fitting(outcome, players, witness) for actor, witness in witnesses}
    spread = Counter(one for found in fitting.values() for one in found)
    order = {
        one: (outcome.network.entity[one].kind == "infrastructure", -count, place)
        for place, (one, count) in enumerate(spread.items())
    }
    chosen = {actor: min(found, key=lambda one: order[one]) for actor, found in fitting.items() if found}
    known = dict(witnesses)
    for wrong in dict.fromkeys(chosen.values()):
        fitted = {actor: known[actor].first_sign or outcome.end for actor, one in chosen.items() if one == wrong}
        at = min(fitted.values()) + max(1, terms.rumour)
        for actor in (actor for actor, first_sign in fitted.items() if first_sign < at):
            subject = _subject(outcome, known[actor].noticed[0])
            nearest = next(one for one in subject if wrong in outcome.network.upstream((one,)))
            path = tuple(dict.fromkeys((nearest, wrong)))
            rumour = Evidence("rumour", at, (wrong,), path=path)
            denial = replace(rumour, event="denial", at=at + terms.denial)
            yield from (known[actor].inject(one, one.at) for one in (rumour, denial) if one.at < outcome.end)


def _fitting(outcome: Outcome, players: Set[str], witness: Witness) -> list[str]:
    """What could be wrongly blamed, nearest first; nothing of another player's, who would know better."""
    if not witness.noticed:
        return []
    network = outcome.network
    subject = _subject(outcome, witness.noticed[0])
    harmed = {network.actor_of(one.entity.id) for one in outcome.entities}
    return [
        one
        for one in _nearest_first(outcome, subject)
        if network.entity[one].kind in _SAID_OF
        and network.actor_of(one) not in players | harmed
        and witness.wording.may_name(one)
        and _would_harm(outcome, one, subject)
    ]


def _subject(outcome: Outcome, sign: Evidence) -> tuple[str, ...]:
    """The entity that a sign is about; for a payment, what its stage needs."""
    if sign.entities and sign.event in ("level", "supply", "reserve"):
        return sign.entities[:1]
    network = outcome.network
    payment = network.payment[sign.payments[0][0]]
    stages = [stage for stage in payment.stages if stage.id == sign.stage] or list(payment.stages)
    return tuple(dict.fromkeys(one for stage in stages for one in network.stage_providers(payment, stage)))


def _nearest_first(outcome: Outcome, subject: Sequence[str]) -> list[str]:
    """Everything that some entities need, those that they need directly first."""
    found = dict.fromkeys(subject)
    for one in (waiting := list(found)):
        for need in outcome.network.entity[one].needs:
            for provider in need.providers:
                if provider not in found:
                    found[provider] = None
                    waiting.append(provider)
    return list(found)


def _would_harm(outcome: Outcome, one: str, subject: Sequence[str]) -> bool:
    """Whether its outage, as long as those of the scenario, would harm or wear down one of the subjects."""
    end = max((outage.end or outcome.end for outage in outcome.outages), default=outcome.end)
    net = compiled(outcome.network)
    levels = solve(net, [Outage(outcome.start, end, one)], (), outcome.end)
    return any(_is_touched(outcome, levels, entity) for entity in subject)


def _is_touched(outcome: Outcome, levels: Levels, entity: str) -> bool:
    if levels.of(entity).times:
        return True
    needs = outcome.network.entity[entity].needs
    return any(levels.of(provider).times for need in needs for provider in need.providers)
