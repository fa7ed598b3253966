"""All gaps together: their order, what one asks about, and what a reader may see."""

import pytest
from analysis.gaps.small import TODAY, entity, found, model, only, payment, stage

from beroenden.analysis.gaps.gap import KINDS
from beroenden.analysis.gaps.gaps import find_gaps
from beroenden.errors import UsageError
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import Viewer


def three(**secret):
    """Two systems of two payers expect too much of one center; wages come before grants."""
    need = {"provider": "center", "expects": "1h", "endurance": "0min"}
    return model(
        [
            entity("other", kind="authority"),
            entity("seller", kind="supplier"),
            entity("center", owner="seller", rto="9h"),
            entity("grants", need, owner="payer"),
            entity("wages", {**need, **secret}, owner="other"),
            entity("aside", {**need, "expects": "30min"}, owner="payer"),
        ],
        [
            payment("grant", stage("run", {"provider": "grants", "endurance": "0min"}), priority=2),
            payment("wage", stage("run", {"provider": "wages", "endurance": "0min"}), payer="other", priority=1),
        ],
    )


def test_what_the_first_payment_rests_on_comes_first_and_what_none_rests_on_last():
    assert [gap.about[0] for gap in only(three(), "expectation")] == ["wages", "grants", "aside"]


def test_an_actor_or_a_payment_can_be_asked_about():
    assert [gap.about[0] for gap in only(three(), "expectation", actor="other")] == ["wages"]
    assert [gap.about[0] for gap in only(three(), "expectation", payment="grant")] == ["grants"]
    assert {one.actor for one in found(three(), actor="other").unknown} == {"other"}
    assert {gap.kind for gap in found(three(), kinds=("chain", "expectation")).gaps} == {"expectation"}


@pytest.mark.parametrize("asked", [{"actor": "center"}, {"actor": "nobody"}, {"payment": "nothing"}])
def test_what_is_no_actor_or_payment_is_refused(asked):
    with pytest.raises(UsageError):
        found(three(), **asked)


def test_every_kind_is_counted_even_where_nothing_is_found():
    assert [one.kind for one in found(three()).checked] == list(KINDS)


def test_of_an_actor_its_own_checks_are_counted():
    whole, seller, other = (
        {one.kind: one.of for one in found(three(), **asked).checked}
        for asked in ({}, {"actor": "seller"}, {"actor": "other"})
    )
    assert (whole["expectation"], seller["expectation"], other["expectation"]) == (5, 3, 2)
    for actor in ("payer", "other", "seller"):
        report = found(three(), actor=actor)
        assert all(len(report.of(one.kind)) + one.undecided <= one.of for one in report.checked if one.kind != "stale")


def test_a_reader_is_told_nothing_of_a_need_or_an_entity_that_it_may_not_see_and_it_does_not_count():
    network = three(tlp="TLP:RED")
    seen = find_gaps(masked(network, Viewer("TLP:GREEN")).network, TODAY)
    assert [gap.about[0] for gap in seen.of("expectation")] == ["grants", "aside"]
    whole, part = ({one.kind: one.of for one in each.checked} for each in (found(network), seen))
    assert whole["expectation"] - part["expectation"] == 1
    own = find_gaps(masked(network, Viewer("TLP:GREEN", "other")).network, TODAY)
    assert [gap.about[0] for gap in own.of("expectation")] == ["wages", "grants", "aside"]


def test_the_label_of_a_gap_is_the_strictest_of_what_it_tells():
    assert [gap.tlp for gap in only(three(tlp="TLP:RED"), "expectation")] == ["TLP:RED", "TLP:GREEN", "TLP:GREEN"]
