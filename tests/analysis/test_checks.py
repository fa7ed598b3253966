"""Checks that test nothing are told, with their place."""

import pytest

from beroenden.analysis.checks import load_checks
from beroenden.modelfiles.read import load_or_raise

OUTAGE = '  [[check.outage]]\n  entity = "bankgirot"\n  start = 2026-12-16T08:00:00\n  for = "12h"\n'
EXPECT = '  [[check.expect]]\n  payment = "barnbidrag"\n'


@pytest.fixture(scope="module")
def soes():
    return load_or_raise("models/soes")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("outage = []\nexpect = []\n", "1:1: error B801 a check needs outages and expectations"),
        (OUTAGE + EXPECT, "7:3: error B802 the expectation says nothing that can be tested"),
        (OUTAGE + EXPECT + '  status = "delayed"\n', ""),
    ],
)
def test_a_check_needs_something_to_test(soes, tmp_path, text, told):
    path = tmp_path / "checks.toml"
    path.write_text(f'[[check]]\nid = "one"\n{text}', "utf-8")
    assert [str(one).removeprefix(f"{path}:") for one in load_checks(path, soes)[1]] == ([told] if told else [])
