"""What counts can decide is decided, the rest is left; what was said is held against what came."""

import json

import pytest
from chain import network, tables
from logs import OUT, basis_at, log_of, minute

import beroenden
from beroenden.documents import markdown
from beroenden.documents.followup import followup_document
from beroenden.incident.comparison import Comparison, Estimate, Range, difference_in_words, longer_in_words
from beroenden.incident.followup import follow_up
from beroenden.language import writing_in

MODEL = network()


def measure(number, progress="decided", **more):
    fields = {"type": "operational", "text": f"Measure {number}", "progress": progress} | more
    lines = "".join(
        f"{key} = {value if key in ('due', 'done') else json.dumps(value)}\n" for key, value in fields.items()
    )
    return f'\n[[measure]]\nid = "measure-{number}"\ntime = 2026-12-18T04:15:00+01:00\n{lines}'


def issued(number, at, **claims):
    told = ", ".join(
        json.dumps({"subject": subject.replace("_", " "), "aspect": aspect, "value": value}).replace('": ', '" = ')
        for (subject, aspect), value in claims.get("claims", {}).items()
    )
    return (
        f'\n[[issued]]\nid = "issued-{number}"\ntime = 2026-12-18T{at}:00+01:00\nform = "intern"\nnumber = {number}\n'
        f"at = 2026-12-18T{at}:00+01:00\nclaims = [{told}]\n"
    )


def made(tmp_path, text, at="04:40", to=None, model=MODEL):
    log = log_of(tmp_path, text, model)
    return follow_up(basis_at(model, log, at, to), "payer", log)


PASSED, AHEAD = "2026-12-18T04:30:00+01:00", "2026-12-18T09:00:00+01:00"


@pytest.mark.parametrize(
    ("measures", "verdict"),
    [
        ([], "undecided"),
        ([{"progress": "done"}], "yes"),
        ([{"progress": "done"}, {"progress": "ongoing"}], "undecided"),
        ([{"progress": "done"}, {"progress": "ongoing", "due": AHEAD}], "undecided"),
        ([{"progress": "done"}, {"progress": "ongoing", "due": PASSED}], "no"),
        ([{"progress": "done", "due": PASSED}], "yes"),
        ([{"progress": "done"}, {"progress": "cancelled"}], "no"),
    ],
)
def test_whether_measures_were_carried_out(tmp_path, measures, verdict):
    text = "".join(measure(number, **one) for number, one in enumerate(measures, 1))
    assert made(tmp_path, OUT + text).carried_out == verdict


@pytest.mark.parametrize(
    ("effects", "verdict"),
    [
        ([], "undecided"),
        (["yes"], "yes"),
        (["yes", "unknown"], "undecided"),
        (["yes", "partly"], "partly"),
        (["partly", "no"], "no"),
        (["unknown", "no"], "no"),
    ],
)
def test_whether_they_had_the_intended_effect(tmp_path, effects, verdict):
    text = "".join(measure(number, "done", effect=effect) for number, effect in enumerate(effects, 1))
    assert made(tmp_path, OUT + text).effective == verdict


def test_measures_are_sorted_under_the_questions(tmp_path):
    text = (
        measure(1, "ongoing", due=PASSED, owner="TiB")
        + measure(2, type="communicative")
        + measure(3, "done", effect="no")
        + measure(4, "done")
    )
    found = made(tmp_path, OUT + text)
    ids = {
        "overdue": found.overdue,
        "communicative": found.communicative,
        "incomplete": found.incomplete,
        "no": found.with_effect("no"),
        "unknown": found.with_effect("unknown"),
    }
    assert {key: [one.id for one in value] for key, value in ids.items()} == {
        "overdue": ["measure-1"],
        "communicative": ["measure-2"],
        "incomplete": ["measure-2"],
        "no": ["measure-3"],
        "unknown": ["measure-4"],
    }


