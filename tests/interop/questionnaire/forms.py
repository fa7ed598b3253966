"""Questionnaires to read: that of an actor with cells changed, as a workbook."""

from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

import beroenden
from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import xlsx
from beroenden.language import writing_in
from beroenden.model.network import Network

HEAD = 3
"""The row of the headings."""
TABLES: dict[str, Any] = {
    "model": {"name": "Prov", "version": "1", "timezone": "Europe/Stockholm", "tlp": "TLP:GREEN"},
    "audience": [{"actor": "fk", "tlp": "TLP:GREEN"}],
    "entity": [
        {
            "id": "fk", "name": "Kassan", "kind": "authority", "mtpd": "24h", "rto": "8h",
            "contact": {"role": "TiB", "channel": "tib@example.se"}, "source": "Intervju 2025", "tlp": "TLP:AMBER",
            "needs": [
                {"provider": "fk-sys", "endurance": "4h", "expects": "2h", "what": "Utbetalning", "source": "antagande"},
                {"any_of": ["telia", "tele2"], "at_least": 1, "endurance": "2h", "what": "Tele"},
                {"shares": {"bank1": 0.7, "bank2": 0.3}, "floor": 0.1},
                {"provider": "hemlig", "what": "Drift"},
            ],
        },
        {"id": "fk-sys", "name": "Kassans system", "kind": "system", "owner": "fk", "rto": "8h", "rta": "6h"},
        {"id": "telia", "name": "Telia", "kind": "infrastructure"},
        {"id": "tele2", "name": "Tele2", "kind": "infrastructure"},
        {"id": "hemlig", "name": "Okänd leverantör", "kind": "supplier", "tlp": "TLP:RED"},
        {"id": "bank1", "name": "Bank ett", "kind": "bank", "needs": [{"provider": "fk-sys", "what": "Filer", "expects": "1h"}]},
        {"id": "bank2", "name": "Bank två", "kind": "bank", "rto": "4h", "needs": [{"provider": "telia"}]},
        {"id": "folk", "name": "Folk", "kind": "citizens", "population": 10, "needs": [{"provider": "fk"}]},
    ],
    "payment": [
        {
            "id": "bidrag", "name": "Bidrag", "payer": "fk", "paying_bank": "bank1", "recipients": "folk", "count": 1000,
            "amount": 5_000_000, "rrule": "FREQ=MONTHLY;BYMONTHDAY=20", "max_delay": "24h", "priority": 1,
            "stage": [{"id": "a", "opens": {"bank_days": -1}, "duration": "1h", "needs": [{"provider": "fk-sys"}]}],
        },
        {
            "id": "annan", "name": "Annan", "payer": "bank2", "rrule": "FREQ=MONTHLY;BYMONTHDAY=20",
            "stage": [{"id": "a", "opens": {"bank_days": -1}, "duration": "1h", "needs": [{"provider": "bank2"}]}],
        },
    ],
}  # fmt: skip
"""What fk answers for: itself, fk-sys and bidrag; it may not know of hemlig."""


def model(tables: dict[str, Any] = TABLES) -> Network:
    """The model of the tests."""
    network, findings = beroenden.build(tables)
    assert network is not None, [str(one) for one in findings]
    return network


NETWORK = model()


@cache
def _written(actor: str) -> bytes:
    with writing_in("sv"):
        return xlsx(form_of(NETWORK, actor))


class Form:
    """A workbook of fk, to change and read."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fk.xlsx"
        self.path.write_bytes(_written("fk"))
        self.book: Workbook = load_workbook(self.path)

    def column(self, sheet: str, name: str) -> int:
        """Where a column stands."""
        return next(cell.column for cell in self.book[sheet][HEAD] if cell.value == name)

    def row(self, sheet: str, *first: object) -> int:
        """The first row whose first cells are these."""
        return next(
            number
            for number, cells in enumerate(self.book[sheet].values, start=1)
            if number > HEAD and cells[: len(first)] == first
        )

    def put(self, sheet: str, row: int, form: str = "General", **values: Any) -> "Form":
        """Write cells of a row."""
        for name, value in values.items():
            cell = self.book[sheet].cell(row, self.column(sheet, name))
            cell.value, cell.number_format = value, form
        return self

    def free(self, sheet: str) -> int:
        """The first empty row."""
        rows = enumerate(self.book[sheet].values, start=1)
        return next(number for number, cells in rows if number > HEAD and not any(cells))

    def read(self, **options: Any) -> Answers:
        """What it says."""
        self.book.save(self.path)
        return read_form(self.path, NETWORK, source="Kassan, formulär", **options)


def told(answers: Answers) -> list[tuple[str, str, int | None, int | None]]:
    """Code, severity and place of each finding."""
    return [(one.code, one.severity, one.line, one.column) for one in answers.findings]


def made(answers: Answers) -> dict[str, Any]:
    """What each key becomes, the stamps aside; a need's as entity[index].key."""
    assert not any(one.severity == "error" for one in answers.findings), [str(one) for one in answers.findings]
    return {
        f"{one.id}{'' if one.need is None else f'[{one.need}]'}{'.' if one.key else ''}{one.key}": one.after
        for one in answers.changes
        if one.key != "source"
    }
