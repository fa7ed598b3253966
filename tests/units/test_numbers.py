"""Numbers and money as Swedish readers expect them, with spaces that do not break."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beroenden.language import writing_in
from beroenden.units.numbers import NBSP, money, number, percent


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (1000, 0, "1 000"),
        (1_500_000, 0, "1 500 000"),
        (10**15, 0, "1 000 000 000 000 000"),
        (2.5, 1, "2,5"),
        (2.0, 1, "2"),
        (1234.56, 1, "1 234,6"),
        (0.125, 2, "0,12"),
        (-17, 0, "−17"),
        (-1234.5, 1, "−1 234,5"),
    ],
)
@writing_in("sv")
def test_numbers(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("kronor", "text"),
    [
        (0, "0 kr"),
        (1250, "1 250 kr"),
        (999_999, "999 999 kr"),
        (1_000_000, "1 Mkr"),
        (1_250_000, "1,3 Mkr"),
        (2_671_000_000, "2 671 Mkr"),
        (409_500_000, "409,5 Mkr"),
        (-2_000_000, "−2 Mkr"),
    ],
)
@writing_in("sv")
def test_money(kronor: float, text: str) -> None:
    assert money(kronor) == text.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("share", "text"), [(0, "0 %"), (0.4, "40 %"), (0.028, "2,8 %"), (1, "100 %"), (1 / 3, "33,3 %"), (0.0625, "6,3 %")]
)
@writing_in("sv")
def test_per_cent(share: float, text: str) -> None:
    assert percent(share) == text.replace(" ", NBSP)


@settings(derandomize=True, database=None, deadline=None, max_examples=100)
@given(value=st.integers(-(10**15), 10**15))
@writing_in("sv")
def test_a_number_keeps_its_digits_and_never_breaks(value: int) -> None:
    text = number(value)
    assert " " not in text
    assert int(text.replace(NBSP, "").replace("\N{MINUS SIGN}", "-")) == value
