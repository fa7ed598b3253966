"""beroenden edit and beroenden format, as a user meets them."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import beroenden
from beroenden.cli.edit import edit
from beroenden.cli.format import format_

ROOT = Path(__file__).parents[2]
SOES = ROOT / "models" / "soes"
EXAMPLE = ROOT / "tests" / "files" / "valid" / "example.toml"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOES, tmp_path / "soes"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(edit, [str(argument) for argument in arguments])


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.glob("*.toml")}


def changes(diff: str) -> list[str]:
    return [line for line in diff.splitlines() if re.match(r"[+-](?![+-])", line)]


def test_set_writes_a_key_with_who_says_so(model: Path) -> None:
    done = run("set", model, "bankgirot", "rto", "6h", "--source", "Bankgirot, samtal", "--verified", "2026-11-20")
    assert done.exit_code == 0, done.output
    assert "Reminder" not in done.stderr
    network, _ = beroenden.load(model)
    assert network is not None
    entity = network.entity["bankgirot"]
    assert (entity.rto, str(entity.provenance.source).partition(";")[0]) == (360, "Bankgirot, samtal (rto)")
    assert str(entity.provenance.verified) == "2026-11-20"


def test_set_stamps_the_need_that_it_changes(model: Path) -> None:
    done = run("set", model, "csn", "needs.telia.endurance", "3h", "--source", "CSN", "--dry-run")
    assert changes(done.stdout) == [
        '-  endurance = "4h"',
        '+  endurance = "3h"',
        '-  source = "antagande"',
        '+  source = "CSN (endurance); antagande"',
    ]
    assert "Give --verified" in done.stderr


def test_a_new_source_takes_no_place_of_the_one_that_holds_for_the_rest(model: Path) -> None:
    before = beroenden.load_or_raise(model).entity["bankgirot"].provenance
    failure = '{ per_year = 0.2, duration = "4h" }'
    done = run("set", model, "bankgirot", "failure", failure, "--source", "min egen gissning")
    assert done.exit_code == 0, done.output
    after = beroenden.load_or_raise(model).entity["bankgirot"].provenance
    assert after.source == f"min egen gissning (failure); {before.source}"
    assert after.verified == before.verified
    assert "The source is added" in done.stderr
    assert "Give --verified; otherwise what was there stays" in done.stderr


def test_a_source_that_says_the_same_again_stands_once(model: Path) -> None:
    for hours in ("6h", "7h"):
        assert run("set", model, "bankgirot", "rto", hours, "--source", "samtal").exit_code == 0
    assert str(beroenden.load_or_raise(model).entity["bankgirot"].provenance.source).count("samtal (rto)") == 1


def test_a_dry_run_writes_nothing(model: Path) -> None:
    before = bytes_of(model)
    done = run("set", model, "bankgirot", "mbco", "0.25", "--dry-run")
    assert changes(done.stdout) == ["+mbco = 0.25"]
    assert bytes_of(model) == before


@pytest.mark.parametrize("arguments", [("-",), ("--unset",)])
def test_a_key_is_removed(model: Path, arguments: tuple[str, ...]) -> None:
    assert changes(run("set", model, "bankgirot", "rta", *arguments, "--dry-run").stdout) == ['-rta = "3h"']


def test_a_value_below_zero_comes_after_two_dashes(model: Path) -> None:
    done = run("set", "--dry-run", "--", model, "pension-1", "stage.underlag.opens.bank_days", "-5")
    assert [line.partition("opens")[2] for line in changes(done.stdout)] == [
        " = { bank_days = -4, at = 18:00:00 }",
        " = { bank_days = -5, at = 18:00:00 }",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("bankgirot", "rtoo", "6h"), 'Did you mean "rto"?'),
        (("bankgirott", "rto", "6h"), 'Did you mean "bankgirot"?'),
        (("bankgirot", "rto", "sex"), '"sex" is not a duration'),
        (("bankgirot", "id", "bg"), "with rename"),
        (("bankgirot", "needs.rix.expects", "1h"), "has no needs rix"),
        (("bankgirot", "rto"), "Give a value"),
        (("bankgirot", "mbco", "-"), "has no mbco"),
    ],
)
def test_wrong_usage_is_a_sentence_and_2(model: Path, arguments: tuple[str, ...], message: str) -> None:
    before = bytes_of(model)
    done = run("set", model, *arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert bytes_of(model) == before


def test_an_edit_that_leaves_no_sound_model_is_findings_and_1(model: Path) -> None:
    before = bytes_of(model)
    done = run("set", model, "model", "accounts.seb", "0.5")
    assert done.exit_code == 1
    assert "error B401 the shares should sum to 1" in done.stderr
    assert bytes_of(model) == before


def test_a_new_warning_is_shown(model: Path) -> None:
    done = run("set", model, "bankgirot", "rto", "9h", "--dry-run")
    assert "warning B405" in done.stderr
    assert "B408" not in done.stderr


def test_add_by_pairs_and_by_file(model: Path, tmp_path: Path) -> None:
    done = run("add", model, "entity", "id=ny", "name=Nytt system", "kind=system", "owner=csn", "contact.role=TiB")
    assert done.exit_code == 0, done.output
    assert "Reminder" in done.stderr
    snippet = tmp_path / "needs.toml"
    snippet.write_text('[[need]]\nprovider = "elnat"\n\n[[need]]\nany_of = ["telia", "tele2"]\n', encoding="utf-8")
    assert run("add", model, "need", "--to", "ny", "--file", snippet, "--source", "CSN").exit_code == 0
    assert run("add", model, "need", "--to", "pension-1", "--stage", "fil", "--at", 0, "provider=ny").exit_code == 0
    network, _ = beroenden.load(model)
    assert network is not None
    assert [need.providers for need in network.entity["ny"].needs] == [("elnat",), ("telia", "tele2")]
    assert {need.provenance.source for need in network.entity["ny"].needs} == {"CSN"}
    assert network.payment["pension-1"].stages[1].needs[0].providers == ("ny",)


@pytest.mark.parametrize(
    "arguments",
    [
        ("need", "provider=elnat"),
        ("thing", "id=x"),
        ("entity", "id"),
        ("entity", "kind=bank"),
        ("entity", "idd=x", "kind=bank"),
    ],
)
def test_what_cannot_be_added_is_said(model: Path, arguments: tuple[str, ...]) -> None:
    done = run("add", model, *arguments)
    assert done.exit_code == 2
    assert "Error: " in done.stderr


def test_remove_names_every_reference(model: Path) -> None:
    done = run("remove", model, "sgsi")
    assert done.exit_code == 2
    assert len(re.findall(r"actors\.toml:\d+:\d+: entity", done.stderr)) == 6
    cascade = run("remove", model, "sgsi", "--cascade", "--json", "-")
    assert cascade.exit_code == 0
    assert len(json.loads(cascade.stdout)["references"]) == 6
    network, _ = beroenden.load(model)
    assert network is not None and "sgsi" not in network.entity


def test_rename_follows_everywhere_and_json_tells_it(model: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text('[[outage]]\nentity = "elnat"\nstart = 2026-12-16T08:00:00\n', encoding="utf-8")
    done = run("rename", model, "elnat", "elnaten", "--also", scenario, "--json", "-")
    content = json.loads(done.stdout)
    assert content["schema"] == "beroenden/edit/1"
    assert content["written"] is True
    assert str(scenario) in content["changed"]
    assert content["diff"].count('+  provider = "elnaten"') == (content["diff"].count('-  provider = "elnat"'))
    network, _ = beroenden.load(model)
    assert network is not None and "elnaten" in network.entity
    assert 'entity = "elnaten"' in scenario.read_text(encoding="utf-8")


def test_nothing_changes(model: Path) -> None:
    done = run("set", model, "bankgirot", "rto", "4h")
    assert (done.exit_code, done.stdout) == (0, "Nothing changes.\n")


@pytest.mark.parametrize("name", ["set", "add", "remove", "rename"])
def test_help_has_an_example(name: str) -> None:
    assert f"Example: beroenden edit {name}" in run(name, "--help").output


def test_format_checks_and_writes_once(tmp_path: Path) -> None:
    model = tmp_path / "model"
    model.mkdir()
    shutil.copy(EXAMPLE, model)

    def layout(*arguments: object) -> Result:
        return CliRunner().invoke(format_, [str(one) for one in (model, *arguments)])

    (model / "extra.toml").write_text('[[entity]]\nkind="bank"\nid = "b"#own\nowner="b"\n', encoding="utf-8")
    before, network = bytes_of(model), beroenden.load(model)[0]
    check = layout("--check", "--diff")
    assert check.exit_code == 1
    assert f"{model / 'extra.toml'} would change" in check.stdout
    assert '+id = "b"  #own' in check.stdout
    assert bytes_of(model) == before
    assert layout().exit_code == 0
    assert (model / "extra.toml").read_text(encoding="utf-8") == (
        '[[entity]]\nid = "b"  #own\nkind = "bank"\nowner = "b"\n'
    )
    assert beroenden.load(model)[0] == network
    again = layout("--check")
    assert (again.exit_code, again.stdout) == (0, "All files are laid out so already.\n")
    assert json.loads(layout("--json", "-").stdout) == {"schema": "beroenden/format/1", "changed": [], "written": False}


def test_the_shipped_model_has_the_layout_that_format_gives():
    root = Path(__file__).parents[2]
    assert CliRunner().invoke(format_, [str(root / "models/soes"), "--check"]).exit_code == 0


@pytest.mark.parametrize(
    ("written", "becomes"), [("5 tim", "5h"), ("1,5 h", "1h 30min"), ("2 dygn", "2d"), ("90min", "90min")]
)
def test_a_length_is_written_as_people_say_it(model: Path, written: str, becomes: str) -> None:
    done = run("set", model, "bankgirot", "rto", written, "--dry-run")
    assert done.exit_code == 0, done.output
    assert f'+rto = "{becomes}"' in changes(done.stdout)
    need = run("set", model, "csn", "needs.telia.endurance", written, "--dry-run")
    assert need.exit_code == 0 and f'+  endurance = "{becomes}"' in changes(need.stdout)


@pytest.mark.parametrize("written", ["snart", "-4 tim", "4 bananer"])
def test_what_is_no_length_is_refused(model: Path, written: str) -> None:
    before = bytes_of(model)
    assert run("set", "--", model, "bankgirot", "rto", written).exit_code == 2
    assert bytes_of(model) == before


def test_a_text_is_no_length(model: Path) -> None:
    done = run("set", model, "bankgirot", "note", "4 tim", "--dry-run")
    assert '+note = "4 tim"' in changes(done.stdout)
