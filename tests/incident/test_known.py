"""What a log says at a time: nothing later, what was observed before what is computed, estimates that time has passed."""

import pytest
from chain import network
from logs import HEAD, OUT, basis_at, log_of, minute, situation_at

from beroenden.incident.known import known_at, reckoned_at
from beroenden.incident.log.read import load_log
from beroenden.model.entities import Pert

MODEL = network()


def known(tmp_path, text, at):
    return known_at(log_of(tmp_path, text, MODEL), minute(at), MODEL)


def spells(one):
    return [(outage.entity, outage.start, outage.end, outage.remaining) for outage in one.scenario.outages]


CORRECTED = (
    OUT
    + """
[[outage]]
id = "outage-2"
time = 2026-12-18T05:00:00+01:00
supersedes = "outage-1"
status = "confirmed"
entity = "clr"
start = 2026-12-18T03:50:00+01:00
end = 2026-12-18T09:00:00+01:00
"""
)


def test_nothing_later_shines_through(tmp_path):
    before, after = known(tmp_path, CORRECTED, "04:59"), known(tmp_path, CORRECTED, "05:00")
    assert spells(before) == [("clr", minute("04:00"), None, 0.0)]
    assert spells(after) == [("clr", minute("03:50"), minute("09:00"), 0.0)]
    assert [one.status for one in after.reports] == ["confirmed"]


def test_the_horizon_is_counted_from_the_as_of_time(tmp_path):
    one = known(tmp_path, OUT, "2026-12-28T04:00")
    assert one.scenario.end - one.scenario.at == 14 * 1440


OBSERVED = """
[[observation]]
id = "observation-1"
time = 2026-12-18T04:30:00+01:00
text = "Slow"
entity = "sys"
level = 0.5
"""


def test_an_observed_level_pins_until_now_and_goes_on_as_an_outage_of_unknown_length(tmp_path):
    one = known(tmp_path, OBSERVED, "06:00")
    assert [(pin.entity, pin.level, pin.start, pin.end) for pin in one.scenario.pins] == [
        ("sys", 0.5, minute("04:30"), minute("06:00"))
    ]
    assert spells(one) == [("sys", minute("04:30"), None, 0.5)]


def test_with_an_end_it_only_pins(tmp_path):
    one = known(tmp_path, OBSERVED + "until = 2026-12-18T08:00:00+01:00\n", "06:00")
    assert [pin.end for pin in one.scenario.pins] == [minute("08:00")]
    assert spells(one) == []


UP = """
[[observation]]
id = "observation-2"
time = 2026-12-18T05:00:00+01:00
text = "Up again"
entity = "sys"
level = 1.0
"""


def test_a_later_observation_of_the_same_entity_takes_over(tmp_path):
    one = known(tmp_path, OBSERVED + UP, "06:00")
    assert sorted((pin.level, pin.start, pin.end) for pin in one.scenario.pins) == [
        (0.5, minute("04:30"), minute("05:00")),
        (1.0, minute("05:00"), minute("06:00")),
    ]


def test_an_observed_level_that_nothing_explains_has_been_an_outage_until_the_next(tmp_path):
    one = known(tmp_path, OBSERVED + UP, "06:00")
    assert spells(one) == [("sys", minute("04:30"), minute("05:00"), 0.5)]
    assert one.over == (False,)
    told = situation_at(MODEL, log_of(tmp_path, OBSERVED + UP, MODEL), "06:00").in_section("prognos.information")
    assert not any("observerades" in one.text for one in told)
    confirmed = OBSERVED + UP + 'status = "confirmed"\n'
    assert known(tmp_path, confirmed, "06:00").over == (True,)
    worse = OBSERVED + UP.replace("1.0", "0.2")
    assert spells(known(tmp_path, worse, "06:00")) == [
        ("sys", minute("04:30"), minute("05:00"), 0.5),
        ("sys", minute("05:00"), None, 0.2),
    ]
    assert known(tmp_path, worse, "06:00").over == (True, False)


