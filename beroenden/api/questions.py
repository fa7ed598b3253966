"""The questions of the commands, with times and lengths as people write them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beroenden.api.plans import as_date
from beroenden.errors import FaultyFilesError, UsageError
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.model.scenario import Outage, Scenario
from beroenden.units.durations import minutes_of
from beroenden.units.times import Clock, parse_instant, time_zone

if TYPE_CHECKING:
    from beroenden.analysis.gaps.gaps import Gaps
    from beroenden.analysis.improvement.ranked import Improvements
    from beroenden.analysis.quality.quality import Quality
    from beroenden.analysis.ranking.ranking import Ranking
    from beroenden.analysis.risk.result import Risk
    from beroenden.consequences.batch.spread import Spread

HORIZON = "14d"

Outages = Iterable[Mapping[str, Any] | Outage] | Scenario
"""Tables as [[outage]] of a scenario file, or a scenario."""


def scenario(network: Network, path: str | Path) -> Scenario:
    """The scenario of a file.

    Raises:
        FaultyFilesError: with every fault of the file.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> beroenden.scenario(network, "sample_data/scenarios/tele-sex-timmar.toml").outages[0].entity
    'telia'
    """
    from beroenden.modelfiles.scenario import load_scenario

    found, findings = load_scenario(path, network)
    if found is None:
        raise FaultyFilesError([one for one in findings if one.severity == "error"])
    return found


def rank(
    network: Network,
    length: str,
    window: str,
    *,
    every: str | None = None,
    k: int = 1,
    by: str | None = None,
    targets: str | Sequence[str] = (),
    horizon: str = HORIZON,
    with_events: bool = False,
    processes: int = 1,
    most: int = 10,
) -> "Ranking":
    """Who matters most, when, and what fails worst together: every entity out in turn, at every start of a window.

    Args:
        network: The model.
        length: Of each outage, such as "24h".
        window: When it begins: a month, a day, a span ("2026-12-16..2026-12-20"), or one moment ("2026-12-16T08:00").
        every: How close the starts are; an hour, or wider where that makes many scenarios.
        k: Up to how many fail together, 1 to 3.
        by: "recipient_hours" (unless given), "amount", "payouts", "over_max_delay" or "level_hours".
        targets: Ids of the payments or entities whose harm counts, or one id; all unless given.
        horizon: How far ahead to look from each start.
        with_events: The planned events happen too; what they do by themselves does not count.
        processes: More than 1 are started afresh: a script then keeps its work under `if __name__ == "__main__"`.
        most: So many combinations are kept in each list of them.

    Raises:
        UsageError: for an unknown id, or a length, window or measure that cannot be read.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> beroenden.rank(network, "24h", "2026-12-22T12:00").entities[0].entity
    'svenska-kraftnat'
    """
    from beroenden.analysis.ranking.question import question
    from beroenden.analysis.ranking.ranking import ranked
    from beroenden.analysis.ranking.trials import Trials

    counted = (targets,) if isinstance(targets, str) else targets
    a_start = question(network, 1, (0,), by=by, targets=counted, k=k).scenarios
    starts, step = _starts(network, window, every, a_start)
    asked = question(
        network,
        minutes_of("length", length),
        starts,
        by=by,
        targets=counted,
        k=k,
        horizon=minutes_of("horizon", horizon),
        with_events=with_events,
        every=step,
    )
    return ranked(Trials(network, asked, processes), most)


def _starts(network: Network, window: str, every: str | None, a_start: int) -> tuple[tuple[int, ...], int | None]:
    """The moments of a window, and the minutes between them."""
    from beroenden.analysis.ranking.starts import sensible_step, starts_within, window_days

    zone = time_zone(network.timezone)
    if ":" in window and ".." not in window:
        if every:
            raise UsageError(say("every hör till en period.", "every goes with a period."))
        try:
            return (parse_instant(window, zone),), None
        except ValueError as error:
            raise UsageError(f"window: {error}") from None
    days = window_days(window)
    step = minutes_of("every", every) if every else sensible_step(days, a_start)
    return starts_within(days, step, Clock(zone)), step


def draw(
    network: Network,
    outages: Outages,
    *,
    count: int = 10_000,
    seed: int = 1,
    horizon: str | None = None,
    at: str | None = None,
) -> "Spread":
    """How uncertain an outcome is: lengths of outages and endurances drawn from their distributions.

    Args:
        network: The model; an endurance with a `spread` is drawn.
        outages: Those whose `for` is {min, mode, max} or {p50, p90} are drawn.
        count: Number of draws.
        seed: Of `numpy.random.default_rng`; the same seed gives the same draws.
        horizon: How far ahead to look, from the first outage's start ("14d" unless given).
        at: The as-of time; an outage that goes on then is drawn among the lengths that it has not yet passed.

    Raises:
        UsageError: for outages that make no scenario, when nothing about them is uncertain, for no draws or a seed below 0.

    >>> import beroenden
    >>> network = beroenden.load_or_raise("models/soes")
    >>> hours = {"min": "2h", "mode": "8h", "max": "30h"}
    >>> found = beroenden.draw(network, [{"entity": "bankgirot", "start": "2026-12-16T08:25", "for": hours}], count=2000)
    >>> found.percentile("payouts", 10), found.percentile("payouts", 90) > 1_000_000
    (0.0, True)
    """
    from beroenden.consequences.batch.spread import spread
    from beroenden.modelfiles.scenario import build_scenario

    _check_least(count=(count, 1), seed=(seed, 0))
    asked = outages if isinstance(outages, Scenario) else build_scenario(network, outages, (), horizon, at)
    return spread(network, asked, count, seed)


def _check_least(**given: tuple[int, int]) -> None:
    """Refuse what is less than it can be: of each argument its value and the least."""
    for name, (value, least) in given.items():
        if value < least:
            raise UsageError(say(f"{name} ska vara minst {least}.", f"{name} should be at least {least}."))


def risk(
    network: Network, *, years: int = 10_000, seed: int = 1, year: int | None = None, order: int = 4, processes: int = 1
) -> "Risk":
    """Failures at random over a calendar year, many times: expected delays, how bad a year can be, and whose fault it is.

    Args:
        network: The model; only entities with `failure` ever fail.
        years: How many years are simulated.
        seed: Of `numpy.random.default_rng`.
        year: The calendar year that all of them have; this year unless given.
        order: Most dependencies in a dependency-risk chain.
        processes: As of `rank`.

    Raises:
        FaultyFilesError: when no entity has failure data.
        UsageError: for a year that is not covered, no years or a seed below 0.
    """
    from beroenden.analysis.risk.risk import risk as simulated

    _check_least(years=(years, 1), seed=(seed, 0))
    chosen = date.today().year if year is None else year
    return simulated(network, years=years, seed=seed, year=chosen, order=order, processes=processes)


def improve(network: Network, outages: Outages, *, by: str = "recipient_hours") -> "Improvements":
    """The single changes of the model that would take most off the consequences of some outages.

    Args:
        network: The model.
        outages: What happens.
        by: What is to come down: "recipient_hours", "payouts", "amount", "over_max_delay" or "level_hours".

    Raises:
        UsageError: for an unknown measure, or outages that make no scenario.
    """
    from beroenden.analysis.improvement.ranked import improvements
    from beroenden.modelfiles.scenario import build_scenario

    asked = outages if isinstance(outages, Scenario) else build_scenario(network, outages)
    return improvements(network, asked, by)


def gaps(
    network: Network,
    *,
    actor: str | None = None,
    payment: str | None = None,
    months: int = 12,
    today: str | date | None = None,
) -> "Gaps":
    """Where expectations do not meet: recovery, tolerance, levels, stale figures, concentration; unknown is told apart.

    Args:
        network: The model.
        actor: Only what this actor has a part in.
        payment: Only what this payment rests on.
        months: What was verified or tested longer ago is old.
        today: The day from which age is counted, such as "2026-12-01"; the real one unless given.

    Raises:
        UsageError: for an unknown actor or payment, or a day that cannot be read.
    """
    from beroenden.analysis.gaps.age import Age
    from beroenden.analysis.gaps.gaps import find_gaps

    counted_from = date.today() if today is None else as_date("today", today)
    return find_gaps(network, counted_from, age=Age(months=months), actor=actor, payment=payment)


def quality(network: Network, *, length: str = "24h", window: str | None = None, every: str = "6h") -> "Quality":
    """How much of a model is known and how surely, and which answer would change most.

    Args:
        network: The model.
        length: Of the outages that the answers are tried against.
        window: When they begin, as of `rank`; this month unless given.
        every: How close the starts are.

    Raises:
        UsageError: for a length or window that cannot be read.
    """
    from beroenden.analysis.quality.quality import quality_of
    from beroenden.analysis.quality.questions import Asked, ask
    from beroenden.analysis.ranking.question import HORIZON as AHEAD
    from beroenden.analysis.ranking.question import check_span

    minutes = minutes_of("length", length)
    starts, _ = _starts(network, window or f"{date.today():%Y-%m}", every, 1)
    check_span(minutes, starts, AHEAD)
    return quality_of(network, ask(network, Asked(minutes, starts, AHEAD)))
