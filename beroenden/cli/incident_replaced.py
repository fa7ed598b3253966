"""What a delgivning that is read in does to what was there: what it replaces, what is said no longer, and odd times."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from beroenden.cli.incident_outranked import outranked, standing_outages
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from beroenden.incident.exchange.files import Exchange
    from beroenden.incident.log.entries import Log, OutageEntry, Received

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
        yield from _replaced(log, before, exchange, zone)
    yield from outranked(path, log, exchange, moment, zone)


def _before(log: "Log", exchange: "Exchange") -> "Received | None":
    """The delgivning of the same sender that this one replaces."""
    from beroenden.incident.reported import latest_received

    latest = (one for one in latest_received(log) if one.sender == exchange.sender and one.id not in log.superseded)
    return next((one for one in latest if (one.at or one.time) <= exchange.at), None)


def _replaced(log: "Log", before: "Received", exchange: "Exchange", zone: "ZoneInfo") -> Iterator[str]:
    number = before.number or "–"
    yield say(
        f"Ersätter {before.id} (nr {number} från {exchange.sender_name}): bara det som nu sägs räknas.",
        f"Replaces {before.id} (no. {number} from {exchange.sender_name}): only what is said now counts.",
    )
    now = {one.text for one in exchange.statements}
    begun = {claim.subject for one in exchange.statements for claim in one.claims if claim.aspect == "start"}
    were = {claim.subject for one in before.statements for claim in one.claims if claim.aspect == "start"}
    for subject in sorted(were - begun):
        yield _no_longer_told(log, before, exchange, subject, zone)
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


def _no_longer_told(log: "Log", before: "Received", exchange: "Exchange", subject: str, zone: "ZoneInfo") -> str:
    """That a sender tells no longer of an outage, and by whose word it still counts."""
    from beroenden.incident.lagesbild.writer import listed
    from beroenden.incident.reported import told_by

    own = [one.id for one in standing_outages(log, subject) if _is_told_of(one, before, zone)]
    others = [one for one in told_by(log, subject) if one.sender != exchange.sender]
    sv = f"Varning: {exchange.sender_name} uppger inte längre avbrottet i {subject}"
    en = f"Warning: {exchange.sender_name} no longer tells of the outage of {subject}"
    if own:
        return say(
            f"{sv}, men det räknas ännu enligt den egna loggen ({listed(own)}). Ta reda på vad som gäller.",
            f"{en}, but it still counts by the own log ({listed(own)}). Find out which holds.",
        )
    if others:
        names = listed(one.sender_name or one.sender for one in others)
        return say(
            f"{sv}, men det räknas ännu enligt {names}. Ta reda på vad som gäller.",
            f"{en}, but it still counts according to {names}. Find out which holds.",
        )
    return say(
        f"{sv}, och det räknas inte mer. Gäller det ännu: lägg till det själva.",
        f"{en}, and it counts no more. If it still holds, add it yourselves.",
    )


def _is_told_of(entry: "OutageEntry", before: "Received", zone: "ZoneInfo") -> bool:
    """Whether an own outage went on at some time of one that a delgivning told of."""
    from beroenden.incident.lagesbild.claims import as_instant, outages_by_start

    outage = entry.outage
    for statement in before.statements:
        for (subject, since), said in outages_by_start(statement.claims).items():
            start, end = as_instant(since, zone), as_instant(said.get("end", ""), zone)
            begins = start is not None and (outage.end is None or start < outage.end)
            if subject == outage.subject and begins and (end is None or outage.start < end):
                return True
    return False
