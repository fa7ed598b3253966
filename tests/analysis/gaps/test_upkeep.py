"""One-sided, responsibility, stale and mutual."""

from datetime import date

import pytest
from analysis.gaps.small import TODAY, counted, entity, found, model, only, payment, stage

from beroenden.analysis.gaps.age import Age
from beroenden.analysis.gaps.ground import Ground
from beroenden.analysis.gaps.mutual import restart_order
from beroenden.analysis.gaps.wording import gap_words
from beroenden.language import writing_in


def two_sides(source=None, **provider):
    need = {"provider": "b", **({"source": source} if source else {})}
    return model(
        [entity("a", need, owner="payer"), entity("seller", kind="supplier"), entity("b", owner="seller", **provider)]
    )


@pytest.mark.parametrize(
    ("source", "provider", "reason"),
    [
        (None, {}, "silent"),
        (None, {"rto": "4h"}, None),
        (None, {"verified": date(2026, 1, 1)}, None),
        ("Payer, interview", {"rto": "4h"}, "source"),
        ("Payer and Seller, interviews", {"rto": "4h"}, None),
        ("An assumption", {"rto": "4h"}, None),
    ],
)
def test_what_only_one_side_has_told(source, provider, reason):
    gaps = only(two_sides(source, **provider), "one_sided")
    assert [gap.figures["reason"] for gap in gaps] == ([reason] if reason else [])
    assert counted(two_sides(source, **provider), "one_sided")[0] == 1


def told_by_the_payer(*, also=()):
    """Two payments cross the seller's hub; one rests on the payer's small app, which needs it too."""
    need = {"provider": "hub", "source": "Payer, form"}
    return model(
        [
            entity("small", need, owner="payer"),
            *(entity(one, need, owner="payer") for one in also),
            entity("seller", kind="supplier"),
            entity("hub", owner="seller", rto="4h"),
        ],
        [
            payment("grant", stage("run", {"provider": "hub", "source": "Seller and Payer"})),
            payment("loan", stage("run", {"provider": "hub", "source": "Seller and Payer"}, {"provider": "small"})),
            *(payment(f"of-{one}", stage("run", {"provider": one})) for one in also),
        ],
    )


def test_the_payments_of_a_one_sided_need_are_those_that_rest_on_who_needs():
    [gap] = only(told_by_the_payer(), "one_sided")
    assert (gap.about, gap.payments, gap.figures["others"]) == (("small", "hub"), ("loan",), [])


def test_all_that_need_the_same_one_sidedly_are_told_in_one_and_counted_together():
    network = told_by_the_payer(also=("other",))
    [gap] = only(network, "one_sided")
    assert (gap.payments, gap.figures["others"]) == (("loan", "of-other"), [("other", None)])
    with writing_in("sv"):
        assert gap_words(gap, found(network).ground).endswith("nämner bara den som behöver. Det behöver också: Other.")


def test_a_stage_that_needs_the_same_is_told_with_its_name():
    stages = [stage(one, {"provider": "hub", "source": "Payer, form"}) for one in ("run", "pay")]
    network = model(
        [entity("seller", kind="supplier"), entity("hub", owner="seller", rto="4h")], [payment("grant", *stages)]
    )
    [gap] = only(network, "one_sided")
    assert (gap.stage, gap.figures["others"], gap.payments) == (0, [("grant", "pay")], ("grant",))
    assert gap_words(gap, found(network).ground).endswith("Also needed by: Grant, Pay.")


def test_an_actor_is_not_one_sided_with_itself():
    network = model([entity("a", {"provider": "b"}, owner="payer"), entity("b", owner="payer")])
    assert counted(network, "one_sided") == (0, 0, 0)


def used_by_two(**fields):
    other = entity("other", {"provider": "hub"}, kind="authority")
    return model([other, entity("mine", {"provider": "hub"}, owner="payer"), entity("hub", **fields)])


def test_what_two_use_and_nobody_answers_for():
    [gap] = only(used_by_two(), "responsibility")
    assert (gap.figures["missing"], gap.actors) == (["owner", "contact"], ("hub", "other", "payer"))
    with writing_in("sv"):
        text = gap_words(gap, found(used_by_two()).ground)
    assert text == "Hub: ingen är registrerad som ansvarig och kontaktfunktion saknas. Används av Other, Payer."
    assert only(used_by_two(owner="payer"), "responsibility") == []  # the owner's function answers
    [no_function] = only(used_by_two(owner="other"), "responsibility")
    assert no_function.figures["missing"] == ["contact"]
    assert counted(two_sides(), "responsibility") == (0, 0, 0)


