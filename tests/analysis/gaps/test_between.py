"""Expectation, tolerance, capability and level: each on a model whose answer can be read off."""

from datetime import date

import pytest
from analysis.gaps.small import counted, entity, found, model, only, payment, stage

from beroenden.analysis.gaps.gap import Unknown
from beroenden.analysis.gaps.wording import gap_words, unknown_words, who_words
from beroenden.language import writing_in
from beroenden.sharing.masking import masked
from beroenden.sharing.viewer import Viewer


def pair(need, consumer=None, provider=None):
    """A consumer that needs one provider of another owner."""
    return model(
        [
            entity("a", {"provider": "b", **need}, owner="payer", **(consumer or {})),
            entity("seller", kind="supplier", contact={"role": "Jour"}),
            entity("b", owner="seller", **(provider or {})),
        ]
    )


def test_a_promise_longer_than_what_is_counted_on_is_a_gap_of_the_difference():
    network = pair({"expects": "2h"}, provider={"rto": "8h"})
    [gap] = only(network, "expectation")
    assert (gap.about, gap.size, gap.actors) == (("a", "b"), 6 * 60, ("payer", "seller"))
    ground = found(network).ground
    with writing_in("sv"):
        assert gap_words(gap, ground).replace("\xa0", " ") == "A räknar med B inom 2 tim; målet är 8 tim."
        assert who_words(gap, ground) == "Payer – Seller"


@pytest.mark.parametrize(("expects", "rto"), [("8h", "8h"), ("9h", "8h")])
def test_a_promise_that_is_kept_in_time_is_none(expects, rto):
    assert counted(pair({"expects": expects}, provider={"rto": rto}), "expectation") == (1, 0, 0)


@pytest.mark.parametrize(
    ("need", "provider", "actor", "field"),
    [({}, {"rto": "8h"}, "payer", "expects"), ({"expects": "2h"}, {}, "seller", "rto")],
)
def test_what_is_unknown_is_neither_a_gap_nor_sound_and_its_owner_is_asked(need, provider, actor, field):
    network = pair(need, provider=provider)
    assert counted(network, "expectation") == (1, 0, 1)
    [unknown] = [one for one in found(network).unknown if one.kind == "expectation"]
    assert unknown == Unknown("expectation", actor, field, 1, 1)
    with writing_in("sv"):
        assert unknown_words(unknown).startswith("1 av 1 behov saknar uppgift om ")


def test_who_needs_is_asked_also_where_the_provider_is_not_shared():
    """Nothing is checked of that, and how many are not shared is not told."""
    hidden = {"kind": "supplier", "tlp": "TLP:RED"}
    needs = [{"provider": "seen", "expects": "2h"}, {"provider": "one"}, {"shares": {"one": 0.5, "two": 0.5}}]
    network = model(
        [
            entity("a", *needs, {"any_of": ["one", "two"]}, owner="payer"),
            entity("seen", rto="1h"), entity("one", **hidden), entity("two", **hidden),
        ]
    )  # fmt: skip
    asked = masked(network, Viewer("TLP:GREEN", "payer")).network
    own = [(one.kind, one.field, one.count, one.of) for one in found(asked, actor="payer").unknown]
    assert own[:3] == [("expectation", "expects", 2, 3), ("tolerance", "mtpd", 3, 3), ("tolerance", "endurance", 3, 3)]
    assert ("level", "mbco", 3, 3) in own
    assert [counted(asked, kind)[0] for kind in ("expectation", "tolerance", "level")] == [1, 1, 1]


def test_tolerance_is_promise_and_restart_against_what_is_borne_and_endurance():
    need = {"endurance": "1h", "restart": "30min"}
    [gap] = only(pair(need, {"mtpd": "4h"}, {"rto": "8h"}), "tolerance")
    assert gap.size == 480 + 30 - (240 + 60)
    assert counted(pair(need, {"mtpd": "7h 30min"}, {"rto": "8h"}), "tolerance") == (1, 0, 0)
    assert counted(pair({"restart": "30min"}, {"mtpd": "4h"}, {"rto": "8h"}), "tolerance") == (1, 0, 1)


