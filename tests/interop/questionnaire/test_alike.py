"""Needs of suppliers that are not shared: an answer is read of its own need, or of none, whatever the model has become."""

import json
from copy import deepcopy
from datetime import date
from functools import cache
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest
from interop.questionnaire.forms import model
from openpyxl import Workbook, load_workbook

import beroenden
from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.apply import apply
from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.content import form_of
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.written import xlsx
from beroenden.language import writing_in
from beroenden.model.network import Network
from beroenden.modelfiles.editing.editable import open_model

HEAD, FIRST, CHANGE = 3, 4, "ändring"
SUPPLIERS = ("a", "b", "c", "d", "ny")
Needs = list[dict[str, Any]]
NEEDS: Needs = [
    {"provider": "a", "endurance": "1h", "expects": "2h", "source": "Avtal"},
    {"provider": "b", "endurance": "2h", "expects": "3h", "source": "Avtal"},
    {"provider": "c", "endurance": "3h", "expects": "4h", "source": "Avtal"},
]


def tables_of(needs: Needs) -> dict[str, Any]:
    """fk with these needs, of suppliers that it may not know of, and one of what it knows."""
    hidden = [{"id": one, "name": f"Dold {one}", "kind": "supplier", "tlp": "TLP:RED"} for one in SUPPLIERS]
    return {
        "model": {"name": "Prov", "version": "1", "timezone": "Europe/Stockholm", "tlp": "TLP:GREEN"},
        "audience": [{"actor": "fk", "tlp": "TLP:GREEN"}],
        "entity": [
            {"id": "fk", "name": "Kassan", "kind": "authority", "contact": {"role": "TiB"}, "needs": deepcopy(needs)},
            {"id": "el", "name": "Elnätet", "kind": "infrastructure"},
            *hidden,
        ],
    }


def network_of(needs: Needs) -> Network:
    """The model of that."""
    return model(tables_of(needs))


@cache
def written(needs: str) -> bytes:
    """The form of fk with these needs, in JSON."""
    with writing_in("sv"):
        return xlsx(form_of(network_of(json.loads(needs)), "fk"))


def sent(folder: Path, needs: Needs) -> tuple[Path, Workbook]:
    """The form of fk as it was sent."""
    path = folder / "fk.xlsx"
    path.write_bytes(written(json.dumps(needs)))
    return path, load_workbook(path)


def answered(book: Workbook, row: int, **cells: str) -> None:
    """Answer the need that was sent at a place among them."""
    sheet = book["Behov"]
    columns = {cell.value: cell.column for cell in sheet[HEAD]}
    for name, value in cells.items():
        sheet.cell(FIRST + row, columns[name]).value = value


def become() -> dict[str, Needs]:
    """What the needs may be when the form is read."""
    found: dict[str, Needs] = {"as they were but for another": [*NEEDS, {"provider": "el"}]}
    new = {"provider": "ny", "endurance": "7h", "expects": "8h"}
    for at in range(3):
        rest = NEEDS[:at] + NEEDS[at + 1 :]
        found[f"{at} removed"] = rest
        found[f"{at} replaced"] = [*NEEDS[:at], new, *NEEDS[at + 1 :]]
        for place in range(3):
            found[f"{at} removed, a new one at {place}"] = [*rest[:place], new, *rest[place:]]
        for key, value in {"endurance": "9h", "expects": "9h", "what": "Drift", "endurance ": "2h"}.items():
            changed = {**NEEDS[at], key.strip(): value}
            found[f"{at} has {key}={value}"] = [*NEEDS[:at], changed, *NEEDS[at + 1 :]]
    for place, alike in product(range(4), (new, {"provider": "ny", "endurance": "1h"}, {**NEEDS[1], "provider": "ny"})):
        found[f"{alike} at {place}"] = [*NEEDS[:place], alike, *NEEDS[place:]]
    found["in another order"] = [NEEDS[2], NEEDS[0], NEEDS[1]]
    return found


BECOME = become()
"""By what has happened."""
CASES = [pytest.param(one, marks=() if at % 4 == 0 else pytest.mark.sweep) for at, one in enumerate(BECOME)]


def told_of(answers: Answers, network: Network) -> set[tuple[str, ...]]:
    """Whose needs the changes are of."""
    return {network.entity[one.id].needs[one.need].providers for one in answers.changes if one.need is not None}


@pytest.mark.parametrize("happened", CASES)
def test_an_answer_is_of_its_own_need_or_of_none(tmp_path, happened):
    now = BECOME[happened]
    network = network_of(now)
    for row, cells in product(range(3), ({"uthållighet": "11h"}, {CHANGE: "bort"})):
        path, book = sent(tmp_path, NEEDS)
        answered(book, row, **cells)
        book.save(path)
        answers = read_form(path, network)
        own = NEEDS[row]["provider"]
        assert told_of(answers, network) <= {(own,)}
        told = [(one.severity, one.line) for one in answers.findings if one.code in ("B852", "B846")]
        if now.count(NEEDS[row]) == 1 and {**NEEDS[row], "provider": "ny"} not in now:
            assert told_of(answers, network) == {(own,)}
        if not answers.changes:
            assert any(line == FIRST + row for _, line in told)


