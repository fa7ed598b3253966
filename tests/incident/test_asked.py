"""What others have asked of the own house in their delgivningar stands in its follow-up, with the answer they say it had."""

import pytest
from chain import tables
from delgivningar import begun, ground, moment, outage, read, shared

import beroenden
from beroenden.documents import markdown
from beroenden.documents.conference import conference_document
from beroenden.documents.followup import followup_document
from beroenden.incident.conference import conference
from beroenden.incident.contacts import contact_list
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.followup import follow_up
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

MODEL, _ = beroenden.build(tables() | {"audience": [{"actor": "payer", "tlp": "TLP:GREEN"}]})
ASK = {"kind": "request", "type": "help", "to": "b2", "text": "Kan ni hålla öppet?", "disclose": True}
MORE = ASK | {"type": "information", "text": "Svar: när? Säg till", "due": moment("04:40"), "role": "Krisledare"}
ANSWERED = ASK | {"text": "Bokar ni direkt?", "answered": moment("04:50"), "answer": "Ja, direkt. Svar: ja"}
NONE = "Loggen har ingen obesvarad begäran om hjälp eller information."
NONE_OF_ITS_OWN = "Loggen har ingen egen obesvarad begäran om hjälp eller information."


@pytest.fixture
def house(tmp_path):
    """The log of bank two, into which others' delgivningar are read."""
    own = begun(tmp_path / "b2.toml", "b2", model=MODEL)

    def reads(sender, *entries, at="05:00", language="sv"):
        log = begun(tmp_path / f"{sender}-{at[:2]}-log.toml", sender, outage("clr", "04:00"), *entries, model=MODEL)
        file = shared(tmp_path / f"{sender}-{at[:2]}.toml", shares(log, at, language))
        exchanges, _ = read_exchanges([file], MODEL, read(own, MODEL))
        append(own, [received_entry(exchanges[0], moment("06:10"), MODEL)], MODEL)

    return own, reads


def shares(log, at, language):
    order = Order("delgivning", "TLP:GREEN", approved_by="Krisledare")
    return situation(ground(log, at, "TLP:GREEN", MODEL, language=language), read(log, MODEL).incident.actor, order)


def made(own, to=None):
    return follow_up(ground(own, "06:30", to, MODEL), "b2", read(own, MODEL))


def text(own, to=None):
    return markdown.render(followup_document(made(own, to)))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_each_request_stands_with_its_sender_and_its_answer(house, language):
    own, reads = house
    reads("payer", ASK, MORE, ANSWERED, language=language)
    found = {one.text: one for one in made(own).asked}
    assert {text: (one.name, one.is_answered) for text, one in found.items()} == {
        ASK["text"]: ("The payer", False),
        f"{MORE['text']}.": ("The payer", False),
        ANSWERED["text"]: ("The payer", True),
    }
    assert found[ANSWERED["text"]].answer.endswith("04.50: Ja, direkt. Svar: ja" if language == "sv" else "Svar: ja")
    assert found[f"{MORE['text']}."].due
    assert found[ASK["text"]].due == ""


def test_it_is_told_in_the_paper(house):
    own, reads = house
    assert NONE in text(own)
    reads("payer", ASK, ANSWERED)
    paper = text(own)
    assert NONE not in paper and NONE_OF_ITS_OWN in paper
    according = "(delgivning nr 1, läget per fre 2026-12-18 05.00)"
    assert f"| Kan ni hålla öppet? (hjälp) | The payer | fre 18 dec 04.20 | – | obesvarad {according} |" in paper
    assert f"04.50: Ja, direkt. Svar: ja {according} |" in paper


def test_a_request_to_another_is_not_the_houses(house):
    own, reads = house
    reads("payer", ASK | {"to": "b1"}, ASK | {"to": None, "text": "Alla?"})
    assert made(own).asked == ()
    assert NONE in text(own)


def test_the_latest_delgivning_that_holds_it_tells_whether_it_is_answered(house):
    own, reads = house
    reads("payer", ASK, MORE, at="05:00")
    reads("payer", ASK | {"answered": moment("05:30")}, at="06:00")
    told = {one.text: (one.is_answered, one.at) for one in made(own).asked}
    assert told == {ASK["text"]: (True, moment("06:00")), f"{MORE['text']}.": (False, moment("05:00"))}


