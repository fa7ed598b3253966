"""What the follow-up takes of others' words of own outages that the own log does not say have ended."""

import pytest
from delgivningar import ground, moment, outage, read
from owned_clearing import MODEL, house

from beroenden.documents.outturn import OutturnTables
from beroenden.incident.contacts import contact_list
from beroenden.incident.followup import follow_up
from beroenden.incident.lagesbild.issue import record_issue
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.language import writing_in
from beroenden.units.times import time_zone

ASSUMED = outage("clr", "02:00", end=moment("04:00"), time=moment("02:30"))
OPEN = outage("clr", "02:00", time=moment("02:30"))
OVER_BY_OWNER = outage("clr", "02:00", end=moment("03:30"), time=moment("04:30"))


@pytest.mark.parametrize(
    ("own", "first", "difference"), [(ASSUMED, 120, "30 min kortare"), (OPEN, None, "går inte att säga")]
)
def test_the_follow_up_takes_the_end_that_another_has_confirmed_and_the_own_log_has_not(
    tmp_path, own, first, difference
):
    log = house(tmp_path, [own], ("owner", [OVER_BY_OWNER]))
    issue(log, "03:00")
    (estimate,), (_, end) = rows(log)
    assert (estimate.first, estimate.elapsed, estimate.is_over, estimate.ended_by) == (first, 90, True, "The owner")
    with writing_in("sv"):
        (row,) = OutturnTables(time_zone(MODEL.timezone)).estimates([estimate]).rows
    now = "upphört efter 1 tim 30 min (slutet enligt The owner)"
    assert [cell.replace("\xa0", " ") for cell in row[2:]] == [now, difference]
    assert (end.name, end.now) == ("Clearing, avbrottet åtgärdat (enligt The owner)", moment("03:30"))


def test_the_follow_up_does_not_take_a_thirds_end_of_what_its_owner_says_goes_on(tmp_path):
    goes_on = outage("clr", "02:00", time=moment("04:45"))
    log = house(tmp_path, [ASSUMED], ("owner", [goes_on]), ("b1", [OVER_BY_OWNER]))
    issue(log, "03:00")
    (estimate,), (_, end) = rows(log)
    assert (estimate.is_over, estimate.ended_by, end.name) == (False, "", "Clearing, avbrottet åtgärdat (obekräftat)")


def issue(log, at):
    """Issue an internal lägesbild of a time."""
    record_issue(log, "b2", situation(ground(log, at, None, MODEL), "b2", Order(approved_by="The duty officer")), MODEL)


def rows(log, at="05:20"):
    """The rows of the follow-up: lengths, and of the clearing what was said against what came."""
    made = follow_up(ground(log, at, None, MODEL), "b2", read(log, MODEL))
    return made.estimates, [one for one in made.comparisons if one.subject == "clr" and one.aspect in ("start", "end")]


def test_what_only_others_have_told_of_was_not_said_when_it_began(tmp_path):
    log = house(tmp_path, [], ("owner", [OVER_BY_OWNER]))
    (estimate,), _ = rows(log)
    with writing_in("sv"):
        (row,) = OutturnTables(time_zone(MODEL.timezone)).estimates([estimate]).rows
    assert row[1] == "ingen uppskattning"
    assert estimate.to_dict(time_zone(MODEL.timezone))["said"] is None


def test_contacts_and_assumptions_tell_by_whose_word_it_has_ended(tmp_path):
    log = house(tmp_path, [ASSUMED], ("owner", [OVER_BY_OWNER]))
    ground_now = ground(log, "05:20", None, MODEL, language="sv")
    (reason,) = [one.reasons for one in contact_list(ground_now, "b2") if one.actor == "owner"]
    assert "antas ha upphört enligt loggen, har upphört enligt The owner" in str(reason)
    texts = [one.text for one in situation(ground_now, "b2", Order()).statements if one.section == "prognos.antaganden"]
    (told,) = [one for one in texts if "upphörde enligt" in one]
    assert "Clearing antas enligt loggen vara åtgärdat" in told
    assert "men upphörde enligt The owner fredag 18 december 2026 kl. 03.30" in told.replace("\xa0", " ")


def test_what_is_over_and_others_have_confirmed_is_unconfirmed_in_the_log_alone(tmp_path):
    log = house(tmp_path, [ASSUMED | {"status": "unconfirmed"}], ("owner", [OVER_BY_OWNER]))
    made = situation(ground(log, "05:20", None, MODEL, language="sv"), "b2", Order())
    told = [one.text for one in made.statements if one.section == "prognos.samverkan"]
    assert any(one.startswith("Där något har haft avbrott (obekräftat i loggen, bekräftat av andra)") for one in told)
    assert not any("enligt obekräftade uppgifter" in one for one in told)
