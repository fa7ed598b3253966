"""The notebooks with another choice in their first cell: they run to the end, and say that the text is about the stored one."""

from pathlib import Path

import nbformat
import pytest
from notebooks.execution import NOTEBOOKS, executed, last_picture, outputs

import beroenden

OTHER = {
    "1 studiemedel": 'payment = "studiemedel"\nday = "2027-01-25"',
    "1 loner": 'payment = "loner"\nday = "2027-10-25"',
    "1 one bank": 'payment = "forsorjningsstod-avi"\nday = "2026-12-23"',
    "2 elnat": 'outages = [{"entity": "elnat", "start": "2027-01-20T08:00", "for": "24h"}]',
    "2 nothing late": 'outages = [{"entity": "swish", "start": "2027-01-20T08:00", "for": "1h"}]',
    "2 two": (
        'outages = [\n    {"entity": "bankgirot", "start": "2027-01-20T08:00", "for": "30h"},\n'
        '    {"entity": "bankid", "start": "2027-01-21T08:00", "for": "3d"},\n]'
    ),
    "3 april": 'month = "2027-04"\nentity = "rix"',
    "3 harmless": 'month = "2027-02"\nentity = "swish"',
    "4 bankgirot": (
        'outage = {"entity": "bankgirot", "start": "2027-01-21T08:00", "for": {"min": "4h", "mode": "12h", "max": "2d"}}\n'
        "limit = 100_000"
    ),
    "4 nothing late": (
        'outage = {"entity": "swish", "start": "2027-01-20T08:00", "for": {"min": "10min", "mode": "30min", "max": "1h"}}\n'
        "limit = 1_000_000"
    ),
}


def changed(name: str, folder: Path) -> Path:
    """The notebook with the choice in place of its own, beside the models that it reads."""
    [path] = [path for path in NOTEBOOKS if path.stem[0] == name[0]]
    notebook = nbformat.read(path, as_version=4)
    choice, *_ = [cell for cell in notebook.cells if cell.cell_type == "code"]
    choice.source = OTHER[name]
    (folder / "models").symlink_to(path.parents[1] / "models")
    copy = folder / "notebooks" / path.name
    copy.parent.mkdir()
    nbformat.write(notebook, copy)
    return copy


@pytest.mark.parametrize("path", NOTEBOOKS[:4], ids=lambda path: path.stem)
def test_the_first_code_is_the_choice_alone(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    place = next(place for place, cell in enumerate(cells) if cell.cell_type == "code")
    assert cells[place - 1].source.startswith("## Valet")
    assert "import" not in cells[place].source
    names = {line.split(" = ")[0] for line in cells[place].source.splitlines()}
    again = [cell for cell in cells[place + 1 :] if cell.cell_type == "code"]
    assert all(any(name in cell.source for cell in again) for name in names)


@pytest.mark.sweep
@pytest.mark.parametrize("name", OTHER)
def test_another_choice_runs_to_the_last_cell(name: str, tmp_path: Path) -> None:
    notebook = executed(changed(name, tmp_path))
    [*_, last] = outputs(notebook)
    assert last.text.startswith("Texten gäller ")
    assert last.text.endswith("Du har bytt: läs siffrorna i tabellerna.\n")
    assert [one.text for one in outputs(notebook) if one.get("name") == "stderr"] == []
    [stored] = [path for path in NOTEBOOKS if path.stem[0] == name[0]]
    assert last_picture(notebook) != last_picture(nbformat.read(stored, as_version=4))


@pytest.mark.sweep
def test_all_sets_of_two_or_three_parts_are_listed(tmp_path: Path) -> None:
    network = beroenden.load_or_raise(NOTEBOOKS[0].parents[1] / "models/soes")
    by_order = beroenden.cut_sets(network, "loner").by_order
    assert by_order[2] and by_order[3]
    printed = next(one.text for one in outputs(executed(changed("1 loner", tmp_path))) if one.output_type == "stream")
    assert [line.count(",") + 1 for line in printed.splitlines()] == [2] * by_order[2] + [3] * by_order[3]
