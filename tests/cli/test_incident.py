"""`beroenden incident`: a log begun, added to, corrected, shown and closed, as its user meets it."""

import json
import os
import shlex
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner

import beroenden
from beroenden.cli.incident_fields import FLAGS, moment_of
from beroenden.cli.main import commands
from beroenden.incident.log.fields import ENTERED, fields_of
from beroenden.incident.log.read import load_log
from beroenden.language import writing_in
from beroenden.units.times import local, parse_instant, time_zone

ZONE = time_zone("Europe/Stockholm")
OUTAGE = (
    "outage",
    "--entity",
    "clr",
    "--start",
    "2026-12-16 08.10",
    "--for",
    "2h..6h..20h",
    "--time",
    "2026-12-16T08:40",
)


def run(*arguments: object, **more):
    return CliRunner().invoke(commands, ["incident", *(str(argument) for argument in arguments)], **more)


@pytest.fixture
def model(tmp_path) -> Path:
    path = tmp_path / "model"
    path.mkdir()
    beroenden.save(network(), path / "model.toml")
    return path


@pytest.fixture
def log(tmp_path, model) -> Path:
    path = tmp_path / "logs" / "Störning 1.toml"
    path.parent.mkdir()
    done = run("new", path, "--actor", "payer", "--name", "Störning", "--exercise", "--model", model, "--tlp", "amber")
    assert done.exit_code == 0, done.output
    assert "does not belong in this tool" in " ".join(done.stdout.split())
    return path


def entries(log):
    return load_log(log, network())[0].entries


