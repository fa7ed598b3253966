"""Writing an incident's log: entries are appended under a lock, whole or not at all."""

import os
import stat
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any

from beroenden.errors import FaultyFilesError, UsageError
from beroenden.incident.log.entries import MOMENTS, Closed, Log, OutageEntry, next_id
from beroenden.incident.log.fields import ENTERED, KINDS, fields_of, zone_of
from beroenden.incident.log.read import read_tables_of_log, read_with_text
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import UNPRINTABLE, Finding, Report, Source
from beroenden.modelfiles.write import local_moment, section, write_text
from beroenden.units.times import parse_instant, time_zone

PATIENCE = 20
"""Seconds to wait for another writer."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Entries that have been checked and can be appended.

    Attributes:
        ids: Their ids.
        sections: Their text.
        text: The text of the whole file with them.
        log: The log with them.
    """

    ids: list[str]
    sections: str
    text: str
    log: Log


Guard = Callable[[Log], None]
"""Looks at a log as it stands when nobody else can write to it, and raises UsageError to keep entries out."""


def append(
    path: str | Path,
    entries: Sequence[Mapping[str, Any]],
    network: Network | None = None,
    *,
    guard: Guard | None = None,
) -> list[str]:
    """Append entries to a log: all or none, also when others append at the same time.

    Args:
        path: The log.
        entries: The keys of the file with `kind`, e.g. "outage"; without `id` the log gives one. Instants as in the
            file, or in minutes since the epoch.
        network: The model that ids are looked up in.
        guard: Called with the log before anything is written.

    Returns:
        Their ids, in order.

    Raises:
        FaultyFilesError: when the log or an entry is faulty; the file is then as it was.
        UsageError: when the file cannot be written or is locked, an entry has been corrected already, the guard
            refuses, or the incident is closed; what was received or issued can be appended even then.
    """
    target = _existing(Path(path))
    with _locked(target):
        _refuse_read_only(target)
        prepared = prepare(target, entries, network, guard)
        _write(target, prepared.text)
    return prepared.ids


def new(
    path: str | Path,
    *,
    actor: str,
    name: str,
    is_exercise: bool,
    model: str,
    incident_id: str,
    opened: int,
    tlp: str | None = None,
    network: Network | None = None,
) -> Log:
    """Begin a log.

    Args:
        model: The model's path relative to the log's folder, with slashes.
        opened: Minutes since the epoch.

    Raises:
        UsageError: when the file is there already or cannot be written, or the incident has no name.
        FaultyFilesError: for a value that makes no log.
    """
    if not name.strip():
        raise UsageError(
            say("Händelsen ska ha ett namn; --name är tomt.", "The incident needs a name; --name is empty.")
        )
    values = {
        "id": incident_id,
        "name": name,
        "actor": actor,
        "model": model,
        "opened": local_moment(opened, zone_of(network)),
        "exercise": is_exercise,
        "tlp": tlp,
    }
    text = section("[incident]", {key: _writable(value) for key, value in values.items()})
    report = Report()
    log = read_tables_of_log(tomllib.loads(text), report.root(Source(None, text)), network)
    if log is None:
        raise FaultyFilesError(report.in_order())
    target = Path(path)
    if not target.parent.is_dir():
        raise UsageError(
            say(f"Mappen {target.parent} finns inte; skapa den först.", f"There is no folder {target.parent}; make it.")
        )
    with _locked(target):
        if target.exists():
            raise UsageError(
                say(f"{target} finns redan; välj ett annat namn.", f"{target} is there already; choose another name.")
            )
        _write(target, text)
    return log


