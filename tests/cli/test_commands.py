"""The commands as a user meets them: output, exit codes, where errors go, what is left on disk."""

import json
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from chain import network, tables
from click.testing import CliRunner

import beroenden
from beroenden.cli import common
from beroenden.cli.main import commands
from beroenden.language import writing_in
from beroenden.units.numbers import NBSP

CLEARING = ["--outage", "clr", "--start", "2026-12-18T04:00", "--for", "5h"]


@pytest.fixture
def model(tmp_path) -> Path:
    path = tmp_path / "model"
    path.mkdir()
    beroenden.save(network(), path / "model.toml")
    return path


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def test_simulate_prints_json_alone_on_stdout(model):
    done = run("simulate", model, *CLEARING, "--json", "-")
    assert done.exit_code == 0
    outcome = json.loads(done.stdout)
    assert (
        outcome
        == beroenden.simulate(network(), [{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}]).to_dict()
    )


def test_simulate_tells_people_late_payments_first(model):
    done = run("simulate", model, *CLEARING)
    assert done.exit_code == 0
    order = [
        done.stdout.index(word) for word in ("Outages", "Late payments", "600", "Fri 18 Dec 06:00", "Actors, systems")
    ]
    assert order == sorted(order)


def test_json_to_a_file_leaves_the_table(model, tmp_path):
    target = tmp_path / "new folder" / "outcome.json"
    done = run("simulate", model, *CLEARING, "--json", target)
    assert "Late payments" in done.stdout
    assert json.loads(target.read_text("utf-8"))["schema"] == "beroenden/outcome/1"
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--outage", "clrr", "--start", "2026-12-18T04:00"], 'Did you mean "clr"'),
        (["--outage", "clr"], "--start"),
        (["--start", "2026-12-18T04:00"], "--outage"),
        ([], "--scenario"),
        (["--outage", "clr", "--start", "18 december"], "--start"),
        (["--outage", "clr", "--start", "2026-12-18T04:00", "--for", "2-6h"], "2h..4h..6h"),
        (["--outage", "clr", "--start", "2026-12-18T04:00", "--for", "6h..4h..2h"], "rising"),
        (["--outage", "clr", "--start", "2026-12-18"], "only a day"),
        (["--outage", "clr", "--start", "2026-12-18T04:00", "--for", "0h"], "the length is 0"),
        (["--outage", "clr", "--start", "1850-12-18T04:00"], "1970"),
        (["--outage", "clr", "--start", "2026-12-18T04:00", "--horizon", "long"], "--horizon"),
        (["--outage", "clr", "--start", "2026-12-18T04:00", "--at", "2029-01-01"], "--at"),
        (["--outage", "clr", "--start", "2026-12-18T04:00", "--remaining", "2"], "remaining"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(model, arguments, told):
    done = run("simulate", model, *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stdout == ""


def test_faulty_model_is_1_with_its_place(model):
    path = model / "model.toml"
    path.write_text(path.read_text("utf-8").replace('endurance = "1h"', 'endurance = "en timme"'), "utf-8")
    for arguments in (["simulate", model, *CLEARING], ["validate", model], ["show", model]):
        done = run(*arguments)
        assert done.exit_code == 1
        told = done.stderr + done.stdout
        assert "error B204" in told
        assert f"{path}:" in told


def test_missing_model_is_1(tmp_path):
    done = run("show", tmp_path / "nowhere")
    assert done.exit_code == 1
    assert "does not exist" in done.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "B701"),
        ('[[outage]]\nentity = "clrr"\nstart = 2026-12-18T04:00:00\n', 'Did you mean "clr"'),
        ('[[outage]]\nentity = "clr"\nstart = 2026-12-18T04:00:00\nend = 2026-12-17T04:00:00\n', "B703"),
        ('[[outage]]\nentity = "clr"\nstart = 1850-12-18T04:00:00\n', "1970"),
        ("[[outage]\n", "B104"),
        ('[[outage]]\npayment = "allowance"\nstart = 2026-12-18T04:00:00\nshare = 3\n', "B208"),
    ],
)
def test_faulty_scenario_is_1_with_file_and_line(model, tmp_path, text, told):
    path = tmp_path / "scenario.toml"
    path.write_text(text, "utf-8")
    done = run("simulate", model, "--scenario", path)
    assert done.exit_code == 1
    assert told in done.stderr
    assert f"{path}:" in done.stderr


