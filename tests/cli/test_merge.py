"""`beroenden merge` as a user meets it."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from beroenden.cli.diff import diff
from beroenden.cli.merge import merge
from beroenden.language import writing_in
from beroenden.modelfiles.editing.editable import open_model
from beroenden.modelfiles.read import load

SOES = Path(__file__).parents[2] / "models" / "soes"

BASE = """# Gemensam modell
[model]
name = "Gemensam"

[[entity]]
id = "fk"
kind = "authority"
owner = "fk"

[[entity]]
id = "bg"
kind = "supplier"
owner = "bg"

[[entity]]
id = "clearing"  # bankgirots
kind = "system"
owner = "bg"
rto = "8h"
"""


def run(*arguments: object, **environment: str):
    return CliRunner().invoke(merge, [str(one) for one in arguments], env={"COLUMNS": "80", **environment})


@pytest.fixture
def sides(tmp_path) -> tuple[Path, Path, Path]:
    """FK says 4 h of bankgirot's clearing and names a need; bankgirot says 6 h."""
    texts = {
        "fk": BASE.replace("8h", "4h") + '\n  [[entity.needs]]\n  provider = "bg"\n',
        "bg": BASE.replace("8h", "6h").replace('kind = "supplier"', 'kind = "supplier"\nmtpd = "12h"'),
        "base": BASE,
    }
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.toml").write_text(text)
    return tmp_path / "fk", tmp_path / "bg", tmp_path / "base"


def test_conflicts_are_told_and_nothing_is_written(sides, tmp_path):
    done = run(*sides[:2], "-o", tmp_path / "new")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert (
        f'{sides[0]}/model.toml:19:7: error B720 clearing, recovery time (rto): "4h" here, "6h" in {sides[1]}/model.toml:20:7'
        in done.stderr
    )
    assert "Conflicts: 1. Errors: 0. No model is written." in done.stderr
    assert not (tmp_path / "new").exists()


def test_with_a_base_both_changed_it_differently(sides, tmp_path):
    assert run(*sides[:2], "--base", sides[2], "-o", tmp_path / "new").exit_code == 1
    done = run(sides[0], sides[2], "--base", sides[2], "-o", tmp_path / "new")
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "new" / "model.toml").read_text() == (sides[0] / "model.toml").read_text()


def test_the_owners_answer_wins_where_asked(sides, tmp_path):
    done = run(*sides[:2], "--owner-wins", "--actor-a", "fk", "--actor-b", "bg", "-o", tmp_path / "new")
    assert done.exit_code == 0, done.stderr
    assert 'bg\'s own answer holds: "6h", not "4h"' in done.stderr
    text = (tmp_path / "new" / "model.toml").read_text()
    assert 'id = "clearing"  # bankgirots' in text
    assert 'rto = "6h"' in text
    assert "~ clearing\n      recovery time (rto): 4\N{NO-BREAK SPACE}h → 6\N{NO-BREAK SPACE}h" in done.stdout
    network, _ = load(tmp_path / "new")
    assert network is not None
    assert network.entity["bg"].mtpd == 720


@pytest.mark.parametrize("ending", ["csv", "toml"])
def test_a_list_is_written_filled_in_and_settles(sides, tmp_path, ending):
    path = tmp_path / f"list.{ending}"
    assert run(*sides[:2], "--dry-run", "--conflicts", path).exit_code == 1
    content = path.read_bytes()
    if ending == "csv":
        assert content.startswith(
            b"\xef\xbb\xbfabout;at;a;a_who;a_verified;a_confidence;a_source;a_place;"
            b"b;b_who;b_verified;b_confidence;b_source;b_place;take;tlp\r\n"
            b"clearing, recovery time (rto);entity.clearing.rto;4h;fk;;;;"
        )
        path.write_bytes(content.replace(b":20:7;;TLP", b":20:7;b;TLP"))
    else:
        path.write_bytes(content.replace(b'take = ""', b'take = "b"'))
    done = run(*sides[:2], "--settled", path, "-o", tmp_path / "new")
    assert done.exit_code == 0, done.stderr
    assert "as settled in the list" in done.stderr
    assert 'rto = "6h"' in (tmp_path / "new" / "model.toml").read_text()


