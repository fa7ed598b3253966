"""Days as options: the first and the last of a period."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from beroenden.language import say


class Day(click.DateTime):
    """A day as 2026-12-01."""

    def __init__(self) -> None:
        """Take no other form than that of ISO 8601."""
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the day; its message shows how one is written, where click's shows the directives of strptime."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(
                say(
                    f"”{value[:60]}” är ingen dag; skriv 2026-12-01.",
                    f'"{value[:60]}" is no day; write 2026-12-01.',
                ),
                param,
                ctx,
            )


def first_and_last_day(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --from and --to of a period."""
    first = click.option(
        "--from",
        "first",
        type=Day(),
        required=True,
        metavar=say("DAG", "DAY"),
        help=say("Första dagen, t.ex. 2026-12-01.", "The first day, e.g. 2026-12-01."),
    )
    last = click.option(
        "--to", "last", type=Day(), required=True, metavar=say("DAG", "DAY"), help=say("Sista dagen.", "The last day.")
    )
    return first(last(command))
