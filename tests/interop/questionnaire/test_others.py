"""What others say of an actor is asked once for what is the same, and answers to forms that asked more are still read."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import beroenden
from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.columns import OTHERS
from beroenden.interop.questionnaire.content import EVERY, form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import xlsx
from beroenden.model.network import Network

SOES = Path(__file__).parents[3] / "models" / "soes"


@pytest.fixture(scope="module")
def network() -> Network:
    return beroenden.load(SOES)[0]


def answered(network: Network, path: Path, **cells: str):
    """Swedbank's form with an answer on its first row of a stage, whose cells may be others."""
    path.write_bytes(xlsx(form_of(network, "swedbank")))
    book = load_workbook(path)
    sheet = book[OTHERS.name]
    column = {cell.value: cell.column for cell in sheet[3]}
    row = next(number for number in range(4, 40) if str(sheet.cell(number, 1).value).startswith(EVERY))
    for name, value in {"stämmer": "nej", **cells}.items():
        sheet.cell(row, column[name]).value = value
    book.save(path)
    return read_form(path, network)


def test_a_bank_answers_once_for_each_of_its_systems_and_stages(network):
    rows = form_of(network, "swedbank").rows[OTHERS.name]
    assert len(rows) < 20
    assert not [row for row in rows if getattr(network.entity.get(str(row.key[0])), "kind", "") == "citizens"]
    asked = {(row.key[0], row.key[2]) for row in rows}
    assert {("*/bank", "swedbank-betalsystem"), ("*/inlamning", "swedbank-filmottagning")} <= asked


def test_what_is_asked_together_is_all_that_was_asked(network):
    """Each need of a stage is in a row of its own payment, or of the stage."""
    form = form_of(network, "swedbank")
    asked = {(row.key[0], row.key[2]) for row in form.rows[OTHERS.name]}
    own = {one.id for one in network.entities if network.actor_of(one.id) == "swedbank"}
    needed = [
        (payment.id, stage.id, provider)
        for payment in network.payments
        for stage in payment.stages
        for need in stage.needs
        for provider in need.providers
        if provider in own
    ]
    assert len(needed) > 100
    assert [one for one in needed if not {(f"{one[0]}/{one[1]}", one[2]), (f"{EVERY}/{one[1]}", one[2])} & asked] == []


def test_one_no_is_one_matter_with_all_who_pay(network, tmp_path):
    answers = answered(network, tmp_path / "a.xlsx")
    assert [one.code for one in answers.findings] == ["B853"] and "the stage" in answers.findings[0].message
    (entry,) = entries(answers, network, date(2026, 11, 22))
    assert entry["gäller"] == "*/inlamning" and "Pensionsmyndigheten" in entry["ta upp med"]


@pytest.mark.parametrize(
    ("who", "needs"), [("pension-1/bank", "swedbank-betalsystem"), ("allmanheten", "swedbank"), ("swish", "swedbank-app")]
)  # fmt: skip
def test_a_form_that_asked_each_by_itself_is_still_read(network, tmp_path, who, needs):
    answers = answered(network, tmp_path / "a.xlsx", vem=who, behöver=needs)
    assert [(one.who, one.needs, one.agrees) for one in answers.on_others] == [(who, needs, False)]
    assert len(entries(answers, network, date(2026, 11, 22))) == 1


@pytest.mark.parametrize("answer", ["nej", "ja", "okänt"])
def test_an_answer_on_what_the_model_has_no_more_is_told_and_taken_up(network, tmp_path, answer):
    answers = answered(
        network, tmp_path / "a.xlsx", vem="*/ingen", behöver="swedbank", stämmer=answer, kommentar="Sju timmar"
    )
    assert [one.code for one in answers.findings] == ["B844"] + ["B853"] * (answer == "nej")
    (entry,) = entries(answers, network, date(2026, 11, 22))
    assert (entry["gäller"], entry["uppgift"].partition(":")[0], entry["ta upp med"]) == (
        "*/ingen",
        "behöver swedbank",
        "arbetsgruppen",
    )
    stated = "svarar att det stämmer; " if answer == "ja" else ""
    assert entry["kommentar"] == f"{stated}Sju timmar; modellen har inte längre det behovet"


def test_a_yes_to_what_the_model_has_no_more_is_taken_up(network, tmp_path):
    answers = answered(network, tmp_path / "a.xlsx", vem="swish-1", behöver="swedbank-app", stämmer="ja")
    (entry,) = entries(answers, network, date(2026, 11, 22))
    assert (entry["ärende"], entry["gäller"]) == ("kommenterar", "swish-1")
    assert entry["kommentar"] == "svarar att det stämmer; modellen har inte längre det behovet"


def test_a_no_stands_though_who_needs_has_another_id_since(network, tmp_path):
    answers = answered(network, tmp_path / "a.xlsx", vem="swish-1", behöver="swedbank-app")
    assert [(one.who, one.agrees, one.is_there) for one in answers.on_others] == [("swish-1", False, False)]
    (entry,) = entries(answers, network, date(2026, 11, 22))
    assert entry["i klartext"] == f"swish-1 behöver {network.entity['swedbank-app'].name}"
