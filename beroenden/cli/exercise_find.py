"""beroenden exercise find"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import (
    command,
    heading,
    json_option,
    keep_and_write,
    line,
    load_network,
    model_argument,
    table,
    write_json,
)
from beroenden.cli.progress import announce, compiling, progress_bar, yes_option
from beroenden.errors import UsageError
from beroenden.language import say, writing_in
from beroenden.units.durations import minutes_of

if TYPE_CHECKING:
    from beroenden.exercise.search.choosing import Proposal
    from beroenden.exercise.search.judging import Part
    from beroenden.exercise.search.search import Found
    from beroenden.exercise.search.wishes import Wishes

_GOALS = ("spread", "depth", "surprise")


@command(
    "Föreslå scenarier för en övning: avbrott som berör alla valda aktörer, olika sinsemellan.",
    "Propose scenarios for an exercise: outages that engage all chosen actors, unlike each other.",
    "beroenden exercise find models/soes --actors forsakringskassan,pensionsmyndigheten,csn --window 2026-12 --for 6h..48h",
)
@model_argument
@click.option(
    "--actors",
    multiple=True,
    required=True,
    metavar="ID,ID",
    shell_complete=ids.in_list(ids.of_actors),
    help=say("De som ska övas, alla i samma scenario; kan upprepas.", "Those who play, all of them; can be repeated."),
)
@click.option(
    "--window",
    required=True,
    metavar=say("PERIOD", "PERIOD"),
    help=say(
        "När avbrottet får börja: 2026-12, 2026-12-16 eller 2026-12-16..2026-12-20; även ”december 2026”.",
        'When the outage may begin: 2026-12, 2026-12-16 or 2026-12-16..2026-12-20; "December 2026" too.',
    ),
)
@click.option(
    "--for",
    "lengths",
    required=True,
    metavar=say("LÄNGD", "LENGTH"),
    help=say("Hur länge: 24h, eller ett spann: 6h..48h.", "How long: 24h, or a span: 6h..48h."),
)
@click.option(
    "--k",
    type=click.IntRange(1, 3),
    metavar="N",
    default=2,
    show_default=True,
    help=say("Högsta antal som faller samtidigt.", "Largest number that fail together."),
)
@click.option(
    "--must-hit",
    multiple=True,
    metavar="ID,ID",
    shell_complete=ids.in_list(ids.of_payments),
    help=say("Betalning som ska bli sen; kan upprepas.", "Payment that is to come late; can be repeated."),
)
@click.option(
    "--include",
    multiple=True,
    metavar="ID,ID",
    shell_complete=ids.in_list(ids.of_entities),
    help=say(
        "Entitet som ska slås ut i varje förslag; sök bästa tid och vad mer som behövs. Räknas in i --k; kan upprepas.",
        "Entity that fails in every proposal; seeks the best time and what else it takes. Counts in --k; can be repeated.",
    ),
)
@click.option(
    "--avoid",
    multiple=True,
    metavar="ID,ID",
    shell_complete=ids.in_list(ids.of_entities),
    help=say("Entitet som inte får slås ut; kan upprepas.", "Entity that is not to fail; can be repeated."),
)
@click.option(
    "--goal",
    type=click.Choice(_GOALS),
    default="spread",
    show_default=True,
    help=say(
        "spread: många betalningar och aktörer. depth: mycket väntan, långa kedjor. surprise: dolda orsaker.",
        "spread: many payments and actors. depth: much waiting, long chains. surprise: hidden causes.",
    ),
)
@click.option(
    "--every",
    metavar=say("LÄNGD", "LENGTH"),
    help=say(
        "Så tätt ligger starttiderna, t.ex. 1h, 6h, 1d [1h, glesare när det blir många scenarier].",
        "How close the starts are, e.g. 1h, 6h, 1d [1h, wider where that makes many scenarios].",
    ),
)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    metavar="N",
    help=say("Antal processer att räkna på.", "Number of processes to compute on."),
)
@yes_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    metavar=say("MAPP", "FOLDER"),
    help=say(
        "Skriv varje förslag som scenariofil här, för beroenden exercise plan.",
        "Write each proposal as a scenario file here, for beroenden exercise plan.",
    ),
)
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Scenariofilernas språk.", "The language of the scenario files."),
)
@json_option
def find(model: Path, output: Path | None, lang: Any, json_path: str | None, **options: Any) -> None:
    """Print the proposals, and write them as scenario files."""
    from beroenden.exercise.search.search import Search

    network = load_network(model)
    wishes = _wishes(options)
    compiling()
    search = Search(network, wishes, options["processes"])
    announce(search.space.scenarios, search.seconds(), options["yes"])
    with progress_bar(say("Prövar avbrott", "Trying outages")) as progress:
        search.screen(progress)
    with progress_bar(say("Simulerar de bästa", "Simulating the best")) as progress:
        found = search.found(progress)
    if not write_json(json_path, found.to_dict()):
        _print(found)
    if output is not None:
        with writing_in(lang):
            _write(found, output)


def _wishes(options: dict[str, Any]) -> "Wishes":
    from beroenden.analysis.ranking.starts import window_days
    from beroenden.exercise.search.wishes import Wishes, lengths_between, listed_ids

    shortest, is_span, longest = options["lengths"].partition("..")
    first = minutes_of("--for", shortest, takes_span=True)
    last = minutes_of("--for", longest) if is_span else first
    if last < first:
        raise UsageError(
            say(
                f"--for: {options['lengths']} går från längre till kortare.",
                f"--for: {options['lengths']} goes from longer to shorter.",
            )
        )
    return Wishes(
        actors=listed_ids(options["actors"]),
        days=window_days(options["window"]),
        lengths=lengths_between(first, last),
        k=options["k"],
        must_hit=listed_ids(options["must_hit"]),
        include=listed_ids(options["include"]),
        avoid=listed_ids(options["avoid"]),
        goal=options["goal"],
        every=minutes_of("--every", options["every"]) if options["every"] else None,
    )


def _print(found: "Found") -> None:
    """What was tried, and then each proposal."""
    _print_search(found)
    for number, one in enumerate(found.proposals, 1):
        _print_proposal(found, number, one)
    _print_rest(found)


def _print_search(found: "Found") -> None:
    from beroenden.units.numbers import number

    names = ", ".join(found.network.entity[actor].name for actor in found.wishes.actors)
    heading(say(f"Scenarier som berör {names}", f"Scenarios that engage {names}"))
    line(_tried(found))
    if found.is_partial:
        done, planned = (number(one) for one in found.scenarios)
        line(
            say(
                f"OFULLSTÄNDIGT: avbrutet efter {done} av {planned} scenarier; {number(found.judged)} simulerade för sig.",
                f"PARTIAL: stopped after {done} of {planned} scenarios; {number(found.judged)} simulated one by one.",
            )
        )
    _tell_enough(found)


def _tell_enough(found: "Found") -> None:
    """Say how to see only what was asked for, where that needs nothing more to fail."""
    needed = len(found.wishes.include)
    if found.is_enough and needed < found.wishes.k:
        names = " + ".join(found.network.entity[one].name for one in found.wishes.include)
        line(
            say(
                f"{names} räcker för att nå alla vid vissa starttider, utan att något mer faller; bara de visas med --k {needed}.",
                f"{names} is enough to engage all at some starts, with nothing more failing; --k {needed} shows only those.",
            )
        )


def _tried(found: "Found") -> str:
    """What was tried: entities, starts and lengths, and how many sets do the job."""
    from beroenden.incident.lagesbild.writer import listed
    from beroenden.units.durations import duration_in_words
    from beroenden.units.numbers import number
    from beroenden.units.times import short_time, time_zone

    zone, wishes = time_zone(found.network.timezone), found.wishes
    first, last = short_time(found.starts[0], zone), short_time(found.starts[-1], zone)
    step, count = duration_in_words(found.every), number(len(found.starts))
    lengths = listed(duration_in_words(length) for length in wishes.lengths)
    sets, candidates = number(found.sets), number(found.candidates)
    return say(
        f"{candidates} entiteter prövade, högst {wishes.k} åt gången, med {step} mellan starttiderna från {first} till {last} "
        f"({count} starttider) och avbrott på {lengths}. Antal sätt att nå alla utan att mer än nödvändigt faller: {sets}; de bästa "
        f"{number(found.judged)} scenarierna är simulerade för sig.",
        f"{candidates} entities tried, at most {wishes.k} at a time, at starts {step} apart from {first} to {last} "
        f"({count} starts), with outages of {lengths}. Ways to engage all without more failing than needed: {sets}; the best "
        f"{number(found.judged)} scenarios were simulated one by one.",
    )


def _print_proposal(found: "Found", number: int, one: "Proposal") -> None:
    from beroenden.exercise.search.words import because_words, notes_of, outages_words, totals_words
    from beroenden.units.durations import duration_in_words
    from beroenden.units.times import short_time, time_zone

    network, judged = found.network, one.judged
    start = short_time(judged.start, time_zone(network.timezone))
    length = duration_in_words(judged.length)
    heading(say(f"Förslag {number}", f"Proposal {number}"))
    line(say("Slås ut: ", "Out: ") + outages_words(network, judged))
    line(say(f"Från {start}, {length}. ", f"From {start}, {length}. ") + totals_words(judged))
    line(because_words(one))
    for note in notes_of(network, one):
        line(note)
    columns = (
        say("Aktör", "Actor"),
        say("Första tecken", "First sign"),
        say("Eget sent", "Own late"),
        say("Frist", "Deadline"),
        say("Orsak", "Cause"),
    )
    table(columns, _rows(found, one), whole=(2, 3))
    line(_empty(found, one))


def _empty(found: "Found", one: "Proposal") -> str:
    """Who would get nothing of its own in which stages, were it planned as it is by default."""
    from beroenden.exercise.load import empty_stages
    from beroenden.exercise.pace import Pace
    from beroenden.exercise.plan import plan

    network, judged = found.network, one.judged
    made = plan(network, judged.scenario, found.wishes.actors, Pace(judged.start))
    count = len(made.stages)
    empty = "; ".join(
        f"{network.entity[actor].name} {', '.join(map(str, stages))}" for actor, stages in empty_stages(made).items()
    )
    if not empty:
        return say(
            f"Förvald spelplan har {count} skeden, med egna inspel till alla i varje.",
            f"The default plan has {count} stages, with own injects to all in each.",
        )
    return say(
        f"Förvald spelplan har {count} skeden. Utan eget inspel i skede: {empty}.",
        f"The default plan has {count} stages. Without an inject of its own in stage: {empty}.",
    )


def _rows(found: "Found", one: "Proposal") -> list[tuple[str, ...]]:
    """A row for each actor."""
    from beroenden.exercise.search.words import cause_words, sign_words
    from beroenden.units.times import table_time, time_zone

    network, zone = found.network, time_zone(found.network.timezone)
    return [
        (
            network.entity[part.actor].name,
            f"{table_time(part.sign.at, zone)}: {sign_words(network, part.sign)}",
            str(len(part.late)) if part.late else say("nej", "no"),
            table_time(part.clock.at, zone) if part.clock else _without_clock(part),
            cause_words(one.judged, part),
        )
        for part in one.judged.parts
    ]


def _without_clock(part: "Part") -> str:
    """Why an actor has no deadline to decide under: it has none, or the outage is over before it."""
    return say("efter avbrottet", "after the outage") if part.is_over_in_time else say("ingen", "none")


def _print_rest(found: "Found") -> None:
    """What the columns mean, and why there are fewer proposals than wanted."""
    if found.proposals:
        line(
            say(
                "Eget sent: så många av betalningarna som aktören betalar eller förmedlar blir sena. Frist: då avbrottet senast måste vara "
                "åtgärdat för att den första betalning som aktören har del i ska komma i tid; före dess måste den besluta. Efter avbrottet: "
                "det är över före fristen, så inget beslut trängs. Orsak: om "
                "aktören själv kan se vad som har fallit.",
                "Own late: how many of the payments that the actor pays or carries. Deadline: by when the outage must be resolved "
                "for the first payment that the actor has a part in to come in time; it has to decide before then. After the outage: "
                "that is over before the deadline, so that no decision is pressing. Cause: whether "
                "the actor can see by itself what has failed.",
            )
        )
        line(
            say(
                "Mottagartimmar: sena utbetalningar gånger timmarna som de är sena. Som mest, som minst: i något av scenarierna som är "
                "simulerade för sig.",
                "Recipient-hours: late payouts times the hours by which they are late. At most, at least: in any of the scenarios that "
                "were simulated one by one.",
            )
        )
    count, wanted = len(found.proposals), found.wishes.count
    if count < wanted and not found.is_partial:
        line(
            say(
                f"Förslag: {count} av {wanted} önskade; fler skulle bli varianter. Längre --window eller --for, eller högre --k, kan ge fler.",
                f"Proposals: {count} of {wanted} wanted; more would be variants. A longer --window or --for, or a higher --k, may give more.",
            )
        )


def _write(found: "Found", folder: Path) -> None:
    """A scenario file for each proposal."""
    from dataclasses import replace

    from beroenden.exercise.files.write import scenario_toml
    from beroenden.exercise.search.words import note_words, scenario_name

    for number, one in enumerate(found.proposals, 1):
        name, note = scenario_name(found.network, one.judged), note_words(found.network, one)
        scenario = replace(one.judged.scenario, name=name, note=note)
        keep_and_write(folder / f"scenario-{number}.toml", scenario_toml(scenario, found.network).encode())
