"""What a side has given another id: under the new one in every side, so that what the others say of it lands on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from beroenden.language import say
from beroenden.model.names import telling_letters
from beroenden.modelfiles.findings import Finding, Severity, visible
from beroenden.modelfiles.merging.conflicts import Where, where
from beroenden.modelfiles.merging.records import Key, Records
from beroenden.modelfiles.merging.renames import Renamed, rekey, rekeyed, renamed
from beroenden.modelfiles.merging.sides import Side
from beroenden.modelfiles.merging.words import key_words


@dataclass(frozen=True, slots=True)
class Carried:
    """Sides in which each thing has one id.

    Attributes:
        renamed: Which got another, in the order in which they did.
        findings: Each of them told; an error where the sides do not agree on the id.
    """

    sides: list[Side]
    base: Records
    renamed: tuple[Renamed, ...]
    findings: tuple[Finding, ...]


def with_renames_carried(sides: Sequence[Side], base: Records) -> Carried:
    """The sides and their base under the ids that any side has given, whatever the order of the sides."""
    found, before = list(sides), base
    given: dict[Key, Side] = {}
    all_renamed, findings = list[Renamed](), list[Finding]()
    for number, _ in sorted(enumerate(sides), key=lambda one: one[1].name):
        side = found[number]
        mine = []
        for one in renamed(before, side.records)[1]:
            other = next((each for each in found if one.new in each.records and one.old in each.records), None)
            if other is not None:
                findings.append(_taken(one, side, other))
                continue
            findings.append(_twice(one, side, given[one.old]) if one.old in given else _told(one, side))
            given[one.new] = side
            mine.append(one)
        for length in (2, 4):  # a stage after its payment
            ids = {one.old: one.new[-1] for one in mine if len(one.old) == length}
            if ids:
                before = rekeyed(before, ids)
                found = [replace(each, records=rekeyed(each.records, ids)) for each in found]
        all_renamed += mine
    return Carried(found, before, tuple(all_renamed), tuple(findings))


def _told(one: Renamed, side: Side) -> Finding:
    told = say(
        f"omdöpt till {one.new[-1]} i {side.name}, med samma innehåll; det som de andra säger om den läggs dit",
        f"renamed to {one.new[-1]} in {side.name}, with the same content; what the others say of it is put there",
    )
    return Finding("B734", "info", visible(f"{key_words(one.old)}: {told}"), *_place(one, side))


def _twice(one: Renamed, side: Side, other: Side) -> Finding:
    told = say(
        f"samma sak har fått två id:n, {one.old[-1]} i {other.name} och {one.new[-1]} i {side.name}. Enas om ett, döp om i "
        "den ena (edit rename) och slå ihop igen",
        f"the same thing got two ids, {one.old[-1]} in {other.name} and {one.new[-1]} in {side.name}. Agree on one, rename in "
        "one of them (edit rename) and merge again",
    )
    return Finding("B735", "error", visible(f"{key_words(one.old)}: {told}"), *_place(one, side))


def _taken(one: Renamed, side: Side, other: Side) -> Finding:
    told = say(
        f"omdöpt till {one.new[-1]} i {side.name}, men {other.name} har redan {one.new[-1]} bredvid. Döp om i den ena (edit "
        "rename) och slå ihop igen",
        f"renamed to {one.new[-1]} in {side.name}, but {other.name} already has {one.new[-1]} beside it. Rename in one of them "
        "(edit rename) and merge again",
    )
    return Finding("B735", "error", visible(f"{key_words(one.old)}: {told}"), *_place(one, side))


def perhaps_renamed(
    sides: Sequence[Side], base: Records, merged: Records, unsettled: Sequence[Key]
) -> Iterator[Finding]:
    """What a side may have renamed and changed, where another side keeps it, has changed it or needs it.

    An error where both would be there under one name; a warning where it is not settled or not plain.
    """
    for side in sides:
        come = [key for key in side.records if key not in base and _has_own_name(key)]
        for old in (key for key in base if key not in side.records and _has_own_name(key)):
            is_there = old in merged
            if is_there or old in unsettled or rekeyed(merged, {old: ""}) != merged:
                new = next((key for key in come if _may_be(old, key, side, base)), None)
                if new is not None:
                    is_error = is_there and new in merged and _are_called_alike(base, old, side.records, new)
                    yield _perhaps(Renamed(old, new), side, is_error=is_error)


def _has_own_name(key: Key) -> bool:
    return key[0] in ("entity", "payment") and len(key) == 2


def _may_be(old: Key, new: Key, side: Side, base: Records) -> bool:
    """Whether two of one kind are called alike, or one is needed where the other was."""
    if new[0] != old[0] or base[old].fields.get("kind") != side.records[new].fields.get("kind"):
        return False
    moved = ((key, rekey(key, {old: new[-1]})) for key in base if key[:2] != old)
    takes_its_place = any(key != other and key not in side.records and other in side.records for key, other in moved)
    return takes_its_place or _are_called_alike(base, old, side.records, new)


def _are_called_alike(records: Records, key: Key, others: Records, other: Key) -> bool:
    names = (str(each[one].fields.get("name", one[1])) for each, one in ((records, key), (others, other)))
    return len({telling_letters(name) for name in names}) == 1


def _perhaps(one: Renamed, side: Side, *, is_error: bool) -> Finding:
    told = say(
        f"finns inte i {side.name}, där {one.new[-1]} kan vara samma sak. Är den det: döp om i de andra (edit rename … "
        f"{one.old[-1]} {one.new[-1]}) och slå ihop igen, annars blir det två; är den borttagen: välj det",
        f"is not in {side.name}, where {one.new[-1]} may be the same thing. If it is: rename in the others (edit rename … "
        f"{one.old[-1]} {one.new[-1]}) and merge again, else they become two; if it is removed: choose that",
    )
    severity: Severity = "error" if is_error else "warning"
    return Finding("B736", severity, visible(f"{key_words(one.old)}: {told}"), *_place(one, side))


def _place(one: Renamed, side: Side) -> Where:
    """Where the side has it under its new id."""
    return where(side.records[one.new].place)
