"""The samlad lägesbild as data: what agrees, what differs, what only one says, and who is missing."""

import json
from pathlib import Path

import pytest
from chain import network, tables
from delgivningar import begun, delgivning, ground, moment, outage, read, shared

import beroenden
from beroenden.documents import markdown
from beroenden.documents.combined import combined_document
from beroenden.errors import UsageError
from beroenden.incident.basis import basis
from beroenden.incident.combined import combine
from beroenden.incident.contacts import contact_list
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.known import known_from
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

SEEN = {"kind": "observation", "text": "Våra filer är inlämnade", "disclose": True}
ASK = {"kind": "request", "type": "help", "to": "b2", "text": "Kan ni ta emot filen?", "disclose": True}


class Folder:
    """Logs of several actors, and one into which their delgivningar are read."""

    def __init__(self, folder: Path, model=None) -> None:
        self.folder, self.model = folder, model or network()
        self.own = begun(folder / "own.toml", "payer", SEEN, model=self.model)

    def shares(self, actor: str, *entries: dict, disclosed=(), at="05:00", read_at="05:10") -> None:
        """An actor shares some entries, and the own house reads it."""
        name = f"{actor}-{at[:2]}"
        log = begun(self.folder / f"{name}-log.toml", actor, *entries, model=self.model)
        file = shared(self.folder / f"{name}.toml", delgivning(log, *disclosed, at=at, model=self.model))
        exchanges, _ = read_exchanges([file], self.model, read(self.own, self.model))
        append(self.own, [received_entry(one, moment(read_at), self.model) for one in exchanges], self.model)

    def combined(self, at="05:30", to=None, **more):
        """The samlad lägesbild, with what the own house shares."""
        found = ground(self.own, at, to, self.model, **more)
        return combine(found, situation(found, "payer", Order("samlad", to or "")))


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)


def compared(combined) -> dict:
    return {(one.subject, one.aspect): one for one in combined.comparisons}


def test_two_that_say_the_same_verify_each_other(folder):
    folder.shares("clr", outage("clr", "04:00"))
    folder.shares("b1", outage("clr", "04:00"))
    combined = folder.combined()
    one = compared(combined)["clr", "start"]
    assert combined.agreeing[0] == one
    assert (one.what, [voice.name for voice in one.voices]) == (
        "Clearing: avbrottets början",
        ["Clearing", "Bank one"],
    )
    assert one.is_verified
    assert combined.differing == []


@pytest.mark.parametrize(
    ("source", "is_verified"),
    [("Clearing, driften", False), ("delgivning nr 1 från Clearing", False), ("egna filer", True), ("Bank one", True)],
)
def test_what_one_has_from_the_other_verifies_nothing(folder, source, is_verified):
    folder.shares("clr", outage("clr", "04:00"))
    folder.shares("b1", outage("clr", "04:00", source=source))
    one = compared(folder.combined())["clr", "start"]
    assert (one.kind, one.is_verified, one.is_retold) == ("agree", is_verified, not is_verified)
    text = markdown.render(combined_document(folder.combined()))
    assert ("nej, en har det från en annan" in text) != is_verified


def test_times_within_the_same_minute_are_the_same(tmp_path):
    folder = Folder(tmp_path)
    folder.shares("clr", outage("clr", "04:00"))
    folder.shares("b1", outage("clr", "04:00"))
    text = folder.own.read_text("utf-8").replace("T04:00+01:00", "T03:00:20+00:00", 1)
    folder.own.write_text(text.replace("T03:00:20+00:00", "T03:00+00:00"), "utf-8")
    assert compared(folder.combined())["clr", "start"].kind == "agree"


