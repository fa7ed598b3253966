"""beroenden incident add"""

import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, write_json
from beroenden.cli.incident_fields import IDS, entry_time, field_options, flag, help_of, raw_value
from beroenden.cli.incident_log import log_argument, model_option, network_of, opened_log
from beroenden.cli.incident_override import in_place_of
from beroenden.cli.incident_told import tell_of
from beroenden.cli.incident_words import KINDS, kind_meant
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError, UsageError, did_you_mean, unknown_id
from beroenden.language import say
from beroenden.model.names import id_named

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Entry, Log
    from beroenden.model.network import Network
    from beroenden.modelfiles.findings import Finding
    from beroenden.modelfiles.schema import Field

_NOT_ASKED = ("id", "supersedes", "logged", "lowered_from", "lowered_by")
_NOT_TAKEN_OVER = ("id", "time", "supersedes", "logged", "lowered_from", "lowered_by")
_INSTEAD = {"end": ("for",), "for": ("end",), "entity": ("payment", "share"), "payment": ("entity", "remaining")}
"""What a corrected outage does not take over beside a field that is given."""
_KINDS = ("outage", "observation", "measure", "decision", "message", "request")
"""What is completed; `incident.log.fields` would load too much for that."""
_AFTER = {"level": "entity", "until": "level", "share": "payment", "remaining": "entity", "answer": "answered"}
"""Fields that are asked for only when another was given."""


@command(
    "Lägg till en post i en händelses logg: outage, observation, measure, decision, message eller request.",
    "Append an entry to an incident's log: outage, observation, measure, decision, message or request.",
    'beroenden incident add logg.toml outage --entity bankgirot --start 08.10 --for 2h..6h..20h --source "Bankgirots driftinformation, telefon"',
)
@log_argument
@click.argument("kind", required=False, metavar=say("[SLAG]", "[KIND]"), shell_complete=ids.among(*_KINDS))
@field_options
@click.option(
    "--lower-label", is_flag=True, help=say("Sänk märkningen vid rättelse.", "Lower the label in a correction.")
)
@click.option(
    "--file",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say("Lägg till alla poster i en TOML-fil, eller inga.", "Append all entries of a TOML file, or none."),
)
@click.option("--ask", is_flag=True, help=say("Fråga efter fälten.", "Ask for the fields."))
@click.option("--dry-run", is_flag=True, help=say("Visa posten utan att skriva.", "Show the entry without writing."))
@model_option
@json_option
def add(
    log: Path,
    kind: str | None,
    lower_label: bool,
    file: Path | None,
    ask: bool,
    dry_run: bool,
    model: Path | None,
    json_path: str | None,
    **options: Any,
) -> None:
    """Append what was given, asked for, or stands in a file."""
    network = network_of(log, model)
    known = opened_log(log, network)
    given = {key: value for key, value in options.items() if value not in (None, ())}
    if file is not None:
        if kind or given or ask or lower_label:
            raise UsageError(say("--file står ensam: fälten står i filen.", "--file stands alone: it has the fields."))
        entries = _entries_of(file)
    else:
        entries = [_entry(log, known, network, kind, given, ask, lower_label)]
    _append(log, entries, network, file, dry_run, json_path)


