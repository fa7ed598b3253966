"""The flags of `beroenden incident add`: what they are called, and what a typed answer becomes."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.incident_words import value_meant
from beroenden.cli.moments import tell_day, typed_time
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.durations import format_duration, minutes_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.model.network import Network

FLAGS = (
    ("time", "När det blev känt; 08.10 är i dag [nu].", "When it became known; 08:10 is today [now]."),
    ("actor", "Vem som uppger det eller berörs [loggens aktör].", "Who says so or is concerned [the log's actor]."),
    ("source", "Källa: funktion och kanal, ingen person.", "Source: function and channel, no person."),
    ("status", "confirmed, unconfirmed eller feared (bekräftad, obekräftad, befarad); förvalt unconfirmed för outage och observation, annars confirmed.", "confirmed, unconfirmed or feared; by default unconfirmed for outage and observation, else confirmed."),
    ("tlp", "Märkning, t.ex. TLP:GREEN [händelsens].", "Label, e.g. TLP:GREEN [the incident's]."),
    ("text", "Vad som hänt, gjorts, beslutats eller frågas.", "What happened, was done, decided or is asked."),
    ("supersedes", "Id på posten som rättas.", "Id of the entry that is corrected."),
    ("entity", "outage, observation: entitet.", "outage, observation: entity."),
    ("payment", "outage: betalning vars fil är fel.", "outage: payment whose file is faulty."),
    ("share", "outage: andel av mottagarna, 0–1 eller i procent.", "outage: share of the recipients, 0–1 or in per cent."),
    ("start", "outage: avbrottets början.", "outage: when it began."),
    ("for", "outage: längd, 6h eller 2h..6h..20h [okänd].", "outage: length, 6h or 2h..6h..20h [unknown]."),
    ("end", "outage: avbrottets slut.", "outage: when it ended."),
    ("remaining", "outage: nivå som är kvar, 0–1 eller 50% [0].", "outage: level that remains, 0–1 or 50% [0]."),
    ("topic", "observation: handelse, personell, materiell, ekonomisk, fortroende eller kommunikation [handelse].",
     "observation: handelse, personell, materiell, ekonomisk, fortroende or kommunikation [handelse]."),
    ("level", "observation: entitetens nivå, 0–1 eller 50%; 1 är full förmåga.", "observation: the entity's level, 0–1 or 50%; 1 is full capacity."),
    ("until", "observation: till när nivån gäller.", "observation: until when the level holds."),
    ("type", "measure: strategic, operational, communicative; request: help, information, action, message.",
     "measure: strategic, operational, communicative; request: help, information, action, message."),
    ("owner", "measure: ansvarig roll.", "measure: responsible role."),
    ("due", "measure, request: klart senast.", "measure, request: due."),
    ("progress", "measure: decided, ongoing, done, cancelled [decided].",
     "measure: decided, ongoing, done, cancelled [decided]."),
    ("done", "measure: när den blev klar.", "measure: when it was done."),
    ("intended-effect", "measure: avsedd effekt.", "measure: intended effect."),
    ("effect", "measure: om den fick effekt: yes, partly, no, unknown.",
     "measure: whether it had effect: yes, partly, no, unknown."),
    ("concerns", "measure, decision, message: entitet eller betalning; kan upprepas.",
     "measure, decision, message: entity or payment; can be repeated."),
    ("by", "decision, --lower-label: roll som beslutade.", "decision, --lower-label: role that decided."),
    ("discloses", "decision: del av prognosen som delges, t.ex. prognos.betalningar; kan upprepas.",
     "decision: section of the prognosis to share, e.g. prognos.betalningar; can be repeated."),
    ("audience", "message: internal eller external.", "message: internal or external."),
    ("channel", "message: kanal.", "message: channel."),
    ("to", "request: aktören som den riktas till.", "request: the actor that it goes to."),
    ("role", "request: föreslagen ansvarig roll.", "request: proposed responsible role."),
    ("answered", "request: när den besvarades.", "request: when it was answered."),
    ("answer", "request: svaret.", "request: the answer."),
)  # fmt: skip
"""Flag, and its help in both languages."""
IDS = {
    "actor": ids.of_actors,
    "entity": ids.of_entities,
    "payment": ids.of_payments,
    "concerns": ids.in_list(ids.of_all),
    "to": ids.of_actors,
}
"""What a flag takes ids of."""
REPEATED = ("concerns", "discloses")
_NUMBERS = ("share", "remaining", "level")
_TIMES = ("time", "start", "end", "until", "due", "done", "answered")
_HALF_A_DAY = 12 * 60


def flag(key: str) -> str:
    """The flag of a key of the file.

    >>> flag("intended_effect")
    '--intended-effect'
    """
    return "--" + key.replace("_", "-")


def help_of(key: str, kind: str) -> str:
    """What a key holds in a kind of entry.

    >>> help_of("type", "request")
    'help, information, action, message'
    """
    sv, en = next((sv, en) for name, sv, en in FLAGS if name == key.replace("_", "-"))
    parts = [re.fullmatch(r"(?:([a-z, -]+): )?(.+)", part, re.DOTALL) for part in say(sv, en).split("; ")]
    told = [(match.group(1), match.group(2)) for match in parts if match]
    own = next((text for kinds, text in told if kinds and kind in kinds.split(", ")), told[0][1])
    return own.removesuffix(".")


def field_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """A flag for every field of every kind."""
    shared = say("Delge [nej].", "To be shared (delge) [no].")
    command = click.option("--disclose/--no-disclose", default=None, help=shared)(command)
    for name, sv, en in reversed(FLAGS):
        key, is_many = name.replace("-", "_"), name in REPEATED
        known = IDS.get(name)
        command = click.option(f"--{name}", key, multiple=is_many, metavar="…", shell_complete=known, help=say(sv, en))(
            command
        )
    return command


def entry_time(text: str | None, network: "Network | None") -> int:
    """The instant of --time, or now; where no date was written, it is said which day was taken.

    Raises:
        UsageError: when it cannot be read.
    """
    from time import time

    from beroenden.incident.log.fields import zone_of

    return typed_time("--time", text, zone_of(network)) if text else int(time() // 60)


def moment_of(key: str, text: str, zone: "ZoneInfo", near: int | None, *, is_ahead: bool = False) -> int:
    """The instant of a field; a time of day alone is on the day of the entry's time, or the next or the one before.

    What lies ahead is after the entry's time; anything else is at the time of day nearest to it. Where no date was written,
    it is said which day was taken.

    Args:
        key: The field.
        text: What was typed.
        zone: The zone of times without an offset.
        near: The entry's time; None: now.
        is_ahead: Whether the field lies after the entry's time.

    Raises:
        ValueError: with a message for a person, also for a date alone: midnight is seldom meant.
    """
    from beroenden.units.times import local
    from beroenden.units.typed import is_clock, typed_instant

    said = datetime.now(zone) if near is None else local(near, zone)
    found = typed_instant(text, zone, said)
    if near is not None and is_clock(text):
        if found < near if is_ahead else near - found > _HALF_A_DAY:
            found = typed_instant(text, zone, said + timedelta(days=1))
        elif not is_ahead and found - near > _HALF_A_DAY:
            found = typed_instant(text, zone, said - timedelta(days=1))
    tell_day(flag(key), text, found, zone)
    return found


def raw_value(key: str, text: str, zone: "ZoneInfo", near: int | None = None, *, is_correction: bool = False) -> Any:
    """What is written in the file for a typed answer.

    Args:
        key: The field.
        text: What was typed.
        zone: The zone of times without an offset.
        near: The entry's time, which a time of day alone and "i morgon" are reckoned from; None: now.
        is_correction: Whether the entry corrects another, so that what it held until may have passed.

    Raises:
        UsageError: when it cannot be read.
    """
    from beroenden.units.times import iso
    from beroenden.units.typed import typed_level

    try:
        if key in _TIMES:
            is_ahead = key == "due" or (key == "until" and not is_correction)
            return iso(moment_of(key, text, zone, near, is_ahead=is_ahead), zone)
        if key in _NUMBERS:
            return typed_level(text)
    except ValueError as error:
        wrong_number = say(f"”{text[:60]}” är inget tal från 0 till 1", f'"{text[:60]}" is not a number from 0 to 1')
        raise UsageError(f"{flag(key)}: {wrong_number if key in _NUMBERS else error}.") from error
    text = value_meant(key, text)
    if key == "for":
        return _uncertain(text) if ".." in text else format_duration(minutes_of(flag(key), text, takes_span=True))
    if key == "tlp" and not text.upper().startswith("TLP"):
        return f"TLP:{text.strip().upper()}"
    return [one.strip() for one in text.split(",") if one.strip()] if key in REPEATED else text


def _uncertain(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split("..")]
    if len(parts) != 3:
        raise UsageError(
            say(
                "--for: skriv 6h, eller kortast..troligast..längst: 2h..6h..20h.",
                "--for: write 6h, or shortest..likeliest..longest: 2h..6h..20h.",
            )
        )
    lengths = (format_duration(minutes_of(flag("for"), part)) for part in parts)
    return dict(zip(("min", "mode", "max"), lengths, strict=True))
