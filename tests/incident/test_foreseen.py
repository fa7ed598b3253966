"""What others foresee stands after the own prognosis, as far as it holds still."""

from chain import network
from delgivningar import begun, ground, moment, outage

from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

MODEL = network()


def read_from_bank_one(path, *statements, at="04:30"):
    entry = {"kind": "received", "time": moment("04:40"), "sender": "b1", "sender_name": "Bank one", "number": 1,
             "at": moment(at), "tlp": "TLP:GREEN", "hash": "sha256:0", "statement": list(statements)}  # fmt: skip
    append(path, [entry], MODEL)
    return path


def statement(section, text, status="modellberäknad", **more):
    return {"section": section, "text": text, "status": status, "tlp": "TLP:GREEN", **more}


def told(path, section, at="05:30"):
    made = situation(ground(path, at), "payer", Order(form="kort"))
    return [one.text for one in made.in_section(section)]


def test_own_deadlines_stand_first_and_others_that_have_passed_are_gone(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"))
    passed, ahead = (statement("prognos.beslut", f"Tidsfrist {one}", said=moment(one)) for one in ("05:00", "06:00"))
    own, others = (
        told(read_from_bank_one(log, passed, ahead), "prognos.beslut")[:-1],
        "Enligt Bank one: Tidsfrist 06:00",
    )
    assert own and not any(one.startswith("Enligt") for one in own)
    assert told(log, "prognos.beslut")[-1] == others
    assert "Enligt Bank one: Tidsfrist 05:00" in told(log, "prognos.beslut", at="04:50")


def test_what_the_own_log_answers_is_not_asked_in_others_words(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"), outage("power", "04:00"))
    questions = (
        "Avbrott i Clearing: när beräknas det vara åtgärdat? Längden är okänd.",
        "Outage of Clearing: when is it expected to be resolved? The length is unknown.",
        "Avbrott i Power: när beräknas det vara åtgärdat? Längden är okänd.",
        "Vem ringer?",
    )
    read_from_bank_one(log, *(statement("prognos.information", one, "okänd") for one in questions))
    asked = [f"Enligt Bank one: {one}" for one in questions]
    assert [one for one in told(log, "prognos.information") if one.startswith("Enligt")] == asked
    ended = outage("clr", "04:00", end=moment("05:10"), time=moment("05:20"), supersedes="outage-1", status="confirmed")
    append(log, [ended], MODEL)
    assert [one for one in told(log, "prognos.information") if one.startswith("Enligt")] == asked[2:]
    assert told(log, "prognos.information")[0].startswith("Avbrott i Power")


def test_of_an_outage_that_began_since_nobody_has_asked(tmp_path):
    over = outage("clr", "04:50", end=moment("05:10"), time=moment("05:20"))
    log = begun(tmp_path / "log.toml", "payer", over)
    question = "Avbrott i Clearing: när beräknas det vara åtgärdat? Längden är okänd."
    read_from_bank_one(log, statement("prognos.information", question, "okänd"))
    assert f"Enligt Bank one: {question}" in told(log, "prognos.information")