CLEARING_SEEN = """
[[observation]]
id = "observation-3"
time = 2026-12-18T05:00:00+01:00
text = "Partly back"
entity = "clr"
level = 0.4
"""


def test_an_observed_level_is_the_level_of_the_reported_outage_from_then_on(tmp_path):
    text = OUT + 'for = { min = "2h", mode = "6h", max = "10h" }\n' + CLEARING_SEEN
    one = known(tmp_path, text, "06:00")
    assert spells(one) == [
        ("clr", minute("04:00"), minute("10:00"), 0.4),
        ("clr", minute("04:00"), minute("05:00"), 0.0),
    ]
    assert one.scenario.outages[0].length == Pert(120, 360, 600)
    assert len(one.reports) == 2
    assert one.reports[1] is None


def test_an_estimate_that_time_has_passed_becomes_the_median_of_what_is_left(tmp_path):
    text = OUT + 'for = { min = "2h", mode = "6h", max = "10h" }\n'
    assert known(tmp_path, text, "09:59").scenario.outages[0].end == minute("10:00")
    later = known(tmp_path, text, "11:00").scenario.outages[0].end
    assert minute("11:00") < later < minute("14:00")
    over = known(tmp_path, text, "14:00")
    assert over.scenario.outages[0].end is None
    assert [one.id for one in over.overtaken] == ["outage-1"]


FEARED = """
[[outage]]
id = "outage-9"
time = 2026-12-18T04:20:00+01:00
status = "feared"
entity = "b2"
start = 2026-12-18T05:00:00+01:00
for = "12h"
"""


def test_what_is_feared_stands_beside_what_has_begun_and_is_varied(tmp_path):
    log = log_of(tmp_path, OUT + FEARED, MODEL)
    one = known_at(log, minute("04:30"), MODEL)
    assert [outage.entity for outage in one.scenario.outages] == ["clr"]
    assert [report.id for report in one.feared] == ["outage-9"]
    told = [one.text for one in situation_at(MODEL, log, "04:30").in_section("prognos.antaganden")]
    assert any("befaras och ingår inte i prognosen. Inträffar det:" in text for text in told)


def test_what_is_feared_alone_is_the_prognosis(tmp_path):
    one = known(tmp_path, FEARED, "04:30")
    assert [outage.entity for outage in one.scenario.outages] == ["b2"]
    assert one.feared == ()


def test_a_log_without_outages_has_facts_and_an_empty_prognosis(tmp_path):
    text = '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T04:30:00+01:00\ntext = "Rumours"\ntopic = "kommunikation"\n'
    made = situation_at(MODEL, log_of(tmp_path, text, MODEL), "05:00")
    assert [one.text for one in made.in_section("fakta.kommunikation")] == ["Rumours"]
    assert made.in_section("viktigast")[0].text.startswith("Loggen har inget avbrott")


def test_an_observation_that_the_model_would_not_have_said_is_told(tmp_path):
    made = situation_at(MODEL, log_of(tmp_path, OUT + OBSERVED, MODEL), "06:00")
    told = [one.text for one in made.in_section("prognos.information") if "observerades" in one.text]
    assert len(told) == 1
    assert "50\xa0%" in told[0]
    assert "100\xa0%" in told[0]
    agrees = CLEARING_SEEN.replace("0.4", "0.0")
    made = situation_at(MODEL, log_of(tmp_path, OUT + agrees, MODEL), "06:00")
    assert not [one for one in made.in_section("prognos.information") if "observerades" in one.text]


def test_an_unconfirmed_outage_is_varied_away_and_a_confirmed_is_not(tmp_path):
    def assumed(text):
        made = situation_at(MODEL, log_of(tmp_path, text, MODEL), "05:00")
        return [one.text for one in made.in_section("prognos.antaganden") if "Stämmer det inte" in one.text]

    assert len(assumed(OUT)) == 1
    assert "600 färre sena utbetalningar" in assumed(OUT)[0]
    assert assumed(OUT + 'status = "confirmed"\n') == []


