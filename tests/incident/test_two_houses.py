"""Two houses that fear, confirm, ask, answer and take back: what each is told of the other."""

import pytest
from chain import tables
from delgivningar import ZONE, begun, ground, moment, outage, read, shared

import beroenden
from beroenden.cli.incident_asked import requests_told
from beroenden.documents import markdown
from beroenden.documents.followup import followup_document
from beroenden.incident.combined import combine
from beroenden.incident.contacts import contact_list
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.followup import follow_up
from beroenden.incident.lagesbild.actors import own_runs
from beroenden.incident.lagesbild.claims import NEVER
from beroenden.incident.lagesbild.issue import record_issue
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append
from beroenden.incident.responsibility import shared_systems
from beroenden.language import writing_in

MODEL, _ = beroenden.build(
    tables() | {"audience": [{"actor": one, "tlp": "TLP:GREEN"} for one in ("payer", "b1", "b2")]}
)
ASK = {
    "kind": "request",
    "type": "help",
    "to": "b2",
    "text": "Kan ni hålla öppet?",
    "due": moment("06:00"),
    "disclose": True,
}
ANSWER = {"kind": "request", "type": "help", "actor": "payer", "to": "b2", "text": "Kan ni hålla öppet", "disclose": True,
          "time": moment("05:20"), "answered": moment("05:15"), "answer": "Ja, till 22"}  # fmt: skip
FEAR = outage("b1", "04:10", status="feared", **{"for": "4h"})


def shares(log, actor, at="05:00", to="TLP:GREEN", model=MODEL):
    """A delgivning, noted in its log."""
    order = Order("delgivning", to, approved_by="Krisledare")
    made = situation(ground(log, at, to, model), actor, order)
    record_issue(log, actor, made, model)
    return made


def reads(own, made, folder, time="05:10", model=MODEL):
    file = shared(folder / f"{made.actor}-{made.number}.toml", made)
    exchanges, findings = read_exchanges([file], model, read(own, model))
    assert exchanges, findings
    append(own, [received_entry(exchanges[0], moment(time), model)], model)
    return exchanges[0]


def paper(log, at, actor="b2", **order):
    return situation(ground(log, at), actor, Order(**order))


def texts(made, section):
    return [one.text for one in made.statements if one.section == section]


# what is feared


SLOW = {"kind": "observation", "text": "Slow", "entity": "sys", "level": 0.5, "time": moment("04:30")}
DOWN = outage("clr", "04:00", time=moment("04:30"))


@pytest.mark.parametrize(("happened", "out"), [(SLOW, ["sys"]), (DOWN, ["clr"])])
def test_a_fear_beside_what_has_happened_is_no_cause(tmp_path, happened, out):
    log = begun(tmp_path / "log.toml", "payer", FEAR, happened)
    here = ground(log, "04:40")
    assert [one.entity for one in here.known.scenario.outages] == out
    assert [one.id for one in here.known.feared] == ["outage-1"]
    assert "b1" not in "".join(row.actor for row in contact_list(here, "payer") if "cause" in dict(row.reasons))


def test_a_fear_beside_what_another_has_told_is_no_cause(tmp_path):
    teller = begun(tmp_path / "payer.toml", "payer", outage("clr", "04:00"))
    own = begun(tmp_path / "b2.toml", "b2", FEAR)
    reads(own, shares(teller, "payer"), tmp_path)
    assert [one.entity for one in ground(own, "05:20").known.scenario.outages] == ["clr"]


