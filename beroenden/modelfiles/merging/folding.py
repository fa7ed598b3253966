"""One model of three or more: each is merged into what those before it make, and what two of them say differently is told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from beroenden.language import say
from beroenden.modelfiles.findings import Finding
from beroenden.modelfiles.merging.conflicts import Conflict, Decided, Settled, in_list
from beroenden.modelfiles.merging.merging import Merged, Side, merge

_Asked = tuple[str, frozenset[str]]
"""What is in conflict, and the two values."""


def merge_all(sides: Sequence[Side], base: Side | None = None, *, settled: Iterable[Settled] = ()) -> Merged:
    """Merge any number of sides; in whatever order they come, the model that they make is the same.

    Args:
        sides: At least two.
        base: As for two.
        settled: Which value a person took for a conflict between any two of them.

    Returns:
        The merged model, whose conflicts are each between two of the sides and told once.
    """
    marked = [one for row in settled for one in (row, _mirrored(row))]
    whole, pool = sides[0], list[Conflict]()
    open_, decided = dict[_Asked, Conflict](), list[Decided]()
    errors, remarks = list[Finding](), list[Finding]()
    for number, side in enumerate(sides[1:], 1):
        made, asked = merge(whole, side, base), tuple[Conflict, ...]()
        if made.conflicts:
            asked = (*_between_two(sides[:number], side, base, made), *made.conflicts)
            pool += asked
            made = merge(whole, side, base, settled=_fitting(marked, made.conflicts))
        for one in _left(made, asked, marked):
            open_.setdefault(_asked(one), one)
        decided += [one for one in made.decided if not _is_idle(one.conflict, marked)]
        errors += made.errors
        remarks += made.remarks
        whole = replace(whole, records=made.records, actor=None, name=say("de andra", "the others"))
    errors += [row.stale() for row in marked[::2] if not any(_fits(row, one) for one in pool)]
    return Merged(whole.records, tuple(open_.values()), tuple(errors), tuple(decided), tuple(remarks))


def _mirrored(row: Settled) -> Settled:
    """The same choice, for the sides the other way round."""
    return replace(row, a=row.b, b=row.a, which="b" if row.which == "a" else "a")


def _fits(row: Settled, conflict: Conflict) -> bool:
    """Whether a choice is between the values of a conflict, whichever side has which."""
    return row.at == conflict.at and (row.fits(conflict) or _mirrored(row).fits(conflict))


def _fitting(marked: Iterable[Settled], conflicts: Sequence[Conflict]) -> list[Settled]:
    """The choices for some conflicts; between two values that both yield to a third, either will do until that comes."""
    found = [row for row in marked if any(row.at == one.at and row.fits(one) for one in conflicts)]
    idle = [one for one in conflicts if _is_idle(one, marked) and not any(_fits(row, one) for row in found)]
    return [*found, *(Settled(one.at, in_list(one.a), in_list(one.b), "a", "", 1, 1) for one in idle)]


def _is_idle(conflict: Conflict, marked: Iterable[Settled]) -> bool:
    beaten = {row.b if row.which == "a" else row.a for row in marked if row.at == conflict.at}
    return {in_list(conflict.a), in_list(conflict.b)} <= beaten


def _between_two(earlier: Sequence[Side], side: Side, base: Side | None, made: Merged) -> Iterator[Conflict]:
    """What a side and each of the earlier ones say differently, of that on which it does not agree with all of them."""
    at = {one.at for one in made.conflicts}
    for one in earlier:
        yield from (conflict for conflict in merge(one, side, base).conflicts if conflict.at in at)


def _left(made: Merged, asked: Sequence[Conflict], marked: Sequence[Settled]) -> Iterator[Conflict]:
    """What remains to be settled, as far as it can between two sides."""
    for left in made.conflicts:
        of_two = [one for one in asked if one.at == left.at and not any(_fits(row, one) for row in marked)]
        yield from of_two or [left]


def _asked(conflict: Conflict) -> _Asked:
    return conflict.at, frozenset((in_list(conflict.a), in_list(conflict.b)))
