"""The game control's document: everything, in order of play, with what the model says follows."""

from dataclasses import replace
from html import unescape
from io import BytesIO

import docx
import pytest
from chain import network
from chain import tables as chain_tables
from exercise.example import STAGES, exercise, moment, play

import beroenden
from beroenden.documents import word
from beroenden.documents.document import Bullets, Document, Section, Table
from beroenden.documents.exercise.control import control_document
from beroenden.documents.markdown import render
from beroenden.exercise.exercise import CONTROL, Evidence, Inject
from beroenden.exercise.phrases import numbers_in_words
from beroenden.language import writing_in
from beroenden.model.scenario import Outage, Scenario

MODEL = network()
OUT = Scenario((Outage(moment("15T17:00"), moment("16T16:01"), "sys"),))
"""The payer's system for 23 hours and a minute: the other bank's recipients wait until Monday."""


def reserve(number, event, instead_of):
    evidence = Evidence(event, moment("16T16:00")) if event else None
    return Inject(
        number, 1, play("10:00"), moment("16T06:00"), "Motspelet", "payer", "telefon", "reservinspel", f"Reserv {number}",
        "Text", reserve_for=instead_of, evidence=evidence,
    )  # fmt: skip


def same(number, to, **changes):
    one = Inject(
        number, 1, play("09:40"), moment("15T23:00"), "Elnätet", to, "mejl", "inspel", "Allt fungerar", "Inget fel.",
        basis=f"väg {to}",
    )  # fmt: skip
    return replace(one, **changes)


def planned(*injects, scenario=OUT):
    return replace(exercise(), injects=injects, scenario=scenario)


def section(document: Document, title: str) -> Section:
    return next(one for one in document.sections if one.title == title)


def tables(document: Document, title: str) -> list[Table]:
    return [block for block in section(document, title).blocks if isinstance(block, Table)]


def items(document: Document, title: str) -> list[tuple[str, str]]:
    blocks = (block for block in section(document, title).blocks if isinstance(block, Bullets))
    return [(item.mark, item.text) for block in blocks for item in block.items]


def test_everything_of_every_inject_is_there():
    page = unescape(render(control_document(exercise(), MODEL)).replace("\\", ""))
    for one in exercise().injects:
        told = (one.title, *one.text.splitlines(), one.sender, one.questions, one.objective, one.expected)
        for text in (*told, one.responsible, one.basis, one.outcome):
            assert text in page, text


def test_the_head_says_who_plays_what_when_and_on_which_model():
    made = control_document(exercise(), MODEL)
    head = {field.key: field.value for field in made.header}
    assert head["ovade"] == "The payer och Bank two"
    assert head["speltid"] == "tisdag 10 november 2026, 09.00–12.00"
    assert "Avbrott i Power, tis 15 dec 17.00 till tis 15 dec 19.00" in head["scenario"]
    assert "från ons 16 dec 08.00 tills vidare" in head["scenario"]
    assert head["scenario"].startswith("Elavbrott. ")
    assert head["scenario"].endswith(". Efter en storm")
    assert MODEL.hash[:12] in head["modell"]
    assert (head["upprattad_av"], head["godkand_av"]) == ("", "")
    assert made.label == head["tlp"] == "TLP:AMBER+STRICT"
    assert made.is_exercise


def test_it_says_when_the_model_is_another_than_was_planned_on():
    assert "Modellen har ändrats" not in control_document(exercise(), MODEL).notice
    assert "Modellen har ändrats" in control_document(replace(exercise(), model_hash="0" * 64), MODEL).notice


def test_what_is_left_to_write_is_counted_by_column_without_what_is_skipped():
    (table,) = tables(control_document(exercise(), MODEL), "Återstår att skriva")
    whole = (("Syfte", "1", "hela övningen"), ("Övningsmål", "1", "hela övningen"))
    assert table.rows == (*whole, ("Övningsmål", "1", "nr 2"), ("Inspel", "1", "nr 3"))