def test_a_new_log_finds_its_model_from_its_folder(log):
    made = load_log(log, network())[0].incident
    assert (made.id, made.model, made.tlp, made.is_exercise) == ("storning-1", "../model", "TLP:AMBER", True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--actor", "payer"], "--exercise"),
        (["--actor", "payr", "--live"], 'Did you mean "payer"'),
        (["--actor", "people", "--live"], "citizens"),
        (["--actor", "payer", "--live", "--tlp", "ambre"], "--tlp"),
        (["--actor", "payer", "--live", "--time", "now"], "not a time"),
    ],
)
def test_a_log_that_cannot_be_begun_says_why(tmp_path, model, arguments, told):
    done = run("new", tmp_path / "l.toml", "--name", "x", "--model", model, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert not (tmp_path / "l.toml").exists()


def test_an_outage_of_uncertain_length(log):
    done = run("add", log, *OUTAGE, "--status", "confirmed", "--disclose", "--tlp", "green")
    assert done.stdout == f"Appended outage-1 to {log}\n"
    (entry,) = entries(log)
    assert (entry.outage.length.min, entry.outage.length.mode, entry.outage.length.max) == (120, 360, 1200)
    assert (entry.status, entry.disclose, entry.tlp, entry.outage.remaining) == ("confirmed", True, "TLP:GREEN", 0)


def test_a_time_of_day_is_today_and_no_time_is_now(log):
    run("add", log, "observation", "--text", "a", "--time", "08.10")
    run("add", log, "observation", "--text", "b", "--time", "8:10")
    run("add", log, "observation", "--text", "c")
    found = {entry.text: local(entry.time, ZONE) for entry in entries(log)}
    assert found["a"] == found["b"]
    assert (found["a"].hour, found["a"].minute) == (8, 10)
    assert abs((found["c"] - datetime.now(ZONE)).total_seconds()) < 120


def test_a_decimal_comma_is_read(log):
    run("add", log, "observation", "--text", "a", "--entity", "b1", "--level", "0,4")
    assert entries(log)[0].level == 0.4


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mesure"], 'Did you mean "measure"'),
        ([], "outage, observation"),
        (["outage", "--entity", "clr"], "--start"),
        (["outage", "--start", "08.10"], "entity or payment"),
        (["outage", "--entity", "clrr", "--start", "08.10"], '--entity: The model has no entity "clrr"'),
        (["outage", "--entity", "clr", "--start", "8"], "--start"),
        (["outage", "--entity", "clr", "--start", "08.10", "--for", "2h..6h"], "shortest..likeliest..longest"),
        (["outage", "--entity", "clr", "--start", "08.10", "--for", "6:00"], "Did you mean 6h"),
        (["observation", "--text", "x", "--level", "half", "--entity", "clr"], "--level"),
        (["observation", "--text", "x", "--level", "0.5"], "--level: level goes with an entity"),
        (["observation", "--owner", "x", "--text", "y"], "--owner does not go with observation, which has --time"),
        (["measure", "--text", "x"], "--type is missing"),
        (["decision", "--text", "x", "--discloses", "prognos.betalning"], "prognos.betalningar"),
        (["observation", "--text", "x", "--supersedes", "observation-9"], 'no entry "observation-9"'),
        (["observation", "--text", "x", "--file", "f.toml"], "--file stands alone"),
        (["observation", "--text", "x", "--lower-label"], "--by"),
    ],
)
def test_wrong_usage_is_2_and_says_what_to_do(log, arguments, told):
    old = log.read_bytes()
    done = run("add", log, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in " ".join(done.stderr.split())
    assert log.read_bytes() == old


def test_every_field_has_a_flag_and_every_flag_a_field():
    fields = {field.key for kind in ENTERED for field in fields_of(kind, None)}
    flags = {name.replace("-", "_") for name, _, _ in FLAGS}
    assert fields - flags == {"id", "logged", "lowered_from", "lowered_by", "disclose"}
    assert flags <= fields


def test_a_correction_takes_over_what_it_does_not_give(log):
    run("add", log, *OUTAGE, "--status", "confirmed", "--disclose", "--source", "phone")
    done = run(
        "add",
        log,
        "--supersedes",
        "outage-1",
        "--end",
        "2026-12-16T12:10",
        "--no-disclose",
        "--time",
        "2026-12-16T12:11",
    )
    assert done.exit_code == 0, done.output
    old, corrected = entries(log)
    assert (corrected.supersedes, corrected.status, corrected.source, corrected.disclose) == (
        "outage-1",
        "confirmed",
        "phone",
        False,
    )
    assert (corrected.outage.start, corrected.outage.entity, corrected.outage.length) == (old.outage.start, "clr", None)
    assert corrected.outage.end - old.outage.start == 240
    assert corrected.time > old.time


def test_an_empty_flag_clears_what_would_be_taken_over(log):
    run("add", log, *OUTAGE)
    run("add", log, "outage", "--supersedes", "outage-1", "--for", "", "--time", "2026-12-16T09:00")
    assert entries(log)[1].outage.end is None


def test_an_entry_is_corrected_once(log):
    run("add", log, *OUTAGE)
    run("add", log, "--supersedes", "outage-1", "--for", "12h", "--time", "2026-12-16T09:00")
    done = run("add", log, "--supersedes", "outage-1", "--for", "20h", "--time", "2026-12-16T10:00")
    assert done.exit_code == 2
    assert "--supersedes outage-2" in " ".join(done.stderr.split())
    assert len(entries(log)) == 2


def test_a_label_is_lowered_by_a_role(log):
    run("add", log, "observation", "--text", "x", "--tlp", "TLP:RED", "--time", "08.00")
    lower = ("add", log, "observation", "--supersedes", "observation-1", "--tlp", "green")
    done = run(*lower)
    assert done.exit_code == 2
    assert "--lower-label --by ROLE" in " ".join(done.stderr.split())
    assert run(*lower, "--lower-label", "--by", "Krisledare").exit_code == 0
    lowered = next(entry for entry in entries(log) if entry.supersedes)
    assert (lowered.text, lowered.lowered_from, lowered.lowered_by) == ("x", "TLP:RED", "Krisledare")


def test_a_file_is_added_whole_or_not_at_all(log, tmp_path):
    file = tmp_path / "more.toml"
    good = '[[message]]\ntime = 2026-12-16T09:00:00\naudience = "internal"\ntext = "a"\n\n[[outage]]\nentity = "clr"\ntime = 2026-12-16T09:00:00\nstart = 2026-12-16T08:10:00\n'
    file.write_text(good + '\n[[message]]\naudience = "intern"\ntext = "b"\n', "utf-8")
    old = log.read_bytes()
    done = run("add", log, "--file", file)
    assert done.exit_code == 1
    assert f"{file}:12:12: error B207" in done.stderr
    assert log.read_bytes() == old
    file.write_text(good, "utf-8")
    assert json.loads(run("add", log, "--file", file, "--json", "-").stdout)["ids"] == ["message-1", "outage-1"]
    file.write_text("[[massage]]\n", "utf-8")
    assert 'Did you mean "message"' in run("add", log, "--file", file).stderr


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ('[[issued]]\nform = "intern"\nnumber = 1\nat = 2026-12-16T09:00:00\n', "lagesbild --approved-by"),
        ('[[received]]\nsender = "b1"\n', "incident import"),
        ('[[closed]]\n\n[[message]]\naudience = "internal"\ntext = "a"\n', "incident close"),
    ],
)
def test_a_file_has_only_what_a_person_enters(log, tmp_path, entry, told):
    file = tmp_path / "more.toml"
    file.write_text(entry, "utf-8")
    old = log.read_bytes()
    done = run("add", log, "--file", file)
    assert (done.exit_code, log.read_bytes()) == (1, old)
    assert f"{file}:1:3: error B201" in done.stderr
    assert told in done.stderr


