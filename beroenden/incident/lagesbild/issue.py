"""Handing on a lägesbild: what the log keeps of it."""

from pathlib import Path
from typing import Any

from beroenden.incident.lagesbild.situation import Situation
from beroenden.incident.log.entries import Claim, Decision, Log
from beroenden.incident.log.write import append
from beroenden.language import say
from beroenden.model.network import Network


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
    append(path, [entry | ({"to": situation.to} if situation.to else {})], network)


def record_lowering(path: Path, log: Log, at: int, to: str, lowered: tuple[str, str], network: Network) -> bool:
    """Note in the log that a label was lowered for a reader; False when that decision stands there already.

    Raises:
        UsageError: when the log cannot be written.
    """
    label, role = lowered
    text = say(
        f"Uppgifter märkta upp till {label} delas med {to}.", f"Information labelled up to {label} is shared with {to}."
    )
    if any(one.text == text and one.by == role for one in log.of(Decision)):
        return False
    append(path, [{"kind": "decision", "time": at, "status": "confirmed", "text": text, "by": role}], network)
    return True


def _claim(claim: Claim) -> dict[str, str]:
    return {"subject": claim.subject, "aspect": claim.aspect, "value": claim.value}
