"""What the own log says beside what others tell of the same thing: which word counts, and what is asked and told then."""

from pathlib import Path

import pytest
from chain import tables
from delgivningar import begun, delgivning, ground, moment, outage, read, shared

import beroenden
from beroenden.incident.combined import combine
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

MODEL, _ = beroenden.build(
    tables() | {"audience": [{"actor": one, "tlp": "TLP:GREEN"} for one in ("payer", "b1", "b2")]}
)
LENGTH = {"min": "1h", "mode": "3h", "max": "9h"}


def seen(level: float, time: str, entity: str = "clr", **more: object) -> dict:
    """An observed level that is to be shared."""
    told = {"kind": "observation", "entity": entity, "level": level, "text": "Seen", "time": moment(time)}
    return told | {"disclose": True} | more


@pytest.fixture
def house(tmp_path):
    """Make a log of bank two with own entries, into which is read what bank one tells as of a time."""

    def made(own: list[dict], told: list[dict], at: str = "05:00", sender: str = "b1") -> Path:
        folder = tmp_path / str(len([*tmp_path.iterdir()]))
        folder.mkdir()
        log = begun(folder / "own.toml", "b2", *own, model=MODEL)
        read_in(log, sender, told, at)
        return log

    return made


def read_in(log: Path, sender: str, told: list[dict], at: str = "05:00") -> None:
    """Read into a log what somebody tells as of a time."""
    teller = begun(log.parent / f"{sender}.toml", sender, *told, model=MODEL)
    file = shared(log.parent / f"told-{sender}.toml", delgivning(teller, at=at, model=MODEL))
    exchanges, findings = read_exchanges([file], MODEL, read(log))
    assert exchanges, findings
    append(log, [received_entry(exchanges[0], moment(at) + 1, MODEL)], MODEL)


def spells(log, at="05:20"):
    """From when until when, and what is left, in order of time."""
    found = ((one.start, one.end, one.remaining) for one in ground(log, at, None, MODEL).known.scenario.outages)
    return sorted(found, key=lambda one: (one[0], one[2]))


def texts(log, section, at="05:20", to=None, **order):
    made = situation(ground(log, at, to, MODEL), "b2", Order(to=to or "", **order))
    return [one.text for one in made.statements if one.section == section]


# outages


OVER = outage("clr", "04:00", end=moment("04:15"))


def test_a_new_outage_that_begins_after_the_own_one_was_over_counts(house):
    log = house([OVER], [outage("clr", "04:40", time=moment("04:45"), remaining=0.4, **{"for": LENGTH})])
    first, second = spells(log)
    assert first == (moment("04:00"), moment("04:15"), 0.0)
    assert second[0] == moment("04:40")
    known = ground(log, "05:20", None, MODEL).known
    assert [one.length is not None for one in known.scenario.outages] == [False, True]
    assert not any("åtgärdat sedan" in text for text in texts(log, "viktigast"))


def test_an_outage_that_the_own_log_has_over_earlier_is_no_new_one(house):
    log = house([OVER], [outage("clr", "04:05", time=moment("04:45"))])
    assert spells(log) == [(moment("04:00"), moment("04:15"), 0.0)]


def test_a_part_that_directly_continues_the_outage_of_the_own_log_is_no_new_one(house):
    parts = outage("clr", "04:00", end=moment("04:30")), outage("clr", "04:30", remaining=0.5, time=moment("04:31"))
    assert spells(house([OVER], [*parts])) == [(moment("04:00"), moment("04:15"), 0.0)]


def test_an_outage_that_was_seen_to_be_over_is_over_when_another_begins(house):
    own = [outage("clr", "04:00", time=moment("04:05")), seen(1.0, "04:20")]
    log = house(own, [outage("clr", "04:40", time=moment("04:45"))])
    assert spells(log) == [(moment("04:00"), moment("04:20"), 0.0), (moment("04:40"), None, 0.0)]


def test_the_end_of_a_new_outage_is_not_that_of_the_one_before(house):
    unsaid = outage("clr", "04:00", end=moment("04:15"), time=moment("04:05"))
    log = house([unsaid], [outage("clr", "04:40", end=moment("04:50"), time=moment("04:55"))])
    asked = texts(log, "prognos.information")
    assert any("antas ha upphört" in one for one in asked)
    assert not any("enligt Bank one" in one for one in asked)


