"""Risk against closed forms, against a twin in plain Python, and its promises."""

import os
import signal
from collections import defaultdict
from math import exp
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from analysis.risk import small
from analysis.risk.small import MINUTES, YEAR, entity, network, payment
from chain import tables

import beroenden
from beroenden.analysis.risk import risk as module
from beroenden.analysis.risk.attribution import divided, reached_by, side_by_side
from beroenden.analysis.risk.failures import failure_rates
from beroenden.analysis.risk.risk import risk
from beroenden.analysis.risk.years import APART, LONGEST, Block, Years, drawn_lengths, span_of
from beroenden.consequences.batch.chunk import batch_model, run_chunk
from beroenden.consequences.lengths import length_quantile
from beroenden.consequences.simulate import simulate_scenario
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.model.entities import LogNormal, Pert
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario


def within(found, expected: float) -> bool:
    """Whether an estimate agrees with what is true: four standard errors, so that a right program fails once in 16 000."""
    return abs(found.mean - expected) < 2 * (found.high - found.low) / 1.96


def in_days(network: Network, years: int, seed: int = 1, **more):
    return risk(network, years=years, seed=seed, year=YEAR, **more)


@pytest.mark.parametrize(
    ("failure", "mean_minutes", "per_year"),
    [
        ({"per_year": 6, "duration": "10h"}, 600, 6),
        ({"per_year": 6, "duration": {"min": "2h", "mode": "4h", "max": "30h"}}, 480, 6),
        ({"unavailability": 0.01, "duration": "10h"}, 600, 8.8),
    ],
)
def test_one_entity_and_one_payment_are_as_computed_by_hand(failure, mean_minutes, per_year):
    """A run at t is late if a failure began in (t - length, t]: of 12 runs each with probability 1 - exp(-rate * mean)."""
    made = network([entity("a", failure)], [payment("pay", ["a"])])
    found = in_days(made, 4000)
    often = per_year if "per_year" in failure else -np.log(0.99) * 525_960 / 600
    expected = 12 * (1 - exp(-often * mean_minutes / MINUTES))
    assert within(found.total.late_runs, expected)
    assert within(found.total.payouts, 1000 * expected)
    assert within(found.total.amount, 5e6 * expected)
    assert within(found.roots[0].consequences.payouts, 1000 * expected)
    assert found.payments[0].runs == 12
    assert found.events_apart["payouts"] is not None
    assert abs(found.events_apart["payouts"]) < 1e-9


def test_hours_late_are_as_computed_by_hand():
    """A failure of fixed length that covers a run leaves 1, 2, …, length minutes, each as likely; overlaps are rare here."""
    made = network([entity("a", {"per_year": 2, "duration": "10h"})], [payment("pay", ["a"])])
    found = in_days(made, 6000)
    late = 12 * 2 * 600 / MINUTES
    assert within(found.total.recipient_hours, 1000 * late * (600 + 1) / 2 / 60)
    assert within(found.total.over_max_delay, late * (600 - 240) / 600)


def test_endurance_holds_back_short_failures():
    needs = [{"provider": "a", "endurance": "8h"}]
    made = network([entity("a", {"per_year": 6, "duration": "10h"}), entity("b", needs=needs)], [payment("pay", ["b"])])
    found = in_days(made, 6000)
    assert within(found.total.late_runs, 12 * (1 - exp(-6 * 120 / MINUTES)))


def dense(spread: float = 1.0) -> Network:
    """The worked example, failing so often that failures meet."""
    made = tables()
    often = {"sys": 30, "power": 20, "clr": 12, "b1": 15, "b2": 15}
    for table in made["entity"]:
        if table["id"] in often:
            table["failure"] = {"per_year": often[table["id"]], "duration": {"p50": "5h", "p90": "30h"}}
        for need in table.get("needs", []):
            need["spread"] = spread
    built, findings = beroenden.build(made)
    assert built is not None, findings
    return built


