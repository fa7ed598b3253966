"""What a questionnaire was filled in with when it was written, kept in a sheet of its own: what has been touched shows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from beroenden.interop.inject_list.columns import folded
from beroenden.interop.questionnaire.columns import NEEDS, PAYMENTS, RESOURCES, Column, Part
from beroenden.interop.questionnaire.content import Form, Row
from beroenden.interop.questionnaire.values import as_text
from beroenden.interop.sheets import TITLES, Faulty, Sheet, Value
from beroenden.language import say

NAME, FILE = "Ifyllt", "ifyllt.csv"
HEADS = ("blad", "id", "nr", "till", "kolumn", "ifyllt")
_BY_ROW = ("till", "andel", "alternativ_grupp")
"""What the rows of one need have each for itself."""

Cells = Mapping[str, Value]
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Prefilled:
    """Cells by their row: the name of the part, id and nr; within a need by provider. Empty of a form that does not tell."""

    rows: dict[_Key, dict[str, dict[str, Value]]] = field(default_factory=dict)

    @property
    def parts(self) -> frozenset[str]:
        """Names of the parts that the form was sent with."""
        return frozenset(part for part, _, _ in self.rows)

    def of(self, part: Part, one: str) -> Cells | None:
        """The cells of an entity or payment; None where that is not known."""
        return self.rows.get((part.name, one, ""), {}).get("")

    def need(self, entity: str, number: int | None) -> dict[str, dict[str, Value]]:
        """The rows of a need by provider; none where that is not known."""
        return {} if number is None else self.rows.get((NEEDS.name, entity, str(number)), {})


def whole(need: Mapping[str, Cells]) -> Cells | None:
    """What the rows of a need say of it together; None where there are none."""
    if not need:
        return None
    return {name: value for row in need.values() for name, value in row.items() if name not in _BY_ROW}


def note() -> str:
    """What the sheet is for."""
    return say(
        "Det som stod i formuläret när det skrevs. Ändra inget här: det visar vad ni har ändrat, också när modellen har ändrats "
        "under tiden. Det skrivs inte ut.",
        "What the form said when it was written. Change nothing here: it shows what you have changed, also when the model has "
        "changed meanwhile. It is not printed.",
    )


def told_rows(form: Form) -> Iterator[tuple[str, str, str, str, str, str]]:
    """The rows of the sheet: each cell that was filled in."""
    for part in (RESOURCES, NEEDS, PAYMENTS):
        for row in form.rows[part.name]:
            for column in part.columns:
                if _is_kept(column) and row.cells[column.name] not in (None, ""):
                    yield part.name, *_place(part, row), column.name, as_text(row.cells[column.name], column)


def filled_in(form: Form) -> Prefilled:
    """What a form is filled in with."""
    found = Prefilled()
    for part, one, number, provider, column, text in told_rows(form):
        found.rows.setdefault((part, one, number), {}).setdefault(provider, {})[column] = text
    return found


def _is_kept(column: Column) -> bool:
    return column.name in _BY_ROW or bool(column.attribute and column.name != "id")


def _place(part: Part, row: Row) -> tuple[str, str, str]:
    if part is NEEDS:
        return str(row.cells["från"]), str(row.cells["nr"]), str(row.cells["till"])
    return str(row.key[0]), "", ""


def prefilled_of(sheet: Sheet) -> Prefilled | None:
    """What a sheet tells of that; None where it is another."""
    head = _head(sheet)
    if head is None:
        return None
    number, columns = head
    found = Prefilled()
    for row, cells in sheet.rows.items():
        texts = {name: _text(cells.get(at)) for name, at in columns.items()}
        value = cells.get(columns["ifyllt"])
        if row > number and value is not None and not isinstance(value, Faulty):
            key = (texts["blad"], texts["id"], texts["nr"])
            found.rows.setdefault(key, {}).setdefault(texts["till"], {})[texts["kolumn"]] = value
    return found


def _head(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and where they stand."""
    for number, cells in list(sheet.rows.items())[:TITLES]:
        columns = {folded(_text(value)): at for at, value in cells.items()}
        if all(folded(head) in columns for head in HEADS):
            return number, {head: columns[folded(head)] for head in HEADS}
    return None


def _text(value: Value | Faulty | None) -> str:
    if value is None or isinstance(value, Faulty):
        return ""
    return f"{value:.15g}" if isinstance(value, float) else str(value).strip()
