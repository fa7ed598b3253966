"""The option that takes what happens from an incident's log, and what is known from it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import time as now
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.moments import typed_time
from beroenden.cli.scenarios import scenario_of
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.durations import minutes_of

if TYPE_CHECKING:
    from beroenden.incident.known import Known
    from beroenden.incident.log.entries import Log
    from beroenden.model.network import Network
    from beroenden.model.scenario import Scenario

incident_option = click.option(
    "--incident",
    "incident_file",
    type=click.Path(path_type=Path),
    metavar=say("LOGG", "LOG"),
    help=say("Händelsens logg, i stället för ett scenario.", "The incident's log, instead of a scenario."),
)
longer_option = click.option(
    "--longer",
    metavar=say("LÄNGD", "LENGTH"),
    help=say(
        "Tänk om: det som är ute är det så mycket längre, t.ex. 6h.",
        "What if: what is out is so for that much longer, e.g. 6h.",
    ),
)

later_option = click.option(
    "--later",
    metavar=say("LÄNGD", "LENGTH"),
    help=say(
        "Tänk om: allt som är ute börjar, och slutar, så mycket senare, t.ex. 1d.",
        "What if: all that is out begins, and ends, that much later, e.g. 1d.",
    ),
)


def what_happens(network: "Network", options: Mapping[str, Any]) -> "Scenario":
    """The scenario of --incident or of the other options, --later and --longer.

    Raises:
        UsageError: for options that make none.
        FaultyFilesError: for a scenario or log with errors.
    """
    path: Path | None = options["incident_file"]
    if path is None:
        scenario = scenario_of(network, options)
    else:
        scenario = known_given(log_given(path, network, options), network, options["at"]).scenario
    if options.get("later"):
        scenario = _moved(scenario, minutes_of("--later", options["later"]))
    return _prolonged(scenario, minutes_of("--longer", options["longer"])) if options["longer"] else scenario


def _moved(scenario: "Scenario", minutes: int) -> "Scenario":
    """The scenario with every outage that much later; what was observed is left out, for it was seen at its time."""
    outages = tuple(
        replace(one, start=one.start + minutes, end=None if one.end is None else one.end + minutes)
        for one in scenario.outages
    )
    return replace(scenario, outages=outages, pins=())


def _prolonged(scenario: "Scenario", minutes: int) -> "Scenario":
    """The scenario with a later end of every outage that has an end and had not ended by the as-of time."""
    outages = tuple(
        one
        if one.end is None or (scenario.at is not None and one.end <= scenario.at)
        else replace(one, end=one.end + minutes, length=None)
        for one in scenario.outages
    )
    if outages == scenario.outages:
        raise UsageError(
            say("--longer: inget avbrott har ett slut som kan flyttas.", "--longer: no outage has an end to move.")
        )
    return replace(scenario, outages=outages)


def log_given(path: Path, network: "Network", options: Mapping[str, Any]) -> "Log":
    """The log of --incident, which takes the place of a scenario.

    Raises:
        UsageError: when outages are given as options as well.
        FaultyFilesError: when it has errors.
    """
    from beroenden.cli.incident_log import opened_log

    given = [
        option for option in ("scenario", "outages", "starts", "lengths", "remainders", "horizon") if options[option]
    ]
    if given:
        raise UsageError(
            say(
                "--incident tar avbrotten ur loggen; ange dem inte också som --scenario eller --outage.",
                "--incident takes the outages from the log; do not give them as --scenario or --outage as well.",
            )
        )
    return opened_log(path, network)


def known_given(log: "Log", network: "Network", at: str | None) -> "Known":
    """What is known at --at, by default now.

    Raises:
        UsageError: for a time that cannot be read, or lies before the log.
    """
    from beroenden.incident.known import known_at

    latest = max((entry.time for entry in log.standing), default=log.incident.opened)
    time = int(now() // 60) if at is None else typed_time("--at", at, network.timezone, latest)
    if time < log.incident.opened and not any(entry.time <= time for entry in log.entries):
        raise UsageError(
            say(
                "Läget per (--at) ligger före loggens första post.",
                "The as-of time (--at) lies before the log's first entry.",
            )
        )
    return known_at(log, time, network)
