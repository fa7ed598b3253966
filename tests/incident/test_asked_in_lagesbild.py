"""What another actor asks of the own house in its delgivning stands in the own lägesbild."""

import pytest
from chain import network
from delgivningar import begun, delgivning, ground, moment, read, shared

from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

MODEL = network()
HELP = {"kind": "request", "type": "help", "to": "b2", "text": "Kan ni hålla öppet?", "due": moment("16:00"),
        "disclose": True, "tlp": "TLP:GREEN"}  # fmt: skip


def house(tmp_path, *more: dict, language: str = "sv", reader: str = "b2"):
    """The log of an actor that has read a delgivning in which the payer asks something of bank two."""
    sender = begun(tmp_path / "payer.toml", "payer", HELP)
    if more:
        append(sender, more, MODEL)
    made = situation(
        ground(sender, "05:00", "TLP:GREEN", language=language),
        "payer",
        Order("delgivning", "TLP:GREEN", approved_by="Head"),
    )
    own = begun(tmp_path / f"{reader}.toml", reader)
    exchanges, findings = read_exchanges([shared(tmp_path / "from-payer.toml", made)], MODEL, read(own))
    assert exchanges, findings
    append(own, [received_entry(exchanges[0], moment("05:10"), MODEL)], MODEL)
    return own


def told(log, section, actor="b2", **order):
    made = situation(ground(log, "05:30"), actor, Order(**order))
    return [one for one in made.statements if one.section == section]


def test_it_stands_among_the_requests_and_the_decisions_with_its_sender(tmp_path):
    log = house(tmp_path)
    (asked,) = told(log, "begaran.atgarder")
    assert asked.text.startswith("Begäran från The payer till Bank two: Kan ni hålla öppet? Gäller: hjälp.")
    assert asked.text.endswith("Svar: obesvarad.")
    assert (asked.source, asked.tlp) == ("delgivning nr 1 från The payer, fre 2026-12-18 05.00", "TLP:GREEN")
    assert [one.text for one in told(log, "prognos.beslut")] == [asked.text]
    assert asked.text in [one.text for one in told(log, "prognos.beslut", form="kort")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_answered_waits_for_no_decision(tmp_path, language):
    answered = {**HELP, "supersedes": "request-1", "time": moment("04:50"), "answered": moment("04:45"), "answer": "Ja"}
    log = house(tmp_path, answered, language=language)
    (asked,) = told(log, "begaran.atgarder")
    assert ": Ja." in asked.text
    assert told(log, "prognos.beslut") == []


def test_what_is_not_answered_is_seen_in_english_too(tmp_path):
    (waiting,) = told(house(tmp_path, language="en"), "prognos.beslut")
    assert waiting.text.endswith("Answer: not answered.")


def test_it_is_for_the_actor_that_is_asked(tmp_path):
    log = house(tmp_path, reader="b1")
    assert told(log, "begaran.atgarder", "b1") == told(log, "prognos.beslut", "b1") == []


def test_it_is_not_handed_on(tmp_path):
    log = house(tmp_path)
    shares = delgivning(log, "prognos", "fakta", "begaran", at="05:30")
    assert not any("Kan ni hålla öppet?" in one.text for one in (*shares.statements, *shares.changes))
    made = situation(ground(log, "05:30", "TLP:GREEN"), "b2", Order(to="TLP:GREEN"))
    assert not any(one.text.startswith("Begäran från") for one in made.statements)


def test_a_question_that_has_been_answered_is_nobodys_to_be_told_as_unanswered(tmp_path):
    """Bank two has answered in its delgivning, and the payer has not entered it: bank two reads its answer, bank one nothing."""
    asked = HELP | {"tlp": "TLP:CLEAR"}
    sender = begun(tmp_path / "payer.toml", "payer", asked)
    given = {"actor": "payer", "time": moment("05:00"), "answered": moment("04:50"), "answer": "Ja"}
    answered = asked | given
    bank = begun(tmp_path / "b2.toml", "b2", answered)
    made = situation(ground(bank, "05:05", "TLP:GREEN"), "b2", Order("delgivning", "TLP:GREEN", approved_by="Head"))
    exchanges, _ = read_exchanges([shared(tmp_path / "from-b2.toml", made)], MODEL, read(sender))
    append(sender, [received_entry(exchanges[0], moment("05:10"), MODEL)], MODEL)

    def answer_to(reader):
        (row,) = situation(ground(sender, "17:00", reader), "payer", Order("delgivning", reader)).in_section(
            "begaran.atgarder"
        )
        return dict(row.cells)["Svar"]

    assert "Ja" in answer_to("b2")
    assert answer_to("TLP:GREEN") == ""
