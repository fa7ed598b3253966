"""The lägesbild: what is fact and what is computed are kept apart, nothing unknown is hidden, texts cannot break the form."""

import re
from datetime import date, datetime, time

import pytest
from chain import network, tables
from situations import markdown_of, situation_of

import beroenden
from beroenden.incident.forms import internal_form
from beroenden.incident.lagesbild.actors import affected_actors
from beroenden.language import writing_in

CLEARING = [{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}]


def made(actor="payer", outages=CLEARING, at="2026-12-18T04:30", model=None):
    return situation_of(beroenden.simulate(model or network(), outages, at=at), actor)


def test_facts_hold_nothing_computed():
    facts = [statement for statement in made().statements if statement.section.startswith("fakta")]
    assert facts
    assert {statement.status for statement in facts} <= {"bekräftad", "obekräftad"}
    assert not any("Allowance" in statement.text and "sen" in statement.text for statement in facts)


def test_outages_to_come_and_ends_are_no_facts():
    outages = [*CLEARING, {"entity": "b2", "start": "2026-12-18T08:00", "for": "1h"}]
    happened = made(outages=outages).in_section("fakta.handelse")
    assert len(happened) == 1
    assert "Clearing" in happened[0].text
    assert happened[0].status == "obekräftad"
    assert "30\xa0min" in happened[0].text
    assert "09.00" not in happened[0].text


def test_an_outage_that_was_to_have_ended_is_not_told_as_if_it_went_on():
    (over,) = made(outages=[{"entity": "clr", "start": "2026-12-18T03:00", "for": "1h"}]).in_section("fakta.handelse")
    assert "antas ha upphört fredag 18 december 2026 kl.\xa004.00; slutet är inte bekräftat" in over.text
    assert "sedan" not in over.text


def test_registered_facts_need_source_and_are_no_guesses():
    given = tables()
    given["entity"][3] |= {"rto": "4h", "source": "agreement", "verified": date(2026, 9, 1)}
    model, _ = beroenden.build(given)
    register = made(model=model).in_section("fakta.register")
    assert [(one.status, "agreement" in one.source) for one in register] == [("bekräftad", True)]
    given["entity"][3]["confidence"] = "low"
    model, _ = beroenden.build(given)
    assert made(model=model).in_section("fakta.register") == []


def test_prognosis_says_status_and_counts_late_payouts_over_time():
    prognosis = made()
    computed = [
        one for one in prognosis.statements if one.section.startswith("prognos") and "antaganden" not in one.section
    ]
    assert {one.status for one in computed} <= {"modellberäknad", "okänd"}
    ahead = [dict(one.cells) for one in prognosis.in_section("prognos.tid")]
    assert [row["Tid"] for row in ahead] == [
        "T+0 tim, fre 2026-12-18 04.30",
        "T+1 tim 30 min, fre 2026-12-18 06.00 (tidsfrist och betalningsdag)",
        "T+4 tim, fre 2026-12-18 08.30",
        "T+5 tim 30 min, fre 2026-12-18 10.00 (alla framme)",
        "T+12, T+24, T+48 och T+72 tim, fre 2026-12-18 16.30 – mån 2026-12-21 04.30",
    ]
    assert [row["Försenade utbetalningar"] for row in ahead] == ["0", "600", "600", "0", "0"]
    assert [row["Betalningar"] for row in ahead] == ["–", "Allowance", "Allowance", "–", "–"]


def test_what_runs_out_first_is_among_what_matters_most():
    prognosis = made(outages=[{"entity": "power", "start": "2026-12-15T12:00"}], at="2026-12-15T13:00")
    texts = [one.text for one in prognosis.in_section("viktigast") if "klarar sig till" in one.text]
    assert texts == [one.text for one in prognosis.in_section("prognos.beslut") if "klarar sig till" in one.text][:1]
    assert texts


def test_a_deadline_now_is_said_to_be_now():
    now = made(at="2026-12-18T06:00").in_section("viktigast")
    assert any("senast fredag 18 december 2026 kl.\xa006.00 (nu)" in one.text for one in now)
    assert not any("0\xa0min" in one.text for one in now)


def test_decision_clock_is_latest_recovery():
    decision = made().in_section("prognos.beslut")[0]
    assert "fredag 18 december 2026 kl.\xa006.00" in decision.text
    assert "om 1\xa0tim 30\xa0min" in decision.text


def test_unknown_length_is_said_everywhere():
    lasting = made(outages=[{"entity": "clr", "start": "2026-12-18T04:00"}])
    for one in [
        one for part in ("konsekvenser", "betalningar", "tid") for one in lasting.in_section(f"prognos.{part}")
    ]:
        assert one.text.startswith("Om avbrottet kvarstår")
    assert any("okänd" in one.text for one in lasting.in_section("prognos.information"))


