"""What the calendars share, RFC 5545: one way of writing times, so that every program shows the same instants."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from icalendar import Calendar, Event, Timezone

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
        rules = Timezone.from_tzid(zone, first_date=date(first, 1, 1), last_date=date(last + 1, 12, 31))
        made.add_component(rules)
    for event in events:
        made.add_component(event)
    content: bytes = made.to_ical()
    return content


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
