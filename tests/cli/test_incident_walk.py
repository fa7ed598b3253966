"""What crisis staff stumbled over on the command line: days, names, withdrawals, and what is said on the way."""

import shlex
import tomllib
from pathlib import Path

import pytest
from chain import network, tables
from click.testing import CliRunner
from delgivningar import begun, delgivning, moment, outage, read, shared

import beroenden
from beroenden.cli.main import commands
from beroenden.incident.log.fields import computed_sections

AT = ("--time", "2026-12-18 05.10")


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


def add(log: Path, *arguments: object):
    return run("incident", "add", log, *arguments)


@pytest.fixture
def model(tmp_path) -> Path:
    path = tmp_path / "model.toml"
    beroenden.save(network(), path)
    return path


@pytest.fixture
def log(tmp_path, model) -> Path:
    return begun(tmp_path / "log.toml", "payer")


def last(log: Path):
    return read(log).entries[-1]


def out(log: Path, *more: object):
    return add(log, "outage", "--entity", "clr", "--start", "04.00", "--status", "confirmed", *AT, *more)


def test_a_time_of_day_is_on_the_day_of_the_entrys_time(log):
    assert out(log).exit_code == 0
    assert last(log).outage.start == moment("04:00")
    done = add(log, "measure", "--type", "operativ", "--text", "x", "--due", "11.30", *AT)
    assert (last(log).due, done.stderr) == (moment("11:30"), "--due 11.30: taken as Friday 18 December 2026.\n")


def test_past_midnight_is_the_next_day_or_the_one_before_and_told(log):
    done = add(log, "request", "--type", "help", "--to", "b2", "--text", "x", "--due", "02.00", *AT)
    assert last(log).due == moment("02:00") + 1440
    assert "--due 02.00: taken as Saturday 19 December 2026" in done.stderr
    done = add(log, "outage", "--entity", "clr", "--start", "23.50", "--time", "2026-12-18 00.20")
    assert read(log).entry["outage-1"].outage.start == moment("23:50") - 1440
    assert "--start 23.50: taken as Thursday 17 December 2026" in done.stderr


def test_times_in_the_wrong_order_are_told(log):
    done = add(log, "measure", "--type", "operational", "--text", "x", "--due", "2026-12-17 11.30", *AT)
    assert "measure-1: is due Thu 2026-12-17 11:30, before the entry's time" in done.stderr
    done = add(log, "outage", "--entity", "clr", "--start", "2026-12-18 09.00", *AT)
    assert "outage-1: begins Fri 2026-12-18 09:00, after the entry's time" in done.stderr
    done = add(log, "outage", "--entity", "clr", "--start", "2026-12-18 09.00", "--status", "befarad", *AT)
    assert "begins" not in done.stderr


def test_an_observation_is_ended_earlier_than_the_correction_is_made(log):
    add(log, "observation", "--text", "Down", "--entity", "sys", "--level", "0", "--time", "2026-12-18 06.30")
    done = add(log, "--supersedes", "observation-1", "--until", "10.30", "--time", "2026-12-18 14.10")
    assert done.exit_code == 0, done.output
    assert last(log).until == moment("10:30")
    done = add(log, "--supersedes", "observation-2", "--until", "2026-12-18 06.10", "--time", "2026-12-18 14.20")
    assert (done.exit_code, "until should be after time" in done.stderr) == (2, True)


def test_what_is_not_in_the_log_is_not_corrected(log):
    done = add(log, "outage", "--supersedes", "outage-1", "--end", "2026-12-18 06.00")
    assert (done.exit_code, 'the log has no entry "outage-1"' in done.stderr) == (2, True)
    out(log)
    assert 'Did you mean "outage-1"' in add(log, "outage", "--supersedes", "outge-1").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("avbrot", "--start", "04.00"), 'Did you mean "avbrott"'),
        (("outage", "--entity", "clr", "--start", "04.00", "--status", "bekräfta"), 'Did you mean "bekräfta'),
    ],
)
def test_swedish_words_are_suggested(log, arguments, told):
    done = add(log, *arguments)
    assert (done.exit_code, told in done.stderr) == (2, True)


