"""What matters most: others' words with their time, of concern and no more than a few; and a few of many payments."""

import pytest
from chain import network, tables
from delgivningar import begun, ground, moment, outage

import beroenden
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append
from beroenden.units.durations import DAY

MODEL = network()


def said(text: str, *claimed: str, section: str = "prognos.betalningar", status: str = "modellberäknad") -> dict:
    """A statement that claims something of some subjects."""
    claims = [{"subject": one, "aspect": "completed", "value": "never"} for one in claimed]
    return {
        "section": section,
        "text": text,
        "status": status,
        "tlp": "TLP:GREEN",
        **({"claims": claims} if claims else {}),
    }


def received(path, *statements: dict, model=MODEL, at: int = moment("04:30")):
    """The log with a delgivning number 2 from bank one."""
    entry = {"kind": "received", "time": moment("05:00"), "sender": "b1", "sender_name": "Bank one", "number": 2,
             "at": at, "tlp": "TLP:GREEN", "hash": "sha256:0", "statement": list(statements)}  # fmt: skip
    append(path, [entry], model)
    return path


def lines(path, actor="payer", at="05:30", model=MODEL, section="viktigast", **order) -> list[str]:
    made = situation(ground(path, at, model=model), actor, Order(**order))
    return [one.text.replace("\xa0", " ") for one in made.statements if one.section == section]


def of_bank_one(path, **more) -> list[str]:
    return [one for one in lines(path, **more) if one.startswith("Enligt Bank one")]


@pytest.fixture
def log(tmp_path):
    """The payer's log; bank one is another actor."""
    return begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"))


IF = "Om avbrottet kvarstår: Allowance: inte klar inom perioden."


def test_others_words_stand_with_their_time(log):
    assert of_bank_one(received(log, said(IF, "allowance 2026-12-18"))) == [f"Enligt Bank one (läget 04.30): {IF}"]


def test_of_another_day_the_day_is_said(log):
    received(log, said(IF, "allowance 2026-12-18"), at=moment("04:30") - DAY)
    assert of_bank_one(log) == [f"Enligt Bank one (läget tor 2026-12-17 04.30): {IF}"]


def test_only_what_concerns_the_actor_is_repeated_and_the_rest_is_counted(tmp_path):
    """Bank two has no part in what the payer's own system is said to do; what claims nothing is kept."""
    made = tables()
    stages = [{**one, "needs": []} for one in made["payment"][0]["stage"]]
    other = {"id": "pay", "name": "Pay", "payer": "b2", "paying_bank": "b2", "accounts": {"b2": 1.0}, "stage": stages}
    made["payment"].append({**made["payment"][0], **other})
    model, findings = beroenden.build(made)
    assert model is not None, findings
    path = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"), model=model)
    received(
        path, said("Pay is late.", "pay 2026-12-18"), said("Allowance is late.", "allowance 2026-12-18"), model=model
    )
    assert of_bank_one(path, model=model) == [
        "Enligt Bank one (läget 04.30): Allowance is late. … och 1 uppgift till från Bank one; se dess delgivning nr 2."
    ]
    assert any("Pay is late" in one for one in lines(path, model=model, section="prognos.betalningar"))


def test_an_outage_of_something_else_is_no_word_of_the_actor_but_its_own_system_is(log):
    start = {"aspect": "start", "value": "2026-12-18T04:00+01:00"}
    facts = [
        {
            "section": "fakta.handelse",
            "text": f"{one} is out",
            "status": "bekräftad",
            "claims": [{"subject": one, **start}],
        }
        for one in ("power", "sys")
    ]
    (told,) = of_bank_one(received(log, *facts))
    assert told.startswith("Enligt Bank one (läget 04.30): sys is out. … och 1 uppgift till")


def test_at_most_three_are_repeated_and_the_rest_is_counted(log):
    each = [said(f"Line {number}", section="viktigast") for number in range(1, 8)]
    assert of_bank_one(received(log, *each)) == [
        "Enligt Bank one (läget 04.30): Line 1. Line 2. Line 3. … och 4 uppgifter till från Bank one; "
        "se dess delgivning nr 2."
    ]


CONDITIONAL = [
    IF,
    "Om avbrottet i Clearing kvarstår blir dessa betalningar sena: Allowance.",
    "Första tidsfristen: är avbrottet åtgärdat senast 06.00 kommer Allowance i tid.",
    "Om den uppskattade längden håller: Allowance blir sen.",
    "If the outage persists: Allowance: not complete within the period.",
]


@pytest.mark.parametrize("text", CONDITIONAL)
def test_nothing_that_depends_on_an_outage_is_repeated_when_all_are_over(log, text):
    received(log, said(text, "allowance 2026-12-18"))
    assert of_bank_one(log) == [f"Enligt Bank one (läget 04.30): {text}"]
    ended = outage("clr", "04:00", end=moment("05:10"), time=moment("05:20"), supersedes="outage-1", status="confirmed")
    append(log, [ended], MODEL)
    told = lines(log)
    assert any("Avbrottet är åtgärdat" in one for one in told)
    assert not any("Bank one" in one for one in told)


