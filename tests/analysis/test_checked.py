"""Which areas of a model a second person has checked."""

import pytest

from beroenden.analysis.checked import areas
from beroenden.analysis.checks import load_checks, run_checks
from beroenden.modelfiles.read import load_or_raise

CHECK = """
[[check]]
id = "one"
{more}
  [[check.outage]]
  entity = "bankgirot"
  start = 2026-12-16T08:00:00
  for = "12h"
  [[check.expect]]
  payment = "barnbidrag"
  date = 2026-12-18
  status = "{status}"
"""


@pytest.fixture(scope="module")
def soes():
    return load_or_raise("models/soes")


def states(soes, tmp_path, more="", status="delayed"):
    path = tmp_path / "checks.toml"
    path.write_text(CHECK.format(more=more, status=status), "utf-8")
    checks, findings = load_checks(path, soes)
    assert findings == []
    return {one.id: one.state for one in areas(soes, checks, run_checks(soes, checks))}


def test_what_nobody_else_wrote_is_provisional(soes, tmp_path):
    found = states(soes, tmp_path)
    assert found["barnbidrag"] == found["bankgirot"] == "provisional"
    assert found["studiemedel"] == "unexpected"
    assert states(soes, tmp_path, 'by = "Granskare"')["barnbidrag"] == "provisional"
    assert states(soes, tmp_path, 'by = "Redaktör"\nentered_by = "redaktör"')["barnbidrag"] == "provisional"


def test_what_a_second_person_wrote_and_holds_is_checked(soes, tmp_path):
    found = states(soes, tmp_path, 'by = "Granskare, Riksgälden"\nentered_by = "Redaktör, FK"')
    assert found["barnbidrag"] == found["bankgirot"] == "checked"


def test_what_does_not_hold_is_not_checked(soes, tmp_path):
    assert states(soes, tmp_path, 'by = "a"\nentered_by = "b"', "on_time")["barnbidrag"] == "failing"


def test_a_check_covers_what_it_says(soes, tmp_path):
    found = states(soes, tmp_path, 'by = "a"\nentered_by = "b"\ncovers = ["rix"]')
    assert found["riksbanken"] == "checked"
    assert found["barnbidrag"] == "unexpected"


def test_every_payment_and_actor_is_an_area_once(soes):
    found = [one.id for one in areas(soes, [], [])]
    assert len(found) == len(set(found))
    assert {payment.id for payment in soes.payments} <= set(found)
    assert "fk-utbetalning" not in found
    assert {one.state for one in areas(soes, [], [])} == {"unexpected"}