def _entry(
    path: Path,
    log: "Log",
    network: "Network | None",
    kind: str | None,
    given: dict[str, Any],
    ask: bool,
    lower_label: bool,
) -> dict[str, Any]:
    """The entry that the flags describe, what it corrects taken into account."""
    from beroenden.incident.log.entries import Received
    from beroenden.incident.log.fields import zone_of
    from beroenden.units.times import iso, time_zone

    corrected = _corrected(log, given.get("supersedes"))
    is_others = isinstance(corrected, Received)
    kind = _checked_kind(kind_meant(kind) or ("outage" if is_others else corrected.kind if corrected else None))
    zone = time_zone(zone_of(network))
    role = given.pop("by", None) if lower_label and kind != "decision" else given.get("by")
    _refuse_foreign_flags(kind, given)
    _refuse_unknown(given, network)
    near = entry_time(given["time"], network) if given.get("time") else None
    rest = {key: value for key, value in given.items() if key != "time"}
    made = {} if near is None else {"time": iso(near, zone)}
    made |= {key: _typed(key, value, zone, near, corrected is not None) for key, value in rest.items()}
    if isinstance(corrected, Received):
        made = in_place_of(corrected, kind, made, network, log.incident.tlp)
    if ask or (not given and sys.stdin.isatty()):
        made |= _asked(kind, made, network, zone, near)
    if corrected is not None and corrected.kind == kind:
        made = _taken_over(path, corrected.id, network, made) | made
    if made.get("progress", "done") != "done" and "done" not in given:
        made.pop("done", None)
    if lower_label:
        if corrected is None or not role:
            raise UsageError(
                say(
                    "--lower-label kräver --supersedes och --by ROLL.",
                    "--lower-label needs --supersedes and --by ROLE.",
                )
            )
        made |= {"lowered_from": log.label(corrected), "lowered_by": role}
    return {"kind": kind} | {key: value for key, value in made.items() if value not in ("", [])}


def _corrected(log: "Log", supersedes: str | None) -> "Entry | None":
    """The entry that is corrected.

    Raises:
        UsageError: when the log has no such entry.
    """
    if not supersedes or supersedes in log.entry:
        return log.entry.get(supersedes or "")
    near = did_you_mean(supersedes, log.entry)
    hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
    raise UsageError(
        say(f"--supersedes: {supersedes} finns inte i loggen.", f'--supersedes: the log has no entry "{supersedes}".')
        + hint
    )


def _checked_kind(kind: str | None) -> str:
    from beroenden.incident.log.fields import ENTERED

    if kind not in ENTERED:
        near = did_you_mean(kind, [*ENTERED, *KINDS]) if kind else None
        hint = say(f" Menade du ”{near}”?", f' Did you mean "{near}"?') if near else ""
        words = ", ".join(ENTERED)
        raise UsageError(say(f"Ange postens slag: {words}.", f"Give the kind of the entry: {words}.") + hint)
    return str(kind)


def _refuse_foreign_flags(kind: str, given: Mapping[str, Any]) -> None:
    from beroenden.incident.log.fields import fields_of

    own = [
        field.key for field in fields_of(kind, None) if field.key not in ("id", "logged", "lowered_from", "lowered_by")
    ]
    foreign = [flag(key) for key in given if key not in own]
    if foreign:
        flags = ", ".join(flag(key) for key in own)
        told = ", ".join(foreign)
        raise UsageError(
            say(f"{told} hör inte till {kind}, som har {flags}.", f"{told} does not go with {kind}, which has {flags}.")
        )


def _refuse_unknown(given: Mapping[str, Any], network: "Network | None") -> None:
    """Refuse ids that the model does not have, with those that were probably meant."""
    for key in (key for key in IDS if network is not None and given.get(key)):
        known = _known(key, network)
        words = [given[key]] if isinstance(given[key], str) else [part for one in given[key] for part in one.split(",")]
        for word in (one.strip() for one in words):
            if word and word not in known:
                raise UsageError(f"{flag(key)}: {unknown_id(say(*IDS[key].what), word, known)}")


def _known(key: str, network: "Network | None") -> dict[str, Any]:
    """What a flag can name, by id."""
    entities = dict(network.entity) if network and key != "payment" else {}
    payments = dict(network.payment) if network and key in ("payment", "concerns") else {}
    return {**entities, **payments}


def _ids_named(key: str, value: Any, network: "Network | None") -> Any:
    """An answer with ids for names."""
    if key not in IDS or network is None:
        return value
    named = {id_: one.name for id_, one in _known(key, network).items()}
    if isinstance(value, list):
        return [id_named(one, named) or one for one in value]
    return id_named(value, named) or value