def test_what_holds_when_all_are_over_is_repeated_still(log):
    received(
        log,
        said(IF, "allowance 2026-12-18"),
        said("Information om avbrottet finns", section="fakta.handelse", status="bekräftad"),
    )
    ended = outage("clr", "04:00", end=moment("05:10"), time=moment("05:20"), supersedes="outage-1", status="confirmed")
    append(log, [ended], MODEL)
    assert of_bank_one(log) == ["Enligt Bank one (läget 04.30): Information om avbrottet finns."]


@pytest.fixture
def many(tmp_path):
    """A payer of nine payments, and its log."""
    made = tables()
    one = made["payment"][0]
    made["payment"] = [{**one, "id": f"p{number}", "name": f"Payment {number}"} for number in range(1, 10)]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    return begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"), model=model), model


FIVE = ", ".join(f"Payment {number} (fre 18 dec)" for number in range(1, 6))


@pytest.mark.parametrize(
    ("order", "where"),
    [
        ({}, ", se tabellen under Närmaste betalningsdagar"),
        ({"form": "kort"}, ", se den fullständiga lägesbilden"),
        ({"form": "delgivning", "disclosed": ("viktigast",)}, ""),
        ({"form": "delgivning", "disclosed": ("viktigast", "prognos")}, ", se tabellen under Närmaste betalningsdagar"),
    ],
)
def test_of_many_late_payments_five_are_named_and_the_rest_is_counted(many, order, where):
    path, model = many
    first = lines(path, model=model, **order)[0]
    assert f"blir dessa betalningar sena: {FIVE} och 4 till{where} (cirka 5 400 utbetalningar" in first


def test_all_of_them_stand_in_their_table_and_among_the_consequences(many):
    path, model = many
    rows = lines(path, model=model, section="prognos.betalningar")
    assert [f"Payment {number}, planerad" in row for number, row in enumerate(rows, 1)] == [True] * 9
    assert "Payment 9" in lines(path, model=model, section="prognos.konsekvenser")[0]


def test_six_are_all_named(tmp_path):
    made = tables()
    made["payment"] = [{**made["payment"][0], "id": f"p{one}", "name": f"Payment {one}"} for one in range(1, 7)]
    model, findings = beroenden.build(made)
    assert model is not None, findings
    path = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"), model=model)
    assert "och Payment 6 (fre 18 dec)" in lines(path, model=model)[0]


def test_what_was_impaired_then_is_not_repeated_once_no_system_is_out(log):
    impaired = said("Egna nedsatta nu (förmåga kvar): Bank one (0 %).", section="viktigast")
    received(log, impaired, said("Line", section="viktigast"))
    fault = {"kind": "outage", "payment": "allowance", "share": 0.1, "start": moment("04:00"), "time": moment("04:20")}
    append(log, [fault], MODEL)
    assert "nedsatta nu" in of_bank_one(log)[0]
    ended = outage("clr", "04:00", end=moment("05:10"), time=moment("05:20"), supersedes="outage-1", status="confirmed")
    append(log, [ended], MODEL)
    assert of_bank_one(log) == ["Enligt Bank one (läget 04.30): Line."]


def test_what_is_impaired_since_is_repeated(log):
    ended = outage("clr", "04:00", end=moment("04:20"), time=moment("04:25"), supersedes="outage-1", status="confirmed")
    append(log, [ended], MODEL)
    received(log, said("Egna nedsatta nu (förmåga kvar): Bank one (0 %).", section="viktigast"))
    assert "nedsatta nu" in of_bank_one(log)[0]


def test_a_first_deadline_is_repeated_until_it_has_passed(log):
    first = "Första tidsfristen: är avbrottet åtgärdat senast 05.00 kommer Allowance i tid."
    received(log, said(first, section="viktigast") | {"said": moment("05:00")})
    assert any(first in one for one in lines(log, at="05:00"))
    assert not any(first in one for one in lines(log, at="05:01"))


@pytest.mark.parametrize(
    ("where", "is_told"),
    [
        ("alla banker utom Bank two", False),
        ("Bank one", False),
        ("alla banker", True),
        ("alla banker, utom i Bank two bara en del av filen", True),
        ("Bank one och Bank two", True),
        ("vissa banker (namnges inte här)", True),
    ],
)
def test_a_bank_that_the_sender_spares_is_not_told_how_many_customers_may_wait(tmp_path, where, is_told):
    log = begun(tmp_path / "log.toml", "b2")
    late = said("Allowance: sen.", "allowance 2026-12-18")
    received(log, late, said(f"Det som är eller blir sent gäller konton i {where}.", section="viktigast"))
    assert any("så här många konto i Bank two" in one for one in lines(log, actor="b2")) == is_told