def test_purpose_and_goals_stand_first_with_gaps_until_they_are_written():
    made = control_document(exercise(), MODEL)
    assert made.sections[0].title == "Syfte och övningsmål"
    assert items(made, "Syfte och övningsmål") == [
        ("Syfte", "[ATT SKRIVA: syfte, varför övningen hålls]"),
        ("Övningsmål", "[ATT SKRIVA: övningsmål, vad som ska prövas]"),
    ]
    written = replace(exercise(), purpose="Pröva larmvägar", goals=("Larma", "Dela lägesbild"))
    assert items(control_document(written, MODEL), "Syfte och övningsmål") == [
        ("Syfte", "Pröva larmvägar"), ("Övningsmål", "Larma"), ("Övningsmål", "Dela lägesbild"),
    ]  # fmt: skip


def test_where_the_exercise_has_goals_an_injects_own_empty_one_is_not_repeated():
    title = "2. 09.15 Systemet för underlag stannar"
    gap = "[ATT SKRIVA: övningsmål]"
    assert ("", gap) in items(control_document(exercise(), MODEL), title)
    made = control_document(replace(exercise(), goals=("Larma",)), MODEL)
    assert ("", gap) not in items(made, title)
    (table,) = tables(made, "Återstår att skriva")
    assert table.rows == (("Syfte", "1", "hela övningen"), ("Övningsmål", "1", "nr 2"), ("Inspel", "1", "nr 3"))
    written = tuple(replace(one, objective="Eget mål") for one in exercise().injects)
    own = control_document(replace(exercise(), goals=("Larma",), injects=written), MODEL)
    assert ("Övningsmål", "Eget mål") in items(own, title)


def test_the_reasons_of_the_search_are_not_for_the_paper():
    reasons = "Två dygn. Valt för: 90 % likt ett tidigare förslag."
    made = control_document(planned(same(1, "payer"), scenario=replace(OUT, name="Elen", note=reasons)), MODEL)
    head = {field.key: field.value for field in made.header}
    assert head["scenario"].startswith("Elen. Avbrott i ")
    assert "likt" not in render(made)


def test_how_players_reach_the_game_control_is_in_the_head():
    head = {field.key: field.value for field in control_document(exercise(), MODEL).header}
    assert head["kontakt"] == ""
    reached = replace(exercise(), contact="010-1 (rum B)")
    assert {field.key: field.value for field in control_document(reached, MODEL).header}["kontakt"] == "010-1 (rum B)"


def test_the_pack_is_handed_out_when_its_stage_is_over():
    page = render(control_document(exercise(), MODEL))
    assert "lämna ut det först när skedets sista inspel är givet" in page
    assert "när det börjar" not in page


def test_each_role_has_its_injects_and_a_blank_for_who_plays_it():
    injects = (
        same(1, "payer", sender="Spelledningen", evidence=Evidence("pace", moment("15T17:00"))),
        same(2, "payer", sender="Elnätet (motspel)"),
        same(3, "b2", sender="Elnätet (motspel)", responsible="[ATT SKRIVA: vem i motspelet]"),
        same(4, "b2", sender="Banken (motspel)", responsible="Motspel bank"),
        same(5, "b2", sender="Redaktion", status="överhoppat"),
        replace(reserve(6, "deadline", 4), sender="Banken (motspel)"),
        same(7, CONTROL, sender="Spelledningen", kind="spelledning"),
    )
    (table,) = tables(control_document(planned(*injects), MODEL), "Roller i motspelet")
    assert table.rows == (
        ("Elnätet", "alla övade", "2, 3", ""),
        ("Banken", "alla övade", "4 (6)", "Motspel bank"),
    )


def test_who_has_nothing_but_the_time_and_news_in_a_stage_is_told():
    injects = (
        same(1, "payer", evidence=Evidence("pace", moment("15T17:00"))),
        same(2, "payer", form="nyhetsinslag"),
        reserve(3, "deadline", None),
        same(4, "b2"),
        same(5, "payer", stage=2, play=play("11:00")),
        same(6, "b2", stage=2, play=play("11:00"), status="överhoppat"),
    )
    (table,) = tables(control_document(planned(*injects), MODEL), "Skeden utan egna inspel")
    assert table.rows == (("1", "09.00–10.30", "The payer", "3"), ("2", "10.45–12.00", "Bank two", "–"))
    busy = control_document(planned(*injects[:5], same(6, "b2", stage=2), same(7, "payer")), MODEL)
    assert "Alla övade har något eget i varje skede." in render(busy)


