"""beroenden simulate"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

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
from beroenden.cli.logged import incident_option, longer_option, what_happens
from beroenden.cli.scenarios import scenario_options
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.consequences.outcome import EntityImpact, Outcome, RunImpact
    from beroenden.model.entities import Length


@command(
    "Simulera ett avbrott och följ följderna till medborgarna.",
    "Simulate an outage and follow its consequences to citizens.",
    "beroenden simulate models/soes --outage bankgirot --start 2026-12-16T08:00 --for 12h --json outcome.json",
)
@model_argument
@incident_option
@scenario_options
@longer_option
@json_option
def simulate(model: Path, json_path: str | None, **options: Any) -> None:
    """Print late payments, money, causes, latest recovery and degraded actors, in this order."""
    from beroenden.consequences.simulate import simulate_scenario

    network = load_network(model)
    outcome = simulate_scenario(network, what_happens(network, options), with_events=options["with_events"])
    if not write_json(json_path, outcome.to_dict()):
        print_outcome(outcome)


def print_outcome(outcome: "Outcome") -> None:
    """The outcome as a person reads it."""
    _print_scenario(outcome)
    _print_late(outcome)
    _print_decided(outcome)
    _print_in_time(outcome)
    _print_entities(outcome)
    _print_groups(outcome)


def _when(outcome: "Outcome", minutes: int | None, otherwise: str = "–") -> str:
    from beroenden.units.times import table_time, time_zone

    return otherwise if minutes is None else table_time(minutes, time_zone(outcome.network.timezone))


def _print_scenario(outcome: "Outcome") -> None:
    from beroenden.units.durations import duration_in_words
    from beroenden.units.numbers import percent
    from beroenden.units.times import short_time, time_zone

    zone = time_zone(outcome.network.timezone)
    heading(say("Avbrott", "Outages"))
    planned = {(one.start, one.end, entity): one.name for one in outcome.events for entity in one.entities}
    for index, outage in enumerate(outcome.outages):
        if outage.entity is not None:
            name = outcome.network.entity[outage.entity].name
            left = f", {percent(outage.remaining)} {say('kvar', 'left')}" if outage.remaining else ""
        else:
            name = outcome.network.payment[outage.payment or ""].name
            left = f", {percent(outage.share or 0)} {say('av mottagarna', 'of the recipients')}"
        until = say("okänd längd (om avbrottet kvarstår)", "of unknown length")
        until = until if outage.end is None else short_time(outage.end, zone)
        length = f" ({duration_in_words(outage.end - outage.start)})" if outage.end is not None else ""
        length = f" ({_estimate(outage.length)})" if outage.length else length
        if index >= len(outcome.scenario.outages):
            left = f", {say('planerat', 'planned')}: {planned[outage.start, outage.end or 0, outage.entity or '']}"
        line(f"{name}: {short_time(outage.start, zone)} – {until}{length}{left}")
    for pin in outcome.scenario.pins:
        name, level = outcome.network.entity[pin.entity].name, percent(pin.level)
        held = say(f"observerad nivå {level}", f"observed level {level}")
        until = say("tills vidare", "until further notice") if pin.end is None else short_time(pin.end, zone)
        line(f"{name}: {short_time(pin.start, zone)} – {until}, {held}")


def _estimate(length: "Length") -> str:
    """An uncertain length; what follows is computed with its typical value."""
    from beroenden.model.entities import LogNormal
    from beroenden.units.durations import duration_in_words

    typical = duration_in_words(length.typical)
    if isinstance(length, LogNormal):
        most = duration_in_words(length.p90)
        return say(f"{typical} i median, nio av tio inom {most}", f"median {typical}, nine in ten within {most}")
    least, most = duration_in_words(length.min), duration_in_words(length.max)
    return say(f"troligast {typical} av {least} – {most}", f"likeliest {typical} of {least} – {most}")


def _print_late(outcome: "Outcome") -> None:
    from beroenden.analysis.lateness import causes, money_of, payouts_of, unknown_of
    from beroenden.units.numbers import money, number

    late = outcome.late_runs
    heading(say("Sena betalningar", "Late payments"))
    end = _when(outcome, outcome.end)
    if not outcome.runs:
        start = _when(outcome, outcome.start)
        line(
            say(
                f"Ingen betalning ska vara klar mellan {start} och {end}, så ingen kan bli sen.",
                f"No payment is due between {start} and {end}, so none can be late.",
            )
        )
        return
    if not late:
        if _decided_by_length(outcome):
            sv = f"Ingen betalning som ska vara klar före {end} blir sen, om avbrottet blir så långt som är troligast."
            line(say(sv, f"No payment due before {end} is late, if the outage is as long as is likeliest."))
            return
        line(say(f"Ingen betalning som ska vara klar före {end} blir sen.", f"No payment due before {end} is late."))
        return
    many, much, lacking = payouts_of(late), money_of(late), unknown_of(run.payment for run in late)
    size = say(f"{many} och {much}", f"{many} and {much}") + (f" ({lacking})" if lacking else "")
    total = say(
        f"{size} blir sena av dem som ska vara klara före {end}.", f"{size} are late of those due before {end}."
    )
    line(f"{total[0].upper()}{total[1:]}")
    unknown = say("okänt", "unknown")
    rows = []
    for run in late:
        names = (outcome.network.entity[cause].name for cause in run.blocked_by)
        cause = ", ".join(causes(names, is_late_by_fault=run.is_late_by_fault))
        over = say("\növer tolerabelt", "\nover tolerable") if run.over_max_delay else ""
        count = unknown if run.delayed_recipients is None else number(run.delayed_recipients)
        amount = unknown if run.delayed_amount is None else money(run.delayed_amount)
        rows.append(
            (
                f"{run.payment.name}\n← {cause}",
                f"{_course(outcome, run)}{over}",
                f"{count}\n{amount}",
                recovery_words(outcome, run),
            )
        )
    headings = (
        say("Betalning ← orsak", "Payment ← cause"),
        say("Planerad → klar", "Planned → done"),
        say("Sena", "Late"),
        say("Åtgärdas senast", "Latest recovery"),
    )
    table(headings, rows, right=(2,), whole=(1, 2, 3))


def _course(outcome: "Outcome", run: "RunImpact") -> str:
    """When the last of what is late should have come, when it comes, and how late it is at most."""
    from beroenden.units.durations import duration_in_words

    late = [branch for branch in run.branches if branch.is_late]
    planned, ends = max(branch.planned for branch in late), [branch.completed for branch in late]
    done = None if None in ends else max(end for end in ends if end is not None)
    course = f"{_when(outcome, planned)}\n→ {_when(outcome, done, _past_end(outcome))}"
    if done is None or run.delay is None:
        return course
    delay = f"+{duration_in_words(run.delay)}"
    is_of_last = done - planned == run.delay
    return f"{course}\n{delay if is_of_last else say(f'upp till {delay}', f'up to {delay}')}"


def recovery_words(outcome: "Outcome", run: "RunImpact") -> str:
    """Until when an outage may last, in words."""
    if run.latest_recovery_state == "by":
        return _when(outcome, run.latest_recovery)
    if run.latest_recovery_state == "any":
        return say("hinner ändå", "in time anyway")
    return say("redan för sent", "already too late")


def _decided_by_length(outcome: "Outcome") -> "list[RunImpact]":
    """The runs whose latest recovery lies where an outage of uncertain length may end."""
    ends = [
        (one.start + least, one.start + most)
        for one in outcome.scenario.outages
        if one.length is not None
        for least, most in [_range(one.length)]
    ]
    return [
        run
        for run in outcome.runs
        if run.latest_recovery is not None and any(least <= run.latest_recovery < most for least, most in ends)
    ]


def _range(length: "Length") -> tuple[int, int]:
    """The shortest and longest length, in minutes; of one without a longest, what nine in ten are within."""
    from beroenden.model.entities import LogNormal

    return (0, length.p90) if isinstance(length, LogNormal) else (length.min, length.max)


def _print_decided(outcome: "Outcome") -> None:
    decided = _decided_by_length(outcome)
    if not decided:
        return
    heading(say("Avgörs av hur länge avbrottet varar", "Decided by how long the outage lasts"))
    rows = [(run.payment.name, _when(outcome, run.planned), _late_beyond(outcome, run)) for run in decided]
    headings = (say("Betalning", "Payment"), say("Planerad", "Planned"), say("Sen om det varar efter", "Late beyond"))
    table(headings, rows, whole=(1, 2))


def _late_beyond(outcome: "Outcome", run: "RunImpact") -> str:
    """The latest recovery, and how long after the start of a single outage that is."""
    from beroenden.units.durations import duration_in_words

    when = recovery_words(outcome, run)
    if len(outcome.outages) > 1 or run.latest_recovery is None:
        return when
    return f"{when}\n({duration_in_words(run.latest_recovery - outcome.start)})"


def _print_in_time(outcome: "Outcome") -> None:
    from beroenden.analysis.lateness import is_one, resolved_words

    decided = {id(run) for run in _decided_by_length(outcome)}  # told above
    bound = [
        run
        for run in outcome.runs
        if run.status == "on_time" and run.latest_recovery_state == "by" and id(run) not in decided
    ]
    if not bound:
        return
    as_long = resolved_words(outcome)
    until = say(f"Kommer i tid, så länge {as_long} senast", f"In time, as long as {as_long} by")
    if not is_one(outcome):  # one of them may end later and harm nothing
        until = say(
            "Kommer i tid, också om alla avbrotten varar till", "In time, even if all of the outages last until"
        )
    heading(until)
    rows = [(run.payment.name, _when(outcome, run.planned), recovery_words(outcome, run)) for run in bound]
    headings = (say("Betalning", "Payment"), say("Planerad", "Planned"), say("Åtgärdas senast", "Latest recovery"))
    table(headings, rows, whole=(1, 2))


def _print_entities(outcome: "Outcome") -> None:
    if not outcome.entities:
        return
    heading(say("Drabbade aktörer, system och grupper", "Actors, systems and groups affected"))
    impacts = sorted(outcome.entities, key=_since)
    rows = [_entity_row(outcome, impact) for impact in impacts]
    headings = (say("Aktör: vad", "Actor: what"), say("Värst", "Worst"), say("Från", "From"), say("Till", "To"))
    table(headings, rows, whole=(1, 2, 3))


def _since(impact: "EntityImpact") -> int:
    return impact.reserves_lost[0].since if impact.degraded_from is None else impact.degraded_from


def _past_end(outcome: "Outcome") -> str:
    return say("efter ", "after ") + _when(outcome, outcome.end)


def _entity_row(outcome: "Outcome", impact: "EntityImpact") -> tuple[str, ...]:
    actor = outcome.network.actor_of(impact.entity.id)
    name = (
        impact.entity.name
        if actor == impact.entity.id
        else f"{outcome.network.entity[actor].name}: {impact.entity.name}"
    )
    spells = [
        (state, _when(outcome, since), _when(outcome, until, _past_end(outcome)))
        for state, since, until in _spells(outcome, impact)
    ]
    return name, *("\n".join(cells) for cells in zip(*spells, strict=True))


def _spells(outcome: "Outcome", impact: "EntityImpact") -> Iterator[tuple[str, int, int | None]]:
    """In what state it is, from when until when, each time that it is harmed, and at its worst where that is not all of it."""
    from beroenden.units.numbers import percent

    if impact.degraded_from is None:
        yield say("går på reserv", "on its reserve"), impact.reserves_lost[0].since, impact.reserves_lost[-1].to
        return
    for spell in impact.spells:
        worst, first, last = impact.worst_between(spell.start, spell.end or outcome.end)
        state = say("nere", "down") if worst <= 0 else percent(worst)
        if not impact.steps.is_even(first, last):
            state = say("tidvis ", "at times ") + state
        is_all = (first, last) == (spell.start, spell.end or outcome.end)
        if not is_all:
            yield say("nedsatt", "impaired"), impact.fell(spell), spell.end
        yield (
            state,
            impact.fell(spell) if is_all else first,
            spell.end if is_all else None if last >= outcome.end else last,
        )


def _print_groups(outcome: "Outcome") -> None:
    from beroenden.units.numbers import number

    hit = [group for group in outcome.groups if group.peak_affected != 0]
    if not hit:
        return
    heading(
        say("Medborgare som inte kan använda sina pengar som vanligt", "Citizens who cannot use their money as usual")
    )
    unknown = say("okänt", "unknown")
    rows = [
        (
            group.entity.name,
            *(unknown if one is None else number(one) for one in (group.peak_affected, group.person_hours)),
        )
        for group in hit
    ]
    table((say("Grupp", "Group"), say("Som mest", "At most"), say("Persontimmar", "Person-hours")), rows, right=(1, 2))
