"""Others who disagree of an outage that the own log does not have: whose word counts, and what is asked of whom."""

import pytest
from delgivningar import ground, moment, outage
from owned_clearing import MODEL, house, reads

from beroenden.incident.conference import conference
from beroenden.incident.lagesbild.situation import Order, situation

OPEN = outage("clr", "02:00", time=moment("04:30"))
OVER = outage("clr", "02:10", end=moment("03:30"), time=moment("04:40"))
EXPECTED = outage("clr", "02:00", end=moment("09:00"), time=moment("04:30"))
HALF = outage("clr", "02:00", time=moment("04:40"), remaining=0.5)


def asked(log, to=None, at="05:20"):
    """What is to be asked of the clearing's outage."""
    made = situation(ground(log, at, to, MODEL, language="sv"), "b2", Order(to=to or ""))
    texts = (one.text.replace("\xa0", " ") for one in made.statements if one.section == "prognos.information")
    return [one for one in texts if "räknas med vad" in one]


@pytest.mark.parametrize(
    ("of_owner", "of_third", "owners", "thirds"),
    [
        (OPEN, OVER, "började det fre 2026-12-18 02.00, och slutet är inte känt",
         "började det fre 2026-12-18 02.10 och upphörde fre 2026-12-18 03.30"),
        (OPEN, EXPECTED, "och slutet är inte känt", "och beräknas vara åtgärdat fre 2026-12-18 09.00"),
        (OPEN, HALF, "02.00, 0 % av förmågan är kvar, och slutet är inte känt", "02.00, 50 % av förmågan är kvar, och"),
        (OVER, OPEN, "och upphörde fre 2026-12-18 03.30", "och slutet är inte känt"),
    ],
)  # fmt: skip
def test_two_who_disagree_are_both_told_and_asked(tmp_path, of_owner, of_third, owners, thirds):
    log = house(tmp_path, [], ("b1", [of_third]), ("owner", [of_owner]))
    (one,) = asked(log)
    assert one.startswith("Avbrott i Clearing: enligt The owner (fre 2026-12-18 05.00) började")
    first, second = one.split("; ", 1)
    assert owners in first
    assert thirds in second
    assert "Här räknas med vad The owner säger" in second
    assert not asked(log, to="b1")
    invited = {
        row.contact.actor: row.questions for row in conference(ground(log, "05:20", None, MODEL), "b2").participants
    }
    assert all(any("enligt" in q or "according" in q for q in invited[actor]) for actor in ("owner", "b1"))


@pytest.mark.parametrize("more", [OPEN, outage("clr", "02:10", time=moment("04:40"))])
def test_two_who_agree_of_how_it_stands_are_not_set_against_each_other(tmp_path, more):
    assert not asked(house(tmp_path, [], ("owner", [OPEN]), ("b1", [more])))


def test_an_older_word_that_it_goes_on_is_only_outdated(tmp_path):
    log = house(tmp_path, [], ("b1", [OPEN]))
    reads(log, "owner", [outage("clr", "02:00", end=moment("05:30"), time=moment("05:40"))], "06:00")
    assert not asked(log, at="06:10")


def test_what_the_own_log_has_is_set_against_their_words_elsewhere(tmp_path):
    own = outage("clr", "02:00", time=moment("04:50"))
    assert not asked(house(tmp_path, [own], ("owner", [OPEN]), ("b1", [OVER])))


def test_another_outage_of_the_same_thing_is_none_that_they_disagree_of(tmp_path):
    again = outage("clr", "04:00", time=moment("04:40"))
    assert not asked(house(tmp_path, [], ("owner", [again]), ("b1", [OVER])))
