"""What others end, and what they do not: ends of parts, closings, and requests that are put to another."""

import shlex
from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner
from delgivningar import begun, delgivning, moment, outage, shared

import beroenden
from beroenden.cli.main import commands
from beroenden.incident.log.entries import OutageEntry
from beroenden.incident.log.read import load_log
from beroenden.incident.log.write import append


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def add(log: Path, time: str, *arguments: object):
    return run("incident", "add", log, *arguments, "--time", f"2026-12-18 {time}")


@pytest.fixture
def log(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return begun(tmp_path / "log.toml", "payer")


def parts_of(*ends: str | None) -> list[dict]:
    """Outages of clearing, each from the end of the one before."""
    starts = ("04:00", *filter(None, ends))
    return [
        outage("clr", start, time=moment("05:00"), **({"end": moment(end)} if end else {}))
        for start, end in zip(starts, ends, strict=False)
    ]


def imported(log, tmp_path, sender: str, *told: dict, own: list[dict]):
    append(log, [one | {"status": "confirmed"} for one in own], network())
    path = begun(tmp_path / f"{sender}.toml", sender, *told)
    file = shared(tmp_path / f"from-{sender}.toml", delgivning(path, at="05:30"))
    return run("incident", "import", log, file, "--time", "2026-12-18 05.40").stderr


def test_what_went_over_into_another_part_is_not_said_to_have_ended(log, tmp_path):
    """The sender told that it was half restored and got worse, at other times than the own log."""
    told = outage("clr", "04:01", end=moment("04:21")), outage("clr", "04:21", end=moment("04:41"), remaining=0.5)
    said = imported(log, tmp_path, "b1", *told, outage("clr", "04:41"), own=parts_of("04:20", "04:40", None))
    assert "outranks" not in said


def test_an_end_is_offered_for_the_part_that_it_is_of(log, tmp_path):
    own = parts_of("04:20", "04:40", None)
    told = *parts_of("04:20", "04:40"), outage("clr", "04:40", end=moment("05:10"), time=moment("05:10"))
    said = imported(log, tmp_path, "b1", *told, own=own)
    assert said.count("outranks") == 1
    assert f'add {log} outage --supersedes outage-3 --end "2026-12-18 05.10"' in said


def test_an_end_of_the_whole_is_of_the_latest_part_that_the_own_log_has(log, tmp_path):
    whole = outage("clr", "04:01", end=moment("05:10"), time=moment("05:10"))
    said = imported(log, tmp_path, "b1", whole, own=parts_of("04:20", None))
    assert f'add {log} outage --supersedes outage-2 --end "2026-12-18 05.10"' in said


def test_an_end_where_the_own_log_has_a_further_part_has_no_command(log, tmp_path):
    ended = outage("clr", "04:01", end=moment("04:19"), time=moment("05:10"))
    said = imported(log, tmp_path, "b1", ended, own=parts_of("04:20", None))
    assert "the outage went on in outage-2; settle with the sender" in said
    assert "--supersedes" not in said


def test_the_end_of_another_outage_than_the_own_has_no_command(log, tmp_path):
    later = outage("clr", "04:40", end=moment("05:10"), time=moment("05:10"))
    assert "outranks" not in imported(log, tmp_path, "b1", later, own=parts_of("04:20"))


PLANNED = outage("clr", "08:00", end=moment("09:00"))


def test_what_is_planned_is_no_end_of_what_goes_on(log, tmp_path):
    said = imported(log, tmp_path, "b1", outage("clr", "04:01"), PLANNED, own=parts_of(None))
    assert "outranks" not in said
    assert "outranks" not in imported(log, tmp_path, "b2", PLANNED, own=[])


def test_what_is_planned_is_offered_for_what_the_own_log_has_planned(log, tmp_path):
    own = outage("clr", "08:00", end=moment("10:00"), time=moment("05:00"))
    said = imported(log, tmp_path, "b1", PLANNED, own=[*parts_of(None), own])
    assert f'add {log} outage --supersedes outage-2 --end "2026-12-18 09.00"' in said


def test_an_end_that_was_planned_and_has_passed_by_the_own_word_is_not_offered(log, tmp_path):
    assert "outranks" not in imported(log, tmp_path, "b1", PLANNED, own=[outage("clr", "08:00", time=moment("09:10"))])


@pytest.mark.parametrize("end", ["04:20", None])
def test_of_two_outages_the_first_is_the_one_that_goes_on_by_the_own_log(log, tmp_path, end):
    later = outage("clr", "04:40", end=moment("05:10"), time=moment("05:10"))
    said = imported(
        log, tmp_path, "b1", outage("clr", "04:01", **({"end": moment(end)} if end else {})), later, own=parts_of(None)
    )
    assert "05.10" not in said
    assert ('--supersedes outage-1 --end "2026-12-18 04.20"' in said) == bool(end)


def test_what_is_told_to_end_after_the_own_estimate_has_passed_is_another_outage(log, tmp_path):
    own = outage("clr", "04:00", **{"for": {"min": "10min", "mode": "20min", "max": "30min"}})
    later = outage("clr", "04:40", end=moment("05:10"), time=moment("05:10"))
    assert "outranks" not in imported(log, tmp_path, "b1", later, own=[own])


def test_a_level_that_holds_until_some_time_is_offered_with_that(log, tmp_path):
    seen = {
        "kind": "observation",
        "entity": "clr",
        "level": 0.6,
        "text": "Seen",
        "until": moment("09:00"),
        "disclose": True,
    }
    said = imported(log, tmp_path, "b1", seen, own=[outage("clr", "04:00")])
    (command,) = (line for line in said.splitlines() if "observation --entity clr" in line)
    assert '--until "2026-12-18 09.00"' in command
    assert run(*shlex.split(command)[1:], "--time", "2026-12-18 05.46").exit_code == 0


def test_the_command_that_ends_one_of_several_outages_that_another_tells_of_can_be_run(log, tmp_path):
    imported(log, tmp_path, "b1", outage("clr", "04:00"), PLANNED, outage("sys", "04:10"), own=[])
    done = add(log, "05.45", "observation", "--text", "Seen", "--entity", "clr", "--level", "1")
    (command,) = (line for line in done.stderr.splitlines() if "--supersedes received-1" in line)
    assert run(*shlex.split(command)[1:], "--time", "2026-12-18 05.46").exit_code == 0
    (entry,) = load_log(log, network())[0].of(OutageEntry)
    assert (entry.outage.start, entry.outage.end) == (moment("04:00"), moment("05:45"))


@pytest.mark.parametrize(
    ("own", "length", "command"),
    [
        ({}, "2h..5h..9h", '--for 2h..5h..9h --source "Bank one" --status confirmed'),
        ({"for": {"min": "1h", "mode": "3h", "max": "5h"}}, "2h..5h..9h", "--for 2h..5h..9h"),
        ({"for": {"min": "2h", "mode": "5h", "max": "9h"}}, "2h..5h..9h", None),
        ({"end": moment("04:50")}, "2h..5h..9h", None),
        ({}, "p50 2h, p90 12h", ""),
    ],
    ids=["none", "another", "the same", "over", "two percentiles, which no option takes"],
)
def test_an_estimate_of_another_is_offered_for_the_own_outage(log, tmp_path, own, length, command):
    estimates = {
        "2h..5h..9h": {"min": "2h", "mode": "5h", "max": "9h"},
        "p50 2h, p90 12h": {"p50": "2h", "p90": "12h"},
    }
    told = outage("clr", "04:01", **{"for": estimates[length]})
    said = imported(log, tmp_path, "b1", told, own=[outage("clr", "04:00", time=moment("05:00"), **own)])
    assert ("Bank one estimates the outage of clr" in said) == (command is not None)
    assert ("--supersedes outage-1 --for" in said) == bool(command)
    assert (command or "") in said


def test_what_is_read_in_after_the_closing_is_warned_of(log, tmp_path):
    run("incident", "close", log, "--time", "2026-12-18 05.00")
    said = imported(log, tmp_path, "b1", outage("clr", "04:00"), own=[])
    assert "Warning: the incident is closed (closed-1, Fri 2026-12-18 05:00)" in said
    assert f"incident withdraw {log} closed-1" in said


@pytest.mark.parametrize(
    ("entity", "told"),
    [
        ("clr", "You do not answer for it, so it may stay so"),
        ("sys", "You answer for it: open the incident again"),
    ],
)
def test_what_others_have_said_no_end_of_is_told_when_the_incident_is_closed(log, tmp_path, entity, told):
    imported(log, tmp_path, "b1", outage(entity, "04:00"), own=[])
    done = run("incident", "close", log, "--time", "2026-12-18 06.00")
    assert done.exit_code == 0
    assert "has no end in received-1 (from Bank one)" in done.stderr
    assert told in done.stderr


def test_what_others_say_has_ended_is_not_told_of_when_the_incident_is_closed(log, tmp_path):
    imported(log, tmp_path, "b1", outage("clr", "04:00", end=moment("04:45"), time=moment("04:50")), own=[])
    assert run("incident", "close", log, "--time", "2026-12-18 06.00").stderr == ""


def test_a_request_that_is_put_to_another_with_the_old_time_says_so(log):
    asked = ("request", "--type", "information", "--text", "How long?", "--to", "clr", "--due", "2026-12-18 04.40")
    add(log, "04.20", *asked)
    moved = add(log, "05.00", "request", "--supersedes", "request-1", "--to", "b1")
    assert "Warning: the request goes to another but is still to be answered by Fri 2026-12-18 04:40" in moved.stderr
    renewed = add(log, "05.10", "request", "--supersedes", "request-2", "--to", "b2", "--due", "2026-12-18 06.00")
    assert "Warning" not in renewed.stderr


@pytest.mark.parametrize(("to", "is_told"), [("b2", True), ("b1", False)])
def test_what_another_has_shared_and_was_not_chosen_is_told_unless_the_reader_shared_it(log, tmp_path, to, is_told):
    imported(log, tmp_path, "b1", outage("clr", "04:00"), own=[])
    share = ("--form", "delgivning", "--to", to, "--disclose", "prognos", "-o", tmp_path / "d.md")
    done = run(
        "lagesbild", tmp_path / "model.toml", "--incident", log, "--at", "2026-12-18 06.00", "--actor", "payer", *share
    )
    assert done.exit_code == 0, done.stderr
    told = "received-1 was not chosen for sharing (disclose): not named, but counted" in done.stderr
    assert told is is_told


def test_what_another_tells_is_shown_as_its_word(log, tmp_path):
    imported(log, tmp_path, "b1", outage("clr", "04:00"), own=[])
    assert "as its sender says" in run("incident", "show", log).stdout


@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("80%", "the log says that it is out (received-1). The prognosis takes it to be at 80"),
        ("1", 'outage --supersedes received-1 --entity clr --end "2026-12-18 05.45"'),
        ("20%", "no known outage explains the level"),
    ],
)
def test_what_an_observed_level_does_to_anothers_outage_is_told(log, tmp_path, level, told):
    imported(log, tmp_path, "b1", outage("clr", "04:00", remaining=0.4), own=[])
    done = add(log, "05.45", "observation", "--text", "Seen", "--entity", "clr", "--level", level)
    assert told in done.stderr


def test_what_another_has_told_and_does_not_count_is_not_said_to(log, tmp_path):
    imported(log, tmp_path, "b1", outage("clr", "04:00", remaining=0.4), own=[outage("clr", "04:00")])
    add(log, "05.45", "observation", "--text", "Seen", "--entity", "clr", "--level", "30%", "--disclose")
    made = run("lagesbild", log.parent / "model.toml", "--incident", log, "--form", "delgivning", "--to", "TLP:GREEN",
               "--at", "2026-12-18 06.00", "-o", tmp_path / "d.md")  # fmt: skip
    assert made.exit_code == 0
    assert "received-1" not in made.stderr