def test_swedish_words_are_taken(log):
    add(log, "avbrott", "--entity", "clr", "--start", "04.00", "--status", "Bekräftad", *AT)
    assert last(log).status == "confirmed"
    add(log, "åtgärd", "--type", "operativ", "--progress", "pågår", "--effect", "delvis", "--text", "x", *AT)
    assert (last(log).type, last(log).progress, last(log).effect) == ("operational", "ongoing", "partly")


def test_a_persons_name_is_told_of(log):
    done = add(log, "measure", "--type", "operational", "--text", "x", "--owner", "Anna Andersson", *AT)
    assert '--owner "Anna Andersson" seems to tell of a person' in done.stderr
    assert "--supersedes measure-1" in done.stderr
    assert add(log, "measure", "--type", "operational", "--text", "x", "--owner", "Driftchef", *AT).stderr == ""


def test_an_observed_level_is_compared_with_what_is_computed(log):
    out(log)
    done = add(log, "observation", "--text", "Up", "--entity", "clr", "--level", "1", "--time", "2026-12-18 06.00")
    assert "Clearing is at 100% by the observation and 0% by the model" in done.stderr
    assert "The observation is unconfirmed" in done.stderr
    done = add(log, "observation", "--text", "Down", "--entity", "b1", "--level", "0", "--time", "2026-12-18 06.00")
    assert "counts as an outage of unknown length" in done.stderr


def test_a_level_that_its_cause_explains_is_no_outage_of_its_own(log):
    add(log, "outage", "--entity", "power", "--start", "04.00", *AT)
    done = add(log, "observation", "--text", "Down", "--entity", "sys", "--level", "0", "--time", "2026-12-18 08.30")
    assert "follows its cause" in done.stderr
    assert "unknown length" not in done.stderr


def test_an_entry_is_withdrawn_and_counts_no_more(log):
    out(log)
    done = run("incident", "withdraw", log, "outage-1", "--reason", "Another incident", "--time", "2026-12-18 05.20")
    assert done.stdout == f"Withdrew outage-1 in {log} (withdrawn-1)\n"
    shown = run("incident", "show", log, "--all").stdout
    assert "WITHDRAWN" in shown
    assert "withdraws outage-1: Another" in " ".join(shown.split())
    assert "outage-1 " not in run("incident", "show", log).stdout.replace("withdraws outage-1", "")
    assert read(log).as_of(moment("06:00")).entries[-1].text == "Another incident"


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ("outage-9", "The log has no outage-9"),
        ("outage-1", "withdraw outage-2 instead"),
    ],
)
def test_what_is_not_withdrawn_says_why(log, entry, told):
    out(log)
    add(log, "--supersedes", "outage-1", "--for", "6h", "--time", "2026-12-18 05.20")
    old = log.read_bytes()
    done = run("incident", "withdraw", log, entry, "--reason", "x")
    assert (done.exit_code, told in done.stderr) == (2, True)
    assert log.read_bytes() == old


def test_what_a_withdrawn_correction_corrected_holds_again(log):
    out(log)
    add(log, "--supersedes", "outage-1", "--for", "6h", "--time", "2026-12-18 05.20")
    done = run("incident", "withdraw", log, "outage-2", "--reason", "x", "--time", "2026-12-18 05.30")
    assert "outage-1, which outage-2 corrected, holds again" in done.stderr
    assert [one.id for one in read(log).standing] == ["outage-1", "withdrawn-1"]
    done = add(log, "--supersedes", "outage-2", "--for", "7h")
    assert (done.exit_code, "withdrawn-1" in done.stderr) == (2, True)


def test_closing_with_an_open_outage_is_refused_with_the_command_that_ends_it(log):
    out(log, "--for", "2h..6h..20h")
    old = log.read_bytes()
    close = ("incident", "close", log, "--time", "2026-12-18 09.00")
    done = run(*close)
    assert "outage-1, Clearing (clr), has no end in the log" in done.stderr
    assert (done.exit_code, log.read_bytes()) == (2, old)
    typed = next(line for line in done.stderr.splitlines() if line.startswith("  beroenden "))
    assert run(*shlex.split(typed)[1:]).exit_code == 0
    assert read(log).entry["outage-2"].outage.end == moment("09:00")
    assert run(*close).exit_code == 0


