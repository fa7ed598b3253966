"""Writing a model in its canonical form: one text for one network, whenever it is written."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from time import sleep
from typing import Any

from beroenden.language import say
from beroenden.model.entities import Contact, Entity, Failure, Length, LogNormal, Need, Pert, Provenance
from beroenden.model.network import Network
from beroenden.model.payments import Event, Opens, Payment, Stage, Window
from beroenden.units.durations import format_duration
from beroenden.units.times import local, time_zone

_PLAIN = re.compile(r'[^"\\\x00-\x1f\x7f]*')
_PAUSES = (0.05, 0.1, 0.2, 0.4)
"""Seconds between attempts to replace a file that is held."""
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def to_toml(network: Network) -> str:
    """The model as one TOML text; reading it gives an equal network."""
    sections = [
        section("[model]", _model(network)),
        *(window_toml(window) for window in network.windows),
        *(entity_toml(entity) for entity in network.entities),
        *(payment_toml(payment) for payment in network.payments),
        *(section("[[audience]]", {"actor": one.actor, "tlp": one.tlp}) for one in network.audiences),
        *(section("[[event]]", _event(event, network.timezone)) for event in network.events),
    ]
    return "\n".join(sections)


def save(network: Network, path: Path | str) -> None:
    """Write the model to one TOML file, whole or not at all."""
    write_text(Path(path), to_toml(network))


def content_hash(network: Network) -> str:
    """SHA-256 of the canonical text with everything in order of id."""
    ordered = replace(
        network,
        entities=tuple(sorted(network.entities, key=lambda one: one.id)),
        windows=tuple(sorted(network.windows, key=lambda one: one.id)),
        payments=tuple(sorted(network.payments, key=lambda one: one.id)),
        audiences=tuple(sorted(network.audiences, key=lambda one: (one.actor, one.tlp))),
        events=tuple(sorted(network.events, key=lambda one: one.id)),
    )
    return hashlib.sha256(to_toml(ordered).encode()).hexdigest()


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text whole or not at all, with line ends as they are.

    Raises:
        OSError: when the folder cannot be written.
    """
    write_bytes(path, text.encode())


