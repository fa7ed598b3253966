"""`beroenden rank` and `beroenden cutsets --timed` as a user meets them."""

import json
import re
import signal
from datetime import date
from pathlib import Path

import pytest
from chain import network, tables
from click.testing import CliRunner

import beroenden
from beroenden.api.questions import rank as ranking
from beroenden.cli import progress
from beroenden.cli.main import commands
from beroenden.consequences.batch.sweep import Sweep
from beroenden.language import writing_in
from beroenden.views.rankings import ranking_chart

SOES = Path(__file__).parents[2] / "models" / "soes"
WINDOW = ("--for", "24h", "--window", "2026-12-15..2026-12-18", "--every", "6h")


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(one) for one in arguments], env={"COLUMNS": "80"})


def told(*arguments: object):
    done = run(*arguments, "--json", "-")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def model(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return tmp_path / "model.toml"


def test_json_is_alone_on_stdout(model):
    found = told("rank", model, *WINDOW, "--k", 2)
    assert found["schema"] == "beroenden/ranking/1"
    assert found["model"] == {"name": "Worked example", "version": "1", "hash": network().hash}
    assert found["starts"] == {
        "first": "2026-12-15T00:00+01:00",
        "last": "2026-12-18T18:00+01:00",
        "count": 16,
        "every_minutes": 360,
    }
    assert (found["by"], found["length_minutes"], found["horizon_minutes"]) == ("recipient_hours", 1440, 20160)
    assert found["scenarios"] == {"planned": (6 + 15) * 16, "done": (6 + 15) * 16}
    assert found["partial"] is False
    assert [one["entity"] for one in found["entities"][:2]] == ["clr", "sys"]
    [pairs] = found["together"]
    assert pairs["combinations"] == pairs["tried"] == 15


def test_where_no_payment_is_due_nothing_is_told_to_be_harmless_without_saying_so(tmp_path):
    raw = tables()
    del raw["payment"][0]["rrule"]
    raw["payment"][0]["dates"] = [date(2026, 12, 18)]
    beroenden.save(beroenden.build(raw)[0], tmp_path / "model.toml")
    commands = (
        ("rank", "--for", "24h", "--window", "{}-12", "--every", "24h"),
        ("simulate", "--outage", "b1", "--start", "{}-12-15T08:00"),
    )
    for command, *options in commands:
        due, none = (
            run(command, tmp_path / "model.toml", *(one.format(year) for one in options)) for year in (2026, 2027)
        )
        assert " is due" not in due.output
        assert re.search(r"No payment (that counts )?is due", " ".join(none.output.split()))
    assert (
        told("rank", tmp_path / "model.toml", "--for", "1h", "--window", "2027-03", "--every", "24h")["payment_runs"]
        == 0
    )


def test_a_model_without_payments_is_told_to_have_none(tmp_path):
    raw = tables()
    del raw["payment"]
    beroenden.save(beroenden.build(raw)[0], tmp_path / "model.toml")
    done = run("rank", tmp_path / "model.toml", "--for", "24h", "--window", "2026-12", "--every", "24h")
    assert "The model has no payments, so none can be late. Add them as [[payment]]." in " ".join(done.output.split())
    assert "Choose another time" not in done.output


def test_one_is_told_in_the_singular(tmp_path):
    raw = tables()
    del raw["payment"][0]["count"]
    raw["entity"] = [one for one in raw["entity"] if one["id"] in ("payer", "b1", "b2", "clr", "sys")]
    raw["entity"][1]["needs"] = []
    del raw["payment"][0]["recipients"]
    beroenden.save(beroenden.build(raw)[0], tmp_path / "model.toml")
    with writing_in("sv"):
        said = " ".join(run("rank", tmp_path / "model.toml", *WINDOW).output.split())
    assert "1 entitet gör ingen sådan skada." in said
    shown = "Av starter som är lika illa i det som räknas visas den då dessa betalningar blir som senast."
    assert f"1 betalning (Allowance). {shown}" in said


def test_figures_are_those_of_simulate():
    found = told("rank", SOES, "--for", "24h", "--window", "2026-12-22", "--every", "3h", "--by", "amount")
    first = found["entities"][0]
    outcome = told("simulate", SOES, "--outage", first["entity"], "--start", first["worst_start"], "--for", "24h")
    assert outcome["totals"]["amount_delayed"] == first["worst"] > 0
    assert sum(run["status"] != "on_time" for run in outcome["payments"]) == first["payments_late"]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("--for", "24h", "--start", "2026-12-22T12:00", "--k", 2),
        ("--for", "24h", "--window", "2026-12-22", "--every", "12h", "--k", 2, "--by", "amount"),
        ("--for", "24h", "--window", "2026-12-16", "--every", "6h", "--target", "barnbidrag", "--top", 3),
    ],
)
def test_tables_fit_80_columns_and_name_by_name(language, arguments):
    with writing_in(language):
        done = run("rank", SOES, *arguments)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Svenska kraftnät" in done.stdout
    assert "svenska-kraftnat" not in done.stdout


