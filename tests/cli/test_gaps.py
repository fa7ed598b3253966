"""`beroenden gaps` and `beroenden quality` as a user meets them."""

import json
from pathlib import Path

import chain
import pytest
from analysis.gaps.small import entity, model, payment, stage
from click.testing import CliRunner

import beroenden
from beroenden.analysis.gaps.kinds import kind_title
from beroenden.cli.gaps import gaps
from beroenden.cli.quality import quality
from beroenden.language import writing_in

SOES = Path(__file__).parents[2] / "models" / "soes"
NEED = {"provider": "center", "expects": "1h"}


def run(command, *arguments, lang="sv", width="80"):
    environment = {"COLUMNS": width, "BEROENDEN_LANG": lang}
    return CliRunner().invoke(command, [str(one) for one in arguments], env=environment)


def told(command, *arguments):
    done = run(command, *arguments, "--json", "-")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def small(tmp_path) -> Path:
    entities = [
        entity("seller", kind="supplier"),
        entity("center", owner="seller", rto="9h", tlp="TLP:AMBER"),
        entity("system", NEED, owner="payer"),
    ]
    paid = payment("grant", stage("run", {"provider": "system"}), max_delay="4h", priority=1)
    beroenden.save(model(entities, [paid]), tmp_path / "model.toml")
    return tmp_path / "model.toml"


def test_it_fits_the_terminal_and_says_what_it_leaves_out():
    done = run(gaps, SOES, "--today", "2026-11-22", "--top", 2)
    assert done.exit_code == 0
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "Förväntansgap: 19" in done.stdout and "17 till visas inte (--top 19)." in done.stdout
    assert "461 av 491 behov saknar uppgift om" in " ".join(done.stdout.split())


def test_json_is_alone_on_stdout(small):
    found = told(gaps, small, "--today", "2026-11-22")
    assert found["schema"] == "beroenden/gaps/1"
    assert (found["today"], found["older_than_months"], found["actor"]) == ("2026-11-22", 12, None)
    [gap] = [one for one in found["gaps"] if one["kind"] == "expectation"]
    assert (gap["about"], gap["size"], gap["payments"], gap["tlp"]) == (
        ["system", "center"],
        480,
        ["grant"],
        "TLP:AMBER",
    )
    assert [one["actor"] for one in gap["between"]] == ["payer", "seller"]
    assert {"kind": "tolerance", "of": 2, "undecided": 2, "gaps": 0} in found["checked"]


def test_kinds_and_age_are_chosen(small):
    assert {one["kind"] for one in told(gaps, small, "--kind", "chain")["gaps"]} == {"chain"}
    assert told(gaps, small, "--older-than", "2 år")["older_than_months"] == 24
    found = told(gaps, small, "--older-than", "60 dagar")
    assert (found["older_than_months"], found["older_than_days"]) == (0, 60)
    assert "60 dagar" in run(gaps, SOES, "--older-than", "60 dagar", "--today", "2030-01-01", "--kind", "stale").stdout


def test_the_report_of_an_actor_is_for_that_actor(small, tmp_path):
    target = tmp_path / "gap.md"
    done = run(gaps, small, "--actor", "payer", "-o", target)
    assert done.exit_code == 0 and done.stdout == ""
    text = target.read_text("utf-8")
    assert "| Mottagare | Payer |" in text and "Center" not in text  # AMBER, and payer has no [[audience]]
    run(gaps, small, "--actor", "payer", "--to", "TLP:AMBER", "--lang", "en", "-o", target)
    assert "System counts on Center" in target.read_text("utf-8")
    assert (tmp_path / "gap.1.md").exists()


def test_on_screen_it_says_whose_it_is(small):
    told = run(gaps, small, "--actor", "payer").stdout
    assert told.startswith("För det egna huset: här står också det som Payer inte får se.") and "Center" in told
    assert "Prövade där Payer har del" in told
    assert "Center" not in run(gaps, small, "--actor", "payer", "--to", "payer").stdout
    assert "egna huset" not in run(gaps, small).stdout + run(gaps, small, "--actor", "payer", "--to", "payer").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--actor", "center"),
        ("--actor", "nobody"),
        ("--payment", "nothing"),
        ("--kind", "odd"),
        ("--today", "soon"),
        ("--today", "9999-12-31"),
        ("--older-than", "long"),
        ("--to", "TLP:BLUE"),
        ("-o", "gap.pdf"),
    ],
)
def test_wrong_usage_is_a_sentence(small, arguments):
    done = run(gaps, small, *arguments)
    assert done.exit_code == 2 and "Traceback" not in done.output and len(done.output) > 20


def test_what_the_reader_may_not_see_cannot_be_asked_about(small):
    text = small.read_text("utf-8").replace('id = "grant"', 'id = "grant"\ntlp = "TLP:RED"')
    small.write_text(text, "utf-8")
    done = run(gaps, small, "--payment", "grant", "--to", "TLP:GREEN")
    assert done.exit_code == 2 and "får inte se grant" in done.output


def test_a_faulty_model_is_findings(tmp_path):
    (tmp_path / "model.toml").write_text("[model\n", "utf-8")
    assert run(gaps, tmp_path).exit_code == run(quality, tmp_path).exit_code == 1


