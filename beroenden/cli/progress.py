"""What a long computation says on stderr: how large it is before it starts, and how far it has come."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.durations import HOUR, duration_in_words

MOST_SCENARIOS = 20_000_000
MOST_SECONDS = 600
"""A computation larger or longer than these is not started without --yes."""
_WORTH_SAYING = 5
"""Seconds from which on it is said beforehand how long it takes."""

yes_option = click.option(
    "--yes",
    is_flag=True,
    help=say(
        f"Starta även det som tar över {MOST_SECONDS // 60} min eller är över {MOST_SCENARIOS // 1_000_000} miljoner scenarier.",
        f"Start even what takes over {MOST_SECONDS // 60} min or is over {MOST_SCENARIOS // 1_000_000} million scenarios.",
    ),
)


def compiling() -> None:
    """Say that the engine is compiled, as soon as that begins; it is silent where the compiled engine is on disk."""
    from numba.core import event

    events: Any = event  # without types

    class Notice(event.Listener):
        """Speaks at the first compilation only."""

        is_said = False

        def on_start(self, event: object) -> None:
            if not self.is_said:
                click.echo(
                    say(
                        "Motorn kompileras för den här datorn. Det tar en till två minuter, första gången.",
                        "The engine is compiled for this computer. That takes a minute or two, the first time.",
                    ),
                    err=True,
                )
            self.is_said = True

        def on_end(self, event: object) -> None:
            """Nothing is said of the end."""

    notice = Notice()
    events.register("numba:compile", notice)
    click.get_current_context().call_on_close(lambda: events.unregister("numba:compile", notice))


def announce(
    scenarios: int, seconds: float, yes: bool, *, fewer: str = "", years: bool = False, shorter: str = ""
) -> None:
    """Say how many scenarios are to be run and about how long it takes, when that is worth saying.

    Args:
        scenarios: How many.
        seconds: About how long they take.
        yes: Whether it is started however large it is.
        fewer: What to give for fewer; unless told, what commands with a window take.
        years: Whether the scenarios are years.
        shorter: A way to have it sooner, with how long that takes.

    Raises:
        UsageError: when it is more than is started without `yes`.
    """
    from beroenden.units.numbers import number

    if seconds < _WORTH_SAYING and scenarios <= MOST_SCENARIOS:
        return
    what = say("simulerade år", "simulated years") if years else say("scenarier", "scenarios")
    size = f"{number(scenarios)} {what}, {say('omkring', 'about')} {about_seconds(seconds)}"
    size += f"; {shorter}" if shorter else ""
    if not yes and (scenarios > MOST_SCENARIOS or seconds > MOST_SECONDS):
        fewer = fewer or say(
            "färre tidpunkter (--every), lägre ordning eller fler --processes",
            "fewer starts (--every), a lower order or more --processes",
        )
        raise UsageError(
            say(
                f"Det blir {size}. Ange --yes för att starta ändå, eller {fewer}.",
                f"That is {size}. Give --yes to start anyway, or {fewer}.",
            )
        )
    click.echo(
        say(f"{size}; Ctrl-C avbryter och visar det som är klart.", f"{size}; Ctrl-C stops and shows what is done."),
        err=True,
    )


def about_seconds(seconds: float) -> str:
    """A length of time in a unit that suits it."""
    from beroenden.units.numbers import about, number

    minutes = seconds / 60
    if minutes < 1:
        return f"{number(max(1, round(seconds)))}\N{NO-BREAK SPACE}s"
    if minutes < 48 * HOUR:
        return duration_in_words(round(minutes) if minutes < HOUR else HOUR * round(minutes / HOUR))
    days = minutes / HOUR / 24
    return say(f"{about(round(days))} dygn", f"{about(round(days))} days")


@contextmanager
def progress_bar(doing: str) -> Iterator[Callable[[int, int], None]]:
    """A bar with rate and time left while something is being done; nothing where stderr is no terminal.

    Args:
        doing: What is being done, in a word or two.

    Yields:
        What is to be told how many are done, of how many.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    from beroenden.units.numbers import number

    class Rate(ProgressColumn):
        """How many are done, and how many a second."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            of = say(" av ", " of ") + number(task.total) if task.total else ""
            return Text(f"{number(task.completed)}{of}" + (f", {number(speed)}/s" if speed else ""))

    columns = (TextColumn("{task.description}"), BarColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
