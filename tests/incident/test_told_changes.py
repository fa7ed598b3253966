"""What has changed in what is shared: against what was known then, and all of it that is disclosed now."""

import pytest
from chain import network, tables
from delgivningar import begun, delgivning, moment, outage

import beroenden
from beroenden.incident.lagesbild.issue import record_issue
from beroenden.incident.log.write import append

MODEL = network()


@pytest.fixture
def log(tmp_path):
    """The payer's log with an outage of the clearing until 09.00, and a first delgivning of the payments alone."""
    path = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00", **{"for": "5h"}))
    record_issue(path, "payer", delgivning(path, "prognos.betalningar"), MODEL)
    return path


def prolonged(path):
    longer = outage("clr", "04:00", **{"for": "12h"}, time=moment("05:10"), supersedes="outage-1")
    append(path, [longer], MODEL)
    return path


def computed(path, *disclosed, **more):
    made = delgivning(path, *disclosed, at="05:20", **more)
    return [one.text for one in made.changes if not one.entry]


LATER = "Alla framme senare, mån 2026-12-21 06.00 (var fre 2026-12-18 10.00): Allowance (2026-12-18)."


def test_to_disclose_more_is_no_change(log):
    assert computed(log, "prognos") == []
    assert any(one.section == "prognos.samverkan" for one in delgivning(log, "prognos", at="05:20").statements)


@pytest.mark.parametrize("disclosed", ["prognos", "prognos.betalningar"])
def test_a_changed_prognosis_that_is_disclosed_is_told(log, disclosed):
    assert LATER in computed(prolonged(log), disclosed)


def test_a_changed_prognosis_that_is_not_disclosed_is_not(log):
    assert computed(prolonged(log), "prognos.tid") == []


def test_who_is_newly_affected_is_told_where_whom_to_speak_with_is_disclosed(log):
    more = outage("b1", "05:00", time=moment("05:10"))
    append(log, [more], MODEL)
    assert any(one.startswith("Nytillkomna berörda aktörer: Bank one") for one in computed(log, "prognos"))
    assert not any("Nytillkomna" in one for one in computed(log, "prognos.betalningar"))


def test_what_has_changed_is_remembered_though_it_was_not_told(log):
    """The second delgivning tells nothing computed; the third that tells it again goes on from what was known."""
    record_issue(prolonged(log), "payer", delgivning(log, "prognos.tid", at="05:20", approved_by="Head"), MODEL)
    assert LATER not in computed(log, "prognos")


def test_a_change_carries_the_label_of_the_payment_that_it_names(tmp_path):
    made = tables()
    made["payment"][0]["tlp"] = "TLP:AMBER"
    model, findings = beroenden.build(made)
    assert model is not None, findings
    path = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00", **{"for": "5h"}, tlp="TLP:GREEN"), model=model)
    first = delgivning(path, "prognos", to="TLP:AMBER", model=model)
    record_issue(path, "payer", first, model)
    longer = outage("clr", "04:00", **{"for": "12h"}, time=moment("05:10"), supersedes="outage-1", tlp="TLP:GREEN")
    append(path, [longer], model)
    changes = delgivning(path, "prognos", at="05:20", to="TLP:AMBER", model=model).changes
    assert [one.tlp for one in changes if one.text == LATER] == ["TLP:AMBER"]
