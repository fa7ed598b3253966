"""The options that say how long an outage lasts and at which moments it may begin."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from beroenden.errors import UsageError
from beroenden.language import say
from beroenden.units.durations import minutes_of

if TYPE_CHECKING:
    from datetime import time
    from zoneinfo import ZoneInfo

    from beroenden.model.network import Network


@dataclass(frozen=True, slots=True)
class Moments:
    """Outages of one length at some times; minutes, and instants in minutes since the epoch.

    Attributes:
        every: Minutes between the starts; None for one start.
    """

    length: int
    starts: tuple[int, ...]
    every: int | None
    horizon: int


def moment_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--for, --start or --window with --every, and --horizon."""
    options = (
        click.option(
            "--for",
            "length",
            metavar=say("LÄNGD", "LENGTH"),
            help=say("Hur länge avbrottet varar, t.ex. 12h.", "How long the outage lasts, e.g. 12h."),
        ),
        click.option(
            "--start",
            metavar=say("TID", "TIME"),
            help=say('När det börjar, t.ex. "2026-12-17 08.00".', 'When it begins, e.g. "2026-12-17 08.00".'),
        ),
        click.option(
            "--window",
            metavar=say("PERIOD", "PERIOD"),
            help=say(
                "I stället för --start: alla starttider i en månad, en dag eller ett spann: 2026-12, 2026-12-16, 2026-12-16..2026-12-20.",
                "Instead of --start: all starts in a month, a day or a span: 2026-12, 2026-12-16, 2026-12-16..2026-12-20.",
            ),
        ),
        click.option(
            "--every",
            metavar=say("LÄNGD", "LENGTH"),
            help=say(
                "Så tätt ligger starttiderna, t.ex. 1h, 6h, 1d [1h, glesare när det blir många scenarier].",
                "How close the starts are, e.g. 1h, 6h, 1d [1h, wider where that makes many scenarios].",
            ),
        ),
        click.option(
            "--horizon",
            metavar=say("LÄNGD", "LENGTH"),
            help=say("Hur långt fram man ser från starten [14d].", "How far ahead to look from the start [14d]."),
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def moments_of(network: "Network", options: dict[str, Any], scenarios_a_start: int) -> Moments:
    """What the options say.

    Args:
        scenarios_a_start: How many scenarios each start makes, by which a step is chosen that was not given.

    Raises:
        UsageError: for what is missing, given twice or cannot be read.
    """
    from beroenden.analysis.ranking.question import HORIZON
    from beroenden.analysis.ranking.starts import sensible_step, starts_within, window_days
    from beroenden.units.times import Clock, time_zone

    zone = time_zone(network.timezone)
    if options["length"] is None:
        raise UsageError(say("Ange --for, t.ex. --for 24h.", "Give --for, e.g. --for 24h."))
    if (options["start"] is None) == (options["window"] is None):
        raise UsageError(say("Ange antingen --start eller --window.", "Give either --start or --window."))
    length = minutes_of("--for", options["length"])
    horizon = minutes_of("--horizon", options["horizon"]) if options["horizon"] else HORIZON
    if options["start"] is not None:
        if options["every"]:
            raise UsageError(say("--every hör till --window.", "--every goes with --window."))
        start = typed_time("--start", options["start"], network.timezone)
        return Moments(length, (start,), None, horizon)
    days = window_days(options["window"])
    every = minutes_of("--every", options["every"]) if options["every"] else sensible_step(days, scenarios_a_start)
    return Moments(length, starts_within(days, every, Clock(zone)), every, horizon)


def typed_time(
    option: str,
    text: str,
    timezone: str,
    near: int | None = None,
    clock: "time | None" = None,
    *,
    is_said_now: bool = False,
) -> int:
    """The instant of a time that was typed for an option; where no date was written, it is said which day was taken.

    Args:
        option: What a complaint begins with, e.g. "--at".
        text: What was typed.
        timezone: The zone of times without an offset.
        near: When it is said, which "i morgon" and a time of day alone are reckoned from; None: now.
        clock: The time of day of a day alone; None: that is refused.
        is_said_now: Whether "i morgon" is reckoned from now, and near has only the day of a time of day alone.

    Raises:
        UsageError: when it cannot be read.
    """
    from datetime import datetime

    from beroenden.units.times import local, time_zone
    from beroenden.units.typed import typed_instant

    zone = time_zone(timezone)
    there = datetime.now(zone) if near is None else local(near, zone)
    said = datetime.now(zone) if is_said_now else there
    try:
        found = typed_instant(text, zone, said, clock, there.date())
    except ValueError as error:
        raise UsageError(f"{option}: {error}.") from None
    tell_day(option, text, found, zone)
    return found


def tell_day(option: str, text: str, found: int, zone: "ZoneInfo") -> None:
    """Which day a time was taken to be of, where no date was written; the time of day too, where that was not."""
    from beroenden.units.times import date_in_words, local, time_in_words
    from beroenden.units.typed import has_clock, has_date

    if not has_date(text):
        words = date_in_words(local(found, zone).date()) if has_clock(text) else time_in_words(found, zone)
        click.echo(say(f"{option} {text}: räknas som {words}.", f"{option} {text}: taken as {words}."), err=True)


def moments_words(moments: Moments, timezone: str) -> str:
    """When outages begin, as a person says it."""
    from beroenden.units.durations import duration_in_words
    from beroenden.units.numbers import counted
    from beroenden.units.times import short_time, time_zone

    zone = time_zone(timezone)
    first, last = short_time(moments.starts[0], zone), short_time(moments.starts[-1], zone)
    if moments.every is None:
        return say(f"från {first}", f"from {first}")
    step = duration_in_words(moments.every)
    count = counted(len(moments.starts), say("starttid", "start"), say("starttider", "starts"))
    return say(
        f"med {step} mellan starttiderna från {first} till {last} ({count})",
        f"at starts {step} apart from {first} to {last} ({count})",
    )
