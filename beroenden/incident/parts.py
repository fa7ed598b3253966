"""What of a contribution is compared with others', and what it is called.

An outage that is told in parts began with the first of them; how bad it is, and for how long, is the latest that has begun. Who
told of it before a part began has said nothing of how bad that is, and a length is counted from the part that it is told of.
Where one tells of several outages and another of one that went on all the while, they are the same; what they say differently
of the time on the way is compared by itself. One who knows of no end has told of no more than went on until then: where another
tells that it ended, what began later is another outage; so is what was planned while it went on, or to begin when it would be
over. An end that is not known is nothing beside an estimate of the length, but where another says when it ends or ended: then
the estimate stands beside that, as an end.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal
from zoneinfo import ZoneInfo

from beroenden.incident.comparison import Range, estimated_range, range_in_words
from beroenden.incident.contributions import COMPUTED, Contribution, Said
from beroenden.incident.estimates import LENGTH, claimed_length, length_in_words
from beroenden.incident.lagesbild.claims import NEVER, as_instant, lapsed_levels
from beroenden.incident.log.entries import Claim
from beroenden.incident.reported import OBSERVED, OBSERVED_UNTIL, SHARE, UNKNOWN, is_another
from beroenden.language import say
from beroenden.units.numbers import percent
from beroenden.units.times import clock_of, local, parse_instant, short_time, table_time

OF_PARTS = ("remaining", SHARE, LENGTH)
"""Aspects that are of one part of an outage and not of the whole."""
_OF_LEVELS = (OBSERVED, OBSERVED_UNTIL)


@dataclass(frozen=True, slots=True)
class When:
    """Which outage of a thing, or which part of one, a comparison is of.

    Attributes:
        kind: An outage before or after the current one, the latest part of the current one, another part of an outage, or a
            time on the way of an outage, of which the contributors do not say the same.
        start: When that began, by the first who says so.
        end: When a time on the way ended; else None.
    """

    kind: Literal["earlier", "later", "latest", "part", "on_the_way"]
    start: int
    end: int | None = None

    def in_words(self, zone: ZoneInfo) -> str:
        """Which outage of a thing it is, or which time of one, after its name."""
        start = short_time(self.start, zone)
        if self.end is not None:
            end = short_time(self.end, zone)
            return say(f", {start} till {end}", f", {start} to {end}")
        if self.kind == "part":
            return say(f", från {start}", f", from {start}")
        if self.kind == "latest":
            return latest_part(self.start, zone)
        sv, en = ("tidigare", "earlier") if self.kind == "earlier" else ("senare", "later")
        return say(f", {sv} (från {start})", f", {en} (from {start})")

    @property
    def is_of_part(self) -> bool:
        """Whether it is a part or a time of an outage, and not an outage as a whole."""
        return self.kind in ("latest", "part", "on_the_way")


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim that can be compared with others'.

    Attributes:
        since: When the part of the outage began that it is about; None where the outage is not told in parts.
        when: Which outage or part it is of; None: the current one, or what is of no outage.
        is_none: Whether it is that all worked.
    """

    sender: Contribution
    said: Said
    claim: Claim
    since: int | None = None
    when: When | None = None
    is_none: bool = False


@dataclass(frozen=True, slots=True)
class _Spell:
    """A part of an outage, as a contributor tells it; an end of None is unknown or estimated."""

    sender: Contribution
    said: Said
    start: int
    end: int | None


def compared(contributions: Iterable[Contribution], at: int, zone: ZoneInfo) -> Iterator[Compared]:
    """The claims that can be compared with each other; what the own house has computed is the model's word.

    Args:
        contributions: Of all.
        at: The as-of time, also of a contribution that has none of its own.
        zone: What local times are read in.
    """
    found: dict[str, list[_Spell]] = {}
    rest = []
    for one in contributions:
        for said in one.said:
            if one.is_own and said.status == COMPUTED:
                continue
            spells, lapsed = _spells(one, said, zone), lapsed_levels(said.claims, at, zone)
            holding = (claim for claim in _told(said) if claim.aspect not in _OF_LEVELS or claim.subject not in lapsed)
            rest += [Compared(one, said, claim) for claim in holding if not _is_of_outage(claim, spells)]
            for subject, spell in spells.items():
                found.setdefault(subject, []).append(spell)
    for subject, told in found.items():
        yield from _compared(subject, _outages(told, at), at)
    yield from rest


def is_expected_end(one: Compared, at: int, zone: ZoneInfo) -> bool:
    """Whether a claim is of an end that lay ahead when it was said, or that stands beside an estimated length."""
    if one.claim.aspect != "end" or one.is_none:
        return False
    end, sent = as_instant(one.claim.value, zone), at if one.sender.at is None else one.sender.at
    said = sent if one.said.time is None else one.said.time
    is_estimated = any((each.subject, each.aspect) == (one.claim.subject, LENGTH) for each in one.said.claims)
    return estimated_end(one, at, zone) is not None or (end is not None and (is_estimated or end > said))


