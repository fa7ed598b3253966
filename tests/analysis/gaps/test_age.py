"""How long ago something may have been verified, as people write it."""

from datetime import date

import pytest

from beroenden.analysis.gaps.age import Age, age_of
from beroenden.errors import UsageError


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("12 months", Age(12)),
        ("6 Månader", Age(6)),
        ("sex mån.", Age(6)),
        ("1 year", Age(12)),
        ("ett år", Age(12)),
        ("2 år", Age(24)),
        ("9", Age(9)),
        ("60 dagar", Age(days=60)),
        ("90d", Age(days=90)),
        ("60 dygn", Age(days=60)),
        ("8 weeks", Age(days=56)),
        ("två veckor", Age(days=14)),
    ],
)
def test_ages_are_read(text, age):
    assert age_of("--older-than", text) == age


@pytest.mark.parametrize("text", ["", "0", "0 days", "soon", "12 hours", "-3", "1.5 år", "days", "99999"])
def test_other_lengths_are_refused(text):
    with pytest.raises(UsageError, match="--older-than"):
        age_of("--older-than", text)


@pytest.mark.parametrize(
    ("age", "last"),
    [
        (Age(12), date(2025, 3, 31)),
        (Age(1), date(2026, 2, 28)),
        (Age(days=60), date(2026, 1, 30)),
        (Age(days=7), date(2026, 3, 24)),
    ],
)
def test_what_is_older_than_that_is_old(age, last):
    today = date(2026, 3, 31)
    is_short = last.month == 2  # which has no 31st: all of it is longer ago
    assert age.is_over(last, today) == is_short
    assert age.is_over(last.replace(day=last.day - 1), today)
    assert not age.is_over(date(2026, 3, 31), today)