def test_what_is_only_feared_has_impaired_nothing(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", outage("sys", "04:10", status="feared", **{"for": "4h"}))
    assert "Egna nedsatta nu" not in " ".join(texts(paper(log, "04:40", "payer"), "viktigast"))
    (where, *_) = texts(paper(log, "04:40", "b1"), "prognos.samverkan")
    assert where.startswith("Där avbrottet befaras: The payer")


def test_who_answers_for_what_another_fears_has_not_contributed(tmp_path):
    teller = begun(tmp_path / "payer.toml", "payer", FEAR, outage("clr", "04:00"))
    own = begun(tmp_path / "b2.toml", "b2", outage("sys", "04:00"))
    reads(own, shares(teller, "payer"), tmp_path)
    missing = {one.actor: one.why for one in combine(ground(own, "05:20")).missing}
    assert "b1" in missing


def test_after_a_fear_what_has_happened_is_another_prognosis(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", FEAR)
    record_issue(log, "payer", paper(log, "04:30", "payer", approved_by="Krisledare"), MODEL)
    append(log, [outage("power", "04:40", time=moment("04:50"))], MODEL)
    changes = " ".join(one.text for one in paper(log, "05:00", "payer").changes)
    assert "Prognosen gäller nu det som har inträffat; den förra gällde det som befarades." in changes
    assert "Berörs inte längre" not in changes and "Blir inte längre" not in changes


def test_the_fear_that_a_reader_was_told_of_is_taken_back_in_both_houses(tmp_path):
    log = begun(tmp_path / "payer.toml", "payer", FEAR, outage("clr", "04:00"))
    own = begun(tmp_path / "b2.toml", "b2")
    reads(own, shares(log, "payer"), tmp_path)
    record_issue(own, "b2", paper(own, "05:12", approved_by="Krisledare"), MODEL)
    gone = {"kind": "withdrawn", "supersedes": "outage-1", "text": "Falsklarm enligt Hemligt", "time": moment("05:30")}
    append(log, [gone], MODEL)
    second = shares(log, "payer", at="05:40")
    told = [(one.text, one.status) for one in second.changes]
    assert told == [("Återkallat: Avbrott i Bank one befaras från fre 2026-12-18 04.10.", "bekräftad")]
    reads(own, second, tmp_path, "05:45")
    changes = [(one.text, one.status) for one in paper(own, "05:50").changes]
    assert [one for one in changes if "befarades" in one[0]] == [
        (
            "Sägs inte längre av The payer: Avbrott i Bank one befarades från fredag 18 december 2026 kl.\xa004.10 "
            "till fredag 18 december 2026 kl.\xa008.10.",
            "obekräftad",
        )
    ]


@pytest.mark.parametrize(
    ("mistaken", "is_told"), [({"disclose": False}, False), ({"tlp": "TLP:RED"}, False), ({}, True)]
)
def test_what_a_reader_was_not_told_of_is_not_taken_back_before_it(tmp_path, mistaken, is_told):
    log = begun(tmp_path / "payer.toml", "payer", FEAR | mistaken, outage("clr", "04:00"))
    shares(log, "payer")
    gone = {"kind": "withdrawn", "supersedes": "outage-1", "text": "Falsklarm", "time": moment("05:30")}
    append(log, [gone | {"tlp": mistaken.get("tlp")}], MODEL)
    assert bool(shares(log, "payer", at="05:40").changes) is is_told


def test_what_was_never_issued_is_not_taken_back(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"))
    record_issue(log, "payer", paper(log, "04:30", "payer", approved_by="Krisledare"), MODEL)
    slip = outage("power", "04:40", time=moment("04:50"))
    append(log, [slip], MODEL)
    append(log, [{"kind": "withdrawn", "supersedes": "outage-2", "text": "Fel", "time": moment("04:55")}], MODEL)
    assert paper(log, "05:00", "payer").changes == ()


# what comes back in parts


PARTS = (
    outage("clr", "04:00"),
    outage("clr", "04:00", end=moment("04:30"), supersedes="outage-1", time=moment("04:31")),
    outage("clr", "04:30", remaining=0.6, time=moment("04:32")),
    outage("clr", "04:30", remaining=0.6, end=moment("04:40"), supersedes="outage-3", time=moment("04:41")),
    outage("clr", "04:40", time=moment("04:42")),
)
OVER = outage("clr", "04:40", end=moment("04:55"), supersedes="outage-5", time=moment("04:56"))


def test_parts_that_a_reader_hears_of_first_are_new_and_not_corrected(tmp_path):
    log = begun(tmp_path / "payer.toml", "payer", PARTS[0])
    shares(log, "payer", at="04:25")
    append(log, [*PARTS[1:], OVER], MODEL)
    begins = [one.text.partition(":")[0].partition(" (")[0] for one in shares(log, "payer", at="05:00").changes]
    assert begins == ["Ändrad längd", "Nytt", "Nytt"]


def test_the_end_of_a_part_is_no_end_by_anothers_word(tmp_path):
    own = begun(tmp_path / "b2.toml", "b2", outage("clr", "04:00"))
    log = begun(tmp_path / "payer.toml", "payer", *PARTS)
    reads(own, shares(log, "payer"), tmp_path)
    lacking = " ".join(texts(paper(own, "05:20"), "prognos.information"))
    assert "upphört enligt" not in lacking
    append(log, [OVER | {"time": moment("05:01"), "status": "confirmed"}], MODEL)
    reads(own, shares(log, "payer", at="05:05"), tmp_path, "05:21")
    lacking = " ".join(texts(paper(own, "05:30"), "prognos.information"))
    assert "i loggen pågår det, men det har upphört enligt The payer (fre 2026-12-18 04.55)." in lacking


def test_an_own_end_that_is_assumed_is_not_said_to_go_on(tmp_path):
    own = begun(tmp_path / "b2.toml", "b2", outage("clr", "04:00", status="unconfirmed", end=moment("04:50")))
    log = begun(tmp_path / "payer.toml", "payer", *PARTS, OVER)
    reads(own, shares(log, "payer"), tmp_path)
    lacking = " ".join(texts(paper(own, "05:20"), "prognos.information"))
    assert "i loggen antas det ha upphört fre 2026-12-18 04.50, men det har upphört enligt The payer" in lacking


# what the own log has otherwise


UNSURE = {"status": "unconfirmed", "time": moment("04:15")}
SEEN = {"kind": "observation", "entity": "clr", "text": "Läget", "time": moment("04:50"), "disclose": True}
LATE = outage("clr", "04:00", end=moment("09:00"))
ENDED = outage("clr", "04:10", end=moment("04:40"), time=moment("04:41"))


@pytest.mark.parametrize(
    ("own", "theirs", "told"),
    [
        (UNSURE | {"end": moment("04:40")}, LATE,
         "antas det ha upphört fre 2026-12-18 04.40, men enligt The payer (fre 2026-12-18 05.00) beräknas det vara åtgärdat "
         "fre 2026-12-18 09.00"),
        (UNSURE | {"end": moment("06:00")}, LATE, "ska det vara åtgärdat fre 2026-12-18 06.00, men enligt The payer"),
        (ENDED, LATE, "upphörde det fre 2026-12-18 04.40, men enligt The payer"),
        (ENDED, outage("clr", "04:00"), "upphörde det fre 2026-12-18 04.40, men enligt The payer (fre 2026-12-18 05.00) är slutet inte känt"),
        (ENDED, outage("clr", "04:00", end=moment("04:50"), time=moment("04:55")),
         "men enligt The payer (fre 2026-12-18 05.00) upphörde det fre 2026-12-18 04.50"),
        (UNSURE, outage("clr", "04:00", remaining=0.5), "är 0 % av förmågan kvar, men enligt The payer var det 50 % (fre 2026-12-18 05.00)"),
        (UNSURE, SEEN | {"level": 1.0}, "är 0 % av förmågan kvar, men enligt The payer var det 100 % (fre 2026-12-18 04.50)"),
        (UNSURE | {"remaining": 0.5}, SEEN | {"level": 0.2}, "är 50 % av förmågan kvar, men enligt The payer var det 20 %"),
    ],
)  # fmt: skip
def test_what_another_has_confirmed_otherwise_is_told_beside_the_own_outage_that_goes_first(
    tmp_path, own, theirs, told
):
    house = begun(tmp_path / "b2.toml", "b2", outage("clr", "04:10") | own)
    reads(house, shares(begun(tmp_path / "payer.toml", "payer", theirs), "payer"), tmp_path)
    lacking = " ".join(texts(paper(house, "05:20"), "prognos.information")).replace("\xa0", " ")
    assert told in lacking
    assert "Rätta den egna posten, eller fråga vad som gäller." in lacking
    assert "bekräftat" not in lacking


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (ENDED | {"end": moment("05:15"), "time": moment("05:16")}, LATE),
        (outage("clr", "04:10", end=moment("09:00")) | UNSURE, LATE | {"end": moment("08:00")}),
        (outage("clr", "04:10", end=moment("06:00")), LATE | {"status": "unconfirmed"}),
        (outage("clr", "04:10", end=moment("04:40")) | UNSURE, outage("clr", "04:45")),
        (outage("clr", "04:10", remaining=0.5) | UNSURE, SEEN | {"level": 0.5}),
        (outage("clr", "04:10", time=moment("04:55")), SEEN | {"level": 1.0}),
    ],
    ids=["ended since", "earlier", "unconfirmed", "another outage", "the same level", "confirmed since"],
)
def test_what_does_not_say_otherwise_than_the_own_log_is_not_told_beside_it(tmp_path, own, theirs):
    house = begun(tmp_path / "b2.toml", "b2", own)
    reads(house, shares(begun(tmp_path / "payer.toml", "payer", theirs), "payer"), tmp_path)
    assert "men enligt" not in " ".join(texts(paper(house, "05:20"), "prognos.information"))


def test_what_was_seen_here_since_is_not_set_against_an_older_word(tmp_path):
    seen = SEEN | {"level": 0.6, "time": moment("05:05")}
    house = begun(tmp_path / "b2.toml", "b2", outage("clr", "04:10") | UNSURE, seen)
    reads(house, shares(begun(tmp_path / "payer.toml", "payer", SEEN | {"level": 0.2}), "payer"), tmp_path)
    assert "men enligt" not in " ".join(texts(paper(house, "05:20"), "prognos.information"))


@pytest.mark.parametrize(
    ("theirs", "is_told"),
    [
        (LATE, True),
        (LATE | {"status": "unconfirmed"}, False),
        (outage("clr", "04:00", end=moment("04:05"), time=moment("04:06")), False),
    ],
    ids=["confirmed", "unconfirmed", "another outage"],
)
def test_that_another_has_confirmed_what_is_doubted_here_is_told_to_the_own_house(tmp_path, theirs, is_told):
    house = begun(tmp_path / "b2.toml", "b2", outage("clr", "04:10", end=moment("09:00")) | UNSURE)
    reads(house, shares(begun(tmp_path / "payer.toml", "payer", theirs), "payer"), tmp_path)
    asked = " ".join(texts(paper(house, "05:20"), "prognos.information"))
    assert ("i loggen är det obekräftat, men The payer" in asked) is is_told
    assert "clr" in ground(house, "05:20", None, MODEL).known.doubted
    anothers = situation(ground(house, "05:20", "b1", MODEL), "b2", Order())
    assert "i loggen" not in " ".join(texts(anothers, "prognos.information"))


def test_how_to_mend_the_log_is_not_told_to_another(tmp_path):
    house = begun(tmp_path / "b2.toml", "b2", outage("clr", "04:10", end=moment("04:40")) | UNSURE)
    reads(house, shares(begun(tmp_path / "payer.toml", "payer", LATE), "payer"), tmp_path)
    for reader in ("payer", "b1"):
        made = situation(
            ground(house, "05:20", reader, MODEL), "b2", Order("delgivning", reader, disclosed=("prognos",))
        )
        assert "i loggen" not in " ".join(one.text for one in made.statements)


def test_the_time_of_an_end_in_a_delgivning_is_its_senders(tmp_path):
    log = begun(tmp_path / "payer.toml", "payer", outage("clr", "04:00", end=moment("04:40"), time=moment("04:10")))
    (told,) = texts(shares(log, "payer"), "fakta.handelse")
    assert "kl.\xa004.40, den tid som The payer angav; slutet är inte bekräftat." in told


# what comes later


@pytest.fixture
def enduring():
    """The worked example in which a desk of bank two manages a week without clearing."""
    made = tables()
    made["entity"].append({"id": "desk", "name": "Desk", "kind": "system", "owner": "b2",
                           "needs": [{"provider": "clr", "endurance": "7d"}]})  # fmt: skip
    made["entity"].append({"id": "till", "name": "Till", "kind": "system", "owner": "b1",
                           "needs": [{"provider": "desk", "endurance": "0min"}]})  # fmt: skip
    made["entity"].append(made["entity"][-1] | {"id": "counter", "name": "Counter", "owner": "payer"})
    built, findings = beroenden.build(made)
    assert built is not None, findings
    return built


def test_what_will_be_impaired_is_not_yet(tmp_path, enduring):
    log = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"), model=enduring)
    here = ground(log, "05:00", model=enduring)
    why = {row.actor: row.why for row in contact_list(here, "payer")}
    assert "får nedsatta system från fre 25 dec 04.00: Desk" in why["b2"]
    assert "har nedsatta system" not in why["b2"]
    assert {one.entity: one.state for one in shared_systems(here, "payer")}["desk"] == "will_be_harmed"
    spoken = texts(situation(here, "payer", Order()), "prognos.samverkan")
    assert not any(one.startswith(("Har nedsatta", "Har också")) for one in spoken)
    missing = {one.actor: one.why for one in combine(here).missing}
    assert "får nedsatta system längre fram" in missing["b2"] and "har nedsatta system" not in missing["b2"]


def test_a_deadline_that_was_missed_has_passed_and_one_that_was_not_applies_no_longer(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00", **{"for": "1h"}))
    record_issue(log, "payer", paper(log, "04:30", "payer", approved_by="Krisledare"), MODEL)
    longer = outage("clr", "04:00", supersedes="outage-1", **{"for": "9h"}, time=moment("04:40"))
    append(log, [longer], MODEL)
    record_issue(log, "payer", paper(log, "04:50", "payer", approved_by="Krisledare"), MODEL)
    deadline = [one.value for one in read(log).entries[-1].claims if one.aspect == "latest_recovery"]
    assert deadline
    changes = " ".join(one.text for one in paper(log, "12:00", "payer").changes)
    assert "passerade: Allowance" in changes and "gäller inte längre" not in changes


# what is asked


@pytest.fixture
def houses(tmp_path):
    """The payer has asked bank two; bank two has read it."""
    asker, asked = begun(tmp_path / "payer.toml", "payer", ASK), begun(tmp_path / "b2.toml", "b2")
    exchange = reads(asked, shares(asker, "payer"), tmp_path)
    return asker, asked, exchange


def test_a_request_that_waits_is_among_what_matters_and_what_is_new(houses, tmp_path):
    _, asked, _ = houses
    waits = "The payer väntar på svar: Kan ni hålla öppet? Svar senast fre 2026-12-18 06.00."
    assert waits in texts(paper(asked, "05:12"), "viktigast")
    other = begun(tmp_path / "other.toml", "b2")
    record_issue(other, "b2", paper(other, "05:00", approved_by="Krisledare"), MODEL)
    log = begun(tmp_path / "again.toml", "payer", ASK, outage("clr", "04:00"))
    reads(other, shares(log, "payer"), tmp_path)
    assert any(
        one.text.startswith("Nytt: Begäran från The payer till Bank two") for one in paper(other, "05:20").changes
    )


def test_the_own_answer_reaches_who_asked_and_no_other(houses, tmp_path):
    asker, asked, _ = houses
    append(asked, [ANSWER], MODEL)
    assert texts(paper(asked, "05:25"), "prognos.beslut") == []
    assert not any("väntar på svar" in one for one in texts(paper(asked, "05:25"), "viktigast"))
    (row,) = follow_up(ground(asked, "05:25"), "b2", read(asked)).asked
    assert (row.is_answered, row.answer, row.answered) == (True, "Ja, till 22", moment("05:15"))
    assert "| fre 18 dec 05.15: Ja, till 22 |" in markdown.render(
        followup_document(follow_up(ground(asked, "05:25"), "b2", read(asked)))
    )
    assert not any("hålla öppet" in one.text for one in shares(asked, "b2", at="05:25", to="b1").statements)
    made = shares(asked, "b2", at="05:25", to="payer")
    (answer,) = (one for one in made.statements if "hålla öppet" in one.text)
    assert ("Från", "The payer") in answer.cells
    exchange = reads(asker, made, tmp_path, "05:30")
    said = "Ja, till 22 (delgivning nr 1 från Bank two, fre 2026-12-18 05.25)"
    (row,) = (one for one in paper(asker, "06:30", "payer").statements if one.section == "begaran.atgarder")
    assert dict(row.cells)["Svar"].endswith(said)
    assert not any("obesvarad" in one for one in texts(paper(asker, "06:30", "payer"), "prognos.information"))
    assert follow_up(ground(asker, "06:30"), "payer", read(asker)).requests == ()
    with writing_in("sv"):
        (told,) = requests_told(asker, read(asker), exchange, MODEL, ZONE)
    assert told.startswith("Bank two har svarat på request-1: Ja, till 22")
    assert '--supersedes request-1 --answered "2026-12-18 05.15" --answer "Ja, till 22"' in told


def test_an_answer_is_told_as_one(houses):
    _, asked, _ = houses
    shares(asked, "b2", at="05:12", to="payer")
    append(asked, [ANSWER], MODEL)
    begins = [one.text.partition(":")[0] for one in shares(asked, "b2", at="05:25", to="payer").changes]
    assert begins == ["Besvarad begäran från The payer, fre 2026-12-18 05.15 (”Ja, till 22”)"]


def test_reading_a_request_shows_how_to_answer_until_it_is_answered(houses):
    _, asked, exchange = houses
    with writing_in("sv"):
        (told,) = requests_told(asked, read(asked), exchange, MODEL, ZONE)
    assert told.startswith("The payer väntar på svar (svar senast fre 2026-12-18 06.00): Kan ni hålla öppet?")
    assert "request --actor payer --to b2 --type" in told and '--text "Kan ni hålla öppet?"' in told
    append(asked, [ANSWER], MODEL)
    assert list(requests_told(asked, read(asked), exchange, MODEL, ZONE)) == []


def test_a_request_was_made_when_it_was_first_made(houses):
    asker, _, _ = houses
    answered = ASK | {"supersedes": "request-1", "time": moment("05:30"), "answered": moment("05:25"), "answer": "Ja"}
    append(asker, [answered], MODEL)
    (one,) = (one for one in shares(asker, "payer", at="05:40").statements if one.section == "begaran.atgarder")
    assert one.time == moment("04:20")


# what was done


def test_a_measure_that_was_done_late_is_counted_and_a_decision_concerns_a_deadline(tmp_path):
    late = {"kind": "measure", "type": "operational", "text": "Call", "progress": "done", "due": moment("04:10"),
            "done": moment("04:15"), "effect": "yes"}  # fmt: skip
    log = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"), late)
    record_issue(log, "payer", paper(log, "04:30", "payer", approved_by="Krisledare"), MODEL)
    made = follow_up(ground(log, "12:00"), "payer", read(log))
    assert [one.subject for one in made.missed] == ["allowance 2026-12-18"]
    assert "1 av 1 är genomförd (1 efter sin tid), 0 har passerat sin tid" in markdown.render(followup_document(made))
    append(log, [{"kind": "decision", "text": "Wait", "concerns": ["allowance"], "time": moment("04:35")}], MODEL)
    assert follow_up(ground(log, "12:00"), "payer", read(log)).missed == ()


# what is seen, and what is wrong in a file


FAULT = {"kind": "outage", "payment": "allowance", "share": 0.1, "start": moment("04:00"), "disclose": True}


def late(log, at="05:20", actor="b2"):
    return {run.payment.id: run.delayed_recipients for run in ground(log, at).outcome.late_runs}


def test_a_fault_in_a_file_that_another_tells_of_is_reckoned_with(tmp_path):
    log, own = begun(tmp_path / "payer.toml", "payer", FAULT), begun(tmp_path / "b2.toml", "b2")
    reads(own, shares(log, "payer"), tmp_path)
    assert late(own) == late(log) == {"allowance": 100}
    paper_ = paper(own, "05:20")
    assert not any("har så här många konto" in one.text for one in paper_.statements)
    (told,) = (one for one in combine(ground(own, "05:20")).comparisons if one.aspect == "share")
    assert [voice.text for voice in told.voices] == ["10\xa0%"]
    assert "remaining" not in {one.aspect for one in combine(ground(own, "05:20")).comparisons}
    append(log, [FAULT | {"share": 0.15, "supersedes": "outage-1", "time": moment("05:30")}], MODEL)
    (changed,) = (one.text for one in shares(log, "payer", at="05:40").changes)
    assert changed.startswith("Ändrad andel (var 10\xa0%, nu 15\xa0%): ")
    rows = follow_up(ground(log, "05:50"), "payer", read(log)).comparisons
    assert "Allowance, felet i filen åtgärdat" in {one.name for one in rows}


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        (1, [("04:00", "04:30", 0.0)]),
        (0.8, [("04:00", "04:30", 0.0), ("04:30", None, 0.8)]),
    ],
)
def test_a_level_that_another_has_seen_is_that_of_the_outage_that_it_told_of(tmp_path, level, expected):
    seen = {
        "kind": "observation",
        "entity": "clr",
        "level": level,
        "text": "Seen",
        "time": moment("04:30"),
        "disclose": True,
    }
    log, own = begun(tmp_path / "payer.toml", "payer", outage("clr", "04:00"), seen), begun(tmp_path / "b2.toml", "b2")
    reads(own, shares(log, "payer"), tmp_path)
    known = ground(own, "05:20").known
    spans = [(one.start, one.end, one.remaining) for one in known.scenario.outages]
    assert spans == [(moment(start), end and moment(end), left) for start, end, left in expected]
    assert not known.over[-1]
    assert late(own) == late(log)


