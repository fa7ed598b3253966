"""What a delgivning that is read in says of what the own log has otherwise: assumed ends, plans that have passed, two differences."""

import shlex
from pathlib import Path

import pytest
from chain import network
from click.testing import CliRunner
from delgivningar import begun, delgivning, moment, outage, shared

import beroenden
from beroenden.cli.main import commands
from beroenden.incident.log.entries import OutageEntry
from beroenden.incident.log.read import load_log
from beroenden.incident.log.write import append

ESTIMATED = {"for": {"min": "2h", "mode": "5h", "max": "9h"}}


def run(*arguments: object):
    return CliRunner().invoke(commands, [str(argument) for argument in arguments])


@pytest.fixture(params=["en", "sv"])
def language(request, monkeypatch) -> str:
    monkeypatch.setenv("BEROENDEN_LANG", request.param)
    return request.param


@pytest.fixture
def log(tmp_path) -> Path:
    beroenden.save(network(), tmp_path / "model.toml")
    return begun(tmp_path / "log.toml", "payer")


def imported(log: Path, *told: dict, own: tuple[dict, ...] = (), sender="b1", at="05:30", came="05.40") -> str:
    """What is said when a delgivning is read in beside own entries."""
    append(log, [*own], network())
    teller = log.parent / f"{sender}-{at[:2]}.toml"
    path = begun(teller, sender, *told)
    file = shared(log.parent / f"from-{teller.name}", delgivning(path, at=at))
    return run("incident", "import", log, file, "--time", f"2026-12-18 {came}").stderr.replace("\xa0", " ")


def own_outage(start: str = "04:00", **more: object) -> dict:
    return outage("clr", start, status="confirmed", time=moment("04:30")) | more


@pytest.mark.parametrize(
    ("status", "said", "verb"),
    [
        ("confirmed", "04:20", ("assumes that the outage of clr ended", "antar att avbrottet i clr upphörde")),
        ("unconfirmed", "05:10", ("assumes that the outage of clr ended", "antar att avbrottet i clr upphörde")),
        ("confirmed", "05:10", ("says that the outage of clr ended", "uppger att avbrottet i clr upphörde")),
    ],
    ids=["an estimate that has passed", "unconfirmed", "confirmed"],
)
def test_an_end_that_its_teller_assumes_is_not_offered_as_one_that_has_been(log, language, status, said, verb):
    told = outage("clr", "04:01", end=moment("05:00"), status=status, time=moment(said))
    text = imported(log, told, own=(own_outage(),))
    assert f"Bank one {verb[language == 'sv']}" in text
    is_sure = (status, said) == ("confirmed", "05:10")
    assert ("--end" in text) is is_sure
    note = {"en": "The end is not confirmed: ask the sender", "sv": "Slutet är inte bekräftat: fråga avsändaren"}
    assert (note[language] in text) is not is_sure


@pytest.mark.parametrize(
    ("came", "verb", "is_offered"),
    [
        ("05.40", ("says that the outage of clr ends", "uppger att avbrottet i clr upphör "), True),
        ("09.40", ("said that the outage of clr was to end", "uppgav att avbrottet i clr skulle upphöra"), False),
    ],
)
def test_an_end_that_was_ahead_when_it_was_told_was_to_be_once_it_has_passed(log, language, came, verb, is_offered):
    text = imported(log, outage("clr", "04:01", end=moment("08:00")), own=(own_outage(),), came=came)
    assert verb[language == "sv"] in text
    assert ('--end "2026-12-18 08.00"' in text) is is_offered


