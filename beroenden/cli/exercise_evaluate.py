"""beroenden exercise evaluate"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from beroenden.cli.common import command, json_option, write_json
from beroenden.cli.documents import check_ending, output_option, write_made
from beroenden.cli.exercise_folder import folder_argument, model_option, opened
from beroenden.cli.incident_log import opened_log, tell
from beroenden.cli.printable import clean
from beroenden.errors import FaultyFilesError
from beroenden.language import say
from beroenden.units.durations import minutes_of

if TYPE_CHECKING:
    from beroenden.exercise.evaluation.evaluation import Evaluation
    from beroenden.exercise.exercise import Exercise
    from beroenden.model.network import Network

_CLOCKS: tuple[Literal["scenario", "play"], ...] = ("scenario", "play")


@command(
    "Utvärdera en övning: vad de spelande märkte, beslutade och trodde enligt sina loggar, mot vad inspelen sade.",
    "Evaluate an exercise: what the players noticed, decided and believed by their logs, against what the injects said.",
    "beroenden exercise evaluate ovning --list spelad.xlsx --log fk.toml --log csn.toml -o utvardering.docx",
)
@folder_argument
@click.option(
    "--list",
    "played",
    type=click.Path(path_type=Path),
    metavar=say("LISTA", "LIST"),
    help=say(
        "Inspelslistan som den spelades, .xlsx eller .csv; förvalt gäller övningen som den är sparad.",
        "The inject list as it was played, .xlsx or .csv; by default the exercise as it is stored.",
    ),
)
@click.option(
    "--log",
    "logs",
    multiple=True,
    metavar=say("LOGG[@play|@scenario]", "LOG[@play|@scenario]"),
    help=say(
        "En spelande aktörs logg; en för varje aktör. Med @play eller @scenario sist gäller den klockan för just den loggen.",
        "A player's log; one for each. With @play or @scenario at its end that log was kept by that clock.",
    ),
)
@click.option(
    "--clock",
    type=click.Choice(_CLOCKS),
    default="scenario",
    show_default=True,
    help=say(
        "Vilken klocka loggarna fördes efter: scenariotid eller speltid; gäller alla som inte har sin egen.",
        "Which clock the logs were kept by: the scenario's, or that of play; for all that have none of their own.",
    ),
)
@click.option(
    "--late",
    default="60min",
    show_default=True,
    metavar=say("LÄNGD", "LENGTH"),
    help=say(
        "Efter hur lång tid av scenariot något är loggat sent.", "After how much of the scenario it is logged late."
    ),
)
@model_option
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    help=say("Dokumentets språk; förvalt övningens.", "The language of the document; by default the exercise's."),
)
@output_option
@json_option
def evaluate(
    folder: Path,
    played: Path | None,
    logs: tuple[str, ...],
    clock: Literal["scenario", "play"],
    late: str,
    model: Path | None,
    lang: Literal["sv", "en"] | None,
    output: Path,
    json_path: str | None,
) -> None:
    """Write the evaluation."""
    from beroenden.documents.evaluation import evaluation_document
    from beroenden.exercise.evaluation.evaluation import evaluate as evaluated
    from beroenden.exercise.evaluation.written import evaluation_dict

    check_ending(output)
    limit = minutes_of("--late", late)
    exercise, network = opened(folder, model)
    if played is not None:
        exercise = _played(played, exercise, network)
    found = [(opened_log(path, network), own) for path, own in map(_clocked, logs)]
    clocks = {log.incident.actor: own for log, own in found if own is not None}
    made = evaluated(
        network, exercise, [log for log, _ in found], clock=clock, clocks=clocks, late=limit, language=lang
    )
    for doubt in (*made.doubts, *_astray(made)):
        click.echo(clean(doubt), err=True)
    write_made(evaluation_document(made), output)
    write_json(json_path, evaluation_dict(made))


def _astray(made: "Evaluation") -> Iterator[str]:
    """The logs of which no entry lies in the exercise, by either clock: then nothing in them counts."""
    from beroenden.units.times import short_time, time_zone

    zone, (first, last) = time_zone(made.network.timezone), (made.exercise.stages[0], made.exercise.stages[-1])
    spans = {"play": (first.play, last.play_until), "scenario": (first.since, last.until)}
    for player in made.players:
        times = [entry.time for entry in player.log.log.entries] if player.log else []
        if player.log is None or not times or any(a <= time <= b for time in times for a, b in spans.values()):
            continue
        clock = player.log.clock
        begins, ends = (short_time(one, zone) for one in spans[clock])
        yield say(
            f"Loggen för {player.name}: ingen av {len(times)} poster ({short_time(min(times), zone)} – {short_time(max(times), zone)}) "
            f"ligger i övningen ({begins} – {ends}), som den är läst (@{clock}). Är det en äldre logg, eller har övningen flyttats?",
            f"The log of {player.name}: none of {len(times)} entries ({short_time(min(times), zone)} – {short_time(max(times), zone)}) "
            f"lies in the exercise ({begins} – {ends}), as it is read (@{clock}). Is it an older log, or was the exercise moved?",
        )


def _clocked(log: str) -> tuple[Path, Literal["scenario", "play"] | None]:
    """A log's file, and the clock that stands after it."""
    for clock in _CLOCKS:
        if log.endswith(f"@{clock}"):
            return Path(log.removesuffix(f"@{clock}")), clock
    return Path(log), None


def _played(path: Path, planned: "Exercise", network: "Network") -> "Exercise":
    """The exercise as a list says that it was played."""
    from beroenden.interop.inject_list.read import read_list

    exercise, findings = read_list(path, planned, network)
    if exercise is None:
        raise FaultyFilesError([finding for finding in findings if finding.severity == "error"])
    tell(findings)
    return exercise
