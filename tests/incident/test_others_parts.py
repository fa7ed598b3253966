"""What others tell of an outage before the own log speaks of it counts, and what the own log says of it goes first."""

import pytest
from chain import network
from logs import basis_at, log_of, minute, situation_at

from beroenden.incident.known import known_at

MODEL = network()


def part(start: str, end: str | None, left: float, status: str = "bekräftad") -> str:
    """A statement of another's delgivning: the clearing is out from a time of the day to another."""
    until = "unknown" if end is None else f"2026-12-18T{end}+01:00"
    return f"""
  [[received.statement]]
  section = "fakta.handelse"
  text = "{left:g} is left of it"
  status = "{status}"
  tlp = "TLP:GREEN"
  claims = [
    {{ subject = "clr", aspect = "start", value = "2026-12-18T{start}+01:00" }},
    {{ subject = "clr", aspect = "remaining", value = "{left}" }},
    {{ subject = "clr", aspect = "end", value = "{until}" }},
  ]
"""


def received(*parts: str) -> str:
    """What bank one tells as of 09.16."""
    head = '\n[[received]]\nid = "received-1"\ntime = 2026-12-18T09:17:00+01:00\nsender = "b1"\nnumber = 1\n'
    return f'{head}tlp = "TLP:GREEN"\nat = 2026-12-18T09:16:00+01:00\nhash = "sha256:0"\n{"".join(parts)}'


def own(start: str, more: str = "") -> str:
    return f"""
[[outage]]
id = "outage-1"
time = 2026-12-18T09:25:00+01:00
status = "confirmed"
entity = "clr"
remaining = 0.1
start = 2026-12-18T{start}:00+01:00
{more}
"""


def spells(tmp_path, text, at="09:30"):
    known = known_at(log_of(tmp_path, text, MODEL), minute(at), MODEL)
    zipped = zip(known.scenario.outages, known.reports, known.over, strict=True)
    return [(one.start, one.end, one.remaining, report and report.id, over) for one, report, over in zipped]


IN_PARTS = received(part("04:00", "09:00", 0), part("09:00", "09:15", 0.5), part("09:15", None, 0.1))
BEFORE = [
    (minute("04:00"), minute("09:00"), 0.0, None, True),
    (minute("09:00"), minute("09:15"), 0.5, None, True),
    (minute("09:15"), minute("09:20"), 0.1, None, True),
]


def test_the_parts_before_the_own_continuation_count_and_the_last_one_until_then(tmp_path):
    assert spells(tmp_path, IN_PARTS + own("09:20")) == [(minute("09:20"), None, 0.1, "outage-1", False), *BEFORE]


def test_a_part_that_had_ended_by_the_own_start_need_not_reach_it(tmp_path):
    text = received(part("04:00", "09:00", 0)) + own("09:20")
    assert spells(tmp_path, text)[1:] == BEFORE[:1]
    unconfirmed = received(part("04:00", "09:00", 0, "obekräftad"))
    assert spells(tmp_path, unconfirmed + own("09:20"))[1:] == [(*BEFORE[0][:4], False)]
    assert spells(tmp_path, unconfirmed + own("09:00"))[1:] == BEFORE[:1]  # it went on, so nobody need confirm that end


def test_the_first_observed_level_is_a_word_of_the_own_log_too(tmp_path):
    seen = '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T09:20:00+01:00\ntext = "Slow"\nentity = "clr"\n'
    found = spells(tmp_path, f"{IN_PARTS}{seen}level = 0.2\n")
    assert found == [BEFORE[2], *BEFORE[:2], (minute("09:15"), None, 0.2, None, False)]


@pytest.mark.parametrize("end", [None, "09:00"])
def test_of_the_very_same_outage_the_own_log_alone_counts(tmp_path, end):
    text = received(part("04:00", end, 0)) + own("04:10")
    assert spells(tmp_path, text) == [(minute("04:10"), None, 0.1, "outage-1", False)]


def test_what_follows_from_the_parts_is_told_and_facts_are_in_others_words(tmp_path):
    """The file that the release at 06:00 missed is late, although the own log begins at 09:20."""
    log = log_of(tmp_path, IN_PARTS + own("09:20"), MODEL)
    assert basis_at(MODEL, log, "09:30").outcome.payouts_delayed == 600
    made = situation_at(MODEL, log, "09:30")
    assert "är redan sena: Allowance" in made.in_section("viktigast")[0].text
    facts = [one.text for one in made.in_section("fakta.handelse")]
    assert any(one.startswith("Enligt Bank one: 0 is left") for one in facts)
    assert len([one for one in facts if one.startswith("Avbrott i Clearing")]) == 1
    asked = [one.text for one in made.in_section("prognos.information") if one.text.startswith("Avbrott i Clearing")]
    assert len(asked) == 1
    assert "Längden är okänd" in asked[0]


def test_when_the_own_part_is_over_all_is(tmp_path):
    ended = own("09:20", "end = 2026-12-18T09:24:00+01:00")
    assert [over for *_, over in spells(tmp_path, IN_PARTS + ended)] == [True] * 4
    made = situation_at(MODEL, log_of(tmp_path, IN_PARTS + ended, MODEL), "09:30")
    assert made.in_section("viktigast")[0].text == "Avbrottet är åtgärdat sedan fredag 18 december 2026 kl.\xa009.24."
