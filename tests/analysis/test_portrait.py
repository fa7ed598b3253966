"""Portraits say when stages are worked on, which decides when payments are complete."""

from datetime import time

import chain
import pytest
from click.testing import CliRunner

import beroenden
from beroenden.analysis.portrait import portrait
from beroenden.analysis.words import window_words
from beroenden.cli.main import commands
from beroenden.errors import UsageError
from beroenden.language import writing_in
from beroenden.model.payments import Window
from beroenden.modelfiles.read import build
from beroenden.units.numbers import NBSP
from beroenden.views.explorer.details import payment_details

OPEN = "öppet bankdagar 07.00–22.00"


@pytest.fixture(scope="module")
def network():
    network, findings = build(chain.tables())
    assert network is not None, findings
    return network


@writing_in("sv")
def test_a_stage_tells_its_opening_hours(network):
    [stages] = portrait(network, "allowance").sections
    assert [OPEN in when for _, when, _ in stages.rows] == [False, True, False]
    told = [stage["text"] for stage in payment_details(network, network.payment["allowance"])["stages"]]
    assert [OPEN in text for text in told] == [False, True, False]


def stages_of(**last):
    """The second stage of a payment, in words."""
    made = chain.tables()
    made["payment"][0]["stage"][1] |= last
    network, findings = build(made)
    assert network is not None, findings
    [stages] = portrait(network, "allowance").sections
    return [when for _, when, _ in stages.rows]


@pytest.mark.parametrize(
    ("opens", "words"),
    [
        ({"bank_days": -2, "at": time(12)}, "öppnar kl. 12.00, 2 bankdagar före betalningsdagen"),
        ({"bank_days": -1, "at": time(12)}, "öppnar kl. 12.00, 1 bankdag före betalningsdagen"),
        ({"days": 1, "at": time(12)}, "öppnar kl. 12.00, 1 dag efter betalningsdagen"),
        ({"days": 0, "at": time(12)}, "öppnar kl. 12.00 på betalningsdagen"),
    ],
)
@writing_in("sv")
def test_when_a_stage_opens_is_a_time_on_a_day(opens, words):
    """ "2 bank days before at 12:00" reads as before noon."""
    assert stages_of(opens=opens)[1].replace(NBSP, " ").startswith(words)


@pytest.mark.parametrize(
    ("lead", "words"),
    [(0, "levereras samma bankdag"), (1, "levereras 1 bankdag senare"), (2, "levereras 2 bankdagar senare")],
)
@writing_in("sv")
def test_one_bank_day_is_in_the_singular(lead, words):
    assert words in stages_of(lead=lead)[1].replace(NBSP, " ")


@writing_in("sv")
def test_opening_hours_tell_when_and_which_stages(network):
    found = portrait(network, "hours")
    assert found.facts == (("Öppet", "bankdagar 07.00–22.00"),)
    assert found.sections[0].rows == (("Allowance", "clearing"),)
    assert found.to_dict()["window"] == {"id": "hours", "days": "bank", "times": [["07:00:00", "22:00:00"]]}
    assert found.to_dict()["stages"] == [{"payment": "allowance", "stage": "clearing"}]


@writing_in("sv")
def test_the_model_lists_its_opening_hours(network):
    [windows] = [section for section in portrait(network).sections if section.key == "windows"]
    assert windows.rows == (("hours", "bankdagar 07.00–22.00"),)


def test_an_unknown_id_is_no_window_either(network):
    with pytest.raises(UsageError, match=r'no entity, payment or window "huors".*"hours"'):
        portrait(network, "huors")


@pytest.mark.parametrize(
    ("days", "times", "words"),
    [
        ("all", ((0, 0),), "alla dagar hela dygnet"),
        ("bank", ((420, 720), (780, 1080)), "bankdagar 07.00–12.00 och 13.00–18.00"),
        (("mon", "tue", "wed", "fri"), ((1320, 360),), "måndag–onsdag och fredag 22.00–06.00 dagen efter"),
        (("sat", "mon"), ((1200, 0),), "måndag och lördag 20.00–24.00"),
        ((), ((0, 0),), "aldrig"),
    ],
)
@writing_in("sv")
def test_days_and_times_in_words(days, times, words):
    assert window_words(Window("w", days, times)) == words


def test_show_takes_a_window(tmp_path):
    beroenden.save(build(chain.tables() | {"window": [_other(), *chain.tables()["window"]]})[0], tmp_path / "m.toml")
    done = CliRunner().invoke(commands, ["show", str(tmp_path / "m.toml"), "nights"])
    assert done.exit_code == 0, done.output
    assert "22:00–06:00 the day after" in done.stdout


def _other():
    return {"id": "nights", "days": ["mon"], "times": [[time(22), time(6)]]}
