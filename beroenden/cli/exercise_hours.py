"""What the commands on an exercise say of its hours and of what it lacks: days off, breaks, players with too little to do."""

from typing import TYPE_CHECKING

import click

from beroenden.cli.printable import clean
from beroenden.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from beroenden.exercise.evaluation.deciding import Deciding
    from beroenden.exercise.exercise import Exercise
    from beroenden.exercise.load import Load
    from beroenden.exercise.pace import Pace
    from beroenden.model.network import Network


def tell_days_off(exercise: "Exercise", network: "Network") -> None:
    """Say which days of play are no working days."""
    from beroenden.bankdays.bankdays import is_bank_day
    from beroenden.units.times import Clock, date_in_words, local, time_zone

    zone = time_zone(network.timezone)
    clock = Clock(zone)
    days = dict.fromkeys(
        local(stage.play, zone).date() for stage in exercise.stages if not is_bank_day(clock.day(stage.play))
    )
    if days:
        named = ", ".join(date_in_words(day) for day in days)
        message = say(
            f"Övningen spelas på en ledig dag: {named}. Är det meningen?",
            f"The exercise is played on a day off: {named}. Is that meant?",
        )
        click.echo(clean(message), err=True)


def tell_overlap(exercise: "Exercise") -> None:
    """Say when the clock on the wall lies within the scenario's time, where a log kept by the wrong one is not noticed."""
    first, last = exercise.stages[0], exercise.stages[-1]
    if first.play < last.until and first.since < last.play_until:
        message = say(
            "Speltiden ligger inom scenariots tid: då märks inte om någon loggar efter fel klocka. Säg vilken som gäller, eller "
            "flytta övningen med `beroenden exercise move`.",
            "The play lies within the scenario's time: then nobody notices a log kept by the wrong clock. Say which one counts, "
            "or move the exercise with `beroenden exercise move`.",
        )
        click.echo(clean(message), err=True)


def tell_unconcerned(exercise: "Exercise", network: "Network") -> None:
    """Say in which stages nobody has anything of its own to do; which actors the scenario does not reach, and the stages of others."""
    from beroenden.exercise.load import empty_stages

    empty = empty_stages(exercise)
    of_all = set.intersection(*(set(empty.get(actor, ())) for actor in exercise.actors))
    if of_all:
        click.echo(clean(_nothing_in(exercise, sorted(of_all), network)), err=True)
    for actor, idle in empty.items():
        if of_all.issuperset(idle):
            continue
        name = network.entity[actor].name
        message = say(
            f"{name} märker inget av scenariot; sök ett som når alla med `beroenden exercise find`, också med samma avbrott och ett "
            "till: --include.",
            f"{name} notices nothing of the scenario; look for one that reaches all with `beroenden exercise find`, also with the same "
            "outage and another: --include.",
        )
        if len(idle) < len(exercise.stages):
            stages = ", ".join(map(str, idle))
            message = say(
                f"{name} får inget eget inspel i skede {stages}.",
                f"{name} gets no inject of its own in stage {stages}.",
            )
        click.echo(clean(message), err=True)


def _nothing_in(exercise: "Exercise", empty: "Sequence[int]", network: "Network") -> str:
    """That no player gets an inject in some stages."""
    from beroenden.incident.lagesbild.writer import listed
    from beroenden.units.times import table_span, time_zone

    zone = time_zone(network.timezone)
    stages = listed(
        f"{one.number} ({table_span(one.play, one.play_until, zone)})" for one in exercise.stages if one.number in empty
    )
    return say(
        f"Ingen av de övade får något eget inspel i skede {stages}: välj färre skeden (--stages), hopp (--jump) eller ett annat "
        "scenario, eller säg vad de ska göra under tiden.",
        f"None of the players gets an inject of its own in stage {stages}: choose fewer stages (--stages), jumps (--jump) or "
        "another scenario, or say what they are to do meanwhile.",
    )


def tell_no_rumour(exercise: "Exercise") -> None:
    """Say when there is no rumour in the exercise."""
    if not any(one.evidence and one.evidence.event == "rumour" for one in exercise.injects):
        message = say(
            "Övningen har inget rykte: inget annat avbrott som de övade får veta av skulle ge det de märker först, eller så kommer "
            "det för sent (--rumour-after). Skriv ett eget inspel om övningen ska pröva källkritik.",
            "The exercise has no rumour: no other outage that the players may know of would give what they notice first, or it "
            "would come too late (--rumour-after). Write an inject of your own if the exercise is to test how sources are judged.",
        )
        click.echo(clean(message), err=True)


