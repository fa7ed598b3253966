"""Durations: what is read, what is written, and the Swedish words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beroenden.errors import UsageError
from beroenden.language import writing_in
from beroenden.units.durations import duration_in_words, format_duration, minutes_of, parse_duration, suggest_duration

SAME_EXAMPLES = settings(derandomize=True, database=None, deadline=None, max_examples=200)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0min", 0),
        ("90min", 90),
        ("4h", 240),
        ("3d", 4320),
        ("1w", 10080),
        ("1d 6h", 1800),
        ("1d6h", 1800),
        ("6h 1d", 1800),
        (" 4h ", 240),
        ("1w 2d 3h 4min", 10080 + 2880 + 180 + 4),
        ("PT4H", 240),
        ("PT30M", 30),
        ("P1D", 1440),
        ("P1W", 10080),
        ("P1DT6H", 1800),
        ("PT1.5H", 90),
        ("PT0,5H", 30),
        ("PT900S", 15),
        ("PT1H30M", 90),
        ("PT0S", 0),
        ("00004h", 240),
    ],
)
def test_durations_that_are_read(text: str, minutes: int) -> None:
    assert parse_duration(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "4", "h", "4 h", "4H", "4 timmar", "-4h", "+4h", "1,5h", "1.5h", "4h,", "4h 2", "P", "PT", "P1DT", "PT1S",
        "P1M", "P1Y", "P-1D", "pt4h", "PT1H1H", "4min30", "0x4h", "4\xa0h", "1e3h", "9999999999h", "4h\x00",
    ],
)  # fmt: skip
def test_durations_that_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_duration(text)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("4 timmar", "4h"),
        ("4:30", "4h 30min"),
        ("4:75", None),
        ("4 h", "4h"),
        ("4H", "4h"),
        ("1,5 h", "1h 30min"),
        ("1.5h", "1h 30min"),
        ("2 dygn", "2d"),
        ("1 vecka", "7d"),
        ("1 tim. 30 min.", "1h 30min"),
        ("30 minuter", "30min"),
        ("snart", None),
        ("4", None),
        ("4 parsek", None),
        ("", None),
    ],
)
def test_what_was_probably_meant(text: str, suggestion: str | None) -> None:
    assert suggest_duration(text) == suggestion


@SAME_EXAMPLES
@given(text=st.text(max_size=20) | st.from_regex(r"[0-9]{1,9}([.,][0-9]{1,3})? ?[a-z]{1,7}\.?", fullmatch=True))
def test_a_suggestion_can_be_read(text: str) -> None:
    suggestion = suggest_duration(text)
    if suggestion is not None:
        assert parse_duration(suggestion) >= 0


@SAME_EXAMPLES
@given(minutes=st.integers(0, 10**9))
def test_what_is_written_is_read(minutes: int) -> None:
    assert parse_duration(format_duration(minutes)) == minutes


@SAME_EXAMPLES
@given(weeks=st.integers(0, 99), days=st.integers(0, 99), hours=st.integers(0, 99), minutes=st.integers(0, 99))
def test_sums_and_iso_8601_agree(weeks: int, days: int, hours: int, minutes: int) -> None:
    total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes
    assert parse_duration(f"{weeks}w {days}d {hours}h {minutes}min") == total
    assert parse_duration(f"P{weeks}W{days}DT{hours}H{minutes}M") == total


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 min"),
        (1, "1 min"),
        (59, "59 min"),
        (60, "1 tim"),
        (90, "1 tim 30 min"),
        (26 * 60, "26 tim"),
        (47 * 60 + 59, "47 tim 59 min"),
        (48 * 60, "2 dygn"),
        (72 * 60, "3 dygn"),
        (72 * 60 + 61, "3 dygn 1 tim 1 min"),
        (14 * 1440, "14 dygn"),
    ],
)
@writing_in("sv")
def test_swedish_words(minutes: int, words: str) -> None:
    found = duration_in_words(minutes)
    assert found.replace("\xa0", " ") == words
    assert found.split(" ") == [f"{amount}\xa0{unit}" for amount, unit in zip(*[iter(words.split())] * 2, strict=True)]


@SAME_EXAMPLES
@given(minutes=st.integers(0, 10**7))
@writing_in("sv")
def test_swedish_words_never_round(minutes: int) -> None:
    sizes = {"dygn": 1440, "tim": 60, "min": 1}
    terms = [term.split("\xa0") for term in duration_in_words(minutes).split(" ")]
    assert sum(int(amount) * sizes[unit] for amount, unit in terms) == minutes


def test_a_time_of_day_is_asked_about_and_what_is_clearly_meant_is_taken() -> None:
    assert minutes_of("--for", "4 timmar") == 240
    with pytest.raises(UsageError, match="Did you mean 4h 30min"):
        minutes_of("--for", "4:30")