def prepare(
    path: Path, entries: Sequence[Mapping[str, Any]], network: Network | None, guard: Guard | None = None
) -> Prepared:
    """The text of a log with more entries, checked by reading it.

    Raises:
        FaultyFilesError: when the log or an entry is faulty.
        UsageError: when the guard refuses, the log is closed, an entry would be corrected twice, or a label be
            lowered without a record.
    """
    log, text, findings = read_with_text(path, network)
    if log is None or text is None:
        raise FaultyFilesError([finding for finding in findings if finding.severity == "error"])
    if guard is not None:
        guard(log)
    timezone = zone_of(network)
    identified = _identified(log, [_plain(_of_what(entry, log), timezone) for entry in entries])
    sections = "\n".join(_entry_section(entry, timezone) for entry in identified)
    before = text.mended()
    whole = f"{before}\n{sections}"
    report = Report()
    source = Source(None, whole.removeprefix("\ufeff"))
    grown = read_tables_of_log(tomllib.loads(source.text), report.root(source), network)
    counts = {kind: len(text.tables.get(kind, [])) for kind in KINDS}
    fresh = [_counted_anew(one, counts) for one in report.in_order() if _is_new(one, counts)]
    if grown is None:
        raise FaultyFilesError([one for one in fresh if one.severity == "error"])
    _refuse([one for one in fresh if one.code in ("B908", "B909")])
    if log.is_closed and any(entry["kind"] in (*ENTERED, "closed") for entry in identified):
        _refuse_closed(path, log, identified)
    return Prepared([entry["id"] for entry in identified], sections, whole, grown)


def raw_entry(path: Path, wanted: str, network: Network | None) -> tuple[str, dict[str, Any]] | None:
    """The kind and the raw table of an entry, if the log has it."""
    _, text, _ = read_with_text(path, network)
    tables = text.tables if text else {}
    for kind in KINDS:
        for table in tables.get(kind, []):
            if table.get("id") == wanted:
                return kind, table
    return None


def _is_new(finding: Finding, counts: Mapping[str, int]) -> bool:
    kind, index = _index(finding)
    return index is None or index >= counts.get(kind, 0)


def _counted_anew(finding: Finding, counts: Mapping[str, int]) -> Finding:
    """The finding with its entry's place among those to append, as their writer counts."""
    kind, index = _index(finding)
    if index is None:
        return finding
    rest = finding.where.partition("]")[2]
    return replace(finding, where=f"{kind}[{index - counts.get(kind, 0)}]{rest}")


def _index(finding: Finding) -> tuple[str, int | None]:
    kind, bracket, rest = finding.where.partition("[")
    return kind, int(rest.partition("]")[0]) if bracket else None


def _refuse(findings: Sequence[Finding]) -> None:
    """Refuse what a log that is there already is only warned of."""
    if findings:
        raise UsageError("\n".join(f"{one.where}: {one.message}. {_way_out(one)}" for one in findings))


def _way_out(finding: Finding) -> str:
    if finding.code == "B908":
        return say("Ange --lower-label --by ROLL om det är beslutat.", "Give --lower-label --by ROLE if so decided.")
    if finding.suggestion is None:
        return say("Utelämna --supersedes.", "Leave out --supersedes.")
    newest = finding.suggestion
    return say(f"Ersätt den i stället: --supersedes {newest}.", f"Supersede that instead: --supersedes {newest}.")


def _refuse_closed(path: Path, log: Log, entries: Sequence[Mapping[str, Any]]) -> None:
    ending = [entry.id for entry in log.of(Closed) if entry.id not in log.superseded]
    withdraw = f'beroenden incident withdraw "{path}" {ending[-1]} --reason "…"'
    if not any(entry.get("supersedes") in ending for entry in entries):
        raise UsageError(
            say(
                f"Händelsen är avslutad. Öppna den igen, och lägg sedan till posten:\n  {withdraw}",
                f"The incident is closed. Open it again, then add the entry:\n  {withdraw}",
            )
        )


def _of_what(entry: Mapping[str, Any], log: Log) -> Mapping[str, Any]:
    """The entry; an observation that withdraws an outage names what was said to be out, where it names nothing."""
    withdrawn = log.entry.get(str(entry.get("supersedes")))
    if not isinstance(withdrawn, OutageEntry) or entry.get("kind") != "observation":
        return entry
    return {**entry, "entity": entry.get("entity") or withdrawn.outage.entity}


def _plain(entry: Mapping[str, Any], timezone: str) -> dict[str, Any]:
    """The entry with instants as date-times and texts that can be written, and when it was logged."""
    made: dict[str, Any] = _writable(
        {key: _instant(key, value, timezone) for key, value in entry.items() if value is not None and key != "logged"}
    )
    now = int(time.time() // 60)
    moment = made.setdefault("time", local_moment(now, timezone))
    if not isinstance(moment, datetime) or abs(_minutes(moment, timezone) - now) > 1:
        made["logged"] = local_moment(now, timezone)
    return made


def _minutes(moment: datetime, timezone: str) -> float:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=time_zone(timezone))
    return aware.timestamp() / 60


