"""From when something is impaired and from when it is down are two things, and the paper says both."""

from chain import tables
from situations import situation_of

import beroenden


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
