"""Delgivningar as files: what leaves the house, what is read, and what is refused."""

import re
import tomllib
from pathlib import Path

import pytest
from chain import network, tables
from delgivningar import begun, delgivning, ground, moment, outage, read, shared
from hypothesis import given, settings
from hypothesis import strategies as st

import beroenden
from beroenden.errors import UsageError
from beroenden.incident.exchange.files import content_hash, read_exchange, read_exchanges, received_entry, to_exchange
from beroenden.incident.lagesbild.issue import record_issue
from beroenden.incident.lagesbild.situation import Order, situation
from beroenden.incident.log.entries import Claim, Received
from beroenden.incident.log.write import append

ASK = {
    "kind": "request",
    "type": "help",
    "to": "b2",
    "text": "Kan ni ta emot filen?",
    "role": "TiB",
    "due": moment("09:00"),
    "disclose": True,
}
NOT_SHARED = {"kind": "observation", "text": "Intern uppgift"}


@pytest.fixture
def sender(tmp_path) -> Path:
    return begun(tmp_path / "b1.toml", "b1", outage("clr", "04:00", end=moment("09:00")), ASK, NOT_SHARED)


@pytest.fixture
def file(sender, tmp_path) -> Path:
    return shared(tmp_path / "from-b1.toml", delgivning(sender, "prognos.betalningar"))


@pytest.fixture
def own(tmp_path) -> Path:
    return begun(tmp_path / "payer.toml", "payer")


def codes(findings):
    return [(finding.code, finding.severity) for finding in findings]


def resealed(text: str) -> str:
    """The text with the hash of what it says."""
    return re.sub(r"sha256:\w+", content_hash(tomllib.loads(text)), text)


def test_what_is_written_is_read(sender, file):
    given_, (exchange, findings) = delgivning(sender, "prognos.betalningar"), read_exchange(file, network())
    assert findings == []
    assert (exchange.sender, exchange.sender_name, exchange.to, exchange.number) == ("b1", "Bank one", "TLP:GREEN", 1)
    assert (exchange.at, exchange.issued, exchange.is_exercise) == (moment("05:00"), moment("05:05"), True)
    assert (exchange.approved_by, exchange.tlp, exchange.language) == ("Krisledare", "TLP:GREEN", "sv")
    told = [(one.section, one.text, one.status, one.source, one.time, one.tlp, one.claims) for one in given_.statements]
    assert told == [
        (one.section, one.text, one.status, one.source, one.time, one.tlp, one.claims) for one in exchange.statements
    ]
    assert any(one.section == "prognos.betalningar" and one.claims for one in exchange.statements)


def test_only_what_was_chosen_leaves_and_nothing_of_the_own_log(file):
    text = file.read_text("utf-8")
    assert "Intern uppgift" not in text
    assert not re.search(r"path|disclose|entry|outage-1|request-1|aspect = \"(status|progress)\"", text)


def test_a_request_keeps_what_is_asked_of_whom(file):
    exchange, _ = read_exchange(file, network())
    (request,) = [one for one in exchange.statements if one.section == "begaran.atgarder"]
    assert dict(request.cells)["Till"] == "Bank two"
    entry = received_entry(exchange, moment("05:10"), network())
    (kept,) = [one for one in entry["statement"] if one["section"] == "begaran.atgarder"]
    assert kept["text"].startswith("Kan ni ta emot filen? Gäller: hjälp. Till: Bank two. Förslag på ansvarig: TiB.")
    assert kept["claims"] == [{"subject": "b2", "aspect": "asked", "value": "yes"}]


def test_nothing_withheld_leaves(tmp_path):
    given_ = tables()
    given_["entity"][2] |= {"tlp": "TLP:AMBER", "name": "Hemlig kraft"}
    model, _ = beroenden.build(given_)
    path = begun(tmp_path / "b1.toml", "b1", outage("clr", "04:00"), outage("power", "04:00"), model=model)
    made = delgivning(path, "prognos", "viktigast", model=model)
    text = to_exchange(made, issued=0)
    assert "clr" in text
    assert not re.search("withheld|Hemlig|power", text)


