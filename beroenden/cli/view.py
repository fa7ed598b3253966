"""beroenden view"""

import json
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
    write_file,
    write_json,
    wrote,
)
from beroenden.errors import UsageError
from beroenden.language import say


@command(
    "Rita kartan som en fristående HTML-sida, med drabbade entiteter i färg.",
    "Draw the map as one self-contained HTML page, harmed entities coloured.",
    "beroenden view models/soes --scenario sample_data/scenarios/clearing-fore-den-20e.toml -o map.html",
)
@model_argument
@click.option(
    "--outcome",
    "outcome_file",
    type=click.Path(path_type=Path),
    metavar=say("FIL", "FILE"),
    help=say("Utfall i JSON från beroenden simulate.", "Outcome in JSON from beroenden simulate."),
)
@scenario_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help=say("HTML-filen.", "The HTML file.")
)
@json_option
def view(model: Path, outcome_file: Path | None, output: Path, json_path: str | None, **options: Any) -> None:
    """Write the page."""
    from beroenden.views.page import page

    network = load_network(model)
    outcome: dict[str, Any] | None = None
    if outcome_file is not None:
        outcome = _read_outcome(outcome_file, network.hash)
    elif options["scenario"] is not None or options["outages"]:
        from beroenden.consequences.simulate import simulate_scenario

        outcome = simulate_scenario(
            network, scenario_of(network, options), with_events=options["with_events"]
        ).to_dict()
    write_file(output, page(network, outcome))
    wrote(output)
    write_json(json_path, {"schema": "beroenden/view/1", "file": str(output), "entities": len(network.entities)})


def _read_outcome(path: Path, model_hash: str) -> dict[str, Any]:
    try:
        outcome = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(
            say(f"{path} går inte att läsa: {error.strerror}.", f"{path} cannot be read: {error.strerror}.")
        ) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(
            say(f"{path} är ingen JSON från beroenden simulate.", f"{path} is no JSON from beroenden simulate.")
        ) from error
    if not isinstance(outcome, dict) or outcome.get("schema") != "beroenden/outcome/1":
        raise UsageError(
            say(f"{path} är inget utfall från beroenden simulate.", f"{path} is no outcome from beroenden simulate.")
        )
    if outcome.get("model", {}).get("hash") != model_hash:
        raise UsageError(
            say(
                f"{path} är räknat på en annan version av modellen. Kör beroenden simulate igen.",
                f"{path} was computed on another version of the model. Run beroenden simulate again.",
            )
        )
    return outcome
