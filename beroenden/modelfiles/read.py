"""Reading a model: files or tables in, a network (or None) and all findings out."""

import codecs
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from beroenden.errors import FaultyFilesError, did_you_mean, why_unreadable
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles import schema
from beroenden.modelfiles.findings import Finding, Place, Report, Source, has_errors, visible
from beroenden.modelfiles.positions import last_begun
from beroenden.modelfiles.rules.lists import ACROSS_FILES, REMARKS, RULES
from beroenden.modelfiles.schema import Draft
from beroenden.modelfiles.toml_faults import plain_reason, reason_of_line_end, reason_of_second, reason_of_unfinished
from beroenden.modelfiles.values import plain_id
from beroenden.modelfiles.write import content_hash
from beroenden.units.times import time_zone

Result = tuple[Network | None, list[Finding]]

LARGEST_FILE = 200_000_000
_AT_LINE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)
_LONG_NUMBER = re.compile(r"\d{4000,}")
_SAID_TWICE = ("Cannot ", "Duplicate ")
"""Beginnings of what tomllib says after the second of two keys or headers that exclude each other."""
_LONG_KEY = re.compile(r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){200,}""")


def load(path: str | Path, today: date | None = None) -> Result:
    """Read a model: a folder of TOML files, or one file.

    Args:
        path: The folder or file.
        today: The day from which age is counted; the current day by default.

    Returns:
        The network, or None when any finding is an error; and all findings in the order of the files.
    """
    report = Report()
    draft = Draft()
    read = [parse(file, report) for file in model_files(Path(path), report)]
    parsed = [tables for tables in read if tables is not None]
    is_whole = len(parsed) == len(read)
    draft_models(parsed, draft)
    if parsed and is_whole and draft.model_place is None:
        missing = say("[model] saknas", "[model] is missing")
        if len(parsed) > 1:
            missing = say(
                "[model] saknas i alla filer i mappen: fattas filen model.toml?",
                "[model] is missing in all files of the folder: has the file model.toml been left out?",
            )
            is_whole = False  # what else stood in that file is no fault of these
        report.file("B203", parsed[0][1].source.name or "", missing)
    draft_tables(parsed, draft)
    return finish(draft, report, today, is_whole)


def build(tables: Mapping[str, Any], today: date | None = None) -> Result:
    """Make a network of tables in memory, in the structure of the TOML files.

    Returns:
        As `load`; findings say `where` instead of file and line.
    """
    report = Report()
    draft = Draft()
    place = report.root(Source(None))
    if not isinstance(tables, Mapping):
        place.error("B202", say("ska vara en tabell", "should be a table"))
        return None, report.in_order()
    parsed = [(dict(tables), place)]
    draft_models(parsed, draft)
    if draft.model_place is None:
        place.error("B203", say("[model] saknas", "[model] is missing"))
    draft_tables(parsed, draft)
    return finish(draft, report, today)


def load_or_raise(path: str | Path, today: date | None = None) -> Network:
    """Read a model that has to be sound.

    Raises:
        FaultyFilesError: with all findings, when any is an error.
    """
    network, findings = load(path, today)
    if network is None:
        raise FaultyFilesError(findings)
    return network


def model_files(path: Path, report: Report) -> list[Path]:
    """The TOML files of a model, by name; hidden files are not the working group's."""
    try:
        return _model_files(path, report)
    except OSError as error:
        _unreadable(path, error, report)
        return []


def _model_files(path: Path, report: Report) -> list[Path]:
    if path.is_dir():
        named = (file for file in path.iterdir() if file.suffix.lower() == ".toml" and not file.name.startswith("."))
        # by name, for Windows sorts paths regardless of case: the same order everywhere
        files = sorted((file for file in named if file.is_file() or not file.exists()), key=lambda file: file.name)
        if not files:
            report.file("B102", path, say("mappen har inga TOML-filer", "the folder has no TOML files"))
        return files
    if path.is_file():
        return [path]
    near = did_you_mean(path.name, [one.name for one in path.parent.iterdir()]) if path.parent.is_dir() else None
    hint = say(f" Menade du ”{path.parent / near}”?", f' Did you mean "{path.parent / near}"?') if near else ""
    here = "" if path.is_absolute() else say(f" i {Path.cwd()}", f" in {Path.cwd()}")
    report.file("B101", path, say("finns inte", "does not exist") + here + "." + hint)
    return []