@pytest.mark.parametrize(
    ("reported", "is_verified"),
    [("08:30", False), ("09:05", True)],
    ids=["one still estimated it", "both reported it afterwards"],
)
def test_an_end_is_verified_only_by_those_who_reported_it(folder, reported, is_verified):
    folder.shares(
        "clr", outage("clr", "04:00", time=moment(reported), end=moment("09:00")), at="09:10", read_at="09:15"
    )
    folder.shares("b1", outage("clr", "04:00", time=moment("09:05"), end=moment("09:00")), at="09:10", read_at="09:15")
    combined = folder.combined("10:00")
    one = compared(combined)["clr", "end"]
    assert (one.kind, one.is_verified) == ("agree", is_verified)
    assert [voice.is_estimate for voice in one.voices] == [not is_verified, False]
    assert compared(combined)["clr", "start"].is_verified
    told = "Clearing (bekräftad)" if is_verified else "Clearing (uppskattat)"
    assert f"| {told}, Bank one (bekräftad) |" in markdown.render(combined_document(combined))


def test_an_end_ahead_is_confirmed_by_nobody(folder):
    folder.shares("clr", outage("clr", "04:00", end=moment("09:00")))
    folder.shares("b1", outage("clr", "04:00", end=moment("09:00")))
    assert not compared(folder.combined())["clr", "end"].is_verified


def test_what_both_only_computed_verifies_nothing(folder):
    folder.shares("b2", outage("clr", "04:00", end=moment("09:00")), disclosed=["prognos.betalningar"])
    folder.shares("b1", outage("clr", "04:00", end=moment("09:00")), disclosed=["prognos.betalningar"])
    found = compared(folder.combined())
    run = found["allowance 2026-12-18", "latest_recovery"]
    assert (run.kind, run.is_verified, run.owner) == ("agree", False, "payer")
    assert run.model is not None
    assert not run.is_against_model
    assert found["clr", "start"].is_verified


def test_a_bank_speaks_of_its_own_customers_only(folder):
    folder.shares("b2", outage("clr", "04:00", end=moment("09:00")), disclosed=["prognos.betalningar"])
    folder.shares("b1", outage("clr", "04:00", end=moment("13:00")), disclosed=["prognos.betalningar"])
    runs = [one for one in folder.combined().comparisons if one.aspect == "completed"]
    assert [(one.kind, one.part, one.owner) for one in runs] == [("alone", "b2", "b2"), ("alone", "", "payer")]
    assert runs[0].what == "Allowance (fre 18 dec), mottagare med konto i Bank two: alla framme"
    assert [one.model is not None for one in runs] == [True, True]


def test_each_ones_word_stands_where_they_differ(folder):
    folder.shares("clr", outage("clr", "04:00"))
    folder.shares("b1", outage("clr", "04:15", source="Egna larm", status="unconfirmed"))
    combined = folder.combined()
    (one,) = combined.differing
    assert [(voice.sender, voice.text, voice.status, voice.at) for voice in one.voices] == [
        ("clr", "fre 2026-12-18 04.00", "bekräftad", moment("05:00")),
        ("b1", "fre 2026-12-18 04.15", "obekräftad", moment("05:00")),
    ]
    assert one.voices[1].source.startswith("Egna larm")


def test_what_the_model_contradicts_is_seen(folder):
    folder.shares("b1", outage("clr", "04:00", end=moment("09:00")), disclosed=["prognos.betalningar"])
    append(folder.own, [outage("clr", "04:00", time=moment("05:20"), end=moment("13:00"))], network())
    run = compared(folder.combined())["allowance 2026-12-18", "completed"]
    assert (run.kind, run.is_against_model) == ("alone", True)
    assert [(voice.name, voice.text, voice.status) for voice in run.with_model] == [
        ("Bank one", "fre 2026-12-18 10.00", "modellberäknad"),
        ("Modellen", "fre 2026-12-18 14.00", "modellberäknad"),
    ]


