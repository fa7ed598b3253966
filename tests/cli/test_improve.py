"""`beroenden improve` as a user meets it."""

import json
import re
from pathlib import Path

import pytest
from chain import network, tables
from click.testing import CliRunner

import beroenden
from beroenden.cli import progress
from beroenden.cli.main import commands
from beroenden.language import writing_in

HARMLESS = ("--outage", "clr", "--start", "2026-12-19T04:00", "--for", "1h")


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(one) for one in arguments], env={"COLUMNS": "200"})


@pytest.fixture
def model(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return tmp_path / "model.toml"


@pytest.mark.parametrize("by", ["recipient_hours", "amount"])
def test_where_nothing_is_lost_the_measure_is_named_and_where_there_may_be_more(model, by):
    with writing_in("sv"):
        done = run("improve", model, *HARMLESS, "--by", by)
    assert done.exit_code == 0
    assert done.stderr == ""
    measure = {"recipient_hours": "mottagartimmar", "amount": "försenat belopp"}[by]
    assert f"Avbrottet kostar ingenting i måttet {measure}." in done.stdout
    assert "--by level_hours" in done.stdout
    [asked] = [line.split("beroenden ")[1] for line in done.stdout.splitlines() if "beroenden rank" in line]
    assert asked == f"rank {model} --for 1h --window 2026-12 --by {by}"
    assert run(*asked.split()).exit_code == 0


def unsized(tmp_path, *without, **more) -> Path:
    """The worked chain whose payment lacks something; with more of it, beside the payment as it was."""
    made = tables()
    [payment] = made["payment"]
    lacking = {key: value for key, value in payment.items() if key not in without}
    made["payment"] = [payment, lacking | more] if more else [lacking]
    network, findings = beroenden.build(made)
    assert network is not None, findings
    beroenden.save(network, tmp_path / "unsized.toml")
    return tmp_path / "unsized.toml"


LATE = ("--outage", "clr", "--start", "2026-12-18T04:00", "--for", "5h")


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("recipient_hours", "utan antal mottagare i modellen: Allowance. Ange count under [[payment]]"),
        ("amount", "utan belopp i modellen: Allowance. Ange amount under [[payment]]"),
        ("over_max_delay", "utan tolerabel försening i modellen: Allowance. Ange max_delay under [[payment]]"),
    ],
)
def test_what_only_payments_of_unknown_size_cost_is_unknown_and_not_nothing(tmp_path, by, told):
    with writing_in("sv"):
        done = run("improve", unsized(tmp_path, "count", "amount", "max_delay"), *LATE, "--by", by)
    assert done.exit_code == 0
    assert "är okänt." in done.stdout and "ingenting" not in done.stdout
    assert told in done.stdout
    assert "--by level_hours" in done.stdout


def test_what_is_known_is_at_least_so_much_where_more_is_late(tmp_path):
    model = unsized(tmp_path, "count", id="other", name="Other")
    with writing_in("sv"):
        done = run("improve", model, *LATE)
    assert "Som modellen är: minst 2\xa0400 mottagartimmar." in done.stdout
    assert "Inte inräknat: Other, som också kommer sent men saknar antal mottagare (count)." in done.stdout
    assert "Andel av känt" in done.stdout
    assert "hjälper i det som är känt." in done.stdout


def test_what_is_left_and_what_is_taken_off_have_enough_digits_to_agree(tmp_path):
    made = tables()
    made["payment"][0] |= {"count": 1, "accounts": {"b2": 1.0}}
    network, _ = beroenden.build(made)
    beroenden.save(network, tmp_path / "m.toml")
    late = ("--outage", "b2", "--start", "2026-12-18T04:00", "--for", "4h 30min")
    with writing_in("sv"):
        done = run("improve", tmp_path / "m.toml", *late)
    assert "Som modellen är: 2,5 mottagartimmar." in done.stdout


@pytest.mark.parametrize(("count", "share"), [(3_000_000, "below 1%"), (1000, "50%")])
def test_a_share_that_is_little_is_not_nothing(tmp_path, count, share):
    """Bank two makes two payments late by as long; the other, of 1000, can be helped by itself."""
    made = tables()
    made["payment"][0] |= {"count": count, "accounts": {"b2": 1.0}}
    made["payment"][0]["stage"].pop(1)
    other = {**made["payment"][0], "id": "other", "name": "Other", "count": 1000, "priority": 2}
    gate = {"id": "gate", "needs": [{"provider": "clr", "endurance": "0min"}]}
    other |= {"accounts": {"b1": 1.0}, "stage": [*other["stage"], gate]}
    made["payment"].append(other)
    network, findings = beroenden.build(made)
    assert network is not None, findings
    beroenden.save(network, tmp_path / "m.toml")
    out = ("--outage", "b2", "--outage", "clr", "--start", "2026-12-18T04:00", "--for", "8h")
    told = run("improve", tmp_path / "m.toml", *out).stdout
    [row] = [row for row in told.splitlines() if row.startswith("Other, gate")]
    assert row.rstrip().endswith(share)
    assert re.search(r"one at a time; \d+ of them would help", told)


def test_as_json_it_says_that_nothing_was_tried(model):
    found = json.loads(run("improve", model, *HARMLESS, "--json", "-").stdout)
    assert (found["before"]["recipient_hours"], found["tried"], found["partial"], found["improvements"]) == (
        0,
        0,
        False,
        [],
    )


def test_what_takes_long_says_how_long_fewer_years_take(tmp_path, monkeypatch):
    made = beroenden.build(
        {
            "model": {"name": "m"},
            "entity": [
                {"id": "a", "kind": "system", "failure": {"per_year": 20, "duration": "8h"}},
                {"id": "b", "kind": "system", "needs": [{"provider": "a"}]},
            ],
        }
    )[0]
    assert made is not None
    beroenden.save(made, tmp_path / "m.toml")
    monkeypatch.setattr(progress, "_WORTH_SAYING", 0)
    asked = ("improve", tmp_path / "m.toml", "--risk", "--window", 2027, "--by", "level_hours")
    with writing_in("sv"):
        done = run(*asked, "--years", 20000)
    assert done.exit_code == 0
    assert "simulerade år, omkring" in done.stderr
    assert "--years 200 tar omkring" in done.stderr
    assert "--years 200" not in run(*asked, "--years", 100).stderr
