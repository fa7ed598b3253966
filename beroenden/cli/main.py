"""The commands and what becomes of errors: no traceback reaches a user."""

import os
import sys
from typing import Any

import click

from beroenden import __version__
from beroenden.cli.calendar import calendar
from beroenden.cli.explain import explain
from beroenden.cli.lagesbild import lagesbild
from beroenden.cli.show import show
from beroenden.cli.simulate import simulate
from beroenden.cli.validate import validate
from beroenden.cli.view import view
from beroenden.errors import BeroendenError, FaultyFilesError
from beroenden.language import say


class Commands(click.Group):
    """A group whose commands answer every error with a sentence and the right exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; 1 for faulty files, 2 for wrong usage."""
        try:
            return super().invoke(ctx)
        except FaultyFilesError as error:
            click.echo(str(error), err=True)
            ctx.exit(1)
        except BeroendenError as error:
            raise click.UsageError(str(error), ctx) from error
        except OSError as error:
            if isinstance(error, BrokenPipeError):
                raise
            raise click.ClickException(_about_file(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get("BEROENDEN_DEBUG"):
                raise
            message = say(
                "Internt fel i beroenden: {}. Sätt BEROENDEN_DEBUG=1 och kör igen för detaljer att rapportera.",
                "Internal error in beroenden: {}. Set BEROENDEN_DEBUG=1 and run again for details to report.",
            )
            raise click.ClickException(message.format(f"{type(error).__name__}: {error}")) from error


def _about_file(error: OSError) -> str:
    name = f"{error.filename}: " if error.filename else ""
    return name + say(
        f"går inte att läsa eller skriva ({error.strerror})", f"cannot be read or written ({error.strerror})"
    )


@click.group(
    cls=Commands,
    help=say(
        "Kartlägg beroenden i samhällets betalningar, simulera avbrott och se vad som händer med vem.",
        "Map the dependencies behind society's payments, simulate an outage, and see what happens to whom.",
    ),
    epilog=say(
        "Exempel: beroenden simulate models/soes --outage bankgirot --start 2026-12-16T08:00 --for 12h",
        "Example: beroenden simulate models/soes --outage bankgirot --start 2026-12-16T08:00 --for 12h",
    ),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s", prog_name="beroenden")
def commands() -> None:
    """The group that all commands belong to."""


for command in (validate, show, simulate, explain, calendar, lagesbild, view):
    commands.add_command(command)


def main() -> None:
    """The entry point of `beroenden`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    commands(prog_name="beroenden")
