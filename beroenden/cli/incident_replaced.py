"""What a delgivning that is read in does to what was there: what it replaces, what is said no longer, and odd times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, time_typed
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from beroenden.incident.exchange.files import Exchange
    from beroenden.incident.log.entries import Log, Received

_SHOWN = 60
"""Characters of a statement that is said no longer."""


def refuse_documents(files: "tuple[Path, ...]") -> None:
    """Point to the file that is read in, where the document beside it was given.

    Raises:
        UsageError: for a document.
    """
    for file in files:
        if file.suffix.lower() in (".docx", ".md", ".html", ".pdf"):
            beside = file.with_suffix(".toml")
            there = "" if beside.is_file() else say(" Be avsändaren om den.", " Ask the sender for it.")
            raise UsageError(
                say(
                    f"{file.name} är dokumentet för människor; läs in .toml-filen bredvid: {beside}.{there}",
                    f"{file.name} is the document for people; read in the .toml file beside it: {beside}.{there}",
                )
            )


def remarks(path: "Path", log: "Log", exchange: "Exchange", moment: int, zone: "ZoneInfo") -> Iterator[str]:
    """What there is to say of a delgivning as it is read into a log.

    Args:
        path: Where the log is, for commands to type.
        log: As it was before.
        exchange: The delgivning.
        moment: The time of its entry.
        zone: Whose local times are told.
    """
    from beroenden.units.times import short_time

    if exchange.at > moment:
        stands, came = short_time(exchange.at, zone), short_time(moment, zone)
        yield say(
            f"Varning: läget i {exchange.file} är per {stands}, efter att den kom ({came}). Stämmer --time?",
            f"Warning: {exchange.file} is as of {stands}, after it came ({came}). Is --time right?",
        )
    before = _before(log, exchange)
    if before is not None:
        yield from _replaced(before, exchange)
    yield from _own_goes_first(path, log, exchange, zone)


def _own_goes_first(path: "Path", log: "Log", exchange: "Exchange", zone: "ZoneInfo") -> Iterator[str]:
    """Ends that another says of outages that the own log has with another end, or none: the own entry outranks it."""
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.units.times import short_time

    own = [one for one in log.of(OutageEntry) if one.id not in log.superseded and one.status != "feared"]
    for subject, (end, is_sure) in _ends(exchange, zone).items():
        for entry in (one for one in own if one.outage.entity == subject):
            if end <= entry.outage.start or (entry.outage.end == end and entry.outage.length is None):
                continue
            source = ("--source", exchange.sender_name, *(("--status", "confirmed") if is_sure else ()))
            ended = ("outage", "--supersedes", entry.id, "--end", time_typed(end, zone), *source)
            when, take = short_time(end, zone), command_line("add", path, *ended)
            yield say(
                f"{exchange.sender_name} uppger att avbrottet i {subject} {'upphörde' if is_sure else 'upphör'} {when}, men den "
                f"egna posten {entry.id} går före. Godtas uppgiften:\n  {take}",
                f"{exchange.sender_name} says that the outage of {subject} {'ended' if is_sure else 'ends'} {when}, but the own "
                f"entry {entry.id} outranks it. To accept that:\n  {take}",
            )


def _ends(exchange: "Exchange", zone: "ZoneInfo") -> dict[str, tuple[int, bool]]:
    """When each outage ends that a delgivning states the end of, and whether that is confirmed and has been."""
    from beroenden.incident.estimates import LENGTH
    from beroenden.units.times import parse_instant

    found: dict[str, tuple[int, bool]] = {}
    for statement in exchange.statements:
        claims = {(claim.subject, claim.aspect): claim.value for claim in statement.claims}
        for subject in (subject for subject, aspect in claims if aspect == "end" and (subject, LENGTH) not in claims):
            try:
                end = parse_instant(claims[subject, "end"], zone)
            except ValueError:  # unknown
                continue
            found[subject] = end, statement.status == "bekräftad" and end <= exchange.at
    return found


def _before(log: "Log", exchange: "Exchange") -> "Received | None":
    """The delgivning of the same sender that this one replaces."""
    from beroenden.incident.known import latest_received

    latest = (one for one in latest_received(log) if one.sender == exchange.sender and one.id not in log.superseded)
    return next((one for one in latest if (one.at or one.time) <= exchange.at), None)


def _replaced(before: "Received", exchange: "Exchange") -> Iterator[str]:
    number = before.number or "–"
    yield say(
        f"Ersätter {before.id} (nr {number} från {exchange.sender_name}): bara det som nu sägs räknas.",
        f"Replaces {before.id} (no. {number} from {exchange.sender_name}): only what is said now counts.",
    )
    now = {one.text for one in exchange.statements}
    begun = {claim.subject for one in exchange.statements for claim in one.claims if claim.aspect == "start"}
    were = {claim.subject for one in before.statements for claim in one.claims if claim.aspect == "start"}
    for subject in sorted(were - begun):
        yield say(
            f"Varning: avbrottet i {subject} sägs inte längre och räknas inte mer. Gäller det ännu: lägg till det själva.",
            f"Warning: the outage of {subject} is said no longer and counts no more. If it still holds, add it yourselves.",
        )
    gone = [
        one.text
        for one in before.statements
        if not any(text.startswith(one.text) or one.text.startswith(text) for text in now)
    ]
    if gone:
        first = f"”{gone[0][:_SHOWN]}{'…' if len(gone[0]) > _SHOWN else ''}”"
        yield say(
            f"Sägs inte längre i samma ord: {len(gone)} av {len(before.statements)} uppgifter, den första {first}.",
            f"Said no longer in the same words: {len(gone)} of {len(before.statements)} statements, the first {first}.",
        )
