"""From Python as from the command line: the same answers to the same questions."""

import json
from base64 import b64decode
from datetime import timedelta
from html import escape
from math import isnan

import numpy as np
import pytest
from chain import tables
from click.testing import CliRunner

import beroenden
from beroenden.api.frames import frames
from beroenden.cli.main import commands
from beroenden.consequences.lengths import length_quantile
from beroenden.model.entities import Pert

UNCERTAIN = [{"entity": "bankgirot", "start": "2026-12-16T08:25", "for": {"min": "2h", "mode": "8h", "max": "30h"}}]


@pytest.fixture(scope="module")
def soes():
    return beroenden.load_or_raise("models/soes")


def printed(*words: str):
    result = CliRunner().invoke(commands, [*words, "--json", "-"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_rank_answers_as_the_command(soes):
    found = beroenden.rank(soes, "24h", "2026-12-16T08:00", k=2)
    said = printed("rank", "models/soes", "--for", "24h", "--start", "2026-12-16T08:00", "--k", "2")
    assert json.loads(json.dumps(found.to_dict())) == said


def test_rank_over_a_window_answers_as_the_command(soes):
    found = beroenden.rank(soes, "6h", "2026-12-16..2026-12-17", every="12h", by="payouts", targets=["barnbidrag"])
    said = printed(
        *("rank", "models/soes", "--for", "6h", "--window", "2026-12-16..2026-12-17", "--every", "12h"),
        *("--by", "payouts", "--target", "barnbidrag"),
    )
    assert json.loads(json.dumps(found.to_dict())) == said


@pytest.mark.sweep
def test_improve_answers_as_the_command(soes):
    found = beroenden.improve(soes, [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": "30h"}])
    said = printed("improve", "models/soes", "--outage", "bankgirot", "--start", "2026-12-16T08:00", "--for", "30h")
    assert json.loads(json.dumps(found.to_dict(len(said["improvements"])))) == said


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda network: beroenden.rank(network, "länge", "2026-12"), "length"),
        (lambda network: beroenden.rank(network, "24h", "december"), "2026-12"),
        (lambda network: beroenden.rank(network, "24h", "2026-12-16T8:00", every="1h"), "every"),
        (lambda network: beroenden.rank(network, "24h", "2026-12-16T08:00", targets=["barnbidraget"]), "barnbidrag"),
        (lambda network: beroenden.draw(network, [{"entity": "swish", "start": "2026-12-16T08:00"}]), "p50"),
        (lambda network: beroenden.view(network, focus="swsh"), "swish"),
        (lambda network: beroenden.explain(beroenden.simulate(network, UNCERTAIN), "swsh"), "swish"),
        (lambda network: beroenden.charts(beroenden.simulate(network, UNCERTAIN)), "actor"),
        (lambda network: beroenden.portrait(network, "swsh"), "swish"),
        (lambda network: beroenden.simulate(None), "load_or_raise"),
        (lambda network: beroenden.simulate(beroenden.build({})[0]), r"findings = build\(tables\)"),
        (lambda network: beroenden.simulate(beroenden.load("models/soes"), UNCERTAIN), "tuple"),
        (lambda network: beroenden.simulate(network, None), "outage"),
        (lambda network: beroenden.simulate(network, {**UNCERTAIN[0], "for": timedelta(seconds=90)}), "for"),
        (lambda network: beroenden.view(network, to="gren"), "gren"),
        (lambda network: beroenden.rank(network, "24h", "2026-12-16T08:00", targets="barnbidraget"), '"barnbidraget"'),
        (lambda network: beroenden.improve(network, UNCERTAIN, by="kronor"), "choose recipient_hours, amount"),
        (lambda network: beroenden.draw(network, UNCERTAIN, count=0), "count should be at least 1"),
        (lambda network: beroenden.draw(network, UNCERTAIN, seed=-1), "seed should be at least 0"),
        (lambda network: beroenden.risk(network, years=0), "years should be at least 1"),
    ],
)
def test_wrong_use_is_told_with_a_way_out(soes, ask, told):
    with pytest.raises(beroenden.UsageError, match=told):
        ask(soes)


def test_one_outage_stands_alone_and_a_length_may_be_a_timedelta(soes):
    outage = {"entity": "bankgirot", "start": "2026-12-16T08:00", "for": timedelta(hours=30)}
    alone = beroenden.simulate(soes, outage, horizon=timedelta(days=7))
    assert alone.to_dict() == beroenden.simulate(soes, [{**outage, "for": "30h"}], horizon="7d").to_dict()
    tables = {"model": {"name": "m"}, "entity": [{"id": "a", "kind": "system", "rto": timedelta(hours=1)}]}
    assert beroenden.build(tables)[0].entity["a"].rto == 60


def test_a_page_is_saved_in_a_folder_that_is_made_for_it(soes, tmp_path):
    page = beroenden.view(soes)
    page.save(tmp_path / "missing" / "x.html")
    assert (tmp_path / "missing" / "x.html").read_text("utf-8") == page.html
    with pytest.raises(beroenden.UsageError, match="cannot be written"):
        page.save(tmp_path / "missing" / "x.html" / "y.html")


def test_a_label_may_be_given_without_its_prefix(soes):
    assert beroenden.view(soes, to="green").html == beroenden.view(soes, to="TLP:GREEN").html


def test_a_faulty_scenario_file_raises_all_its_faults(soes, tmp_path):
    path = tmp_path / "s.toml"
    path.write_text('[[outage]]\nentity = "swsh"\nstart = 2026-12-16T08:00:00\nfor = "en timme"\n', "utf-8")
    with pytest.raises(beroenden.FaultyFilesError) as raised:
        beroenden.scenario(soes, path)
    assert len(raised.value.findings) == 2


def test_draws_are_those_of_the_distribution_and_agree_with_single_simulations(soes):
    found = beroenden.draw(soes, UNCERTAIN, count=400, seed=7)
    minutes = found.lengths["bankgirot"]
    assert (minutes.min(), minutes.max()) >= (120, 120)
    assert minutes.max() <= 1800
    expected = length_quantile(Pert(120, 480, 1800), 0.5)
    assert abs(float(np.median(minutes)) - expected) < 60
    for place in (0, 57, 399):
        outage = [{"entity": "bankgirot", "start": "2026-12-16T08:25", "for": f"{int(minutes[place])}min"}]
        alone = beroenden.simulate(soes, outage)
        assert alone.payouts_delayed == found.measures["payouts"][place]
        assert alone.amount_delayed == found.measures["amount"][place]


@pytest.mark.parametrize("is_all", [True, False])
def test_what_is_drawn_of_unknown_size_is_not_nothing(is_all):
    raw = tables()
    other = raw["payment"][0] | {"id": "other", "name": "Other", "priority": 2}
    del other["count"]
    raw["payment"] = [other] if is_all else [*raw["payment"], other]
    length = {"min": "20h", "mode": "23h", "max": "30h"}
    outage = {"entity": "sys", "start": "2026-12-15T17:00", "for": length}
    found = beroenden.draw(beroenden.build(raw)[0], [outage], count=60)
    is_late = found.measures["late_runs"] > 0
    assert 0 < is_late.sum() < 60
    assert found.uncounted["payouts"].tolist() == is_late.astype(int).tolist()
    assert (found.measures["payouts"][is_late] > 0).all() != is_all
    assert isnan(found.percentile("payouts", 50)) == isnan(found.percentile("recipient_hours", 50)) == is_all
    assert found.percentile("amount", 100) > 0
    late = found.to_dict()["draws"][is_late.argmax()]
    assert (late["payouts"] is None) == is_all
    assert (late["payments_not_counted_payouts"], late["payments_not_counted_amount"]) == (1, 0)
    assert set(frames(found)["draws"]["payouts"].isna()) == ({True, False} if is_all else {False})


def test_two_outages_of_one_entity_are_both_drawn(soes):
    again = [*UNCERTAIN, {**UNCERTAIN[0], "start": "2026-12-18T08:25"}]
    assert list(beroenden.draw(soes, again, count=5).lengths) == ["bankgirot", "bankgirot 2"]


def test_a_page_for_a_reader_holds_nothing_of_what_it_may_not_see(soes):
    hidden = next(one for one in soes.entities if soes.label_of(one.id) not in ("TLP:CLEAR",))
    assert hidden.name in beroenden.view(soes).html
    assert hidden.name not in beroenden.view(soes, to="TLP:CLEAR").html


def test_a_redacted_outcome_names_nothing_of_what_the_reader_may_not_see(soes):
    outcome = beroenden.simulate(soes, [{"entity": "elnat", "start": "2026-12-16T08:00", "for": "12h"}])
    hidden = {one.id for one in soes.entities if soes.label_of(one.id) != "TLP:CLEAR"}
    whole, shared = json.dumps(outcome.to_dict()), json.dumps(beroenden.redact(outcome, "TLP:CLEAR").to_dict())
    assert any(f'"{one}"' in whole for one in hidden)
    assert not any(f'"{one}"' in shared for one in hidden)


def test_a_notebook_shows_the_page_in_a_frame_that_reaches_nothing(soes, tmp_path):
    page = beroenden.view(soes, beroenden.simulate(soes, UNCERTAIN), payment="barnbidrag", height=500)
    shown = page._repr_html_()
    assert shown.startswith('<iframe sandbox="allow-scripts"')
    assert "height:500px" in shown
    page.save(tmp_path / "p.html")
    assert (tmp_path / "p.html").read_text("utf-8") == page.html


def test_charts_of_each_kind_of_result(soes):
    ranking = beroenden.rank(soes, "24h", "2026-12-16T08:00")
    risk = beroenden.risk(soes, years=400, year=2026)
    assert [chart.name for chart in beroenden.charts(soes)]
    assert len(beroenden.charts(ranking)) == 1
    assert len(beroenden.charts(risk)) == 3
    for chart in beroenden.charts(ranking):
        shown = chart._repr_html_()
        assert escape(chart.alt) in shown
        assert b64decode(shown.split("base64,")[1].removesuffix('">')).decode() == chart.svg()


def test_gaps_count_age_from_the_day_that_is_given(soes):
    stale = [len(beroenden.gaps(soes, today=day).of("stale")) for day in ("2026-12-01", "2036-12-01")]
    assert stale[0] == 0 < stale[1]


def test_gaps_want_a_day_that_can_be_read(soes):
    with pytest.raises(beroenden.UsageError, match="write 2026-12-18"):
        beroenden.gaps(soes, today="i dag")
