"""beroenden explain"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
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
from beroenden.cli.logged import incident_option, later_option, longer_option, what_happens
from beroenden.cli.scenarios import scenario_options
from beroenden.language import say

if TYPE_CHECKING:
    from beroenden.analysis.explanation import Explanation


@command(
    "Förklara varför en entitet drabbas eller en betalning blir sen.",
    "Explain why an entity is harmed or a payment late.",
    "beroenden explain models/soes --outage bankid --start 2026-12-17T08:00 --for 6h swish",
)
@model_argument
@incident_option
@scenario_options
@longer_option
@later_option
@click.argument("item", metavar="ID", shell_complete=ids.of_all)
@json_option
def explain(model: Path, item: str, json_path: str | None, **options: Any) -> None:
    """Print the path from the victim back to the cause, with times."""
    from beroenden.analysis.explanation import explain as explained
    from beroenden.consequences.simulate import simulate_scenario

    network = load_network(model)
    outcome = simulate_scenario(network, what_happens(network, options), with_events=options["with_events"])
    found = explained(outcome, item)
    if not write_json(json_path, found.to_dict()):
        _print(found)


def _print(found: "Explanation") -> None:
    heading(found.title)
    line(found.summary or found.verdict)
    for endurance in found.endurances:
        line(endurance)
    for course in found.courses:
        heading(say(f"{course.day}: bank för bank", f"{course.day}: bank by bank"))
        table(
            (
                say("Konton i", "Accounts in"),
                say("Planerat klart", "Planned"),
                say("Blir klart", "Done"),
                say("Sen", "Late"),
                say("Sena utbetalningar", "Late payouts"),
                say("Belopp", "Amount"),
            ),
            [
                (row.name, row.planned_text, row.completed_text, row.delay_text, row.recipients_text, row.amount_text)
                for row in course.branches
            ],
            right=(4, 5),
        )
        line(course.recovery_text)
        if course.fault_text:
            line(course.fault_text)
        if course.rows:
            heading(course.title)
            table(
                (
                    say("Steg", "Stage"),
                    say("Planerat klart", "Planned"),
                    say("Blir klart", "Done"),
                    say("Frist", "Deadline"),
                ),
                [(row.name, row.planned_text, row.actual_text, row.missed_text) for row in course.rows],
                whole=(1, 2),
            )
    for path in found.paths:
        heading(path.title)
        table(
            (say("Vem", "Who"), say("Från", "From"), say("Nivå", "Level"), say("Därför att", "Because")),
            [(step.name, step.at_text, step.level_text, step.reason) for step in path.steps],
        )
