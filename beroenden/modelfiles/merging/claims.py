"""What sides say of one place: each answer with all who give it, and which of them a list lets hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any, get_args

from beroenden.language import Language, say, writing_in
from beroenden.model.labels import strictest
from beroenden.modelfiles.findings import Finding, Place, visible
from beroenden.modelfiles.merging import sayings
from beroenden.modelfiles.merging.conflicts import Conflict, Settled, as_written, in_list, in_words
from beroenden.modelfiles.merging.records import Key

Pair = tuple[int, int]
"""Two answers by their numbers: the one that is taken, and the one that is left."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one side says of a place.

    Attributes:
        side: Its number.
        name: What the side is called.
        who: The actor whose answer the side is, else what the side is called.
        value: In one form for one meaning.
        written: The same as its file has it.
        said: The table that it stands in: who says so, and when.
        label: Of what it says.
        called: Names of what the place is in and needs, by their ids.
    """

    side: int
    name: str
    who: str
    value: Any
    written: Any
    place: Place | None
    said: Mapping[str, Any]
    label: str
    called: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One value and the claims of all the sides that have it."""

    claims: tuple[Claim, ...]

    @property
    def shown(self) -> Claim:
        """The claim that is best known."""
        return max(self.claims, key=lambda one: sayings.how_sure(one.said))

    def texts(self, field: str) -> set[str]:
        """How a list may show it: in either language, or as TOML."""
        found = {in_list(one.written) for one in self.claims}
        for language in get_args(Language):
            with writing_in(language):
                found |= {in_words(one.written, field) for one in self.claims}
        return found


def answers_of(claims: Iterable[Claim]) -> list[Answer]:
    """The claims by what they say."""
    found: list[list[Claim]] = []
    for claim in claims:
        same = next((one for one in found if one[0].value == claim.value), None)
        if same is None:
            found.append([claim])
        else:
            same.append(claim)
    return [Answer(tuple(one)) for one in found]


def conflict_of(key: Key, field: str, one: Answer, other: Answer) -> Conflict:
    """Two answers as a conflict between those that are best known, the earlier side first."""
    (first, a), (second, b) = sorted(((each, each.shown) for each in (one, other)), key=lambda each: each[1].side)
    who = ", ".join(claim.who for claim in first.claims), ", ".join(claim.who for claim in second.claims)
    return Conflict(
        key,
        field,
        a.written,
        b.written,
        a.place,
        b.place,
        (a.name, b.name),
        who,
        (a.said, b.said),
        strictest(a.label, b.label),
        {**b.called, **a.called},
    )


def pair_of(row: Settled, answers: Sequence[Answer], field: str) -> Pair | None:
    """The answers between which a row chooses; None when nobody gives them any longer."""
    texts = [one.texts(field) for one in answers]
    for a, b in permutations(range(len(answers)), 2):
        if row.a in texts[a] and row.b in texts[b]:
            return (a, b) if row.which == "a" else (b, a)
    return None


def best_of(answers: Sequence[Answer], chosen: Iterable[Pair]) -> int | None:
    """The answer that is chosen over all others."""
    over = {one: {left for taken, left in chosen if taken == one} for one in range(len(answers))}
    return next((one for one, left in over.items() if len(left) == len(answers) - 1), None)


def open_pairs(answers: Sequence[Answer], chosen: Iterable[Pair]) -> list[Pair]:
    """What is still to be chosen between: not what both yield to another."""
    met, left = {frozenset(one) for one in chosen}, {left for _, left in chosen}
    pairs = combinations(range(len(answers)), 2)
    return [one for one in pairs if frozenset(one) not in met and not left.issuperset(one)]


def circle(about: str, answers: Sequence[Answer], chosen: Mapping[Pair, Settled]) -> Finding:
    """That every answer yields to another, so that none holds: the rows that go round, where the first of them is."""
    ring = sorted(_ring(chosen), key=lambda pair: chosen[pair].line)
    over = [
        say(
            f"{_in_short(answers[taken])} framför {_in_short(answers[left])} (rad {chosen[taken, left].line})",
            f"{_in_short(answers[taken])} over {_in_short(answers[left])} (line {chosen[taken, left].line})",
        )
        for taken, left in ring
    ]
    going, first = ", ".join(over), chosen[ring[0]]
    told = say(
        f"valen går runt, och inget svar gäller framför alla andra: {going}. Ändra så att ett svar väljs på alla rader där det står",
        f"the choices go round, and no answer holds over all others: {going}. Change them so that one answer is taken in every "
        "row where it stands",
    )
    return Finding("B732", "error", visible(f"{about}: {told}"), first.file, first.line, first.column)


def _in_short(answer: Answer) -> str:
    """What an answer is; of a whole table or several, whose it is, for the row that is named beside it has the rest."""
    value = answer.shown.written
    return answer.shown.name if isinstance(value, dict | list) or value is None else as_written(value)


def _ring(chosen: Mapping[Pair, Settled]) -> list[Pair]:
    yields: dict[int, int] = {}
    for taken, left in sorted(chosen, key=lambda pair: chosen[pair].line):
        yields.setdefault(left, taken)
    way = [next(iter(yields))]
    while yields[way[-1]] not in way:
        way.append(yields[way[-1]])
    return [(yields[one], one) for one in way[way.index(yields[way[-1]]) :]]