def test_unanswered_needs_are_those_for_help_and_information(tmp_path):
    text = "".join(
        f'\n[[request]]\nid = "request-{number}"\ntime = 2026-12-18T04:20:00+01:00\ntype = "{kind}"\nto = "clr"\ntext = "x"\n{more}'
        for number, (kind, more) in enumerate(
            [("help", ""), ("message", ""), ("information", f"answered = {PASSED}\n"), ("information", "")], 1
        )
    )
    found = made(tmp_path, OUT + text)
    assert [one.id for one in found.requests] == ["request-1", "request-4"]
    assert found.unheard == ()
    assert made(tmp_path, OUT).unheard == (("clr", "Clearing"),)


def test_newly_affected_actors_need_a_lagesbild_to_compare_with(tmp_path):
    assert made(tmp_path, OUT).newly_affected == ()
    text = OUT + issued(1, "04:15", claims={("payer", "affected"): "yes", ("clr", "affected"): "yes"})
    assert made(tmp_path, text).newly_affected == (("b2", "Bank two"),)


def test_prognosis_against_outcome(tmp_path):
    corrected = OUT + 'for = "2h"\n'
    corrected += issued(
        1, "04:15", claims={("clr", "end"): "2026-12-18T06:00+01:00", ("clr", "start"): "2026-12-18T04:00+01:00"}
    )
    corrected += OUT.replace("outage-1", "outage-2").replace("04:10", "05:00") + 'for = "5h"\nsupersedes = "outage-1"\n'
    corrected += issued(
        2,
        "05:10",
        claims={
            ("clr", "end"): "2026-12-18T09:00+01:00",
            ("allowance 2026-12-18", "completed"): "2026-12-18T10:00+01:00",
        },
    )
    found = made(tmp_path, corrected, "09:30")
    by_key = {(one.subject, one.aspect): one for one in found.comparisons}
    assert by_key["clr", "start"].difference == 0
    assert by_key["clr", "end"].difference == 180
    late = by_key["allowance 2026-12-18", "completed"]
    assert (late.first, late.difference) == ("in_order", None)
    (estimate,) = found.estimates
    assert (estimate.first, estimate.now, estimate.is_over, estimate.difference) == (120, 300, False, 180)
    assert estimate.is_assumed_over


def test_a_first_estimate_counts_also_when_the_first_report_had_none(tmp_path):
    text = OUT + OUT.replace("outage-1", "outage-2").replace("04:10", "04:20") + 'for = "2h"\nsupersedes = "outage-1"\n'
    (one,) = made(tmp_path, text).estimates
    assert (one.first, one.difference) == (120, 0)


def test_a_deadline_that_passed_without_a_measure_is_missed(tmp_path):
    claims = {("allowance 2026-12-18", "latest_recovery"): "2026-12-18T04:20+01:00"}
    text = OUT + issued(1, "04:15", claims=claims)
    (one,) = made(tmp_path, text, "12:00").missed
    assert (one.subject, one.time) == ("allowance 2026-12-18", minute("06:00"))
    assert made(tmp_path, text + measure(1, concerns=["allowance"]), "12:00").missed == ()
    assert made(tmp_path, text + measure(1, concerns=["clr"]), "12:00").missed == ()
    assert len(made(tmp_path, text + measure(1, "cancelled", concerns=["clr"]), "12:00").missed) == 1


def decision(number, at, **more):
    fields = {"id": f"decision-{number}", "text": f"Decision {number}"} | more
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in fields.items())
    return f"\n[[decision]]\ntime = 2026-12-18T{at}:00+01:00\n{lines}"


def withdrawn(entry, at, reason="Not needed"):
    return (
        f'\n[[withdrawn]]\nid = "withdrawn-1"\ntime = 2026-12-18T{at}:00+01:00\nsupersedes = "{entry}"\n'
        f'text = "{reason}"\n'
    )


DONE = "2026-12-18T05:30:00+01:00"


