"""beroenden view"""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.common import command, json_option, load_network, model_argument, write_file, write_json, wrote
from beroenden.cli.scenarios import scenario_of, scenario_options
from beroenden.errors import UsageError, why_unreadable
from beroenden.language import say, writing_in

if TYPE_CHECKING:
    from beroenden.model.network import Network
    from beroenden.sharing.masking import Masked
    from beroenden.views.explorer.data import Opening

_DEPTH = 2


@command(
    "Gör en fristående HTML-sida att utforska kartan och spela upp ett avbrott i.",
    "Make one self-contained HTML page to explore the map and play an outage in.",
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
    "--focus",
    metavar="ID",
    shell_complete=ids.of_all,
    help=say("Visa först det som ligger omkring.", "First show what lies around."),
)
@click.option(
    "--depth",
    type=click.IntRange(1),
    metavar=say("STEG", "STEPS"),
    help=say(
        f"Hur många steg omkring --focus; {_DEPTH} om inget anges.",
        f"How many steps around --focus; {_DEPTH} unless given.",
    ),
)
@click.option(
    "--payment",
    metavar="ID",
    shell_complete=ids.of_payments,
    help=say("Visa först en betalnings kedja.", "First show a payment's chain."),
)
@click.option(
    "--tlp",
    "--to",
    "to",
    metavar=say("MÄRKNING|AKTÖR", "LABEL|ACTOR"),
    shell_complete=ids.of_readers,
    help=say(
        "Läsaren: en märkning som TLP:GREEN, eller en aktör. Vad den inte får se finns inte i filen.",
        "The reader: a label such as TLP:GREEN, or an actor. What it may not see is not in the file.",
    ),
)
@click.option(
    "--lang",
    type=click.Choice(["sv", "en"]),
    default="sv",
    show_default=True,
    help=say("Sidans språk.", "The language of the page."),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar=say("FIL", "FILE"),
    help=say("HTML-filen; utan ändelse läggs .html till.", "The HTML file; without an ending, .html is added."),
)
@json_option
def view(
    model: Path, outcome_file: Path | None, to: str | None, output: Path, json_path: str | None, **options: Any
) -> None:
    """Write the page."""
    from beroenden.sharing.masking import masked
    from beroenden.sharing.viewer import viewer_for
    from beroenden.sharing.visible import visible_network
    from beroenden.views.explorer.page import highest_label, page

    output = output if output.suffix or output.is_dir() else output.with_name(f"{output.name}.html")
    network = load_network(model)
    viewer = viewer_for(network, to) if to else None
    scenario = scenario_of(network, options) if options["scenario"] or options["outages"] else None
    outcome = _read_outcome(outcome_file, network.hash, to) if outcome_file else None
    with writing_in(options["lang"]):
        mask = masked(network, viewer)
        shown = visible_network(mask)
    opening = _opening(shown, options)
    with writing_in(options["lang"]):
        if scenario is not None and outcome is None:
            outcome = _simulated(mask, scenario, options["with_events"])
        text = page(shown, outcome, opening)
    write_file(output, text)
    wrote(output)
    counted = [one for one in shown.entities if one.id not in shown.withheld]
    made = {"schema": "beroenden/view/1", "file": str(output), "entities": len(counted), "tlp": highest_label(shown)}
    write_json(json_path, made)


def _simulated(mask: "Masked", scenario: Any, with_events: bool) -> dict[str, Any]:
    """The outcome as far as the reader may see it."""
    from beroenden.sharing.redaction import shared_outcome

    return shared_outcome(mask, mask.scenario(scenario), with_events=with_events).to_dict()


def _opening(shown: "Network", options: dict[str, Any]) -> "Opening":
    """What is seen first."""
    from beroenden.views.explorer.data import opening_of

    focus, depth = options["focus"], options["depth"]
    if depth is not None and focus is None:
        raise UsageError(say("--depth gäller --focus; ange båda.", "--depth belongs to --focus; give both."))
    return opening_of(shown, focus, depth or _DEPTH, options["payment"])


def _read_outcome(path: Path, model_hash: str, to: str | None) -> dict[str, Any]:
    if to is not None:
        raise UsageError(
            say(
                "Ett sparat utfall är räknat för den egna organisationen. Ange --scenario eller --outage, så visas det som läsaren får se.",
                "A saved outcome was computed for your own organisation. Give --scenario or --outage, and what the reader may see is shown.",
            )
        )
    try:
        outcome = json.loads(path.read_bytes())  # UTF-16 as well, which PowerShell makes of what is piped to a file
    except OSError as error:
        reason = why_unreadable(path, error)
        raise UsageError(say(f"{path} går inte att läsa: {reason}.", f"{path} cannot be read: {reason}.")) from error
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
