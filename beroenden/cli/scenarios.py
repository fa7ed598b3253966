"""The options that say what happens, and the scenario that they make."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from beroenden.cli import ids
from beroenden.cli.moments import typed_time
from beroenden.errors import FaultyFilesError, UsageError, unknown_id
from beroenden.language import say
from beroenden.units.durations import minutes_of, suggest_span
from beroenden.units.typed import typed_level

if TYPE_CHECKING:
    from beroenden.model.entities import Pert
    from beroenden.model.network import Network
    from beroenden.model.scenario import Outage, Scenario

Value = TypeVar("Value")


class Level(click.FloatRange):
    """What remains, 0..1, also in per cent and with a decimal comma."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that was typed; what is none is left for the complaint."""
        try:
            taken = typed_level(value) if isinstance(value, str) and set(value) & {",", "%"} else value
        except ValueError:
            taken = value
        if taken is not value:
            told = say(f"”{value}” läses som {taken}", f'"{value}" is read as {taken}')
            click.echo(f"--remaining: {told}", err=True)
        return super().convert(taken, param, ctx)


def scenario_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say what happens, and whether the model's planned events happen as well."""
    with_events = click.option(
        "--with-events",
        is_flag=True,
        help=say("Simulera även modellens planerade händelser.", "Also simulate the model's planned events."),
    )
    return outage_options(with_events(command))


