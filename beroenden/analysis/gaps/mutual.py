"""Mutual dependencies, and the order in which their members could be started again.

A member can start first when each of its needs within the dependency can be done without for a while (endurance at full
level), is met by providers outside or already started, or in part by such (of k of n, k of them). What is left over when
no more can start so is an open question to its owners: the model does not know who starts first.
"""

from collections.abc import Iterable
from typing import Any

from beroenden.analysis.gaps.gap import Gap, Tally
from beroenden.analysis.gaps.ground import Ground, full_endurance
from beroenden.model.entities import Need

Start = dict[str, Any]


def mutual(ground: Ground) -> Tally:
    """Each mutual dependency among what may be seen, with the order of a restart."""
    tally = Tally("mutual")
    for members in _components(ground):
        tally.count(ground.actors_of(*members))
        order, stuck = restart_order(ground, members)
        _, spent = restart_order(ground, members, is_spent=True)
        tally.gaps.append(
            Gap(
                kind="mutual",
                about=tuple(members),
                actors=ground.actors_of(*members),
                figures={"order": order, "open": stuck, "open_when_spent": spent},
                payments=ground.rests_on(*members),
                size=len(members),
                tlp=ground.label(*members),
            )
        )
    return tally


def _components(ground: Ground) -> list[list[str]]:
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_edges_from((use.consumer, use.provider) for use in ground.uses if use.stage is None)
    order = {entity.id: place for place, entity in enumerate(ground.entities)}
    found = [
        sorted(members, key=order.__getitem__)
        for members in networkx.strongly_connected_components(graph)
        if len(members) > 1 or any(graph.has_edge(one, one) for one in members)
    ]
    return sorted(found, key=lambda members: order[members[0]])


def restart_order(ground: Ground, members: Iterable[str], *, is_spent: bool = False) -> tuple[list[Start], list[str]]:
    """Rounds in which members can start, and those of which the model does not know how.

    Args:
        ground: The model.
        members: Ids of those that need each other.
        is_spent: Whether all endurance has run out.

    Returns:
        Starts in order: entity, round (from 1), and what each leans on, `endurance` in minutes (the least that it must
        manage on) or None where it needs none; and the ids of the others.
    """
    left, started, order = list(members), set[str](), list[Start]()
    inside, turn = frozenset(left), 0
    while left:
        turn += 1
        leaning = {one: _leans(ground, one, inside - started, is_spent=is_spent) for one in left}
        able = {one: leans for one, leans in leaning.items() if leans is not None}
        if not able:
            break
        order += [{"entity": one, "round": turn, "endurance": leans or None} for one, leans in able.items()]
        started |= {*able}
        left = [one for one in left if one not in able]
    return order, left


def _leans(ground: Ground, one: str, missing: frozenset[str], *, is_spent: bool) -> int | None:
    """The least endurance that an entity would live on if it started now; 0 for none, None where it cannot start."""
    needs = [need for index, need in enumerate(ground.network.entity[one].needs) if ground.is_shared((one, index))]
    lacking = [need for need in needs if not _is_met(need, missing)]
    lasts = [full_endurance(need) or 0 for need in lacking]
    if not lacking:
        return 0
    return None if is_spent else min(lasts) or None


def _is_met(need: Need, missing: frozenset[str]) -> bool:
    there = sum(provider not in missing for provider in need.providers)
    return there >= (need.at_least if need.form == "any_of" else len(need.providers))