def test_assumptions_are_ordered_by_how_much_they_move():
    outages = [{"entity": "b1", "start": "2026-12-18T04:29", "for": "2min"}, *CLEARING]
    first = made(outages=outages).in_section("prognos.antaganden")[0]
    assert first.path == ("clr",)
    assert re.search(
        r"Dubblas längden: lika många sena utbetalningar, i genomsnitt 8.tim sena i stället för 4.tim", first.text
    )


def test_unknown_endurance_is_an_assumption_and_a_question():
    given = tables()
    del given["entity"][1]["needs"][0]["endurance"]
    model, _ = beroenden.build(given)
    lagesbild = made(outages=[{"entity": "power", "start": "2026-12-15T12:00", "for": "2d"}], at=None, model=model)
    assert any("The payer's system" in one.text for one in lagesbild.in_section("prognos.information"))
    assert any("uthålligheten är okänd" in one.text for one in lagesbild.in_section("prognos.antaganden"))


def test_affected_are_owners_payers_and_banks():
    assert affected_actors(beroenden.simulate(network(), CLEARING)) == ["payer", "b2", "clr"]


@writing_in("sv")
def test_every_support_question_stands_in_the_document_and_prompts_stay():
    text = markdown_of(made())
    for box in internal_form():
        for group in box.groups:
            assert f"### {group.title}" in text
            for question in group.questions:
                assert f"#### {question.text}" in text
    after = text.split("## 3. INRIKTNING")[1]
    assert after.count("*Fylls i av handläggaren.*") == 10
    assert "modellberäknad" not in after


def test_no_probability_words():
    text = markdown_of(made()).split("## 2. PROGNOS")[1].lower()
    assert not re.search(r"sannolikt|troligen|troligt|risk för", text)


def test_hostile_names_stay_text():
    given = tables()
    given["entity"][3]["name"] = "<img onerror=x>|`rm`*\n# Rubrik [x](http://a)"
    model, _ = beroenden.build(given)
    text = markdown_of(made(model=model))
    assert "<img" not in text
    assert "\n# Rubrik" not in text
    assert "[x](" not in text


def test_the_same_input_gives_the_same_document():
    assert markdown_of(made()) == markdown_of(made())


def test_the_document_carries_the_strictest_label_of_what_it_says():
    given = tables()
    given["entity"][3]["tlp"] = "TLP:AMBER"
    model, _ = beroenden.build(given)
    assert markdown_of(made(model=model)).startswith("**TLP:AMBER ")
    assert markdown_of(
        made(outages=[{"entity": "b1", "start": "2026-12-18T04:00", "for": "1h"}], model=model)
    ).startswith("**TLP:GREEN ")


def test_the_highlights_say_what_is_late_for_whom_and_the_first_deadline():
    lines = [one.text for one in made().in_section("viktigast")]
    assert "Allowance (fre 18 dec) (600 utbetalningar" in lines[0]
    assert "senast fredag 18 december 2026 kl.\xa006.00 (om 1\xa0tim 30\xa0min)" in lines[1]
    assert lines[2] == "Om avbrottet är åtgärdat som uppgivet: Det som är eller blir sent gäller konton i Bank two."


def test_the_cause_names_the_deadline_that_was_missed():
    (run,) = [one for one in made().in_section("prognos.betalningar") if one.cells]
    assert dict(run.cells)["Orsak"] == "Clearing; clearing missar leveransen fre 2026-12-18 06.00"


def test_a_fault_in_the_file_is_a_cause_to_those_whom_it_concerns():
    bank = {"entity": "b2", "start": "2026-12-18T05:00", "for": "3h"}
    fault = {"payment": "allowance", "share": 0.1, "start": "2026-12-18T00:00", "for": "2d"}
    for actor, causes in (("payer", ["Bank two", "fel i filen"]), ("b2", ["Bank two"])):
        told = made(actor=actor, outages=[bank, fault], at="2026-12-18T05:30")
        rows = [dict(one.cells) for one in told.in_section("prognos.betalningar") if one.cells]
        assert [row["Orsak"] for row in rows] == causes


def test_where_the_banks_are_unknown_an_outage_is_no_fault_in_the_file():
    given = tables()
    del given["payment"][0]["accounts"]
    model, _ = beroenden.build(given)
    (row,) = [one for one in made(model=model).in_section("prognos.betalningar") if one.cells]
    assert dict(row.cells)["Sena för konton i"] == "okända banker"


