"""What is over is told as past in the contact list and in the samlad lägesbild."""

from dataclasses import replace

import pytest
from chain import network, tables
from delgivningar import begun, ground, outage
from logs import OUT, log_of, minute, situation_at

import beroenden
from beroenden.documents import markdown
from beroenden.documents.contacts import contacts_document
from beroenden.incident.basis import basis
from beroenden.incident.combined import combine
from beroenden.incident.contacts import contact_list
from beroenden.incident.known import known_at, known_from
from beroenden.incident.responsibility import shared_systems

ENDED = """
[[outage]]
id = "outage-2"
time = 2026-12-18T12:10:00+01:00
status = "confirmed"
entity = "clr"
start = 2026-12-18T04:00:00+01:00
end = 2026-12-18T12:00:00+01:00
supersedes = "outage-1"
"""
AGAIN = """
[[outage]]
id = "outage-3"
time = 2026-12-18T14:10:00+01:00
status = "confirmed"
entity = "clr"
start = 2026-12-18T14:00:00+01:00
"""


@pytest.fixture
def model():
    """The worked example in which bank two needs clearing as well, and has a desk that needs it."""
    given = tables()
    given["entity"][5]["needs"] = [{"provider": "clr", "endurance": "0min"}]
    given["entity"].append(
        {"id": "desk", "name": "Desk", "kind": "system", "owner": "b1", "needs": [{"provider": "clr"}]}
    )
    made, findings = beroenden.build(given)
    assert made is not None, findings
    return made


def at(model, folder, text, time, language="sv"):
    return basis(model, known_at(log_of(folder, text, model), minute(time), model), language=language)


def whys(ground) -> dict[str, str]:
    return {row.actor: row.why for row in contact_list(ground, "payer")}


@pytest.mark.parametrize(
    ("language", "cause", "system", "bank", "states"),
    [
        (
            "sv", "har haft ett avbrott (åtgärdat)", "har haft nedsatta system: Desk",
            "bankens kunder har fått pengar sent; den egna verksamheten har varit nedsatt",
            ("Clearing (har haft avbrott)",),
        ),
        (
            "en", "has had an outage (resolved)", "has had impaired systems: Desk",
            "the bank's customers received money late; its own operations have been impaired",
            ("Clearing (has had an outage)",),
        ),
    ],
)  # fmt: skip
def test_what_is_over_is_told_as_past(tmp_path, model, language, cause, system, bank, states):
    found = at(model, tmp_path, OUT + ENDED, "20:00", language)
    told = whys(found)
    assert told["clr"] == cause
    assert system in told["b1"]
    assert told["b2"] == bank
    assert [one.state for one in shared_systems(found, "payer")] == ["was_out"]
    text = markdown.render(contacts_document(found, "payer"))
    assert all(state in text for state in states)


def test_until_it_is_over_it_is_told_as_present(tmp_path, model):
    found = at(model, tmp_path, OUT + ENDED, "11:00")
    told = whys(found)
    assert told["clr"] == "har själv ett avbrott (obekräftat)"
    assert "har nedsatta system: Desk" in told["b1"]
    assert told["b2"] == "bankens kunder får pengar sent; den egna verksamheten är nedsatt"
    assert [one.state for one in shared_systems(found, "payer")] == ["out"]


def test_what_is_out_again_is_not_over(tmp_path, model):
    found = at(model, tmp_path, OUT + ENDED + AGAIN, "15:00")
    assert whys(found)["clr"] == "har själv ett avbrott"
    assert [one.state for one in shared_systems(found, "payer")] == ["out"]


def test_a_payer_whose_payments_have_all_come_has_paid_late(tmp_path, model):
    text = OUT + ENDED
    for time, words in (("11:00", "betalar sent: Allowance (fre 18 dec)"), ("20:00", "har betalat sent: Allowance")):
        rows = contact_list(at(model, tmp_path, text, time), "b2")
        assert {row.actor: row.why for row in rows}["payer"].startswith(words)


def test_an_outage_of_a_scenario_is_assumed_to_be_over_by_its_end(model):
    given = [{"entity": "clr", "start": "2026-12-18T04:00", "end": "2026-12-18T05:00"}]
    scenario = beroenden.simulate(model, given).scenario
    for time, words in (
        ("04:30", "har själv ett avbrott"),
        ("06:00", "har haft ett avbrott (antas ha upphört, inte bekräftat)"),
    ):
        known = known_from(replace(scenario, at=minute(time)))
        assert whys(basis(model, known))["clr"] == words


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("11:00", {"dess kunder får pengar sent", "har nedsatta system"}),
        ("20:00", {"dess kunder har fått pengar sent", "har haft nedsatta system"}),
    ],
)
def test_who_has_not_contributed_is_or_was_affected(tmp_path, model, time, expected):
    own = begun(tmp_path / "own.toml", "payer", outage("clr", "04:00", id="outage-1"), model=model)
    own.write_text(own.read_text("utf-8") + ENDED, "utf-8")
    missing = {one.actor: set(one.why) for one in combine(ground(own, time, None, model)).missing}
    assert missing["b2"] == expected


def test_the_worked_example_alone_is_over_too(tmp_path):
    made = network()
    assert whys(at(made, tmp_path, OUT + ENDED, "20:00"))["clr"] == "har haft ett avbrott (åtgärdat)"


@pytest.mark.parametrize("reader", [None, "TLP:GREEN"])
def test_an_estimate_that_has_passed_is_told_as_passed_to_every_reader(tmp_path, reader):
    made = network()
    log = log_of(tmp_path, OUT.rstrip() + '\nfor = { min = "2h", mode = "3h", max = "5h" }\ndisclose = true\n', made)
    for time, passed in (("08:59", False), ("09:00", True)):
        texts = [one.text for one in situation_at(made, log, time, reader).statements if one.entry == "outage-1"]
        assert len(texts) == 1
        assert ("uppskattades till högst 5\xa0tim; den tiden har gått" in texts[0]) is passed
        assert ("uppskattas till mellan" in texts[0]) is not passed
