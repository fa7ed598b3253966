"""Outages that others tell of: what has changed of each since the lägesbild before, and what was said against what came."""

import pytest
from chain import network
from logs import HEAD, basis_at, log_of, minute, situation_at

from beroenden.documents import markdown
from beroenden.documents.followup import followup_document
from beroenden.incident.comparison import IN_ORDER, Range
from beroenden.incident.followup import follow_up
from beroenden.incident.lagesbild.claims import NEVER
from beroenden.incident.lagesbild.issue import record_issue
from beroenden.incident.log.read import load_log
from beroenden.language import writing_in

MODEL = network()


def when(text):
    return f"2026-12-18T{text}:00+01:00"


def outage(start, text, end="unknown", left="0", length=None, status="bekräftad"):
    """A statement of another's delgivning on an outage of the clearing."""
    said = {"start": when(start), "remaining": left, "end": end if end == "unknown" else when(end)}
    said |= {"length": length} if length else {}
    claims = ", ".join(f'{{ subject = "clr", aspect = "{key}", value = "{value}" }}' for key, value in said.items())
    return statement("fakta.handelse", text, f"claims = [{claims}]", status)


def statement(section, text, more="", status="bekräftad"):
    return (
        f'\n  [[received.statement]]\n  section = "{section}"\n  text = "{text}"\n  status = "{status}"\n'
        f'  tlp = "TLP:GREEN"\n  {more}\n'
    )


def received(number, time, *statements):
    """What bank one tells."""
    return (
        f'\n[[received]]\nid = "received-{number}"\ntime = {when(time)}\nsender = "b1"\nnumber = {number}\n'
        f'tlp = "TLP:GREEN"\nat = {when(time)}\nhash = "sha256:{number}"\n{"".join(statements)}'
    )


FIRST = received(1, "04:30", outage("04:00", "Out.", length="2h..5h..9h"))
HALF = received(
    2,
    "09:20",
    outage("04:00", "Half restored.", end="09:00"),
    outage("09:00", "Half out.", left="0.5", length="1h..2h..4h"),
)
OVER = received(
    3,
    "16:10",
    outage("04:00", "Half restored.", end="09:00"),
    outage("09:00", "Ended.", end="16:00", left="0.5"),
)


def logged(tmp_path, text, *issued):
    """A log in which lägesbilder were issued at some times."""
    log = log_of(tmp_path, text, MODEL)
    for at in issued:
        record_issue(tmp_path / "log.toml", "payer", situation_at(MODEL, log, at, approved_by="Head"), MODEL)
        log, findings = load_log(tmp_path / "log.toml", MODEL)
        assert not findings
    return log


def entered(tmp_path, text, at, *issued):
    log = logged(tmp_path, text, *issued)
    changes = situation_at(MODEL, log, at, approved_by="Head").changes
    return [one.text.replace("\xa0", " ") for one in changes if one.entry]


def test_each_outage_of_a_thing_is_told_that_is_new_or_changed(tmp_path):
    assert entered(tmp_path, FIRST + HALF + OVER, "09:30", "05:00") == [
        "Ändrad längd (var 2 tim–9 tim, troligast 5 tim, nu till fre 2026-12-18 09.00): Enligt Bank one: Half restored.",
        "Nytt: Enligt Bank one: Half out.",
    ]


def test_what_the_same_sender_said_before_is_not_new_again(tmp_path):
    told = entered(tmp_path, FIRST + HALF + OVER, "16:30", "05:00", "09:30")
    assert told == [
        "Ändrad längd (var 1 tim–4 tim, troligast 2 tim, nu till fre 2026-12-18 16.00): Enligt Bank one: Ended."
    ]


def test_a_delgivning_that_came_between_and_was_in_no_lagesbild_is_not_what_is_compared_with(tmp_path):
    assert entered(tmp_path, FIRST + HALF + OVER, "16:30", "05:00") == [
        "Ändrad längd (var 2 tim–9 tim, troligast 5 tim, nu till fre 2026-12-18 09.00): Enligt Bank one: Half restored.",
        "Nytt: Enligt Bank one: Ended.",
    ]


