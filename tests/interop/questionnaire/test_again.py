"""A form that is read into the model again changes nothing, whatever it adds, changes and takes away."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from interop.questionnaire.forms import NETWORK, Form

import beroenden
from beroenden.errors import FaultyFilesError
from beroenden.interop.questionnaire.agenda import entries
from beroenden.interop.questionnaire.apply import apply
from beroenden.interop.questionnaire.change import Answers
from beroenden.interop.questionnaire.read import read_form
from beroenden.model.network import Network
from beroenden.modelfiles.editing.editable import open_model

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))
PROVIDERS = ("telia", "tele2", "fk-sys", "bank1", "hemlig", "Papper AB", "Reserven")
NEEDS = st.lists(
    st.fixed_dictionaries(
        {"från": st.sampled_from(("fk", "fk-sys", "Reserven")), "till": st.sampled_from(PROVIDERS)},
        optional={
            "vad": st.sampled_from(("Utbetalning", "Tele", "Drift", "Papper")),
            "uthållighet": st.sampled_from(("2h", "4h 100 %; 72h 40 %; därefter 10 %", "okänt")),
            "alternativ_grupp": st.sampled_from(("x", "y")),
            "källa": st.just("Avtal 7"),
            "delning": st.just("TLP:AMBER"),
        },
    ),
    max_size=4,
)
RESOURCES = st.lists(
    st.fixed_dictionaries(
        {"namn": st.sampled_from(("Reserven", "Kassans system", "Arkivet")), "typ": st.just("system")},
        optional={"id": st.just("eget"), "rto": st.sampled_from(("2h", "4h")), "kontaktfunktion": st.just("TiB")},
    ),
    max_size=2,
)
GONE = st.lists(st.sampled_from((1, 2, 3, 4)), unique=True, max_size=2)
CHANGED = st.dictionaries(
    st.sampled_from((1, 2, 4)),
    st.fixed_dictionaries({}, optional={"uthållighet": st.sampled_from(("1h", "okänt")), "till": st.sampled_from(("telia", "bank1"))}),
    max_size=2,
)  # fmt: skip


def filled(folder: Path, needs, resources, gone, changed) -> Form:
    """A form of fk with all of this in it."""
    form = Form(folder)
    for number, answers in changed.items():
        form.put("Behov", form.row("Behov", "fk", number), **answers)
    for number in gone:
        form.put("Behov", form.row("Behov", "fk", number), ändring="bort")
    for sheet, rows in (("Resurser", resources), ("Behov", needs)):
        for row in rows:
            form.put(sheet, form.free(sheet), ändring="ny", **row)
    form.book.save(form.path)
    return form


def read_into(model: Path, form: Form, **options) -> tuple[Answers, Network]:
    opened = open_model(model)
    answers = read_form(form.path, opened.network, **options)
    apply(opened, answers.changes)
    opened.commit()
    return answers, opened.network


def changes_nothing_again(folder: Path, *content) -> None:
    model = folder / "model.toml"
    beroenden.save(NETWORK, model)
    form = filled(folder, *content)
    try:
        first, once = read_into(model, form, source="Kassan")
    except FaultyFilesError:
        assume(False)
    if first.changes:
        again, twice = read_into(model, form)
        assert [one for one in again.findings if one.severity == "error"] == []
        assert again.changes == ()
        assert twice == once


@given(NEEDS, RESOURCES, GONE, CHANGED)
@settings(QUIET, max_examples=12, derandomize=True)
def test_any_form(tmp_path_factory, needs, resources, gone, changed):
    changes_nothing_again(tmp_path_factory.mktemp("igen"), needs, resources, gone, changed)


@pytest.mark.sweep
@given(NEEDS, RESOURCES, GONE, CHANGED)
@settings(QUIET, max_examples=150, derandomize=True)
def test_many_forms(tmp_path_factory, needs, resources, gone, changed):
    changes_nothing_again(tmp_path_factory.mktemp("igen"), needs, resources, gone, changed)


def test_a_new_need_of_what_is_kept_of_another_is_not_taken_for_it(tmp_path_factory):
    changes_nothing_again(tmp_path_factory.mktemp("igen"), [{"från": "fk", "till": "tele2"}], [], [1, 2], {})


def test_what_is_there_already_is_told(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = filled(
        tmp_path,
        [{"från": "fk", "till": "Papper AB", "vad": "Papper"}],
        [{"namn": "Reserven", "typ": "system"}],
        [1],
        {},
    )
    _, network = read_into(model, form)
    assert {"papper-ab", "reserven"} <= network.entity.keys() and len(network.entity["fk"].needs) == 4
    again, _ = read_into(model, form)
    assert [(one.code, one.severity) for one in again.findings if one.code == "B846"] == [("B846", "info")] * 3


def test_a_later_answer_in_the_same_form_changes_what_was_added(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = filled(tmp_path, [{"från": "fk", "till": "telia", "vad": "Data"}], [], [], {})
    read_into(model, form)
    form.put("Behov", form.row("Behov", "fk", None, "telia"), uthållighet="6h")
    form.book.save(form.path)
    answers, network = read_into(model, form)
    assert [(one.kind, one.key) for one in answers.changes] == [("changed", "endurance"), ("changed", "source")]
    assert len(network.entity["fk"].needs) == 5


def test_an_old_form_over_newer_answers_is_told_in_the_row(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = Form(tmp_path)
    guide = form.book.worksheets[0]
    written = next(cells[1] for cells in guide.iter_rows() if cells[0].value == "Skrivet")
    assert date.fromisoformat(written.value) == date.today()
    written.value = "2026-03-01"
    row = form.row("Behov", "fk", 1)
    form.put("Behov", row, uthållighet="5h").put("Resurser", 5, rto="7h")
    form.book.save(form.path)
    opened = open_model(model)
    opened.set("entity:fk", "needs[0].verified", date(2026, 3, 2))
    opened.set("entity:fk-sys", "verified", date(2026, 2, 28))
    opened.commit()

    def told() -> list[int | None]:
        found = read_form(form.path, opened.network).findings
        return [one.line for one in found if one.code == "B852" and one.severity == "warning"]

    assert told() == [5, row]  # the days were empty when the form was written
    form.put("Behov", row, verifierad=date(2026, 3, 3)).book.save(form.path)
    assert told() == [5]
    del form.book["Ifyllt"]
    form.book.save(form.path)
    assert told() == [3]


def test_an_old_form_that_changes_nothing_is_silent(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = Form(tmp_path)
    form.put("Resurser", 5, rto="7h").book.save(form.path)
    read_into(model, form)
    answers, _ = read_into(model, form)
    assert answers.changes == () and not [one for one in answers.findings if one.code == "B852"]


def others_say(model: Path, target: str, key: str, value: object, verified: date | None = None) -> None:
    """A meeting changes what a form has added."""
    opened = open_model(model)
    place = f"{key.rpartition('.')[0]}.".removeprefix(".")
    opened.set(target, key, value)
    opened.set(target, f"{place}source", f"Möte 4; {opened.get(target, f'{place}source')}")
    if verified:
        opened.set(target, f"{place}verified", verified)
    opened.commit()


@pytest.mark.parametrize(
    ("typed", "later", "is_read"),
    [
        (date(2026, 11, 19), None, False),
        (date(2026, 11, 19), date(2026, 11, 19), False),
        (date(2026, 11, 19), date(2026, 11, 22), False),
        (date(2026, 11, 19), date(2026, 11, 2), True),  # as a merge leaves the oldest of the days
        (None, None, True),
        (None, date(2026, 11, 22), False),
    ],
)
@pytest.mark.parametrize("key", ["källa", None])
def test_what_a_form_added_and_others_have_changed_is_never_put_back_unseen(tmp_path, typed, later, is_read, key):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    told = {"verifierad": typed} | ({"källa": "Avtal 7; bilaga"} if key else {})
    form = filled(
        tmp_path,
        [{"från": "fk", "till": "telia", "vad": "Data", "uthållighet": "2h", **told}],
        [{"namn": "Reserven", "typ": "system", "rto": "2h", **told}],
        [],
        {},
    )
    read_into(model, form)
    others_say(model, "entity:reserven", "rto", "4h", later)
    others_say(model, "entity:fk", "needs[4].endurance", "6h", later)
    answers, network = read_into(model, form)
    assert [one.is_read for one in answers.outrun if {"rto", "uthållighet"} & {*one.column.split(", ")}] == [
        is_read,
        is_read,
    ]
    warned = {one.column for one in answers.findings if (one.code, one.severity) == ("B852", "warning")}
    assert {form.column("Resurser", "rto"), form.column("Behov", "uthållighet")} <= warned
    assert network.entity["reserven"].rto == (120 if is_read else 240)
    if not is_read:
        assert network.entity["reserven"].provenance.verified == (later or typed)


def test_what_a_form_added_and_a_meeting_gave_another_name_is_still_that(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = filled(tmp_path, [], [{"namn": "Reserven", "typ": "system", "rto": "2h"}], [], {})
    read_into(model, form)
    others_say(model, "entity:reserven", "name", "Reservsystemet", date(2026, 11, 22))
    answers, network = read_into(model, form)
    assert answers.changes == () and "reserven-2" not in network.entity
    assert [(one.id, one.column, one.is_read) for one in answers.outrun] == [("reserven", "namn", False)]


def test_only_what_a_form_was_sent_with_can_have_been_taken_out_of_it(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = Form(tmp_path)
    opened = open_model(model)
    opened.add("entity", {"id": "ny", "name": "Ny", "kind": "system", "owner": "fk"})
    opened.add_need("entity:fk", {"provider": "bank1", "what": "Konto"})
    opened.commit()
    row = form.row("Behov", "fk", 1)
    for cells in form.book["Resurser"][5], form.book["Behov"][row]:
        for cell in cells:
            cell.value = None
    form.book.save(form.path)
    answers, _ = read_into(model, form)
    assert [(one.id, one.need) for one in answers.absent] == [("fk-sys", None), ("fk", 0)]
    told = [one.message for one in answers.findings if one.code == "B850"]
    assert sum("since the form was written" in one for one in told) == 2 and len(told) == 4


def test_the_same_stamp_stands_once(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    for rto in ("7h", "6h"):
        form = Form(tmp_path).put("Resurser", 4, rto=rto)
        form.book.save(form.path)
        _, network = read_into(model, form, source="Kassan")
    assert network.entity["fk"].provenance.source == "Kassan (rto); Intervju 2025"


def test_a_new_row_of_what_another_answers_for_is_taken_up_and_the_rest_read(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    need = {"från": "bank2", "till": "telia", "vad": "Data", "uthållighet": "3h"}
    form = filled(tmp_path, [need], [{"id": "bank2", "namn": "Bank två", "typ": "bank", "rto": "2h"}], [], {})
    form.put("Resurser", 4, rto="6h").book.save(form.path)
    answers, network = read_into(model, form, source="Kassan")
    assert [(one.code, one.severity) for one in answers.findings] == [("B846", "warning")] * 2
    assert network.entity["fk"].rto == 360 and network.entity["bank2"] == NETWORK.entity["bank2"]
    listed = [one for one in entries(answers, network, date(2026, 11, 22)) if one["gäller"] == "bank2"]
    assert [(one["ärende"], one["ta upp med"]) for one in listed] == [
        ("svar mot nyare uppgift", "Kassan"),
        ("båda säger att den är deras", "Bank två"),
    ]
    stands = "i modellen svarar Bank två för den: typ bank, rto 4h"
    assert listed[1]["kommentar"] == f"fk svarar: typ bank, rto 2h; raden är inte inläst, {stands}"


def test_what_a_form_added_and_a_meeting_gave_to_another_is_not_added_once_more(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = filled(tmp_path, [], [{"namn": "Reserven", "typ": "system", "rto": "2h"}], [], {})
    read_into(model, form)
    others_say(model, "entity:reserven", "owner", "bank2")
    answers, network = read_into(model, form)
    assert answers.changes == () and "reserven-2" not in network.entity
    assert [(one.id, one.owner) for one in answers.claimed] == [("reserven", "bank2")]


def put_another_in_its_place(model: Path, verified: date | None) -> None:
    """A meeting decides that another supplier delivers what the form added, and takes away the supplier that it added."""
    opened = open_model(model)
    opened.set("entity:fk", "needs[4].provider", "tele2")
    opened.set("entity:fk", "needs[4].source", f"Möte 4 (provider); {opened.get('entity:fk', 'needs[4].source')}")
    if verified:
        opened.set("entity:fk", "needs[4].verified", verified)
    opened.remove("entity:papper-ab")
    opened.commit()


@pytest.mark.parametrize(
    ("typed", "verified", "is_added"),
    [
        (date(2026, 11, 18), date(2026, 11, 23), False),
        (date(2026, 11, 18), None, False),
        (None, None, False),
        (date(2026, 11, 24), date(2026, 11, 23), True),
    ],
)
def test_what_a_form_added_and_a_meeting_put_another_for_is_not_added_once_more(tmp_path, typed, verified, is_added):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    need = {"från": "fk", "till": "Papper AB", "vad": "Papper", "uthållighet": "2h"}
    form = filled(tmp_path, [need | ({"verifierad": min(typed, date(2026, 11, 18))} if typed else {})], [], [], {})
    read_into(model, form)
    put_another_in_its_place(model, verified)
    row = form.row("Behov", "fk", None, "Papper AB")
    form.put("Behov", row, verifierad=typed).book.save(form.path)
    answers, network = read_into(model, form)
    assert ("papper-ab" in network.entity, len(network.entity["fk"].needs)) == (is_added, 5 + is_added)
    assert bool(answers.changes) is is_added
    told = [(one.severity, one.line) for one in answers.findings if one.code == "B852"]
    assert told == ([] if is_added else [("warning", row)])
    listed = [one for one in entries(answers, network, date(2026, 11, 24)) if one["ärende"] == "svar mot nyare uppgift"]
    assert len(listed) == (not is_added) and all("svaret Papper AB, Papper" in one["kommentar"] for one in listed)
    assert all(one["uppgift"].startswith("behovet av Papper AB: till, vad") for one in listed)
    assert all("2h" not in one["kommentar"] for one in listed)  # the model has that
    assert all("modellen hade tele2" in one["kommentar"] for one in listed)


def test_another_that_the_actor_may_not_know_of_is_named_on_the_screen_alone(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = filled(tmp_path, [{"från": "fk", "till": "Papper AB", "vad": "Papper"}], [], [], {})
    read_into(model, form)
    put_another_in_its_place(model, date(2026, 11, 20))
    others_say(model, "entity:fk", "needs[4].provider", "hemlig")
    answers, network = read_into(model, form)
    [message] = [one.message for one in answers.findings if one.code == "B852"]
    assert "hemlig" in message
    [row] = [one for one in entries(answers, network, date(2026, 11, 24)) if one["ärende"] == "svar mot nyare uppgift"]
    assert "modellen hade beroende som inte delas" in row["kommentar"]


def test_a_row_more_for_what_there_is_already_is_added(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    form = filled(tmp_path, [{"från": "fk", "till": "Papper AB", "vad": "Papper"}], [], [], {})
    read_into(model, form)
    form.put("Behov", form.free("Behov"), från="fk", till="bank1", vad="Papper", ändring="ny").book.save(form.path)
    _, network = read_into(model, form)
    assert [one.providers for one in network.entity["fk"].needs[4:]] == [("papper-ab",), ("bank1",)]


def test_a_group_that_a_form_added_and_a_meeting_put_another_in_is_not_added_once_more(tmp_path):
    model = tmp_path / "model.toml"
    beroenden.save(NETWORK, model)
    group = {"från": "fk", "alternativ_grupp": "x"}
    rows = [group | {"till": "Papper AB", "vad": "Papper"}, group | {"till": "Tryckeri AB"}]
    form = filled(tmp_path, rows, [], [], {})
    read_into(model, form)
    again, _ = read_into(model, form)
    assert again.changes == () and not [one for one in again.findings if one.code == "B852"]
    opened = open_model(model)
    opened.set("entity:fk", "needs[4].any_of", ["papper-ab", "bank2"])
    opened.remove("entity:tryckeri-ab")
    opened.commit()
    answers, network = read_into(model, form)
    assert answers.changes == () and "tryckeri-ab" not in network.entity
    first = form.row("Behov", "fk", None, "Papper AB")
    assert [(one.severity, one.line) for one in answers.findings if one.code == "B852"] == [
        ("warning", first),
        ("warning", first + 1),
    ]