def test_the_clock_of_a_stage_that_goes_unevenly_has_a_mean_to_the_last_inject_and_then_comes_own_work():
    uneven = replace(STAGES[0], clock=((0, 0), (60, 30), (960, 60)))
    (table,) = tables(control_document(replace(exercise(), stages=(uneven, STAGES[1])), MODEL), "Klockan")
    assert table.headings[3] == "Scenariominuter per spelminut, till sista inspelet"
    assert [row[-2:] for row in table.rows] == [("i medeltal 16", "10.00"), ("60", "11.36")]


def test_in_word_each_stage_has_a_page_of_its_own_and_an_inject_stays_with_its_heading():
    found = docx.Document(BytesIO(word.render(control_document(exercise(), MODEL)))).paragraphs
    begin = [one.text for one in found if one.paragraph_format.page_break_before]
    assert begin == ["Skede 1: 09.00–10.30", "Skede 2: 10.45–12.00"]
    heading = next(at for at, one in enumerate(found) if one.text == "3. 09.30 Medier frågar om utbetalningen")
    delivery, text = found[heading + 1 : heading + 3]
    assert delivery.text.startswith("Till: Bank two.")
    assert delivery.paragraph_format.keep_with_next
    assert text.paragraph_format.keep_together


def test_in_word_the_schedule_gives_its_title_more_room_than_its_numbers():
    injects = tuple(same(number, "payer" if number % 2 else "b2") for number in (1, 2, 4, 5, 7, 9))
    injects = tuple(replace(one, title="Störning i det som alla behöver för att kunna betala ut") for one in injects)
    file = docx.Document(BytesIO(word.render(control_document(planned(*injects), MODEL))))
    schedule = next(
        one for one in file.tables if [cell.text for cell in one.rows[0].cells][:3] == ["Nr", "Speltid", "T+"]
    )
    widths = [cell.width for cell in schedule.rows[1].cells]
    assert schedule.rows[1].cells[0].text == "1, 2, 4, 5, 7, 9"
    assert widths[-1] > 3 * widths[0]


def test_when_nothing_is_left_to_write_it_says_so():
    made = control_document(replace(planned(same(1, "payer")), purpose="Pröva larmvägar", goals=("Larma",)), MODEL)
    assert "Inget återstår att skriva." in render(made)
    assert "Inspel: 1 (1 utkast)." in render(made)


def test_the_hidden_course_is_its_outages_and_the_levels_that_are_held():
    outage = Inject(
        9, 1, play("09:05"), moment("15T17:30"), "Spelledningen", CONTROL, "dokument", "spelledning", "Dolt", "Elen går.",
        evidence=Evidence("outage", moment("15T17:30"), ("power",)),
    )  # fmt: skip
    made = control_document(replace(exercise(), injects=(outage, *exercise().injects)), MODEL)
    assert [table.rows for table in tables(made, "Det dolda förloppet")] == [
        (("9", "09.05", "tis 15 dec 17.30", "Elen går."),)
    ]
    assert items(made, "Det dolda förloppet") == [
        ("", "Bank two: 50\N{NO-BREAK SPACE}%, från ons 16 dec 10.00 tills vidare")
    ]


def test_the_clock_tells_the_pace_of_each_stage():
    still = replace(STAGES[1], since=STAGES[1].until)
    (table,) = tables(control_document(replace(exercise(), stages=(STAGES[0], still)), MODEL), "Klockan")
    assert table.rows == (
        ("1", "09.00–10.30", "tis 15 dec 17.00 – ons 16 dec 09.00", "16", "10.00"),
        ("2", "10.45–12.00", "fre 18 dec 12.00", "står still", "11.00"),
    )


def test_expected_consequences_are_those_of_the_worked_example():
    made = control_document(planned(same(1, "payer")), MODEL)
    late, harmed = tables(made, "The payer")
    (deadlines,) = tables(made, "Väntade konsekvenser")
    assert late.rows == (("Allowance (fre 18 dec)", "fre 18 dec 06.00", "mån 21 dec 06.00", "600"),)
    assert deadlines.rows == (
        (
            "ons 16 dec 16.00",
            "The payer's system",
            "10.52",
            "Allowance (fre 18 dec)",
            "alla övade (vet bara om någon berättar)",
        ),
    )
    assert harmed.rows == (("The payer's system", "nere", "tis 15 dec 17.00", "ons 16 dec 16.01"),)
    assert [table.caption for table in tables(made, "Bank two")] == ["Sena utbetalningar"]
    assert "600 sena utbetalningar" in render(made)