@pytest.mark.parametrize(
    ("second", "told"),
    [
        (outage("04:10", "Out later.", length="2h..5h..9h"), ["Ändrat: Enligt Bank one: Out later."]),
        (outage("04:00", "Out.", length="2h..5h..9h"), []),
        (
            outage("04:00", "Perhaps.", length="2h..5h..9h", status="obekräftad"),
            ["Ändrat: Enligt Bank one: Perhaps."],
        ),
        (
            outage("04:00", "Out.", length="2h..5h..9h") + statement("fakta.operativt", "Restored from tape."),
            ["Nytt: Enligt Bank one: Restored from tape."],
        ),
        (
            outage("04:00", "Out.", length="2h..5h..9h") + statement("prognos.tid", "Late."),
            ["Nytt: Enligt Bank one: Late."],
        ),
        (
            outage("04:00", "Longer.", length="3h..9h..13h"),
            [
                "Ändrad längd (var 2 tim–9 tim, troligast 5 tim, nu 3 tim–13 tim, troligast 9 tim): "
                "Enligt Bank one: Longer."
            ],
        ),
        (
            outage("04:00", "Out."),
            ["Ändrad längd (var 2 tim–9 tim, troligast 5 tim, nu okänd): Enligt Bank one: Out."],
        ),
        (
            outage("04:00", "Out.", length="2h..5h..9h") + statement("fakta.operativt", "Rättelse: a fifth."),
            ["Nytt: Enligt Bank one: Rättelse: a fifth."],
        ),
    ],
    ids=[
        "corrected start",
        "the same",
        "another status",
        "another fact",
        "a prognosis alone",
        "another length",
        "no length any more",
        "what they call a correction",
    ],
)
def test_what_differs_is_told(tmp_path, second, told):
    assert entered(tmp_path, FIRST + received(2, "09:20", second), "09:30", "05:00") == told


def compared(log, at):
    found = follow_up(basis_at(MODEL, log, at), "payer", log).comparisons
    return {(one.aspect, one.name): (one.first, one.latest, one.now) for one in found if one.subject == "clr"}


def test_what_was_said_of_others_outages_is_held_against_what_came(tmp_path):
    log = logged(tmp_path, FIRST + HALF + OVER, "05:00", "09:30")
    rows = {key: said for key, said in compared(log, "17:00").items() if key[0] in ("start", "end")}
    early, late = minute("04:00"), minute("09:00")
    first = Range(early + 120, early + 300, early + 540)
    assert list(rows.values()) == [
        (early, early, early),
        (first, Range(late + 60, late + 120, late + 240), minute("16:00")),
    ]


def test_an_unknown_end_was_said_to_be_unknown(tmp_path):
    text = received(1, "04:30", outage("04:00", "Out.")) + received(2, "09:20", outage("04:00", "Over.", end="09:00"))
    rows = compared(logged(tmp_path, text, "05:00"), "10:00")
    assert [said for (aspect, _), said in rows.items() if aspect == "end"] == [(NEVER, NEVER, minute("09:00"))]


def test_where_it_was_not_kept_what_was_repeated_nothing_is_said(tmp_path):
    log = logged(tmp_path, FIRST + HALF + OVER, "05:00")
    path = tmp_path / "log.toml"
    kept = path.read_text("utf-8").removeprefix(HEAD)
    lines = [line.replace('subject = "received-1"', 'subject = "other-1"') for line in kept.splitlines()]
    log = log_of(tmp_path, "\n".join((*lines, "")), MODEL)
    assert {said[:2] for (aspect, _), said in compared(log, "17:00").items() if aspect == "end"} == {(None, None)}


def test_what_others_told_first_is_the_same_outage_once_the_own_log_has_it(tmp_path):
    own = f'\n[[outage]]\nid = "outage-1"\ntime = {when("06:00")}\nentity = "clr"\nstart = {when("04:10")}\n'
    rows = compared(logged(tmp_path, FIRST + own, "05:00"), "07:00")
    starts = [said for (aspect, _), said in rows.items() if aspect == "start"]
    assert starts == [(minute("04:00"), minute("04:00"), minute("04:10"))]


def test_what_others_told_of_before_the_own_log_begins_stands_beside_it(tmp_path):
    own = f'\n[[outage]]\nid = "outage-1"\ntime = {when("09:40")}\nentity = "clr"\nstart = {when("09:00")}\n'
    rows = compared(logged(tmp_path, FIRST + HALF + own, "05:00", "09:30"), "10:00")
    starts = [said for (aspect, _), said in rows.items() if aspect == "start"]
    assert starts == [(minute("04:00"),) * 3]