def test_a_gap_is_what_another_should_have_said(folder):
    folder.shares("b1", outage("clr", "04:00"), outage("power", "04:30"))
    folder.shares("power", SEEN | {"text": "Allt är normalt"}, outage("b2", "04:40"))
    combined = folder.combined()
    gaps = {one.subject: one.gap for one in combined.gaps}
    assert gaps["clr"] == "Clearing svarar för det och har inte bidragit."
    assert gaps["power"] == "Power svarar för det och har inte uppgett det."
    folder.shares("b2", outage("b2", "04:40"))
    assert "b2" not in {one.subject for one in folder.combined().gaps}


def test_what_one_says_of_its_own_is_unconfirmed_and_no_gap(folder):
    folder.shares("clr", outage("clr", "04:00"))
    combined = folder.combined()
    assert (combined.gaps, [(one.subject, one.aspect) for one in combined.unconfirmed]) == (
        [],
        [("clr", "start"), ("clr", "remaining")],
    )


def test_who_is_concerned_and_has_not_contributed(folder):
    folder.shares("b1", outage("clr", "04:00", end=moment("09:00")), disclosed=["prognos.samverkan"])
    missing = {one.actor: one for one in folder.combined().missing}
    assert set(missing) == {"clr", "b2"}
    assert missing["clr"].why[0] == "orsaken ligger där"
    assert "dess kunder får pengar sent" in missing["b2"].why
    assert missing["b2"].named_by == ("Bank one",)
    folder.shares("clr", outage("clr", "04:00"))
    assert {one.actor for one in folder.combined().missing} == {"b2"}


def test_the_own_house_is_missing_when_it_shares_nothing(folder):
    folder.shares("clr", outage("clr", "04:00", end=moment("09:00")))
    combined = combine(ground(folder.own, "05:30"))
    assert ("payer", "har inte lämnat någon egen delgivning") in {(one.actor, one.why[0]) for one in combined.missing}


def test_the_latest_as_of_time_counts_whenever_it_was_read(folder):
    folder.shares("clr", outage("clr", "04:15"), at="06:00", read_at="06:10")
    folder.shares("clr", outage("clr", "04:00"), at="05:00", read_at="06:20")
    combined = folder.combined("06:30")
    assert [one.at for one in combined.contributions if not one.is_own] == [moment("06:00")]
    assert folder.combined("06:05").contributions[1:] == ()


def test_of_the_own_house_only_what_was_chosen(folder):
    folder.shares("clr", outage("clr", "04:00"))
    append(folder.own, [{"kind": "observation", "time": moment("05:20"), "text": "Intern uppgift"}], network())
    own = folder.combined().contributions[0]
    assert own.is_own
    assert [said.text for said in own.said] == ["Våra filer är inlämnade"]


def test_requests_are_found_by_whom_they_are_to(folder):
    folder.shares("b1", outage("clr", "04:00"), ASK, ASK | {"to": None, "type": "message", "text": "Samma budskap?"})
    append(folder.own, [ASK | {"time": moment("05:20"), "text": "Hur länge?", "type": "information"}], network())
    combined = folder.combined()
    ((name, asked),) = combined.asked("begaran.atgarder")
    assert (name, [(one.name, said.text.split("?")[0]) for one, said in asked]) == (
        "Bank two",
        [("The payer", "Hur länge"), ("Bank one", "Kan ni ta emot filen")],
    )
    ((name, asked),) = combined.asked("begaran.budskap")
    assert (name, len(asked)) == ("", 1)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_request_stands_once_with_the_latest_answer_whoever_tells_it(folder, language):
    to_us = ASK | {"to": "payer"}
    folder.shares("b1", outage("clr", "04:00"), to_us)
    folder.shares("b2", to_us)
    answer = {"actor": "b1", "time": moment("05:20"), "answered": moment("05:18"), "answer": "Ja, till 22"}
    append(folder.own, [to_us | answer], network())
    combined = folder.combined(language=language)
    ((_, asked),) = combined.asked("begaran.atgarder")
    assert [(one.name, "Ja, till 22" in said.text) for one, said in asked] == [("The payer", True), ("Bank two", False)]
    with_answers = markdown.render(combined_document(combined))
    assert with_answers.count("Kan ni ta emot filen?") == 2


