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


@pytest.mark.parametrize(
    ("arguments", "asked"),
    [
        (("set", "bankgirot", "rto", "6h"), "who says so, and when was it confirmed? Give --source and --verified"),
        (
            ("set", "bankgirot", "rto", "6h", "--source", "Bankgirot"),
            "Reminder: when was it confirmed? Give --verified;",
        ),
        (("set", "bankgirot", "source", "antagande"), None),
        (("set", "bankgirot", "needs[0].verified", "2026-11-20"), None),
        (("add", "need", "--to", "bankgirot", "provider=csn", "source=antagande"), None),
        (
            ("add", "need", "--to", "bankgirot", "provider=csn", "verified=2026-11-20"),
            "Reminder: who says so? Give --source;",
        ),
    ],
)
def test_only_what_is_not_said_of_who_and_when_is_asked_for(
    model: Path, arguments: tuple[str, ...], asked: str | None
) -> None:
    done = run(arguments[0], model, *arguments[1:], "--dry-run")
    assert done.exit_code == 0, done.output
    assert (asked in done.stderr) if asked else ("Reminder" not in done.stderr)


@pytest.mark.parametrize(
    ("arguments", "is_told"),
    [
        (("bankgirot", "rto", "5h", "--verified", "2020-08-01"), True),
        (("bankgirot", "verified", "2020-08-01"), True),
        (("csn", "needs.telia.endurance", "3h", "--verified", "2020-08-01"), False),
        (("bankgirot", "rto", "5h", "--verified", "2030-08-01"), False),
        (("bankgirot", "verified", "-"), False),
        (("model", "name", "Prov"), False),
    ],
)
def test_a_day_of_verification_that_goes_back_is_asked_about(
    model: Path, arguments: tuple[str, ...], is_told: bool
) -> None:
    """A need that had no day of its own has none to go back from."""
    done = run("set", model, *arguments, "--dry-run")
    assert done.exit_code == 0, done.output
    before = beroenden.load_or_raise(model).entity["bankgirot"].provenance.verified
    assert (f"verified goes back, from {before} to 2020-08-01" in done.stderr) is is_told
    assert ("goes back" in done.stderr) is is_told


@pytest.mark.parametrize(
    ("value", "told"),
    [("2026-13-40", "the month should be 1–12"), ("2026-02-30", "February 2026 has 28 days"), ('"2026-02-30"', "February 2026 has 28 days")],
)  # fmt: skip
def test_a_date_that_is_not_in_the_calendar_is_told(model: Path, value: str, told: str) -> None:
    done = run("set", model, "bankgirot", "verified", value)
    assert done.exit_code == 2 and told in done.stderr


def test_a_time_of_day_as_a_length_is_suggested_and_not_taken(model: Path) -> None:
    done = run("set", model, "bankgirot", "rto", "4:30")
    assert done.exit_code == 2 and 'Did you mean "4h 30min"?' in done.stderr


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


@pytest.mark.parametrize(
    ("key", "written", "becomes"),
    [
        ("owner", "Försäkringskassan", '"forsakringskassan"'),
        ("needs[0].provider", "CSN:s utbetalningssystem (illustrativt)", '"csn-utbetalning"'),
        ("needs[2].any_of", '["Telia", "elnat"]', '["telia", "elnat"]'),
    ],
)
def test_a_value_that_names_an_entity_is_taken_for_its_id_and_told(
    model: Path, key: str, written: str, becomes: str
) -> None:
    assert run("set", model, "telia", "name", "Telia").exit_code in (0, 2)
    done = run("set", model, "csn", key, written, "--dry-run")
    assert done.exit_code == 0, done.output
    assert any(line.endswith(f"= {becomes}") for line in changes(done.stdout))
    assert f'"{written}" is read as {becomes.replace(chr(34), "").strip("[]")}' in done.stderr
    told = json.loads(run("set", model, "csn", key, written, "--dry-run", "--json", "-").stdout)["read_as"]
    assert [one["written"] for one in told] == [written]


def test_what_is_added_may_name_its_providers_and_its_need_is_found_by_the_name(model: Path) -> None:
    assert run("add", model, "entity", "id=teletornet", "name=Tele i Dalsland", "kind=supplier").exit_code == 0
    done = run("add", model, "need", "--to", "csn", "provider=tele i dalsland", "endurance=2h")
    assert done.exit_code == 0, done.output
    assert run("set", model, "csn", "needs.Tele i Dalsland.expects", "3h").exit_code == 0
    need = beroenden.load_or_raise(model).entity["csn"].needs[-1]
    assert (need.providers, need.expects) == (("teletornet",), 180)


def test_a_name_that_no_entity_has_suggests_only_what_is_there(model: Path) -> None:
    done = run("add", model, "need", "--to", "csn", "provider=Försäkringskasan i Väst")
    assert done.exit_code == 2
    assert 'no entity "Försäkringskasan i Väst"' in done.stderr
    suggested = re.findall('Did you mean "([^"]*)"', done.stderr)
    assert set(suggested) <= set(beroenden.load_or_raise(model).entity)


