"""The difference between two texts, line by line, as git shows it."""

import difflib
from collections.abc import Iterator
from itertools import takewhile
from typing import Literal

from beroenden.modelfiles.editing.concrete import lines_of

Step = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]


class _Trimmed(difflib.SequenceMatcher[str]):
    """Searches only what lies between lines that begin and end alike: the search takes the square of it."""

    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__(None, before, after, autojunk=False)
        self.texts = before, after

    def get_opcodes(self) -> list[Step]:
        """Steps from one text to the other."""
        before, after = self.texts
        head = _alike(before, after)
        tail = _alike(before[head:][::-1], after[head:][::-1])
        low, high = len(before) - tail, len(after) - tail
        inner = difflib.SequenceMatcher(None, before[head:low], after[head:high], autojunk=False).get_opcodes()
        steps: list[Step] = [("equal", 0, head, 0, head)] if head else []
        steps += [(kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in inner]
        return [*steps, ("equal", low, len(before), high, len(after))] if tail else steps


def unified(name: str, old: str, new: str) -> Iterator[str]:
    """The unified difference in pieces; difflib's own takes lines that are frequent for changed ones."""
    before, after = lines_of(old), lines_of(new)
    matcher = _Trimmed(before, after)
    yield f"--- {name}\n+++ {name}\n"
    for group in matcher.get_grouped_opcodes(3):
        first, last = group[0], group[-1]
        yield f"@@ -{_extent(first[1], last[2])} +{_extent(first[3], last[4])} @@\n"
        for kind, low, high, start, end in group:
            if kind == "equal":
                yield from (_line(" ", line) for line in before[low:high])
            else:
                yield from (_line("-", line) for line in before[low:high])
                yield from (_line("+", line) for line in after[start:end])


def _alike(one: list[str], other: list[str]) -> int:
    """How many lines two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _extent(low: int, high: int) -> str:
    return f"{low + (high > low)},{high - low}"


def _line(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"
