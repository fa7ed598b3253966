"""Faults in a payment's file that were half mended or got worse: one that begins when another ends is that one going on.

What is late by a fault is paid when the fault ends. So that what is not yet mended stays unpaid, the fault that goes on
begins, for its share, when the first one did.
"""

from collections.abc import Sequence
from dataclasses import replace

from beroenden.model.entities import Length, LogNormal, Pert
from beroenden.model.scenario import Outage


def going_on(outages: Sequence[Outage]) -> tuple[Outage, ...]:
    """Outages, as many and in the same order, where what is left of a fault goes on from when that began.

    Of what ends when another fault in the same file begins, as much as that hits goes on until its end, the oldest first;
    the rest is mended. The other fault is left with what it hits beyond that, or with what of the last is not mended.
    """
    found = list(outages)
    for place in sorted(range(len(found)), key=lambda one: found[one].start):
        if found[place].payment is not None:
            _continue(found, place)
    return tuple(found)


def _continue(found: list[Outage], place: int) -> None:
    """Let what ends when a fault begins go on in it, as far as its share goes."""
    later = found[place]
    left = later.share or 0.0
    before = [number for number, one in enumerate(found) if _goes_over(one, later)]
    for number in sorted(before, key=lambda one: found[one].start):
        earlier = found[number]
        share, length = earlier.share or 0.0, _since(later.length, later.start - earlier.start)
        if share >= left:
            found[number] = replace(earlier, share=share - left)
            found[place] = replace(later, start=earlier.start, share=left, length=length)
            return
        left -= share
        found[number] = replace(earlier, end=later.end, length=length)
    found[place] = replace(later, share=left)


def _goes_over(earlier: Outage, later: Outage) -> bool:
    return earlier.payment == later.payment and earlier.start < later.start == earlier.end and earlier.length is None


def _since(length: Length | None, earlier: int) -> Length | None:
    """The length of what has lasted so many minutes longer; of a lognormal one with its median and P90 where they were."""
    if isinstance(length, Pert):
        return Pert(length.min + earlier, length.mode + earlier, length.max + earlier)
    return None if length is None else LogNormal(length.p50 + earlier, length.p90 + earlier)
