"""What a delgivning that is read in does to what was there: what it replaces, what is said no longer, and odd times."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, time_typed
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from beroenden.incident.exchange.files import Exchange
    from beroenden.incident.log.entries import Log, OutageEntry, Received
    from beroenden.model.entities import Length

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
    yield from _own_level_goes_first(path, log, exchange, zone)


@dataclass(frozen=True, slots=True)
class _Ended:
    """An end that a delgivning states, or estimates.

    Attributes:
        start: When what ends began, as far as it is said.
        at: As of when it is said.
        is_sure: Whether the end is confirmed and has been; of an estimate, whether the outage is confirmed.
        length: The estimated length; None where the end itself is stated.
    """

    subject: str
    start: int | None
    end: int
    at: int
    is_sure: bool
    length: "Length | None" = None


def _own_goes_first(path: "Path", log: "Log", exchange: "Exchange", zone: "ZoneInfo") -> Iterator[str]:
    """Ends and lengths that another says of outages that the own log has otherwise, or not: the own entry outranks it.

    Of several that could be of one entry it is that which began nearest.
    """
    from beroenden.incident.log.entries import OutageEntry

    found: dict[str, list[_Ended]] = {}
    for said in _ends(exchange, zone):
        if (own := _own_entry(log, said)) is not None:
            found.setdefault(own.id, []).append(said)
    for entry in (one for one in log.of(OutageEntry) if one.id in found):
        said = min(found[entry.id], key=lambda one: abs(entry.outage.start - (one.start or entry.outage.start)))
        if said.length is None:
            yield from _own_end_goes_first(path, log, exchange, entry, said, zone)
        else:
            yield from _own_length_goes_first(path, exchange, entry, said)


def _own_length_goes_first(path: "Path", exchange: "Exchange", entry: "OutageEntry", said: _Ended) -> Iterator[str]:
    """An estimate of the length of an outage that the own log has going on with another length, or none."""
    from beroenden.incident.estimates import length_in_words, length_value
    from beroenden.incident.known import has_ended
    from beroenden.model.entities import Pert

    length = said.length
    if length is None or has_ended(entry) or entry.outage.length == length:
        return
    lasts = length_in_words(length)
    sv = f"{exchange.sender_name} uppskattar avbrottet i {said.subject} till {lasts}, men den egna posten {entry.id} går före."
    en = f"{exchange.sender_name} estimates the outage of {said.subject} at {lasts}, but the own entry {entry.id} outranks it."
    if not isinstance(length, Pert):
        yield say(sv, en)
        return
    source = ("--source", exchange.sender_name, *(("--status", "confirmed") if said.is_sure else ()))
    take = command_line("add", path, "outage", "--supersedes", entry.id, "--for", length_value(length), *source)
    yield say(f"{sv} Godtas uppskattningen:\n  {take}", f"{en} To accept the estimate:\n  {take}")


def _own_end_goes_first(
    path: "Path", log: "Log", exchange: "Exchange", entry: "OutageEntry", said: _Ended, zone: "ZoneInfo"
) -> Iterator[str]:
    """An end of an outage that the own log has with another end, or none."""
    from beroenden.units.times import short_time

    if entry.outage.end == said.end and entry.outage.length is None:
        return
    if not said.is_sure and said.at < entry.time and said.end <= entry.time:  # what was expected did not come
        return
    when, verb = short_time(said.end, zone), "upphörde" if said.is_sure else "upphör"
    sv = f"{exchange.sender_name} uppger att avbrottet i {said.subject} {verb} {when}, men den egna posten {entry.id} går före."
    en = (
        f"{exchange.sender_name} says that the outage of {said.subject} {'ended' if said.is_sure else 'ends'} {when}, but "
        f"the own entry {entry.id} outranks it."
    )
    following = _following(log, entry)
    if following is not None:
        yield say(
            f"{sv} Enligt den fortsatte avbrottet i {following.id}; reda ut med avsändaren vad som gäller.",
            f"{en} According to that the outage went on in {following.id}; settle with the sender which is right.",
        )
        return
    source = ("--source", exchange.sender_name, *(("--status", "confirmed") if said.is_sure else ()))
    take = command_line("add", path, "outage", "--supersedes", entry.id, "--end", time_typed(said.end, zone), *source)
    yield say(f"{sv} Godtas uppgiften:\n  {take}", f"{en} To accept that:\n  {take}")


def _own_level_goes_first(path: "Path", log: "Log", exchange: "Exchange", zone: "ZoneInfo") -> Iterator[str]:
    """The level that another has last seen of what the own log has out with more or less left, and not seen since."""
    from beroenden.incident.observed import SAME_LEVEL
    from beroenden.incident.told_otherwise import seen_since
    from beroenden.units.numbers import percent
    from beroenden.units.times import short_time

    for subject, (seen, level, is_sure, until) in _levels(exchange, zone).items():
        begun = [one for one in _own_outages(log, subject) if one.outage.start <= seen]
        entry = begun[-1] if begun and (begun[-1].outage.end is None or begun[-1].outage.end > seen) else None
        if entry is None or seen_since(log, subject, seen) or abs(entry.outage.remaining - level) < SAME_LEVEL:
            continue
        who, when, own = exchange.sender_name, short_time(seen, zone), percent(entry.outage.remaining)
        source = ("--source", who, *(("--status", "confirmed") if is_sure else ()))
        source += () if until is None else ("--until", time_typed(until, zone))
        words = ("--text", say(f"Enligt {who}", f"According to {who}"))
        take = command_line("add", path, "observation", "--entity", subject, "--level", f"{level:g}", *words, *source)
        yield say(
            f"{who} uppger att {subject} hade {percent(level)} av sin förmåga {when}, men den egna posten {entry.id} "
            f"({own} kvar) går före. Godtas uppgiften:\n  {take}",
            f"{who} says that {subject} had {percent(level)} of its capacity {when}, but the own entry {entry.id} "
            f"({own} left) outranks it. To accept that:\n  {take}",
        )


def _levels(exchange: "Exchange", zone: "ZoneInfo") -> dict[str, tuple[int, float, bool, int | None]]:
    """When a delgivning says that a level of each thing was last seen, what it was, whether that is confirmed, and until when."""
    from beroenden.incident.reported import OBSERVED, held_until

    found: dict[str, tuple[int, float, bool, int | None]] = {}
    for one in exchange.statements:
        seen = exchange.at if one.time is None else one.time
        for claim in one.claims:
            if claim.aspect == OBSERVED and seen >= found.get(claim.subject, (seen,))[0]:
                until = held_until(one.claims, claim.subject, zone)
                with suppress(ValueError):  # a delgivning that another program wrote
                    found[claim.subject] = seen, float(claim.value), one.status == "bekräftad", until
    return found


def _own_outages(log: "Log", subject: str) -> "list[OutageEntry]":
    """The entries of outages of one thing that stand, in the order in which they began."""
    from beroenden.incident.log.entries import OutageEntry

    standing = (one for one in log.of(OutageEntry) if one.id not in log.superseded and one.status != "feared")
    return sorted((one for one in standing if one.outage.entity == subject), key=lambda one: one.outage.start)


def _own_entry(log: "Log", said: _Ended) -> "OutageEntry | None":
    """The own entry of what a delgivning says the end of: that which began nearest, or the later part of it that then went on."""
    from beroenden.incident.reported import is_another

    own = [one for one in _own_outages(log, said.subject) if one.outage.start < said.end]
    start = said.start
    if start is None:
        return own[-1] if own else None
    own = [one for one in own if not is_another(one.outage.start, start, said.end, said.at)]
    if not own:
        return None
    nearest = min(own, key=lambda one: abs(one.outage.start - start))
    over = nearest.outage.end
    if over is not None and over <= start:  # another outage
        return None
    while (following := _following(log, nearest)) is not None and following.outage.start < said.end:
        nearest = following
    return nearest


def _following(log: "Log", entry: "OutageEntry") -> "OutageEntry | None":
    """The part of an outage that another went over into when it was half restored or got worse."""
    end = entry.outage.end if entry.outage.length is None else None
    return next((one for one in _own_outages(log, entry.outage.entity or "") if one.outage.start == end), None)


def _ends(exchange: "Exchange", zone: "ZoneInfo") -> Iterator[_Ended]:
    """The ends that a delgivning states or estimates, of one thing only of the first that goes on; what goes over into another
    part has not ended.
    """
    from beroenden.incident.estimates import LENGTH, claimed_length
    from beroenden.incident.lagesbild.claims import as_instant, said_outages

    told = [
        (statement, subject, one)
        for statement in exchange.statements
        for subject, outages in said_outages(statement.claims).items()
        for one in outages
    ]
    begun = {(subject, as_instant(one.get("start", ""), zone)) for _, subject, one in told}
    for statement, subject, one in told:
        start, end = (as_instant(one.get(aspect, ""), zone) for aspect in ("start", "end"))
        is_confirmed = statement.status == "bekräftad"
        if start is not None and any(_lasts(other, start, zone) for _, same, other in told if same == subject):
            continue
        if LENGTH in one and start is not None:
            length = claimed_length(one[LENGTH])
            yield _Ended(subject, start, start + length.typical, exchange.at, is_confirmed, length)
        elif end is not None and LENGTH not in one and (subject, end) not in begun:
            yield _Ended(subject, start, end, exchange.at, is_confirmed and end <= exchange.at)


def _lasts(said: Mapping[str, str], moment: int, zone: "ZoneInfo") -> bool:
    """Whether an outage began before a moment and goes on then, by what is claimed of it."""
    from beroenden.incident.estimates import LENGTH
    from beroenden.incident.lagesbild.claims import as_instant

    start, end = (as_instant(said.get(aspect, ""), zone) for aspect in ("start", "end"))
    return start is not None and start < moment and (end is None or LENGTH in said or end > moment)


def _before(log: "Log", exchange: "Exchange") -> "Received | None":
    """The delgivning of the same sender that this one replaces."""
    from beroenden.incident.reported import latest_received

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
