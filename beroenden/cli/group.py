"""Commands under one word, and the language in which the command-line library itself speaks."""

import gettext
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from beroenden.language import language, say

_CATALOGUES = Path(__file__).with_name("locale")
_NOBODY_READS = 141
"""The exit code that a shell gives a program whose output was closed: 128 and the number of SIGPIPE."""


class Group(click.Group):
    """Commands under one word; click's own words follow the language of everything else."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command that the arguments name."""
        with click_translated():
            return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; when nobody reads what it prints any more (`| head`), end as other programs do."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), sys.stdout.fileno())  # at the exit, what is left to print goes there
            ctx.exit(_NOBODY_READS)


@contextmanager
def click_translated() -> Iterator[None]:
    """What click says within (Usage, Error, No such option …) is in the language of `say`.

    gettext chooses by the environment alone, which on Windows names no language and knows no BEROENDEN_LANG.
    """
    before = os.environ.get("LANGUAGE"), gettext.textdomain()
    os.environ["LANGUAGE"] = language()
    gettext.bindtextdomain("click", str(_CATALOGUES))
    gettext.textdomain("click")
    try:
        yield
    finally:
        gettext.textdomain(before[1])
        if before[0] is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before[0]


def group(sv: str, en: str, example: str, **settings: Any) -> Callable[[Callable[..., Any]], Group]:
    """A group of commands with its help in both languages and an example."""
    return click.group(
        cls=Group,
        help=say(sv, en),
        epilog=say("Exempel: ", "Example: ") + example,
        options_metavar=options_metavar(),
        subcommand_metavar=say("KOMMANDO [ARGUMENT]…", "COMMAND [ARGS]..."),
        **settings,
    )


def options_metavar() -> str:
    """What stands for the options in a command's usage."""
    return say("[VAL]", "[OPTIONS]")
