"""`beroenden risk` as a user meets it."""

import json
import re
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from chain import tables
from click.testing import CliRunner

import beroenden
from beroenden.cli.main import commands
from beroenden.language import writing_in
from beroenden.views.risk import risk_charts

FAILURE = {"per_year": 20, "duration": {"p50": "5h", "p90": "30h"}}


def run(*arguments: object):
    return CliRunner().invoke(commands, ["risk", *(str(one) for one in arguments)], env={"COLUMNS": "80"})


def saved(folder: Path, failure: dict[str, object] | None) -> Path:
    made = tables()
    for table in made["entity"]:
        if table["id"] in ("power", "clr", "b2") and failure:
            table["failure"] = failure
        if table["id"] == "b1" and failure:
            table["failure"] = {"unavailability": 0.01}
    network, findings = beroenden.build(made)
    assert network is not None, findings
    beroenden.save(network, folder / "model.toml")
    return folder / "model.toml"


@pytest.fixture
def model(tmp_path) -> Path:
    return saved(tmp_path, FAILURE)


def test_json_is_alone_on_stdout(model):
    done = run(model, "--years", 60, "--window", 2026, "--seed", 4, "--json", "-")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["schema"] == "beroenden/risk/1"
    assert (told["seed"], told["year"], told["years"], told["partial"]) == (4, 2026, 60, False)
    assert told["scenarios"] > 60 * 60
    assert [root["entity"] for root in told["roots"]] == sorted(
        ("power", "clr", "b2"), key=lambda one: next(i for i, root in enumerate(told["roots"]) if root["entity"] == one)
    )
    assert told["expected"]["payouts"]["low"] < told["expected"]["payouts"]["mean"]
    assert {one["entity"] for one in told["without_failure_data"]} == {"payer", "sys", "b1"}


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "en",
            (
                "Risk over a year: Worked example",
                "UNKNOWN risk: 2 entities have no failure data",
                "Bank one never fails here",
                "Root causes, a year",
                "The year's largest event",
                "Power → The payer's system (4 h)",
                "→ Allowance",
                "Convergence",
            ),
        ),
        (
            "sv",
            (
                "Risk under ett år: Worked example",
                "OKÄND risk: 2 entiteter saknar feldata",
                "Årets största händelse",
                "Riskmatris",
                "Power → The payer's system (4 tim)",
                "Konvergens",
            ),
        ),
    ],
)
def test_the_terminal_tells_it_within_80_columns(model, lang, texts):
    with writing_in(lang):
        done = run(model, "--years", 60, "--window", 2026)
    assert done.exit_code == 0, done.output
    plain = done.output.replace("\N{NO-BREAK SPACE}", " ")
    for text in texts:
        assert text in plain
    assert max(map(len, done.output.splitlines())) <= 80


def test_without_failure_data_it_says_what_to_enter_where(tmp_path):
    done = run(saved(tmp_path, None), "--window", 2026)
    assert done.exit_code == 1
    assert "B673" in done.stderr
    assert "failure = { per_year" in done.stderr
    assert "Traceback" not in done.output


@pytest.mark.parametrize("is_all", [True, False])
def test_late_payments_of_unknown_size_are_never_nothing(tmp_path, is_all):
    made = tables()
    made["entity"][1]["failure"] = {"per_year": 20, "duration": "60h"}
    other = deepcopy(made["payment"][0]) | {"id": "other", "name": "Other", "priority": 2}
    del other["count"], other["amount"]
    made["payment"] = [other] if is_all else [*made["payment"], other]
    beroenden.save(beroenden.build(made)[0], tmp_path / "model.toml")
    with writing_in("sv"):
        plain = run(tmp_path / "model.toml", "--years", 60, "--window", 2026).output.replace("\N{NO-BREAK SPACE}", " ")
    payouts = next(row for row in plain.splitlines() if row.startswith("Försenade utbetalningar"))
    assert re.search(r" okänt +–$" if is_all else r" minst [\d ]+ ", payouts)
    told = (
        "Okänt: antal mottagare saknas för Other."
        if is_all
        else "Utan de betalningar vars antal mottagare saknas: Other."
    )
    assert plain.count(told) == 3  # how bad, chains, convergence
    assert ("försenade utbetalningar av okänt antal" in " ".join(plain.split())) == is_all
    assert "inga förseningar" not in plain
    assert bool(re.search(r"^The payer's system +\d\S* +minst [\d ]+", plain, re.MULTILINE)) != is_all
    assert "även de som inte försenar någon betalning" in " ".join(plain.split()) or is_all
    assert ("Konsekvensen är minst så stor för The payer's system" in plain) != is_all


def test_where_no_payment_is_due_that_is_said(tmp_path):
    made = tables()
    made["entity"][1]["failure"] = FAILURE
    del made["payment"][0]["rrule"]
    made["payment"][0]["dates"] = [date(2026, 12, 18)]
    beroenden.save(beroenden.build(made)[0], tmp_path / "model.toml")
    due, none = (run(tmp_path / "model.toml", "--years", 20, "--window", year).output for year in (2026, 2028))
    assert "No payment is due" not in due
    assert "No payment is due in 2028, so none can be late." in none
    del made["payment"]
    beroenden.save(beroenden.build(made)[0], tmp_path / "model.toml")
    without = " ".join(run(tmp_path / "model.toml", "--years", 20, "--window", 2026).output.split())
    assert without.count("payments, so none can be late. Add them as [[payment]].") == 1
    assert "another year" not in without and "Payments that suffer" not in without


