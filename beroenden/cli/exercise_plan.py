"""beroenden exercise plan"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import (
    command,
    json_option,
    keep_aside,
    load_network,
    model_argument,
    path_from,
    table,
    write_json,
    wrote,
)
from beroenden.cli.exercise_folder import revision_of, tell_nothing_written, write_exercise
from beroenden.cli.exercise_hours import (
    tell_days_off,
    tell_jumps,
    tell_loads,
    tell_no_rumour,
    tell_overlap,
    tell_too_long,
    tell_unconcerned,
    tell_unused_breaks,
)
from beroenden.cli.exercise_replacing import check_folder, refuse_losing, tell_of_others
from beroenden.cli.scenarios import outage_options, scenario_of
from beroenden.errors import UsageError
from beroenden.exercise.exercise import FILE
from beroenden.language import say
from beroenden.units.durations import minutes_of

if TYPE_CHECKING:
    from beroenden.exercise.exercise import Exercise
    from beroenden.exercise.pace import Pace
    from beroenden.exercise.witness import Disclosure
    from beroenden.model.network import Network
    from beroenden.model.scenario import Scenario


def _after(option: str, default: str, sv: str, en: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(option, default=default, show_default=True, metavar=say("LÄNGD", "LENGTH"), help=say(sv, en))


@command(
    "Planera en övning ur ett scenario: vem får veta vad och när, med alla dokument för spelledning och spelare.",
    "Plan an exercise from a scenario: who is told what and when, with all papers for the game control and the players.",
    "beroenden exercise plan models/soes --scenario sample_data/scenarios/clearing-fore-den-20e.toml --actors forsakringskassan,csn -o ovning",
)
@model_argument
@outage_options
@click.option(
    "--actors",
    required=True,
    multiple=True,
    metavar="ID,ID…",
    shell_complete=ids.in_list(ids.of_actors),
    help=say("De som ska öva; kan upprepas.", "Those who play; can be repeated."),
)
@click.option(
    "--name",
    default="",
    metavar=say("NAMN", "NAME"),
    help=say("Övningens namn; alla läser det.", "The exercise's name; everybody reads it."),
)
@click.option(
    "--play-start",
    metavar=say("TID", "TIME"),
    help=say(
        "När övningen börjar på riktigt [scenariots första dag kl. 09.00].",
        "When the exercise really begins [the scenario's first day at 09:00].",
    ),
)
@click.option(
    "--play-length",
    metavar=say("LÄNGD", "LENGTH"),
    help=say(
        "Hur länge det spelas, pauserna oräknade [5h; med --compression så länge som det tar].",
        "How long it is played, breaks not counted [5h; with --compression as long as it takes].",
    ),
)
@click.option(
    "--stages",
    type=click.IntRange(1, 8),
    metavar="N",
    default=4,
    show_default=True,
    help=say("Högsta antal skeden; lugna tider hoppas över.", "Largest number of stages; quiet times are skipped."),
)
@click.option(
    "--compression",
    type=click.FloatRange(0, min_open=True),
    metavar=say("ANTAL", "NUMBER"),
    help=say(
        "Minuter i scenariot på en minut spel [så att det ryms].",
        "Minutes of the scenario in a minute of play [so that it fits].",
    ),
)
@click.option(
    "--jump",
    "jumps",
    multiple=True,
    metavar=say("TID..TID", "TIME..TIME"),
    help=say(
        "Sträcka av scenariot som hoppas över; kan upprepas. Nya skeden börjar då bara där ett hopp slutar.",
        "Stretch of the scenario that is skipped; can be repeated. New stages begin then only where a jump ends.",
    ),
)
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    metavar=say("LÄNGD[@SKEDE]", "LENGTH[@STAGE]"),
    help=say(
        "Paus mellan två skeden; 45min@2 gäller bara efter skede 2, t.ex. lunch. Kan upprepas [0min].",
        "Break between two stages; 45min@2 only after stage 2, e.g. lunch. Can be repeated [0min].",
    ),
)
@_after(
    "--rumour-after", "30min", "Från första tecknet till ett felaktigt rykte.", "From the first sign to a wrong rumour."
)
@_after(
    "--unconfirmed-after",
    "2h",
    "Från avbrottet till obekräftade uppgifter om det.",
    "From an outage to unconfirmed word of it.",
)
@_after("--confirmed-after", "6h", "Från avbrottet till ett bekräftat besked.", "From an outage to its confirmation.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Texternas språk.", "The language of the texts."),
)
@click.option("--purpose", default="", metavar="TEXT", help=say("Övningens syfte.", "The exercise's purpose."))
@click.option(
    "--goal",
    "goals",
    multiple=True,
    metavar="TEXT",
    help=say("Ett övningsmål; kan upprepas.", "A goal; can be repeated."),
)
@click.option(
    "--contact",
    default="",
    metavar="TEXT",
    help=say(
        "Hur spelarna når motspelet och spelledningen; står i paketen.",
        "How players reach the role players and the game control; stands in the packs.",
    ),
)
@click.option(
    "--replace",
    is_flag=True,
    help=say(
        "Planera om en mapp som redan har en övning; den förra sparas.",
        "Plan anew a folder that has an exercise; the former is kept.",
    ),
)
@click.option(
    "--discard-edits",
    is_flag=True,
    help=say(
        "Med --replace: det som har skrivits i den förra övningen följer inte med.",
        "With --replace: what has been written in the former exercise is left behind.",
    ),
)
@click.option(
    "--dry-run",
    is_flag=True,
    help=say(
        "Visa planen, och vad --replace skulle kosta, utan att skriva.",
        "Show the plan, and what --replace would cost, without writing.",
    ),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("MAPP", "DIR"),
    help=say("Mappen för alla filer.", "The folder for all files."),
)
@json_option
def plan(model: Path, output: Path, json_path: str | None, **options: Any) -> None:
    """Plan an exercise and write all its files."""
    from beroenden.exercise.files.write import identified
    from beroenden.exercise.plan import plan as planned

    network = load_network(model)
    scenario = scenario_of(network, options)
    actors = [one.strip() for text in options["actors"] for one in text.split(",") if one.strip()]
    check_folder(output, options["replace"])
    tell_of_others(output)
    pace, terms = _pace(network, scenario, options), _terms(options)
    exercise = planned(network, scenario, actors, pace, terms, language=options["language"], name=options["name"])
    exercise = dataclasses.replace(
        exercise,
        model=path_from(model, output),
        purpose=options["purpose"],
        goals=options["goals"],
        contact=options["contact"],
    )
    exercise = identified(exercise, network)
    tell_unconcerned(exercise, network)
    tell_no_rumour(exercise)
    tell_jumps(exercise, pace)
    tell_loads(exercise, network)
    tell_days_off(exercise, network)
    tell_unused_breaks(exercise, pace)
    tell_too_long(exercise, pace)
    tell_overlap(exercise)
    refuse_losing(
        output,
        exercise,
        network,
        is_start_given=options["play_start"] is not None,
        is_told=options["dry_run"],
        is_meant=options["discard_edits"],
    )
    paths = [] if options["dry_run"] else _write(output, exercise, network)
    if not write_json(json_path, _to_dict(exercise, network, paths)):
        _show(exercise, network)
    if options["dry_run"]:
        tell_nothing_written()
    else:
        wrote(output)


def _write(output: Path, exercise: "Exercise", network: "Network") -> list[str]:
    """Write all files; the file of an earlier exercise is kept aside."""
    before = revision_of(output)
    if before is not None:
        keep_aside(output / FILE)
    return write_exercise(output, exercise, network, before=before)


def _pace(network: "Network", scenario: "Scenario", options: dict[str, Any]) -> "Pace":
    from datetime import datetime, time

    from beroenden.exercise.pace import Pace
    from beroenden.units.times import instant, local, time_zone

    zone = time_zone(network.timezone)
    first_morning = datetime.combine(local(scenario.start, zone).date(), time(9))
    start = options["play_start"]
    return Pace(
        start=instant(first_morning, zone) if start is None else _instant("--play-start", start, network),
        length=_length(options),
        stages=options["stages"],
        compression=options["compression"],
        jumps=tuple(_jump(one, network) for one in options["jumps"]),
        **_pauses(options["pauses"], options["stages"]),
    )


def _length(options: dict[str, Any]) -> int:
    """How long it is played; with a pace that is given, the play lasts as long as that takes.

    Raises:
        UsageError: where both are given.
    """
    if options["compression"] is not None and options["play_length"] is not None:
        raise UsageError(
            say(
                "--compression bestämmer hur länge det spelas, och --play-length gäller då inte; ange en av dem.",
                "--compression decides how long it is played, and --play-length does not count then; give one of them.",
            )
        )
    return minutes_of("--play-length", options["play_length"] or "5h")


def _pauses(texts: tuple[str, ...], stages: int) -> dict[str, Any]:
    """The break between any two stages, and those after certain ones.

    Raises:
        UsageError: for one after a stage that has none after it, or two for the same place.
    """
    found: dict[int, int] = {}
    for text in texts:
        length, at, after = text.partition("@")
        number = int(after) if after.isdecimal() else 0
        if at and not 1 <= number < stages:
            raise UsageError(
                say(
                    f"--pause: ”{after[:60]}” är inget skede med ett annat efter sig; skriv t.ex. 45min@2",
                    f'--pause: "{after[:60]}" is no stage with another after it; write e.g. 45min@2',
                )
            )
        if number in found:
            raise UsageError(say(f"--pause: {text} anges två gånger.", f"--pause: {text} is given twice."))
        found[number] = minutes_of("--pause", length, least=0)
    return {"pause": found.pop(0, 0), "breaks": tuple(found.items())}


def _instant(option: str, text: str, network: "Network") -> int:
    from beroenden.cli.moments import typed_time

    return typed_time(option, text, network.timezone)


def _jump(text: str, network: "Network") -> tuple[int, int]:
    begin, dots, end = text.partition("..")
    if not dots:
        raise UsageError(
            say(
                f"--jump: ”{text[:60]}” är ingen sträcka; skriv 2026-12-16T19:00..2026-12-17T07:00",
                f'--jump: "{text[:60]}" is no stretch; write 2026-12-16T19:00..2026-12-17T07:00',
            )
        )
    return _instant("--jump", begin, network), _instant("--jump", end, network)


def _terms(options: dict[str, Any]) -> "Disclosure":
    from beroenden.exercise.witness import Disclosure

    names = ("rumour", "unconfirmed", "confirmed")
    return Disclosure(**{name: minutes_of(f"--{name}-after", options[f"{name}_after"], least=0) for name in names})


def _show(exercise: "Exercise", network: "Network") -> None:
    """The stages, and how many injects each player gets in each."""
    from beroenden.units.times import table_span, table_time, time_zone

    zone = time_zone(network.timezone)
    table(
        (say("Skede", "Stage"), say("Speltid", "Play time"), say("I scenariot", "In the scenario")),
        (
            (
                stage.number,
                table_span(stage.play, stage.play_until, zone),
                " – ".join(table_time(one, zone) for one in dict.fromkeys((stage.since, stage.until))),
            )
            for stage in exercise.stages
        ),
    )
    click.echo()
    numbers = [stage.number for stage in exercise.stages]
    rows = []
    for actor in exercise.actors:
        mine = [one for one in exercise.injects if one.to == actor and not one.tells_time]
        given = [one.stage for one in mine if one.kind == "inspel"]
        news = sum(one.kind == "information" for one in mine)
        reserve = sum(one.to == actor and one.kind == "reservinspel" for one in exercise.injects)
        rows.append((network.entity[actor].name, *(given.count(number) for number in numbers), news, reserve))
    headings = (
        say("Egna inspel till", "Own injects to"),
        *(say(f"Skede {n}", f"Stage {n}") for n in numbers),
        say("Nyheter", "News"),
        say("Reserv", "Reserve"),
    )
    table(headings, rows, right=range(1, len(numbers) + 3))


def _to_dict(exercise: "Exercise", network: "Network", paths: list[str]) -> dict[str, Any]:
    from beroenden.exercise.files.as_json import to_dict

    return to_dict(exercise, network) | {"files": paths}