def test_an_estimate_whose_time_has_passed_is_not_that_of_an_outage_that_goes_on(house):
    short = outage("clr", "04:00", **{"for": {"min": "1h", "mode": "2h", "max": "3h"}})
    log = house([outage("clr", "04:10")], [short])
    assert "uppskattar den till" in texts(log, "prognos.information", at="06:50")[0]
    assert "när beräknas det vara åtgärdat?" in texts(log, "prognos.information", at="07:00")[0]


@pytest.mark.parametrize("begun", ["04:10", "05:10"])
def test_the_length_of_what_another_plans_is_not_that_of_what_goes_on(house, begun):
    log = house([outage("clr", begun, time=moment("05:10"))], [outage("clr", "08:00", end=moment("09:00"))])
    assert "när beräknas det vara åtgärdat?" in texts(log, "prognos.information")[0]


def test_what_another_plans_beside_the_own_outage_that_goes_on_is_another_and_counts(house):
    told = [outage("clr", "03:55", time=moment("04:50")), outage("clr", "08:00", end=moment("09:00"))]
    log = house([outage("clr", "04:00")], told)
    for at in ("05:20", "08:30"):
        assert spells(log, at) == [(moment("04:00"), None, 0.0), (moment("08:00"), moment("09:00"), 0.0)]
    assert "det planerade avbrottet i Clearing" in texts(log, "viktigast")[0]


@pytest.mark.parametrize("own", [[], [outage("clr", "04:00")]], ids=["nothing goes on", "another goes on"])
def test_what_the_own_log_plans_too_is_as_the_own_log_has_it(house, own):
    plans = [outage("clr", "08:00", end=moment("09:00"), time=moment("04:55"))]
    log = house([*own, *plans], [outage("clr", "08:30", end=moment("09:30"))])
    assert spells(log)[-1] == (moment("08:00"), moment("09:00"), 0.0) and len(spells(log)) == len(own) + 1
    later = house(plans, [outage("clr", "10:00", end=moment("11:00"))])
    assert [start for start, _, _ in spells(later)] == [moment("08:00"), moment("10:00")]


def test_what_is_planned_to_continue_what_goes_on_is_the_outage_of_the_own_log(house):
    told = [outage("clr", "03:55", end=moment("08:00")), outage("clr", "08:00", end=moment("09:00"), remaining=0.5)]
    assert spells(house([outage("clr", "04:00")], told)) == [(moment("04:00"), None, 0.0)]


def test_what_begins_a_little_before_it_was_planned_to_is_what_was_planned(house):
    log = house([outage("clr", "07:50", time=moment("08:00"))], [outage("clr", "08:00", end=moment("09:00"))])
    assert "Bank one uppskattar den till 1 tim" in texts(log, "prognos.information", at="08:30")[0].replace("\xa0", " ")


# observed levels


ESTIMATED = outage("clr", "04:00", remaining=0.4, **{"for": LENGTH})


def test_an_observed_level_that_anothers_outage_explains_leaves_that_with_its_estimate(house):
    log = house([seen(0.4, "04:30")], [ESTIMATED])
    known = ground(log, "05:20", None, MODEL).known
    (one,) = known.scenario.outages
    assert (one.start, one.remaining, one.length is not None) == (moment("04:00"), 0.4, True)
    (asked,) = texts(log, "prognos.information")
    assert "håller uppskattningen" in asked


def test_a_better_level_is_that_of_anothers_outage_from_then_on(house):
    log = house([seen(0.7, "04:30")], [ESTIMATED])
    (_, until, left), (_, end, better) = spells(log)
    assert (until, left, better) == (moment("04:30"), 0.4, 0.7)
    assert end is not None


def test_full_capacity_ends_anothers_outage(house):
    assert spells(house([seen(1.0, "04:30")], [ESTIMATED])) == [(moment("04:00"), moment("04:30"), 0.4)]


def test_a_lower_level_goes_on_by_itself_beside_anothers_outage(house):
    (_, _, left), own = spells(house([seen(0.1, "04:30")], [ESTIMATED]))
    assert (left, own) == (0.4, (moment("04:30"), None, 0.1))


def test_what_was_observed_before_anothers_outage_began_says_nothing_of_it(house):
    log = house([seen(0.9, "03:50")], [ESTIMATED])
    ((start, _, left),) = spells(log)
    assert (start, left) == (moment("04:00"), 0.4)
    assert [(pin.start, pin.end) for pin in ground(log, "05:20", None, MODEL).known.scenario.pins] == [
        (moment("03:50"), moment("04:00"))
    ]


