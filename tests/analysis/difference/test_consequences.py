"""The same question put to two models."""

from dataclasses import replace

from chain import network

from beroenden.analysis.difference.consequences import consequences, standings
from beroenden.analysis.ranking.question import question
from beroenden.analysis.ranking.ranking import Ranking, ranked
from beroenden.analysis.ranking.trials import Trials
from beroenden.units.times import parse_instant, time_zone

STARTS = [
    parse_instant(f"2026-12-{day}T{hour}:00", time_zone("Europe/Stockholm"))
    for day in (15, 16, 18)
    for hour in ("05", "17")
]


def ranking(made=None) -> Ranking:
    made = made or network()
    return ranked(Trials(made, question(made, 1440, STARTS)), 1)


def test_a_rank_is_how_many_do_more_harm_plus_one():
    found = ranking()
    for one in found.entities:
        worse = sum((other.worst, other.mean) > (one.worst, one.mean) for other in found.entities)
        standing = standings(found)[one.entity]
        assert standing.rank == (None if one.is_harmless else worse + 1)
        assert (standing.worst, standing.mean) == (one.worst, one.mean)
    assert len({one.rank for one in standings(found).values()}) >= 4


def test_the_order_of_the_files_moves_nobody():
    made = network()
    other = replace(made, entities=made.entities[::-1])
    assert consequences(ranking(made), ranking(other), {}).moves == ()


def test_who_came_into_the_ranking_comes_first_and_a_payment_that_is_gone_is_said():
    made = network()
    gentler = tuple(
        replace(one, needs=tuple(replace(need, endurance=None) for need in one.needs)) if one.id == "sys" else one
        for one in made.entities
    )
    found = consequences(ranking(made), ranking(replace(made, entities=gentler)), {})
    move, *others = found.moves
    assert {(one.by, one.more) for one in others} <= {(-1, 0.0)}
    assert move.entity == "power"
    assert move.before is not None
    assert move.after is not None
    assert (move.before.rank, move.by) == (None, None)
    assert move.after.rank is not None
    assert move.more == move.after.worst - move.before.worst > 0
    [late] = found.lateness
    assert late.before < late.after

    without = replace(made, entities=tuple(one for one in made.entities if one.id != "people"), payments=())
    gone = consequences(ranking(made), ranking(without), {})
    assert [(one.payment, one.after) for one in gone.lateness] == [("allowance", None)]


def test_who_is_new_and_does_no_harm_comes_after_those_whose_harm_changes():
    made = network()
    idle = replace(made.entities[0], id="idle", name="Idle", needs=())
    gentler = tuple(
        replace(one, needs=tuple(replace(need, endurance=None) for need in one.needs)) if one.id == "sys" else one
        for one in made.entities
    )
    found = consequences(ranking(made), ranking(replace(made, entities=(idle, *gentler))), {})
    assert (found.moves[0].entity, found.moves[-1].entity) == ("power", "idle")
    assert [one.entity for one in found.moves if one.is_harmless] == ["idle"]


def test_harm_of_unknown_size_has_no_place_and_a_payment_that_is_not_counted_is_named():
    made = network()
    countless = replace(made, payments=tuple(replace(one, count=None) for one in made.payments))
    found = consequences(ranking(made), ranking(countless), {})
    harmful = [one for one in found.moves if one.before.worst]
    assert harmful
    assert {(one.after.rank, one.after.worst, one.by) for one in harmful} == {(None, None, None)}
    told = found.to_dict()
    assert told["not_counted"] == {"before": [], "after": ["allowance"]}
    assert {one["after"]["payments_not_counted"] for one in told["moves"]} == {1}


def test_harm_that_becomes_at_least_so_much_is_told_and_what_stays_so_is_not():
    made = network()
    [payment] = made.payments
    beside = replace(made, payments=(payment, replace(payment, id="other", name="Other", count=None)))
    found = consequences(ranking(made), ranking(beside), {})
    assert {one.before.worst == one.after.worst for one in found.moves} == {True}
    assert {(one.before.uncounted, one.after.uncounted) for one in found.moves} == {(0, 1)}
    assert consequences(ranking(beside), ranking(beside), {}).moves == ()
