"""When a level is at most so high, as a function of which entities have failed for good.

After everything has run out, an endurance counts for nothing and a need gives floor + (1 - floor) * supply; the rest is
section "Outage semantics" of the design with constant levels. A level is a `Profile`: the values it can take, and for each
the failures with which it is no higher. Levels above what the question can tell apart (`ceilings`) are left out, so for
level 0, where only nothing counts, every profile has one value and the diagrams are those of a plain fault tree.
Members of a mutual dependency start from their own levels and come down until nothing moves: the greatest levels, that is
the least failure.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from beroenden.analysis.cutsets.diagram import Diagram, Function, same
from beroenden.engine.compiled import Compiled
from beroenden.engine.operators import level_near
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.model.entities import Entity, Need
from beroenden.model.network import Network

NEAR = 1e-9
"""Levels this close are the same to the question."""
_SAME = 1e-11
_DECIMALS = 12
MOST_LEVELS = 4096
"""More values than this of one level are refused."""
_MOST_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Profile:
    """The values of a level, rising, up to its ceiling, and for each the function "no higher than this"."""

    values: tuple[float, ...]
    no_higher: tuple[Function, ...]

    def up_to(self, value: float, never: Function) -> Function:
        """The function "no higher than a value"."""
        place = bisect_right(self.values, value + _SAME)
        return self.no_higher[place - 1] if place else never


class Structure:
    """The levels of all entities that some needs rest on, as far as a question about them goes.

    Args:
        network: The model.
        net: The same, compiled: for the order in which levels settle and the mutual dependencies.
        needs: What the question is about.
        level: The question: when is the signal of any of the needs at most this?
        fragile: Whether an entity can fail by itself.

    Attributes:
        alone: Entities that answer it by yes each by itself, all levels there being 0. In the diagrams they never fail:
            what is minimal among the others stays so, and the diagrams stay small.
    """

    def __init__(
        self, network: Network, net: Compiled, needs: Sequence[Need], level: float, fragile: Callable[[Entity], bool]
    ) -> None:
        self._network, self._net, self._needs, self._question = network, net, needs, level + NEAR
        self._ceiling: dict[str, float] = {}
        self._creeping: dict[int, bool] = {}
        self._set_ceilings()
        self._groups = self._in_order()
        self._fragile = {one for one in self._ceiling if fragile(network.entity[one])}
        self.alone = self._single_points()
        self._fragile -= set(self.alone)

    @property
    def providers(self) -> dict[str, list[str]]:
        """What each entity that counts needs of others that count, itself left out."""
        return {
            one: [
                provider for need in self._network.entity[one].needs for provider in need.providers if provider != one
            ]
            for one in self._ceiling
        }

    def function(self, diagram: Diagram) -> Function:
        """The failures with which the question is answered by yes."""
        profiles: dict[str, Profile] = {}
        for members in self._groups:
            self._settle(members, profiles, diagram)
        met = [self._signal(need, profiles, diagram, self._question) for need in self._needs]
        return diagram.any_of(one.up_to(self._question, diagram.never) for one in met)

    def _set_ceilings(self) -> None:
        """How high a level can be and still matter: from the consumers to what they need."""
        waiting: list[tuple[int, str]] = []
        for need in self._needs:
            self._raise_providers(need, self._question, waiting)
        while waiting:
            _, one = heappop(waiting)
            for need in self._network.entity[one].needs:
                self._raise_providers(need, self._ceiling[one], waiting)

    def _raise_providers(self, need: Need, ceiling: float, waiting: list[tuple[int, str]]) -> None:
        for provider, ceiling_there in _ceilings(need, ceiling):
            height = 1.0 if self._averages(provider) else min(1.0, ceiling_there)
            if height > self._ceiling.get(provider, -1.0) + _SAME:
                self._ceiling[provider] = height
                heappush(waiting, (-self._net.number[provider], provider))

    def _averages(self, entity: str) -> bool:
        """Whether it belongs to a mutual dependency with shares inside: levels may creep down there from any height."""
        net = self._net
        component = net.component[net.number[entity]]
        if not net.cyclic[component]:
            return False
        if component not in self._creeping:
            members = set(net.ids[net.component_start[component] : net.component_start[component + 1]])
            needs = (need for one in members for need in self._network.entity[one].needs if need.form == "shares")
            self._creeping[component] = any(not members.isdisjoint(need.providers) for need in needs)
        return self._creeping[component]

    def _single_points(self) -> tuple[str, ...]:
        """By one pass with a set of bits for each entity: those whose failure alone takes it to 0."""
        names = [one for one in self._ceiling if one in self._fragile]
        own = {one: 1 << place for place, one in enumerate(names)}
        points: dict[str, int] = dict.fromkeys(self._ceiling, 0)
        for members in self._groups:
            is_moving = True
            while is_moving:
                before = [points[one] for one in members]
                for one in members:
                    points[one] = own.get(one, 0) | _any_lost(self._network.entity[one].needs, points)
                is_moving = self._is_cyclic(members[0]) and before != [points[one] for one in members]
        alone = _any_lost(self._needs, points)
        return tuple(one for place, one in enumerate(names) if alone >> place & 1)

    def _is_cyclic(self, entity: str) -> bool:
        return bool(self._net.cyclic[self._net.component[self._net.number[entity]]])

    def _in_order(self) -> list[list[str]]:
        """The entities that count, providers first, members of a mutual dependency together."""
        net = self._net
        groups: dict[int, list[str]] = {}
        for number in sorted(net.number[one] for one in self._ceiling):
            groups.setdefault(net.component[number], []).append(net.ids[number])
        return list(groups.values())

    def _settle(self, members: list[str], profiles: dict[str, Profile], diagram: Diagram) -> None:
        entities = [self._network.entity[one] for one in members]
        if not self._is_cyclic(members[0]):
            profiles[members[0]] = self._level(entities[0], profiles, diagram)
            return
        profiles |= {one.id: self._own(one, diagram) for one in entities}
        for _ in range(_MOST_ROUNDS):
            lower = {one.id: self._level(one, profiles, diagram) for one in entities}
            if all(_equal(lower[one], profiles[one]) for one in members):
                return
            profiles |= lower
        raise UsageError(
            say(
                f"Nivåerna i det ömsesidiga beroendet {', '.join(members)} stannar inte: dess shares läcker för lite.",
                f"The levels in the mutual dependency {', '.join(members)} do not come to rest: its shares leak too little.",
            )
        )

    def _own(self, entity: Entity, diagram: Diagram) -> Profile:
        failed = diagram.variable(entity.id) if entity.id in self._fragile else diagram.never
        if self._ceiling[entity.id] < 1.0 - NEAR:
            return Profile((0.0,), (failed,))
        return Profile((0.0, 1.0), (failed, diagram.always))

    def _level(self, entity: Entity, profiles: Mapping[str, Profile], diagram: Diagram) -> Profile:
        if not entity.needs:
            return self._own(entity, diagram)
        ceiling = self._ceiling[entity.id]
        parts = [self._signal(need, profiles, diagram, ceiling) for need in entity.needs]
        if entity.id in self._fragile or ceiling >= 1.0 - NEAR:
            parts.append(self._own(entity, diagram))
        return _least(parts, diagram, ceiling, entity.id)

    def _signal(self, need: Need, profiles: Mapping[str, Profile], diagram: Diagram, ceiling: float) -> Profile:
        """The signal of a need after endurance, up to a ceiling; without values where it is always above that."""
        highest = _before_floor(need, ceiling)
        if highest < -_SAME:
            return Profile((), ())
        if need.form == "shares":
            parts = {one: share for one, share in zip(need.providers, need.shares, strict=True) if share > 0}
            supply = _sum([profiles[one] for one in parts], list(parts.values()), diagram, highest, need)
        else:
            lost = len(need.providers) - need.at_least + 1
            supply = _ranked([profiles[one] for one in need.providers], lost, diagram, highest)
        if not need.floor:
            return supply
        values = tuple(_rounded(need.floor + (1.0 - need.floor) * value) for value in supply.values)
        return Profile(values, supply.no_higher)


def _any_lost(needs: Iterable[Need], points: Mapping[str, int]) -> int:
    lost = 0
    for need in needs:
        lost |= _lost(need, points)
    return lost


def _lost(need: Need, points: Mapping[str, int]) -> int:
    """The single failures that take a need to 0: they take down so many of its providers."""
    if need.floor > 0:
        return 0
    masks = [
        points.get(one, 0) for place, one in enumerate(need.providers) if not need.shares or need.shares[place] > 0
    ]
    many = len(masks) if need.shares else len(masks) - need.at_least + 1
    in_at_least = [-1, *[0] * many]
    for mask in masks:
        for count in range(many, 0, -1):
            in_at_least[count] |= in_at_least[count - 1] & mask
    return in_at_least[many]


def _ceilings(need: Need, ceiling: float) -> Iterable[tuple[str, float]]:
    """How high the level of each provider of a need can be and still matter; none where the floor is above the ceiling."""
    supply = _before_floor(need, ceiling)
    if supply < -_SAME:
        return
    for place, provider in enumerate(need.providers):
        if need.form != "shares":
            yield provider, supply
        elif need.shares[place] > 0:
            yield provider, supply / need.shares[place]


def _before_floor(need: Need, ceiling: float) -> float:
    """The supply with which a need gives a signal; below 0 where it never gives so little."""
    if need.floor >= 1.0:
        return 1.0 if ceiling >= 1.0 else -1.0
    return (ceiling - need.floor) / (1.0 - need.floor)


def _rounded(value: float) -> float:
    return level_near(round(value, _DECIMALS))


def _profile(values: Iterable[float], functions: Iterable[Function]) -> Profile:
    """Without values that are never taken: those no likelier than the one below them."""
    kept: list[tuple[float, Function]] = []
    for value, function in zip(values, functions, strict=True):
        if not kept or not same(function, kept[-1][1]):
            kept.append((value, function))
    return Profile(tuple(value for value, _ in kept), tuple(function for _, function in kept))


def _values(profiles: Iterable[Profile], ceiling: float) -> list[float]:
    return sorted({value for one in profiles for value in one.values if value <= ceiling + _SAME})


def _least(profiles: Sequence[Profile], diagram: Diagram, ceiling: float, what: str) -> Profile:
    if len(profiles) == 1:
        return profiles[0]
    values, never = _values(profiles, ceiling), diagram.never
    _limit(values, what)
    return _profile(values, [diagram.any_of(one.up_to(value, never) for one in profiles) for value in values])


def _ranked(profiles: Sequence[Profile], lost: int, diagram: Diagram, ceiling: float) -> Profile:
    """No higher than a value when so many of the providers are not."""
    if len(profiles) == 1 and all(value <= ceiling + _SAME for value in profiles[0].values):
        return profiles[0]
    values, never = _values(profiles, ceiling), diagram.never
    return _profile(values, [diagram.at_least(lost, [one.up_to(value, never) for one in profiles]) for value in values])


def _sum(
    profiles: Sequence[Profile], weights: Sequence[float], diagram: Diagram, ceiling: float, need: Need
) -> Profile:
    """The sum of weighted levels, one provider added at a time: no higher than a value when the parts are together."""
    total = Profile((0.0,), (diagram.always,))
    for part, weight in zip(profiles, weights, strict=True):
        added = [weight * value for value in part.values]
        sums = {_rounded_sum(one + other) for one in total.values for other in added}
        values = sorted(value for value in sums if value <= ceiling + _SAME)
        _limit(values, ", ".join(need.providers))
        total = _profile(values, [_no_higher(value, total, part, added, diagram) for value in values])
    return Profile(tuple(level_near(value) for value in total.values), total.no_higher)


def _no_higher(value: float, total: Profile, part: Profile, added: Sequence[float], diagram: Diagram) -> Function:
    return diagram.any_of(
        diagram.all_of([function, total.up_to(value - more, diagram.never)])
        for more, function in zip(added, part.no_higher, strict=True)
        if more <= value + _SAME
    )


def _rounded_sum(value: float) -> float:
    return round(value, _DECIMALS)


def _limit(values: Sequence[float], what: str) -> None:
    if len(values) > MOST_LEVELS:
        raise UsageError(
            say(
                f"{what}: nivån kan ta {len(values)} värden; fler än {MOST_LEVELS} räknas inte. Fråga efter nivå 0.",
                f"{what}: the level can take {len(values)} values; more than {MOST_LEVELS} are not computed. Ask for level 0.",
            )
        )


def _equal(one: Profile, other: Profile) -> bool:
    return one.values == other.values and all(map(same, one.no_higher, other.no_higher))