@pytest.mark.parametrize(
    ("more", "is_missed"),
    [
        (decision(1, "05:00", concerns=["allowance"]), False),
        (decision(1, "07:00", concerns=["allowance"]), True),
        (decision(1, "05:00", concerns=["allowance"]) + withdrawn("decision-1", "07:00"), False),
        (decision(1, "05:00", concerns=["allowance"]) + withdrawn("decision-1", "05:30"), True),
        (measure(1, "done", done=DONE, concerns=["clr"]).replace("04:15", "07:00"), False),
        (measure(1, "done", concerns=["clr"]).replace("04:15", "07:00"), True),
    ],
    ids=["before", "after", "withdrawn after", "withdrawn before", "done before, logged after", "logged after"],
)
def test_only_what_was_decided_or_done_before_a_deadline_concerned_it(tmp_path, more, is_missed):
    assert bool(made(tmp_path, OUT + more, "12:00").missed) == is_missed


def test_a_decision_that_was_withdrawn_leaves_its_reason(tmp_path):
    text = OUT + decision(1, "05:00") + withdrawn("decision-1", "05:30", "The bank could not")
    found = made(tmp_path, text, "06:00")
    (one,) = found.taken_back
    assert (one.entry.id, one.time, one.reason) == ("decision-1", minute("05:30"), "The bank could not")
    assert found.to_dict()["taken_back"][0]["reason"] == "The bank could not"
    assert "| Decision 1 |" in markdown.render(followup_document(found))
    assert made(tmp_path, text, "06:00", to="TLP:GREEN").taken_back == ()
    assert made(tmp_path, text, "05:10").taken_back == ()


def told_anew(time="04:30", **fields):
    """The outage, confirmed and put right."""
    changed = {"entity": '"clr"', "start": "2026-12-18T04:00:00+01:00"} | fields
    lines = "".join(f"{key} = {value}\n" for key, value in changed.items())
    return f'\n[[outage]]\nid = "outage-2"\ntime = 2026-12-18T{time}:00+01:00\nstatus = "confirmed"\nsupersedes = "outage-1"\n{lines}'


@pytest.mark.parametrize("end", ["07:00", "12:00"])
def test_a_deadline_has_passed_also_when_the_outage_is_over_and_no_report_was_issued(tmp_path, end):
    text = OUT + told_anew(end, end=f"2026-12-18T{end}:00+01:00")
    (one,) = made(tmp_path, text, "2026-12-19T12:00").missed
    assert one.time == minute("06:00")


def test_a_deadline_that_was_kept_is_not_missed(tmp_path):
    text = OUT + told_anew("05:30", end="2026-12-18T05:30:00+01:00")
    assert made(tmp_path, text, "2026-12-19T12:00").missed == ()


def seen(**more):
    fields = {"time": "2026-12-18T04:30:00+01:00", "entity": '"clr"', "level": "0", "text": '"Seen"'} | more
    lines = "".join(f"{key} = {value}\n" for key, value in fields.items())
    return f'\n[[observation]]\nid = "observation-1"\n{lines}'


BANK_OUT = OUT.replace('"clr"', '"b2"').replace("04:10", "04:45").replace("04:00", "04:40")


@pytest.mark.parametrize("more", ["", BANK_OUT], ids=["alone", "beside an outage"])
def test_a_level_that_is_still_observed_may_end_with_the_outages_for_a_deadline(tmp_path, more):
    (one,) = made(tmp_path, seen() + more, "12:00").missed
    assert (one.subject, one.time) == ("allowance 2026-12-18", minute("06:00"))


def test_a_level_that_was_said_to_last_until_a_time_leaves_no_deadline_before_that(tmp_path):
    assert made(tmp_path, seen(until=AHEAD) + BANK_OUT, "12:00").missed == ()


def test_an_estimate_of_another_thing_is_none_of_this(tmp_path):
    wrong = OUT.replace('"clr"', '"b1"') + 'for = "2h"\n'
    (one,) = made(tmp_path, wrong + told_anew(**{"for": '"8h"'})).estimates
    assert (one.subject, one.said, one.first) == ("clr", minute("04:30"), 480)