def _typed(key: str, value: Any, zone: "ZoneInfo", near: int | None, is_correction: bool) -> Any:
    if isinstance(value, tuple):
        return [one for one in value if one]
    if not isinstance(value, str) or not value:
        return value
    return raw_value(key, value, zone, near, is_correction=is_correction)


def _taken_over(path: Path, corrected: str, network: "Network | None", given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a corrected entry that its correction does not give."""
    from beroenden.incident.log.write import raw_entry

    found = raw_entry(path, corrected, network)
    left_out = {*_NOT_TAKEN_OVER, *(other for key in given for other in _INSTEAD.get(key, ()))}
    return {key: value for key, value in (found[1] if found else {}).items() if key not in left_out}


def _asked(
    kind: str, given: Mapping[str, Any], network: "Network | None", zone: "ZoneInfo", near: int | None
) -> dict[str, Any]:
    """Answers to questions about the fields that were not given; what is required comes first."""
    from beroenden.incident.log.fields import common_fields, own_fields

    own = sorted(own_fields(kind, network), key=lambda field: not field.required)
    if kind == "outage":
        own.sort(key=lambda field: field.key not in ("entity", "payment"))
    names = [field.key for field in own]
    asked = [*own, *(one for one in common_fields(network) if one.key not in (*_NOT_ASKED, *names))]
    click.echo(say("Tomt svar: fältet utelämnas.", "An empty answer leaves the field out."), err=True)
    answers: dict[str, Any] = dict(given)
    for field in asked:
        instead = any(other in answers for other in _INSTEAD.get(field.key, ()))
        too_early = _AFTER.get(field.key, field.key) not in (field.key, *answers)
        if field.key in answers or instead or too_early or (field.key == "done" and answers.get("progress") != "done"):
            continue
        is_needed = field.required and field.key != "time"
        value = _answer(replace(field, required=is_needed or field.key == "payment"), kind, zone, network, near)
        if value is not None:
            answers[field.key] = value
    return answers


def _answer(field: "Field", kind: str, zone: "ZoneInfo", network: "Network | None", near: int | None) -> Any:
    """The answer to one question, asked again until it can be read."""
    from beroenden.incident.log.fields import check_value

    if field.key == "disclose":
        is_shared = click.confirm(say("Delge", "To be shared (delge)"), default=False, err=True)
        return is_shared or None
    while True:
        text = click.prompt(
            f"{help_of(field.key, kind)} ({field.key})", default="", show_default=False, err=True
        ).strip()
        if not text and not field.required:
            return None
        try:
            value = _ids_named(field.key, raw_value(field.key, text, zone, near), network) if text else ""
            _refuse_unknown({field.key: value}, network)
        except UsageError as error:
            click.echo(clean(error).partition(": ")[2], err=True)
            continue
        faults = check_value(field, value) if text else [say("Ett svar krävs.", "An answer is needed.")]
        if not faults:
            return value
        click.echo(clean("\n".join(faults)), err=True)


def _entries_of(file: Path) -> list[dict[str, Any]]:
    """The entries of a TOML file, in its order."""
    from beroenden.incident.log.fields import ENTERED, KINDS
    from beroenden.modelfiles.findings import Report
    from beroenden.modelfiles.read import parse
    from beroenden.modelfiles.schema import read_tables

    report = Report()
    parsed = parse(file, report)
    found: list[tuple[int, dict[str, Any]]] = []
    for kind, raw in parsed[0].items() if parsed else ():
        assert parsed is not None
        place = parsed[1]
        if kind == "incident":
            place.key(kind).error("B201", _whole_log(file))
            continue
        if kind not in KINDS:
            message = say(f"okänd tabell ”{kind!s:.60}”", f'unknown table "{kind!s:.60}"')
            place.key(kind).error("B201", message, did_you_mean(kind, ENTERED))
            continue
        if kind not in ENTERED:
            place.key(kind).error("B201", _written_by(kind))
            continue
        for table, at in read_tables(raw, place / kind, kind):
            found.append((place.source.positions.values.get(at.path, 0), {**table, "kind": kind}))
    if report.findings:
        raise FaultyFilesError(report.in_order())
    if not found:
        raise UsageError(say(f"{file} har inga poster.", f"{file} has no entries."))
    return [entry for _, entry in sorted(found, key=lambda one: one[0])]


def _whole_log(file: Path) -> str:
    """Why a whole log is not added to another."""
    return say(
        f"{file.name} är en hel logg ([incident]); --file tar en fil med bara poster. Lägg de poster som ska med i en egen fil",
        f"{file.name} is a whole log ([incident]); --file takes a file of entries alone. Put those wanted in a file of their own",
    )


def _written_by(kind: str) -> str:
    """Why entries of a kind are not entered by hand, and which command writes them."""
    commands = {
        "closed": "incident close",
        "received": "incident import",
        "issued": "lagesbild --approved-by",
        "withdrawn": "incident withdraw",
    }
    return say(
        f"[[{kind}]] skrivs inte för hand utan av beroenden {commands[kind]}",
        f"[[{kind}]] is not entered by hand but by beroenden {commands[kind]}",
    )


def _append(
    path: Path,
    entries: list[dict[str, Any]],
    network: "Network | None",
    file: Path | None,
    dry_run: bool,
    json_path: str | None,
) -> None:
    from beroenden.incident.log.read import load_log
    from beroenden.incident.log.write import append, prepare

    try:
        prepared = prepare(path, entries, network) if dry_run else None
        ids = prepared.ids if prepared else append(path, entries, network)
    except FaultyFilesError as error:
        if any(finding.file for finding in _findings(error)):
            raise
        if file is not None:
            raise FaultyFilesError([_placed(finding, file) for finding in _findings(error)]) from error
        raise UsageError("\n".join(_as_flag(finding) for finding in _findings(error))) from error
    except UsageError as error:
        raise UsageError(str(error) if file else _with_flags(str(error))) from error
    content = {"schema": "beroenden/appended/1", "log": str(path), "ids": ids, "written": not dry_run}
    if not write_json(json_path, content):
        if prepared:
            click.echo(clean(prepared.sections), nl=False)
        else:
            click.echo(clean(say(f"Lade till {', '.join(ids)} i {path}", f"Appended {', '.join(ids)} to {path}")))
    tell_of(path, prepared.log if prepared else load_log(path, network)[0], ids, network)


def _findings(error: FaultyFilesError) -> "tuple[Finding, ...]":
    return error.findings  # type: ignore[return-value]


def _placed(finding: "Finding", file: Path) -> "Finding":
    """The finding at its place in the file that the entries came from."""
    from beroenden.modelfiles.findings import Report
    from beroenden.modelfiles.read import parse

    parsed = parse(file, Report())
    if parsed is None:
        return finding
    path = tuple(int(step) if step.isdigit() else step for step in re.findall(r"[\w-]+", finding.where))
    line, column = parsed[1].source.positions.find(path)
    return replace(finding, file=str(file), line=line, column=column)


def _as_flag(finding: "Finding") -> str:
    """The finding of an entry in terms of the flags."""
    return _with_flags(f"{finding.where}: {finding.sentence}")


def _with_flags(message: str) -> str:
    message = re.sub(r'^\w+\[0\]: [”"](\w+)[”"]', lambda match: flag(match.group(1)), message, flags=re.MULTILINE)
    message = re.sub(r"^\w+\[0\]\.(\w+)", lambda match: flag(match.group(1)), message, flags=re.MULTILINE)
    return re.sub(r"^\w+\[0\]: ", "", message, flags=re.MULTILINE)