@pytest.mark.parametrize("happened", CASES)
def test_all_answers_at_once_are_of_their_own_needs_also_again(tmp_path, happened):
    path, book = sent(tmp_path, NEEDS)
    for row in range(3):
        answered(book, row, uthållighet=f"{11 + row}h")
    book.save(path)
    file = tmp_path / "model.toml"
    beroenden.save(network_of(BECOME[happened]), file)
    opened = open_model(file)
    own = {one["provider"]: f"{11 + row}h" for row, one in enumerate(NEEDS)}
    answers = read_form(path, opened.network)
    for one in answers.changes:
        if one.key == "endurance":
            assert one.after == own[opened.network.entity["fk"].needs[one.need].providers[0]]
    apply(opened, answers.changes)
    assert read_form(path, opened.network).changes == ()


@pytest.mark.parametrize("gone", range(2))
def test_alternatives_that_are_not_shared_are_known_by_what_is_told_of_them(tmp_path, gone):
    needs: Needs = [
        {"any_of": ["a", "b"], "endurance": "1h", "expects": "2h"},
        {"any_of": ["c", "d"], "endurance": "3h", "expects": "4h"},
    ]
    path, book = sent(tmp_path, needs)
    answered(book, 0, uthållighet="11h")
    answered(book, 1, uthållighet="12h")
    book.save(path)
    network = network_of([needs[1 - gone]])
    answers = read_form(path, network)
    assert [one.after for one in answers.changes if one.key == "endurance"] == [f"{12 - gone}h"]
    assert [(one.code, one.line) for one in answers.findings] == [("B852", FIRST + gone)]


def test_rows_of_needs_that_cannot_be_told_apart_are_told_so_and_taken_up(tmp_path):
    path, book = sent(tmp_path, NEEDS)
    answered(book, 1, uthållighet="12h")
    book.save(path)
    network = network_of([NEEDS[0], {"provider": "b", "endurance": "5h"}, {"provider": "c", "endurance": "6h"}])
    with writing_in("sv"):
        answers = read_form(path, network)
        (listed,) = entries(answers, network, date(2026, 11, 22))
    assert answers.changes == ()
    assert [(one.code, one.severity, one.line) for one in answers.findings] == [
        ("B852", "warning", FIRST + 1),
        ("B852", "info", FIRST + 2),
    ]
    assert "det går inte att se vilket av dem raden gäller: svaret läses inte" in answers.findings[0].message
    assert listed["kommentar"] == (
        "svaret 12h är inte inläst; modellen hade behov av beroende som inte delas som inte går att skilja åt"
    )


def test_needs_of_one_known_supplier_are_told_apart_so_too(tmp_path):
    needs: Needs = [{"provider": "el", "endurance": "1h", "expects": "2h"}, {"provider": "el", "endurance": "3h"}]
    path, book = sent(tmp_path, needs)
    answered(book, 0, uthållighet="11h")
    answered(book, 1, uthållighet="12h")
    book.save(path)
    answers = read_form(path, network_of(needs[1:]))
    assert [(one.need, one.after) for one in answers.changes if one.key == "endurance"] == [(0, "12h")]


def test_a_supplier_that_the_actor_has_come_to_know_of_is_known_by_what_is_told_of_the_need(tmp_path):
    path, book = sent(tmp_path, NEEDS)
    answered(book, 1, uthållighet="12h")
    book.save(path)
    tables = tables_of([NEEDS[1], NEEDS[0], NEEDS[2]])
    next(one for one in tables["entity"] if one["id"] == "b").pop("tlp")
    answers = read_form(path, model(tables))
    assert [(one.need, one.after) for one in answers.changes if one.key == "endurance"] == [(0, "12h")]


SAME: dict[str, Any] = {"endurance": "4h", "source": "Avtal"}
TWINS: Needs = [*({"provider": one, **SAME} for one in "abc"), {"provider": "d", "endurance": "9h", "source": "Avtal"}]
"""Three that the actor cannot tell apart, and one that it can."""


def twins_become() -> dict[str, Needs]:
    """What those may be when the form is read: in any order, with one gone, exchanged, changed, or removed and put in again."""
    found = {f"in the order {' '.join(map(str, one))}": [TWINS[at] for at in one] for one in permutations(range(4))}
    new = {"provider": "ny", **SAME}
    for at in range(3):
        rest = TWINS[:at] + TWINS[at + 1 :]
        found[f"{at} removed"] = rest
        found[f"{at} has endurance=5h"] = [*TWINS[:at], {**TWINS[at], "endurance": "5h"}, *TWINS[at + 1 :]]
        found[f"{at} has an answer"] = [*TWINS[:at], {**TWINS[at], "endurance": "14h"}, *TWINS[at + 1 :]]
        found[f"{at} is for something"] = [*TWINS[:at], {**TWINS[at], "what": "Drift"}, *TWINS[at + 1 :]]
        for place in range(4):
            found[f"{at} removed, another at {place}"] = [*rest[:place], new, *rest[place:]]
    return found


