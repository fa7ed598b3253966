"""The lägesbild in English: nothing Swedish but the model's own names, and the same content as the Swedish."""

import re
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from chain import network as worked_example
from chain import tables
from situations import markdown_of, situation_of

import beroenden
from beroenden.consequences.outcome import Outcome
from beroenden.consequences.simulate import simulate_scenario
from beroenden.documents.markdown import escape
from beroenden.model.network import Network
from beroenden.modelfiles.scenario import load_scenario

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests/golden/lagesbild-clearing.md"
SWEDISH = re.compile(
    r"[åäöÅÄÖ]|\b(?:och|inte|att|om|av|hos|ingen|inga|aktören\w*|antas|avbrott\w*|bankdag\w*|banker|beror|beslut|betalning\w*|"
    r"cirka|dygn|fel|filen|fre|ons|fakta|prognos|kommunikation|klar\w*|konto\w*|modell\w*|Mkr|kr|mottag\w*|nedsatt\w*|"
    r"orsak\w*|passerad|planerad|saknas|sen|sena|sent|tim|timmar|tid|tids\w*|utan|utbetalning\w*|varar|verifierad)\b",
    re.IGNORECASE,
)
OUTAGES = {
    "unknown length": ("seb", "2026-12-15T13:00", [{"entity": "elnat", "start": "2026-12-15T12:00"}]),
    "uncertain length, too late": (
        "forsakringskassan",
        "2026-12-16T20:00",
        [{"entity": "bankgirot", "start": "2026-12-16T08:00", "for": {"min": "4h", "mode": "14h", "max": "4d"}}],
    ),
    "over by now, in part": (
        "bankgirot",
        "2026-12-17T12:00",
        [{"entity": "telia", "start": "2026-12-16T10:00", "for": "6h", "remaining": 0.3}],
    ),
    "fault in a file": (
        "forsakringskassan",
        "2026-12-23T09:00",
        [{"payment": "sjukpenning", "start": "2026-12-23T00:00", "for": {"p50": "2d", "p90": "5d"}, "share": 0.03}],
    ),
    "nothing late": ("kontanter", "2026-12-15T13:00", [{"entity": "kontanter", "start": "2026-12-15T12:00"}]),
}


@cache
def soes() -> Network:
    return beroenden.load_or_raise(ROOT / "models/soes")


@cache
def clearing() -> Outcome:
    scenario, _ = load_scenario(ROOT / "sample_data/scenarios/clearing-fore-den-20e.toml", soes())
    assert scenario is not None
    return simulate_scenario(soes(), replace(scenario, at=scenario.outages[0].start + 90))


def own_names(network: Network) -> list[str]:
    """What the model itself says, in whatever language, as it stands in the document; the longest first."""
    names = {network.name}
    for entity in network.entities:
        contact = (entity.contact.role, entity.contact.channel) if entity.contact else ()
        names |= {entity.name, entity.provenance.source or "", *(part or "" for part in contact)}
    for payment in network.payments:
        names |= {payment.name, payment.provenance.source or "", *(stage.name for stage in payment.stages)}
    return sorted((escape(name) for name in names if name), key=len, reverse=True)


def swedish_in(text: str, network: Network) -> list[str]:
    """The lines where something Swedish is left once the model's own names are taken out."""
    for name in own_names(network):
        text = text.replace(name, "¤")
    return [line for line in text.splitlines() if SWEDISH.search(line)]


def test_the_document_of_a_sample_scenario_is_english():
    text = markdown_of(situation_of(clearing(), "forsakringskassan", language="en"))
    assert swedish_in(text.replace(clearing().scenario.name, "¤"), soes()) == []
    assert "Wednesday 16 December 2026 at\xa008:00" in text
    assert "misses the cut-off Wed 2026-12-16 19:00" in text
    assert "about\xa01,150,000 payouts" in text


@pytest.mark.parametrize("case", OUTAGES)
def test_every_kind_of_outage_is_told_in_english(case, monkeypatch):
    monkeypatch.setenv("BEROENDEN_LANG", "sv")
    actor, at, outages = OUTAGES[case]
    made = situation_of(beroenden.simulate(soes(), outages, at=at), actor, is_exercise=False, language="en")
    assert swedish_in(markdown_of(made), soes()) == []
    for statement in made.statements:
        told = "\n".join((statement.text, statement.source, *(part for cell in statement.cells for part in cell)))
        assert swedish_in(escape(told), soes()) == []


@pytest.mark.parametrize("sparse", [False, True])
def test_what_a_model_registers_or_lacks_is_told_in_english(sparse):
    given = tables()
    for entity in given["entity"]:
        if entity["id"] == "clr":
            entity |= {"rto": "4h", "source": "agreement", **({} if sparse else {"verified": date(2026, 9, 1)})}
    if sparse:
        del given["payment"][0]["count"]
    model, _ = beroenden.build(given)
    outages = [{"entity": one, "start": "2026-12-18T04:00", "for": "5h"} for one in ("clr", "sys")]
    made = situation_of(beroenden.simulate(model, outages, at="2026-12-18T04:30"), "payer", language="en")
    text = markdown_of(made)
    assert swedish_in(text, model) == []
    assert ("without a date of verification" if sparse else "verified 2026-09-01") in text
    assert ("an unknown number of payouts" in text) == sparse
    assert "misses the release Fri 2026-12-18 06:00" in text
    assert "restored on Friday 18 December 2026 at\xa009:00" in text


def test_the_check_sees_swedish():
    text = markdown_of(situation_of(clearing(), "forsakringskassan"))
    prose = [line for line in text.splitlines() if re.search(r"[a-zåäö]{3}", line)]
    assert len(swedish_in(text, soes())) > 0.9 * len(prose)


def test_both_languages_say_the_same_things_with_the_same_status():
    swedish, english = (situation_of(clearing(), "forsakringskassan", language=one) for one in ("sv", "en"))
    for given in ("section", "status", "time", "path", "tlp"):
        assert [getattr(one, given) for one in swedish.statements] == [
            getattr(one, given) for one in english.statements
        ]
    assert markdown_of(swedish).count("\n") == markdown_of(english).count("\n")
    assert (swedish.to_dict()["language"], english.to_dict()["language"]) == ("sv", "en")


@pytest.mark.parametrize("spoken", ["sv", "en"])
def test_the_swedish_is_as_approved_whatever_is_spoken_and_was_written_before(spoken, monkeypatch):
    monkeypatch.setenv("BEROENDEN_LANG", spoken)
    outages = [{"entity": "clr", "start": "2026-12-18T04:00", "for": "5h"}]
    outcome = beroenden.simulate(worked_example(), outages, at="2026-12-18T04:30")
    english = markdown_of(situation_of(outcome, "payer", language="en"))
    assert markdown_of(situation_of(outcome, "payer")) == GOLDEN.read_text("utf-8") != english