def test_a_file_with_two_corrections_of_one_entry_is_refused(log, tmp_path):
    run("add", log, *OUTAGE)
    one = '[[outage]]\nsupersedes = "outage-1"\nentity = "clr"\nstart = 2026-12-16T08:10:00\n'
    (tmp_path / "more.toml").write_text(one + one, "utf-8")
    done = run("add", log, "--file", tmp_path / "more.toml")
    assert (done.exit_code, len(entries(log))) == (2, 1)
    assert "outage[1].supersedes: outage-1 is superseded already" in " ".join(done.stderr.split())


def test_a_measure_that_is_not_done_after_all_has_no_time_at_which_it_was(log):
    measure = ("--type", "operational", "--text", "Reserv", "--progress", "done", "--done", "2026-12-16 08.50")
    run("add", log, "measure", *measure, "--time", "2026-12-16 09.00")
    more = ("--supersedes", "measure-1", "--time", "2026-12-16 09.10")
    assert run("add", log, "measure", *more, "--progress", "ongoing").exit_code == 0
    assert [(entry.progress, entry.done is None) for entry in entries(log)] == [("done", False), ("ongoing", True)]
    done = run("add", log, "measure", *measure, "--time", "2026-12-16 08.40")
    assert done.exit_code == 2
    assert "--done: the measure is done after the entry's time" in " ".join(done.stderr.split())


def test_a_withdrawn_outage_says_of_what(log):
    run("add", log, *OUTAGE)
    run("add", log, "observation", "--text", "Falskt larm", "--supersedes", "outage-1", "--time", "2026-12-16 09.00")
    assert entries(log)[1].entity == "clr"


def test_an_incident_is_not_closed_before_what_is_in_its_log(log):
    run("add", log, *OUTAGE)
    old = log.read_bytes()
    done = run("close", log, "--time", "2026-12-16T08:39")
    assert (done.exit_code, log.read_bytes()) == (2, old)
    assert "before outage-1" in " ".join(done.stderr.split())
    assert run("close", log, "--even-if-open", "--time", "2026-12-16T08:40").exit_code == 0


def test_what_is_still_feared_when_an_incident_is_closed_is_told(log):
    """Nobody had said that it never came, and the follow-up counted its payments as late until the closing."""
    run("add", log, *OUTAGE, "--status", "feared")
    done = run("close", log, "--time", "2026-12-16T13:00")
    assert done.exit_code == 0
    (said,) = (one for one in done.stderr.splitlines() if "still feared" in one)
    command = said.split("beroenden incident ")[1].replace("…", "It never came")
    assert run(*shlex.split(command), "--time", "2026-12-16T13:10").exit_code == 0


