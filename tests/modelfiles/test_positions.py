"""Every key and value of a TOML text is found where it stands."""

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beroenden.modelfiles.positions import scan

FILES = Path(__file__).parents[1] / "files"
TEXTS = [path for path in sorted(FILES.glob("*/*.toml")) if not path.stem.startswith("B104")]

SCALARS = (
    '"text"', '""', "''", "'C:\\x'", '"a # b [x] {y} = , \\" \\\\"', '"\\u00e5\\t"', '"""a"""', "'''a\n[b]\n'''",
    '"""\n# no comment\nid = "x" ""two""\n"""', '"""a\\"""b"""""', "''''a'''''", "1", "-17", "+1_000", "0xff", "0o7",
    "0b1", "1.5", "-0.0", "1e5", "6.02E-3", "inf", "-nan", "true", "false", "2026-12-18", "07:00:00", "07:00:00.5",
    "2026-12-18T07:00:00", "2026-12-18 07:00:00", "2026-12-18t07:00:00z", "2026-12-18 07:00:00.25+01:00",
)  # fmt: skip
KEYS = ("{}", "k-{}", "_{}", '"{}"', '"{} # [x]"', "'{}.y = 1'", '"\\u00e5{}"', '"a\\"{}"', "{}x ")
BLANKS = ("", " ", "\t", "  ")
BREAKS = ("", " ", "\n", "\n\n  ", ' # ] } [[x]] = "\n', "#\n\t")


