"""What an actor has left to take up before, and its own answers now settle."""

import re
from collections.abc import Callable
from datetime import date

from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.columns import PAYMENTS, RESOURCES
from beroenden.interop.questionnaire.content import value_at
from beroenden.interop.questionnaire.matters import (
    AGREES,
    COMMENTS,
    CONTRADICTS,
    DISAGREES,
    SAME_PLACE,
    UNKNOWN,
    UNSURE,
    Entry,
    contradictions,
    same_places,
)
from beroenden.model.entities import Entity
from beroenden.model.network import Network
from beroenden.model.payments import Payment

_NO_MORE = "gäller inte längre"
SETTLED = re.compile(rf"{_NO_MORE}: .+ \(\S+ \d{{4}}-\d\d-\d\d\)")
"""The decision of a row whose question no longer stands."""
_NOW = {True: "ja", False: "nej", None: "okänt"}
_COLUMN = {column.name: column.attribute for part in (RESOURCES, PAYMENTS) for column in part.columns}


def why_settled(answers: Answers, network: Network, today: date) -> Callable[[Entry], str]:
    """What is decided of a row of the list by what the same actor answers now; empty where it still stands.

    Args:
        network: The model with the answers in it.
    """
    places = [*same_places(network, answers.actor)]
    shown = [*contradictions(network, answers.actor), *places]
    stand = {(one["ärende"], one["gäller"], one["uppgift"]) for one in shown}

    def settled(row: Entry) -> str:
        if row.get("ärende") == SAME_PLACE and any(_tied(row) < _tied(one) for one in places):
            why = "fler har samma plats nu"
        elif row.get("aktör") != answers.actor:
            return ""
        elif row["ärende"] in (SAME_PLACE, CONTRADICTS):
            is_so = (row["ärende"], row["gäller"], row["uppgift"]) not in stand
            why = "modellen har andra uppgifter nu" if is_so else ""
        else:
            why = _of_others(row, answers) or _of_own(row, network)
        return f"{_NO_MORE}: {why} ({answers.actor} {today})" if why else ""

    return settled


def _tied(row: Entry) -> frozenset[str]:
    """The place of a row of payments that have the same, and those payments."""
    place, _, others = row["uppgift"].partition(", samma som ")
    return frozenset((place, row["gäller"], *others.split(", ")))


def _of_others(row: Entry, answers: Answers) -> str:
    """What the actor answers now on a need of another's, where that is another answer; a comment leaves it to people."""
    if row["ärende"] not in (DISAGREES, COMMENTS, UNKNOWN):
        return ""
    asked = (row["gäller"], row["uppgift"].removesuffix(AGREES))
    was = {DISAGREES: False, COMMENTS: True, UNKNOWN: None}[row["ärende"]]
    for one in answers.on_others:
        is_left_to_people = one.agrees and one.comment
        if (one.who, f"behöver {one.needs}") == asked and one.agrees is not was and not is_left_to_people:
            return f"aktören svarar nu {_NOW[one.agrees]}"
    return ""


def _of_own(row: Entry, network: Network) -> str:
    """Why what was unknown or unsure of the actor's own entity or payment is so no more."""
    thing: Entity | Payment | None = network.entity.get(row["gäller"]) or network.payment.get(row["gäller"])
    attribute = _COLUMN.get(row["uppgift"])
    if row["ärende"] == UNKNOWN and attribute and value_at(thing, attribute) is not None:
        return "uppgiften finns nu"
    is_own = not row["uppgift"].startswith("behovet av ")
    if row["ärende"] == UNSURE and is_own and thing is not None and thing.provenance.confidence in ("medium", "high"):
        return "säkerheten är en annan nu"
    return ""
