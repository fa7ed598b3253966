"""What a cell says, as people and spreadsheets write it."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from beroenden.interop.questionnaire.cells import Answer, Said, Silence, answer
from beroenden.interop.questionnaire.columns import NEEDS, OTHERS, PAYMENTS, RESOURCES, Part
from beroenden.interop.questionnaire.endurance import Endurance
from beroenden.interop.questionnaire.table import Row, Table
from beroenden.interop.sheets import Sheet
from beroenden.model.entities import Step
from beroenden.modelfiles.findings import Report


def says(part: Part, name: str, value: Any, unit: str = "") -> tuple[Answer, list[str]]:
    """What a cell says, and the codes of what is found."""
    report = Report()
    table = Table(part, report, Path("f.xlsx"), Sheet("Blad", {}), 1, {name: 3}, {name: unit})
    said = answer(Row(table, 7, {name: value}), part.column(name), None)
    assert all((one.line, one.column) == (7, 3) for one in report.findings)
    return said, [one.code for one in report.findings]


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("4 tim", 240), ("4 tim.", 240), ("4h", 240), ("1,5 h", 90), ("1.5 timmar", 90), ("1 dygn", 1440),
        ("PT4H", 240), ("1d 6h", 1800), ("1 dygn och 6 tim", 1800), ("1½ tim", 90), ("2 v.", 20160),
        ("90 min", 90), ("0", 0), (0, 0),
    ],
)  # fmt: skip
def test_a_duration(value, minutes):
    assert says(RESOURCES, "rto", value) == (Said(minutes), [])


@pytest.mark.parametrize(
    ("value", "minutes"),
    [
        ("fyra timmar", 240), ("en och en halv timme", 90), ("två och en halv timme", 150), ("2 och en halv timme", 150),
        ("en halv timme", 30), ("halvtimme", 30), ("tre kvart", 45), ("tjugofyra timmar", 1440), ("04:30", 270), ("4:30", 270),
        ("72:00:00", 4320),
    ],
)  # fmt: skip
def test_a_duration_in_words_or_as_a_time_of_day_is_told(value, minutes):
    assert says(RESOURCES, "rto", value) == (Said(minutes), ["B839"])


@pytest.mark.parametrize(
    ("value", "minutes"), [(time(4, 30), 270), (timedelta(hours=30), 1800), (datetime(1900, 1, 1, 6), 1800)]
)
def test_a_time_of_a_spreadsheet_is_a_duration_and_told(value, minutes):
    assert says(RESOURCES, "rto", value) == (Said(minutes), ["B839"])


@pytest.mark.parametrize(
    ("part", "name", "value", "meant"),
    [
        (RESOURCES, "säkerhet", "ganska säker", "medium"), (RESOURCES, "säkerhet", "Säker", "high"),
        (RESOURCES, "typ", "it-system", "system"), (RESOURCES, "delning", "TLP:WHITE", "TLP:CLEAR"), (OTHERS, "stämmer", "x", "ja"),
    ],
)  # fmt: skip
def test_a_word_that_is_taken_for_an_answer_is_told(part, name, value, meant):
    assert says(part, name, value) == (Said(meant), ["B839"])


@pytest.mark.parametrize(
    ("part", "name", "value", "meant"),
    [
        (RESOURCES, "säkerhet", "Medel", "medium"), (RESOURCES, "säkerhet", "high", "high"), (RESOURCES, "typ", "framework bank", "framework_bank"),
        (RESOURCES, "delning", "amber+strict", "TLP:AMBER+STRICT"), (OTHERS, "stämmer", "j", "ja"),
    ],
)  # fmt: skip
def test_an_answer_of_the_list_also_short_or_in_english_is_read(part, name, value, meant):
    assert says(part, name, value) == (Said(meant), [])


@pytest.mark.parametrize("value", ["ca 1,5 h", "c:a 90 min", "Cirka en och en halv timme", "~1,5h", "drygt 90 minuter"])
def test_about_is_dropped_and_told(value):
    assert says(RESOURCES, "rto", value) == (Said(90), ["B839"])


@pytest.mark.parametrize(
    "value",
    [6, "6", "6,5", "snart", "2-4 h", "2 till 4 h", "högst 4 h", "> 4h", "4 bankdagar", "en månad", "1,5 min", "-4h", -4, True, "4h?!",
     "två tre timmar", "99999999999h", datetime(2026, 1, 1), timedelta(seconds=30), "4:75", "timmar"],
)  # fmt: skip
def test_no_duration(value):
    assert says(RESOURCES, "rto", value) == (None, ["B838"])


@pytest.mark.parametrize(
    ("value", "unit", "minutes"),
    [(6, "tim", 360), ("90", "min", 90), (2.5, "Dygn", 3600), ("1,5", "h", 90), ("4h", "min", 240)],
)
def test_a_number_has_the_unit_of_the_heading(value, unit, minutes):
    assert says(RESOURCES, "rto", value, unit) == (Said(minutes), [])


@pytest.mark.parametrize(
    ("value", "steps", "floor"),
    [
        ("4h 100 %; 72h 40 %; därefter 10 %", [(240, 1.0), (4320, 0.4)], 0.1),
        ("4h", [(240, 1.0)], None),
        ("4h: 100 procent\n72h: 12,5 procent", [(240, 1.0), (4320, 0.125)], None),
        ("1,5 h 60 %", [(90, 0.6)], None),
    ],
)
def test_an_endurance(value, steps, floor):
    assert says(NEEDS, "uthållighet", value) == (Said(Endurance(tuple(Step(*one) for one in steps), floor)), [])


@pytest.mark.parametrize(
    ("value", "steps", "floor"),
    [
        ("4 tim; 3 dygn på 40 %", [(240, 1.0), (4320, 0.4)], None),
        ("100 % i 4h, 40 % till 72h, sedan 0 %", [(240, 1.0), (4320, 0.4)], 0.0),
    ],
)
def test_an_endurance_in_other_words_is_told(value, steps, floor):
    assert says(NEEDS, "uthållighet", value) == (Said(Endurance(tuple(Step(*one) for one in steps), floor)), ["B839"])


@pytest.mark.parametrize(
    "value",
    [
        "72h 100 %; 4h 40 %",
        "4h 40 %; 72h 100 %",
        "4h 140 %",
        "100 %",
        "; ;",
        "4h 100 %; därefter lite",
        "därefter 10 %",
        "%",
    ],
)
def test_no_endurance(value):
    said, codes = says(NEEDS, "uthållighet", value)
    assert said is None and set(codes) == {"B838"}


@pytest.mark.parametrize(("value", "level"), [("40 %", 0.4), (0.4, 0.4), ("100 procent", 1.0), (1, 1.0), (0, 0.0)])
def test_a_level(value, level):
    assert says(RESOURCES, "mbco", value) == (Said(level), [])


@pytest.mark.parametrize(("value", "level"), [("0,4", 0.4), ("1", 1.0)])
def test_a_level_written_without_per_cent_is_told(value, level):
    assert says(RESOURCES, "mbco", value) == (Said(level), ["B839"])
    assert says(RESOURCES, "mbco", "40", "%") == (Said(0.4), [])


@pytest.mark.parametrize("value", [40, "40", -0.1, "140 %", "mycket", True, datetime(2026, 1, 1)])
def test_no_level(value):
    assert says(RESOURCES, "mbco", value) == (None, ["B840"])


@pytest.mark.parametrize(
    ("value", "codes"),
    [("2026-02-14", []), ("20260214", []), ("14 feb 2026", []), ("14 februari 2026", []), ("14/2 2026", []), ("14.2.2026", []),
     (datetime(2026, 2, 14), []), (46067, ["B839"])],
)  # fmt: skip
def test_a_date(value, codes):
    assert says(RESOURCES, "rta_testad", value) == (Said(date(2026, 2, 14)), codes)


def test_a_date_that_could_be_another_is_told():
    assert says(RESOURCES, "rta_testad", "4/2 2026") == (Said(date(2026, 2, 4)), ["B839"])


@pytest.mark.parametrize(
    "value", ["i våras", "2026-02", "31 feb 2026", "13/13 2026", 12, time(4), True, datetime(9999, 1, 1)]
)
def test_no_date(value):
    assert says(RESOURCES, "rta_testad", value) == (None, ["B841"])


@pytest.mark.parametrize(
    ("value", "unit", "amount"),
    [("2 671 Mkr", "", 2_671_000_000), ("2,5 miljarder kronor", "", 2_500_000_000), ("1 500 000", "", 1_500_000), (7, "", 7),
     ("1.500.000", "", 1_500_000), ("12 345,50", "", 12345.5), ("2\xa0671\xa0kr", "", 2671), (2671, "mkr", 2_671_000_000)],
)  # fmt: skip
def test_an_amount(value, unit, amount):
    assert says(PAYMENTS, "belopp", value, unit) == (Said(amount), [])


@pytest.mark.parametrize("value", ["många", "1.500", "-5", -5, "5 dollar", "1 2 3", "2 671 Mkr Mkr", True, 1e30])
def test_no_amount(value):
    assert says(PAYMENTS, "belopp", value) == (None, ["B842"])


def test_whole_numbers():
    assert says(PAYMENTS, "antal", "1,5 miljoner") == (Said(1_500_000), [])
    assert says(PAYMENTS, "antal", 2.5) == (None, ["B842"])
    assert says(PAYMENTS, "prioritet", 0) == (None, ["B842"])


@pytest.mark.parametrize("value", ["okänt", "Okänd", "unknown"])
def test_known_to_be_unknown(value):
    assert says(RESOURCES, "rto", value) == (Silence.UNKNOWN, [])
    assert says(RESOURCES, "typ", value) == (None, ["B843"])


def test_not_knowing_is_taken_to_be_unknown_and_told():
    assert says(RESOURCES, "rto", "vet ej.") == (Silence.UNKNOWN, ["B839"])


def test_an_empty_cell_says_nothing():
    assert [says(RESOURCES, "rto", value) for value in ("", "  ", None)] == [(Silence.UNCHANGED, [])] * 3
