"""Findings: what is wrong in a file, where, and what was probably meant."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from beroenden.language import say
from beroenden.modelfiles.positions import Positions, scan

Severity = Literal["error", "warning", "info"]
Key = str | int

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters (not tabs and line ends), lone surrogates and what is no character: not for documents or terminals."""
_LINES = re.compile(r"[\t\r\n]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, doubt or remark. Line and column count from 1; file is None for tables in memory."""

    code: str
    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    column: int | None = None
    suggestion: str | None = None
    where: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.file else self.where or "-"
        words = {"error": ("fel", "error"), "warning": ("varning", "warning"), "info": ("upplysning", "info")}
        return f"{place}: {say(*words[self.severity])} {self.code} {self.sentence}"

    @property
    def sentence(self) -> str:
        """The message, with what was probably meant."""
        if not self.suggestion:
            return self.message
        hint = say(f"Menade du ”{self.suggestion}”?", f'Did you mean "{self.suggestion}"?')
        return f"{self.message.removesuffix('.')}. {hint}"

    def to_dict(self) -> dict[str, object]:
        """The finding as JSON."""
        return {
            "code": self.code,
            "severity": self.severity,
            "message": self.message,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "suggestion": self.suggestion,
        }


def visible(text: str) -> str:
    """The text on one line, with what cannot be shown as U+FFFD."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _LINES.sub(" ", text))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding makes the files unusable."""
    return any(finding.severity == "error" for finding in findings)


@dataclass
class Source:
    """One text that tables came from; positions are scanned only when a finding asks for one."""

    name: str | None
    text: str = ""

    @cached_property
    def tables(self) -> dict[str, Any]:
        """The text as tomllib reads it; not to be changed.

        Raises:
            TOMLDecodeError: when it is no TOML.
        """
        return tomllib.loads(self.text)

    @cached_property
    def positions(self) -> Positions:
        """Where each key and value of the text stands."""
        return scan(self.text)


@dataclass
class Report:
    """The findings of one reading, in the order in which they were met.

    Attributes:
        named: Gives ids of entities by what they may be called instead, in lower case; asked only when an id is faulty.
    """

    findings: list[Finding] = field(default_factory=list)
    named: Callable[[], Mapping[str, str]] = dict

    def root(self, source: Source) -> "Place":
        """The place of a whole text."""
        return Place(self, source)

    def file(self, code: str, path: Path | str, message: str, line: int = 1, column: int = 1) -> None:
        """An error of a file as such."""
        self.findings.append(Finding(code, "error", visible(message), visible(str(path)), line, column))

    def in_order(self) -> list[Finding]:
        """All findings, by file and line; of tables in memory, as they were met."""
        return sorted(self.findings, key=lambda found: (found.file or "", found.line or 0, found.column or 0))


@dataclass(frozen=True, slots=True)
class Place:
    """A key or value in a source, and the report that hears of its faults."""

    report: Report
    source: Source
    path: tuple[Key, ...] = ()
    at_key: bool = False

    def __truediv__(self, key: Key) -> "Place":
        return Place(self.report, self.source, (*self.path, key))

    def key(self, key: Key) -> "Place":
        """The place of a key itself, not of its value."""
        return Place(self.report, self.source, (*self.path, key), at_key=True)

    def add(self, code: str, severity: Severity, message: str, suggestion: str | None = None) -> None:
        """Report a finding here."""
        line = column = None
        if self.source.name is not None:
            line, column = self.source.positions.find(self.path, key=self.at_key)
        self.report.findings.append(
            Finding(
                code, severity, visible(message), self.source.name, line, column, suggestion, visible(self._dotted())
            )
        )

    def error(self, code: str, message: str, suggestion: str | None = None) -> None:
        """Report an error here."""
        self.add(code, "error", message, suggestion)

    def warning(self, code: str, message: str, suggestion: str | None = None) -> None:
        """Report a warning here."""
        self.add(code, "warning", message, suggestion)

    def info(self, code: str, message: str) -> None:
        """Report a remark here."""
        self.add(code, "info", message)

    def _dotted(self) -> str:
        return "".join(_steps(self.path))


def _steps(path: tuple[Key, ...]) -> Iterator[str]:
    for index, step in enumerate(path):
        if isinstance(step, int):
            yield f"[{step}]"
        else:
            yield f".{step}" if index else str(step)
