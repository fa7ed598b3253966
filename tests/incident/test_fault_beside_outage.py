"""A fault in part of a file hits accounts in every bank that the payment has, also beside an outage that spares one of them."""

import pytest
from chain import tables
from situations import situation_of

import beroenden
from beroenden.analysis.explanation import explain
from beroenden.documents.document import Table
from beroenden.documents.public import public
from beroenden.incident.basis import basis
from beroenden.incident.known import known_from
from beroenden.incident.lagesbild.actors import late_banks
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.units.numbers import NBSP

FAULT = {"payment": "allowance", "share": 0.1, "start": "2026-12-18T00:00", "for": "2d"}
CLEARING = {"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}


def outcome(*outages, at="2026-12-18T04:30", accounts=None, **payment):
    made = tables()
    made["payment"][0] = {key: value for key, value in (made["payment"][0] | payment).items() if value is not None}
    if accounts is not None:
        made["payment"][0]["accounts"] = accounts
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return beroenden.simulate(model, [*outages], at=at)


def where(found, language="sv"):
    """The banks of the late payment, among what matters most."""
    made = situation_of(found, "payer", language=language)
    beginning = "gäller konton i " if language == "sv" else "concerns accounts at "
    (told,) = (one.text for one in made.in_section("viktigast") if beginning in one.text)
    return told.partition(beginning)[2].removesuffix(".")


@pytest.mark.parametrize(
    ("outages", "accounts", "sv", "en"),
    [
        (
            [FAULT, CLEARING],
            None,
            "alla banker, i Bank one bara en del av filen",
            "all banks, at Bank one only part of the file",
        ),
        ([FAULT], None, "alla banker (en del av filen)", "all banks (part of the file)"),
        ([FAULT], {"b2": 1.0}, "Bank two (en del av filen)", "Bank two (part of the file)"),
        ([FAULT], {}, "okända banker (en del av filen)", "unknown banks (part of the file)"),
        ([FAULT | {"share": 1.0}], None, "alla banker", "all banks"),
        ([CLEARING], None, "Bank two", "Bank two"),
    ],
)
def test_the_banks_of_what_is_late_are_those_of_the_faulty_part_too(outages, accounts, sv, en):
    found = outcome(*outages, accounts=accounts)
    assert where(found) == sv
    assert where(found, "en") == en


def test_where_most_banks_have_only_the_faulty_part_the_others_are_named():
    made = tables()
    made["entity"].append({"id": "b3", "name": "Bank three", "kind": "bank"})
    made["payment"][0]["accounts"] = {"b1": 0.4, "b2": 0.3, "b3": 0.3}
    made["payment"][0]["stage"][2]["needs"] = []
    model, findings = beroenden.build(made)
    assert model is not None, findings
    found = beroenden.simulate(model, [FAULT, CLEARING | {"entity": "b2", "for": "4h"}], at="2026-12-18T04:30")
    assert where(found) == "alla banker, utom i Bank two bara en del av filen"


def test_the_public_is_not_told_that_a_bank_is_spared():
    found = outcome(FAULT, CLEARING)
    ground = basis(found.network, known_from(found.scenario))
    made = situation(ground, "payer", Order(form="allmanhet", to="TLP:CLEAR", disclosed=("prognos.betalningar",)))
    rows = [
        row for one in public(made).sections for block in one.blocks if isinstance(block, Table) for row in block.rows
    ]
    assert [row[-1] for row in rows] == ["Bank two", "alla banker (en del av filen)"]


def test_every_bank_with_accounts_in_a_faulty_file_has_customers_who_wait():
    assert late_banks(outcome(FAULT, CLEARING)) == ["b1", "b2"]
    assert late_banks(outcome(CLEARING)) == ["b2"]
    assert "Allowance" in explain(outcome(FAULT), "b1").verdict


def test_a_recipients_bank_is_told_of_the_fault_that_hits_some_in_every_bank():
    def told(actor, *outages, at="2026-12-18T04:30"):
        made = situation_of(outcome(*outages, at=at), actor, language="en")
        return [one.text for one in made.in_section("viktigast") if "because of a fault in the file" in one.text]

    (text,) = told("b2", FAULT, CLEARING)
    assert "also with accounts at Bank two: 10% of the recipients of Allowance (Fri 18 Dec)." in text
    assert len(told("b2", FAULT)) == 1
    assert told("b2", FAULT, at="2026-12-20T04:30") == []
    assert told("b2", CLEARING) == told("b1", FAULT) == told("payer", FAULT) == []


def test_the_faulty_part_is_assumed_to_wait_for_the_fault_alone():
    def told(*outages):
        made = situation_of(outcome(*outages), "payer", language="en")
        return [one.text for one in made.in_section("prognos.antaganden") if "faulty part" in one.text]

    assert len(told(FAULT, CLEARING)) == 1
    assert told(FAULT) == told(CLEARING) == []


@pytest.mark.parametrize(
    ("count", "told"),
    [(1000, "av Allowance (fre 18 dec): 600 i stället för 640."), (None, "av Allowance (fre 18 dec).")],
)
def test_what_mending_now_saves_of_what_is_late_anyway_is_said(count, told):
    """The file was handed in too late for the other bank; of those who have the own bank only the faulty part waits."""
    fault = {"payment": "allowance", "share": 0.1, "start": "2026-12-15T08:00"}
    system = {"entity": "sys", "start": "2026-12-15T18:00", "end": "2026-12-16T20:00"}
    found = outcome(fault, system, at="2026-12-17T10:00", count=count)
    text = next(one.text for one in situation_of(found, "payer").in_section("prognos.beslut"))
    assert text.startswith("Blir sena även om felet i filen för Allowance åtgärdas nu: Allowance (fre 18 dec).")
    assert text.endswith(f"Färre blir då sena {told}")
    alone = outcome(system, at="2026-12-16T19:30", count=count)
    text = next(one.text for one in situation_of(alone, "payer").in_section("prognos.beslut"))
    assert text.startswith("Blir sena även om") and "Färre" not in text


def test_what_does_not_come_within_the_period_is_at_least_so_late():
    found = outcome({key: FAULT[key] for key in ("payment", "share", "start")})
    text = next(one.text for one in situation_of(found, "payer").in_section("prognos.antaganden"))
    assert f"i stället för minst{NBSP}13{NBSP}dygn" in text, text
