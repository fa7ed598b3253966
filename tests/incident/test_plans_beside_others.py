"""What the own log plans, does not know for sure or only assumes, beside what others tell of the same thing."""

import pytest
from chain import tables
from delgivningar import begun, delgivning, ground, moment, outage, read, shared
from owned_clearing import MODEL, TABLES, house, reads

import beroenden
from beroenden.incident.contacts import contact_list
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

PLAN = outage("clr", "06:00", end=moment("07:00"), status="unconfirmed")
MOVED = outage("clr", "06:30", end=moment("08:00"))


def texts(log, section, at="05:20", to=None, actor="b2", language="sv"):
    made = situation(ground(log, at, to, MODEL, language=language), actor, Order(to=to or ""))
    return [one.text.replace("\xa0", " ") for one in made.statements if one.section == section]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "i loggen är det planerat fre 2026-12-18 06.00 till fre 2026-12-18 07.00, men enligt The owner (fre 2026-12-18 "
         "05.00) är det planerat fre 2026-12-18 06.30 till fre 2026-12-18 08.00. Rätta den egna posten"),
        ("en", "in the log it is planned Fri 2026-12-18 06:00 to Fri 2026-12-18 07:00, but according to The owner"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", ["05:20", "06:20"])
def test_another_plan_of_the_owner_is_told_beside_the_own_one(tmp_path, at, language, told):
    log = house(tmp_path, [PLAN], ("owner", [MOVED]))
    asked = " ".join(texts(log, "prognos.information", at, language=language))
    assert told in asked
    assert "är det bekräftat" not in asked


def test_a_plan_that_another_confirms_is_not_asked_of_whether_it_is_confirmed(tmp_path):
    log = house(tmp_path, [PLAN], ("owner", [PLAN | {"status": "confirmed"}]))
    first, then = texts(log, "prognos.information")[:2]
    assert "i loggen är det obekräftat, men The owner (fre 2026-12-18 05.00) bekräftar det" in first
    assert "planerat från fredag 18 december 2026 kl. 06.00: blir det av då" in then


def test_what_began_otherwise_than_it_was_planned_is_told(tmp_path):
    log = house(tmp_path, [PLAN])
    reads(log, "owner", [outage("clr", "05:30", end=moment("09:00"), time=moment("05:40"))], "05:45")
    told = "enligt The owner (fre 2026-12-18 05.45) började det fre 2026-12-18 05.30 och beräknas vara åtgärdat fre 2026-12-18 09.00"
    for at in ("05:50", "06:20"):
        assert told in " ".join(texts(log, "prognos.information", at))


def test_the_level_and_the_end_by_the_owners_word_are_both_told(tmp_path):
    own = outage("clr", "04:10", status="unconfirmed", end=moment("09:00"))
    log = house(tmp_path, [own], ("owner", [outage("clr", "04:10", end=moment("08:00"), remaining=0.3)]))
    asked = " ".join(texts(log, "prognos.information"))
    assert "beräknas det vara åtgärdat fre 2026-12-18 08.00" in asked and "var det 30 %" in asked
    assert "håller" not in asked


@pytest.mark.parametrize("status", ["unconfirmed", "confirmed"])
def test_a_later_end_that_a_third_has_not_confirmed_is_told_with_its_status(tmp_path, status):
    own = outage("clr", "04:10", status=status, end=moment("04:50"))
    third = outage("clr", "04:10", status="unconfirmed", end=moment("08:00"), time=moment("04:30"))
    log = house(tmp_path, [own], ("b1", [third]))
    told = "antas det ha upphört fre 2026-12-18 04.50, men enligt Bank one (fre 2026-12-18 05.00, obekräftat) beräknas det vara"
    assert told in " ".join(texts(log, "prognos.information"))
    assert "according to Bank one (Fri 2026-12-18 05:00, unconfirmed)" in " ".join(
        texts(log, "prognos.information", language="en")
    )


def test_an_end_that_another_only_assumes_is_not_told_as_an_end(tmp_path):
    own = outage("clr", "04:10", status="unconfirmed", end=moment("04:20"))
    assumed = outage("clr", "04:10", end=moment("04:50"), time=moment("04:30"))
    log = house(tmp_path, [own], ("owner", [assumed]))
    told = (
        "antas det ha upphört fre 2026-12-18 04.20, men enligt The owner (fre 2026-12-18 05.00) {} fre 2026-12-18 04.50"
    )
    assert told.format("antas det ha upphört") in " ".join(texts(log, "prognos.information"))
    (said := tmp_path / "said").mkdir()
    log = house(said, [own], ("owner", [assumed | {"time": moment("04:55")}]))
    assert "det har upphört enligt The owner (fre 2026-12-18 04.50)" in " ".join(texts(log, "prognos.information"))


def test_a_third_does_not_end_what_its_owner_says_goes_on(tmp_path):
    third = outage("clr", "04:10", end=moment("04:40"), time=moment("04:45"))
    owner = outage("clr", "04:10", end=moment("09:00"))
    log = house(
        tmp_path,
        [outage("clr", "04:10", end=moment("08:00"), status="unconfirmed")],
        ("b1", [third]),
        ("owner", [owner]),
    )
    asked = " ".join(texts(log, "prognos.information"))
    assert "ska det vara åtgärdat fre 2026-12-18 08.00, men enligt The owner" in asked
    assert "har upphört enligt" not in asked


def test_what_others_have_confirmed_is_unconfirmed_in_the_log_alone(tmp_path):
    own = outage("clr", "04:10", status="unconfirmed")
    log = house(tmp_path, [own], ("owner", [outage("clr", "04:10")]))
    assumed, calls = " ".join(texts(log, "prognos.antaganden")), " ".join(texts(log, "prognos.samverkan"))
    assert "Avbrott i Clearing är obekräftat i loggen, men bekräftat av The owner." in assumed
    assert "Där något har avbrott (obekräftat i loggen, bekräftat av andra): The owner" in calls
    assert "enligt obekräftade uppgifter" not in calls
    made = situation(ground(log, "05:20", None, MODEL), "b2", Order())
    assert {one.tlp for one in made.statements if "bekräftat av andra" in one.text} == {"TLP:GREEN"}  # the owner's
    assert "is unconfirmed in the log, but confirmed by The owner." in " ".join(
        texts(log, "prognos.antaganden", language="en")
    )


def test_a_plan_that_nobody_saw_begin_is_told_as_a_plan(tmp_path):
    log = house(tmp_path, [PLAN | {"tlp": "TLP:CLEAR"}])
    was = (
        "Avbrott i Clearing var planerat från fredag 18 december 2026 kl. 06.00 till fredag 18 december 2026 kl. 07.00"
    )
    assert texts(log, "fakta.handelse", "06:30") == [f"{was}; inget säger att det har börjat."]
    assert texts(log, "fakta.handelse", "08:00") == [f"{was}; inget säger att det blev av."]
    assert texts(log, "fakta.handelse", "08:00", "TLP:CLEAR") == [f"{was}."]
    assert "har det börjat, och är det åtgärdat" in " ".join(texts(log, "prognos.information", "06:30"))
    assert "blev det av, och upphörde det" in " ".join(texts(log, "prognos.information", "08:00"))
    assert "räknas som om det blev av" in " ".join(texts(log, "prognos.antaganden", "08:00"))
    assert "nothing says that it took place" in texts(log, "fakta.handelse", "08:00", language="en")[0]
    assert ground(log, "06:30", None, MODEL).known.scenario.outages[0].start == moment("06:00")
    calls = (texts(log, "prognos.samverkan", at)[0] for at in ("06:30", "08:00"))
    assert [one.partition(":")[0] for one in calls] == [
        "Där ett avbrott är planerat enligt obekräftade uppgifter",
        "Där ett avbrott var planerat enligt obekräftade uppgifter",
    ]
    owner = next(one for one in contact_list(ground(log, "08:00", None, MODEL), "b2") if one.actor == "owner")
    assert "hade planerat avbrott: Clearing från fre 18 dec 06.00" in owner.why.replace("\xa0", " ")


@pytest.mark.parametrize("at", ["05:20", "06:20", "07:20"])
def test_a_fault_before_what_is_planned_counts_also_when_that_comes_due(tmp_path, at):
    plan = PLAN | {"status": "confirmed"}
    fault = outage("clr", "04:50", end=moment("10:50"), time=moment("04:55"))
    log = house(tmp_path, [plan], ("owner", [plan, fault]))
    counted = ground(log, at, None, MODEL).known.scenario.outages
    assert moment("04:50") in {one.start for one in counted}
    assert any(one.start <= moment("09:00") < (one.end or moment("12:00")) for one in counted)


def test_a_plan_that_somebody_saw_begin_has_begun(tmp_path):
    log = house(tmp_path, [PLAN])
    reads(log, "owner", [PLAN | {"time": moment("06:05"), "status": "confirmed"}], "06:10")
    assert "uppges ha börjat" in texts(log, "fakta.handelse", "06:20")[0]


@pytest.mark.parametrize("is_planned_by_the_owner", [True, False])
@pytest.mark.parametrize("at", ["05:20", "06:20", "09:00"])
def test_another_outage_of_the_owner_counts_also_when_the_plan_has_come(tmp_path, at, is_planned_by_the_owner):
    plan = outage("clr", "06:00", end=moment("07:00"), time=moment("04:00"))
    fault = outage("clr", "04:40", end=moment("06:40"), time=moment("04:50"))
    log = house(tmp_path, [plan], ("owner", [plan, fault] if is_planned_by_the_owner else [fault]))
    outages = ground(log, at, None, MODEL).known.scenario.outages
    assert sorted((one.start, one.end) for one in outages) == [
        (moment("04:40"), moment("06:40")),
        (moment("06:00"), moment("07:00")),
    ]


def test_what_the_owner_tells_of_beside_its_plan_is_another_however_near(tmp_path):
    fault = outage("clr", "05:30", end=moment("09:00"), time=moment("05:40"))
    log = house(tmp_path, [PLAN])
    reads(log, "owner", [fault, PLAN], "05:45")
    starts = {one.start for one in ground(log, "06:20", None, MODEL).known.scenario.outages}
    assert starts == {moment("05:30"), moment("06:00")}


@pytest.mark.parametrize(
    ("language", "told"), [("sv", "inget säger att det har börjat"), ("en", "nothing says that it has begun")]
)
def test_another_outage_is_no_word_that_the_plan_has_begun(tmp_path, language, told):
    fault = outage("clr", "04:40", end=moment("06:40"), time=moment("04:50"))
    log = house(tmp_path, [PLAN | {"time": moment("04:00")}], ("owner", [fault]))
    assert told in texts(log, "fakta.handelse", "06:20", language=language)[0]


def test_what_one_of_two_withdraws_of_the_same_plan_is_left_by_the_other(tmp_path):
    log = house(tmp_path, [PLAN], ("owner", [MOVED]))
    gone = {
        "kind": "withdrawn",
        "supersedes": "outage-1",
        "text": "Inställt",
        "time": moment("05:10"),
        "status": "confirmed",
    }
    append(log, [gone], MODEL)
    (left,) = ground(log, "05:20", None, MODEL).known.scenario.outages
    assert (left.start, left.end) == (moment("06:30"), moment("08:00"))
    assert not any("i loggen" in one for one in texts(log, "prognos.information"))


@pytest.mark.parametrize(
    ("status", "by"), [("unconfirmed", ", enligt obekräftade uppgifter från Bank one."), ("confirmed", ".")]
)
def test_what_was_only_computed_to_be_impaired_should_have_been(tmp_path, status, by):
    told = outage("power", "04:10", status=status, end=moment("04:50"), time=moment("04:55"))
    log = begun(tmp_path / "own.toml", "payer", model=MODEL)
    reads(log, "b1", [told])
    until = "fredag 18 december 2026 kl. 04.10 till fredag 18 december 2026 kl. 04.50 (beror på Power)"
    own = " ".join(texts(log, "prognos.konsekvenser", actor="payer"))
    assert f"The payer's system bör ha varit nedsatt {until}{by}" in own
    spared = "då är eller var The payer's system inte nedsatt"
    assert (spared in " ".join(texts(log, "prognos.antaganden", actor="payer"))) == (status == "unconfirmed")


def test_what_a_confirmed_outage_alone_would_not_have_impaired_rests_on_what_is_not_confirmed(tmp_path):
    """Of two that can serve in each other's place one is out for sure, and by another's unconfirmed word both."""
    made = tables() | {"audience": TABLES["audience"]}
    made["entity"] = [
        *(one | ({"needs": [{"any_of": ["n1", "n2"], "endurance": "0min"}]} if one["id"] == "sys" else {})
          for one in made["entity"]),
        {"id": "n1", "name": "Net one", "kind": "infrastructure"},
        {"id": "n2", "name": "Net two", "kind": "infrastructure"},
        {"id": "owner", "name": "The owner", "kind": "authority"},
    ]  # fmt: skip
    model, _ = beroenden.build(made)
    own = outage("n1", "04:00", end=moment("04:55"), time=moment("04:56"), status="confirmed")
    log = begun(tmp_path / "own.toml", "payer", own, model=model)
    teller = begun(tmp_path / "b1.toml", "b1", outage("n2", "04:10", status="unconfirmed", end=moment("04:50"), time=moment("04:55")), model=model)  # fmt: skip
    exchanges, _ = read_exchanges(
        [shared(tmp_path / "told.toml", delgivning(teller, at="05:00", model=model))], model, read(log, model)
    )
    append(log, [received_entry(exchanges[0], moment("05:00") + 1, model)], model)
    made = situation(ground(log, "05:20", None, model), "payer", Order())
    own = " ".join(one.text for one in made.statements if one.section == "prognos.konsekvenser")
    assert "enligt obekräftade uppgifter från Bank one." in own


def test_an_own_outage_that_is_over_was_an_impairment(tmp_path):
    log = begun(
        tmp_path / "own.toml", "payer", outage("sys", "04:10", end=moment("04:50"), time=moment("04:55")), model=MODEL
    )
    assert "The payer's system var nedsatt" in " ".join(texts(log, "prognos.konsekvenser", actor="payer"))