def test_facts_repeat_entries_with_source_status_and_time(tmp_path):
    text = OUT + 'status = "confirmed"\nsource = "The clearing house"\ntext = "Said on the phone."\nfor = "6h"\n'
    (fact,) = situation_at(MODEL, log_of(tmp_path, text, MODEL), "05:00").in_section("fakta.handelse")
    assert fact.status == "bekräftad"
    assert fact.entry == "outage-1"
    assert "började fredag 18 december 2026 kl.\xa004.00, för 1\xa0tim sedan" in fact.text
    assert "Det uppges vara åtgärdat fredag 18 december 2026 kl.\xa010.00." in fact.text
    assert fact.text.endswith("Said on the phone.")
    assert fact.source == "The clearing house, fre 2026-12-18 04.10"


def test_the_observed_level_decides_what_follows(tmp_path):
    """The clearing at 100 % from 05:00 to the as-of time 07:00: the release at 06:00 is made although the report says out."""
    seen = CLEARING_SEEN.replace("0.4", "1.0")
    late = basis_at(MODEL, log_of(tmp_path, OUT, MODEL), "07:00").outcome.payouts_delayed
    kept = basis_at(MODEL, log_of(tmp_path, OUT + seen, MODEL), "07:00").outcome.payouts_delayed
    assert (late, kept) == (600, 0)


# What an audit found: each of these was told wrongly before.


def entry(kind: str, number: int, time: str, more: str) -> str:
    return f'\n[[{kind}]]\nid = "{kind}-{number}"\ntime = 2026-12-18T{time}:00+01:00\n{more}\n'


CLR = 'entity = "clr"\nstart = 2026-12-18T04:00:00+01:00\nstatus = "confirmed"\n'


def told(tmp_path, text, at, section="viktigast", **more):
    return " ".join(
        one.text for one in situation_at(MODEL, log_of(tmp_path, text, MODEL), at, **more).in_section(section)
    )


def test_a_confirmed_estimate_is_not_a_confirmed_end(tmp_path):
    text = entry("outage", 1, "04:10", CLR + 'for = "2h"')
    assert "upphörde" not in told(tmp_path, text, "07:00", "fakta.handelse")
    assert "åtgärdat sedan" not in told(tmp_path, text, "07:00")
    assert "Har det bekräftats?" in told(tmp_path, text, "07:00", "prognos.information")
    over = text + entry("outage", 2, "06:30", CLR + 'supersedes = "outage-1"\nend = 2026-12-18T06:20:00+01:00')
    assert "upphörde" in told(tmp_path, over, "07:00", "fakta.handelse")
    assert "åtgärdat sedan fredag 18 december 2026 kl.\xa006.20" in told(tmp_path, over, "07:00")


def test_the_last_word_holds(tmp_path):
    down = entry("observation", 1, "04:15", 'text = "Down"\nentity = "clr"\nlevel = 0.0')
    ended = entry("outage", 2, "04:50", CLR + "end = 2026-12-18T04:45:00+01:00")
    one = known(tmp_path, down + ended, "05:30")
    assert [(pin.start, pin.end) for pin in one.scenario.pins] == [(minute("04:15"), minute("04:45"))]
    assert spells(one) == [("clr", minute("04:00"), minute("04:45"), 0.0)]
    assert one.over == (True,)
    well = entry("observation", 1, "03:50", 'text = "Well"\nentity = "clr"\nlevel = 0.9')
    out = entry("outage", 1, "04:10", CLR)
    late = basis_at(MODEL, log_of(tmp_path, well + out, MODEL), "05:30").outcome.payouts_delayed
    assert late == 600


def received(more: str, status: str = "bekräftad", at: str = "04:30") -> str:
    return (
        f'\n[[received]]\nid = "received-1"\ntime = 2026-12-18T05:00:00+01:00\nsender = "b1"\nnumber = 1\n'
        f'at = 2026-12-18T{at}:00+01:00\nhash = "sha256:0"\n  [[received.statement]]\n  section = "fakta.handelse"\n'
        f'  text = "Out"\n  status = "{status}"\n  claims = [{more}]\n'
    )


