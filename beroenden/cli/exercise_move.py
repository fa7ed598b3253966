"""beroenden exercise move"""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from beroenden.cli.common import command, json_option, line, table, write_json, wrote
from beroenden.cli.exercise_folder import (
    folder_argument,
    model_option,
    opened,
    placed,
    tell_nothing_written,
    unread_lists,
    write_exercise,
)
from beroenden.cli.exercise_hours import tell_days_off, tell_loads, tell_overlap
from beroenden.cli.moments import typed_time
from beroenden.cli.printable import clean
from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.durations import minutes_of

if TYPE_CHECKING:
    from beroenden.exercise.exercise import Exercise
    from beroenden.model.network import Network


@command(
    "Flytta speltiden, hela övningen eller från ett skede, eller spela längre eller kortare, och skriv om alla dokument. "
    "Scenariots tider, texterna och numren ändras inte.",
    "Move the play, all of it or from a stage on, or play for longer or shorter, and write all papers anew. The scenario's "
    "times, the texts and the numbers do not change.",
    'beroenden exercise move ovning --to "2026-12-03 09.30"',
)
@folder_argument
@click.option(
    "--to",
    metavar=say("TID", "TIME"),
    help=say(
        "När spelet, eller skedet, börjar: 2026-12-03 09.30. Bara ett klockslag behåller dagen, bara en dag klockslaget.",
        "When the play, or the stage, begins: 2026-12-03 09:30. A clock time alone keeps the day, a day alone the time.",
    ),
)
@click.option(
    "--stage",
    type=int,
    metavar=say("NR", "NO"),
    help=say(
        "Flytta detta skede och alla efter det, lika mycket; med --play-length: hur länge just det spelas [alla].",
        "Move this stage and all after it, by the same; with --play-length: how long that one is played [all].",
    ),
)
@click.option(
    "--play-length",
    metavar=say("LÄNGD", "LENGTH"),
    help=say(
        "Hur länge det spelas, pauserna oräknade: 3h. Inspelen flyttas ihop eller isär; allt som är skrivet är kvar.",
        "How long it is played, breaks not counted: 3h. The injects move closer or apart; all that is written stays.",
    ),
)
@model_option
@click.option(
    "--dry-run", is_flag=True, help=say("Visa de nya tiderna utan att skriva.", "Show the new times without writing.")
)
@json_option
def move(
    folder: Path,
    to: str | None,
    stage: int | None,
    play_length: str | None,
    model: Path | None,
    dry_run: bool,
    json_path: str | None,
) -> None:
    """Move the play of an exercise, or play it for longer or shorter."""
    from beroenden.units.times import time_zone

    if to is None and play_length is None:
        raise UsageError(
            say(
                "Ange --to (när det börjar) eller --play-length (hur länge det spelas), eller båda.",
                "Give --to (when it begins) or --play-length (how long it is played), or both.",
            )
        )
    before, network = opened(folder, model)
    _refuse_unread(folder, before, network, dry_run)
    zone = time_zone(network.timezone)
    after = _after(before, network, to, play_length, stage)
    is_written = after != before and not dry_run
    if not write_json(json_path, _to_dict(before, after, zone) | {"written": is_written}):
        _show(before, after, zone)
    _tell_played(before, after)
    tell_days_off(after, network)
    tell_overlap(after)
    if play_length is not None:
        tell_loads(after, network)
    if dry_run:
        tell_nothing_written()
    if is_written:
        write_exercise(folder, placed(after, folder, model), network)
        wrote(folder)


def _after(before: "Exercise", network: "Network", to: str | None, length: str | None, stage: int | None) -> "Exercise":
    """The exercise as it is to be played."""
    from beroenden.exercise.moving import moved
    from beroenden.exercise.repacing import repaced

    # Played for shorter first, a stage may begin when the one before it used to go on.
    after = before if length is None else repaced(before, network, minutes_of("--play-length", length), stage)
    if to is None:
        return after
    now = next((one.play for one in after.stages if one.number == stage), after.play_start)
    return moved(after, network, _start(to, now, network.timezone), stage)


def _refuse_unread(folder: Path, exercise: "Exercise", network: "Network", dry_run: bool) -> None:
    """Refuse to write over a list with changes that have not been read: it has the old times, and is to be read before.

    Raises:
        UsageError: naming the lists, unless nothing is to be written; then they are told.
    """
    unread = unread_lists(folder, exercise, network)
    if not unread:
        return
    named = ", ".join(map(str, unread))
    message = say(
        f"{named} har ändringar som inte är inlästa. Läs in dem först: beroenden exercise import {folder} {unread[0]}. "
        "Ska de inte med, döp om eller ta bort filen.",
        f"{named} has changes that have not been read. Read them first: beroenden exercise import {folder} {unread[0]}. "
        "If they are not wanted, rename or delete the file.",
    )
    if not dry_run:
        raise UsageError(message)
    click.echo(clean(message), err=True)


def _start(text: str, now: int, timezone: str) -> int:
    """When it begins; what is not told, the day or the time of day, is as it is now."""
    from beroenden.units.times import local, time_zone

    return typed_time("--to", text, timezone, now, local(now, time_zone(timezone)).time(), is_said_now=True)


def _to_dict(before: "Exercise", after: "Exercise", zone: ZoneInfo) -> dict[str, Any]:
    from beroenden.units.times import iso

    def times(exercise: "Exercise", place: int) -> dict[str, str]:
        stage = exercise.stages[place]
        return {"play": iso(stage.play, zone), "play_until": iso(stage.play_until, zone)}

    return {
        "schema": "beroenden/exercise-move/1",
        "name": after.name,
        "minutes": after.stages[-1].play - before.stages[-1].play,
        "stages": [
            {"number": stage.number, "before": times(before, place), "after": times(after, place)}
            for place, stage in enumerate(after.stages)
        ],
    }


def _show(before: "Exercise", after: "Exercise", zone: ZoneInfo) -> None:
    """When each stage was played and will be."""
    from beroenden.units.times import short_span

    if after == before:
        line(say("Övningen spelas redan då.", "The exercise is played then already."))
        return
    rows = (
        (old.number, short_span(old.play, old.play_until, zone), short_span(new.play, new.play_until, zone))
        for old, new in zip(before.stages, after.stages, strict=True)
    )
    table((say("Skede", "Stage"), say("Före", "Before"), say("Efter", "After")), rows, right=[0])
    if before.name != after.name:
        line(say(f"Övningen heter nu: {after.name}", f"The exercise is now called: {after.name}"))


def _tell_played(before: "Exercise", after: "Exercise") -> None:
    """Say which of what is moved has been played."""
    times = {one.number: one.play for one in before.injects}
    played = [str(one.number) for one in after.injects if one.played is not None and one.play != times[one.number]]
    if played:
        numbers = ", ".join(played)
        message = say(
            f"Redan spelade inspel som flyttas: {numbers}. Deras spelat_kl ändras inte.",
            f"Injects that are moved though they have been played: {numbers}. Their spelat_kl does not change.",
        )
        click.echo(clean(message), err=True)
