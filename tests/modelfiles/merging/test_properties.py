"""Merging against a plain model of it, and what holds of every merge."""

from itertools import permutations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from beroenden.modelfiles.editing.editable import open_model
from beroenden.modelfiles.merging.conflicts import Settled, in_list
from beroenden.modelfiles.merging.merging import merge
from beroenden.modelfiles.merging.records import records_of, tables_of
from beroenden.modelfiles.merging.sayings import how_sure
from beroenden.modelfiles.merging.sides import side_of
from beroenden.modelfiles.read import build
from beroenden.modelfiles.write import content_hash, save, to_toml
from modelfiles.merging.answers import as_side, opened, said
from modelfiles.strategies import networks

VALUES = {
    "name": ('"Ett"', '"Två"'),
    "rpo": ('"1h"', '"2h"'),
    "mbco": ("0.25", "0.5"),
    "regimes": ('["nis2"]', '["dora", "nis2"]', '["nis2", "dora"]'),
    "failure": ("{ per_year = 1 }", "{ unavailability = 0.5 }"),
}
MEANING = {'["nis2", "dora"]': '["dora", "nis2"]'}
IDS = ("x", "y")

entity = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})
model = st.dictionaries(st.sampled_from(IDS), entity)


def text(given):
    return "".join(
        f'[[entity]]\nid = "{name}"\nkind = "system"\n' + "".join(f"{key} = {value}\n" for key, value in keys.items())
        for name, keys in given.items()
    )


def plain_renames(a, b, base):
    """Both and the base by the ids that either has given; None when they cannot be told apart."""
    for number, (old, new) in product((0, 1), (IDS, IDS[::-1])):
        side = (a, b)[number]
        if old in base and new not in base and old not in side and side.get(new) and side[new] == base[old]:
            if {old, new} in (set(a), set(b)):
                return None
            a, b, base = ({new if name == old else name: one[name] for name in one} for one in (a, b, base))
    return a, b, base


def plain_merge(a, b, base):
    """The merged values and the names of conflicts, by dicts alone; None when it is refused."""
    merged, conflicts = {}, set()
    means = lambda one: {key: MEANING.get(value, value) for key, value in one.items()}  # noqa: E731
    known = plain_renames(*({name: means(keys) for name, keys in side.items()} for side in (a, b, base or {})))
    if known is None:
        return None
    a, b, base = known
    for name in {*a, *b}:
        if name in a and name in b:
            merged[name] = {}
            for key in VALUES:
                mine, theirs = a[name].get(key), b[name].get(key)
                if name in base:
                    before = base[name].get(key)
                    value = mine if theirs in (before, mine) else theirs if mine == before else "?"
                else:
                    value = mine if theirs in (None, mine) else theirs if mine is None else "?"
                if value == "?":
                    conflicts.add(f"entity.{name}.{key}")
                elif value is not None:
                    merged[name][key] = value
        else:
            there = a if name in a else b
            if name not in base:
                merged[name] = there[name]
            elif there[name] != base[name]:
                conflicts.add(f"entity.{name}")
    return merged, conflicts


@settings(max_examples=60, deadline=None)
@given(a=model, b=model, base=st.none() | model)
def test_three_ways_as_dicts_do_it(a, b, base, tmp_path_factory):
    folder = tmp_path_factory.mktemp("merge")
    sides = [opened(folder, name, text(given)) for name, given in zip("ab", (a, b), strict=True)]
    made = merge(
        [side_of(one) for one in sides], side_of(opened(folder, "base", text(base))) if base is not None else None
    )
    plain = plain_merge(a, b, base)
    assert bool(made.errors) == (plain is None)
    if plain is None:
        return
    expected, conflicts = plain
    assert {one.at for one in made.conflicts} == conflicts
    if not conflicts:
        found = {key[1]: set(record.fields) - {"kind"} for key, record in made.records.items() if key != ("model",)}
        assert found == {name: set(keys) for name, keys in expected.items()}
        again = side_of(opened(folder, "expected", text(expected)))
        assert said(made.records) == said(again.records)


SAYINGS = st.fixed_dictionaries(
    {},
    optional={
        "source": st.sampled_from(('"FK"', '"BG"', '"Riksbanken"')),
        "verified": st.sampled_from(("2026-01-02", "2026-03-04")),
        "confidence": st.sampled_from(('"low"', '"high"')),
    },
)
NEEDS = st.lists(
    st.tuples(
        st.sampled_from((("x",), ("y",), IDS)), st.sampled_from(('what = "a"\n', 'what = "b"\n', "")), st.booleans()
    ),
    max_size=3,
)
WHEN = ("verified", "confidence")
TRUTH = {"rpo": '"1h"', "mbco": "0.25", "regimes": '["nis2"]'}


def need(providers, what, is_known):
    endurance = 'endurance = "4h"\n' if is_known else ""
    return f"  [[entity.needs]]\n  any_of = {list(providers)}\n  {what}  {endurance}"


@st.composite
def answers(draw):
    """One actor's part of the truth, with its own source."""
    found = ""
    for name in IDS:
        known = draw(st.lists(st.sampled_from(sorted(TRUTH)), unique=True))
        keys = {key: TRUTH[key] for key in known} | draw(SAYINGS)
        found += text({name: keys})
        found += "".join(need(*one) for one in draw(NEEDS))
    return found


