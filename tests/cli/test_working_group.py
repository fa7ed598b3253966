"""The working group's year of the README runs, and what it shows is what is printed."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from beroenden.cli.main import commands

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "README.md").read_text("utf-8").split("### Arbetsgruppens år")[1].split("\n### ")[0]


@pytest.mark.sweep
def test_the_year_runs_and_prints_what_it_shows(tmp_path, monkeypatch):
    for folder in ("models", "sample_data"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BEROENDEN_LANG", "sv")
    told = ""
    for block in re.findall(r"^```sh\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            words = shlex.split(line)
            if words[:2] == ["cp", "-r"]:
                shutil.copytree(words[2], words[3])
                continue
            result = CliRunner().invoke(commands, words[1:])
            assert result.exit_code == 0, (line, result.output)
            told += result.output
    shown = re.findall(r"^```text\n(.*?)^```", SECTION, re.MULTILINE | re.DOTALL)
    assert len(shown) == 2
    for line in "".join(shown).splitlines():
        assert line in told.replace("\xa0", " "), line
    assert {path.name for path in tmp_path.iterdir()} >= {"karta.html", "betalningskalender.ics", "ny"}
