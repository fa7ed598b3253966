"""Reading an incident's log: a file in, a log (or None) and all findings out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from beroenden.errors import FaultyFilesError, did_you_mean
from beroenden.incident.log.entries import MOMENTS, Log
from beroenden.incident.log.fields import KINDS, STATEMENT_KEYS, fields_of, read_entry, read_incident
from beroenden.incident.log.rules import RULES, Draft, Item
from beroenden.incident.log.text import LogText, parse_log
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding, Place, Report, has_errors
from beroenden.modelfiles.schema import read_tables


def read_log(path: str | Path, network: Network | None = None) -> tuple[Log | None, list[Finding]]:
    """Read a log.

    Args:
        path: The file.
        network: The model that it refers to; without it, ids are not looked up and local times are Swedish.

    Returns:
        The log, or None when any finding is an error; and all findings in the order of the file.
    """
    log, _, findings = read_with_text(Path(path), network)
    return log, findings


def load_log(path: str | Path, network: Network | None = None) -> tuple[Log, list[Finding]]:
    """Read a log that has to be sound, with its warnings.

    Raises:
        FaultyFilesError: with the findings, when any is an error.
    """
    log, findings = read_log(path, network)
    if log is None:
        raise FaultyFilesError([finding for finding in findings if finding.severity == "error"])
    return log, findings


def named_model(path: Path) -> Path | None:
    """Where the model that a log names is; None when the log cannot be read so far."""
    text = parse_log(path, Report())
    incident = text.tables.get("incident") if text else None
    model = incident.get("model") if isinstance(incident, dict) else None
    return path.resolve().parent / model if isinstance(model, str) and model else None


def read_with_text(path: Path, network: Network | None) -> tuple[Log | None, LogText | None, list[Finding]]:
    """A log, its text and all findings."""
    report = Report()
    text = parse_log(path, report)
    if text is None:
        return None, None, report.in_order()
    log = read_tables_of_log(text.tables, text.place, network)
    if log is None and _is_half_written(text, report):
        shorter = text.without_last()
        if shorter is not None:
            again = Report()
            place = Place(again, shorter.place.source)
            log = read_tables_of_log(shorter.tables, place, network)
            if log is not None:
                text, report = shorter, again
    text.tell(report)
    return log, text, report.in_order()


def _is_half_written(text: LogText, report: Report) -> bool:
    """Whether all errors are in the last entry, and are what remains of one that was not written to its end."""
    errors = [finding for finding in report.findings if finding.severity == "error"]
    is_last = all((finding.line or 0) >= text.last_entry for finding in errors)
    rest = [finding for finding in errors if not _is_begun(finding, text)]
    return is_last and all(_is_missing(finding) for finding in rest) and (not rest or _lacks_only_its_end(text))


def _is_begun(finding: Finding, text: LogText) -> bool:
    """Whether a value is wrong because the file ends within a date-time."""
    key = text.begun_moment
    return key in MOMENTS and finding.line == text.last_line and finding.where.endswith(f".{key}")


def _lacks_only_its_end(text: LogText) -> bool:
    """Whether what the last entry lacks would have been written after all that it has; else it was forgotten."""
    if not text.last_kind:
        return False
    entry = text.tables[text.last_kind][-1]
    statements = entry.get("statement")
    if statements:
        return _comes_last(statements[-1], STATEMENT_KEYS, STATEMENT_KEYS[:3])
    fields = fields_of(text.last_kind, None)
    is_named = text.last_kind != "outage" or {"entity", "payment"} & set(entry)
    needed = [field.key for field in fields if field.required] + ([] if is_named else ["payment"])
    return _comes_last(entry, [field.key for field in fields], needed)


def _comes_last(table: Mapping[str, Any], order: Sequence[str], needed: Sequence[str]) -> bool:
    latest = max((order.index(key) for key in table if key in order), default=-1)
    return all(key in table or order.index(key) > latest for key in needed)


def _is_missing(finding: Finding) -> bool:
    """Whether something is missing, and nothing wrong; an outage of nothing has B213 at its table."""
    return finding.code == "B203" or (finding.code == "B213" and "." not in finding.where)


def read_tables_of_log(tables: dict[str, Any], place: Place, network: Network | None) -> Log | None:
    """The log of raw tables, None when any finding is an error; faults go to the report of the place."""
    for key in tables:
        if key != "incident" and key not in KINDS:
            message = say(f"okänd tabell ”{key!s:.60}”", f'unknown table "{key!s:.60}"')
            place.key(key).error("B201", message, did_you_mean(key, ["incident", *KINDS]))
    if "incident" not in tables:
        place.error("B203", say("[incident] saknas", "[incident] is missing"))
        return None
    incident = read_incident(tables["incident"], place / "incident", network)
    items = _items(tables, place, network, incident.actor if incident else "")
    if incident is not None:
        for rule in RULES:
            rule(Draft(incident, items))
    if incident is None or has_errors(place.report.findings):
        return None
    in_time = sorted((item.entry for item in items), key=lambda entry: entry.time)
    return Log(incident, tuple(in_time))


def _items(tables: dict[str, Any], place: Place, network: Network | None, actor: str) -> tuple[Item, ...]:
    """The entries in the order of the file."""
    found: list[tuple[int, Item]] = []
    offsets = place.source.positions.values
    for kind in KINDS:
        read = read_entry(kind, network, actor)
        for raw, at in read_tables(tables.get(kind, []), place / kind, kind):
            entry = read(raw, at)
            if entry is not None:
                found.append((offsets.get(at.path, 0), Item(raw, entry, at)))
    return tuple(item for _, item in sorted(found, key=lambda one: one[0]))
