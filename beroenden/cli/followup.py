"""beroenden followup"""

from pathlib import Path
from typing import Any

from beroenden.cli.common import command, json_option, load_network, model_argument, write_json
from beroenden.cli.documents import (
    actor_option,
    check_ending,
    document_options,
    ground_of,
    output_option,
    record_lowered,
    write_made,
)
from beroenden.errors import UsageError
from beroenden.language import say


@command(
    "Följ upp den gemensamma hanteringen: åtgärder, obesvarade behov, nya aktörer, och utfallet mot prognosen.",
    "Follow up the joint handling: measures, unmet needs, new actors, and the outcome against the prognosis.",
    "beroenden followup models/soes --incident logg.toml --at 2026-12-17T09:00 -o uppfoljning.docx",
)
@model_argument
@document_options
@actor_option
@output_option
@json_option
def followup(model: Path, actor: str | None, output: Path, json_path: str | None, **options: Any) -> None:
    """Write the follow-up."""
    from beroenden.documents.followup import followup_document
    from beroenden.incident.followup import follow_up
    from beroenden.incident.lagesbild.actors import check_actor

    check_ending(output)
    if options["incident_file"] is None:
        raise UsageError(
            say("En uppföljning görs av en logg: ange --incident.", "A follow-up is made of a log: give --incident.")
        )
    network = load_network(model)
    if actor is not None:
        check_actor(network, actor)
    ground = ground_of(network, options)
    one = actor or (ground.log.incident.actor if ground.log else "")
    made = follow_up(ground.basis, one, ground.log, is_exercise=ground.is_exercise, lowered=ground.lowered)
    write_made(followup_document(made), output, options["template"])
    record_lowered(ground, network)
    write_json(json_path, made.to_dict())
