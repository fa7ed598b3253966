"""The worked example of a payment as tables, and models made from it."""

from copy import deepcopy
from datetime import time
from typing import Any

import beroenden
from beroenden.model.network import Network

_TABLES: dict[str, Any] = {
    "model": {"name": "Worked example", "version": "1", "timezone": "Europe/Stockholm", "tlp": "TLP:GREEN"},
    "entity": [
        {
            "id": "payer",
            "name": "The payer",
            "kind": "authority",
            "contact": {"role": "TiB", "channel": "tib@example.se"},
        },
        {
            "id": "sys",
            "name": "The payer's system",
            "kind": "system",
            "owner": "payer",
            "rto": "8h",
            "source": "interview",
            "needs": [{"provider": "power", "endurance": "4h", "what": "electricity"}],
        },
        {"id": "power", "name": "Power", "kind": "infrastructure"},
        {"id": "clr", "name": "Clearing", "kind": "infrastructure"},
        {"id": "b1", "name": "Bank one", "kind": "framework_bank"},
        {"id": "b2", "name": "Bank two", "kind": "bank"},
        {
            "id": "people",
            "name": "People",
            "kind": "citizens",
            "population": 2000,
            "needs": [{"any_of": ["b1", "b2"], "at_least": 2, "endurance": "0min"}],
        },
    ],
    "window": [{"id": "hours", "days": "bank", "times": [[time(7), time(22)]]}],
    "payment": [
        {
            "id": "allowance",
            "name": "Allowance",
            "payer": "payer",
            "paying_bank": "b1",
            "recipients": "people",
            "count": 1000,
            "amount": 5_000_000,
            "rrule": "FREQ=MONTHLY;BYMONTHDAY=20",
            "roll": "preceding",
            "max_delay": "24h",
            "priority": 1,
            "accounts": {"b1": 0.4, "b2": 0.6},
            "stage": [
                {
                    "id": "underlag",
                    "opens": {"bank_days": -3, "at": time(18)},
                    "duration": "3h",
                    "needs": [{"provider": "sys", "endurance": "0min"}],
                },
                {
                    "id": "clearing",
                    "cutoff": time(19),
                    "lead": 2,
                    "release": [time(6), time(10), time(14)],
                    "window": "hours",
                    "interbank": True,
                    "needs": [{"provider": "clr", "endurance": "1h"}],
                },
                {"id": "konto", "opens": {"bank_days": 0, "at": time(6)}, "at_recipient_bank": True, "needs": []},
            ],
        }
    ],
}


def tables() -> dict[str, Any]:
    """A copy to change."""
    return deepcopy(_TABLES)


def network() -> Network:
    """The worked example of DESIGN's payment semantics, with a little around it."""
    made, findings = beroenden.build(_TABLES)
    assert made is not None, findings
    return made
