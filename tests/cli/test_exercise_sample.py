"""The exercise in sample_data is what its one command makes, and the README's commands run."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from beroenden.cli.main import commands

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data/ovning"


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Path:
    """The project's data where commands can write."""
    for folder in ("models", "sample_data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands_in(text: str) -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.startswith("beroenden")]


def run(line: str) -> None:
    result = CliRunner().invoke(commands, shlex.split(line)[1:])
    assert result.exit_code == 0, (line, result.output)


def test_the_sample_is_what_its_command_makes(copy):
    plan, _ = commands_in((SAMPLE / "README.md").read_text("utf-8"))
    kept = {"README.md", "spelad"}
    for path in (copy / "sample_data/ovning").iterdir():
        if path.name not in kept:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    run(plan)
    made = {path.relative_to(copy / "sample_data/ovning"): path for path in (copy / "sample_data/ovning").rglob("*.*")}
    there = {path.relative_to(SAMPLE): path for path in SAMPLE.rglob("*.*")}
    assert made.keys() == there.keys()
    differing = [str(name) for name in there if made[name].read_bytes() != there[name].read_bytes()]
    assert differing == []


def test_its_evaluation_is_what_its_command_makes(copy):
    _, evaluate = commands_in((SAMPLE / "README.md").read_text("utf-8"))
    run(evaluate)
    assert (copy / "utvardering.docx").read_bytes() == (SAMPLE / "spelad/utvardering.docx").read_bytes()


@pytest.mark.sweep
def test_the_exercise_of_the_readme_runs(copy):
    section = (
        (ROOT / "README.md")
        .read_text("utf-8")
        .split("### Planera, hålla och utvärdera en övning")[1]
        .split("\n### ")[0]
    )
    lines = commands_in(section)
    assert [line.split()[2] for line in lines] == ["find", "plan", "import", "evaluate"]
    for line in lines[1:]:
        run(line)
    assert (copy / "ovning/spelare/csn/skede-1.docx").is_file()
    assert (copy / "utvardering.docx").is_file()


@pytest.mark.sweep
def test_the_search_of_the_readme_runs(copy):
    section = (ROOT / "README.md").read_text("utf-8").split("### Planera, hålla och utvärdera en övning")[1]
    run(commands_in(section)[0])
    assert sorted(path.name for path in (copy / "forslag").iterdir())[0] == "scenario-1.toml"