def test_a_sender_that_the_model_does_not_know_contributes_under_its_own_name(folder):
    entry = {
        "kind": "received",
        "time": moment("05:10"),
        "sender": "riksbanken",
        "sender_name": "Riksbanken",
        "at": moment("05:00"),
        "statement": [
            {"section": "inriktning.sikt", "text": "Vi följer läget.", "status": "bekräftad",
             "claims": [{"subject": "rix", "aspect": "start", "value": "2026-12-18T04:00+01:00"}]}
        ],
    }  # fmt: skip
    append(folder.own, [outage("clr", "04:00"), entry], network())
    found = ground(folder.own, "05:30")
    combined = combine(found)
    assert combined.contributions[0].name == "Riksbanken"
    assert compared(combined)["rix", "start"].what == "rix: avbrottets början"


def test_a_reader_sees_nothing_of_what_is_withheld(tmp_path):
    given = tables()
    given["entity"][2] |= {"tlp": "TLP:AMBER", "name": "Hemlig kraft"}
    model, _ = beroenden.build(given)
    folder = Folder(tmp_path, model)
    folder.shares("b1", outage("clr", "04:00", end=moment("09:00")), disclosed=["prognos"])
    append(folder.own, [outage("power", "04:10", time=moment("05:20"), tlp="TLP:AMBER")], model)
    power = folder.combined()
    assert "power" in {one.actor for one in power.missing}
    for label in ("TLP:GREEN", "TLP:CLEAR"):
        told = json.dumps(folder.combined(to=label).to_dict(), ensure_ascii=False)
        assert not any(word in told for word in ("power", "Hemlig", "withheld"))
    assert folder.combined(to="TLP:GREEN").tlp == "TLP:GREEN"


def test_it_carries_the_strictest_label_of_what_it_says(folder):
    folder.shares("clr", outage("clr", "04:00"))
    assert folder.combined().tlp == "TLP:GREEN"
    append(folder.own, [SEEN | {"time": moment("05:20"), "tlp": "TLP:AMBER"}], network())
    assert folder.combined().tlp == "TLP:AMBER"


def test_a_log_in_which_nothing_has_come_makes_an_empty_one(folder):
    combined = combine(ground(folder.own))
    assert (combined.contributions, combined.comparisons, combined.missing) == ((), (), ())


def test_it_is_made_of_a_log(folder):
    outcome = beroenden.simulate(network(), [{"entity": "clr", "start": "2026-12-18T04:00"}])
    with pytest.raises(UsageError, match="log"):
        combine(basis(network(), known_from(outcome.scenario)))


def test_what_two_have_unconfirmed_verifies_nothing(folder):
    folder.shares("clr", outage("clr", "04:00"))
    folder.shares("b1", outage("clr", "04:00", status="unconfirmed"))
    assert not compared(folder.combined())["clr", "start"].is_verified


def test_ongoing_against_ended_and_all_against_half_differ(folder):
    folder.shares("clr", outage("clr", "04:00", end=moment("04:20")))
    folder.shares("b1", outage("clr", "04:00", remaining=0.5))
    told = {one.aspect: [voice.text for voice in one.voices] for one in folder.combined().differing}
    assert told["end"] == ["fre 2026-12-18 04.20", "okänt"]
    assert told["remaining"] == ["0\xa0%", "50\xa0%"]


def test_that_nobody_knows_the_end_verifies_nothing(folder):
    folder.shares("clr", outage("clr", "04:00"))
    folder.shares("b1", outage("clr", "04:00"))
    one = compared(folder.combined())["clr", "end"]
    assert (one.kind, one.is_verified) == ("agree", False)


