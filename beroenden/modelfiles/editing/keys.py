"""Keys as a person writes them: needs.rix.endurance is the endurance of the need that rix provides."""

import re
from collections.abc import Mapping
from typing import Any

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.modelfiles.findings import Key

Table = Mapping[str, Any]
Steps = str | tuple[Key, ...]
"""A key of a table: "rto", "needs[0].endurance", "needs.rix.endurance", "stage.clearing.needs[1].restart", or its steps."""

_STEP = re.compile(r"\.?([^.\[\]]+)|\[(\d+)\]")


def steps_of(key: Steps) -> tuple[Key, ...]:
    """The steps of a key as a person writes it."""
    if not isinstance(key, str):
        return key
    found, offset = [], 0
    while offset < len(key):
        match = _STEP.match(key, offset)
        if match is None:
            raise UsageError(
                say(
                    f"”{key}” är ingen nyckel; skriv t.ex. rto, needs[0].endurance eller needs.rix.endurance.",
                    f'"{key}" is no key; write e.g. rto, needs[0].endurance or needs.rix.endurance.',
                )
            )
        found.append(match.group(1) if match.group(2) is None else int(match.group(2)))
        offset = match.end()
    return tuple(found)


def index_of(there: list[Table], what: str, step: Key, target: str) -> int:
    """The index of a need by what it provides, or of a stage by its id."""
    if isinstance(step, int) or step.isdigit():
        found = [index for index in range(len(there)) if index == int(step)]
    elif what == "stage":
        found = [index for index, one in enumerate(there) if one.get("id") == step]
    else:
        found = [index for index, one in enumerate(there) if step in providers_of(one)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(
        f"[{index}] {one.get('id', '') if what == 'stage' else ', '.join(providers_of(one))}"
        for index, one in enumerate(there)
    )
    many = say(f"{target} har flera {what} med {step}", f"{target} has several {what} with {step}")
    none = say(f"{target} har inget {what} {step}", f"{target} has no {what} {step}")
    raise UsageError(f"{many if found else none}. {say('Här finns', 'There are')}: {known or '–'}")


def providers_of(need: Table) -> list[str]:
    """The ids that a raw need names."""
    if "provider" in need:
        return [need["provider"]]
    return list(need.get("any_of") or need.get("shares") or ())