def test_a_share_that_was_not_said_first_is_not_in_the_name_of_what_was(tmp_path):
    wrong = OUT.replace('entity = "clr"', 'payment = "allowance"\nshare = 0.03')
    (same,) = made(tmp_path, wrong).estimates
    assert same.name.endswith("3\xa0% av mottagarna")
    right = told_anew(share=0.3, payment='"allowance"').replace('entity = "clr"\n', "")
    (one,) = made(tmp_path, wrong + right).estimates
    assert one.name == "Fel i filen för Allowance"


def test_another_reader_sees_what_was_chosen_and_nothing_is_said_of_what_it_does_not_see(tmp_path):
    given = tables()
    given["entity"][3]["tlp"] = "TLP:RED"
    model, _ = beroenden.build(given)
    claims = {
        ("clr", "end"): "2026-12-18T06:00+01:00",
        ("allowance 2026-12-18", "latest_recovery"): "2026-12-18T04:20+01:00",
    }
    text = OUT + 'for = "2h"\n' + measure(1) + measure(2, disclose=True) + issued(1, "04:15", claims=claims)
    found = made(tmp_path, text, "05:00", "TLP:GREEN", model)
    assert [one.id for one in found.measures] == ["measure-2"]
    assert (found.unheard, found.missed, found.estimates) == ((), (), ())
    told = json.dumps(found.to_dict())
    assert "clr" not in told and "Clearing" not in told and "withheld" not in told
    assert "clr" in json.dumps(made(tmp_path, text, "05:00", None, model).to_dict())


@pytest.mark.parametrize(
    ("first", "latest", "now", "words"),
    [
        (600, None, 720, "2\xa0tim senare"),
        (600, 700, 540, "1\xa0tim tidigare"),
        (600, 600, 600, "som det sades"),
        (None, None, 600, "inte förutsett"),
        (600, 600, None, "inträffade inte"),
        ("never", "never", "never", "oförändrat"),
        ("never", 600, 600, "var okänt"),
        ("in_order", 600, 600, "inte förutsett"),
        ("in_order", 600, None, "som det sades"),
        (Range(300, 400, 600), None, 500, "inom uppskattningen"),
        (Range(300, 400, 600), None, 660, "1\xa0tim senare än den längsta uppskattningen"),
        (Range(None, 400, 600), None, 120, "inom uppskattningen"),
        (600, 600, "never", "ändrat"),
    ],
)
def test_differences_in_words(first, latest, now, words):
    with writing_in("sv"):
        assert difference_in_words(Comparison("x", "end", "X", first, latest, now, "TLP:CLEAR")) == words


@pytest.mark.parametrize(
    ("first", "now", "words"),
    [
        (120, 300, "3\xa0tim längre"),
        (None, 300, "går inte att säga"),
        (120, None, "redan 1\xa0tim längre"),
        (240, None, "går inte att säga"),
    ],
)
def test_lengths_in_words(first, now, words):
    with writing_in("sv"):
        assert longer_in_words(Estimate("x", "X", 0, 0, first, now, False, 180, "TLP:CLEAR")) == words


def corrected(entry, time, more, tlp=None):
    """The outage reported anew."""
    text = (
        OUT.replace("outage-1", f"outage-{entry}").replace("04:10", time)
        + f'supersedes = "outage-{entry - 1}"\n{more}\n'
    )
    return text + (f'tlp = "{tlp}"\n' if tlp else "")


def row(found, subject, aspect):
    (one,) = [one for one in found.comparisons if (one.subject, one.aspect) == (subject, aspect)]
    return one


def test_an_end_that_is_over_is_no_estimate_of_it(tmp_path):
    ended = corrected(2, "05:05", 'status = "confirmed"\nend = 2026-12-18T05:00:00+01:00')
    (one,) = made(tmp_path, OUT + ended, "06:00").estimates
    assert (one.first, one.now, one.is_over, one.difference) == (None, 60, True, None)
    expected = corrected(2, "04:40", "end = 2026-12-18T05:00:00+01:00")
    (one,) = made(tmp_path, OUT + expected, "06:00").estimates
    assert (one.first, one.is_over, one.is_assumed_over) == (60, False, True)