@pytest.mark.parametrize("name", ["", "  "])
def test_an_incident_has_a_name(tmp_path, model, name):
    done = run("new", tmp_path / "l.toml", "--name", name, "--actor", "payer", "--live", "--model", model)
    assert done.exit_code == 2
    assert "--name is empty" in done.stderr
    assert not (tmp_path / "l.toml").exists()


def test_json_does_not_replace_the_log_or_a_document(log):
    old = log.read_bytes()
    for path in (log, "x.TOML", "x.md", "x.html", "x.docx"):
        done = run("add", log, *OUTAGE, "--json", path)
        assert (done.exit_code, log.read_bytes()) == (2, old)
        assert "a file that ends in .json" in " ".join(done.stderr.split())


def test_a_day_alone_is_no_time(log):
    done = run("add", log, "observation", "--text", "a", "--time", "2026-12-16")
    assert done.exit_code == 2
    assert '--time: "2026-12-16" is only a day; give the time of day as well' in " ".join(done.stderr.split())
    assert "--time" not in run("add", log, "observation", "--text", "a", "--time", "2026-12-16 08.10").stderr


def test_a_time_of_day_is_of_the_day_that_is_given():
    said = parse_instant("2026-12-18T17:20", ZONE)
    texts = ("2026-12-18T08:10", "2026-12-18 08.10", "2026-12-18T08:10+01:00", "08.10", "8:10", " 08:10 ", "i dag 8.10")
    assert len({moment_of("start", text, ZONE, said) for text in texts}) == 1
    with writing_in("sv"), pytest.raises(ValueError, match="ange även klockslag"):
        moment_of("start", "2026-12-18", ZONE, said)


@pytest.mark.parametrize(
    ("typed", "start", "is_told"),
    [
        ("kl. 9", "2026-12-18 09:00:00+01:00", True),
        ("i morgon kl. 9", "2026-12-19 09:00:00+01:00", True),
        ("18 dec 09.00", "2026-12-18 09:00:00+01:00", True),
        ("2026-12-18 09.00", "2026-12-18 09:00:00+01:00", False),
    ],
)
def test_which_day_it_became_is_told_where_no_date_was_written(log, typed, start, is_told):
    given = ("--entity", "clr", "--start", typed, "--time", "2026-12-18 17.20")
    done = run("add", log, "outage", *given, "--dry-run")
    assert f"start = {start}" in done.stdout
    assert (f"--start {typed}: taken as" in " ".join(done.stderr.split())) == is_told


def test_what_is_some_hours_off_is_told_with_its_time(log):
    asked = ("--to", "clr", "--type", "information", "--text", "x", "--due", "om två timmar")
    done = run("add", log, "request", *asked, "--time", "2026-12-18 17.20", "--dry-run")
    told = " ".join(done.stderr.replace("\xa0", " ").split())
    assert "--due om två timmar: taken as Friday 18 December 2026 at 19:20." in told


def test_a_dry_run_shows_what_would_be_appended(log):
    old = log.read_bytes()
    done = run("add", log, *OUTAGE, "--dry-run")
    assert done.stdout.startswith('[[outage]]\nid = "outage-1"\ntime = 2026-12-16 08:40:00+01:00\n')
    assert 'for = { min = "2h", mode = "6h", max = "20h" }' in done.stdout
    assert log.read_bytes() == old


def test_asking_explains_a_faulty_answer_and_asks_again(log):
    answers = ["", "wrong", "operational", "Reserv", "Driftchef", "", "färdig", "ongoing", "", "", "clr, clrr", "clr"]
    done = run("add", log, "measure", "--ask", input="\n".join([*answers, *[""] * 9]) + "\n")
    assert done.exit_code == 0, done.output
    for told in ("An answer is needed", '"wrong" is none of', '"färdig" is none of', 'Did you mean "clr"'):
        assert told in done.stderr
    (entry,) = entries(log)
    assert (entry.type, entry.text, entry.owner, entry.progress) == ("operational", "Reserv", "Driftchef", "ongoing")
    assert entry.concerns == ("clr",)