START = '{ subject = "clr", aspect = "start", value = "2026-12-18T04:00+01:00" }'


def test_what_others_report_is_simulated_until_the_own_log_says_something_of_it(tmp_path):
    def late(text):
        return basis_at(MODEL, log_of(tmp_path, text, MODEL), "05:30").outcome.payouts_delayed

    assert late(received(START)) == 600
    asked = entry("observation", 1, "05:10", 'text = "We have asked"\nentity = "clr"')
    assert late(received(START) + asked) == 600
    feared = entry("outage", 1, "05:10", CLR.replace("confirmed", "feared").replace("18T04", "19T04"))
    assert late(received(START) + feared) == 600
    seen = entry("observation", 1, "05:10", 'text = "It is up"\nentity = "clr"\nlevel = 1.0')
    assert late(received(START) + seen) == 0


def test_an_end_that_others_expect_is_no_end(tmp_path):
    end = ', { subject = "clr", aspect = "end", value = "2026-12-18T05:10+01:00" }'
    for status, at in (("obekräftad", "05:20"), ("bekräftad", "04:30")):
        assert known(tmp_path, received(START + end, status, at), "05:30").over == (False,)
    assert known(tmp_path, received(START + end, "bekräftad", "05:20"), "05:30").over == (True,)
    for said, is_over in (("04:10", False), ("05:15", True)):
        text = received(START + end, "bekräftad", "05:20") + f"  said = 2026-12-18T{said}:00+01:00\n"
        assert known(tmp_path, text, "05:30").over == (is_over,)


def test_what_is_feared_is_not_told_as_happening(tmp_path):
    text = entry("outage", 1, "04:10", CLR.replace("confirmed", "feared") + 'for = "5h"')
    assert told(tmp_path, text, "04:30").startswith("Om det befarade inträffar")
    seen = entry("observation", 1, "04:10", 'text = "May stop"\nentity = "clr"\nlevel = 0.0\nstatus = "feared"')
    assert known(tmp_path, seen, "04:30").scenario.pins == ()
    assert "Observerad" not in told(tmp_path, seen, "04:30", "fakta.handelse")


def test_of_two_observations_in_one_minute_the_last_in_the_file_holds(tmp_path):
    two = "".join(
        entry("observation", number, "04:30", f'text = "Seen"\nentity = "clr"\nlevel = {level}')
        for number, level in ((1, 0.0), (2, 0.5))
    )
    one = known(tmp_path, two, "06:00")
    assert [pin.level for pin in one.scenario.pins] == [0.5]
    assert spells(one) == [("clr", minute("04:30"), None, 0.5)]


def test_what_came_late_and_has_come_is_told_as_past(tmp_path):
    text = entry("outage", 1, "04:10", CLR + "end = 2026-12-18T09:00:00+01:00") + entry(
        "outage", 2, "09:10", CLR + 'supersedes = "outage-1"\nend = 2026-12-18T09:00:00+01:00'
    )
    assert "är redan sena: Allowance" in told(tmp_path, text, "09:30")
    assert "Har blivit sena men bör vara framme: Allowance" in told(tmp_path, text, "12:00")
    assert "Blir sena" not in told(tmp_path, text, "12:00", "prognos.beslut")


# What crisis staff stumbled over.

POWER = 'entity = "power"\nstart = 2026-12-18T04:00:00+01:00\nstatus = "confirmed"\n'
DOWN = 'text = "Down"\nentity = "sys"\nlevel = 0.0\n'


def test_an_observed_level_that_the_known_outage_explains_follows_its_cause(tmp_path):
    """Without power the system lasts 4 h: at 08:30 it is down because of that, at 05:00 it cannot be."""
    explained = entry("outage", 1, "04:10", POWER) + entry("observation", 1, "08:30", DOWN)
    assert spells(known(tmp_path, explained, "09:00")) == [("power", minute("04:00"), None, 0.0)]
    unexplained = entry("outage", 1, "04:10", POWER) + entry("observation", 1, "05:00", DOWN)
    assert spells(known(tmp_path, unexplained, "09:00"))[1] == ("sys", minute("05:00"), None, 0.0)
    worse = entry("outage", 1, "04:10", POWER + "remaining = 0.5") + entry("observation", 1, "08:30", DOWN)
    assert spells(known(tmp_path, worse, "09:00"))[1] == ("sys", minute("08:30"), None, 0.0)