@pytest.mark.parametrize(
    ("order", "told"),
    [
        ({"form": "intern"}, "Only a delgivning"),
        ({"to": ""}, "--to"),
        ({"approved_by": ""}, "--approved-by"),
    ],
)
def test_what_may_not_leave_is_refused(sender, order, told):
    made = situation(
        ground(sender, to="TLP:GREEN"),
        "b1",
        Order(**{"form": "delgivning", "to": "TLP:GREEN", "approved_by": "Krisledare", **order}),
    )
    with pytest.raises(UsageError, match=told):
        to_exchange(made)


def test_a_sender_that_its_reader_may_not_know_is_refused(sender):
    with pytest.raises(UsageError, match="Bank two may not read who the sender is"):
        to_exchange(delgivning(sender, to="b2"))


def test_nothing_chosen_and_tlp_red_are_refused(tmp_path):
    with pytest.raises(UsageError, match="Nothing is chosen"):
        to_exchange(delgivning(begun(tmp_path / "a.toml", "b1", outage("clr", "04:00", disclose=False))))
    red = begun(tmp_path / "b.toml", "b1", outage("clr", "04:00", tlp="TLP:RED"))
    with pytest.raises(UsageError, match="TLP:RED"):
        to_exchange(delgivning(red, to="TLP:RED"))


def test_where_all_that_was_shared_is_withdrawn_it_says_how_to_tell_that(tmp_path):
    log = begun(tmp_path / "a.toml", "b1", outage("clr", "04:00"))
    record_issue(log, "b1", delgivning(log), network())
    withdrawn = {"kind": "withdrawn", "time": moment("05:10"), "supersedes": "outage-1", "text": "Called off."}
    append(log, [{"status": "confirmed", **withdrawn}], network())
    with pytest.raises(UsageError, match=r"What was shared is withdrawn: .* \(--disclose prognos\)"):
        to_exchange(delgivning(log, at="05:20"))


def test_layout_comments_and_line_ends_do_not_matter(file):
    text = file.read_text("utf-8")
    head, rest = text.split("[[statement]]", 1)
    lines = [line for line in head.splitlines() if "=" in line and "schema" not in line]
    turned = 'schema = "beroenden/delgivning/1"\n[delgivning] # mottagen per e-post\n' + "\n".join(reversed(lines))
    file.write_bytes(f"{turned}\n\n[[statement]]{rest}".replace("\n", "\r\n").encode())
    exchange, findings = read_exchange(file, network())
    assert exchange is not None, findings


@pytest.mark.parametrize(
    ("before", "after", "code", "place", "is_resealed"),
    [
        ('sender = "b1"', "sender = ", "B104", (6, 10), False),
        ("delgivning/1", "delgivning/2", "B921", (2, 10), False),
        ("delgivning/1", "situations/1", "B921", (2, 10), False),
        ('schema = "beroenden/delgivning/1"', "", "B921", (1, 1), False),
        ('sender = "b1"\n', "", "B203", (4, 1), True),
        ('sender = "b1"', 'sender = "b9"', "B301", (6, 10), True),
        ('sender = "b1"', 'sendr = "b1"', "B201", (6, 1), True),
        ("Clearing", "Klarering", "B922", (18, 8), False),
        ('tlp = "TLP:GREEN"\nlanguage', 'tlp = "TLP:RED"\nlanguage', "B923", (15, 7), True),
        ('tlp = "TLP:GREEN"\nclaims', 'tlp = "TLP:RED"\nclaims', "B923", None, True),
        ('approved_by = "Krisledare"', 'approved_by = ""', "B807", (13, 15), True),
        ('value = "2026-12-18T04:00+01:00"', 'value = "snart"', "B931", None, True),
        ('value = "2026-12-18T09:00+01:00"', 'value = "2026-12-18T03:00+01:00"', "B931", None, True),
        ('section = "fakta.handelse"', 'section = "ekonomi"', "B930", (21, 11), True),
        ('status = "bekräftad"', 'status = "säker"', "B207", None, True),
    ],
)
def test_bad_input_is_a_finding_at_its_place(file, before, after, code, place, is_resealed):
    text = file.read_text("utf-8")
    assert before in text
    changed = text.replace(before, after, 1)
    file.write_text(resealed(changed) if is_resealed else changed, "utf-8")
    exchange, findings = read_exchange(file, network())
    found = next(one for one in findings if one.code == code)
    assert (exchange is None) == (found.severity == "error")
    assert place is None or (found.line, found.column) == place