class Writer:
    """Writes a random TOML text and notes where each key and value begins."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.text = ""
        self.values: dict[tuple[Any, ...], int] = {}
        self.keys: dict[tuple[Any, ...], int] = {}
        self.count = 0

    def put(self, *choices: str) -> None:
        self.text += self.chance.choice(choices)

    def name(self, path: tuple[Any, ...]) -> tuple[Any, ...]:
        """A new key."""
        self.count += 1
        written = self.chance.choice(KEYS).format(self.count)
        path = (*path, next(iter(tomllib.loads(f"{written} = 1"))))
        self.keys[path] = self.values[path] = len(self.text)
        self.text += written
        return path

    def pair(self, path: tuple[Any, ...], depth: int = 0) -> None:
        for _ in range(self.chance.choice((1, 1, 1, 2, 3)) - 1):
            path = self.name(path)
            self.put(" . ", ".", "\t.")
        path = self.name(path)
        self.put(*BLANKS)
        self.put("=")
        self.put(*BLANKS)
        self.value(path, depth)

    def value(self, path: tuple[Any, ...], depth: int) -> None:
        self.values[path] = len(self.text)
        kind = self.chance.random() if depth < 3 else 1.0
        if kind < 0.15:
            self.inline_table(path, depth)
        elif kind < 0.4:
            self.array(path, depth)
        else:
            self.put(*SCALARS)

    def array(self, path: tuple[Any, ...], depth: int) -> None:
        self.text += "["
        count = self.chance.randrange(4)
        for index in range(count):
            self.put(*BREAKS)
            self.value((*path, index), depth + 1)
            self.put(*BREAKS)
            self.put("," if index < count - 1 else self.chance.choice(("", ",")))
        self.put(*BREAKS)
        self.text += "]"

    def inline_table(self, path: tuple[Any, ...], depth: int) -> None:
        self.text += "{"
        count = self.chance.randrange(4)
        for index in range(count):
            self.put(*BLANKS)
            self.pair(path, depth + 1)
            self.put(*BLANKS)
            self.put("," if index < count - 1 else "")
        self.put(*BLANKS)
        self.text += "}"

    def body(self, path: tuple[Any, ...]) -> None:
        for _ in range(self.chance.randrange(4)):
            self.put("", "\n", "# [x] = {\n", " \t\n", "  ", "\t")
            self.pair(path)
            self.put("\n", ' # "\n', "\t\n\n")

    def header(self, parents: list[tuple[Any, ...]], name: str, index: int | None) -> tuple[Any, ...]:
        """[a.b] or [[a.b]]: `parents` are the tables, as last meant, that its names lead through."""
        self.put("", "\n", "  ")
        start = len(self.text)
        around = parents[-1] if parents else ()
        path = (*around, name)
        self.put("[" if index is None else "[[")
        self.put(*BLANKS)
        for parent in parents:
            self.text += [step for step in parent if isinstance(step, str)][-1]
            self.put(".", " . ")
        self.keys.setdefault(path, len(self.text))
        self.text += name
        self.put(*BLANKS)
        self.put("]" if index is None else "]]")
        self.put("\n", " # c\n")
        self.values.setdefault(path, start)
        if index is not None:
            path = (*path, index)
            self.values[path] = start
        return path

    def section(self, number: int) -> None:
        """A table or a list of tables, with tables and lists of tables inside."""
        counts = range(self.chance.randrange(1, 4)) if self.chance.random() < 0.6 else (None,)
        for count in counts:
            outer = self.header([], f"t{number}", count)
            self.body(outer)
            for inner in range(self.chance.randrange(3)):
                below = self.header([outer], f"u{inner}", inner_count := self.chance.choice((None, 0)))
                self.body(below)
                if inner_count == 0:
                    self.body(self.header([outer], f"u{inner}", 1))
                    self.body(self.header([outer, (*outer, f"u{inner}", 1)], "v", None))

    def document(self) -> None:
        self.put(*BREAKS)
        self.text = self.text if not self.text.strip() or self.text.endswith(("\n", "\t", " ")) else "\n"
        self.body(())
        for number in range(self.chance.randrange(4)):
            self.section(number)
        self.put("", "# end", "\n")


@settings(derandomize=True, database=None, deadline=None, max_examples=400)
@given(seed=st.integers(0, 10**9))
def test_random_documents(seed: int) -> None:
    writer = Writer(random.Random(seed))
    writer.document()
    tomllib.loads(writer.text)
    found = scan(writer.text)
    assert found.values == writer.values
    assert found.keys == writer.keys


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """All values with their paths."""
    if path:
        yield path, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inside:
        yield from leaves(one, (*path, key))


def begins_with(text: str, value: Any) -> bool:
    """Whether a text begins with the TOML of a value."""
    ends = [index for index, sign in enumerate(text) if sign in ",]}\n#"]
    for end in (*ends, *(end + 1 for end in ends), len(text)):
        try:
            read = tomllib.loads(f"x = {text[:end]}")["x"]
        except tomllib.TOMLDecodeError:
            continue
        if repr(read) == repr(value):
            return True
    return False


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_each_value_of_a_file_stands_where_it_is_found(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    found = scan(text)
    for where, value in leaves(tomllib.loads(text)):
        at = text[found.values[where] :]
        if (
            isinstance(value, dict | list)
            and (at.startswith("[") or where in found.keys)
            and not begins_with(at, value)
        ):
            key = where[-1] if isinstance(where[-1], str) else where[-2]
            assert str(key) in at.partition("\n")[0]  # a header, or a dotted key
        elif not isinstance(value, dict | list):
            assert begins_with(at, value), (where, value, at[:40])


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("a = 1", ("a",), (1, 5)),
        ("a = 1\r\nb = 2\r\n", ("b",), (2, 5)),
        ('"å" = 1\n"ö" = "å"', ("ö",), (2, 7)),
        ('a = """\n\n"""\nb = [\n  1,\n\n  2]', ("b", 1), (7, 3)),
        ("[a]\nx = 1\n[a.b]\ny = 2", ("a", "b", "y"), (4, 5)),
        ("[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]\n[[a.b]]\nx = 1", ("a", 1, "b", 1, "x"), (6, 5)),
        ("[[a]]\n[a.b]\nx = 1\n[[a]]\n[a.b]\nx = 2", ("a", 1, "b"), (5, 1)),
        ("[a.b]\n[a]", ("a",), (2, 1)),
        ("a.b = 1\na.c = 2", ("a",), (1, 1)),
        ("a = {b.c = {d = [1, {e = 2}]}}", ("a", "b", "c", "d", 1, "e"), (1, 26)),
        ("[ a . 'b' ]", ("a", "b"), (1, 1)),
        ('"a.b" = 1\n"a\\"b" = 2', ('a"b',), (2, 10)),
        ('"\\u00e5\\n" = 1', ("å\n",), (1, 14)),
    ],
)
def test_places(text: str, path: tuple[Any, ...], place: tuple[int, int]) -> None:
    tomllib.loads(text)
    assert scan(text).find(path) == place


def test_a_key_is_found_apart_from_its_value() -> None:
    found = scan("[t]\na . bc = 1\n")
    assert found.find(("t", "a", "bc"), key=True) == (2, 5)
    assert found.find(("t", "a", "bc")) == (2, 10)
    assert found.find(("t",), key=True) == (1, 2)


def test_what_is_not_there_is_found_at_the_table_around_it() -> None:
    found = scan("x = 1\n[[entity]]\nid = 1\n")
    assert found.find(("entity", 0, "kind")) == (2, 1)
    assert found.find(("entity", 0, "kind", "a", 3), key=True) == (2, 1)
    assert found.find(("model",)) == (1, 1)
    assert found.find(()) == (1, 1)


def test_an_empty_text_has_no_positions() -> None:
    assert scan("").values == {}
    assert scan("").find(("a",)) == (1, 1)


@pytest.mark.parametrize(
    "text", ["a", "a =", "a = [", "a = {", "a = {b", '"', "[", "[[a", "a = ]", "= = =", "\x00", '"""']
)
def test_a_text_that_is_not_valid_still_comes_to_an_end(text: str) -> None:
    scan(text)
    scan(text * 3)