def test_what_follows_from_a_red_entry_is_red_in_the_own_house(folder):
    append(folder.own, [outage("clr", "04:00", time=moment("05:20"), tlp="TLP:RED")], network())
    assert "clr" in {one.actor for one in folder.combined().missing}
    assert folder.combined().tlp == "TLP:RED"


def test_what_is_left_now_is_not_what_was_left_during_the_outage_and_old_words_say_as_of_when(folder):
    level = {"kind": "observation", "text": "Filer tas emot", "entity": "clr", "level": 0.6, "disclose": True}
    folder.shares("b1", outage("clr", "04:00"))
    folder.shares(
        "clr", outage("clr", "04:00", end=moment("04:50")), level | {"status": "confirmed"}, at="05:10", read_at="05:15"
    )
    combined = folder.combined()
    by_key = compared(combined)
    assert by_key["clr", "remaining"].what == "Clearing: kvarvarande förmåga under avbrottet"
    seen = by_key["clr", "observed"]
    assert (seen.what, [voice.text.replace("\xa0", " ") for voice in seen.voices]) == (
        "Clearing: observerad förmåga",
        ["60 %"],
    )
    assert seen in combined.unconfirmed
    text = markdown.render(combined_document(combined))
    assert "läget per fre 2026-12-18 05.00" in text
    assert "läget per fre 2026-12-18 05.10" in text


OPEN = {"tlp": "TLP:CLEAR"}


def open_network(**clearing):
    """The small model for anyone to read, as far as nothing else is said of clearing."""
    given = tables()
    given["model"]["tlp"] = "TLP:CLEAR"
    given["entity"][3] |= clearing
    made, findings = beroenden.build(given)
    assert made is not None, findings
    return made


def test_what_the_reader_itself_has_sent_is_its_to_read_and_hides_nothing(tmp_path):
    """Bank two reads TLP:CLEAR, and has sent a word of the same outage in a file that is TLP:GREEN."""
    folder = Folder(tmp_path, open_network())
    folder.shares("b2", outage("clr", "04:10") | OPEN, SEEN | {"tlp": "TLP:GREEN", "text": "Allt är normalt"})
    append(folder.own, [outage("clr", "04:00", time=moment("05:20"), end=moment("13:00")) | OPEN], folder.model)
    combined = folder.combined(to="b2")
    assert {one.sender: len(one.said) for one in combined.contributions} == {"payer": 1, "b2": 2}
    assert combined.missing[0].actor == "clr"
    assert "b2" not in {one.actor for one in combined.missing}
    assert [voice.sender for voice in compared(combined)["clr", "start"].voices] == ["payer", "b2"]
    assert combined.tlp == "TLP:GREEN"
    other = folder.combined(to="b1")
    assert {one.sender for one in other.contributions} == {"payer"}
    assert other.missing[0].actor == "clr"  # by the payer's own word, which outranks the one it may not read


def test_the_readers_own_words_stand_also_where_they_name_what_it_may_not_see_of_others(tmp_path):
    folder = Folder(tmp_path, open_network(tlp="TLP:AMBER", name="Hemlig clearing"))
    told = SEEN | {"text": "Hemlig clearing svarar inte", "tlp": "TLP:AMBER"}
    entry = {
        "kind": "received", "time": moment("05:10"), "sender": "b2", "at": moment("05:00"), "tlp": "TLP:AMBER",
        "source": "Post till Hemlig clearing",
        "statement": [
            {"section": "fakta.handelse", "text": told["text"], "status": "bekräftad",
             "claims": [{"subject": "clr", "aspect": "start", "value": "2026-12-18T04:00+01:00"}]}
        ],
    }  # fmt: skip
    append(folder.own, [entry], folder.model)
    combined = folder.combined(to="b2")
    assert [said.text for one in combined.contributions for said in one.said] == [told["text"]]
    assert combined.comparisons == ()  # what it is out of is nobody's to name by the model
    (received,) = ground(folder.own, "05:30", "b2", folder.model).log.entries
    assert (received.source, received.tlp) == (None, "TLP:AMBER")
    assert folder.combined(to="b1").contributions == ()


