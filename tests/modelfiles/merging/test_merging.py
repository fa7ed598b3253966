"""Two answers become one model: what is taken, what is in conflict, and who decides."""

import pytest

from beroenden.modelfiles.merging.conflicts import Settled
from modelfiles.merging.answers import merged, said

ONE = '[[entity]]\nid = "x"\nkind = "system"\nrto = "8h"\n'


def fields(made, *key):
    return dict(made.records[key].fields)


def test_what_only_one_side_says_is_taken(tmp_path):
    made = merged(
        tmp_path, ONE, '[[entity]]\nid = "x"\nkind = "system"\nmtpd = "24h"\n[[entity]]\nid = "y"\nkind = "bank"\n'
    )
    assert not made.findings
    assert fields(made, "entity", "x") == {"kind": "system", "rto": "8h", "mtpd": "1d"}
    assert ("entity", "y") in made.records


def test_the_same_value_in_another_form_is_no_conflict(tmp_path):
    made = merged(tmp_path, ONE, ONE.replace("8h", "480min"))
    assert not made.findings
    assert made.records["entity", "x"].written["rto"] == "8h"


def test_conflicts_come_all_at_once_with_both_places(tmp_path):
    a = ONE + 'mbco = 0.5\n[[entity]]\nid = "y"\nkind = "bank"\n'
    b = '[[entity]]\nid = "y"\nkind = "supplier"\n\n' + ONE.replace("8h", "6h") + "mbco = 0.25\n"
    made = merged(tmp_path, a, b)
    assert [(one.at, one.a, one.b) for one in made.conflicts] == [
        ("entity.x.rto", "8h", "6h"),
        ("entity.x.mbco", 0.5, 0.25),
        ("entity.y.kind", "bank", "supplier"),
    ]
    first = made.conflicts[0].finding()
    assert (first.code, first.severity, first.line, first.column) == ("B720", "error", 6, 7)
    assert f"{tmp_path}/a/model.toml" == first.file
    assert f'"8h" here, "6h" in {tmp_path}/b/model.toml:10:7' in first.message


def test_a_stated_default_is_an_answer(tmp_path):
    need = '  [[entity.needs]]\n  provider = "x"\n'
    made = merged(tmp_path, ONE + need + '  restart = "30min"\n', ONE + need + '  restart = "0min"\n')
    assert [one.at for one in made.conflicts] == ["entity.x.needs[x].restart"]
    assert not merged(tmp_path, ONE + need + '  restart = "30min"\n', ONE + need).conflicts


NEED = '[[entity]]\nid = "p"\nkind = "system"\n[[entity]]\nid = "c"\nkind = "system"\n'


def need(**keys):
    return "  [[entity.needs]]\n" + "".join(f"  {name} = {value}\n" for name, value in keys.items())


def test_needs_are_the_same_by_consumer_providers_and_what(tmp_path):
    a = NEED + need(provider='"p"', what='"el"', endurance='"4h"')
    b = NEED + need(provider='"c"') + need(provider='"p"', what='"el"', expects='"2h"')
    made = merged(tmp_path, a, b)
    assert not made.conflicts
    assert fields(made, "entity", "c", "needs", "p", "el", "0")["expects"] == "2h"
    assert fields(made, "entity", "c", "needs", "p", "el", "0")["endurance"] == "4h"
    assert ("entity", "c", "needs", "c", "", "0") in made.records


def test_a_need_without_what_is_probably_the_only_one_of_the_same_provider(tmp_path):
    a, b = NEED + need(provider='"p"'), NEED + need(provider='"p"', what='"el"')
    made = merged(tmp_path, a, b)
    assert [(one.at, one.a, one.b) for one in made.conflicts] == [("entity.c.needs[p].what", None, "el")]
    made = merged(tmp_path, a, b, a)
    assert not made.findings
    assert made.records["entity", "c", "needs", "p", "", "0"].fields["what"] == "el"