def test_what_is_not_shown_is_told(model):
    done = run("rank", model, *WINDOW, "--top", 1)
    assert "Shows 1 of 4 entities whose outage does harm" in done.stdout
    assert "2 entities do no such harm" in done.stdout
    assert "Shows 1 of 4." in done.stdout


def test_each_payment_has_a_line_with_its_single_points():
    done = run("rank", SOES, "--for", "12h", "--start", "2026-12-16T12:00")
    assert re.search(r"Barnbidrag och flerbarnstillägg +12 +12 +Swedbank", done.stdout)


def test_what_the_model_does_not_know_is_told(tmp_path):
    raw = tables()
    del raw["payment"][0]["count"]
    made, _ = beroenden.build(raw)
    beroenden.save(made, tmp_path / "model.toml")
    done = run("rank", tmp_path / "model.toml", *WINDOW)
    assert re.search(r"The payer's system +unknown", done.stdout)
    assert "the model lacks the figure: 1 payment (Allowance)" in done.stdout


@pytest.mark.parametrize(("suffix", "begins"), [(".png", b"\x89PNG"), (".svg", b"<svg")])
def test_a_chart(model, tmp_path, suffix, begins):
    path = tmp_path / f"chart{suffix}"
    done = run("rank", model, *WINDOW, "--k", 2, "--chart", path)
    assert done.exit_code == 0
    assert path.read_bytes().startswith(begins)
    assert str(path) in done.stderr


def test_a_chart_of_nothing_is_not_drawn(model, tmp_path):
    done = run("rank", model, "--for", "1h", "--start", "2026-11-25T08:00", "--chart", tmp_path / "chart.png")
    assert done.exit_code == 1
    assert "Nothing to draw" in done.stderr
    assert "recipient-hours" in done.stderr
    assert "6 entities do no such harm" in " ".join(done.stdout.split())
    assert not (tmp_path / "chart.png").exists()


def test_a_chart_says_of_what_it_is_and_holds_as_many_as_are_asked_for(model, tmp_path):
    asked = ("rank", model, *WINDOW, "--target", "allowance", "--lang", "en", "--top", 2)
    done = run(*asked, "--chart", tmp_path / "chart.svg")
    assert done.exit_code == 0, done.output
    found = ranking(network(), "24h", "2026-12-15..2026-12-18", every="6h", targets=["allowance"])
    with writing_in("en"):
        chart, whole = ranking_chart(found, 2), ranking_chart(found)
    harmful = sum(not one.is_harmless for one in found.entities)
    assert chart.title == (
        "Outages of 24 h starting Tue 2026-12-15 00:00 – Fri 2026-12-18 18:00: recipient-hours "
        f"(the first 2 of {harmful})"
    )
    assert harmful > 2
    assert "Clearing" in whole.alt + chart.alt
    assert chart.svg() == (tmp_path / "chart.svg").read_text("utf-8") != whole.svg()


def test_a_chart_is_written_before_its_reader_stops_reading(model, tmp_path, monkeypatch):
    def stops(*_):
        raise BrokenPipeError

    monkeypatch.setattr("beroenden.cli.rank.print_ranking", stops)
    run("rank", model, *WINDOW, "--chart", tmp_path / "chart.svg")
    assert (tmp_path / "chart.svg").exists()


def test_what_is_added_and_what_is_worst_are_told_apart(model):
    told = " ".join(run("rank", model, *WINDOW, "--k", 3).stdout.split())
    assert "More than the sum: what a second failure adds" in told
    assert "More than the sum: what three together add" in told
    assert "Worst together: more than the worst of them alone" in told
    assert "Worst together: more than the worst pair of them" in told
    assert "it may still be less than the sum of each alone" in told