@settings(max_examples=30, deadline=None)
@given(a=answers(), b=answers(), c=answers())
def test_neither_the_order_of_sides_nor_of_merges_matters(a, b, c, tmp_path_factory):
    folder = tmp_path_factory.mktemp("merge")
    sides = {name: side_of(opened(folder, name, given)) for name, given in zip("abc", (a, b, c), strict=True)}
    there, back = merge([sides["a"], sides["b"]]), merge([sides["b"], sides["a"]])
    assert len(there.conflicts) == len(back.conflicts)
    assert bool(there.errors) == bool(back.errors)
    if there.conflicts or there.errors:
        return
    assert sorted(map(str, _values(there))) == sorted(map(str, _values(back)))
    other = merge([sides["b"], sides["c"]])
    if other.conflicts or other.errors:
        return
    left = merge([as_side(folder, "ab", there), sides["c"]])
    right = merge([sides["a"], as_side(folder, "bc", other)])
    whole = merge(list(sides.values()))
    if not any((*one.conflicts, *one.errors) for one in (left, right, whole)):
        assert sorted(map(str, _values(left, *WHEN))) == sorted(map(str, _values(right, *WHEN)))
        for key, record in whole.records.items():
            for one in (left, right):
                if key in one.records:  # a merge of merges knows less of when each answer in a table was verified
                    assert how_sure(one.records[key].fields) <= how_sure(record.fields)


ANSWERS = {"rto": ('"4h"', '"240min"', '"1d"', '"2h"'), "mbco": ("0.25", "0.5", "0.75"), "note": ('"En"', '"Två"')}


@st.composite
def contrary(draw):
    """What may be said otherwise by another, or removed, of two entities that need each other."""
    found = ""
    for name in draw(st.lists(st.sampled_from(IDS), min_size=1, unique=True)):
        keys = {key: draw(st.sampled_from(values)) for key, values in ANSWERS.items()}
        found += text({name: keys | draw(SAYINGS)})
        known = draw(NEEDS)
        found += "".join(need(*one) for one in known if all(f'id = "{provider}"' in found for provider in one[0]))
    return found


def listed(conflicts, draw):
    """A list in which some rows are marked: after an order of the answers, or however it falls out."""
    ranked = draw(st.none() | st.permutations(["4h", "240min", "1d", "2h", "0.25", "0.5", "0.75", "En", "Två"]))
    for line, one in enumerate(conflicts, 2):
        a, b = in_list(one.a), in_list(one.b)
        which = draw(st.sampled_from(("a", "b", None)))
        if ranked and a in ranked and b in ranked:
            which = "a" if ranked.index(a) < ranked.index(b) else "b"
        if which:
            yield Settled(one.at, a, b, which, "list", line, 1)


def means(value):
    """The value in one form."""
    return str(value).replace("240min", "4h")


def account(made):
    """All that is told of a merge, without who is named first."""
    return (
        sorted((one.at, sorted((means(one.a), means(one.b)))) for one in made.conflicts),
        sorted((one.code, one.line if one.file == "list" else 0) for one in made.errors),
        sorted(map(lost, made.decided)),
        sorted(one.code for one in made.remarks),
        None if made.conflicts or made.errors else said(made.records),
    )


def lost(one):
    """Which answer was left, and where."""
    conflict = one.conflict
    value, place = (conflict.b, conflict.b_place) if one.which == "a" else (conflict.a, conflict.a_place)
    return conflict.at, str(value), place.source.name


@settings(max_examples=60, deadline=None)
@given(given=st.lists(contrary(), min_size=3, max_size=4), base=st.none() | contrary(), data=st.data())
def test_three_and_four_in_any_order_with_any_list_make_the_same_and_tell_the_same(given, base, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("merge")
    sides = [side_of(opened(folder, name, text), name=name) for name, text in zip("pqrs", given, strict=False)]
    before = None if base is None else side_of(opened(folder, "base", base))
    rows = list(listed(merge(sides, before).conflicts, data.draw))
    first = account(merge(sides, before, settled=rows))
    for order in permutations(sides):
        assert account(merge(order, before, settled=rows[::-1] if order[0] is sides[1] else rows)) == first


def _values(made, *without):
    """What each record says, by who it is about; needs by their providers."""
    for key, record in made.records.items():
        fields = {name: value for name, value in record.fields.items() if name not in without}
        yield (*key[:-2], "") if "needs" in key else key, sorted(fields.items(), key=str)


@settings(max_examples=30, deadline=None)
@given(network=networks())
def test_records_make_the_network_again(network):
    again, findings = build(tables_of(records_of(network))[0])
    assert again is not None, findings
    assert again.hash == content_hash(network)


@settings(max_examples=25, deadline=None)
@given(network=networks())
def test_a_model_with_itself_is_itself(network, tmp_path_factory):
    path = tmp_path_factory.mktemp("same") / "model.toml"
    save(network, path)
    first, second = open_model(path), open_model(path)
    for base in (None, side_of(first)):
        made = merge([side_of(first), side_of(second)], base)
        assert not made.findings
        again, findings = build(tables_of(made.records)[0])
        assert again is not None, findings
        assert to_toml(again) == to_toml(network)
