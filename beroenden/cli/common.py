"""What several commands share: arguments, the model, scenarios, and how results are printed."""

import json
import os
import sys
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from beroenden.cli import ids
from beroenden.cli.figures import within_range
from beroenden.cli.fitting import as_lines, column_widths
from beroenden.cli.group import options_metavar
from beroenden.cli.missing import in_words
from beroenden.cli.misspelt import no_such_option
from beroenden.cli.printable import clean
from beroenden.errors import BeroendenError, FaultyFilesError, UsageError
from beroenden.language import say
from beroenden.units.numbers import NBSP

if TYPE_CHECKING:
    from rich.table import Table

    from beroenden.model.network import Network

_LONG = 240
"""Characters of a path that Windows may refuse, with those of the temporary name beside it."""
_HOLD = "\ue000"
"""Stands for a no-break space while rich, which would break a line there, lays a text out."""


class Command(click.Command):
    """A command that answers every error with a sentence and the right exit code: 1 for faulty files, 2 for wrong usage."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options; of one that is none the one that was probably meant is told, of a number what it may be."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            raise no_such_option(error, self.params, ctx) from None
        except click.BadParameter as error:
            raise within_range(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            ids.take_names(ctx)
            return super().invoke(ctx)
        except FaultyFilesError as error:
            click.echo(clean(in_words(error.findings)), err=True)
            ctx.exit(1)
        except BeroendenError as error:
            raise click.UsageError(clean(error), ctx) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("BEROENDEN_DEBUG"):
                raise
            message = say(
                "Internt fel i beroenden: {}. Sätt BEROENDEN_DEBUG=1 och kör igen för detaljer att rapportera.",
                "Internal error in beroenden: {}. Set BEROENDEN_DEBUG=1 and run again for details to report.",
            )
            raise click.ClickException(message.format(f"{type(error).__name__}: {error}")) from error


def command(sv: str, en: str, example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """A command with its help in both languages and an example."""
    epilog = say("Exempel: ", "Example: ") + example
    return click.command(cls=Command, help=say(sv, en), epilog=epilog, options_metavar=options_metavar())


model_argument = click.argument("model", type=click.Path(path_type=Path), metavar=say("MODELL", "MODEL"))


def _json_path(context: click.Context, parameter: click.Parameter, path: str | None) -> str | None:
    """Where JSON goes; refused before anything is done when that looks like a log, a model or a document."""
    if path is not None and Path(path).suffix.lower() in (".toml", ".md", ".html", ".docx"):
        message = say(
            f"--json {path}: JSON skulle ersätta den filen; ange en fil som slutar på .json, eller - för stdout.",
            f"--json {path}: JSON would replace that file; give a file that ends in .json, or - for stdout.",
        )
        raise click.UsageError(clean(message), context)
    return path


json_option = click.option(
    "--json",
    "json_path",
    callback=_json_path,
    shell_complete=ids.of_files,
    metavar=say("SÖKVÄG", "PATH"),
    help=say("Skriv resultatet som JSON till en fil; - är stdout.", "Write the result as JSON to a file; - is stdout."),
)


def load_network(path: Path) -> "Network":
    """The model at a path.

    Raises:
        FaultyFilesError: when any finding is an error.
    """
    from beroenden.modelfiles.read import load

    network, findings = load(path)
    if network is None:
        raise FaultyFilesError([finding for finding in findings if finding.severity == "error"])
    return network


def write_json(path: str | None, content: Mapping[str, Any]) -> bool:
    """Write the JSON where it was asked for; True when that was stdout, which then holds nothing else."""
    if path is None:
        return False
    if path == "-":
        print_json(content)
        return True
    write_file(Path(path), json.dumps(content, ensure_ascii=False, indent=2) + "\n")
    return False


def print_json(content: Mapping[str, Any]) -> None:
    """JSON on stdout; in ASCII alone where PowerShell reads it, which takes it for an old code page."""
    is_read_by_powershell = sys.platform == "win32" and not sys.stdout.isatty()
    click.echo(json.dumps(content, ensure_ascii=is_read_by_powershell, indent=2))


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; missing folders are made.

    Raises:
        UsageError: when it cannot be written there.
    """
    from beroenden.modelfiles.write import write_bytes

    if path.is_dir():
        raise UsageError(say(f"{path} är en mapp; ange en fil.", f"{path} is a folder; give a file."))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(path, content.encode() if isinstance(content, str) else content)
    except OSError as error:
        reason = _too_long(path, error) or error.strerror
        raise UsageError(
            say(f"{path} går inte att skriva: {reason}.", f"{path} cannot be written: {reason}.")
        ) from error


