"""What was said against what came: instants, ranges and lengths, how far they differ, and the words for it."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from beroenden.incident.lagesbild.claims import NEVER
from beroenden.language import say
from beroenden.model.entities import Length, LogNormal
from beroenden.units.durations import duration_in_words
from beroenden.units.times import iso, table_time

IN_ORDER = "in_order"
"""A lägesbild that looked at it says nothing of it: on time, not impaired, not out."""


@dataclass(frozen=True, slots=True)
class Range:
    """An estimate between two limits, in minutes (lengths) or instants.

    Attributes:
        least: None where there is none.
        most: The longest; of a distribution without one, what is exceeded in one case out of ten.
    """

    least: int | None
    likely: int
    most: int

    def beyond(self, value: int) -> int:
        """How far above (positive) or below the limits a value is; 0 within them."""
        if value > self.most:
            return value - self.most
        return value - self.least if self.least is not None and value < self.least else 0


Moment = int | str | Range | None
"""An instant or a range; NEVER: not reached within the time looked at, or not known; IN_ORDER; None: nothing was said."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was said of a subject, and what is known or computed now.

    Attributes:
        first: What the first lägesbild said; None: nothing.
        latest: What the latest said.
        now: What is said now; None: nothing, so it is no longer late, out or impaired.
        is_afterwards: Whether it had already happened when it was said, so that nothing was foretold.
    """

    subject: str
    aspect: str
    name: str
    first: Moment
    latest: Moment
    now: Moment
    tlp: str
    is_afterwards: bool = False

    @property
    def said(self) -> Moment:
        """What was said first, by the first lägesbild or else the latest."""
        return self.latest if self.first is None else self.first

    @property
    def difference(self) -> int | None:
        """Minutes later (positive) or earlier than was foretold first, or than the range; None where no number says it."""
        if not isinstance(self.now, int) or self.is_afterwards:
            return None
        if isinstance(self.said, Range):
            return self.said.beyond(self.now)
        return self.now - self.said if isinstance(self.said, int) else None

    def to_dict(self, zone: ZoneInfo) -> dict[str, Any]:
        """The comparison as JSON."""
        return {
            "subject": self.subject,
            "aspect": self.aspect,
            "first": as_json(self.first, zone),
            "latest": as_json(self.latest, zone),
            "now": as_json(self.now, zone),
            "said_afterwards": self.is_afterwards,
            "difference_minutes": self.difference,
        }


@dataclass(frozen=True, slots=True)
class Estimate:
    """The length of an outage as first estimated and as it is now. Minutes; None is unknown.

    Attributes:
        start: Instant at which it began.
        said: Instant at which the first length was stated, or the own log first had it; None where it has not and nobody has.
        first: The most likely length; None where nobody has estimated it.
        now: The length, or the estimate of it.
        is_over: Whether somebody says that it has ended.
        elapsed: How long it has lasted by the as-of time, or did.
        limits: The shortest (None: not said) and the longest length of an estimate that was a range.
        is_of_parts: Whether it was half restored or got worse on the way, so that it lasted through several reports.
        by: Name of who estimated it first; "" for the own house.
        moves: How many times who estimated it first has said another length, or that it is unknown.
        is_planned: Whether it is to begin later.
        is_unseen: Whether it was planned, and to have begun by now, and nobody has said since that it did.
        ended_by: Name of who says that it has ended, where the own log does not; "" otherwise.
    """

    subject: str
    name: str
    start: int
    said: int | None
    first: int | None
    now: int | None
    is_over: bool
    elapsed: int
    tlp: str
    limits: Range | None = None
    is_of_parts: bool = False
    by: str = ""
    moves: int = 0
    is_planned: bool = False
    is_unseen: bool = False
    ended_by: str = ""

    @property
    def difference(self) -> int | None:
        """Minutes longer (positive) or shorter, also than a range; of an unknown length, what it has already gone beyond."""
        if self.first is None:
            return None
        length = self.elapsed if self.now is None else self.now
        beyond = length - self.first if self.limits is None else self.limits.beyond(length)
        return beyond if self.now is not None or beyond > 0 else None

    @property
    def is_assumed_over(self) -> bool:
        """Whether its expected end has passed, and nobody says that it has ended."""
        return not self.is_over and self.now is not None and self.now <= self.elapsed

    def to_dict(self, zone: ZoneInfo) -> dict[str, Any]:
        """The estimate as JSON."""
        return {
            "subject": self.subject,
            "start": iso(self.start, zone),
            "said": None if self.said is None else iso(self.said, zone),
            "said_by": self.by or None,
            "first_minutes": self.first,
            "first_least_minutes": self.limits and self.limits.least,
            "first_most_minutes": self.limits and self.limits.most,
            "moves": self.moves,
            "now_minutes": self.now,
            "planned": self.is_planned,
            "unseen": self.is_unseen,
            "over": self.is_over,
            "ended_by": self.ended_by or None,
            "elapsed_minutes": self.elapsed,
            "difference_minutes": self.difference,
        }


def estimated_range(length: Length, start: int = 0) -> Range:
    """The limits of an estimated length, from a start."""
    if isinstance(length, LogNormal):
        return Range(None, start + length.p50, start + length.p90)
    return Range(start + length.min, start + length.mode, start + length.max)


def had_come(moment: Moment, at: int) -> bool:
    """Whether an instant had come at a time; what is no instant had not."""
    return isinstance(moment, int) and moment <= at


def as_json(moment: Moment, zone: ZoneInfo) -> Any:
    """A moment as JSON."""
    if isinstance(moment, Range):
        least = None if moment.least is None else iso(moment.least, zone)
        return {"least": least, "likely": iso(moment.likely, zone), "most": iso(moment.most, zone)}
    return iso(moment, zone) if isinstance(moment, int) else moment


def moment_in_words(moment: Moment, zone: ZoneInfo, aspect: str, *, is_said: bool = True) -> str:
    """What was said (is_said) or is so: an instant, a range, not within the period, nothing."""
    if isinstance(moment, int):
        return table_time(moment, zone)
    if isinstance(moment, Range):
        least = None if moment.least is None else table_time(moment.least, zone)
        return range_in_words(least, table_time(moment.likely, zone), table_time(moment.most, zone))
    if moment == NEVER:
        unknown = say("okänt", "unknown")
        return unknown if aspect == "end" else say("inte inom perioden", "not within the period")
    if is_said and moment is None:
        return say("inget sagt", "nothing said")
    settled = {
        "completed": say("i tid", "on time"),
        "restored": say("inte nedsatt", "not impaired"),
        "end": say("inget avbrott", "no outage"),
        "start": say("inget avbrott", "no outage"),
    }
    return settled[aspect]


def range_in_words(least: str | None, likely: str, most: str) -> str:
    """The limits of an estimate, as the lägesbild words them."""
    if least is None:
        return say(
            f"{likely} (median), i nio fall av tio högst {most}",
            f"{likely} (median), at most {most} in nine cases of ten",
        )
    return say(f"mellan {least} och {most}, troligast {likely}", f"between {least} and {most}, most likely {likely}")


def difference_in_words(one: Comparison) -> str:
    """How much later or earlier than was first said."""
    if one.is_afterwards:
        return say("sagt efteråt", "said afterwards")
    if one.difference is not None:
        words = _span(one.difference, say("senare", "later"), say("tidigare", "earlier"))
        return _of_range(one.difference, words) if isinstance(one.said, Range) else words
    if one.said == IN_ORDER and one.now is None:
        return say("som det sades", "as was said")
    if one.said is None or one.said == IN_ORDER:
        return say("inte förutsett", "not foreseen")
    if one.now is None:
        return say("inträffade inte", "did not happen")
    if one.said == NEVER and one.aspect == "end" and isinstance(one.now, int):
        return say("var okänt", "was unknown")
    return say("oförändrat", "unchanged") if one.said == one.now else say("ändrat", "changed")


def longer_in_words(one: Estimate) -> str:
    """How much longer or shorter than was first estimated."""
    if one.is_planned:
        return say("har inte börjat", "has not begun")
    if one.is_unseen and one.is_assumed_over:
        return say("inget säger att det blev av", "nothing says that it took place")
    if one.is_unseen:
        return say("inget säger att det har börjat", "nothing says that it has begun")
    if one.difference is None:
        return say("går inte att säga", "cannot be said")
    words = _span(one.difference, say("längre", "longer"), say("kortare", "shorter"))
    if one.limits is not None:
        words = _of_range(one.difference, words)
    return words if one.now is not None else say(f"redan {words}", f"already {words}")


def _of_range(difference: int, words: str) -> str:
    if not difference:
        return say("inom uppskattningen", "within the estimate")
    if difference > 0:
        return say(f"{words} än den längsta uppskattningen", f"{words} than the longest estimate")
    return say(f"{words} än den kortaste uppskattningen", f"{words} than the shortest estimate")


def _span(minutes: int, more: str, less: str) -> str:
    if not minutes:
        return say("som det sades", "as was said")
    return f"{duration_in_words(abs(minutes))} {more if minutes > 0 else less}"
