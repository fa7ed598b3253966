"""The samlad lägesbild of outages in parts and of what was feared, and the label of the whole."""

import pytest
from chain import network, tables
from delgivningar import begun, delgivning, ground, moment, outage, read, shared

import beroenden
from beroenden.documents import markdown
from beroenden.documents.combined import combined_document
from beroenden.incident.combined import combine
from beroenden.incident.exchange.files import read_exchanges, received_entry
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.write import append
from beroenden.language import writing_in
from beroenden.model.labels import TLP

SEEN = {"kind": "observation", "text": "Våra filer är inlämnade", "disclose": True}
HALF = (
    outage("clr", "04:00", end=moment("04:30")),
    outage("clr", "04:30", end=moment("04:50"), remaining=0.5),
)


class House:
    """The payer's log, into which others' delgivningar are read."""

    def __init__(self, folder, *own, model=None):
        self.folder, self.model = folder, model or network()
        self.log = begun(folder / "own.toml", "payer", *own, model=self.model)

    def reads(self, actor, *entries):
        log = begun(self.folder / f"{actor}-log.toml", actor, *entries, model=self.model)
        file = shared(self.folder / f"{actor}.toml", delgivning(log, model=self.model))
        exchanges, _ = read_exchanges([file], self.model, read(self.log, self.model))
        append(self.log, [received_entry(one, moment("05:10"), self.model) for one in exchanges], self.model)

    def combined(self, language="sv"):
        found = ground(self.log, "05:30", None, self.model, language=language)
        return combine(found, situation(found, "payer", Order("samlad", "")))


def told(combined):
    return {
        one.aspect: (one.what.replace("\xa0", " "), [voice.text.replace("\xa0", " ") for voice in one.voices])
        for one in combined.comparisons
        if one.subject == "clr"
    }


@pytest.mark.parametrize(
    ("language", "start", "remaining"),
    [
        (
            "sv", ("Clearing: avbrottets början", ["fre 2026-12-18 04.00"]),
            "Clearing, senaste delen (från fre 2026-12-18 04.30): kvarvarande förmåga under avbrottet",
        ),
        (
            "en", ("Clearing: start of the outage", ["Fri 2026-12-18 04:00"]),
            "Clearing, the latest part (from Fri 2026-12-18 04:30): remaining capacity during the outage",
        ),
    ],
)  # fmt: skip
def test_an_outage_in_parts_began_with_the_first_and_what_is_of_the_latest_says_so(
    tmp_path, language, start, remaining
):
    house = House(tmp_path, SEEN)
    house.reads("clr", *HALF)
    combined = house.combined(language)
    found = told(combined)
    assert found["start"] == start
    assert found["remaining"][0] == remaining
    assert found["remaining"][1][0].startswith("50")
    assert found["end"][1][0].endswith(("04.50", "04:50"))
    (voice,) = (
        one for each in combined.to_dict()["comparisons"] if each["aspect"] == "remaining" for one in each["voices"]
    )
    assert voice["since"].startswith("2026-12-18T04:30")


def test_an_outage_that_had_ended_before_is_another_one(tmp_path):
    house = House(tmp_path, SEEN)
    house.reads("clr", outage("clr", "04:00", end=moment("04:10")), HALF[1])
    found = told(house.combined())
    assert found["start"][1] == ["fre 2026-12-18 04.30"]
    assert found["remaining"][0] == "Clearing: kvarvarande förmåga under avbrottet"


def test_what_is_planned_while_an_outage_goes_on_is_another(tmp_path):
    house = House(tmp_path, outage("clr", "04:00"))
    estimated = outage("clr", "04:00", **{"for": {"min": "1h", "mode": "3h", "max": "9h"}})
    house.reads("clr", estimated, outage("clr", "08:00", end=moment("09:00")))
    compared = [one for one in house.combined().comparisons if one.subject == "clr"]
    assert {one.aspect: one.kind for one in compared if one.since == moment("08:00")} == {
        "start": "alone",
        "end": "alone",
        "remaining": "alone",
    }
    now = {one.aspect: (one.kind, one.gap) for one in compared if one.since is None}
    assert now == {"start": ("agree", ""), "remaining": ("agree", ""), "end": ("alone", ""), "length": ("alone", "")}


def test_what_was_planned_and_has_begun_is_one_outage(tmp_path):
    house = House(tmp_path, outage("clr", "05:20", time=moment("05:25")))
    house.reads("clr", outage("clr", "05:20", end=moment("05:40")))
    compared = [one for one in house.combined().comparisons if one.subject == "clr"]
    assert {one.aspect: one.kind for one in compared} == {"start": "agree", "end": "differ", "remaining": "agree"}


