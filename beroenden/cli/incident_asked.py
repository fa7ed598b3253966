"""What is asked and answered in a delgivning that is read in, with the commands that enter the answer."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, time_typed
from beroenden.language import say

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from beroenden.incident.answers import SaidRequest
    from beroenden.incident.exchange.files import Exchange
    from beroenden.incident.log.entries import Log
    from beroenden.model.network import Network

_CLOCK = re.compile(r"(\d{4}-\d\d-\d\d \d\d[.:]\d\d)")
"""When it was answered, as a delgivning has it: "fre 2026-12-18 05.15"."""


def requests_told(
    path: "Path", log: "Log", exchange: "Exchange", network: "Network | None", zone: "ZoneInfo"
) -> Iterator[str]:
    """The requests to the own house that wait for an answer, and the answers to its own.

    Args:
        path: Where the log is, for commands to type.
        log: As it was before.
        exchange: The delgivning.
        network: The model, which says who is meant; without it nothing can be told.
        zone: Whose local times are typed.
    """
    from beroenden.incident.answers import own_answer, said_request
    from beroenden.incident.exchange.files import asked_actors, with_cells

    own = log.incident.actor
    standing = log.as_of(max((one.time for one in log.entries), default=exchange.at))
    for statement in exchange.statements:
        asked, request = asked_actors(statement, network), said_request(with_cells(statement.text, statement.cells))
        if request is None:
            continue
        is_open = (
            own in asked and not request.is_answered and own_answer(standing, exchange.sender, request.text) is None
        )
        if is_open:
            yield _waits(path, exchange, request, own)
        elif exchange.sender in asked and request.is_answered:
            yield from _answers(path, standing, exchange, request, zone)


def _waits(path: "Path", exchange: "Exchange", request: "SaidRequest", own: str) -> str:
    due = say(f" (svar senast {request.due})", f" (answer no later than {request.due})") if request.due else ""
    who = ("--actor", exchange.sender, "--to", own, "--type", request.kind)
    asked = tuple(
        word for flag, told in (("--role", request.role), ("--due", request.due)) if told for word in (flag, told)
    )
    given = ("--answered", "…", "--answer", "…", "--disclose")
    answer = command_line("add", path, "request", *who, "--text", request.text, *asked, *given)
    return say(
        f"{exchange.sender_name} väntar på svar{due}: {request.text}\nSvaret skrivs så och följer med i nästa delgivning:\n  {answer}",
        f"{exchange.sender_name} waits for an answer{due}: {request.text}\nEnter the answer so; it goes with the next report "
        f"that is shared:\n  {answer}",
    )


def _answers(path: "Path", log: "Log", exchange: "Exchange", request: "SaidRequest", zone: "ZoneInfo") -> Iterator[str]:
    from beroenden.incident.answers import is_same
    from beroenden.incident.log.entries import Request

    when, _, words = request.answer.partition(": ")
    stated = _CLOCK.search(when)
    answered, said = stated[1] if stated else time_typed(exchange.at, zone), words or request.answer
    for one in log.of(Request):
        if one.to == exchange.sender and one.answered is None and is_same(one.text, request.text):
            given = ("--answered", answered, "--answer", said)
            take = command_line("add", path, "request", "--supersedes", one.id, *given)
            yield say(
                f"{exchange.sender_name} har svarat på {one.id}: {said}\nSvaret förs in så:\n  {take}",
                f"{exchange.sender_name} has answered {one.id}: {said}\nEnter the answer so:\n  {take}",
            )
