"""Gaps between who needs and who delivers: expectation, tolerance, capability and level.

Who needs, C, and who delivers, P, with C's need of P:

- expectation: P's recovery time (rto) is longer than C counts on (expects);
- tolerance: P's rto + C's restart > C's acceptable outage (mtpd) + C's endurance; of a stage of a payment the tolerable
  delay (max_delay) stands for the acceptable outage. Cut-offs and payment dates are not in this: the simulation has them;
- capability: what P has shown in test (rta) is longer than its rto; untested, where it has shown nothing or long ago;
- level: a recovery time holds for the least acceptable level (ISO 22301: resumed at a specified minimum capacity). The
  model has one such level (mbco) for each entity, so it is read from both sides: what P promises to be back at within its
  rto, and what C itself has to reach. C reaches floor + (1 − floor)·P's level, and of a split load P's share of that.

A need that is met without P, since enough others are left, has no gap towards P. Where P may not be named nothing is checked,
but C is asked for what it can answer.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from beroenden.analysis.gaps.gap import Asked, Gap, Kind, Tally
from beroenden.analysis.gaps.ground import Ground, Use, full_endurance
from beroenden.model.entities import Entity

_SAME = 1e-9


def expectations(ground: Ground) -> Tally:
    """Where who needs counts on a shorter time than is promised."""
    tally = Tally("expectation")
    for use in _alone(ground.uses):
        provider = ground.network.entity[use.provider]
        known = tally.known(
            _expected(ground, use),
            Asked(ground.actor_of(use.provider), "rto", provider.rto),
        )
        if known and known[1] > known[0]:
            tally.gaps.append(
                _gap(ground, "expectation", use, known[1] - known[0], {"expects": known[0], "rto": known[1]})
            )
    for use in _alone(ground.unnamed):
        tally.ask(_expected(ground, use))
    return tally


def tolerances(ground: Ground) -> Tally:
    """Where who needs cannot bear the promised time."""
    tally = Tally("tolerance")
    for use in _alone(ground.uses):
        known = tally.known(
            *_borne(ground, use),
            Asked(ground.actor_of(use.provider), "rto", ground.network.entity[use.provider].rto),
        )
        if known is None:
            continue
        bears, endurance, rto = known
        over = rto + use.need.restart - (bears + endurance)
        if over > 0:
            name = "mtpd" if use.stage is None else "max_delay"
            figures = {name: bears, "endurance": endurance, "rto": rto, "restart": use.need.restart}
            tally.gaps.append(_gap(ground, "tolerance", use, over, figures))
    for use in _alone(ground.unnamed):
        for one in _borne(ground, use):
            tally.ask(one)
    return tally


def capabilities(ground: Ground) -> Tally:
    """Where a test has shown a longer time than is promised."""
    tally = Tally("capability")
    for entity in _needed(ground):
        actor = ground.actor_of(entity.id)
        known = tally.known(Asked(actor, "rto", entity.rto), Asked(actor, "rta", entity.rta))
        if known and known[1] > known[0]:
            figures = {"rto": known[0], "rta": known[1], "tested": entity.rta_tested}
            tally.gaps.append(_own(ground, "capability", entity, known[1] - known[0], figures))
    return tally


def untested(ground: Ground) -> Tally:
    """Where a promised time was not shown in a test, or too long ago; the size is 0."""
    tally = Tally("untested")
    for entity in _needed(ground):
        known = tally.known(Asked(ground.actor_of(entity.id), "rto", entity.rto))
        if known is None:
            continue
        tested = entity.rta_tested
        if entity.rta is None or tested is None or ground.is_old(tested):
            figures = {"rto": entity.rto, "rta": entity.rta, "tested": tested}
            tally.gaps.append(_own(ground, "untested", entity, 0, figures))
    return tally


def levels(ground: Ground) -> Tally:
    """Where the level that is promised does not let who needs it reach its own least acceptable level."""
    tally = Tally("level")
    for use in _alone(ground.uses):
        if use.stage is not None:
            continue
        provider = ground.network.entity[use.provider]
        known = tally.known(
            _least(ground, use),
            Asked(ground.actor_of(use.provider), "mbco_promised", provider.mbco),
        )
        if known is None:
            continue
        supply = 1 - use.share * (1 - known[1])
        reached = use.need.floor + (1 - use.need.floor) * supply
        if known[0] - reached > _SAME:
            figures = {"wanted": known[0], "promised": known[1], "reached": reached}
            tally.gaps.append(_gap(ground, "level", use, known[0] - reached, figures))
    for use in _alone(ground.unnamed):
        if use.stage is None:
            tally.ask(_least(ground, use))
    return tally


def _alone(uses: Iterable[Use]) -> Iterator[Use]:
    return (use for use in uses if use.is_alone)


def _expected(ground: Ground, use: Use) -> Asked:
    """What who needs counts on."""
    return Asked(ground.actor_of(use.consumer), "expects", use.need.expects)


def _borne(ground: Ground, use: Use) -> tuple[Asked, Asked]:
    """What who needs bears, and how long it manages without."""
    actor = ground.actor_of(use.consumer)
    if use.stage is None:
        borne = Asked(actor, "mtpd", ground.network.entity[use.consumer].mtpd)
    else:
        borne = Asked(actor, "max_delay", ground.network.payment[use.consumer].max_delay)
    return borne, Asked(actor, "endurance", full_endurance(use.need))


def _least(ground: Ground, use: Use) -> Asked:
    """What who needs has to reach itself."""
    return Asked(ground.actor_of(use.consumer), "mbco", ground.network.entity[use.consumer].mbco)


def _needed(ground: Ground) -> Iterator[Entity]:
    """Entities that somebody needs; what nobody waits for has promised nobody anything."""
    needed = {use.provider for use in ground.uses}
    return (entity for entity in ground.asked if entity.id in needed)


def _gap(ground: Ground, kind: Kind, use: Use, size: float, figures: dict[str, Any]) -> Gap:
    return Gap(
        kind=kind,
        about=(use.consumer, use.provider),
        actors=ground.actors_of(use.consumer, use.provider),
        figures={**figures, "share": use.share},
        payments=ground.rests_on(use.consumer),
        size=size,
        tlp=ground.label(use.consumer, use.provider, use=use),
        stage=use.stage,
    )


def _own(ground: Ground, kind: Kind, entity: Entity, size: float, figures: dict[str, Any]) -> Gap:
    return Gap(
        kind=kind,
        about=(entity.id,),
        actors=ground.actors_of(entity.id),
        figures=figures,
        payments=ground.rests_on(entity.id),
        size=size,
        tlp=ground.label(entity.id),
    )