def test_a_bank_sees_its_own_customers_only():
    lagesbild = made(
        actor="b1", outages=[{"entity": "b2", "start": "2026-12-18T05:00", "for": "12h"}], at="2026-12-18T05:30"
    )
    assert "600" in lagesbild.in_section("viktigast")[0].text  # it is the paying bank
    model = tables()
    model["payment"][0]["paying_bank"] = "b2"
    network, _ = beroenden.build(model)
    lagesbild = made("b1", [{"entity": "b2", "start": "2026-12-18T05:00", "for": "12h"}], "2026-12-18T05:30", network)
    assert lagesbild.in_section("viktigast")[0].text.startswith(
        "Om avbrottet är åtgärdat som uppgivet blir ingen av aktörens betalningar"
    )


def test_where_the_cause_lies_is_not_named_a_victim():
    partners = [one.text for one in made().in_section("prognos.samverkan")]
    assert partners == ["Där något har avbrott: Clearing (kontaktfunktion saknas i modellen).",
                        "Banker vars kunder får någon betalning sent: Bank two (kontaktfunktion saknas i modellen)."]  # fmt: skip


def test_an_outage_that_should_be_over_is_asked_for_not_told_as_going_on():
    asked = made(at="2026-12-18T12:00").in_section("prognos.information")[0].text
    assert "antas ha upphört fredag 18 december 2026 kl.\xa009.00" in asked


def test_an_uncertain_length_gives_percentiles_of_the_outcome():
    """Half last past the release at 06:00, given that it has lasted half an hour more than half; P90 past that of 14:00."""
    outages = [{"entity": "clr", "start": "2026-12-18T04:00", "for": {"p50": "2h", "p90": "12h"}}]
    told = made(outages=outages).in_section("prognos.osakerhet")
    assert "P10 0, P50 600, P90 600" in next(one.text for one in told if one.text.startswith("Sena utbetalningar"))
    (row,) = [dict(one.cells) for one in told if one.cells]
    assert [row[f"Klar P{percent}"] for percent in (10, 50, 90)] == [
        "fre 2026-12-18 06.00",
        "fre 2026-12-18 10.00",
        "mån 2026-12-21 06.00",
    ]
    assert row["Sena P10 / P50 / P90"] == "0 / 600 / 600"


def test_what_is_varied_keeps_the_planned_events():
    """The release of the day is missed through a planned event; a second, harmless outage changes nothing by its length."""
    given = tables()
    event = {"id": "swap", "name": "Swap", "start": "2026-12-18T04:00", "end": "2026-12-18T09:00", "entities": ["clr"]}
    given["event"] = [event]
    model, _ = beroenden.build(given)
    harmless = [{"entity": "power", "start": "2026-12-17T08:00", "for": "1h"}]
    outcome = beroenden.simulate(model, harmless, with_events=True)
    assert outcome.payouts_delayed == 600
    (varied,) = [
        one for one in situation_of(outcome, "payer").in_section("prognos.antaganden") if one.path == ("power",)
    ]
    assert varied.text.count("utfallet för de egna betalningarna ändras inte") == 2


@pytest.mark.parametrize(
    ("remaining", "at", "count"),
    [(0.5, "2026-12-16T08:00", 1), (0.5, "2026-12-15T18:00", 0), (0.0, "2026-12-16T08:00", 0)],
)
def test_what_is_taken_to_be_done_on_something_impaired_is_asked_for(remaining, at, count):
    """The file is made from 18.00 on half of what it needs; whether it was is for people to say."""
    outage = {"entity": "sys", "start": "2026-12-15T17:00", "for": "30h", "remaining": remaining}
    made = situation_of(beroenden.simulate(network(), [outage], at=at), "payer")
    asked = [one.text for one in made.in_section("prognos.information") if "räknas som klart" in one.text]
    assert len(asked) == count
    assert all("för Allowance (fre 18 dec)" in one and "fast The payer's system var nedsatt" in one for one in asked)


def needing_both(endurance):
    """A payment of one stage from 08.00 that does without x for a time and not without y."""
    tables = {
        "model": {"name": "m", "timezone": "UTC"},
        "entity": [
            *({"id": one, "name": one.upper(), "kind": "system"} for one in ("x", "y")),
            {"id": "payer", "name": "Payer", "kind": "authority"},
        ],
        "payment": [
            {
                "id": "pay", "name": "Pay", "payer": "payer", "count": 100, "dates": [date(2026, 12, 16)],
                "stage": [{"id": "e", "opens": {"days": 0, "at": time(8)}, "duration": "1h",
                           "needs": [{"provider": "x", "endurance": endurance}, {"provider": "y"}]}],
            }
        ],
    }  # fmt: skip
    model, findings = beroenden.build(tables)
    assert model is not None, findings
    return model


