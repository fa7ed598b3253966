"""Small models for gaps: entities given in short, with an authority that pays."""

from datetime import date
from typing import Any

import beroenden
from beroenden.analysis.gaps.gap import Gap, Kind
from beroenden.analysis.gaps.gaps import Gaps, find_gaps
from beroenden.model.network import Network

TODAY = date(2026, 11, 22)


def entity(one: str, *needs: dict[str, Any], kind: str = "system", **fields: Any) -> dict[str, Any]:
    """An entity whose name is its id with a capital."""
    return {"id": one, "name": one.capitalize(), "kind": kind, **fields, "needs": list(needs)}


def stage(one: str, *needs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A stage that opens on the day."""
    return {"id": one, "name": one.capitalize(), "opens": {"bank_days": 0}, "needs": list(needs), **fields}


def payment(one: str, *stages: dict[str, Any], payer: str = "payer", **fields: Any) -> dict[str, Any]:
    """A monthly payment of 1 000 recipients and a million kronor."""
    return {
        "id": one,
        "name": one.capitalize(),
        "payer": payer,
        "count": 1000,
        "amount": 1_000_000,
        "rrule": "FREQ=MONTHLY;BYMONTHDAY=20",
        "stage": list(stages),
        **fields,
    }


def model(entities: list[dict[str, Any]], payments: list[dict[str, Any]] = [], **top: Any) -> Network:  # noqa: B006
    """The network of some entities and payments, with the payer."""
    tables = {
        "model": {"name": "Small", "version": "1", "tlp": "TLP:GREEN"},
        "entity": [entity("payer", kind="authority", contact={"role": "TiB"}), *entities],
        "payment": payments,
        **top,
    }
    made, findings = beroenden.build(tables, today=TODAY)
    assert made is not None, [str(finding) for finding in findings]
    return made


def found(network: Network, **asked: Any) -> Gaps:
    """Its gaps on the day of the tests."""
    return find_gaps(network, TODAY, **asked)


def only(network: Network, kind: Kind, **asked: Any) -> list[Gap]:
    """The gaps of one kind."""
    return list(found(network, **asked).of(kind))


def counted(network: Network, kind: Kind) -> tuple[int, int, int]:
    """How many were checked, found and undecided."""
    all_ = found(network)
    [one] = [one for one in all_.checked if one.kind == kind]
    return one.of, len(all_.of(kind)), one.undecided