def write_bytes(path: Path, content: bytes) -> None:
    """Write to a temporary file beside the target and rename it: the old file or the new, never half.

    Raises:
        OSError: when the folder cannot be written.
    """
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        put_in_place(Path(temporary), path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def put_in_place(made: Path, path: Path) -> None:
    """Rename a file over another, which on Windows a virus scanner or a synchronised folder may hold for a moment.

    Raises:
        PermissionError: when it is held for longer; its text says what to do.
        OSError: when it cannot be renamed for another reason.
    """
    for pause in (*_PAUSES, None):
        try:
            made.replace(path)
            return
        except PermissionError as error:
            if pause is None:
                raise PermissionError(error.errno, held(), str(path)) from error
            sleep(pause)


def held() -> str:
    """Why a file is not replaced, and the way out."""
    return say(
        "filen är öppen i ett annat program eller skrivskyddad; stäng den i Excel eller Word och försök igen",
        "the file is open in another program or read-only; close it in Excel or Word and try again",
    )


def section(header: str, values: dict[str, Any], indent: str = "") -> str:
    """A table: its header and a line for each key whose value is not None."""
    lines = [f"{indent}{header}\n"]
    lines += [f"{indent}{_key(key)} = {toml_value(value)}\n" for key, value in values.items() if value is not None]
    return "".join(lines)


def toml_value(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {toml_value(one)}" for key, one in value.items() if one is not None)
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list):
        return f"[{', '.join(toml_value(one) for one in value)}]"
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        return f'"{value}"'
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return _scalar(value)


def _key(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else toml_value(key)


def _scalar(value: Any) -> str:
    import tomli_w

    return tomli_w.dumps({"x": value})[4:].rstrip("\n")


@lru_cache(maxsize=4096)
def _duration(minutes: int | None) -> str | None:
    return None if minutes is None else format_duration(minutes)


def _length(length: int | Length | None) -> Any:
    if isinstance(length, Pert):
        return {"min": _duration(length.min), "mode": _duration(length.mode), "max": _duration(length.max)}
    if isinstance(length, LogNormal):
        return {"p50": _duration(length.p50), "p90": _duration(length.p90)}
    return _duration(length)


def _number(value: float | None) -> float | None:
    """A whole number as int, as it is read."""
    return value if value is None or value != int(value) else int(value)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _provenance(given: Provenance) -> dict[str, Any]:
    return {
        "tlp": given.tlp,
        "source": given.source,
        "verified": given.verified,
        "confidence": given.confidence,
        "note": given.note,
    }


def _model(network: Network) -> dict[str, Any]:
    return {
        "name": network.name,
        "version": network.version,
        "timezone": network.timezone,
        "tlp": network.tlp,
        "accounts": dict(network.accounts) or None,
    }


def window_toml(window: Window) -> str:
    """[[window]]."""
    values = {
        "id": window.id,
        "days": window.days if isinstance(window.days, str) else list(window.days),
        "times": [[_clock(start), _clock(end)] for start, end in window.times],
    }
    return section("[[window]]", values)


def _need(need: Need) -> dict[str, Any]:
    form: Any = {
        "provider": need.providers[0],
        "any_of": list(need.providers),
        "shares": dict(zip(need.providers, need.shares, strict=False)),
    }[need.form]
    return {
        need.form: form,
        "at_least": need.at_least if need.at_least != 1 else None,
        "endurance": _endurance(need),
        "spread": _number(need.spread),
        "floor": need.floor or None,
        "restart": _duration(need.restart) if need.restart else None,
        "expects": _duration(need.expects),
        "what": need.what,
        **_provenance(need.provenance),
    }


def _endurance(need: Need) -> Any:
    if need.endurance is None:
        return None
    if len(need.endurance) == 1 and need.endurance[0].level == 1:
        return _duration(need.endurance[0].minutes)
    return [[_duration(step.minutes), step.level] for step in need.endurance]


def _contact(contact: Contact | None) -> Any:
    return contact and {"role": contact.role, "channel": contact.channel}


def _failure(failure: Failure | None) -> Any:
    return failure and {
        "per_year": _number(failure.per_year),
        "duration": _length(failure.duration),
        "unavailability": failure.unavailability,
    }


def entity_toml(entity: Entity) -> str:
    """[[entity]] with its needs."""
    values = {
        "id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "owner": entity.owner,
        "mtpd": _duration(entity.mtpd),
        "rto": _duration(entity.rto),
        "rta": _duration(entity.rta),
        "rta_tested": entity.rta_tested,
        "rpo": _duration(entity.rpo),
        "mbco": entity.mbco,
        "population": entity.population,
        "failure": _failure(entity.failure),
        "contact": _contact(entity.contact),
        "regimes": list(entity.regimes) or None,
        **_provenance(entity.provenance),
    }
    needs = (section("[[entity.needs]]", _need(need), "  ") for need in entity.needs)
    return "\n".join([section("[[entity]]", values), *needs])


def _opens(opens: Opens | None) -> Any:
    return opens and {"bank_days": opens.bank_days, "days": opens.days, "at": _clock(opens.at)}


def _stage_sections(stage: Stage) -> Iterator[str]:
    values = {
        "id": stage.id,
        "name": stage.name,
        "opens": _opens(stage.opens),
        "duration": _duration(stage.duration) if stage.duration else None,
        "cutoff": None if stage.cutoff is None else _clock(stage.cutoff),
        "lead": stage.lead or None,
        "release": [_clock(minute) for minute in stage.release] or None,
        "window": stage.window,
        "interbank": stage.interbank or None,
        "at_recipient_bank": stage.at_recipient_bank or None,
        **_provenance(stage.provenance),
    }
    yield section("[[payment.stage]]", values, "  ")
    yield from (section("[[payment.stage.needs]]", _need(need), "    ") for need in stage.needs)


def payment_toml(payment: Payment) -> str:
    """[[payment]] with its stages and their needs."""
    values = {
        "id": payment.id,
        "name": payment.name,
        "payer": payment.payer,
        "paying_bank": payment.paying_bank,
        "recipients": payment.recipients,
        "count": payment.count,
        "amount": _number(payment.amount),
        "rrule": payment.rrule,
        "dates": list(payment.dates) or None,
        "roll": payment.roll if payment.roll != "none" else None,
        "moved": [list(pair) for pair in payment.moved] or None,
        "max_delay": _duration(payment.max_delay),
        "priority": payment.priority,
        "legal_basis": payment.legal_basis,
        "accounts": dict(payment.accounts) or None,
        **_provenance(payment.provenance),
    }
    stages = (section for stage in payment.stages for section in _stage_sections(stage))
    return "\n".join([section("[[payment]]", values), *stages])


def local_moment(minutes: int, timezone: str) -> datetime:
    """The local time, or UTC where the zone's offset had seconds: TOML has no way to write them."""
    moment = local(minutes, time_zone(timezone))
    offset = moment.utcoffset()
    return moment.astimezone(UTC) if offset and offset.seconds % 60 else moment


def _event(event: Event, timezone: str) -> dict[str, Any]:
    return {
        "id": event.id,
        "name": event.name,
        "start": local_moment(event.start, timezone),
        "end": local_moment(event.end, timezone),
        "entities": list(event.entities),
        **_provenance(event.provenance),
    }
