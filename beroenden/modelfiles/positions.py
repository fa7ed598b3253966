"""Where each key and value stands in a TOML text. The text must already have been read by tomllib."""

import re
from bisect import bisect_right
from collections.abc import Iterator

Path = tuple[str | int, ...]

_SPACE = re.compile(r"[ \t]*")
_BETWEEN = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
_BETWEEN_VALUES = re.compile(r"(?:[ \t\n,]+|#[^\n]*)*")
KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
DOT = re.compile(r"[ \t]*\.[ \t]*")
STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?:"{1,2})?'
    r"|'''.*?'''(?:'{1,2})?"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
SCALAR = re.compile(r"\d{4}-\d\d-\d\d \d\d:[^\s,\]}#]+|[^\s,\]}#]+")
_ESCAPE = re.compile(r'\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[btnfre"\\])')
_CLOSING = ("]", "}", "")
_TABLE = -1
"""Stands for the number of elements so far where an inline table is open."""
_SIMPLE = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b", '"': '"', "\\": "\\"}


class Positions:
    """Line and column, both from 1, of keys and values by their path (tables keys and list indices)."""

    def __init__(self, text: str) -> None:
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.values: dict[Path, int] = {}
        self.keys: dict[Path, int] = {}

    def find(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """The place of a value (of its key, if asked), else of the nearest table around it."""
        offset = self.keys.get(path) if key else None
        while offset is None:
            offset = self.values.get(path)
            if offset is None and not path:
                offset = 0
            path = path[:-1]
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1


def scan(text: str) -> Positions:
    """Positions of everything in a valid TOML text."""
    scanner = _Scanner(text.replace("\r\n", "\n"))
    scanner.document()
    return scanner.found


def last_begun(text: str) -> int:
    """The offset of the last header or key of a TOML text that is valid so far."""
    scanner = _Scanner(text)
    scanner.document()
    return scanner.begun


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = 0
        self.begun = 0
        self.found = Positions(text)
        self.counts: dict[Path, int] = {}

    def document(self) -> None:
        table: Path = ()
        self._skip(_BETWEEN)
        while self.offset < len(self.text):
            if self.text[self.offset] == "[":
                table = self._header()
            else:
                self._value(self._key(table))
            self._skip(_BETWEEN)

    def _skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.offset)
        if match is None or match.end() == self.offset:
            return ""
        self.offset = match.end()
        return match.group()

    def _dotted_key(self) -> Iterator[tuple[str, int]]:
        while True:
            start = self.offset
            yield unquoted(self._skip(KEY)), start
            if not self._skip(DOT):
                return

    def _header(self) -> Path:
        start = self.begun = self.offset
        is_array = self.text.startswith("[[", start)
        self.offset += 2 if is_array else 1
        self._skip(_SPACE)
        path: Path = ()
        for name, at in self._dotted_key():
            path = (*self._current(path), name)
            self.found.keys.setdefault(path, at)
            self.found.values.setdefault(path, start)
        self._skip(_SPACE)
        self.offset += 2 if is_array else 1
        if not is_array:
            path = self._current(path)
            self.found.values[path] = start
            return path
        self.counts[path] = self.counts.get(path, -1) + 1
        element = (*path, self.counts[path])
        self.found.values[element] = start
        return element

    def _current(self, path: Path) -> Path:
        """The table that a header's prefix names: of an array of tables, its last."""
        return (*path, self.counts[path]) if path in self.counts else path

    def _key(self, table: Path) -> Path:
        """The path of the key that begins here, and on to its value."""
        path = table
        self.begun = self.offset
        for name, start in self._dotted_key():
            path = (*path, name)
            self.found.keys.setdefault(path, start)
            self.found.values.setdefault(path, start)
        self._skip(_SPACE)
        self.offset += 1  # the equals sign
        self._skip(_SPACE)
        return path

    def _value(self, path: Path) -> None:
        """A value and everything in it; without recursion, so as deep as the text may be nested."""
        around: list[tuple[Path, int]] = []
        self._begin(path, around)
        while around:
            self._skip(_BETWEEN_VALUES)
            outer, count = around[-1]
            if self.text[self.offset : self.offset + 1] in _CLOSING:
                self.offset += 1
                around.pop()
            elif count == _TABLE:
                self._begin(self._key(outer), around)
            else:
                around[-1] = (outer, count + 1)
                self._begin((*outer, count), around)

    def _begin(self, path: Path, around: list[tuple[Path, int]]) -> None:
        self.found.values[path] = self.offset
        first = self.text[self.offset : self.offset + 1]
        if first in ("[", "{"):
            self.offset += 1
            around.append((path, 0 if first == "[" else _TABLE))
        elif not self._skip(STRING) and not self._skip(SCALAR):
            self.offset += 1  # cannot be in a valid text; never stand still


def unquoted(key: str) -> str:
    """A key without its quotes."""
    if key.startswith('"'):
        return _ESCAPE.sub(_character, key[1:-1])
    return key[1:-1] if key.startswith("'") else key


def _character(match: re.Match[str]) -> str:
    code = match.group(1)
    return _SIMPLE[code] if code in _SIMPLE else chr(int(code[1:], 16))
