"""Days as options: the first and the last of a period."""

from collections.abc import Callable
from datetime import datetime, time
from typing import Any

import click

from beroenden.language import say


class Day(click.DateTime):
    """A day, as 2026-12-01 or as people say it; of a month or a year its first, or its last."""

    def __init__(self, *, is_last: bool = False) -> None:
        """Of ISO 8601 only the plain form; what is said otherwise is read with the other typed times."""
        super().__init__(["%Y-%m-%d"])
        self.is_last = is_last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the day; its message shows how one is written, where click's shows the directives of strptime."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            return self._as_said(value, param, ctx)

    def _as_said(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        from beroenden.units.typed import typed_days

        try:
            day = typed_days(value)[self.is_last]
        except ValueError:
            self.fail(
                say(
                    f"”{value[:60]}” är ingen dag; skriv 2026-12-01.",
                    f'"{value[:60]}" is no day; write 2026-12-01.',
                ),
                param,
                ctx,
            )
        option = param.opts[0] if param else ""
        click.echo(say(f"{option} {value}: räknas som {day}.", f"{option} {value}: taken as {day}."), err=True)
        return datetime.combine(day, time())


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
        "--to",
        "last",
        type=Day(is_last=True),
        required=True,
        metavar=say("DAG", "DAY"),
        help=say("Sista dagen.", "The last day."),
    )
    return first(last(command))
