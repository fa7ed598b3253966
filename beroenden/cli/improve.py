"""beroenden improve"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli.common import (
    command,
    heading,
    json_option,
    line,
    load_network,
    model_argument,
    table,
    write_json,
)
from beroenden.cli.progress import progress_bar
from beroenden.cli.scenarios import scenario_of, scenario_options
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.improvement.ranked import Improvement, Improvements
    from beroenden.model.network import Network

_MEASURES = ("recipient_hours", "amount", "payouts", "over_max_delay", "level_hours")


@command(
    "Visa vilka enskilda ändringar som skulle ta mest av följderna av ett avbrott.",
    "Show which single changes would take most off the consequences of an outage.",
    "beroenden improve models/soes --outage bankgirot --start 2026-12-16T08:00 --for 30h",
)
@model_argument
@scenario_options
@click.option(
    "--risk",
    "is_risk",
    is_flag=True,
    help=say(
        "Rangordna mot hela risken enligt modellens feldata i stället för mot ett scenario.",
        "Rank against the whole risk by the model's failure data instead of against a scenario.",
    ),
)
@click.option(
    "--years",
    type=click.IntRange(1),
    metavar="N",
    default=1000,
    show_default=True,
    help=say("Antal år som simuleras för varje ändring, med --risk.", "Years simulated for each change, with --risk."),
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    metavar="N",
    default=1,
    show_default=True,
    help=say("Slumpens frö.", "Seed of the random numbers."),
)
@click.option(
    "--window",
    "year",
    type=int,
    metavar=say("ÅR", "YEAR"),
    help=say("Kalenderåret, med --risk [innevarande].", "The calendar year, with --risk [this year]."),
)
@click.option(
    "--by",
    "measure",
    type=click.Choice(_MEASURES),
    default=_MEASURES[0],
    show_default=True,
    help=say("Måttet som ändringarna rangordnas efter.", "The measure that changes are ranked by."),
)
@click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    default=15,
    show_default=True,
    help=say("Antal som visas.", "Number shown."),
)
@json_option
def improve(
    model: Path,
    is_risk: bool,
    years: int,
    seed: int,
    year: int | None,
    measure: str,
    top: int,
    json_path: str | None,
    **options: Any,
) -> None:
    """Print the scenario's cost and what each change takes off it, the best first."""
    from beroenden.analysis.improvement.ranked import improvements

    network = load_network(model)
    scenario = None if is_risk else scenario_of(network, options)
    if is_risk and (options["scenario"] or options["outages"]):
        raise UsageError(say("Ange --risk eller ett scenario, inte båda.", "Give --risk or a scenario, not both."))
    with progress_bar(say("Provar ändringar", "Trying changes")) as progress:
        if scenario is not None:
            found = improvements(network, scenario, measure, with_events=options["with_events"], progress=progress)
        else:
            found = _of_risk(network, (years, seed, year), measure, progress)
    if not write_json(json_path, found.to_dict(top)):
        _print(found, top)


def _of_risk(
    network: "Network", asked: tuple[int, int, int | None], measure: str, progress: Callable[[int, int], None]
) -> "Improvements":
    from datetime import date

    from beroenden.analysis.improvement.ranked import improvements_of_risk
    from beroenden.analysis.improvement.yearly import Yearly

    years, seed, year = asked
    yearly = Yearly(years, seed, year if year is not None else date.today().year)
    return improvements_of_risk(network, yearly, measure, progress=progress)


def _print(found: "Improvements", top: int) -> None:
    from beroenden.units.numbers import number

    heading(say("Vad som skulle hjälpa mest", "What would help most"))
    before = found.before
    a_year = say(" om året", " a year") if found.yearly else ""
    line(
        say("Som modellen är: ", "As the model stands: ") + f"{_value(found, getattr(before, found.measure))}{a_year}."
    )
    if not found.helpful:
        line(say("Ingen enskild ändring tar något av det.", "No single change takes anything off it."))
    table(
        (say("Ändring", "Change"), say("Tar bort", "Takes off"), say("Andel", "Share")),
        [_row(found, one) for one in found.helpful[:top]],
        right=(1, 2),
    )
    hidden = len(found.helpful) - top
    more = (
        say(f" {number(hidden)} till hjälper mindre (--top).", f" {number(hidden)} more help less (--top).")
        if hidden > 0
        else ""
    )
    if found.tried < found.of:
        left = number(found.of - found.tried)
        line(say(f"Avbrutet: {left} ändringar återstår att pröva.", f"Interrupted: {left} changes are left to try."))
    line(
        say(
            f"{number(found.tried)} ändringar prövades, en i taget; {number(len(found.helpful))} hjälper.{more}",
            f"{number(found.tried)} changes were tried, one at a time; {number(len(found.helpful))} help.{more}",
        )
    )


def _row(found: "Improvements", one: "Improvement") -> tuple[str, str, str]:
    from beroenden.units.numbers import percent

    off = found.taken_off(one)
    return one.text, _number(found, off), percent(off / getattr(found.before, found.measure), 0)


def _value(found: "Improvements", value: float) -> str:
    """A value of the measure, with its unit."""
    units = {
        "recipient_hours": say(" mottagartimmar", " recipient-hours"),
        "amount": "",
        "payouts": say(" utbetalningar", " payouts"),
        "over_max_delay": say(" körningar över det tolerabla", " runs over the tolerable delay"),
        "level_hours": say(" timmar av förlorad nivå", " hours of lost level"),
    }
    return _number(found, value) + units[found.measure]


def _number(found: "Improvements", value: float) -> str:
    from beroenden.units.numbers import money, number

    return money(value) if found.measure == "amount" else number(value)
