"""Rankings against plain loops of single simulations, and against models worked out by hand."""

import copy
import signal
from datetime import datetime
from itertools import combinations

import pytest
from chain import network, tables
from hypothesis import given, settings
from properties import strategies

import beroenden
from beroenden.analysis.ranking.question import MEASURES, question
from beroenden.analysis.ranking.ranking import ranked
from beroenden.analysis.ranking.trials import Trials
from beroenden.consequences.simulate import simulate_scenario
from beroenden.errors import UsageError
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.times import parse_instant, time_zone

HOUR = 60
LENGTH = 23 * HOUR


def at(*texts):
    return [parse_instant(text, time_zone("Europe/Stockholm")) for text in texts]


STARTS = at("2026-12-15T17:00", "2026-12-16T18:00", "2026-12-18T04:00", "2026-12-18T05:00")
HOURLY = range(*at("2026-12-14T00:00", "2026-12-19T00:00"), HOUR)


def built(raw):
    made, findings = beroenden.build(raw)
    assert made is not None, findings
    return made


def rank(net, starts=STARTS, length=LENGTH, most=1000, **more):
    return ranked(Trials(net, question(net, length, starts, **more)), most)


def single(net, out, start, length=LENGTH, horizon=14 * 1440, with_events=False):
    outages = tuple(Outage(start, start + length, entity=one) for one in out)
    return simulate_scenario(net, Scenario(outages, horizon=horizon, since=start), with_events=with_events)


def measured(outcome, by):
    if by == "level_hours":
        return sum(impact.lost_hours for impact in outcome.entities)
    if by == "over_max_delay":
        return sum(bool(run.over_max_delay) for run in outcome.runs)
    return {
        "recipient_hours": outcome.recipient_hours,
        "amount": outcome.amount_delayed,
        "payouts": outcome.payouts_delayed,
    }[by]


def by_hand(net, out, by, starts=STARTS, length=LENGTH):
    return [measured(single(net, out, start, length), by) for start in starts]


def agrees_alone(net, found, by, starts, length):
    assert {one.entity for one in found.entities} == {one.id for one in net.entities if one.kind != "citizens"}
    for one in found.entities:
        values = by_hand(net, [one.entity], by, starts, length)
        late = [bool(single(net, [one.entity], start, length).late_runs) for start in starts]
        if one.worst is not None:
            assert one.worst == pytest.approx(max(values))
            assert one.worst == pytest.approx(values[starts.index(one.worst_start)])
            assert one.mean == pytest.approx(sum(values) / len(starts))
        if net.payments:
            assert one.hits == sum(late)


@pytest.mark.parametrize("by", MEASURES)
def test_each_alone_is_what_single_simulations_say(by):
    found = rank(network(), by=by)
    agrees_alone(network(), found, by, STARTS, LENGTH)
    worst = [one.worst for one in found.entities]
    assert worst == sorted(worst, reverse=True)
    assert worst[0] > 0


def test_the_first_of_equally_bad_starts_is_the_worst():
    [sys] = [
        one
        for one in rank(network(), starts=at("2026-12-15T17:00", "2026-12-15T17:30")).entities
        if one.entity == "sys"
    ]
    assert sys.hits == 1  # back at 16:30 is late, at 16:00 sharp is not
    both = rank(network(), starts=at("2026-12-18T05:00", "2026-12-18T05:00", "2026-12-18T04:59"), by="payouts")
    [b2] = [one for one in both.entities if one.entity == "b2"]
    assert (b2.worst, b2.worst_start, b2.hits) == (600, at("2026-12-18T04:59")[0], 2)


def test_single_points_of_failure_are_those_of_single_simulations():
    net = network()
    points = {point.entity: point for point in rank(net).single_points}
    for entity in net.entity:
        runs = [single(net, [entity], start).late_runs for start in STARTS]
        assert (entity in points) == any(runs), entity
        if any(runs) and entity != "people":
            assert points[entity].hits == sum(map(bool, runs))
            assert points[entity].hits_over == sum(any(run.over_max_delay for run in late) for late in runs)
    assert points["clr"].hits_over == 2
    assert points["clr"].worst_start == STARTS[2]
    assert points["clr"].recipient_hours == pytest.approx(600 * 72)