@pytest.mark.parametrize(
    ("before", "after"), [('"2026-12-18T09:00+01:00"', '"snart"'), ('"0.5"', '"50"'), ('"0.5"', '"hälften"')]
)
def test_a_level_is_a_share_that_holds_until_a_time(tmp_path, before, after):
    half = {"kind": "observation", "text": "Långsamt", "entity": "clr", "level": 0.5, "disclose": True}
    path = begun(tmp_path / "b1.toml", "b1", half | {"until": moment("09:00")})
    file = shared(tmp_path / "x.toml", delgivning(path))
    exchange, findings = read_exchange(file, network())
    assert exchange is not None and not findings
    claims = [claim for one in exchange.statements for claim in one.claims]
    assert Claim("clr", "observed_until", "2026-12-18T09:00+01:00") in claims
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(resealed(text.replace(before, after, 1)), "utf-8")
    assert codes(read_exchange(file, network())[1]) == [("B931", "error")]


def test_no_statements_is_an_error(file):
    head = file.read_text("utf-8").split("[[statement]]")[0]
    file.write_text(resealed(head), "utf-8")
    assert codes(read_exchange(file)[1]) == [("B924", "error")]


def test_a_changed_file_says_what_that_means(file):
    file.write_text(file.read_text("utf-8").replace("Clearing", "Klarering"), "utf-8")
    (finding,) = read_exchange(file, network())[1]
    assert "changed after the sender approved it" in finding.message


@pytest.mark.parametrize("is_exercise", [True, False])
def test_exercise_and_live_are_never_mixed(tmp_path, is_exercise):
    path = begun(tmp_path / "b1.toml", "b1", outage("clr", "04:00"), is_exercise=is_exercise)
    file = shared(tmp_path / "x.toml", delgivning(path))
    log = read(begun(tmp_path / "payer.toml", "payer", is_exercise=not is_exercise))
    exchange, findings = read_exchange(file, network(), log)
    assert (exchange, codes(findings)) == (None, [("B926", "error")])


def test_the_own_and_that_of_another_reader(sender, file, own, tmp_path):
    assert codes(read_exchange(file, network(), read(sender))[1]) == [("B925", "error")]
    model, _ = beroenden.build(tables() | {"audience": [{"actor": "b2", "tlp": "TLP:GREEN"}]})
    other = shared(tmp_path / "b2.toml", delgivning(sender, to="b2", model=model))
    assert codes(read_exchange(other, network(), read(own))[1]) == [("B927", "warning")]


def test_the_same_twice_is_nothing_new(file, own):
    exchanges, findings = read_exchanges([file, file], network(), read(own))
    assert (len(exchanges), codes(findings)) == (1, [("B928", "info")])
    append(own, [received_entry(exchanges[0], moment("05:10"), network())], network())
    exchanges, findings = read_exchanges([file], network(), read(own))
    assert (exchanges, codes(findings)) == ([], [("B928", "info")])
    assert "received-1" in findings[0].message


def test_a_changed_copy_of_what_was_read_is_still_refused(file, own):
    imported(own, file)
    file.write_text(file.read_text("utf-8").replace("Clearing", "Klarering"), "utf-8")
    assert codes(read_exchange(file, network(), read(own))[1]) == [("B922", "error")]


def test_an_older_one_is_kept_with_a_warning(sender, own, tmp_path):
    later, earlier = (shared(tmp_path / f"{at[:2]}.toml", delgivning(sender, at=at)) for at in ("06:00", "05:00"))
    exchanges, findings = read_exchanges([later, earlier], network(), read(own))
    assert (len(exchanges), codes(findings)) == (2, [("B929", "warning")])
    assert codes(read_exchanges([earlier, later], network(), read(own))[1]) == []


