"""beroenden improve"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

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
from beroenden.cli.figures import year_of
from beroenden.cli.progress import about_seconds, announce, compiling, progress_bar, yes_option
from beroenden.cli.scenarios import scenario_of, scenario_options
from beroenden.errors import UsageError
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.improvement.ranked import Improvement, Improvements
    from beroenden.analysis.ranking.question import Measure
    from beroenden.model.network import Network
    from beroenden.model.scenario import Scenario

_WORTH_SAYING = 0.75
"""The share of the time from which on it is not said how much sooner fewer years are done."""
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
    callback=year_of,
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
@yes_option
@json_option
def improve(
    model: Path,
    is_risk: bool,
    years: int,
    seed: int,
    year: int | None,
    measure: str,
    top: int,
    yes: bool,
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
            found = _of_risk(network, (years, seed, year), measure, yes, progress)
    if write_json(json_path, found.to_dict(top)):
        return
    if getattr(found.before, measure):
        _print(found, top)
    elif found.uncounted:
        _print_unknown(found)
    else:
        _print_nothing(found, model, scenario)


def _of_risk(
    network: "Network",
    asked: tuple[int, int, int | None],
    measure: str,
    yes: bool,
    progress: Callable[[int, int], None],
) -> "Improvements":
    from datetime import date

    from beroenden.analysis.improvement.ranked import FEWER_YEARS, improvements_of_risk
    from beroenden.analysis.improvement.yearly import Yearly

    years, seed, year = asked
    yearly = Yearly(years, seed, year if year is not None else date.today().year)

    def told(scenarios: int, seconds: float, with_fewer: float) -> None:
        fewer, took = say("färre år (--years)", "fewer years (--years)"), about_seconds(with_fewer)
        shorter = say(f"--years {FEWER_YEARS} tar omkring {took}", f"--years {FEWER_YEARS} takes about {took}")
        is_shorter = years > FEWER_YEARS and with_fewer < _WORTH_SAYING * seconds
        announce(scenarios, seconds, yes, fewer=fewer, years=True, shorter=shorter if is_shorter else "")

    compiling()
    return improvements_of_risk(network, yearly, measure, progress=progress, announce=told)


def _print_unknown(found: "Improvements") -> None:
    """That what it costs is unknown, of which payments something is missing, and by which measures there is an answer."""
    by = _by(found)
    if found.yearly is None:
        line(say(f"Vad avbrottet kostar i måttet {by} är okänt.", f"What the outage costs by {by} is unknown."))
    else:
        line(say(f"Vad felen kostar i måttet {by} är okänt.", f"What the failures cost by {by} is unknown."))
    names, lacks, key = _names(found), *_lacking(found)
    line(
        say(
            f"Sena, men utan {lacks} i modellen: {names}. Ange {key} under [[payment]].",
            f"Late, but with {lacks} unknown: {names}. Enter {key} under [[payment]].",
        )
    )
    others = _other_measures(found)
    if others:
        line(say(f"Mått som inte behöver det: --by {others}.", f"Measures that do not need it: --by {others}."))


def _by(found: "Improvements") -> str:
    from beroenden.analysis.ranking.words import measure_words

    return measure_words(cast("Measure", found.measure))


def _names(found: "Improvements") -> str:
    """The payments that come late and add nothing."""
    from beroenden.cli.risk_words import named

    return named(found.network.called[one] for one in found.uncounted)


def _lacking(found: "Improvements") -> tuple[str, str]:
    """What the measure needs and the model lacks of some payments, in words and as a key."""
    from beroenden.analysis.quality.wording import field_words

    key = {"amount": "amount", "over_max_delay": "max_delay"}.get(found.measure, "count")
    return field_words(key), key


def _other_measures(found: "Improvements") -> str:
    return ", ".join(one for one in _MEASURES if getattr(found.before, one))


def _print_nothing(found: "Improvements", model: Path, scenario: "Scenario | None") -> None:
    """That there is nothing to take off, and where there may be more."""
    by, others = _by(found), _other_measures(found)
    if scenario is None:
        line(say(f"Felen i modellens feldata kostar ingenting i måttet {by}.", f"The failures cost nothing by {by}."))
    else:
        line(say(f"Avbrottet kostar ingenting i måttet {by}.", f"The outage costs nothing by {by}."))
    line(say("Då finns inget som en ändring kan ta bort.", "So there is nothing for a change to take off."))
    if others:
        line(say(f"Mått där det kostar något: --by {others}.", f"Measures by which it costs something: --by {others}."))
    if scenario is not None:
        ask = _rank_of(model, scenario, found)
        line(say(f"När ett sådant avbrott är som värst: {ask}", f"When such an outage is at its worst: {ask}"))


def _rank_of(model: Path, scenario: "Scenario", found: "Improvements") -> str:
    """The command that shows the worst start of outages as long, in the same month."""
    from beroenden.units.durations import format_duration
    from beroenden.units.times import local, time_zone

    ends = [one.end - one.start for one in scenario.outages if one.end]
    length = format_duration(max(ends)) if ends else "24h"
    month = f"{local(scenario.start, time_zone(found.network.timezone)):%Y-%m}"
    return f"beroenden rank {model} --for {length} --window {month} --by {found.measure}"


def _print(found: "Improvements", top: int) -> None:
    from beroenden.units.numbers import counted

    heading(say("Vad som skulle hjälpa mest", "What would help most"))
    _print_before(found)
    if not found.helpful:
        line(say("Ingen enskild ändring tar något av det.", "No single change takes anything off it."))
    share = say("Andel av känt", "Share of known") if found.uncounted else say("Andel", "Share")
    columns = [say("Ändring", "Change"), say("Tar bort", "Takes off"), share]
    if found.yearly:
        columns.insert(2, say("95 % konfidens", "95% confidence"))
    table(columns, [_row(found, one) for one in found.helpful[:top]], right=(1, 2, 3))
    _print_years(found)
    if found.tried < found.of:
        left = counted(found.of - found.tried, say("ändring", "change"), say("ändringar", "changes"))
        line(say(f"Avbrutet: {left} återstår att pröva.", f"Interrupted: {left} left to try."))
    _print_tried(found, len(found.helpful) - top)


def _print_before(found: "Improvements") -> None:
    """What it costs as the model stands, and what is not in that."""
    value = _value(found, getattr(found.before, found.measure))
    a_year = say(" om året", " a year") if found.yearly else ""
    line(say("Som modellen är: ", "As the model stands: ") + f"{value}{a_year}.")
    if found.uncounted:
        names, (lacks, key) = _names(found), _lacking(found)
        line(
            say(
                f"Inte inräknat: {names}, som också kommer sent men saknar {lacks} ({key}). Vad en ändring betyder där syns inte.",
                f"Not counted: {names}, also late but with {lacks} ({key}) unknown. What a change means there does not show.",
            )
        )


def _print_tried(found: "Improvements", hidden: int) -> None:
    """How many changes were tried, how many of them help, and how many of those the table leaves out."""
    from beroenden.units.numbers import counted, number

    more = say(f" {number(hidden)} till visas inte (--top).", f" {number(hidden)} more not shown (--top).")
    tried = counted(found.tried, say("ändring", "change"), say("ändringar", "changes"))
    helpful = number(len(found.helpful))
    known = say(" i det som är känt", " in what is known") if found.uncounted else ""
    line(
        say(
            f"{tried} prövades, en i taget; {helpful} hjälper{known}.",
            f"{tried} tried, one at a time; {helpful} of them would help{known}.",
        )
        + (more if hidden > 0 else "")
    )


def _print_years(found: "Improvements") -> None:
    """How many years the figures are of, and what that means for the order."""
    from beroenden.units.numbers import number

    if found.yearly is None:
        return
    years, year, seed = number(found.yearly.years), found.yearly.year, found.yearly.seed
    line(
        say(
            f"{years} simulerade år med kalendern för {year}, frö {seed}; samma fel i alla år för varje ändring. Där "
            "intervallen överlappar är ordningen osäker, och fler år (--years) gör dem smalare.",
            f"{years} simulated years with the calendar of {year}, seed {seed}; the same failures in all years for each "
            "change. Where intervals overlap the order is uncertain, and more years (--years) make them narrower.",
        )
    )
    if any(one.is_ever_worse for one in found.helpful):
        line(
            say(
                "Ett intervall som börjar under 0: ändringen gör något år värre, och om den hjälper i medeltal är osäkert.",
                "An interval that begins below 0: the change makes some year worse, and whether it helps on average is uncertain.",
            )
        )


def _row(found: "Improvements", one: "Improvement") -> tuple[str, ...]:
    off = found.taken_off(one)
    share = _share(off / getattr(found.before, found.measure))
    if found.yearly is None:
        return one.text, _number(found, off), share
    ends = found.interval(one)
    interval = "–" if ends is None else f"{_number(found, ends[0])} – {_number(found, ends[1])}"
    return one.text, _number(found, off), interval, share


def _share(part: float) -> str:
    """A share in whole per cent; one that is not nothing is not said to be."""
    from beroenden.units.numbers import percent

    least = percent(0.01)
    return say(f"under {least}", f"below {least}") if 0 < part < 0.005 else percent(part, 0)


def _value(found: "Improvements", value: float) -> str:
    """A value of the measure, with its unit."""
    one, many = {
        "recipient_hours": (say(" mottagartimme", " recipient-hour"), say(" mottagartimmar", " recipient-hours")),
        "amount": ("", ""),
        "payouts": (say(" utbetalning", " payout"), say(" utbetalningar", " payouts")),
        "over_max_delay": (
            say(" körning över det tolerabla", " run over the tolerable delay"),
            say(" körningar över det tolerabla", " runs over the tolerable delay"),
        ),
        "level_hours": (
            say(" timme av förlorad nivå", " hour of lost level"),
            say(" timmar av förlorad nivå", " hours of lost level"),
        ),
    }[found.measure]
    return _number(found, value, len(found.uncounted)) + (one if value == 1 else many)


def _number(found: "Improvements", value: float, uncounted: int = 0) -> str:
    from beroenden.analysis.ranking.words import value_words

    return value_words(cast("Measure", found.measure), value, uncounted)
