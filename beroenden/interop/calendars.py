"""What the calendars share, RFC 5545: one way of writing times, so that every program shows the same instants."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from beroenden.units.durations import HOUR
from beroenden.units.times import local, time_zone

_UTC = time_zone("UTC")


def calendar_of(product: str, name: str, zone: str, span: tuple[int, int], events: Iterable[Event]) -> bytes:
    """The content of an .ics file.

    Args:
        product: What made it: the last part of its PRODID.
        name: What programs call the calendar.
        zone: The time zone of its local times.
        span: Instants between which its times lie; the zone's rules are given from that year until the year after.
        events: In the order in which they are written.
    """
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//beroenden//{product}//SV")
    made.add("x-wr-calname", name)
    if zone != "UTC":
        first, last = (local(time, _UTC).year for time in span)
        made.add_component(_rules(zone, first, last + 1))
    for event in events:
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


def _rules(zone: str, first: int, last: int) -> Timezone:
    """The zone's offsets from the first year to the last, and when each begins, by the clock before the change."""
    made = Timezone()
    made.add("tzid", zone)
    # A day before, since a local time of New Year's Day may be of the year before in UTC.
    begin, end = datetime(first - 1, 12, 31, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    before = _offset(begin, time_zone(zone))
    for change in (begin, *_changes(begin, end, time_zone(zone))):
        after = _offset(change, time_zone(zone))
        there = change.astimezone(time_zone(zone))
        rule = TimezoneDaylight() if there.dst() else TimezoneStandard()
        rule.add("dtstart", (change + before).replace(tzinfo=None))
        rule.add("tzname", there.tzname())
        rule.add("tzoffsetfrom", before)
        rule.add("tzoffsetto", after)
        made.add_component(rule)
        before = after
    return made


def _changes(begin: datetime, end: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """The instants at which the zone's offset changes, in UTC; all known zones change at a whole hour or half of one.

    A day is looked through only where the offset at its end is another than at its beginning.
    """
    for day, next_day in _steps(begin, end, timedelta(days=1), zone):
        yield from (following for _, following in _steps(day, next_day, timedelta(minutes=HOUR // 2), zone))


def _steps(begin: datetime, end: datetime, step: timedelta, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """The steps over which the offset changes."""
    times = (begin + place * step for place in range((end - begin) // step + 1))
    return ((one, after) for one, after in pairwise(times) if _offset(one, zone) != _offset(after, zone))


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def new_event(uid: str, stamp: int, summary: str, description: Iterable[str], visibility: str) -> Event:
    """An event without times.

    Args:
        uid: The same whenever and wherever the event is written.
        stamp: Instant at which it was last changed.
        summary: With the label first: a calendar cuts what stands last.
        description: Its lines.
        visibility: CLASS: PUBLIC, PRIVATE or CONFIDENTIAL.
    """
    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", local(stamp, _UTC))
    made.add("summary", summary)
    made.add("description", "\n".join(description))
    made.add("class", visibility)
    return made


def moment(minutes: int, zone: str) -> datetime:
    """The local time; of an hour that comes twice, the second is in UTC, for a local time there means the first."""
    found = local(minutes, time_zone(zone))
    return found.astimezone(UTC) if found.fold else found
