"""Small models for the tests of risk, and the year that they have."""

from datetime import time
from typing import Any

import beroenden
from beroenden.model.network import Network

YEAR = 2026
MINUTES = 365 * 1440


def entity(
    name: str, failure: dict[str, Any] | None = None, needs: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """An entity as a table."""
    made: dict[str, Any] = {"id": name, "name": name.upper(), "kind": "system", "needs": needs or []}
    return made | ({"failure": failure} if failure else {})


def payment(name: str, needs: list[str], day: int = 15, **more: Any) -> dict[str, Any]:
    """A monthly payment whose one stage passes at 06:00 if what it needs is up."""
    stage = {
        "id": "konto",
        "opens": {"days": 0, "at": time(6)},
        "needs": [{"provider": one, "endurance": "0min"} for one in needs],
    }
    table = {"id": name, "name": name.upper(), "payer": needs[0], "count": 1000, "amount": 5_000_000}
    return table | {"rrule": f"FREQ=MONTHLY;BYMONTHDAY={day}", "max_delay": "4h", "stage": [stage]} | more


def network(entities: list[dict[str, Any]], payments: list[dict[str, Any]]) -> Network:
    """A model of them."""
    made, findings = beroenden.build(
        {
            "model": {"name": "Small", "version": "1", "timezone": "UTC", "tlp": "TLP:GREEN"},
            "entity": entities,
            "payment": payments,
        }
    )
    assert made is not None, [str(finding) for finding in findings]
    return made
