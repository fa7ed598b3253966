"""A sum that lacks what is unknown is told as the least that it is, and of which payments it lacks the number or amount."""

from copy import deepcopy

import pytest
from chain import tables
from click.testing import CliRunner
from situations import situation_of

import beroenden
from beroenden.analysis.explanation import explain
from beroenden.cli.main import commands
from beroenden.incident.basis import basis
from beroenden.incident.known import known_from
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.language import writing_in
from beroenden.modelfiles.write import save
from beroenden.units.numbers import NBSP

FAULT = {"payment": "allowance", "share": 0.1, "start": "2026-12-18T00:00"}
CLEARING = {"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}


def model_of():
    """The allowance has no number, and a pension beside it no amount."""
    made = tables()
    allowance = made["payment"][0]
    pension = deepcopy(allowance) | {"id": "pension", "name": "Pension", "priority": 2}
    del allowance["count"], pension["amount"]
    made["payment"].append(pension)
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return model


MODEL = model_of()


def outcome(*outages, at="2026-12-18T04:30"):
    return beroenden.simulate(MODEL, [*outages], at=at)


def texts(found, section, language="sv"):
    return [one.text.replace(NBSP, " ") for one in situation_of(found, "payer", language=language).in_section(section)]


def test_the_headline_says_at_least_and_of_which_payments_it_does_not_know():
    (told, *_) = texts(outcome(FAULT, CLEARING), "viktigast")
    assert (
        "(minst 600 utbetalningar och minst cirka 3,2 Mkr; antalet är okänt för Allowance; beloppet är okänt för Pension; "
        "inte klart inom perioden: en del av Allowance (fre 18 dec); resten framme fre 2026-12-18 10.00)" in told
    )
    (told, *_) = texts(outcome(FAULT, CLEARING), "viktigast", "en")
    assert (
        "(at least 600 payouts and at least about SEK 3.2m; the number is unknown for Allowance; the amount is unknown for "
        "Pension; not complete within the period: some of Allowance (Fri 18 Dec); the rest complete Fri 2026-12-18 10:00)"
        in told
    )


@pytest.mark.parametrize(
    ("outages", "told"),
    [
        ([CLEARING | {"for": "30d"}], "ingen blir klar inom perioden"),
        ([FAULT], "inte klar inom perioden"),
        ([CLEARING], "alla framme fre 2026-12-18 10.00"),
    ],
)
def test_the_headline_says_which_do_not_come_within_the_period(outages, told):
    assert f"; {told})" in texts(outcome(*outages), "viktigast")[0]


def test_the_table_over_time_says_at_least_and_what_is_unknown_of_each():
    rows = [dict(one.cells) for one in situation_of(outcome(FAULT, CLEARING), "payer").in_section("prognos.tid")]
    late = next(row for row in rows if row["Försenade utbetalningar"].startswith("minst"))
    assert late["Försenade utbetalningar"] == f"minst{NBSP}600"
    assert late["Betalningar"] == "Allowance (antalet okänt) och Pension (beloppet okänt)"
    rows = [dict(one.cells) for one in situation_of(outcome(FAULT), "payer").in_section("prognos.tid")]
    assert {row["Försenade utbetalningar"] for row in rows} == {"0", "okänt"}


def test_percentiles_say_at_least():
    length = {"min": "1h", "mode": "2h", "max": "9h"}
    found = outcome(FAULT, {"entity": "clr", "start": "2026-12-18T04:00", "for": length})
    ground = basis(MODEL, known_from(found.scenario))
    made = situation(ground, "payer", Order())
    (summed,) = (one.text for one in made.in_section("prognos.osakerhet") if "Belopp" in one.text)
    assert f"P10 minst{NBSP}0" in summed
    assert f"P90 minst{NBSP}600" in summed
    assert "Antalet är okänt för Allowance; beloppet är okänt för Pension." in summed


def test_an_assumption_moves_what_has_no_number():
    (told,) = (one for one in texts(outcome(FAULT), "prognos.antaganden") if one.startswith("Fel i filen"))
    assert "utfallet" not in told
    assert (
        "Allowance (fre 18 dec) cirka 500 000 kr sent, framme lör 2026-12-19 04.30 "
        "(i stället för cirka 500 000 kr sent, inte klar inom perioden)" in told
    )


def test_what_is_on_time_is_none_late_though_its_number_is_unknown():
    with writing_in("sv"):
        (course,) = explain(outcome(CLEARING), "allowance").courses
    assert [(row.recipients_text, row.amount_text) for row in course.branches] == [
        ("0", f"0{NBSP}kr"),
        ("okänt", f"3{NBSP}Mkr"),
    ]
    assert [row.recipients for row in course.branches] == [None, None]
    with writing_in("en"):
        assert "600 payouts (an unknown amount)" in explain(outcome(CLEARING), "pension").summary


@pytest.mark.parametrize(("outages", "told"), [([CLEARING], "outage is resolved"), ([FAULT, CLEARING], "outages are")])
def test_several_outages_must_all_be_over(outages, told):
    with writing_in("en"):
        (course,) = explain(outcome(*outages), "allowance").courses
        assert f"if the {told}" in course.recovery_text


def test_simulate_says_at_least(tmp_path, monkeypatch):
    monkeypatch.setenv("BEROENDEN_LANG", "sv")
    save(MODEL, tmp_path / "model.toml")
    given = ["simulate", str(tmp_path / "model.toml"), "--outage", "clr", "--start", "2026-12-18 04.00", "--for", "5h"]
    told = " ".join(CliRunner().invoke(commands, given).output.split()).replace(NBSP, " ")
    assert (
        "Minst 600 utbetalningar och minst 3 Mkr (antalet är okänt för Allowance; beloppet är okänt för Pension)"
        in told
    )


def test_a_group_of_unknown_size_that_cannot_use_its_money_is_named():
    made = tables()
    del next(one for one in made["entity"] if one["id"] == "people")["population"]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    found = beroenden.simulate(model, [{"entity": "b2", "start": "2026-12-18T04:00", "for": "5h"}])
    assert "som mest nu: People (okänt antal)." in " ".join(texts(found, "prognos.konsekvenser"))
    assert "at most now: People (unknown number)." in " ".join(texts(found, "prognos.konsekvenser", "en"))
