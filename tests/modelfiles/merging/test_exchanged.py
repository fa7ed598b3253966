"""Needs whose providers were changed by one side or by several: one thing to settle, and one answer that holds."""

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from beroenden.modelfiles.merging.conflicts import Settled
from beroenden.modelfiles.merging.merging import Merged, merge
from beroenden.modelfiles.merging.settling import rows as listed
from beroenden.modelfiles.merging.sides import Side, side_of
from modelfiles.merging.answers import opened, said

SUPPLIERS = "".join(f'[[entity]]\nid = "{one}"\nkind = "supplier"\n' for one in "xyzw")


def having(*needs: str) -> str:
    """A consumer with needs, each as its providers with what it is for and other keys after them."""
    found = SUPPLIERS + '[[entity]]\nid = "c"\nkind = "system"\n'
    for one in needs:
        providers, what, *rest = one.split("; ")
        keys = (f"any_of = {list(providers)}", *([f'what = "{what}"'] if what else []), *rest)
        found += "  [[entity.needs]]\n" + "".join(f"  {key}\n" for key in keys)
    return found


def sides(folder: Path, base: str, **texts: str) -> tuple[list[Side], Side]:
    found = [side_of(opened(folder, name, text), name=name) for name, text in texts.items()]
    return found, side_of(opened(folder, "base", base))


def needs(made: Merged) -> list[tuple[str, str]]:
    """Providers and endurance of each need of the merged model."""
    found = [one.fields for key, one in made.records.items() if "needs" in key]
    return sorted(("".join(sorted(one["supply"]["any_of"])), one.get("endurance", "")) for one in found)


GROUP, SIX = "xyz; El", 'endurance = "6h"'


@pytest.mark.parametrize(
    ("base", "a", "b", "shown_a"),
    [
        pytest.param([GROUP], ["x; El"], [f"{GROUP}; {SIX}"], "what: El; providers: x", id="narrowed"),
        pytest.param(["x; El"], ["xy; El"], [f"x; El; {SIX}"], "what: El; providers: x, y", id="widened"),
        pytest.param(["x; El"], ["y; el"], [f"x; El; {SIX}"], "what: el; providers: y", id="replaced"),
        pytest.param(["xy; "], ["x; "], [f"xy; ; {SIX}"], "providers: x", id="without what"),
        pytest.param(["xy; "], ["x; El"], [f"xy; ; {SIX}"], "what: El; providers: x", id="with what from now on"),
        pytest.param(
            ["xy; El"],
            ["x; El", "y; El"],
            [f"xy; El; {SIX}"],
            "(what: El; providers: x) and (what: El; providers: y)",
            id="split",
        ),
        pytest.param(
            ["x; El", "y; El"], ["xy; El"], ["x; El", f"y; El; {SIX}"], "what: El; providers: x, y", id="joined"
        ),
        pytest.param([GROUP], ["x; El"], ["xy; El"], "what: El; providers: x", id="changed by both"),
        pytest.param([GROUP], ["x; El"], ["y; El"], "what: El; providers: x", id="replaced by both"),
        pytest.param([GROUP], ["x; El"], [], "what: El; providers: x", id="removed by the other"),
    ],
)
def test_whoever_is_chosen_has_the_needs_that_it_said_and_no_others(
    tmp_path: Path, base: list[str], a: list[str], b: list[str], shown_a: str
) -> None:
    every, before = sides(tmp_path, having(*base), a=having(*a), b=having(*b))
    [conflict] = merge(every, before).conflicts
    [row] = listed([conflict])
    assert row["a"] == shown_a
    assert (row["b"] == "(removed)") == (not b)
    assert conflict.a_place is not None and conflict.a_place.path[-2] == "needs"
    for order, which in ((one, which) for one in permutations(every) for which in ("a", "b")):
        made = merge(order, before, settled=[Settled(row["at"], row["a"], row["b"], which, "list", 2, 1)])
        assert not made.conflicts and not made.errors and not made.remarks
        assert needs(made) == needs(merge([every[which == "b"]]))
        assert len(made.decided) == 1


@pytest.mark.parametrize(
    ("base", "a", "b", "expected"),
    [
        pytest.param([GROUP], ["x; El"], [GROUP], [("x", "")], id="by one"),
        pytest.param([GROUP], ["x; El"], ["x; El"], [("x", "")], id="alike by both"),
        pytest.param([f'{GROUP}; endurance = "1h"'], ["x; El; endurance = \"1h\""], [f"x; El; {SIX}"], [("x", "6h")], id="one more"),
        pytest.param([GROUP], ["x; El"], [GROUP, "w; El"], [("w", ""), ("x", "")], id="another beside"),
        pytest.param([GROUP], ["x; El"], [GROUP, "x; El"], [("x", "")], id="the same beside"),
        pytest.param(["x; El", "y; Fil"], ["z; El", "y; Fil"], ["x; El", f"y; Fil; {SIX}"], [("y", "6h"), ("z", "")], id="another"),
    ],
)  # fmt: skip
def test_what_is_not_said_otherwise_is_no_conflict(
    tmp_path: Path, base: list[str], a: list[str], b: list[str], expected: list[tuple[str, str]]
) -> None:
    every, before = sides(tmp_path, having(*base), a=having(*a), b=having(*b))
    for order in permutations(every):
        made = merge(order, before)
        assert not made.conflicts and not made.errors
        assert needs(made) == expected


