"""What is handed to a player: everything that it has been given, and no trace of anything else."""

import re
from dataclasses import fields, replace
from io import BytesIO
from itertools import product
from zipfile import ZipFile

import docx
import pytest
from chain import network
from exercise.example import SCENARIO, STAGES, exercise, moment, play

from beroenden.documents import html, markdown, word
from beroenden.documents.document import Bullets, Document
from beroenden.documents.exercise.pack import pack_document
from beroenden.exercise.exercise import CONTROL, FORMS, GAP_EN, GAP_SV, KINDS, STATUSES, Evidence, Exercise, Inject

MODEL = network()
TOLD = ("sender", "title", "text", "questions")
KEPT = ("objective", "expected", "responsible", "basis", "outcome")


def marker(field, number):
    return f"Qx{field}{number}xQ"


def marked(number, to, stage, kind, status):
    """An inject with a text of its own in every field; its times are ones that no other has."""
    texts = {field: marker(field, number) for field in (*TOLD, *KEPT)}
    trace = f"qxid{number}xq"
    return Inject(
        number=number,
        stage=stage,
        play=STAGES[stage - 1].play + number % 60,
        time=moment("15T17:00") + 1440 * stage + number % 60,
        to=to,
        form=FORMS[number % len(FORMS)],
        kind=kind,
        status=status,
        played=play("23:41"),
        reserve_for=number,
        tlp="TLP:GREEN" if is_given(to, "payer", stage, 2, kind, status) else "TLP:RED",
        evidence=Evidence("level", moment("29T03:33"), (trace,), ((trace, trace),), trace, (trace,), 0.123),
        **texts,
    )


def is_given(to, actor, stage, until, kind, status):
    told = kind in ("inspel", "information") or (kind, status) == ("reservinspel", "spelat")
    return to == actor and stage <= until and told and status != "överhoppat"


def everything(language="sv"):
    """An exercise with an inject of each kind and status to everybody in each stage."""
    each = product(("payer", "b2", CONTROL), (1, 2), KINDS, STATUSES)
    made = tuple(marked(7001 + place, *one) for place, one in enumerate(each))
    scenario = replace(SCENARIO, name="Qxscenarioname", note="Qxscenarionote")
    return replace(
        exercise(),
        name="Hösten",
        injects=made,
        scenario=scenario,
        purpose="Qxpurpose",
        goals=("Qxgoal",),
        contact="telefon 4711",
        model="Qxmodelpath",
        model_hash="qxmodelhash" + "0" * 53,
        tlp="TLP:RED",
        language=language,
    )


def raw(document: Document) -> str:
    """All that the three formats hold, markup and properties too."""
    with ZipFile(BytesIO(word.render(document))) as file:
        parts = [file.read(name).decode("utf-8", "replace") for name in file.namelist()]
    return "\n".join((html.render(document), markdown.render(document), *parts, *file.namelist()))


def texts(document: Document) -> str:
    return markdown.render(document).replace("\\", "")


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("actor", ["payer", "b2"])
def test_a_pack_holds_what_its_player_has_been_given_and_nothing_else(actor, stage, language):
    made = everything(language)
    found = set(re.findall(r"Qx\w+?\d+xQ", raw(pack_document(made, MODEL, actor, stage))))
    given = [one for one in made.injects if is_given(one.to, actor, one.stage, stage, one.kind, one.status)]
    assert len(given) == 7 * stage
    assert found == {marker(field, one.number) for one in given for field in TOLD}


@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("actor", ["payer", "b2"])
def test_a_pack_has_no_trace_of_numbers_evidence_causes_or_the_model(actor, stage):
    made = everything()
    page = raw(pack_document(made, MODEL, actor, stage))
    page = re.sub(r"Qx\w+?\d+xQ", "", page)
    for trace in ("qx", "23.41", "03.33", "12,3 %", "Clearing", "Power", "0.123", MODEL.hash[:8], MODEL.name):
        assert trace.lower() not in page.lower(), trace
    assert not re.search(r"\b70\d\d\b", page)
    other = MODEL.entity["b2" if actor == "payer" else "payer"].name
    assert other not in page


def test_no_pack_tells_of_a_later_stage():
    made = everything()
    page = texts(pack_document(made, MODEL, "payer", 1))
    assert "skede 2" not in page.lower()
    assert "10.45" not in page
    assert "Sammanfatta" not in page


def test_who_gets_more_injects_changes_nothing_in_anothers_pack():
    made = everything()
    fewer = replace(made, injects=tuple(one for one in made.injects if one.to == "b2"))
    assert pack_document(made, MODEL, "b2", 2) == pack_document(fewer, MODEL, "b2", 2)


def test_what_the_lists_are_known_by_stands_in_no_pack():
    made = everything()
    assert pack_document(replace(made, id="other"), MODEL, "payer", 2) == pack_document(made, MODEL, "payer", 2)


def test_an_exercises_field_that_is_new_must_be_thought_of():
    known = {*TOLD, *KEPT, "number", "stage", "play", "time", "to", "form", "kind", "reserve_for", "status", "played"}
    assert {field.name for field in fields(Inject)} == known | {"tlp", "evidence"}
    known = {"name", "actors", "scenario", "stages", "injects", "model", "model_hash", "tlp", "language"}
    assert {field.name for field in fields(Exercise)} == known | {
        "purpose",
        "goals",
        "contact",
        "revision",
        "id",
        "papers_hash",
    }


