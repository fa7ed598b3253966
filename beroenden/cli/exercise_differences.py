"""What the planner reads of the difference between two versions of an exercise."""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from beroenden.cli.common import line, table
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.exercise.exercise import Exercise, Inject
    from beroenden.interop.inject_list.compared import Change
    from beroenden.model.network import Network

_LONGEST = 60
"""Characters of a text in the table."""
_OF_TIME = ("skede", "speltid", "scenariotid")
"""The columns of an inject that is moved."""


def show_differences(before: "Exercise", after: "Exercise", network: "Network") -> None:
    """How many injects differ, then the gaps that were filled column by column, then the rest one by one."""
    from beroenden.interop.inject_list.compared import changes

    found = changes(before, after)
    if not found:
        line(say("Listan ändrar inget.", "The list changes nothing."))
        return
    line(_summary(found))
    for text in _filled(found):
        line(text)
    new = {one.number: one for one in after.injects}
    rows = [_row(one, new.get(one.number), network) for one in found if not one.fills_a_gap]
    if rows:
        table(
            (say("Nr", "No."), say("Kolumn", "Column"), say("Före", "Before"), say("Efter", "After")), rows, right=[0]
        )


def _summary(found: "tuple[Change, ...]") -> str:
    """How many injects are changed, moved, new and removed; one that is both moved and changed counts as either."""
    changed, moved = set[int](), set[int]()
    for one in (one for one in found if one.kind == "changed"):
        (moved if one.field in _OF_TIME else changed).add(one.number)
    whole = Counter(one.kind for one in found)
    counts = (
        (len(changed), say("ändras", "changed")),
        (len(moved), say("flyttas", "moved")),
        (whole["added"], say("nya" if whole["added"] > 1 else "nytt", "new")),
        (whole["removed"], say("tas bort", "removed")),
    )
    return say("Inspel: ", "Injects: ") + ", ".join(f"{count} {what}" for count, what in counts if count) + "."


def _filled(found: "tuple[Change, ...]") -> Iterator[str]:
    """The columns in which gaps were filled, with the numbers of the injects."""
    from beroenden.exercise.phrases import numbers_in_words

    numbers: dict[str, list[int]] = {}
    for one in found:
        if one.fills_a_gap:
            numbers.setdefault(one.field, []).append(one.number)
    for field, of in numbers.items():
        yield say(
            f"Luckor ifyllda i {field}: {len(of)} (nr {numbers_in_words(of)}).",
            f"Gaps filled in {field}: {len(of)} (no. {numbers_in_words(of)}).",
        )


def _row(one: "Change", new: "Inject | None", network: "Network") -> tuple[object, ...]:
    from beroenden.interop.inject_list.compared import apart

    before, after = one.in_words(network)
    if one.kind == "added" and new is not None:
        return one.number, one.what, "", f"{after} ({_how(new, network)})"
    return one.number, one.what, *apart(before, after, _LONGEST)


def _how(one: "Inject", network: "Network") -> str:
    """When, to whom, how and under which label a new inject is given: how its row was read."""
    from beroenden.exercise.exercise import CONTROL
    from beroenden.units.times import short_time, time_zone

    to = say("spelledningen", "the game control") if one.to == CONTROL else network.entity[one.to].name
    when = short_time(one.play, time_zone(network.timezone))
    return say(
        f"skede {one.stage}, {when}, till {to}, {one.form}, {one.tlp}",
        f"stage {one.stage}, {when}, to {to}, {one.form}, {one.tlp}",
    ).removesuffix(", ")
