"""A fault in a file that is half mended, or gets worse, after the payment was due: what is not mended is not paid."""

import pytest
from chain import network
from logs import basis_at, log_of, minute, situation_at

import beroenden
from beroenden.incident.basis import basis
from beroenden.incident.known import known_at
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.mended import going_on
from beroenden.model.entities import LogNormal, Pert
from beroenden.model.scenario import Outage
from beroenden.sharing.viewer import Viewer

MODEL = network()


def fault(number, share, start, end=None, time="10:05", supersedes=None, status="confirmed"):
    ended = f"end = 2026-12-18T{end}:00+01:00\n" if end else ""
    corrects = f'supersedes = "outage-{supersedes}"\n' if supersedes else ""
    return (
        f'\n[[outage]]\nid = "outage-{number}"\ntime = 2026-12-18T{time}:00+01:00\nstatus = "{status}"\n'
        f'payment = "allowance"\nshare = {share}\nstart = 2026-12-18T{start}:00+01:00\n{ended}{corrects}'
    )


HALF_MENDED = (
    fault(1, 0.3, "04:00", time="04:10")
    + fault(2, 0.3, "04:00", "10:00", supersedes=1)
    + fault(3, 0.1, "10:00", time="10:06")
)


def file_fault(share, start, end=None):
    return Outage(minute(start), minute(end) if end else None, payment="allowance", share=share)


def branches(outages):
    """Of whom a fault hits, how many have their money when, by a simulation of just these faults."""
    made = beroenden.simulate(MODEL, outages, at=minute("10:30"))
    (run,) = (run for run in made.runs if run.branches[-1].bank is None)
    return sorted((round(one.share, 6), one.completed) for one in run.branches if one.bank is None and one.share > 1e-9)


@pytest.mark.parametrize(
    ("reported", "explicit"),
    [
        pytest.param(
            [(0.3, "04:00", "10:00"), (0.1, "10:00", None)],
            [(0.2, "04:00", "10:00"), (0.1, "04:00", None)],
            id="half mended",
        ),
        pytest.param(
            [(0.3, "04:00", "10:00"), (0.2, "10:00", "12:00"), (0.1, "12:00", "15:00")],
            [(0.1, "04:00", "10:00"), (0.1, "04:00", "12:00"), (0.1, "04:00", "15:00")],
            id="half mended twice",
        ),
        pytest.param(
            [(0.1, "04:00", "10:00"), (0.3, "10:00", "12:00")],
            [(0.1, "04:00", "12:00"), (0.2, "10:00", "12:00")],
            id="worse",
        ),
        pytest.param(
            [(0.1, "04:00", "05:00"), (0.3, "05:00", "12:00"), (0.15, "12:00", None)],
            [(0.1, "04:00", None), (0.15, "05:00", "12:00"), (0.05, "05:00", None)],
            id="worse, then better",
        ),
        pytest.param(
            [(0.1, "04:00", "05:00"), (0.2, "05:00", "10:00"), (0.3, "10:00", "12:00")],
            [(0.1, "04:00", "12:00"), (0.1, "05:00", "12:00")],
            id="worse and worse",
        ),
        pytest.param(
            [(0.3, "04:00", "10:00"), (0.3, "10:00", "12:00")], [(0.3, "04:00", "12:00")], id="no better, said again"
        ),
        pytest.param(
            [(0.3, "04:00", "10:00"), (0.1, "10:06", None)],
            [(0.3, "04:00", "10:00"), (0.1, "10:06", None)],
            id="another fault, later",
        ),
        pytest.param(
            [(0.3, "04:00", None), (0.1, "05:00", None)], [(0.3, "04:00", None), (0.1, "05:00", None)], id="two at once"
        ),
    ],
)
def test_what_is_left_of_a_fault_is_unpaid_as_if_it_had_been_reported_by_its_parts(reported, explicit):
    made = going_on([file_fault(*one) for one in reported])
    assert len(made) == len(reported)
    assert branches(made) == branches([file_fault(*one) for one in explicit])


def test_an_estimated_length_is_counted_from_when_the_fault_began():
    first = file_fault(0.3, "04:00", "10:00")
    for length, whole in ((Pert(60, 120, 300), Pert(420, 480, 660)), (LogNormal(60, 120), LogNormal(420, 480))):
        later = Outage(minute("10:00"), minute("12:00"), payment="allowance", share=0.1, length=length)
        left = going_on([later, first])[0]
        assert (left.start, left.end, left.length) == (minute("04:00"), minute("12:00"), whole)


def test_outages_of_entities_are_as_they_were():
    outages = (Outage(0, 60, "clr"), Outage(60, None, "clr", remaining=0.5))
    assert going_on(outages) == outages


def test_a_log_with_a_half_mended_fault_says_so_and_who_still_waits(tmp_path):
    log = log_of(tmp_path, HALF_MENDED, MODEL)
    known = known_at(log, minute("10:30"), MODEL)
    assert branches(known.scenario.outages) == branches([file_fault(0.2, "04:00", "10:00"), file_fault(0.1, "04:00")])
    assert [(one.share, one.start, one.end) for one in known.told] == [
        (0.3, minute("04:00"), minute("10:00")),
        (0.1, minute("10:00"), None),
    ]
    made = situation_at(MODEL, log, "10:30")
    told = " ".join(one.text for one in made.statements)
    assert "för 30 % av mottagarna började" in told.replace("\xa0", " ") and "delvis avhjälpt" in told
    assert "bör vara framme" not in told
    assert basis_at(MODEL, log, "10:30").outcome.late_runs[0].branches[-1].completed is None


def test_what_is_left_of_a_fault_and_is_unconfirmed_leaves_all_paid_when_it_is_not_so(tmp_path):
    log = log_of(
        tmp_path,
        HALF_MENDED.replace(
            'time = 2026-12-18T10:06:00+01:00\nstatus = "confirmed"',
            'time = 2026-12-18T10:06:00+01:00\nstatus = "unconfirmed"',
        ),
        MODEL,
    )
    (said,) = (one.text for one in situation_at(MODEL, log, "10:30").statements if "är obekräftat" in one.text)
    assert "Stämmer det inte: lika många sena utbetalningar" in said


def test_of_what_is_late_already_it_is_said_how_many_wait_still(tmp_path):
    def verdict(text, at):
        made = situation_at(MODEL, log_of(tmp_path, text, MODEL), at)
        return next(one.text for one in made.in_section("viktigast") if "redan sena" in one.text)

    assert ", varav 100 väntar ännu; " in verdict(HALF_MENDED, "10:30")
    assert "väntar ännu" not in verdict(fault(1, 0.3, "04:00", time="04:10"), "10:30")


def test_a_reader_whose_customers_were_paid_late_is_told_so_when_all_have_come(tmp_path):
    over = fault(1, 0.3, "04:00", "10:00").replace("status =", "disclose = true\nstatus =")
    known = known_at(log_of(tmp_path, over, MODEL), minute("10:30"), MODEL)
    made = situation(basis(MODEL, known, Viewer("TLP:GREEN", "b2")), "payer", Order(to="b2"))
    (told,) = [one.text for one in made.in_section("prognos.samverkan") if "har fått" in one.text]
    assert "Bank one (kontaktfunktion" in told and "Bank two (ni själva)" in told