def test_a_request_that_was_entered_by_hand_says_nothing_of_an_answer(house):
    own, _ = house
    statement = {"section": "begaran.atgarder", "text": "Ring oss", "status": "bekräftad",
                 "claims": [{"subject": "b2", "aspect": "asked", "value": "yes"}]}  # fmt: skip
    entry = {"kind": "received", "time": moment("05:10"), "sender": "polisen", "tlp": "TLP:AMBER"}
    append(own, [entry | {"sender_name": "Polisen", "statement": [statement]}], MODEL)
    (one,) = made(own).asked
    assert (one.text, one.name, one.is_answered, one.time) == ("Ring oss", "Polisen", None, None)
    assert "| Ring oss | Polisen | – | – | framgår inte (läget per fre 2026-12-18 05.10) |" in text(own)
    assert made(own).tlp == "TLP:AMBER"


def test_another_reader_is_told_of_its_own_requests_alone(house):
    own, reads = house
    reads("payer", ASK)
    reads("b1", ASK | {"text": "Kan ni låna ut folk?"})
    assert len(made(own).asked) == 2
    assert [one.sender for one in made(own, "payer").asked] == ["payer"]
    assert made(own, "TLP:GREEN").asked == ()
    data = made(own, "payer").to_dict()["asked_of_us"]
    assert [(one["text"], one["answered"], one["kind"]) for one in data] == [(ASK["text"], False, "hjälp")]


def convened(own, to=None):
    return conference(ground(own, "06:30", to, MODEL), "b2")


def test_a_conference_has_the_questions_that_others_wait_for_an_answer_to(house):
    own, reads = house
    reads("payer", ASK, MORE, ANSWERED)
    made = convened(own)
    assert [one.text for one in made.asked] == [ASK["text"], f"{MORE['text']}."]
    assert [one["sender"] for one in made.to_dict()["asked_of_us"]] == ["payer", "payer"]
    paper = markdown.render(conference_document(made))
    assert f"| The payer | {ASK['text']} (hjälp) | – |  |" in paper
    assert "fre 2026-12-18 04.40" in paper
    assert [one.text for one in convened(own, "payer").asked] == [one.text for one in made.asked]
    assert convened(own, "TLP:GREEN").asked == ()


def test_a_conference_has_no_question_that_was_answered_or_is_asked_no_longer(house):
    own, reads = house
    reads("payer", ASK)
    answer = {"actor": "payer", "to": "b2", "answered": moment("06:20"), "answer": "Ja"}
    append(own, [ASK | answer | {"time": moment("06:20")}], MODEL)
    assert convened(own).asked == ()
    assert "Obesvarade frågor" not in markdown.render(conference_document(convened(own)))
    reads("clr", MORE)
    assert [one.name for one in convened(own).asked] == ["Clearing"]
    reads("clr", at="06:00")
    assert convened(own).asked == ()


BY_TELEPHONE = {
    "kind": "request",
    "actor": "payer",
    "to": "b2",
    "type": "action",
    "text": "Kan ni vänta med filen?",
    "due": moment("05:30"),
}


@pytest.mark.parametrize(
    ("language", "waits", "asked"),
    [
        (
            "sv",
            "The payer väntar på svar: Kan ni vänta med filen? Svaret skulle ha kommit fre 2026-12-18 05.30.",
            "Begäran från The payer till Bank two: Kan ni vänta med filen? Svaret skulle ha kommit fre 2026-12-18 05.30.",
        ),
        (
            "en",
            "The payer waits for an answer: Kan ni vänta med filen? The answer was due Fri 2026-12-18 05:30.",
            "Request from The payer to Bank two: Kan ni vänta med filen? The answer was due Fri 2026-12-18 05:30.",
        ),
    ],
)
def test_a_request_that_was_entered_by_hand_stands_beside_those_of_delgivningar(house, language, waits, asked):
    own, reads = house
    append(own, [outage("clr", "04:00"), BY_TELEPHONE | {"time": moment("04:50")}], MODEL)
    reads("b1", ASK)
    found = ground(own, "06:30", None, MODEL, language=language)
    said = [(one.section, one.text.replace("\xa0", " ")) for one in situation(found, "b2", Order("intern")).statements]
    assert ("viktigast", waits) in said and ("prognos.beslut", asked) in said
    assert not [text for section, text in said if section == "prognos.information" and "vänta med filen" in text]
    assert [one.text for one in convened(own).asked] == [ASK["text"], BY_TELEPHONE["text"]]
    assert made(own).requests == ()
    paper = text(own)
    row = "| Kan ni vänta med filen? (åtgärd) | The payer | fre 18 dec 04.50 | fre 2026-12-18 05.30 | obesvarad (enligt loggen) |"
    assert row in paper


