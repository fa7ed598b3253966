"""What a questionnaire changes, in the files: comments and order stay, and what makes no sound model is told where it was said."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from interop.questionnaire.forms import NETWORK, Form

import beroenden
from beroenden.errors import FaultyFilesError
from beroenden.interop.questionnaire.apply import _moved, apply
from beroenden.interop.questionnaire.change import Change
from beroenden.interop.questionnaire.read import read_form
from beroenden.interop.questionnaire.values import duration_text, endurance_text, percent_text
from beroenden.language import writing_in
from beroenden.model.entities import Step
from beroenden.modelfiles.editing.editable import open_model
from beroenden.modelfiles.findings import Finding

QUIET = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture
def model(tmp_path) -> Path:
    path = tmp_path / "model.toml"
    beroenden.save(NETWORK, path)
    text = path.read_text().replace('rto = "8h"', 'rto  =  "8h"  # lovat i avtal', 1)
    path.write_text(f"# Arbetsgruppens modell\n{text}")
    return path


def test_comments_and_spacing_stay(tmp_path, model):
    form = Form(tmp_path).put("Resurser", 4, rto="6h", rpo="15 min")
    opened = open_model(model)
    assert apply(opened, form.read().changes) == ()
    opened.commit()
    text = model.read_text()
    assert text.startswith("# Arbetsgruppens modell\n") and 'rto  =  "6h"  # lovat i avtal\n' in text
    network, _ = beroenden.load(model)
    entity, before = network.entity["fk"], NETWORK.entity["fk"]
    source = replace(before.provenance, source="Kassan, formulär (rto, rpo); Intervju 2025")
    assert entity == replace(before, rto=360, rpo=15, provenance=source)
    assert network.entities[1:] == NETWORK.entities[1:] and network.payments == NETWORK.payments


def test_needs_that_go_and_come(tmp_path, model):
    form = Form(tmp_path)
    form.put("Behov", form.row("Behov", "fk", 1), ändring="bort")
    form.put("Behov", form.row("Behov", "fk", 4), uthållighet="1h")
    form.put("Behov", form.free("Behov"), från="fk", till="Papper AB", ändring="ny")
    opened = open_model(model)
    apply(opened, form.read().changes)
    fk, before = opened.network.entity["fk"], NETWORK.entity["fk"]
    assert [need.providers for need in fk.needs] == [
        ("telia", "tele2"),
        ("bank1", "bank2"),
        ("hemlig",),
        ("papper-ab",),
    ]
    assert fk.needs[:2] == before.needs[1:3]
    assert fk.needs[2].endurance == (Step(60, 1.0),)


def test_what_the_rules_say_is_told_in_the_cell(tmp_path, model):
    form = Form(tmp_path).put("Resurser", 4, rto="48h")
    (found,) = apply(open_model(model), form.read().changes)
    assert (found.code, found.severity, found.file, found.line, found.column) == (
        "B405",
        "warning",
        str(form.path),
        4,
        5,
    )


def test_what_follows_elsewhere_says_that_it_is_of_the_answer(tmp_path, model):
    form = Form(tmp_path)
    form.put("Behov", form.row("Behov", "fk", 1), till="bank2", uthållighet="okänt")
    found = [one for one in apply(open_model(model), form.read().changes) if one.file != str(form.path)]
    assert all("follows from what the answer changes" in one.message for one in found)
    told = Finding("B602", "info", "unknown endurance without telia: counts as 0", "modell.toml", 151, 3)
    assert _moved(told, {}).message.endswith("counts as 0; that follows from what the answer changes")


def test_what_makes_no_sound_model_is_not_written(tmp_path, model):
    (change, *_) = Form(tmp_path).put("Resurser", 4, rto="6h").read().changes
    opened, before = open_model(model), model.read_bytes()
    (found,) = apply(opened, [replace(change, key="owner", after="ingen")])
    assert (found.severity, found.line, found.column) == ("error", 4, 5)
    with pytest.raises(FaultyFilesError):
        opened.commit()
    assert model.read_bytes() == before


MINUTES = st.integers(0, 20_000)


@given(
    MINUTES,
    st.lists(st.tuples(MINUTES, st.integers(0, 99)), min_size=1, max_size=3, unique_by=(lambda one: one[0], lambda one: one[1])),
    st.integers(0, 1000),
)  # fmt: skip
@settings(QUIET, max_examples=8, phases=[Phase.generate])
def test_what_is_answered_is_what_is_read(tmp_path_factory, minutes, steps, level):
    """Any duration, endurance and level, as the form itself would write them."""
    folder = tmp_path_factory.mktemp("svar")
    path = folder / "model.toml"
    beroenden.save(NETWORK, path)
    times, levels = sorted(one for one, _ in steps), sorted((one for _, one in steps), reverse=True)
    endurance = tuple(Step(time, held / 100) for time, held in zip(times, levels, strict=True))
    form = Form(folder)
    form.put("Resurser", 4, rta=duration_text(minutes), mtpd="52 veckor", mbco=percent_text(level / 1000))
    form.put("Behov", form.row("Behov", "fk", 1), uthållighet=endurance_text(endurance))
    form.book.save(form.path)
    opened = open_model(path)
    answers = read_form(form.path, opened.network)
    apply(opened, answers.changes)
    fk = opened.network.entity["fk"]
    assert (fk.rta, fk.mbco) == (minutes, level / 1000)
    assert fk.needs[0].endurance == endurance
    again = read_form(form.path, opened.network)
    assert again.changes == ()


def test_what_is_worth_asking_about_is_told_in_the_cell(tmp_path, model):
    form = Form(tmp_path).put("Resurser", 5, kontaktfunktion="Driftchef Anna Ek", verifierad="2099-01-01")
    form.put("Betalningar", 4, belopp=5)
    found = apply(open_model(model), form.read().changes)
    assert sorted((one.code, one.severity, one.file, one.line) for one in found) == [
        ("B604", "warning", str(form.path), 5),
        ("B605", "warning", str(form.path), 4),
        ("B606", "warning", str(form.path), 5),
    ]


def test_what_two_cells_of_a_new_row_give_alike_is_told_once(tmp_path, model):
    form = Form(tmp_path)
    person = {"kontaktfunktion": "Anna Ek", "kontaktväg": "anna.ek@example.se"}
    form.put("Resurser", form.free("Resurser"), namn="Växel", typ="system", ändring="ny", **person)
    found = apply(open_model(model), form.read().changes)
    assert [one.code for one in found if one.severity == "warning" and one.code == "B604"] == ["B604"]


@writing_in("sv")
def test_values_are_shown_in_words():
    def shown(key, before, after):
        return Change("changed", "entity", "fk", None, key, before, after).in_words()[2:]

    assert shown("confidence", "low", "high") == ("låg", "hög")
    assert shown("kind", "authority", "system") == ("myndighet", "system")
    assert [one.replace("\N{NO-BREAK SPACE}", " ") for one in shown("amount", 2_671_000_000, None)] == [
        "2 671 Mkr",
        "(okänt)",
    ]
    assert shown("rto", "4h", "3d") == ("4h", "3 dygn")
    assert shown("mbco", None, 0.5) == ("(okänt)", "50 %")
    assert shown("endurance", "1d 12h", [["3d", 1.0], ["14d", 0.6]]) == ("36h", "3 dygn 100 %; 14 dygn 60 %")
    assert shown("shares", {"a": 0.7, "b": 0.3}, None)[0] == "a 70 %, b 30 %"
    added = Change("added", "need", "fk", None, "", None, {"provider": "telia", "endurance": "7d"})
    assert added.in_words()[3] == "leverantörer: telia; uthållighet: 7 dygn"