@pytest.mark.parametrize(
    ("endurance", "named"),
    [
        ("0min", "är avbrotten i X och Y åtgärdade senast"),
        ("12h", "är avbrottet i Y åtgärdat senast"),  # x holds out past the payment however long it is out
    ],
)
def test_a_deadline_names_all_that_have_to_be_over_and_nothing_else(endurance, named):
    outages = [{"entity": "x", "start": "2026-12-16T05:00"}, {"entity": "y", "start": "2026-12-16T05:00", "for": "1h"}]
    paper = made(outages=outages, at="2026-12-16T05:30", model=needing_both(endurance))
    assert named in " ".join(one.text for one in paper.in_section("viktigast"))


def test_a_system_depends_on_what_holds_it_now_not_on_what_it_fell_by():
    outages = [
        {"entity": "power", "start": "2026-12-18T00:00", "for": "2h"},
        {"entity": "clr", "start": "2026-12-18T01:00", "for": "8h"},
    ]
    given = tables()
    given["entity"].append({"id": "own", "name": "Own", "kind": "system", "owner": "payer",
                            "needs": [{"provider": "power"}, {"provider": "clr"}]})  # fmt: skip
    model, _ = beroenden.build(given)
    (own,) = [
        one
        for one in made(outages=outages, at="2026-12-18T04:00", model=model).in_section("prognos.konsekvenser")
        if one.text.endswith(").") and "Own" in one.text and "beror på" in one.text
    ]
    assert "(beror på Clearing)" in own.text


def test_a_time_that_two_causes_held_after_each_other_is_told_with_both():
    """Its own outage, which held it last, was left out."""
    outages = [
        {"entity": "power", "start": "2026-12-18T00:00", "for": "2h"},
        {"entity": "own", "start": "2026-12-18T01:00", "for": "8h"},
    ]
    given = tables()
    given["entity"].append(
        {"id": "own", "name": "Own", "kind": "system", "owner": "payer", "needs": [{"provider": "power"}]}
    )
    model, _ = beroenden.build(given)
    for at, why in (("00:30", True), ("04:00", False), ("10:00", True)):
        paper = made(outages=outages, at=f"2026-12-18T{at}", model=model)
        (own,) = [
            one.text for one in paper.in_section("prognos.konsekvenser") if re.search("(^|: )Own (är|var)", one.text)
        ]
        assert own.endswith("(beror på Power; från fre 2026-12-18 02.00 på eget avbrott).") == why
        assert ("beror på" in own) == why


def test_what_holds_it_again_once_its_own_outage_is_over_is_told():
    """Its own outage, which was the worse for some hours, was said to hold it until the end."""
    outages = [
        {"entity": "power", "start": "2026-12-18T00:00", "for": "8h", "remaining": 0.5},
        {"entity": "own", "start": "2026-12-18T01:00", "for": "2h", "remaining": 0.2},
    ]
    given = tables()
    given["entity"].append(
        {"id": "own", "name": "Own", "kind": "system", "owner": "payer", "needs": [{"provider": "power"}]}
    )
    model, _ = beroenden.build(given)
    (own,) = [
        one.text
        for one in made(outages=outages, at="2026-12-18T10:00", model=model).in_section("prognos.konsekvenser")
        if "Own var" in one.text
    ]
    again = "från fre 2026-12-18 01.00 på eget avbrott; från fre 2026-12-18 03.00 åter på Power"
    assert own.endswith(f"(beror på Power; {again}).")


def with_event():
    given = tables()
    given["event"] = [{"id": "byte", "name": "Weekend of change", "start": datetime(2026, 12, 18, 4),
                       "end": datetime(2026, 12, 18, 9), "entities": ["clr"]}]  # fmt: skip
    model, findings = beroenden.build(given)
    assert model is not None, findings
    return model


def test_a_planned_outage_that_counts_is_told_and_among_the_assumptions():
    other = [{"entity": "power", "start": "2026-12-18T03:50", "for": "1min"}]
    outcome = beroenden.simulate(with_event(), other, at="2026-12-18T03:55", with_events=True)
    paper = situation_of(outcome, "payer")
    told = "Planerat avbrott i Clearing (Weekend of change), fredag 18 december 2026 kl.\xa004.00 till"
    assert any(one.text.startswith(told) for one in paper.in_section("prognos.antaganden"))
    assert any(one.text.startswith(told) for one in paper.in_section("viktigast"))
    without = situation_of(beroenden.simulate(with_event(), other, at="2026-12-18T03:55"), "payer")
    assert not any("Weekend" in one.text for one in without.statements)


def test_each_part_of_a_payment_has_the_causes_of_its_own():
    outages = [*CLEARING, {"entity": "b1", "start": "2026-12-18T05:00", "for": "3h"}]
    rows = [dict(one.cells) for one in made(outages=outages).in_section("prognos.betalningar") if one.cells]
    causes = {row["Sena för konton i"]: row["Orsak"] for row in rows}
    assert len(causes) == 2
    assert all(("Clearing" in cause) == ("two" in bank) for bank, cause in causes.items()), causes
