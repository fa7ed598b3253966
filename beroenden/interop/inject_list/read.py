"""The inject list as planners send it back: every problem of it in one go, each with its row and column.

B950  error          the file cannot be read: damaged, too large, encrypted, another format
B951  error          no list is found in it
B952  warning        another sheet holds a list too; it is not read
B953  error, info    a column is missing: one that the list must have, others
B954  warning        a column is unknown
B955  error          a column is there twice
B956  error          merged cells
B957  error          a formula, or the error of one
B958  error          no nr
B959  error          a nr, or a column's value, that is there already or names nothing: nr twice, skede, reserv_för
B960  error          a cell that must be filled is empty
B961  error          no whole number
B962  error          no word of form, typ, status or tlp
B963  error          no recipient of the exercise
B964  error          no time
B965  error          t_plus and speltid disagree
B966  error, warning a gap or an empty cell in what is approved (error) or played (warning)
B967  warning        a label that is lowered, or was removed and is kept
B968  info           an inject of the exercise that the list lacks
B969  warning        a text that was taken for a date or cannot be shown; a time outside its stage
B984  info           a time at which it was given, of what is not spelat: it becomes so
B979  error, warning the list, or a row copied to a nr that is taken, is of another exercise (error); of this one before a later
                     change (warning)
B987  info, warning  a row that was copied from the list of another exercise; of an older list of this one, with a nr that the
                     exercise does not have (warning)

What changes of a plan make doubtful has codes of its own, see `exercise.doubts`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from beroenden.errors import did_you_mean
from beroenden.exercise.doubts.doubts import doubts
from beroenden.exercise.doubts.edit import Doubt
from beroenden.exercise.exercise import Exercise, Inject
from beroenden.interop.inject_list.cells import read_number
from beroenden.interop.inject_list.columns import COLUMNS, folded
from beroenden.interop.inject_list.rows import Draft, Known, read_row, stamp_of
from beroenden.interop.inject_list.rules import RULES
from beroenden.interop.inject_list.table import Row, Table, read_table
from beroenden.interop.inject_list.version import NAME
from beroenden.interop.sheets import CellPlace, Faulty
from beroenden.language import say
from beroenden.model.network import Network
from beroenden.modelfiles.findings import Finding, Report, has_errors


def read_list(
    path: str | Path, exercise: Exercise, network: Network, *, remove_missing: bool = False
) -> tuple[Exercise | None, list[Finding]]:
    """Read an inject list, from a workbook or a CSV file.

    Injects are matched by nr: what the list does not hold (the evidence, and columns that it lacks) is kept. A new nr is a
    new inject, without evidence. Stages are as they were.

    Args:
        path: The file.
        exercise: What the list was written of.
        network: The model, for its time zone and names.
        remove_missing: Whether injects that the list lacks are dropped; else they are kept. Either is told.

    Returns:
        The exercise with the list's injects in order of play, or None when any finding is an error; and all findings, in
        the order of the file.
    """
    made, _, report = _read(Path(path), Known(exercise, network), remove_missing)
    return made, report.in_order()


def read_edited(
    path: str | Path, exercise: Exercise, network: Network, *, remove_missing: bool = False
) -> tuple[Exercise | None, list[Finding]]:
    """Read a list in which a plan was changed: as `read_list`, with what the changes make doubtful among the findings."""
    made, listed, report = _read(Path(path), Known(exercise, network), remove_missing)
    if made is not None and listed is not None:
        for doubt in doubts(exercise, made, network):
            listed.place(doubt).warning(doubt.code, doubt.message)
    return made, report.in_order()


@dataclass(frozen=True, slots=True)
class _List:
    """The rows of a list."""

    table: Table
    drafts: list[Draft]

    def place(self, doubt: Doubt) -> CellPlace:
        """Where a doubt arose: of an inject that the list lacks, the headings."""
        for draft in self.drafts:
            if draft.number == doubt.number:
                heading = {column.attribute: column.name for column in COLUMNS} | {"play": draft.changed_of_play}
                return draft.row.at(heading[doubt.field])
        return self.table.at(self.table.head, "nr")


def _read(path: Path, known: Known, remove_missing: bool) -> tuple[Exercise | None, _List | None, Report]:
    report = Report()
    table = read_table(path, report)
    if table is None or not _is_of_it(table, known.exercise):
        return None, None, report
    injects, drafts = _injects(table, known, remove_missing)
    made = None if has_errors(report.findings) else replace(known.exercise, injects=injects)
    return made, _List(table, drafts), report


def _is_of_it(table: Table, exercise: Exercise) -> bool:
    """Whether a list is of the exercise, as far as it tells; one that was written before the exercise was changed is told.

    Rows of another list that were copied into it are new injects, where their nr are free.
    """
    told = [(row, stamp) for row in table.rows() if (stamp := stamp_of(row)) is not None]
    if not exercise.id or not told:
        return True
    copied = [row for row, stamp in told if stamp.id != exercise.id]
    if len(copied) == len(told):
        message = say(
            f"listan hör till en annan övning än {exercise.name}: där betyder numren andra inspel. Läs in den i den övning som den "
            "skrevs av. Är övningen planerad på nytt, är listan av den förra planen: kopiera raderna med egna inspel därifrån till "
            "den nya listan och ge dem nya nr",
            f"the list is of another exercise than {exercise.name}: there the numbers mean other injects. Read it into the exercise "
            "that it was written of. If the exercise was planned anew, the list is of the former plan: copy the rows with your own "
            "injects from it to the new list and give them new nr",
        )
        copied[0].at(NAME).error("B979", message)
        return False
    _copied_are_new(copied, exercise)
    told = [(row, stamp) for row, stamp in told if stamp.id == exercise.id]
    oldest = min(stamp.revision for _, stamp in told)
    if oldest < exercise.revision:
        message = say(
            f"listan är från före en senare ändring av övningen (version {oldest}, nu {exercise.revision}). Tider som inte är ändrade "
            "i listan är som övningen har dem nu, också om den har flyttats, och ändrade räknas från dess början (t_plus). I övrigt "
            "gäller listan: se efter i skillnaden att inget senare skrivs över",
            f"the list is from before a later change of the exercise (version {oldest}, now {exercise.revision}). Times that were not "
            "changed in the list are as the exercise has them now, also where it was moved, and changed ones count from its "
            "beginning (t_plus). Else the list counts: see in the difference that nothing later is written over",
        )
        table.at(table.head, NAME).warning("B979", message)
    _removed_are_new([row for row, stamp in told if stamp.revision < exercise.revision], exercise)
    return True


def _removed_are_new(rows: Iterable[Row], exercise: Exercise) -> None:
    """A row of an older list whose inject the exercise has no longer is a new inject: what it rested on went with that."""
    numbers = {one.number for one in exercise.injects}
    for row in (row for row in rows if row.has("nr") and _number_of(row) not in numbers):
        message = say(
            f"övningen har inget inspel {_number_of(row)} (det kan ha tagits bort). Raden läses som ett eget inspel, utan underlag: "
            "facit räknar inte med det, och utvärderingen prövar inte loggarna mot det. Ska det räknas som förut, planera om eller "
            "gå tillbaka till en kopia av övningens mapp",
            f"the exercise has no inject {_number_of(row)} (it may have been removed). The row is read as an inject of your own, "
            "without evidence: the key does not count it, and the evaluation does not check logs against it. For it to count as "
            "before, plan anew or go back to a copy of the exercise's folder",
        )
        row.at("nr").warning("B987", message)


def _copied_are_new(rows: Iterable[Row], exercise: Exercise) -> None:
    """A row that was copied from the list of another exercise, or of a former plan, is a new inject, with a nr of its own."""
    taken = {one.number for one in exercise.injects}
    for row in rows:
        if row.has("nr") and _number_of(row) in taken:
            message = say(
                "raden är kopierad ur en annan övnings lista, och numret är ett annat inspel här; ge den ett nytt nr",
                "the row was copied from the list of another exercise, and the nr is another inject here; give it a new nr",
            )
            row.at("nr").error("B979", message)
        else:
            message = say(
                "raden är kopierad ur en annan övnings lista; den läses som ett eget inspel, utan underlag, lika långt från början",
                "the row was copied from the list of another exercise; it is read as an inject of your own, without evidence, as long "
                "after the beginning",
            )
            row.at("nr").info("B987", message)


def _injects(table: Table, known: Known, remove_missing: bool) -> tuple[tuple[Inject, ...], list[Draft]]:
    rows = list(table.rows())
    numbers = _numbers(rows, known)
    listed = {number for number in numbers if number is not None}
    missing = [one for one in known.exercise.injects if one.number not in listed]
    _missing_are_told(table, missing, remove_missing)
    kept = [] if remove_missing else missing
    drafts = [read_row(row, number, known) for row, number in zip(rows, numbers, strict=True)]
    for draft in drafts:
        for rule in RULES:
            rule(draft, listed | {one.number for one in kept})
    found = [inject for draft in drafts if (inject := draft.inject()) is not None]
    return _in_order_of_play([*found, *kept], known.exercise), drafts


def _in_order_of_play(injects: Iterable[Inject], exercise: Exercise) -> tuple[Inject, ...]:
    """Those that are given at once stand as they stood, new ones last: a list may have been sorted by anything."""
    place = {one.number: index for index, one in enumerate(exercise.injects)}
    return tuple(sorted(injects, key=lambda one: (one.play, place.get(one.number, len(place)), one.number)))


def _numbers(rows: list[Row], known: Known) -> list[int | None]:
    """The nr of each row; None where it is missing, faulty or an earlier row's."""
    found, first = list[int | None](), dict[int, Row]()
    for row in rows:
        number = _number_of(row)
        if number in first:
            there = say(f"rad {first[number].number}", f"row {first[number].number}")
            message = say(f"nr {number} finns redan på {there}", f"nr {number} is there already, in {there}")
            row.at("nr").error("B959", message)
            number = None
        elif number is not None:
            first[number] = row
        found.append(number)
    _missing_numbers_are_told(rows, set(first), known)
    return found