def imported(own: Path, file: Path, at="05:10") -> None:
    (exchange,), _ = read_exchanges([file], network(), read(own))
    append(own, [received_entry(exchange, moment(at), network())], network())


def test_the_entry_holds_what_was_read(file, own):
    imported(own, file)
    (entry,) = read(own).of(Received)
    assert (entry.sender, entry.sender_name, entry.number, entry.at) == ("b1", "Bank one", 1, moment("05:00"))
    assert (entry.status, entry.tlp, entry.source, entry.approved_by) == (
        "unconfirmed",
        "TLP:GREEN",
        "from-b1.toml",
        "Krisledare",
    )
    assert entry.hash.startswith("sha256:")
    assert Claim("clr", "end", "2026-12-18T09:00+01:00") in entry.statements[0].claims


def test_what_others_report_is_simulated_and_the_own_word_outranks_it(file, own):
    imported(own, file)
    (known,) = ground(own, "05:30").known.scenario.outages
    assert (known.entity, known.start, known.end) == ("clr", moment("04:00"), moment("09:00"))
    made = situation(ground(own, "05:30"), "payer", Order())
    assert any("Enligt Bank one" in one.text for one in made.in_section("fakta.handelse"))
    append(own, [outage("clr", "04:15", time=moment("05:20"), end=moment("06:00"))], network())
    (known,) = ground(own, "05:30").known.scenario.outages
    assert (known.start, known.end) == (moment("04:15"), moment("06:00"))


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_text_is_too_broken_to_be_read(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("x")
    path = begun(folder / "b1.toml", "b1", outage("clr", "04:00"), ASK)
    text = to_exchange(delgivning(path), issued=moment("05:05"))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    broken = text[:start] + data.draw(st.sampled_from(["", "0", '"', "[", "x = 1\n", "{}", "true"])) + text[end:]
    (folder / "f.toml").write_text(broken, "utf-8")
    exchange, findings = read_exchange(folder / "f.toml", network())
    assert (exchange is None) == any(one.severity == "error" for one in findings)


ESTIMATES = ({"min": "1h", "mode": "2h", "max": "5h"}, {"p50": "2h", "p90": "12h"})


@pytest.mark.parametrize("length", ESTIMATES)
def test_an_estimated_length_is_what_the_receiver_computes_with(tmp_path, own, length):
    sender = begun(tmp_path / "b1.toml", "b1", outage("clr", "04:00", **{"for": length}))
    imported(own, shared(tmp_path / "from-b1.toml", delgivning(sender)))
    theirs, ours = ground(sender).known.scenario.outages, ground(own, "05:30").known.scenario.outages
    assert [(one.start, one.end, one.length) for one in ours] == [(one.start, one.end, one.length) for one in theirs]
    assert ours[0].length is not None
    made = situation(ground(own, "05:30"), "payer")
    said = " ".join(one.text for one in made.statements if one.section in ("viktigast", "prognos.information"))
    assert "Om den uppskattade längden håller" in said
    assert "kvarstår" not in said
    assert "Längden är okänd" not in said


def test_a_length_that_is_none_is_a_finding(tmp_path):
    sender = begun(tmp_path / "b1.toml", "b1", outage("clr", "04:00", **{"for": ESTIMATES[0]}))
    file = shared(tmp_path / "from-b1.toml", delgivning(sender))
    file.write_text(resealed(file.read_text("utf-8").replace("1h..2h..5h", "5h..2h..1h")), "utf-8")
    exchange, findings = read_exchange(file, network())
    assert (exchange, codes(findings)) == (None, [("B931", "error")])
    assert "1h..2h..5h" in findings[0].message


def test_what_was_read_and_withdrawn_can_be_read_again(file, own):
    imported(own, file)
    withdrawn = {"kind": "withdrawn", "supersedes": "received-1", "text": "Fel händelse", "time": moment("05:20")}
    append(own, [withdrawn], network())
    assert ground(own, "05:30").known.scenario.outages == ()
    fresh, _ = read_exchanges([file], network(), read(own))
    assert [one.sender for one in fresh] == ["b1"]
