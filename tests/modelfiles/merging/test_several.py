"""Three answers and more: merged at once, in whatever order, each conflict told between two, and each answer that was left."""

from itertools import permutations
from pathlib import Path

import pytest

from beroenden.modelfiles.findings import Report, Source
from beroenden.modelfiles.merging.conflicts import Conflict, Settled
from beroenden.modelfiles.merging.merging import merge
from beroenden.modelfiles.merging.settling import rows as listed
from beroenden.modelfiles.merging.settling import settled_of
from beroenden.modelfiles.merging.sides import Side, side_of
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
        made = merge(order, base)
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
    made = merge([one[name] for name in "abcd"], one["base"])
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
    asked = merge(every, one["base"]).conflicts
    rows = [choice(found, winner) for found in asked if winner in (found.a, found.b)]
    made = merge(every, one["base"], settled=rows)
    assert not made.conflicts and not made.errors
    assert said(made.records)["entity", "bg"]["rto"] == winner
    assert {(one.which == "a" and one.conflict.a) or one.conflict.b for one in made.decided} == {winner}


def test_a_decision_stands_where_the_side_that_is_named_has_it(tmp_path: Path) -> None:
    """Though a third side, without an answer of its own, comes first."""
    texts = {"a": BASE.replace('"1h"', '"2h"'), "b": BASE.replace("8h", "4h"), "c": BASE.replace("8h", "6h")}
    one = sides(tmp_path, base=BASE, **texts)
    row = Settled("entity.bg.rto", "4h", "6h", "a", "list", 1, 1)
    for order in permutations("abc"):
        (found,) = merge([one[name] for name in order], one["base"], settled=[row]).decided
        told = found.finding()
        assert (
            "/b/model.toml" in str(told.file) and '"4h", not "6h"' in told.message and "/c/model.toml" in told.message
        )


def test_a_choice_between_what_nobody_says_is_stale(tmp_path: Path) -> None:
    one = sides(tmp_path, base=BASE, a=BASE.replace("8h", "2h"), b=BASE.replace("8h", "3h"), c=BASE)
    row = Settled("entity.bg.rto", "2h", "5h", "a", "list", 4, 2)
    made = merge([one[name] for name in "abc"], one["base"], settled=[row])
    assert [(found.code, found.line) for found in made.errors] == [("B726", 4)]
    assert len(made.conflicts) == 1


def three(folder: Path) -> tuple[dict[str, Side], list[Settled]]:
    """Three answers that differ, and a list in which each is taken over one and left for the other."""
    texts = {name: BASE.replace('"8h"', f'"{hours}h"') for name, hours in zip("abc", (2, 3, 4), strict=True)}
    one = sides(folder, base=BASE, **texts)
    over = (("2h", "3h"), ("3h", "4h"), ("4h", "2h"))
    return one, [Settled("entity.bg.rto", *pair, "a", "list", line, 7) for line, pair in enumerate(over, 2)]


def test_choices_that_go_round_are_refused_in_whatever_order(tmp_path: Path) -> None:
    one, rows = three(tmp_path)
    base = one.pop("base")
    for order in permutations(one.values()):
        made = merge(order, base, settled=rows)
        [error] = made.errors
        assert (error.code, error.file, error.line, error.column) == ("B732", "list", 2, 7)
        assert '"2h" over "3h" (line 2), "3h" over "4h" (line 3), "4h" over "2h" (line 4)' in error.message
        assert not made.conflicts and not made.decided


def test_every_answer_that_was_left_is_told_in_whatever_order(tmp_path: Path) -> None:
    texts = {name: BASE.replace('"8h"', f'"{hours}h"') for name, hours in zip("abcd", (2, 3, 4, 3), strict=True)}
    one = sides(tmp_path, base=BASE, **texts)
    base = one.pop("base")
    rows = [Settled("entity.bg.rto", "2h", left, "a", "list", line, 7) for line, left in enumerate(("3h", "4h"), 2)]
    for order in permutations(one.values()):
        made = merge(order, base, settled=rows)
        assert not made.conflicts and not made.errors
        told = [found.finding().message for found in made.decided]
        assert sorted(text.partition(": ")[2].replace(str(tmp_path), "") for text in told) == [
            f'as settled in the list: "2h", not "{hours}h" (/{name}/model.toml:7:7)'
            for hours, name in ((3, "b"), (3, "d"), (4, "c"))
        ]


def test_between_answers_that_yield_to_another_nothing_need_be_chosen(tmp_path: Path) -> None:
    one, rows = three(tmp_path)
    first, _, last = rows
    whole = [first, Settled(last.at, "2h", "4h", "a", "list", 4, 7)]
    made = merge([one[name] for name in "abc"], one["base"], settled=whole)
    assert not made.conflicts and said(made.records)["entity", "bg"]["rto"] == "2h"
    part = merge([one[name] for name in "abc"], one["base"], settled=[first])
    assert [(found.a, found.b) for found in part.conflicts] == [("2h", "4h"), ("3h", "4h")]


