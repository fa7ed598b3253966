"""The commands, and the pages that people read: their blocks of commands and of output, and how a block is run."""

import re
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

import click
from click.testing import CliRunner

from beroenden.cli.main import commands

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for pattern in ("README.md", "models/*.md", "notebooks/*.md", "sample_data/**/README.md")
    for path in ROOT.glob(pattern)
)
FOLDERS = ("models", "sample_data")
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SETUP = ("python3 -m venv", "pip install", "jupyter ", "cd notebooks", "python tests/notebooks/execution.py")
"""Setting up, which .ci/run does, and the notebooks, which have tests of their own."""


@dataclass(frozen=True, slots=True)
class Block:
    """A code block of a page."""

    language: str
    text: str

    @property
    def commands(self) -> list[list[str]]:
        """The words of each command of a block of sh, setting up apart."""
        lines = [line.removesuffix("&&").strip() for line in self.text.splitlines()]
        return [shlex.split(line) for line in lines if line and not line.startswith(_SETUP)]


def blocks_of(page: str) -> list[Block]:
    """The code blocks of a page, in order."""
    return [Block(*found) for found in _BLOCK.findall((ROOT / page).read_text("utf-8"))]


def copy_into(folder: Path) -> None:
    """What the commands of the pages work on."""
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name)


def run(words: list[str]) -> str:
    """Run a command of a page, standing in the folder of the copy; what it prints and the Markdown that it writes."""
    if words[:2] == ["cp", "-r"]:
        shutil.copytree(words[2], words[3])
        return ""
    assert Path(words[0]).name == "beroenden", f"a page has a command that no test can run: {shlex.join(words)}"
    result = CliRunner().invoke(commands, words[1:])
    assert result.exit_code == 0, (shlex.join(words), result.output)
    return plain(result.output + "".join(map(_written, words)))


def _written(word: str) -> str:
    return Path(word).read_text("utf-8") if word.endswith(".md") and Path(word).is_file() else ""


def plain(text: str) -> str:
    """The text with ordinary spaces, and none at the ends of lines."""
    return "".join(f"{line.rstrip()}\n" for line in text.replace("\xa0", " ").splitlines())


def pieces(shown: str) -> list[str]:
    """What is shown, in pieces between lines of … alone, which stand for what is left out."""
    return [piece for piece in plain(shown).split("…\n") if piece.strip()]


def every_command() -> dict[str, click.Command]:
    """Commands by the words that call them, those of groups included."""
    found: dict[str, click.Command] = {}
    for name, command in commands.commands.items():
        if isinstance(command, click.Group):
            found |= {f"{name} {one}": inner for one, inner in command.commands.items()}
        else:
            found[name] = command
    return found