def estimated_end(one: Compared, at: int, zone: ZoneInfo) -> Range | None:
    """When an outage ends by the estimate of its length, of a claim that its end is not known; None once that has passed."""
    said = {each.aspect: each.value for each in one.said.claims if each.subject == one.claim.subject}
    start, sent = as_instant(said.get("start", ""), zone), at if one.sender.at is None else one.sender.at
    if (one.claim.aspect, one.claim.value) == ("end", UNKNOWN) and LENGTH in said and start is not None:
        with suppress(ValueError):  # a log that was edited by hand
            limits = estimated_range(claimed_length(said[LENGTH]), start)
            return limits if limits.most > sent else None
    return None


def _is_of_outage(claim: Claim, spells: Mapping[str, _Spell]) -> bool:
    return claim.subject in spells and claim.aspect in ("start", "end", *OF_PARTS)


def _spells(sender: Contribution, said: Said, zone: ZoneInfo) -> dict[str, _Spell]:
    """From when until when a statement tells that things are out; nothing of what is no time."""
    claims = {(claim.subject, claim.aspect): claim.value for claim in said.claims}
    found: dict[str, _Spell] = {}
    for (subject, aspect), value in claims.items():
        start = as_instant(value, zone) if aspect == "start" else None
        if start is not None:
            is_estimated = (subject, LENGTH) in claims
            end = None if is_estimated else as_instant(claims.get((subject, "end"), UNKNOWN), zone)
            found[subject] = _Spell(sender, said, start, end)
    return found


def _outages(spells: list[_Spell], at: int) -> list[list[_Spell]]:
    """The outages of a thing, in order: what goes on at the same time, by anyone's word, or follows directly, is one of them."""
    found: list[list[_Spell]] = []
    for spell in sorted(spells, key=lambda one: one.start):
        if not found or not any(_goes_over(one, found[-1], spell, at) for one in found[-1]):
            found.append([])
        found[-1].append(spell)
    return found


def _goes_over(spell: _Spell, outage: list[_Spell], later: _Spell, at: int) -> bool:
    """Whether a part of an outage goes on when a later one begins.

    One without an end does so until it was told of or nobody says that it ended; what is planned may be another outage.
    """
    if spell.end is not None:
        return later.start <= spell.end
    if is_another(spell.start, later.start, later.end, _told_at(later, at)):
        return False
    return later.start <= _told_at(spell, at) or not any(_ended(each, spell.start, at) for each in _by_sender(outage))


def _ended(spells: list[_Spell], since: int, at: int) -> bool:
    """Whether all that one tells of an outage had ended when it was told, and that after a time."""
    ends = [one.end for one in spells if one.end is not None and one.end <= _told_at(one, at)]
    return len(ends) == len(spells) and max(ends) > since


def _told_at(spell: _Spell, at: int) -> int:
    """As of when a part of an outage is told."""
    return at if spell.sender.at is None else spell.sender.at


def _by_sender(spells: Iterable[_Spell]) -> list[list[_Spell]]:
    """Parts of an outage by who tells of them."""
    found: dict[str, list[_Spell]] = {}
    for spell in spells:
        found.setdefault(spell.sender.sender, []).append(spell)
    return list(found.values())


def _compared(subject: str, outages: list[list[_Spell]], at: int) -> Iterator[Compared]:
    """What is compared of the outages of a thing; the current one is the latest that has begun, or else the first."""
    starts = [spells[0].start for spells in outages]
    current = max((start for start in starts if start <= at), default=starts[0])
    for start, spells in zip(starts, outages, strict=True):
        when = None if start == current else When("earlier" if start < current else "later", start)
        yield from _of_outage(subject, _by_sender(spells), when, at)


def _of_outage(subject: str, told: list[list[_Spell]], when: When | None, at: int) -> Iterator[Compared]:
    """What contributors say of an outage: when it began, how bad its latest part is, and what they say differently on the way."""
    latest = [_latest(spells, at) for spells in told]
    is_said = any(one.end is not None for one in latest)
    for spells, last in zip(told, latest, strict=True):
        since = _since(spells, last)
        if is_said:
            yield from (Compared(last.sender, last.said, claim, since, when) for claim in _left_open(last, subject))
        for spell, aspect in ((spells[0], "start"), (last, "end")):
            for claim in _claims(spell, subject):
                if claim.aspect == aspect:
                    yield Compared(spell.sender, spell.said, claim, since, when)
    yield from _of_parts(subject, told, latest, when, at)
    relapsed = [last for spells, last in zip(told, latest, strict=True) if spells[0].start < last.start]
    if when is None and len(relapsed) > 1:
        began = When("latest", min(last.start for last in relapsed))
        for last in relapsed:
            (claim,) = (one for one in _claims(last, subject) if one.aspect == "start")
            yield Compared(last.sender, last.said, claim, last.start, began)
    yield from _on_the_way(subject, [_timeline(spells, last) for spells, last in zip(told, latest, strict=True)])


