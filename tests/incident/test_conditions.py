"""On what a prognosis depends is said only where the reader may know of all of it."""

import pytest
from chain import network
from delgivningar import begun, ground, moment, outage

from beroenden.incident.lagesbild.writer import condition_of
from beroenden.language import writing_in

PERSISTING, ENDING = outage("power", "04:00"), outage("clr", "04:00", end=moment("09:00"))
FAULT = {"kind": "outage", "payment": "allowance", "share": 0.1, "start": moment("04:00"), "disclose": True}
HIDDEN = {"tlp": "TLP:AMBER"}


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ([PERSISTING, ENDING], "Om avbrottet i Power kvarstår och avbrottet i Clearing är åtgärdat som uppgivet"),
        ([PERSISTING, ENDING | HIDDEN], "Om avsändarens antaganden håller"),
        ([PERSISTING | HIDDEN, ENDING], "Om avsändarens antaganden håller"),
        ([PERSISTING | HIDDEN], "Om avsändarens antaganden håller"),
        ([ENDING | HIDDEN], "Om avsändarens antaganden håller"),
        ([ENDING, FAULT | HIDDEN], "Om avbrottet är åtgärdat som uppgivet"),
        ([PERSISTING, FAULT | HIDDEN], "Om avbrottet kvarstår"),
        ([FAULT | HIDDEN], ""),
    ],
)
def test_of_what_may_not_be_named_no_condition_speaks(tmp_path, entries, told):
    log = begun(tmp_path / "log.toml", "payer", *entries)
    with writing_in("sv"):
        words, _ = condition_of(ground(log, to="TLP:GREEN", model=network()))
    assert words == told
