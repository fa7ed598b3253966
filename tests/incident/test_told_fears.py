"""What others fear is said in the own house's papers, with that nothing is reckoned of it; to no other reader."""

import pytest
from chain import network
from delgivningar import begun, ground, moment, outage

from beroenden.documents.combined import combined_document
from beroenden.documents.followup import followup_document
from beroenden.documents.markdown import render
from beroenden.incident.combined import combine
from beroenden.incident.conference import conference
from beroenden.incident.followup import follow_up
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append
from beroenden.incident.told_fears import told_fears

MODEL = network()
SAYS = "Avbrott i Clearing befaras av Bank one från fre 2026-12-18 06.00 och ingår inte i prognosen."


def fearing(path, subject="clr", start="06:00", at="04:30", number=1):
    claims = [{"subject": subject, "aspect": "feared", "value": f"2026-12-18T{start}+01:00"}]
    said = {
        "section": "fakta.handelse",
        "text": "Feared.",
        "status": "obekräftad",
        "tlp": "TLP:GREEN",
        "claims": claims,
    }
    entry = {"kind": "received", "time": moment(at), "sender": "b1", "sender_name": "Bank one", "number": number,
             "at": moment(at), "tlp": "TLP:AMBER", "hash": "sha256:0", "statement": [said] if subject else []}  # fmt: skip
    append(path, [entry], MODEL)
    return path


def told(path, section, at="05:00", to=None):
    made = situation(ground(path, at, to), "payer", Order(to=to or ""))
    return [one.text for one in made.in_section(section) if "Bank one" in one.text]


def test_it_is_said_first_where_nothing_is_out_and_among_the_assumptions(tmp_path):
    log = fearing(begun(tmp_path / "log.toml", "payer"))
    assert [one.startswith(SAYS) for one in told(log, "viktigast")] == [True]
    assert [one.startswith(SAYS) for one in told(log, "prognos.antaganden")] == [True]
    past = told(log, "viktigast", at="07:00")[0]
    assert "befarades av Bank one" in past and "inget säger att det har inträffat" in past
    assert not told(log, "prognos.antaganden", to="TLP:AMBER")


def test_beside_what_is_out_it_is_an_assumption(tmp_path):
    log = fearing(begun(tmp_path / "log.toml", "payer", outage("power", "04:00")))
    assert not told(log, "viktigast")
    assert told(log, "prognos.antaganden")[0].startswith(SAYS)


@pytest.mark.parametrize(
    "entry",
    [
        outage("clr", "04:00"),
        outage("clr", "08:00", status="feared"),
        {"kind": "observation", "entity": "clr", "level": 1.0, "text": "Works", "time": moment("06:30")},
        {"kind": "closed", "text": "Over", "time": moment("06:30")},
    ],
    ids=["out", "own fear", "works since", "closed since"],
)
def test_what_is_known_goes_before_it(tmp_path, entry):
    log = fearing(begun(tmp_path / "log.toml", "payer"))
    assert told_fears(ground(log, "07:00"))
    append(log, [{"time": moment("04:40"), "status": "confirmed", **entry}], MODEL)
    assert not told_fears(ground(log, "07:00"))


def test_an_outage_that_was_over_before_does_not_and_a_later_delgivning_does(tmp_path):
    over = outage("clr", "04:00", end=moment("04:20"))
    log = fearing(begun(tmp_path / "log.toml", "payer", over))
    assert told_fears(ground(log))
    fearing(log, "", at="04:50", number=2)
    assert not told_fears(ground(log))


def test_the_conference_and_the_combined_report_say_it_too(tmp_path):
    log = fearing(begun(tmp_path / "log.toml", "payer"))
    meeting = conference(ground(log), "payer")
    assert meeting.is_feared
    assert any(one.text.startswith(SAYS) for one in meeting.ground)
    text = render(combined_document(combine(ground(log))))
    assert f"- {SAYS}" in text
    assert SAYS not in render(combined_document(combine(ground(log, to="TLP:AMBER"))))


def test_the_follow_up_tells_of_what_was_feared_and_did_not_come(tmp_path):
    log = fearing(begun(tmp_path / "log.toml", "payer", outage("power", "06:30", status="feared")))
    assert not follow_up(ground(log), "payer").unfulfilled
    later = follow_up(ground(log, "07:00"), "payer")
    assert [(one.subject, one.by) for one in later.unfulfilled] == [("clr", "Bank one"), ("power", "")]
    text = render(followup_document(later))
    assert "- Avbrott i Clearing från fre 2026-12-18 06.00 (befarat av Bank one)" in text
    assert "- Avbrott i Power från fre 2026-12-18 06.30 (befarat i den egna loggen)" in text
    assert not follow_up(ground(log, "07:00", to="TLP:AMBER"), "payer").unfulfilled
    append(log, [{**outage("clr", "06:00"), "status": "confirmed", "time": moment("06:10")}], MODEL)
    assert [one.subject for one in follow_up(ground(log, "07:00"), "payer").unfulfilled] == ["power"]