def test_an_explained_level_is_not_held_when_its_cause_has_ended(tmp_path):
    ended = entry("outage", 2, "10:10", POWER + 'supersedes = "outage-1"\nend = 2026-12-18T10:00:00+01:00')
    text = entry("outage", 1, "04:10", POWER) + entry("observation", 1, "08:30", DOWN) + ended
    one = known(tmp_path, text, "12:00")
    assert [(pin.start, pin.end) for pin in one.scenario.pins] == [(minute("08:30"), minute("10:00"))]
    assert basis_at(MODEL, log_of(tmp_path, text, MODEL), "12:00").outcome.level_at("sys", minute("11:00")) == 1


def test_of_two_that_explain_each_other_the_first_goes_on(tmp_path):
    both = entry("observation", 1, "04:30", DOWN.replace("sys", "power")) + entry("observation", 2, "08:40", DOWN)
    assert spells(known(tmp_path, both, "09:00")) == [("power", minute("04:30"), None, 0.0)]


def test_what_is_open_when_the_incident_is_closed_ended_then_at_the_latest(tmp_path):
    closed = entry("closed", 1, "09:00", 'text = "Over"')
    for length in ("", 'for = { min = "2h", mode = "6h", max = "10h" }'):
        one = known(tmp_path, entry("outage", 1, "04:10", CLR + length) + closed, "12:00")
        assert spells(one) == [("clr", minute("04:00"), minute("09:00"), 0.0)]
        assert one.over == (False,)
    assert "kvarstår" not in told(tmp_path, entry("outage", 1, "04:10", CLR) + closed, "12:00")
    planned = entry("outage", 1, "04:10", CLR + "end = 2026-12-18T11:00:00+01:00") + closed
    assert spells(known(tmp_path, planned, "12:00"))[0][2] == minute("11:00")


def test_an_observation_may_be_said_to_have_ended_before_the_correction_was_made(tmp_path):
    ended = DOWN + 'supersedes = "observation-1"\nuntil = 2026-12-18T05:30:00+01:00'
    text = entry("observation", 1, "04:30", DOWN) + entry("observation", 2, "09:00", ended)
    one = known(tmp_path, text, "09:30")
    assert [(pin.start, pin.end) for pin in one.scenario.pins] == [(minute("04:30"), minute("05:30"))]
    assert spells(one) == []


def test_what_rests_on_an_unconfirmed_observation_is_said_with_what_holds_without_it(tmp_path):
    seen = 'text = "It works"\nentity = "clr"\nlevel = 1.0\n'
    out = entry("outage", 1, "04:10", CLR)
    unsure = told(tmp_path, out + entry("observation", 1, "05:00", seen), "07:00")
    assert "vilar på en obekräftad iakttagelse: Clearing 100\xa0% av förmågan (observation-1" in unsure
    assert "Utan den: Dessa betalningar är redan sena: Allowance" in unsure
    sure = told(tmp_path, out + entry("observation", 1, "05:00", seen + 'status = "confirmed"'), "07:00")
    assert "obekräftad" not in sure
    no_difference = told(tmp_path, out + entry("observation", 1, "05:00", seen.replace("1.0", "0.0")), "07:00")
    assert "obekräftad" not in no_difference


