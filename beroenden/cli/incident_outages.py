"""What is said of an outage when it has been added: whether it is there already, and what a corrected level changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, names_in, time_typed
from beroenden.language import say

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from beroenden.incident.log.entries import Log, OutageEntry
    from beroenden.model.network import Network


def outage_remarks(
    path: Path, log: "Log", entry: "OutageEntry", network: "Network | None", zone: "ZoneInfo"
) -> Iterator[str]:
    """What in an outage is hardly meant as it stands."""
    yield from _twice(path, log, entry, network, zone)
    yield from _from_the_start(path, log, entry, zone)


def _twice(path: Path, log: "Log", entry: "OutageEntry", network: "Network | None", zone: "ZoneInfo") -> Iterator[str]:
    """Other outages of the same, at the same time, that still stand."""
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.units.times import short_time

    if entry.id in log.superseded or entry.outage.payment:
        return
    for other in log.of(OutageEntry):
        is_same = other.outage.entity == entry.outage.entity and other.id not in (*log.superseded, entry.id)
        if not is_same or not _overlap(other, entry):
            continue
        name = names_in(network)(other.outage.entity or "")
        since = short_time(other.outage.start, zone)
        withdraw = command_line("withdraw", path, entry.id, "--reason", say("Dubblett", "Duplicate"))
        yield say(
            f"Varning: {other.id} säger redan att {name} är ute, från {since}; nu räknas två avbrott. Är det samma: återkalla "
            f"den nya och lägg till den igen med --supersedes {other.id}:\n  {withdraw}",
            f"Warning: {other.id} says already that {name} is out, from {since}; two outages count now. If it is the same, "
            f"withdraw the new one and add it again with --supersedes {other.id}:\n  {withdraw}",
        )


def _overlap(one: "OutageEntry", other: "OutageEntry") -> bool:
    """Whether two outages go on at the same time; one whose end is not said goes on."""
    first, second = sorted((one.outage, other.outage), key=lambda outage: outage.start)
    return first.end is None or first.length is not None or first.end > second.start


def _from_the_start(path: Path, log: "Log", entry: "OutageEntry", zone: "ZoneInfo") -> Iterator[str]:
    """That a corrected level holds from the outage's start, and how to say that it holds from now on."""
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.units.numbers import percent
    from beroenden.units.times import short_time

    before = log.entry.get(entry.supersedes or "")
    if not isinstance(before, OutageEntry) or entry.outage.payment or entry.outage.start >= entry.time:
        return
    was, now = before.outage.remaining, entry.outage.remaining
    if was == now or (entry.outage.end is not None and entry.outage.length is None and entry.outage.end <= entry.time):
        return
    start, moment = short_time(entry.outage.start, zone), time_typed(entry.time, zone)
    ended = command_line("add", path, "outage", "--supersedes", entry.id, "--remaining", f"{was:g}", "--end", moment)
    entity = str(entry.outage.entity)
    begun = command_line("add", path, "outage", "--entity", entity, "--start", moment, "--remaining", f"{now:g}")
    yield say(
        f"Varning: {percent(now)} av förmågan kvar (var {percent(was)}) gäller då hela avbrottet, från {start}. Gäller det "
        f"först nu: avsluta det gamla och börja ett nytt:\n  {ended}\n  {begun}",
        f"Warning: {percent(now)} of capacity left (was {percent(was)}) then holds for the whole outage, from {start}. If it "
        f"holds only from now on, end the old one and begin a new one:\n  {ended}\n  {begun}",
    )
