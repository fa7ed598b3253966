"""What a delgivning that is read in says is feared, with the command that enters it as feared in the own log."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, time_typed
from beroenden.language import say

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from beroenden.incident.exchange.files import Exchange
    from beroenden.incident.log.entries import Log
    from beroenden.model.network import Network
    from beroenden.model.scenario import Outage


def fears_told(
    path: "Path", log: "Log", exchange: "Exchange", moment: int, network: "Network | None", zone: "ZoneInfo"
) -> Iterator[str]:
    """What another fears and the own log does not speak of: nothing is reckoned of it.

    Args:
        path: Where the log is, for commands to type.
        log: As it was before.
        exchange: The delgivning.
        moment: The time of its entry.
        network: The model, which says what is meant; without it nothing can be told.
        zone: Whose local times are typed.
    """
    from beroenden.incident.known import known_at
    from beroenden.incident.told_fears import feared_outages, is_outranked

    if network is None:
        return
    known = known_at(log, moment, network)
    claims = (claim for statement in exchange.statements for claim in statement.claims)
    for outage in feared_outages(claims, network):
        if not is_outranked(outage, known):
            yield _feared(path, exchange, outage, network, zone)


def _feared(path: "Path", exchange: "Exchange", outage: "Outage", network: "Network", zone: "ZoneInfo") -> str:
    from beroenden.incident.lagesbild.writer import outage_name

    what = ("--payment", outage.payment, "--share", "…") if outage.payment else ("--entity", outage.subject)
    start = ("--start", time_typed(outage.start, zone), "--for", "…")
    enter = command_line("add", path, "outage", *what, *start, "--status", "feared", "--source", exchange.sender_name)
    name, by = outage_name(network, outage), exchange.sender_name
    return say(
        f"{name} befaras av {by} och ingår inte i prognosen. Så förs det in som befarat, med den längd som antas:\n  {enter}",
        f"{name} is feared by {by} and is not part of the prognosis. Enter it as feared so, with the length that is assumed:"
        f"\n  {enter}",
    )
