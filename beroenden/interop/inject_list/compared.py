"""What a list changes of an exercise: each field with what it was and becomes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from beroenden.exercise.exercise import Exercise, Inject
from beroenden.exercise.phrases import is_gap
from beroenden.interop.inject_list.cells import soft
from beroenden.interop.inject_list.columns import COLUMN, COLUMNS, Column
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.times import short_time, time_zone

_COMPARED = tuple(column for column in COLUMNS if column.name not in ("nr", "t_plus"))
"""t_plus says what speltid says."""
Value = str | int | None


@dataclass(frozen=True, slots=True)
class Change:
    """A change of an inject.

    Attributes:
        kind: changed: a field of it; added, removed: the whole inject.
        field: The column; rubrik where the whole inject is added or removed.
        before, after: The field's values, instants in minutes since the epoch; None where there is none.
    """

    number: int
    kind: Literal["changed", "added", "removed"]
    field: str
    before: Value
    after: Value

    def in_words(self, network: Network) -> tuple[str, str]:
        """Before and after as they are read; times are local. What is not there at all is nothing."""
        before, after = (_shown(value, COLUMN[self.field], network) for value in (self.before, self.after))
        return "" if self.kind == "added" else before, "" if self.kind == "removed" else after

    @property
    def fills_a_gap(self) -> bool:
        """Whether it is a text that was left to be written, and now is."""
        return self.kind == "changed" and is_gap(str(self.before)) and bool(self.after) and not is_gap(str(self.after))

    @property
    def what(self) -> str:
        """The column, or that the whole inject is new or goes."""
        if self.kind == "changed":
            return self.field
        return say("(nytt)", "(new)") if self.kind == "added" else say("(tas bort)", "(removed)")


def apart(before: str, after: str, longest: int) -> tuple[str, str]:
    """Two texts as long as there is room for; of longer ones what they begin with in common is left out, to the word.

    >>> apart("Some say that it is so. Call 1", "Some say that it is so. Call 2", 12)
    ('… Call 1', '… Call 2')
    """
    if max(len(before), len(after)) <= longest:
        return before, after
    pairs = enumerate(zip(soft(before), soft(after), strict=False))
    same = next((place for place, (one, other) in pairs if one != other), None)
    end = min(len(before), len(after)) if same is None else same
    start = before.rfind(" ", 0, before.rfind(" ", 0, end)) + 1 if end > longest // 2 else 0
    return _cut(before, start, longest), _cut(after, start, longest)


def _cut(text: str, start: int, longest: int) -> str:
    left = f"… {text[start:]}" if start else text
    return left if len(left) <= longest else f"{left[: longest - 1]}…"


def changes(before: Exercise, after: Exercise) -> tuple[Change, ...]:
    """What differs between the injects of two exercises, by number and in the order of the columns."""
    old = {one.number: one for one in before.injects}
    new = {one.number: one for one in after.injects}
    return tuple(
        change for number in sorted(old.keys() | new.keys()) for change in _of_one(old.get(number), new.get(number))
    )


def _of_one(old: Inject | None, new: Inject | None) -> Iterator[Change]:
    if old is not None and new is not None:
        for column in _COMPARED:
            was, becomes = getattr(old, column.attribute), getattr(new, column.attribute)
            if was != becomes:
                yield Change(old.number, "changed", column.name, was, becomes)
    elif old is not None:
        yield Change(old.number, "removed", "rubrik", old.title, None)
    elif new is not None:
        yield Change(new.number, "added", "rubrik", None, new.title)


def _shown(value: Value, column: Column, network: Network) -> str:
    if value is None or value == "":
        return say("(tom)", "(empty)")
    if column.holds == "moment" and isinstance(value, int):
        return short_time(value, time_zone(network.timezone))
    return str(value)