def _left_open(spell: _Spell, subject: str) -> list[Claim]:
    """That the end is not known of what somebody has estimated the length of: it says when it is likely to end."""
    unknown, claims = Claim(subject, "end", UNKNOWN), spell.said.claims
    is_estimated = any((one.subject, one.aspect) == (subject, LENGTH) for one in claims)
    return [unknown] if is_estimated and unknown in claims else []


def _of_parts(
    subject: str, told: list[list[_Spell]], latest: list[_Spell], when: When | None, at: int
) -> Iterator[Compared]:
    """How bad an outage is and for how long, by the part of it that is meant; one part alone is the outage as it stands."""
    starts = _part_starts(told, latest)
    found: dict[int, list[Compared]] = {}
    for spells, last in zip(told, latest, strict=True):
        is_after = _told_at(last, at) >= starts[-1]
        for claim in _of_part(last, subject):
            part = starts[-1] if is_after and claim.aspect != LENGTH else _nearest(starts, last)
            found.setdefault(part, []).append(Compared(last.sender, last.said, claim, _since(spells, last)))
    for spells, last in zip(told, latest, strict=True):
        for spell in (one for one in spells if one.start < last.start):
            for claim in _of_part(spell, subject):
                part = _nearest(starts, spell)
                if part in found and part not in (starts[-1], _nearest(starts, last)):
                    found[part].append(Compared(spell.sender, spell.said, claim, spell.start))
    for part, said in found.items():
        which = when
        if len(found) > 1:
            which = When("latest" if when is None and part == starts[-1] else "part", part)
        yield from (replace(one, when=which) for one in said)


def _of_part(spell: _Spell, subject: str) -> list[Claim]:
    return [claim for claim in _claims(spell, subject) if claim.aspect in OF_PARTS]


def _since(spells: list[_Spell], last: _Spell) -> int | None:
    """When the latest part began, of an outage that one tells in parts."""
    return last.start if spells[0].start < last.start else None


def _part_starts(told: list[list[_Spell]], latest: list[_Spell]) -> list[int]:
    """When each part of an outage began, by the one who tells of the latest; where nobody tells in parts, when it all did."""
    pairs = zip(told, latest, strict=True)
    spells, last = max(pairs, key=lambda pair: (pair[0][0].start < pair[1].start, pair[1].start))
    if _since(spells, last) is None:
        return [min(one.start for one in latest)]
    return sorted({spell.start for spell in spells if spell.start <= last.start})


def _nearest(starts: list[int], spell: _Spell) -> int:
    """The part of an outage that somebody's part of it is."""
    return min(starts, key=lambda start: abs(start - spell.start))


