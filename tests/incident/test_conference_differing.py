"""What others have told of an outage that the own log has otherwise, in the paper of a conference: asked of who told it."""

import pytest
from chain import tables
from delgivningar import begun, delgivning, ground, moment, outage, read, shared

import beroenden
from beroenden.incident.conference import conference
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.log.write import append

MODEL, _ = beroenden.build(
    tables() | {"audience": [{"actor": one, "tlp": "TLP:GREEN"} for one in ("payer", "b1", "b2", "clr")]}
)
OVER = outage("clr", "04:00", end=moment("04:30"), time=moment("04:35"))
ESTIMATED = {"for": {"min": "2h", "mode": "5h", "max": "9h"}}


@pytest.fixture
def held(tmp_path):
    """Prepare a conference of the payer, which has some outages and has been told others."""

    def made(own: list[dict], language="sv", to=None, **told: list[dict]):
        log = begun(tmp_path / "own.toml", "payer", *own, model=MODEL)
        for sender, entries in told.items():
            teller = begun(tmp_path / f"{sender}.toml", sender, *entries, model=MODEL)
            file = shared(tmp_path / f"from-{sender}.toml", delgivning(teller, model=MODEL))
            exchanges, findings = read_exchanges([file], MODEL, read(log, MODEL))
            assert exchanges, findings
            append(log, [received_entry(exchanges[0], moment("05:01"), MODEL)], MODEL)
        found = conference(ground(log, "05:20", to, MODEL, language=language), "payer")
        return {one.contact.actor: one for one in found.participants}

    return made


def asked(participants, actor: str) -> list[str]:
    return [one.replace("\xa0", " ") for one in participants[actor].questions]


@pytest.mark.parametrize(
    ("language", "why", "question"),
    [
        (
            "sv",
            "har haft ett avbrott (åtgärdat enligt loggen, men pågår enligt Clearing)",
            "i loggen upphörde det fre 2026-12-18 04.30, men enligt Clearing (fre 2026-12-18 05.00) beräknas det vara "
            "åtgärdat fre 2026-12-18 09.00. Vad gäller?",
        ),
        (
            "en",
            "has had an outage (resolved by the log, but goes on according to Clearing)",
            "in the log it ended Fri 2026-12-18 04:30, but according to Clearing (Fri 2026-12-18 05:00) it is expected to be "
            "resolved Fri 2026-12-18 09:00. Which holds?",
        ),
    ],
)  # fmt: skip
def test_what_its_owner_confirms_goes_on_is_not_told_as_resolved_alone_and_is_asked(held, language, why, question):
    found = held([OVER], language, clr=[outage("clr", "04:00", time=moment("04:50"), **ESTIMATED)])
    assert why in found["clr"].contact.why.replace("\xa0", " ")
    assert any(question in one for one in asked(found, "clr"))


def test_what_all_have_over_is_told_as_resolved_and_not_asked(held):
    found = held([OVER], clr=[OVER])
    assert "har haft ett avbrott (åtgärdat)" in found["clr"].contact.why
    assert not any("Vad gäller?" in one for one in asked(found, "clr"))


def test_a_level_and_a_doubt_are_asked_of_who_told_them(held):
    half = outage("clr", "04:00", time=moment("04:50"), remaining=0.4)
    (level,) = (one for one in asked(held([outage("clr", "04:00")], b1=[half]), "b1") if "förmågan kvar" in one)
    assert "men enligt Bank one var det 40 %" in level


def test_an_outage_that_is_unconfirmed_in_the_own_log_is_asked_of_who_confirms_it(held):
    own = outage("clr", "04:00", status="unconfirmed")
    found = asked(held([own], clr=[outage("clr", "04:00", time=moment("04:50"))]), "clr")
    assert any("i loggen är det obekräftat, men Clearing" in one and one.endswith("Vad gäller?") for one in found)


def test_each_is_asked_of_its_own_word_alone(held):
    ended = [outage("clr", "04:00", end=moment(end), time=moment("04:55")) for end in ("04:40", "04:50")]
    found = held([outage("clr", "04:00")], b1=ended[:1], b2=ended[1:])
    for actor, end, other in (("b1", "04.40", "Bank two"), ("b2", "04.50", "Bank one")):
        (question,) = (one for one in asked(found, actor) if "Vad gäller?" in one)
        assert end in question
        assert other not in question


def test_an_end_that_is_only_assumed_is_not_asked_of_as_one_that_has_been(held):
    told = outage("clr", "04:00", end=moment("04:40"))
    assert not any("har upphört enligt" in one for one in asked(held([outage("clr", "04:00")], b1=[told]), "b1"))


def test_another_reader_is_told_of_no_difference(held):
    told = [outage("clr", "04:00", time=moment("04:50"), **ESTIMATED)]
    found = held([OVER], to="b2", clr=told)
    assert not any("Vad gäller?" in one for actor in found for one in asked(found, actor))
    assert not any("men pågår enligt" in one.contact.why for one in found.values())
