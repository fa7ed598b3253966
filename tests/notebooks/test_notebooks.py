"""The notebooks: what they say of themselves, and that what is stored is what comes out today."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from notebooks.execution import FOLDER, METADATA, NOTEBOOKS, RENEW, executed, last_picture, outputs, picture_of

MEGABYTE = 2**20
PICTURES = ("image/png", "image/svg+xml")
MACHINE = re.compile(r"/(?:home|root|Users|tmp|work|var)/|[A-Z]:\\\\Users|0x[0-9a-f]{6,}")


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def written(output: NotebookNode) -> str:
    """What an output says in text; of pictures and pages only that they are there, since they hang on fonts and scripts."""
    if output.output_type == "stream":
        return f"{output.name}: {output.text}"
    given = output.get("data", {})
    kinds = sorted(kind for kind in given if kind in (*PICTURES, "text/html"))
    alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
    return f"{', '.join(kinds)}: {given.get('text/plain', '')}{alt}"


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


def test_there_are_five():
    assert [path.stem[0] for path in NOTEBOOKS] == ["1", "2", "3", "4", "5"]


def test_the_title_is_a_question_and_an_english_summary_follows(path):
    first = read(path).cells[0]
    title, *_ = first.source.splitlines()
    assert first.cell_type == "markdown"
    assert title.startswith("# ")
    assert title.endswith("?")
    assert "*In English: " in first.source


def test_every_cell_has_been_run_in_order_and_none_complained(path):
    notebook = read(path)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == [*range(1, len(code) + 1)]
    found = outputs(notebook)
    assert found
    assert [one for one in found if one.output_type == "error" or one.get("name") == "stderr"] == []


def test_the_text_says_what_was_computed_for_the_stored_choice(path):
    [*_, last] = outputs(read(path))
    assert last.text == "Texten stämmer med det som räknats fram.\n"


def test_nothing_tells_of_the_machine_or_the_moment(path):
    notebook = read(path)
    assert notebook.metadata == METADATA
    assert {key for cell in notebook.cells for key in cell.metadata} <= {"jupyter"}
    assert [cell.id for cell in notebook.cells] == [f"cell-{place:02}" for place, _ in enumerate(notebook.cells, 1)]
    told = [cell.source for cell in notebook.cells]
    told += [one.get("text", "") for one in outputs(notebook)]
    told += [one.data.get("text/plain", "") for one in outputs(notebook) if "data" in one]
    assert [MACHINE.search(text).group() for text in told if MACHINE.search(text)] == []


def test_every_picture_is_described(path):
    drawn = [one for one in outputs(read(path)) if "image/png" in one.get("data", {})]
    assert all(len(one.metadata["image/png"]["alt"]) > 40 for one in drawn)


def test_readme_shows_the_last_picture_of_each(path):
    assert picture_of(path).read_bytes() == last_picture(read(path))
    assert f"](bilder/{path.stem}.png)" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_every_result_is_followed_by_words(path):
    """At most three results in a row, such as a table and its picture."""
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in read(path).cells)
    assert "cccc" not in kinds


def test_links_lead_somewhere(path):
    texts = "\n".join(cell.source for cell in read(path).cells if cell.cell_type == "markdown")
    links = re.findall(r"\]\(([^)#]+)\)", texts)
    assert links
    missing = [link for link in links if not any((FOLDER / f"{link}{end}").exists() for end in ("", ".ipynb"))]
    assert missing == []


def test_the_folder_is_small_enough_to_send():
    assert sum(path.stat().st_size for path in NOTEBOOKS) < 6 * MEGABYTE


def test_what_differs_is_seen():
    table = nbformat.v4.new_output("execute_result", {"text/plain": "1 152 400", "text/html": "<b>1 152 400</b>"})
    other = nbformat.v4.new_output("execute_result", {"text/plain": "1 152 401", "text/html": "<b>1 152 401</b>"})
    without = nbformat.v4.new_output("execute_result", {"text/plain": "1 152 400"})
    assert written(table) != written(other)
    assert written(table) != written(without)


@pytest.mark.sweep
def test_the_stored_outputs_are_what_comes_out_today(path):
    renewed, stored = executed(path), read(path)
    stale = f"{path.name} is stale; renew it with `{RENEW}` and read whether its sentences still hold"
    for now, before in zip(renewed.cells, stored.cells, strict=True):
        told = [written(output) for output in now.get("outputs", ())]
        assert not any(one.startswith("stderr: ") for one in told), f"{path.name}, {now.id} complains"
        assert told == [written(output) for output in before.get("outputs", ())], f"{stale} (differs at {now.id})"