@pytest.mark.parametrize("come", ["y; Kyla", "y; ", "xy; Kyla"])
def test_what_is_for_another_thing_is_another_need(tmp_path: Path, come: str) -> None:
    every, before = sides(tmp_path, having("x; El"), a=having(come), b=having(f"x; El; {SIX}"))
    [conflict] = merge(every, before).conflicts
    assert conflict.a is None
    made = merge(every, before, settled=[Settled(conflict.at, "", conflict.to_dict()["b"], "b", "list", 2, 1)])
    assert not made.conflicts
    assert len(needs(made)) == 2


def test_a_provider_in_common_tells_more_than_the_same_thing(tmp_path: Path) -> None:
    """Of two that are for the same, the one that nothing else was said of is no part of the conflict."""
    every, before = sides(
        tmp_path, having("xy; El", "z; El"), a=having("x; El", "zw; El"), b=having(f"xy; El; {SIX}", "z; El")
    )
    [conflict] = merge(every, before).conflicts
    assert conflict.at == "entity.c.needs[x+y][El]"
    found = conflict.to_dict()
    made = merge(every, before, settled=[Settled(found["at"], found["a"], found["b"], "b", "list", 2, 1)])
    assert needs(made) == [("wz", ""), ("xy", "6h")]


def test_what_those_who_agree_on_the_needs_say_differently_of_them_is_asked_at_once(tmp_path: Path) -> None:
    every, before = sides(
        tmp_path,
        having(GROUP),
        a=having("x; El; endurance = \"1h\""),
        b=having(f"{GROUP}; {SIX}"),
        c=having("x; El; endurance = \"2h\""),
    )  # fmt: skip
    asked = listed(merge(every, before).conflicts)
    assert sorted((row["at"], row["a_who"], row["b_who"]) for row in asked) == [
        ("entity.c.needs[x+y+z][El]", "a, c", "b"),
        ("entity.c.needs[x][El].endurance", "a", "c"),
    ]

    def marked(*taken: Any) -> list[Settled]:
        order = sorted(asked, key=lambda row: len(row["at"]))
        return [
            Settled(row["at"], row["a"], row["b"], one, "list", 2, 1) for row, one in zip(order, taken, strict=True)
        ]

    for order in permutations(every):
        assert needs(merge(order, before, settled=marked("a", "b"))) == [("x", "2h")]
        made = merge(order, before, settled=marked("b", "a"))
        assert not made.errors and needs(made) == [("xyz", "6h")]


def test_who_is_in_conflict_and_who_is_not_among_three_in_whatever_order(tmp_path: Path) -> None:
    every, before = sides(tmp_path, having(GROUP), a=having("x; El"), b=having(GROUP), c=having("xy; El"))
    rows = listed(merge(every, before).conflicts)
    assert [(row["a_who"], row["b_who"]) for row in rows] == [("a", "c")]
    settled = [Settled(rows[0]["at"], rows[0]["a"], rows[0]["b"], "b", "list", 2, 1)]
    made = [merge(order, before, settled=settled) for order in permutations(every)]
    assert all(said(one.records) == said(made[0].records) for one in made)
    assert needs(made[0]) == [("xy", "")]


def test_an_owner_of_the_consumer_wins_where_asked(tmp_path: Path) -> None:
    every, before = sides(tmp_path, having(GROUP), a=having("x; El"), b=having(f"{GROUP}; {SIX}"))
    own = [
        Side(one.records, one.timezone, one.tlp, one.top, actor, one.name)
        for one, actor in zip(every, "cx", strict=True)
    ]
    made = merge(own, before, owner_wins=True)
    assert not made.conflicts and needs(made) == [("x", "")]
    assert [one.owner for one in made.decided] == ["c"]


def test_a_provider_knows_of_a_need_that_another_stands_in_the_place_of(tmp_path: Path) -> None:
    every, before = sides(tmp_path, having(GROUP), a=having("x; El"), b=having(GROUP))
    own = [
        Side(one.records, one.timezone, one.tlp, one.top, actor, one.name)
        for one, actor in zip(every, "cx", strict=True)
    ]
    assert not merge(own, before).remarks


def test_a_conflict_of_needs_says_both(tmp_path: Path) -> None:
    every, before = sides(tmp_path, having(GROUP), a=having("x; El"), b=having(f"{GROUP}; {SIX}"))
    found = merge(every, before).conflicts[0].finding()
    assert (found.code, found.line) == ("B720", 18)
    assert 'different providers: "what: El; providers: x" here, "what: El; endurance: 6h' in found.message


def test_choices_that_go_round_between_whole_needs_name_whose_they_are(tmp_path: Path) -> None:
    every, before = sides(tmp_path, having(GROUP), a=having("x; El"), b=having("y; El"), c=having("z; El"))
    at = merge(every, before).conflicts[0].at
    words = {name: f"what: El; providers: {provider}" for name, provider in zip("abc", "xyz", strict=True)}
    rounds = [
        Settled(at, words[one], words[other], "a", "list", line, 1)
        for line, (one, other) in enumerate(("ab", "bc", "ca"), 2)
    ]
    [error] = merge(every, before, settled=rounds).errors
    assert error.code == "B732"
    assert "a over b (line 2), b over c (line 3), c over a (line 4)" in error.message
