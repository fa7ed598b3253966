"""beroenden demo"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import click

from beroenden.cli.common import command, json_option, write_json, wrote
from beroenden.cli.printable import clean
from beroenden.errors import UsageError
from beroenden.language import say

_PACKAGE = Path(__file__).parents[1]
FILES = (
    "models/*.md",
    "models/soes/**/*",
    "models/checks/**/*",
    "sample_data/**/*",
    "notebooks/*.ipynb",
    "notebooks/*.md",
    "notebooks/bilder/*",
)
"""What the folder holds; pyproject.toml puts the same into the wheel."""

_SCENARIO = "sample_data/scenarios/clearing-fore-den-20e.toml"


@command(
    "Skriv en mapp med allt att pröva: modellen, scenarier, en händelse, formulär, en övning och notebooks. "
    "Sist står kommandona att börja med. Inget hämtas.",
    "Write a folder with everything to try: the model, scenarios, an incident, questionnaires, an exercise and notebooks. "
    "Last come the commands to begin with. Nothing is fetched.",
    "beroenden demo prova",
)
@click.argument("folder", type=click.Path(path_type=Path), metavar=say("MAPP", "DIR"))
@json_option
def demo(folder: Path, json_path: str | None) -> None:
    """Write the folder, and say what to do in it."""
    source = demo_data()
    files = [path.relative_to(source).as_posix() for path in _chosen(source)]
    _write(folder, source, files)
    wrote(folder)
    steps = [{"what": what, "command": line} for what, line in _steps()]
    if write_json(json_path, {"schema": "beroenden/demo/1", "folder": str(folder), "files": files, "next": steps}):
        return
    if folder.resolve() != Path.cwd():
        click.echo(f"\n  cd {clean(_quoted(str(folder)))}")
    for step in steps:
        click.echo(f"\n{step['what']}\n  {step['command']}")
    click.echo(
        say("\nMer: models/README.md och sample_data/README.md", "\nMore: models/README.md and sample_data/README.md")
    )


def demo_data(package: Path = _PACKAGE) -> Path:
    """The folder that is copied: inside an installed package, or the source tree that the package stands in.

    Raises:
        UsageError: when it is in neither.
    """
    for folder in (package / "demo_data", package.parent):
        if (folder / "models/soes").is_dir():
            return folder
    raise UsageError(
        say(
            "Den här installationen har inga exempel med sig; installera om beroenden från sin wheel.",
            "This installation has no examples with it; install beroenden again from its wheel.",
        )
    )


def _chosen(source: Path) -> Iterator[Path]:
    """The files to copy, in order; locks and what editors hide stay behind."""
    for path in sorted({path for pattern in FILES for path in source.glob(pattern)}):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(source).parts):
            yield path


def _write(folder: Path, source: Path, files: list[str]) -> None:
    """Copy the files to a new or empty folder, whole or not at all.

    Raises:
        UsageError: when there is something already, or nothing can be written there.
    """
    from secrets import token_hex  # brings cryptography that no other command needs

    home = folder if folder.is_dir() else folder.parent
    made = home / f".{folder.name}-{token_hex(4)}"
    try:
        if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
            raise UsageError(
                say(
                    f"{folder} finns redan och är ingen tom mapp; ange en ny, t.ex. {_free(folder)}.",
                    f"{folder} is there already and is no empty folder; give a new one, e.g. {_free(folder)}.",
                )
            )
        for file in files:
            (made / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / file, made / file)
        _put_in_place(made, folder)
    except OSError as error:
        raise UsageError(
            say(f"{folder} går inte att skriva: {error.strerror}.", f"{folder} cannot be written: {error.strerror}.")
        ) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _put_in_place(made: Path, folder: Path) -> None:
    """Give what is made its name; an empty folder stays the same one, for a shell may stand in it."""
    if folder.is_dir():
        for one in made.iterdir():
            one.rename(folder / one.name)
    else:
        made.rename(folder)


def _free(folder: Path) -> Path:
    """A folder beside it that is not there yet."""
    name = folder.resolve().name
    beside = (folder.parent / f"{name}-{number}" for number in count(2))
    return next(path for path in beside if not path.exists())


def _steps() -> Iterator[tuple[str, str]]:
    """What a newcomer does, in order, standing in the folder: what for, and the command."""
    program = _program()
    yield (
        say(
            "1. Bankgirot står stilla två bankdagar före barnbidraget. Vilka betalningar blir sena?",
            "1. Bankgirot stands still two bank days before the child allowance. Which payments are late?",
        ),
        f"{program} simulate models/soes --scenario {_SCENARIO}",
    )
    yield (
        say(
            "2. Försäkringskassans lägesbild klockan 09.30, som Word-dokument:",
            "2. Försäkringskassan's situation report at 09:30, as a Word document:",
        ),
        f"{program} lagesbild models/soes --scenario {_SCENARIO} --actor forsakringskassan --at 2026-12-16T09:30 "
        "-o lagesbild.docx",
    )
    yield (
        say(
            "3. Kartan, med avbrottet att spela upp; öppna karta.html med dubbelklick:",
            "3. The map, with the outage to play; open karta.html with a double click:",
        ),
        f"{program} view models/soes --scenario {_SCENARIO} -o karta.html",
    )
    yield (
        say(
            "4. Ändra något i models/soes. Står det rätt, och svarar modellen som väntat?",
            "4. Change something in models/soes. Is it right, and does the model answer as expected?",
        ),
        f"{program} validate models/soes --checks models/checks/soes.toml",
    )


def _program() -> str:
    """What to write to run this program: its name where the shell finds it, else the Python that runs it."""
    return "beroenden" if shutil.which("beroenden") else f"{_quoted(sys.executable)} -m beroenden"


def _quoted(word: str) -> str:
    return subprocess.list2cmdline([word]) if os.name == "nt" else shlex.quote(word)