def test_a_twin_in_plain_python_gives_the_same_sums():
    """Every year simulated at once by the single run, with the same failures: the same totals, payments and groups."""
    model = dense()
    failing, _ = failure_rates(model)
    span = span_of(model, YEAR)
    (block,) = Years(model, failing, span).blocks(20, 7, 20)
    years = twin_scenarios(model, block, failing, span.horizon)[: len(block.hit)]
    outcomes = [simulate_scenario(model, scenario) for scenario in years]
    with mock.patch.object(module._Runner, "_size", lambda self, columns: 20):
        found = in_days(model, 20, seed=7)
    assert found.total.payouts.mean * 20 == pytest.approx(sum(one.payouts_delayed for one in outcomes), rel=1e-12)
    assert found.total.amount.mean * 20 == pytest.approx(sum(one.amount_delayed for one in outcomes), rel=1e-12)
    assert found.total.recipient_hours.mean * 20 == pytest.approx(sum(one.recipient_hours for one in outcomes))
    assert found.total.late_runs.mean * 20 == sum(len(one.late_runs) for one in outcomes) > 20
    persons = sum(group.person_hours or 0 for one in outcomes for group in one.groups)
    assert found.groups[0].hours.mean * 20 * 2000 == pytest.approx(persons)
    yearly = sorted((one.payouts_delayed for one in outcomes), reverse=True)
    assert found.bad["payouts"].sum.values[-1] == yearly[0]
    assert found.bad["payouts"].sum.level(2).value == yearly[9]


def test_an_uncertain_endurance_is_drawn_once_a_year():
    model = dense(spread=3.0)
    drawing = Years(model, failure_rates(model)[0], span_of(model, YEAR))
    (block,) = drawing.blocks(8, 3, 8)
    scenarios = drawing.scenarios(block)
    factors = {tuple(row) for row in scenarios.factors.tolist()}
    assert len(factors) == len(block.hit) == 8
    assert scenarios.factors[8:16].tolist() != scenarios.factors[:8].tolist()
    assert scenarios.factors[:8].tolist() == block.factors.tolist()


def test_a_year_at_once_is_the_single_run():
    """What is added up of a block is what single runs of its years, events and failures say."""
    model = dense()
    failing, _ = failure_rates(model)
    drawing = Years(model, failing, span_of(model, YEAR))
    (block,) = drawing.blocks(6, 3, 6)
    scenarios = drawing.scenarios(block)
    batch = batch_model(model, targets=("people",))
    simulated = side_by_side(run_chunk(batch, scenarios))
    rows = twin_scenarios(model, block, failing, drawing.span.horizon)
    assert len(rows) == len(scenarios)
    for place, scenario in enumerate(rows):
        outcome = simulate_scenario(model, scenario)
        expected = [len(outcome.late_runs), sum(bool(run.over_max_delay) for run in outcome.runs)]
        expected += [outcome.payouts_delayed, outcome.amount_delayed, outcome.recipient_hours]
        lost = {impact.entity.id: impact.lost_hours for impact in outcome.entities}
        assert simulated[place].tolist() == pytest.approx([*expected, lost.get("people", 0.0)], rel=1e-12)


def twin_scenarios(model: Network, block: Block, failing, horizon: int) -> list[Scenario]:
    """Years, events, and failures of joint events alone, in plain Python."""
    failures = [
        Outage(int(start), int(end), failing[root].entity)
        for root, start, end in zip(block.root, block.start, block.end, strict=True)
    ]
    years: dict[int, list[Outage]] = defaultdict(list)
    for year, failure in zip(block.year.tolist(), failures, strict=True):
        years[year].append(failure)
    events: list[list[Outage]] = []
    for _, members in sorted(years.items()):
        over = None
        for failure in members:
            if over is None or failure.start >= over + APART:
                events.append([])
            events[-1].append(failure)
            over = max(over or 0, failure.end or 0) if over is not None else failure.end
    alone = [[failure] for members in events if len(members) > 1 for failure in members]
    return [
        Scenario(tuple(group), horizon=max(one.end or 0 for one in group) + horizon - min(one.start for one in group))
        for group in [*(members for _, members in sorted(years.items())), *events, *alone]
    ]


def test_parts_are_never_negative_and_sum_to_the_whole():
    found = in_days(dense(), 200)
    for measure in ("late_runs", "over_max_delay", "payouts", "amount", "recipient_hours"):
        total = getattr(found.total, measure).mean
        assert sum(getattr(root.consequences, measure).mean for root in found.roots) == pytest.approx(total)
        assert sum(getattr(one.consequences, measure).mean for one in found.payments) == pytest.approx(total)
        assert min(getattr(root.consequences, measure).mean for root in found.roots) >= 0
    assert found.joint_events > 100
    assert found.total.payouts.mean > 0
    apart = found.events_apart["payouts"]
    assert apart is not None
    assert abs(apart) < 0.05


def reserves(endurance: str = "0min") -> Network:
    """One payment on either of two providers, and a third that it does not depend on."""
    needs = [{"any_of": ["a", "b"], "endurance": endurance}]
    failing = {"per_year": 40, "duration": "20h"}
    entities = [entity("a", failing), entity("b", failing), entity("else", failing), entity("c", needs=needs)]
    return network(entities, [payment("pay", ["c"])])


