"""A delgivning as a file: what one actor writes for another, and what is read of it."""

import hashlib
import json
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from beroenden.errors import UsageError
from beroenden.incident.exchange.fields import read_header, read_statements
from beroenden.incident.exchange.rules import RULES, STRICTEST_SHARED, Draft, Earlier
from beroenden.incident.lagesbild.claims import ASKED
from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.lagesbild.statements import Statement
from beroenden.incident.log.entries import Claim, Log, Received
from beroenden.language import Language, say, writing_in
from beroenden.model.labels import TLP
from beroenden.model.network import WITHHELD, Network
from beroenden.modelfiles import values
from beroenden.modelfiles.findings import Finding, Place, Report, has_errors
from beroenden.modelfiles.read import parse
from beroenden.modelfiles.schema import Field, read_table
from beroenden.modelfiles.write import local_moment, section

SCHEMA = "beroenden/delgivning/1"
PLANNED = ("inriktning.", "begaran.")
"""Beginnings of the sections whose statements say in a table who should do what, and by when."""
_TO = ("Till", "To")
"""Headings of whom a request is to."""
_OF_THE_HOUSE = ("status", "progress")
"""Aspects of the entries of the sender's own log."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Another actor's delgivning, as it was read. Times are minutes since the epoch.

    Attributes:
        file: The file's name.
        to: The actor's id or the label that it was written for.
        issued: When it was written.
        lowered: (label, role) where a label was lowered for the reader.
        hash: Over everything else.
    """

    file: str
    incident: str
    sender: str
    sender_name: str
    to: str
    number: int
    version: str
    at: int
    issued: int
    approved_by: str
    is_exercise: bool
    tlp: str
    language: Language
    hash: str
    statements: tuple[Statement, ...]
    model: Mapping[str, str]
    lowered: tuple[str, str] | None = None


