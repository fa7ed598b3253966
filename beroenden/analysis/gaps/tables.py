"""Gaps of one kind as a table in words, each kind with the columns that it has."""

from collections.abc import Sequence
from dataclasses import dataclass

from beroenden.analysis.gaps.gap import Gap
from beroenden.analysis.gaps.ground import Ground
from beroenden.analysis.gaps.wording import (
    amount_words,
    chain_name,
    gap_words,
    listed,
    other_stage_words,
    path_words,
    payouts_words,
    short_chain_words,
    size_words,
    sizeless_words,
    who_words,
)
from beroenden.language import say
from beroenden.units.durations import duration_in_words
from beroenden.units.numbers import number


@dataclass(frozen=True, slots=True)
class GapTable:
    """Headings, rows and which columns are numbers; and what is said below the table."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def gap_table(gaps: Sequence[Gap], ground: Ground) -> GapTable:
    """Gaps of one kind as a table.

    Args:
        gaps: At least one, all of the same kind.
        ground: What they were found in.
    """
    if gaps[0].kind == "chain":
        return _chains(gaps, ground)
    if gaps[0].kind == "concentration":
        return _concentrations(gaps, ground)
    return _plain(gaps, ground)


def _plain(gaps: Sequence[Gap], ground: Ground) -> GapTable:
    headings = [say("Vad", "What"), say("Betalningar", "Payments"), say("Vilka", "Who")]
    rows = [[gap_words(gap, ground), number(len(gap.payments)), who_words(gap, ground)] for gap in gaps]
    sizes = [size_words(gap) for gap in gaps]
    if any(sizes):
        headings.insert(1, say("Hur mycket", "How much"))
        for row, size in zip(rows, sizes, strict=True):
            row.insert(1, size)
    return GapTable(tuple(headings), tuple(map(tuple, rows)), (len(headings) - 2,))


def _chains(gaps: Sequence[Gap], ground: Ground) -> GapTable:
    headings = (
        say("Betalning", "Payment"),
        say("Får vara sen", "May be late"),
        say("I följd", "In series"),
        say("Samtidigt", "In parallel"),
        say("Vilka", "Who"),
    )
    rows = tuple(
        (
            chain_name(gap, ground),
            duration_in_words(gap.figures["max_delay"]),
            duration_in_words(gap.figures["serial"]),
            duration_in_words(gap.figures["parallel"]) + _of_stage(gap, ground),
            who_words(gap, ground),
        )
        for gap in gaps
    )
    return GapTable(headings, rows, notes=tuple(_ways(gaps, ground)))


def _of_stage(gap: Gap, ground: Ground) -> str:
    other = other_stage_words(gap, ground)
    return f" ({other})" if other else ""


def _ways(gaps: Sequence[Gap], ground: Ground) -> list[str]:
    """The ways that take longest, each once with the payments that it holds back."""
    found: dict[str, list[Gap]] = {}
    for gap in gaps:
        serial, parallel = path_words(gap, "serial", ground), path_words(gap, "parallel", ground)
        way = say(f"I följd: {serial}. Samtidigt: {parallel}.", f"In series: {serial}. In parallel: {parallel}.")
        found.setdefault(way + short_chain_words(gap), []).append(gap)
    names = {way: listed([ground.network.spoken[gap.about[0]] for gap in held]) for way, held in found.items()}
    return [f"{name}. {way}" for way, name in names.items()]


def _concentrations(gaps: Sequence[Gap], ground: Ground) -> GapTable:
    headings = (
        say("Aktör", "Actor"),
        say("Betalningar", "Payments"),
        say("Direkt", "Directly"),
        say("Utbetalningar i månaden", "Payouts a month"),
        say("Belopp i månaden", "Amount a month"),
    )
    unknown = say("okänt", "unknown")
    rows = tuple(
        (
            ground.network.spoken[gap.about[0]],
            number(gap.figures["payments"]),
            number(gap.figures["directly"]),
            payouts_words(gap, unknown),
            amount_words(gap, unknown),
        )
        for gap in gaps
    )
    notes = dict.fromkeys(text for gap in gaps if (text := sizeless_words(gap, ground)))
    return GapTable(headings, rows, (1, 2, 3, 4), tuple(notes))