def test_of_equally_bad_single_points_those_over_the_tolerable_more_often_come_first():
    """Two that are as bad at worst, of which the model has the rarer one first; the JSON has the same order."""
    raw = tables()
    raw["entity"] = [{"id": "rare", "kind": "system"}, {"id": "often", "kind": "system"}, *raw["entity"]]
    clr = next(one for one in raw["entity"] if one["id"] == "clr")
    clr["needs"] = [*clr.get("needs", []), {"provider": "often"}, {"provider": "rare", "endurance": "2h"}]
    found = rank(built(raw), starts=range(STARTS[0], STARTS[-1], HOUR))
    order = [(one.entity, one.recipient_hours, one.hits_over, one.mean) for one in found.single_points]
    often, rare = (next(one for one in order if one[0] == name) for name in ("often", "rare"))
    assert often[1] == rare[1]
    assert often[2] > rare[2] > 0
    assert often[3] > rare[3]
    assert order.index(often) < order.index(rare)
    [points] = [one["entities"] for one in found.to_dict()["single_points"]]
    assert [one["entity"] for one in points] == [one[0] for one in order]
    assert [one["recipient_hours_mean"] for one in points] == [one[3] for one in order]


@pytest.mark.parametrize("by", MEASURES)
@pytest.mark.parametrize("k", [2, 3])
def test_together_and_added_are_what_single_simulations_say(by, k):
    net = network()
    *_, together = rank(net, by=by, k=k).together
    assert together.k == k
    alone = {one: by_hand(net, one, by) for size in range(1, k + 1) for one in combinations(candidates(net), size)}
    assert together.combinations == together.tried == sum(len(one) == k for one in alone)
    for joint in (*together.greatest, *together.adding, *together.redundant):
        values = alone[joint.entities]
        added = [value - parts(alone, joint.entities, place) for place, value in enumerate(values)]
        assert joint.worst.together == pytest.approx(max(values))
        assert joint.mean == pytest.approx(sum(values) / len(values))
        assert joint.most_added.added == pytest.approx(max(added), abs=1e-6)
        assert joint.most_added.added == pytest.approx(added[STARTS.index(joint.most_added.start)], abs=1e-6)
    adding = {
        out
        for out, values in alone.items()
        if len(out) == k and max(value - parts(alone, out, place) for place, value in enumerate(values)) > 1e-6
    }
    assert {joint.entities for joint in (*together.adding, *together.redundant)} == adding


def candidates(net):
    return [one.id for one in net.entities if one.kind != "citizens"]


def parts(alone, out, place):
    """The most that any division of some entities does."""
    whole = [sum(alone[one,][place] for one in out)]
    if len(out) == 3:
        whole += [alone[one,][place] + alone[tuple(x for x in out if x != one)][place] for one in out]
    return max(whole)


def with_reserve():
    raw = tables()
    raw["entity"] += [{"id": name, "name": name, "kind": "supplier"} for name in ("net-a", "net-b", "net-c")]
    raw["entity"][1]["needs"].append({"any_of": ["net-a", "net-b"], "endurance": "0min"})
    return raw


def test_each_others_reserve_is_told_apart():
    found = rank(built(with_reserve()), at("2026-12-15T17:00"), 24 * HOUR, k=2)
    [joint] = found.together[0].redundant
    assert joint.entities == ("net-a", "net-b")
    assert (joint.worst.together, joint.worst.parts) == (600 * 72, 0)
    assert ("net-a", "net-b") not in [one.entities for one in found.together[0].adding]
    assert {one.entity for one in found.entities if one.is_harmless} >= {"net-a", "net-b", "net-c"}


def test_three_that_are_reserve_of_each_other():
    raw = with_reserve()
    raw["entity"][1]["needs"][-1]["any_of"] = ["net-a", "net-b", "net-c"]
    found = rank(built(raw), at("2026-12-15T17:00"), 24 * HOUR, k=3)
    assert [one.entities for one in found.together[1].redundant] == [("net-a", "net-b", "net-c")]
    assert not found.together[0].redundant


