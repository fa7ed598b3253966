"""How it turned out against what was said, as tables."""

from collections import Counter
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from beroenden.documents.document import Table
from beroenden.incident.comparison import (
    Comparison,
    Estimate,
    difference_in_words,
    longer_in_words,
    moment_in_words,
    range_in_words,
)
from beroenden.language import say
from beroenden.units.durations import duration_in_words
from beroenden.units.times import table_time


class OutturnTables:
    """Writes the tables in a time zone."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def estimates(self, estimates: Sequence[Estimate]) -> Table:
        """Lengths of outages against their first estimate."""
        headings = (
            say("Avbrott", "Outage"),
            say("Först uppskattat", "First estimated"),
            say("Nu", "Now"),
            say("Skillnad", "Difference"),
        )
        caption = say("Avbrottens längd mot den första uppskattningen", "Length of outages against the first estimate")
        named = Counter(one.subject for one in estimates)
        rows = tuple(self._estimate(one, is_one=named[one.subject] == 1) for one in estimates)
        return Table(headings, rows, caption)

    def _estimate(self, one: Estimate, *, is_one: bool) -> tuple[str, ...]:
        since = table_time(one.start, self._zone)
        name = one.name if is_one else one.name + say(f" (från {since})", f" (from {since})")
        unknown = say("okänd längd", "length unknown")
        first = self._first(one)
        elapsed = duration_in_words(one.elapsed)
        if one.is_over:
            now = say(f"upphört efter {elapsed}", f"ended after {elapsed}")
            if one.is_of_parts:
                now = say(
                    f"allt fungerade efter {elapsed}, delar dessförinnan", f"all worked after {elapsed}, some before"
                )
            if one.ended_by:
                now += say(f" (slutet enligt {one.ended_by})", f" (the end according to {one.ended_by})")
        elif one.is_assumed_over and one.now is not None and not one.is_unseen:
            length = duration_in_words(one.now)
            now = say(
                f"antas ha upphört efter {length}, inte bekräftat",
                f"assumed to have ended after {length}, not confirmed",
            )
        else:
            length = unknown if one.now is None else duration_in_words(one.now)
            now = say(f"{length}; har varat {elapsed}", f"{length}; has lasted {elapsed}")
            if one.is_planned:
                now = say(f"{length}; planerat från {since}", f"{length}; planned from {since}")
            elif one.is_unseen:
                now = say(f"{length}; var planerat från {since}", f"{length}; was planned from {since}")
        return name, f"{first}{self._said(one)}", now, longer_in_words(one)

    def _said(self, one: Estimate) -> str:
        """When a length was first estimated, by whom, and how many times that was moved."""
        if one.said is None:
            return ""
        by = say(f" av {one.by}", f" by {one.by}") if one.by else ""
        when = table_time(one.said, self._zone) + by + self._moved(one.moves)
        return say(f" (sagt {when})", f" (said {when})")

    def _moved(self, moves: int) -> str:
        """How many times an estimate has been moved."""
        if not moves:
            return ""
        times = say("gång" if moves == 1 else "gånger", "time" if moves == 1 else "times")
        return say(f"; ändrat {moves} {times}", f"; changed {moves} {times}")

    def _first(self, one: Estimate) -> str:
        if one.first is None:
            return say("ingen uppskattning", "no estimate")
        if one.limits is None:
            return duration_in_words(one.first)
        least = None if one.limits.least is None else duration_in_words(one.limits.least)
        return range_in_words(least, duration_in_words(one.limits.likely), duration_in_words(one.limits.most))

    def comparisons(self, comparisons: Iterable[Comparison], first: int, latest: int) -> Table:
        """What the lägesbilder of two numbers said, against now."""
        headings = [say("Vad", "What"), say(f"Sagt i nr {first}", f"Said in no. {first}")]
        if latest != first:
            headings.append(say(f"Sagt i nr {latest}", f"Said in no. {latest}"))
        headings += [say("Nu", "Now"), say("Skillnad mot det först sagda", "Difference from what was first said")]
        rows = tuple(self._comparison(one, is_one=latest == first) for one in comparisons)
        caption = say(
            "Prognos mot utfall (nu: känt eller modellberäknat)", "Prognosis against outcome (now: known or computed)"
        )
        return Table(tuple(headings), rows, caption)

    def _comparison(self, one: Comparison, *, is_one: bool) -> tuple[str, ...]:
        reports = [one.first] if is_one else [one.first, one.latest]
        said = [moment_in_words(moment, self._zone, one.aspect) for moment in reports]
        now = moment_in_words(one.now, self._zone, one.aspect, is_said=False)
        return one.name, *said, now, difference_in_words(one)