def test_the_starts_that_are_compared_are_those_of_the_first_parts(tmp_path):
    house = House(tmp_path, SEEN)
    house.reads("clr", *HALF)
    house.reads("b1", outage("clr", "04:00"))
    assert "start" in {one.aspect for one in house.combined().agreeing}


RELAPSED = (*HALF, outage("clr", "04:50"))
"""Half restored from 04.30, and down again from 04.50."""


def worded(comparisons):
    return [
        (one.what.replace("\xa0", " "), [voice.text.replace("\xa0", " ") for voice in one.voices])
        for one in comparisons
        if one.subject == "clr"
    ]


@pytest.mark.parametrize(
    ("language", "first", "latest", "way", "none"),
    [
        (
            "sv", "Clearing: avbrottets början", "Clearing: början på avbrottets senaste del",
            "Clearing, fre 2026-12-18 04.30 till fre 2026-12-18 04.50: kvarvarande förmåga under avbrottet", "inget avbrott",
        ),
        (
            "en", "Clearing: start of the outage", "Clearing: start of the latest part of the outage",
            "Clearing, Fri 2026-12-18 04:30 to Fri 2026-12-18 04:50: remaining capacity during the outage", "no outage",
        ),
    ],
)  # fmt: skip
def test_two_outages_that_another_tells_as_one_are_paired_with_its_parts(tmp_path, language, first, latest, way, none):
    house = House(tmp_path, *RELAPSED)
    house.reads("clr", outage("clr", "04:01", end=moment("04:32")), outage("clr", "04:52"))
    combined = house.combined(language)
    found = dict(worded(combined.differing))
    assert [text[-5:].replace(":", ".") for text in found[first]] == ["04.00", "04.01"]
    assert [text[-5:].replace(":", ".") for text in found[latest]] == ["04.50", "04.52"]
    assert found[way][1] == none
    assert found[way][0].startswith("50")
    (since,) = (
        one["since"] for one in combined.to_dict()["comparisons"] if one["since"] and one["aspect"] == "remaining"
    )
    assert since.startswith("2026-12-18T04:30")


def test_of_a_time_on_the_way_that_all_tell_alike_or_one_alone_nothing_is_said(tmp_path):
    house = House(tmp_path, *RELAPSED)
    house.reads("clr", *RELAPSED)
    house.reads("b1", RELAPSED[-1])
    assert {one.since for one in house.combined().comparisons if one.aspect == "remaining"} == {None}


def test_an_outage_before_the_current_one_is_compared_by_itself(tmp_path):
    house = House(tmp_path, outage("clr", "04:00", end=moment("04:10")), outage("clr", "04:30"))
    house.reads("clr", outage("clr", "04:02", end=moment("04:10")), outage("clr", "04:30"))
    combined = house.combined()
    before = "Clearing, tidigare (från fre 2026-12-18 04.00)"
    assert worded(combined.differing) == [
        (f"{before}: avbrottets början", ["fre 2026-12-18 04.00", "fre 2026-12-18 04.02"])
    ]
    assert (f"{before}: avbrottets slut", ["fre 2026-12-18 04.10"] * 2) in worded(combined.agreeing)


LATER = outage("clr", "05:20", time=moment("05:21"))
"""Told by the payer, after the others shared what they knew at 05.00."""


def test_one_who_knows_of_no_end_does_not_make_one_outage_of_two(tmp_path):
    house = House(tmp_path, LATER)
    house.reads("clr", outage("clr", "04:00", end=moment("04:10")))
    house.reads("b1", outage("clr", "04:05"))
    found = dict(worded(house.combined().comparisons))
    assert found["Clearing: avbrottets början"] == ["fre 2026-12-18 05.20"]
    before = "Clearing, tidigare (från fre 2026-12-18 04.00)"
    assert sorted(found[f"{before}: avbrottets början"]) == ["fre 2026-12-18 04.00", "fre 2026-12-18 04.05"]
    assert sorted(found[f"{before}: avbrottets slut"]) == ["fre 2026-12-18 04.10", "okänt"]


@pytest.mark.parametrize("clearing", [(), (outage("clr", "04:05"),), (outage("clr", "03:00", end=moment("04:05")),)])
def test_while_nobody_has_told_that_it_ended_one_that_began_later_is_the_same_outage(tmp_path, clearing):
    house = House(tmp_path, LATER)
    house.reads("clr", *(clearing or (SEEN,)))
    house.reads("b1", outage("clr", "04:05"))
    starts = dict(worded(house.combined().comparisons))["Clearing: avbrottets början"]
    assert "fre 2026-12-18 05.20" in starts
    assert len(starts) > 1