def test_needs_that_cannot_be_told_apart_are_an_error(tmp_path):
    b = NEED + need(provider='"p"', what='"el"') + need(provider='"p"', what='"kyla"')
    made = merged(tmp_path, NEED + need(provider='"p"'), b)
    [error] = made.errors
    assert (error.code, error.line) == ("B722", 9)
    assert f"{tmp_path}/b/model.toml:9:3" in error.message


def test_needs_in_other_words_are_both_kept_and_told(tmp_path):
    made = merged(tmp_path, NEED + need(provider='"p"', what='"el"'), NEED + need(provider='"p"', what='"ström"'))
    assert sum("needs" in key for key in made.records) == 2
    assert [one.code for one in made.remarks] == ["B725"]


def test_other_words_on_one_side_only_replace_those_of_the_base(tmp_path):
    base = NEED + need(provider='"p"', what='"el"')
    made = merged(tmp_path, NEED + need(provider='"p"', what='"ström"'), base, base)
    assert [key[-2] for key in made.records if "needs" in key] == ["ström"]
    assert not made.findings


def test_providers_that_only_differ_in_order_are_the_same(tmp_path):
    made = merged(tmp_path, NEED + need(any_of='["p", "c"]'), NEED + need(any_of='["c", "p"]', at_least=1))
    assert not made.findings
    assert made.records["entity", "c", "needs", "c+p", "", "0"].written["supply"]["any_of"] == ["p", "c"]


def test_form_and_number_of_a_need_go_together(tmp_path):
    made = merged(tmp_path, NEED + need(any_of='["p", "c"]', at_least=2), NEED + need(shares="{ p = 0.5, c = 0.5 }"))
    assert [one.at for one in made.conflicts] == ["entity.c.needs[c+p].supply"]


SAID = 'source = "{}"\nverified = {}\n'


def test_who_said_so_is_kept_side_by_side(tmp_path):
    a, b = ONE + SAID.format("FK", "2026-01-02"), ONE + SAID.format("BG", "2026-03-04") + 'note = "Se avtalet"\n'
    made = merged(tmp_path, a, b)
    assert not made.findings
    assert fields(made, "entity", "x")["source"] == "BG; FK"
    assert str(fields(made, "entity", "x")["verified"]) == "2026-03-04"
    assert fields(made, "entity", "x")["note"] == "Se avtalet"
    assert said(merged(tmp_path, b, a).records) == said(made.records)


def test_what_is_new_in_the_sources_stands_before_what_both_kept(tmp_path):
    base = ONE + SAID.format("Register; Avtal 1", "2026-01-02")
    a = ONE + 'rpo = "1h"\n' + SAID.format("FK (rpo); Register; Avtal 1", "2026-01-02") + 'confidence = "low"\n'
    b = ONE + "mbco = 0.5\n" + SAID.format("BG (mbco); Register", "2026-03-04")
    made = merged(tmp_path, a, b, base)
    assert [one.code for one in made.findings] == ["B730"]
    found = fields(made, "entity", "x")
    assert found["source"] == "BG (mbco); FK (rpo); Register"
    assert "note" not in found


@pytest.mark.parametrize(
    ("rpo", "mbco", "expected"),
    [
        (("2026-11-20", "high"), ("2026-11-10", "low"), ("2026-11-10", "low")),
        (("2026-11-20", "high"), ("2026-01-02", "low"), ("2026-01-02", "low")),
        (("2026-11-20", "low"), ("2026-11-20", "high"), ("2026-11-20", "low")),
        (("2026-11-20", "high"), None, ("2026-11-20", "high")),
    ],
)
def test_no_answer_in_a_table_gets_a_later_day_or_is_surer_than_its_own(tmp_path, rpo, mbco, expected):
    sure = 'verified = {}\nconfidence = "{}"\n'
    base = ONE + sure.format("2026-01-02", "low")
    a = ONE + 'rpo = "1h"\n' + sure.format(*rpo)
    b = base if mbco is None else ONE + "mbco = 0.5\n" + sure.format(*mbco)
    for one, other in ((a, b), (b, a)):
        made = merged(tmp_path, one, other, base)
        found = fields(made, "entity", "x")
        assert not made.conflicts
        assert (str(found["verified"]), found["confidence"]) == expected
        told = [(one.code, one.severity) for one in made.findings]
        assert told == ([] if mbco is None else [("B730", "info")])