def test_quality_says_what_is_known_and_what_to_ask(small):
    done = run(quality, small, "--window", "2026-12-18..2026-12-22")
    assert done.exit_code == 0, done.output
    flat = " ".join(done.stdout.split())
    assert "Hur länge klarar sig System utan Center? Till Payer: TiB." in flat
    assert "avbrott på 24 tim i 2 entiteter, vid 20 starttider" in flat.replace("\xa0", " ")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_quality_says_which_of_the_unknown_endurances_no_payment_depends_on(tmp_path):
    entities = [
        entity("seller", kind="supplier"),
        entity("center", {"provider": "seller"}, owner="seller"),
        entity("beside", {"provider": "seller"}, owner="seller"),
    ]
    paid = payment("grant", stage("run", {"provider": "center", "endurance": "1h"}), max_delay="4h", priority=1)
    made = model(entities, [paid])
    beroenden.save(made, tmp_path / "model.toml")
    flat = " ".join(run(quality, tmp_path / "model.toml", "--window", "2026-12-18..2026-12-22").stdout.split())
    told = sum(one.code == "B602" for one in beroenden.load(tmp_path / "model.toml")[1])
    assert told == 1 and "Av 2 okända uthålligheter finns 1 i betalningskedjorna" in flat


def test_quality_and_gaps_say_of_what_they_count_days_of_verification(tmp_path):
    entities = [entity("seller", kind="supplier"), entity("people", {"provider": "seller"}, kind="citizens")]
    beroenden.save(model(entities, []), tmp_path / "model.toml")
    known, lacking = (" ".join(run(one, tmp_path / "model.toml").stdout.split()) for one in (quality, gaps))
    assert "kontrolldatum 0 2 0 %" in known.replace("\xa0", " ")
    assert "Medborgargrupper har ingen att fråga och räknas inte med; gaps räknar även deras kontrolldatum." in known
    assert "3 av 3 entiteter och betalningar saknar uppgift om när den senast kontrollerades" in lacking
    beroenden.save(model(entities[:1], []), tmp_path / "model.toml")
    assert "Medborgargrupper" not in run(quality, tmp_path / "model.toml").stdout


def test_quality_says_when_there_was_nothing_to_try(tmp_path):
    """That nothing of it changes anything would be a verdict; no endurance of the chain is unknown or of low confidence."""
    beroenden.save(chain.network(), tmp_path / "model.toml")
    done = run(quality, tmp_path / "model.toml", "--window", "2026-12-18..2026-12-22", lang="en")
    flat = " ".join(done.stdout.split())
    assert "Nothing was tried: no endurance on the payment chains is unknown or of low confidence" in flat
    assert "changes anything" not in flat and "scenario" not in flat


def test_quality_as_json(small):
    found = told(quality, small, "--window", "2026-12-18..2026-12-22", "--top", 1)
    assert found["schema"] == "beroenden/quality/1"
    assert len(found["questions"]) == 1 and found["tried"]["matter"] == 2
    assert found["tried"]["scenarios"]["done"] == found["tried"]["scenarios"]["planned"]
    assert {one["id"] for one in found["coverage"]["actors"]} == {"payer", "seller"}


@pytest.mark.parametrize("arguments", [("--for", "0h"), ("--every", "7h"), ("--window", "soon"), ("--top", "0")])
def test_quality_refuses_what_makes_no_question(small, arguments):
    done = run(quality, small, *arguments)
    assert done.exit_code == 2 and "Traceback" not in done.output


@pytest.mark.parametrize("command", [gaps, quality])
def test_help_has_an_example(command):
    done = run(command, "--help")
    assert done.exit_code == 0 and "Example: beroenden " in done.output


def test_that_confidence_is_missing_is_said(tmp_path):
    text = '[model]\nname = "M"\n[[entity]]\nid = "a"\nkind = "authority"\n[[entity]]\nid = "b"\nkind = "bank"\n'
    (tmp_path / "model.toml").write_text(text + 'confidence = "high"\n')
    done = CliRunner().invoke(quality, [str(tmp_path), "--yes"], env={"COLUMNS": "200"})
    assert "Confidence is missing for 1 of 2" in done.stdout
    (tmp_path / "model.toml").write_text(
        text.replace('"authority"\n', '"authority"\nconfidence = "low"\n') + 'confidence = "high"\n'
    )
    done = CliRunner().invoke(quality, [str(tmp_path), "--yes"], env={"COLUMNS": "200"})
    assert done.exit_code == 0 and "Confidence is missing" not in done.stdout


@pytest.mark.parametrize("word", ["Förväntansgap", "förväntan", "expectation"])
def test_a_kind_is_asked_for_by_its_word_or_as_the_report_calls_it(small, word):
    assert [one["kind"] for one in told(gaps, small, "--kind", word)["checked"]] == ["expectation"]


def test_the_heading_of_each_kind_is_taken_and_an_ambiguous_one_refused():
    kind = next(one for one in gaps.params if one.name == "kinds").type
    with writing_in("sv"):
        headings = {one: kind_title(one) for one in kind.choices}
    assert {one: kind.convert(heading, None, None) for one, heading in headings.items()} == {
        one: one for one in headings
    }
    assert run(gaps, SOES, "--kind", "inte").exit_code == 2
    assert run(gaps, SOES, "--kind", "an").exit_code == 2