def outage_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """A scenario file, or outages given one by one."""
    options = (
        click.option(
            "--scenario",
            type=click.Path(path_type=Path),
            metavar=say("FIL", "FILE"),
            help=say("Scenario i TOML med [[outage]] och [[pin]].", "Scenario in TOML with [[outage]] and [[pin]]."),
        ),
        click.option(
            "--outage",
            "outages",
            multiple=True,
            metavar="ID",
            shell_complete=ids.of_entities,
            help=say("Entitet som slås ut; kan upprepas.", "Entity that is out; can be repeated."),
        ),
        click.option(
            "--start",
            "starts",
            multiple=True,
            metavar=say("TID", "TIME"),
            help=say(
                'Avbrottets början, t.ex. "2026-12-17 08.00" (modellens tidszon). En för alla, eller en för varje --outage i ordning.',
                'Start of the outage, e.g. "2026-12-17 08.00" (the model\'s time zone). One for all, or one for each --outage in order.',
            ),
        ),
        click.option(
            "--for",
            "lengths",
            multiple=True,
            metavar=say("LÄNGD", "LENGTH"),
            help=say(
                "Hur länge, t.ex. 12h, eller kortast..troligast..längst: 2h..4h..6h; som --start. Utelämnad: okänd längd, ”om avbrottet kvarstår”.",
                'How long, e.g. 12h, or shortest..likeliest..longest: 2h..4h..6h; as --start. Left out: of unknown length, "if the outage persists".',
            ),
        ),
        click.option(
            "--remaining",
            "remainders",
            type=Level(0, 1),
            multiple=True,
            metavar=say("NIVÅ", "LEVEL"),
            help=say(
                "Nivå som är kvar under avbrottet, 0–1 eller 50% [0]. En för alla, eller en för varje --outage i ordning.",
                "Level that remains during the outage, 0–1 or 50% [0]. One for all, or one for each --outage in order.",
            ),
        ),
        click.option(
            "--horizon",
            metavar=say("LÄNGD", "LENGTH"),
            help=say(
                "Hur långt fram man ser från avbrottets början [14d].",
                "How far ahead to look from the outage's start [14d].",
            ),
        ),
        click.option(
            "--at",
            metavar=say("TID", "TIME"),
            help=say(
                'Läget per, t.ex. "2026-12-17 08.00": från då räknas senaste återställning.',
                'As-of time, e.g. "2026-12-17 08.00", from which latest recovery counts.',
            ),
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def scenario_of(network: "Network", options: Mapping[str, Any]) -> "Scenario":
    """The scenario that the options of `scenario_options` describe.

    Raises:
        UsageError: for options that make no scenario.
        FaultyFilesError: for a scenario file with errors.
    """
    from beroenden.modelfiles.scenario import build_scenario, load_scenario

    scenario = None
    if options["scenario"] is not None:
        scenario, findings = load_scenario(options["scenario"], network)
        if scenario is None:
            raise FaultyFilesError(findings)
    given = _outages(network, options, scenario.start if scenario else None)
    if scenario is None and not given:
        raise UsageError(
            say(
                "Ange --scenario FIL eller --outage ID --start TID.",
                "Give --scenario FILE or --outage ID --start TIME.",
            )
        )
    outages = [*(scenario.outages if scenario else ()), *given]
    horizon = scenario.horizon if scenario else None
    if options["horizon"]:
        horizon = minutes_of("--horizon", options["horizon"])
    at = scenario.at if scenario else None
    if options["at"]:
        first = min(one.start for one in (*(scenario.outages or scenario.pins if scenario else ()), *given))
        at = typed_time("--at", options["at"], network.timezone, first)
    try:
        made = build_scenario(network, outages, scenario.pins if scenario else (), horizon, at)
    except UsageError as error:
        raise UsageError(_as_options(str(error))) from None
    return replace(made, name=scenario.name, note=scenario.note) if scenario else made


def _outages(network: "Network", options: Mapping[str, Any], near: int | None) -> "list[Outage]":
    """The outages that are given as options; of --start, --for and --remaining one for all, or one for each.

    Args:
        network: What they are outages of.
        options: Those of `scenario_options`.
        near: An instant on the day of a --start that is a time of day alone; None: today.
    """
    entities: tuple[str, ...] = options["outages"]
    given = {"start": options["starts"], "for": options["lengths"], "remaining": options["remainders"]}
    if not entities and any(given.values()):
        raise UsageError(
            say("--start, --for och --remaining hör till --outage.", "--start, --for and --remaining go with --outage.")
        )
    if entities and not given["start"]:
        raise UsageError(say("--outage kräver --start.", "--outage needs --start."))
    for entity in entities:
        if entity not in network.entity:
            raise unknown_id(say("entitet", "entity"), entity, network.entity)
    for option, values in given.items():
        if len(values) not in (0, 1, len(entities)):
            raise UsageError(
                say(
                    f"--{option} anges en gång för alla avbrott, eller en gång för varje --outage i samma ordning.",
                    f"Give --{option} once for all outages, or once for each --outage in the same order.",
                )
            )
    starts = [typed_time("--start", text, network.timezone, near) for text in given["start"]]
    lengths: list[int | Pert | None] = [typed_length("--for", text) for text in given["for"]]
    left = given["remaining"] or (0.0,)
    return [
        _outage(entity, _of_each(starts, index), _of_each(lengths or [None], index), _of_each(left, index))
        for index, entity in enumerate(entities)
    ]


def _of_each(values: Sequence[Value], index: int) -> Value:
    """The one value that holds for all, or that of one."""
    return values[index if len(values) > 1 else 0]


def _outage(entity: str, start: int, length: "int | Pert | None", remaining: float) -> "Outage":
    from beroenden.model.scenario import Outage

    if length is None or isinstance(length, int):
        return Outage(start, None if length is None else start + length, entity, remaining=remaining)
    return Outage(start, start + length.typical, entity, remaining=remaining, length=length)


def typed_length(option: str, text: str) -> "int | Pert":
    """The minutes of a length that was typed for an option, or its shortest, likeliest and longest.

    Raises:
        UsageError: when it is neither.
    """
    from beroenden.model.entities import Pert

    parts = [part.strip() for part in text.split("..")]
    if len(parts) == 1 and not suggest_span(text):
        try:
            return minutes_of(option, text)
        except UsageError as error:
            estimate = say(
                "En uppskattning skrivs kortast..troligast..längst, t.ex. 2h..6h..24h.",
                "Write an estimate as shortest..likeliest..longest, e.g. 2h..6h..24h.",
            )
            raise UsageError(f"{error} {estimate}") from None
    least, *_, most = (suggest_span(text) or text).split("..")
    if len(parts) != 3:
        raise UsageError(
            say(
                f"{option}: ”{text[:60]}” har ingen troligaste längd; skriv {least}..troligast..{most}, t.ex. 2h..4h..6h, eller en längd: 12h.",
                f'{option}: "{text[:60]}" has no likeliest length; write {least}..likeliest..{most}, e.g. 2h..4h..6h, or one length: 12h.',
            )
        )
    lengths = [minutes_of(option, part) for part in parts]
    if lengths != sorted(lengths) or lengths[0] == lengths[-1]:
        raise UsageError(
            say(
                f"{option}: längderna ska vara stigande, t.ex. 2h..4h..6h.",
                f"{option}: the lengths should be rising, e.g. 2h..4h..6h.",
            )
        )
    return Pert(*lengths)


def _as_options(message: str) -> str:
    return re.sub(r"^(horizon|at):", r"--\1:", message, flags=re.MULTILINE)
