"""What all papers about an incident share: for whom they are, which entries those may see, and under what label."""

from typing import TypeVar

from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import check_actor
from beroenden.incident.lagesbild.writer import label_of, may_tell
from beroenden.incident.log.entries import Entry, Request
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage

_Kind = TypeVar("_Kind", bound=Entry)


def reader_of(basis: Basis) -> str:
    """Whom a basis is for: an actor's id or a label; "" is the own house."""
    return (basis.viewer.actor or basis.viewer.label) if basis.viewer else ""


def label_told(basis: Basis, *ids: str) -> str:
    """The label of a text that names some ids, and says of those that the reader may know of that they are out."""
    told = (one for one in ids if basis.may_name(one))
    return basis.label_for(strictest(basis.network.label_of(*ids), label_of(basis, *told)))


def ground_label(basis: Basis) -> str:
    """The label of the incident's name and of all outages that the reader may know of: everything rests on them."""
    told = (one for outage in basis.known.scenario.outages if may_tell(basis, outage) for one in _ids(outage))
    own = (basis.log.incident.tlp,) if basis.log else ()
    return strictest(label_told(basis, *dict.fromkeys(told)), *(basis.label_for(label) for label in own))


def _ids(outage: Outage) -> tuple[str, ...]:
    return tuple(one for one in (outage.entity, outage.payment) if one)


def own_id(basis: Basis, actor: str) -> str:
    """The id of an actor in the words of a basis.

    Raises:
        UsageError: when it is no actor.
    """
    here = basis.mask.ids.get(actor, actor)
    check_actor(basis.network, here)
    return here


def entries_to_show(basis: Basis, kind: type[_Kind]) -> tuple[_Kind, ...]:
    """The log's entries of a kind: all for the own house, for other readers those that were chosen for sharing."""
    found = basis.log.of(kind) if basis.log else ()
    return tuple(one for one in found if basis.viewer is None or one.disclose)


def requests_to_others(basis: Basis) -> tuple[Request, ...]:
    """The requests that may be told of; one to the reader itself always."""
    found = basis.log.of(Request) if basis.log else ()
    chosen = entries_to_show(basis, Request)
    mine = basis.viewer.actor if basis.viewer else None
    return tuple(
        one for one in found if one.to not in basis.network.withheld and (one in chosen or (one.to and one.to == mine))
    )
