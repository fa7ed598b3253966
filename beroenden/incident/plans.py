"""What was planned and is to have begun, and whether anybody has said so since."""

from collections.abc import Iterable, Iterator

from beroenden.incident.log.entries import Log, Observation, OutageEntry
from beroenden.incident.reported import is_begun_by, is_beside_plan, outages_told, overlap
from beroenden.incident.said import concerned, is_feared
from beroenden.model.network import Network
from beroenden.model.scenario import Outage


def unseen(
    told: Iterable[tuple[Outage, OutageEntry | None]], log: Log, at: int, network: Network
) -> Iterator[tuple[str, int]]:
    """What was planned and is to have begun, of which nobody has said so since: the id and start of each.

    Args:
        told: The outages that are known, with the entries that reported them; None of others'.
        log: The log as of the time.
        at: The as-of time.
        network: The model.
    """
    for outage, report in told:
        if report is None or is_feared(report) or not report.time < outage.start <= at:
            continue
        if not is_seen(log, outage) and not _is_told_begun(log, outage, report.time, network):
            yield outage.subject, outage.start


def is_seen(log: Log, outage: Outage) -> bool:
    """Whether the own log says something of a thing, or of another outage of it, since an outage was to begin."""
    said = (one for one in log.entries if isinstance(one, Observation | OutageEntry) and not is_feared(one))
    return any(one.time >= outage.start and outage.subject in concerned(one) for one in said)


def _is_told_begun(log: Log, outage: Outage, planned: int, network: Network) -> bool:
    """Whether others tell of an outage at the time of one that was planned, which is not only a plan and no other outage."""
    every = [*outages_told(log, outage.subject, network)]
    for received, said, told in every:
        beside = [other for by, _, other in every if by.id == received.id]
        is_of_then = is_begun_by(received, said, told) and overlap(told, outage)
        if is_of_then and not is_beside_plan(told, beside, outage, planned):
            return True
    return False