AGAIN = received(3, "12:10", outage("12:00", "Out again."))


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (FIRST + received(2, "08:00", statement("fakta.operativt", "All well.")) + AGAIN, [("04:00", None), (IN_ORDER, "12:00")]),
        (FIRST + AGAIN, [("04:00", "12:00")]),
    ],
    ids=["no longer told of", "told of until then"],
)  # fmt: skip
def test_what_began_when_the_first_was_no_longer_told_of_is_another_outage(tmp_path, text, rows):
    log = logged(tmp_path, text, "05:00")
    found = [(first, now) for (aspect, _), (first, _, now) in compared(log, "13:00").items() if aspect == "start"]
    assert found == [tuple(one if one in (None, IN_ORDER) else minute(one) for one in row) for row in rows]


def entry(time, more=""):
    return f'\n[[outage]]\nid = "outage-1"\ntime = {when(time)}\nentity = "clr"\nstart = {when("04:10")}\n{more}'


EXPECTED = received(1, "04:30", outage("04:00", "Out.", end="09:00"))
OTHER = received(1, "04:30", outage("03:00", "Was out.", length="10min..15min..20min"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FIRST + entry("06:00"), ("Bank one", 300, Range(120, 300, 540))),
        (FIRST + entry("06:00", 'for = "3h"\n'), ("", 180, None)),
        (EXPECTED + entry("06:00"), ("Bank one", 300, None)),
        (OTHER + entry("06:00"), ("", None, None)),
    ],
    ids=["another's", "the own goes first", "an end ahead", "of another outage"],
)
def test_where_the_own_log_estimates_no_length_the_first_that_another_shared_is_told(tmp_path, text, told):
    log = log_of(tmp_path, text, MODEL)
    found = follow_up(basis_at(MODEL, log, "14:00"), "payer", log)
    (one,) = found.estimates
    assert (one.by, one.first, one.limits) == told
    with writing_in("sv"):
        text = markdown.render(followup_document(found))
    assert ("av Bank one)" in text) == bool(one.by)
    (hidden,) = follow_up(basis_at(MODEL, log, "14:00", "TLP:GREEN"), "payer", log).estimates or (None,)
    assert hidden is None or not hidden.by


def test_the_follow_up_says_how_many_times_a_sender_has_moved_its_estimate(tmp_path):
    """Moved from five hours to nine and to unknown; said again it is not moved, and that it is over is no estimate."""
    text = FIRST + received(2, "04:40", outage("04:00", "Out.", length="2h..5h..9h"))
    text += received(3, "05:00", outage("04:00", "Longer.", length="3h..9h..13h"))
    text += received(4, "06:00", outage("04:00", "Out.")) + received(5, "16:10", outage("04:00", "Over.", end="16:00"))
    log = logged(tmp_path, text)
    for at, moves, now in (("04:45", 0, 300), ("05:30", 1, 540), ("07:00", 2, None), ("16:30", 2, 720)):
        (one,) = follow_up(basis_at(MODEL, log, at), "payer", log).estimates
        assert (one.by, one.first, one.moves, one.now) == ("Bank one", 300, moves, now)


def test_the_follow_up_has_what_others_tell_of_after_the_own_log_has_ended_its_outage(tmp_path):
    own = (
        '\n[[outage]]\nid = "outage-1"\ntime = 2026-12-18T04:25:00+01:00\nstatus = "confirmed"\nentity = "clr"\n'
        "start = 2026-12-18T04:00:00+01:00\nend = 2026-12-18T04:20:00+01:00\n"
    )
    again = received(1, "06:10", outage("06:00", "Out again.", length="1h..2h..4h"))
    log = logged(tmp_path, own + again)
    first, second = follow_up(basis_at(MODEL, log, "06:30"), "payer", log).estimates
    assert (first.elapsed, first.by, second.first, second.by) == (20, "", 120, "Bank one")


def test_the_first_estimate_is_what_was_said_first_whichever_delgivning_came_first(tmp_path):
    later = received(1, "05:30", outage("04:00", "Out.", length="3h..9h..13h"))
    earlier = received(2, "05:10", outage("04:00", "Out.", length="2h..5h..9h"))
    other = earlier.replace('sender = "b1"', 'sender = "b2"').replace(
        f"time = {when('05:10')}", f"time = {when('05:40')}"
    )
    log = logged(tmp_path, later + other)
    (one,) = follow_up(basis_at(MODEL, log, "06:00"), "payer", log).estimates
    assert (one.by, one.first, one.said) == ("Bank two", 300, minute("05:10"))


