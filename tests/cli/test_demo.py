"""beroenden demo: everything is there, what it prints runs, and nothing is written over."""

import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from beroenden.cli.demo import FILES, demo_data
from beroenden.cli.main import commands
from beroenden.errors import UsageError

ROOT = Path(__file__).parents[2]


def run(*arguments):
    return CliRunner().invoke(commands, ["demo", *map(str, arguments)])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder that was written, and what was said of it as JSON."""
    folder = tmp_path_factory.mktemp("demo") / "prova"
    result = run(folder, "--json", "-")
    assert result.exit_code == 0, result.output
    return folder, json.loads(result.stdout)


def test_the_files_are_those_of_the_source_tree(made):
    folder, told = made
    written = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    assert written == sorted(told["files"])
    assert {"models/soes/model.toml", "models/checks/soes.toml", "models/README.md", "sample_data/README.md"} <= {
        *written
    }
    assert {path.split("/")[1] for path in written if path.startswith("sample_data/")} >= {
        "scenarios",
        "incidents",
        "formular",
        "ovning",
    }
    assert all((folder / path).read_bytes() == (ROOT / path).read_bytes() for path in written)


def test_no_locks_or_hidden_files_come_along(made):
    assert not [path for path in made[0].rglob("*") if path.name.startswith(".")]
    assert [path.name for path in made[0].parent.iterdir()] == ["prova"]


def test_links_between_the_pages_lead_somewhere(made):
    pages = list(made[0].rglob("*.md"))
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", page.read_text("utf-8"))]
    assert links
    assert not [(page.name, link) for page, link in links if not (page.parent / link).exists()]


@pytest.mark.sweep  # each is a command at full length; .ci/wheel runs them where only the wheel is
def test_what_it_says_to_do_next_runs_in_order(made, monkeypatch):
    folder, told = made
    monkeypatch.chdir(folder)
    assert len(told["next"]) in (3, 4)
    for step in told["next"]:
        _, _, arguments = step["command"].partition("beroenden ")
        result = CliRunner().invoke(commands, shlex.split(arguments))
        assert result.exit_code == 0, (step, result.output)
    assert (folder / "lagesbild.docx").stat().st_size > 10_000
    assert (folder / "karta.html").stat().st_size > 100_000


def test_people_are_told_where_to_go_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("min mapp")
    assert result.exit_code == 0
    assert "cd 'min mapp'" in result.stdout or 'cd "min mapp"' in result.stdout
    assert result.stdout.count("beroenden ") == 4
    (tmp_path / "tom").mkdir()
    monkeypatch.chdir(tmp_path / "tom")
    assert "cd " not in run(".").stdout
    assert Path("models/soes/model.toml").is_file()


def test_the_program_is_named_so_that_the_shell_finds_it(tmp_path, monkeypatch):
    monkeypatch.setattr("beroenden.cli.demo.shutil.which", lambda name: None)
    (first, *_) = json.loads(run(tmp_path / "a", "--json", "-").stdout)["next"]
    assert "-m beroenden simulate " in first["command"]
    monkeypatch.setattr("beroenden.cli.demo.shutil.which", lambda name: f"/usr/bin/{name}")
    (first, *_) = json.loads(run(tmp_path / "b", "--json", "-").stdout)["next"]
    assert first["command"].startswith("beroenden simulate ")


def test_what_is_there_is_left_alone(tmp_path):
    (tmp_path / "prova").mkdir()
    (tmp_path / "prova" / "eget.toml").write_text("x", "utf-8")
    (tmp_path / "fil").write_text("x", "utf-8")
    for name in ("prova", "fil"):
        result = run(tmp_path / name)
        assert result.exit_code == 2
        assert f"{name}-2" in result.stderr
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["eget.toml", "fil", "prova"]


@pytest.mark.parametrize("is_there", [False, True])
def test_a_failure_midway_leaves_nothing(tmp_path, monkeypatch, is_there):
    copied = []

    def full_disk(source, target):
        copied.append(target)
        if len(copied) > 20:
            raise OSError(28, "No space left on device")
        return real(source, target)

    real = shutil.copyfile
    folder = tmp_path / "prova"
    if is_there:
        folder.mkdir()
    monkeypatch.setattr("beroenden.cli.demo.shutil.copyfile", full_disk)
    result = run(folder)
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr
    assert list(tmp_path.rglob("*")) == [folder] * is_there


def test_the_data_come_from_the_package_where_it_has_them_else_from_the_tree(tmp_path):
    package = tmp_path / "beroenden"
    package.mkdir()
    with pytest.raises(UsageError):
        demo_data(package)
    (tmp_path / "models" / "soes").mkdir(parents=True)
    assert demo_data(package) == tmp_path
    (package / "demo_data" / "models" / "soes").mkdir(parents=True)
    assert demo_data(package) == package / "demo_data"
    assert demo_data() == ROOT


def test_the_wheel_takes_what_is_copied():
    """The patterns in pyproject.toml and those of the command are the same, each in its own way of writing."""
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = {"/" + re.sub(r"(/\*\*)?/\*$", "", pattern) for pattern in FILES}
    assert set(wheel["include"]) == {"/beroenden", *copied}
    assert wheel["sources"] == {
        folder: f"beroenden/demo_data/{folder}" for folder in {one.split("/")[1] for one in copied}
    }