def test_the_end_is_that_of_the_report_though_more_was_left_of_it_for_a_while(tmp_path):
    seen = '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T04:45:00+01:00\nentity = "clr"\nlevel = 0.5\ntext = "Half"\n'
    claims = {("clr", "start"): "2026-12-18T04:00+01:00", ("clr", "end"): "unknown"}
    found = row(made(tmp_path, OUT + issued(1, "04:20", claims=claims) + seen, "05:00"), "clr", "end")
    assert (found.first, found.now) == ("never", "never")


@pytest.mark.parametrize(
    ("start", "rows"),
    [("05:00", [("04:00", None), ("in_order", "05:00")]), ("04:05", [("04:00", "04:05")])],
    ids=["began later", "was reported anew"],
)
def test_an_alarm_that_was_withdrawn_is_not_the_outage_that_began_later(tmp_path, start, rows):
    claims = {("clr", "start"): "2026-12-18T04:00+01:00", ("clr", "end"): "unknown"}
    withdrawn = (
        '\n[[withdrawn]]\nid = "withdrawn-1"\ntime = 2026-12-18T04:30:00+01:00\nsupersedes = "outage-1"\ntext = "No"\n'
    )
    text = OUT + issued(1, "04:15", claims=claims) + withdrawn
    text += told_anew("05:10", start=f"2026-12-18T{start}:00+01:00").replace('supersedes = "outage-1"\n', "")
    found = [(one.first, one.now) for one in made(tmp_path, text, "06:00").comparisons if one.aspect == "start"]
    assert found == [tuple(minute(one) if one and ":" in one else one for one in row) for row in rows]


def test_a_range_is_compared_as_a_range(tmp_path):
    ranged = OUT + 'for = { min = "1h", mode = "2h", max = "4h" }\n'
    claims = {("clr", "start"): "2026-12-18T04:00+01:00", ("clr", "end"): "unknown"}
    ranged += issued(1, "04:15", claims=claims)
    late = corrected(2, "09:05", 'status = "confirmed"\nend = 2026-12-18T09:00:00+01:00')
    found = made(tmp_path, ranged + late, "09:30")
    end = row(found, "clr", "end")
    assert (end.first, end.difference) == (Range(minute("05:00"), minute("06:00"), minute("08:00")), 60)
    (one,) = found.estimates
    assert (one.limits, one.difference) == (Range(60, 120, 240), 60)
    (one,) = made(tmp_path, ranged, "04:40").estimates
    assert one.difference == 0


@pytest.mark.parametrize(
    ("first", "latest", "end", "words"),
    [
        (None, "04:30", "04:30", "sagt efteråt"),
        ("04:30", "04:30", "04:35", "sagt efteråt"),
        ("06:00", "04:30", "04:30", "1\xa0tim 30\xa0min tidigare"),
        ("04:30", "04:30", "06:00", "1\xa0tim 30\xa0min senare"),
    ],
)
def test_what_is_said_when_it_has_happened_foretells_nothing(tmp_path, first, latest, end, words):
    """What was thought to be over and was not had not happened; what was expected later was foretold."""

    def said(at):
        return {("clr", "start"): "2026-12-18T04:00+01:00", ("clr", "end"): f"2026-12-18T{at}+01:00"}

    text = OUT + issued(1, "04:40", claims=said(first) if first else {}) + issued(2, "05:00", claims=said(latest))
    text += corrected(2, "06:05", f'status = "confirmed"\nend = 2026-12-18T{end}:00+01:00')
    found = made(tmp_path, text, "07:00")
    one = row(found, "clr", "end")
    assert one.is_afterwards == (one.difference is None)
    assert (
        next(each for each in found.to_dict()["comparisons"] if each["aspect"] == "end")["said_afterwards"]
        == one.is_afterwards
    )
    with writing_in("sv"):
        assert difference_in_words(one) == words


