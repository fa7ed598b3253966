"""Handing on a lägesbild: what the log keeps of it."""

from pathlib import Path
from typing import Any

from beroenden.errors import UsageError
from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.log.entries import Claim, Decision, Issued, Log
from beroenden.incident.log.write import append
from beroenden.language import say
from beroenden.model.names import spoken
from beroenden.model.network import Network


def highest_number(log: Log, actor: str, form: str, to: str) -> int:
    """The highest number of the issued lägesbilder of an actor, on a form, to a reader; 0 when there is none."""
    same = [one for one in log.of(Issued) if (one.actor, one.form, one.to or "") == (actor, form, to)]
    return max((one.number for one in same), default=0)


def record_issue(path: Path, actor: str, situation: Situation, network: Network) -> None:
    """Note an approved lägesbild in its log, with the claims that the next one is compared with.

    Args:
        path: The log.
        actor: Whose lägesbild it is, in the whole model's ids.
        situation: The lägesbild.
        network: The whole model.

    Raises:
        UsageError: when the log cannot be written.
    """
    entry: dict[str, Any] = {
        "kind": "issued",
        "time": situation.at,
        "actor": actor,
        "status": "confirmed",
        "form": situation.form,
        "number": situation.number,
        "at": situation.at,
        "approved_by": situation.approved_by,
        "model_hash": situation.model_hash,
        "claims": [_claim(claim) for claim in situation.claims],
    }

    def is_free(log: Log) -> None:
        if highest_number(log, actor, situation.form, situation.to) >= situation.number:
            raise UsageError(
                say(
                    f"Nummer {situation.number} har hunnit tas av en annan lägesbild; kör kommandot igen.",
                    f"Number {situation.number} has been taken by another situation report meanwhile; run again.",
                )
            )

    append(path, [entry | ({"to": situation.to} if situation.to else {})], network, guard=is_free)


def record_lowering(path: Path, log: Log, at: int, to: str, lowered: tuple[str, str], network: Network) -> bool:
    """Note in the log that a label was lowered for a reader; False when that decision stands there already.

    Raises:
        UsageError: when the log cannot be written.
    """
    label, role = lowered
    reader = spoken(network.entity[to].name) if to in network.entity else to
    text = say(
        f"Uppgifter märkta upp till {label} delas med {reader}.",
        f"Information labelled up to {label} is shared with {reader}.",
    )
    said = f"{label}", f"{reader}."
    if any(one.by == role and all(part in one.text for part in said) for one in log.of(Decision)):
        return False
    append(path, [{"kind": "decision", "time": at, "status": "confirmed", "text": text, "by": role}], network)
    return True


def _claim(claim: Claim) -> dict[str, str]:
    return {"subject": claim.subject, "aspect": claim.aspect, "value": claim.value}