def test_a_later_day_holds_for_what_that_side_says_too(tmp_path):
    """Whoever confirms what another has answered gives it the day; whoever confirms the rest does not."""
    base = ONE + "verified = 2026-01-02\n"
    a, b = ONE + 'rpo = "1h"\nverified = 2026-11-10\n', ONE + "{}verified = 2026-11-20\n"
    for rpo, day in (('rpo = "1h"\n', "2026-11-20"), ("", "2026-11-10")):
        made = merged(tmp_path, a, b.format(rpo), base)
        assert str(fields(made, "entity", "x")["verified"]) == day


@pytest.mark.parametrize("base", [None, ONE + 'note = "Se avtalet"\n'])
def test_notes_that_differ_are_a_conflict(tmp_path, base):
    a, b = (ONE + f'note = "{one}"\nverified = 2026-11-{day}\n' for one, day in (("Provad", 20), ("Ingen", 10)))
    [conflict] = merged(tmp_path, a, b, base).conflicts
    assert (conflict.at, conflict.a, conflict.b) == ("entity.x.note", "Provad", "Ingen")
    made = merged(tmp_path, a, b, base, settled=[Settled(conflict.at, "Provad", "Ingen", "b", "list", 1, 1)])
    found = fields(made, "entity", "x")
    assert (found["note"], str(found["verified"])) == ("Ingen", "2026-11-10")


def test_whoever_had_no_answer_taken_is_not_credited(tmp_path):
    base = ONE + 'rpo = "4h"\n' + SAID.format("Register", "2026-01-02")
    a = ONE + 'rpo = "1h"\n' + SAID.format("FK (rpo); Register", "2026-03-04")
    b = ONE + 'rpo = "2h"\n' + SAID.format("BG (rpo); Register", "2026-05-06")
    (conflict,) = merged(tmp_path, a, b, base).conflicts
    for which, source, day in (("a", "FK (rpo); Register", "2026-03-04"), ("b", "BG (rpo); Register", "2026-05-06")):
        row = Settled(conflict.at, "1h", "2h", which, "list", 1, 1)
        found = fields(merged(tmp_path, a, b, base, settled=[row]), "entity", "x")
        assert (found["source"], str(found["verified"])) == (source, day)
    row = Settled(conflict.at, "1h", "2h", "a", "list", 1, 1)
    both = b.replace('rpo = "2h"', 'rpo = "2h"\nmbco = 0.5')
    assert "BG" in fields(merged(tmp_path, a, both, base, settled=[row]), "entity", "x")["source"]