TWINS_BECOME = twins_become()
TWIN_CASES = [pytest.param(one, marks=() if at % 6 == 0 else pytest.mark.sweep) for at, one in enumerate(TWINS_BECOME)]


@pytest.mark.parametrize("happened", TWIN_CASES)
def test_different_answers_on_needs_that_look_alike_are_not_read(tmp_path, happened):
    network = network_of(TWINS_BECOME[happened])
    for rows, cells in product(((0,), (1,), (2,), (0, 2)), ({"uthållighet": "11h"}, {CHANGE: "bort"}, {"till": "el"})):
        path, book = sent(tmp_path, TWINS)
        for row in rows:
            answered(book, row, **cells)
        answered(book, 3, uthållighet="13h")
        book.save(path)
        answers = read_form(path, network)
        assert told_of(answers, network) == {("d",)}
        warned = [one.line for one in answers.findings if (one.code, one.severity) == ("B852", "warning")]
        assert warned == [FIRST + row for row in rows]


@pytest.mark.parametrize("happened", TWIN_CASES)
def test_the_same_answer_on_needs_that_look_alike_is_of_each_of_them_or_of_none(tmp_path, happened):
    now = TWINS_BECOME[happened]
    for cells in ({"uthållighet": "14 h"}, {CHANGE: "bort"}):
        path, book = sent(tmp_path, TWINS)
        for row in range(3):
            answered(book, row, **cells)
        book.save(path)
        file = tmp_path / "model.toml"
        beroenden.save(network_of(now), file)
        opened = open_model(file)
        answers = read_form(path, opened.network)
        alike = {(one["provider"],) for one in now if {**SAME, "provider": one["provider"]} == one}
        assert told_of(answers, opened.network) == (alike if len(alike) == 3 else set())
        apply(opened, answers.changes)
        if "bort" not in cells.values():
            assert read_form(path, opened.network).changes == ()


def test_answers_on_needs_that_look_alike_say_what_to_do(tmp_path):
    path, book = sent(tmp_path, TWINS)
    answered(book, 1, uthållighet="14h")
    book.save(path)
    network = network_of(TWINS)
    with writing_in("sv"):
        answers = read_form(path, network)
        (listed,) = entries(answers, network, date(2026, 11, 22))
    (told,) = answers.findings
    assert "Svar om dem läses bara när alla har fått samma svar" in told.message
    assert "beroenden edit set MODELL fk needs[N].what TEXT" in told.message
    assert listed["kommentar"].startswith("svaret 14h är inte inläst")
    with writing_in("en"):
        assert "which of them the row is about cannot be told" in read_form(path, network).findings[0].message


def test_a_form_that_does_not_tell_what_it_was_filled_in_with_is_no_surer(tmp_path):
    path, book = sent(tmp_path, TWINS)
    answered(book, 1, uthållighet="14h")
    answered(book, 3, uthållighet="13h")
    del book["Ifyllt"]
    book.save(path)
    network = network_of([TWINS[1], TWINS[0], *TWINS[2:]])
    assert told_of(read_form(path, network), network) == {("d",)}


def test_what_is_taken_up_of_needs_that_are_not_shared_tells_which_row_of_the_form(tmp_path):
    needs = [{**one, "what": what} for one, what in zip(NEEDS, ("Drift", "Moln", "Arkiv"), strict=True)]
    path, book = sent(tmp_path, needs)
    answered(book, 0, uthållighet="11h")
    answered(book, 1, uthållighet="okänt")
    book.save(path)
    network = network_of([needs[1], {**needs[0], "what": "Annat"}, needs[2]])
    listed = entries(read_form(path, network), network, date(2026, 11, 22))
    assert [one["uppgift"] for one in listed] == [
        "behovet av beroende som inte delas (nr 2 i formuläret, Moln): uthållighet",
        "behovet av beroende som inte delas (nr 1 i formuläret, Drift): uthållighet",
    ]


@pytest.mark.parametrize("key", ["source", "endurance", "note"])
def test_a_need_that_goes_is_warned_of_where_anything_of_it_is_another(tmp_path, key):
    values = {"source": "Möte 4 (provider); Avtal", "endurance": "9h", "note": "Ny leverantör"}
    path, book = sent(tmp_path, NEEDS)
    answered(book, 1, **{CHANGE: "bort"})
    book.save(path)
    network = network_of([NEEDS[0], {**NEEDS[1], "provider": "ny", key: values[key]}, NEEDS[2]])
    answers = read_form(path, network)
    assert told_of(answers, network) == {("ny",)}
    assert [(one.severity, one.line) for one in answers.findings if one.code == "B852"] == [("warning", FIRST + 1)]