def estimated(shortest, likely, longest):
    return {"for": {"min": shortest, "mode": likely, "max": longest}}


FALLEN_AGAIN = (
    outage("clr", "04:00", end=moment("05:10"), time=moment("05:11")),
    outage("clr", "05:10", time=moment("05:12"), **estimated("1h", "2h", "4h")),
)
"""Told by the payer, after the others shared what they knew at 05.00: worse, or as bad again, from 05.10."""


@pytest.mark.parametrize(
    ("language", "first", "latest", "length"),
    [
        (
            "sv", "Clearing, från fre 2026-12-18 04.00", "Clearing, senaste delen (från fre 2026-12-18 05.10)",
            "avbrottets uppskattade längd",
        ),
        (
            "en", "Clearing, from Fri 2026-12-18 04:00", "Clearing, the latest part (from Fri 2026-12-18 05:10)",
            "estimated length of the outage",
        ),
    ],
)  # fmt: skip
def test_what_was_told_before_the_latest_part_began_is_not_of_it(tmp_path, language, first, latest, length):
    house = House(tmp_path, *FALLEN_AGAIN)
    house.reads("clr", outage("clr", "04:00", **estimated("2h", "5h", "8h")))
    combined = house.combined(language)
    found = {one.what.replace("\xa0", " "): one for one in combined.comparisons if one.subject == "clr"}
    senders = {what: [voice.sender for voice in one.voices] for what, one in found.items()}
    assert senders[f"{latest}: {length}"] == ["payer"]
    assert found[f"{latest}: {length}"].gap
    assert senders[f"{first}: {length}"] == ["clr"]
    level = length.replace("avbrottets uppskattade längd", "kvarvarande förmåga under avbrottet")
    level = level.replace("estimated length of the outage", "remaining capacity during the outage")
    assert senders[f"{latest}: {level}"] == ["payer"]
    assert senders[f"{first}: {level}"] == ["payer", "clr"]
    assert [one.aspect for one in combined.agreeing if one.is_verified] == ["start", "remaining"]


def test_who_tells_after_the_latest_part_began_tells_how_bad_it_is_and_how_long_it_has_been_in_all(tmp_path):
    house = House(tmp_path, *RELAPSED[:2], RELAPSED[2] | estimated("1h", "2h", "4h"))
    house.reads("b1", outage("clr", "04:00", **estimated("1h", "2h", "4h")))
    found = {one.what.replace("\xa0", " "): one for one in house.combined().comparisons if one.subject == "clr"}
    latest = "Clearing, senaste delen (från fre 2026-12-18 04.50)"
    assert [voice.sender for voice in found[f"{latest}: kvarvarande förmåga under avbrottet"].voices] == ["payer", "b1"]
    assert found[f"{latest}: avbrottets uppskattade längd"].kind == "alone"
    whole = found["Clearing, från fre 2026-12-18 04.00: avbrottets uppskattade längd"]
    assert [voice.sender for voice in whole.voices] == ["b1"]


def test_a_payments_file_has_a_fault_and_no_outage(tmp_path):
    fault = {
        "kind": "outage",
        "payment": "allowance",
        "start": moment("04:00"),
        "status": "confirmed",
        "disclose": True,
    }
    combined = House(tmp_path, fault | {"share": 0.2}).combined()
    assert {one.what.partition(": ")[2] for one in combined.comparisons if one.subject == "allowance"} == {
        "felets början", "felets slut", "andel av filen som är felaktig",
    }  # fmt: skip


FEARED = outage("clr", "04:15", status="feared")


@pytest.mark.parametrize(
    ("language", "feared", "started"),
    [
        ("sv", "befaras från fre 2026-12-18 04.15", "började fre 2026-12-18 04.00"),
        ("en", "feared from Fri 2026-12-18 04:15", "began Fri 2026-12-18 04:00"),
    ],
)
def test_what_one_fears_and_the_one_who_answers_has_told_differs_and_is_no_gap(tmp_path, language, feared, started):
    house = House(tmp_path, FEARED)
    house.reads("clr", *HALF)
    combined = house.combined(language)
    (one,) = (each for each in combined.differing if each.aspect == "feared")
    assert [(voice.sender, voice.text) for voice in one.voices] == [("payer", feared), ("clr", started)]
    assert "feared" not in {each.aspect for each in (*combined.gaps, *combined.unconfirmed)}
    with writing_in(language):
        assert feared in markdown.render(combined_document(combined))