def _latest(spells: list[_Spell], at: int) -> _Spell:
    """The latest part of an outage that had begun when its teller told of it; where none had, the first."""
    by = _told_at(spells[0], at)
    return [spell for spell in spells if spell.start <= by][-1] if spells[0].start <= by else spells[0]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A time between two changes, as a contributor tells it.

    Attributes:
        end: None: the latest part.
        is_none: Whether all worked then.
    """

    spell: _Spell
    start: int
    end: int | None
    is_none: bool = False

    def holds(self, moment: int) -> bool:
        """Whether a moment lies in it, and had come when it was told."""
        until = self.spell.end if self.end is None else self.end
        at = self.spell.sender.at
        return self.start <= moment and (until is None or moment < until) and (at is None or moment <= at)


def _timeline(spells: list[_Spell], last: _Spell) -> list[_Stretch]:
    """The parts of an outage up to the latest, and the times between them when all worked."""
    found = []
    for spell, following in pairwise(one for one in spells if one.start <= last.start):
        end = following.start if spell.end is None else min(spell.end, following.start)
        found.append(_Stretch(spell, spell.start, end))
        if end < following.start:
            found.append(_Stretch(spell, end, following.start, is_none=True))
    return [*found, _Stretch(last, last.start, None)]


def _on_the_way(subject: str, timelines: list[list[_Stretch]]) -> Iterator[Compared]:
    """What contributors say differently of times before the latest part; each says how it was in the middle of them."""
    done: list[_Stretch] = []
    for one in sorted((one for line in timelines for one in line), key=lambda one: one.start):
        if one.end is None:
            continue
        middle = (one.start + one.end) // 2
        there = [each for line in timelines for each in line if each.holds(middle)]
        levels = [claim for each in there if (claim := _level(each, subject)) is not None]
        is_new = not any(each.holds(middle) for each in done)
        if is_new and len({float(claim.value) for claim in levels}) > 1 and len(levels) == len(there):
            done.append(one)
            when = When("on_the_way", one.start, one.end)
            for each, claim in zip(there, levels, strict=True):
                yield Compared(each.spell.sender, each.spell.said, claim, None, when, each.is_none)


def _level(stretch: _Stretch, subject: str) -> Claim | None:
    """How much was left, or of a file how much was faulty; None where that is not said in a number."""
    for claim in _claims(stretch.spell, subject):
        if claim.aspect in ("remaining", SHARE):
            if stretch.is_none:
                return replace(claim, value="1" if claim.aspect == "remaining" else "0")
            with suppress(ValueError):  # a log that was edited by hand
                float(claim.value)
                return claim
    return None


def _claims(spell: _Spell, subject: str) -> list[Claim]:
    return [claim for claim in _told(spell.said) if claim.subject == subject]


def _told(said: Said) -> Iterator[Claim]:
    """What a statement claims: that an end is not known is nothing beside an estimate of the length."""
    estimated = {claim.subject for claim in said.claims if claim.aspect == LENGTH}
    for claim in said.claims:
        if (claim.aspect, claim.value) != ("end", UNKNOWN) or claim.subject not in estimated:
            yield claim


def as_value(aspect: str, value: str, zone: ZoneInfo) -> str | float:
    """A value that equals another when both say the same: minutes for a time, a number for a level."""
    try:
        return float(value) if aspect in ("remaining", SHARE, OBSERVED) else parse_instant(value, zone)
    except ValueError:
        return value


def value_in_words(aspect: str, value: str, zone: ZoneInfo) -> str:
    """What is said of an aspect, in words."""
    if value == NEVER:
        return say("inte inom perioden", "not within the period")
    if value == UNKNOWN:
        return say("okänt", "unknown")
    if aspect == "affected":
        return {"yes": say("ja", "yes"), "no": say("nej", "no")}.get(value, value)
    if aspect == LENGTH:
        return _estimate_in_words(value)
    said = as_value(aspect, value, zone)
    if isinstance(said, str):
        return said
    return percent(said) if aspect in ("remaining", SHARE, OBSERVED) else short_time(int(said), zone)


def estimated_end_in_words(end: Range, zone: ZoneInfo) -> str:
    """When an outage is likely to end, with the limits of the estimate; the day of these where it is another."""
    likely, day = short_time(end.likely, zone), local(end.likely, zone).date()
    if end.least is None:
        return range_in_words(None, likely, short_time(end.most, zone))
    least, most = (
        clock_of(local(one, zone)) if local(one, zone).date() == day else table_time(one, zone)
        for one in (end.least, end.most)
    )
    return f"{likely} ({least}–{most})"


def aspect_word(aspect: str, *, is_file: bool = False) -> str:
    """What of a subject is said; a payment's file (is_file) is not out but faulty."""
    words = {
        "start": say("avbrottets början", "start of the outage"),
        "end": say("avbrottets slut", "end of the outage"),
        LENGTH: say("avbrottets uppskattade längd", "estimated length of the outage"),
        "remaining": say("kvarvarande förmåga under avbrottet", "remaining capacity during the outage"),
        SHARE: say("andel av filen som är felaktig", "share of the file that is faulty"),
        OBSERVED: say("observerad förmåga", "observed capacity"),
        OBSERVED_UNTIL: say("den observerade förmågan gäller till", "the observed capacity holds until"),
        "completed": say("alla framme", "all complete"),
        "latest_recovery": say("senaste återställning", "latest recovery"),
        "degraded": say("nedsatt från", "impaired from"),
        "restored": say("återställt", "restored"),
        "affected": say("berörd", "affected"),
        "feared": say("befaras från", "feared from"),
    }
    of_file = {
        "start": say("felets början", "start of the fault"),
        "end": say("felets slut", "end of the fault"),
        LENGTH: say("felets uppskattade längd", "estimated length of the fault"),
    }
    return (of_file if is_file else {}).get(aspect) or words.get(aspect, aspect)


def latest_part(start: int, zone: ZoneInfo) -> str:
    """That the latest part of an outage is meant, after its name."""
    when = short_time(start, zone)
    return say(f", senaste delen (från {when})", f", the latest part (from {when})")


def began_word(*, is_file: bool) -> str:
    """That the latest part of an outage began, or of a fault in a file."""
    if is_file:
        return say("början på felets senaste del", "start of the latest part of the fault")
    return say("början på avbrottets senaste del", "start of the latest part of the outage")


def _estimate_in_words(value: str) -> str:
    """An estimate in words; as it was written, where an entry was made by hand."""
    try:
        return length_in_words(claimed_length(value))
    except ValueError:
        return value
