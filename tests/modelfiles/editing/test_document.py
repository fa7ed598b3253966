"""One file changed by paths: it reads as its tables changed alike would, and the rest of it stays byte for byte."""

import re
import tomllib
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from beroenden.modelfiles.editing.concrete import parse
from beroenden.modelfiles.editing.document import Document
from beroenden.modelfiles.editing.formatting import formatted
from modelfiles.editing.by_hand import laid_out

ROOT = Path(__file__).parents[3]
EXAMPLE = tomllib.loads((ROOT / "tests" / "files" / "valid" / "example.toml").read_text(encoding="utf-8"))
SOES = sorted((ROOT / "models" / "soes").glob("*.toml"))
_COMMENT = re.compile(r"# c\d+ |# Heading|# The end")
_VALUES: tuple[Any, ...] = ("x'y\"z", 3, [1, 2], ["a", "b"], {"k": "v", "w": 2}, 0.5, True)


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff"))


def reach(tables: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tables = tables[step]
    return tables


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path below the top level's keys."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [path for key, one in pairs for path in [(*at, key), *paths(one, (*at, key))]]
    return [path for path in found if len(path) > 1]


def written(tables: Any) -> Any:
    """What of some tables a text can show: a list of tables without elements leaves no trace."""
    if isinstance(tables, dict):
        return {key: written(one) for key, one in tables.items() if one not in ([], {})}
    return [written(one) for one in tables] if isinstance(tables, list) else tables


def edit(document: Document, tables: Any, random: Random) -> str:
    """A random edit of a document and of its tables; how it is called."""
    path = random.choice(paths(tables))
    old, around = reach(tables, path), reach(tables, path[:-1])
    kind = random.choice(("set", "unset", "insert", "new", "elements"))
    if kind == "set" and not isinstance(old, dict | list):
        around[path[-1]] = random.choice(_VALUES)
        document.set(path, deepcopy(around[path[-1]]))
    elif kind == "elements" and isinstance(old, list) and old:
        new = [*random.sample(old, random.randint(1, len(old))), random.choice(old)]
        around[path[-1]] = deepcopy(new)
        document.set(path, new)
    elif kind == "insert" and isinstance(old, list):
        index, new = random.randint(0, len(old)), deepcopy(old[0]) if old else {"id": "new"}
        old.insert(index, new)
        document.insert(path, index, deepcopy(new))
    elif kind == "new" and isinstance(old, dict):
        key, value = random.choice(("rto", "tlp", "zz", "contact")), random.choice((1, "s", {"role": "r"}))
        if key in old:
            return "none"
        old[key] = value
        document.set((*path, key), deepcopy(value))
    elif kind == "unset":
        del around[path[-1]]
        document.unset(path)
    else:
        return "none"
    return kind


def check_edits(seed: int) -> set[str]:
    random = Random(seed)
    text = laid_out(EXAMPLE, random)
    assert read(text) == EXAMPLE
    document, kinds = Document(text), set()
    for _ in range(6):
        before = document.text
        tables = read(before)
        kind = edit(document, tables, random)
        after = document.text
        assert written(read(after)) == written(tables), (seed, kind)
        assert document.get() == read(after), (seed, kind)
        assert after.startswith("\ufeff") == text.startswith("\ufeff")
        if "\r\n" in text:
            assert after.count("\n") == after.count("\r\n"), (seed, kind)
        if kind in ("set", "insert", "new", "none"):
            assert set(_COMMENT.findall(before)) <= set(_COMMENT.findall(after)), (seed, kind)
        kinds.add(kind)
    return kinds


def test_random_edits_of_random_layouts_read_as_the_tables_changed_alike() -> None:
    kinds = set().union(*(check_edits(seed) for seed in range(40)))
    assert kinds == {"set", "unset", "insert", "new", "elements", "none"}


@pytest.mark.sweep
def test_many_random_edits_of_random_layouts() -> None:
    for seed in range(40, 1200):
        check_edits(seed)


@pytest.mark.parametrize("seed", range(40))
def test_a_changed_value_changes_its_own_lines_only(seed: int) -> None:
    random = Random(seed)
    text = laid_out(EXAMPLE, random)
    single = [path for path in paths(EXAMPLE) if isinstance(reach(EXAMPLE, path), str | int | float)]
    path = random.choice(single)
    new = "åäö # ]" if isinstance(reach(EXAMPLE, path), str) else 4711
    document = Document(text)
    document.set(path, new)
    old_lines, new_lines = text.split("\n"), document.text.split("\n")
    changed = [index for index, pair in enumerate(zip(old_lines, new_lines, strict=True)) if pair[0] != pair[1]]
    assert len(changed) == 1
    token = re.search(r'"åäö # \]"|4711', new_lines[changed[0]])
    assert token is not None
    before, after = new_lines[changed[0]][: token.start()], new_lines[changed[0]][token.end() :]
    assert old_lines[changed[0]].startswith(before)
    assert old_lines[changed[0]].endswith(after)
    document.set(path, reach(EXAMPLE, path))
    assert read(document.text) == EXAMPLE


@pytest.mark.parametrize("path", SOES, ids=lambda path: path.stem)
@pytest.mark.parametrize("change", [lambda text: text, lambda text: "\ufeff" + text.replace("\n", "\r\n")])
def test_the_pieces_are_the_text(path: Path, change: Any) -> None:
    text = change(path.read_bytes().decode())
    assert str(parse(text)) == text
    assert Document(text).get() == read(text)


def edited(text: str, *steps: tuple[Any, ...]) -> str:
    document = Document(text)
    for name, *arguments in steps:
        getattr(document, name)(*arguments)
    return document.text


@pytest.mark.parametrize(
    ("text", "step", "expected"),
    [
        pytest.param(
            '[[entity]]\nid = "a" # who\n# why\nrto = "4h"   # agreed\nmbco = 0.40\n',
            ("set", ("entity", 0, "rto"), "6h"),
            '[[entity]]\nid = "a" # who\n# why\nrto = "6h"   # agreed\nmbco = 0.40\n',
            id="comments above and beside stay",
        ),
        pytest.param(
            '[[entity]]\nid = "a"\n# why\nrto = "4h" # agreed\n# level\nmbco = 0.40\n',
            ("unset", ("entity", 0, "rto")),
            '[[entity]]\nid = "a"\n# why\n# level\nmbco = 0.40\n',
            id="a removed key takes the comment beside it",
        ),
        pytest.param(
            '[[entity]]\nid = "a"\nkind = "bank"\nmbco = 0.40',
            ("set", ("entity", 0, "rto"), "6h"),
            '[[entity]]\nid = "a"\nkind = "bank"\nrto = "6h"\nmbco = 0.40',
            id="a new key stands in its place",
        ),
        pytest.param(
            '[[entity]]\nid = "a"',
            ("set", ("entity", 0, "rto"), "6h"),
            '[[entity]]\nid = "a"\nrto = "6h"',
            id="no line end at the end of the file",
        ),
        pytest.param(
            '[[entity]]\ncontact.role = "TiB" # duty\nid = "a"\n',
            ("set", ("entity", 0, "contact", "channel"), "tel"),
            '[[entity]]\ncontact.role = "TiB" # duty\ncontact.channel = "tel"\nid = "a"\n',
            id="dotted keys",
        ),
        pytest.param(
            'window = [{ id = "w", days = "all" , times = [] }, # all\n  { id = "v", days = "bank", times = [] } # bank\n]\n',
            ("set", ("window", 1, "days"), ["mon"]),
            'window = [{ id = "w", days = "all" , times = [] }, # all\n  { id = "v", days = ["mon"], times = [] } # bank\n]\n',
            id="tables written inline",
        ),
        pytest.param(
            'x = [\n  "a", # one\n  # two follows\n  "b", # two\n  "c" # three\n]\n',
            ("unset", ("x", 1)),
            'x = [\n  "a", # one\n  # two follows\n  "c" # three\n]\n',
            id="an element of an array over several lines",
        ),
        pytest.param(
            'x = [\n  "a", # one\n  "b" # two\n]\n',
            ("insert", ("x",), 2, "c"),
            'x = [\n  "a", # one\n  "b", # two\n  "c"\n]\n',
            id="after the last of an array without a last comma",
        ),
        pytest.param(
            'x = [\r\n  "a", # one\r\n  "b", # two\r\n]\r\n',
            ("insert", ("x",), 2, "c"),
            'x = [\r\n  "a", # one\r\n  "b", # two\r\n  "c",\r\n]\r\n',
            id="after the last of an array with a last comma and CRLF",
        ),
        pytest.param(
            "x = [\n  1 # the comma is on the next line\n  ,2\n]\n",
            ("insert", ("x",), 2, 99),
            "x = [\n  1 # the comma is on the next line\n  ,2, 99\n]\n",
            id="commas at the beginnings of lines (tomlkit 494)",
        ),
        pytest.param(
            'x = [\n"one" # comment one\n, # comment two\n]\n',
            ("unset", ("x", 0)),
            "x = [\n # comment one\n # comment two\n]\n",
            id="a comma alone on its line (tomlkit 408)",
        ),
        pytest.param(
            "x = { a = 1, b = 2 }\n",
            ("set", ("x", "c"), 3),
            "x = { a = 1, b = 2, c = 3 }\n",
            id="a key of an inline table (tomlkit 476)",
        ),
        pytest.param(
            '[[entity]]\nid = "a"\n\n# about b\n[[entity]]\nid = "b"\n\n# about c\n[[entity]]\nid = "c"\n',
            ("unset", ("entity", 1)),
            '[[entity]]\nid = "a"\n\n# about c\n[[entity]]\nid = "c"\n',
            id="a table takes the comment right above it",
        ),
        pytest.param(
            '[[entity]]\nid = "a"\n\n# --- Banks\n\n[[entity]]\nid = "b"\n\n[[entity]]\nid = "c"\n',
            ("unset", ("entity", 1)),
            '[[entity]]\nid = "a"\n\n# --- Banks\n\n[[entity]]\nid = "c"\n',
            id="a heading above a blank line stays",
        ),
        pytest.param(
            '[[entity]]\nid = "a"\n[[payment]]\nid = "p"\n[[entity.needs]]\nprovider = "x"\n[[entity]]\nid = "b"\n',
            ("insert", ("entity", 0, "needs"), 1, {"provider": "y"}),
            '[[entity]]\nid = "a"\n[[payment]]\nid = "p"\n[[entity.needs]]\nprovider = "x"\n\n[[entity.needs]]\n'
            'provider = "y"\n[[entity]]\nid = "b"\n',
            id="tables out of order",
        ),
        pytest.param(
            '[[entity]]\nid = "a"\n\n\t[[entity.needs]]\n\tprovider = "x"\n',
            ("insert", ("entity", 0, "needs"), 1, {"provider": "y", "endurance": "4h"}),
            '[[entity]]\nid = "a"\n\n\t[[entity.needs]]\n\tprovider = "x"\n\n\t[[entity.needs]]\n\tprovider = "y"\n'
            '\tendurance = "4h"\n',
            id="indented as its siblings",
        ),
        pytest.param(
            '[[entity]]\nid = "a"\n\n  [[entity.needs]]\n  shares = { "a-b" = 0.4, c = 0.6 } # split\n',
            ("rename_key", ("entity", 0, "needs", 0, "shares", "a-b"), "d"),
            '[[entity]]\nid = "a"\n\n  [[entity.needs]]\n  shares = { "d" = 0.4, c = 0.6 } # split\n',
            id="a key in quotes keeps them",
        ),
    ],
)
def test_edits_of_hand_laid_texts(text: str, step: tuple[Any, ...], expected: str) -> None:
    assert edited(text, step) == expected
    tomllib.loads(expected)


def test_what_is_the_same_already_is_not_written_anew() -> None:
    text = "[[entity]]\nid = 'a'\npopulation = 1_500_000\ncontact = {channel='x', role='y'}\n"
    steps = [
        ("set", ("entity", 0, "id"), "a"),
        ("set", ("entity", 0, "population"), 1500000),
        ("set", ("entity", 0, "contact"), {"role": "y", "channel": "x"}),
    ]
    assert edited(text, *steps) == text


@pytest.mark.parametrize("seed", range(60))
def test_formatting_keeps_tables_and_comments_and_is_done_once(seed: int) -> None:
    text = laid_out(EXAMPLE, Random(seed))
    made = formatted(text)
    assert read(made) == EXAMPLE
    assert formatted(made) == made
    assert sorted(_COMMENT.findall(made)) == sorted(_COMMENT.findall(text))
    assert made.startswith("\ufeff") == text.startswith("\ufeff")
    assert made.count("\r\n") == (made.count("\n") if "\r\n" in text else 0)
    assert made.endswith("\n")
    assert re.findall("[0-9_]*500_?000", made) == re.findall("[0-9_]*500_?000", text)


def test_the_canonical_layout() -> None:
    text = (
        '\n\n# Banks\n\n\n\n[[ entity ]]#one\nkind=\'bank\'\n\n  "id" = "a"\n# above\nmbco=0.40   # beside\n'
        "[[entity.needs]]\n\tendurance=[\n\"4h\"\n]\nany_of = [ 'x' ,'y']\nat_least = 1_0\n\n\n# end"
    )
    assert formatted(text) == (
        "# Banks\n\n[[entity]]  #one\nid = \"a\"\nkind = 'bank'\n# above\nmbco = 0.40  # beside\n\n"
        "  [[entity.needs]]\n  any_of = ['x', 'y']\n  at_least = 1_0\n  endurance = [\n    \"4h\",\n  ]\n\n# end\n"
    )
