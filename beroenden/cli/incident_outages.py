"""What is said of an outage when it has been added: whether it is there already, what it follows on, and what a correction changes."""

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
    yield from _after_a_fault(path, log, entry, network, zone)
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


def _after_a_fault(
    path: Path, log: "Log", entry: "OutageEntry", network: "Network | None", zone: "ZoneInfo"
) -> Iterator[str]:
    """That the fault before in the same file made something late and was over before this one began."""
    from beroenden.units.times import short_time

    if network is None or entry.outage.payment not in network.payment or entry.id in log.superseded:
        return
    before = max(_faults_before(log, entry), key=lambda one: one.outage.end or 0, default=None)
    end = before.outage.end if before else None
    if before is None or end is None or end == entry.outage.start or not _hits_a_run(before, network):
        return
    name, until = names_in(network)(entry.outage.subject), short_time(end, zone)
    begun = command_line("add", path, "outage", "--supersedes", entry.id, "--start", time_typed(end, zone))
    yield say(
        f"Varning: felet i {before.id} tog slut {until}, och det som det gjorde sent av {name} räknas som betalt då. Är en "
        f"del av det inte betald börjar det nya felet när det förra slutar:\n  {begun}",
        f"Warning: the fault in {before.id} ended {until}, and what of {name} it made late counts as paid then. If part of "
        f"that is not paid, the new fault begins when the one before ends:\n  {begun}",
    )


def _faults_before(log: "Log", entry: "OutageEntry") -> Iterator["OutageEntry"]:
    """The faults in the same file that are said to have ended when this one began, or before."""
    from beroenden.incident.log.entries import OutageEntry

    for other in log.of(OutageEntry):
        fault = other.outage
        is_standing = other.id != entry.id and other.id not in log.superseded
        has_end = fault.end is not None and fault.length is None
        if is_standing and has_end and fault.payment == entry.outage.payment and (fault.end or 0) <= entry.outage.start:
            yield other


def _hits_a_run(entry: "OutageEntry", network: "Network") -> bool:
    """Whether something was due while a fault in a file lasted."""
    from beroenden.consequences.runs import timetable

    fault, payment = entry.outage, network.payment[entry.outage.subject]
    return bool(timetable(network).runs(payment, fault.start, (fault.end or fault.start) - 1))


def _from_the_start(path: Path, log: "Log", entry: "OutageEntry", zone: "ZoneInfo") -> Iterator[str]:
    """That a corrected level, or share of a file, holds from the outage's start, and how to say that it holds from now on."""
    from beroenden.incident.log.entries import OutageEntry
    from beroenden.units.numbers import percent
    from beroenden.units.times import short_time

    before = log.entry.get(entry.supersedes or "")
    is_same = isinstance(before, OutageEntry) and before.outage.subject == entry.outage.subject
    if not isinstance(before, OutageEntry) or not is_same or entry.outage.start >= entry.time:
        return
    of, key = ("--payment", "--share") if entry.outage.payment else ("--entity", "--remaining")
    was, now = (one.remaining if one.share is None else one.share for one in (before.outage, entry.outage))
    if was == now or (entry.outage.end is not None and entry.outage.length is None and entry.outage.end <= entry.time):
        return
    start, moment = short_time(entry.outage.start, zone), time_typed(entry.time, zone)
    ended = command_line("add", path, "outage", "--supersedes", entry.id, key, f"{was:g}", "--end", moment)
    begun = command_line("add", path, "outage", of, entry.outage.subject, "--start", moment, key, f"{now:g}")
    what, whole = say("av förmågan kvar", "of capacity left"), say("hela avbrottet", "the whole outage")
    if entry.outage.payment:
        what, whole = say("av mottagarna", "of the recipients"), say("hela felet", "the whole fault")
    yield say(
        f"Varning: {percent(now)} {what} (var {percent(was)}) gäller då {whole}, från {start}. Gäller det "
        f"först nu: avsluta det gamla och börja ett nytt:\n  {ended}\n  {begun}",
        f"Warning: {percent(now)} {what} (was {percent(was)}) then holds for {whole}, from {start}. If it "
        f"holds only from now on, end the old one and begin a new one:\n  {ended}\n  {begun}",
    )
