"""What is said when an incident is closed before its log says when an outage ended."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, time_typed
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Log, OutageEntry


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


def _open(log: "Log", moment: int) -> "Iterator[tuple[OutageEntry, int]]":
    """Outages that nobody has said the end of, each with when it was seen to be over, or else the closing."""
    from beroenden.incident.known import has_ended, reckoned_at
    from beroenden.incident.log.entries import OutageEntry

    reckoned = reckoned_at(log, moment)
    for entry in log.as_of(moment).of(OutageEntry):
        end = entry.outage.end if entry.outage.length is None else None
        if entry.status == "feared" or has_ended(entry) or (end is not None and end <= moment):
            continue
        seen = reckoned[entry.id]
        yield entry, seen.end if seen.length is None and seen.end is not None and seen.end < moment else moment
