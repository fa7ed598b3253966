"""What becomes of an actor's payments when something else is assumed."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beroenden.consequences.outcome import BranchImpact, Outcome
from beroenden.incident.lagesbild.actors import OwnRun, own_runs, pays
from beroenden.incident.lagesbild.rows import named
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import about, about_money, at_least
from beroenden.units.times import short_time, time_zone


@dataclass(frozen=True, slots=True)
class Effect:
    """How an actor's late payments fare; those whose number is unknown are told of one by one."""

    late: tuple[OwnRun, ...]
    zone: ZoneInfo

    @property
    def hours(self) -> float:
        """Hours of delay over the recipients whose number is known."""
        return sum(run.recipient_hours for run in self.late)

    @property
    def payouts(self) -> int:
        """Late payouts, as far as their number is known."""
        return sum(run.recipients_late or 0 for run in self.late)

    @property
    def numberless(self) -> dict[tuple[str, str], OwnRun]:
        """The late runs whose number is unknown, by which run it is."""
        return {run.run.key: run for run in self.late if run.run.payment.count is None}

    def is_beyond(self, other: "Effect") -> bool:
        """Whether more is late than in another, of what has a known number or of what has none."""
        here, there = (sum(run.late_share for run in one.numberless.values()) for one in (self, other))
        return self.payouts > other.payouts or here > there

    def wait(self) -> str:
        """How late a late payout is on average; at least so where some do not come in time."""
        words = duration_in_words(round(60 * self.hours / self.payouts))
        is_cut = any(run.late_completed is None and run.recipients_late for run in self.late)
        return at_least(words) if is_cut else words

    def fate(self, of: OwnRun) -> str:
        """How a run whose number is unknown fares here."""
        run = self.numberless.get(of.run.key)
        if run is None:
            return say("i tid", "on time")
        end, much = run.late_completed, run.amount_late
        done = say("inte klar inom perioden", "not complete within the period")
        if end is not None:
            done = say(f"framme {short_time(end, self.zone)}", f"complete {short_time(end, self.zone)}")
        return done if much is None else say(f"{about_money(much)} sent, {done}", f"{about_money(much)} late, {done}")


def effect(outcome: Outcome, actor: str) -> Effect:
    """How the payments that concern an actor fare."""
    late = tuple(run for run in own_runs(outcome, actor) if run.late)
    return Effect(late, time_zone(outcome.network.timezone))


def fares(outcome: Outcome, actor: str) -> dict[tuple[str, str], tuple[list[BranchImpact], int | None]]:
    """What is late of each run that concerns an actor, and until when it can be saved, by which run it is."""
    return {run.run.key: (run.late, run.deadline) for run in own_runs(outcome, actor)}


def moved(base: Effect, other: Effect, network: Network, actor: str) -> str:
    """What becomes of late payouts, of how long each is late on average, and of the runs whose number is unknown."""
    each = [
        say(
            f"{named(run)} {other.fate(run)} (i stället för {base.fate(run)})",
            f"{named(run)} {other.fate(run)} (instead of {base.fate(run)})",
        )
        for run in moved_runs(base, other)
    ]
    is_moved = abs(other.hours - base.hours) >= 1 or other.payouts != base.payouts
    counted = [_counted(base, other)] if is_moved else []
    if not counted and not each:
        whose = _whose(network, actor)
        return say(f"utfallet för {whose} ändras inte", f"the outcome for {whose} is unchanged")
    return "; ".join((*counted, *each))


def moved_runs(base: Effect, other: Effect) -> list[OwnRun]:
    """The runs whose number is unknown and that fare otherwise."""
    runs = (base.numberless | other.numberless).values()
    return [run for run in runs if base.fate(run) != other.fate(run)]


def _counted(base: Effect, other: Effect) -> str:
    """What becomes of the payouts whose number is known."""
    payouts = other.payouts - base.payouts
    more = say("fler", "more") if payouts > 0 else say("färre", "fewer")
    late = say("sena utbetalningar", "late payouts")
    counts = f"{about(abs(payouts))} {more} {late}" if payouts else f"{say('lika många', 'as many')} {late}"
    if not other.payouts:
        return counts
    wait, was = other.wait(), base.wait() if base.payouts else ""
    if was in ("", wait):
        return say(f"{counts}, i genomsnitt {wait} sena", f"{counts}, on average {wait} late")
    return say(
        f"{counts}, i genomsnitt {wait} sena i stället för {was}",
        f"{counts}, on average {wait} late instead of {was}",
    )


def _whose(network: Network, actor: str) -> str:
    """The payments whose outcome is varied."""
    if pays(network, actor):
        return say("de egna betalningarna", "the actor's own payments")
    return say("de betalningar som aktören har del i", "the payments that the actor has a part in")