def test_remove_takes_the_addresses_that_set_takes(model: Path) -> None:
    add = run("add", model, "window", "id=natt", "days=all", "times=[[22:00:00, 23:00:00]]")
    assert add.exit_code == 0, add.output
    start, end = "start=2026-12-05T22:00:00", "end=2026-12-06T06:00:00"
    assert run("add", model, "event", "id=servicenatt", start, end, 'entities=["swish"]').exit_code == 0
    before = beroenden.load_or_raise(model)
    for address in (("window:natt",), ("event:servicenatt",), ("audience:csn",), ("csn", "needs.csn-utbetalning")):
        done = run("remove", model, *address)
        assert done.exit_code == 0, done.output
    after = beroenden.load_or_raise(model)
    assert {one.id for one in before.windows} - {one.id for one in after.windows} == {"natt"}
    assert {one.actor for one in before.audiences} - {one.actor for one in after.audiences} == {"csn"}
    assert "servicenatt" in {one.id for one in before.events} - {one.id for one in after.events}
    assert len(after.entity["csn"].needs) == len(before.entity["csn"].needs) - 1
    assert run("set", model, "window:kontorstid", "days", "all", "--dry-run").exit_code == 0


@pytest.mark.parametrize(
    ("target", "key", "written", "becomes"),
    [
        ("bankgirot", "rto", "ett dygn", '"1d"'),
        ("bankgirot", "rta_tested", "1/3 2026", "2026-03-01"),
        ("barnbidrag", "stage.fil.cutoff", "kl. 13", "13:00:00"),
    ],
)
def test_lengths_days_and_times_are_read_as_people_type_them_and_told(
    model: Path, target: str, key: str, written: str, becomes: str
) -> None:
    done = run("set", model, target, key, written, "--verified", "1 november 2026", "--source", "x", "--dry-run")
    assert done.exit_code == 0, done.output
    assert any(line.endswith(f"{key.rpartition('.')[2]} = {becomes}") for line in changes(done.stdout))
    assert f'"{written}" is read as {becomes.strip(chr(34))}' in done.stderr
    assert '"1 november 2026" is read as 2026-11-01' in done.stderr


def test_an_event_is_added_with_times_as_people_type_them(model: Path) -> None:
    times = "start=5/12 2026 kl. 22", "end=6 december 2026 kl. 6"
    assert run("add", model, "event", "id=ny", *times, 'entities=["Swish"]').exit_code == 0
    event = next(one for one in beroenden.load_or_raise(model).events if one.id == "ny")
    assert (event.end - event.start, event.entities) == (480, ("swish",))


def test_the_last_edit_is_undone_once_with_every_byte(model: Path) -> None:
    before = bytes_of(model)
    assert run("set", model, "bankgirot", "rto", "6h").exit_code == 0
    between = bytes_of(model)
    assert run("add", model, "entity", "id=ny", "kind=system", "owner=csn", "--in", "ny.toml").exit_code == 0
    shown = run("undo", model, "--dry-run")
    assert "Undoes: add entity id=ny kind=system owner=csn" in shown.stderr and '-id = "ny"' in shown.stdout
    assert (model / "ny.toml").exists()
    done = run("undo", model, "--json", "-")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["undone"].startswith("add entity")
    assert bytes_of(model) == between != before
    again = run("undo", model)
    assert again.exit_code == 2 and "no edit to undo" in again.stderr
    assert bytes_of(model) == between