def _instant(key: str, value: Any, timezone: str) -> Any:
    """Minutes or ISO 8601 as a date-time; what is neither is left for the reader to refuse."""
    if isinstance(value, list | tuple):
        return [_instant(key, one, timezone) for one in value]
    if isinstance(value, Mapping):
        return {inner: _instant(inner, one, timezone) for inner, one in value.items()}
    if key not in MOMENTS or isinstance(value, bool | datetime):
        return value
    try:
        minutes = value if isinstance(value, int) else parse_instant(value, time_zone(timezone))
        return local_moment(minutes, timezone)
    except (ValueError, AttributeError, OverflowError, OSError):
        return value


def _writable(value: Any) -> Any:
    """The value with what no UTF-8 file or document can hold as U+FFFD."""
    if isinstance(value, str):
        return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, Mapping):
        return {_writable(key): _writable(one) for key, one in value.items()}
    return [_writable(one) for one in value] if isinstance(value, list | tuple) else value


def _identified(log: Log, entries: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries, each with an id."""
    taken = [*log.entry, *(entry["id"] for entry in entries if isinstance(entry.get("id"), str))]
    made = []
    for entry in entries:
        if entry.get("kind") not in KINDS:
            known = ", ".join(KINDS)
            raise UsageError(
                say(f"En post har kind, ett av {known}.", f"An entry has a kind, one of {known}."),
            )
        if "id" not in entry:
            entry = {"id": next_id(entry["kind"], taken), **entry}
            taken.append(entry["id"])
        made.append(entry)
    return made


def _entry_section(entry: Mapping[str, Any], timezone: str) -> str:
    kind = entry["kind"]
    keys = [field.key for field in fields_of(kind, None)]
    ordered = {key: entry[key] for key in (*keys, *entry) if key in entry and key not in ("kind", "statement")}
    statements = entry.get("statement", [])
    inner = (section(f"[[{kind}.statement]]", one, "  ") for one in statements)
    return "\n".join([section(f"[[{kind}]]", ordered), *inner])


def _existing(path: Path) -> Path:
    """The file itself, where the path is a link to it."""
    if not path.is_file():
        raise UsageError(
            say(
                f"Loggen {path} finns inte; börja en med beroenden incident new.",
                f"There is no log {path}; begin one with beroenden incident new.",
            )
        )
    return path.resolve()


def _refuse_read_only(path: Path) -> None:
    """A rename would replace even a file that is marked read-only."""
    if not path.stat().st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise UsageError(
            say(f"{path} går inte att skriva: filen är skrivskyddad.", f"{path} cannot be written: it is read-only.")
        )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone in writing the file, within; the lock is a hidden file beside it and harmless when left.

    It is left: who waits for a lock that is removed holds one that nobody else sees, and two would write at a time.
    """
    from filelock import FileLock, Timeout

    beside = path.with_name(f".{path.name}.lock")
    lock = FileLock(beside, timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise UsageError(
            say(
                f"Loggen är upptagen: någon annan har {beside} sedan minst {PATIENCE} s. Inget är skrivet; försök igen.",
                f"The log is busy: someone else has held {beside} for {PATIENCE} s. Nothing is written; try again.",
            )
        ) from error
    except (OSError, NotImplementedError) as error:
        raise _cannot_write(path, error) from error
    try:
        yield
    finally:
        lock.release()


def _write(path: Path, text: str) -> None:
    """Write the file as its owner set its permissions, and remove what writers that were killed left beside it."""
    try:
        for left in path.parent.glob(f".{escape(path.name)}.*.tmp"):
            left.unlink(missing_ok=True)
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else None
        write_text(path, text)
        if mode is not None:
            path.chmod(mode)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: BaseException) -> UsageError:
    reason = getattr(error, "strerror", None) or str(error)
    return UsageError(say(f"{path} går inte att skriva: {reason}.", f"{path} cannot be written: {reason}."))