def test_what_was_observed_goes_on_until_anothers_outage_that_is_to_come(house):
    log = house([seen(0.5, "04:30")], [outage("clr", "14:00", end=moment("16:00"))])
    assert spells(log) == [(moment("04:30"), None, 0.5), (moment("14:00"), moment("16:00"), 0.0)]


def test_what_was_observed_holds_no_longer_when_its_teller_says_that_the_outage_is_over(house):
    log = house([seen(0.1, "04:30")], [outage("clr", "04:00", end=moment("04:50"), time=moment("04:55"))])
    assert spells(log) == [(moment("04:00"), moment("04:50"), 0.0)]


def test_an_unconfirmed_observation_makes_no_doubt_of_what_another_has_confirmed(house):
    log = house([seen(0.4, "04:30", status="unconfirmed")], [ESTIMATED])
    assert ground(log, "05:20", None, MODEL).known.doubted == frozenset()


# levels that others have seen


def test_a_level_that_another_has_seen_is_an_outage_where_nothing_known_explains_it(house):
    log = house([], [seen(0.2, "04:30")])
    assert spells(log) == [(moment("04:30"), None, 0.2)]
    assert "Om avbrottet kvarstår" in texts(log, "viktigast")[0]
    earlier = house([], [seen(0.2, "04:30"), seen(1.0, "04:40")])
    assert spells(earlier) == [(moment("04:30"), moment("04:40"), 0.2)]


def test_a_level_that_another_says_holds_until_some_time_ends_then(house):
    log = house([], [seen(0.2, "04:30", until=moment("06:00"))])
    known = ground(log, "07:00", None, MODEL).known
    assert known.scenario.outages == ()
    assert [(one.start, one.end, one.level) for one in known.scenario.pins] == [(moment("04:30"), moment("06:00"), 0.2)]
    assert [one for one in texts(log, "prognos.information", at="07:00") if "Clearing" in one] == []
    for at, told in (("05:20", ["0.2", "2026-12-18T06:00+01:00"]), ("07:00", [])):
        compared = combine(ground(log, at, None, MODEL)).comparisons
        assert [one.voices[0].value for one in compared if one.aspect.startswith("observed")] == told


@pytest.mark.parametrize("level", [0.6, 1.0])
def test_a_level_that_holds_for_some_time_leaves_its_tellers_outage_as_it_is_told(house, level):
    log = house([], [ESTIMATED, seen(level, "04:30", until=moment("06:00"))])
    known = ground(log, "05:20", None, MODEL).known
    (one,) = known.scenario.outages
    assert (one.start, one.remaining, one.length is not None) == (moment("04:00"), 0.4, True)
    assert [(pin.end, pin.level) for pin in known.scenario.pins] == [(moment("06:00"), level)]


def test_a_level_that_holds_no_longer_is_not_set_against_the_own_log(house):
    log = house([outage("clr", "04:10")], [seen(0.2, "04:30", until=moment("06:00"))])
    for at, is_told in (("05:20", True), ("07:00", False)):
        assert any("men enligt Bank one var det 20" in one for one in texts(log, "prognos.information", at)) == is_told


def test_it_does_not_count_where_the_own_log_speaks_of_it(house):
    assert spells(house([outage("clr", "04:10")], [seen(0.2, "04:30")])) == [(moment("04:10"), None, 0.0)]
    assert spells(house([seen(0.6, "04:40")], [seen(0.2, "04:30")])) == [(moment("04:40"), None, 0.6)]


@pytest.mark.parametrize(
    ("own", "as_of", "counts"),
    [
        ([outage("b1", "04:00", end=moment("04:15"))], "04:20", True),
        ([outage("b1", "04:00", end=moment("04:15"))], "04:40", False),
        ([outage("b1", "04:00", time=moment("04:10"))], "04:20", False),
        ([], "04:20", False),
    ],
    ids=[
        "since the own end",
        "before the answering actor's word",
        "while it is out",
        "while it is out by others' word",
    ],
)
def test_what_a_third_has_seen_counts_when_it_is_newer_than_the_word_of_who_answers(house, own, as_of, counts):
    log = house(own, [outage("b1", "03:50", time=moment("04:05"))], at=as_of)
    read_in(log, "payer", [seen(0.5, "04:30", "b1", until=moment("07:00"))])
    pins = ground(log, "05:20", None, MODEL).known.pins
    assert [(one.actor, one.time) for one in pins] == ([("payer", moment("04:30"))] if counts else [])