def test_the_order_of_single_points_is_said(model):
    told = " ".join(run("rank", model, *WINDOW, "--target", "allowance").stdout.split())
    assert "Order: those that make the payment later than tolerable first" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--for"),
        (["--for", "24h"], "--window"),
        (["--for", "24h", "--start", "2026-12-15T08:00", "--window", "2026-12"], "either"),
        (["--for", "24h", "--start", "2026-12-15T08:00", "--every", "1h"], "--every"),
        (["--for", "2-6h", "--start", "2026-12-15T08:00"], "not a span"),
        (["--for", "24h", "--start", "soon"], "--start"),
        (["--for", "24h", "--window", "December"], "2026-12"),
        (["--for", "24h", "--window", "2026-12", "--every", "5h"], "evenly"),
        (["--for", "0h", "--start", "2026-12-15T08:00"], "0"),
        (["--for", "24h", "--start", "2026-12-15T08:00", "--target", "powr"], 'Did you mean "power"'),
        (["--for", "24h", "--start", "2026-12-15T08:00", "--k", "4"], "--k"),
        (["--for", "24h", "--start", "2026-12-15T08:00", "--chart", "a.pdf"], ".svg"),
        (["--for", "24h", "--start", "2099-12-30T08:00"], "too far"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(model, arguments, said):
    done = run("rank", model, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr


def test_what_is_large_is_told_and_not_started_without_yes(model, monkeypatch):
    monkeypatch.setattr(progress, "MOST_SCENARIOS", 100)
    done = run("rank", model, *WINDOW, "--k", 3)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "656 scenarios, about 1\N{NO-BREAK SPACE}s" in done.stderr
    assert "--yes" in done.stderr
    done = run("rank", model, *WINDOW, "--k", 3, "--yes")
    assert done.exit_code == 0
    assert "656 scenarios" in done.stderr
    done = run("cutsets", model, "--target", "allowance", "--timed", *WINDOW)
    assert done.exit_code == 0  # all suffice alone


def test_ctrl_c_prints_what_is_done_and_that_it_is_partial(model, monkeypatch):
    monkeypatch.setattr("beroenden.analysis.ranking.trials.CHUNK", 1)
    ordinary = Sweep._chunks

    def interrupted(sweep):
        for place, chunk in enumerate(ordinary(sweep)):
            if place == 3:
                signal.raise_signal(signal.SIGINT)
            yield chunk

    monkeypatch.setattr(Sweep, "_chunks", interrupted)
    done = run("rank", model, *WINDOW, "--k", 2)
    assert done.exit_code == 0
    assert "PARTIAL: stopped after 64 of 336 scenarios; 4 entities were tried." in " ".join(done.stdout.split())


def test_timed_cut_sets():
    arguments = ("cutsets", SOES, "--target", "barnbidrag", "--timed", "--for", "12h", "--start", "2026-12-16T12:00")
    found = told(*arguments)
    assert found["by_order"] == {"1": 12, "3": 1}
    assert ["telia", "tele2", "telenor"] in found["cut_sets"]
    for language, words in (("sv", "Faller tillsammans"), ("en", "Fail together")):
        with writing_in(language):
            done = run(*arguments, "--limit", 5)
        assert words in done.stdout
        assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Shows 5 of 13 sets" in done.stdout
    assert run(*arguments, "--max-order", 1, "--json", "-").stdout.count('"telia"') == 0


def test_timed_cut_sets_that_are_none(model):
    done = run("cutsets", model, "--target", "allowance", "--timed", "--for", "5min", "--start", "2026-12-15T10:00")
    assert "No such outages make it that late." in done.stdout
    done = run("cutsets", model, "--target", "allowance", "--timed", "--for", "12h", "--start", "2026-11-25T10:00")
    assert "No run of the payment is due within 14\N{NO-BREAK SPACE}d." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--timed"], "--for"),
        (["--for", "12h"], "--timed"),
        (["--timed", "--for", "12h", "--start", "2026-12-15T08:00", "--level", "0.5"], "--level"),
    ],
)
def test_timed_wrong_usage(model, arguments, said):
    done = run("cutsets", model, "--target", "allowance", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_an_actor_as_target_is_told_that_its_payments_are_others(model):
    """Its own capacity was ranked, and nothing said that the payments it pays did not count."""
    told = " ".join(run("rank", model, *WINDOW, "--target", "payer").stdout.split())
    assert "for those: --target allowance" in told
    assert "for those" not in run("rank", model, *WINDOW, "--target", "payer", "--target", "allowance").stdout
