"""A paper's list of banks and its table do not together name the bank of which the reader may not know that it is out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sharing.test_leaks import AT
from sharing.unheard_log import ACTOR, Said, log_saying, mark, readable_model, said_of_some

from beroenden.incident.basis import basis
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, Situation, situation
from beroenden.sharing.viewer import Viewer

READERS = [Viewer("TLP:CLEAR"), Viewer("TLP:AMBER"), Viewer("TLP:GREEN", "swedbank"), Viewer("TLP:GREEN", "csn")]
LATE = "Sena för konton i"


def out(entity: str, label: str, more: str = "") -> Said:
    text = (
        f'[[outage]]\nid = "outage-{entity}"\ntime = 2026-12-16T08:40:00+01:00\nstatus = "confirmed"\n'
        f'entity = "{entity}"\ntlp = "{label}"\nstart = 2026-12-16T08:30:00+01:00\n{more}'
    )
    return Said(entity, label, text)


CLEARING = out("bankgirot", "TLP:CLEAR", "disclose = true\nend = 2026-12-21T20:00:00+01:00\n")
BANK = out("nordea", "TLP:CLEAR")


def delgivning(parts: list[Said], viewer: Viewer, folder: Path) -> Situation:
    network = readable_model()
    known = known_at(log_saying(parts, folder / "log.toml"), AT, network)
    order = Order("delgivning", viewer.actor or viewer.label, disclosed=("prognos",))
    return situation(basis(network, known, viewer, only_disclosed=True), ACTOR, order)


def cells(made: Situation) -> list[str]:
    """In which banks each late payment is late, as the table has it."""
    return [dict(one.cells)[LATE] for one in made.in_section("prognos.betalningar") if LATE in dict(one.cells)]


def left_out(made: Situation, viewer: Viewer) -> set[str]:
    """The banks that the table has among all, or all but one, and that the list of those with customers to be paid has not."""
    network = readable_model()
    accounts = {bank for run in network.payments for bank, _ in network.accounts_of(run) if bank} - {viewer.actor}
    told = [one.text for one in made.in_section("prognos.samverkan")]
    if any("namnges inte här" in one for one in told):
        return {bank for bank in accounts for one in told if "anker vars kunder" in one and mark(bank) in one}
    listed = " ".join(told)
    wide = [cell for cell in cells(made) if cell.startswith("alla banker") and "en del av filen" not in cell]
    return {bank for cell in wide for bank in accounts if mark(bank) not in cell and mark(bank) not in listed}


@pytest.mark.parametrize("viewer", READERS)
def test_a_bank_that_the_table_has_among_all_is_listed_with_them(tmp_path: Path, viewer: Viewer) -> None:
    made = delgivning([CLEARING, BANK], viewer, tmp_path)
    assert any(cell.startswith("alla banker") for cell in cells(made))
    (banks,) = (one for one in made.in_section("prognos.samverkan") if one.text.startswith("Banker vars kunder"))
    assert mark("nordea") in banks.text
    assert left_out(made, viewer) == set()


@pytest.mark.parametrize("viewer", READERS)
def test_where_the_reader_may_not_hear_of_one_of_all_banks_none_is_listed(tmp_path: Path, viewer: Viewer) -> None:
    made = delgivning([CLEARING, out("nordea", "TLP:RED")], viewer, tmp_path)
    assert any(cell.startswith("alla banker") for cell in cells(made))
    banks = [one.text for one in made.in_section("prognos.samverkan") if "anker vars kunder" in one.text]
    assert banks == ["Banker vars kunder får någon betalning sent: flera banker (namnges inte här)."]
    assert not any(mark("nordea") in one.text for one in made.statements)


@pytest.mark.parametrize("viewer", READERS)
def test_a_bank_that_alone_is_late_beside_another_is_in_neither(tmp_path: Path, viewer: Viewer) -> None:
    seb = out("seb", "TLP:CLEAR", "disclose = true\n")
    made = delgivning([seb, BANK], viewer, tmp_path)
    assert any("vissa banker" in cell for cell in cells(made))
    assert not any(mark("nordea") in cell for cell in cells(made))
    banks = [one.text for one in made.in_section("prognos.samverkan") if one.text.startswith("Banker vars kunder")]
    assert not any(mark("nordea") in one for one in banks)


@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6), viewer=st.sampled_from(READERS))
def test_no_bank_is_left_out_of_one_of_them(tmp_path: Path, seed: int, viewer: Viewer) -> None:
    assert left_out(delgivning(said_of_some(seed), viewer, tmp_path), viewer) == set()
