"""What a crisis staff stumbled over in the log: levels, doubles, times ahead, withdrawals, and names that leak."""

import shlex
from pathlib import Path
from time import time

import pytest
from chain import network, tables
from click.testing import CliRunner
from delgivningar import begun, delgivning, ground, moment, outage, read, shared

import beroenden
from beroenden.cli.incident_told import slip_of_day
from beroenden.cli.main import commands
from beroenden.incident.known import known_at
from beroenden.incident.log.entries import Request
from beroenden.units.times import time_zone

ZONE = time_zone("Europe/Stockholm")


def run(*arguments: object, **more):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments], **more)


@pytest.fixture
def log(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return begun(tmp_path / "log.toml", "payer")


def add(log: Path, time: str, *arguments: object, **more):
    done = run("incident", "add", log, *arguments, "--time", f"2026-12-18 {time}", **more)
    assert done.exit_code == 0, done.stderr
    return done


def out(log: Path, time: str = "04.10", *more: object):
    return add(log, time, "outage", "--entity", "clr", "--start", "04.00", "--status", "confirmed", *more)


def withdraw(log: Path, entry: str, time: str):
    return run("incident", "withdraw", log, entry, "--reason", "Wrong", "--time", f"2026-12-18 {time}")


def seen(log: Path, time: str, level: object, *more: object):
    return add(log, time, "observation", "--text", "Seen", "--entity", "clr", "--level", level, *more)


def spells(log: Path, at: str):
    scenario = known_at(read(log), moment(at), network()).scenario
    return [(one.start, one.end, one.remaining) for one in scenario.outages]


@pytest.mark.parametrize(("level", "left"), [("0.9", 0.9), ("99%", 0.99)])
def test_a_level_above_what_an_outage_leaves_is_a_partial_restoration(log, level, left):
    out(log)
    done = seen(log, "05.00", level)
    assert set(spells(log, "06:00")) == {(moment("04:00"), moment("05:00"), 0.0), (moment("04:00"), None, left)}
    assert "The prognosis takes it to be at" in done.stderr


def test_full_capacity_ends_the_outage_in_the_prognosis_and_how_to_end_it_in_the_log_is_told(log):
    out(log)
    done = seen(log, "05.00", 1)
    assert spells(log, "06:00") == [(moment("04:00"), moment("05:00"), 0.0)]
    typed = f'beroenden incident add {log} outage --supersedes outage-1 --end "2026-12-18 05.00"'
    assert typed in done.stderr
    assert "it ended Fri 2026-12-18 05:00" in done.stderr


def test_full_capacity_until_a_time_only_holds_that_long(log):
    out(log)
    done = seen(log, "05.00", 1, "--until", "07.00")
    assert spells(log, "06:00") == [(moment("04:00"), None, 0.0)]
    assert "holds until Fri 2026-12-18 07:00" in done.stderr


def test_full_capacity_of_what_something_else_harms_holds_until_the_as_of_time_and_says_so(log):
    add(log, "04.10", "outage", "--entity", "power", "--start", "04.00")
    done = add(log, "09.00", "observation", "--text", "Up", "--entity", "sys", "--level", "100%")
    assert "holds until the as-of time of a report" in done.stderr
    assert spells(log, "10:00") == [(moment("04:00"), None, 0.0)]


def test_an_outage_that_was_reported_after_the_observation_outranks_it(log):
    seen(log, "05.00", 1)
    out(log, "05.30")
    assert spells(log, "06:00") == [(moment("04:00"), None, 0.0)]


def test_an_entry_that_was_withdrawn_does_not_keep_the_incident_open_and_is_not_warned_of(log):
    out(log)
    add(log, "18.00", "observation", "--text", "Typed on the wrong day")
    assert withdraw(log, "observation-1", "06.00").exit_code == 0
    closed = run("incident", "close", log, "--even-if-open", "--time", "2026-12-18 09.00")
    assert closed.exit_code == 0, closed.stderr
    assert "B90" not in closed.stderr + run("incident", "show", log).stderr


def test_an_entry_that_was_corrected_does_not_keep_the_incident_open(log):
    add(log, "18.00", "observation", "--text", "Typed on the wrong day")
    add(log, "06.00", "observation", "--text", "On the right day", "--supersedes", "observation-1")
    assert run("incident", "close", log, "--time", "2026-12-18 09.00").exit_code == 0


def test_a_corrected_level_holds_from_the_start_and_the_way_to_say_from_now_on_is_told(log):
    out(log)
    done = add(log, "06.00", "--supersedes", "outage-1", "--remaining", "50%")
    assert "then holds for the whole outage, from Fri 2026-12-18 04:00" in done.stderr
    first, second = (line.strip() for line in done.stderr.splitlines() if line.startswith("  beroenden"))
    for typed in (first, second):
        words = typed.replace(str(log), "LOG").split('"')
        parts = [part for place, text in enumerate(words) for part in ([text] if place % 2 else text.split())]
        again = run(*[str(log) if part == "LOG" else part for part in parts[1:]], "--time", "2026-12-18 06.05")
        assert (again.exit_code, again.stderr) == (0, "")
    assert spells(log, "07:00") == [(moment("04:00"), moment("06:00"), 0.0), (moment("06:00"), None, 0.5)]


def faulty(log: Path, time: str, start: str, share: str, *more: object):
    return add(log, time, "outage", "--payment", "allowance", "--share", share, "--start", start, *more)


def unpaid(log: Path, at: str) -> list[tuple[float, int | None]]:
    (run,) = ground(log, at).outcome.late_runs
    return sorted((round(one.share, 6), one.completed) for one in run.branches if one.bank is None)


def test_a_corrected_share_of_a_file_holds_from_the_start_and_the_way_to_say_half_mended_is_told(log):
    faulty(log, "04.20", "04.00", "10%")
    done = add(log, "10.00", "--supersedes", "outage-1", "--share", "4%")
    assert "4% of the recipients (was 10%) then holds for the whole fault, from Fri 2026-12-18 04:00" in done.stderr
    first, second = (line.strip() for line in done.stderr.splitlines() if line.startswith("  beroenden"))
    for typed in (first, second):
        words = shlex.split(typed)[1:]
        again = run(*words, "--time", "2026-12-18 10.05")
        assert (again.exit_code, again.stderr) == (0, "")
    assert unpaid(log, "10:30") == [(0.04, None), (0.06, moment("10:00"))]


def test_a_fault_that_begins_after_what_was_late_by_another_counts_as_paid_says_so(log):
    faulty(log, "04.20", "04.00", "10%")
    add(log, "10.00", "--supersedes", "outage-1", "--end", "10.00")
    done = faulty(log, "10.10", "10.05", "4%")
    assert (
        "the fault in outage-2 ended Fri 2026-12-18 10:00, and what of Allowance (allowance) it made late"
        in done.stderr
    )
    (typed,) = (line.strip() for line in done.stderr.splitlines() if line.startswith("  beroenden"))
    again = run(*shlex.split(typed)[1:], "--time", "2026-12-18 10.15")
    assert (again.exit_code, again.stderr) == (0, "")
    assert unpaid(log, "10:30") == [(0.04, None), (0.06, moment("10:00"))]


def test_a_fault_after_one_that_made_nothing_late_is_just_another(log):
    faulty(log, "04.20", "04.00", "10%")
    add(log, "05.30", "--supersedes", "outage-1", "--end", "05.30")
    assert faulty(log, "10.10", "2026-12-18 10.05", "4%").stderr == ""


def test_the_share_of_a_file_that_is_faulty_is_shown(log):
    faulty(log, "04.20", "04.00", "10%")
    shown = " ".join(run("incident", "show", log).stdout.split())
    assert "Allowance (allowance) (10% of" in shown and "the recipients) from" in shown


def test_what_is_left_is_shown(log):
    out(log, "04.10", "--remaining", "0.5")
    assert "Clearing (clr) (50% left) from" in " ".join(run("incident", "show", log).stdout.split())


@pytest.mark.parametrize("value", ["50%", "50 %", "0,5", "0.5"])
def test_a_share_can_be_in_per_cent(log, value):
    out(log, "04.10", "--remaining", value)
    assert read(log).entry["outage-1"].outage.remaining == 0.5


@pytest.mark.parametrize(
    ("more", "is_told"),
    [
        (("--start", "05.00"), True),
        (("--start", "05.00", "--supersedes", "outage-1"), False),
    ],
)
def test_an_outage_that_is_there_already_is_told(log, more, is_told):
    out(log)
    done = add(log, "06.00", "outage", "--entity", "clr", *more)
    assert ("outage-1 says already that Clearing (clr) is out" in done.stderr) == is_told
    assert ("--supersedes outage-1" in done.stderr) == is_told


def test_an_outage_after_one_that_has_ended_is_another(log):
    out(log, "04.10", "--end", "05.00")
    assert add(log, "06.00", "outage", "--entity", "clr", "--start", "2026-12-18 05.30").stderr == ""
    assert "outage-1 says already" in add(log, "06.00", "outage", "--entity", "clr", "--start", "04.30").stderr


def test_withdrawing_a_correction_restores_what_it_corrected_link_by_link(log):
    out(log)
    for said, length in (("05.00", "6h"), ("06.00", "8h")):
        add(log, said, "--supersedes", f"outage-{1 if length == '6h' else 2}", "--for", length)
    assert withdraw(log, "outage-3", "06.30").exit_code == 0
    assert [one.id for one in read(log).as_of(moment("06:15")).entries] == ["outage-3"]
    assert [one.id for one in read(log).standing] == ["outage-2", "withdrawn-1"]
    assert withdraw(log, "outage-2", "06.40").exit_code == 0
    assert [one.id for one in read(log).standing] == ["outage-1", "withdrawn-1", "withdrawn-2"]
    done = add(log, "07.00", "--supersedes", "outage-1", "--for", "9h")
    assert "B909" not in done.stderr
    assert [one.id for one in read(log).standing] == ["withdrawn-1", "withdrawn-2", "outage-4"]
    assert withdraw(log, "outage-1", "07.30").exit_code == 2


def test_withdrawing_what_opened_an_incident_again_closes_it_and_says_so(log):
    out(log, "04.10", "--end", "05.00")
    run("incident", "close", log, "--time", "2026-12-18 06.00")
    add(log, "06.30", "observation", "--text", "Again", "--supersedes", "closed-1")
    assert not read(log).is_closed
    assert "the incident is closed" in withdraw(log, "observation-1", "06.40").stderr
    assert read(log).is_closed


def test_a_time_of_day_alone_is_said_to_be_todays(log):
    done = run("incident", "withdraw", log, "outage-1", "--reason", "x", "--time", "00.20")
    assert done.exit_code == 2
    out(log)
    done = run("incident", "add", log, "observation", "--text", "x", "--time", "00.01")
    assert "--time 00.01: taken as" in done.stderr


def test_a_time_that_is_said_from_now_is_reckoned_from_now_once(log):
    before = int(time() // 60)
    done = run("incident", "add", log, "observation", "--text", "x", "--time", "two hours ago")
    assert done.stderr.count("--time two hours ago: taken as") == 1
    [entry] = read(log).entries
    assert before - 120 <= entry.time <= int(time() // 60) - 120


def test_a_time_that_has_not_come_is_told(tmp_path):
    clock = int(time() // 60)
    beroenden.save(network(), tmp_path / "model.toml")
    opened = ("--actor", "payer", "--name", "Now", "--model", tmp_path / "model.toml")
    run("incident", "new", tmp_path / "now.toml", *opened, "--live")
    for minutes, is_told, yesterday in ((-5, False, False), (600, True, True), (3000, True, False)):
        told = " ".join(slip_of_day(read(tmp_path / "now.toml"), clock + minutes, ZONE))
        assert ("lies ahead" in told, "yesterday" in told) == (is_told, yesterday)
    done = run("incident", "add", tmp_path / "now.toml", "observation", "--text", "x", "--time", "2099-01-01 10.00")
    assert "observation-1: Warning: the time, Thu 2099-01-01 10:00, lies ahead" in done.stderr
    done = run("incident", "close", tmp_path / "now.toml", "--time", "2099-01-02 10.00")
    assert "lies ahead" in done.stderr


@pytest.mark.parametrize(("day", "is_told"), [("2026-12-14", True), ("2026-12-17", False)])
def test_a_time_days_before_the_incident_was_opened_is_told(log, day, is_told):
    done = run("incident", "add", log, "observation", "--text", "x", "--time", f"{day} 10.00")
    assert ("before the incident was opened (Fri 2026-12-18 04:00). Is the day right?" in done.stderr) == is_told


@pytest.mark.parametrize(("kind", "is_told"), [("--exercise", True), ("--live", False)])
def test_that_the_day_is_another_is_in_order_where_an_exercise_is_logged_in_time_of_play(tmp_path, kind, is_told):
    beroenden.save(network(), tmp_path / "model.toml")
    opened = ("--actor", "payer", "--name", "Log", "--model", tmp_path / "model.toml", "--time", "2020-12-13 08.00")
    run("incident", "new", tmp_path / "log.toml", *opened, kind)
    out = ("outage", "--entity", "clr", "--start", "2020-12-13 08.00")
    done = run("incident", "add", tmp_path / "log.toml", *out, "--time", "2020-12-02 09.31")
    remarks = [line for line in done.stderr.splitlines() if "Is the day right?" in line]
    assert len(remarks) == 2
    assert all(("kept in time of play that is in order" in one) == is_told for one in remarks)


def test_an_answer_that_has_not_come_is_told_and_is_none_until_then(log):
    asked = ("request", "--to", "clr", "--type", "information", "--text", "När?")
    done = add(log, "04.20", *asked, "--answered", "2026-12-19 17.00", "--answer", "Ja")
    assert "request-1: Warning: was answered Sat 2026-12-19 17:00, after the entry's time" in done.stderr
    known = read(log)
    answers = [known.as_of(at).of(Request)[0].answer for at in (moment("05:00"), moment("05:00") + 2 * 1440)]
    assert answers == [None, "Ja"]
    assert "was answered" not in add(log, "04.30", *asked, "--answered", "04.25", "--answer", "Ja").stderr


def test_an_exercise_that_is_played_on_another_day_is_not_told_of_the_clock(tmp_path):
    clock = int(time() // 60)
    beroenden.save(network(), tmp_path / "model.toml")
    played = ("--actor", "payer", "--name", "Then", "--model", tmp_path / "model.toml", "--exercise")
    run("incident", "new", tmp_path / "then.toml", *played, "--time", "2099-01-01 10.00")
    assert list(slip_of_day(read(tmp_path / "then.toml"), clock + 10**8, ZONE)) == []


def lagesbild(log: Path, at: str, path: Path, *more: object):
    done = run("lagesbild", log.parent / "model.toml", "--incident", log, "--at", at, "-o", path, *more)
    assert done.exit_code == 0, done.stderr
    return done


def test_entries_after_the_as_of_time_are_told(log, tmp_path):
    out(log)
    add(log, "05.30", "--supersedes", "outage-1", "--for", "6h")
    told = " ".join(lagesbild(log, "2026-12-18 05.00", tmp_path / "one.md").stderr.split())
    assert "The log has 1 entry after the as-of time Fri 2026-12-18 05:00, from Fri 2026-12-18 05:30" in told
    assert "outage-2" in told
    assert "after the as-of time" not in lagesbild(log, "2026-12-18 06.00", tmp_path / "two.md").stderr


def test_what_was_not_chosen_is_told_on_one_line_and_nothing_else_where_it_is_not_named(log, tmp_path):
    add(log, "04.10", "outage", "--entity", "power", "--start", "04.00")
    add(log, "08.30", "observation", "--text", "Down", "--entity", "sys", "--level", "0")
    share = ("--form", "delgivning", "--to", "TLP:GREEN", "--disclose", "prognos")
    done = lagesbild(log, "2026-12-18 09.00", tmp_path / "d.md", *share)
    assert "Power" not in (tmp_path / "d.md").read_text("utf-8")
    assert "all the same" not in done.stderr
    assert "outage-1, observation-1 were not chosen for sharing" in done.stderr


def test_a_fear_that_was_not_chosen_is_not_said_to_be_counted(log, tmp_path):
    out(log)
    add(log, "04.20", "outage", "--entity", "power", "--start", "12.00", "--status", "feared")
    share = ("--form", "delgivning", "--to", "TLP:GREEN", "--disclose", "prognos")
    told = lagesbild(log, "2026-12-18 09.00", tmp_path / "d.md", *share).stderr
    assert "outage-1 was not chosen for sharing (disclose): not named, but counted" in told
    assert "outage-2 was not chosen for sharing (disclose): feared, not named and not counted" in told


def test_entries_that_are_left_out_for_one_reason_are_told_on_one_line(log, tmp_path):
    for said in ("04.10", "04.20", "04.30"):
        add(log, said, "observation", "--text", "Secret", "--tlp", "red", "--disclose")
    done = lagesbild(log, "2026-12-18 06.00", tmp_path / "d.md", "--form", "delgivning", "--to", "TLP:GREEN")
    lines = [line for line in done.stderr.splitlines() if "left out" in line]
    assert len(lines) == 1
    assert lines[0].startswith("observation-1, observation-2, observation-3 were chosen for sharing but left out:")


def test_an_end_that_another_says_is_offered_for_the_own_outage(log, tmp_path):
    out(log)
    sender = begun(tmp_path / "b1.toml", "b1", outage("clr", "04:00", end=moment("04:45"), time=moment("04:50")))
    file = shared(tmp_path / "from-b1.toml", delgivning(sender, at="05:00"))
    done = run("incident", "import", log, file, "--time", "2026-12-18 05.10")
    assert "the own entry outage-1 outranks it" in done.stderr
    assert f'add {log} outage --supersedes outage-1 --end "2026-12-18 04.45"' in done.stderr
    add(log, "05.20", "--supersedes", "outage-1", "--end", "04.45")
    again = shared(tmp_path / "again.toml", delgivning(sender, at="05:30"))
    assert "outranks" not in run("incident", "import", log, again, "--time", "2026-12-18 05.40").stderr


def test_a_level_that_another_has_seen_is_offered_for_the_own_outage(log, tmp_path):
    add(log, "04.10", "outage", "--entity", "clr", "--start", "04.00")
    level = {"kind": "observation", "entity": "clr", "level": 1.0, "text": "Up", "disclose": True}
    sender = begun(tmp_path / "b1.toml", "b1", level | {"time": moment("04:50")})
    file = shared(tmp_path / "from-b1.toml", delgivning(sender, at="05:00"))
    done = run("incident", "import", log, file, "--time", "2026-12-18 05.10")
    assert (
        "had 100% of its capacity Fri 2026-12-18 04:50, but the own entry outage-1 (0% left) outranks it" in done.stderr
    )
    (take,) = (line for line in done.stderr.splitlines() if line.startswith("  beroenden incident add"))
    assert run(*shlex.split(take)[1:], "--time", "2026-12-18 05.15").exit_code == 0
    again = shared(tmp_path / "again.toml", delgivning(sender, at="05:30"))
    assert "outranks" not in run("incident", "import", log, again, "--time", "2026-12-18 05.40").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("measure", "--type", "operational", "--text", "x", "--concerns", "allowances"), '"allowance" (Allowance)'),
        (("outage", "--start", "04.00", "--entity", "bank"), '"b1" (Bank one) or "b2" (Bank two)'),
    ],
)
def test_an_unknown_id_is_told_with_those_whose_names_have_the_word(log, arguments, told):
    done = run("incident", "add", log, *arguments)
    assert (done.exit_code, told in done.stderr) == (2, True)


def test_a_name_answers_a_question_too(log):
    answers = "Clearingen\nClearing\n2026-12-18 04.00\n" + "\n" * 20
    done = run("incident", "add", log, "outage", "--ask", "--time", "2026-12-18 04.10", input=answers)
    assert done.exit_code == 0, done.stderr
    assert read(log).entry["outage-1"].outage.entity == "clr"
    assert '"Clearingen". Did you mean "clr" (Clearing)?' in done.stderr


def test_what_decides_whether_a_payment_is_late_is_shown_and_explained(log):
    model = log.parent / "model.toml"
    shown = " ".join(run("show", model, "allowance").stdout.split())
    assert "Clearing (endurance 1 h)" in shown
    done = run("explain", model, "allowance", "--outage", "clr", "--start", "2026-12-18 05.30", "--for", "30min")
    assert "does without Clearing for a time: 1 h" in " ".join(done.stdout.split())


def test_what_if_it_comes_later(log):
    given = ("--outage", "clr", "--start", "2026-12-17 04.00", "--for", "5h")
    model = log.parent / "model.toml"
    assert "No run is late" in run("explain", model, "allowance", *given).stdout
    assert "600 payouts" in run("explain", model, "allowance", *given, "--later", "1d").stdout


def test_who_prepared_it_and_when_the_next_one_comes_stand_in_the_head(log, tmp_path):
    out(log)
    said = ("--prepared-by", "Analysfunktionen", "--next", "14.00")
    lagesbild(log, "2026-12-18 06.00", tmp_path / "one.md", *said)
    text = (tmp_path / "one.md").read_text("utf-8")
    assert "| Upprättad av (funktion) | Analysfunktionen |" in text
    assert "| Nästa lägesbild | fredag 18 december 2026 kl.\xa014.00 |" in text
    model = log.parent / "model.toml"
    for more, told in ((("--next", "05.00"), "not after"), (("--form", "kontakter", *said), "no row for")):
        done = run("lagesbild", model, "--incident", log, "--at", "2026-12-18 06.00", "-o", tmp_path / "x.md", *more)
        assert (done.exit_code, told in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize(("label", "is_there"), [("amber", False), ("green", True)])
def test_a_bank_that_the_paper_names_though_its_outage_was_not_chosen_is_told(label, is_there, tmp_path):
    """Of the society model, whose GREEN readers know Nordea; what they may not read of it is not said at all."""
    log = tmp_path / "log.toml"
    given = ("--actor", "pensionsmyndigheten", "--name", "X", "--exercise", "--model", "models/soes", "--tlp", "green")
    run("incident", "new", log, *given, "--time", "2026-11-18 18.00")
    down = ("outage", "--entity", "nordea", "--start", "2026-11-18 17.40", "--tlp", label, "--model", "models/soes")
    run("incident", "add", log, *down, "--time", "2026-11-18 18.00")
    paper = ("lagesbild", "models/soes", "--incident", log, "--at", "2026-11-18 20.30", "--form", "delgivning")
    done = run(*paper, "--to", "swedbank", "--disclose", "prognos", "-o", tmp_path / "d.md")
    assert done.exit_code == 0, done.stderr
    written = (tmp_path / "d.md").read_text("utf-8")
    assert ("Nordea" in written, "Warning: Nordea is named all the same" in done.stderr) == (is_there, is_there)
    assert written.startswith("**TLP:GREEN")


@pytest.mark.parametrize(("form", "to", "is_told"), [
    ("delgivning", "b2", True), ("delgivning", "clr", False), ("delgivning", "TLP:GREEN", False), ("intern", "b2", False),
])  # fmt: skip
def test_a_request_to_another_is_told_to_be_left_out(log, form, to, is_told, tmp_path):
    model = tmp_path / "model.toml"
    readers = [{"actor": one, "tlp": "TLP:GREEN"} for one in ("b2", "clr")]
    beroenden.save(beroenden.build(tables() | {"audience": readers})[0], model)
    out(log)
    add(log, "04.20", "request", "--to", "clr", "--type", "information", "--text", "När?", "--disclose")
    done = lagesbild(log, "2026-12-18 05.00", tmp_path / "d.md", "--form", form, "--to", to)
    told = "request-1 was chosen for sharing but left out: the request is made to Clearing."
    assert (told in " ".join(done.stderr.split())) == is_told
