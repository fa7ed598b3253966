"""The commands and what becomes of errors: no traceback reaches a user."""

import os
import sys

import click

from beroenden import __version__
from beroenden.cli.calendar import calendar
from beroenden.cli.completion import ASKED, completion, register_shells
from beroenden.cli.conference import conference
from beroenden.cli.cutsets import cutsets
from beroenden.cli.demo import demo
from beroenden.cli.diff import diff
from beroenden.cli.edit import edit
from beroenden.cli.exercise import exercise
from beroenden.cli.explain import explain
from beroenden.cli.export import export
from beroenden.cli.followup import followup
from beroenden.cli.form import form
from beroenden.cli.format import format_
from beroenden.cli.gaps import gaps
from beroenden.cli.group import group
from beroenden.cli.improve import improve
from beroenden.cli.incident import incident
from beroenden.cli.interop_import import import_
from beroenden.cli.lagesbild import lagesbild
from beroenden.cli.merge import merge
from beroenden.cli.quality import quality
from beroenden.cli.rank import rank
from beroenden.cli.risk import risk
from beroenden.cli.schema import schema
from beroenden.cli.show import show
from beroenden.cli.simulate import simulate
from beroenden.cli.template import template
from beroenden.cli.validate import validate
from beroenden.cli.view import view
from beroenden.language import say


@group(
    "Kartlägg beroenden i samhällets betalningar, simulera avbrott och se vad som händer med vem.",
    "Map the dependencies behind society's payments, simulate an outage, and see what happens to whom.",
    "beroenden simulate models/soes --outage bankgirot --start 2026-12-16T08:00 --for 12h",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    "--version",
    message="%(prog)s %(version)s",
    prog_name="beroenden",
    help=say("Visa versionen.", "Show the version."),
)
def commands() -> None:
    """The group that all commands belong to."""


for command in (
    demo,
    validate,
    show,
    simulate,
    explain,
    calendar,
    cutsets,
    rank,
    risk,
    improve,
    gaps,
    quality,
    view,
    form,
    edit,
    diff,
    merge,
    incident,
    lagesbild,
    conference,
    followup,
    exercise,
    template,
    import_,
    export,
    schema,
    completion,
):
    commands.add_command(command)
commands.add_command(format_, "format")


def main() -> None:
    """The entry point of `beroenden`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if ASKED in os.environ:
        register_shells()
    commands(prog_name="beroenden")
