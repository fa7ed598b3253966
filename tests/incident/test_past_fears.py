"""What was feared: that it came true or that its time is over, and what stands first of what has happened."""

import pytest
from chain import network
from delgivningar import begun, ground, moment, outage

from beroenden.documents.lagesbild import short
from beroenden.documents.markdown import render
from beroenden.incident.followup import follow_up
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append

MODEL = network()
FEAR = outage("clr", "06:00", status="feared", end=moment("08:00"))
OUT = outage("power", "04:00")


def told(path, *claims, sender="clr", status="bekräftad", at="06:20"):
    """A delgivning with a statement of some claims of clearing."""
    of_clearing = [{"subject": "clr", "aspect": aspect, "value": value} for aspect, value in claims]
    said = {"section": "fakta.handelse", "text": "Out.", "status": status, "tlp": "TLP:GREEN", "claims": of_clearing}
    entry = {"kind": "received", "time": moment(at), "sender": sender, "sender_name": "Clearing", "number": 1,
             "at": moment(at), "tlp": "TLP:AMBER", "hash": "sha256:0", "statement": [said]}  # fmt: skip
    append(path, [entry], MODEL)
    return path


def texts(path, section, at, to=None):
    made = situation(ground(path, at, to), "payer", Order(to=to or ""))
    return [one.text.replace("\xa0", " ") for one in made.in_section(section) if "Clearing" in one.text]


def test_a_fear_that_came_true_by_anothers_word_is_none_any_more(tmp_path):
    log = told(begun(tmp_path / "log.toml", "payer", FEAR, OUT), ("start", "2026-12-18T06:10+01:00"))
    known = ground(log, "06:30").known
    assert (known.feared, ground(log, "06:15").known.feared != ()) == ((), True)
    fact = texts(log, "fakta.handelse", "06:30")[0]
    assert fact == (
        "Avbrott i Clearing befarades från fredag 18 december 2026 kl. 06.00 till fredag 18 december 2026 kl. 08.00; "
        "det uppges ha börjat fredag 18 december 2026 kl. 06.10."
    )
    made = situation(ground(log, "06:30"), "payer", Order())
    assert (
        next(one.tlp for one in made.in_section("fakta.handelse") if one.text.startswith("Avbrott i Clearing"))
        == "TLP:AMBER"
    )
    assert not [one for one in texts(log, "prognos.antaganden", "06:30") if "befaras" in one]
    assert follow_up(ground(log, "06:30"), "payer").unfulfilled == ()


@pytest.mark.parametrize(("remaining", "is_feared"), [(0.5, True), (0.0, False)])
def test_what_is_less_bad_does_not_come_before_the_time_of_the_fear(tmp_path, remaining, is_feared):
    log = begun(tmp_path / "log.toml", "payer", FEAR, outage("clr", "04:10", remaining=remaining))
    assert bool(ground(log, "05:00").known.feared) is is_feared
    assert ground(log, "06:30").known.feared == ()


def test_a_fear_whose_time_is_over_is_past_and_is_not_tried(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", FEAR, OUT)
    during, after = (texts(log, "prognos.antaganden", at) for at in ("07:00", "08:30"))
    assert [one for one in during if "Inträffar det" in one] and not [one for one in after if "befara" in one]
    assert texts(log, "fakta.handelse", "05:00")[0].startswith("Avbrott i Clearing befaras från")
    (fact,) = texts(log, "fakta.handelse", "08:30")
    assert "befarades från" in fact and fact.endswith("; inget säger att det har inträffat.")
    (shared,) = texts(log, "fakta.handelse", "08:30", "TLP:GREEN")
    assert "befarades från" in shared and "inget säger" not in shared


def test_anothers_fear_is_told_with_what_became_of_it(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", OUT)
    told(log, ("feared", "2026-12-18T06:00+01:00"), status="obekräftad", at="05:00")
    before, after = (texts(log, "fakta.handelse", at)[0] for at in ("05:30", "06:30"))
    assert before == "Enligt Clearing: Out."
    assert after == "Enligt Clearing (inget säger att det har inträffat): Out."
    append(log, [outage("clr", "06:05", time=moment("06:10"))], MODEL)
    assert "Enligt Clearing (det uppges ha börjat fre 2026-12-18 06.05): Out." in texts(log, "fakta.handelse", "06:30")


def test_the_short_form_has_the_worst_that_is_confirmed_first_and_fears_last(tmp_path):
    entries = (
        outage("b2", "06:50", status="feared"),
        outage("sys", "04:10", status="unconfirmed"),
        outage("power", "04:05", remaining=0.6),
    )
    log = told(begun(tmp_path / "log.toml", "payer", *entries), ("start", "2026-12-18T05:10+01:00"), at="05:20")
    page = render(short(situation(ground(log, "06:00"), "payer", Order("kort"))))
    happened = page.partition("## Vad har hänt?")[2].partition("\n## ")[0]
    first = [line for line in happened.splitlines() if line.startswith("- ")]
    assert ["Enligt Clearing" in first[0], "i Power (60" in first[1], "system" in first[2]] == [True, True, True]
    assert "befaras" not in happened


def test_what_another_says_has_ended_is_not_told_as_going_on_only(tmp_path):
    log = begun(tmp_path / "log.toml", "payer", outage("clr", "04:00"))
    told(log, ("start", "2026-12-18T04:00+01:00"), ("end", "2026-12-18T05:00+01:00"), at="05:10")
    (own, _) = texts(log, "fakta.handelse", "05:30")
    assert own.endswith(" I loggen pågår det, men det har upphört enligt Clearing (fre 2026-12-18 05.00).")
    made = situation(ground(log, "05:30"), "payer", Order())
    assert next(one.tlp for one in made.in_section("fakta.handelse")) == "TLP:AMBER"
    assert "I loggen" not in " ".join(texts(log, "fakta.handelse", "05:30", "TLP:GREEN"))


def test_a_nameless_incident_is_each_thing_that_is_out_once(tmp_path):
    parts = (outage("clr", "04:00", end=moment("04:10"), remaining=0.5), outage("clr", "04:10"))
    seen = {"kind": "observation", "entity": "b1", "level": 0.7, "text": "Slow", "status": "unconfirmed"}
    chosen = [{**one, "disclose": True, "tlp": "TLP:GREEN"} for one in (*parts, seen)]
    log = begun(tmp_path / "log.toml", "payer", *chosen)
    log.write_text(log.read_text("utf-8").replace('tlp = "TLP:GREEN"', 'tlp = "TLP:RED"', 1), "utf-8")
    made = situation(ground(log, "05:00", "TLP:GREEN"), "payer", Order("delgivning", "TLP:GREEN"))
    assert made.incident.replace("\xa0", " ") == (
        "Avbrott i Clearing och Avbrott i Bank one (70 % av förmågan kvar) (obekräftat)"
    )
