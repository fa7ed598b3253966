"""What holds of the whole: public names, commands, README, and that nothing of this machine is told."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from pages import every_command

import beroenden
from beroenden.cli.main import commands

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def test_public_names_are_there():
    for name in beroenden.__all__:
        assert getattr(beroenden, name) is not None
    with pytest.raises(AttributeError):
        _ = beroenden.nothing_of_the_kind


@pytest.mark.parametrize("name", sorted(every_command()))
def test_each_command_has_help_an_example_json_and_a_place_in_the_readme(name):
    command = every_command()[name]
    assert command.help
    assert f"beroenden {name}" in (command.epilog or "")
    assert any("--json" in option.opts for option in command.params if isinstance(option, click.Option))
    assert f"`beroenden {name} " in README
    result = CliRunner().invoke(commands, [*name.split(), "--help"])
    assert result.exit_code == 0


def test_the_two_commands_of_the_readme_are_its_first_two_code_blocks():
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert [language for language, _ in blocks[:2]] == ["sh", "sh"]
    assert "beroenden simulate models/soes" in blocks[0][1]
    assert "pytest" in blocks[1][1]


def test_the_map_of_the_house_is_the_folder_list():
    layers = {path.name for path in (ROOT / "beroenden").iterdir() if path.is_dir() and not path.name.startswith("_")}
    named = set(re.findall(r"^([a-z]+)(?: \| ([a-z]+))? {2,}\w", CONTRIBUTING, re.MULTILINE))
    told = {layer for pair in named for layer in pair if layer}
    assert layers <= told


def test_starting_loads_nothing_heavy():
    code = "import sys; import beroenden.cli.main; print(','.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split(",")
    assert not {"networkx", "numpy", "scipy", "pyvis", "rich", "babel", "holidays", "jinja2"} & set(loaded)


def test_simulating_loads_neither_numpy_nor_pyvis():
    code = (
        "import sys, beroenden; network, _ = beroenden.load('models/soes'); "
        "beroenden.simulate(network, [{'entity': 'bankgirot', 'start': '2026-12-16T08:00', 'for': '12h'}]); "
        "print(','.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"scipy", "pyvis", "rich", "jinja2"} & set(done.stdout.split(","))