def test_only_full_level_counts_as_endurance():
    need = {"endurance": [["2h", 1.0], ["72h", 0.4]]}
    [gap] = only(pair(need, {"mtpd": "1h"}, {"rto": "8h"}), "tolerance")
    assert gap.figures["endurance"] == 120
    assert gap.size == 480 - (60 + 120)
    [never] = only(pair({"endurance": [["72h", 0.4]]}, {"mtpd": "1h"}, {"rto": "8h"}), "tolerance")
    assert never.figures["endurance"] == 0


def test_a_stage_bears_what_the_payment_may_be_late():
    paid = payment("grant", stage("run", {"provider": "b", "endurance": "1h", "expects": "2h"}), max_delay="4h")
    network = model([entity("seller", kind="supplier"), entity("b", owner="seller", rto="8h")], [paid])
    [tolerance], [expectation] = only(network, "tolerance"), only(network, "expectation")
    assert (tolerance.about, tolerance.stage, tolerance.size) == (("grant", "b"), 0, 480 - 240 - 60)
    assert tolerance.payments == ("grant",)
    assert expectation.size == 360
    with writing_in("sv"):
        assert gap_words(tolerance, found(network).ground).startswith("Grant, Run tål")


def any_of(count, at_least):
    providers = [f"p{number}" for number in range(count)]
    need = {"any_of": providers, "at_least": at_least, "expects": "1h", "endurance": "0min"}
    return model([entity("a", need, owner="payer"), *(entity(one, owner="payer", rto="8h") for one in providers)])


@pytest.mark.parametrize(("count", "at_least", "gaps"), [(2, 1, 0), (3, 2, 0), (2, 2, 2), (3, 3, 3), (1, 1, 1)])
def test_one_of_several_is_a_gap_only_when_too_few_are_left_without_it(count, at_least, gaps):
    assert len(only(any_of(count, at_least), "expectation")) == gaps


def test_of_a_split_load_the_share_is_told():
    shares = {"shares": {"p": 0.7, "q": 0.3}, "expects": "4h", "endurance": "0min"}
    network = model(
        [entity("a", shares, owner="payer"), entity("p", owner="payer", rto="8h"), entity("q", owner="payer", rto="2h")]
    )
    [gap] = only(network, "expectation")
    assert (gap.about, gap.figures["share"]) == (("a", "p"), 0.7)
    with writing_in("sv"):
        assert "P (bär 70\xa0%)" in gap_words(gap, found(network).ground)


def test_capability_is_what_was_shown_against_the_promise():
    shown = {"rto": "4h", "rta": "6h", "rta_tested": date(2026, 5, 1)}
    [gap] = only(pair({}, provider=shown), "capability")
    assert (gap.about, gap.size, gap.actors) == (("b",), 120, ("seller",))
    assert only(pair({}, provider=shown), "untested") == []
    assert counted(pair({}, provider={"rto": "4h"}), "capability") == (1, 0, 1)


@pytest.mark.parametrize(
    ("provider", "is_gap"),
    [
        ({"rto": "4h"}, True),
        ({"rto": "4h", "rta": "3h"}, True),
        ({"rto": "4h", "rta": "3h", "rta_tested": date(2025, 11, 21)}, True),
        ({"rto": "4h", "rta": "3h", "rta_tested": date(2025, 11, 22)}, False),
    ],
)
def test_a_promise_that_was_not_shown_within_twelve_months_is_untested(provider, is_gap):
    assert bool(only(pair({}, provider=provider), "untested")) == is_gap


def test_without_a_promise_there_is_nothing_to_test_and_that_is_said():
    assert counted(pair({}), "untested") == (1, 0, 1)


def test_level_is_what_the_consumer_reaches_on_what_is_promised():
    [gap] = only(pair({"floor": 0.1}, {"mbco": 0.5}, {"mbco": 0.4}), "level")
    assert gap.figures["reached"] == pytest.approx(0.1 + 0.9 * 0.4)
    assert gap.size == pytest.approx(0.5 - 0.46)
    assert counted(pair({"floor": 0.2}, {"mbco": 0.5}, {"mbco": 0.4}), "level") == (1, 0, 0)
    assert counted(pair({}, {"mbco": 0.5}), "level") == (1, 0, 1)
