"""What is said of outages without an end when an incident is closed, and of what comes when it has been."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, names_in, time_typed
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Log, OutageEntry, Received
    from beroenden.model.network import Network


def refuse_open(
    path: Path, log: "Log", moment: int, zone: "ZoneInfo", names: Callable[[str], str], *, with_time: bool
) -> None:
    """Refuse to close over outages whose end the log does not say, with the commands that end them.

    Args:
        path: Where the log is, for commands to type.
        log: As it stands.
        moment: The time of the closing.
        zone: Whose local times are told.
        names: What an id is called.
        with_time: Whether the closing's time was given, so that the commands need it too.

    Raises:
        UsageError: when there are any.
    """
    from beroenden.units.times import short_time

    found = list(_open(log, moment))
    if not found:
        return
    lines = []
    for entry, end in found:
        what = names(entry.outage.subject)
        given = ("--time", time_typed(moment, zone)) if with_time else ()
        ended = ("outage", "--supersedes", entry.id, "--end", time_typed(end, zone), *given)
        lines += [say(f"{entry.id}, {what}, har inget slut i loggen.", f"{entry.id}, {what}, has no end in the log.")]
        lines += [f"  {command_line('add', path, *ended)}"]
    when = short_time(moment, zone)
    lines += [
        say(
            "Säg först när det upphörde (byt tiden efter --end mot den rätta), och avsluta sedan. Är tiden okänd: avsluta "
            f"med --even-if-open; det som inget sägs om räknas då som över senast {when}.",
            "Say first when it ended (put the right time after --end), then close. If that is unknown, close with "
            f"--even-if-open; what nothing is said of is then taken to be over by {when}.",
        )
    ]
    raise UsageError("\n".join(lines))


def still_feared(path: Path, log: "Log", moment: int, names: Callable[[str], str]) -> Iterator[str]:
    """What the log still fears when it is closed, though it should have begun: what follows of it goes on being computed."""
    from beroenden.incident.log.entries import OutageEntry

    entries = log.as_of(moment).of(OutageEntry)
    begun = {one.outage.entity for one in entries if one.status != "feared"}
    for one in entries:
        if one.status == "feared" and one.outage.start <= moment and one.outage.entity not in begun:
            what, withdraw = (
                names(one.outage.subject),
                command_line("withdraw", path, one.id, "--reason", "…"),
            )
            yield say(
                f"{one.id}, {what}, befaras fortfarande i loggen, och uppföljningen räknar med det. Kom det inte: {withdraw}",
                f"{one.id}, {what}, is still feared in the log, and the follow-up reckons with it. If it did not come: {withdraw}",
            )


def open_by_others(path: Path, log: "Log", closing: str, moment: int, network: "Network") -> Iterator[str]:
    """The outages in others' delgivningar that nobody has said the end of: those of others' things may rightly stay so.

    Args:
        path: Where the log is, for commands to type.
        log: As it stood before the closing.
        closing: The id of the closing's entry.
        moment: Its time.
        network: The model, which says who answers for what.
    """
    from beroenden.incident.known import known_at
    from beroenden.incident.reported import latest_received
    from beroenden.units.times import short_time, time_zone

    known = known_at(log, moment, network)
    subjects = dict.fromkeys(
        outage.subject
        for outage, report, is_over in zip(known.told, known.reports, known.over, strict=True)
        if report is None and not is_over and (outage.end is None or outage.length is not None or outage.end > moment)
    )
    when = short_time(moment, time_zone(network.timezone))
    received = latest_received(log.as_of(moment))
    for subject in subjects:
        told = next((one for one in received if _begins(one, subject)), None)
        if told is None:
            continue
        what, sender = names_in(network)(subject), told.sender_in(network)
        sv = f"{what} har inget slut i {told.id} (från {sender}), och räknas här som över senast {when}."
        en = f"{what} has no end in {told.id} (from {sender}), and is here taken to be over by {when}."
        if network.answering(subject) != log.incident.actor:
            yield say(
                f"{sv} Ni svarar inte för det, så det får stå så; kommer dess slut går det att läsa in.",
                f"{en} You do not answer for it, so it may stay so; its end can be read in when it comes.",
            )
        else:
            reopen = command_line("withdraw", path, closing, "--reason", "…")
            yield say(
                f"Varning: {sv} Ni svarar för det: öppna händelsen igen och säg när det upphörde.\n  {reopen}",
                f"Warning: {en} You answer for it: open the incident again and say when it ended.\n  {reopen}",
            )


def _begins(received: "Received", subject: str) -> bool:
    """Whether a delgivning says that something is out, or that its level has been seen to be reduced."""
    from beroenden.incident.reported import OBSERVED

    claims = (claim for said in received.statements for claim in said.claims)
    return any(claim.subject == subject and claim.aspect in ("start", OBSERVED) for claim in claims)


def came_after_closing(path: Path, log: "Log", zone: "ZoneInfo") -> Iterator[str]:
    """That the incident was closed when something was read in.

    Args:
        path: Where the log is, for commands to type.
        log: As it stood before.
        zone: Whose local times are told.
    """
    from beroenden.incident.log.entries import Closed
    from beroenden.units.times import short_time

    closing = next((one for one in log.of(Closed) if one.id not in log.superseded), None)
    if closing is None:
        return
    when, reopen = short_time(closing.time, zone), command_line("withdraw", path, closing.id, "--reason", "…")
    yield say(
        f"Varning: händelsen är avslutad ({closing.id}, {when}); det som pågår enligt det inlästa räknas som över senast då. "
        f"Är det inte över, öppna händelsen igen:\n  {reopen}",
        f"Warning: the incident is closed ({closing.id}, {when}); what goes on according to what was read in is taken to be "
        f"over by then. If it is not, open the incident again:\n  {reopen}",
    )


def _open(log: "Log", moment: int) -> "Iterator[tuple[OutageEntry, int]]":
    """Outages that nobody has said the end of, each with when it was seen to be over, or else the closing."""
    from beroenden.incident.known import reckoned_at
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.incident.said import has_ended

    reckoned = reckoned_at(log, moment)
    for entry in log.as_of(moment).of(OutageEntry):
        end = entry.outage.end if entry.outage.length is None else None
        if entry.status == "feared" or has_ended(entry) or (end is not None and end <= moment):
            continue
        seen = reckoned[entry.id]
        yield entry, seen.end if seen.length is None and seen.end is not None and seen.end < moment else moment
