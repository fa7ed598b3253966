"""The scenario that OpenAEV imports: a zip with one JSON file.

Source: ImportService and V1_DataImporter of OpenAEV (Apache-2.0), commits 8ee7c601 (2025, as OpenBAS) and 006cf208. Most keys
here are read there without asking whether they are present.
"""

import json
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from beroenden.exercise.exercise import Exercise, Inject, Kind
from beroenden.interop.openaev.injects import (
    MANUAL,
    SCORE,
    description,
    expectation,
    is_by_the_clock,
    printable,
    seconds,
    team_names,
    title,
)
from beroenden.interop.stable_ids import stable_id
from beroenden.language import say, writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.findings import visible

_COLOURS: dict[Kind, str] = {
    "inspel": "#1565c0",
    "information": "#2e7d32",
    "spelledning": "#6a1b9a",
    "reservinspel": "#ef6c00",
}
_STAGE_COLOUR = "#546e7a"
_NOTHING_OF = (
    "objectives", "users", "organizations", "documents", "channels", "articles", "challenges",
    "lessons_categories", "lessons_questions", "variables",
)  # fmt: skip
"""Left to the planner; the importer expects the lists."""


def scenario_zip(exercise: Exercise, network: Network) -> bytes:
    """The exercise as a scenario to import; the same bytes for the same exercise.

    An inject to a player has that player's team. Reserves and injects that are skipped come too, but disabled and without a
    team, so that the clock starts none of them: the game control enables one when it is wanted. What only the game control
    gets has no team either.

    Returns:
        The content of a .zip file.
    """
    with writing_in(exercise.language):
        text = json.dumps(_export(exercise, network), ensure_ascii=False, indent=1)
    entry = ZipInfo("scenario.json", (1980, 1, 1, 0, 0, 0))
    entry.comment = b"Scenario"  # it is this, not the name, that tells the importer what the file is
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(entry, text)
    return content.getvalue()


def _export(exercise: Exercise, network: Network) -> dict[str, Any]:
    return {
        "export_version": 1,
        "scenario_information": _information(exercise, network),
        "scenario_tags": _tags(exercise),
        "scenario_teams": _teams(exercise, network),
        "scenario_injects": [_inject(one, exercise, network) for one in exercise.injects],
        **{f"scenario_{what}": [] for what in _NOTHING_OF},
    }


def _information(exercise: Exercise, network: Network) -> dict[str, Any]:
    label = exercise.tlp or network.tlp
    header = f"{say('ÖVNING', 'EXERCISE')} – {visible(exercise.name)}"
    return {
        "scenario_name": visible(exercise.name),
        "scenario_description": f"{label} {header}\n{printable(exercise.scenario.note)}".strip(),
        "scenario_subtitle": label,
        "scenario_category": "global-crisis",
        "scenario_main_focus": "incident-response",
        "scenario_message_header": header,
        "scenario_message_footer": header,
        "scenario_mail_from": None,
        "scenario_tags": [],
    }


def _tag_id(exercise: Exercise, name: str) -> str:
    return stable_id(exercise, "openaev", "tag", name)


def _stage_tag(number: int) -> str:
    return say(f"skede {number}", f"stage {number}")


def _tags(exercise: Exercise) -> list[dict[str, Any]]:
    colours = {_stage_tag(stage.number): _STAGE_COLOUR for stage in exercise.stages} | _COLOURS
    return [
        {"tag_id": _tag_id(exercise, name), "tag_name": name, "tag_color": colour} for name, colour in colours.items()
    ]


def _team_id(exercise: Exercise, actor: str) -> str:
    return stable_id(exercise, "openaev", "team", actor)


def _teams(exercise: Exercise, network: Network) -> list[dict[str, Any]]:
    return [
        {
            "team_id": _team_id(exercise, actor),
            "team_name": name,
            "team_description": say("Övad organisation", "Player organisation"),
            "team_contextual": True,
            "team_tags": [],
            "team_users": [],
        }
        for actor, name in team_names(exercise, network).items()
    ]


def _inject(inject: Inject, exercise: Exercise, network: Network) -> dict[str, Any]:
    tags = (_stage_tag(inject.stage), inject.kind)
    return {
        "inject_id": stable_id(exercise, "openaev", "inject", inject.number),
        "inject_title": title(inject),
        "inject_description": description(inject, exercise, network),
        "inject_country": None,
        "inject_city": None,
        "inject_enabled": is_by_the_clock(inject),
        # Where the platform lacks the contract, the importer looks for a payload to make one of.
        "inject_injector_contract": {"injector_contract_id": MANUAL, "injector_contract_payload": None},
        "inject_depends_duration": seconds(exercise, inject),
        "inject_depends_on": [],
        "inject_all_teams": False,
        "inject_teams": [_team_id(exercise, inject.to)] if inject.is_for_players else [],
        "inject_tags": [_tag_id(exercise, name) for name in tags],
        "inject_documents": [],
        "inject_content": {"expectations": _expectations(inject)},
    }


def _expectations(inject: Inject) -> list[dict[str, Any]]:
    expected = expectation(inject)
    if not expected:
        return []
    return [
        {
            "expectation_type": "MANUAL",
            "expectation_name": say("Förväntad åtgärd", "Expected action"),
            "expectation_description": expected,
            "expectation_score": SCORE,
            "expectation_expectation_group": False,
        }
    ]