def test_a_pair_in_which_one_does_nothing_is_in_no_list():
    [together] = rank(built(with_reserve()), k=2).together
    for joint in (*together.greatest, *together.adding, *together.redundant):
        assert "net-c" not in joint.entities


def test_what_is_unknown_is_never_0():
    raw = tables()
    other = copy.deepcopy(raw["payment"][0]) | {"id": "other", "name": "Other", "priority": 2}
    del other["count"], other["max_delay"]
    other["stage"][0]["needs"] = [{"provider": "clr"}]
    raw["payment"].append(other)
    found = rank(built(raw), at("2026-12-15T17:00"), 26 * HOUR)
    of = {one.entity: one for one in found.entities}
    assert (of["clr"].worst, of["clr"].mean, of["clr"].uncounted, of["clr"].hits) == (None, None, 1, 1)
    assert not of["clr"].is_harmless
    assert of["sys"].worst == 600 * 72
    assert [one.entity for one in found.entities[:2]] == ["sys", "clr"]  # unknown harm before none
    assert found.uncounted == ["other"]
    [point] = [one for one in found.single_points if (one.payment, one.entity) == ("other", "clr")]
    assert (point.recipient_hours, point.hits_over) == (None, None)
    assert found.to_dict()["not_counted"] == ["other"]


@pytest.mark.parametrize(("by", "unknown"), [("recipient_hours", "count"), ("amount", "amount"), ("payouts", "count")])
def test_the_worst_start_of_what_has_no_size_is_when_it_is_latest(by, unknown):
    raw = tables()
    known = rank(built(raw), starts=HOURLY, k=2)
    del raw["payment"][0][unknown]
    found = rank(built(raw), starts=HOURLY, k=2, by=by)
    latest = {one.entity: one.worst_start for one in known.entities if not one.is_harmless}
    assert len(latest) > 3
    assert {one.entity: one.worst_start for one in found.entities if one.entity in latest} == latest
    assert {one.worst for one in found.entities if one.entity in latest} == {None}
    points = [{(one.entity, one.worst_start) for one in each.single_points} for each in (known, found)]
    assert points[0] == points[1]


@pytest.mark.parametrize("count", [1000, None])
@pytest.mark.parametrize(
    ("by", "worst_first"), [("recipient_hours", ["power", "b2", "b1"]), ("amount", ["b2", "power", "b1"])]
)
def test_single_points_are_ordered_by_the_measure_whether_the_count_is_known_or_not(count, by, worst_first):
    """Power makes 40 % of the recipients wait 15 h, bank two 60 % of them 5 h and bank one 40 % of them 5 h."""
    raw = tables()
    raw["payment"][0]["count"] = count
    raw["entity"][4]["needs"] = [{"provider": "power", "endurance": "0min", "restart": "10h"}]
    if count is None:
        del raw["payment"][0]["count"]
    found = rank(built(raw), at("2026-12-18T06:00"), 5 * HOUR, by=by)
    assert [one.entity for one in found.single_points] == worst_first


def test_of_starts_that_are_as_bad_the_worst_is_when_what_has_no_size_is_latest_too():
    raw = tables()
    other = copy.deepcopy(raw["payment"][0]) | {
        "id": "other",
        "priority": 2,
        "rrule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=18",
    }
    del other["count"]
    raw["payment"].append(other)
    starts = at("2026-11-17T17:00", "2026-12-15T17:00")
    [one] = [one for one in rank(built(raw), starts, 26 * HOUR).entities if one.entity == "sys"]
    assert (one.worst, one.worst_start) == (600 * 72, starts[1])


def test_a_reserve_of_a_payment_of_unknown_size_is_told_as_unknown():
    raw = with_reserve()
    del raw["payment"][0]["count"]
    [joint] = rank(built(raw), at("2026-12-15T17:00"), 24 * HOUR, k=2).together[0].redundant
    assert (joint.entities, joint.worst.together, joint.uncounted) == (("net-a", "net-b"), 0, 1)