def test_stale_is_older_than_the_months_and_never_verified_is_unknown():
    def dated(day, **asked):
        return only(model([entity("a", owner="payer", **({"verified": day} if day else {}))]), "stale", **asked)

    [gap] = dated(date(2025, 11, 21))
    assert (gap.about, gap.size) == (("a",), 366)
    assert dated(date(2025, 11, 22)) == dated(None) == []
    assert dated(date(2026, 5, 21), age=Age(months=6)) != []
    assert dated(date(2026, 5, 22), age=Age(months=6)) == []
    unknown = [one for one in found(model([entity("a", owner="payer")])).unknown if one.kind == "stale"]
    assert [(one.actor, one.field, one.count, one.of) for one in unknown] == [("payer", "verified", 2, 2)]


def test_a_need_with_a_day_of_its_own_goes_stale_by_itself():
    need = {"provider": "b", "verified": date(2024, 1, 1)}
    [gap] = only(model([entity("a", need, owner="payer"), entity("b", owner="payer")]), "stale")
    assert gap.about == ("a", "b")
    with writing_in("sv"):
        assert gap_words(gap, found(two_sides()).ground) == "A, behovet av B: senast kontrollerad 2024-01-01."


def ring(*, first=None, spare=False):
    """x needs y, y needs z, z needs x; perhaps with endurance at x, or a reserve of its own."""
    need = {"any_of": ["y", "spare"]} if spare else {"provider": "y"}
    need |= {"endurance": first} if first else {}
    return model(
        [
            entity("x", need, owner="payer"),
            entity("y", {"provider": "z"}, owner="payer"),
            entity("z", {"provider": "x"}, owner="payer"),
            *([entity("spare", owner="payer")] if spare else []),
        ]
    )


def test_who_lives_on_endurance_starts_first_and_the_others_follow():
    [gap] = only(ring(first="4h"), "mutual")
    order = [(start["entity"], start["round"], start["endurance"]) for start in gap.figures["order"]]
    assert order == [("x", 1, 240), ("z", 2, None), ("y", 3, None)]
    assert (gap.figures["open"], gap.figures["open_when_spent"]) == ([], ["x", "y", "z"])
    with writing_in("sv"):
        text = gap_words(gap, found(ring(first="4h")).ground).replace("\xa0", " ")
    assert text.startswith(
        "X, Y, Z behöver varandra. Kan starta först: X (om uthålligheten, 4 tim, finns kvar). Därefter: Z."
    )


def test_who_has_a_reserve_starts_first_whatever_is_spent():
    [gap] = only(ring(spare=True), "mutual")
    assert [start["entity"] for start in gap.figures["order"]] == ["x", "z", "y"]
    assert gap.figures["open_when_spent"] == []


def test_with_neither_the_order_is_an_open_question():
    [gap] = only(ring(), "mutual")
    assert (gap.figures["order"], gap.figures["open"]) == ([], ["x", "y", "z"])
    with writing_in("sv"):
        assert "Öppen fråga till ägarna: i vilken ordning startar X, Y, Z?" in gap_words(gap, found(ring()).ground)
    assert restart_order(Ground(ring(), TODAY), ["x", "y", "z"]) == ([], ["x", "y", "z"])


def test_without_a_ring_there_is_none():
    assert counted(two_sides(), "mutual") == (0, 0, 0)


def test_as_many_are_lacking_as_could_not_be_decided():
    """Also where nobody can be named who could answer: a group of citizens has no actor."""
    network = model([entity("a", owner="payer"), entity("people", {"provider": "a"}, kind="citizens")])
    all_ = found(network)
    [lacking] = [one for one in all_.lacking() if one.kind == "stale"]
    assert (lacking.count, lacking.of) == (3, 3)
    assert counted(network, "stale") == (3, 0, 3)
    assert {one.actor for one in all_.unknown} == {"payer"}


def test_names_that_would_be_said_alike_are_told_in_whole():
    need = {"provider": "hub", "expects": "1h"}
    entities = [
        entity("a", need, owner="payer") | {"name": "Drift (A)"},
        entity("b", need, owner="payer") | {"name": "Drift (B)"},
        entity("hub", rto="9h") | {"name": "Navet (illustrativt)"},
    ]
    network = model(entities)
    with writing_in("sv"):
        texts = [gap_words(gap, found(network).ground) for gap in only(network, "expectation")]
    assert [text.split(" inom ")[0] for text in texts] == ["Drift (A) räknar med Navet", "Drift (B) räknar med Navet"]
