"""From when something is impaired and from when it is down are two things, and the paper says both."""

from dataclasses import replace

import pytest
from chain import network, tables
from logs import minute
from situations import situation_of

import beroenden
from beroenden.incident.basis import basis
from beroenden.incident.known import known_from
from beroenden.incident.lagesbild.situation import Order, situation


def test_what_is_down_later_than_it_is_impaired_is_said_to_be():
    """It read "is down at times from 08:00", of what is down from 10:00 on."""
    made = tables()
    made["entity"][1]["needs"] = [{"provider": "power", "endurance": [["2h", 0.3], ["20h", 0.0]]}]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    outcome = beroenden.simulate(model, [{"entity": "power", "start": "2026-12-15T08:00", "for": "30h"}])
    told = " ".join(one.text for one in situation_of(outcome, "payer", language="en").statements).replace("\xa0", " ")
    assert (
        "The payer's system is impaired from Tuesday 15 December 2026 at 08:00 and down from "
        "Tuesday 15 December 2026 at 10:00" in told
    )


TWICE = [
    {"entity": "clr", "start": "2026-12-16T08:00", "for": "2h"},
    {"entity": "clr", "start": "2026-12-18T08:00", "for": "2h"},
]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-12-16T09:00", ("återställt onsdag", "och igen fredag", "som lägst 0\xa0%")),
        ("2026-12-16T12:30", ("är nere från fredag", "återställt fredag")),
        ("2026-12-18T12:00", ("var nedsatt onsdag", "och igen fredag")),
    ],
)
def test_what_is_impaired_twice_is_told_so_and_stands_in_the_table(at, told):
    model = network()
    scenario = replace(beroenden.simulate(model, TWICE).scenario, at=minute(at))
    made = situation(basis(model, known_from(scenario)), "clr", Order())
    (text,) = (
        one.text for one in made.in_section("prognos.konsekvenser") if "nere" in one.text or "nedsatt" in one.text
    )
    assert all(one in text for one in told)
    rows = [one.text for one in made.in_section("prognos.tid") if "kortvarigt nedsatt" in one.text]
    assert len(rows) == (1 if at == "2026-12-16T12:30" else 0)  # else a listed hour lies within it