def _number_of(row: Row) -> int | None:
    value = row.cells.get("nr")
    if value is None or isinstance(value, Faulty) or not row.has("nr"):
        return None
    return read_number(value, row.at("nr"))


def _missing_numbers_are_told(rows: list[Row], taken: set[int], known: Known) -> None:
    """A row without a nr, with the number that it had, or else may have."""
    free = max((*taken, *known.earlier), default=0)
    for row in rows:
        if row.has("nr"):
            continue
        meant = _number_by_title(row, taken, known)
        if meant is None:
            free += 1
            hint = say(f"nästa lediga är {free}", f"the next that is free is {free}")
        else:
            hint = say(f"rubriken är den som nr {meant} har", f"the title is that of nr {meant}")
        row.at("nr").error("B958", say("nr saknas; ", "nr is missing; ") + hint)


def _number_by_title(row: Row, taken: set[int], known: Known) -> int | None:
    """The number of the inject that has the row's title, among those that the list lacks."""
    lost = {folded(one.title): one.number for one in known.exercise.injects if one.number not in taken}
    title = folded(str(row.cells.get("rubrik", "")))
    near = title if title in lost else did_you_mean(title, lost)
    return lost[near] if near else None


def _missing_are_told(table: Table, missing: Iterable[Inject], remove_missing: bool) -> None:
    for one in missing:
        told = say(f"inspel {one.number} ({one.title[:60]}) finns", f"inject {one.number} ({one.title[:60]}) is")
        if remove_missing:
            message = told + say(" inte i listan och tas bort", " not in the list and is removed")
        else:
            message = told + say(
                " inte i listan och behålls; --remove-missing tar bort det",
                " not in the list and is kept; --remove-missing removes it",
            )
        table.at(table.head, "nr").info("B968", message)