def test_reserves_that_fail_at_once_share_the_blame_and_others_have_none():
    """Late if both are out at 06:00: (1 - exp(-rate * length))² of the runs, by halves."""
    found = in_days(reserves(), 1500)
    down = 1 - exp(-40 * 1200 / MINUTES)
    assert within(found.total.late_runs, 12 * down**2)
    by_root = {root.entity.id: root.consequences.late_runs for root in found.roots}
    assert within(by_root["a"], 6 * down**2)
    assert within(by_root["b"], 6 * down**2)
    assert by_root["else"].mean == 0


def block_of(*failures: tuple[int, int, int], event: list[int]) -> Block:
    """A year of (root, start, end)."""
    root, start, end = (np.array(column, np.int64) for column in zip(*failures, strict=True))
    return Block(1, np.zeros(len(root), np.int64), np.array(event), root, start, end, np.ones((1, 0)), 0)


def two_stages() -> Network:
    """A payment that passes two stages: the first by cut-off, so that one failure can move the run into another."""
    made = payment("pay", ["a"])
    made["stage"] = [
        {"id": "one", "opens": {"days": 0, "at": small.time(6)}, "needs": [{"provider": "a", "endurance": "0min"}]},
        {"id": "two", "needs": [{"provider": "b", "endurance": "0min"}]},
    ]
    data = {"per_year": 1, "duration": "4d"}
    return network([entity("a", data), entity("b", data)], [made])


def test_failures_of_different_events_that_meet_in_a_run_are_counted_once():
    """a delays the run by 40 h into the failure of b: one late run in the year, though each event has one or none."""
    model = two_stages()
    failing, _ = failure_rates(model)
    drawing = Years(model, failing, span_of(model, YEAR))
    due = beroenden.simulate(model, [{"entity": "a", "start": "2026-05-15T05:59", "for": "2min"}]).runs[0].planned
    block = block_of((0, due - 10, due + 2400), (1, due + 2000, due + 4000), event=[0, 1])
    simulated = side_by_side(run_chunk(batch_model(model), drawing.scenarios(block)))
    reach = np.repeat(reached_by(model, ["a", "b"], ["pay"], []), 5, axis=1)
    found = divided(block, simulated, reach)
    assert found.whole[0, 0] == 1
    assert found.whole[0, 4] == pytest.approx(1000 * 4000 / 60)
    assert found.events[:, 0].tolist() == [1, 0]
    assert found.parts.sum(axis=0).tolist() == pytest.approx(found.whole[0].tolist())
    assert found.parts[0, 0] == 1


def test_events_are_failures_within_a_day_of_each_other():
    model = reserves()
    failing, _ = failure_rates(model)
    for block in Years(model, failing, span_of(model, YEAR)).blocks(20, 5, 7):
        assert np.all(np.diff(block.event) >= 0)
        for year in range(block.years):
            mine = np.flatnonzero(block.year == year)
            over = np.maximum.accumulate(block.end[mine])
            joins = block.start[mine][1:] < over[:-1] + APART
            assert (np.diff(block.event[mine]) == 0).tolist() == joins.tolist()


def test_the_same_seed_gives_the_same_figures_and_another_others():
    model = dense()
    one, again, other = (in_days(model, 60, seed).to_dict() for seed in (1, 1, 2))
    assert one == again
    assert one["expected"] != other["expected"]


@pytest.mark.sweep
def test_two_processes_give_the_same_figures():
    model = dense()
    assert in_days(model, 300).to_dict() == in_days(model, 300, processes=2).to_dict()


def test_ctrl_c_ends_with_what_is_done():
    told = []

    def progress(done, total):
        told.append((done, total))
        os.kill(os.getpid(), signal.SIGINT)

    found = in_days(dense(), 500, progress=progress)
    assert found.is_partial
    assert 0 < found.years < 500
    assert told == [(told[0][0], 500)] or told[-1] == (found.years, 500)
    assert found.to_dict()["partial"] is True
    assert found.convergence["payouts"][-1].years == found.years


def test_without_failure_data_the_risk_is_unknown_and_it_is_told_what_to_enter():
    with pytest.raises(FaultyFilesError, match=r'B673 .*of "a".*per_year'):
        in_days(network([entity("a")], [payment("pay", ["a"])]), 10)


def test_what_lacks_data_is_listed_and_what_never_fails_is_not():
    entities = [
        entity("a", {"per_year": 1, "duration": "1h"}),
        entity("b"),
        entity("c", {"unavailability": 0.01}),
        entity("d", {"per_year": 3}),
        entity("e", {"duration": "3h"}),
        entity("f", {"per_year": 0}),
        entity("g", {"unavailability": 0}),
    ]
    told = in_days(network(entities, [payment("pay", ["a"])]), 10).to_dict()
    assert {one["entity"]: one["missing"] for one in told["without_failure_data"]} == {
        "b": "failure",
        "c": "duration",
        "d": "duration",
        "e": "per_year",
    }
    assert [root["entity"] for root in told["roots"]] == ["a"]