def test_a_list_that_was_filled_in_is_kept(sides, tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("mine")
    run(*sides[:2], "--dry-run", "--conflicts", path)
    assert (tmp_path / "list.1.csv").read_text() == "mine"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("at;a;a_place;b;b_place;take\nentity.clearing.rto;4h;;6h;;c\n", ":2:6: error B728"),
        ("at;a;a_place;b;b_place;take\nentity.gone.rto;4h;;6h;;a\n", ":2:6: error B726"),
        ("nothing\n", ":1:1: error B728"),
        ('at;a;"open\n', ":1:1: error B728"),
    ],
)
def test_a_faulty_list_is_told_with_row_and_column(sides, tmp_path, text, place):
    path = tmp_path / "list.csv"
    path.write_text(text)
    done = run(*sides[:2], "--settled", path, "--dry-run")
    assert done.exit_code == 1
    assert f"{path}{place}" in done.stderr


def test_dry_run_and_json(sides):
    before = {file: file.read_bytes() for side in sides for file in side.iterdir()}
    done = run(*sides[:2], "--dry-run", "--owner-wins", "--actor-b", "bg", "--json", "-")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["schema"] == "beroenden/merge/1"
    assert found["conflicts"] == []
    assert [(one["at"], one["taken"], one["owner"]) for one in found["decided"]] == [("entity.clearing.rto", "b", "bg")]
    assert found["written"] == []
    assert found["difference"]["changed"][0]["id"] == "bg"
    assert [one["code"] for one in found["remarks"]] == []
    assert before == {file: file.read_bytes() for side in sides for file in side.iterdir() if file.suffix == ".toml"}


def test_merging_in_place_and_into_one_file(sides, tmp_path):
    how = ("--owner-wins", "--actor-b", "bg")
    assert run(*sides[:2], *how, "-o", tmp_path / "one.toml").exit_code == 0
    assert run(*sides[:2], *how, "-o", sides[0]).exit_code == 0
    assert "# Gemensam modell" in (sides[0] / "model.toml").read_text()
    same = CliRunner().invoke(diff, [str(sides[0]), str(tmp_path / "one.toml")])
    assert same.stdout == "The models say the same.\n"


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--dry-run", "-o", "x"),
        ("--dry-run", "--owner-wins"),
        ("--dry-run", "--actor-a", "nobody"),
        ("--dry-run", "--conflicts", "x.txt"),
    ],
)
def test_wrong_usage(sides, words):
    assert run(*sides[:2], *words).exit_code == 2


def test_faults_of_all_models_are_told(sides):
    for side in sides:
        (side / "model.toml").write_text("[model]\nname = 3\n")
    done = run(*sides[:2], "--base", sides[2], "--dry-run")
    assert done.exit_code == 1
    assert done.stderr.count("error B202") == 3


def test_soes_with_itself_changes_no_byte(tmp_path):
    assert run(SOES, SOES, "-o", tmp_path / "new").stdout == "A gets:\nThe models say the same.\n"
    for file in SOES.iterdir():
        assert (tmp_path / "new" / file.name).read_bytes() == file.read_bytes()


def test_what_is_there_is_not_written_over_unless_asked_for(sides, tmp_path):
    fk, _, base = sides
    new = tmp_path / "ny"
    assert run(fk, base, "--base", base, "-o", new).exit_code == 0
    (new / "model.toml").write_text("# arbetat vidare\n")
    done = run(fk, base, "--base", base, "-o", new)
    assert done.exit_code != 0 and "--force" in done.stderr
    assert (new / "model.toml").read_text() == "# arbetat vidare\n"
    done = run(fk, base, "--base", base, "-o", new, "--force")
    assert done.exit_code == 0 and "ny.1" in done.stderr
    assert (tmp_path / "ny.1" / "model.toml").read_text() == "# arbetat vidare\n"
    assert load(new)[0] is not None


def test_neither_a_nor_an_empty_folder_needs_force(sides, tmp_path):
    fk, _, base = sides
    (tmp_path / "tom").mkdir()
    assert run(fk, base, "--base", base, "-o", tmp_path / "tom").exit_code == 0
    assert run(fk, base, "--base", base, "-o", fk).exit_code == 0


def test_the_folder_that_a_lies_in_is_never_moved(sides, tmp_path):
    fk, _, base = sides
    done = run(fk, base, "--base", base, "-o", tmp_path, "--force")
    assert done.exit_code != 0 and "A lies in" in done.stderr


def test_whose_answer_a_is_is_said(sides):
    fk, _, base = sides
    assert "A (the answer of fk) gets:" in run(fk, base, "--base", base, "--actor-a", "fk", "--dry-run").stdout


