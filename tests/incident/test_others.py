"""What other actors say stands among what matters most: in their words, and for a bank with its own customers."""

import pytest
from chain import network
from delgivningar import begun, delgivning, ground, moment, outage, read, shared

from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append


@pytest.fixture
def bank(tmp_path):
    """The log of bank two, which has read what the payer computes of an outage that it has not shared."""
    out = {**outage("clr", "04:00"), "disclose": False}
    sender = begun(tmp_path / "payer.toml", "payer", out)
    file = shared(tmp_path / "from-payer.toml", delgivning(sender, "viktigast", "prognos.betalningar"))
    own = begun(tmp_path / "b2.toml", "b2")
    exchanges, _ = read_exchanges([file], network(), read(own))
    append(own, [received_entry(exchanges[0], moment("05:10"), network())], network())
    return own


def highlights(log, actor="b2", **order):
    return [
        one for one in situation(ground(log, "05:30"), actor, Order(**order)).statements if one.section == "viktigast"
    ]


def test_the_senders_word_leads_where_the_own_computation_knows_nothing_of_it(bank):
    first, second, third, *_ = highlights(bank)
    assert first.text.startswith("Enligt The payer (läget 05.00): ")
    assert "Allowance" in first.text
    assert first.source.startswith("delgivning nr 1 från The payer")
    assert (
        "så här många konto i Bank two (andelen ur modellen): Allowance (fre 18 dec) 600. Om just de"
        in second.text.replace("\xa0", " ")
    )
    assert third.text.startswith("Loggen har inget avbrott och ingen nedsatt nivå, så inget är beräknat.")


def test_it_is_not_handed_on(bank):
    assert not [one for one in highlights(bank, form="delgivning", disclosed=("viktigast",)) if "Enligt" in one.text]


def test_after_an_own_report_the_own_verdict_leads(bank):
    append(bank, [{**outage("clr", "04:00"), "time": moment("05:20")}], network())
    told = [one.text for one in highlights(bank)]
    assert "dessa betalningar sena: Allowance" in told[0]
    assert any(text.startswith("Enligt The payer (läget 05.00): ") for text in told[1:])


def test_what_others_said_is_late_matters_until_it_should_have_come(tmp_path):
    """Back at eleven, the clearing delivers at two o'clock: that afternoon all of it has come, by the payer's own word."""
    out = outage("clr", "04:00", end=moment("11:00")) | {"disclose": False}
    sender = begun(tmp_path / "payer.toml", "payer", out)
    file = shared(tmp_path / "from-payer.toml", delgivning(sender, "viktigast", "prognos.betalningar"))
    own = begun(tmp_path / "b2.toml", "b2")
    exchanges, _ = read_exchanges([file], network(), read(own))
    append(own, [received_entry(exchanges[0], moment("05:10"), network())], network())
    early, late = (
        [one.text for one in situation(ground(own, at), "b2", Order()).statements if one.section == "viktigast"]
        for at in ("12:00", "15:00")
    )
    assert any("sena" in text for text in early if text.startswith("Enligt The payer"))
    assert not any("sena" in text for text in late if text.startswith("Enligt The payer"))
