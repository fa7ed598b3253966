"""Draws in columns are the draws one by one."""

from datetime import time

import batched
import numpy as np

import beroenden
from beroenden.consequences.batch.chunk import batch_model, run_chunk
from beroenden.consequences.batch.montecarlo import draws_of
from beroenden.consequences.draws import draw
from beroenden.engine.compiled import compiled
from beroenden.modelfiles.scenario import build_scenario

NETWORK, _ = beroenden.build(
    {
        "model": {"name": "m", "timezone": "UTC", "accounts": {"b1": 0.4, "b2": 0.6}},
        "entity": [
            {"id": "sys", "kind": "system", "needs": [{"provider": "power", "endurance": "4h", "spread": 2}]},
            {"id": "power", "kind": "infrastructure"},
            {"id": "payer", "kind": "authority"},
            {"id": "people", "kind": "citizens"},
            {"id": "b1", "kind": "bank", "needs": [{"provider": "sys", "endurance": "2h", "spread": 1.5}]},
            {"id": "b2", "kind": "bank"},
        ],
        "payment": [
            {
                "id": "pay",
                "payer": "payer",
                "paying_bank": "b1",
                "recipients": "people",
                "count": 1000,
                "amount": 1e6,
                "rrule": "FREQ=DAILY",
                "roll": "following",
                "max_delay": "3h",
                "stage": [
                    {
                        "id": "s",
                        "opens": {"bank_days": 0, "at": time(6)},
                        "duration": "2h",
                        "needs": [{"provider": "sys"}],
                    },
                    {"id": "k", "at_recipient_bank": True, "needs": []},
                ],
            }
        ],
    }
)
OUTAGES = [
    {"entity": "sys", "start": "2026-12-16T05:00", "for": {"p50": "2h", "p90": "8h"}, "remaining": 0.5},
    {"entity": "power", "start": "2026-12-15T05:00", "for": {"min": "1h", "mode": "20h", "max": "60h"}},
    {"entity": "b2", "start": "2026-12-15T05:00", "for": "1h"},
]


def scenario(at=None):
    return build_scenario(NETWORK, OUTAGES, [], "4d", at)


def test_the_same_seed_gives_the_draws_of_single_runs():
    for at in (None, "2026-12-15T16:00"):
        given = scenario(at)
        drawn = draw(NETWORK, given, ["pay"], 60, seed=7).runs
        chunks = list(draws_of(NETWORK, given, 60, seed=7, chunk=25))
        assert [len(chunk) for chunk in chunks] == [25, 25, 10]
        model = batch_model(NETWORK)
        late = [count for chunk in chunks for count in run_chunk(model, chunk).totals.late.tolist()]
        assert late == [sum(any(branch.is_late for branch in run) for run in runs.values()) for runs in drawn]
        assert len(set(late)) > 1


def test_hours_are_those_of_the_drawn_branches():
    given = scenario()
    drawn = draw(NETWORK, given, ["pay"], 40, seed=1).runs
    [columns] = draws_of(NETWORK, given, 40, seed=1)
    expected = [
        sum(
            (
                1000 * sum(one.share * one.delay_until(given.end) for one in run if one.is_late) / 60
                for run in runs.values()
            ),
            0.0,
        )
        for runs in drawn
    ]
    assert run_chunk(batch_model(NETWORK), columns).totals.recipient_hours.tolist() == expected


def test_a_series_of_draws_can_be_gone_through_again():
    series = draws_of(NETWORK, scenario(), 30, seed=3, chunk=7)
    first, second = ([batched.bytes_of_scenarios(one) for one in series] for _ in range(2))
    assert first == second


def test_endurances_are_drawn_only_where_they_spread():
    [columns] = draws_of(NETWORK, scenario(), 2000, seed=5)
    assert len(columns.uncertain) == 2
    shares = [
        float(np.mean((column > 1 / spread) & (column < spread)))
        for column, spread in zip(columns.factors.T, (2, 1.5), strict=True)
    ]
    assert all(0.77 < share < 0.83 for share in shares)  # four in five lie within the spread
    net = compiled(NETWORK)
    assert [net.form[need] for need in columns.uncertain] == [0, 0]
