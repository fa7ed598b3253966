"""A small model whose good scenarios are known, and the same search by brute force."""

from datetime import date, time
from itertools import combinations
from typing import Any

import beroenden
from beroenden.consequences.simulate import simulate_scenario
from beroenden.exercise.search.judging import is_engaged, scenario_of
from beroenden.exercise.search.space import may_fail
from beroenden.exercise.search.wishes import Wishes
from beroenden.model.network import Network

DAYS = (date(2026, 12, 14), date(2026, 12, 16))


def authority(name: str) -> list[dict[str, Any]]:
    """An authority with a system of its own, on its own supplier and the common grid."""
    needs = [
        {"provider": f"{name}-host", "endurance": "2h"},
        {"provider": "grid", "endurance": "8h"},
        {"any_of": ["net-1", "net-2"], "at_least": 1, "endurance": "0min"},
    ]
    return [
        {"id": name, "name": f"Authority {name}", "kind": "authority"},
        {"id": f"{name}-sys", "name": f"System {name}", "kind": "system", "owner": name, "needs": needs},
        {"id": f"{name}-host", "name": f"Host {name}", "kind": "supplier"},
    ]


def payment(name: str, day: date, bank: str = "bank-1") -> dict[str, Any]:
    """A payment that is worked out the day before and settled in the morning."""
    return {
        "id": f"pay-{name}",
        "name": f"Payment {name}",
        "payer": name,
        "paying_bank": bank,
        "recipients": "people",
        "count": 1000,
        "amount": 1_000_000,
        "dates": [day],
        "max_delay": "4h",
        "stage": [
            {
                "id": "file",
                "opens": {"bank_days": -1, "at": time(12)},
                "duration": "2h",
                "needs": [{"provider": f"{name}-sys", "endurance": "0min"}],
            },
            {
                "id": "clearing",
                "cutoff": time(18),
                "lead": 1,
                "release": [time(6), time(12)],
                "needs": [{"provider": "clearing", "endurance": "1h"}],
            },
            {
                "id": "account",
                "opens": {"bank_days": 0, "at": time(6)},
                "at_recipient_bank": True,
                "needs": [{"provider": bank, "endurance": "0min"}],
            },
        ],
    }


def tables() -> dict[str, Any]:
    """Two authorities that share grid, nets and clearing, one that has nothing, and three banks."""
    banks = [
        {"id": f"bank-{one}", "name": f"Bank {one}", "kind": "bank", "needs": [{"provider": f"bank-{one}-it"}]}
        for one in (1, 2, 3)
    ]
    suppliers = [{"id": f"bank-{one}-it", "name": f"Bank {one} IT", "kind": "supplier"} for one in (1, 2, 3)]
    others = ("grid", "net-1", "net-2", "clearing")
    return {
        "model": {"name": "Small", "version": "1", "timezone": "Europe/Stockholm", "tlp": "TLP:GREEN"},
        "entity": [
            *authority("a"),
            *authority("b"),
            {"id": "idle", "name": "Idle authority", "kind": "authority"},
            *banks,
            *suppliers,
            *({"id": one, "name": one.capitalize(), "kind": "infrastructure"} for one in others),
            {
                "id": "people",
                "name": "People",
                "kind": "citizens",
                "needs": [{"provider": "bank-1", "endurance": "0min"}],
            },
        ],
        "payment": [
            payment("a", date(2026, 12, 16)) | {"accounts": {"bank-1": 0.5, "bank-2": 0.5}},
            payment("b", date(2026, 12, 17)) | {"accounts": {"bank-1": 1.0}},
        ],
    }


def network(made: dict[str, Any] | None = None) -> Network:
    """The model of some tables."""
    found, findings = beroenden.build(made or tables())
    assert found is not None, findings
    return found


def by_brute_force(model: Network, wishes: Wishes, starts: tuple[int, ...]) -> set[tuple[tuple[str, ...], int, int]]:
    """(out, start, length) of every scenario that does the job while nothing smaller in it does, by simulating all."""
    found = set()
    for start in starts:
        for length in wishes.lengths:
            done: list[set[str]] = []
            for size in range(1, wishes.k + 1):
                for out in combinations(may_fail(model, wishes), size):
                    if any(one <= set(out) for one in done):
                        continue
                    outcome = simulate_scenario(model, scenario_of(out, start, length, wishes.horizon))
                    late = {run.payment.id for run in outcome.late_runs}
                    if late >= set(wishes.must_hit) and all(is_engaged(outcome, one) for one in wishes.actors):
                        done.append(set(out))
                        found.add((out, start, length))
    return found