def test_a_payment_of_which_a_prognosis_said_nothing_was_in_time_in_it(tmp_path):
    run = ("allowance 2026-12-18", "completed")
    text = OUT + 'for = "5h"\n' + issued(1, "04:15", claims={("clr", "start"): "2026-12-18T04:00+01:00"})
    text += issued(2, "04:30", claims={run: "2026-12-18T10:00+01:00"})
    one = row(made(tmp_path, text), *run)
    assert one.first == "in_order"
    with writing_in("sv"):
        assert difference_in_words(one) == "inte förutsett"
    chosen = text.replace('form = "intern"', 'form = "delgivning"\nto = "TLP:GREEN"')
    assert row(made(tmp_path, chosen), *run).first is None


def test_the_short_form_has_numbers_of_its_own_and_is_not_the_latest_of_the_whole_one(tmp_path):
    text = OUT + issued(1, "04:15") + issued(2, "04:25")
    text += issued(3, "04:30").replace('form = "intern"\nnumber = 3', 'form = "kort"\nnumber = 1')
    found = made(tmp_path, text)
    assert (found.latest.form, found.latest.number) == ("intern", 2)


def test_a_length_is_counted_until_all_works_though_it_was_half_restored_and_got_worse(tmp_path):
    text = OUT + 'for = "2h"\n'
    for number, start, end, more in (
        (2, "04:00", "05:00", 'supersedes = "outage-1"\nstatus = "confirmed"\n'),
        (3, "05:00", "07:00", 'remaining = 0.5\nstatus = "confirmed"\n'),
        (4, "07:00", "09:00", 'status = "confirmed"\n'),
    ):
        text += f'\n[[outage]]\nid = "outage-{number}"\ntime = 2026-12-18T{end}:00+01:00\nentity = "clr"\n'
        text += f"start = 2026-12-18T{start}:00+01:00\nend = 2026-12-18T{end}:00+01:00\n{more}"
    first, half, worse = made(tmp_path, text, "10:00").estimates
    assert (first.first, first.elapsed, first.is_over, first.difference) == (120, 300, True, 180)
    assert (half.elapsed, worse.elapsed) == (240, 120)


def test_another_reader_is_told_nothing_of_an_outage_above_its_label(tmp_path):
    claims = {("clr", "start"): "2026-12-18T04:00+01:00", ("clr", "end"): "2026-12-18T06:00+01:00"}
    red = OUT + 'disclose = true\ntlp = "TLP:RED"\nfor = "2h"\n' + issued(1, "04:15", claims=claims)
    lowered = 'disclose = true\nlowered_from = "TLP:RED"\nlowered_by = "TiB"\nfor = "3h"'
    green = corrected(2, "04:30", lowered)
    for text in (
        red,
        red + green,
        red.replace('tlp = "TLP:RED"\n', "") + corrected(2, "04:30", 'disclose = true\nfor = "9h"', "TLP:RED"),
    ):
        found = made(tmp_path, text, "05:00", "TLP:GREEN")
        assert not [one for one in found.comparisons if one.subject == "clr"]
        told = json.dumps(found.to_dict())
        assert "06:00" not in told and "13:00" not in told
        assert "540" not in told
    (one,) = made(tmp_path, red + green, "05:00", "TLP:GREEN").estimates
    assert one.first == 180
    own = made(tmp_path, red + green, "05:00")
    assert (own.tlp, row(own, "clr", "end").tlp) == ("TLP:RED", "TLP:RED")
    assert made(tmp_path, OUT + 'tlp = "TLP:RED"\n').tlp == "TLP:RED"


def test_what_a_measure_corrected_is_the_houses_own(tmp_path):
    text = OUT + measure(1) + measure(2, supersedes="measure-1", disclose=True)
    (one,) = made(tmp_path, text, to="TLP:GREEN").to_dict()["measures"]
    assert not {"supersedes", "lowered_from", "lowered_by"} & set(one)
    assert made(tmp_path, text).to_dict()["measures"][0]["supersedes"] == "measure-1"