def test_an_estimate_and_a_level_that_differ_are_both_told_and_accepted_by_one_command(log, language):
    told = outage("clr", "04:01", remaining=0.3, time=moment("05:10"), **ESTIMATED)
    text = imported(log, told, own=(own_outage(),))
    both = {
        "en": "at 2 h–9 h, most likely 5 h and says that 30% of the capacity of clr is left (0% in the log), but the own entry "
        "outage-1 outranks it. To accept the estimate and the level:",
        "sv": "till 2 tim–9 tim, troligast 5 tim och uppger att 30 % av förmågan är kvar i clr (0 % i loggen), men den egna "
        "posten outage-1 går före. Godtas uppskattningen och nivån:",
    }
    assert both[language] in text
    (command,) = (line for line in text.splitlines() if "--supersedes" in line)
    assert run(*shlex.split(command)[1:], "--time", "2026-12-18 05.46").exit_code == 0
    entry = load_log(log, network())[0].of(OutageEntry)[-1]
    assert (entry.outage.remaining, entry.outage.length is not None, entry.source) == (0.3, True, "Bank one")


def test_a_level_alone_that_differs_is_told_unless_the_own_log_has_seen_it_since(log):
    told = outage("clr", "04:01", remaining=0.3, time=moment("05:10"))
    seen = {"kind": "observation", "entity": "clr", "level": 0.2, "text": "Seen", "time": moment("05:20")}
    assert "--supersedes outage-1 --remaining 0.3" in imported(log, told, own=(own_outage(),))
    assert "outranks" not in imported(log, told, own=(seen,), sender="b2")


def test_the_level_of_a_later_part_is_offered_from_when_that_began(log):
    told = outage("clr", "04:01", end=moment("04:40")), outage("clr", "04:40", remaining=0.5, time=moment("05:10"))
    text = imported(log, *told, own=(own_outage(),))
    assert "b1 says" not in text
    assert "clr had 50% of its capacity Fri 2026-12-18 04:40" in text
    assert "--remaining" not in text


def test_an_estimate_after_the_end_of_the_own_log_is_told_where_it_is_said_later(log):
    over = own_outage(end=moment("04:25"))
    assert "estimates the outage" in imported(
        log, outage("clr", "04:01", time=moment("05:10"), **ESTIMATED), own=(over,)
    )
    assert "estimates the outage" not in imported(log, outage("clr", "04:01", **ESTIMATED), sender="b2")


@pytest.mark.parametrize(
    ("own", "others", "told"),
    [
        (
            (own_outage("08:00"),), "",
            (
                "no longer tells of the outage of clr, but it still counts by the own log (outage-1)",
                "uppger inte längre avbrottet i clr, men det räknas ännu enligt den egna loggen (outage-1)",
            ),
        ),
        (
            (), "b2",
            (
                "no longer tells of the outage of clr, but it still counts according to Bank two",
                "uppger inte längre avbrottet i clr, men det räknas ännu enligt Bank two",
            ),
        ),
        (
            (own_outage("04:00", end=moment("04:10")),), "",
            (
                "no longer tells of the outage of clr, and it counts no more",
                "uppger inte längre avbrottet i clr, och det räknas inte mer",
            ),
        ),
    ],
    ids=["own", "another's", "of another outage"],
)  # fmt: skip
def test_what_a_sender_tells_no_longer_counts_by_the_word_of_the_others(log, language, own, others, told):
    plan = outage("clr", "08:00", end=moment("09:00"))
    imported(log, plan, own=own)
    if others:
        imported(log, plan, sender=others)
    text = imported(log, outage("sys", "05:40", time=moment("06:00")), at="06:00", came="06.10")
    assert told[language == "sv"] in text


@pytest.mark.parametrize("is_told", [True, False], ids=["the plan is told too", "the fault alone"])
def test_a_fault_before_an_own_plan_is_not_offered_as_the_end_of_the_plan(log, is_told):
    plan = own_outage("09:00", end=moment("10:00"), time=moment("04:00"))
    fault = outage("clr", "05:00", end=moment("09:30"), time=moment("05:10"))
    text = imported(log, fault, *([plan] if is_told else []), own=(plan,))
    assert "outage-1" not in text
    assert "--end" not in text
