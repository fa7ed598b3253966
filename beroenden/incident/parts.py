"""What of a contribution is compared with others', and what it is called.

An outage that is told in parts began with the first of them; how bad it is, and for how long, is the latest that has begun.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from beroenden.incident.contributions import COMPUTED, Contribution, Said
from beroenden.incident.estimates import LENGTH, claimed_length, length_in_words
from beroenden.incident.known import OBSERVED, SHARE, UNKNOWN
from beroenden.incident.lagesbild.claims import NEVER, as_instant
from beroenden.incident.log.entries import Claim
from beroenden.language import say
from beroenden.units.numbers import percent
from beroenden.units.times import parse_instant, short_time

OF_PARTS = ("remaining", SHARE, LENGTH)
"""Aspects that are of one part of an outage and not of the whole."""
_OF_LATEST = ("end", *OF_PARTS)


@dataclass(frozen=True, slots=True)
class Compared:
    """A claim that can be compared with others'.

    Attributes:
        since: When the part of the outage began that it is about; None where the outage is not told in parts.
    """

    said: Said
    claim: Claim
    since: int | None


@dataclass(frozen=True, slots=True)
class _Spell:
    """A part of an outage; an end of None is unknown or estimated."""

    start: int
    end: int | None


def compared(contribution: Contribution, at: int, zone: ZoneInfo) -> Iterator[Compared]:
    """The claims that can be compared with others'; what the own house has computed is the model's word.

    Args:
        contribution: Of whomever.
        at: The as-of time, for a contribution that has none of its own.
        zone: What local times are read in.
    """
    is_own, by = contribution.is_own, at if contribution.at is None else contribution.at
    spoken = [(said, _spells(said, zone)) for said in contribution.said if not (is_own and said.status == COMPUTED)]
    whole = _whole((spells for _, spells in spoken), by)
    for said, spells in spoken:
        for claim in _told(said):
            spell = spells.get(claim.subject)
            if spell is None or claim.aspect not in ("start", *_OF_LATEST):
                yield Compared(said, claim, None)
                continue
            first, latest = whole[claim.subject]
            if spell.start == (first if claim.aspect == "start" else latest):
                yield Compared(said, claim, latest if first < latest else None)


def _spells(said: Said, zone: ZoneInfo) -> dict[str, _Spell]:
    """From when until when what a statement tells of is out; nothing of what is no time."""
    claims = {(claim.subject, claim.aspect): claim.value for claim in said.claims}
    found: dict[str, _Spell] = {}
    for (subject, aspect), value in claims.items():
        start = as_instant(value, zone) if aspect == "start" else None
        if start is not None:
            is_estimated = (subject, LENGTH) in claims
            end = None if is_estimated else as_instant(claims.get((subject, "end"), UNKNOWN), zone)
            found[subject] = _Spell(start, end)
    return found


def _whole(told: Iterable[dict[str, _Spell]], by: int) -> dict[str, tuple[int, int]]:
    """When each outage began, and its latest part that has begun; where none has, the first."""
    found: dict[str, list[_Spell]] = {}
    for spells in told:
        for subject, spell in spells.items():
            found.setdefault(subject, []).append(spell)
    return {subject: _first_and_latest(spells, by) for subject, spells in found.items()}


def _first_and_latest(spells: list[_Spell], by: int) -> tuple[int, int]:
    starts = [spell.start for spell in spells]
    latest = max((start for start in starts if start <= by), default=min(starts))
    first = latest
    for spell in sorted(spells, key=lambda one: -one.start):
        # what had ended before is another outage
        if spell.start < first and (spell.end is None or spell.end >= first):
            first = spell.start
    return first, latest


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


def aspect_word(aspect: str) -> str:
    """What of a subject is said."""
    words = {
        "start": say("avbrottets början", "start of the outage"),
        "end": say("avbrottets slut", "end of the outage"),
        LENGTH: say("avbrottets uppskattade längd", "estimated length of the outage"),
        "remaining": say("kvarvarande förmåga under avbrottet", "remaining capacity during the outage"),
        SHARE: say("andel av filen som är felaktig", "share of the file that is faulty"),
        OBSERVED: say("observerad förmåga", "observed capacity"),
        "completed": say("alla framme", "all complete"),
        "latest_recovery": say("senaste återställning", "latest recovery"),
        "degraded": say("nedsatt från", "impaired from"),
        "restored": say("återställt", "restored"),
        "affected": say("berörd", "affected"),
        "feared": say("befaras från", "feared from"),
    }
    return words.get(aspect, aspect)


def _estimate_in_words(value: str) -> str:
    """An estimate in words; as it was written, where an entry was made by hand."""
    try:
        return length_in_words(claimed_length(value))
    except ValueError:
        return value