def test_a_report_is_quoted_with_the_end_that_it_reckoned_with(tmp_path):
    """Both claimed the estimate; the second also had the observation that it was over."""
    seen = (
        '\n[[observation]]\nid = "observation-1"\ntime = 2026-12-18T05:00:00+01:00\ntext = "Up"\nentity = "clr"\n'
        "level = 1.0\n"
    )
    claims = {
        ("clr", "start"): "2026-12-18T04:00+01:00",
        ("clr", "end"): "unknown",
        ("clr", "length"): "2h..6h..10h",
    }
    text = OUT + 'for = { min = "2h", mode = "6h", max = "10h" }\n' + issued(1, "04:15", claims=claims) + seen
    found = made(tmp_path, text + issued(2, "05:15", claims=claims), "07:00")
    end = next(one for one in found.comparisons if one.aspect == "end")
    assert (end.first, end.latest) == (Range(minute("06:00"), minute("10:00"), minute("14:00")), minute("05:00"))
    assert end.now == minute("05:00")


def test_an_actor_that_is_the_source_of_an_entry_has_been_heard(tmp_path):
    source = OUT.replace("entity", 'source = "Clearing, duty manager"\nentity')
    assert made(tmp_path, source).unheard == ()
    assert made(tmp_path, source.replace("Clearing,", "Clearinghouse,")).unheard == (("clr", "Clearing"),)


@pytest.mark.parametrize(
    ("source", "name", "is_heard"),
    [
        ("Clearing, driftinformation", "Clearing och sparbankerna", True),
        ("Uppgift om Clearing", "Clearing och sparbankerna", False),
        ("Sparbankerna", "Clearing och sparbankerna", False),
        ("Clearingen", "Clearing och sparbankerna", False),
        ("Statens uppgifter", "Statens servicecenter", False),
        ("Post, telefon", "Post- och telestyrelsen", False),
        ("Bank, telefon", "Bank och post", False),
    ],
)
def test_a_source_may_begin_a_name_of_several_with_the_first(tmp_path, source, name, is_heard):
    given = tables()
    given["entity"][3]["name"] = name
    model, findings = beroenden.build(given)
    assert model is not None, findings
    text = OUT.replace("entity", f'source = "{source}"\nentity')
    assert (made(tmp_path, text, model=model).unheard == ()) is is_heard


def test_an_outage_that_only_was_observed_after_another_was_over_stands_beside_it(tmp_path):
    """The log had one until 04.05; from 07.00 to 09.00 the same thing was seen at less."""
    seen = "".join(
        f'\n[[observation]]\nid = "observation-{number}"\ntime = 2026-12-18T{time}:00+01:00\nstatus = "confirmed"\n'
        f'text = "Seen"\nentity = "clr"\nlevel = {level}\n'
        for number, (time, level) in enumerate((("07:00", 0.3), ("08:00", 0.5), ("09:00", 1.0)), 1)
    )
    over = OUT + 'end = 2026-12-18T04:05:00+01:00\nstatus = "confirmed"\n'
    found = made(tmp_path, over + issued(1, "04:15") + seen, "10:00")
    first, again = found.estimates
    assert (first.elapsed, again.elapsed, again.first, again.is_over) == (5, 120, None, True)
    assert again.is_of_parts
    with writing_in("sv"):
        assert "(30 % av förmågan kvar) (från fre 18 dec 07.00) | ingen uppskattning" in markdown.render(
            followup_document(found)
        ).replace("\xa0", " ")
    ends = [one.now for one in found.comparisons if (one.subject, one.aspect) == ("clr", "end")]
    assert ends == [minute("04:05"), minute("09:00")]


def test_an_estimate_says_how_many_times_it_was_moved(tmp_path):
    text = OUT + 'for = "2h"\n'
    for number, (time, more) in enumerate((("04:20", 'for = "4h"\n'), ("04:25", 'for = "4h"\n'), ("04:30", "")), 2):
        text += corrected(number, time, more)
    found = made(tmp_path, text)
    (one,) = found.estimates
    assert (one.first, one.now, one.moves) == (120, None, 2)
    with writing_in("sv"):
        assert "2 tim (sagt fre 18 dec 04.10; ändrat 2 gånger)" in markdown.render(followup_document(found)).replace(
            "\xa0", " "
        )