def test_the_end_that_is_offered_before_closing_is_the_one_observed(log):
    out(log, "--for", "2h..6h..20h")
    add(log, "observation", "--text", "Up", "--entity", "clr", "--level", "1", "--time", "2026-12-18 06.10")
    done = run("incident", "close", log, "--time", "2026-12-18 09.00")
    assert f'add {log} outage --supersedes outage-1 --end "2026-12-18 06.10" --time "2026-12-18 09.00"' in done.stderr
    assert run("incident", "close", log, "--even-if-open", "--time", "2026-12-18 09.00").exit_code == 0


def test_a_withdrawn_closing_opens_the_incident_and_is_no_fact(model, log, tmp_path):
    out(log)
    made(model, log, tmp_path / "1.md", "--approved-by", "Krisledare", at="05.20")
    run("incident", "close", log, "--even-if-open", "--text", "Gone", "--time", "2026-12-18 06.00")
    made(model, log, tmp_path / "closed.md", "--approved-by", "Krisledare", at="06.10")
    done = run("incident", "withdraw", log, "closed-1", "--reason", "Down again", "--time", "2026-12-18 06.20")
    assert (done.exit_code, "The incident is open again" in done.stdout) == (0, True)
    assert not read(log).is_closed
    assert add(log, "message", "--audience", "internal", "--text", "x", "--time", "2026-12-18 06.25").exit_code == 0
    made(model, log, tmp_path / "2.md", at="06.30")
    paper = (tmp_path / "2.md").read_text("utf-8")
    assert paper.count("Down again") == 1
    assert "Händelsen är öppnad igen. Down again" in paper
    assert "Avslutad" not in paper


def test_closing_when_all_have_ended_says_nothing_of_them(log):
    out(log, "--end", "05.00")
    assert run("incident", "close", log, "--time", "2026-12-18 09.00").stderr == ""


def test_showing_tells_due_owner_role_and_names(log):
    add(log, "measure", "--type", "operational", "--text", "Man it", "--owner", "Driftchef", "--due", "16.00", *AT)
    add(log, "decision", "--text", "Go", "--by", "Krisledare", *AT)
    add(log, "request", "--type", "help", "--to", "b2", "--text", "Can you", "--due", "16.00", *AT)
    shown = " ".join(run("incident", "show", log).stdout.split())
    for part in ("Driftchef, by Fri", "by Krisledare", "Bank two (b2)", "The payer (payer)"):
        assert part in shown, part


def test_a_received_outage_is_overridden_by_an_own_entry(log, tmp_path):
    sender = begun(
        tmp_path / "b1.toml",
        "b1",
        outage("clr", "04:00", remaining=0.2, **{"for": {"min": "1h", "mode": "2h", "max": "5h"}}),
    )
    file = shared(tmp_path / "from-b1.toml", delgivning(sender))
    assert run("incident", "import", log, file, *AT).exit_code == 0
    done = add(log, "outage", "--supersedes", "received-1", "--for", "3h", "--time", "2026-12-18 05.30")
    assert done.exit_code == 0, done.output
    made = last(log)
    assert (made.outage.entity, made.outage.start, made.outage.end) == ("clr", moment("04:00"), moment("07:00"))
    assert (made.outage.remaining, made.supersedes, made.tlp) == (0.2, None, "TLP:GREEN")
    assert made.text.startswith("Own information in place of that from Bank one (received-1).")
    assert add(log, "outage", "--supersedes", "received-1", "--for", "3h", "--tlp", "gren").exit_code == 2
    add(log, "outage", "--supersedes", "received-1", "--for", "3h", "--tlp", "clear", "--time", "2026-12-18 05.40")
    assert last(log).tlp == "TLP:GREEN"
    done = add(log, "observation", "--supersedes", "received-1", "--text", "x")
    assert (done.exit_code, "is not corrected" in done.stderr) == (2, True)


