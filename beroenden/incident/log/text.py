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
_SAID_TWICE = ("Cannot ", "Duplicate ")
"""Beginnings of what tomllib says of a key or header that is there already: no more text would mend that."""
_BARE_END = re.compile(r"[0-9T:.+ -]*\Z")
_ANY_MOMENT = ("1111-11-11 11:11:11+11:11", "0000-00-00 00:00:00+00:00")
"""Between them they go on every date-time that is cut off, into one that there is."""
_REST = ("rue", "ue", "e", "alse", "lse", "se", "0", "]")
"""What true, false, the decimals of a number and the end of a header go on as."""
_BEGUN_MOMENT = re.compile(rb"^[ \t]*([a-z]+)[ \t]*=[ \t]*(?:[0-9]{1,4}|[0-9]{4}-[0-9]{2}-[0-9]{2} ?)\Z", re.MULTILINE)
"""A last line with so little of a date-time that TOML reads it as a number or a date."""


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

    @property
    def last_kind(self) -> str:
        """The kind of the last entry."""
        headers = _WHOLE_HEADER.findall(self.whole)
        return headers[-1].decode().strip(" \t[]") if headers else ""

    @property
    def begun_moment(self) -> str | None:
        """The key whose value is all that the file's last line has of a date-time, if that is how it ends."""
        match = _BEGUN_MOMENT.search(self.whole)
        return match.group(1).decode() if match else None

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
    may_be_cut = any(finding.code in ("B103", "B104") for finding in trial.findings)
    text = _without_broken_end(path, report) if may_be_cut else None
    if text is None:
        report.findings += trial.findings
    return text


def _without_broken_end(path: Path, report: Report) -> LogText | None:
    raw = path.read_bytes()
    place = report.root(Source(visible(str(path))))
    written = raw.rstrip(b"\0")
    ends = [len(written)] if written != raw else []
    for header in (_HEADER, _WHOLE_HEADER):
        ends += [match.start() for match in header.finditer(written)][-1:]
    cuts = (_cut(raw, end, place) for end in ends if end == len(written) or _is_cut_off(written[end:]))
    return next((text for text in cuts if text), None)


def _is_cut_off(raw: bytes) -> bool:
    """Whether a text that is no TOML is the beginning of one: an entry of which the end was never written."""
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(raw)
    except UnicodeDecodeError:
        return False
    match = _BARE_END.search(text)
    begun = len(match.group().lstrip()) if match else 0
    ways_on = ("", *_REST, *(moment[begun:] for moment in _ANY_MOMENT))
    return not text.endswith("\n") and any(_goes_on(text + rest) for rest in ways_on)


def _goes_on(text: str) -> bool:
    """Whether a text is TOML, or would be if it did not end."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        told = str(error)
        return told.endswith("(at end of document)") and not told.startswith(_SAID_TWICE)
    except (ValueError, RecursionError):
        return False
    return True


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
