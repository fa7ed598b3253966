"""What a lägesbild says of how long stages manage without what has failed."""

from chain import tables

import beroenden
from beroenden.incident.lagesbild.fallbacks import enduring_stages
from beroenden.language import writing_in
from beroenden.units.numbers import NBSP


@writing_in("sv")
def test_an_endurance_in_steps_is_told_in_steps() -> None:
    """Its times are counted from the beginning: 1 hour and then 40 % until 3 hours is not 4 hours."""
    made = tables()
    made["payment"][0]["stage"][1]["needs"][0] |= {"endurance": [["1h", 1.0], ["3h", 0.4]], "floor": 0.1}
    model, findings = beroenden.build(made)
    assert model is not None, findings
    outcome = beroenden.simulate(model, [{"entity": "clr", "start": "2026-12-18T04:00", "for": "12h"}])
    ((_, manages, providers),) = enduring_stages(outcome, "payer")
    assert manages.replace(NBSP, " ") == "1 tim, sedan 40 % fram till 3 tim, 10 % för alltid"
    assert providers == ("clr",)