def test_what_is_feared_of_another_outage_or_told_by_another_still_is_a_gap(tmp_path):
    house = House(tmp_path, outage("clr", "08:00", status="feared"))
    house.reads("clr", *HALF)
    assert [one.aspect for one in house.combined().gaps] == ["feared"]


def test_a_fear_that_only_another_has_seen_come_true_is_still_a_gap(tmp_path):
    house = House(tmp_path, FEARED)
    house.reads("b1", *HALF)
    assert "feared" in {one.aspect for one in house.combined().gaps}
    assert "feared" not in {one.aspect for one in house.combined().differing}


def test_the_whole_is_labelled_at_least_as_each_contribution(tmp_path):
    """The own report is TLP:GREEN as a whole by the model's label, what is taken from it is TLP:CLEAR."""
    given = tables()
    for entity in given["entity"]:
        entity["tlp"] = "TLP:CLEAR"
    model, findings = beroenden.build(given)
    assert model is not None, findings
    house = House(tmp_path, outage("clr", "04:00", tlp="TLP:CLEAR"), model=model)
    text = house.log.read_text("utf-8").replace('tlp = "TLP:GREEN"', 'tlp = "TLP:CLEAR"', 1)
    house.log.write_text(text, "utf-8")
    combined = house.combined()
    assert combined.tlp == "TLP:CLEAR"
    assert [one.tlp for one in combined.contributions] == ["TLP:CLEAR"]
    append(house.log, [SEEN | {"time": moment("05:20"), "tlp": "TLP:AMBER"}], model)
    combined = house.combined()
    assert [one.tlp for one in combined.contributions] == ["TLP:AMBER"]
    assert all(TLP.index(one.tlp) <= TLP.index(combined.tlp) for one in combined.contributions)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("sv", ["fre 2026-12-18 06.00 (05.00–08.00)", "fre 2026-12-18 04.40"]),
        ("en", ["Fri 2026-12-18 06:00 (05:00–08:00)", "Fri 2026-12-18 04:40"]),
    ],
)
def test_an_estimate_stands_as_an_end_beside_the_end_that_the_owner_has_told(tmp_path, language, texts):
    """Of the length there is nothing to ask of who has told the end."""
    house = House(tmp_path, outage("b1", "04:00", **estimated("1h", "2h", "4h")))
    house.reads("b1", outage("b1", "04:00", end=moment("04:40"), time=moment("04:45")))
    found = {one.aspect: one for one in house.combined(language).comparisons if one.subject == "b1"}
    assert (found["end"].kind, "length" in found) == ("differ", False)
    assert [voice.text.replace("\xa0", " ") for voice in found["end"].voices] == texts
    assert [voice.is_estimate for voice in found["end"].voices] == [True, False]


def test_an_estimate_of_who_answers_stands_as_an_end_beside_what_others_expect(tmp_path):
    house = House(tmp_path, outage("clr", "04:00", end=moment("04:40"), time=moment("04:45")))
    house.reads("clr", outage("clr", "04:10", **estimated("2h", "10h", "22h")))
    house.reads("b2", outage("clr", "04:00", end=moment("09:00")))
    (end,) = (one for one in house.combined().comparisons if (one.subject, one.aspect) == ("clr", "end"))
    assert (end.kind, end.gap) == ("differ", "")
    assert [voice.text.replace("\xa0", " ") for voice in end.voices] == [
        "fre 2026-12-18 04.40",
        "fre 2026-12-18 14.10 (06.10–lör 19 dec 02.10)",
        "fre 2026-12-18 09.00",
    ]
    text = markdown.render(combined_document(house.combined()))
    assert "| fre 2026-12-18 14.10 (06.10–lör 19 dec 02.10) | uppskattat |" in text.replace("\xa0", " ")
    assert "uppskattade längd" not in text


def test_an_estimate_that_has_passed_says_no_end(tmp_path):
    house = House(tmp_path, outage("clr", "04:00", end=moment("04:40"), time=moment("04:45")))
    house.reads("clr", outage("clr", "04:10", **estimated("10min", "20min", "30min")))
    (end,) = (one for one in house.combined().comparisons if (one.subject, one.aspect) == ("clr", "end"))
    assert [(voice.text, voice.is_estimate) for voice in end.voices][1] == ("okänt", False)