def test_scenario_and_outage_options_add_up(model, tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text(
        'name = "Both"\nhorizon = "10d"\n[[outage]]\nentity = "clr"\nstart = 2026-12-17T04:00:00\nfor = "1h"\n', "utf-8"
    )
    done = run(
        "simulate",
        model,
        "--scenario",
        path,
        "--outage",
        "b2",
        "--start",
        "2026-12-18T05:00",
        "--for",
        "12h",
        "--json",
        "-",
    )
    outcome = json.loads(done.stdout)
    assert [outage["entity"] for outage in outcome["outages"]] == ["clr", "b2"]
    assert outcome["end"] == "2026-12-27T04:00+01:00"


def test_a_range_of_lengths_is_told_with_what_it_decides(model):
    asked = ("simulate", model, "--outage", "clr", "--start", "2026-12-18T02:00", "--for")
    told = " ".join(run(*asked, "1h..2h..30h").stdout.split())
    assert "likeliest 2 h of 1 h – 30 h" in told
    assert "is late, if the outage is as long as is likeliest" in told
    run_of = json.loads(run(*asked, "2h", "--json", "-").stdout)["payments"][0]
    latest = run_of["latest_recovery"]
    assert run_of["status"] == "on_time"
    assert "Late beyond" in told
    assert latest[11:16] in told.partition("Late beyond")[2]
    assert "In time, as long as" not in told
    short = " ".join(run(*asked, "1h..2h..3h").stdout.split())
    assert "Late beyond" not in short
    assert "No payment due before Fri 1 Jan 02:00 is late." in short


def test_what_is_on_time_is_not_bound_to_when_each_of_several_outages_ends(model):
    one = ("simulate", model, "--outage", "clr", "--start", "2026-12-18T02:00", "--for", "1h")
    assert "In time, as long as the outage is resolved by" in " ".join(run(*one).stdout.split())
    several = " ".join(run(*one, "--outage", "b2", "--start", "2026-12-18T02:00", "--for", "1h").stdout.split())
    assert "In time, even if all of the outages last until" in several
    assert "as long as" not in several


def test_quality_says_which_starts_it_tried(tmp_path):
    made = tables()
    del made["entity"][1]["needs"][0]["endurance"]
    beroenden.save(beroenden.build(made)[0], tmp_path / "model.toml")
    done = run("quality", tmp_path / "model.toml", "--for", "6h", "--window", "2026-12-17", "--every", "12h")
    assert done.exit_code == 0, done.output
    assert "at 2 starts from Thu 2026-12-17 00:00 to Thu 2026-12-17 12:00." in " ".join(done.stdout.split())


def test_explain_goes_from_victim_to_cause(model):
    options = ["--outage", "power", "--start", "2026-12-15T12:00", "--for", "12h"]
    found = json.loads(run("explain", model, *options, "sys", "--json", "-").stdout)
    assert [step["entity"] for step in found["paths"][0]["because"]] == ["sys", "power"]
    assert found["paths"][0]["because"][0]["at"] == "2026-12-15T16:00+01:00"
    told = run("explain", model, *options, "sys").stdout
    assert "electricity" in told
    assert run("explain", model, *options, "clr").stdout.count("Not harmed.") == 1
    assert run("explain", model, *options, "powr").exit_code == 2


def test_explain_a_late_payment_names_banks_and_cause(model):
    told = run("explain", model, *CLEARING, "allowance").stdout
    assert "Bank two" in told
    assert "Clearing" in told
    assert re.search(r"Bank one .* on time +0 ", told)


def test_show_model_entity_and_payment(model):
    assert "Allowance" in run("show", model).stdout
    entity = json.loads(run("show", model, "power", "--json", "-").stdout)
    assert entity["consumers"] == [{"entity": "sys", "need": 0}]
    assert entity["payments"] == ["allowance"]
    assert "cut-off 19:00" in " ".join(run("show", model, "allowance").stdout.split())
    assert 'Did you mean "power"' in run("show", model, "powr").stderr


def test_calendar_lists_runs_and_events(tmp_path):
    given = tables()
    given["event"] = [
        {"id": "swap", "name": "Swap", "start": "2026-12-05T22:00", "end": "2026-12-06T06:00", "entities": ["clr"]}
    ]
    made, _ = beroenden.build(given)
    path = tmp_path / "model.toml"
    beroenden.save(made, path)
    found = json.loads(run("calendar", path, "--from", "2026-12-01", "--to", "2026-12-31", "--json", "-").stdout)[
        "entries"
    ]
    assert [(entry["id"], entry["date"], entry["end"]) for entry in found] == [
        ("swap", "2026-12-05", "2026-12-06T06:00+01:00"),
        ("allowance", "2026-12-18", "2026-12-18T06:00+01:00"),
    ]
    assert "Swap" in run("calendar", path, "--from", "2026-12-06", "--to", "2026-12-06").stdout
    assert run("calendar", path, "--from", "2026-12-06", "--to", "2026-12-01").exit_code == 2


def test_simulate_says_of_which_year_the_outage_is(model):
    told = " ".join(
        run("simulate", model, "--outage", "clr", "--start", "2027-12-31T20:00", "--for", "6h").stdout.split()
    )
    assert "Clearing: Fri 2027-12-31 20:00 – Sat 2028-01-01 02:00 (6 h)" in told


def test_calendar_tells_which_of_two_hours(tmp_path):
    given = tables()
    given["event"] = [
        {"id": "swap", "start": "2026-10-25T02:00+02:00", "end": "2026-10-25T02:30+01:00", "entities": ["clr"]}
    ]
    beroenden.save(beroenden.build(given)[0], tmp_path / "model.toml")
    told = run("calendar", tmp_path / "model.toml", "--from", "2026-10-25", "--to", "2026-10-25").stdout
    assert "02:00 (summer" in told and "time)–02:30" in told and "(standard time)" in told


def test_calendar_says_what_is_unknown_and_what_is_no_bank_day(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    given = tables()
    given["payment"][0] |= {"roll": "none", "moved": [[date(2026, 12, 20), date(2026, 12, 26)]]}
    del given["payment"][0]["count"], given["payment"][0]["amount"]
    beroenden.save(beroenden.build(given)[0], tmp_path / "model.toml")
    lines = run("calendar", tmp_path / "model.toml", "--from", "2026-11-20", "--to", "2026-12-31").stdout.splitlines()
    november, december = (next(one for one in lines if day in one).split() for day in ("2026-11-20", "2026-12-26"))
    assert november[-2:] == ["unknown", "unknown"]
    assert december[-6:] == ["unknown", "unknown", "moved,", "no", "bank", "day"]


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is another error there")
def test_output_that_nobody_reads_any_more_is_no_finding(model):
    command = [sys.executable, "-m", "beroenden", "simulate", str(model), *CLEARING]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_the_share_of_few_recipients_is_not_nobody(tmp_path):
    given = tables()
    given["payment"][0] |= {"count": 3, "accounts": {"b1": 0.9, "b2": 0.1}}
    beroenden.save(beroenden.build(given)[0], tmp_path / "model.toml")
    told = run("explain", tmp_path / "model.toml", *CLEARING, "allowance").output
    row = next(line for line in told.splitlines() if line.startswith("Bank two"))
    assert "less than 1" in row


def test_events_are_simulated_only_when_asked(tmp_path):
    given = tables()
    given["event"] = [
        {"id": "swap", "name": "Swap", "start": "2026-12-18T04:00", "end": "2026-12-18T09:00", "entities": ["clr"]}
    ]
    made, _ = beroenden.build(given)
    outage = [{"entity": "power", "start": "2026-12-17T08:00", "for": "1h"}]
    assert not beroenden.simulate(made, outage).late_runs
    late = beroenden.simulate(made, outage, with_events=True).late_runs
    assert [run.blocked_by for run in late] == [("clr",)]
    assert late[0].latest_recovery_state == "too_late"


def test_lagesbild_for_one_and_for_all_affected(model, tmp_path):
    done = run("lagesbild", model, *CLEARING, "--actor", "payer", "--at", "2026-12-18T04:30", "-o", tmp_path / "l.md")
    assert done.exit_code == 0
    assert (tmp_path / "l.md").read_text("utf-8").startswith("**TLP:GREEN · ÖVNING**")
    folder = tmp_path / "all"
    done = run("lagesbild", model, *CLEARING, "--actor", "affected", "-o", folder, "--json", "-")
    assert {path.name for path in folder.iterdir()} == {"lagesbild-payer.md", "lagesbild-b2.md", "lagesbild-clr.md"}
    assert [one["actor"] for one in json.loads(done.stdout)["situations"]] == ["payer", "b2", "clr"]
    assert run("lagesbild", model, *CLEARING, "--actor", "payr", "-o", tmp_path / "x.md").exit_code == 2
    assert (
        run(
            "lagesbild", model, *CLEARING, "--actor", "payer", "--at", "2026-12-18T03:00", "-o", tmp_path / "x.md"
        ).exit_code
        == 2
    )
    assert not (tmp_path / "x.md").exists()


def test_lagesbild_in_english(model, tmp_path):
    given = ["lagesbild", model, *CLEARING, "--actor", "payer", "-o", tmp_path / "l.md", "--json", "-"]
    done = run(*given, "--lang", "en")
    assert (tmp_path / "l.md").read_text("utf-8").startswith("**TLP:GREEN · EXERCISE**")
    (told,) = json.loads(done.stdout)["situations"]
    assert told["language"] == "en"
    assert {one["status"] for one in told["statements"]} <= {"obekräftad", "modellberäknad", "antagande", "okänd"}
    assert run(*given, "--lang", "fi").exit_code == 2


def test_view_refuses_an_outcome_of_another_model(model, tmp_path):
    outcome = tmp_path / "outcome.json"
    run("simulate", model, *CLEARING, "--json", outcome)
    assert run("view", model, "--outcome", outcome, "-o", tmp_path / "map.html").exit_code == 0
    assert (tmp_path / "map.html").read_text("utf-8").lower().startswith("<!doctype html>")
    changed = json.loads(outcome.read_text("utf-8"))
    changed["model"]["hash"] = "other"
    outcome.write_text(json.dumps(changed), "utf-8")
    assert run("view", model, "--outcome", outcome, "-o", tmp_path / "new.html").exit_code == 2
    outcome.write_text("[" * 100_000, "utf-8")
    assert run("view", model, "--outcome", outcome, "-o", tmp_path / "new.html").exit_code == 2
    assert not (tmp_path / "new.html").exists()


def test_checks_hold_or_fail_with_what_differs(model, tmp_path):
    path = tmp_path / "checks.toml"
    text = (
        '[[check]]\nid = "five-hours"\nname = "Five hours"\n[[check.outage]]\nentity = "clr"\nstart = 2026-12-18T04:00:00\n'
        'for = "5h"\n[[check.expect]]\npayment = "allowance"\ndate = 2026-12-18\ndelay = "4h"\nlate_banks = ["b2"]\n'
    )
    path.write_text(text, "utf-8")
    assert run("validate", model, "--checks", path).exit_code == 0
    path.write_text(text.replace('"4h"', '"5h"'), "utf-8")
    done = run("validate", model, "--checks", path)
    assert done.exit_code == 1
    assert "expected 5h, got 4h" in " ".join(done.stdout.split())


def test_unwritable_output_is_a_sentence(model, tmp_path):
    target = tmp_path / "file"
    target.write_text("", "utf-8")
    done = run("view", model, "-o", target / "below.html")
    assert done.exit_code == 2
    assert f"{target / 'below.html'} cannot be written" in done.stderr
    assert "is a folder" in run("view", model, "-o", tmp_path).stderr


def test_hostile_names_cannot_steer_the_terminal(tmp_path):
    given = tables()
    given["entity"][3]["name"] = "\x1b[31m[bold]Clearing[/bold]\x07"
    made, _ = beroenden.build(given)
    beroenden.save(made, tmp_path / "model.toml")
    told = run("simulate", tmp_path / "model.toml", *CLEARING).stdout
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "[bold]" in told


def test_outage_options_pair_by_position_or_hold_for_all(model):
    two = ["--outage", "clr", "--outage", "b2"]
    paired = [*two, "--start", "2026-12-18T04:00", "--start", "2026-12-18 05.30", "--for", "1h", "--for", "2h"]
    outages = json.loads(run("simulate", model, *paired, "--json", "-").stdout)["outages"]
    assert [(one["start"][11:16], one["end"][11:16]) for one in outages] == [("04:00", "05:00"), ("05:30", "07:30")]
    shared = [*two, "--start", "2026-12-18T04:00", "--for", "1h"]
    outages = json.loads(run("simulate", model, *shared, "--json", "-").stdout)["outages"]
    assert [(one["start"][11:16], one["end"][11:16]) for one in outages] == [("04:00", "05:00")] * 2
    done = run("simulate", model, *two, "--outage", "sys", "--start", "2026-12-18T04:00", "--start", "2026-12-18T05:00")
    assert (done.exit_code, "--start" in done.stderr) == (2, True)


def test_a_document_that_was_worked_on_is_kept(model, tmp_path):
    path = tmp_path / "l.md"
    path.write_text("mine", "utf-8")
    arguments = ["lagesbild", model, *CLEARING, "--actor", "payer", "-o", path]
    assert "is kept as" in run(*arguments).stderr
    assert (tmp_path / "l.1.md").read_text("utf-8") == "mine"
    run(*arguments)
    assert {one.name for one in tmp_path.glob("l*.md")} == {"l.md", "l.1.md"}


def test_citizens_and_owned_systems_are_no_actors(model, tmp_path):
    for actor, told in (("people", "citizens"), ("sys", "payer")):
        done = run("lagesbild", model, *CLEARING, "--actor", actor, "-o", tmp_path / "x.md")
        assert (done.exit_code, told in done.stderr) == (2, True)


def test_explain_shows_the_course_of_a_late_run(model):
    late = ["--outage", "sys", "--start", "2026-12-15T17:00", "--for", "23h 1min"]
    found = json.loads(run("explain", model, *late, "allowance", "--json", "-").stdout)
    stages = found["courses"][0]["stages"]
    assert [(stage["missed"], stage["deadline"]) for stage in stages] == [
        (None, None),
        ("cutoff", "2026-12-16T19:00+01:00"),
        (None, None),
    ]
    assert "the cut-off Wed 16 Dec 19:00" in " ".join(run("explain", model, *late, "allowance").stdout.split())
    assert (
        "No run is late: 2026-12-18."
        in run("explain", model, "--outage", "b1", "--start", "2026-12-16T00:00", "--for", "1h", "allowance").stdout
    )


def test_a_fault_in_the_file_is_named_and_has_no_empty_table(model, tmp_path):
    scenario = tmp_path / "s.toml"
    fault = '[[outage]]\npayment = "allowance"\nshare = 0.1\nstart = 2026-12-18T00:00:00\nfor = "2d"\n'
    scenario.write_text(f'name = "S"\n{fault}', "utf-8")
    told = run("explain", model, "--scenario", scenario, "allowance").stdout
    assert "The fault in the file lasts until Sun 20 Dec 00:00" in told
    assert "Stage" not in told
    bank = '[[outage]]\nentity = "b2"\nstart = 2026-12-18T05:00:00\nfor = "3h"\n'
    scenario.write_text(f'name = "S"\n{fault}{bank}', "utf-8")
    assert "Stage" in run("explain", model, "--scenario", scenario, "allowance").stdout
    assert "← Bank two, a fault in" in run("simulate", model, "--scenario", scenario).stdout


def test_language_follows_the_locale_in_either_spelling(model, monkeypatch):
    for setting in ("sv_SE.UTF-8", "Swedish_Sweden.1252"):
        monkeypatch.setenv("LC_ALL", setting)
        assert "Sena betalningar" in run("simulate", model, *CLEARING).stdout
    monkeypatch.setenv("BEROENDEN_LANG", "en")
    assert "Late payments" in run("simulate", model, *CLEARING).stdout


def test_a_page_without_an_ending_is_html(model, tmp_path):
    assert run("view", model, "-o", tmp_path / "karta").exit_code == 0
    assert (tmp_path / "karta.html").read_text("utf-8").startswith("<!doctype html>")
    assert not (tmp_path / "karta").exists()


@pytest.mark.parametrize("width", range(20, 40))
def test_a_number_is_not_parted_from_its_unit(width, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(width))
    common.line(f"Of all the payments 75{NBSP}% are late, 8{NBSP}h on average.")
    common.table(["What", "How much"], [[f"Nearly half, that is 48{NBSP}% of all", f"8{NBSP}h"]])
    printed = capsys.readouterr().out
    assert [printed.count(one) for one in (f"75{NBSP}%", f"48{NBSP}%", f"8{NBSP}h")] == [1, 1, 2]
    assert max(map(len, printed.splitlines())) <= width


def test_validate_counts_by_the_words_that_it_prints(tmp_path):
    given = tables()
    given["entity"].append({"id": "lone", "name": "Lone", "kind": "system"})
    beroenden.save(beroenden.build(given)[0], tmp_path / "model.toml")
    with writing_in("sv"):
        *told, counts = run("validate", tmp_path / "model.toml", "--severity", "info").stdout.splitlines()
    for word, label in (("fel", "Fel"), ("varning", "Varningar"), ("upplysning", "Upplysningar")):
        assert f"{label}: {sum(f' {word} B' in one for one in told)}." in counts


@pytest.mark.parametrize(
    ("length", "course"),
    [([], ["Fri 18 Dec 10:00", "→ after"]), (["--for", "3d"], ["Fri 18 Dec 10:00", "→ Tue 22 Dec 10:00", "+4 d"])],
    ids=["open", "three days"],
)
def test_what_is_planned_is_the_last_of_what_is_late(tmp_path, length, course):
    """The own bank is paid at six, the other at ten; all of it is late, so the whole number stands beside ten."""
    given = tables()
    stage = given["payment"][0]["stage"][1]
    stage["release"] = [one for one in stage["release"] if one.hour >= 10]
    made, _ = beroenden.build(given)
    beroenden.save(made, tmp_path / "model.toml")
    done = run("simulate", tmp_path, "--outage", "sys", "--start", "2026-12-15 08.00", *length)
    told = done.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert [words for words in course if words not in told] == []
    assert "Fri 18 Dec 06:00" not in told


def test_what_counts_beside_the_outages_is_listed_with_them(tmp_path):
    """Planned outages, and levels that are held, from when they began."""
    given = tables()
    given["event"] = [{"id": "byte", "name": "Change", "start": datetime(2026, 12, 16, 4), "end": datetime(2026, 12, 16, 12),
                       "entities": ["clr"]}]  # fmt: skip
    beroenden.save(beroenden.build(given)[0], tmp_path / "model.toml")
    (tmp_path / "scenario.toml").write_text(
        '[[outage]]\nentity = "b2"\nstart = 2026-12-16T06:00:00\nfor = "1h"\n'
        '[[pin]]\nentity = "power"\nlevel = 0.5\nstart = 2026-12-16T05:00:00\nend = 2026-12-16T09:00:00\n',
        "utf-8",
    )
    told = run("simulate", tmp_path / "model.toml", "--scenario", tmp_path / "scenario.toml", "--with-events").stdout
    told = " ".join(told.replace("\xa0", " ").split())
    assert "12:00 (8 h), planned: Change" in told
    assert "observed level 50%" in told
    assert "50% Wed 16 Dec 05:00" in told