def test_a_document_is_not_read_but_the_file_beside_it(log, tmp_path):
    (tmp_path / "delgivning.docx").write_bytes(b"PK\x03\x04\xff")
    done = run("incident", "import", log, tmp_path / "delgivning.docx")
    assert done.exit_code == 2
    assert "delgivning.toml" in "".join(done.stderr.split())


def test_a_whole_log_is_not_a_file_of_entries(log, tmp_path):
    other = begun(tmp_path / "other.toml", "payer", outage("clr", "04:00"))
    done = add(log, "--file", other)
    assert (done.exit_code, "other.toml is a whole log" in done.stderr) == (1, True)


def test_a_later_delgivning_says_what_it_replaces(log, tmp_path):
    first = begun(tmp_path / "b1.toml", "b1", outage("clr", "04:00"))
    shared(tmp_path / "one.toml", delgivning(first))
    second = begun(
        tmp_path / "b1-2.toml", "b1", {"kind": "message", "audience": "external", "text": "Hej", "disclose": True}
    )
    shared(tmp_path / "two.toml", delgivning(second, at="05:30"))
    assert "Replaces" not in run("incident", "import", log, tmp_path / "one.toml", *AT).stderr
    done = run("incident", "import", log, tmp_path / "two.toml", "--time", "2026-12-18 05.20")
    for part in (
        "Replaces received-1 (no. 1 from Bank one)",
        "Bank one no longer tells of the outage of clr, and it counts no more",
        "Is --time right?",
    ):
        assert part in done.stderr, part


def made(model, log, target, *more, at="06.00"):
    return run("lagesbild", model, "--incident", log, "--at", f"2026-12-18 {at}", "-o", target, *more)


def test_an_approved_report_of_no_outage_is_warned_of_and_says_for_whom(model, log, tmp_path):
    done = made(model, log, tmp_path / "l.md", "--approved-by", "Krisledare")
    assert "the log has no outage" in done.stderr
    assert "as number 1 (intern, The payer)" in done.stderr
    out(log)
    assert "the log has no outage" not in made(model, log, tmp_path / "m.md", "--approved-by", "Krisledare").stderr


def test_what_goes_along_in_a_delgivning_is_listed_and_why(model, log, tmp_path):
    out(log)
    add(log, "decision", "--text", "Share", "--discloses", "prognos.betalningar", *AT)
    done = made(model, log, tmp_path / "d.md", "--form", "delgivning", "--to", "TLP:GREEN")
    assert "prognos.betalningar: 1 from the model (decision-1, for all readers)" in done.stderr
    assert "FAKTA is empty" in done.stderr
    add(log, "--supersedes", "outage-1", "--disclose", "--time", "2026-12-18 05.20")
    done = made(model, log, tmp_path / "d.md", "--form", "delgivning", "--to", "TLP:GREEN")
    assert "fakta.handelse: outage-2 (--disclose)" in done.stderr
    assert "FAKTA is empty" not in done.stderr


def test_an_entry_is_left_out_for_the_reason_that_is_true(tmp_path):
    raw = tables()
    next(one for one in raw["entity"] if one["id"] == "sys")["tlp"] = "TLP:AMBER"
    hidden, findings = beroenden.build(raw)
    assert hidden is not None, findings
    beroenden.save(hidden, tmp_path / "model.toml")
    log = begun(tmp_path / "log.toml", "payer", outage("sys", "04:00", tlp="TLP:GREEN"), model=hidden)
    done = made(tmp_path / "model.toml", log, tmp_path / "d.md", "--form", "delgivning", "--to", "TLP:GREEN")
    told = next(line for line in done.stderr.splitlines() if line.startswith("outage-1 was chosen"))
    assert "sys is TLP:AMBER" in told
    assert "TLP:GREEN" not in told
    assert told.index("add an entry without") < told.index("--lower-label")


def test_what_was_withdrawn_stands_among_what_has_changed(model, log, tmp_path):
    out(log)
    made(model, log, tmp_path / "one.md", "--approved-by", "Krisledare")
    run("incident", "withdraw", log, "outage-1", "--reason", "Another incident", "--time", "2026-12-18 06.20")
    run("lagesbild", model, "--incident", log, "--at", "2026-12-18 06.30", "-o", tmp_path / "two.md")
    assert "(outage-1). Another incident" in (tmp_path / "two.md").read_text("utf-8")