def test_a_player_with_nothing_to_expect_is_told_of_too():
    made = control_document(
        planned(scenario=Scenario((Outage(moment("15T17:00"), moment("15T17:30"), "power"),))), MODEL
    )
    assert "Ingen utbetalning blir sen och inget eget blir nedsatt." in render(made)
    assert "Ingen utbetalning blir sen." in render(made)


def test_what_says_the_same_to_several_stands_once_with_all_numbers():
    made = control_document(planned(same(3, "payer"), same(4, "b2")), MODEL)
    (schedule,) = tables(made, "Skede 1: 09.00–10.30")
    row = ("3, 4", "09.40", "0:40", "tis 15 dec 23.00", "alla övade", "Allt fungerar – Elnätet, mejl")
    assert schedule.rows == (row,)
    found = items(made, "3, 4. 09.40 Allt fungerar")
    assert found == [("Underlag", "The payer: väg payer"), ("Underlag", "Bank two: väg b2")]


def test_what_several_get_at_once_in_other_words_stands_once_with_each_text_and_the_strictest_label():
    other = same(4, "b2", text="Något annat.", tlp="TLP:AMBER", basis="")
    made = control_document(planned(same(3, "payer", tlp="TLP:RED", basis=""), other), MODEL)
    title = "3, 4. 09.40 Allt fungerar"
    assert items(made, title) == [("The payer", "Inget fel."), ("Bank two", "Något annat.")]
    assert section(made, title).blocks[0].text.endswith("TLP:RED")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Annan"}, {"sender": "Annan"}, {"form": "telefon"},
        {"objective": "a"}, {"expected": "a"}, {"questions": "a"}, {"responsible": "a"}, {"status": "spelat"},
        {"outcome": "a"}, {"played": 1}, {"play": play("09:41")}, {"time": 1}, {"stage": 2}, {"kind": "information"},
    ],
)  # fmt: skip
def test_what_differs_in_anything_stands_by_itself(changes):
    made = control_document(planned(same(3, "payer"), same(4, "b2", **changes)), MODEL)
    assert sum(one.title.startswith(("3. ", "4. ")) for one in made.sections) == 2


def test_reserves_say_when_they_are_given_and_what_they_stand_in_for():
    injects = (
        same(1, "payer"),
        reserve(5, "deadline", 1),
        reserve(6, "longer", 1),
        reserve(7, "", 1),
        reserve(8, "", None),
    )
    made = control_document(planned(*injects), MODEL)
    schedule, reserves = tables(made, "Skede 1: 09.00–10.30")
    assert len(schedule.rows) == 1
    assert [row[-1] for row in reserves.rows] == [
        "mottagaren inte själv har tagit upp fristen (nr 1)",
        "spelledningen låter störningen vara längre; i stället för att den är över (nr 1)",
        "nr 1 inte räcker",
        "spelledningen bestämmer det",
    ]
    assert ("I reserv", "nr 5–7") in items(made, "1. 09.40 Allt fungerar")


def test_what_has_been_played_or_skipped_is_marked():
    made = control_document(exercise(), MODEL)
    titles = [
        row[-1] for title in ("Skede 1: 09.00–10.30", "Skede 2: 10.45–12.00") for row in tables(made, title)[0].rows
    ]
    assert "Medier frågar om utbetalningen (spelat 09.33) – Nyhetsredaktion, nyhetsinslag" in titles
    assert "Filen kom inte med (överhoppat) – Clearingen, mejl" in titles
    told = items(made, "3. 09.30 Medier frågar om utbetalningen")
    assert ("Läge", "spelat 09.33. Kommunikatören svarade") in told


def test_the_matrix_says_who_gets_what_when():
    (matrix,) = tables(control_document(exercise(), MODEL), "Vem får vad, och när")
    assert matrix.headings == ("Speltid", "The payer", "Bank two", "spelledningen")
    assert matrix.rows == (
        ("09.00", "·", "·", "1"),
        ("09.15", "2", "·", "·"),
        ("09.30", "·", "3", "·"),
        ("09.50", "·", "(4)", "·"),
        ("11.00", "6", "·", "·"),
    )


def test_more_players_than_a_page_is_wide_get_several_tables():
    names = {one.id: replace(one, name="Konsekvensmyndigheten") for one in MODEL.entities}
    model = replace(MODEL, entities=tuple(names.values()))
    made = control_document(replace(exercise(), actors=("payer", "b1", "b2", "clr", "power")), model)
    assert [len(table.headings) for table in tables(made, "Vem får vad, och när")] == [5, 3]


