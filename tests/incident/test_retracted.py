"""What was said before and is not so is retracted in words, for those who were told and may know of it."""

import pytest
from chain import network
from delgivningar import begun, delgivning, ground, moment, outage

from beroenden.incident.lagesbild.issue import record_issue
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

MODEL = network()


def request(to, **more):
    return {"kind": "request", "type": "help", "to": to, "text": "Send staff", "disclose": True} | more


def corrected(**more):
    return {"time": moment("05:10"), "status": "confirmed", "supersedes": "outage-1"} | more


def log_of(tmp_path, first, *then):
    """A log whose first entry was told in a delgivning at 05.00, and what was entered after that."""
    path = begun(tmp_path / "log.toml", "payer", first)
    record_issue(path, "payer", delgivning(path), MODEL)
    append(path, list(then), MODEL)
    return path


def changes(path):
    return [one.text for one in delgivning(path, at="05:20").changes if one.entry]


def test_an_outage_that_was_of_something_else_is_not_of_that(tmp_path):
    (said,) = changes(log_of(tmp_path, outage("b1", "04:00"), outage("clr", "04:00", **corrected())))
    assert said.startswith("Rättat (inte Bank one, som sagts tidigare): Avbrott i Clearing började")


@pytest.mark.parametrize("label", ["TLP:GREEN", "TLP:RED"])
def test_what_is_out_by_another_entry_is_not_retracted(tmp_path, label):
    still = outage("b1", "04:30", time=moment("05:15"), tlp=label, disclose=False)
    said = changes(log_of(tmp_path, outage("b1", "04:00"), outage("clr", "04:00", **corrected()), still))
    assert [one.partition(":")[0] for one in said] == ["Rättat"]


def test_what_was_not_told_is_not_retracted(tmp_path):
    (said,) = changes(log_of(tmp_path, outage("b1", "04:00", disclose=False), outage("clr", "04:00", **corrected())))
    assert said.startswith("Nytt: Avbrott i Clearing")


def test_a_corrected_start_is_told_with_the_one_that_was_said(tmp_path):
    (said,) = changes(log_of(tmp_path, outage("clr", "04:00"), outage("clr", "03:00", **corrected())))
    assert said.startswith("Ändrad början (var fre 2026-12-18 04.00, nu fre 2026-12-18 03.00): Avbrott i Clearing")


def test_a_start_that_was_told_is_the_one_compared_with(tmp_path):
    path = log_of(
        tmp_path,
        outage("clr", "04:00"),
        outage("clr", "03:30", **corrected()),
        outage("clr", "03:00", **corrected(time=moment("05:15"), supersedes="outage-2")),
    )
    assert changes(path)[0].startswith("Ändrad början (var fre 2026-12-18 04.00, nu fre 2026-12-18 03.00): ")


def test_a_request_that_was_put_to_another_says_so(tmp_path):
    path = begun(tmp_path / "log.toml", "payer", request("b1"))
    order = Order("intern", "", True, (), approved_by="Krisledare")
    record_issue(path, "payer", situation(ground(path), "payer", order), MODEL)
    append(path, [request("b2", **corrected(supersedes="request-1"))], MODEL)
    (said,) = (one.text for one in situation(ground(path, "05:20"), "payer", order).changes if one.entry)
    assert said.startswith("Ändrad mottagare (var Bank one, nu Bank two): ")


@pytest.mark.parametrize(("to", "is_told"), [("b1", True), ("b2", False)])
def test_who_was_asked_is_told_that_another_is_asked_now(tmp_path, to, is_told):
    path = begun(tmp_path / "log.toml", "payer", request("b1", tlp="TLP:CLEAR"))
    record_issue(path, "payer", delgivning(path, to=to), MODEL)
    append(path, [request("b2", tlp="TLP:CLEAR", **corrected(supersedes="request-1"))], MODEL)
    said = [one.text for one in delgivning(path, at="05:20", to=to).changes if one.entry]
    gone = "Begäran till Bank one gäller inte längre: ”Send staff”."
    assert said == ([gone] if is_told else ["Ny begäran till Bank two: Send staff"])