def test_of_what_was_observed_only_what_bears_on_the_payments_is_doubted(tmp_path):
    """The clearing's level before 05.00 makes nothing late; from 05.30 it holds the payment up."""
    seen = 'text = "Slow"\nentity = "clr"\nlevel = {}\n'
    first, second = (
        entry("observation", 1, "05:00", seen.format(0.5)),
        entry("observation", 2, "05:30", seen.format(0.0)),
    )
    unsure = told(tmp_path, first + second, "05:40")
    assert "vilar på en obekräftad iakttagelse: Clearing 0\xa0% av förmågan (observation-2" in unsure
    assert "obekräftad: Clearing 0\xa0%. Stämmer" in told(tmp_path, first + second, "05:40", "prognos.antaganden")
    lasting = entry("observation", 1, "04:00", seen.format(0.0)) + entry("observation", 2, "12:00", seen.format(1.0))
    both = told(tmp_path, lasting, "12:10")
    assert "vilar på obekräftade iakttagelser: Clearing 0\xa0% av förmågan (observation-1" in both


def test_an_unconfirmed_outage_beside_an_unconfirmed_observation_is_said_too(tmp_path):
    """Bank one is out by the word of nobody who has confirmed it; on the people no payment rests."""
    seen = entry("observation", 1, "04:30", 'text = "Down"\nentity = "clr"\nlevel = 0.0\n')
    unconfirmed = CLR.replace('status = "confirmed"\n', "")
    unsure = told(tmp_path, entry("outage", 1, "04:10", unconfirmed.replace("clr", "b1")) + seen, "05:00")
    assert "Inte heller avbrottet i Bank one är bekräftat." in unsure
    for other in (CLR.replace("clr", "b1"), unconfirmed.replace("clr", "people")):
        others = told(tmp_path, entry("outage", 1, "04:10", other) + seen, "05:00")
        assert "Bedömningen vilar på en obekräftad iakttagelse" in others
        assert "Inte heller" not in others


def test_another_reader_is_told_of_what_is_unconfirmed_wherever_the_payments_are(tmp_path):
    down = entry("observation", 1, "04:30", 'text = "Down"\nentity = "clr"\nlevel = 0.0\ndisclose = true\n')
    made = situation_at(MODEL, log_of(tmp_path, down, MODEL), "05:00", "TLP:GREEN", disclosed=("prognos",))
    for section in ("prognos.konsekvenser", "prognos.betalningar"):
        assert any("vilar på en obekräftad iakttagelse" in one.text for one in made.in_section(section))
    cause, *_ = made.in_section("prognos.samverkan")
    assert cause.text.startswith("Där något har avbrott enligt obekräftade uppgifter: Clearing")
    assumed = [one.text for one in made.in_section("prognos.antaganden")]
    assert any(one.startswith("Observerad förmåga som är obekräftad: Clearing 0\xa0%. Stämmer det") for one in assumed)


def test_an_unconfirmed_observation_that_moves_the_deadline_alone_is_said_too(tmp_path):
    """An hour's work between 20 and 21 on Tuesday leaves two of three hours before Wednesday's cut-off at 19."""
    out = entry("outage", 1, "17:10", 'entity = "sys"\nstart = 2026-12-18T17:00:00+01:00\n')
    until = "until = 2026-12-18T21:00:00+01:00"
    works = entry("observation", 1, "20:00", f'text = "It works"\nentity = "sys"\nlevel = 1.0\n{until}\n')
    text = (out + works).replace("2026-12-18", "2026-12-15")
    opened = (HEAD + text).replace("opened = 2026-12-18", "opened = 2026-12-15")
    (tmp_path / "log.toml").write_text(opened, "utf-8")
    log, _ = load_log(tmp_path / "log.toml", MODEL)
    first, *rest = [one.text for one in situation_at(MODEL, log, "2026-12-15T21:00").in_section("viktigast")]
    assert "Utan den: Första tidsfristen: är avbrottet åtgärdat senast onsdag 16 december 2026 kl.\xa016.00" in first
    assert any("åtgärdat senast onsdag 16 december 2026 kl.\xa017.00" in text for text in rest)


ESTIMATED = OUT + 'for = { min = "2h", mode = "6h", max = "10h" }\n'
WORKS = """
[[observation]]
id = "observation-9"
time = 2026-12-18T05:00:00+01:00
text = "Up again"
entity = "clr"
level = 1.0
"""
CLOSED = """
[[closed]]
id = "closed-1"
time = 2026-12-18T07:30:00+01:00
"""