def _too_long(path: Path, error: OSError) -> str | None:
    """What Windows means by a file that is not found where it was to be made."""
    if not isinstance(error, FileNotFoundError) or len(str(path.absolute())) < _LONG:
        return None
    return say(
        "sökvägen är för lång för Windows; ange en mapp med kortare sökväg",
        "the path is too long for Windows; give a folder with a shorter one",
    )


def keep_and_write(path: Path, content: bytes) -> None:
    """Write a document that people go on working on: an earlier version is kept beside it, numbered."""
    if path.is_file() and path.read_bytes() != content:
        keep_aside(path)
    write_file(path, content)
    wrote(path)


def keep_aside(path: Path) -> None:
    """Give a file a numbered name beside it, so that another can take its place.

    Raises:
        UsageError: when another program holds it.
    """
    from beroenden.modelfiles.write import put_in_place

    number = next(number for number in count(1) if not _numbered(path, number).exists())
    kept = _numbered(path, number)
    try:
        put_in_place(path, kept)
    except OSError as error:
        reason = error.strerror
        raise UsageError(
            say(f"{path} går inte att spara som {kept}: {reason}.", f"{path} cannot be kept as {kept}: {reason}.")
        ) from error
    click.echo(say(f"{path} fanns redan och sparas som {kept}", f"{path} was there and is kept as {kept}"), err=True)


def path_from(path: Path, folder: Path) -> str:
    """A path as a file in a folder names it, with slashes; on another drive there is no way, and it is given whole."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:
        return path.resolve().as_posix()


def _numbered(path: Path, number: int) -> Path:
    return path.with_name(f"{path.stem}.{number}{path.suffix}")


def wrote(path: Path) -> None:
    """Say what was written, on stderr."""
    click.echo(say(f"Skrev {path}", f"Wrote {path}"), err=True)


def heading(text: str) -> None:
    """A heading on its own line."""
    click.secho(f"\n{clean(text)}", bold=True)


def line(text: str) -> None:
    """A paragraph, wrapped to the terminal."""
    _print(_held(text))


def table(
    columns: Iterable[str], rows: Iterable[Iterable[object]], right: Iterable[int] = (), whole: Iterable[int] = ()
) -> None:
    """Print a table that fits the terminal: long names wrap, between words.

    Where the terminal is too narrow even so, each row is printed as lines of "heading: cell" instead.

    Args:
        columns: Headings.
        rows: Cells, as many as columns.
        right: Indices of columns that are set to the right.
        whole: Indices of columns whose lines are not broken.
    """
    from rich.console import Console

    heads = list(map(_held, columns))
    cells = [list(map(_held, row)) for row in rows]
    numeric = set(right)
    widths = column_widths(heads, cells, {*numeric, *whole}, Console().width)
    if widths is None:
        _print("\n".join(as_lines(heads, cells)))
    else:
        _print(_side_by_side(heads, cells, widths, numeric))


def _side_by_side(
    heads: Sequence[str], rows: Iterable[Iterable[str]], widths: Iterable[int], right: Container[int]
) -> "Table":
    """A table whose columns have given widths."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made: Table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), show_edge=False, show_header=any(heads))
    for index, (head, width) in enumerate(zip(heads, widths, strict=True)):
        made.add_column(Text(head), justify="right" if index in right else "left", overflow="fold", width=width)
    for row in rows:
        made.add_row(*map(Text, row))
    return made


def _held(text: object) -> str:
    """A text whose no-break spaces, at which rich would break a line, are held by a sign that is taken away when printed."""
    return clean(text).replace(NBSP, _HOLD)


def _print(shown: "str | Table") -> None:
    """Print lines that are wrapped between words, or a table."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    with console.capture() as captured:
        console.print(Text(shown) if isinstance(shown, str) else shown)
    click.echo(captured.get().replace(_HOLD, NBSP), nl=False)
