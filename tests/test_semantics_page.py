"""models/SEMANTIK.md: every example of the page gives what the page says."""

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[1] / "models" / "SEMANTIK.md"


def test_every_example_gives_what_the_page_says() -> None:
    plain = re.sub("^```.*$", "", PAGE.read_text("utf-8"), flags=re.MULTILINE)
    test = doctest.DocTestParser().get_doctest(plain, {}, PAGE.name, PAGE.name, 0)
    assert len(test.examples) > 50
    told: list[str] = []
    failed, _ = doctest.DocTestRunner(verbose=False).run(test, out=told.append)
    if failed:
        pytest.fail("".join(told))
