"""beroenden lagesbild"""

from pathlib import Path
from typing import Any

import click

from beroenden.cli.common import (
    command,
    json_option,
    load_network,
    model_argument,
    scenario_of,
    scenario_options,
    write_document,
    write_json,
)
from beroenden.errors import UsageError
from beroenden.language import say


@command(
    "Skriv utkast till intern lägesbild (FAKTA och PROGNOS) för en aktör, eller för alla drabbade.",
    "Write a draft of the internal lägesbild (FAKTA and PROGNOS) for an actor, or for all affected.",
    "beroenden lagesbild models/soes --scenario sample_data/scenarios/clearing-fore-den-20e.toml --actor forsakringskassan --at 2026-12-16T09:30 -o lagesbild.md",
)
@model_argument
@scenario_options
@click.option(
    "--actor",
    required=True,
    metavar="ID",
    help=say("Aktören, eller ”affected” för alla drabbade.", 'The actor, or "affected" for all that are.'),
)
@click.option(
    "--exercise/--live",
    "is_exercise",
    default=True,
    help=say("Märk ÖVNING (förvalt) eller SKARPT.", "Mark as exercise (the default) or live."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help=say("Filen; en mapp när aktören är ”affected”.", 'The file; a folder when the actor is "affected".'),
)
@json_option
def lagesbild(model: Path, actor: str, is_exercise: bool, output: Path, json_path: str | None, **options: Any) -> None:
    """Write one lägesbild, or one for each affected actor."""
    from beroenden.consequences.simulate import simulate_scenario
    from beroenden.documents.lagesbild import render
    from beroenden.incident.actors import affected_actors, check_actor
    from beroenden.incident.situation import situation

    network = load_network(model)
    if actor != "affected":
        check_actor(network, actor)
    scenario = scenario_of(network, options)
    outcome = simulate_scenario(network, scenario, with_events=options["with_events"])
    actors = affected_actors(outcome) if actor == "affected" else [actor]
    if actor == "affected" and output.suffix:
        raise UsageError(
            say("-o ska vara en mapp när aktören är ”affected”.", '-o should be a folder when the actor is "affected".')
        )
    made = [situation(outcome, one, is_exercise=is_exercise) for one in actors]
    for one in made:
        path = output / f"lagesbild-{one.actor}.md" if actor == "affected" else output
        write_document(path, render(one))
    if not made:
        click.echo(say("Ingen aktör drabbas.", "No actor is affected."), err=True)
    write_json(json_path, {"schema": "beroenden/situations/1", "situations": [one.to_dict() for one in made]})