@pytest.mark.parametrize("base", [ONE + SAID.format("Register (rto)", "2026-01-02"), None])
def test_a_source_that_names_what_it_is_of_names_only_what_holds(tmp_path, base):
    """As the forms and `edit` write it, in the words of either; `förnyad` is no field, and stays."""
    told = "{}; Register (rto)"
    form = "FK, formulär 2026-11-23 (rpo, rto, omstart, verifierad, säkerhet)"
    a = (
        ONE.replace("8h", "1h")
        + 'rpo = "1h"\n'
        + SAID.format(told.format(form), "2026-11-21")
        + 'confidence = "high"\n'
    )
    meeting = told.format("Möte (rto, mbco, förnyad)")
    b = ONE.replace("8h", "2h") + "mbco = 0.5\n" + SAID.format(meeting, "2026-11-18") + 'confidence = "low"\n'
    for which, source in (
        ("a", "FK, formulär 2026-11-23 (rpo, rto, omstart); Möte (mbco, förnyad)"),
        ("b", "FK, formulär 2026-11-23 (rpo, omstart); Möte (rto, mbco, förnyad)"),
    ):
        row = Settled("entity.x.rto", "1h", "2h", which, "list", 1, 1)
        found = fields(merged(tmp_path, a, b, base, settled=[row]), "entity", "x")
        assert found["source"] == told.format(source)


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        ("BG (failure.per_year, mbco)", "BG (mbco); FK (failure.per_year)"),
        ("Möte (mbco); BG (failure.per_year)", "FK (failure.per_year); Möte (mbco)"),
        ("BG (failure.per_year)", "BG; FK (failure.per_year)"),
    ],
)
def test_a_source_goes_with_the_last_that_it_is_of(tmp_path, theirs, expected):
    """Unless it is the only one that its side gives for the rest of what it says."""
    base = ONE + "failure = {{ per_year = {} }}\n" + SAID.format("{}Register", "2026-01-02")
    a, b = base.format("2.0", "FK (failure.per_year); "), base.format("3.0", f"{theirs}; ") + "mbco = 0.5\n"
    base = base.format("1.0", "")
    row = Settled("entity.x.failure", "times a year 2.0", "times a year 3.0", "a", "list", 1, 1)
    for first, second in ((a, b), (b, a)):
        made = merged(tmp_path, first, second, base, settled=[row])
        assert fields(made, "entity", "x")["source"] == f"{expected}; Register"


PAYMENT = """
[[entity]]
id = "fk"
kind = "authority"
[[payment]]
id = "bidrag"
payer = "fk"
paying_bank = "fk"
rrule = "FREQ=MONTHLY;BYMONTHDAY=20"
"""


def stages(*ids):
    made = [
        f'  [[payment.stage]]\n  id = "{one}"\n  duration = "1h"\n  needs = [{{ provider = "fk" }}]\n' for one in ids
    ]
    return made[0].replace("  duration", "  opens = { days = 0 }\n  duration") + "".join(made[1:])


def test_priorities_that_differ_are_told_as_such(tmp_path):
    made = merged(tmp_path, PAYMENT + "priority = 1\n" + stages("fil"), PAYMENT + "priority = 3\n" + stages("fil"))
    [one] = made.conflicts
    assert one.is_about_priority
    assert one.finding().code == "B721"
    assert "priority differently: 1 here, 3 in" in one.finding().message


@pytest.mark.parametrize(
    ("a", "b", "order"),
    [
        ("uk", "ufk", "ufk"),
        ("ufk", "uk", "ufk"),
        ("uk", "ukx", "ukx"),
        ("ufkx", "uykx", None),
        ("ufk", "ukf", None),
    ],
)
def test_stages_keep_the_order_of_both_or_are_a_conflict(tmp_path, a, b, order):
    made = merged(tmp_path, PAYMENT + stages(*a), PAYMENT + stages(*b))
    if order is None:
        assert [one.at for one in made.conflicts] == ["payment.bidrag.order"]
    else:
        assert made.records["payment", "bidrag"].fields["order"] == list(order)


def test_a_new_order_on_one_side_holds(tmp_path):
    made = merged(tmp_path, PAYMENT + stages(*"ufkx"), PAYMENT + stages(*"ukf"), PAYMENT + stages(*"ufk"))
    assert not made.conflicts
    assert made.records["payment", "bidrag"].fields["order"] == list("ukxf")


TWO = '[[entity]]\nid = "fk"\nkind = "authority"\n[[entity]]\nid = "bg"\nkind = "supplier"\n'


def owned(rto, owner="fk"):
    return TWO + f'[[entity]]\nid = "x"\nkind = "system"\nowner = "{owner}"\nrto = "{rto}"\n'


