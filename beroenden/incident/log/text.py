"""The text of a log: what can be read of it, and a broken end that is kept but not read."""

import codecs
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from beroenden.language import say
from beroenden.modelfiles.findings import UNPRINTABLE, Finding, Place, Report, Source, visible
from beroenden.modelfiles.read import parse

_HEADER = re.compile(rb"^[ \t]*\[(?!\[?[ \t]*received[ \t]*\.|[ \t]*incident)", re.MULTILINE)
"""The line on which an entry begins, or on which its header was cut off."""
_WHOLE_HEADER = re.compile(rb"^[ \t]*\[\[[ \t]*[a-z]+[ \t]*\]\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LogText:
    """A log's text.

    Attributes:
        tables: The tables of the whole part.
        place: The place of the whole part.
        whole: The part that was read, as it stands in the file.
        broken: The rest of the file.
    """

    tables: dict[str, Any]
    place: Place
    whole: bytes
    broken: bytes = b""

    @property
    def is_cut(self) -> bool:
        """Whether the whole part ends within a line."""
        return bool(self.whole) and not self.whole.endswith(b"\n")

    @property
    def last_line(self) -> int:
        """The last line of the whole part."""
        return self.whole.count(b"\n") + self.is_cut

    @property
    def last_entry(self) -> int:
        """The line on which the last entry begins."""
        headers = [match.start() for match in _WHOLE_HEADER.finditer(self.whole)]
        return self.whole.count(b"\n", 0, headers[-1]) + 1 if headers else 1

    def without_last(self) -> "LogText | None":
        """The text with its last entry among what is broken."""
        headers = [match.start() for match in _WHOLE_HEADER.finditer(self.whole)]
        return _cut(self.whole + self.broken, headers[-1], self.place) if headers else None

    def tell(self, report: Report) -> None:
        """Report a broken end, or one that may be."""
        if self.broken:
            last = self.last_line + len(self.broken.splitlines())
            first = self.last_line + (not self.is_cut)
            message = say(
                f"filens slut är trasigt: rad {first}–{max(first, last)} har behållits men inte lästs",
                f"the end of the file is broken: lines {first} to {max(first, last)} were kept but not read",
            )
            self._warn(report, first, message)
        elif self.is_cut:
            message = say(
                "filen slutar mitt i en rad; kontrollera att sista värdet är helt",
                "the file ends within a line; check that the last value is whole",
            )
            self._warn(report, self.last_line, message)

    def _warn(self, report: Report, line: int, message: str) -> None:
        report.findings.append(Finding("B906", "warning", message, self.place.source.name, line, 1))

    def mended(self) -> str:
        """The text to append to: the whole part as it is, the broken one as comments."""
        text = self.whole.decode() + ("\n" if self.is_cut else "")
        lines = self.broken.decode(errors="backslashreplace").splitlines()
        return text + "".join(f"# trasig post: {UNPRINTABLE.sub(_escaped, line)}\n" for line in lines)


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def parse_log(path: Path, report: Report) -> LogText | None:
    """The text of a log; None, and findings, when more than its last entry is broken."""
    trial = Report()
    parsed = parse(path, trial)
    if parsed is not None:
        tables, place = parsed
        return LogText(tables, Place(report, place.source), path.read_bytes())
    is_broken = any(finding.code in ("B103", "B104") for finding in trial.findings)
    text = _without_broken_end(path, report) if is_broken else None
    if text is None:
        report.findings += trial.findings
    return text


def _without_broken_end(path: Path, report: Report) -> LogText | None:
    raw = path.read_bytes()
    place = report.root(Source(visible(str(path))))
    ends = [len(raw.rstrip(b"\0"))] if raw.endswith(b"\0") else []
    for header in (_HEADER, _WHOLE_HEADER):
        ends += [match.start() for match in header.finditer(raw)][-1:]
    return next((text for end in ends if (text := _cut(raw, end, place))), None)


def _cut(raw: bytes, end: int, place: Place) -> LogText | None:
    """The text up to an end, when it can be read."""
    try:
        text = raw[:end].removeprefix(codecs.BOM_UTF8).decode()
        tables = tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
    if "incident" not in tables:
        return None
    return LogText(tables, Place(place.report, Source(place.source.name, text)), raw[:end], raw[end:])