def test_planned_events_count_only_for_what_the_outage_adds():
    raw = tables()
    span = {"start": datetime(2026, 12, 15, 10), "end": datetime(2026, 12, 16, 16, 1)}
    raw["event"] = [{"id": "work", "name": "Work", "entities": ["clr", "sys"], **span}]
    net = built(raw)
    starts = at("2026-12-15T08:00", "2026-12-18T04:00")
    found = rank(net, starts, with_events=True)
    for one in found.entities:
        after = [single(net, [one.entity], start, with_events=True).recipient_hours for start in starts]
        before = [single(net, ["payer"], start, length=1, with_events=True).recipient_hours for start in starts]
        added = [more - less for more, less in zip(after, before, strict=True)]
        assert one.worst == pytest.approx(max(added), abs=1e-6)
        assert one.mean == pytest.approx(sum(added) / 2, abs=1e-6)
    assert any(before)
    assert found.to_dict()["with_events"] is True


def test_only_the_targets_count():
    raw = tables()
    other = copy.deepcopy(raw["payment"][0]) | {"id": "other", "name": "Other", "priority": 2}
    other["stage"][0]["needs"] = [{"provider": "payer"}]
    raw["payment"].append(other)
    net = built(raw)
    of = {one.entity: one.worst for one in rank(net, length=24 * HOUR, targets=["other"]).entities}
    assert of["payer"] > 0 == of["sys"]
    of = {one.entity: one for one in rank(net, targets=["people", "sys"]).entities}
    assert of["power"].worst == pytest.approx(19)  # 23 hours less an endurance of 4; people need the banks only
    assert of["b1"].worst == pytest.approx(23)
    assert (of["clr"].worst, of["clr"].hits, of["clr"].is_harmless) == (0, 0, True)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"targets": ["allowanse"]}, 'Did you mean "allowance"'),
        ({"targets": ["people"], "by": "amount"}, "level_hours"),
        ({"targets": ["allowance"], "by": "level_hours"}, "another measure"),
        ({"targets": ["allowance", "people"]}, "either entities or payments"),
        ({"by": "harm"}, "no measure"),
        ({"k": 4}, "1 to 3"),
        ({"length": 0}, "above 0"),
        ({"starts": at("2099-12-30T00:00")}, "too far"),
    ],
)
def test_what_makes_no_question_is_refused(more, told):
    with pytest.raises(UsageError, match=told):
        rank(network(), **more)


def test_two_processes_say_the_same(monkeypatch):
    monkeypatch.setattr("beroenden.analysis.ranking.trials.WORTH_PROCESSES", 30)
    asked = question(network(), LENGTH, STARTS, k=2)
    one, two = (ranked(Trials(network(), asked, processes), 10).to_dict() for processes in (1, 2))
    assert one == two


@pytest.mark.parametrize(("k", "stop"), [(1, 1), (2, 7)])
def test_ctrl_c_leaves_what_is_done(k, stop, monkeypatch):
    monkeypatch.setattr("beroenden.analysis.ranking.trials.CHUNK", 1)
    trials = Trials(network(), question(network(), LENGTH, STARTS[:1], k=k))
    trials.progress = lambda done, total: signal.raise_signal(signal.SIGINT) if done == stop else None
    found = ranked(trials, 10)
    assert (found.is_partial, found.scenarios) == (True, stop)
    assert len(found.entities) == min(stop, 6)
    assert [one.tried for one in found.together] == ([] if k == 1 else [1])
    assert found.to_dict()["partial"] is True


def test_the_time_is_judged_by_a_sample():
    trials = Trials(network(), question(network(), LENGTH, STARTS, k=2))
    assert 0 < trials.seconds() < 60


@settings(max_examples=25, deadline=None)
@given(strategies.payment_cases())
def test_rankings_of_random_models_are_what_single_simulations_say(case):
    net = built(copy.deepcopy(case.tables))
    zone = time_zone(net.timezone)
    start = parse_instant(case.start.isoformat(timespec="minutes"), zone)
    starts = [start, start + 7 * HOUR]
    found = rank(net, starts, 30 * HOUR, k=2)
    agrees_alone(net, found, "recipient_hours", starts, 30 * HOUR)
    for joint in found.together[0].greatest[:5]:
        values = by_hand(net, joint.entities, "recipient_hours", starts, 30 * HOUR)
        assert joint.worst.together == pytest.approx(max(values))