@pytest.fixture
def three(tmp_path) -> list[Path]:
    """Three answers of which two do not agree on the clearing."""
    for name, hours in (("svar fk", "4h"), ("svar-bg", "6h"), ("svar-csn", "8h")):
        (tmp_path / name).mkdir()
        new = f'\n[[entity]]\nid = "{name[5:]}-ny"\nkind = "system"\nowner = "bg"\n'
        (tmp_path / name / "model.toml").write_text(BASE.replace("8h", hours) + new)
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "model.toml").write_text(BASE)
    return [tmp_path / name for name in ("svar fk", "svar-bg", "svar-csn", "base")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_three_answers_at_once_with_a_list_that_takes_the_name_of_a_folder(three, tmp_path, language):
    *answers, base = three
    path, new = tmp_path / "list.csv", tmp_path / "ny"
    with writing_in(language):
        first = run(*answers, "--base", base, "--dry-run", "--conflicts", path, BEROENDEN_LANG=language)
    assert first.exit_code == 1, first.stderr
    heading, row, end = path.read_bytes().decode("utf-8-sig").split("\r\n")
    assert (heading.partition(";")[0], heading.split(";")[-2:], end) == (
        ("gäller", ["välj", "märkning"], "") if language == "sv" else ("about", ["take", "tlp"], "")
    )
    assert "svar fk/model.toml" in row and "svar-bg/model.toml" in row
    path.write_text(f"{heading}\n{row.replace(';;TLP', ';Svar FK;TLP')}\n", encoding="utf-8")
    done = run(*answers, "--base", base, "--settled", path, "-o", new)
    assert done.exit_code == 0, done.stderr
    network, _ = load(new)
    assert network is not None and network.entity["clearing"].rto == 240
    assert {"fk-ny", "bg-ny", "csn-ny"} < set(network.entity)


SURE = '\nsource = "{}"\nverified = {}\nconfidence = "{}"\ntlp = "{}"'


def test_the_list_has_what_is_known_of_each_answer_and_its_label(sides, tmp_path):
    fk, bg, _ = sides
    for side, hours, sure in (
        (fk, "4h", ("FK", "2026-11-20", "high", "TLP:GREEN")),
        (bg, "6h", ("BG", "2026-10-01", "low", "TLP:AMBER")),
    ):
        (side / "model.toml").write_text(BASE.replace('rto = "8h"', f'rto = "{hours}"' + SURE.format(*sure)))
    texts = {"sv": ("hög", "låg"), "en": ("high", "low")}
    for language, (high, low) in texts.items():
        path = tmp_path / f"{language}.csv"
        with writing_in(language):
            run(fk, bg, "--actor-a", "fk", "--dry-run", "--conflicts", path, BEROENDEN_LANG=language)
        row = next(one for one in path.read_text("utf-8-sig").splitlines() if ".rto;" in one)
        assert f";4h;fk;2026-11-20;{high};FK;{fk}/model.toml:19:7;" in row
        assert row.endswith(f";6h;bg;2026-10-01;{low};BG;{bg}/model.toml:19:7;;TLP:AMBER")
    found = json.loads(run(fk, bg, "--dry-run", "--json", "-").stdout)["conflicts"]
    one = next(one for one in found if one["at"].endswith(".rto"))
    assert (one["a_who"], one["a_verified"], one["b_confidence"], one["tlp"]) == (
        "fk",
        "2026-11-20",
        "low",
        "TLP:AMBER",
    )


@pytest.mark.parametrize(
    ("folders", "take", "found"),
    [
        (("x/svar", "y/svar"), "svar", None),
        (("x/svar", "y/svar"), "{1}", "6h"),
        (("x/svar", "y/svar"), "{1}/model.toml:20:7", "6h"),
        (("x/svar", "y/svar"), "B", "6h"),
        (("b", "c"), "b", None),
        (("b", "c"), "c", "6h"),
        (("b", "c"), "{0}", "4h"),
        (("b", "c"), "a", "4h"),
        (("a", "b"), "b", "6h"),
        (("b", "a"), "a", None),
    ],
)
def test_a_name_that_may_be_either_answer_is_refused_and_how_else_to_choose_is_said(
    sides, tmp_path, folders, take, found
):
    answers = [tmp_path / one for one in folders]
    for side, folder in zip(sides, answers, strict=False):
        folder.mkdir(parents=True)
        (folder / "model.toml").write_text((side / "model.toml").read_text())
    path = tmp_path / "list.csv"
    run(*answers, "--dry-run", "--conflicts", path)
    path.write_text(path.read_text().replace(";;TLP", f";{take.format(*answers)};TLP"), "utf-8")
    done = run(*answers, "--settled", path, "-o", tmp_path / "new")
    if found is None:
        assert done.exit_code == 1 and "B728" in done.stderr
        assert "may be either answer; write what stands in a_place or b_place" in done.stderr
    else:
        assert done.exit_code == 0, done.stderr
        assert f'rto = "{found}"' in (tmp_path / "new" / "model.toml").read_text()


@pytest.mark.parametrize("ending", ["csv", "toml"])
def test_a_list_without_what_is_known_of_the_answers_is_read(sides, tmp_path, ending):
    fk, bg, _ = sides
    path = tmp_path / f"list.{ending}"
    values = ("x", "entity.clearing.rto", "4h", f"{fk}/model.toml:19:7", "6h", f"{bg}/model.toml:20:7", "bg")
    names = ("about", "at", "a", "a_place", "b", "b_place", "take")
    lines = [f'{name} = "{value}"' for name, value in zip(names, values, strict=True)]
    path.write_text(
        "\n".join(["[[conflict]]", *lines]) if ending == "toml" else f"{';'.join(names)}\n{';'.join(values)}\n"
    )
    assert run(fk, bg, "--settled", path, "-o", tmp_path / "new").exit_code == 0
    assert 'rto = "6h"' in (tmp_path / "new" / "model.toml").read_text()


def test_choices_that_go_round_are_told_with_their_rows(three, tmp_path):
    *answers, base = three
    for side, hours in zip(answers, ("4h", "6h", "1d"), strict=True):
        (side / "model.toml").write_text(BASE.replace("8h", hours))
    path = tmp_path / "list.csv"
    run(*answers, "--base", base, "--dry-run", "--conflicts", path)
    heading, *rows, _ = path.read_text("utf-8-sig").split("\n")
    marked = [row.replace(";;TLP", f";{take};TLP") for row, take in zip(rows, "aba", strict=True)]
    path.write_text("\n".join([heading, *marked]), "utf-8")
    for order in (answers, answers[::-1]):
        done = run(*order, "--base", base, "--settled", path, "-o", tmp_path / "new")
        assert done.exit_code == 1 and not (tmp_path / "new").exists()
        assert f"{path}:2:15: error B732 clearing, recovery time (rto): the choices go round" in done.stderr


def test_what_is_for_two_is_refused_for_three(three):
    *answers, base = three
    done = run(*answers, "--base", base, "--dry-run", "--actor-a", "fk")
    assert done.exit_code == 2 and "two at a time" in done.stderr


def test_that_there_are_no_conflicts_is_said_and_that_no_list_is_written(sides, tmp_path):
    fk, _, base = sides
    done = run(fk, base, "--base", base, "--dry-run", "--conflicts", tmp_path / "list.csv")
    assert done.exit_code == 0 and not (tmp_path / "list.csv").exists()
    assert "Conflicts: 0; settled: 0." in done.stderr
    assert f"No conflicts: {tmp_path}/list.csv is not written." in done.stderr


def test_a_side_is_called_by_its_folder(sides):
    fk, bg, base = sides
    (bg / "model.toml").write_text(BASE[: BASE.index('[[entity]]\nid = "clearing"')])
    done = run(fk, bg, "--base", base, "--dry-run")
    assert "changed in fk, removed in bg" in done.stderr


NEW = '\n[[entity]]\nid = "{}"\nname = "{}"\nkind = "supplier"\n'


def test_a_supplier_that_two_answers_add_by_two_names_is_asked_about_and_can_be_made_one(sides, tmp_path):
    fk, bg, base = sides
    for side, id_, name in ((fk, "molndrift-nord-ab", "Molndrift Nord AB"), (bg, "molndrift-nord", "Molndrift Nord")):
        (side / "model.toml").write_text(BASE + NEW.format(id_, name))
    done = run(fk, bg, "--base", base, "-o", tmp_path / "new")
    assert done.exit_code == 0, done.output
    [line] = [one for one in done.stderr.splitlines() if "B731" in one]
    assert "warning" in line and "Molndrift Nord AB (molndrift-nord-ab) is like Molndrift Nord (molndrift-nord)" in line
    command = re.search(r'"beroenden edit rename (\S+) (\S+) (\S+)"', line)
    assert command is not None and Path(command[1]) == bg
    open_renamed(*command.groups())
    again = run(fk, bg, "--base", base, "--dry-run")
    assert "B731" not in again.output
    assert [one for one in again.stderr.splitlines() if "B720" in one and "name" in one]


def test_suppliers_that_are_nothing_alike_or_that_both_have_are_not_asked_about(sides, tmp_path):
    fk, bg, base = sides
    (fk / "model.toml").write_text(BASE + NEW.format("molndrift", "Molndrift") + NEW.format("bud", "Budfirman"))
    (bg / "model.toml").write_text(BASE + NEW.format("molndrift", "Molndrift") + NEW.format("vakt", "Väktarna"))
    assert "B731" not in run(fk, bg, "--base", base, "--dry-run").output


def open_renamed(path: str, old: str, new: str) -> None:
    opened = open_model(path)
    opened.rename(old, new)
    opened.commit()