def to_exchange(situation: Situation, *, issued: int | None = None) -> str:
    """An approved delgivning as TOML.

    Args:
        situation: Of the form "delgivning".
        issued: When it is written, in minutes since the epoch; now by default.

    Raises:
        UsageError: for what may not leave the house: no delgivning, no reader, not approved, nothing chosen, TLP:RED.
    """
    _refuse(situation)
    timezone = situation.timezone
    written = int(time.time() // 60) if issued is None else issued
    header: dict[str, Any] = {
        "incident": situation.incident,
        "sender": situation.actor,
        "sender_name": situation.actor_name,
        "to": situation.to,
        "number": situation.number,
        "version": situation.version,
        "at": local_moment(situation.at, timezone),
        "issued": local_moment(written, timezone),
        "approved_by": situation.approved_by,
        "exercise": situation.is_exercise,
        "tlp": situation.tlp,
        "language": situation.language,
        "model": {"name": situation.model_name, "version": situation.model_version, "hash": situation.model_hash},
    }
    if situation.lowered:
        header["lowered"] = dict(zip(("label", "role"), situation.lowered, strict=True))
    statements = [_table(one, timezone) for one in situation.statements if one.disclose]
    header["hash"] = content_hash({"schema": SCHEMA, "delgivning": header, "statement": statements})
    with writing_in(situation.language):
        remark = say("Läses in med", "Read it with")
    top = f'# {remark} beroenden incident import\nschema = "{SCHEMA}"\n'
    sections = (section("[[statement]]", one) for one in statements)
    return "\n".join([top, section("[delgivning]", header), *sections])


def _refuse(situation: Situation) -> None:
    """Refuse what may not leave the house."""
    reasons = (
        (
            situation.form != "delgivning",
            say("Bara en delgivning lämnas som fil.", "Only a delgivning is handed on as a file."),
        ),
        (
            not situation.to,
            say(
                "Ange mottagare: en aktör eller en märkning (--to).", "Give the recipient: an actor or a label (--to)."
            ),
        ),
        (
            not situation.approved_by,
            say(
                "Bara en godkänd lägesbild lämnas ut; ange vem som godkänt den (--approved-by ROLL).",
                "Only an approved situation report is handed on; say who approved it (--approved-by ROLE).",
            ),
        ),
        (
            situation.actor.startswith(WITHHELD),
            say(
                f"{situation.to_name} får inte läsa vem avsändaren är: aktörens märkning i modellen är för sträng.",
                f"{situation.to_name} may not read who the sender is: the actor's label in the model is too strict.",
            ),
        ),
        (
            not any(one.disclose for one in situation.statements),
            _nothing_chosen(situation),
        ),
        (
            _is_too_strict(situation.tlp),
            say(
                f"Märkningen är {situation.tlp}; högst {STRICTEST_SHARED} lämnas som fil.",
                f"The label is {situation.tlp}; at most {STRICTEST_SHARED} is handed on as a file.",
            ),
        ),
    )
    for is_so, reason in reasons:
        if is_so:
            raise UsageError(reason)


def _nothing_chosen(situation: Situation) -> str:
    """That nothing is chosen; and how to tell that what was shared before is withdrawn, where nothing else is said."""
    nothing = say("Inget är valt att delge (delge, --disclose).", "Nothing is chosen for sharing (--disclose).")
    if not any(one.entry for one in situation.changes):
        return nothing
    return nothing + say(
        " Det som har delgetts är återkallat: säg det i en ny post med --disclose, eller ta med prognosen (--disclose prognos).",
        " What was shared is withdrawn: say so in a new entry with --disclose, or include the prognosis (--disclose prognos).",
    )


def _is_too_strict(label: str) -> bool:
    return TLP.index(label) > TLP.index(STRICTEST_SHARED)


def _table(statement: Statement, timezone: str) -> dict[str, Any]:
    """A statement without what is the sender's own: paths, its log's entries, and what is withheld."""
    made: dict[str, Any] = {
        "section": statement.section,
        "text": statement.text,
        "status": statement.status,
        "source": statement.source,
    }
    if statement.time is not None:
        made["time"] = local_moment(statement.time, timezone)
    made["tlp"] = statement.tlp
    if statement.cells and statement.section.startswith(PLANNED):
        made["cells"] = [list(cell) for cell in statement.cells]
    claims = [one for one in statement.claims if one.aspect not in _OF_THE_HOUSE and WITHHELD not in one.subject]
    if claims:
        made["claims"] = [{"subject": one.subject, "aspect": one.aspect, "value": one.value} for one in claims]
    return made


def content_hash(tables: Mapping[str, Any]) -> str:
    """SHA-256 of all but the hash, as JSON with sorted keys: layout, comments and line ends do not matter."""
    header = {key: value for key, value in tables["delgivning"].items() if key != "hash"}
    text = json.dumps(
        {**tables, "delgivning": header}, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )
    return f"sha256:{hashlib.sha256(text.encode(errors='backslashreplace')).hexdigest()}"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def read_exchange(
    path: str | Path, network: Network | None = None, log: Log | None = None
) -> tuple[Exchange | None, list[Finding]]:
    """Read a delgivning.

    Args:
        path: The file.
        network: The own model; without it, the sender is not looked up and local times are Swedish.
        log: The own log, where it is to be appended; without it, it is not compared with what is there.

    Returns:
        The delgivning, or None when any finding is an error; and all findings in the order of the file.
    """
    report = Report()
    exchange = _read(Path(path), report, network, log, _earlier(log))
    return exchange, report.in_order()


def read_exchanges(
    paths: Iterable[str | Path], network: Network | None, log: Log
) -> tuple[list[Exchange], list[Finding]]:
    """Read the delgivningar that are to be appended to a log.

    Returns:
        Those that are new, in order of the paths; and all findings, of which any error is a reason to append none.
    """
    earlier, findings, fresh = _earlier(log), list[Finding](), list[Exchange]()
    for path in paths:
        report = Report()
        exchange = _read(Path(path), report, network, log, earlier)
        findings += report.in_order()
        if exchange is not None and exchange.hash not in {one.hash for one in earlier}:
            fresh.append(exchange)
            earlier.append(Earlier(exchange.file, exchange.sender, exchange.number, exchange.at, exchange.hash))
    return fresh, findings


def _earlier(log: Log | None) -> list[Earlier]:
    """What has been read before, less what was withdrawn since: that can be read again."""
    received = [one for one in log.of(Received) if one.id not in log.superseded] if log else []
    return [Earlier(one.id, one.sender, one.number, one.at, one.hash) for one in received]


def _read(
    path: Path, report: Report, network: Network | None, log: Log | None, earlier: Sequence[Earlier]
) -> Exchange | None:
    parsed = parse(path, report)
    if parsed is None or not _is_ours(*parsed):
        return None
    tables, place = parsed
    fields = (
        Field("schema", values.text),
        Field("delgivning", read_header(network), required=True),
        Field("statement", read_statements(network)),
    )
    found = read_table(tables, place, fields)
    header, statements = found.get("delgivning"), found.get("statement", ())
    if header is None:
        return None
    draft = Draft(header, statements, place, _hash_of(tables), network, log, earlier)
    for rule in RULES:
        rule(draft)
    if has_errors(report.findings):
        return None
    return Exchange(file=path.name, statements=statements, **header)


def _is_ours(tables: Mapping[str, Any], place: Place) -> bool:
    """Whether the file is a delgivning that can be read."""
    schema = tables.get("schema")
    if schema == SCHEMA:
        return True
    kind, _, number = str(schema).rpartition("/")
    if kind == SCHEMA.rpartition("/")[0] and number.isdecimal():
        message = say(
            f"filen har schema {number[:9]} och här läses 1: uppdatera beroenden, eller be avsändaren om den äldre formen",
            f"the file has schema {number[:9]} and 1 is read here: update beroenden, or ask the sender for the older form",
        )
    else:
        message = say(
            f'filen är ingen delgivning: den ska ha schema = "{SCHEMA}"',
            f'the file is no delgivning: it should have schema = "{SCHEMA}"',
        )
    (place / "schema").error("B921", message)
    return False


def _hash_of(tables: Mapping[str, Any]) -> str:
    """The hash that the content has; none of what is nested too deep to be a delgivning."""
    try:
        return content_hash(tables)
    except RecursionError:
        return ""


def received_entry(exchange: Exchange, moment: int, network: Network | None = None) -> dict[str, Any]:
    """The entry of a log that a delgivning becomes, as `logwrite.append` takes it."""
    return {
        "kind": "received",
        "time": moment,
        "source": exchange.file,
        "status": "unconfirmed",
        "tlp": exchange.tlp,
        "sender": exchange.sender,
        "sender_name": exchange.sender_name,
        "number": exchange.number,
        "at": exchange.at,
        "approved_by": exchange.approved_by,
        "hash": exchange.hash,
        "statement": [_received(one, network) for one in exchange.statements],
    }


def _received(statement: Statement, network: Network | None) -> dict[str, Any]:
    claims = (*statement.claims, *(Claim(one, ASKED, "yes") for one in asked_actors(statement, network)))
    made = {
        "section": statement.section,
        "text": with_cells(statement.text, statement.cells),
        "status": statement.status,
        "source": statement.source or None,
        "said": statement.time,
        "tlp": statement.tlp or None,
        "claims": [{"subject": one.subject, "aspect": one.aspect, "value": one.value} for one in claims] or None,
    }
    return {key: value for key, value in made.items() if value is not None}


def with_cells(text: str, cells: Iterable[tuple[str, str]]) -> str:
    """A statement with what else its table says: "Kan ni ta emot filen? Till: Swedbank. Gäller: hjälp." """
    more = [f"{heading}: {value.removesuffix('.')}." for heading, value in cells if value and value != text]
    ended = text if not more or text.endswith((".", "!", "?")) else f"{text}."
    return " ".join([ended, *more])


def asked_actors(statement: Statement, network: Network | None) -> list[str]:
    """Ids of whom something is requested of, where the own model has an actor of that name."""
    if network is None or not statement.section.startswith("begaran."):
        return []
    asked = {value for heading, value in statement.cells if heading in _TO}
    actors = (one for one in network.entities if network.actor_of(one.id) == one.id)
    return [one.id for one in actors if one.name in asked]
