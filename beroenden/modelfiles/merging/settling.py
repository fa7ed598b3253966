"""The list of conflicts in which a person marks whose word holds: written, and read back with all its faults."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from beroenden.language import say
from beroenden.modelfiles.findings import Place, Report
from beroenden.modelfiles.merging.conflicts import Conflict, Settled, Which
from beroenden.modelfiles.read import parse
from beroenden.modelfiles.write import section

_OF_EACH = (
    ("{}", "{}"),
    ("{}_vem", "{}_who"),
    ("{}_verifierad", "{}_verified"),
    ("{}_säkerhet", "{}_confidence"),
    ("{}_källa", "{}_source"),
    ("{}_ställe", "{}_place"),
)
_BOTH = tuple((sv.format(which), en.format(which)) for which in "ab" for sv, en in _OF_EACH)
SWEDISH = ("gäller", "adress", *(sv for sv, _ in _BOTH), "välj", "märkning")
"""The columns of the list in Swedish: what each answer is, whose, how well known, and where; `välj` is to fill in."""
COLUMNS = ("about", "at", *(en for _, en in _BOTH), "take", "tlp")
"""The same in English, and in TOML."""
READ = ("at", "a", "b", "take")
"""What is read back of it."""
_WHICH: dict[str, Which] = {"a": "a", "b": "b"}


def rows(conflicts: Iterable[Conflict]) -> list[dict[str, str]]:
    """The conflicts as rows of a list."""
    found = [one.row() for one in conflicts]
    return [{name: row.get(name, "") for name in COLUMNS} for row in found]


def conflicts_toml(conflicts: Iterable[Conflict]) -> str:
    """The list as TOML."""
    head = say(
        '# Skriv take = "a" eller take = "b", eller namnet på den mapp som gäller, vid det som är avgjort; det andra lämnas tomt.\n',
        '# Write take = "a" or take = "b", or the name of the folder that holds, where it is settled; leave the rest empty.\n',
    )
    return "\n".join([head, *(section("[[conflict]]", row) for row in rows(conflicts))])


def read_settled(path: Path, report: Report) -> list[Settled]:
    """What was settled in a TOML list; faults go to the report."""
    parsed = parse(path, report)
    if parsed is None:
        return []
    tables, place = parsed
    found = tables.get("conflict")
    if set(tables) != {"conflict"} or not isinstance(found, list):
        message = say(
            "listan ska ha [[conflict]] och inget annat", "the list should hold [[conflict]] and nothing else"
        )
        place.error("B728", message)
        return []
    marked = [_marked(row, place / "conflict" / index) for index, row in enumerate(found)]
    return [one for one in marked if one is not None]


def _marked(row: Any, place: Place) -> Settled | None:
    if not isinstance(row, dict) or any(not isinstance(row.get(name), str) for name in READ):
        message = say("at, a, b och take ska finnas, som text", "at, a, b and take should be there, as text")
        place.error("B728", message)
        return None
    line, column = place.source.positions.find((*place.path, "take"))
    return settled_of(row, place / "take", (place.source.name or "", line, column))


def settled_of(row: Mapping[str, str], place: Any, where: tuple[str, int, int]) -> Settled | None:
    """A row in which a side is marked; None where it is left open, or marked with something else, which is told.

    Args:
        place: What hears of a fault in the mark: a place in a TOML file or a cell.
        where: File, line and column of the mark.
    """
    take = " ".join(row["take"].split()).lower()
    meant = [which for which in _WHICH.values() if take and _is_called(take, _names(which, row))]
    if len(meant) == 1:
        return Settled(row["at"], row["a"], row["b"], meant[0], *where)
    if meant:
        message = say(
            "kan vara båda svaren; skriv det som står i a_ställe eller b_ställe",
            "may be either answer; write what stands in a_place or b_place",
        )
        place.error("B728", f"”{row['take'][:40]}” {message}")
    elif take:
        message = say(
            "skriv a eller b, eller det som står i a_vem eller b_vem, eller namnet på den mapp som gäller, eller lämna tomt",
            "write a or b, or what stands in a_who or b_who, or the name of the folder that holds, or leave it empty",
        )
        place.error("B728", f"”{row['take'][:40]}”: {message}")
    return None


def _is_called(take: str, names: set[str]) -> bool:
    """Whether it names a side, or several who say the same, as the list does."""
    return take in names or names.issuperset(take.split(", "))


def _names(which: Which, row: Mapping[str, str]) -> set[str]:
    """What a side may be called: its letter, those whose answer it is, and its place, folder or file, with the path or without."""
    place, who = str(row.get(f"{which}_place", "")), str(row.get(f"{which}_who", ""))
    file = Path(place.rsplit(":", 2)[0])
    paths = [str(one) for path in (file, file.parent) for one in (path.as_posix(), path.name, path.stem)]
    return {" ".join(one.split()).lower() for one in (which, place, *who.split(", "), *paths)} - {""}
