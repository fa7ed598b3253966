"""Where the map itself needs its owners: what only one side has told, what nobody answers for, what is old.

One-sided, A needs B and B does not know of it. From one model this much can be known:

- nobody on B's side has said anything: B has neither a recovery time (promised or shown) nor a day of verification; or
- the need's own source names A, by name or id, and not B.

When answers of several actors are merged, a need's `source` names all who gave it, so one that both have told names both.
What neither names is not decided by its source. Initials and roles in a source are not recognised as an actor's name.
"""

import re
from collections.abc import Iterator

from beroenden.analysis.gaps.gap import Asked, Gap, Tally
from beroenden.analysis.gaps.ground import ACTORS, Ground, Use
from beroenden.model.entities import Entity
from beroenden.model.labels import strictest
from beroenden.model.names import spoken
from beroenden.model.network import CONTACT

_SHORTEST = 3


def one_sided(ground: Ground) -> Tally:
    """What one actor says that it needs of another, and the other has not confirmed; once for each two and what is needed."""
    tally, found = Tally("one_sided"), dict[tuple[str, str, str], list[Use]]()
    for use in ground.uses:
        consumer, provider = ground.actor_of(use.consumer), ground.actor_of(use.provider)
        if consumer is None or provider is None or consumer == provider:
            continue
        tally.count((consumer, provider))
        reason = _unanswered(ground, use, consumer, provider)
        if reason:
            found.setdefault((consumer, use.provider, reason), []).append(use)
    tally.gaps += [_unconfirmed(ground, uses, reason) for (_, _, reason), uses in found.items()]
    return tally


def _unconfirmed(ground: Ground, uses: list[Use], reason: str) -> Gap:
    """One gap of all in which an actor needs the same of another; the payments are those that rest on any of them."""
    first = uses[0]
    needing = dict.fromkeys((use.consumer, use.stage) for use in uses)
    return Gap(
        kind="one_sided",
        about=(first.consumer, first.provider),
        actors=ground.actors_of(first.consumer, first.provider),
        figures={"reason": reason, "others": [(one, _stage_id(ground, one, stage)) for one, stage in needing][1:]},
        payments=ground.rests_on(*(one for one, _ in needing)),
        size=0,
        tlp=strictest(*(ground.label(use.consumer, use.provider, use=use) for use in uses)),
        stage=first.stage,
    )


def _stage_id(ground: Ground, payment: str, stage: int | None) -> str | None:
    return None if stage is None else ground.network.payment[payment].stages[stage].id


def _unanswered(ground: Ground, use: Use, consumer: str, provider: str) -> str | None:
    delivers = ground.network.entity[use.provider]
    if delivers.rto is None and delivers.rta is None and delivers.provenance.verified is None:
        return "silent"
    source = (use.need.provenance.source or "").casefold()
    needing = [consumer] if use.stage is not None else [consumer, use.consumer]
    is_told = _names(ground, source, [provider, use.provider])
    return "source" if _names(ground, source, needing) and not is_told else None


def _names(ground: Ground, source: str, ids: list[str]) -> bool:
    entities = [ground.network.entity[one] for one in ids]
    words = {word.casefold() for entity in entities for word in (entity.id, entity.name, spoken(entity.name))}
    return any(len(word) >= _SHORTEST and re.search(rf"(?<!\w){re.escape(word)}", source) for word in words)


def responsibility(ground: Ground) -> Tally:
    """What two or more actors use and nobody is registered to answer for, or that has no function to turn to."""
    tally = Tally("responsibility")
    consumers: dict[str, list[str]] = {}
    for use in ground.uses:
        consumers.setdefault(use.provider, []).append(use.consumer)
    for entity in ground.asked:
        users = ground.actors_of(*consumers.get(entity.id, ()))
        if len(users) < 2:
            continue
        actors = tuple(dict.fromkeys((*ground.actors_of(entity.id), *users)))
        tally.count(actors)
        missing = list(_missing(ground, entity))
        if missing:
            tally.gaps.append(
                Gap(
                    kind="responsibility",
                    about=(entity.id,),
                    actors=actors,
                    figures={"missing": missing, "users": list(users)},
                    payments=ground.rests_on(entity.id),
                    size=len(users),
                    tlp=ground.label(entity.id, *users),
                )
            )
    return tally


def _missing(ground: Ground, entity: Entity) -> Iterator[str]:
    owner = entity.owner
    if owner is None and entity.kind not in ACTORS:
        yield "owner"
    hidden = {(entity.id, CONTACT), (owner, CONTACT)} & ground.network.withheld
    if ground.contact_of(entity.id) is None and not hidden and (owner is None or ground.is_shared(owner)):
        yield "contact"


def stale(ground: Ground) -> Tally:
    """What was last verified too long ago: entities, payments, and needs that have a day of their own."""
    tally, network = Tally("stale"), ground.network
    dated = [(entity.id, entity.provenance.verified) for entity in ground.entities]
    dated += [(payment, network.payment[payment].provenance.verified) for payment in ground.payments]
    for one, verified in dated:
        known = tally.known(Asked(ground.actor_of(one), "verified", verified))
        if known and ground.is_old(known[0]):
            days = (ground.today - known[0]).days
            figures = {"verified": known[0], "days": days}
            payments, label = ground.rests_on(one), ground.label(one)
            tally.gaps.append(Gap("stale", (one,), ground.actors_of(one), figures, payments, days, label))
    tally.gaps += _stale_needs(ground)
    return tally


def _stale_needs(ground: Ground) -> Iterator[Gap]:
    for use in ground.uses:
        verified = use.need.provenance.verified
        if verified is not None and ground.is_old(verified):
            about = (use.consumer, use.provider)
            days = (ground.today - verified).days
            figures = {"verified": verified, "days": days}
            actors, payments = ground.actors_of(use.consumer), ground.rests_on(use.consumer)
            yield Gap("stale", about, actors, figures, payments, days, ground.label(*about, use=use), use.stage)