def test_an_owner_wins_only_where_asked_and_is_told(tmp_path):
    sides = owned("8h"), owned("6h")
    actors = {"actor_a": "bg", "actor_b": "fk"}
    assert len(merged(tmp_path, *sides, **actors).conflicts) == 1
    made = merged(tmp_path, *sides, owner_wins=True, **actors)
    assert not made.conflicts
    assert fields(made, "entity", "x")["rto"] == "6h"
    [one] = made.decided
    assert (one.which, one.owner) == ("b", "fk")
    assert (one.finding().code, one.finding().severity) == ("B723", "info")
    assert 'fk\'s own answer holds: "6h", not "8h"' in one.finding().message


@pytest.mark.parametrize(("a", "b"), [(owned("8h", "bg"), owned("8h", "fk")), (owned("8h", "fk"), owned("6h", "bg"))])
def test_nobody_wins_where_the_owner_is_in_doubt(tmp_path, a, b):
    made = merged(tmp_path, a, b, owner_wins=True, actor_a="bg", actor_b="fk")
    assert "entity.x.owner" in [one.at for one in made.conflicts]
    assert not made.decided


def test_a_need_that_the_provider_does_not_know_of_is_told(tmp_path):
    a = owned("8h") + '[[entity]]\nid = "bgs"\nkind = "system"\n' + need(provider='"x"')
    made = merged(tmp_path, a, owned("8h"))
    [one] = made.remarks
    assert (one.code, one.severity, one.line) == ("B724", "info", 17)
    assert f"bgs needs x (fk): B does not know of bgs ({tmp_path}/b/model.toml:9:1)" == one.message
    assert not merged(tmp_path, a, owned("8h"), actor_b="bg").remarks


def test_with_a_base_only_who_answered_of_the_provider_is_said_not_to_know_of_a_need(tmp_path):
    a = owned("8h") + '[[entity]]\nid = "bgs"\nkind = "system"\n' + need(provider='"x"')
    assert not merged(tmp_path, a, owned("8h"), owned("8h")).remarks
    (one,) = merged(tmp_path, a, owned("8h"), owned("8h"), actor_b="fk").remarks
    (other,) = merged(tmp_path, a, owned("6h"), owned("8h")).remarks
    assert one.code == other.code == "B724"


GONE = TWO.replace('[[entity]]\nid = "bg"\nkind = "supplier"\n', "")


def test_what_one_side_removed_goes_and_takes_what_is_in_it(tmp_path):
    inside = need(provider='"fk"')
    made = merged(tmp_path, TWO + inside, GONE, TWO + inside)
    assert not made.conflicts
    assert set(made.records) == {("model",), ("entity", "fk")}


def test_changed_here_and_removed_there_is_a_conflict(tmp_path):
    a = TWO + 'rto = "8h"\n' + need(provider='"fk"')
    made = merged(tmp_path, a, GONE, TWO)
    [one] = made.conflicts
    assert (one.at, one.field) == ("entity.bg", "")
    assert f"changed in A, removed in B ({tmp_path}/b/model.toml:1:1)" in one.finding().message


def test_times_of_events_mean_the_same_in_another_time_zone(tmp_path):
    event = '[[event]]\nid = "e"\nstart = 2026-12-05T22:00:00\nend = 2026-12-06T06:00:00\nentities = ["fk"]\n'
    zone = 'timezone = "{}"\n'
    made = merged(tmp_path, zone.format("Europe/Stockholm") + GONE + event, zone.format("Europe/Helsinki") + GONE)
    assert [one.at for one in made.conflicts] == ["model.timezone"]
    base = zone.format("Europe/Stockholm") + GONE
    made = merged(tmp_path, base + event, zone.format("Europe/Helsinki") + GONE, base)
    assert not made.conflicts
    assert made.records["event", "e"].written["start"].isoformat() == "2026-12-05T22:00:00+01:00"