def test_chosen_sections_that_give_nothing_are_told(model, log, tmp_path):
    out(log, "--disclose", "--end", "04.10")
    chosen = [word for one in computed_sections() for word in ("--disclose", one)]
    done = made(model, log, tmp_path / "d.md", "--form", "delgivning", "--to", "TLP:GREEN", *chosen)
    (warned,) = (line for line in done.stderr.splitlines() if "gives nothing" in line)
    gave = {line.split(":")[0].strip() for line in done.stderr.splitlines() if "from the model" in line}
    empty = set(warned.removeprefix("Warning: ").partition(" was chosen")[0].split(", "))
    assert gave
    assert empty
    assert empty == {one for one in computed_sections() if not any(f"{got}.".startswith(f"{one}.") for got in gave)}


def test_a_public_text_of_nothing_but_instructions_is_not_approved(model, log, tmp_path):
    out(log, "--disclose")
    public = ("--form", "allmanhet", "--approved-by", "Kommunikationschef")
    refused = made(model, log, tmp_path / "p.md", *public)
    assert refused.exit_code == 2
    assert "so there is nothing to approve" in refused.stderr
    assert not (tmp_path / "p.md").exists()
    assert "issued" not in log.read_text("utf-8")
    assert made(model, log, tmp_path / "p.md", "--form", "allmanhet").exit_code == 0
    said = ("message", "--audience", "external", "--text", "Payments are late", "--disclose", "--tlp", "clear")
    add(log, *said, *AT)
    made(model, log, tmp_path / "q.md", *public)
    assert "[[issued]]" in log.read_text("utf-8")


def test_when_all_that_was_chosen_is_left_out_that_is_said(model, log, tmp_path):
    out(log, "--disclose", "--tlp", "red")
    done = made(model, log, tmp_path / "d.md", "--form", "delgivning", "--to", "TLP:GREEN")
    assert "So none of the entries that were chosen is in it" in done.stderr


def test_a_paper_for_another_actor_from_the_own_log_says_whose_measures_it_holds(model, log, tmp_path):
    out(log)
    add(log, "measure", "--type", "operativ", "--text", "Release by hand", "--owner", "Head of staff", *AT)
    own = made(model, log, tmp_path / "own.md")
    assert "was kept by" not in own.stderr
    assert "The payer, Head of staff" not in (tmp_path / "own.md").read_text("utf-8")
    done = made(model, log, tmp_path / "bank.md", "--actor", "b2")
    assert "The log was kept by The payer" in done.stderr
    assert "The payer, Head of staff" in (tmp_path / "bank.md").read_text("utf-8")
    assert "was kept by" not in made(model, log, tmp_path / "b.md", "--actor", "b2", "--to", "b1").stderr


def test_for_the_public_the_way_out_is_a_new_entry_and_no_lowering(model, log, tmp_path):
    out(log, "--disclose")
    public = made(model, log, tmp_path / "p.md", "--form", "allmanhet").stderr
    assert "in a new entry: --tlp TLP:CLEAR --disclose" in public
    assert "--lower-label" not in public


def test_a_payment_whose_fault_the_reader_may_not_read_of_is_told_to_be_left_out(model, log, tmp_path):
    add(log, "outage", "--payment", "allowance", "--share", "0.1", "--start", "04.00", "--tlp", "TLP:AMBER", *AT)
    done = made(model, log, tmp_path / "1.md", "--form", "delgivning", "--to", "TLP:GREEN", at="05.20")
    assert "Not named as late: Allowance." in done.stderr
    assert "Not named" not in made(model, log, tmp_path / "2.md", at="05.20").stderr


@pytest.mark.parametrize(
    ("typed", "length"),
    [("4 timmar", "4h"), ("halvt dygn", "12h"), ("2 tim..6 timmar..1 dygn", {"min": "2h", "mode": "6h", "max": "1d"})],
)
def test_a_length_is_taken_as_it_is_said(log, typed, length):
    out(log, "--for", typed)
    assert tomllib.loads(log.read_text("utf-8"))["outage"][0]["for"] == length