def test_brackets_are_explained_where_there_are_any(model, tmp_path):
    made = tables()
    made["entity"][1]["failure"] = {"per_year": 0.1, "duration": "1h"}
    beroenden.save(beroenden.build(made)[0], tmp_path / "rare.toml")
    told = [run(path, "--years", 60, "--window", 2026).output for path in (model, tmp_path / "rare.toml")]
    tables_of_bad = [one.partition("How bad a year")[2].partition("Root causes")[0] for one in told]
    assert ["In brackets 95% confidence." in one for one in tables_of_bad] == [True, False]
    assert ["(" in one for one in tables_of_bad] == [True, False]


def test_harm_that_no_failure_does_alone_is_said_to_be_of_several(tmp_path):
    made = tables()
    (banks,) = made["entity"][-1]["needs"]
    banks["at_least"] = 1
    for bank in made["entity"][4:6]:
        bank["failure"] = {"per_year": 100, "duration": "24h"}
    beroenden.save(beroenden.build(made)[0], tmp_path / "model.toml")
    told = run(tmp_path / "model.toml", "--years", 20, "--window", 2026).output
    chains = " ".join(told.partition("Risk chains to citizens")[2].split())
    assert chains.startswith("(at most order 4) None: no failure gets there alone. The harm above comes of several")
    banks["at_least"] = 2
    made["entity"][4]["needs"] = [{"provider": "power", "endurance": "0min"}]
    made["entity"][2]["needs"] = [{"provider": "clr", "endurance": "0min"}]
    made["entity"][3]["failure"] = made["entity"][4].pop("failure")
    del made["entity"][5]["failure"]
    beroenden.save(beroenden.build(made)[0], tmp_path / "model.toml")
    short, whole = (
        run(tmp_path / "model.toml", "--years", 20, "--window", 2026, "--order", order).output for order in (1, 4)
    )
    assert "None that short from a single failure." in short
    assert "Clearing → Power → Bank one → People" in whole


def test_charts_are_written(model, tmp_path):
    done = run(model, "--years", 60, "--window", 2026, "--charts", tmp_path / "out", "--lang", "en")
    assert done.exit_code == 0, done.output
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        f"{one}.{form}" for one in ("overskridande", "riskmatris", "rangordning") for form in ("svg", "png")
    }
    assert (tmp_path / "out" / "riskmatris.png").read_bytes().startswith(b"\x89PNG")
    assert "Risk matrix of entities" in (tmp_path / "out" / "riskmatris.svg").read_text("utf-8")


def test_a_curve_that_is_not_drawn_is_told_of(model, tmp_path):
    done = run(model, "--years", 8, "--window", 2026, "--charts", tmp_path / "out")
    assert len(list((tmp_path / "out").iterdir())) == 4
    assert "too few simulated years" in done.stderr


def test_charts_are_written_before_their_reader_stops_reading(model, tmp_path, monkeypatch):
    def stops(*_):
        raise BrokenPipeError

    monkeypatch.setattr("beroenden.cli.risk_tables.print_risk", stops)
    run(model, "--years", 60, "--window", 2026, "--charts", tmp_path / "charts")
    assert len(list((tmp_path / "charts").iterdir())) == 6


def test_the_picture_has_the_numbers_of_the_table_and_the_limits_of_its_steps(model):
    found = beroenden.risk(beroenden.load_or_raise(model), years=400, year=2026, seed=4)
    with writing_in("en"):
        chart = next(one for one in risk_charts(found) if one.name == "riskmatris")
    placed = [root.entity.name for root in found.roots if root.likelihood is not None]
    assert len(placed) > 2
    for place, name in enumerate(placed, 1):
        assert re.search(rf"\b{place} {name}", chart.alt), chart.alt
        assert found.roots[place - 1].entity.name == name
    drawn = " ".join(text.get_text() for axes in chart.figure.axes for text in axes.texts)
    assert "4. High (from 0.1 to 1)" in drawn
    assert "(from 100,000 to 1,000,000)" in " ".join(drawn.split())
    assert "Likelihood, failures a year that delay" in drawn
    assert "Consequence, payouts delayed by such a failure" in drawn


def test_own_steps_are_used(model, tmp_path):
    five = '["one", "two", "three", "four", "five"]'
    (tmp_path / "steps.toml").write_text(
        f"[likelihood]\nnames = {five}\nlimits = [100, 200, 300, 400]\n"
        f'[consequence]\nmeasure = "amount"\nnames = {five}\nlimits = [1, 2, 3, 4]\n',
        "utf-8",
    )
    told = json.loads(
        run(model, "--years", 60, "--window", 2026, "--steps", tmp_path / "steps.toml", "--json", "-").stdout
    )
    assert {(root["likelihood_step"], root["consequence_step"]) for root in told["roots"]} == {(1, 5)}
    assert told["scale"]["source"] == "steps.toml"


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (["--window", "1066"], "--window", 2),
        (["--years", "1"], "--years", 2),
        (["--processes", "0"], "--processes", 2),
        (["--order", "-1"], "--order", 2),
        (["--steps", "none.toml"], "none.toml", 1),
    ],
)
def test_wrong_usage_says_what_to_do(model, arguments, told, code):
    done = run(model, *arguments)
    assert done.exit_code == code
    assert told in done.stderr
    assert "Traceback" not in done.output


def test_charts_do_not_replace_a_file(model):
    done = run(model, "--window", 2026, "--years", 2, "--charts", model)
    assert done.exit_code == 2
    assert "no folder" in done.stderr