def test_a_request_that_was_entered_by_hand_and_stands_in_a_delgivning_is_told_once(house):
    own, reads = house
    append(own, [ASK | {"actor": "payer", "time": moment("04:50")}], MODEL)
    reads("payer", ASK)
    assert [(one.text, one.number) for one in made(own).asked] == [(ASK["text"], 1)]
    assert [one.text for one in convened(own).asked] == [ASK["text"]]
    told = [one.text for one in situation(ground(own, "06:30", None, MODEL), "b2", Order("intern")).statements]
    assert sum("väntar på svar" in one for one in told) == 1


def test_an_answer_to_a_request_that_was_entered_by_hand_is_in_the_follow_up_alone(house):
    own, _ = house
    answer = {"supersedes": "request-1", "answered": moment("05:10"), "answer": "Ja"}
    append(own, [BY_TELEPHONE | {"time": moment("04:50")}], MODEL)
    append(own, [BY_TELEPHONE | answer | {"time": moment("05:12")}], MODEL)
    (one,) = made(own).asked
    assert (one.is_answered, one.answer, one.time) == (True, "Ja", moment("04:50"))
    assert convened(own).asked == ()


def test_another_reader_is_told_of_its_own_request_that_was_entered_by_hand_where_it_is_shared(house):
    own, _ = house
    append(own, [BY_TELEPHONE | {"time": moment("04:50")}], MODEL)
    assert made(own, "payer").asked == ()
    append(own, [BY_TELEPHONE | {"time": moment("04:51"), "text": "När?", "disclose": True}], MODEL)
    assert [one.text for one in made(own, "payer").asked] == ["När?"]
    assert made(own, "b1").asked == ()


def reasons(own, to=None):
    return {one.actor: dict(one.reasons) for one in contact_list(ground(own, "06:30", to, MODEL), "b2")}


def test_who_waits_for_an_answer_or_has_told_of_it_is_on_the_contact_list(house):
    own, reads = house
    append(own, [outage("clr", "04:00"), BY_TELEPHONE | {"actor": "power", "time": moment("04:50")}], MODEL)
    reads("b1", ASK, MORE, outage("power", "08:00", status="feared"))
    found = reasons(own)
    assert found["power"]["waits"] == "väntar på vårt svar"
    assert found["b1"] == {
        "waits": "väntar på vårt svar på 2 begäranden",
        "told": "har delgett uppgifter om Clearing; befarar avbrott eller fel i Power",
    }
    assert {"power", "b1"} <= {one.contact.actor for one in convened(own).participants if one.contact.is_pressing}
    append(
        own,
        [
            BY_TELEPHONE
            | {"actor": "power", "time": moment("06:20"), "supersedes": "request-1", "answered": moment("06:20")}
        ],
        MODEL,
    )
    assert "waits" not in reasons(own).get("power", {})


def test_who_waits_is_told_under_the_label_of_the_request_and_to_no_other_reader(house):
    own, _ = house
    append(own, [outage("clr", "04:00"), BY_TELEPHONE | {"time": moment("04:50"), "tlp": "TLP:AMBER"}], MODEL)
    (row,) = (one for one in contact_list(ground(own, "06:30", None, MODEL), "b2") if one.actor == "payer")
    assert ("waits" in dict(row.reasons), row.tlp) == (True, "TLP:AMBER")
    assert not [found for found in reasons(own, "TLP:AMBER").values() if "waits" in found]