def test_a_rename_is_undone_in_scenarios_too(model: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text('[[outage]]\nentity = "elnat"\nstart = 2026-12-16T08:00:00\n', encoding="utf-8")
    before = {**bytes_of(model), "s": scenario.read_bytes()}
    assert run("rename", model, "elnat", "elnaten", "--also", scenario).exit_code == 0
    assert run("undo", model).exit_code == 0
    assert {**bytes_of(model), "s": scenario.read_bytes()} == before


def test_an_edit_of_one_file_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "liten.toml"
    shutil.copy(EXAMPLE, path)
    before, target = path.read_bytes(), beroenden.load_or_raise(path).entities[0].id
    assert run("set", path, target, "note", "ny").exit_code == 0
    assert path.read_bytes() != before
    assert run("undo", path).exit_code == 0
    assert path.read_bytes() == before


def test_nothing_is_undone_when_files_have_been_changed_since(model: Path) -> None:
    assert run("set", model, "bankgirot", "rto", "6h").exit_code == 0
    file = model / "infrastructure.toml"
    file.write_bytes(file.read_bytes() + b"# for hand\n")
    before = bytes_of(model)
    done = run("undo", model)
    assert done.exit_code == 2 and "was changed after the last edit" in done.stderr
    assert bytes_of(model) == before


@pytest.mark.parametrize("change", ["changed", "added", "removed"])
def test_nothing_is_undone_when_another_file_of_the_model_is_not_as_it_was(model: Path, change: str) -> None:
    """As after import form: the edit is not the last change any more."""
    (model / "mer.toml").write_text("# mer\n", encoding="utf-8")
    assert run("set", model, "bankgirot", "rto", "6h").exit_code == 0
    other = model / ("nya.toml" if change == "added" else "mer.toml")
    if change == "removed":
        other.unlink()
    else:
        other.write_text("# annat\n", encoding="utf-8")
    before = bytes_of(model)
    done = run("undo", model)
    assert done.exit_code == 2
    assert (
        f"{other} was changed after the last edit (set bankgirot rto 6h)" in done.stderr and "edit set" in done.stderr
    )
    assert bytes_of(model) == before


def test_an_edit_of_a_linked_file_is_undone(model: Path, tmp_path: Path) -> None:
    other = tmp_path / "annan"
    other.mkdir()
    shutil.move(model / "infrastructure.toml", other)
    (model / "infrastructure.toml").symlink_to(other / "infrastructure.toml")
    before = bytes_of(model)
    assert run("set", model, "bankgirot", "rto", "6h").exit_code == 0
    assert run("undo", model).exit_code == 0
    assert bytes_of(model) == before


def test_what_is_kept_to_undo_is_no_part_of_the_model(model: Path, tmp_path: Path) -> None:
    assert run("set", model, "bankgirot", "rto", "4h", "--dry-run").exit_code == 0
    assert not (model / ".model.undo").exists()
    assert run("set", model, "bankgirot", "rto", "6h").exit_code == 0
    kept = model / ".model.undo"
    assert kept.exists()
    assert beroenden.load(model)[0] is not None
    assert CliRunner().invoke(format_, [str(model), "--check"]).exit_code == 0
    kept.write_text("{", encoding="utf-8")
    assert run("undo", model).exit_code == 2


def test_days_that_are_no_word_of_the_files_tell_that_weekdays_may_be_listed(model: Path) -> None:
    done = run("set", model, "window:kontorstid", "days", "vardagar")
    assert done.exit_code == 2
    assert "else a list of weekdays" in done.stderr and '["mon", "tue", "wed", "thu", "fri"]' in done.stderr


@pytest.mark.parametrize(
    ("stamp", "line"),
    [
        (("--source", "x"), 'source = "x (provider); Pensions'),
        (("--verified", "2026-11-20"), "verified = 2026-11-20"),
    ],
)
def test_a_need_is_stamped_also_when_what_it_provides_is_what_changes(
    model: Path, stamp: tuple[str, ...], line: str
) -> None:
    done = run("set", model, "pm-utbetalning", "needs.fk-it-drift.provider", "skv-it-drift", *stamp, "--dry-run")
    assert done.exit_code == 0, done.output
    assert '+  provider = "skv-it-drift"' in changes(done.stdout)
    assert any(one.startswith(f"+  {line}") for one in changes(done.stdout))


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("set", "studiemedel", "prioritet", "3"), "priority"),
        (("set", "csn", "Kontaktfunktion", "TiB"), "contact.role"),
        (("set", "csn", "needs.telia.uthållighet", "4h"), "endurance"),
        (("add", "payment", "id=q", "belopp=3"), "amount"),
        (("add", "need", "--to", "csn", "provider=elnat", "vad=Drift"), "what"),
    ],
)
def test_a_heading_of_the_form_is_answered_with_the_key(model: Path, arguments: tuple[str, ...], key: str) -> None:
    done = run(arguments[0], model, *arguments[1:])
    assert done.exit_code == 2
    assert f"in the files it is called {key}." in done.stderr


def test_what_is_added_under_a_wider_label_than_its_owners_other_things_is_told(model: Path) -> None:
    """An authority's new system was for everyone in the model's community; its other systems were not."""
    one = ("add", model, "entity", "name=Nytt arkiv", "kind=system", "owner=forsakringskassan")
    assert "edit set MODEL arkiv tlp TLP:AMBER" in run(*one, "id=arkiv").stderr
    assert "tlp" not in run(*one, "id=arkiv-2", "tlp=TLP:GREEN").stderr
    assert "tlp" not in run("add", model, "entity", "id=natbolag", "name=Nätbolag", "kind=supplier").stderr


def test_a_model_that_refers_to_what_is_not_there_tells_how_to_get_on(tmp_path: Path) -> None:
    """Nothing can be added to it, also not what is missing, so that the order of things has to be told."""
    path = tmp_path / "model.toml"
    path.write_text('[model]\nname = "m"\naccounts = { bank = 1.0 }\n', encoding="utf-8")
    done = run("add", path, "entity", "id=bank", "kind=bank")
    assert done.exit_code == 1
    assert "put the reference back:" in done.stderr and 'B301 there is no entity "bank"' in done.stderr


def test_a_file_of_several_kinds_is_refused_with_the_way_out(tmp_path: Path, model: Path) -> None:
    snippet = tmp_path / "both.toml"
    snippet.write_text('[[entity]]\nid = "a"\nkind = "bank"\n\n[[window]]\nid = "w"\n', encoding="utf-8")
    done = run("add", model, "entity", "--file", snippet)
    assert done.exit_code == 2
    assert "nothing else; add each kind by itself" in done.stderr