def test_unknown_sizes_are_unknown_and_never_zero():
    unknown = payment("pay", ["a"])
    del unknown["count"], unknown["amount"]
    made = network([entity("a", {"per_year": 50, "duration": "1d"})], [unknown])
    found = in_days(made, 100)
    told = found.to_dict()
    assert told["payments"][0]["expected"]["payouts"] is None
    assert told["payments"][0]["expected"]["amount"] is None
    assert told["payments"][0]["expected"]["late_runs"]["mean"] > 1
    assert told["of_unknown_size"] == ["pay"]
    assert told["roots"][0]["likelihood_step"] == 5
    assert told["roots"][0]["consequence_step"] is None
    for one in (told, told["roots"][0]):
        assert one["expected"]["late_runs"]["mean"] > 1
        assert [one["expected"][name] for name in ("payouts", "amount", "recipient_hours")] == [None] * 3
        assert one["payments_not_counted"] == {"late_runs": 0, "over_max_delay": 0} | dict.fromkeys(
            ("payouts", "amount", "recipient_hours"), 1
        )
    assert set(told["exceedance"].values()) == set(told["convergence"].values()) == {None}


def test_what_comes_late_of_unknown_size_is_counted_by_payment_where_it_comes_late():
    """Failures of b delay nothing of unknown size; without a max_delay no one knows what is later than that."""
    unknown = payment("other", ["a"])
    del unknown["count"], unknown["max_delay"]
    often = {"per_year": 50, "duration": "1d"}
    made = network([entity("a", often), entity("b", often)], [payment("pay", ["a", "b"]), unknown])
    found = in_days(made, 50)
    counted = dict.fromkeys(("late_runs", "over_max_delay", "payouts", "amount", "recipient_hours"), 0)
    of = {root.entity.id: root.consequences for root in found.roots}
    assert of["b"].uncounted == counted
    assert of["a"].uncounted == found.total.uncounted
    assert found.total.uncounted == counted | {"over_max_delay": 1, "payouts": 1, "recipient_hours": 1}
    assert not found.total.is_unknown("payouts")
    assert [one.id for one in found.uncounted("payouts")] == ["other"]
    assert found.to_dict()["payments"][1]["expected"]["over_max_delay"] is None


def test_a_failure_longer_than_a_year_is_cut_off_and_counted():
    made = network([entity("a", {"per_year": 2, "duration": {"p50": "40w", "p90": "400w"}})], [payment("pay", ["a"])])
    found = in_days(made, 50)
    assert 20 < found.cut < 80
    (block,) = Years(made, failure_rates(made)[0], span_of(made, YEAR)).blocks(50, 1, 50)
    assert (block.end - block.start).max() == LONGEST


def test_years_without_any_failure_count_as_years():
    made = network([entity("a", {"per_year": 0.01, "duration": "1h"})], [payment("pay", ["a"])])
    found = in_days(made, 20, seed=3)
    assert (found.years, found.total.payouts.mean, found.total.payouts.high) == (20, 0.0, None)
    assert found.roots[0].likelihood is None
    assert found.roots[0].harmful.high > 0


@pytest.mark.parametrize("year", [1970, 2097, 0])
def test_a_year_outside_the_calendar_is_refused(year):
    made = network([entity("a", {"per_year": 1, "duration": "1h"})], [payment("pay", ["a"])])
    with pytest.raises(UsageError, match="--window"):
        risk(made, years=2, year=year)


@pytest.mark.parametrize("length", [90, Pert(60, 120, 600), Pert(60, 60, 600), LogNormal(60, 600)])
def test_lengths_are_the_quantiles_of_a_single_draw(length):
    shares = np.random.default_rng(2).random(500)
    if isinstance(length, int):
        assert set(drawn_lengths(length, shares).tolist()) == {90}
    else:
        assert drawn_lengths(length, shares).tolist() == [length_quantile(length, one) for one in shares.tolist()]


def test_soes_says_what_it_does_not_know():
    model = beroenden.load_or_raise(Path(__file__).parents[3] / "models" / "soes")
    found = in_days(model, 50)
    assert {one.entity for one in found.lacking if one.missing == "duration"} == {"rix"}
    assert {root.entity.id for root in found.roots} == {"swedbank", "bankid", "swish", "tietoevry"}
    assert len(found.lacking) + len(found.roots) == sum(one.kind != "citizens" for one in model.entities)
