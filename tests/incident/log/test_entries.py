"""A log at a time: what was known, what had been corrected, whether it was closed."""

import pytest

from beroenden.incident.log.entries import Closed, Incident, Log, Observation, OutageEntry, to_dict
from beroenden.model.scenario import Outage
from beroenden.units.times import time_zone

INCIDENT = Incident("i", "I", "payer", 0, True, "TLP:AMBER", "model")


def seen(number, time, supersedes=None, **more):
    return Observation(id=f"observation-{number}", time=time, actor="payer", text="x", supersedes=supersedes, **more)


def closed(time, supersedes=None):
    return Closed(id="closed-1", time=time, actor="payer", supersedes=supersedes)


def ids(log):
    return [entry.id for entry in log.entries]


def test_nothing_later_shines_through():
    log = Log(INCIDENT, (seen(1, 10), seen(2, 20, "observation-1"), seen(3, 30)))
    assert [ids(log.as_of(at)) for at in (9, 10, 19, 20, 30)] == [
        [],
        ["observation-1"],
        ["observation-1"],
        ["observation-2"],
        ["observation-2", "observation-3"],
    ]


def test_a_correction_of_a_correction_leaves_out_both():
    log = Log(INCIDENT, (seen(1, 10), seen(2, 20, "observation-1"), seen(3, 30, "observation-2")))
    assert ids(log.as_of(30)) == ["observation-3"]
    assert log.superseded == {"observation-1", "observation-2"}


def test_a_chain_is_followed_through_an_entry_that_is_not_known_yet():
    log = Log(INCIDENT, (seen(1, 10), seen(3, 20, "observation-2"), seen(2, 30, "observation-1")))
    assert ids(log.as_of(20)) == ["observation-3"]


def test_a_log_as_of_a_time_can_be_looked_at_again():
    log = Log(INCIDENT, (seen(1, 10), seen(2, 20, "observation-1")))
    assert log.as_of(20).as_of(20) == log.as_of(20)


def test_an_entry_that_supersedes_the_closing_reopens():
    log = Log(INCIDENT, (seen(1, 10), closed(20), seen(2, 30, "closed-1")))
    assert [log.as_of(at).is_closed for at in (10, 20, 30)] == [False, True, False]
    assert not log.is_closed
    assert Log(INCIDENT, (closed(20),)).is_closed


def test_the_next_id_is_after_the_highest():
    log = Log(INCIDENT, (seen(9, 10), seen(2, 20)))
    assert log.next_id(Observation) == log.next_id("observation") == "observation-10"
    assert log.next_id(Closed) == "closed-1"


def test_the_label_is_its_own_or_the_incidents():
    log = Log(INCIDENT, (seen(1, 10), seen(2, 20, tlp="TLP:RED")))
    assert [log.label(entry) for entry in log.entries] == ["TLP:AMBER", "TLP:RED"]


def test_entries_of_a_kind():
    outage = OutageEntry(id="outage-1", time=5, actor="payer", outage=Outage(0, None, "sys"))
    log = Log(INCIDENT, (outage, seen(1, 10)))
    assert log.of(OutageEntry) == (outage,)
    assert log.of(Closed) == ()


def test_entries_are_frozen():
    with pytest.raises(AttributeError):
        seen(1, 10).text = "y"


def test_json_has_instants_in_iso():
    outage = OutageEntry(id="outage-1", time=5, actor="payer", outage=Outage(0, None, "sys"))
    made = to_dict(outage, time_zone("UTC"))
    assert (made["kind"], made["time"], made["outage"]["start"], made["outage"]["end"]) == (
        "outage",
        "1970-01-01T00:05+00:00",
        "1970-01-01T00:00+00:00",
        None,
    )
