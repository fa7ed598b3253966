"""What is merged is looked at, and written into the first side's files as it is meant."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beroenden.errors import FaultyFilesError, UsageError
from beroenden.modelfiles.editing.editable import open_model
from beroenden.modelfiles.findings import Report
from beroenden.modelfiles.merging.conflicts import Settled, in_list
from beroenden.modelfiles.merging.merging import merge
from beroenden.modelfiles.merging.outcome import check_alike, network_of, put_into, write_to
from beroenden.modelfiles.merging.settling import conflicts_toml, read_settled
from beroenden.modelfiles.merging.sides import side_of
from beroenden.modelfiles.read import load_or_raise
from beroenden.modelfiles.write import save
from modelfiles.merging.answers import opened
from modelfiles.strategies import networks

A = """timezone = "Europe/Stockholm"  # var vi är

# Den första
[[entity]]
id = "x"   # kort
kind = "system"
rto = "480min"

[[entity]]
id = "y"
kind = "bank"
"""


def test_comments_and_order_stay_and_what_is_new_is_beside_its_like(tmp_path):
    b = '[[entity]]\nid = "z"\nkind = "system"\nneeds = [{ provider = "x" }]\n[[entity]]\nid = "x"\nkind = "system"\nmtpd = "24h"\n'
    first = opened(tmp_path, "a", A)
    a, other = side_of(first), side_of(opened(tmp_path, "b", b))
    made = merge([a, other])
    network, errors = network_of(made, first.findings)
    assert network is not None
    assert not errors
    put_into(first, made)
    check_alike(first.network, network)
    [path] = write_to(first, tmp_path / "c")
    expected = A.replace('rto = "480min"\n', 'mtpd = "24h"\nrto = "480min"\n').replace(
        '\n[[entity]]\nid = "y"',
        '\n[[entity]]\nid = "z"\nkind = "system"\n\n  [[entity.needs]]\n  provider = "x"\n\n[[entity]]\nid = "y"',
    )
    assert path.read_text() == '[model]\nname = "Svar"\n' + expected
    assert (tmp_path / "a" / "model.toml").read_text() == '[model]\nname = "Svar"\n' + A


def test_a_result_that_is_no_model_is_told_at_its_place_in_the_sides(tmp_path):
    b = (
        '[[entity]]\nid = "b"\nkind = "framework_bank"\n[[payment]]\nid = "y"\npayer = "b"\ndates = [2026-12-01]\n'
        '[[payment.stage]]\nid = "s"\nopens = {}\nneeds = [{ provider = "b" }]\n'
    )
    a, other = side_of(opened(tmp_path, "a", A)), side_of(opened(tmp_path, "b", b))
    network, findings = network_of(merge([a, other]))
    [error] = [one for one in findings if one.severity == "error"]
    assert network is None
    assert (error.code, error.file, error.line, error.column) == ("B302", f"{tmp_path}/b/model.toml", 7, 6)


def test_a_warning_that_comes_of_the_merge_is_told_with_both_places(tmp_path):
    b = '[[entity]]\nid = "x"\nkind = "system"\nmtpd = "4h"\n'
    sides = [opened(tmp_path, "a", A), opened(tmp_path, "b", b)]
    a, other = map(side_of, sides)
    network, [warning] = network_of(merge([a, other]), [one for side in sides for one in side.findings])
    assert network is not None
    assert (warning.severity, warning.file, warning.line, warning.column) == (
        "warning",
        f"{tmp_path}/a/model.toml",
        9,
        7,
    )
    assert f"{tmp_path}/b/model.toml:3:1" in warning.message


PAYMENTS = """[[entity]]
id = "kassa"
kind = "framework_bank"
""" + "".join(
    f"""[[payment]]