def test_the_label_is_the_strictest_of_the_players_own_injects():
    made = everything()
    assert pack_document(made, MODEL, "payer", 2).label == "TLP:GREEN"
    assert pack_document(made, MODEL, "b2", 1).label == "TLP:RED"
    unlabelled = tuple(replace(one, tlp="" if one.to == "payer" else "TLP:RED") for one in made.injects)
    assert pack_document(replace(made, injects=unlabelled), MODEL, "payer", 1).label == MODEL.tlp
    assert pack_document(replace(made, injects=()), MODEL, "payer", 1).label == MODEL.tlp


def test_what_a_person_has_edited_reaches_the_pack_with_its_paragraphs():
    made = exercise()
    injects = tuple(
        replace(one, title="Ny rubrik", text="Första stycket.\n\nAndra stycket.") if one.number == 2 else one
        for one in made.injects
    )
    page = html.render(pack_document(replace(made, injects=injects), MODEL, "payer", 1))
    assert "<p>Första stycket.</p>\n<p>Andra stycket.</p>" in page
    assert "09.15 Ny rubrik</h3>" in page
    assert "Reservkraften är slut" not in page


def test_a_skipped_inject_is_not_in_the_pack_and_a_played_one_or_a_reserve_once_given_is():
    made = exercise()
    injects = tuple(replace(one, status="spelat") if one.number == 4 else one for one in made.injects)
    page = texts(pack_document(replace(made, injects=injects), MODEL, "b2", 2))
    assert "Filen kom inte med" not in page
    assert "Frågan ställs igen" in page
    assert "Medier frågar om utbetalningen" in page


def test_a_gap_is_shown_as_it_stands_and_the_pack_is_then_a_draft():
    made = pack_document(exercise(), MODEL, "b2", 1)
    assert f"{GAP_SV}: inslaget]" in texts(made)
    assert made.sections[0].title == "Utkast: 1 text är inte skriven, får inte lämnas ut"
    injects = tuple(replace(one, questions=f"{GAP_EN}: q]") for one in exercise().injects)
    more = replace(exercise(), injects=injects)
    assert pack_document(more, MODEL, "b2", 1).sections[0].title.startswith("Utkast: 2 texter är inte skrivna")
    english = pack_document(replace(more, language="en"), MODEL, "b2", 1)
    assert english.sections[0].title == "Draft: 2 texts are not written, must not be handed out"


def test_a_pack_in_which_all_that_players_read_is_written_is_no_draft():
    made = pack_document(exercise(), MODEL, "payer", 2)  # an objective, which no player reads, is left to be written
    assert "Utkast" not in texts(made)
    assert made.sections[0].title == "Till er som övas"


def test_how_the_game_control_is_reached_is_told_once_and_blank_where_it_is_not_known():
    head = [field.value for field in pack_document(everything(), MODEL, "payer", 1).header if "nås på" in field.name]
    assert head == ["telefon 4711"]
    head = [field.value for field in pack_document(exercise(), MODEL, "payer", 1).header if "nås på" in field.name]
    assert head == [""]


def test_the_newest_stage_stands_first_and_each_in_order_of_play():
    made = everything()
    titles = [section.title for section in pack_document(made, MODEL, "payer", 2).sections]
    stages = [title for title in titles if "kede" in title]
    assert stages == ["Nytt: skede 2 (10.45–12.00)", "Skede 1 (09.00–10.30)"]
    first, second = (titles.index(one) for one in stages)
    shown = titles[first + 1 : second]
    assert shown == sorted(shown)
    assert len(shown) == 7


def test_a_stage_without_injects_says_so():
    assert "Inget inspel till er i skedet." in texts(pack_document(exercise(), MODEL, "b2", 2))


def test_each_inject_says_when_it_comes_from_whom_and_how():
    page = texts(pack_document(exercise(), MODEL, "payer", 2))
    assert "11.00 Var är pengarna?" in page
    assert "Från: En mottagare, sociala medier. Scenariotid: ons 16 dec 19.00." in page
    english = texts(pack_document(replace(exercise(), language="en"), MODEL, "payer", 2))
    assert "From: En mottagare, social media. Scenario time: Wed 16 Dec 19:00." in english


def test_the_last_pack_ends_with_the_four_themes_as_the_forms_word_them():
    sections = pack_document(exercise(), MODEL, "payer", 2).sections[-4:]
    assert [section.title for section in sections] == ["Fakta", "Antaganden", "Prioriterade åtgärder", "Budskap"]
    asked = [[item.text for item in section.blocks[0].items] for section in sections]
    assert all(isinstance(section.blocks[0], Bullets) for section in sections)
    assert asked == [
        ["Vad har hänt?", "Vilka åtgärder har vi vidtagit?"],
        ["Vilka centrala antaganden har gjorts?"],
        ["Vilka åtgärder planerar vi att genomföra?", "Vilka åtgärder behöver vi samordna med andra aktörer?"],
        ["Hur ska vi kommunicera?", "Vilka budskap behöver vi samordna med andra aktörer?"],
    ]


def test_the_file_says_that_it_is_an_exercise_and_comes_from_the_game_control():
    core = docx.Document(BytesIO(word.render(pack_document(exercise(), MODEL, "payer", 1)))).core_properties
    assert (core.title, core.author, core.subject) == (
        "ÖVNING: The payer, skede 1",
        "Spelledningen",
        "TLP:AMBER ÖVNING",
    )


@pytest.mark.parametrize("stage", [1, 2])
def test_an_english_pack_has_no_swedish_but_what_people_wrote(stage):
    injects = tuple(
        replace(one, title="t", text=f"{GAP_EN}: x]", sender="s", questions="q") for one in exercise().injects
    )
    page = texts(pack_document(replace(exercise(), name="n", language="en", injects=injects), MODEL, "payer", stage))
    assert not re.search("[åäöÅÄÖ]", page), page