def test_without_fields_on_a_terminal_it_asks(log):
    pty = pytest.importorskip("pty")
    ours, its = pty.openpty()
    os.write(ours, b"asked\n" + b"\n" * 8)
    done = subprocess.run(
        [sys.executable, "-m", "beroenden", "incident", "add", str(log), "observation"],
        stdin=its,
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert entries(log)[0].text == "asked"


def test_showing_fits_80_columns_and_leaves_out_what_was_corrected(log):
    run("add", log, *OUTAGE)
    run("add", log, "outage", "--supersedes", "outage-1", "--for", "12h", "--time", "2026-12-16T09:30")
    run(
        "add",
        log,
        "observation",
        "--text",
        "ett mycket långt " * 20,
        "--time",
        "2026-12-16T09:40",
        "--tlp",
        "amber+strict",
    )
    done = run("show", log, env={"COLUMNS": "80"})
    assert done.exit_code == 0
    assert max(len(row) for row in done.stdout.splitlines()) <= 80
    for told in ("EXERCISE", "outage-2", "supersedes outage-1", "12 h", "TLP:AMBER+STRICT", "…"):
        assert told in done.stdout.replace("\N{NO-BREAK SPACE}", " ")
    assert "\noutage-1" not in done.stdout
    assert "Wed 16 Dec   outage-1" not in done.stdout
    assert "SUPERSEDED" in run("show", log, "--all").stdout
    before = json.loads(run("show", log, "--at", "2026-12-16T09:00", "--json", "-").stdout)
    assert [entry["id"] for entry in before["entries"]] == ["outage-1"]
    assert before["entries"][0]["label"] == "TLP:AMBER"
    assert before["entries"][0]["outage"]["start"] == "2026-12-16T08:10+01:00"


def test_showing_in_swedish(log):
    run("add", log, *OUTAGE)
    with writing_in("sv"):
        done = run("show", log)
    for told in ("ÖVNING – Störning", "obekräftad", "avbrott", "08.40", "nej"):
        assert told in done.stdout


def test_a_closed_incident_takes_no_more_until_opened_again(log):
    run("add", log, *OUTAGE)
    assert run("close", log, "--text", "Åter", "--even-if-open", "--time", "2026-12-16T13:00").exit_code == 0
    assert "closed already" in run("close", log).stderr
    done = run("add", log, "observation", "--text", "x")
    assert done.exit_code == 2
    command = done.stderr.splitlines()[-1].replace("…", "Opened again").split("beroenden incident ")[1]
    assert json.loads(run("show", log, "--json", "-").stdout)["closed"] is True
    assert "open again" in run(*shlex.split(command), "--time", "2026-12-16T14:00").stdout
    assert json.loads(run("show", log, "--json", "-").stdout)["closed"] is False


def test_a_log_whose_model_is_gone_is_used_with_a_warning(log, model, tmp_path):
    model.rename(tmp_path / "moved")
    done = run("add", log, "outage", "--entity", "anything", "--start", "2026-12-16T08:10")
    assert done.exit_code == 0
    assert "--model" in done.stderr
    done = run("show", log, "--model", tmp_path / "moved")
    assert done.exit_code == 1
    assert "B301" in done.stderr


def test_warnings_of_the_log_go_to_stderr(log):
    run("add", log, *OUTAGE)
    log.write_bytes(log.read_bytes() + b'\n[[observation]]\nid = "obs')
    done = run("show", log, "--json", "-")
    assert "B906" in done.stderr
    assert len(json.loads(done.stdout)["entries"]) == 1


def test_no_log_is_2_and_says_how_to_begin_one(tmp_path):
    for arguments in (["show"], ["close"], ["add"]):
        done = run(arguments[0], tmp_path / "none.toml")
        assert done.exit_code == 2
        assert "incident new" in done.stderr


@pytest.mark.parametrize("name", ["new", "add", "show", "close"])
def test_each_command_has_help_an_example_and_json(name):
    done = run(name, "--help")
    assert done.exit_code == 0
    assert f"beroenden incident {name}" in " ".join(done.stdout.split())
    assert "--json" in done.stdout