PLAN = received(1, "04:30", outage("12:00", "Planned.", end="13:00"))
MOVED = received(2, "05:00", outage("09:00", "Moved.", end="11:00"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (PLAN + MOVED, (60, "04:30", 1)),
        (received(1, "04:30", outage("12:00", "A.", end="13:00"), outage("14:00", "B.", end="15:00")) + MOVED, (120, "05:00", 0)),
        (PLAN + received(2, "09:10", outage("09:00", "Out.", end="11:00")), (120, "09:10", 0)),
    ],
    ids=["moved", "which was moved is not said", "not planned"],
)  # fmt: skip
def test_a_planned_outage_that_was_moved_was_first_estimated_when_it_was_first_planned(tmp_path, text, told):
    log = logged(tmp_path, text)
    (one,) = follow_up(basis_at(MODEL, log, "09:30"), "payer", log).estimates
    assert (one.first, one.said, one.moves) == (told[0], minute(told[1]), told[2])


def test_what_went_on_before_an_outage_is_no_estimate_of_it(tmp_path):
    """Bank one said at 05.00 that the clearing had been out since 04.00; the clearing itself, that it is since 06.00."""
    before = received(1, "05:00", outage("04:00", "Out.", end="09:00"))
    answers = received(2, "07:00", outage("06:00", "Out.", end="08:00")).replace('sender = "b1"', 'sender = "clr"')
    log = logged(tmp_path, before + answers)
    (one,) = follow_up(basis_at(MODEL, log, "07:30"), "payer", log).estimates
    assert (one.start, one.by, one.first) == (minute("06:00"), "Clearing", 120)


BESIDE = outage("05:00", "Short.", end="05:30")
"""Another outage, of which the plan's sender tells with that it moved."""


def test_a_planned_outage_that_was_moved_is_told_as_moved(tmp_path):
    moved = received(2, "06:00", outage("09:00", "Moved.", end="10:00"), BESIDE)
    assert entered(tmp_path, PLAN + moved, "06:30", "04:45") == [
        "Ändrad början (var fre 2026-12-18 12.00, nu fre 2026-12-18 09.00), "
        "ändrad längd (var till fre 2026-12-18 13.00, nu till fre 2026-12-18 10.00): Enligt Bank one: Moved.",
        "Nytt: Enligt Bank one: Short.",
    ]


def test_a_planned_outage_that_was_moved_is_the_same_in_what_was_said_against_what_came(tmp_path):
    moved = received(2, "06:00", outage("09:00", "Moved.", end="10:00"), BESIDE)
    log = logged(tmp_path, PLAN + moved, "04:45")
    found = follow_up(basis_at(MODEL, log, "09:30"), "payer", log).comparisons
    rows = [(one.aspect, one.said, one.now) for one in found if one.aspect in ("start", "end")]
    assert rows == [
        ("start", minute("12:00"), minute("09:00")),
        ("start", IN_ORDER, minute("05:00")),
        ("end", minute("13:00"), minute("10:00")),
        ("end", IN_ORDER, minute("05:30")),
    ]


@pytest.mark.parametrize("said", ["04:10", "04:30"], ids=["before", "as of then"])
def test_a_level_that_another_observed_before_its_delgivning_is_told_with_when(tmp_path, said):
    claims = '[{ subject = "clr", aspect = "observed", value = "1" }]'
    seen = statement("fakta.handelse", "All works.", f"claims = {claims}\n  said = {when(said)}")
    log = logged(tmp_path, received(1, "04:30", seen))
    (fact,) = situation_at(MODEL, log, "05:00").in_section("fakta.handelse")
    assert fact.source.endswith("; sagt fre 2026-12-18 04.10" if said == "04:10" else "fre 2026-12-18 04.30")


@pytest.mark.parametrize(
    ("end", "now", "length"), [("09:00", minute("09:00"), 300), ("unknown", NEVER, None)], ids=["assumed", "unknown"]
)
def test_after_the_closing_both_tables_have_what_others_said_of_the_end(tmp_path, end, now, length):
    """The incident is closed in the own house: that ends nothing of others."""
    closed = f'\n[[closed]]\nid = "closed-1"\ntime = {when("10:00")}\ntext = "Over."\n'
    log = logged(tmp_path, received(1, "04:30", outage("04:00", "Out.", end=end)) + closed, "05:00")
    found = follow_up(basis_at(MODEL, log, "10:30"), "payer", log)
    (one,) = found.estimates
    assert (one.now, one.is_over) == (length, False)
    (row,) = (one for one in found.comparisons if one.aspect == "end")
    assert row.now == now
    assert row.name.endswith("(obekräftat)") == (length is not None)