def test_an_exercise_over_several_days_tells_the_date():
    stages = (STAGES[0], replace(STAGES[1], play_until=STAGES[1].play_until + 1440))
    (clock,) = tables(control_document(replace(exercise(), stages=stages), MODEL), "Klockan")
    assert clock.rows[0][1] == "tis 10 nov 09.00–tis 10 nov 10.30"
    head = {field.key: field.value for field in control_document(replace(exercise(), stages=stages), MODEL).header}
    assert head["speltid"] == "tisdag 10 november 2026 kl.\xa009.00 – onsdag 11 november 2026 kl.\xa012.00"


def test_an_english_one_is_english_in_all_that_is_not_written_by_people():
    inject = same(3, "payer", sender="Grid", basis="path payer")
    injects = (inject, reserve(5, "deadline", 3), reserve(6, "longer", 3))
    page = render(control_document(replace(planned(*injects), name="n", language="en"), MODEL))
    left = [line for line in page.splitlines() if set(line) & set("åäöÅÄÖ")]
    assert left == []


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([3], "3"), ([1, 2], "1, 2"), ([1, 2, 3], "1–3"), ([9, 1, 2, 4, 3, 2], "1–4, 9")],
)
def test_numbers_are_said_as_ranges(numbers, words):
    with writing_in("sv"):
        assert numbers_in_words(numbers) == words


def test_what_others_pay_late_on_ones_own_stands_under_it():
    tables_ = chain_tables()
    tables_["entity"].append({"id": "host", "name": "Host", "kind": "supplier"})
    tables_["entity"][1]["needs"] = [{"provider": "host", "endurance": "0min"}]
    model, findings = beroenden.build(tables_)
    assert model is not None, findings
    out = Scenario((Outage(moment("15T17:00"), moment("17T09:00"), "host"),))
    made = control_document(replace(exercise(), actors=("host", "b2"), scenario=out, injects=()), model)
    (table, *_) = tables(made, "Host")
    assert table.caption.startswith("Andras sena utbetalningar") and table.rows[0][:2] == (
        "Allowance (fre 18 dec)",
        "The payer",
    )


def test_brackets_are_explained_only_where_something_is_in_reserve():
    assert "Nummer inom parentes" in render(control_document(exercise(), MODEL))
    assert "Nummer inom parentes" not in render(control_document(planned(same(1, "payer")), MODEL))


def test_what_begins_between_two_stages_stands_when_it_happens():
    outage = Inject(
        9, 1, play("09:05"), moment("15T17:30"), "Spelledningen", CONTROL, "dokument", "spelledning", "Dolt", "Elen går.",
        evidence=Evidence("outage", moment("16T11:00"), ("power",)),
    )  # fmt: skip
    (table,) = tables(control_document(planned(outage), MODEL), "Det dolda förloppet")
    assert table.rows == (("9", "09.05", "ons 16 dec 11.00", "Elen går."),)


def test_each_deadline_has_its_time_of_play_or_between_which_times_it_is_skipped():
    made = planned(same(1, "payer"))
    early, late = replace(STAGES[0], until=moment("15T20:00")), replace(STAGES[1], since=moment("17T08:00"))
    for stages, played in (
        ((early, late), "mellan 10.30 och 10.45"),
        ((early,), "efter 10.30"),
        ((replace(late, number=1),), "före 10.45"),
        ((replace(early, until=moment("16T16:00")), late), "10.30"),
    ):
        (deadlines,) = tables(control_document(replace(made, stages=stages, injects=()), MODEL), "Väntade konsekvenser")
        assert deadlines.rows[0][:3] == ("ons 16 dec 16.00", "The payer's system", played)


def test_a_player_who_answers_for_what_has_to_be_over_stands_beside_those_who_decide():
    dark = Scenario((Outage(moment("15T08:00"), moment("18T12:00"), "power"),))
    made = replace(planned(scenario=dark), actors=("payer", "power"))
    (deadlines,) = tables(control_document(made, MODEL), "Väntade konsekvenser")
    assert deadlines.rows[0][1] == "Power" and deadlines.rows[0][-1].endswith("; Power svarar för avbrottet")