def test_what_was_observed_holds_no_longer_than_the_outage(tmp_path):
    seen = {"kind": "observation", "entity": "clr", "level": 0.8, "text": "Seen", "time": moment("04:30")}
    over = outage("clr", "04:00", end=moment("04:45"), supersedes="outage-1", time=moment("05:20"))
    here = ground(begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"), seen, over), "05:30")
    assert [(one.start, one.end) for one in here.known.scenario.pins] == [(moment("04:30"), moment("04:45"))]
    (impact,) = (one for one in here.outcome.entities if one.entity.id == "clr")
    assert impact.restored == moment("04:45")


def test_several_unconfirmed_observations_are_told_as_several(tmp_path):
    def seen(entity):
        return {
            "kind": "observation",
            "entity": entity,
            "level": 0.0,
            "text": "Seen",
            "status": "unconfirmed",
            "time": moment("04:30"),
        }

    log = begun(tmp_path / "log.toml", "payer", seen("clr"), seen("power"))
    (doubt,) = (one for one in texts(paper(log, "04:40", "payer"), "viktigast") if "vilar på" in one)
    assert doubt.startswith("Bedömningen vilar på obekräftade iakttagelser: ") and "Utan dem: " in doubt


def test_the_model_says_of_whom_another_calls_affected_that_it_is_not(tmp_path):
    own = begun(tmp_path / "b2.toml", "b2", outage("power", "04:55"))
    statement = {"section": "prognos.samverkan", "text": "Bank one", "status": "modellberäknad",
                 "claims": [{"subject": "b1", "aspect": "affected", "value": "yes"}]}  # fmt: skip
    entry = {"kind": "received", "time": moment("05:10"), "sender": "payer", "tlp": "TLP:GREEN"}
    append(own, [entry | {"sender_name": "Payer", "statement": [statement]}], MODEL)
    (told,) = (one for one in combine(ground(own, "05:20")).comparisons if one.subject == "b1")
    assert told.model is not None and (told.model.text, told.is_against_model) == ("nej", True)


def test_a_deadline_of_others_accounts_is_not_the_banks():
    outcome = beroenden.simulate(MODEL, [{"entity": "b1", "start": "2026-12-18T04:00", "for": "8h"}])
    payer, bank = (next(one for one in own_runs(outcome, actor)) for actor in ("payer", "b2"))
    assert payer.deadline == payer.run.latest_recovery is not None
    assert bank.late == [] and bank.deadline is None


def test_where_something_has_been_out_is_told_apart(tmp_path):
    over = outage("clr", "04:00", end=moment("04:20"))
    log = begun(tmp_path / "log.toml", "payer", over, outage("power", "04:10"))
    spoken = texts(paper(log, "04:40", "b1"), "prognos.samverkan")
    assert any(one.startswith("Där något har avbrott: ") and "Power" in one and "Clearing" not in one for one in spoken)
    assert any(one.startswith("Där något har haft avbrott: Clearing") for one in spoken)


def test_a_fault_in_the_file_takes_no_deadline_from_a_bank_nor_its_accounts_into_the_fault(tmp_path):
    """The faulty part is late whatever happens; the bank's own accounts still wait for its own outage."""
    own = begun(tmp_path / "b2.toml", "b2", outage("b2", "05:00", **{"for": "30min"}))
    (before,) = (run for run in own_runs(ground(own, "05:05").outcome, "b2"))
    assert before.deadline is not None and not before.late
    reads(own, shares(begun(tmp_path / "payer.toml", "payer", FAULT | {"for": "10h"}), "payer"), tmp_path)
    (run,) = (run for run in own_runs(ground(own, "05:15").outcome, "b2"))
    assert run.run.is_late_by_fault and not run.late
    assert run.deadline == before.deadline
    assert not any("har så här många konto" in one.text for one in paper(own, "05:15").statements)


def test_for_a_bank_complete_is_that_of_its_own_accounts(tmp_path):
    own = begun(tmp_path / "b2.toml", "b2", outage("b2", "04:00", **{"for": "8h"}))
    record_issue(own, "b2", paper(own, "04:30", approved_by="Krisledare"), MODEL)
    append(own, [outage("b2", "04:00", supersedes="outage-1", time=moment("04:40"), **{"for": "9h"})], MODEL)
    changes = " ".join(one.text for one in paper(own, "04:50").changes)
    assert "Klart för konton i Bank two senare" in changes and "ela körningen" not in changes
    rows = {one.name for one in follow_up(ground(own, "04:50"), "b2", read(own)).comparisons}
    assert "Allowance (fre 18 dec), klart för konton i Bank two" in rows


def test_a_fear_that_came_was_said_and_one_that_did_not_is_no_row(tmp_path):
    own = begun(tmp_path / "log.toml", "payer", FEAR, outage("power", "04:10", status="feared"))
    record_issue(own, "payer", paper(own, "04:30", "payer", approved_by="Krisledare"), MODEL)
    append(own, [outage("b1", "04:25", supersedes="outage-1", time=moment("04:40"), status="confirmed")], MODEL)
    rows = {(one.subject, one.aspect): one for one in follow_up(ground(own, "05:00"), "payer", read(own)).comparisons}
    start = rows["b1", "start"]
    assert (start.first, start.now, start.difference) == (moment("04:10"), moment("04:25"), 15)
    assert not any(subject == "power" for subject, _ in rows)


def test_closing_ends_nothing_that_another_answers_for(tmp_path):
    own = begun(tmp_path / "b2.toml", "b2")
    reads(own, shares(begun(tmp_path / "payer.toml", "payer", FAULT), "payer"), tmp_path)
    record_issue(own, "b2", paper(own, "05:20", approved_by="Krisledare"), MODEL)
    append(own, [{"kind": "closed", "text": "Klart", "time": moment("09:00")}], MODEL)
    ends = [one.now for one in follow_up(ground(own, "10:00"), "b2", read(own)).comparisons if one.aspect == "end"]
    assert ends == [NEVER]


def test_a_fault_that_another_tells_is_half_mended_is_so_in_both_houses(tmp_path):
    """What is left of it goes on, and the follow-up takes it for the fault that it was part of."""
    ended = FAULT | {"end": moment("10:00"), "supersedes": "outage-1", "time": moment("10:05"), "status": "confirmed"}
    left = FAULT | {"share": 0.04, "start": moment("10:00"), "time": moment("10:06"), "status": "confirmed"}
    log, own = begun(tmp_path / "payer.toml", "payer", FAULT), begun(tmp_path / "b2.toml", "b2")
    record_issue(log, "payer", paper(log, "05:00", "payer", approved_by="Krisledare"), MODEL)
    append(log, [ended, left], MODEL)
    reads(own, shares(log, "payer", at="10:20"), tmp_path, "10:25")
    for house in (log, own):
        (run,) = ground(house, "10:30").outcome.late_runs
        assert {(round(one.share, 6), one.completed) for one in run.branches if one.bank is None} == {
            (0.06, moment("10:00")),
            (0.04, None),
        }
    rows = follow_up(ground(log, "10:30"), "payer", read(log)).comparisons
    assert [(one.aspect, one.now) for one in rows if one.subject == "allowance"] == [
        ("start", moment("04:00")),
        ("end", NEVER),
    ]