def test_what_only_the_reader_has_told_keeps_its_label(tmp_path):
    folder = Folder(tmp_path, open_network())
    folder.shares("b2", outage("clr", "04:10", tlp="TLP:GREEN", end=moment("13:00")))
    found = ground(folder.own, "05:30", "b2", folder.model)
    rows = {row.actor: row.tlp for row in contact_list(found, "payer")}
    assert rows["clr"] == "TLP:GREEN"
    assert "clr" not in [row.actor for row in contact_list(ground(folder.own, "05:30", "b1", folder.model), "payer")]


PARTS = (
    outage("clr", "04:00", end=moment("04:20")),
    outage("clr", "04:20", end=moment("04:40"), remaining=0.5),
    outage("clr", "04:40", remaining=0.1),
)


def test_of_an_outage_in_parts_the_latest_that_has_begun_is_compared(folder):
    *earlier, last = PARTS
    estimated = last | {"for": {"min": "2h", "mode": "4h", "max": "30h"}}
    folder.shares("clr", *earlier, estimated)
    folder.shares("b1", last)
    combined = folder.combined()
    assert [one.aspect for one in combined.differing] == ["start"]
    told = {key[1]: [voice.text for voice in one.voices] for key, one in compared(combined).items() if key[0] == "clr"}
    assert told["start"] == ["fre 2026-12-18 04.00", "fre 2026-12-18 04.40"]
    assert told["remaining"] == ["10\xa0%"] * 2
    assert told["end"] == ["okänt"]  # of bank one; clearing has an estimate
    assert len(told["length"]) == 1


def test_an_outage_that_is_still_to_come_is_compared_with_none_but_itself(folder):
    first, second, _ = PARTS
    folder.shares("clr", first, second, outage("clr", "08:00"))
    folder.shares("b1", first, second)
    assert folder.combined().differing == []
    folder.shares("b2", outage("clr", "08:00"))
    combined = folder.combined()
    assert combined.differing == []
    starts = {one.what: [voice.sender for voice in one.voices] for one in combined.agreeing if one.aspect == "start"}
    assert starts == {
        "Clearing: avbrottets början": ["clr", "b1"],
        "Clearing: början på avbrottets senaste del": ["clr", "b1"],
        "Clearing, senare (från fre 2026-12-18 08.00): avbrottets början": ["clr", "b2"],
    }


def test_a_start_that_is_no_time_is_compared_as_it_was_written(folder):
    folder.shares("clr", outage("clr", "04:00"))
    text = folder.own.read_text("utf-8").replace('value = "2026-12-18T04:00+01:00"', 'value = "i natt"')
    folder.own.write_text(text, "utf-8")
    assert compared(folder.combined())["clr", "start"].voices[0].text == "i natt"


def test_a_contact_that_is_withheld_is_not_said_to_be_missing(tmp_path):
    given = tables()
    given["model"]["tlp"] = "TLP:CLEAR"
    given["entity"][2] |= {"tlp": "TLP:GREEN", "name": "Elverket"}
    given["entity"][4]["contact"] = {"role": "Jour hos Elverket"}
    model, _ = beroenden.build(given)
    folder = Folder(tmp_path, model)
    append(folder.own, [outage("clr", "04:00", time=moment("05:20"), end=moment("13:00")) | OPEN], model)
    contacts = {one.actor: one.contact for one in folder.combined(to="b2").missing}
    assert contacts["clr"] == "kontaktfunktion saknas i modellen"
    given["entity"][3]["contact"] = {"role": "Jour hos Elverket"}
    folder.model, _ = beroenden.build(given)
    contacts = {one.actor: one.contact for one in folder.combined(to="b2").missing}
    assert contacts["clr"] == "kontaktfunktionen delas inte"
    assert {one.actor: one.contact for one in folder.combined().missing}["clr"] == "Jour hos Elverket"