def tell_too_long(exercise: "Exercise", pace: "Pace") -> None:
    """Say by how much the play is longer than was asked for, since each stage takes its time."""
    from beroenden.exercise.pace import SHORTEST
    from beroenden.units.durations import duration_in_words

    played = sum(stage.play_until - stage.play for stage in exercise.stages)
    if pace.compression is not None or played <= pace.length:
        return
    words, more, least = (duration_in_words(one) for one in (played, played - pace.length, SHORTEST))
    message = say(
        f"Övningen spelas i {words}, {more} längre än --play-length: varje skede tar minst {least}. Välj färre skeden (--stages) "
        "eller hopp (--jump), eller korta sedan med `beroenden exercise move`.",
        f"The exercise is played for {words}, {more} longer than --play-length: each stage takes at least {least}. Choose fewer "
        "stages (--stages) or jumps (--jump), or shorten it then with `beroenden exercise move`.",
    )
    click.echo(clean(message), err=True)


def tell_unused_breaks(exercise: "Exercise", pace: "Pace") -> None:
    """Say which breaks come after a stage that the exercise does not have, or is its last."""
    last = exercise.stages[-1].number
    unused = [str(after) for after, _ in pace.breaks if after >= last]
    if unused:
        named = ", ".join(unused)
        message = say(
            f"--pause efter skede {named} används inte: övningen har {last} skeden.",
            f"--pause after stage {named} is not used: the exercise has {last} stages.",
        )
        click.echo(clean(message), err=True)


def tell_loads(exercise: "Exercise", network: "Network") -> None:
    """Say which players get nothing for long, or much at a time, and when; and under which deadlines there is no time to decide."""
    from beroenden.consequences.simulate import simulate_scenario
    from beroenden.exercise.load import hurried, loads

    for one in loads(exercise):
        click.echo(clean(_load(one, network)), err=True)
    hurries: dict[tuple[str, int], list[Deciding]] = {}
    for found in hurried(exercise, simulate_scenario(network, exercise.scenario)):
        hurries.setdefault((found.actor, found.deadline), []).append(found)
    for together in hurries.values():
        click.echo(clean(_hurry(together, network)), err=True)


def _hurry(found: "Sequence[Deciding]", network: "Network") -> str:
    """That a player has hardly any play from its first sign to a deadline."""
    from beroenden.exercise.phrases import several
    from beroenden.model.names import spoken
    from beroenden.units.durations import duration_in_words
    from beroenden.units.times import table_time, time_zone

    one, least = found[0], min(one.play_to_decide or 0 for one in found)
    name, played = network.entity[one.actor].name, duration_in_words(least)
    payments = several(spoken(network.payment[each.payment].name) for each in found)
    when = table_time(one.deadline, time_zone(network.timezone))
    return say(
        f"{name} har {played} speltid från första tecknet till fristen {when} ({payments}): för lite att besluta på. Ge tecknet "
        "tidigare, eller räkna inte med ett beslut.",
        f"{name} has {played} of play from the first sign to the deadline {when} ({payments}): too little to decide in. Give the "
        "sign earlier, or do not expect a decision.",
    )


def tell_jumps(exercise: "Exercise", pace: "Pace") -> None:
    """Say that the jumps that are given make the stages, where they are fewer than were asked for."""
    stages = len(exercise.stages)
    if pace.jumps and stages < pace.stages:
        message = say(
            f"Övningen får {stages} skeden: med --jump börjar ett nytt skede bara där ett hopp slutar. Fler hopp ger fler skeden.",
            f"The exercise has {stages} stages: with --jump a new stage begins only where a jump ends. More jumps give more stages.",
        )
        click.echo(clean(message), err=True)


def _load(one: "Load", network: "Network") -> str:
    from beroenden.units.durations import duration_in_words
    from beroenden.units.times import table_span, time_zone

    name, when = network.entity[one.actor].name, table_span(one.since, one.until, time_zone(network.timezone))
    if one.kind == "idle":
        played = duration_in_words(one.until - one.since - one.pause)
        length = say(f" ({played}, pauser oräknade)", f" ({played}, breaks not counted)") if one.pause else ""
        return say(
            f"{name} får inget inspel {when}{length}; skriv ett, eller säg vad de ska göra under tiden.",
            f"{name} gets no inject {when}{length}; write one, or say what they are to do meanwhile.",
        )
    return say(
        f"{name} får {one.count} inspel {when}; det är tätt, längre --play-length ger mer tid.",
        f"{name} gets {one.count} injects {when}; that is close, a longer --play-length gives more time.",
    )
