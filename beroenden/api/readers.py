"""Results as somebody else may see them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from beroenden.consequences.outcome import Outcome


def redact(outcome: "Outcome", to: str) -> "Outcome":
    """An outcome for a reader: the same figures, and no word of what it may not see.

    Its `to_dict()`, and so its frames, may be handed on as far as the reader's label says; its `network` is for computing,
    with stand-ins for what is withheld, and stays in the house.

    Args:
        outcome: What `simulate` gave for the whole model.
        to: An actor's id, or a label such as "TLP:GREEN".

    Raises:
        UsageError: for somebody who is no actor, or an unknown label.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> outcome = beroenden.simulate(network, [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "12h"}])
    >>> shared = redact(outcome, "TLP:CLEAR")
    >>> shared.payouts_delayed == outcome.payouts_delayed, outcome.late_runs[0].blocked_by, shared.late_runs[0].blocked_by
    (True, ('bankgirot',), ('~withheld',))
    """
    from beroenden.sharing.redaction import redact_outcome
    from beroenden.sharing.viewer import viewer_for

    return redact_outcome(outcome, viewer_for(outcome.network, to))
