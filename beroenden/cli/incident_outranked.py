"""Where the own log goes before what a delgivning that is read in says of the same thing: what differs, and how to accept it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from beroenden.cli.incident_log import command_line, time_typed
from beroenden.language import say

if TYPE_CHECKING:
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from beroenden.incident.exchange.files import Exchange
    from beroenden.incident.log.entries import Log, OutageEntry
    from beroenden.model.entities import Length
    from beroenden.model.scenario import Outage


def outranked(path: "Path", log: "Log", exchange: "Exchange", moment: int, zone: "ZoneInfo") -> Iterator[str]:
    """What of a delgivning the own log has otherwise and goes before, each with the command that accepts it.

    Args:
        path: Where the log is, for commands to type.
        log: As it was before.
        exchange: The delgivning.
        moment: When it is read in.
        zone: Whose local times are told.
    """
    yield from _own_outages_go_first(path, log, exchange, moment, zone)
    yield from _own_level_goes_first(path, log, exchange, zone)


@dataclass(frozen=True, slots=True)
class _Told:
    """An outage that a delgivning tells of.

    Attributes:
        start: When it began, as far as that is said.
        end: When it ends or ended, by the typical length where that is estimated; None where it is not known.
        at: As of when it is told.
        said: When its teller said so.
        is_confirmed: Whether the outage is confirmed.
        remaining: How much is left while it goes on; None where that is not told.
        is_part: Whether another went over into it, so that what is left has not been the same all the while.
        length: The estimated length; None where the end itself is stated.
    """

    subject: str
    start: int | None
    end: int | None
    at: int
    said: int
    is_confirmed: bool
    remaining: float | None
    is_part: bool
    length: "Length | None" = None

    @property
    def is_over(self) -> bool:
        """Whether its teller has confirmed that it has ended, and did not only expect it to."""
        return self.is_confirmed and self.length is None and self.end is not None and self.end <= self.said

    @property
    def goes_on(self) -> bool:
        """Whether it had not ended, by what is told, when it was told."""
        return self.length is not None or self.end is None or self.end > self.at


@dataclass(frozen=True, slots=True)
class _Difference:
    """What a delgivning tells of an outage that the own entry has otherwise.

    Attributes:
        words: What its sender does, in words: "estimates the outage of bankgirot at …".
        accepted: What is accepted by the options, in words.
        options: What to type to have it so in the own log; none where it should not be entered as it is.
        is_sure: Whether it is confirmed.
        note: What to think of before it is entered.
    """

    words: str
    accepted: str = ""
    options: tuple[str, ...] = ()
    is_sure: bool = False
    note: str = ""


def _own_outages_go_first(
    path: "Path", log: "Log", exchange: "Exchange", moment: int, zone: "ZoneInfo"
) -> Iterator[str]:
    """What another says of outages that the own log has otherwise: when they end, how long they last, how much is left.

    Of several that could be of one entry it is that which began nearest.
    """
    from beroenden.incident.lagesbild.writer import listed
    from beroenden.incident.log.entries import OutageEntry

    found, seen, every = dict[str, list[_Told]](), _levels(exchange, zone), _spells(exchange, zone)
    for told in _told_outages(exchange, zone):
        if (own := _own_entry(log, told, every.get(told.subject, ()))) is not None:
            found.setdefault(own.id, []).append(told)
    for entry in (one for one in log.of(OutageEntry) if one.id in found):
        told = min(found[entry.id], key=lambda one: abs(entry.outage.start - (one.start or entry.outage.start)))
        until = _length_differs(entry, told) if told.length else _end_differs(log, entry, told, moment, zone)
        level = None if told.subject in seen else _level_differs(log, entry, told)
        differing = [one for one in (until, level) if one is not None]
        if not differing:
            continue
        who, does = exchange.sender_name, listed(one.words for one in differing)
        text = say(
            f"{who} {does}, men den egna posten {entry.id} går före.",
            f"{who} {does}, but the own entry {entry.id} outranks it.",
        )
        text += "".join(one.note for one in differing)
        if taken := [one for one in differing if one.options]:
            source = ("--source", who, *(("--status", "confirmed") if all(one.is_sure for one in taken) else ()))
            options = (option for one in taken for option in one.options)
            take = command_line("add", path, "outage", "--supersedes", entry.id, *options, *source)
            accepted = listed(one.accepted for one in taken)
            text += say(f" Godtas {accepted}:\n  {take}", f" To accept {accepted}:\n  {take}")
        yield text


def _length_differs(entry: "OutageEntry", told: _Told) -> _Difference | None:
    """An estimate of the length of an outage that the own log has with another length, or none, or that it had over by then."""
    from beroenden.incident.estimates import length_in_words, length_value
    from beroenden.incident.said import has_ended
    from beroenden.model.entities import Pert

    length = told.length
    was_over = has_ended(entry) and told.said <= (entry.outage.end or 0)
    if length is None or was_over or entry.outage.length == length:
        return None
    lasts = length_in_words(length)
    words = say(
        f"uppskattar avbrottet i {told.subject} till {lasts}", f"estimates the outage of {told.subject} at {lasts}"
    )
    if not isinstance(length, Pert):
        return _Difference(words)
    accepted = say("uppskattningen", "the estimate")
    return _Difference(words, accepted, ("--for", length_value(length)), told.is_confirmed)


def _end_differs(log: "Log", entry: "OutageEntry", told: _Told, moment: int, zone: "ZoneInfo") -> _Difference | None:
    """An end of an outage that the own log has with another end, or none."""
    end = told.end
    if end is None or (entry.outage.end == end and entry.outage.length is None):
        return None
    if not told.is_over and told.at < entry.time and end <= entry.time:  # what was expected did not come
        return None
    words = _ends_in_words(told, end, moment, zone)
    following = _following(log, entry)
    if following is not None:
        note = say(
            f" Enligt den fortsatte avbrottet i {following.id}; reda ut med avsändaren vad som gäller.",
            f" According to that the outage went on in {following.id}; settle with the sender which is right.",
        )
        return _Difference(words, note=note)
    if not told.is_over and end <= moment:
        note = say(
            " Slutet är inte bekräftat: fråga avsändaren om det har upphört innan det förs in.",
            " The end is not confirmed: ask the sender whether it has ended before it is entered.",
        )
        return _Difference(words, note=note)
    return _Difference(words, say("slutet", "the end"), ("--end", time_typed(end, zone)), told.is_over)


def _ends_in_words(told: _Told, end: int, moment: int, zone: "ZoneInfo") -> str:
    """That a sender says that an outage ends, ended or was to end, or assumes that it ended."""
    from beroenden.units.times import short_time

    when, subject = short_time(end, zone), told.subject
    if told.is_over:
        return say(
            f"uppger att avbrottet i {subject} upphörde {when}", f"says that the outage of {subject} ended {when}"
        )
    if end <= told.at:
        return say(
            f"antar att avbrottet i {subject} upphörde {when}", f"assumes that the outage of {subject} ended {when}"
        )
    if end <= moment:
        return say(
            f"uppgav att avbrottet i {subject} skulle upphöra {when}",
            f"said that the outage of {subject} was to end {when}",
        )
    return say(f"uppger att avbrottet i {subject} upphör {when}", f"says that the outage of {subject} ends {when}")


def _level_differs(log: "Log", entry: "OutageEntry", told: _Told) -> _Difference | None:
    """How much is left in an outage that goes on, where the own log has it with more or less left and has not seen it since."""
    from beroenden.incident.observed import SAME_LEVEL
    from beroenden.incident.said import has_ended
    from beroenden.incident.told_otherwise import seen_since
    from beroenden.units.numbers import percent

    outage, left = entry.outage, told.remaining
    is_past = has_ended(entry) or (outage.length is None and outage.end is not None and outage.end <= told.at)
    if left is None or not told.goes_on or is_past or abs(outage.remaining - left) < SAME_LEVEL:
        return None
    if seen_since(log, told.subject, told.said):
        return None
    now, own = percent(left), percent(outage.remaining)
    words = say(
        f"uppger att {now} av förmågan är kvar i {told.subject} ({own} i loggen)",
        f"says that {now} of the capacity of {told.subject} is left ({own} in the log)",
    )
    return _Difference(words, say("nivån", "the level"), ("--remaining", f"{left:g}"), told.is_confirmed)


def _own_level_goes_first(path: "Path", log: "Log", exchange: "Exchange", zone: "ZoneInfo") -> Iterator[str]:
    """The level that another has last seen of what the own log has out with more or less left, and not seen since."""
    from beroenden.incident.observed import SAME_LEVEL
    from beroenden.incident.told_otherwise import seen_since
    from beroenden.units.numbers import percent
    from beroenden.units.times import short_time

    for subject, (seen, level, is_sure, until) in _levels(exchange, zone).items():
        begun = [one for one in standing_outages(log, subject) if one.outage.start <= seen]
        entry = begun[-1] if begun and (begun[-1].outage.end is None or begun[-1].outage.end > seen) else None
        if entry is None or seen_since(log, subject, seen) or abs(entry.outage.remaining - level) < SAME_LEVEL:
            continue
        who, when, own = exchange.sender_name, short_time(seen, zone), percent(entry.outage.remaining)
        source = ("--source", who, *(("--status", "confirmed") if is_sure else ()))
        source += () if until is None else ("--until", time_typed(until, zone))
        words = ("--text", say(f"Enligt {who}", f"According to {who}"))
        take = command_line("add", path, "observation", "--entity", subject, "--level", f"{level:g}", *words, *source)
        yield say(
            f"{who} uppger att {subject} hade {percent(level)} av sin förmåga {when}, men den egna posten {entry.id} "
            f"({own} kvar) går före. Godtas uppgiften:\n  {take}",
            f"{who} says that {subject} had {percent(level)} of its capacity {when}, but the own entry {entry.id} "
            f"({own} left) outranks it. To accept that:\n  {take}",
        )


def _levels(exchange: "Exchange", zone: "ZoneInfo") -> dict[str, tuple[int, float, bool, int | None]]:
    """When a delgivning says that a level of each thing was last seen, what it was, whether that is confirmed, and until when.

    What is left in the latest part of an outage has been so since that began.
    """
    from beroenden.incident.reported import OBSERVED, held_until

    found: dict[str, tuple[int, float, bool, int | None]] = {}
    for told in (one for one in _told_outages(exchange, zone) if one.is_part and one.goes_on):
        if told.start is not None and told.remaining is not None:
            found[told.subject] = told.start, told.remaining, told.is_confirmed, None
    for one in exchange.statements:
        seen = exchange.at if one.time is None else one.time
        for claim in one.claims:
            if claim.aspect == OBSERVED and seen >= found.get(claim.subject, (seen,))[0]:
                until = held_until(one.claims, claim.subject, zone)
                with suppress(ValueError):  # a delgivning that another program wrote
                    found[claim.subject] = seen, float(claim.value), one.status == "bekräftad", until
    return found


def standing_outages(log: "Log", subject: str) -> "list[OutageEntry]":
    """The entries of outages of one thing that stand, in the order in which they began."""
    from beroenden.incident.log.entries import OutageEntry

    standing = (one for one in log.of(OutageEntry) if one.id not in log.superseded and one.status != "feared")
    return sorted((one for one in standing if one.outage.subject == subject), key=lambda one: one.outage.start)


def _own_entry(log: "Log", told: _Told, every: "Sequence[Outage]") -> "OutageEntry | None":
    """The own entry of an outage that a delgivning tells of: that which began nearest, or the later part of it that then went on.

    What began before an own plan and is another than that, by all that is told of the thing, is not of it.
    """
    from beroenden.incident.reported import is_another, is_beside_plan
    from beroenden.model.scenario import Outage

    own = [one for one in standing_outages(log, told.subject) if told.end is None or one.outage.start < told.end]
    start = told.start
    if start is None:
        return own[-1] if own else None
    own = [one for one in own if not is_another(one.outage.start, start, told.end, told.at)]
    spell = Outage(start, told.end, told.subject)
    own = [one for one in own if one.time >= one.outage.start or not is_beside_plan(spell, every, one.outage, one.time)]
    if not own:
        return None
    nearest = min(own, key=lambda one: abs(one.outage.start - start))
    over = nearest.outage.end
    if over is not None and over <= start:  # another outage
        return None
    while (following := _following(log, nearest)) is not None and _has_begun(following, told):
        nearest = following
    return nearest


def _has_begun(entry: "OutageEntry", told: _Told) -> bool:
    """Whether an own outage began before the end of one that is told of, or where that is not known by when it was told."""
    return entry.outage.start < told.end if told.end is not None else entry.outage.start <= told.at


def _following(log: "Log", entry: "OutageEntry") -> "OutageEntry | None":
    """The part of an outage that another went over into when it was half restored or got worse."""
    end = entry.outage.end if entry.outage.length is None else None
    return next((one for one in standing_outages(log, entry.outage.entity or "") if one.outage.start == end), None)


def _told_outages(exchange: "Exchange", zone: "ZoneInfo") -> Iterator[_Told]:
    """The outages that a delgivning tells of, of one thing only until the first that goes on; what goes over into another part
    has not ended.
    """
    from beroenden.incident.estimates import LENGTH, claimed_length
    from beroenden.incident.lagesbild.claims import as_instant, said_outages

    claimed = [
        (statement, subject, one)
        for statement in exchange.statements
        for subject, outages in said_outages(statement.claims).items()
        for one in outages
    ]
    begun = {(subject, as_instant(one.get("start", ""), zone)) for _, subject, one in claimed}
    ends = {(subject, as_instant(one.get("end", ""), zone)) for _, subject, one in claimed}
    for statement, subject, one in claimed:
        start, end = (as_instant(one.get(aspect, ""), zone) for aspect in ("start", "end"))
        if start is not None and any(_lasts(other, start, zone) for _, same, other in claimed if same == subject):
            continue
        said = exchange.at if statement.time is None else statement.time
        sure, left, is_part = statement.status == "bekräftad", _left(one), (subject, start) in ends
        if LENGTH in one and start is not None:
            length = claimed_length(one[LENGTH])
            yield _Told(subject, start, start + length.typical, exchange.at, said, sure, left, is_part, length)
        elif LENGTH not in one and (end is None or (subject, end) not in begun):
            yield _Told(subject, start, end, exchange.at, said, sure, left, is_part)


def _spells(exchange: "Exchange", zone: "ZoneInfo") -> "dict[str, list[Outage]]":
    """All outages that a delgivning tells of, by what is out; an end that is not known is None."""
    from beroenden.incident.lagesbild.claims import as_instant, said_outages
    from beroenden.model.scenario import Outage

    found = dict[str, list[Outage]]()
    for statement in exchange.statements:
        for subject, outages in said_outages(statement.claims).items():
            spells = [(as_instant(one.get("start", ""), zone), as_instant(one.get("end", ""), zone)) for one in outages]
            found.setdefault(subject, []).extend(
                Outage(start, end, subject) for start, end in spells if start is not None
            )
    return found


def _left(said: Mapping[str, str]) -> float | None:
    """How much of something is left in an outage, by what is claimed of it."""
    with suppress(KeyError, ValueError):  # a fault in a file has none; a delgivning that another program wrote
        return float(said["remaining"])
    return None


def _lasts(said: Mapping[str, str], moment: int, zone: "ZoneInfo") -> bool:
    """Whether an outage began before a moment and goes on then, by what is claimed of it."""
    from beroenden.incident.estimates import LENGTH
    from beroenden.incident.lagesbild.claims import as_instant

    start, end = (as_instant(said.get(aspect, ""), zone) for aspect in ("start", "end"))
    return start is not None and start < moment and (end is None or LENGTH in said or end > moment)