def test_whoever_is_kept_against_a_removal_has_a_word_and_whoever_is_not_has_none(tmp_path: Path) -> None:
    gone = NEW.format("annan").replace('owner = "bg"\n', "")
    one = sides(
        tmp_path, base=BASE, a=BASE.replace("8h", "2h"), b=gone, c=BASE.replace("8h", "3h").replace('"1h"', '"2h"')
    )
    base = one.pop("base")
    asked = merge(list(one.values()), base).conflicts
    assert sorted((found.at, found.names) for found in asked) == [
        ("entity.bg", ("a", "b")),
        ("entity.bg", ("b", "c")),
        ("entity.bg.rto", ("a", "c")),
    ]
    rows = [
        Settled(found.at, found.to_dict()["a"], found.to_dict()["b"], "a", "list", 2, 1)
        for found in asked
        if "b" in found.names
    ]  # a's, and that of b, who has removed it
    for order in permutations(one.values()):
        made = merge(order, base, settled=rows)
        assert not made.conflicts and not made.errors
        found = said(made.records)["entity", "bg"]
        assert (found["rto"], found["rpo"]) == ("2h", "1h")


STAGES = """
[[payment]]
id = "bidrag"
payer = "bg"
paying_bank = "bg"
rrule = "FREQ=MONTHLY;BYMONTHDAY=20"
"""


def staged(*ids: str) -> str:
    opens = "  opens = { days = 0 }\n"
    made = [
        f'  [[payment.stage]]\n  id = "{one}"\n{"" if index else opens}  duration = "1h"\n  needs = [{{ provider = "bg" }}]\n'
        for index, one in enumerate(ids)
    ]
    return BASE + STAGES + "".join(made)


@pytest.mark.parametrize(
    ("orders", "expected"),
    [
        (("ufk", "ukf", "ufkx"), "ukxf"),
        (("ufk", "ufyk", "ufkx"), "ufykx"),
        (("ufxk", "ufyk", "ufk"), None),
        (("ukf", "fuk", "ufk"), None),
    ],
)
def test_stages_of_three_have_one_order_whatever_that_of_the_sides(
    tmp_path: Path, orders: tuple[str, ...], expected: str | None
) -> None:
    one = sides(
        tmp_path, base=staged(*"ufk"), **{name: staged(*text) for name, text in zip("abc", orders, strict=True)}
    )
    base = one.pop("base")
    for order in permutations(one.values()):
        made = merge(order, base)
        if expected is None:
            assert [found.at for found in made.conflicts] == ["payment.bidrag.order"]
        else:
            assert not made.conflicts
            assert made.records["payment", "bidrag"].fields["order"] == list(expected)


def supplied(*pairs: tuple[str, str]) -> str:
    found = "".join(f'\n[[entity]]\nid = "{one}"\nkind = "supplier"\n' for one in "xy") + NEW.format("kontor")
    return (
        BASE + found + "".join(f'  [[entity.needs]]\n  provider = "{one}"\n  what = "{what}"\n' for one, what in pairs)
    )


def test_the_same_of_two_suppliers_by_two_answers_is_asked_about(tmp_path: Path) -> None:
    x, y, both = supplied(("x", "El")), supplied(("y", "el")), supplied(("x", "El"), ("y", "el"))
    one = sides(tmp_path, base=supplied(), a=x, b=y, c=supplied())
    base = one.pop("base")
    for order in permutations(one.values()):
        made = merge(order, base)
        assert not made.conflicts and not made.errors
        [remark] = made.remarks
        assert (remark.code, remark.severity) == ("B733", "warning")
    assert (
        "kontor, need of x (El): another answer has the same from y" in merge([one["a"], one["b"]]).remarks[0].message
    )
    for again in (sides(tmp_path, base=both, a=both, b=both), sides(tmp_path, base=supplied(), a=both, b=y)):
        assert not merge([again["a"], again["b"]], again["base"]).remarks
    one = sides(tmp_path, base=x, a=y, b=x)
    assert not merge([one["a"], one["b"]], one["base"]).remarks


def test_a_row_names_all_who_say_the_same_and_any_of_them_may_be_written(tmp_path: Path) -> None:
    texts = {name: BASE.replace('"8h"', f'"{hours}h"') for name, hours in (("fk", 2), ("pm", 3), ("csn", 2))}
    one = sides(tmp_path, base=BASE, **texts)
    base = one.pop("base")
    [row] = listed(merge(list(one.values()), base).conflicts)
    assert (row["a_who"], row["b_who"]) == ("fk, csn", "pm")
    for name, which in (("FK", "a"), ("csn", "a"), ("fk, csn", "a"), ("csn, fk", "a"), ("pm", "b")):
        settled = settled_of(row | {"take": name}, None, ("list", 2, 1))
        assert settled is not None and settled.which == which
    report = Report()
    assert settled_of(row | {"take": "fk, pm"}, report.root(Source("list")), ("list", 2, 1)) is None
    assert [found.code for found in report.findings] == ["B728"]


@pytest.mark.parametrize(
    ("own", "supplier", "label"),
    [
        ("", "", "TLP:AMBER"),
        ("TLP:GREEN", "", "TLP:AMBER"),
        ("TLP:GREEN", "TLP:GREEN", "TLP:GREEN"),
        ("", "TLP:RED", "TLP:RED"),
    ],
)
def test_a_row_has_the_label_of_what_it_says_and_of_whom_it_names(
    tmp_path: Path, own: str, supplier: str, label: str
) -> None:
    labels = [f'tlp = "{one}"\n' if one else "" for one in (own, supplier)]
    text = 'tlp = "TLP:AMBER"\n' + BASE + labels[1] + NEW.format("x").replace('owner = "bg"\n', labels[0])
    need = '  [[entity.needs]]\n  provider = "bg"\n  endurance = "{}"\n'
    one = sides(tmp_path, a=text + need.format("1h"), b=text + need.format("2h"))
    [conflict] = merge(list(one.values())).conflicts
    assert conflict.tlp == label