@pytest.mark.parametrize(
    ("which", "day", "confidence", "told"),
    [
        ("a", "2026-11-20", "medium", False),
        ("b", "2026-01-02", "low", True),
    ],
)
def test_a_day_of_verification_follows_the_answer_that_was_chosen(tmp_path, which, day, confidence, told):
    """The first has also given an rpo, so that its day would stand for the whole table."""
    sure = SAID.format("Register", "2026-01-02") + 'confidence = "low"\n'
    surer = SAID.format("FK (rto, rpo); Register", "2026-11-20") + 'confidence = "medium"\n'
    base = ONE.replace("8h", "4h") + sure
    a, b = ONE + 'rpo = "1h"\n' + surer, ONE.replace("8h", "10h") + sure
    row = Settled("entity.x.rto", "8h", "10h", which, "list", 1, 1)
    made = merged(tmp_path, a, b, base, settled=[row])
    found = fields(made, "entity", "x")
    assert (str(found["verified"]), found["confidence"], found["rpo"]) == (day, confidence, "1h")
    warnings = [one.message for one in made.findings if one.code == "B730"]
    assert bool(warnings) == told
    if told:
        assert 'verified = 2026-11-20, confidence = "medium" was of another answer, not of "10h"' in warnings[0]


def test_without_a_day_of_its_own_the_answer_that_was_chosen_gets_none(tmp_path):
    a, b = ONE + 'rpo = "1h"\n' + SAID.format("FK", "2026-11-20"), ONE.replace("8h", "10h")
    row = Settled("entity.x.rto", "8h", "10h", "b", "list", 1, 1)
    made = merged(tmp_path, a, b, NEED, settled=[row])
    assert "verified" not in fields(made, "entity", "x")
    [warning] = [one for one in made.findings if one.code == "B730"]
    assert warning.message.startswith("x, recovery time (rto): verified = 2026-11-20 was of another answer")


def test_no_answer_looks_surer_than_it_is_for_another_that_was_verified_earlier(tmp_path):
    a = ONE.replace("8h", "9h") + SAID.format("guess", "2026-11-22") + 'confidence = "low"\n'
    b = ONE + "mbco = 0.5\n" + SAID.format("test", "2026-11-05") + 'confidence = "high"\n'
    for first, second in ((a, b), (b, a)):
        made = merged(tmp_path, first, second, ONE)
        found = fields(made, "entity", "x")
        assert (str(found["verified"]), found["confidence"]) == ("2026-11-05", "low")
        [told] = [one.message for one in made.findings if one.code == "B730"]
        assert "verified = 2026-11-22 was of another answer, not of 0.5" in told


def test_of_day_and_confidence_only_what_changes_is_told(tmp_path):
    sure = 'verified = {}\nconfidence = "high"\n'
    base = ONE + sure.format("2026-01-02")
    a = ONE + "mbco = 0.5\n" + sure.format("2026-11-20")
    b = ONE + 'rpo = "1h"\n' + sure.format("2026-11-10")
    [told] = [one.message for one in merged(tmp_path, a, b, base).findings if one.code == "B730"]
    assert "verified = 2026-11-20 was of another answer" in told
    assert "the whole table verified = 2026-11-10 is now written" in told


def test_of_two_that_each_had_an_answer_chosen_the_least_sure_holds(tmp_path):
    a = ONE + "mbco = 0.5\n" + SAID.format("FK", "2026-11-20")
    b = ONE.replace("8h", "10h") + "mbco = 0.25\n" + SAID.format("BG", "2026-03-04")
    rows = [
        Settled("entity.x.rto", "8h", "10h", "b", "list", 1, 1),
        Settled("entity.x.mbco", "0.5", "0.25", "a", "list", 2, 1),
    ]
    assert str(fields(merged(tmp_path, a, b, settled=rows), "entity", "x")["verified"]) == "2026-03-04"