id = "{name}"
payer = "kassa"
paying_bank = "kassa"
priority = {rank}
dates = [2026-12-01]
[[payment.stage]]
id = "s"
opens = {{}}
needs = [{{ provider = "kassa" }}]
"""
    for name, rank in (("ett", 1), ("tva", 2))
)


def test_a_remark_that_comes_of_the_merge_is_told_and_none_that_a_side_has(tmp_path):
    texts = {"a": PAYMENTS.replace("= 1\n", "= 3\n"), "b": PAYMENTS.replace("= 2\n", "= 3\n"), "base": PAYMENTS}
    models = {name: opened(tmp_path, name, text) for name, text in texts.items()}
    a, b, base = map(side_of, models.values())
    known = [one for name in "ab" for one in models[name].findings]
    assert {one.severity for one in known} >= {"info"}
    network, [remark] = network_of(merge([a, b], base), known)
    assert network is not None
    assert (remark.code, remark.severity, remark.file) == ("B608", "info", f"{tmp_path}/a/model.toml")
    assert "ett" in remark.message and f"{tmp_path}/b/model.toml" in remark.message


def test_a_need_of_what_the_other_side_removed_is_told(tmp_path):
    base = A + '[[entity]]\nid = "w"\nkind = "system"\n'
    a = base.replace('kind = "bank"\n', 'kind = "bank"\nneeds = [{ provider = "w" }]\n')
    sides = [side_of(opened(tmp_path, name, text)) for name, text in zip("abc", (a, A, base), strict=True)]
    made = merge(sides[:2], sides[2])
    assert not made.conflicts
    network, findings = network_of(made)
    assert network is None
    [error] = [one for one in findings if one.severity == "error"]
    assert (error.code, error.line, error.column) == ("B301", 14, 23)


def test_other_files_of_the_target_are_not_mixed_in(tmp_path):
    first = opened(tmp_path, "a", A)
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "extra.toml").write_text("")
    with pytest.raises(UsageError, match=r"already holds extra\.toml"):
        write_to(first, tmp_path / "c")
    assert [one.name for one in (tmp_path / "c").iterdir()] == ["extra.toml"]


def _settled(made, which):
    return [Settled(one.at, in_list(one.a), in_list(one.b), which, "list", 1, 1) for one in made.conflicts]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=networks(), second=networks(), base=st.none() | networks(), which=st.sampled_from("ab"))
def test_what_is_written_says_what_was_merged(first, second, base, which, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    opened = []
    for name, network in (("a", first), ("b", second), ("base", base)):
        if network is not None:
            save(network, folder / f"{name}.toml")
            opened.append(open_model(folder / f"{name}.toml"))
    sides = [side_of(one) for one in opened]
    made = merge(sides[:2], *sides[2:])
    assert len({one.at for one in made.conflicts}) == len(made.conflicts)
    made = merge(sides[:2], *sides[2:], settled=_settled(made, which))
    assert not made.conflicts
    network = None
    if not made.errors:
        network, errors = network_of(made)
        assert (network is None) == any(one.severity == "error" for one in errors)
        assert all(one.line for one in errors)
    if network is not None:
        put_into(opened[0], made)
        check_alike(opened[0].network, network)
        write_to(opened[0], folder / "c")
        check_alike(open_model(folder / "c").network, network)


B = A.replace("480min", "6h").replace('"bank"', '"supplier"')


def _listed(tmp_path):
    sides = [side_of(opened(tmp_path, name, text)) for name, text in (("a", A), ("b", B))]
    path = tmp_path / "list.toml"
    path.write_text(conflicts_toml(merge(sides).conflicts))
    return sides, path


def test_a_list_is_settled_and_read_back(tmp_path):
    sides, path = _listed(tmp_path)
    assert not read_settled(path, Report())
    path.write_text(path.read_text().replace('take = ""', 'take = "B"', 1).replace('take = ""', 'take = "a"'))
    made = merge(sides, settled=read_settled(path, Report()))
    assert not made.conflicts
    assert [(one.conflict.at, one.which, one.owner) for one in made.decided] == [
        ("entity.x.rto", "b", None),
        ("entity.y.kind", "a", None),
    ]
    assert made.records["entity", "x"].fields["rto"] == "6h"
    assert 'as settled in the list: "6h", not "480min"' in made.decided[0].finding().message


def test_a_list_that_no_longer_holds_is_an_error_where_it_is_marked(tmp_path):
    sides, path = _listed(tmp_path)
    path.write_text(path.read_text().replace('take = ""', 'take = "b"'))
    settled = read_settled(path, Report())
    now = side_of(opened(tmp_path, "b", B.replace('"6h"', '"5h"').replace('"supplier"', '"bank"')))
    made = merge([sides[0], now], settled=settled)
    assert [(one.at) for one in made.conflicts] == ["entity.x.rto"]
    assert {(one.code, one.file) for one in made.errors} == {("B726", str(path))}
    assert sorted(one.line for one in made.errors) == [18, 36]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[[conflict]]\nat = "x"\na = "1"\nb = "2"\ntake = "c"\n', 5),
        ('[[conflict]]\nat = "x"\ntake = "a"\n', 1),
        ("conflict = 1\n", 1),
        ('[[conflict]]\nat = "x', 2),
    ],
)
def test_a_faulty_list_is_told_with_its_place(tmp_path, text, line):
    path, report = tmp_path / "list.toml", Report()
    path.write_text(text)
    assert read_settled(path, report) == []
    [finding] = report.findings
    assert finding.line == line


def test_what_was_removed_is_gone_from_the_files_with_what_pointed_to_it(tmp_path):
    base = (
        A
        + '[[entity]]\nid = "w"\nkind = "system"\nneeds = [{ provider = "x" }]\n\n[[audience]]\nactor = "w"\ntlp = "TLP:RED"\n'
    )
    first = opened(tmp_path, "a", base.replace("480min", "7h"))
    a, b = side_of(first), side_of(opened(tmp_path, "b", A))
    made = merge([a, b], side_of(opened(tmp_path, "base", base)))
    network, _ = network_of(made)
    assert network is not None
    put_into(first, made)
    check_alike(first.network, network)
    write_to(first, tmp_path / "a")
    assert (tmp_path / "a" / "model.toml").read_text().rstrip() == (
        '[model]\nname = "Svar"\n' + A.replace("480min", "7h")
    ).rstrip()


def test_a_list_that_settles_both_ways_is_an_error(tmp_path):
    sides, path = _listed(tmp_path)
    one = path.read_text().replace('take = ""', 'take = "a"')
    path.write_text(one + one[one.index("\n") :].replace('take = "a"', 'take = "b"', 1))
    made = merge(sides, settled=read_settled(path, Report()))
    assert [(error.code, error.line) for error in made.errors] == [("B729", 55)]


def test_files_that_would_not_say_what_was_merged_are_refused(tmp_path):
    for name, text in (("a", A), ("b", A.replace("480min", "490min"))):
        opened(tmp_path, name, text)
    written, meant = load_or_raise(tmp_path / "a"), load_or_raise(tmp_path / "b")
    check_alike(written, written)
    with pytest.raises(FaultyFilesError) as refused:
        check_alike(written, meant)
    assert [one.code for one in refused.value.findings] == ["B727"]


@pytest.mark.parametrize("of_a", [True, False])
def test_an_empty_contact_beside_a_told_one(tmp_path, of_a):
    texts = [
        f'[[entity]]\nid = "x"\nkind = "system"\n{line}\n' for line in ("contact = {}", 'contact = { role = "Jour" }')
    ]
    first, second = texts if of_a else texts[::-1]
    models = opened(tmp_path, "a", first), opened(tmp_path, "b", second)
    sides = [side_of(one) for one in models]
    made = merge(sides)
    network, _ = network_of(made)
    assert network is not None and network.entity["x"].contact.role == "Jour"
    put_into(models[0], made)
    check_alike(models[0].network, network)
