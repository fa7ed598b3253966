"""What all papers about an incident share: for whom they are, which entries those may see, and under what label."""

from dataclasses import replace
from typing import TypeVar

from beroenden.incident.basis import Basis
from beroenden.incident.lagesbild.actors import check_actor
from beroenden.incident.lagesbild.writer import label_of, may_tell
from beroenden.incident.log.entries import (
    Claim,
    Entry,
    Log,
    Observation,
    OutageEntry,
    Received,
    ReceivedStatement,
    Request,
)
from beroenden.model.labels import strictest
from beroenden.model.scenario import Outage
from beroenden.sharing.masking import Masked

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


def in_ids_of(mask: Masked, log: Log) -> Log:
    """A log with its outages and levels in the ids of a masked model, on which they can be reckoned with."""
    return replace(log, entries=tuple(_in_ids_of(mask, entry) for entry in log.entries))


def _in_ids_of(mask: Masked, entry: Entry) -> Entry:
    if isinstance(entry, OutageEntry):
        return replace(entry, outage=mask.outage(entry.outage))
    if isinstance(entry, Observation):
        return replace(entry, entity=entry.entity and mask.ids[entry.entity])
    if isinstance(entry, Received):
        return replace(entry, statements=tuple(replace(one, claims=_claims(mask, one)) for one in entry.statements))
    return entry


def _claims(mask: Masked, said: ReceivedStatement) -> tuple[Claim, ...]:
    """A statement's claims; of a run the subject is the payment's id and the payment date."""
    split = ((claim, claim.subject.partition(" ")) for claim in said.claims)
    return tuple(replace(claim, subject=f"{mask.ids.get(one, one)}{space}{day}") for claim, (one, space, day) in split)


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


def requests_to_others(basis: Basis, here: str) -> tuple[Request, ...]:
    """The requests that may be told of, beside those to the own house (here); one to the reader itself always."""
    found = basis.log.of(Request) if basis.log else ()
    chosen = entries_to_show(basis, Request)
    mine = basis.viewer.actor if basis.viewer else None
    return tuple(
        one
        for one in found
        if one.to not in (here, *basis.network.withheld) and (one in chosen or (one.to and one.to == mine))
    )
