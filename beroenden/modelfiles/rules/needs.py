"""What holds of needs and recovery: values against each other, and what rests on what. One rule, one function, one code."""

from datetime import date
from itertools import pairwise

from beroenden.language import say
from beroenden.model.entities import Entity
from beroenden.modelfiles.schema import Draft
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import number

_SUM_TOLERANCE = 1e-6


def shares_sum_to_one(draft: Draft, today: date) -> None:
    """Shares of a need and of accounts sum to 1."""
    given = [(need.shares, place / "shares") for need, place in draft.needs() if need.shares]
    given += [
        (tuple(share for _, share in payment.accounts), place / "accounts")
        for payment, place in draft.payments
        if payment.accounts
    ]
    if draft.model_place and draft.model.get("accounts"):
        given.append((tuple(share for _, share in draft.model["accounts"]), draft.model_place / "accounts"))
    for shares, place in given:
        if abs(sum(shares) - 1) > _SUM_TOLERANCE:
            total = number(sum(shares), 6)
            place.error(
                "B401",
                say(f"andelarna ska summera till 1, men blir {total}", f"the shares should sum to 1 but make {total}"),
            )


def at_least_is_within_the_providers(draft: Draft, today: date) -> None:
    """`at_least` is from 1 to the number of providers."""
    for need, place in draft.needs():
        count = len(need.providers)
        if need.form == "any_of" and count and not 1 <= need.at_least <= count:
            (place / "at_least").error("B402", say(f"ska vara från 1 till {count}", f"should be from 1 to {count}"))


def endurance_steps_rise_in_time(draft: Draft, today: date) -> None:
    """Steps of an endurance come later and later."""
    for need, place in draft.needs():
        for index, (before, after) in enumerate(pairwise(need.endurance or ()), 1):
            if after.minutes <= before.minutes:
                (place / "endurance" / index / 0).error(
                    "B403", say("stegen ska komma i tidsordning", "the steps should come later and later")
                )


def endurance_steps_fall_in_level(draft: Draft, today: date) -> None:
    """Steps of an endurance hold less and less."""
    for need, place in draft.needs():
        for index, (before, after) in enumerate(pairwise(need.endurance or ()), 1):
            if after.level >= before.level:
                (place / "endurance" / index / 1).error(
                    "B404", say("nivån ska sjunka från steg till steg", "the level should fall from step to step")
                )


def rto_is_within_mtpd(draft: Draft, today: date) -> None:
    """The promised recovery time is not longer than the tolerable outage."""
    for entity, place in draft.entities:
        if entity.rto is not None and entity.mtpd is not None and entity.rto > entity.mtpd:
            (place / "rto").warning(
                "B405",
                say(
                    f"återställningstiden (rto) {duration_in_words(entity.rto)} är längre än acceptabel avbrottstid "
                    f"(mtpd) {duration_in_words(entity.mtpd)}",
                    f"the recovery time (rto) {duration_in_words(entity.rto)} is longer than the tolerable outage "
                    f"(mtpd) {duration_in_words(entity.mtpd)}",
                ),
            )


def rta_is_within_rto(draft: Draft, today: date) -> None:
    """The recovery time shown in test is not longer than the promised one."""
    for entity, place in draft.entities:
        if entity.rta is not None and entity.rto is not None and entity.rta > entity.rto:
            (place / "rta").warning(
                "B406",
                say(
                    f"visad återställningstid (rta) {duration_in_words(entity.rta)} är längre än den utlovade "
                    f"(rto) {duration_in_words(entity.rto)}",
                    f"the recovery time shown in test (rta) {duration_in_words(entity.rta)} is longer than the promised one "
                    f"(rto) {duration_in_words(entity.rto)}",
                ),
            )


def cycles_have_no_restart(draft: Draft, today: date) -> None:
    """Mutual dependencies with restart times are shown: somebody must know in which order to start by hand."""
    known = draft.entity_ids()
    places = {entity.id: place for entity, place in reversed(draft.entities)}
    order = {entity: index for index, entity in enumerate(known)}
    for component in _cyclic_components(known):
        members = sorted(component, key=order.__getitem__)
        inside = [
            (entity, index)
            for entity in members
            for index, need in enumerate(known[entity].needs)
            if need.restart and not component.isdisjoint(need.providers)
        ]
        if inside:
            entity, index = inside[0]
            names = ", ".join(members)
            (places[entity] / "needs" / index / "restart").warning(
                "B408",
                say(
                    f"ömsesidigt beroende med omstartstider: {names}. I vilken ordning startas de för hand?",
                    f"mutual dependency with restart times: {names}. In which order are they started by hand?",
                ),
            )


def _cyclic_components(known: dict[str, Entity]) -> list[set[str]]:
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(known)
    for entity in known.values():
        graph.add_edges_from(
            (entity.id, provider) for need in entity.needs for provider in need.providers if provider in known
        )
    found = networkx.strongly_connected_components(graph)
    order = {entity: index for index, entity in enumerate(known)}
    cyclic = [part for part in found if len(part) > 1 or graph.has_edge(*(next(iter(part)),) * 2)]
    return sorted(cyclic, key=lambda part: min(order[entity] for entity in part))


def endurance_on_payment_chains_is_known(draft: Draft, today: date) -> None:
    """Each need that lies on a payment chain says how long one does without."""
    known = draft.entity_ids()
    on_chain = _chain(draft, known)
    given = [
        (need, place / "needs" / index)
        for entity, place in draft.entities
        if entity.id in on_chain
        for index, need in enumerate(entity.needs)
    ]
    given += [
        (need, place / "needs" / index) for _, stage, place in draft.stages() for index, need in enumerate(stage.needs)
    ]
    for need, place in given:
        if need.endurance is None and need.providers:
            place.info(
                "B602",
                say(
                    f"okänd uthållighet utan {' / '.join(need.providers)}: räknas som 0",
                    f"unknown endurance without {' / '.join(need.providers)}: counts as 0",
                ),
            )


def _chain(draft: Draft, known: dict[str, Entity]) -> set[str]:
    """Everything that some stage needs, directly or through others."""
    waiting = [provider for _, stage, _ in draft.stages() for need in stage.needs for provider in need.providers]
    for payment, stage, _ in draft.stages():
        if stage.at_recipient_bank:
            waiting += [bank for bank, _ in payment.accounts or draft.model.get("accounts", ())]
    found: set[str] = set()
    while waiting:
        entity = waiting.pop()
        if entity in known and entity not in found:
            found.add(entity)
            waiting += [provider for need in known[entity].needs for provider in need.providers]
    return found