def parse(file: Path, report: Report) -> tuple[dict[str, Any], Place] | None:
    """The tables of one TOML file and the place of the whole; None, and a finding, when it cannot be read."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            report.file("B105", file, say("filen är större än 200 MB", "the file is larger than 200 MB"))
            return None
        raw = file.read_bytes()
    except OSError as error:
        _unreadable(file, error, report)
        return None
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
        message = say("är inte UTF-8; spara filen som UTF-8", "is not UTF-8; save the file as UTF-8")
        report.file("B103", file, message, *_place(before, len(before)))
        return None
    too_deep = say("är för djupt nästlad", "is nested too deeply")
    if long_key := _LONG_KEY.search(text):  # tomllib's time and memory grow with the square of the length of a key
        report.file("B105", file, too_deep, *_place(text, long_key.start()))
        return None
    try:
        source = Source(visible(str(file)), text)
        return source.tables, report.root(source)
    except RecursionError:
        report.file("B105", file, too_deep, *_deepest(text))
    except tomllib.TOMLDecodeError as error:
        syntax_error(file, text, str(error), report)
    except (ValueError, OverflowError):
        number = _LONG_NUMBER.search(text)
        offset = number.start() if number else 0
        report.file("B105", file, say("ett tal är för långt", "a number is too long"), *_place(text, offset))
    return None


def _unreadable(path: Path, error: OSError, report: Report) -> None:
    if isinstance(error, FileNotFoundError):
        report.file("B101", path, say("finns inte", "does not exist"))
    else:
        reason = why_unreadable(path, error)
        report.file("B101", path, say(f"går inte att läsa: {reason}", f"cannot be read: {reason}"))


def syntax_error(file: Path, text: str, message: str, report: Report) -> None:
    """Report what tomllib could not read, where it stands."""
    match = _AT_LINE.match(message)
    reason = match.group(1) if match else message
    text = text.replace("\r\n", "\n")
    line, column = (int(match.group(2)), int(match.group(3))) if match and match.group(2) else _place(text, len(text))
    end = _offset(text, line, column)
    begun = last_begun(text[:end])
    if reason.startswith(_SAID_TWICE):
        line, column = _place(text, begun)
        reason = reason_of_second(text, begun)
    elif text[end : end + 1] == "\r":
        reason = reason_of_line_end()
    else:
        in_words = reason_of_unfinished(text, begun, end) or plain_reason(text.split("\n")[line - 1], column)
        reason = in_words or reason
    report.file("B104", file, say(f"TOML-fel: {visible(reason)}", f"TOML syntax: {visible(reason)}"), line, column)


def _offset(text: str, line: int, column: int) -> int:
    return sum(len(one) for one in text.split("\n")[: line - 1]) + line - 1 + column - 1


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _deepest(text: str) -> tuple[int, int]:
    """Roughly where brackets are nested deepest."""
    depth, deepest, where = 0, 0, 0
    for match in re.finditer(r"[\[{]|[\]}]", text):
        depth += 1 if match.group() in "[{" else -1
        if depth > deepest:
            deepest, where = depth, match.start()
        if depth > 300:
            break
    return _place(text, where)


def draft_models(parsed: list[tuple[dict[str, Any], Place]], draft: Draft) -> None:
    """[model] first: it holds the time zone that the other tables are read in."""
    for tables, place in parsed:
        if "model" not in tables:
            continue
        if draft.model_place is not None:
            (place / "model").error(
                "B302", say("[model] står redan i en annan fil", "[model] already stands in another file")
            )
            continue
        draft.model_place = place / "model"
        draft.model = schema.read_model_table(tables["model"], draft.model_place)


def draft_tables(parsed: list[tuple[dict[str, Any], Place]], draft: Draft) -> None:
    """Read all other tables into a draft."""
    zone = time_zone(draft.model.get("timezone", "UTC"))
    draft.stated = _stated(parsed)
    for _, place in parsed:
        place.report.named = draft.named
    sections: dict[str, tuple[list[schema.Built], Callable[[Any, Place], Any]]] = {
        "entity": (draft.entities, schema.build_entity),
        "window": (draft.windows, schema.build_window),
        "payment": (draft.payments, schema.build_payment),
        "audience": (draft.audiences, schema.build_audience),
        "event": (draft.events, schema.build_event(zone)),
    }
    for tables, place in parsed:
        for key, raw in tables.items():
            if key == "model":
                continue
            if key not in sections:
                _unknown_is_told(key, raw, place.key(key), ["model", *sections])
                continue
            built, build_one = sections[key]
            built += [(build_one(element, at), at) for element, at in schema.read_tables(raw, place / key, key)]


def _stated(parsed: list[tuple[dict[str, Any], Place]]) -> dict[str, str]:
    """The names of entities by the ids that they state."""
    listed = [tables["entity"] for tables, _ in parsed if isinstance(tables.get("entity"), list)]
    raws = [raw for each in listed for raw in each if isinstance(raw, dict) and isinstance(raw.get("id"), str)]
    return {plain_id(raw["id"]): raw["name"] if isinstance(raw.get("name"), str) else "" for raw in raws}


def _unknown_is_told(key: str, raw: Any, place: Place, known: list[str]) -> None:
    """Tell of what stands at the top and is no table of a model; a key there has lost its table."""
    if isinstance(raw, dict) or (isinstance(raw, list) and raw and all(isinstance(one, dict) for one in raw)):
        message = say(f"okänd tabell ”{key!s:.60}”", f'unknown table "{key!s:.60}"')
        place.error("B201", message, did_you_mean(key, known))
        return
    message = say(
        f"nyckeln ”{key!s:.60}” står utanför alla tabeller: flytta den till under den rubrik som den hör till, t.ex. [[entity]]",
        f'the key "{key!s:.60}" stands outside all tables: move it below the header that it belongs to, e.g. [[entity]]',
    )
    place.error("B201", message)


def finish(draft: Draft, report: Report, today: date | None, is_whole: bool = True) -> Result:
    """Apply the rules to a draft, and make the network when no finding is an error."""
    today = today or date.today()
    for rule in RULES:
        if is_whole or rule not in ACROSS_FILES:
            rule(draft, today)
    if has_errors(report.findings):
        return None, report.in_order()
    for rule in REMARKS:
        rule(draft, today)
    network = Network(
        **draft.model,
        entities=tuple(entity for entity, _ in draft.entities),
        windows=tuple(window for window, _ in draft.windows),
        payments=tuple(payment for payment, _ in draft.payments),
        audiences=tuple(audience for audience, _ in draft.audiences),
        events=tuple(event for event, _ in draft.events),
    )
    return replace(network, hash=content_hash(network)), report.in_order()
