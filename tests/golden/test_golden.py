"""Documents as they were last read and approved by a person. To approve a change: run with BEROENDEN_APPROVE=1, read the diff."""

import os
from difflib import unified_diff
from pathlib import Path

import pytest
from chain import network
from situations import markdown_of, situation_of

import beroenden

HERE = Path(__file__).parent
SCENARIOS = {
    "lagesbild-clearing.md": ([{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}], "2026-12-18T04:30"),
    "lagesbild-power-unknown-length.md": ([{"entity": "power", "start": "2026-12-15T12:00"}], "2026-12-15T13:00"),
    "lagesbild-fault-in-file.md": (
        [
            {
                "payment": "allowance",
                "start": "2026-12-18T00:00",
                "for": {"min": "12h", "mode": "1d", "max": "5d"},
                "share": 0.03,
            }
        ],
        "2026-12-18T08:00",
    ),
}


def difference(approved: str, found: str) -> str:
    """The lines that differ; empty when none does."""
    return "\n".join(unified_diff(approved.splitlines(), found.splitlines(), "approved", "found", lineterm="", n=1))


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_lagesbild_is_as_approved(name):
    outages, at = SCENARIOS[name]
    found = markdown_of(situation_of(beroenden.simulate(network(), outages, at=at), "payer"))
    if os.environ.get("BEROENDEN_APPROVE"):
        (HERE / name).write_text(found, "utf-8")
    assert difference((HERE / name).read_text("utf-8"), found) == ""


def test_the_comparison_sees_a_single_changed_figure():
    approved = (HERE / "lagesbild-clearing.md").read_text("utf-8")
    assert "600" in approved
    assert "+" in difference(approved, approved.replace("600", "601", 1))
