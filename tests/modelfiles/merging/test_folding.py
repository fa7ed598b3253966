"""Three answers and more: merged at once, in whatever order, and every conflict told between the two that have it."""

from itertools import permutations
from pathlib import Path

import pytest

from beroenden.modelfiles.merging.conflicts import Conflict, Settled
from beroenden.modelfiles.merging.folding import merge_all
from beroenden.modelfiles.merging.merging import Side, side_of
from modelfiles.merging.answers import opened, said

BASE = """
[[entity]]
id = "bg"
kind = "supplier"
rto = "8h"
rpo = "1h"
"""
NEW = '\n[[entity]]\nid = "{}"\nkind = "system"\nowner = "bg"\n'


def sides(folder: Path, **texts: str) -> dict[str, Side]:
    return {name: side_of(opened(folder, name, text), name=name) for name, text in texts.items()}


def choice(conflict: Conflict, value: str) -> Settled:
    found = conflict.to_dict()
    return Settled(found["at"], found["a"], found["b"], "a" if found["a"] == value else "b", "list", 1, 1)


def test_what_each_says_is_taken_in_whatever_order(tmp_path: Path) -> None:
    one = sides(
        tmp_path,
        base=BASE,
        a=BASE.replace('"8h"', '"6h"'),
        b=BASE + NEW.format("ny-b"),
        c=BASE.replace('"1h"', '"2h"') + NEW.format("ny-c"),
    )
    base, expected = one.pop("base"), None
    for order in permutations(one.values()):
        made = merge_all(order, base)
        assert not made.conflicts and not made.errors
        found = said(made.records)
        assert expected is None or found == expected
        expected = found
    assert expected is not None
    assert expected["entity", "bg"]["rto"] == "6h" and expected["entity", "bg"]["rpo"] == "2h"
    assert {("entity", "ny-b"), ("entity", "ny-c")} < set(expected)


def test_conflicts_are_between_two_of_the_sides_and_each_is_told_once(tmp_path: Path) -> None:
    texts = {name: BASE.replace('"8h"', f'"{hours}h"') for name, hours in zip("abcd", (2, 3, 4, 3), strict=True)}
    one = sides(tmp_path, base=BASE, **texts)
    made = merge_all([one[name] for name in "abcd"], one["base"])
    assert sorted((*found.names, found.a, found.b) for found in made.conflicts) == [
        ("a", "b", "2h", "3h"),
        ("a", "c", "2h", "4h"),
        ("b", "c", "3h", "4h"),
    ]
    for found in made.conflicts:
        assert found.a_place is not None and f"/{found.names[0]}/" in str(found.a_place.source.name)
        assert found.b_place is not None and f"/{found.names[1]}/" in str(found.b_place.source.name)


@pytest.mark.parametrize("winner", ["2h", "3h", "4h"])
def test_whoever_is_chosen_holds(tmp_path: Path, winner: str) -> None:
    texts = {name: BASE.replace('"8h"', f'"{hours}h"') for name, hours in zip("abcd", (2, 3, 4, 3), strict=True)}
    one = sides(tmp_path, base=BASE, **texts)
    every = [one[name] for name in "abcd"]
    asked = merge_all(every, one["base"]).conflicts
    rows = [choice(found, winner) for found in asked if winner in (found.a, found.b)]
    made = merge_all(every, one["base"], settled=rows)
    assert not made.conflicts and not made.errors
    assert said(made.records)["entity", "bg"]["rto"] == winner
    assert {(one.which == "a" and one.conflict.a) or one.conflict.b for one in made.decided} == {winner}


def test_a_decision_stands_where_the_side_that_is_named_has_it(tmp_path: Path) -> None:
    """Though a third side, without an answer of its own, comes first."""
    texts = {"a": BASE.replace('"1h"', '"2h"'), "b": BASE.replace("8h", "4h"), "c": BASE.replace("8h", "6h")}
    one = sides(tmp_path, base=BASE, **texts)
    row = Settled("entity.bg.rto", "4h", "6h", "a", "list", 1, 1)
    for order in permutations("abc"):
        (found,) = merge_all([one[name] for name in order], one["base"], settled=[row]).decided
        told = found.finding()
        assert (
            "/b/model.toml" in str(told.file) and '"4h", not "6h"' in told.message and "/c/model.toml" in told.message
        )


def test_a_choice_between_what_nobody_says_is_stale(tmp_path: Path) -> None:
    one = sides(tmp_path, base=BASE, a=BASE.replace("8h", "2h"), b=BASE.replace("8h", "3h"), c=BASE)
    row = Settled("entity.bg.rto", "2h", "5h", "a", "list", 4, 2)
    made = merge_all([one[name] for name in "abc"], one["base"], settled=[row])
    assert [(found.code, found.line) for found in made.errors] == [("B726", 4)]
    assert len(made.conflicts) == 1
