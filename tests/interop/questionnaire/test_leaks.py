"""Nothing that the actor may not see is in its questionnaire, in any part of any file of it."""

import io
import zipfile
from pathlib import Path

import pytest
from interop.questionnaire.forms import NETWORK, TABLES, model
from sharing.marking import marked_model

import beroenden
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.written import csv_files, xlsx
from beroenden.model.labels import TLP
from beroenden.sharing.viewer import viewer_for

SOES = Path(__file__).parents[3] / "models" / "soes"


def everything(network, actor: str) -> str:
    """All that the files hold, names of parts included."""
    form = form_of(network, actor)
    with zipfile.ZipFile(io.BytesIO(xlsx(form))) as book:
        parts = [name + book.read(name).decode(errors="replace") for name in book.namelist()]
    return "\n".join([*parts, *(content.decode() for content in csv_files(form).values())])


def no_leaks(seed: int, actor: str) -> None:
    network, _ = beroenden.load(SOES)
    marked = marked_model(network, seed, {actor: TLP[seed % len(TLP)]})
    own = marked.ids[actor]
    text = everything(marked.network, own)
    assert own in text
    assert marked.leaks(viewer_for(marked.network, own), text) == []


@pytest.mark.parametrize(("seed", "actor"), [(1, "forsakringskassan"), (3, "swedbank"), (5, "kommunerna")])
def test_nothing_above_the_actors_label(seed, actor):
    no_leaks(seed, actor)


@pytest.mark.sweep
@pytest.mark.parametrize("seed", range(10, 25))
@pytest.mark.parametrize("actor", ["forsakringskassan", "swedbank", "kommunerna"])
def test_nothing_above_the_actors_label_over_many_labels(seed, actor):
    no_leaks(seed, actor)


def test_a_leak_would_be_seen():
    network, _ = beroenden.load(SOES)
    marked = marked_model(network, 1, {"swedbank": "TLP:RED"})
    text = everything(marked.network, marked.ids["swedbank"])
    assert marked.leaks(viewer_for(marked.network, marked.ids["kommunerna"]), text)


def test_who_is_not_shared_stands_as_such_and_is_not_counted():
    form = form_of(NETWORK, "fk")
    (row,) = [row for row in form.rows["Behov"] if row.cells["vad"] == "Drift"]
    assert row.cells["till"] == "dependency not shared" and row.cells["leverantörens_namn"] is None
    assert "hemlig" not in everything(NETWORK, "fk").lower()


def test_an_actor_reads_the_names_of_its_own_though_another_has_the_same():
    entities = [one | ({"name": "Okänd leverantör"} if one["id"] == "fk-sys" else {}) for one in TABLES["entity"]]
    form = form_of(model(TABLES | {"entity": entities}), "fk")
    assert [row.cells["namn"] for row in form.rows["Resurser"]] == ["Kassan", "Okänd leverantör"]


def test_no_sheet_is_hidden_and_the_label_is_on_every_page():
    with zipfile.ZipFile(io.BytesIO(xlsx(form_of(NETWORK, "fk")))) as book:
        assert b"state=" not in book.read("xl/workbook.xml")
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 7
        for name in sheets:
            text = book.read(name).decode()
            assert text.count("TLP:AMBER") >= 2 and "hidden=" not in text
