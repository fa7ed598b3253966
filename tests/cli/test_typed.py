"""What people type: names for ids, times and lengths in their own ways, paths and options that are not quite right."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner

import beroenden
from beroenden.cli.main import commands

OUT = ("--outage", "clr", "--start", "2026-12-18 04.00", "--for", "5h")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    beroenden.save(network(), folder / "model.toml")
    return folder


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(one) for one in arguments])


def outages(*arguments: object) -> list[dict[str, object]]:
    done = run("simulate", *arguments, "--json", "-")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)["outages"]


class TestNames:
    @pytest.mark.parametrize("name", ["Clearing", "CLEARING", "clr", "CLR"])
    def test_a_name_is_taken_for_its_id(self, model, name):
        assert outages(model, "--outage", name, "--start", "2026-12-18 04.00")[0]["entity"] == "clr"

    def test_what_stands_in_brackets_need_not_be_typed(self, model):
        path = model / "model.toml"
        path.write_text(path.read_text("utf-8").replace('name = "Clearing"', 'name = "Clearing (made up)"'), "utf-8")
        for name in ("clearing", "Clearing (made up)"):
            assert outages(model, "--outage", name, "--start", "2026-12-18 04.00")[0]["entity"] == "clr"

    def test_of_a_name_of_two_it_is_said_which_they_are(self, model):
        path = model / "model.toml"
        path.write_text(path.read_text("utf-8").replace('name = "Bank two"', 'name = "Clearing"'), "utf-8")
        done = run("simulate", model, "--outage", "Clearing", "--start", "2026-12-18 04.00")
        assert done.exit_code == 2
        assert "--outage: Two are called Clearing: clr, b2. Give the id." in done.stderr
        text = path.read_text("utf-8").replace("The payer's system", "Clearing")
        path.write_text(text, "utf-8")
        for word in ("Clearing", "clearing"):
            told = run("show", model, word).stderr
            assert "3 are called Clearing: sys (The payer), clr, b2. Give the id." in told

    def test_all_that_are_spelt_as_nearly_are_proposed(self, model):
        done = run("simulate", model, "--outage", "Bank tow", "--outage", "Bank o", "--start", "2026-12-18 04.00")
        assert 'Did you mean "b2" (Bank two)?' in done.stderr

    def test_all_that_are_wrong_are_told_with_what_there_is(self, model):
        done = run("simulate", model, "--outage", "Clearning", "--outage", "b1", "--outage", "powr", "--start", "8.00")
        assert done.exit_code == 2
        assert '"Clearning". Did you mean "clr" (Clearing)?' in done.stderr
        assert '"powr". Did you mean "power" (Power)?' in done.stderr

    def test_actors_in_a_list_payments_and_readers_too(self, model, tmp_path):
        found = run(
            "exercise", "find", model, "--actors", "The payer, Nobody", "--window", "2026-12", "--for", "2h..6h"
        )
        assert (found.exit_code, '"Nobody"' in found.stderr, "The payer" in found.stderr) == (2, True, False)
        assert run("show", model, "allowance").stdout == run("show", model, "ALLOWANCE").stdout
        done = run(
            "lagesbild",
            model,
            *OUT,
            "--at",
            "04.30",
            "--actor",
            "the payer",
            "--to",
            "Bank two",
            "-o",
            tmp_path / "x.md",
        )
        assert done.exit_code == 0, done.stderr
        assert "taken as Friday 18 December 2026" in done.stderr
        assert "the form for others is delgivning" in " ".join(done.stderr.split()).lower()

    def test_what_does_not_exist_is_never_proposed(self, model):
        log = model.parent / "log.toml"
        new = ("incident", "new", log, "--actor", "The payer", "--model", model, "--name", "x", "--exercise")
        assert run(*new, "--time", "2026-12-18 04.00").exit_code == 0
        done = run(
            "incident", "add", log, "outage", "--entity", "Clearingg house", "--actor", "Banken två", "--dry-run"
        )
        assert done.exit_code == 2
        assert '--entity: The model has no entity "Clearingg house"' in done.stderr
        assert '--actor: The model has no actor "Banken två"' in done.stderr
        assert "clearingg-house" not in done.stderr


class TestLengths:
    @pytest.mark.parametrize("length", ["5h", "5 timmar", "PT5H", "300 min"])
    def test_what_is_clearly_meant_is_taken(self, model, length):
        found = outages(model, "--outage", "clr", "--start", "2026-12-18 04.00", "--for", length)
        assert found[0]["end"] == "2026-12-18T09:00+01:00"

    def test_an_estimate_counts_as_its_likeliest(self, model):
        found = outages(model, "--outage", "clr", "--start", "2026-12-18 04.00", "--for", "2h..5h..9h")
        assert found[0]["end"] == "2026-12-18T09:00+01:00"

    def test_a_span_is_never_read_as_its_end(self, model):
        assert run("rank", model, "--start", "2026-12-18 04.00", "--for", "2-6h").exit_code == 2
        found = run("exercise", "find", model, "--actors", "payer", "--window", "2026-12", "--for", "6-48 timmar")
        assert "Did you mean 6h..48h?" in found.stderr


class TestPaths:
    def test_a_path_that_is_not_there_is_said_in_words(self, model, monkeypatch):
        monkeypatch.chdir(model.parent)
        for command in ("show", "validate"):
            done = run(command, "modell")
            assert done.exit_code == 1
            said = f'modell does not exist; the folder looked from is {model.parent}. Did you mean "model"?'
            assert said in " ".join(done.output.replace("\n", " ").split())
        monkeypatch.chdir(model)
        assert f'Did you mean "{Path("..", "model")}"?' in run("show", "model").output

    def test_a_fault_in_a_file_keeps_its_place(self, model):
        (model / "model.toml").write_text("[model", "utf-8")
        assert "model.toml:1:7: error B104" in run("show", model).output


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--lengd", "--for"),
        ("--längd", "--for"),
        ("--strat", "--start"),
        ("--outgae", "--outage"),
        ("--avbrott", "--outage"),
        ("--läget-per", "--at"),
        ("--lunch", None),
        ("--colour", None),
    ],
)
def test_an_option_that_is_none_gets_the_one_that_was_meant(model, typed, meant):
    done = run("simulate", model, typed, "x")
    assert done.exit_code == 2
    assert done.stderr.rstrip().endswith(f"Did you mean {meant}?" if meant else "."), done.stderr


class TestExplained:
    LATE = ("--outage", "sys", "--start", "2026-12-15 17.00", "--for", "23h 1min")

    def test_a_late_run_is_told_bank_by_bank_and_in_a_sentence(self, model):
        found = json.loads(run("explain", model, *self.LATE, "allowance", "--json", "-").stdout)
        assert "600 payouts (SEK 3m) will be up to 3 d late, because of" in found["summary"].replace("\xa0", " ")
        rows = found["courses"][0]["branches"]
        assert [(row["bank"], row["delay_minutes"], row["delayed_recipients"]) for row in rows] == [
            ("b1", 0, 0),
            ("b2", 4320, 600),
        ]
        assert "resolved by Wed 16 Dec 16:00" in run("explain", model, *self.LATE, "allowance").stdout

    def test_what_if_it_takes_longer(self, model):
        short = ("--outage", "sys", "--start", "2026-12-15 17.00", "--for", "23h")
        for command, late in (("simulate", "No payment due"), ("explain", "No run is late")):
            rest = ["allowance"] if command == "explain" else []
            assert late in run(command, model, *short, *rest).stdout
            assert late not in run(command, model, *short, "--longer", "1 min", *rest).stdout
        done = run("simulate", model, "--outage", "sys", "--start", "2026-12-15 17.00", "--longer", "6h")
        assert (done.exit_code, "no outage has an end" in done.stderr) == (2, True)

    def test_it_can_be_of_a_log(self, model):
        log = model.parent / "log.toml"
        new = (
            "incident",
            "new",
            log,
            "--actor",
            "payer",
            "--model",
            model,
            "--name",
            "x",
            "--time",
            "2026-12-15 17.00",
        )
        assert run(*new, "--exercise").exit_code == 0
        add = ("incident", "add", log, "outage", "--entity", "sys", "--start", "2026-12-15 17.00", "--for", "23h 1min")
        assert run(*add, "--time", "2026-12-15 17.10").exit_code == 0
        done = run("explain", model, "--incident", log, "--at", "17.30", "allowance")
        assert done.exit_code == 0, done.stderr
        assert "600 payouts" in done.stdout


def test_nothing_is_said_of_compiling_before_the_question_is_sound(model):
    asked = ("rank", model, "--start", "2026-12-18 04.00")
    assert "compiled" not in run(*asked).stderr
    assert "compiled" not in run(*asked, "--for", "1h", "--target", "nothing").stderr


@pytest.mark.sweep
def test_compiling_is_said_once_and_not_again(model, tmp_path):
    asked = [sys.executable, "-c", "from beroenden.cli.main import main; main()", "rank", str(model)]
    asked += ["--start", "2026-12-18 04.00", "--for", "1h"]
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    env.pop("NUMBA_DISABLE_JIT", None)
    told = [subprocess.run(asked, env=env, capture_output=True, text=True, check=True).stderr for _ in range(2)]
    assert [one.count("compiled") for one in told] == [1, 0]


def test_the_short_form_and_that_for_the_public(model, tmp_path):
    asked = ("lagesbild", model, *OUT, "--at", "2026-12-18 04.30", "--actor", "payer", "--live")
    short, public = tmp_path / "k.md", tmp_path / "a.md"
    assert run(*asked, "--form", "kort", "-o", short).exit_code == 0
    titles = [line for line in short.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert titles == [
        "## Det viktigaste",
        "## Vad har hänt?",
        "## Behov av beslut",
        "## Fattade beslut",
        "## Det vi inte vet",
    ]
    done = run(*asked, "--form", "allmanhet", "--disclose", "prognos.betalningar", "-o", public)
    assert done.exit_code == 0, done.stderr
    text = public.read_text("utf-8")
    for word in ("TLP:GREEN", "kontrollsumma", "KOORDINERING", "Händelse", "modellberäknad", "Orsak"):
        assert word not in text
    assert run(*asked, "--form", "allmanhet", "--to", "b2", "-o", public).exit_code == 2


def test_show_tells_names_beside_ids_and_what_an_actor_may_read(model):
    path = model / "model.toml"
    path.write_text(path.read_text("utf-8") + '\n[[audience]]\nactor = "b1"\ntlp = "TLP:AMBER"\n', "utf-8")
    assert "b1  Bank one" in run("show", model).stdout
    for actor, label in (("b1", "TLP:AMBER"), ("b2", "TLP:CLEAR")):
        assert f"May read of others {label}" in " ".join(run("show", model, actor).stdout.split())
    assert "May read" not in run("show", model, "sys").stdout


def test_a_reader_is_not_told_to_speak_with_itself(model, tmp_path):
    asked = ("lagesbild", model, *OUT, "--at", "2026-12-18 04.30", "--actor", "payer", "--form", "delgivning")
    path = tmp_path / "d.md"
    readers = "".join(f'\n[[audience]]\nactor = "{one}"\ntlp = "TLP:GREEN"\n' for one in ("b1", "b2"))
    (model / "model.toml").write_text((model / "model.toml").read_text("utf-8") + readers, "utf-8")
    for reader, is_told in (("b2", False), ("b1", True)):
        done = run(*asked, "--disclose", "prognos.samverkan", "--to", reader, "-o", path)
        assert done.exit_code == 0, done.stderr
        told = path.read_text("utf-8")
        assert ("Bank two (kontaktfunktion" in told) is is_told
        path.unlink()