def test_what_a_third_has_seen_counts_beside_what_is_only_planned(house):
    log = house([], [outage("b1", "08:00", end=moment("09:00"))], at="04:20")
    read_in(log, "payer", [seen(0.5, "04:30", "b1")])
    assert spells(log) == [(moment("04:30"), None, 0.5), (moment("08:00"), moment("09:00"), 0.0)]
    asked = [one for one in texts(log, "prognos.information") if "observerades" in one]
    assert all("Stämmer modellens beroenden" in one for one in asked)
    assert asked


def test_what_was_confirmed_to_work_again_is_not_asked_of_or_assumed_to_have_ended(house):
    log = house([seen(1.0, "04:30", "b2", status="confirmed")], [outage("b2", "04:00", time=moment("04:10"))])
    (is_over,) = ground(log, "05:20", None, MODEL).known.over
    assert is_over
    asked = [one for one in texts(log, "prognos.information") if "avbrott" in one.lower()]
    assert ["observerades" in one for one in asked] == [True]
    assert not any("antas ha upphört" in one for one in texts(log, "prognos.antaganden"))


def test_full_capacity_alone_is_no_outage_and_is_not_denied(house):
    log = house([], [seen(1.0, "04:30")])
    assert spells(log) == []
    assert texts(log, "viktigast")[0].startswith("Loggen har inget avbrott och ingen nedsatt nivå")


def test_the_joint_picture_holds_a_level_that_was_seen_against_the_model_without_it(house):
    log = house([outage("power", "00:00")], [seen(0.2, "04:30", "sys")])
    (one,) = (each for each in combine(ground(log, "05:20", None, MODEL)).comparisons if each.aspect == "observed")
    assert one.is_against_model
    assert one.model is not None and one.model.text == "0\xa0% utan det som har observerats"


# what is told of it


@pytest.mark.parametrize(("sender", "asked"), [("b1", False), ("payer", True)])
def test_a_reader_is_not_asked_for_the_length_that_it_has_told(house, sender, asked):
    told = [outage("clr", "04:00", end=moment("16:00"))]
    log = house([outage("clr", "04:00")], told, sender=sender)
    found = texts(log, "prognos.information", to="b1", form="delgivning", disclosed=("prognos",))
    assert any("när beräknas det vara åtgärdat" in one for one in found) is asked


def test_anothers_word_that_does_not_count_hides_nothing_that_was_chosen(house):
    log = house([outage("clr", "04:00"), seen(0.3, "04:30")], [ESTIMATED])
    assert ground(log, "05:20", "TLP:GREEN", MODEL, only_disclosed=True).known.scenario.withheld == frozenset()


def test_anothers_level_that_counts_and_was_not_chosen_is_hidden(house):
    log = house([], [seen(0.3, "04:30")])
    assert "clr" in ground(log, "05:20", "TLP:GREEN", MODEL, only_disclosed=True).known.scenario.withheld


# what holds now


def test_what_is_observed_holds_at_the_as_of_time_too(tmp_path):
    """Without power the system is down from eight; on paper half of it is done."""
    own = [outage("power", "04:00"), seen(0.5, "08:30", "sys")]
    log = begun(tmp_path / "log.toml", "payer", *own)
    for at in ("08:30", "09:00"):
        made = situation(ground(log, at, None, MODEL), "payer", Order())
        now = [one.text for one in made.statements if one.text.startswith("Egna nedsatta nu")]
        first = next(one for one in made.statements if one.section == "prognos.tid")
        assert "system (50\xa0%)" in now[0]
        assert any("system (50\xa0%)" in cell for _, cell in first.cells)


def test_without_an_observation_the_model_reckons_with_the_others(tmp_path):
    own = [seen(0.4, "04:30", "power"), seen(0.9, "08:40", "sys")]
    log = begun(tmp_path / "log.toml", "payer", *own)
    made = situation(ground(log, "09:00", None, MODEL), "payer", Order())
    (asked,) = (one.text for one in made.statements if "payer's system observerades" in one.text)
    assert "med 40\xa0%" in asked


def test_nothing_is_asked_of_what_was_observed_before_the_outage_was_said_to_be_over(tmp_path):
    own = [
        outage("clr", "04:00", time=moment("04:05")),
        seen(0.4, "04:30"),
        outage("clr", "04:00", end=moment("05:00"), supersedes="outage-1", time=moment("05:10")),
    ]
    log = begun(tmp_path / "log.toml", "payer", *own)
    made = situation(ground(log, "12:00", None, MODEL), "payer", Order())
    assert not any("observerades" in one.text for one in made.in_section("prognos.information"))