def test_closing_moves_no_end_that_was_observed(tmp_path):
    for text, at in ((WORKS, "07:00"), (WORKS + CLOSED, "07:40"), (WORKS + CLOSED, "2026-12-19T07:40")):
        one = known(tmp_path, ESTIMATED + text, at)
        assert spells(one) == [("clr", minute("04:00"), minute("05:00"), 0.0)]
        assert one.scenario.outages[0].length is None
    assert spells(known(tmp_path, ESTIMATED + CLOSED, "07:40")) == [("clr", minute("04:00"), minute("07:30"), 0.0)]


def test_a_reported_end_that_passes_moves_no_end_that_was_observed(tmp_path):
    text = OUT + 'for = "2h"\n' + WORKS
    assert spells(known(tmp_path, text, "05:30")) == [("clr", minute("04:00"), minute("05:00"), 0.0)]
    assert spells(known(tmp_path, text, "06:30")) == [("clr", minute("04:00"), minute("05:00"), 0.0)]


def test_what_a_report_reckons_with_is_what_is_simulated(tmp_path):
    for text in (ESTIMATED, ESTIMATED + WORKS, ESTIMATED + CLOSED, ESTIMATED + WORKS + CLOSED, CORRECTED):
        for at in ("04:30", "05:30", "08:00", "15:00"):
            log = log_of(tmp_path, text, MODEL)
            one = known_at(log, minute(at), MODEL)
            reckoned = reckoned_at(log, minute(at))
            assert list(reckoned.values()) == list(one.scenario.outages)


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        (ESTIMATED + WORKS, "06:00", "kl.\xa005.00, då full förmåga observerades"),
        (ESTIMATED + WORKS + CLOSED, "08:00", "kl.\xa005.00, då full förmåga observerades"),
        (ESTIMATED + CLOSED, "08:00", "kl.\xa007.30, då händelsen avslutades"),
        (OUT + 'for = "2h"\n', "07:00", "kl.\xa006.00, den tid som står i loggen"),
    ],
)
def test_facts_say_when_an_outage_is_taken_to_have_ended_and_not_that_it_goes_on(tmp_path, text, at, told):
    facts = [one.text for one in situation_at(MODEL, log_of(tmp_path, text, MODEL), at).in_section("fakta.handelse")]
    begun = next(one for one in facts if one.startswith("Avbrott i Clearing"))
    assert f"antas ha upphört fredag 18 december 2026 {told}; slutet är inte bekräftat." in begun
    assert "sedan" not in begun
    assert "uppskattas" not in begun


def test_an_end_that_the_reader_may_not_know_of_is_not_told_as_taken(tmp_path):
    text = ESTIMATED.replace('entity = "clr"', 'disclose = true\nentity = "clr"') + WORKS.replace(
        'text = "Up', 'tlp = "TLP:RED"\ntext = "Up'
    )
    made = situation_at(MODEL, log_of(tmp_path, text, MODEL), "06:00", "TLP:GREEN")
    assert not any("05.00" in one.text for one in made.statements)


def test_what_was_observed_before_the_first_outage_began_is_of_the_time_looked_at(tmp_path):
    """The own system was said to have been impaired only from the outage on, which began later."""
    seen = entry("observation", 1, "04:10", DOWN + "until = 2026-12-18T08:00:00+01:00")
    text = seen + entry("outage", 1, "05:10", CLR.replace("04:00", "05:00"))
    scenario = known(tmp_path, text, "09:00").scenario
    assert (scenario.start, scenario.end) == (minute("04:10"), minute("09:00") + 14 * 1440)
    (own,) = (
        one
        for one in basis_at(MODEL, log_of(tmp_path, text, MODEL), "09:00").outcome.entities
        if one.entity.id == "sys"
    )
    assert (own.degraded_from, own.restored) == (minute("04:10"), minute("08:00"))
